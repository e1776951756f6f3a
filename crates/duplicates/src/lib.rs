//! When are two postings the same opening, and why?
//!
//! [`Facts`] are what is known of a posting, [`Traits`] what comparing needs of them, made once. A new posting's
//! candidates are the stored ones that share its [`Traits::link_key`], its [`Traits::role_key`], or one of its
//! [`Traits::text_keys`] (those that share most first; twenty candidates are enough). [`judge`] compares two and says
//! [`Kind::Same`], [`Kind::Repost`], [`Kind::AgencyCopy`] or nothing, each with a reason and the evidence;
//! [`differences`] says what keeps two apart.
//!
//! No web and no database here. Foreign text never panics, and everything is bounded (see [`limits`]).

mod company;
mod facts;
mod judge;
pub mod limits;
mod place;
mod requisition;
mod signature;
mod text;
mod title;
mod verdict;

pub use facts::{Facts, Traits};
pub use judge::{GONE_DAYS, LATER_DAYS, differences, judge};
pub use signature::{BANDS, Signature};
pub use verdict::{Kind, Side, Verdict};

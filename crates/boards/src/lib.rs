//! Reads postings from job feeds and files: bytes in, [`posting::Posting`]s out.
//!
//! [`read`] takes an answer of one of twenty-two job boards, any RSS or Atom feed, a web page that says its
//! postings to machines, a CSV or our own JSON. A row that cannot be read is named in
//! [`BadRow`] and the rest go in. [`enrich`] fills from the text what a feed leaves out. [`duplicate`] says when two
//! postings are the same, [`address`] what to fetch for a board address that a person pastes, [`single`] reads the one posting
//! behind a link or in a copied text.
//!
//! No web and no database here. Foreign bytes never panic, and every field is bounded (see [`limits`]).

pub mod about;
pub mod address;
pub mod dates;
pub mod directory;
pub mod duplicate;
pub mod ending;
mod enrich;
mod feeds;
mod finder;
mod format;
pub mod html;
pub mod level;
pub mod limits;
mod location;
mod reading;
pub mod robots;
mod row;
pub mod salary;
pub mod sections;
pub mod single;
pub mod text;
pub mod workplace;

pub use enrich::{enrich, required_and_preferred};
pub use feeds::{CompanyFacts, RolePay, comments, facts, newest_thread};
pub use finder::Finder;
pub use format::Format;
pub use reading::{BadRow, Reading, Unreadable, read, read_board};

//! Understands where work is: reads the places out of a posting's or a profile's words and compares them.
//!
//! [`parse`] turns `Remote (EMEA)`, `New York, NY / London, UK` or `10115 Berlin` into [`Places`]; a city that the built-in
//! tables do not know is kept as written. [`Place::closeness`] says how near two places are, [`Place::same_key`] whether
//! two spellings mean the same one. The tables under `data/` are small on purpose: every country, the states and provinces
//! that postings name, and the cities where most office jobs are.

mod area;
mod closeness;
mod country;
mod fold;
mod gazetteer;
mod place;
mod read;

pub use area::Area;
pub use closeness::{Closeness, Spot};
pub use country::Country;
pub use place::{Place, Places};

/// The places, and the way of working, that `text` names. Never fails: a text without any place gives an empty answer.
/// Reads the first 1,000 characters and at most 40 places.
///
/// ```
/// let found = places::parse("Hybrid - München or Hamburg");
/// assert_eq!(found.remote, Some(posting::Remote::Hybrid));
/// assert_eq!(found.label(), "Munich, Germany / Hamburg, Germany (hybrid)");
/// ```
pub fn parse(text: &str) -> Places {
    read::read(text)
}

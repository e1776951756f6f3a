//! Who looks for this posting? An inverted index over everybody's searches, asked with one posting at a time.
//!
//! A [`Search`] is what a person wrote down: titles, skills, places, pay, and what they do not want. The [`Index`] holds all of
//! them, and [`Index::find`] gives those that want an [`Opening`], each with [why](Why). The rules:
//!
//! | what | rule |
//! | --- | --- |
//! | titles | all words of any one of them stand in the posting's title, whatever their order, number or spelling ([`words`]) |
//! | skills | with no titles at least one has to be asked for, or as many as the search says; beside titles they only add to the order |
//! | places | the posting is there, or perhaps there: it names the country and no city, or no place at all; remote work reaches the whole country or area |
//! | ways | remote, hybrid, on site; a posting that does not say is taken for one on site |
//! | pay | the upper end for a year is not below; no pay, or another currency, passes and is said |
//! | levels, languages | one of them; what the posting does not show passes |
//! | words and companies not wanted | none of them in title, text, or company |
//! | sources | one of them; none chosen means all |
//!
//! Titles and places that many people share are kept and compared once. A search that names neither title nor skill wants nothing.

mod find;
mod hit;
mod index;
mod intern;
pub mod language;
mod pay;
mod place;
mod search;
pub mod words;

pub use hit::{Hit, PayWord, PlaceWord, Why};
pub use index::Index;
pub use language::Language;
pub use pay::{LeastPay, a_year};
pub use place::fits;
pub use search::{Opening, Search};

//! Spreadsheets (Office Open XML): the first sheet with rows is read, any number of sheets of text is written.

mod escape;
mod parts;
mod read;
mod styles;
mod write;

pub(crate) use read::read;
pub use write::{Sheet, write};

//! Everything of a person in one file: a zip of JSON. What is in it is told by its own README; `restore.rs` reads it back.

pub mod actions;
pub mod archive;
pub mod format;
pub mod store;
pub mod worker;

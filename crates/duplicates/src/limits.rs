//! How much of a posting is looked at.

/// Bytes of a posting's text; what is after them does not count.
pub const TEXT: usize = 40_000;
/// Characters of a company's name and of a title.
pub const LINE: usize = 300;

//! How much of a feed is taken in. Real postings stay far below; what lies beyond is cut, or refused with a sentence.

/// Rows in one file or answer.
pub const ROWS: usize = 20_000;
/// Characters of a title, a company or a location.
pub const LABEL_CHARS: usize = 300;
/// Characters of a link. Longer ones are dropped, because a cut link leads nowhere.
pub const URL_CHARS: usize = 2_000;
/// Bytes of a description.
pub const DESCRIPTION_BYTES: usize = 100 * 1024;
/// Bytes of HTML looked at for one description: markup is several times its text.
pub const HTML_BYTES: usize = 1024 * 1024;
/// Items in each of the lists of a posting (skills, responsibilities, requirements).
pub const ITEMS: usize = 60;
/// Characters of one responsibility or requirement.
pub const ITEM_CHARS: usize = 600;

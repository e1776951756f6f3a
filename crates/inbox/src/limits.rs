//! How much of a mailbox is taken in. Real mail stays far below; what lies beyond is cut, or refused with a sentence.

/// Bytes of one mailbox file.
pub const MAILBOX_BYTES: u64 = 200 * 1024 * 1024;
/// Bytes of one message, attachments and all.
pub const MESSAGE_BYTES: usize = 25 * 1024 * 1024;
/// Messages of one mailbox file.
pub const MESSAGES: usize = 50_000;
/// Bytes of the headers of a message or a part that are looked at.
pub const HEADER_BYTES: usize = 64 * 1024;
/// How deep parts may stand in parts; what lies deeper is not read.
pub const MIME_DEPTH: usize = 8;
/// Parts of one message that are looked at.
pub const MIME_PARTS: usize = 200;
/// Bytes of one text part, before decoding.
pub const PART_BYTES: usize = 1024 * 1024;
/// Bytes of the readable text of a message, and of what it quotes.
pub const TEXT_BYTES: usize = 100 * 1024;
/// Bytes of an entry for a calendar. A longer one is left out, because half an entry says nothing.
pub const CALENDAR_BYTES: usize = 256 * 1024;
/// Characters of a subject or a name.
pub const LABEL_CHARS: usize = 300;
/// Bytes of an address or a message id. Longer ones are dropped, because half of one leads nowhere.
pub const ID_BYTES: usize = 500;
/// Addresses, message ids or linked hosts of one message.
pub const ITEMS: usize = 100;
/// Words of one sentence; a longer one is read as several.
pub const SENTENCE_WORDS: usize = 120;
/// Words of a message that are weighed: what matters stands at the top.
pub const WORDS: usize = 4_000;

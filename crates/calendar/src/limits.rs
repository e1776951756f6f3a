//! How much of a calendar file is taken in. Real invitations stay far below; what lies beyond is cut, left out, or refused
//! with a sentence.

/// Bytes of one file.
pub const FILE_BYTES: usize = 2 * 1024 * 1024;
/// Events in one file.
pub const EVENTS: usize = 1_000;
/// Bytes of one line after unfolding. What a line says after them is not read: only attachments are that long.
pub const LINE_BYTES: usize = 64 * 1024;
/// Parameters of one property.
pub const PARAMETERS: usize = 32;
/// Properties of one event.
pub const PROPERTIES: usize = 500;
/// Attendees of one event.
pub const ATTENDEES: usize = 200;
/// Components inside each other. The standard knows three levels.
pub const DEPTH: usize = 8;
/// Time zones described by one file.
pub const ZONES: usize = 100;
/// Observances of one time zone. Some programs write one for each change of the clocks.
pub const OBSERVANCES: usize = 400;
/// Characters of a summary, a location, a name or an identifier.
pub const LABEL_CHARS: usize = 1_000;
/// Characters of a description.
pub const DESCRIPTION_CHARS: usize = 32_000;
/// Characters of a link. Longer ones are dropped, because a cut link leads nowhere.
pub const URL_CHARS: usize = 2_000;

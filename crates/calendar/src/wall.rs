//! What a clock on the wall shows, turned into a moment.

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

/// The moment at which clocks in `zone` show `wall`: the first of two when they are set back over it; when they are set
/// forward over it, as much later as they are set. `None` only at the far ends of the calendar.
pub fn moment(wall: NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    match zone.from_local_datetime(&wall) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        // RFC 5545, 3.3.5: read with the offset before the gap.
        LocalResult::None => {
            let (_, before) = GapInfo::new(&wall, &zone)?.begin?;
            Some(wall.checked_sub_offset(before.fix())?.and_utc())
        }
    }
}

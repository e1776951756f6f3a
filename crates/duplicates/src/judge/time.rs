//! Which of two postings came first, and whether the other is a new try.

use super::pair::Pair;
use crate::{Kind, Side};

/// A posting that was gone for fewer days than these was moved, not posted again.
pub const GONE_DAYS: i64 = 3;
/// With the first still up, a posting of so many days later is a new try; earlier, it is another board that was slow.
pub const LATER_DAYS: i64 = 21;

/// The time between two postings.
pub struct Gap {
    /// Days between the days they were posted.
    days: i64,
    /// Days for which the earlier one was gone when the later one came.
    gone: Option<i64>,
    later: Side,
}

/// The time between the two.
pub fn gap(pair: &Pair<'_>) -> Gap {
    let in_order = pair.first.start <= pair.second.start;
    let (early, late) = if in_order { (pair.first, pair.second) } else { (pair.second, pair.first) };
    Gap {
        days: (late.start - early.start).num_days(),
        gone: early.gone_since.map(|gone| (late.start - gone).num_days()).filter(|&days| days >= GONE_DAYS),
        later: if in_order { Side::Second } else { Side::First },
    }
}

impl Gap {
    /// Whether the later one is a new try.
    pub fn is_later(&self) -> bool {
        self.gone.is_some() || self.days >= LATER_DAYS
    }

    pub fn kind(&self) -> Kind {
        if self.is_later() { Kind::Repost } else { Kind::Same }
    }

    pub fn later(&self) -> Side {
        self.later
    }

    /// The sentence about the time.
    pub fn words(&self) -> String {
        let days = |count: i64| if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
        match (self.gone, self.days) {
            (Some(gone), _) => format!("The first was gone for {} when the second came.", days(gone)),
            (None, 0) => "Both are of the same day.".into(),
            (None, count) => format!("The second came {} after the first.", days(count)),
        }
    }
}

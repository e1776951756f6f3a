//! The two letters that stand for a weekday.

use chrono::Weekday;

const NAMES: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

pub fn name(weekday: Weekday) -> &'static str {
    NAMES[weekday.num_days_from_monday() as usize].0
}

pub fn parse(name: &str) -> Option<Weekday> {
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, weekday)| *weekday)
}

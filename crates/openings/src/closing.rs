use chrono::NaiveDate;

/// The words of a posting that say it is closed: `no longer accepting applications`, `Die Stelle ist besetzt`. `None` when there
/// are none, or what looks like them is denied, a condition, or about a day to come.
pub fn closing_words(text: &str) -> Option<&str> {
    let _ = text;
    None
}

/// The last day to apply that the text names. `around` is a day near the posting, for dates without a year.
pub fn closing_day(text: &str, around: NaiveDate) -> Option<NaiveDate> {
    let _ = (text, around);
    None
}

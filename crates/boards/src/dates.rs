//! Dates as feeds and spreadsheets write them.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime};

/// Years a posting can be from; anything else is a number that is not a date.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The day named by a text: RFC 3339, `2026-03-01`, `2026/3/1`, `01.03.2026`, `3/1/2026` (month first unless that cannot
/// be), `1 March 2026`, `Mar 1, 2026`, RFC 2822, or Unix seconds or milliseconds. An instant keeps the day of its own
/// offset. `None` when it is none of these.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if text.is_empty() || text.len() > 64 {
        return None;
    }
    let date = instant(text).or_else(|| numeric(text)).or_else(|| worded(text))?;
    plausible(date)
}

/// The day of a Unix time in seconds or milliseconds.
pub fn from_unix(number: i64) -> Option<NaiveDate> {
    let seconds = if number.abs() >= 100_000_000_000 { number / 1000 } else { number };
    plausible(DateTime::from_timestamp(seconds, 0)?.date_naive())
}

/// The day named relative to `today`: `Posted Today`, `Posted Yesterday`, `Posted 8 Days Ago`, `3 weeks ago`. `None`
/// for an open end such as `30+ Days Ago`.
pub fn relative(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = crate::text::folded(text);
    if crate::text::has_phrase(&text, "today") || crate::text::has_phrase(&text, "just posted") {
        return Some(today);
    }
    if crate::text::has_phrase(&text, "yesterday") {
        return today.checked_sub_days(Days::new(1));
    }
    let words: Vec<&str> = text.split(' ').collect();
    words.windows(3).find_map(|three| {
        let &[count, unit, "ago"] = <&[&str; 3]>::try_from(three).ok()? else { return None };
        let count: u64 = count.parse().ok()?;
        let days = match unit.trim_end_matches('s') {
            "hour" | "minute" => 0,
            "day" => count,
            "week" => count.checked_mul(7)?,
            "month" => count.checked_mul(30)?,
            _ => return None,
        };
        plausible(today.checked_sub_days(Days::new(days))?)
    })
}

fn plausible(date: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike;
    YEARS.contains(&date.year()).then_some(date)
}

fn instant(text: &str) -> Option<NaiveDate> {
    if text.bytes().all(|b| b.is_ascii_digit()) && text.len() >= 9 {
        return from_unix(text.parse().ok()?);
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text)) {
        return Some(at.date_naive());
    }
    // USAJOBS writes a fraction and no offset; some spreadsheets a space for the T.
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"];
    let zoneless = text.trim_end_matches(" UTC").trim_end_matches('Z');
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(zoneless, form).ok()).map(|at| at.date())
}

fn numeric(text: &str) -> Option<NaiveDate> {
    // A time of day after the date says nothing about the day.
    let text = text.split([' ', 'T']).next()?;
    let separator = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let parts: Vec<u32> = text.split(separator).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let &[a, b, c] = parts.as_slice() else { return None };
    let ymd = |year: u32, month, day| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    let century = |year: u32| if year < 100 { 2000 + year } else { year };
    let year_first = text.find(separator) == Some(4);
    match (year_first, separator) {
        (true, _) => ymd(a, b, c),
        (false, '.') => ymd(century(c), b, a),
        (false, _) => ymd(century(c), a, b).or_else(|| ymd(century(c), b, a)),
    }
}

/// `1 March 2026`, `March 1st, 2026`, `1. März 2026`.
fn worded(text: &str) -> Option<NaiveDate> {
    let (mut day, mut month, mut year) = (None, None, None);
    for word in text.split([' ', ',', '.', '-', '/']).filter(|word| !word.is_empty()) {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if let Ok(number) = digits.parse::<u32>() {
            match number {
                1..=31 if day.is_none() => day = Some(number),
                1990..=2100 => year = i32::try_from(number).ok(),
                _ => {}
            }
        } else if month.is_none() {
            month = month_named(word);
        }
    }
    NaiveDate::from_ymd_opt(year?, month?, day?)
}

fn month_named(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let starts = [
        ["jan", "jän"],
        ["feb", "fév"],
        ["mar", "mär"],
        ["apr", "avr"],
        ["may", "mai"],
        ["jun", "juin"],
        ["jul", "juil"],
        ["aug", "aoû"],
        ["sep", "sep"],
        ["oct", "okt"],
        ["nov", "nov"],
        ["dec", "dez"],
    ];
    starts.iter().position(|names| names.iter().any(|name| word.starts_with(name))).map(|i| i as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(y, m, d)
    }

    #[test]
    fn dates_of_many_forms() {
        for (text, expected) in [
            ("2026-03-01", day(2026, 3, 1)),
            ("2026-03-01T23:30:00-04:00", day(2026, 3, 1)),
            ("2026-03-01T21:00:55.755+00:00", day(2026, 3, 1)),
            ("2026-03-01T06:25:53", day(2026, 3, 1)),
            ("2026-03-01T00:00:00.0000", day(2026, 3, 1)),
            ("2026-03-01T08:33:45Z", day(2026, 3, 1)),
            ("2026-03-01 10:00:00", day(2026, 3, 1)),
            ("2026-03-01 10:00:00 UTC", day(2026, 3, 1)),
            ("2026/3/1", day(2026, 3, 1)),
            ("01.03.2026", day(2026, 3, 1)),
            ("1.3.26", day(2026, 3, 1)),
            ("3/1/2026", day(2026, 3, 1)),
            ("25/12/2026", day(2026, 12, 25)),
            ("1 March 2026", day(2026, 3, 1)),
            ("Mar 1st, 2026", day(2026, 3, 1)),
            ("1. März 2026", day(2026, 3, 1)),
            ("Sun, 01 Mar 2026 10:00:00 +0000", day(2026, 3, 1)),
            ("1772323200", day(2026, 3, 1)),
            ("1772323200000", day(2026, 3, 1)),
            ("2026-02-31", None),
            ("soon", None),
            ("", None),
            ("12", None),
            ("0001-01-01", None),
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_told_from_today() {
        let today = day(2026, 3, 10).unwrap();
        assert_eq!(relative("Posted Today", today), Some(today));
        assert_eq!(relative("Posted Yesterday", today), day(2026, 3, 9));
        assert_eq!(relative("Posted 8 Days Ago", today), day(2026, 3, 2));
        assert_eq!(relative("2 weeks ago", today), day(2026, 2, 24));
        assert_eq!(relative("Posted 30+ Days Ago", today), None);
        assert_eq!(relative("Posted 99999999999999999999 Days Ago", today), None);
    }
}

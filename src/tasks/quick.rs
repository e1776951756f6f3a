//! Reads a task out of one line of plain English: what stands at its end and is a date or a time is when it is due, the rest is
//! its title. What is neither stays in the title.

use chrono::{Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

/// A line as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    pub title: String,
    pub due: Option<NaiveDateTime>,
    /// Whether a time of day was written, too.
    pub timed: bool,
}

/// Reads a line; `now` is what a clock where the person is shows.
///
/// A day without a time means 9:00; today, when that has passed, 18:00 or the end of the day. A time without a day is the next time
/// a clock shows it. A weekday is the next one, never today.
pub fn read(line: &str, now: NaiveDateTime) -> Read {
    let line = line.trim();
    let words = words(line);
    let texts: Vec<&str> = words.iter().map(|(_, word)| word.as_str()).collect();
    let found = find(&texts, now).filter(|(left, _, _)| *left > 0);
    match found.and_then(|(left, due, timed)| Some((words.get(left)?.0, due, timed))) {
        Some((end, due, timed)) => {
            let title = line[..end].trim_end_matches([' ', ',', '\t', '-', '–', ':']).to_owned();
            if title.is_empty() { whole(line) } else { Read { title, due: Some(due), timed } }
        }
        None => whole(line),
    }
}

fn whole(line: &str) -> Read {
    Read { title: line.to_owned(), due: None, timed: false }
}

/// Words with where they begin, without the commas after them. Only words that can be an abbreviation keep their capital.
fn words(line: &str) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    let mut from = None;
    for (at, c) in line.char_indices().chain(std::iter::once((line.len(), ' '))) {
        match (c.is_whitespace(), from) {
            (false, None) => from = Some(at),
            (true, Some(begin)) => {
                all.push((begin, line[begin..at].trim_end_matches([',', '.', ';']).to_owned()));
                from = None;
            }
            _ => {}
        }
    }
    all
}

/// How many words are left for the title, when it is due, and whether a time was written.
fn find(words: &[&str], now: NaiveDateTime) -> Option<(usize, NaiveDateTime, bool)> {
    if let Some((left, due)) = span(words, now) {
        return Some((left, due, true));
    }
    let today = now.date();
    if let Some((left, time)) = time(words) {
        if let Some((left, day)) = date(&words[..left], today) {
            return sensible(left, day.and_time(time), true);
        }
        let day = if time > now.time() { today } else { today.succ_opt()? };
        return sensible(left, day.and_time(time), true);
    }
    let (left, day) = date(words, today)?;
    if let Some((left, time)) = time(&words[..left]) {
        return sensible(left, day.and_time(time), true);
    }
    let hours = [(9, 0), (18, 0), (23, 59)].map(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0));
    let mut times = hours.into_iter().flatten();
    let time = if day == today { times.find(|time| *time > now.time()) } else { times.next() };
    sensible(left, day.and_time(time.unwrap_or_else(|| now.time())), false)
}

fn sensible(left: usize, due: NaiveDateTime, timed: bool) -> Option<(usize, NaiveDateTime, bool)> {
    (1900..=2999).contains(&due.year()).then_some((left, due, timed))
}

/// The word before these, if it is one of `linking` and something is left for the title.
fn without(words: &[&str], left: usize, linking: &[&str]) -> usize {
    let linked = left > 1 && linking.iter().any(|word| words[left - 1].eq_ignore_ascii_case(word));
    if linked { left - 1 } else { left }
}

/// "in 2 hours", "in 30 minutes": a moment, to the minute.
fn span(words: &[&str], now: NaiveDateTime) -> Option<(usize, NaiveDateTime)> {
    let (left, count, unit) = counted(words)?;
    let time = match unit.as_str() {
        "minute" | "minutes" | "min" | "mins" => Duration::minutes(count.into()),
        "hour" | "hours" => Duration::hours(count.into()),
        _ => return None,
    };
    let due = now.checked_add_signed(time)?;
    sensible(
        left,
        due.date().and_time(NaiveTime::from_hms_opt(chrono::Timelike::hour(&due), chrono::Timelike::minute(&due), 0)?),
        true,
    )
    .map(|(left, due, _)| (left, due))
}

/// "in 3 days": the words left, the number and the unit.
fn counted(words: &[&str]) -> Option<(usize, u32, String)> {
    let [.., begin, count, unit] = words else { return None };
    if !begin.eq_ignore_ascii_case("in") {
        return None;
    }
    let count = match count.to_ascii_lowercase().as_str() {
        "a" | "an" | "one" => 1,
        "two" => 2,
        "three" => 3,
        digits => number(digits, 4)?,
    };
    Some((words.len() - 3, count, unit.to_ascii_lowercase()))
}

/// A time of day at the end: `14:00`, `2pm`, `2:30 pm`, `noon`.
fn time(words: &[&str]) -> Option<(usize, NaiveTime)> {
    let last = words.last()?.to_ascii_lowercase();
    let (left, time) = match last.as_str() {
        "noon" => (words.len() - 1, NaiveTime::from_hms_opt(12, 0, 0)),
        "am" | "pm" => {
            let before = words.len().checked_sub(2)?;
            (before, clock([words[before], last.as_str()].concat().to_ascii_lowercase().as_str()))
        }
        other => (words.len() - 1, clock(other)),
    };
    Some((without(words, left, &["at", "by", "@"]), time?))
}

fn clock(text: &str) -> Option<NaiveTime> {
    let half = ["am", "pm"].into_iter().find_map(|half| Some((text.strip_suffix(half)?, half)));
    let (hour, minute) = match half.map_or(text, |(digits, _)| digits).split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (number(hour, 2)?, number(minute, 2)?),
        Some(_) => return None,
        // A number alone is no time.
        None => (number(half?.0, 2)?, 0),
    };
    let hour = match half {
        Some((_, half)) if (1..=12).contains(&hour) => hour % 12 + if half == "pm" { 12 } else { 0 },
        Some(_) => return None,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let plain = !text.is_empty() && text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// A day at the end.
fn date(words: &[&str], today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let last = words.last()?.to_ascii_lowercase();
    let one = words.len() - 1;
    let linking: &[&str] = &["on", "by", "due", "until"];
    let named = match last.as_str() {
        "today" => Some(today),
        "tomorrow" => today.succ_opt(),
        _ => iso(&last),
    };
    if let Some(day) = named {
        return Some((without(words, one, linking), day));
    }
    if let Some(weekday) = weekday(words) {
        let ahead = (weekday.num_days_from_monday() + 7 - today.weekday().num_days_from_monday() - 1) % 7 + 1;
        let left = without(words, one, &["next"]);
        return Some((without(words, left, linking), today.checked_add_days(Days::new(ahead.into()))?));
    }
    if let Some((left, count, unit)) = counted(words) {
        let day = match unit.as_str() {
            "day" | "days" => today.checked_add_days(Days::new(count.into())),
            "week" | "weeks" => today.checked_add_days(Days::new(u64::from(count) * 7)),
            "month" | "months" => today.checked_add_months(Months::new(count)),
            _ => None,
        };
        return Some((left, day?));
    }
    let (left, day) = of_month(words, today)?;
    Some((without(words, left, linking), day))
}

/// `2026-12-03`.
fn iso(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(number(year, 4)?).ok()?, number(month, 2)?, number(day, 2)?)
}

/// A weekday's name. A short one that is a word of its own ("sun") counts where it begins with a capital or follows "on".
fn weekday(words: &[&str]) -> Option<Weekday> {
    let word = words.last()?;
    let text = word.to_ascii_lowercase();
    let linked = words.len() > 1
        && ["on", "by", "next"].iter().any(|before| words[words.len() - 2].eq_ignore_ascii_case(before));
    let sure = linked || word.starts_with(|c: char| c.is_ascii_uppercase());
    Some(match text.as_str() {
        "monday" | "mon" => Weekday::Mon,
        "tuesday" | "tue" | "tues" => Weekday::Tue,
        "wednesday" => Weekday::Wed,
        "thursday" | "thu" | "thur" | "thurs" => Weekday::Thu,
        "friday" | "fri" => Weekday::Fri,
        "saturday" => Weekday::Sat,
        "sunday" => Weekday::Sun,
        "wed" if sure => Weekday::Wed,
        "sat" if sure => Weekday::Sat,
        "sun" if sure => Weekday::Sun,
        _ => return None,
    })
}

/// `3 Dec`, `Dec 3rd`, `3 December 2026`. Without a year the next such day, today included.
fn of_month(words: &[&str], today: NaiveDate) -> Option<(usize, NaiveDate)> {
    let year = words.last().filter(|word| word.len() == 4).and_then(|word| number(word, 4));
    let rest = if year.is_some() { &words[..words.len() - 1] } else { words };
    let [.., one, two] = rest else { return None };
    let (day, month) = match (ordinal(one), month(two)) {
        (Some(day), Some(month)) => (day, month),
        _ => (ordinal(two)?, month(one)?),
    };
    let found = match year {
        Some(year) => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?,
        // The next 29 February can be eight years away.
        None => (0..=8).find_map(|ahead| {
            NaiveDate::from_ymd_opt(today.year() + ahead, month, day).filter(|found| *found >= today)
        })?,
    };
    Some((rest.len() - 2, found))
}

fn ordinal(word: &str) -> Option<u32> {
    let text = word.to_ascii_lowercase();
    let digits = ["st", "nd", "rd", "th"].into_iter().find_map(|end| text.strip_suffix(end));
    number(digits.unwrap_or(&text), 2)
}

fn month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let text = word.to_ascii_lowercase();
    let short = text.len() == 3 || text == "sept";
    let at = NAMES.iter().position(|name| *name == text || (short && name.starts_with(&text)))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A Friday.
    fn now() -> NaiveDateTime {
        "2026-11-27T15:30:00".parse().expect("a time")
    }

    fn said(line: &str) -> (String, String) {
        let read = read(line, now());
        (read.title, read.due.map(|due| due.format("%a %Y-%m-%d %H:%M").to_string()).unwrap_or_default())
    }

    #[test]
    fn a_date_and_a_time_at_the_end_are_when_it_is_due() {
        for (line, title, due) in [
            ("Call Ms Weber tomorrow 14:00", "Call Ms Weber", "Sat 2026-11-28 14:00"),
            ("Call Ms Weber 14:00 tomorrow", "Call Ms Weber", "Sat 2026-11-28 14:00"),
            ("Call Ms Weber on Monday at 2pm", "Call Ms Weber", "Mon 2026-11-30 14:00"),
            ("Call Ms Weber, next Fri, 2:30 PM", "Call Ms Weber", "Fri 2026-12-04 14:30"),
            ("Send the papers by 3 Dec", "Send the papers", "Thu 2026-12-03 09:00"),
            ("Send the papers Dec 3rd 12am", "Send the papers", "Thu 2026-12-03 00:00"),
            ("Send the papers 2026-12-03", "Send the papers", "Thu 2026-12-03 09:00"),
            ("Send the papers 3 March 2028 noon", "Send the papers", "Fri 2028-03-03 12:00"),
            ("Ask again in 3 days", "Ask again", "Mon 2026-11-30 09:00"),
            ("Ask again in two weeks at 8:05", "Ask again", "Fri 2026-12-11 08:05"),
            ("Ask again in a month", "Ask again", "Sun 2026-12-27 09:00"),
            ("Ask again in 2 hours", "Ask again", "Fri 2026-11-27 17:30"),
            ("Tidy up today", "Tidy up", "Fri 2026-11-27 18:00"),
            ("Tidy up 16:00", "Tidy up", "Fri 2026-11-27 16:00"),
            ("Tidy up 15:00", "Tidy up", "Sat 2026-11-28 15:00"),
            ("Tidy up friday", "Tidy up", "Fri 2026-12-04 09:00"),
            ("Feast 29 Feb", "Feast", "Tue 2028-02-29 09:00"),
            ("Meet on sun", "Meet", "Sun 2026-11-29 09:00"),
        ] {
            assert_eq!(said(line), (title.to_owned(), due.to_owned()), "{line}");
        }
    }

    #[test]
    fn what_is_no_date_stays_in_the_title() {
        for line in [
            "Call Ms Weber",
            "Read chapter 14",
            "Buy 3",
            "Learn about the sun",
            "Call at 25:00",
            "Pay 2026-02-30",
            "Ask in 3 moons",
            "tomorrow",
            "today 14:00",
            "Read the report of 31 Feb",
            "Look at 13pm",
            "Find room 12:5",
            "Room 101",
            "",
            "   ",
            "Make it by",
            "Beat 2:60",
            "tomorrow is another day",
            "Move to 2026-12",
            "Ask in 99999 days",
            "Größe prüfen ☕",
        ] {
            assert_eq!(said(line), (line.trim().to_owned(), String::new()), "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_read(line in "\\PC{0,80}", minutes in -10_000_000_i64..226_000_000) {
            let now = chrono::DateTime::from_timestamp(minutes * 60, 0).expect("a moment").naive_utc();
            let read = read(&line, now);
            prop_assert!(line.trim().starts_with(&read.title));
            prop_assert!(!read.title.is_empty() || line.trim().is_empty());
        }

        #[test]
        fn any_words_of_dates_are_read(
            words in prop::collection::vec(prop::sample::select(vec![
                "in", "3", "31", "days", "Feb", "may", "on", "at", "next", "Sun", "14:00", "2pm", "pm", "2026", "2026-12-03", "tomorrow", "call", ",", "a", "month", "9999",
            ]), 0..8),
        ) {
            let line = words.join(" ");
            let read = read(&line, now());
            prop_assert!(line.starts_with(&read.title));
        }

        #[test]
        fn a_day_and_a_time_are_found_again(title in "[A-Z][a-z]{3,9} [a-z]{11,14}", days in 0_u64..300_000, hour in 0_u32..24, minute in 0_u32..60) {
            let day = NaiveDate::from_ymd_opt(1990, 1, 1).expect("a day").checked_add_days(Days::new(days)).expect("a day");
            let line = format!("{title} {} {hour:02}:{minute:02}", day.format("%Y-%m-%d"));
            let read = read(&line, now());
            prop_assert_eq!(read.title, title);
            prop_assert_eq!(read.due, day.and_hms_opt(hour, minute, 0));
        }
    }
}

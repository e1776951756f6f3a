//! The last day to apply, as texts name it.

use crate::pattern::Patterns;
use crate::words::{Word, words};
use chrono::{Datelike, Days, NaiveDate};
use std::sync::LazyLock;

static DEADLINE: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(include_str!("../../data/deadline.txt")));

/// The day begins within so many words.
const NEAR: usize = 8;
/// A day without a year may lie so many days before the one it is read near.
const BEFORE: u64 = 30;

/// The first three letters of months, and those that need more. Folded.
const MONTHS: &[(&str, u32)] = &[
    ("jan", 1),
    ("ene", 1),
    ("gen", 1),
    ("sty", 1),
    ("feb", 2),
    ("fev", 2),
    ("mar", 3),
    ("maa", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("mei", 5),
    ("mag", 5),
    ("juin", 6),
    ("jun", 6),
    ("giu", 6),
    ("juil", 7),
    ("jul", 7),
    ("lug", 7),
    ("aug", 8),
    ("aou", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("ott", 10),
    ("out", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("dic", 12),
];

/// The last day to apply that the text names (`Applications close on 14 March`, `Bewerbungsfrist: 15.05.2027`).
/// `around` is a day near the posting: a date without a year is the first one that lies at most thirty days before it.
pub fn closing_day(text: &str, around: NaiveDate) -> Option<NaiveDate> {
    let words = words(text);
    DEADLINE.found(&words).find_map(|found| {
        let sentence = words[found.start].sentence;
        let rest = &words[found.end - 1..];
        let near = rest.iter().take(NEAR).take_while(|word| word.sentence == sentence).count();
        (0..near).find_map(|at| date(&rest[at..], around))
    })
}

/// The date that the words begin with.
fn date(words: &[Word], around: NaiveDate) -> Option<NaiveDate> {
    let word = |at: usize| words.get(at).map(|word| word.folded.as_str());
    let number = |at: usize| word(at).and_then(number);
    let year = |at: usize| number(at).filter(|year| (2000..=2100).contains(year));
    // `de`, `of`, `the` may stand between.
    let skip = |at: usize| at + usize::from(matches!(word(at), Some("of" | "de" | "the" | "del")));
    if let (Some(y), Some(m), Some(d)) = (year(0), number(1), number(2)) {
        return NaiveDate::from_ymd_opt(y.cast_signed(), m, d);
    }
    if let Some(day) = number(0).filter(|day| (1..=31).contains(day)) {
        let at = skip(1);
        if let Some(month) = word(at).and_then(month) {
            return with_year(day, month, year(skip(at + 1)), around);
        }
        // `15.05.2027`, `15/05/2027`; where only one reading is a date, that one.
        let (month, year) = (number(1)?, year(2)?);
        return NaiveDate::from_ymd_opt(year.cast_signed(), month, day)
            .or_else(|| NaiveDate::from_ymd_opt(year.cast_signed(), day, month));
    }
    let month = word(0).and_then(month)?;
    let day = number(skip(1)).filter(|day| (1..=31).contains(day))?;
    with_year(day, month, year(skip(1) + 1), around)
}

fn with_year(day: u32, month: u32, year: Option<u32>, around: NaiveDate) -> Option<NaiveDate> {
    if let Some(year) = year {
        return NaiveDate::from_ymd_opt(year.cast_signed(), month, day);
    }
    let from = around.checked_sub_days(Days::new(BEFORE))?;
    (from.year()..=from.year() + 1)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .find(|date| *date >= from)
}

/// `14`, `14th`, `1er`.
fn number(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_ordinal =
        digits.len() == word.len() || matches!(&word[digits.len()..], "st" | "nd" | "rd" | "th" | "er" | "e");
    digits.parse().ok().filter(|_| is_ordinal && digits.len() <= 4)
}

fn month(word: &str) -> Option<u32> {
    let is_name = word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    MONTHS.iter().find(|(start, _)| is_name && word.starts_with(start)).map(|(_, month)| *month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_read_in_several_languages() {
        let around = NaiveDate::from_ymd_opt(2026, 11, 28).expect("a day");
        for (text, expected) in [
            ("Applications close on 14 March 2027.", "2027-03-14"),
            ("This vacancy closes at noon on 2 February 2027", "2027-02-02"),
            ("Closing date: 2026-12-15", "2026-12-15"),
            ("The deadline for applications is 30 April.", "2027-04-30"),
            ("Please apply by December 5th", "2026-12-05"),
            ("Apply no later than Friday, Jan 8, 2027!", "2027-01-08"),
            ("Application deadline 20 November", "2026-11-20"),
            ("Die Bewerbungsfrist endet am 15. Mai 2027.", "2027-05-15"),
            ("Bewerbungsschluss: 31.12.2026", "2026-12-31"),
            ("Bitte senden Sie Ihre Bewerbung bis zum 3. Januar an uns.", "2027-01-03"),
            ("Date limite de candidature : 10 janvier 2027", "2027-01-10"),
            ("Candidatures jusqu'au 1er mars", "2027-03-01"),
            ("Fecha límite: 5 de diciembre de 2026", "2026-12-05"),
            ("Plazo de inscripción hasta el 20 de enero", "2027-01-20"),
        ] {
            assert_eq!(closing_day(text, around).map(|day| day.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "The contract runs until 31 December 2027.",
            "Applications are read as they come.",
            "We close deals. 14 March 2027 is our anniversary.",
            "Die Stelle ist bis 31.12.2027 befristet.",
            "Closing date: 31 February 2027",
        ] {
            assert_eq!(closing_day(text, around), None, "{text}");
        }
    }
}

use super::currency::units_per_dollar;
use crate::text::phrase_at;
use posting::Period;

/// How people write "for each …", folded. Longer forms first, so that a shorter one does not take part of them.
const WORDS: [(Period, &[&str]); 5] = [
    (
        Period::Hour,
        &[
            "per hour",
            "an hour",
            "/ hour",
            "/hour",
            "/ hr",
            "/hr",
            "/h",
            "per hr",
            "p.h.",
            "hourly",
            "pro stunde",
            "/stunde",
            "/std",
            "per working hour",
            "je stunde",
            "par heure",
        ],
    ),
    (
        Period::Day,
        &["per day", "a day", "/ day", "/day", "/d", "daily", "per diem", "pro tag", "/tag", "day rate", "p.d."],
    ),
    (Period::Week, &["per week", "a week", "/ week", "/week", "/wk", "weekly", "pro woche"]),
    (
        Period::Month,
        &[
            "per month",
            "a month",
            "/ month",
            "/month",
            "/mo",
            "monthly",
            "pcm",
            "p.m.",
            "pro monat",
            "/monat",
            "im monat",
            "monatlich",
            "par mois",
            "per mese",
            "al mes",
            "mensuel",
        ],
    ),
    (
        Period::Year,
        &[
            "per annum",
            "per year",
            "a year",
            "/ year",
            "/year",
            "/yr",
            "/ yr",
            "per yr",
            "/y",
            "p.a.",
            "p.a",
            "pa",
            "annually",
            "annual",
            "yearly",
            "annum",
            "/annum",
            "pro jahr",
            "/jahr",
            "im jahr",
            "jährlich",
            "jahresgehalt",
            "par an",
            "al año",
            "all'anno",
        ],
    ),
];

/// The period whose words come first in a folded text, with where they start.
pub fn first_in(text: &str) -> Option<(Period, usize)> {
    WORDS
        .iter()
        .flat_map(|(period, words)| words.iter().filter_map(|word| phrase_at(text, word).map(|at| (*period, at))))
        .min_by_key(|(_, at)| *at)
}

/// The period whose words come last in a folded text.
pub fn last_in(text: &str) -> Option<Period> {
    WORDS
        .iter()
        .flat_map(|(period, words)| {
            words
                .iter()
                .filter_map(|word| text.rfind(word).filter(|_| phrase_at(text, word).is_some()).map(|at| (*period, at)))
        })
        .max_by_key(|(_, at)| *at)
        .map(|(period, _)| period)
}

/// A folded text without the words for a period, and the period they named.
pub fn without(text: &str) -> (String, Option<Period>) {
    let found = WORDS
        .iter()
        .flat_map(|(period, words)| {
            words.iter().filter_map(|word| phrase_at(text, word).map(|at| (*period, at, word.len())))
        })
        .max_by_key(|(_, _, len)| *len);
    match found {
        Some((period, at, len)) => (format!("{} {}", &text[..at], &text[at + len..]), Some(period)),
        None => (text.to_owned(), None),
    }
}

/// The period that an amount of this size is paid for, when no word says so. `None` where it could be either.
pub fn by_size(amount: f64, currency: &str) -> Option<Period> {
    match amount / units_per_dollar(currency) {
        size if size >= 10_000.0 => Some(Period::Year),
        size if size >= 1_200.0 => Some(Period::Month),
        size if size < 250.0 => Some(Period::Hour),
        _ => None,
    }
}

/// Could somebody be paid this for such a period?
pub fn plausible(amount: f64, period: Period, currency: &str) -> bool {
    let size = amount / units_per_dollar(currency);
    match period {
        Period::Hour => (2.0..=1_000.0).contains(&size),
        Period::Day => (15.0..=5_000.0).contains(&size),
        Period::Week => (50.0..=20_000.0).contains(&size),
        Period::Month => (80.0..=60_000.0).contains(&size),
        Period::Year => (800.0..=5_000_000.0).contains(&size),
    }
}

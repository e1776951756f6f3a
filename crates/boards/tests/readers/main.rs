//! Every reader against an invented answer of the feed's own shape, field by field.

use boards::{BadRow, Finder, Format, Reading, read};
use chrono::NaiveDate;
use posting::{Period, Posting, Salary};
use skills::Taxonomy;

mod careers;
mod feeds;
mod files;
mod first;
mod pages;
mod partners;

fn finder() -> Finder {
    Finder::new(Taxonomy::builtin()).on(day(2026, 3, 10))
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Reads as the named format and by finding out; both must come to the same.
fn reading(format: Format, data: &[u8], company: Option<&str>) -> Reading {
    let named = read(format, data, company, &finder()).unwrap();
    assert_eq!(read(Format::Auto, data, company, &finder()).unwrap(), named);
    assert_eq!(named.format, format);
    named
}

fn good(reading: &Reading, row: usize) -> &Posting {
    reading.rows[row].as_ref().unwrap()
}

fn bad(reading: &Reading, row: usize) -> &BadRow {
    let bad = reading.rows[row].as_ref().unwrap_err();
    assert_eq!(bad.row, row + 1);
    bad
}

fn pay(min: i64, max: i64, currency: &str, period: Period) -> Option<Salary> {
    Some(Salary { min: Some(min), max: Some(max), currency: currency.into(), period })
}

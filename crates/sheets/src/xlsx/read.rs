//! Reading: the sheets in their order, shared texts, numbers that are days.

use super::{escape::unescaped, parts::Parts, styles};
use crate::{
    limits,
    table::{Kind, Table, Unreadable, assemble},
};
use chrono::{Duration, NaiveDate};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::collections::HashMap;

/// The most sheets that are looked at for one with rows.
const SHEETS: usize = 20;
/// The most texts that cells share.
const SHARED: usize = 600_000;

fn damaged<E>(_: E) -> Unreadable {
    "This spreadsheet is damaged.".into()
}

/// Reads the first sheet that has a heading and rows.
pub fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    let mut parts = Parts::open(bytes)?;
    let Some(workbook) = parts.text("xl/workbook.xml")? else {
        return Err("This zip holds no Excel sheet. Please save the table as .xlsx or CSV.".into());
    };
    let targets = targets(&parts.text("xl/_rels/workbook.xml.rels")?.unwrap_or_default())?;
    let book = book(&workbook)?;
    let shared = match parts.text("xl/sharedStrings.xml")? {
        Some(xml) => shared(&xml)?,
        None => Vec::new(),
    };
    let days = match parts.text("xl/styles.xml")? {
        Some(xml) => styles::days(&xml)?,
        None => Vec::new(),
    };
    let about = About { shared, days, since_1904: book.since_1904 };
    let mut last = Unreadable::from("There is no sheet with rows in this file.");
    for id in book.sheets.iter().take(SHEETS) {
        let Some(target) = targets.get(id) else { continue };
        let path = if target.starts_with('/') { target.clone() } else { ["xl/", target].concat() };
        let Some(xml) = parts.text(&path)? else { continue };
        match assemble(Kind::Xlsx, lines(&xml, &about)?) {
            Ok(table) => return Ok(table),
            Err(why) => last = why,
        }
    }
    Err(last)
}

/// What all sheets share.
struct About {
    shared: Vec<String>,
    days: Vec<bool>,
    since_1904: bool,
}

/// An attribute by its name, whatever its prefix.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|own| own.key.local_name().into_inner() == name)
        .map(|own| {
            quick_xml::escape::unescape(&own.value).map_or_else(|_| own.value.to_string(), |value| value.into_owned())
        })
}

/// Where each relation of the workbook leads.
fn targets(xml: &str) -> Result<HashMap<String, String>, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let mut all = HashMap::new();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().into_inner() == "Relationship" => {
                if let Some((id, target)) = attribute(&tag, "Id").zip(attribute(&tag, "Target")) {
                    all.insert(id, target);
                }
            }
            Event::Eof => return Ok(all),
            _ => {}
        }
    }
}

struct Book {
    /// Ids of the relations that lead to the visible sheets.
    sheets: Vec<String>,
    since_1904: bool,
}

fn book(xml: &str) -> Result<Book, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let mut book = Book { sheets: Vec::new(), since_1904: false };
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().into_inner() {
                "sheet" if attribute(&tag, "state").is_none_or(|state| state == "visible") => {
                    // `sheetId` is a number of its own; the relation's is `r:id`.
                    let mut all = tag.attributes();
                    let id =
                        all.with_checks(false).filter_map(Result::ok).find(|own| own.key.as_ref().ends_with(":id"));
                    book.sheets.extend(id.map(|id| id.value.to_string()));
                }
                "workbookPr" => {
                    book.since_1904 = attribute(&tag, "date1904").is_some_and(|is| is == "1" || is == "true");
                }
                _ => {}
            },
            Event::Eof => return Ok(book),
            _ => {}
        }
    }
}

/// What a reference in text stands for; nothing when it is one of a document's own.
fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// Texts that cells share, by their numbers.
fn shared(xml: &str) -> Result<Vec<String>, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let (mut all, mut text) = (Vec::new(), String::new());
    // Pieces of one text are in `t`; how to pronounce it (`rPh`) is not part of it.
    let (mut inside, mut spoken) = (false, false);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "t" => inside = !spoken,
                "rPh" => spoken = true,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().into_inner() == "si" => all.push(String::new()),
            Event::Text(part) if inside => text.push_str(&part.xml10_content()),
            Event::CData(part) if inside => text.push_str(&part.xml10_content()),
            Event::GeneralRef(name) if inside => text.extend(reference(&name)),
            Event::End(tag) => match tag.local_name().into_inner() {
                "t" => inside = false,
                "rPh" => spoken = false,
                "si" => all.push(std::mem::take(&mut text)),
                _ => {}
            },
            Event::Eof => return Ok(all.iter().map(|text| unescaped(text)).collect()),
            _ => {}
        }
        if all.len() > SHARED {
            return Err("This spreadsheet has more texts than can be read. Please export a CSV file.".into());
        }
    }
}

/// The rows of a sheet with their numbers. Cells beyond the columns that can be read are left out.
fn lines(xml: &str, about: &About) -> Result<Vec<(usize, Vec<String>)>, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let mut lines: Vec<(usize, Vec<String>)> = Vec::new();
    let (mut row, mut column) = (0, 0);
    let mut cells: Vec<String> = Vec::new();
    let (mut kind, mut style, mut value, mut inside) = (String::new(), None, String::new(), false);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(tag) => match tag.local_name().into_inner() {
                "row" => {
                    row = attribute(&tag, "r").and_then(|r| r.parse().ok()).unwrap_or(row + 1);
                    column = 0;
                }
                "c" => {
                    column = attribute(&tag, "r").and_then(|r| place(&r)).unwrap_or(column) + 1;
                    kind = attribute(&tag, "t").unwrap_or_default();
                    style = attribute(&tag, "s").and_then(|s| s.parse::<usize>().ok());
                    value.clear();
                }
                "v" | "t" => inside = true,
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().into_inner() == "c" => {
                column = attribute(&tag, "r").and_then(|r| place(&r)).unwrap_or(column) + 1;
            }
            Event::Text(part) if inside => value.push_str(&part.xml10_content()),
            Event::CData(part) if inside => value.push_str(&part.xml10_content()),
            Event::GeneralRef(name) if inside => value.extend(reference(&name)),
            Event::End(tag) => match tag.local_name().into_inner() {
                "v" | "t" => inside = false,
                "c" if (1..=limits::COLUMNS * 2).contains(&column) => {
                    let text = shown(&kind, style, &value, about);
                    if !text.is_empty() {
                        cells.resize(cells.len().max(column), String::new());
                        cells[column - 1] = text;
                    }
                }
                "row" => {
                    if cells.iter().any(|cell| !cell.trim().is_empty()) {
                        lines.push((row, std::mem::take(&mut cells)));
                    }
                    cells.clear();
                    if lines.len() > limits::ROWS + 20 {
                        return Ok(lines);
                    }
                }
                "sheetData" => return Ok(lines),
                _ => {}
            },
            Event::Eof => return Ok(lines),
            _ => {}
        }
    }
}

/// The column of a place such as `AB12`, from 0.
fn place(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    letters
        .map(|letter| usize::from(letter.to_ascii_uppercase() - b'A') + 1)
        .reduce(|all, one| all * 26 + one)?
        .checked_sub(1)
}

/// What a cell shows, without formats of numbers.
fn shown(kind: &str, style: Option<usize>, value: &str, about: &About) -> String {
    match kind {
        "s" => value.trim().parse::<usize>().ok().and_then(|at| about.shared.get(at)).cloned().unwrap_or_default(),
        "inlineStr" | "str" => unescaped(value).replace('\0', ""),
        "b" => if value.trim() == "1" { "yes" } else { "no" }.to_owned(),
        // `#N/A` is nothing to take in.
        "e" => String::new(),
        "d" => value.trim().to_owned(),
        _ => {
            let number = value.trim();
            let is_day = style.and_then(|style| about.days.get(style)).copied().unwrap_or(false);
            is_day.then(|| day(number.parse().ok()?, about.since_1904)).flatten().unwrap_or_else(|| number.to_owned())
        }
    }
}

/// The day a number stands for, with its time where it has one.
fn day(number: f64, since_1904: bool) -> Option<String> {
    if !(1.0..1_000_000.0).contains(&number) {
        return None;
    }
    // Excel counts a 29 February 1900 that never was; days before March 1900 are of no use here.
    let first = if since_1904 { NaiveDate::from_ymd_opt(1904, 1, 1)? } else { NaiveDate::from_ymd_opt(1899, 12, 30)? };
    let minutes = (number.fract() * 1_440.0).round() as i64;
    let at = first.and_hms_opt(0, 0, 0)? + Duration::days(number.trunc() as i64) + Duration::minutes(minutes);
    Some(if minutes % 1_440 == 0 { at.format("%Y-%m-%d").to_string() } else { at.format("%Y-%m-%d %H:%M").to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_days() {
        assert_eq!(
            (place("A1"), place("Z9"), place("AA1"), place("XFD1"), place("1")),
            (Some(0), Some(25), Some(26), Some(16_383), None)
        );
        assert_eq!(day(46_329.0, false).as_deref(), Some("2026-11-03"));
        assert_eq!(day(46_329.604_166_67, false).as_deref(), Some("2026-11-03 14:30"));
        assert_eq!(day(44_867.0, true).as_deref(), Some("2026-11-03"));
        assert_eq!((day(-1.0, false), day(f64::NAN, false), day(1e300, false)), (None, None, None));
    }
}

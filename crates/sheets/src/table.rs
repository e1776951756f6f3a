//! Headings with the rows under them, whatever they were written in.

use crate::{delimited, fields, json, limits, text, xlsx};

/// What a table was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Delimited,
    Json,
    Xlsx,
}

/// Headings and rows. Each row has as many cells as there are headings.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub kind: Kind,
    pub header: Vec<String>,
    pub rows: Vec<Row>,
}

/// One row under the headings.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// As a spreadsheet counts: from 1, the headings included.
    pub number: usize,
    pub cells: Vec<String>,
    /// Why it cannot be used, as a sentence.
    pub problem: Option<String>,
}

/// Why nothing could be read, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

impl From<&str> for Unreadable {
    fn from(words: &str) -> Self {
        Unreadable(words.to_owned())
    }
}

/// Reads bytes as what they are: a spreadsheet (XLSX), a JSON list of objects, or text with commas, semicolons, tabs or bars.
pub fn read(bytes: &[u8]) -> Result<Table, Unreadable> {
    if bytes.len() > limits::BYTES {
        return Err("This is larger than 10 MB. Please split it.".into());
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return xlsx::read(bytes);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err("This is an old Excel file (.xls). Please save it as .xlsx or CSV.".into());
    }
    if bytes.starts_with(b"%PDF") {
        return Err("This is a PDF. Please export a CSV or an .xlsx file.".into());
    }
    // Nothing we keep has one, and Postgres refuses it.
    let text = text::decode(bytes).replace('\0', "");
    let start = text.trim_start();
    if start.is_empty() {
        return Err("There is nothing to read. Please choose a file or paste a table.".into());
    }
    if start.starts_with(['[', '{']) {
        return json::read(start);
    }
    delimited::read(&text)
}

/// Makes a table of lines with their numbers: finds the headings among the first of them and holds the rest to the limits.
pub(crate) fn assemble(kind: Kind, lines: Vec<(usize, Vec<String>)>) -> Result<Table, Unreadable> {
    let lines: Vec<_> =
        lines.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty())).collect();
    // Templates have a title or a few lines of help above the headings: the line that names most is the one.
    let named = |cells: &[String]| fields::guess(cells).iter().filter(|field| field.is_some()).count();
    let best = (0..lines.len().min(10)).rev().max_by_key(|at| named(&lines[*at].1));
    let Some(at) = best else {
        return Err("There is nothing to read. Please choose a file or paste a table.".into());
    };
    let mut lines = lines.into_iter().skip(at);
    let Some((_, mut header)) = lines.next() else { return Err("There are no headings.".into()) };
    while header.last().is_some_and(|heading| heading.trim().is_empty()) {
        header.pop();
    }
    if header.len() > limits::COLUMNS {
        return Err(Unreadable(format!("This has more than {} columns.", limits::COLUMNS)));
    }
    for (at, heading) in header.iter_mut().enumerate() {
        *heading = heading.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(100).collect();
        if heading.is_empty() {
            *heading = format!("Column {}", at + 1);
        }
    }
    let width = header.len();
    let rows: Vec<Row> = lines.take(limits::ROWS + 1).map(|(number, cells)| row(number, cells, width)).collect();
    if rows.len() > limits::ROWS {
        return Err("This has more than 5,000 rows. Please split it.".into());
    }
    if rows.is_empty() {
        return Err("There are headings, and no rows under them.".into());
    }
    Ok(Table { kind, header, rows })
}

pub(crate) fn row(number: usize, mut cells: Vec<String>, width: usize) -> Row {
    while cells.len() > width && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    let problem = if cells.len() > width {
        Some(format!("It has {} cells where the headings have {width}.", cells.len()))
    } else if cells.iter().any(|cell| cell.len() > limits::CELL) {
        Some("A cell holds more than 100 KB; a quotation mark may be missing.".to_owned())
    } else {
        None
    };
    for cell in &mut cells {
        cell.truncate(cell.floor_char_boundary(limits::CELL));
    }
    cells.resize(width, String::new());
    Row { number, cells, problem }
}

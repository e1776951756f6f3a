//! Text with commas, semicolons, tabs or bars: read, and written so that a spreadsheet runs nothing that is in it.

use crate::{
    limits,
    table::{Kind, Table, Unreadable, assemble},
};
use csv::{ReaderBuilder, Terminator, WriterBuilder};

/// Reads text whose lines are rows.
pub(crate) fn read(text: &str) -> Result<Table, Unreadable> {
    let (delimiter, text) = match text.split_once('\n') {
        // Excel says so in a first line.
        Some((first, rest)) if first.trim().to_lowercase().starts_with("sep=") && first.trim().len() == 5 => {
            (first.trim().as_bytes()[4], rest)
        }
        _ => (delimiter(text), text),
    };
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for record in reader.records() {
        // Text is read, so a record cannot be of bytes that are none.
        let Ok(record) = record else { continue };
        let number = lines.len() + 1;
        // One more than is allowed is enough to be refused by name.
        let cells = record.iter().take(limits::COLUMNS * 2).map(unguarded).collect();
        lines.push((number, cells));
        if lines.len() > limits::ROWS + 20 {
            break;
        }
    }
    assemble(Kind::Delimited, lines)
}

/// The delimiter that stands in the first lines most evenly: outside of quotes, the same number in each.
fn delimiter(text: &str) -> u8 {
    let start = &text[..text.floor_char_boundary(20_000)];
    let score = |delimiter: u8| {
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(start.as_bytes());
        let widths: Vec<usize> = reader.records().take(10).filter_map(Result::ok).map(|record| record.len()).collect();
        let first = widths.first().copied().unwrap_or(0).max(widths.get(1).copied().unwrap_or(0));
        let same = widths.iter().filter(|width| **width == first).count();
        if first < 2 { 0 } else { same * 100 + first.min(99) }
    };
    [b'\t', b';', b',', b'|'].into_iter().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

/// Cells that begin so are formulas to a spreadsheet.
const RUNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The cell with an apostrophe in front where a spreadsheet would take it for a formula, or where it has one already.
fn guarded(cell: &str) -> String {
    if cell.trim_start_matches('\'').starts_with(RUNS) { ["'", cell].concat() } else { cell.to_owned() }
}

/// The inverse of [`guarded`].
fn unguarded(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(RUNS) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// Writes UTF-8 with a mark in front, commas and CRLF, as spreadsheets everywhere open it.
pub fn write<'a>(header: &[&str], rows: impl IntoIterator<Item = &'a [String]>) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    // Writing into memory does not fail, and every row has as many cells as the first.
    let _ = writer.write_record(header);
    for row in rows {
        let _ = writer.write_record(row.iter().map(|cell| guarded(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_runs_nothing() {
        let cells: Vec<String> =
            ["=1+1", "'=1+1", "''@x", "-5", "'quiet'", "a,b\r\n\"c\"", "\tx", "Straße", ""].map(String::from).into();
        let header: Vec<String> = (0..cells.len()).map(|n| format!("h{n}")).collect();
        let names: Vec<&str> = header.iter().map(String::as_str).collect();
        let bytes = write(&names, [cells.as_slice()]);
        let text = String::from_utf8(bytes.clone()).expect("text");
        assert!(text.contains("'=1+1,''=1+1,'''@x,'-5,'quiet',"), "{text}");
        assert_eq!(crate::read(&bytes).expect("a table").rows[0].cells, cells);
    }

    #[test]
    fn every_delimiter_is_found() {
        for sign in [",", ";", "\t", "|"] {
            let text = "Company,Title,Notes\nAcme,Baker,\"a; b, c\"\nMill,Cook,x".replace(",T", &format!("{sign}T"));
            let text = text.replace(",N", &format!("{sign}N")).replace("Acme,", &format!("Acme{sign}"));
            let text =
                text.replace("Baker,", &format!("Baker{sign}")).replace("Mill,Cook,", &format!("Mill{sign}Cook{sign}"));
            let table = read(&text).expect("a table");
            assert_eq!((table.header.len(), table.rows[0].cells[2].as_str()), (3, "a; b, c"), "{sign:?}");
        }
        assert_eq!(read("sep=;\nCompany;Title\nA, B;C").expect("a table").rows[0].cells, ["A, B", "C"]);
    }
}

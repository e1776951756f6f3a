//! Tables with a header line: comma or tab separated, columns in any order, with or without a byte order mark.

use super::ImportError;
use csv::{ReaderBuilder, StringRecord};

/// Reads each row of `bytes` into an array with the wanted columns, in the order asked for, and hands it to `row`.
pub(crate) fn rows<const N: usize>(
    file: &'static str,
    bytes: &[u8],
    delimiter: u8,
    columns: [&'static str; N],
    mut row: impl FnMut([&str; N]),
) -> Result<(), ImportError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // O*NET writes quotation marks as plain text; ESCO quotes fields that run over lines.
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).quoting(delimiter == b',').flexible(true).from_reader(bytes);
    let header = reader.headers().map_err(|error| failed(file, error))?;
    let mut places = [0; N];
    for (place, column) in places.iter_mut().zip(columns) {
        *place = header
            .iter()
            .position(|name| name.trim().eq_ignore_ascii_case(column))
            .ok_or(ImportError::MissingColumn { file, column })?;
    }
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| failed(file, error))? {
        row(places.map(|place| record.get(place).unwrap_or_default().trim()));
    }
    Ok(())
}

fn failed(file: &'static str, error: csv::Error) -> ImportError {
    if let csv::ErrorKind::Utf8 { .. } = error.kind() {
        return ImportError::NotText { file };
    }
    let line = error.position().map_or(0, csv::Position::line);
    ImportError::BadLine { file, line, reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<[String; 2]>, ImportError> {
        let mut out = Vec::new();
        rows("t.csv", text.as_bytes(), b',', ["name", "id"], |row| out.push(row.map(str::to_owned)))?;
        Ok(out)
    }

    #[test]
    fn columns_in_any_order_with_a_mark() {
        let read = read("\u{feff}id,other,Name\n1,x,\"a, b\nc\"\n2\n").unwrap();
        assert_eq!(read, [["a, b\nc".to_owned(), "1".to_owned()], [String::new(), "2".to_owned()]]);
    }

    #[test]
    fn a_missing_column_is_named() {
        let error = read("id,title\n1,x\n").unwrap_err();
        assert_eq!(error.to_string(), "t.csv: the column \"name\" is missing");
    }

    #[test]
    fn foreign_bytes_are_no_panic() {
        let result = rows("t.csv", b"name,id\n\xff\xfe,1\n", b',', ["name", "id"], |_| {});
        assert_eq!(result, Err(ImportError::NotText { file: "t.csv" }));
    }
}

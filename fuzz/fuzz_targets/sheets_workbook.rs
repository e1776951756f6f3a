//! The parts of an XLSX file, packed here, so that what changes is not the archive's checksums.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};

const PARTS: [&str; 6] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
];

fuzz_target!(|parts: [&[u8]; 6]| {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in PARTS.iter().zip(parts) {
        if zip.start_file(*name, plain).is_err() || zip.write_all(part).is_err() {
            return;
        }
    }
    if let Ok(packed) = zip.finish()
        && let Ok(table) = sheets::read(&packed.into_inner())
    {
        assert!(table.rows.iter().all(|row| row.cells.len() == table.header.len()));
    }
});

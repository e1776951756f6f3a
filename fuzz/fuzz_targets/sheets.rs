//! Tables of other trackers: XLSX, CSV, JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(table) = sheets::read(data) {
        assert!(table.rows.iter().all(|row| row.cells.len() == table.header.len()));
    }
});

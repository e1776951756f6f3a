//! Tables in and out: bytes of a spreadsheet, a CSV or a JSON list become a [`Table`], and rows become CSV, XLSX or PDF.
//!
//! [`read`] tells what the bytes are. [`fields`] guesses what each column holds, [`dates`] in which order a column writes day and
//! month, [`stages`] what the words of a stage column mean. No web and no database here. Foreign bytes never panic, and every
//! size is bounded (see [`limits`]).

pub mod dates;
pub mod delimited;
pub mod fields;
pub mod history;
mod json;
mod pdf;
pub mod stages;
mod table;
mod text;
mod xlsx;

pub use history::write as write_history;
pub use json::HISTORY;
pub use pdf::{Proof, ProofRow, proof};
pub use table::{Kind, Row, Table, Unreadable, read};
pub use xlsx::{Sheet, write as write_xlsx};

/// What a file may hold.
pub mod limits {
    /// Bytes of a file or a paste.
    pub const BYTES: usize = 10 << 20;
    /// Rows under the headings.
    pub const ROWS: usize = 5_000;
    pub const COLUMNS: usize = 100;
    /// Bytes of one cell.
    pub const CELL: usize = 100_000;
    /// Bytes all parts of a spreadsheet unpack to, and how many parts it may have.
    pub const UNPACKED: u64 = 64 << 20;
    pub const PARTS: usize = 2_000;
}

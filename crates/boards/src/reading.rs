use crate::address::BoardRequest;
use crate::feeds::{self, Context};
use crate::{Finder, Format, duplicate, text};
use posting::Posting;
use std::fmt;
use url::Url;

/// What came out of one file or answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The format it was read as; never [`Format::Auto`].
    pub format: Format,
    /// One entry per row, in the order of the source.
    pub rows: Vec<Result<Posting, BadRow>>,
    /// What the source itself calls each row, where it calls it anything; as many as rows.
    pub ids: Vec<Option<String>>,
}

impl Reading {
    /// The rows that could be read.
    pub fn postings(&self) -> impl Iterator<Item = &Posting> {
        self.rows.iter().filter_map(|row| row.as_ref().ok())
    }

    /// The rows that could be read, each under a key that is the same whenever the source is read: its own number for it, else the
    /// link, else company, title and place.
    pub fn keyed(&self) -> impl Iterator<Item = (String, &Posting)> {
        let ids = self.ids.iter().chain(std::iter::repeat(&None));
        self.rows
            .iter()
            .zip(ids)
            .filter_map(|(row, id)| Some((key(id.as_deref(), row.as_ref().ok()?), row.as_ref().ok()?)))
    }

    /// The rows that could not.
    pub fn rejected(&self) -> impl Iterator<Item = &BadRow> {
        self.rows.iter().filter_map(|row| row.as_ref().err())
    }
}

/// Bytes of a key; what a database's index takes.
const KEY_BYTES: usize = 1_000;

fn key(id: Option<&str>, posting: &Posting) -> String {
    let linked = || posting.url.as_deref().and_then(duplicate::link_key);
    let mut key = id.map(str::to_owned).or_else(linked).unwrap_or_else(|| duplicate::same_key(posting));
    text::cut(&mut key, KEY_BYTES);
    key
}

/// A row that could not be read; the others go in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Counted from 1 over the postings of the source (a CSV's heading line does not count).
    pub row: usize,
    /// A plain sentence that names the field.
    pub reason: String,
    /// What the row seemed to be: its title or company, where it names one.
    pub label: Option<String>,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.label {
            Some(label) => write!(f, "Row {} ({label}): {}", self.row, self.reason),
            None => write!(f, "Row {}: {}", self.row, self.reason),
        }
    }
}

/// Nothing could be read at all. Shows as a sentence that says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub(crate) String);

/// Reads the postings of a file or an answer.
///
/// `company` is the employer's name where the source does not name it (Workday's search answer; Lever and Ashby name it
/// only in their links); a board's public address is taken too, and then also completes relative links.
///
/// # Errors
/// [`Unreadable`] when the bytes are not of that format, or hold more than [`crate::limits::ROWS`] rows.
pub fn read(format: Format, data: &[u8], company: Option<&str>, finder: &Finder) -> Result<Reading, Unreadable> {
    let company = company.map(str::trim).filter(|company| !company.is_empty());
    let context = match company.filter(|company| company.starts_with("http")).and_then(|text| Url::parse(text).ok()) {
        Some(board) => {
            let company = crate::address::company_of(&board);
            Context { company, board: Some(board), finder }
        }
        None => Context { company: company.map(crate::row::tidy_label), board: None, finder },
    };
    feeds::read(format, data, &context)
}

/// Reads the answer to a board's request.
///
/// # Errors
/// As [`read`].
pub fn read_board(request: &BoardRequest, data: &[u8], finder: &Finder) -> Result<Reading, Unreadable> {
    let context = Context { company: request.company.clone(), board: Url::parse(&request.page).ok(), finder };
    feeds::read(request.format, data, &context)
}

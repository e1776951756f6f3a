//! What an import of an official download yields: plain data the app can store, and the reading of tables.

pub(crate) mod table;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Skills and roles from elsewhere, ready for [`crate::Taxonomy::with`]. Names refer to names within the import or to
/// built-in skills.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    pub skills: Vec<ImportedSkill>,
    pub roles: Vec<ImportedRole>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedSkill {
    pub name: String,
    pub aliases: Vec<String>,
    pub category: String,
    pub parent: Option<String>,
    pub related: Vec<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedRole {
    pub name: String,
    pub field: String,
    pub aliases: Vec<String>,
    pub essential: Vec<String>,
    pub optional: Vec<String>,
}

/// Why a download could not be read. The sentence names the file and what it lacks.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ImportError {
    #[error("{file}: the column \"{column}\" is missing")]
    MissingColumn { file: &'static str, column: &'static str },
    #[error("{file}: line {line} cannot be read: {reason}")]
    BadLine { file: &'static str, line: u64, reason: String },
    #[error("{file}: the file is not UTF-8 text")]
    NotText { file: &'static str },
    #[error("{file}: no usable row; is it the English download?")]
    Empty { file: &'static str },
}

/// Adds a name unless it is empty or already there in another case.
pub(crate) fn push_new(list: &mut Vec<String>, name: &str) {
    let name = name.trim();
    if !name.is_empty() && !list.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        list.push(name.to_owned());
    }
}

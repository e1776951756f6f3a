//! Forms with a file in them, sent as plain browser forms: they work before any script, and large files travel as they are.

use crate::error::{Error, Result};
use axum::extract::{
    Multipart,
    multipart::{Field, MultipartError},
};
use std::collections::HashMap;

/// The longest text of a field that is one line, in characters.
const LINE: usize = 2_000;
/// The longest name of a file that is kept, in characters.
const NAME: usize = 200;

/// A form as it was sent.
#[derive(Debug, Default)]
pub struct Form {
    /// The file of the field `file`, if one was chosen.
    pub file: Option<File>,
    /// What was pasted into the field `text`.
    pub text: Vec<u8>,
    lines: HashMap<String, String>,
}

/// A file with the name it had.
#[derive(Debug, Default)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Form {
    /// Reads a form whose file and text may have so many bytes each; `too_large` says so when one has more. The server's own limit for
    /// bodies holds as well.
    pub async fn read(mut form: Multipart, most: usize, too_large: &str) -> Result<Self> {
        let mut read = Form::default();
        while let Some(field) = form.next_field().await.map_err(unreadable)? {
            let name = field.name().unwrap_or_default().to_owned();
            let label = field.file_name().unwrap_or_default().replace('\0', "").chars().take(NAME).collect();
            let bytes = bytes(field, most, too_large).await?;
            match name.as_str() {
                "file" if bytes.is_empty() => {}
                "file" => read.file = Some(File { name: label, bytes }),
                "text" => read.text = bytes,
                _ => {
                    let text = String::from_utf8_lossy(&bytes).replace('\0', "");
                    read.lines.insert(name, text.trim().chars().take(LINE).collect());
                }
            }
        }
        Ok(read)
    }

    /// The text of another field; empty where there is none.
    pub fn take_line(&mut self, name: &str) -> String {
        self.lines.remove(name).unwrap_or_default()
    }
}

async fn bytes(mut field: Field<'_>, most: usize, too_large: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(part) = field.chunk().await.map_err(unreadable)? {
        if bytes.len() + part.len() > most {
            return Err(Error::TooLarge(too_large.to_owned()));
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

/// What a form that cannot be read is answered with.
fn unreadable(error: MultipartError) -> Error {
    match error.status().as_u16() {
        413 => Error::TooLarge("a file may have at most 32 MB.".into()),
        _ => Error::Malformed("The form could not be read. Please go back and try again.".into()),
    }
}

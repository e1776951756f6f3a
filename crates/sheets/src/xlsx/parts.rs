//! The parts of a spreadsheet's zip, unpacked within limits: what the zip says of its own sizes is not believed.

use crate::{limits, table::Unreadable};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A spreadsheet's zip.
pub struct Parts<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

/// Signature of an entry of a zip's directory.
const ENTRY: &[u8] = b"PK\x01\x02";

impl<'a> Parts<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        // Counted before anything is made of the directory.
        if bytes.windows(4).filter(|four| *four == ENTRY).take(limits::PARTS + 1).count() > limits::PARTS {
            return Err("This spreadsheet has more parts than any real one.".into());
        }
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| Unreadable::from("This is no spreadsheet: it is damaged or something else."))?;
        if zip.len() > limits::PARTS {
            return Err("This spreadsheet has more parts than any real one.".into());
        }
        Ok(Parts { zip, left: limits::UNPACKED })
    }

    /// One part as text; None when it is not there.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, Unreadable> {
        let name = name.trim_start_matches('/');
        let mut names = self.zip.file_names().filter_map(Result::ok).map(|own| own.into_owned());
        let found = names.find(|own| own.eq_ignore_ascii_case(name));
        drop(names);
        let Some(found) = found else { return Ok(None) };
        let damaged = || Unreadable("A part of this spreadsheet is damaged, or it has a password.".into());
        let packed = self.zip.by_name(&found).map_err(|_| damaged())?;
        if packed.size() > self.left {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        packed.take(self.left + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(too_large)?;
        Ok(Some(crate::text::decode(&bytes)))
    }
}

fn too_large() -> Unreadable {
    "This spreadsheet unpacks to more than 64 MB. Please export a CSV file.".into()
}

//! Reading an exported file: bounded in size, number and depth, whatever the bytes are.

use crate::{
    error::{Error, Result},
    letters::copy::ExportedLetter,
    privacy::export::format::{
        self, ExportedAlert, ExportedApplication, ExportedContact, ExportedFeedback, ExportedHidden, ExportedJob,
        ExportedOffer, ExportedSearch, ExportedStage, ExportedTalk, ExportedTask, ExportedView, FORMAT, MANIFEST,
        Manifest, VERSION,
    },
    profile::{
        Profile,
        picture::image::{self, Image},
    },
};
use serde::de::DeserializeOwned;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// What a file may hold when it is unpacked, in bytes, all parts that are read together.
const MOST_BYTES: u64 = 200 << 20;
/// Files in a zip, and entries in one list.
const MOST_FILES: usize = 100;
const MOST_ROWS: usize = 100_000;

/// A file as it was read.
pub struct File {
    pub profile: Option<Profile>,
    pub picture: Option<Image>,
    pub jobs: Vec<ExportedJob>,
    pub stages: Vec<ExportedStage>,
    pub applications: Vec<ExportedApplication>,
    pub contacts: Vec<ExportedContact>,
    pub alerts: Vec<ExportedAlert>,
    pub tasks: Vec<ExportedTask>,
    pub offers: Vec<ExportedOffer>,
    pub talk: Vec<ExportedTalk>,
    pub letters: Vec<ExportedLetter>,
    pub views: Vec<ExportedView>,
    pub feedback: Vec<ExportedFeedback>,
    pub hidden: Vec<ExportedHidden>,
    pub searches: Vec<ExportedSearch>,
}

pub fn bad(why: impl Into<String>) -> Error {
    Error::invalid("file", why)
}

/// Reads the bytes somebody gave: bounded in size, number and depth, whatever they are.
pub fn read(bytes: Vec<u8>) -> Result<File> {
    let mut zip = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| bad("This is not a zip file. Please choose the file that was exported."))?;
    if zip.len() > MOST_FILES {
        return Err(bad("This zip holds more files than any export."));
    }
    let mut left = MOST_BYTES;
    let manifest: Manifest = part(&mut zip, MANIFEST, &mut left)?
        .ok_or_else(|| bad("This zip has no manifest.json: it is not an export of Career Co-Pilot."))?;
    if manifest.format != FORMAT {
        return Err(bad("This zip is not an export of Career Co-Pilot."));
    }
    if manifest.version > VERSION {
        return Err(bad("This file was made by a newer version. Please update first."));
    }
    let file = File {
        profile: part(&mut zip, format::PROFILE, &mut left)?,
        picture: picture(&mut zip)?,
        jobs: part(&mut zip, format::JOBS, &mut left)?.unwrap_or_default(),
        stages: part(&mut zip, format::STAGES, &mut left)?.unwrap_or_default(),
        applications: part(&mut zip, format::APPLICATIONS, &mut left)?.unwrap_or_default(),
        contacts: part(&mut zip, format::CONTACTS, &mut left)?.unwrap_or_default(),
        alerts: part(&mut zip, format::ALERTS, &mut left)?.unwrap_or_default(),
        tasks: part(&mut zip, format::TASKS, &mut left)?.unwrap_or_default(),
        offers: part(&mut zip, format::OFFERS, &mut left)?.unwrap_or_default(),
        talk: part(&mut zip, format::TALK, &mut left)?.unwrap_or_default(),
        letters: part(&mut zip, format::LETTERS, &mut left)?.unwrap_or_default(),
        views: part(&mut zip, format::VIEWS, &mut left)?.unwrap_or_default(),
        feedback: part(&mut zip, format::FEEDBACK, &mut left)?.unwrap_or_default(),
        hidden: part(&mut zip, format::HIDDEN, &mut left)?.unwrap_or_default(),
        searches: part(&mut zip, format::SEARCHES, &mut left)?.unwrap_or_default(),
    };
    for (name, rows) in [
        (format::JOBS, file.jobs.len()),
        (format::STAGES, file.stages.len()),
        (format::APPLICATIONS, file.applications.len()),
        (format::CONTACTS, file.contacts.len()),
        (format::ALERTS, file.alerts.len()),
        (format::TASKS, file.tasks.len()),
        (format::OFFERS, file.offers.len()),
        (format::TALK, file.talk.len()),
        (format::LETTERS, file.letters.len()),
        (format::VIEWS, file.views.len()),
        (format::FEEDBACK, file.feedback.len()),
        (format::HIDDEN, file.hidden.len()),
        (format::SEARCHES, file.searches.len()),
    ] {
        if rows > MOST_ROWS {
            return Err(bad(format!("{name} has more than {MOST_ROWS} entries.")));
        }
    }
    Ok(file)
}

/// One JSON file of the zip; None when it is not in it. Takes what it unpacks to from `left`.
fn part<T: DeserializeOwned>(zip: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str, left: &mut u64) -> Result<Option<T>> {
    let Ok(packed) = zip.by_name(name) else { return Ok(None) };
    let mut text = Vec::new();
    // What the zip says of its own size is not believed.
    packed.take(*left + 1).read_to_end(&mut text).map_err(|_| bad(format!("{name} is damaged.")))?;
    *left = left.checked_sub(text.len() as u64).ok_or_else(|| bad("This zip unpacks to more than 200 MB."))?;
    serde_json::from_slice(&text).map(Some).map_err(|error| bad(format!("{name} cannot be read: {error}")))
}

/// The picture of the zip; none when it is not one that is kept here.
fn picture(zip: &mut ZipArchive<Cursor<Vec<u8>>>) -> Result<Option<Image>> {
    for name in Image::names() {
        if let Ok(packed) = zip.by_name(&name) {
            let mut bytes = Vec::new();
            packed
                .take(image::MOST as u64 + 1)
                .read_to_end(&mut bytes)
                .map_err(|_| bad(format!("{name} is damaged.")))?;
            return Ok(Image::read(bytes));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in files {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
            zip.write_all(text.as_bytes()).expect("its text");
        }
        zip.finish().expect("a zip").into_inner()
    }

    const GOOD: &str =
        r#"{"format": "career-copilot-export", "version": 1, "made_at": "2026-11-21T10:00:00Z", "made_by": ""}"#;

    fn refused(bytes: Vec<u8>) -> String {
        match read(bytes) {
            Err(error) => error.fields().remove("file").expect("the field is named"),
            Ok(_) => panic!("it was taken"),
        }
    }

    #[test]
    fn what_is_no_export_is_told_apart() {
        assert!(refused(b"PK\x03\x04 nonsense".to_vec()).starts_with("This is not a zip file."));
        assert!(refused(Vec::new()).starts_with("This is not a zip file."));
        assert!(refused(zipped(&[("a.txt", "b")])).contains("no manifest.json"));
        assert!(refused(zipped(&[(MANIFEST, &GOOD.replace("copilot", "pilot"))])).contains("is not an export"));
        assert!(refused(zipped(&[(MANIFEST, &GOOD.replace(": 1", ": 2"))])).contains("newer version"));
        assert!(refused(zipped(&[(MANIFEST, "{")])).contains("manifest.json cannot be read"));
        assert!(refused(zipped(&[(MANIFEST, GOOD), (format::JOBS, "[{}]")])).contains("jobs.json cannot be read"));
        let deep = ["[".repeat(100_000), "]".repeat(100_000)].concat();
        assert!(refused(zipped(&[(MANIFEST, GOOD), (format::JOBS, &deep)])).contains("jobs.json cannot be read"));
        assert!(read(zipped(&[(MANIFEST, GOOD)])).is_ok());
        let many: Vec<(String, &str)> = (0..=MOST_FILES).map(|n| (n.to_string(), "")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        assert!(refused(zipped(&many)).contains("more files"));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        // Two hundred megabytes of blanks are two hundred kilobytes when packed.
        let blanks = " ".repeat(usize::try_from(MOST_BYTES).expect("a size") + 1);
        assert!(refused(zipped(&[(MANIFEST, GOOD), (format::JOBS, &blanks)])).contains("unpacks to more than"));
    }
}

//! Whether a file is what the ending of its name says.

use crate::Unreadable;

/// What a file is, as far as its first bytes tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Zip,
    Json,
    Text,
    /// No text at all.
    Binary,
}

/// Checks a name against the bytes of its file. A name without an ending says nothing.
///
/// # Errors
/// [`Unreadable`], a sentence that says what the name claims and what to do.
pub fn agrees(name: &str, data: &[u8]) -> Result<(), Unreadable> {
    let Some(ending) = ending(name) else { return Ok(()) };
    let kind = kind(data);
    let fits = match ending.as_str() {
        "zip" => kind == Kind::Zip,
        "json" | "jsonl" | "ndjson" => kind == Kind::Json,
        "csv" | "tsv" | "xml" | "rss" | "atom" | "html" | "htm" => kind == Kind::Text,
        "txt" => matches!(kind, Kind::Text | Kind::Json),
        _ => {
            return Err(Unreadable(format!(
                "A file whose name ends in .{ending} cannot be read here. Please choose a .csv, .tsv, .txt, .json, .jsonl, .xml or .html file, or the .zip of an export."
            )));
        }
    };
    if fits {
        return Ok(());
    }
    let really = match kind {
        Kind::Zip => "a zip archive",
        Kind::Json => "JSON",
        Kind::Text => "a text or table",
        Kind::Binary => "no text",
    };
    Err(Unreadable(format!(
        "The file’s name ends in .{ending}, but what is in it is {really}. Please choose the right file, or name it after what it is."
    )))
}

/// What stands after the last dot, in lower case, when it looks like the ending of a file's name: `2.1` has none.
fn ending(name: &str) -> Option<String> {
    let (front, ending) = name.trim().rsplit_once('.')?;
    let looks = !front.is_empty()
        && (1..=8).contains(&ending.len())
        && ending.starts_with(|c: char| c.is_ascii_alphabetic())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    looks.then(|| ending.to_ascii_lowercase())
}

fn kind(data: &[u8]) -> Kind {
    if data.starts_with(b"PK\x03\x04") || data.starts_with(b"PK\x05\x06") {
        return Kind::Zip;
    }
    // UTF-16 as spreadsheets save it is full of NULs, and text all the same.
    let wide = data.starts_with(&[0xff, 0xfe]) || data.starts_with(&[0xfe, 0xff]);
    let start = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data);
    if !wide && start.iter().take(8_192).any(|byte| *byte == 0) {
        return Kind::Binary;
    }
    match start.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{' | b'[') => Kind::Json,
        _ => Kind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[u8] = b"title,company\nBaker,Acme Mills\n";
    const ROWS: &[u8] = b"\xef\xbb\xbf [{\"title\": \"Baker\"}]";
    const ZIP: &[u8] = b"PK\x03\x04 and more";

    #[test]
    fn a_name_fits_its_content_or_says_nothing() {
        for (name, data) in [
            ("jobs.csv", TABLE),
            ("Jobs.TSV", TABLE),
            ("jobs.txt", TABLE),
            ("jobs.txt", ROWS),
            ("jobs.json", ROWS),
            ("jobs.jsonl", b"{}\n{}".as_slice()),
            ("feed.xml", b"<rss/>".as_slice()),
            ("Page.HTM", b"<!doctype html>".as_slice()),
            ("export.zip", ZIP),
            ("jobs", ROWS),
            ("jobs of 2026.11", TABLE),
            (".hidden", TABLE),
            ("", TABLE),
            ("my file. really", TABLE),
            ("jobs.csv", b"\xff\xfet\0i\0t\0l\0e\0".as_slice()),
        ] {
            agrees(name, data).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    #[test]
    fn a_name_that_contradicts_its_content_is_refused_in_words() {
        for (name, data, words) in [
            ("jobs.csv", ROWS, "The file’s name ends in .csv, but what is in it is JSON."),
            ("jobs.json", TABLE, "The file’s name ends in .json, but what is in it is a text or table."),
            ("jobs.CSV", ZIP, "The file’s name ends in .csv, but what is in it is a zip archive."),
            ("jobs.txt", b"\x7fELF\0\0".as_slice(), "The file’s name ends in .txt, but what is in it is no text."),
            ("export.zip", ROWS, "The file’s name ends in .zip, but what is in it is JSON."),
            ("jobs.csv.exe", TABLE, "A file whose name ends in .exe cannot be read here."),
            ("cv.pdf", b"%PDF-1.7".as_slice(), "A file whose name ends in .pdf cannot be read here."),
        ] {
            let said = agrees(name, data).expect_err(name).to_string();
            assert!(said.starts_with(words), "{name}: {said}");
        }
    }
}

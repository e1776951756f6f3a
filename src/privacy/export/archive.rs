//! A zip that is written from front to back and taken away in pieces while it grows: a large account needs no large memory.

use crate::error::{Error, Result};
use serde::Serialize;
use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions, write::StreamWriter};

/// Bytes of a piece.
const PIECE: usize = 1 << 20;

/// What was written and not taken away yet.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub struct Archive {
    zip: ZipWriter<StreamWriter<Buffer>>,
    buffer: Buffer,
    /// Whether the list that is being written has an entry.
    begun: bool,
}

impl Archive {
    pub fn begin() -> Self {
        let buffer = Buffer::default();
        Archive { zip: ZipWriter::new_stream(buffer.clone()), buffer, begun: false }
    }

    fn start(&mut self, name: &str) -> Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
        self.zip.start_file(name, options).map_err(Error::internal)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.zip.write_all(bytes).map_err(Error::internal)
    }

    /// A file of bytes.
    pub fn file(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.start(name)?;
        self.write(bytes)
    }

    /// A file of text.
    pub fn text(&mut self, name: &str, text: &str) -> Result<()> {
        self.file(name, text.as_bytes())
    }

    /// A file of one JSON value.
    pub fn json(&mut self, name: &str, value: &impl Serialize) -> Result<()> {
        self.text(name, &serde_json::to_string_pretty(value)?)
    }

    /// Begins a file that is a JSON list.
    pub fn begin_list(&mut self, name: &str) -> Result<()> {
        self.begun = false;
        self.start(name)?;
        self.write(b"[")
    }

    /// Adds entries to it, one on a line.
    pub fn entries(&mut self, values: &[impl Serialize]) -> Result<()> {
        for value in values {
            let comma: &[u8] = if self.begun { b",\n" } else { b"\n" };
            self.begun = true;
            self.write(comma)?;
            self.write(&serde_json::to_vec(value)?)?;
        }
        Ok(())
    }

    pub fn end_list(&mut self) -> Result<()> {
        self.write(b"\n]\n")
    }

    /// A whole list.
    pub fn list(&mut self, name: &str, values: &[impl Serialize]) -> Result<()> {
        self.begin_list(name)?;
        self.entries(values)?;
        self.end_list()
    }

    /// Takes away the whole pieces that are ready.
    pub fn pieces(&mut self) -> Vec<Vec<u8>> {
        let mut buffer = self.buffer.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pieces = Vec::new();
        while buffer.len() >= PIECE {
            let rest = buffer.split_off(PIECE);
            pieces.push(std::mem::replace(&mut *buffer, rest));
        }
        pieces
    }

    /// Ends the file and takes away the rest.
    pub fn finish(mut self) -> Result<Vec<Vec<u8>>> {
        let mut pieces = self.pieces();
        let buffer = self.buffer.clone();
        self.zip.finish().map_err(Error::internal)?;
        let rest = std::mem::take(&mut *buffer.0.lock().unwrap_or_else(PoisonError::into_inner));
        pieces.extend(rest.chunks(PIECE).map(<[u8]>::to_vec));
        Ok(pieces)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn pieces_together_are_a_zip_that_others_read() {
        let mut archive = Archive::begin();
        archive.text("README.txt", "words").expect("text");
        archive.begin_list("list.json").expect("a list");
        let mut pieces = Vec::new();
        // Noise, so that it stays large.
        let mut seed = 7_u64;
        for _ in 0..160 {
            let entries: Vec<String> = (0..1_000)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    format!("{seed:x}{:x}", seed.rotate_left(17))
                })
                .collect();
            archive.entries(&entries).expect("entries");
            pieces.extend(archive.pieces());
        }
        assert!(pieces.iter().all(|piece| piece.len() == PIECE));
        assert!(!pieces.is_empty(), "it is taken away while it grows");
        archive.end_list().expect("its end");
        archive.list("none.json", &[] as &[u8]).expect("an empty list");
        pieces.extend(archive.finish().expect("the end"));
        let whole = pieces.concat();
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(whole)).expect("a zip");
        let mut text = String::new();
        zip.by_name("list.json").expect("the list").read_to_string(&mut text).expect("text");
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).expect("JSON").len(), 160_000);
        let mut text = String::new();
        zip.by_name("none.json").expect("the list").read_to_string(&mut text).expect("text");
        assert_eq!(serde_json::from_str::<Vec<u8>>(&text).expect("JSON"), Vec::<u8>::new());
    }
}

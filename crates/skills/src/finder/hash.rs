//! A quick hash for words and edges.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Words to numbers.
pub(crate) type WordMap = HashMap<Box<str>, u32, BuildHasherDefault<WordHasher>>;

/// A node and a word, as one number, to the next node.
pub(super) type EdgeMap = HashMap<u64, u32, BuildHasherDefault<WordHasher>>;

/// Multiply and rotate, eight bytes at a time: keys are short and come from the data, not from an opponent; a search
/// never inserts.
#[derive(Clone, Copy, Default)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut eight = [0; 8];
            eight.copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(eight));
        }
        let rest = chunks.remainder();
        if !rest.is_empty() {
            let mut eight = [0; 8];
            eight[..rest.len()].copy_from_slice(rest);
            self.mix(u64::from_le_bytes(eight));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.mix(value);
    }

    fn finish(&self) -> u64 {
        // The table takes its buckets from the low bits and its tags from the high ones.
        self.0 ^ (self.0 >> 32)
    }
}

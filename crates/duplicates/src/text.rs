//! A posting's text made ready to be compared: leftovers of markup gone, folded words, and which of them are only its
//! frame.

pub mod fold;
mod frame;
mod lines;
mod shingles;

use crate::{limits, requisition::Requisition};
use std::borrow::Cow;

pub use fold::words;
pub use shingles::{Shingles, hash, mix};

/// Fewer words than these say too little to compare by.
const ENOUGH: usize = 12;
/// Shorter sentences stand in many postings.
const KEY_WORDS: usize = 5;
/// Sentences by which a posting is found again have as many words as these, and no more than [`KEYS`] are taken.
const KEY_SENTENCE: usize = 7;
const KEYS: usize = 4;
/// So many items are a list.
const LIST: usize = 3;
/// No more sentences are compared one by one.
const SENTENCES: usize = 200;

/// What comparing two texts needs of each.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The whole text, folded: words separated by one space, lines by a line break.
    pub folded: String,
    /// Word triples of the whole text.
    pub all: Shingles,
    /// Word triples of what speaks about the opening, without its frame.
    pub core: Shingles,
    /// The longer sentences about the opening, each as its word triples.
    pub sentences: Vec<Shingles>,
    /// Keys of some of its sentences: of all, those with the least hashes, so that texts that share many share some of
    /// these.
    pub sentence_keys: Vec<i64>,
    /// The numbers it names itself by.
    pub requisitions: Vec<Requisition>,
}

impl Reading {
    pub fn of(text: &str) -> Self {
        let folded = lines::fold(&plain(&text[..text.floor_char_boundary(limits::TEXT)]));
        let hashes: Vec<u64> = folded.words().map(hash).collect();
        let mut core: Vec<u64> = Vec::with_capacity(hashes.len());
        let mut sentences = Vec::new();
        let mut sentence_keys = Vec::new();
        // What one does stands in lists; companies' own paragraphs, which all their postings share, do not.
        let has_list = folded.lines.iter().filter(|line| line.is_item).count() >= LIST;
        let mut in_frame = false;
        for line in &folded.lines {
            let is_frame = frame::is_frame(line, folded.of(line), &mut in_frame);
            if !is_frame {
                core.extend(&hashes[line.words.clone()]);
                if line.is_item || !has_list {
                    let keys = line.sentences().filter(|words| words.len() >= KEY_SENTENCE);
                    sentence_keys.extend(keys.map(|words| shingles::key(&hashes[words])));
                }
                let long = line.sentences().filter(|words| words.len() >= KEY_WORDS);
                sentences.extend(long.map(|words| Shingles::of(&hashes[words])).take(SENTENCES - sentences.len()));
            }
        }
        sentence_keys.sort_unstable();
        sentence_keys.dedup();
        sentence_keys.truncate(KEYS);
        let all = Shingles::of_enough(&hashes, ENOUGH);
        // All of it looks like a frame: then there is nothing better to go by.
        let core = if core.len() < ENOUGH { all.clone() } else { Shingles::of(&core) };
        let requisitions = crate::requisition::find(&folded.text);
        Self { folded: folded.text, all, core, sentences, sentence_keys, requisitions }
    }

    /// Whether there is enough text to compare by.
    pub fn says_enough(&self) -> bool {
        !self.core.is_empty()
    }

    /// How many of this text's longer sentences stand in the other one too.
    pub fn sentences_in(&self, other: &Reading) -> usize {
        self.sentences.iter().filter(|sentence| sentence.within(&other.all) >= 0.75).count()
    }
}

/// How alike two texts are, 0 to 1 each.
#[derive(Clone, Copy, Debug)]
pub struct Likeness {
    /// Shared triples of all triples about the opening.
    pub shared: f64,
    /// How much of the shorter text is in the longer one.
    pub within: f64,
}

impl Likeness {
    /// `None` when one of them says too little.
    pub fn of(one: &Reading, two: &Reading) -> Option<Self> {
        if !one.says_enough() || !two.says_enough() {
            return None;
        }
        let (short, long) = if one.all.len() <= two.all.len() { (one, two) } else { (two, one) };
        Some(Self { shared: one.core.jaccard(&two.core), within: short.core.within(&long.all) })
    }

    /// The larger of the two as whole percent.
    pub fn percent(self) -> u32 {
        percent(self.shared.max(self.within))
    }
}

/// A share as whole percent, 100 only when it is all.
pub fn percent(share: f64) -> u32 {
    let rounded = (share.clamp(0.0, 1.0) * 100.0).round() as u32;
    if share < 1.0 { rounded.min(99) } else { rounded }
}

/// Text without markup and without what was decoded wrongly on the way.
fn plain(text: &str) -> Cow<'_, str> {
    const MARKS: [&str; 7] = ["</", "<br", "<p>", "<li>", "&nbsp;", "&amp;", "&#"];
    let is_broken = text.contains("Ã") || text.contains("â€");
    let repaired = if is_broken { Cow::Owned(boards::text::without_mojibake(text)) } else { Cow::Borrowed(text) };
    let has_markup = repaired.contains(['<', '&']) && MARKS.iter().any(|mark| repaired.contains(mark));
    if has_markup { Cow::Owned(boards::html::to_text(&repaired)) } else { repaired }
}

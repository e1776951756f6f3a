//! A posting's text made ready to be compared: leftovers of markup gone, folded words, and which of them are only its frame.

pub mod frame;
pub mod shingles;

use crate::limits;
pub use shingles::Shingles;

/// Fewer words than these say too little to compare by.
const ENOUGH: usize = 12;
/// Shorter sentences stand in many postings.
const KEY_WORDS: usize = 5;

/// What comparing two texts needs of each.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The whole text, folded: words separated by one space, sentences by a line break.
    pub folded: String,
    /// Word triples of the whole text.
    pub all: Shingles,
    /// Word triples of what speaks about the opening, without its frame.
    pub core: Shingles,
    /// The longer sentences about the opening, each as its word triples.
    pub sentences: Vec<Shingles>,
}

impl Reading {
    pub fn of(text: &str) -> Self {
        let plain = plain(&text[..text.floor_char_boundary(limits::TEXT)]);
        let lines: Vec<(bool, Vec<String>)> =
            frame::lines(&plain).into_iter().map(|line| (line.is_frame, words(line.text))).collect();
        let joined = |frame_too: bool| {
            lines.iter().filter(move |(frame, _)| frame_too || !frame).flat_map(|(_, words)| words).map(String::as_str)
        };
        let all: Vec<&str> = joined(true).collect();
        let mut core: Vec<&str> = joined(false).collect();
        // All of it looks like a frame: then there is nothing better to go by.
        if core.len() < ENOUGH {
            core.clone_from(&all);
        }
        let sentences = frame::lines(&plain)
            .iter()
            .filter(|line| !line.is_frame)
            .flat_map(|line| boards::sections::sentences(line.text))
            .flat_map(|sentence| sentence.split(';'))
            .map(words)
            .filter(|words| words.len() >= KEY_WORDS)
            .map(|words| Shingles::of(words.iter().map(String::as_str)))
            .collect();
        let folded = lines.iter().map(|(_, words)| words.join(" ")).collect::<Vec<_>>().join("\n");
        let shingles = |words: &[&str]| {
            if words.len() < ENOUGH { Shingles::default() } else { Shingles::of(words.iter().copied()) }
        };
        Self { all: shingles(&all), core: shingles(&core), sentences, folded }
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

    /// The larger of the two as a percentage that is never rounded up to 100.
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
fn plain(text: &str) -> String {
    let repaired = boards::text::without_mojibake(text);
    if has_markup(&repaired) { boards::html::to_text(&repaired) } else { repaired }
}

fn has_markup(text: &str) -> bool {
    ["</", "<br", "<p>", "<li>", "&nbsp;", "&amp;", "&#"].iter().any(|mark| text.contains(mark))
}

/// The folded words of a text: lower case, without accents, split where no letter and no digit is.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            fold(c, &mut word);
        } else if matches!(c, '\u{301}' | '\u{300}' | '\u{308}' | '\u{ad}' | '\u{200b}') {
            // Accents of their own and marks that show nothing are part of the word.
        } else if matches!(c, '+' | '#') && !word.is_empty() {
            word.push(c);
        } else if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn fold(c: char, out: &mut String) {
    for c in c.to_lowercase() {
        match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => out.push('a'),
            'ç' | 'ć' | 'č' => out.push('c'),
            'ď' | 'đ' => out.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => out.push('e'),
            'ğ' => out.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => out.push('i'),
            'ł' => out.push('l'),
            'ñ' | 'ń' | 'ň' => out.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => out.push('o'),
            'ř' => out.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => out.push('s'),
            'ß' => out.push_str("ss"),
            'ť' | 'ţ' | 'ț' => out.push('t'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ź' | 'ż' | 'ž' => out.push('z'),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            '\u{300}'..='\u{36f}' => {}
            c => out.push(c),
        }
    }
}

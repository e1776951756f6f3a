//! The forms under which names are compared.

use crate::finder::WordMap;
use crate::words::{Gap, base_form, fold_into, tokens};

/// Names to positions: first by the exact words, then with everything but letters left out.
#[derive(Debug, Default)]
pub(super) struct Keys {
    strict: WordMap,
    loose: WordMap,
}

/// Shorter than this, letters run together could be anything.
const SHORTEST_LOOSE: usize = 4;

impl Keys {
    pub fn with_room_for(names: usize) -> Keys {
        let mut keys = Keys::default();
        keys.strict.reserve(names);
        keys.loose.reserve(names);
        keys
    }

    /// The first claim on a name stands. Whether this one does.
    pub fn claim(&mut self, key: &Key, id: u32) -> bool {
        if key.strict.is_empty() {
            return false;
        }
        // Equal forms would be found in the first map anyway.
        if key.loose.len() >= SHORTEST_LOOSE && key.loose != key.strict && !self.loose.contains_key(key.loose.as_str())
        {
            self.loose.insert(key.loose.as_str().into(), id);
        }
        if let Some(&owner) = self.strict.get(key.strict.as_str()) {
            return owner == id;
        }
        self.strict.insert(key.strict.as_str().into(), id);
        true
    }

    pub fn find(&self, key: &Key) -> Option<u32> {
        let (strict, loose) = (key.strict.as_str(), key.loose.as_str());
        let exactly = self.strict.get(strict).or_else(|| self.loose.get(loose));
        exactly.or_else(|| self.strict.get(loose).filter(|_| loose.len() >= SHORTEST_LOOSE)).copied()
    }
}

/// A name taken apart. Made once for each name, since a taxonomy has very many.
#[derive(Debug, Default)]
pub(crate) struct Key {
    /// The folded words with single spaces.
    strict: String,
    /// The base forms of the words run together.
    loose: String,
    /// The base forms one after another, and where each ends.
    bases: String,
    ends: Vec<usize>,
    /// Something in the name ends a run of words: a comma, a bracket.
    pub broken: bool,
    /// It begins with the dot of `.NET`, or has an `&`.
    pub odd: bool,
    /// The word at hand.
    word: String,
}

impl Key {
    pub fn of(name: &str) -> Key {
        let mut key = Key::default();
        key.set(name);
        key
    }

    /// Makes this the key of `name`, keeping the buffers.
    pub fn set(&mut self, name: &str) {
        let closed;
        let name = if name.contains(['#', '+']) && name.contains(' ') {
            closed = name.replace(" #", "#").replace(" +", "+");
            &closed
        } else {
            name
        };
        for buffer in [&mut self.strict, &mut self.loose, &mut self.bases] {
            buffer.clear();
        }
        self.ends.clear();
        (self.broken, self.odd) = (false, false);
        for token in tokens(name) {
            self.odd |= token.dotted;
            if !self.ends.is_empty() {
                self.strict.push(' ');
                self.broken |= token.gap == Gap::Hard;
            } else if token.dotted {
                self.strict.push('.');
            }
            self.word.clear();
            let raw = token.of(name);
            self.odd |= raw == "&";
            fold_into(&mut self.word, if raw == "&" { "and" } else { raw });
            self.strict.push_str(&self.word);
            base_form(&mut self.word);
            self.bases.push_str(&self.word);
            self.ends.push(self.bases.len());
        }
        self.loose.push_str(&self.bases);
        // Once more as a whole, or "reactjs" and "React.js" would lose a different s.
        if self.ends.len() > 1 && self.loose.ends_with('s') {
            base_form(&mut self.loose);
        }
    }

    /// How many words the name has.
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// The base forms of the words.
    pub fn bases(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(from, &to)| &self.bases[from..to])
    }

    /// The base form of the name run together to one word.
    pub fn run_together(&self) -> &str {
        &self.loose
    }

    pub fn into_text(self) -> String {
        self.strict
    }
}

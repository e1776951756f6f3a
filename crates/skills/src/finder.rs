//! Finding names in running text: a trie over base forms of words, then rules that look at the text itself.
//!
//! Working on words keeps building cheap (an import of 130,000 names takes a fraction of a second) and lets one entry
//! stand for all its spellings. Each position of the text is followed for at most [`LONGEST`] words, so a search takes
//! time in proportion to the text.

pub(crate) mod context;
mod forms;
mod hash;
mod phrases;
#[cfg(test)]
mod tests;
mod veto;

use crate::SkillId;
use crate::taxonomy::Key;
use crate::words::{Gap, Token, base_form, fold_into, tokens};
use hash::EdgeMap;
pub(crate) use hash::WordMap;
use phrases::Phrases;

/// The most words one name may have.
const LONGEST: usize = 12;

/// A skill named in a text, with the bytes that show it, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    pub skill: SkillId,
    pub start: usize,
    pub end: usize,
}

/// How closely the text must follow a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// In any case, in the plural, in British or American spelling.
    Any,
    /// As loosely, but only among other skills or words that speak of skills.
    Company,
    /// With this capitalization.
    Exact,
    /// With this capitalization, and only in company.
    ExactCompany,
}

impl Mode {
    fn is_exact(self) -> bool {
        matches!(self, Mode::Exact | Mode::ExactCompany)
    }

    pub fn needs_company(self) -> bool {
        matches!(self, Mode::Company | Mode::ExactCompany)
    }
}

/// One way to write one target.
#[derive(Clone, Copy, Debug)]
struct Form {
    at: u32,
    len: u32,
    target: u32,
    /// Next form that ends at the same node, or [`NONE`].
    next: u32,
    mode: Mode,
    /// It has a word whose capitals tell it from an everyday word: OR nursing, REST Assured.
    guarded: bool,
}

const NONE: u32 = u32::MAX;

/// Where every name begins.
const ROOT: u32 = 0;

/// A match, before the words around it are weighed. Token numbers are positions in the list of tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    pub target: u32,
    pub mode: Mode,
    pub start: usize,
    pub end: usize,
    pub first: usize,
    pub last: usize,
}

/// The names to look for. Targets are whatever numbers the caller gave.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    words: WordMap,
    /// The node that each word leads to when a name begins with it, or [`NONE`].
    roots: Vec<u32>,
    edges: EdgeMap,
    /// First form that ends at each node, or [`NONE`].
    heads: Vec<u32>,
    forms: Vec<Form>,
    texts: String,
    phrases: Phrases,
}

impl Finder {
    /// Room for so many names, as many words and steps as the built-in ones take.
    pub fn with_room_for(names: usize) -> Finder {
        let mut finder = Finder::default();
        finder.words.reserve(names * 3 / 5);
        finder.edges.reserve(names * 5 / 4);
        finder.heads.reserve(names * 8 / 5);
        finder.heads.push(NONE);
        finder.forms.reserve(names * 5 / 4);
        finder
    }

    /// Adds one way to write `target`. Names that are no run of words are left out. Of two targets with the same form the first wins.
    pub fn add(&mut self, name: &str, key: &Key, target: u32, mode: Mode) {
        if key.count() == 0 || key.count() > LONGEST || key.broken {
            return;
        }
        let node = key.bases().fold(ROOT, |node, word| self.step(node, word));
        self.push(node, name, target, mode);
    }

    /// Adds the other spellings that the words of a name allow.
    pub fn add_variants(&mut self, name: &str, key: &Key, target: u32, mode: Mode) {
        if let Some(joined) = forms::run_together(name, key) {
            let node = self.step(ROOT, key.run_together());
            self.push(node, &joined, target, mode);
        }
        if mode == Mode::Any
            && let Some(split) = forms::split_humps(name)
        {
            self.add(&split, &Key::of(&split), target, Mode::Exact);
        }
    }

    fn step(&mut self, node: u32, word: &str) -> u32 {
        let word = phrases::number(&mut self.words, word);
        let fresh = self.heads.len() as u32;
        if self.roots.len() < self.words.len() {
            self.roots.resize(self.words.len(), NONE);
        }
        let place = if node == ROOT {
            &mut self.roots[word as usize]
        } else {
            self.edges.entry(edge(node, word)).or_insert(NONE)
        };
        if *place == NONE {
            *place = fresh;
        }
        let next = *place;
        if next == fresh {
            self.heads.push(NONE);
        }
        next
    }

    fn push(&mut self, node: u32, name: &str, target: u32, mode: Mode) {
        let form = self.forms.len() as u32;
        let guarded = !mode.is_exact() && forms::is_guarded(name);
        self.forms.push(Form {
            at: self.texts.len() as u32,
            len: name.len() as u32,
            target,
            next: NONE,
            mode,
            guarded,
        });
        self.texts.push_str(name);
        match self.heads[node as usize] {
            NONE => self.heads[node as usize] = form,
            mut last => {
                while self.forms[last as usize].next != NONE {
                    last = self.forms[last as usize].next;
                }
                self.forms[last as usize].next = form;
            }
        }
    }

    /// The node a word leads to.
    fn next(&self, node: u32, word: u32) -> Option<u32> {
        let next = if node == ROOT { self.roots.get(word as usize) } else { self.edges.get(&edge(node, word)) };
        next.copied().filter(|next| *next != NONE)
    }

    /// Makes deeds stand for names. Comes after the last name.
    pub fn learn_phrases(&mut self) {
        self.phrases = Phrases::new(&mut self.words);
    }

    /// All matches, leftmost and longest, and the words of the text.
    pub fn search(&self, text: &str) -> (Vec<Hit>, Vec<Token>) {
        let (list, ids) = self.cut(text);
        let mut hits = Vec::new();
        let mut at = 0;
        while at < list.len() {
            let named = self.longest_at(text, &list, &ids, at);
            let done = self.deed_at(text, &list, &ids, at);
            let hit = match (named, done) {
                (Some(named), Some(done)) if done.last > named.last => Some(done),
                (None, done) => done,
                (named, _) => named,
            };
            match hit {
                Some(hit) => {
                    at = hit.last + 1;
                    hits.push(hit);
                }
                None => at += 1,
            }
        }
        (hits, list)
    }

    /// The words of the text with their numbers in the vocabulary.
    fn cut(&self, text: &str) -> (Vec<Token>, Vec<u32>) {
        let mut list = Vec::with_capacity(text.len() / 6);
        let mut ids = Vec::with_capacity(text.len() / 6);
        let mut word = String::new();
        for token in tokens(text) {
            word_of(&mut word, token.of(text));
            ids.push(self.word_id(&word));
            list.push(token);
        }
        (list, ids)
    }

    /// A word with a version stuck to it counts as the word: `Python3`, `HTML5`, `Java+`.
    fn word_id(&self, word: &str) -> u32 {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        let bare = bare(word);
        if bare.len() == word.len() || bare.len() < 3 {
            return NONE;
        }
        self.words.get(bare).copied().unwrap_or(NONE)
    }

    fn longest_at(&self, text: &str, list: &[Token], ids: &[u32], first: usize) -> Option<Hit> {
        let mut node = ROOT;
        let mut best = None;
        for (last, token) in list.iter().enumerate().skip(first).take(LONGEST) {
            if ids[last] == NONE || (last > first && token.gap == Gap::Hard) {
                break;
            }
            let turned = if last > first { &self.phrases.turned } else { &self.phrases.alone };
            if let Some(meant) = turned.get(&ids[last])
                && let Some(turned) = self.next(node, *meant)
            {
                let fits = |form: &Form, name: &str| {
                    if form.mode == Mode::Any { forms::fits_but_last(text, &list[first..=last], name) } else { None }
                };
                best = self.form_at(turned, fits).map(|(form, start)| form.hit(start, first, last, token.end)).or(best);
            }
            match self.next(node, ids[last]) {
                Some(next) => node = next,
                None => break,
            }
            let unknown_before = first > 0 && ids[first - 1] == NONE;
            let fits = |form: &Form, name: &str| {
                let start = forms::fits(text, &list[first..=last], name, form.mode, form.guarded)?;
                let forbidden = veto::forbids(text, list, first..=last, name, form.mode, unknown_before);
                (!forbidden).then_some(start)
            };
            best = self.form_at(node, fits).map(|(form, start)| form.hit(start, first, last, token.end)).or(best);
        }
        best
    }

    /// A verb and what it is done to, where "what it is done to" and the deed make a name.
    fn deed_at(&self, text: &str, list: &[Token], ids: &[u32], first: usize) -> Option<Hit> {
        let nouns = self.phrases.deeds.get(&ids[first])?;
        let from = first + 1 + usize::from(list.get(first + 1).is_some_and(|next| phrases::is_article(next.of(text))));
        let mut node = ROOT;
        let mut best = None;
        for (last, token) in list.iter().enumerate().skip(from).take(3) {
            if ids[last] == NONE || list[last].gap != Gap::Soft || list[first + 1].gap != Gap::Soft {
                break;
            }
            match self.next(node, ids[last]) {
                Some(next) => node = next,
                None => break,
            }
            if !phrases::ends_here(text, token, list.get(last + 1)) {
                continue;
            }
            let ends = nouns.iter().filter_map(|noun| self.next(node, *noun));
            let fits = |form: &Form, name: &str| {
                let same = form.mode == Mode::Any && forms::done_to(text, &list[from..=last], name);
                same.then_some(list[first].start)
            };
            let found = ends.filter_map(|end| self.form_at(end, fits)).next();
            best = found.map(|(form, start)| form.hit(start, first, last, token.end)).or(best);
        }
        best
    }

    /// The first form of a node that fits, and where its match starts.
    fn form_at(&self, node: u32, fits: impl Fn(&Form, &str) -> Option<usize>) -> Option<(&Form, usize)> {
        let mut at = self.heads[node as usize];
        while at != NONE {
            let form = &self.forms[at as usize];
            let name = &self.texts[form.at as usize..][..form.len as usize];
            if let Some(start) = fits(form, name) {
                return Some((form, start));
            }
            at = form.next;
        }
        None
    }
}

impl Form {
    fn hit(&self, start: usize, first: usize, last: usize, end: usize) -> Hit {
        Hit { target: self.target, mode: self.mode, start, end, first, last }
    }
}

/// What remains of a word without the symbols and the digits at its end.
fn bare(word: &str) -> &str {
    word.trim_end_matches(['+', '#']).trim_end_matches(|c: char| c.is_ascii_digit())
}

fn word_of(out: &mut String, raw: &str) {
    out.clear();
    if raw == "&" {
        out.push_str("and");
    } else {
        fold_into(out, acronym(raw).unwrap_or(raw));
        base_form(out);
    }
}

/// The `API` of `APIs`. Folded first, the ending would look like that of "analysis".
fn acronym(word: &str) -> Option<&str> {
    word.strip_suffix('s').filter(|rest| rest.len() >= 2 && rest.bytes().all(|byte| byte.is_ascii_uppercase()))
}

fn edge(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

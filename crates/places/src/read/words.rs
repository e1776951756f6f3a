use super::split::{Joint, parts};
use crate::gazetteer::{Meaning, gazetteer};

mod marks;
mod tokens;

pub(super) use marks::Mark;
use tokens::{Token, tokens};

/// One name of a place, with all that it may mean.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// As written.
    pub text: String,
    pub joint: Joint,
    /// Empty for a name the tables do not hold.
    pub meaning: Meaning,
    /// A code such as `CA`, not a name.
    pub code: bool,
}

impl Atom {
    pub fn name(text: &str, meaning: Meaning) -> Self {
        Atom { text: text.trim().to_owned(), joint: Joint::Start, meaning, code: false }
    }

    pub fn is_unknown(&self) -> bool {
        self.meaning == Meaning::default()
    }
}

/// What one alternative says.
#[derive(Default)]
pub(super) struct Part {
    pub atoms: Vec<Atom>,
    pub marks: Vec<Mark>,
    /// `Not in the US`: the names are those of places it is not.
    pub negated: bool,
    /// Speaks of an office: unknown words may be the name of an employer.
    pub office: bool,
}

/// A piece of a part: a name the tables hold, a mark, or a word they do not know.
#[derive(Clone, Debug)]
enum Piece {
    Known { from: usize, to: usize, meaning: Meaning, code: bool },
    Mark,
    Word(usize),
}

impl Piece {
    fn is_word(&self, index: usize) -> bool {
        matches!(self, Piece::Word(at) if *at == index)
    }
}

/// Names longer than this many words are not in the tables.
const LONGEST: usize = 6;

/// With more unknown words than this a part is a sentence.
const MOST_WORDS: usize = 4;

pub(super) fn read(alternative: &str) -> Part {
    let mut out = Part::default();
    for (joint, text) in parts(alternative) {
        let from = out.atoms.len();
        read_part(text, joint, &mut out);
        if let Some(first) = out.atoms.get_mut(from) {
            first.joint = joint;
        }
    }
    drop_venues(&mut out.atoms);
    out
}

/// A venue or a department behind a dash is not a town: `Wiesbaden - Army Airfield`, `Acme - London`.
fn drop_venues(atoms: &mut Vec<Atom>) {
    let is_city = |atom: Option<&Atom>| atom.is_some_and(|atom| !atom.meaning.cities.is_empty());
    if !atoms.iter().any(|atom| is_city(Some(atom))) {
        return;
    }
    let venue = |i: usize, atom: &Atom| {
        let next = atoms.get(i + 1);
        let before_dash =
            atom.joint == Joint::Start && is_city(next) && next.is_some_and(|next| next.joint == Joint::Dash);
        let after_dash = atom.joint == Joint::Dash && next.is_none_or(|next| next.joint != Joint::Space);
        atom.is_unknown() && (before_dash || after_dash)
    };
    let venues: Vec<bool> = atoms.iter().enumerate().map(|(i, atom)| venue(i, atom)).collect();
    let mut venues = venues.into_iter();
    atoms.retain(|_| !venues.next().unwrap_or(false));
}

fn read_part(text: &str, joint: Joint, out: &mut Part) {
    let (tokens, numbers) = tokens(text);
    if tokens.iter().any(|token| marks::negates(&token.folded)) {
        out.negated = true;
        return;
    }
    let pieces = pieces(&tokens, joint);
    for token in &pieces.marks {
        // `2 days remote` describes a hybrid week, not a remote job.
        if numbers == 0 || *token != Mark::Remote {
            out.marks.push(*token);
        }
    }
    let prose = pieces.list.iter().filter(|piece| matches!(piece, Piece::Word(_))).count() > MOST_WORDS;
    out.office |= tokens.iter().any(|token| marks::is_office(&token.folded));
    let pieces = settle(pieces.list, &tokens);
    let only_known = pieces.iter().all(|piece| !matches!(piece, Piece::Word(_)));
    let postcode_and_town = numbers == 1 && tokens::starts_with_postcode(text);
    if !only_known && numbers > 0 && !postcode_and_town {
        // A street address: what the tables know of it may be a street's name.
        return;
    }
    let mut first_word = None;
    for (i, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Known { from, to, meaning, code } => out.atoms.push(Atom {
                text: written(text, &tokens, *from, *to),
                joint: Joint::Space,
                meaning: meaning.clone(),
                code: *code,
            }),
            Piece::Word(at) => {
                let first = *first_word.get_or_insert(*at);
                if !matches!(pieces.get(i + 1), Some(Piece::Word(_))) {
                    let name = written(text, &tokens, first, at + 1);
                    first_word = None;
                    if !prose && marks::may_be_a_town(&name) {
                        out.atoms.push(Atom {
                            text: name,
                            joint: Joint::Space,
                            meaning: Meaning::default(),
                            code: false,
                        });
                    }
                }
            }
            Piece::Mark => {}
        }
    }
}

fn written(text: &str, tokens: &[Token], from: usize, to: usize) -> String {
    let start = tokens.get(from).map_or(0, |token| token.start);
    let end = to.checked_sub(1).and_then(|last| tokens.get(last)).map_or(text.len(), |token| token.end);
    text.get(start..end).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Pieces {
    list: Vec<Piece>,
    marks: Vec<Mark>,
}

/// Names the longest known runs of words, from the left.
fn pieces(tokens: &[Token], joint: Joint) -> Pieces {
    let mut out = Pieces { list: Vec::new(), marks: Vec::new() };
    let mut at = 0;
    'words: while at < tokens.len() {
        for to in (at + 1..=tokens.len().min(at + LONGEST)).rev() {
            let Some(run) = tokens.get(at..to) else { continue };
            let folded = run.iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ");
            if let Some(mark) = Mark::of(&folded) {
                out.marks.push(mark);
                out.list.push(Piece::Mark);
                at = to;
                continue 'words;
            }
            let alone = run.len() == tokens.len();
            if let Some((meaning, code)) = meaning(&folded, run, alone, joint) {
                out.list.push(Piece::Known { from: at, to, meaning, code });
                at = to;
                continue 'words;
            }
        }
        out.list.push(Piece::Word(at));
        at += 1;
    }
    out
}

/// What a run of words names. Two and three letters among other words are a name only in capitals, so that `us` and `la` in
/// a sentence are not.
fn meaning(folded: &str, run: &[Token], alone: bool, joint: Joint) -> Option<(Meaning, bool)> {
    let tables = gazetteer();
    let capitals = run.iter().all(|token| token.capitals);
    let short = folded.chars().count() <= 3 && folded.is_ascii();
    let code =
        (short && (capitals || alone) && folded.len() >= 2).then(|| tables.code(&folded.to_uppercase())).flatten();
    let name = tables.meaning(folded).filter(|_| !short || capitals || alone).cloned();
    match (name, code) {
        // Behind a city a state comes before a city's short name: `Shreveport, LA`.
        (Some(name), Some(code)) if !alone || joint == Joint::Comma || name.country.is_some() => {
            Some((merge(name, code), true))
        }
        (Some(name), _) => Some((name, false)),
        (None, Some(code)) => Some((code, true)),
        (None, None) => None,
    }
}

fn merge(name: Meaning, code: Meaning) -> Meaning {
    let mut regions = code.regions;
    regions.extend(name.regions.into_iter().filter(|index| !regions.contains(index)).collect::<Vec<_>>());
    Meaning { country: code.country.or(name.country), regions, cities: name.cities, area: name.area }
}

/// Decides about the words that no table holds: drops the office talk around a known name, and joins a known name that is
/// only part of a longer one (`New Albany`, `Fort Washington`) to the words beside it.
fn settle(list: Vec<Piece>, tokens: &[Token]) -> Vec<Piece> {
    let folded = |at: &usize| tokens.get(*at).map_or("", |token| token.folded.as_str());
    let list: Vec<Piece> =
        list.into_iter().filter(|piece| !matches!(piece, Piece::Word(at) if marks::is_talk(folded(at)))).collect();
    let known = list.iter().any(|piece| matches!(piece, Piece::Known { .. }));
    let words = || list.iter().filter_map(|piece| if let Piece::Word(at) = piece { Some(at) } else { None });
    let first = list.iter().position(|piece| matches!(piece, Piece::Known { .. })).unwrap_or(0);
    let side = |at: &usize| marks::is_side(folded(at)) && !list.iter().take(first).any(|piece| piece.is_word(*at));
    if known && words().all(|at| marks::is_frame(folded(at)) || side(at)) {
        return list.into_iter().filter(|piece| !matches!(piece, Piece::Word(_))).collect();
    }
    let mut out = Vec::new();
    let beside_word = |i: usize| {
        let word = |piece: Option<&Piece>| matches!(piece, Some(Piece::Word(_)));
        word(list.get(i + 1)) || i.checked_sub(1).is_some_and(|before| word(list.get(before)))
    };
    for (i, piece) in list.iter().enumerate() {
        match piece {
            Piece::Known { from, to, meaning, code }
                if beside_word(i) && !stands_out(meaning, *code, i, list.len()) =>
            {
                out.extend((*from..*to).map(Piece::Word));
            }
            other => out.push(other.clone()),
        }
    }
    out
}

/// Whether a known name keeps its meaning beside unknown words: a code or a country at either end, an area anywhere.
fn stands_out(meaning: &Meaning, code: bool, index: usize, count: usize) -> bool {
    let first = index == 0;
    let last = index + 1 == count;
    meaning.area.is_some() || (code && (first || last || index == 1)) || (meaning.country.is_some() && last)
}

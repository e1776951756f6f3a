//! Two postings of different companies, where one or both find people for others.

use super::pair::Pair;
use crate::company::Relation as Companies;
use crate::place::Fit;
use crate::title::Relation as Titles;
use crate::{Kind, Side, Traits, Verdict};

/// So many of the agency's longer sentences must be in the other text.
const SENTENCES: usize = 3;
/// The same as a share, so that a few stock phrases of a long text are not enough.
const SHARE: f64 = 0.4;
/// Or so much of the shorter text is in the longer one.
const WITHIN: f64 = 0.6;
/// With no sign of an agency, the texts must be this alike.
const WORD_FOR_WORD: f64 = 0.9;

pub fn judge(pair: &Pair<'_>) -> Option<Verdict> {
    if pair.companies == Companies::Equal {
        return None;
    }
    let texts = pair.texts()?;
    if matches!(pair.titles, Titles::Wider(_)) && texts.within < WITHIN {
        return None;
    }
    let copy = copy(pair);
    let (copied, original) = match copy {
        Side::First => (pair.first, pair.second),
        Side::Second => (pair.second, pair.first),
    };
    let common = copied.reading().sentences_in(original.reading());
    let of = copied.reading().sentences.len().min(original.reading().sentences.len()).max(1);
    let mut signs = signs(copied);
    if signs.is_empty() {
        let names_it = original.company.is_named_in(&copied.reading().folded);
        if !names_it || texts.shared < WORD_FOR_WORD || pair.places != Fit::Same {
            return None;
        }
        signs.push(format!("The text of {} names {}.", copied.company.written, original.company.written));
    }
    let enough = common >= SENTENCES && common as f64 >= SHARE * of as f64;
    if !enough && texts.within < WITHIN {
        return None;
    }
    let mut evidence = signs;
    evidence.push(pair.title_words());
    evidence.push(pair.place_words());
    evidence.push(Pair::text_words(Some(texts)));
    evidence.push(format!("{common} of {of} sentences are in both texts."));
    if pair.same_pay {
        evidence.push("Both name the same pay.".into());
    }
    let reason = format!(
        "{} offers what {} does: title and place agree, and so does the text.",
        copied.company.written, original.company.written
    );
    let points =
        60 + texts.percent() / 4 + if pair.same_pay { 8 } else { 0 } + if pair.places == Fit::Same { 5 } else { 0 };
    let sure = u8::try_from(points.min(95)).unwrap_or(60);
    Some(Verdict { kind: Kind::AgencyCopy, reason, evidence, sure, copy })
}

/// Which of the two is the agency's; of two agencies the later.
fn copy(pair: &Pair<'_>) -> Side {
    let later = if pair.first.start <= pair.second.start { Side::Second } else { Side::First };
    let is_agency = |traits: &Traits<'_>| traits.company.is_agency || traits.agency_words().is_some();
    match (is_agency(pair.first), is_agency(pair.second)) {
        (true, false) => Side::First,
        (false, true) => Side::Second,
        _ => later,
    }
}

/// What shows that it was posted by an agency.
fn signs(traits: &Traits<'_>) -> Vec<String> {
    let mut signs = Vec::new();
    if traits.company.is_agency {
        signs.push(format!("{} finds people for others, by its name.", traits.company.written));
    }
    if let Some(words) = traits.agency_words() {
        signs.push(format!("The text of {} says “{words}”.", traits.company.written));
    }
    signs
}

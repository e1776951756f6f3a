//! Two postings of one company: the same opening, or posted again.

use super::pair::Pair;
use super::time;
use crate::company::{Relation as Companies, agency_words};
use crate::place::Fit;
use crate::text::{Likeness, Shingles, hash};
use crate::title::Relation as Titles;
use crate::{Traits, Verdict};

/// Shared triples from which on two texts of a company describe one opening. Its other openings share less once the
/// frame is gone.
const ALIKE: f64 = 0.5;
/// The same for a text that is part of the other.
const WITHIN: f64 = 0.72;
/// What it takes where the names of the companies only seem to belong together, or one title says more.
const SURELY: f64 = 0.8;
/// Agencies describe different clients' openings in one frame; these must be nearly word for word.
const OF_AGENCY: f64 = 0.75;
/// As much of the sentences about the client must agree.
const CLIENT: f64 = 0.5;

pub fn judge(pair: &Pair<'_>) -> Option<Verdict> {
    if pair.companies == Companies::Other {
        return None;
    }
    let texts = pair.texts();
    let why = ground(pair, texts)?;
    let mut evidence = Vec::new();
    if pair.same_link {
        evidence.push("Both links lead to the same page.".to_owned());
    }
    evidence.push(company_words(pair));
    evidence.push(pair.title_words());
    evidence.push(pair.place_words());
    evidence.push(Pair::text_words(texts));
    if pair.same_pay {
        evidence.push("Both name the same pay.".into());
    }
    let gap = time::gap(pair);
    evidence.push(gap.words());
    let reason = match why {
        Ground::Link => "The links lead to one page, and the titles agree.",
        Ground::Text => "The same company, title and place, and the texts are alike.",
        Ground::NoText => "The same company, title and place; one has no text to compare.",
    };
    let reason = if gap.is_later() { format!("{reason} {}", gap.words()) } else { reason.to_owned() };
    Some(Verdict { kind: gap.kind(), reason, evidence, sure: sure(pair, &why, texts), copy: gap.later() })
}

/// What the verdict stands on.
enum Ground {
    Link,
    Text,
    NoText,
}

fn ground(pair: &Pair<'_>, texts: Option<Likeness>) -> Option<Ground> {
    let doubtful = pair.companies == Companies::Perhaps || matches!(pair.titles, Titles::Wider(_));
    let Some(texts) = texts else {
        return match (pair.same_link, pair.companies, pair.places) {
            (true, _, _) => Some(Ground::Link),
            // One source that lists both, and no text to tell by: large companies have many such openings.
            (false, Companies::Equal, Fit::Same) if pair.titles == Titles::Equal && !pair.same_source() => {
                Some(Ground::NoText)
            }
            _ => None,
        };
    };
    let (alike, within) = if doubtful { (SURELY, SURELY) } else { (ALIKE, WITHIN) };
    if pair.first.company.is_agency && !same_client(pair, texts.shared) {
        return None;
    }
    match texts.shared >= alike || texts.within >= within {
        true if pair.same_link => Some(Ground::Link),
        true => Some(Ground::Text),
        // A page whose text was written anew.
        false if pair.same_link && pair.titles == Titles::Equal && texts.within >= ALIKE / 2.0 => Some(Ground::Link),
        false => None,
    }
}

/// Whether two texts of one agency are about one client.
fn same_client(pair: &Pair<'_>, shared: f64) -> bool {
    let about = |traits: &Traits<'_>| -> Shingles {
        let lines = traits.reading().folded.lines().filter(|line| agency_words(line).is_some());
        Shingles::of(&lines.flat_map(|line| line.split(' ')).map(hash).collect::<Vec<_>>())
    };
    let (mine, theirs) = (about(pair.first), about(pair.second));
    let says = !mine.is_empty() && !theirs.is_empty();
    shared >= OF_AGENCY && (!says || mine.jaccard(&theirs) >= CLIENT)
}

fn company_words(pair: &Pair<'_>) -> String {
    let (mine, theirs) = (&pair.first.company.written, &pair.second.company.written);
    match pair.companies {
        Companies::Equal if mine == theirs => format!("The company is the same: {mine}."),
        Companies::Equal => format!("{mine} and {theirs} are one company."),
        _ => format!("{mine} and {theirs} look like one company."),
    }
}

/// 97 with one link; with alike texts 70 and up to 25 more by how alike they are; 75 without text; less where something
/// only seems to agree or one names no place.
fn sure(pair: &Pair<'_>, why: &Ground, texts: Option<Likeness>) -> u8 {
    let base = match (why, texts) {
        (Ground::Link, _) => 97,
        (Ground::NoText, _) | (Ground::Text, None) => 75,
        (Ground::Text, Some(texts)) => 70 + texts.percent() / 4,
    };
    let less = [
        (pair.companies == Companies::Perhaps, 10),
        (matches!(pair.titles, Titles::Wider(_)), 10),
        (pair.places != Fit::Same && !matches!(why, Ground::Link), 5),
    ];
    let less: u32 = less.iter().filter(|(applies, _)| *applies).map(|(_, points)| points).sum();
    u8::try_from(base - less).unwrap_or(50)
}

//! Names that are also everyday words (Go, R, Chef) count only in good company: in a list with other skills, or beside
//! words that speak of skills.

use super::veto::opens_sentence;
use super::{Hit, Mode};
use crate::words::common::is_common;
use crate::words::{Gap, Token, listed};

/// The longest gap that can still join two items of a list, in bytes.
const LIST_GAP: usize = 24;

/// Words that, with a preposition, say that a skill comes next: "experience with Go".
const BEFORE_PREPOSITION: &str = "\
    background basics bit built certification certified coded coding comfortable competence competency developed \
    developing experience experienced expert expertise familiar familiarity fluency fluent hands-on implemented \
    knowledge mastery proficiency proficient programming skilled skills strong versed worked writing written";

/// Words that say by themselves that a skill comes next: "using R".
const BEFORE: &str = "\
    coding enough framework frameworks know language languages learn like program programming skills some stack \
    technologies technology tool tools use using via write";

/// Words that say that what stands before them is a skill: "Go developer".
const AFTER: &str = "\
    api apis app application applications apps backend code codebase codebases coder cookbook cookbooks \
    developer developers development engineer engineers framework lang language libraries library manifests \
    microservice microservices modules package packages power programmer programmers programming runtime \
    scripting scripts server services user users";

/// Words that say the same of any word: "writing skills".
const ASKED: &str = "certificate certification certified experience expertise knowledge proficiency skill skills";

/// Words that say how well something is done: "strong writing".
const PRAISE: &str = "\
    advanced basic clear demonstrated effective excellent exceptional fluent good great native outstanding proven solid \
    strong superb";

/// Words later in a sentence that say that what it begins with is asked for: "dbt would be a bonus".
const WISHES: &str = "\
    advantage advantageous asset beneficial bonus desirable desired handy helpful mandatory necessary nice plus preferred \
    required welcome";

/// How many words a wish may follow behind.
const WISH_REACH: usize = 7;

const PREPOSITIONS: &str = "\
    as for in of on through using with";

/// How far, in hits and in bytes, a related skill still lends meaning to a doubtful name.
const NEIGHBORS: usize = 40;
const NEIGHBORHOOD: usize = 3000;

/// Keeps the hits that are plain, and of the others those in good company.
pub(crate) fn settle(text: &str, hits: Vec<Hit>, list: &[Token], akin: impl Fn(u32, u32) -> bool) -> Vec<Hit> {
    let doubtful: Vec<bool> = hits.iter().map(|hit| is_doubtful(text, hit, list)).collect();
    if !doubtful.contains(&true) {
        return hits;
    }
    let linked: Vec<bool> = hits.windows(2).map(|pair| in_one_list(text, &pair[0], &pair[1], list)).collect();
    let mut sure: Vec<bool> =
        hits.iter().zip(&doubtful).map(|(hit, doubt)| !doubt || spoken_of(text, hit, list)).collect();
    for i in 1..hits.len() {
        // Two doubtful capitals side by side vouch for each other, unless they are the same name.
        let capitals = [&hits[i - 1], &hits[i]].iter().all(|hit| hit.mode != Mode::Company);
        let company = sure[i - 1] || (capitals && hits[i].target != hits[i - 1].target);
        sure[i] |= linked[i - 1] && company;
    }
    for i in (1..hits.len()).rev() {
        sure[i - 1] |= linked[i - 1] && sure[i];
    }
    let plain = sure.clone();
    for (i, hit) in hits.iter().enumerate().filter(|(i, hit)| !plain[*i] && may_stand_alone(text, hit, list)) {
        let near = i.saturating_sub(NEIGHBORS)..hits.len().min(i + NEIGHBORS);
        sure[i] = near
            .into_iter()
            .any(|j| plain[j] && hits[j].start.abs_diff(hit.start) < NEIGHBORHOOD && akin(hit.target, hits[j].target));
    }
    hits.into_iter().zip(sure).filter_map(|(hit, sure)| sure.then_some(hit)).collect()
}

/// Whether a hit needs company: names marked so, and everyday words where a sentence begins with them and goes on, since
/// any word has a capital there.
fn is_doubtful(text: &str, hit: &Hit, list: &[Token]) -> bool {
    match hit.mode {
        Mode::Any => false,
        Mode::Company | Mode::ExactCompany => true,
        Mode::Exact => {
            let goes_on = list
                .get(hit.last + 1)
                .is_some_and(|next| next.gap == Gap::Soft && next.of(text).starts_with(char::is_lowercase));
            goes_on
                && hit.first == hit.last
                && is_common(&text[hit.start..hit.end].to_lowercase())
                && opens_sentence(text, hit.start)
        }
    }
}

/// Whether the capital of a name means something: not at the start of a sentence, nor in a heading, and not one letter.
fn may_stand_alone(text: &str, hit: &Hit, list: &[Token]) -> bool {
    match hit.mode {
        Mode::Exact => return true,
        Mode::Company => return false,
        _ => {}
    }
    let capital = |word: &Token| word.of(text).starts_with(char::is_uppercase);
    let goes_on = list.get(hit.last + 1).is_some_and(|next| next.gap == Gap::Soft && capital(next));
    hit.end - hit.start > 1 && !goes_on && !opens_sentence(text, hit.start)
}

/// Whether only list punctuation, bullets and "and" stand between two hits.
fn in_one_list(text: &str, a: &Hit, b: &Hit, list: &[Token]) -> bool {
    let between = &text[a.end..b.start];
    if between.len() > LIST_GAP || b.first - a.last > 3 {
        return false;
    }
    let words = &list[a.last + 1..b.first];
    if !words
        .iter()
        .all(|word| matches!(word.of(text), "and" | "or" | "And" | "Or" | "&" | "plus" | "with" | "as" | "well"))
    {
        return false;
    }
    !words.is_empty()
        || between.chars().any(|c| matches!(c, ',' | '/' | '(' | ')' | '|' | ';' | '•' | '·' | '+' | '\n' | '、'))
}

/// Whether the words around say that this is a skill. A word in lower case asks for plainer words than a capital does.
fn spoken_of(text: &str, hit: &Hit, list: &[Token]) -> bool {
    if fills_line(text, hit) {
        return true;
    }
    let capital = hit.mode != Mode::Company;
    let mut after =
        list[hit.last + 1..].iter().take(2).take_while(|word| word.gap != Gap::Hard).map(|word| word.of(text));
    if after.any(|word| listed(ASKED, word) || (capital && listed(AFTER, word))) {
        return true;
    }
    if capital && is_wished_for(text, hit, list) {
        return true;
    }
    let before = words_before(text, hit, list);
    let Some(nearest) = before.first() else { return false };
    if listed(PRAISE, nearest) || (capital && listed(BEFORE, nearest)) {
        return true;
    }
    listed(PREPOSITIONS, nearest) && before[1..].iter().any(|word| listed(BEFORE_PREPOSITION, word))
}

/// Whether nothing but a bullet stands on the line beside the hit.
fn fills_line(text: &str, hit: &Hit) -> bool {
    let before = text[..hit.start].rsplit('\n').next().unwrap_or_default();
    let after = text[hit.end..].split('\n').next().unwrap_or_default();
    let bare = |side: &str| side.len() <= 12 && side.chars().all(|c| !c.is_alphanumeric());
    (before.len() < hit.start || hit.end + after.len() < text.len()) && bare(before) && bare(after)
}

fn is_wished_for(text: &str, hit: &Hit, list: &[Token]) -> bool {
    let words = list[hit.last + 1..].iter().take(WISH_REACH).zip(&list[hit.last..]);
    words
        .take_while(|(word, before)| !text[before.end..word.start].contains(['.', ';', '!', '?', '\n']))
        .any(|(word, _)| listed(WISHES, word.of(text)))
}

/// Up to five words before the hit in its sentence, nearest first.
fn words_before<'t>(text: &'t str, hit: &Hit, list: &[Token]) -> Vec<&'t str> {
    let mut before = Vec::with_capacity(5);
    for i in (hit.first.saturating_sub(5)..hit.first).rev() {
        let between = &text[list[i].end..list[i + 1].start];
        if between.contains(['.', '!', '?', '\n']) || (i + 1 < hit.first && between.contains(':')) {
            break;
        }
        before.push(list[i].of(text));
    }
    before
}

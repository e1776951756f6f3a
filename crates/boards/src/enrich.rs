use crate::sections::{self, Kind, Line};
use crate::{Finder, level, limits, location, salary, workplace};
use posting::Posting;
use skills::{SkillId, Taxonomy};
use std::collections::BTreeSet;

/// Fills from the title and the text what the posting leaves open: skills, responsibilities, requirements, level,
/// workplace and pay; tidies the place. What is given stays. Also for a posting that a person typed or pasted.
pub fn enrich(posting: &mut Posting, finder: &Finder) {
    posting.location = location::tidy(&posting.location, None);
    let lines = sections::split(&posting.description);
    if posting.tech_stack.is_empty() {
        posting.tech_stack = finder.skill_names(&work_text(posting, &telling(&lines, finder.taxonomy())));
        posting.tech_stack.truncate(limits::ITEMS);
    }
    if posting.responsibilities.is_empty() {
        posting.responsibilities = sections::responsibilities(&lines);
    }
    if posting.requirements.is_empty() {
        posting.requirements = sections::requirements(&lines);
    }
    if posting.experience_level.is_none() {
        posting.experience_level = level::guess_from(&posting.title, &lines);
    }
    if posting.remote.is_none() {
        posting.remote = workplace::of_location(&posting.location)
            .or_else(|| workplace::of_title(&posting.title))
            .or_else(|| workplace::of_text(&posting.description));
    }
    if posting.salary.is_none() {
        let currency = location::dollar_currency(&posting.location, None);
        posting.salary = salary::parse_long(&posting.description, currency);
    }
}

/// The title and what the text says about the work, to find skills in.
fn work_text(posting: &Posting, lines: &[&Line<'_>]) -> String {
    let mut text = String::with_capacity(posting.title.len() + posting.description.len() + 2);
    text.push_str(&posting.title);
    // Given lists may say more than the text; those taken from it would only repeat it.
    let given = posting.requirements.iter().chain(&posting.responsibilities).map(String::as_str);
    for words in lines.iter().map(|line| line.text).chain(given) {
        text.push('\n');
        text.push_str(words);
    }
    text
}

/// Skills that the parts about the work must name before the rest of the text is left aside.
const TELLING_SKILLS: usize = 4;

/// The lines that speak of the work. Where duties and requirements name skills enough, what the company says about
/// itself only blurs them (`We are the leading logistics platform`); parts about pay and benefits never count.
fn telling<'a, 'b>(lines: &'b [Line<'a>], taxonomy: &Taxonomy) -> Vec<&'b Line<'a>> {
    let of = |wanted: fn(Kind) -> bool| lines.iter().filter(|line| wanted(line.kind)).collect::<Vec<_>>();
    let asked = of(|kind| !matches!(kind, Kind::Open | Kind::Offer));
    let mut skills = BTreeSet::new();
    for line in &asked {
        skills.extend(taxonomy.skills_in(line.text).into_iter().map(|mention| mention.skill));
        if skills.len() >= TELLING_SKILLS {
            return asked;
        }
    }
    of(|kind| kind != Kind::Offer)
}

/// The skills a text asks for, and those it only wishes for: under a heading such as "Nice to have", or in a sentence
/// that says "a plus", "preferred", "von Vorteil". A skill of both is required. In order of first mention.
pub fn required_and_preferred(text: &str, taxonomy: &Taxonomy) -> (Vec<SkillId>, Vec<SkillId>) {
    let (mut required, mut preferred) = (Vec::new(), Vec::new());
    let mut add = |kind: Kind, words: &str, wish: bool| {
        let wish = wish || kind == Kind::Preferred;
        for mention in taxonomy.skills_in(words) {
            let list = if wish { &mut preferred } else { &mut required };
            if !list.contains(&mention.skill) {
                list.push(mention.skill);
            }
        }
    };
    let lines = sections::split(text);
    for line in telling(&lines, taxonomy) {
        // Most lines hold no wish; they are searched whole, because that is much quicker than by sentence.
        if line.kind == Kind::Preferred || !sections::is_wish(line.text) {
            add(line.kind, line.text, false);
            continue;
        }
        for sentence in sections::sentences(line.text) {
            match bracketed_wish(sentence) {
                Some((before, wish, after)) => {
                    add(line.kind, before, false);
                    add(line.kind, wish, true);
                    add(line.kind, after, false);
                }
                None => add(line.kind, sentence, sections::is_wish(sentence)),
            }
        }
    }
    preferred.retain(|skill| !required.contains(skill));
    (required, preferred)
}

/// `Python and SQL (Rust is a plus) in production`: only the bracket is a wish.
fn bracketed_wish(sentence: &str) -> Option<(&str, &str, &str)> {
    let open = sentence.find('(')?;
    let close = open + sentence[open..].find(')')?;
    let inside = &sentence[open + 1..close];
    let outside_wishes = sections::is_wish(&sentence[..open]) || sections::is_wish(&sentence[close + 1..]);
    // `Rust (preferred)` qualifies the words before it.
    let names_something = inside.split_whitespace().count() > 2;
    (sections::is_wish(inside) && names_something && !outside_wishes)
        .then(|| (&sentence[..open], inside, &sentence[close + 1..]))
}

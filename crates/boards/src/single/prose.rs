//! One posting of plain text: what its lines are labelled with, how its first lines speak, and the rest guessed.

use super::labels::{self, Label};
use super::{Found, Origin, heading, words};
use crate::feeds::role;
use crate::row::{link, tidy_label};
use crate::text::{self, folded, has_phrase};
use crate::{Finder, dates, limits, location, salary, workplace};

/// Lines at the top that may name the posting.
const TOP: usize = 12;
/// A title longer than this is a sentence.
const TITLE: usize = 120;

/// A line that is not empty, with its number from 1.
struct Line {
    number: usize,
    text: String,
}

/// Reads whatever is there; never fails.
pub fn read(source: &str, finder: &Finder) -> Found {
    let source = &source[..source.floor_char_boundary(limits::DESCRIPTION_BYTES * 2)];
    let mut found = Found::default();
    let lines = top(source);
    labelled(&mut found, source, finder);
    spoken(&mut found, &lines, finder);
    by_place(&mut found, &lines, finder);
    if found.posting.url.is_none()
        && let Some((number, url)) = first_link(source)
    {
        found.posting.url = Some(url);
        found.note("url", Origin::Line(number));
    }
    if found.posting.company.is_empty()
        && let Some(name) = found.posting.url.as_deref().and_then(crate::address::company_of_link)
        && crate::address::resolve(found.posting.url.as_deref().unwrap_or_default()).is_ok()
    {
        found.posting.company = name;
        found.suspect("company", Origin::Address);
    }
    found.posting.description = text::block(source, limits::DESCRIPTION_BYTES);
    found.note("description", Origin::Line(lines.first().map_or(1, |line| line.number)));
    found.posting.source = "manual".into();
    found.completed(finder)
}

fn top(source: &str) -> Vec<Line> {
    source
        .lines()
        .enumerate()
        .map(|(at, line)| Line { number: at + 1, text: text::line(line, 400) })
        .filter(|line| !line.text.is_empty())
        .take(TOP)
        .collect()
}

fn labelled(found: &mut Found, source: &str, finder: &Finder) {
    let all = labels::all(source);
    let first = |label| labels::first(&all, label);
    let day = |text: &str| dates::parse(text).or_else(|| dates::relative(text, finder.today()));
    if let Some(said) = first(Label::Title) {
        found.posting.title = tidy_label(&said.value);
        found.note("title", Origin::Line(said.line));
    }
    if let Some(said) = first(Label::Company)
        && let Some(name) = words::company(&said.value)
    {
        found.posting.company = name;
        found.note("company", Origin::Line(said.line));
    }
    if let Some(said) = first(Label::Place) {
        found.posting.location = text::line(&said.value, limits::LABEL_CHARS);
        found.note("location", Origin::Line(said.line));
    }
    if let Some(said) = first(Label::Pay) {
        let currency = location::dollar_currency(&found.posting.location, None);
        found.posting.salary = salary::parse_with(&said.value, currency);
        found.note("salary", Origin::Line(said.line));
    }
    if let Some((said, date)) = first(Label::Posted).and_then(|said| Some((said, day(&said.value)?))) {
        found.posting.date_posted = Some(date);
        found.note("date_posted", Origin::Line(said.line));
    }
    if let Some((said, date)) = first(Label::Closes).and_then(|said| Some((said, dates::parse(&said.value)?))) {
        found.posting.closes_on = Some(date);
        found.note("closes_on", Origin::Line(said.line));
    }
    if let Some((said, url)) = first(Label::Link).and_then(|said| Some((said, link(&said.value)?))) {
        found.posting.url = Some(url);
        found.note("url", Origin::Line(said.line));
    }
}

/// The first lines, where one says in words who looks for whom.
fn spoken(found: &mut Found, lines: &[Line], finder: &Finder) {
    for line in lines {
        let bare = without_links(&line.text);
        // A paragraph says it in its first sentence.
        let sentence = bare.split_once(". ").map_or(bare.as_str(), |(first, _)| first);
        let Some(parts) = heading::said(sentence, finder) else { continue };
        let alone = lines.len() == 1 || sentence.len() == bare.len();
        let mut take = |field: &'static str, value: &str| {
            let place = match field {
                "title" => &mut found.posting.title,
                "company" => &mut found.posting.company,
                _ => &mut found.posting.location,
            };
            if place.is_empty() && !value.is_empty() {
                *place = tidy_label(value);
                if alone {
                    found.note(field, Origin::Line(line.number));
                } else {
                    found.suspect(field, Origin::Line(line.number));
                }
            }
        };
        take("title", &parts.title);
        take("company", &parts.company);
        take("location", &parts.place);
        break;
    }
}

/// The first lines, by where they stand: title, company, place, as pages show them one under another.
fn by_place(found: &mut Found, lines: &[Line], finder: &Finder) {
    if found.posting.title.is_empty()
        && let Some(line) = title_line(lines, finder)
    {
        let parts = heading::split(&without_links(&line.text), finder);
        found.posting.title = tidy_label(&parts.title);
        found.suspect("title", Origin::Line(line.number));
        for (field, value) in [("company", parts.company), ("location", parts.place)] {
            let place = if field == "company" { &mut found.posting.company } else { &mut found.posting.location };
            if place.is_empty() && !value.is_empty() {
                *place = tidy_label(&value);
                found.suspect(field, Origin::Line(line.number));
            }
        }
    }
    let title = folded(&found.posting.title);
    let after = lines.iter().position(|line| !title.is_empty() && folded(&line.text).starts_with(&title));
    if let Some(line) = after.and_then(|at| lines.get(at + 1)) {
        company_line(found, line, finder);
    }
    if found.posting.company.is_empty()
        && let Some((name, number)) = lines.iter().find_map(|line| Some((introduced(&line.text)?, line.number)))
    {
        found.posting.company = name;
        found.suspect("company", Origin::Line(number));
    }
    if found.posting.location.is_empty()
        && let Some(line) = lines.iter().find(|line| is_place_line(&line.text, finder))
    {
        found.posting.location = text::line(&line.text, limits::LABEL_CHARS);
        found.suspect("location", Origin::Line(line.number));
    }
}

/// The first line that looks like a title: one that names a role, else the very first.
fn title_line<'a>(lines: &'a [Line], finder: &Finder) -> Option<&'a Line> {
    let fits = |line: &&Line| {
        let bare = without_links(&line.text);
        !bare.is_empty()
            && bare.chars().count() <= TITLE
            && !bare.ends_with(['.', '?', '!', ',', ';', ':'])
            && text::bullet(&bare).is_none()
            && !words::is_empty(&bare)
            && !is_place_line(&bare, finder)
            && labels::of(bare.split(':').next().unwrap_or_default()).is_none()
    };
    let named = lines.iter().take(6).filter(fits).find(|line| words::is_role(&line.text, finder));
    named.or_else(|| lines.iter().take(1).find(fits).filter(|_| lines.len() > 1))
}

/// `Acme Mills`, `Acme Mills · Berlin, Germany (hybrid)`, right under the title.
fn company_line(found: &mut Found, line: &Line, finder: &Finder) {
    let bare = without_links(&line.text);
    let (name, place) = heading::company_and_place(&bare);
    let says_how = workplace::parse(name).is_some() || is_place_line(name, finder) || labels::of(name).is_some();
    let sentence = bare.ends_with(['.', '?', '!', ':']) || bare.contains(". ") || text::bullet(&bare).is_some();
    let is_name =
        introduced(&bare).is_none() && name.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let short = name.split_whitespace().count() <= 6;
    if found.posting.company.is_empty()
        && is_name
        && short
        && !sentence
        && !says_how
        && !bare.contains(':')
        && (!words::is_role(name, finder) || !place.is_empty())
        && let Some(name) = words::company(name)
    {
        found.posting.company = name;
        found.suspect("company", Origin::Line(line.number));
        if found.posting.location.is_empty() && !place.is_empty() {
            found.posting.location = text::line(place, limits::LABEL_CHARS);
            found.suspect("location", Origin::Line(line.number));
        }
    }
}

/// A heading or a sentence that introduces the employer: `About Acme Mills`, `Über Acme`, `At Acme, we bake`.
fn introduced(line: &str) -> Option<String> {
    let starts =
        ["about ", "über ", "à propos de ", "à propos d'", "sobre ", "join ", "willkommen bei ", "welcome to "];
    let sentence = ["at ", "bei ", "bei der ", "chez "];
    let lower = line.to_lowercase();
    let rest = |start: &str| lower.starts_with(start).then(|| line.get(start.len()..)).flatten();
    let own = |name: &str| {
        let folded = folded(name);
        let common = [
            "us", "you", "the", "our", "uns", "dich", "sie", "die", "den", "das", "nous", "vous", "le", "la",
            "nosotros", "el", "a", "your", "this", "least",
        ];
        let first = folded.split(' ').next().unwrap_or_default();
        !common.contains(&first) && name.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
    };
    let heading = starts.iter().find_map(|start| rest(start)).filter(|name| name.split_whitespace().count() <= 5);
    let spoken = || sentence.iter().find_map(|start| rest(start)?.split_once(',').map(|(name, _)| name));
    let name = heading.or_else(spoken).filter(|name| name.split_whitespace().count() <= 5 && own(name))?;
    words::company(name)
}

/// A short line that names a known place and no role.
fn is_place_line(line: &str, finder: &Finder) -> bool {
    line.chars().count() <= 60
        && line.split_whitespace().count() <= 7
        && role::is_place(line)
        && !words::is_role(line, finder)
        && !line.ends_with('.')
        && !has_phrase(&folded(line), "gmbh")
}

/// The first web address in a text, and the line it stands in.
fn first_link(source: &str) -> Option<(usize, String)> {
    source
        .lines()
        .take(2_000)
        .enumerate()
        .find_map(|(at, line)| line.split_whitespace().find_map(|word| Some((at + 1, link(&bare_link(word)?)?))))
}

/// A word that is a link, without what a sentence puts around it.
fn bare_link(word: &str) -> Option<String> {
    let at = word.find("https://").or_else(|| word.find("http://"))?;
    let url = word[at..].trim_end_matches(['>', ')', ']', '"', '”', ',', '.', ';', '!']);
    url.contains('.').then(|| url.to_owned())
}

fn without_links(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().filter(|word| bare_link(word).is_none()).collect();
    words.join(" ").trim_start_matches(['#', '*', ' ']).trim_end_matches(['*', ' ']).to_owned()
}

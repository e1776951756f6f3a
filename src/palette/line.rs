//! Reads a job out of what somebody typed or pasted: a line, a link, the top of a posting. A guess, shown in fields to be put right.

/// What was read; empty where nothing was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub title: String,
    pub company: String,
    pub place: String,
    pub link: String,
}

/// So much is looked at, in bytes.
const LOOKED_AT: usize = 20_000;
/// As long as a field may be, in characters.
const FIELD: usize = 300;
/// A second line longer than this, in bytes, is the posting's text and not its company.
const SHORT: usize = 120;

/// Boards whose addresses begin with the company.
const BOARDS: [&str; 6] = [
    "boards.greenhouse.io",
    "job-boards.greenhouse.io",
    "jobs.lever.co",
    "jobs.ashbyhq.com",
    "apply.workable.com",
    "jobs.smartrecruiters.com",
];
/// What stands between title and company.
const AT: [&str; 5] = [" at ", " @ ", " bei ", " chez ", " hos "];
/// What stands between company and place.
const IN: [&str; 8] = [", ", " (", " · ", " • ", " | ", " – ", " — ", " - "];
/// What divides title, company and place where no word does.
const BETWEEN: [&str; 6] = [" · ", " • ", " | ", " – ", " — ", " - "];

/// Reads what was typed.
pub fn read(typed: &str) -> Line {
    let typed = &typed[..typed.floor_char_boundary(LOOKED_AT)];
    let link = typed.split_whitespace().find_map(link_of).unwrap_or_default();
    let mut lines = typed.lines().map(without_links).filter(|line| !line.is_empty());
    let mut line = match lines.next() {
        Some(first) => one(&first, lines.next().filter(|second| second.len() <= SHORT)),
        None => Line::default(),
    };
    if line.company.is_empty() {
        line.company = company_of(&link);
    }
    for text in [&mut line.title, &mut line.company, &mut line.place] {
        *text = tidy(text);
    }
    Line { link, ..line }
}

/// A word that is a link, without what a sentence puts around it.
fn link_of(word: &str) -> Option<String> {
    let word = word.trim_start_matches(['<', '(', '[', '"']).trim_end_matches(['>', ')', ']', '"', ',', '.', ';']);
    let rest = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"))?;
    rest.contains('.').then(|| word.to_owned())
}

fn without_links(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().filter(|word| link_of(word).is_none()).collect();
    words.join(" ").trim_start_matches(['-', '*', '•', '#', ' ']).to_owned()
}

/// The first line, and the second where the first says only the title.
fn one(first: &str, second: Option<String>) -> Line {
    if let Some((company, rest)) = parted(first, &[" hiring ", " is hiring "]) {
        let rest = rest.split(" | ").next().unwrap_or_default();
        let (title, place) = parted(rest, &[" in "]).unwrap_or((rest, ""));
        return line(title, company.trim_end_matches(" is"), place);
    }
    if let Some((title, rest)) = parted(first, &AT) {
        let (company, place) = at_place(rest);
        return line(title, company, place);
    }
    if let Some((title, rest)) = parted(first, &BETWEEN) {
        let (company, place) = at_place(rest);
        return line(title, company, place);
    }
    // A comma alone: in two it may be part of the title, in three it is not.
    if let Some((title, rest)) = first.split_once(", ")
        && (second.is_none() || rest.contains(", "))
    {
        let (company, place) = at_place(rest);
        return line(title, company, place);
    }
    let second = second.unwrap_or_default();
    let (company, place) = at_place(&second);
    line(first, company, place)
}

fn line(title: &str, company: &str, place: &str) -> Line {
    Line { title: title.into(), company: company.into(), place: place.into(), link: String::new() }
}

/// Company and place.
fn at_place(text: &str) -> (&str, &str) {
    parted(text, &IN).or_else(|| parted(text, &[" in "])).unwrap_or((text, ""))
}

/// Parts a text at the first of these that stands in it, in any case; never at its beginning or end.
fn parted<'a>(text: &'a str, between: &[&str]) -> Option<(&'a str, &'a str)> {
    // Only ASCII changes, so that places stay the same.
    let lower = text.to_ascii_lowercase();
    let found = between.iter().filter_map(|sign| lower.find(sign).map(|at| (at, sign.len()))).min();
    let (at, length) = found?;
    let (before, after) = (text[..at].trim(), text[at + length..].trim());
    (!before.is_empty() && !after.is_empty()).then_some((before, after))
}

/// The company a board's address names.
fn company_of(link: &str) -> String {
    let rest = link.split_once("://").map_or("", |(_, rest)| rest);
    let mut parts = rest.split(['/', '?', '#']);
    let host = parts.next().unwrap_or_default().to_ascii_lowercase();
    if !BOARDS.contains(&host.as_str()) {
        return String::new();
    }
    let words =
        parts.next().unwrap_or_default().split(['-', '_', '.']).filter(|word| !word.is_empty() && !word.contains('%'));
    words.map(capital).collect::<Vec<_>>().join(" ")
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn tidy(text: &str) -> String {
    let text = text.trim().trim_end_matches([',', ';', ':', '|', '·', '-', '–', '—']).trim();
    // One bracket of two is left where the text was parted at the other.
    let text = if text.contains('(') { text } else { text.trim_end_matches(')') };
    text.chars().filter(|c| !c.is_control()).take(FIELD).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(typed: &str) -> [String; 4] {
        let Line { title, company, place, link } = read(typed);
        [title, company, place, link]
    }

    #[test]
    fn lines_people_write() {
        for (typed, title, company, place) in [
            ("Data Engineer at Acme, Berlin", "Data Engineer", "Acme", "Berlin"),
            ("data engineer AT acme", "data engineer", "acme", ""),
            ("Data Engineer @ Acme Mills (Berlin, Germany)", "Data Engineer", "Acme Mills", "Berlin, Germany"),
            ("Data Engineer at Acme in Berlin", "Data Engineer", "Acme", "Berlin"),
            ("Bäcker (m/w/d) bei Müller & Söhne, Zürich", "Bäcker (m/w/d)", "Müller & Söhne", "Zürich"),
            ("Data Engineer – Acme – Berlin", "Data Engineer", "Acme", "Berlin"),
            ("Data Engineer | Acme | Remote", "Data Engineer", "Acme", "Remote"),
            ("Front-end Developer - Acme", "Front-end Developer", "Acme", ""),
            ("Acme hiring Data Engineer in Berlin, Germany | LinkedIn", "Data Engineer", "Acme", "Berlin, Germany"),
            ("Data Engineer, Acme, Berlin, Germany", "Data Engineer", "Acme", "Berlin, Germany"),
            ("Data Engineer", "Data Engineer", "", ""),
            ("at Acme", "at Acme", "", ""),
            (
                "Data Engineer\nAcme · Berlin, Germany (Hybrid)\n\nAbout us",
                "Data Engineer",
                "Acme",
                "Berlin, Germany (Hybrid)",
            ),
            ("• Engineer, Data\nAcme, Berlin", "Engineer, Data", "Acme", "Berlin"),
            ("", "", "", ""),
            (" \n\t", "", "", ""),
        ] {
            assert_eq!(parts(typed), [title, company, place, ""], "{typed}");
        }
    }

    #[test]
    fn links_are_taken_out() {
        assert_eq!(
            parts("Data Engineer at Acme, Berlin <https://jobs.example.org/1?a=b>."),
            ["Data Engineer", "Acme", "Berlin", "https://jobs.example.org/1?a=b"]
        );
        assert_eq!(
            parts("https://boards.greenhouse.io/acme-mills/jobs/123"),
            ["", "Acme Mills", "", "https://boards.greenhouse.io/acme-mills/jobs/123"]
        );
        assert_eq!(parts("https://jobs.example.org/acme"), ["", "", "", "https://jobs.example.org/acme"]);
        for nothing in ["https://", "http://x", "javascript:alert(1)", "ftp://example.org/"] {
            assert_eq!(read(nothing).link, "", "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_pasted_is_read(typed in "\\PC{0,400}") {
            let line = read(&typed);
            for text in [&line.title, &line.company, &line.place] {
                prop_assert!(text.chars().count() <= FIELD && !text.contains('\0'));
            }
        }

        #[test]
        fn so_is_what_looks_like_a_job(typed in "([A-Za-zÀ-ž]{0,9}( at | @ | – |, |\\(| hiring | in |\n|https://a\\.b/|\\)| )?){0,12}") {
            read(&typed);
        }
    }

    #[test]
    fn long_pastes_are_bounded() {
        let long = read(&"ü ".repeat(1_000_000));
        assert_eq!(long.title.chars().count(), FIELD);
    }
}

//! Where the work is done, told from what feeds and people write about it.

use crate::text::{Phrases, folded, has_phrase};
use posting::Remote;
use std::sync::LazyLock;

/// What a field about the workplace means: `OnSite`, `fully remote`, `yes`, `Hybrid (2 days)`. `None` when it says
/// nothing (`Any`, `N/A`).
pub fn parse(word: &str) -> Option<Remote> {
    let word = folded(word.trim());
    let joined: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
    if word.len() > 200 {
        return None;
    }
    match joined.as_str() {
        "yes" | "true" | "1" | "ja" | "y" | "x" => return Some(Remote::Remote),
        "no" | "false" | "0" | "nein" | "n" => return Some(Remote::Onsite),
        _ => {}
    }
    if joined.contains("hybrid") {
        Some(Remote::Hybrid)
    } else if joined.contains("homeoffice") {
        Some(Remote::Remote)
    } else if ["notremote", "noremote", "onsite", "inoffice", "inperson", "office", "vorort"]
        .iter()
        .any(|sign| joined.contains(sign))
    {
        Some(Remote::Onsite)
    } else if ["remote", "telecommut", "workfromhome", "anywhere", "virtual"].iter().any(|sign| joined.contains(sign)) {
        Some(Remote::Remote)
    } else {
        None
    }
}

/// What a place text says about it: `Remote, Italy`, `Berlin (hybrid)`.
pub fn of_location(location: &str) -> Option<Remote> {
    places::parse(location).remote
}

/// What a title says about it beside the role: `Baker (Remote)`, `Baker - Hybrid`, `Remote Office Assistant`; not what
/// it says of the role itself (`Remote Sensing Scientist`).
pub fn of_title(title: &str) -> Option<Remote> {
    let title = folded(title);
    let beside =
        title.split(['(', ')', '[', ']', '|', ',', '/', '–', '—', ':', '·']).flat_map(|part| part.split(" - "));
    let known = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let says = ["remote", "hybrid", "onsite", "on-site", "office"].iter().any(|word| has_phrase(part, word));
        (words.len() <= 4 && says).then(|| parse(part)).flatten()
    };
    let other_sense = [
        "sensing",
        "patient",
        "monitoring",
        "support",
        "control",
        "access",
        "desktop",
        "cloud",
        "infrastructure",
        "learning",
        "mobile",
        "systems",
    ];
    let of_the_role = other_sense
        .iter()
        .any(|word| has_phrase(&title, &format!("remote {word}")) || has_phrase(&title, &format!("hybrid {word}")));
    if of_the_role {
        return None;
    }
    if title.starts_with("remote ") {
        return Some(Remote::Remote);
    }
    let mut parts = beside;
    parts.find_map(|part| {
        let starts_or_ends = ["remote", "hybrid", "onsite", "on-site", "in-office", "fully remote", "100% remote"]
            .iter()
            .any(|word| part.trim().starts_with(word) || part.trim().ends_with(word));
        if starts_or_ends { known(part) } else { None }
    })
}

/// A stated workplace beside what the place says. On site, yet remote is offered as one of the places: in between.
pub fn combine(stated: Option<Remote>, place: Option<Remote>) -> Option<Remote> {
    match (stated, place) {
        (Some(Remote::Onsite), Some(Remote::Remote)) => Some(Remote::Hybrid),
        (stated, place) => stated.or(place),
    }
}

static HYBRID: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "hybrid role; hybrid position; hybrid work; hybrid working; hybrid schedule; hybrid model; hybrid job; \
     hybrid office; hybrid policy; hybrid setup; hybrid environment; hybrid basis; hybrid arrangement; hybrid \
     workplace; is hybrid; is a hybrid; as 'hybrid'; as a hybrid; location: hybrid; work type: hybrid; hybrides \
     arbeiten; hybrid in; hybrid -; (hybrid)",
    )
});

static ONSITE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "not a remote; not remote; no remote; on-site role; onsite role; on-site position; onsite position; \
     in-person role; in person role; in-person position; in-office role; in office role; fully on-site; fully \
     onsite; fully in-person; fully in person; fully in-office; 100% on-site; 100% onsite; is on-site; is \
     onsite; is in-person; is in person; is in-office; is an on-site; is an in-person; is an in-office; \
     performed on site; performed on-site; performed onsite; work on-site; five days a week in",
    )
});

static REMOTE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "fully remote; 100% remote; fully-remote; remote role; remote position; remote job; remote opportunity; \
     remote-first; remote first; all-remote; all remote; work remotely; working remotely; is remote; is a \
     remote; are remote; location: remote; remote location; work from anywhere; work-from-anywhere; work from \
     home; remote (; (remote); remote within; remote in the; remote from; permanently remote; remote work from; \
     remote - ; remote opportunities; 100 % remote; vollständig remote",
    )
});

/// What a description says in so many words, the more binding first. `None` when it says nothing sure.
pub fn of_text(text: &str) -> Option<Remote> {
    if let Some(labelled) = of_label(text) {
        return Some(labelled);
    }
    let text = folded(text);
    if HYBRID.any(&text) || days_in_office(&text).is_some_and(|days| days < 5) {
        Some(Remote::Hybrid)
    } else if ONSITE.any(&text) || days_in_office(&text).is_some() {
        Some(Remote::Onsite)
    } else if REMOTE.any(&text) {
        Some(Remote::Remote)
    } else {
        None
    }
}

/// `Telecommuting Options: Onsite`, on one line or with the answer on the next.
fn of_label(text: &str) -> Option<Remote> {
    const LABELS: &[&str] = &[
        "telecommuting options",
        "telework eligible",
        "work arrangement",
        "workplace",
        "workplace type",
        "work type",
        "work model",
        "work mode",
        "working model",
        "remote type",
        "location type",
        "remote",
        "work environment",
    ];
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    while let Some(line) = lines.next() {
        let Some((label, value)) = line.split_once(':').filter(|(label, _)| label.len() <= 40) else { continue };
        if LABELS.contains(&folded(label).trim_start_matches("- ")) {
            let value = if value.trim().is_empty() { lines.peek().copied().unwrap_or_default() } else { value };
            if let Some(remote) = Some(value).filter(|value| value.len() <= 60).and_then(parse) {
                return Some(remote);
            }
        }
    }
    None
}

/// `3 days a week in our office`, `in the office 2 days per week`, `5 days/week in-office`.
fn days_in_office(text: &str) -> Option<u32> {
    [
        "days a week",
        "days per week",
        "days/week",
        "days each week",
        "days in the office",
        "days in office",
        "days in-office",
        "days in our",
        "days onsite",
        "days on-site",
    ]
    .iter()
    .flat_map(|phrase| text.match_indices(phrase).take(5))
    .find_map(|(at, phrase)| {
        let before = text[..at].trim_end_matches([' ', '+']);
        let word = before.rsplit([' ', '-', '–', '(', '/']).next()?;
        let days = match word {
            "one" => 1,
            "two" => 2,
            "three" => 3,
            "four" => 4,
            "five" => 5,
            digits => digits.parse().ok().filter(|days| (1..=7).contains(days))?,
        };
        let start = text.floor_char_boundary(at.saturating_sub(60));
        let end = text.floor_char_boundary(at + phrase.len() + 50);
        let near = &text[start..end];
        ["office", "on-site", "onsite", "in-person", "in person"]
            .iter()
            .any(|place| has_phrase(near, place))
            .then_some(days)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_feeds() {
        for (word, expected) in [
            ("Remote", Some(Remote::Remote)),
            ("OnSite", Some(Remote::Onsite)),
            ("On-Site", Some(Remote::Onsite)),
            ("on site", Some(Remote::Onsite)),
            ("In Office", Some(Remote::Onsite)),
            ("hybrid", Some(Remote::Hybrid)),
            ("Hybrid (2 days remote)", Some(Remote::Hybrid)),
            ("Fully remote", Some(Remote::Remote)),
            ("Home-Office", Some(Remote::Remote)),
            ("yes", Some(Remote::Remote)),
            ("FALSE", Some(Remote::Onsite)),
            ("N/A", None),
            ("unspecified", None),
            ("", None),
        ] {
            assert_eq!(parse(word), expected, "{word}");
        }
    }

    #[test]
    fn words_of_descriptions() {
        for (text, expected) in [
            ("This is a fully remote role.", Some(Remote::Remote)),
            ("You will work remotely from Portugal.", Some(Remote::Remote)),
            ("Our hybrid work model lets you choose.", Some(Remote::Hybrid)),
            ("We meet 3 days a week in our Lyon office.", Some(Remote::Hybrid)),
            ("In the office three days per week.", Some(Remote::Hybrid)),
            ("This role is based in our Turin office 5 days/week.", Some(Remote::Onsite)),
            ("This is an on-site position.", Some(Remote::Onsite)),
            ("This is not a remote position.", Some(Remote::Onsite)),
            ("Telecommuting Options:\n\nOnsite\n\nRemote sites are visited.", Some(Remote::Onsite)),
            ("Workplace type: Hybrid", Some(Remote::Hybrid)),
            ("We train 5 days a week.", None),
            ("Design hybrid clouds and remote sensors.", None),
            ("", None),
        ] {
            assert_eq!(of_text(text), expected, "{text}");
        }
    }

    #[test]
    fn words_of_titles() {
        for (title, expected) in [
            ("Baker (Remote)", Some(Remote::Remote)),
            ("Baker - Hybrid", Some(Remote::Hybrid)),
            ("Remote Office Assistant", Some(Remote::Remote)),
            ("Sound Engineer - Fully Remote | Upto $14/hr", Some(Remote::Remote)),
            ("Baker, Remote US", Some(Remote::Remote)),
            ("Remote Sensing Scientist", None),
            ("Hybrid Cloud Engineer", None),
            ("Distributed Systems Engineer", None),
            ("Office Manager", None),
            ("Baker", None),
        ] {
            assert_eq!(of_title(title), expected, "{title}");
        }
    }
}

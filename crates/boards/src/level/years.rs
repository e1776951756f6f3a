use crate::sections::{Kind, Line};
use crate::text::folded;
use posting::Level;

/// The level that this many years of experience stand for.
pub fn level(years: u32) -> Option<Level> {
    Some(match years {
        0..=1 => Level::Entry,
        2..=4 => Level::Mid,
        _ => Level::Senior,
    })
}

/// The years of experience a text asks for: the most that any line outside of wishes and company talk asks for at least.
pub fn asked(lines: &[Line<'_>]) -> Option<u32> {
    lines
        .iter()
        .filter(|line| matches!(line.kind, Kind::Requirements | Kind::Responsibilities | Kind::Open))
        .filter(|line| ["ear", "yr", "Yr", "ahr", "YEAR", "YR", "JAHR"].iter().any(|part| line.text.contains(part)))
        .filter_map(|line| years_in(&folded(line.text)))
        .max()
}

/// `5+ years of experience`, `3-5 years' experience`, `at least two years of professional work`.
fn years_in(line: &str) -> Option<u32> {
    let mut most = None;
    for unit in ["years", "year", "yrs", "jahre", "jahren"] {
        for (at, _) in line.match_indices(unit).take(10) {
            let end = at + unit.len();
            if line[end..].starts_with(char::is_alphanumeric) {
                continue;
            }
            let before = &line[line.floor_char_boundary(at.saturating_sub(24))..at];
            let Some(years) = years_before(before) else { continue };
            let after = &line[end..end + line[end..].floor_char_boundary(90)];
            let lead_in = &line[line.floor_char_boundary(at.saturating_sub(70))..at];
            let about = |word: &str| after.contains(word) || lead_in.contains(word);
            let asked =
                ["experience", "erfahrung", "expertise", "background", "track record"].iter().any(|word| about(word));
            let wished =
                ["preferred", "nice to have", "a plus", "bonus", "ideally"].iter().any(|word| after.contains(word));
            // "over 20 years of combined experience" is the company's, "18 years of age" nobody's.
            let company =
                ["combined", "we have", "our ", "company", "founded", "for over", "of age", "years old", "years ago"]
                    .iter()
                    .any(|word| about(word));
            if asked && !wished && !company && years <= 20 {
                most = most.max(Some(years));
            }
        }
    }
    most
}

/// The least number of a range that stands directly before the word `years`.
fn years_before(before: &str) -> Option<u32> {
    let tight = before.trim_end_matches([' ', '+', '’', '\'', '(', ')', '-']);
    let tight = tight.strip_suffix("or more").unwrap_or(tight).trim_end();
    let word = |text: &str| -> Option<u32> {
        let last = text.rsplit([' ', '(', '-', '–', '—', '/', '+', '~', '>', '≥', ':']).next()?;
        match last {
            "one" | "ein" | "a" => Some(1),
            "two" | "zwei" => Some(2),
            "three" | "drei" => Some(3),
            "four" | "vier" => Some(4),
            "five" | "fünf" => Some(5),
            "six" => Some(6),
            "seven" => Some(7),
            "eight" => Some(8),
            "nine" => Some(9),
            "ten" => Some(10),
            digits => digits.parse().ok().filter(|years| *years <= 40),
        }
    };
    let high = word(tight)?;
    // `3-5`, `3 – 5`, `3 to 5`: the lower end is what is asked for at least.
    let cut = tight.trim_end_matches(char::is_alphanumeric);
    let joined = cut.trim_end().trim_end_matches('+').trim_end();
    let low = ["-", "–", "—", " to", " bis", "+ to"]
        .iter()
        .find_map(|join| joined.strip_suffix(join))
        .and_then(|rest| word(rest.trim_end_matches(['+', ' '])));
    Some(low.filter(|low| *low < high).unwrap_or(high))
}

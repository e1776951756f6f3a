//! Why a job stands higher or lower, in a sentence.

use super::taste::{Kind, Tally};

/// The two things that count most, in the direction it moved; nothing where it did not move.
pub fn why(points: i8, told: &[(Kind, f64, &Tally)]) -> Option<String> {
    if points == 0 {
        return None;
    }
    let up = points > 0;
    let mut reasons: Vec<_> = told.iter().filter(|(_, worth, _)| *worth != 0.0 && (*worth > 0.0) == up).collect();
    // Equal ones stay in the order of the kinds.
    reasons.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
    let reasons: Vec<String> = reasons.iter().take(2).map(|(kind, _, tally)| jobs(*kind, tally, up)).collect();
    let did = if up { "you liked" } else { "you turned down" };
    Some(format!("{}: {did} {}.", degree(points), reasons.join(", and ")))
}

/// Of a job that was turned down itself.
pub fn turned_down(most: i8) -> String {
    format!("{}: you turned this one down.", degree(-most))
}

fn degree(points: i8) -> String {
    let (which, sign) = if points > 0 { ("higher", "+") } else { ("lower", "−") };
    let number = points.unsigned_abs();
    let much = match number {
        0..5 => "A little ",
        5..10 => "",
        _ => "Much ",
    };
    let mut words = [much, which].concat();
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    format!("{words} ({sign}{number})")
}

/// `3 jobs with Rust`, `2 of 5 jobs at Acme Mills`.
fn jobs(kind: Kind, tally: &Tally, up: bool) -> String {
    let (with, against) = if up { (tally.liked, tally.turned_down) } else { (tally.turned_down, tally.liked) };
    let all = with + against;
    let number = if against == 0 { with.to_string() } else { format!("{with} of {all}") };
    let noun = if all == 1 { "job" } else { "jobs" };
    let label = &tally.label;
    match kind {
        Kind::Title => format!("{number} {noun} with “{label}” in the title"),
        Kind::Skill => format!("{number} {noun} with {label}"),
        Kind::Company => format!("{number} {noun} at {label}"),
        Kind::Place => format!("{number} {noun} in {label}"),
        Kind::Level => format!("{number} {label} {noun}"),
    }
}

//! What speaks against a real opening behind a posting.

mod pay;

use crate::pattern::Patterns;
use crate::words::words;
use std::sync::LazyLock;

/// From this sum of weights on, doubts are worth a note. No single doubt reaches it but being posted again and again.
pub const NOTE_FROM: u32 = 50;

/// Posted again fewer times is usual.
const REPOSTS: u32 = 2;
/// Most openings are filled within eight weeks; three months is long, six very long.
const LONG_DAYS: i64 = 90;
const VERY_LONG_DAYS: i64 = 180;
/// The same title in so many places at once is an advertisement for the company.
const SAME_TITLE: u32 = 10;
/// So many of a company's open postings share one title.
const SAME_TITLE_SHARE: f64 = 0.5;
/// A text of fewer words hardly describes work.
const FEW_WORDS: usize = 60;

static EVERGREEN: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(include_str!("../data/evergreen.txt")));
static TEAM: LazyLock<Patterns> = LazyLock::new(|| Patterns::of(include_str!("../data/team.txt")));

/// What is known about a posting.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signals<'a> {
    pub title: &'a str,
    pub text: &'a str,
    /// How often the same opening was posted again.
    pub reposts: u32,
    /// Days since it, or the first posting of the same opening, was first seen.
    pub days_open: i64,
    pub pay_named: bool,
    /// The place where the work is, as written.
    pub place: &'a str,
    /// Open postings of the same company, if known.
    pub company_open: Option<u32>,
    /// Other open postings of the same company with the same title.
    pub same_title_open: u32,
}

/// One thing that speaks against a real opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// A sentence: `It was posted again 4 times.`
    pub reason: String,
    /// What it was told by: the words of the text, or the numbers.
    pub evidence: String,
    /// See [`NOTE_FROM`].
    pub weight: u32,
}

/// What speaks against a real opening behind the posting, the heaviest first.
///
/// The weights are set by hand, not learned: a pool for later or four reposts weigh 40 and more, what many honest
/// postings show too (no pay, no team) 10 to 15.
pub fn doubts(signals: &Signals<'_>) -> Vec<Doubt> {
    let found = [
        evergreen(signals),
        again(signals),
        long_open(signals),
        pay::missing(signals),
        everywhere(signals),
        says_little(signals),
        no_team(signals),
    ];
    let mut doubts: Vec<Doubt> = found.into_iter().flatten().collect();
    doubts.sort_by_key(|doubt| std::cmp::Reverse(doubt.weight));
    doubts
}

/// Whether the doubts are enough for a note "may not be a real opening". Never part of a score.
pub fn worth_a_note(doubts: &[Doubt]) -> bool {
    doubts.iter().map(|doubt| doubt.weight).sum::<u32>() >= NOTE_FROM
}

fn evergreen(signals: &Signals<'_>) -> Option<Doubt> {
    let told = |text: &str, weight| {
        let words = words(text);
        let found = EVERGREEN.found(&words).next()?;
        let said = text.get(words[found.start].bytes.start..words[found.end - 1].bytes.end)?;
        Some(Doubt {
            reason: "It gathers people for later rather than for one opening.".into(),
            evidence: format!("It says “{}”.", said.split_whitespace().collect::<Vec<_>>().join(" ")),
            weight,
        })
    };
    // In the text it may be a line at the end, as many postings have one; in the title it is what the posting is.
    told(signals.title, 45).or_else(|| told(signals.text, 25))
}

fn again(signals: &Signals<'_>) -> Option<Doubt> {
    let times = signals.reposts;
    let weight = match times {
        0..REPOSTS => return None,
        2 => 20,
        3 => 35,
        _ => 50,
    };
    Some(Doubt {
        reason: "It is posted again and again.".into(),
        evidence: format!("It was posted again {times} times in {} days.", signals.days_open),
        weight,
    })
}

fn long_open(signals: &Signals<'_>) -> Option<Doubt> {
    let days = signals.days_open;
    let weight = match days {
        VERY_LONG_DAYS.. => 30,
        LONG_DAYS.. => 15,
        _ => return None,
    };
    Some(Doubt {
        reason: "It has been open for long.".into(),
        evidence: format!("It was first seen {days} days ago."),
        weight,
    })
}

fn everywhere(signals: &Signals<'_>) -> Option<Doubt> {
    let count = signals.same_title_open;
    let share = signals.company_open.map(|all| f64::from(count + 1) / f64::from(all.max(count + 1)));
    (count >= SAME_TITLE && share.is_none_or(|share| share >= SAME_TITLE_SHARE)).then(|| Doubt {
        reason: "The company lists the same title many times at once.".into(),
        evidence: match signals.company_open {
            Some(all) => format!("{count} other postings of its {all} have this title."),
            None => format!("{count} other postings of the company have this title."),
        },
        weight: 15,
    })
}

fn says_little(signals: &Signals<'_>) -> Option<Doubt> {
    let count = words(signals.text).len();
    (count > 0 && count < FEW_WORDS).then(|| Doubt {
        reason: "It hardly describes the work.".into(),
        evidence: format!("Its text has {count} words."),
        weight: 10,
    })
}

fn no_team(signals: &Signals<'_>) -> Option<Doubt> {
    let words = words(signals.text);
    (words.len() >= FEW_WORDS && TEAM.found(&words).next().is_none()).then(|| Doubt {
        reason: "It names neither a team nor anybody to report to.".into(),
        evidence: "Such words were looked for in the text and not found.".into(),
        weight: 10,
    })
}

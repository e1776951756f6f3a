/// From this sum of weights on, doubts are worth a note.
pub const NOTE_FROM: u32 = 50;

/// What is known about a posting beside its text.
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
    /// Open postings of the same company with the same title in other places.
    pub same_title_open: u32,
}

/// One thing that speaks against a real opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// A sentence: `It was posted again four times.`
    pub reason: String,
    /// What it was told by: the words of the text, or the numbers.
    pub evidence: String,
    /// See [`NOTE_FROM`].
    pub weight: u32,
}

/// What speaks against a real opening behind the posting, the heaviest first.
pub fn doubts(signals: &Signals<'_>) -> Vec<Doubt> {
    let _ = signals;
    Vec::new()
}

/// Whether the doubts are enough for a note "may not be a real opening". Never part of a score.
pub fn worth_a_note(doubts: &[Doubt]) -> bool {
    doubts.iter().map(|doubt| doubt.weight).sum::<u32>() >= NOTE_FROM
}

//! What to do about a message: its kind and its application taken together.

use crate::{Candidate, Kind, Message, Reason, Recognised, chance};

/// From here on it may be done without asking.
pub const SURE: u8 = 95;
/// From here on it is worth a question.
pub const ASK: u8 = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Sure,
    Ask,
    Ignore,
}

/// Where an application goes by a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Applied,
    Rejected,
    Interview,
    Offer,
}

/// What the message would do to its application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    SetStage(Stage),
    /// Make an interview out of [`Message::calendar`].
    MakeInterview,
    /// Keep it with the application, change nothing.
    Note,
}

/// What a message means, how sure that is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub outcome: Outcome,
    /// That kind and application are both right, 0 to 100.
    pub confidence: u8,
    pub kind: Kind,
    /// The application it most likely belongs to.
    pub application: Option<String>,
    /// Others at the same company that fit about as well: somebody has to choose.
    pub or: Vec<String>,
    /// Empty when it is ignored.
    pub actions: Vec<Action>,
    /// Sentences, the most important first.
    pub reasons: Vec<String>,
}

/// A share below this among the applications at a company leaves open which one is meant.
const DECIDED: u8 = 75;
/// How sure a message without a kind is that answers within a thread: worth keeping, if somebody says so.
const SMALL_TALK: f64 = 0.6;

/// Makes the product of kind, application and matter as sure as it was right on the labelled messages.
const TOGETHER: f64 = 1.4;

/// Puts together what a message is and where it belongs.
pub fn judge(message: &Message, recognised: &Recognised, candidates: &[Candidate]) -> Verdict {
    let best = candidates.first();
    let undecided = best.is_some_and(|best| best.share < DECIDED);
    let or: Vec<String> = match best {
        Some(best) if undecided => (candidates[1..].iter())
            .filter(|other| other.share < DECIDED && u16::from(other.share) + 20 >= u16::from(best.share))
            .map(|other| other.id.clone())
            .collect(),
        _ => Vec::new(),
    };
    let confidence = best.map_or(0.0, |best| confidence(message, recognised, best, undecided));
    let confidence = chance::percent(confidence);
    let outcome = match confidence {
        SURE.. => Outcome::Sure,
        ASK.. => Outcome::Ask,
        _ => Outcome::Ignore,
    };
    let actions = if outcome == Outcome::Ignore { Vec::new() } else { actions(message, recognised.kind) };
    let reasons = reasons(recognised, best, undecided);
    let application = best.filter(|_| outcome != Outcome::Ignore).map(|best| best.id.clone());
    Verdict { outcome, confidence, kind: recognised.kind, application, or, actions, reasons }
}

fn confidence(message: &Message, recognised: &Recognised, best: &Candidate, undecided: bool) -> f64 {
    let part = |percent: u8| f64::from(percent) / 100.0;
    let thread = best.has(|reason| *reason == Reason::SameThread);
    let titled = best.has(|reason| matches!(reason, Reason::TitleInSubject | Reason::TitleInText));
    let kind = match recognised.kind {
        Kind::Alert | Kind::Outreach => return 0.0,
        Kind::Other if thread => SMALL_TALK,
        Kind::Other => return 0.0,
        _ => part(recognised.confidence),
    };
    // That it is about work may be said by the message or follow from what it refers to.
    let referred = [
        (thread, 0.95),
        (titled, 0.85),
        (best.has(|reason| matches!(reason, Reason::Contact(_))), 0.7),
        (best.has(|reason| matches!(reason, Reason::Domain(_))), 0.6),
    ];
    let work = chance::any([part(recognised.work)].into_iter().chain(referred.iter().filter(|r| r.0).map(|r| r.1)));
    let elsewhere = part(recognised.elsewhere) * if titled || thread { 0.3 } else { 1.0 };
    let mut sure = kind * part(best.score) * (0.3 + 0.7 * work) * (1.0 - elsewhere.powi(2));
    if !undecided {
        sure *= 0.9 + 0.1 * part(best.share);
    }
    // The three go together more often than by chance, so their product says too little.
    let sure = 1.0 - (1.0 - sure).powf(TOGETHER);
    // Somebody has to look at what is open, or came by way of somebody else.
    if undecided || message.forwarded.is_some() { sure.min(part(SURE - 1)) } else { sure }
}

fn actions(message: &Message, kind: Kind) -> Vec<Action> {
    match kind {
        Kind::Receipt => vec![Action::SetStage(Stage::Applied)],
        Kind::Rejection => vec![Action::SetStage(Stage::Rejected)],
        Kind::Offer => vec![Action::SetStage(Stage::Offer)],
        Kind::Invitation if message.calendar.is_some() => {
            vec![Action::SetStage(Stage::Interview), Action::MakeInterview]
        }
        Kind::Invitation => vec![Action::SetStage(Stage::Interview)],
        _ => vec![Action::Note],
    }
}

fn reasons(recognised: &Recognised, best: Option<&Candidate>, undecided: bool) -> Vec<String> {
    let mut all: Vec<String> = recognised.evidence.iter().take(8).map(|one| format!("{one}.")).collect();
    match best {
        Some(best) => all.extend(best.reasons.iter().map(|(reason, _)| reason.to_string())),
        None => all.push("No application fits it.".into()),
    }
    if undecided {
        all.push("Several applications at this company fit it alike.".into());
    }
    all
}

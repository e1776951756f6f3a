use super::Kind;
use crate::text::{Phrases, folded};
use std::sync::LazyLock;

/// Longer lines are sentences.
const HEADING_CHARS: usize = 90;

/// Phrases that headings use, in the order in which they decide: a wish (`Preferred qualifications`) before a must
/// (`Qualifications`), and both before the rest.
static PREFERRED: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "nice to have; nice-to-have; nice to haves; nice-to-haves; preferred; bonus points; bonus; bonuses if; \
     desirable; desired; pluses; a plus; plus if; good to have; great to have; extra credit; it would be great \
     if; even better; stand out; set you apart; sets you apart; optional; ideally; von vorteil; wünschenswert; \
     idealerweise; brownie points",
    )
});

static OFFER: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "what you can expect as; recruitment philosophy; after you apply; in the news; benefits; where you'll be; \
     where you will be; where you'll work; where you will work; travel required; visa sponsorship; perks; what \
     we offer; we offer; our offer; offer you; what you'll get; what you will get; you'll get; why join; why \
     work; why us; why you'll love; why you will love; what's in it for you; in it for you; compensation; \
     salary; pay range; pay transparency; base pay; equal opportunity; equal employment; eeo; diversity; \
     inclusion; accommodation; accommodations; privacy; how to apply; application process; interview process; \
     hiring process; our process; next steps; to apply; notice; notices; disclaimer; referral instructions; \
     legal; e-verify; background check; wir bieten; was wir bieten; das bieten wir; unser angebot; deine \
     vorteile; ihre vorteile; benefits bei uns; bewerbung; bewirb dich; kontakt; was dich erwartet bei uns; das \
     erwartet dich bei uns; warum; how we're different; come work with us; life at; total rewards; country \
     hiring guidelines; additional information; remuneration",
    )
});

static ABOUT: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "about us; who we are; our mission; our story; our values; our culture; the company; \
     about the company; über uns; wer wir sind; our team; the team; about the team; about our team; company \
     description; location; overview; summary; about the opportunity; company overview; our vision; position \
     summary",
    )
});

static REQUIREMENTS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "is this you; be successful in; what we will look for; what we'll look for; make us love you; makes you a \
     great fit; makes you a fit; background and experience; what you will need; what you'll need to; key \
     criteria; we'd love to see; we'd love to hear from you if; this role is for you if; you should apply if; \
     requirements; requirement; required; qualifications; qualification; what we're looking for; what we are \
     looking for; we're looking for; we are looking for; looking for someone; who we're looking for; who you \
     are; about you; you have; you'll have; you will have; you bring; you'll bring; you will bring; what you \
     bring; what you'll bring; what you'll need; what you need; you'll need; you need; you should have; must \
     have; must-have; must haves; must-haves; skills; your profile; your background; your experience; your \
     skills; your qualifications; experience you; the ideal candidate; ideal candidate; ideal profile; you \
     might be; you may be a good fit; good fit if; you are a fit; great fit if; a fit if; you're a fit; you \
     might thrive; you could be a fit; what we value; what we look for; what we require; to succeed; what you \
     have; who are you; you are; profil; dein profil; ihr profil; dein hintergrund; anforderungen; das bringst \
     du mit; was du mitbringst; du bringst mit; das bringen sie mit; was sie mitbringen; qualifikationen; \
     qualifikation; wir erwarten; zeichnet sie aus; zeichnet dich aus; dich auszeichnet; voraussetzungen; was \
     du brauchst; wen wir suchen; education",
    )
});

static RESPONSIBILITIES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "what you can expect; you'll achieve; you will achieve; you'll accomplish; role overview; expectations of \
     this role; make an impact; you'll be working on; you will also; you'll also; responsibilities; \
     responsibility; responsible for; what you'll do; what you will do; what you'll be doing; what you will be \
     doing; you'll be doing; what you'll work on; your role; the role; your tasks; tasks; duties; job duties; \
     key duties; your impact; the impact you'll; how you'll contribute; how you will contribute; what you'll \
     own; what you will own; your mission; day to day; day-to-day; in this role; as a; as an; the job; the \
     work; projects you; about the role; about the job; about the position; the position; your day; a day in \
     the life; job description; role description; position description; what the job; key accountabilities; \
     accountabilities; scope of work; key areas; what we need you to do; aufgaben; deine aufgaben; ihre \
     aufgaben; tätigkeiten; deine rolle; die rolle; das erwartet dich; was dich erwartet; dein aufgabenbereich; \
     vos missions; missions",
    )
});

static TOOLS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "tech stack; technology stack; our stack; our tech; the stack; technologies; tools you'll use; technologies we use; tools we use; technology we use",
    )
});

/// What a line that looks like a heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Known(Kind),
    /// A heading by its looks, of words that say nothing here.
    Unknown,
}

/// The heading that a line is, if it is one.
pub fn found(line: &str) -> Option<Found> {
    let line = line.trim();
    if line.len() > 4 * HEADING_CHARS || line.chars().count() > HEADING_CHARS || !looks_like_heading(line) {
        return None;
    }
    known(line).map(Found::Known).or_else(|| stands_out(line).then_some(Found::Unknown))
}

/// Headings under which mostly prose about the role stands, or anything at all.
pub fn is_weak(heading: &str) -> bool {
    let heading = folded(heading);
    WEAK.any(&heading)
}

static WEAK: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "the role; your role; the job; the position; the work; as a; as an; as an; job description; role \
     description; position description; die rolle; deine rolle",
    )
});

/// The kind that a heading's own words name.
pub fn known(heading: &str) -> Option<Kind> {
    if heading.len() > 4 * HEADING_CHARS || heading.chars().count() > HEADING_CHARS {
        return None;
    }
    // A quotation mark is a slip for the apostrophe beside it on the keyboard.
    let heading = folded(heading).replace('"', "'");
    let heading = heading.trim_matches(|c: char| !c.is_alphanumeric());
    let words = heading.split(' ').count();
    let names = |phrases: &Phrases| phrases.found(heading).any(|(phrase, at)| at == 0 || fits(words, phrase));
    if names(&PREFERRED) {
        Some(Kind::Preferred)
    } else if names(&OFFER) {
        Some(Kind::Offer)
    } else if names(&REQUIREMENTS) || matches!(heading, "you" | "profile" | "experience" | "must have") {
        Some(Kind::Requirements)
    } else if names(&RESPONSIBILITIES) || matches!(heading, "you will" | "you'll" | "role" | "do" | "mission") {
        Some(Kind::Responsibilities)
    } else if names(&TOOLS) {
        Some(Kind::Tools)
    } else if names(&ABOUT) {
        Some(Kind::Open)
    } else {
        None
    }
}

/// A short phrase in a long line is a word of a sentence, not its heading.
fn fits(words: usize, phrase: &str) -> bool {
    words <= phrase.split(' ').count() * 3 + 3
}

/// Not a sentence: no full stop at its end, none inside.
fn looks_like_heading(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| matches!(c, ':' | '?' | '!' | '…' | '*' | '_') || c.is_whitespace());
    !line.is_empty()
        && !line.ends_with(['.', ',', ';'])
        && !line.contains(". ")
        && line.chars().any(char::is_alphabetic)
}

/// An unknown heading shows by its ending, by capitals, or by being just a few words.
fn stands_out(line: &str) -> bool {
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().count() > 3 && letters().all(char::is_uppercase);
    let words = line.split_whitespace().count();
    let capitalized = line.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    capitals || (words <= 9 && line.ends_with(':')) || (words <= 6 && capitalized && !line.contains(','))
}

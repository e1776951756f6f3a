//! Which lines of a posting are its frame: the company about itself, what it offers, equal treatment. All its postings share
//! them, so they say nothing about the opening.

use super::words;

/// A line and whether it belongs to the frame.
pub struct Line<'a> {
    pub text: &'a str,
    pub is_frame: bool,
}

/// Longer lines are no headings.
const HEADING_WORDS: usize = 8;

/// Headings over the company's own praise and its offer. Folded; the heading has to begin with one of them.
const OPENS: &[&str] = &[
    "about us",
    "about the company",
    "about our company",
    "who we are",
    "our company",
    "company description",
    "company overview",
    "our story",
    "our mission",
    "our values",
    "our culture",
    "life at",
    "what we offer",
    "we offer",
    "our offer",
    "benefits",
    "perks",
    "what you get",
    "what you ll get",
    "what s in it for you",
    "why us",
    "why join us",
    "why work",
    "compensation and benefits",
    "equal opportunity",
    "equal employment",
    "eeo",
    "diversity",
    "uber uns",
    "wer wir sind",
    "das unternehmen",
    "unser unternehmen",
    "wir uber uns",
    "wir bieten",
    "das bieten wir",
    "was wir bieten",
    "unser angebot",
    "unsere leistungen",
    "deine vorteile",
    "ihre vorteile",
    "warum wir",
    "qui sommes nous",
    "a propos",
    "l entreprise",
    "notre entreprise",
    "presentation de l entreprise",
    "nos avantages",
    "vos avantages",
    "les avantages",
    "avantages",
    "nous offrons",
    "ce que nous offrons",
    "nous vous offrons",
    "sobre nosotros",
    "quienes somos",
    "la empresa",
    "nuestra empresa",
    "que ofrecemos",
    "ofrecemos",
    "te ofrecemos",
    "se ofrece",
    "beneficios",
];

/// What sentences about equal treatment, privacy and agencies say. Folded.
const SAYS: &[&str] = &[
    "equal opportunity",
    "equal employment",
    "equal opportunities",
    "without regard to",
    "regardless of race",
    "regardless of gender",
    "protected veteran",
    "sexual orientation",
    "gender identity",
    "reasonable accommodation",
    "e verify",
    "background check",
    "prohibits discrimination",
    "affirmative action",
    "disability confident",
    "unabhangig von geschlecht",
    "unabhangig von herkunft",
    "sexueller identitat",
    "sexueller orientierung",
    "schwerbehinderte",
    "gleicher eignung",
    "gleich welcher herkunft",
    "gleichstellung",
    "chancengleichheit",
    "situation de handicap",
    "sans distinction",
    "egalite des chances",
    "a competences egales",
    "igualdad de oportunidades",
    "no discriminamos",
    "sin importar genero",
    "proteccion de datos",
    "datenschutz",
    "privacy notice",
    "donnees personnelles",
];

/// The lines of a text that are not empty.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut in_frame = false;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let folded = words(line).join(" ");
        if is_heading(line, &folded) {
            in_frame = OPENS.iter().any(|open| begins(&folded, open));
            lines.push(Line { text: line, is_frame: true });
        } else {
            let is_frame = in_frame || SAYS.iter().any(|phrase| folded.contains(phrase));
            lines.push(Line { text: line, is_frame });
        }
    }
    lines
}

fn begins(line: &str, open: &str) -> bool {
    line.strip_prefix(open).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn is_heading(line: &str, folded: &str) -> bool {
    let words = folded.split(' ').count();
    boards::text::bullet(line).is_none()
        && words <= HEADING_WORDS
        && !line.ends_with(['.', ',', ';', '…'])
        && !line.chars().any(|c| c.is_ascii_digit())
}

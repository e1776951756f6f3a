//! Which lines of a posting are its frame: the company about itself, what it offers, equal treatment. All its postings
//! share them, so they say nothing about the opening.

use super::lines::Line;
use boards::text::Phrases;
use std::sync::LazyLock;

/// Longer lines are no headings.
const HEADING_WORDS: usize = 8;

/// Headings over the company's own praise and its offer, folded; a heading has to begin with one of them.
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

/// What lines about equal treatment and privacy say, folded.
static SAYS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "equal opportunity; equal employment; equal opportunities; without regard to; regardless of race; \
     regardless of gender; protected veteran; sexual orientation; gender identity; reasonable accommodation; \
     e verify; background check; prohibits discrimination; affirmative action; disability confident; \
     unabhangig von geschlecht; unabhangig von herkunft; sexueller identitat; sexueller orientierung; \
     schwerbehinderte; gleicher eignung; gleich welcher herkunft; gleichstellung; chancengleichheit; \
     situation de handicap; sans distinction; egalite des chances; a competences egales; \
     igualdad de oportunidades; no discriminamos; sin importar genero; proteccion de datos; \
     datenschutz; privacy notice; donnees personnelles",
    )
});

/// Whether a line belongs to the frame. `within` says whether the heading above opened one, and is kept up to date.
pub fn is_frame(line: &Line, folded: &str, within: &mut bool) -> bool {
    if is_heading(line) {
        *within = OPENS.iter().any(|open| begins(folded, open));
        return true;
    }
    *within || SAYS.any(folded)
}

fn begins(line: &str, open: &str) -> bool {
    line.strip_prefix(open).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn is_heading(line: &Line) -> bool {
    !line.is_item && line.words.len() <= HEADING_WORDS && !line.is_closed && !line.has_digits
}

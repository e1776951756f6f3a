//! What the words of a stage column mean.

/// Where an application stands, as far as words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Meaning {
    Interested,
    Applied,
    Screening,
    Interview,
    Offer,
    Accepted,
    Rejected,
    Withdrawn,
    /// Nobody answered.
    Ghosted,
}

use Meaning::*;

/// Words and beginnings of words, the surest first: “offer declined” is no offer, “interview rejected” no interview.
const WORDS: &[(Meaning, &[&str])] = &[
    (
        Ghosted,
        &[
            "ghost",
            "no response",
            "no answer",
            "no reply",
            "keine antwort",
            "keine rückmeldung",
            "sans réponse",
            "pas de réponse",
        ],
    ),
    (
        Withdrawn,
        &[
            "withdr",
            "declined offer",
            "offer declined",
            "i declined",
            "zurückgezogen",
            "rückzug",
            "abgesagt von mir",
            "retiré",
            "not interested",
            "dropped",
            "abandon",
        ],
    ),
    (
        Rejected,
        &[
            "reject",
            "declin",
            "denied",
            "turned down",
            "not selected",
            "unsuccessful",
            "failed",
            "closed",
            "absage",
            "abgelehnt",
            "abgesagt",
            "refus",
            "rejeté",
            "négati",
            "no longer",
        ],
    ),
    (Accepted, &["accept", "hired", "signed", "angenommen", "zugesagt", "eingestellt", "embauch", "got the job"]),
    (Offer, &["offer", "angebot", "zusage", "offre", "negotiat", "proposition"]),
    (
        Screening,
        &[
            "screen",
            "phone",
            "recruiter",
            "telefon",
            "erstgespräch",
            "assessment",
            "take home",
            "take-home",
            "test",
            "téléphon",
            "kennenlern",
            "in review",
            "under review",
            "viewed",
            "in prüfung",
        ],
    ),
    (
        Interview,
        &[
            "interview",
            "onsite",
            "on-site",
            "on site",
            "final round",
            "second round",
            "gespräch",
            "entretien",
            "probearbeit",
            "vorstellung",
        ],
    ),
    (
        Interested,
        &[
            "wish",
            "saved",
            "bookmark",
            "interested",
            "to apply",
            "not applied",
            "not yet",
            "todo",
            "to do",
            "planned",
            "backlog",
            "lead",
            "gemerkt",
            "interessant",
            "noch nicht",
            "geplant",
            "vorgemerkt",
            "à postuler",
            "enregistré",
            "ready to",
        ],
    ),
    (
        Applied,
        &[
            "applied",
            "applying",
            "applic",
            "submitted",
            "sent",
            "beworben",
            "bewerbung",
            "gesendet",
            "verschickt",
            "abgeschickt",
            "eingereicht",
            "postulé",
            "candidat",
            "envoyé",
            "pending",
            "waiting",
            "in progress",
            "offen",
            "laufend",
            "en attente",
            "en cours",
            "awaiting",
        ],
    ),
];

/// What a word says about where an application stands; None when it says nothing known.
pub fn meaning(word: &str) -> Option<Meaning> {
    let word = word.trim().to_lowercase();
    if word.is_empty() || word.chars().count() > 60 {
        return None;
    }
    let begins =
        |name: &str| word.match_indices(name).any(|(at, _)| at == 0 || !word[..at].ends_with(char::is_alphanumeric));
    WORDS.iter().find(|(_, names)| names.iter().any(|name| begins(name))).map(|(meaning, _)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_three_languages() {
        for (word, wanted) in [
            ("Phone screen", Screening),
            ("Absage", Rejected),
            ("Ghosted", Ghosted),
            ("No response", Ghosted),
            ("Wishlist", Interested),
            ("APPLIED", Applied),
            ("2nd interview", Interview),
            ("Offer declined", Withdrawn),
            ("Vorstellungsgespräch", Interview),
            ("Refusé", Rejected),
            ("Not yet applied", Interested),
            ("Keine Rückmeldung", Ghosted),
            ("Hired 🎉", Accepted),
        ] {
            assert_eq!(meaning(word), Some(wanted), "{word}");
        }
        assert_eq!(meaning("Purple"), None);
        assert_eq!(meaning(""), None);
    }
}

//! Whose opening is it? The same company, perhaps the same, or an agency.

use crate::{limits, text::words};
use boards::text::Phrases;
use std::sync::LazyLock;

/// A company's name made ready to be compared.
#[derive(Clone, Debug)]
pub struct Company {
    pub written: String,
    /// Without case, punctuation and legal form.
    pub key: String,
    words: Vec<String>,
    /// By its name, it finds people for others.
    pub is_agency: bool,
}

/// Beginnings of words, in the names of companies that find people for others. Folded.
const AGENCY: &[&str] = &[
    "recruit",
    "staffing",
    "personnel",
    "headhunt",
    "resourcing",
    "zeitarbeit",
    "personalverm",
    "personaldienst",
    "personalberat",
    "personalserv",
    "personalleas",
    "arbeitnehmeruber",
    "recrut",
    "interim",
    "jobvermittlung",
    "seleccion",
    "empleo",
    "temping",
    "manpower",
    "talent",
    "jobs",
    "hire",
    "hiring",
    "ett",
    "uitzend",
    "werving",
    "lavoro",
];
/// The same as two words in a row.
const AGENCY_TWO: &[[&str; 2]] = &[
    ["search", "selection"],
    ["executive", "search"],
    ["employment", "agency"],
    ["employment", "services"],
    ["recursos", "humanos"],
    ["ressources", "humaines"],
    ["emploi", "conseil"],
    ["human", "resources"],
    ["personal", "gmbh"],
];
/// Words that companies add for a country or a part of them.
const PARTS: &[&str] = &[
    "group",
    "gruppe",
    "groupe",
    "grupo",
    "holding",
    "international",
    "global",
    "europe",
    "europa",
    "deutschland",
    "germany",
    "france",
    "spain",
    "espana",
    "uk",
    "usa",
    "us",
    "america",
    "emea",
    "austria",
    "osterreich",
    "schweiz",
    "switzerland",
    "italia",
    "careers",
    "jobs",
    "technologies",
    "technology",
    "software",
    "services",
    "solutions",
];

impl Company {
    pub fn of(name: &str) -> Self {
        let written = boards::text::line(name, limits::LINE);
        let key = boards::duplicate::company_key(&written);
        let all = words(&written);
        let is_agency = all.iter().any(|word| AGENCY.iter().any(|start| begins(word, start)))
            || all.windows(2).any(|two| AGENCY_TWO.iter().any(|known| two == known));
        Self { words: words(&key), written, key, is_agency }
    }

    /// The name without the words that companies add for a part of them: `quillstone` for `Quillstone Software
    /// Deutschland`.
    pub fn stem(&self) -> String {
        let is_part = |word: &&String| PARTS.contains(&word.as_str());
        let rest = self.words.iter().rev().take_while(is_part).count().min(self.words.len().saturating_sub(1));
        self.words[..self.words.len() - rest].join(" ")
    }

    /// Whether the text names this company.
    pub fn is_named_in(&self, folded: &str) -> bool {
        let name = self.words.join(" ");
        name.len() >= 4 && boards::text::has_phrase(folded, &name)
    }

    /// How this company and the other belong together.
    pub fn relation(&self, other: &Company) -> Relation {
        if self.key == other.key && !self.key.is_empty() {
            return Relation::Equal;
        }
        let (short, long) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        if short.words.is_empty() {
            return Relation::Other;
        }
        if long.words.starts_with(&short.words) {
            let rest = &long.words[short.words.len()..];
            let only_parts = rest.iter().all(|word| PARTS.contains(&word.as_str()));
            return if only_parts { Relation::Equal } else { Relation::Perhaps };
        }
        if short.shortens(long) || (short.words.len() == long.words.len() && long.shortens(short)) {
            Relation::Perhaps
        } else {
            Relation::Other
        }
    }

    /// `Ferndale USD` for `Ferndale Unified School District`: each word begins one of the other name's, or is made of
    /// their first letters.
    fn shortens(&self, long: &Company) -> bool {
        let initials: String = long.words.iter().filter_map(|word| word.chars().next()).collect();
        self.words.iter().all(|word| {
            let letters = word.chars().count();
            (letters >= 3 && long.words.iter().any(|full| full.starts_with(word.as_str())))
                || (letters >= 2 && initials.contains(word.as_str()))
        })
    }
}

/// How two companies' names belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Equal,
    /// One may be a shorter name of the other, or one of its parts.
    Perhaps,
    Other,
}

/// Short beginnings only as whole words.
fn begins(word: &str, start: &str) -> bool {
    if start.len() <= 4 { word == start } else { word.starts_with(start) }
}

/// What a text of an agency says, in folded words.
static FOR_OTHERS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "our client; my client; on behalf of a client; the client is; the client has; employment agency; recruitment \
     agency; recruitment consultant; im auftrag unseres kunden; unser kunde; unseren kunden; unseres kunden; unserem \
     kunden; unser mandant; unseren mandanten; unseres mandanten; unser auftraggeber; unseren auftraggeber; \
     direktvermittlung; arbeitnehmeruberlassung; notre client; un de nos clients; pour le compte d; cabinet de \
     recrutement; nuestro cliente; uno de nuestros clientes; empresa de trabajo temporal; importante empresa; para una \
     empresa cliente",
    )
});

/// The words by which a text shows that it was written by an agency. `folded` as in `Reading`.
pub fn agency_words(folded: &str) -> Option<&'static str> {
    FOR_OTHERS.found(folded).next().map(|(phrase, _)| phrase)
}

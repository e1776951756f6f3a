use crate::Address;
use crate::words::spaced;
use boards::duplicate::company_key;

/// A company's name, made ready to be looked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Company {
    /// Without case, accents and legal form, with a space around each word.
    pub key: String,
    /// Its first word, where that is long enough to be told from others and there are more.
    first: Option<String>,
}

/// What senders add to the name of the company they write for.
const ADDED: &[&str] = &[
    "recruiting",
    "recruitment",
    "recruiter",
    "careers",
    "career",
    "hiring",
    "talent",
    "acquisition",
    "team",
    "jobs",
    "hr",
    "people",
    "via",
    "no",
    "reply",
    "noreply",
    "notifications",
    "the",
    "at",
    "personal",
    "personalabteilung",
    "karriere",
    "bewerbung",
    "recrutement",
    "candidatures",
    "equipe",
    "human",
    "resources",
    "workday",
    "greenhouse",
    "lever",
    "ashby",
    "smartrecruiters",
    "personio",
    "recruitee",
    "workable",
    "teamtailor",
    "icims",
    "successfactors",
    "taleo",
    "apply",
    "und",
    "bewerbermanagement",
    "gmbh",
    "ag",
    "inc",
    "ltd",
    "sas",
    "sa",
];

impl Company {
    pub fn new(name: &str) -> Self {
        let key = spaced(&company_key(name));
        let words: Vec<&str> = key.split_whitespace().collect();
        let first = words.first().filter(|word| words.len() > 1 && word.len() >= 6).map(|word| format!(" {word} "));
        Company { first, key: key.clone() }
    }

    /// Does this sender call itself so? `Acme Recruiting via Greenhouse <acme@…>`
    pub fn is_sender(&self, sender: &Address) -> bool {
        if self.key.trim().is_empty() {
            return false;
        }
        let name = spaced(&company_key(&sender.name));
        if name.contains(&*self.key) {
            // "Bridge" is no part of "Stone Bridge Books".
            let rest = name.replacen(&*self.key, " ", 1);
            if self.key.split_whitespace().count() > 1 || rest.split_whitespace().all(|word| ADDED.contains(&word)) {
                return true;
            }
        }
        let squeezed: String = self.key.split_whitespace().collect();
        let first = self.key.split_whitespace().next().unwrap_or_default();
        let local = sender.local().split(['+', '.', '-', '_']).next().unwrap_or_default();
        local.len() >= 5 && (local == squeezed || local == first)
    }

    /// Is the name in this text, and how surely is it meant: 1 as a whole. `spaced` is the text as words, `written` as it is.
    pub fn named_in(&self, spaced: &str, written: &str) -> Option<f64> {
        let one_word = self.key.split_whitespace().count() == 1;
        if self.key.trim().len() >= 2 && spaced.contains(&*self.key) {
            return match one_word {
                // One word may be an everyday word: it must be written like a name, and says less.
                true if !is_capitalised(written, self.key.trim()) => Some(0.4),
                true => Some(0.7),
                false => Some(1.0),
            };
        }
        self.first.as_ref().filter(|first| spaced.contains(&***first)).map(|_| 0.6)
    }
}

/// Is the word in the text with a capital letter?
fn is_capitalised(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .any(|part| part.chars().next().is_some_and(char::is_uppercase) && spaced(part).trim() == word)
}

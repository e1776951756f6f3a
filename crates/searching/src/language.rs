//! The language of a text, told by its small words.

/// A language that postings are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Dutch,
    Portuguese,
    Polish,
}

impl Language {
    pub const ALL: [Language; 8] = [
        Language::English,
        Language::German,
        Language::French,
        Language::Spanish,
        Language::Italian,
        Language::Dutch,
        Language::Portuguese,
        Language::Polish,
    ];

    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
            Language::French => "fr",
            Language::Spanish => "es",
            Language::Italian => "it",
            Language::Dutch => "nl",
            Language::Portuguese => "pt",
            Language::Polish => "pl",
        }
    }

    /// Its English name.
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::German => "German",
            Language::French => "French",
            Language::Spanish => "Spanish",
            Language::Italian => "Italian",
            Language::Dutch => "Dutch",
            Language::Portuguese => "Portuguese",
            Language::Polish => "Polish",
        }
    }

    /// The inverse of [`Language::code`].
    pub fn parse(code: &str) -> Option<Self> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    fn small_words(self) -> &'static [&'static str] {
        match self {
            Language::English => &[
                "the", "and", "of", "to", "you", "with", "for", "our", "we", "is", "are", "your", "will", "be", "as",
                "this",
            ],
            Language::German => &[
                "und", "der", "die", "das", "mit", "wir", "sie", "für", "ist", "ein", "eine", "du", "dich", "bei",
                "zu", "von", "auf", "unser", "nicht",
            ],
            Language::French => &[
                "et", "les", "des", "vous", "nous", "pour", "une", "est", "dans", "avec", "votre", "notre", "du", "au",
                "sur",
            ],
            Language::Spanish => &[
                "y", "los", "las", "el", "con", "para", "una", "del", "por", "tu", "nuestro", "nuestra", "es", "como",
                "más",
            ],
            Language::Italian => &[
                "il", "di", "gli", "che", "per", "con", "una", "della", "sono", "nel", "siamo", "tuo", "nostro",
                "delle", "è",
            ],
            Language::Dutch => &[
                "het", "een", "van", "je", "en", "wij", "met", "voor", "zijn", "op", "aan", "ons", "onze", "bij", "jij",
            ],
            Language::Portuguese => {
                &["e", "os", "um", "uma", "com", "para", "você", "não", "da", "do", "em", "nossa", "nosso", "são", "ao"]
            }
            Language::Polish => {
                &["i", "w", "na", "z", "do", "się", "oraz", "nie", "jest", "dla", "jak", "praca", "od", "lub", "będzie"]
            }
        }
    }
}

/// How many words are read, and how many small words there have to be.
const READ: usize = 400;
const ENOUGH: u32 = 5;

/// The language of a text, when it is long enough to tell and clearly one.
pub fn of(text: &str) -> Option<Language> {
    let mut counts = [0_u32; Language::ALL.len()];
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words.take(READ).filter(|word| word.len() < 12) {
        let word = word.to_lowercase();
        for (count, language) in counts.iter_mut().zip(Language::ALL) {
            *count += u32::from(language.small_words().contains(&word.as_str()));
        }
    }
    let mut ranked: Vec<(u32, Language)> = counts.into_iter().zip(Language::ALL).collect();
    ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    let [(most, language), (next, _), ..] = ranked.as_slice() else { return None };
    (*most >= ENOUGH && *most * 2 > *next * 3).then_some(*language)
}

//! How well a name fits what was typed. The server ranks what it finds by it, the browser its own pages and what was found before.

/// What is typed counts up to this many characters and words.
const LONGEST: usize = 100;
const WORDS: usize = 8;
/// Stands before what a name begins with: its title and its company. No folded text has one.
const HEAD: char = '|';

/// A text as it is compared: lower case, without accents, one space between words. What tells names apart (`C++`, `Node.js`,
/// `100%`) stays.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '\u{300}'..='\u{36f}' => {}
            c if c.is_alphanumeric() => plain(&mut out, c),
            '+' | '#' | '.' | '&' | '%' | '_' | '@' | '\'' => out.push(c),
            '’' => out.push('\''),
            _ if out.is_empty() || out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Appends a lower-case letter without its accent, as those type it who do not have it on their keyboard.
fn plain(out: &mut String, c: char) {
    out.push(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ß' => return out.push_str("ss"),
        'æ' => return out.push_str("ae"),
        'œ' => return out.push_str("oe"),
        other => other,
    });
}

/// The one text that is looked through for a thing of this title, company and whatever else is known of it.
pub fn names(title: &str, company: &str, more: &str) -> String {
    let head = HEAD.to_string();
    [&*head, " ", &fold(title), " ", &head, " ", &fold(company), " ", &fold(more)].concat()
}

/// What somebody looks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    words: Vec<String>,
}

impl Wanted {
    /// Reads what was typed, whatever it is; what is beyond any name's length is not looked at.
    pub fn of(typed: &str) -> Self {
        let start: String = typed.chars().take(LONGEST).collect();
        Wanted {
            words: fold(&start).split(' ').filter(|word| !word.is_empty()).take(WORDS).map(str::to_owned).collect(),
        }
    }

    /// Nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What names hold in which the words stand, anywhere.
    pub fn anywhere(&self) -> Vec<String> {
        self.words.clone()
    }

    /// What names hold in which each word begins one.
    pub fn beginning(&self) -> Vec<String> {
        self.words.iter().map(|word| [" ", word].concat()).collect()
    }

    /// What names hold whose title or company begins as was typed.
    pub fn ahead(&self) -> String {
        [&*HEAD.to_string(), " ", &self.words.join(" ")].concat()
    }

    /// How well these names fit, 0 best; None when a word is missing.
    pub fn rank(&self, names: &str) -> Option<u32> {
        let mut sum = 1;
        for word in &self.words {
            sum += if names.contains(&[&*HEAD.to_string(), " ", word].concat()) {
                0
            } else if names.contains(&[" ", word].concat()) {
                1
            } else if names.contains(word.as_str()) {
                // Worse than all words beginning one.
                100
            } else {
                return None;
            };
        }
        Some(if names.contains(&self.ahead()) { 0 } else { sum })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(typed: &str, title: &str, company: &str, more: &str) -> Option<u32> {
        Wanted::of(typed).rank(&names(title, company, more))
    }

    #[test]
    fn a_beginning_comes_before_a_word_and_that_before_anywhere() {
        let of = |typed| rank(typed, "Senior Data Engineer", "Acme Mills", "Berlin, Germany");
        let (title, company, word, place, inside) = (of("sen"), of("ac"), of("eng"), of("berl"), of("gineer"));
        assert_eq!((title, company), (Some(0), Some(0)));
        assert!(title < word && word < inside && word == place, "{word:?} {inside:?}");
        assert_eq!(of("senior data"), Some(0));
        assert!(of("acme data") < of("data mills") && of("data mills") < of("data ills"));
        assert_eq!(of("data nowhere"), None);
    }

    #[test]
    fn case_accents_and_punctuation_do_not_matter() {
        assert_eq!(rank("zurich", "Bäcker (m/w/d)", "Müller & Söhne", "Zürich"), Some(2));
        assert_eq!(rank("MULLER &", "Bäcker (m/w/d)", "Müller & Söhne", "Zürich"), Some(0));
        assert_eq!(rank("front-end", "Front end developer", "Acme", ""), Some(0));
        assert_eq!(rank("c++", "C++ developer", "Acme", ""), Some(0));
        assert_eq!(rank("strasse", "Straße", "Acme", ""), Some(0));
    }

    #[test]
    fn signs_of_queries_mean_themselves() {
        assert_eq!(rank("100%", "Baker", "100% Bread_Co", ""), Some(0));
        assert_eq!(rank("b%r", "Baker", "Acme", ""), None);
        assert_eq!(rank("b_ker", "Baker", "Acme", ""), None);
        assert_eq!(rank("| baker", "Baker", "Acme", ""), Some(0));
    }

    #[test]
    fn whatever_is_typed_is_bounded() {
        for nothing in ["", "   ", "\0\0", "|||", "–", "()"] {
            assert!(Wanted::of(nothing).is_empty(), "{nothing:?}");
        }
        let long = Wanted::of(&"ab ".repeat(10_000));
        assert_eq!(long.anywhere().len(), WORDS);
        assert!(Wanted::of(&"x".repeat(10_000)).ahead().len() <= LONGEST + 2);
        assert_eq!(Wanted::of("a\0b").anywhere(), ["a", "b"]);
    }
}

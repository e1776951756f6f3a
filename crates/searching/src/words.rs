//! The words of a title or a text, in a form in which spelling, number and common short forms make no difference.

mod tables;

use tables::{COMPANY_ENDINGS, PAIRS, SMALL, SOFTWARE, SYNONYMS};

/// The words of a text, folded: lower case, no accents, plurals as singulars. `C++` and `C#` stay words.
pub fn plain(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            fold(letter, &mut word);
        } else if matches!(letter, '+' | '#') && !word.is_empty() {
            word.push(letter);
        } else if letter != '\'' && letter != '’' && !word.is_empty() {
            words.push(singular(std::mem::take(&mut word)));
        }
    }
    if !word.is_empty() {
        words.push(singular(word));
    }
    words
}

/// What a title somebody looks for has to find: each word once, in order of the alphabet, without small words and notes such as
/// (m/f/d). Two titles that give the same are the same search.
pub fn wanted(title: &str) -> Vec<String> {
    let (mut words, software) = title_words(title);
    if software {
        for word in &mut words {
            if word == "developer" {
                "engineer".clone_into(word);
            }
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// What a posting's title offers: the same forms as [`wanted`]. An engineer of software is a developer, too.
pub fn offered(title: &str) -> Vec<String> {
    let (mut words, software) = title_words(title);
    if software && words.iter().any(|word| word == "developer" || word == "engineer") {
        words.extend(["developer".to_owned(), "engineer".to_owned()]);
    }
    words.sort_unstable();
    words.dedup();
    words
}

fn title_words(title: &str) -> (Vec<String>, bool) {
    let mut words: Vec<String> = Vec::new();
    for word in plain(title) {
        let pair = words.last().and_then(|last| PAIRS.iter().find(|(one, two, _)| one == last && *two == word));
        match pair {
            Some((_, _, one)) => {
                words.pop();
                words.push((*one).to_owned());
            }
            None => words.push(word),
        }
    }
    let all: Vec<String> = words.into_iter().flat_map(|word| canonical(&word)).collect();
    let mut kept: Vec<String> = all.iter().filter(|word| !SMALL.contains(&word.as_str())).cloned().collect();
    if kept.is_empty() {
        kept = all;
    }
    let software = kept.iter().any(|word| SOFTWARE.contains(&word.as_str()));
    (kept, software)
}

fn canonical(word: &str) -> Vec<String> {
    let known = SYNONYMS.iter().find(|(of, _)| *of == word).map_or(word, |(_, same)| same);
    known.split(' ').map(str::to_owned).collect()
}

/// A company's name without its legal form: `Acme Mills GmbH & Co. KG` and `ACME Mills` are one.
pub fn company(name: &str) -> String {
    let mut words = plain(name);
    while words.len() > 1 && words.last().is_some_and(|word| COMPANY_ENDINGS.contains(&word.as_str())) {
        words.pop();
    }
    words.concat()
}

fn singular(word: String) -> String {
    let drop = |word: &str, ending: usize| word.get(..word.len() - ending).unwrap_or(word).to_owned();
    if word.len() > 4 && word.ends_with("ies") {
        drop(&word, 3) + "y"
    } else if word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        drop(&word, 1)
    } else {
        word
    }
}

fn fold(letter: char, into: &mut String) {
    for small in letter.to_lowercase() {
        match small {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => into.push('a'),
            'ç' | 'ć' | 'č' => into.push('c'),
            'ď' | 'đ' => into.push('d'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => into.push('e'),
            'ğ' => into.push('g'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => into.push('i'),
            'ł' | 'ľ' => into.push('l'),
            'ñ' | 'ń' | 'ň' => into.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => into.push('o'),
            'ŕ' | 'ř' => into.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => into.push('s'),
            'ť' | 'ț' | 'ţ' => into.push('t'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => into.push('u'),
            'ý' | 'ÿ' => into.push('y'),
            'ź' | 'ż' | 'ž' => into.push('z'),
            'ß' => into.push_str("ss"),
            'æ' => into.push_str("ae"),
            'œ' => into.push_str("oe"),
            // Marks that stand after their letter, as some systems write them.
            '\u{300}'..='\u{36f}' => {}
            other => into.push(other),
        }
    }
}

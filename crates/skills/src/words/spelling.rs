//! One spelling for the many ways a word is written: case, accents, plural, British and American.

/// Appends `word` in lower case and without accents.
pub(crate) fn fold_into(out: &mut String, word: &str) {
    if word.is_ascii() {
        let from = out.len();
        out.push_str(word);
        out[from..].make_ascii_lowercase();
        return;
    }
    for c in word.chars() {
        match c {
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            '\u{300}'..='\u{36f}' => {}
            _ => c.to_lowercase().for_each(|c| push_plain(out, c)),
        }
    }
}

fn push_plain(out: &mut String, c: char) {
    let plain = match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        '\u{300}'..='\u{36f}' => return,
        _ => return out.push(c),
    };
    out.push_str(plain);
}

/// Turns a folded word into its base: singular, American spelling. Says whether it was a plural.
///
/// The rules need not know English: they are applied to both sides of every comparison, so it only matters that two
/// different skills do not fall together.
pub(crate) fn base_form(word: &mut String) -> bool {
    let plural = make_singular(word);
    make_american(word);
    plural
}

fn make_singular(word: &mut String) -> bool {
    let bytes = word.as_bytes();
    let len = bytes.len();
    if len <= 3 || bytes[len - 1] != b's' || !bytes[len - 2].is_ascii_alphabetic() {
        return false;
    }
    match bytes[len - 2] {
        b's' | b'u' | b'i' => return false,
        b'e' if len > 4 && bytes[len - 3] == b'i' => {
            word.truncate(len - 3);
            word.push('y');
        }
        b'e' if len > 4 && (bytes[len - 3] == b'x' || matches!(&bytes[len - 4..len - 2], b"ch" | b"sh" | b"ss")) => {
            word.truncate(len - 2);
        }
        _ => word.truncate(len - 1),
    }
    true
}

fn make_american(word: &mut String) {
    if word.len() < 4 || !word.is_ascii() {
        return;
    }
    if let Some(other) = whole_word(word) {
        word.clear();
        word.push_str(other);
        return;
    }
    if word.len() < 5 {
        return;
    }
    if word.len() >= 6 {
        replace_inside(word);
    }
    if let Some((cut, ending)) = american_ending(word.as_bytes()) {
        word.truncate(word.len() - cut);
        word.push_str(ending);
    }
}

/// How many letters of a British ending go, and what comes instead.
fn american_ending(word: &[u8]) -> Option<(usize, &'static str)> {
    Some(match word {
        [.., b'i', b's', b'i', b'n', b'g'] => (4, "zing"),
        [.., b'y', b's', b'i', b'n', b'g'] => (4, "zing"),
        [.., b'e', b'l', b'l', b'i', b'n', b'g'] => (4, "ing"),
        [.., b'i' | b'y', b's', b'e', b'd' | b'r'] => (3, if word.ends_with(b"d") { "zed" } else { "zer" }),
        [.., b'e', b'l', b'l', b'e', b'd'] => (3, "ed"),
        [.., b'e', b'l', b'l', b'e', b'r'] => (3, "er"),
        [.., b'e', b'l', b'l', b'o', b'r'] => (3, "or"),
        [.., b'i' | b'y', b's', b'e'] => (2, "ze"),
        [.., b'o', b'g', b'u', b'e'] => (2, ""),
        [.., b't' | b'b', b'r', b'e'] => (2, "er"),
        [.., b'e', b'n', b'c', b'e'] => (2, "se"),
        _ => return None,
    })
}

fn whole_word(word: &str) -> Option<&'static str> {
    Some(match word {
        "programme" => "program",
        "practise" => "practice",
        "practising" => "practicing",
        "cheque" => "check",
        "enquiry" => "inquiry",
        "judgement" => "judgment",
        "acknowledgement" => "acknowledgment",
        "ageing" => "aging",
        "artefact" => "artifact",
        "aluminium" => "aluminum",
        "plough" => "plow",
        "draught" => "draft",
        "speciality" => "specialty",
        "mould" => "mold",
        "moulding" => "molding",
        "moulded" => "molded",
        "fulfilment" => "fulfillment",
        "enrolment" => "enrollment",
        "instalment" => "installment",
        "jewellery" => "jewelry",
        "manoeuvre" => "maneuver",
        "tyre" => "tire",
        "grey" => "gray",
        "kerb" => "curb",
        "maths" => "math",
        _ => return None,
    })
}

/// `ae` to `e`, `our` to `or`, `isation` to `ization`, `sulph` to `sulf`, wherever they stand.
fn replace_inside(word: &mut String) {
    let bytes = word.as_bytes();
    let found = |i: usize| match &bytes[i..] {
        [b'a', b'e', ..] => Some((2, "e")),
        [b'o', b'u', b'r', ..] => Some((3, "or")),
        [b'i', b's', b'a', b't', b'i', b'o', b'n', ..] => Some((7, "ization")),
        [b's', b'u', b'l', b'p', b'h', ..] => Some((5, "sulf")),
        _ => None,
    };
    let Some(first) = (0..bytes.len()).find(|&i| found(i).is_some()) else { return };
    let mut out = word[..first].to_owned();
    let mut at = first;
    while at < bytes.len() {
        match found(at) {
            Some((len, text)) => {
                out.push_str(text);
                at += len;
            }
            None => {
                out.push(bytes[at] as char);
                at += 1;
            }
        }
    }
    *word = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(word: &str) -> String {
        let mut out = String::new();
        fold_into(&mut out, word);
        base_form(&mut out);
        out
    }

    #[test]
    fn british_and_american_meet() {
        for (british, american) in [
            ("optimisation", "optimization"),
            ("Organisational", "organizational"),
            ("modelling", "modeling"),
            ("programmes", "program"),
            ("behaviour", "behavior"),
            ("behavioural", "behavioral"),
            ("centres", "center"),
            ("licence", "license"),
            ("analyse", "analyze"),
            ("catalogue", "catalog"),
            ("paediatric", "pediatric"),
            ("anaesthesia", "anesthesia"),
            ("fibre", "fiber"),
            ("counsellor", "counselor"),
            ("labour", "labor"),
            ("visualising", "visualizing"),
        ] {
            assert_eq!(base(british), base(american), "{british}");
        }
    }

    #[test]
    fn plural_and_singular_meet() {
        for (many, one) in [("databases", "database"), ("queries", "query"), ("branches", "branch"), ("taxes", "tax")] {
            assert_eq!(base(many), base(one));
        }
        assert_eq!(base("AWS"), "aws");
        assert_eq!(base("Redis"), "redis");
        assert_eq!(base("CSS"), "css");
    }

    #[test]
    fn accents_fall_away() {
        assert_eq!(base("Café"), "cafe");
        assert_eq!(base("Cafe\u{301}"), "cafe");
        assert_eq!(base("Straße"), "strasse");
    }
}

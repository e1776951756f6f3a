/// A currency as it stands beside an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Code(&'static str),
    /// `$` alone: the dollar of the place. Not its peso; abroad, postings in English pay in US dollars.
    Dollar,
    /// `kr` alone: the crown of the place.
    Crown,
}

impl Mark {
    /// The ISO code; `other` is the mark at the other end of the range, `local` the currency of the place.
    pub fn resolve(self, other: Option<Mark>, local: Option<&str>) -> String {
        let local = |known: &[&str]| local.filter(|local| known.contains(local)).map(str::to_owned);
        match (self, other) {
            (Mark::Code(code), _) | (_, Some(Mark::Code(code))) => code.to_owned(),
            (Mark::Dollar, _) => local(&["CAD", "AUD", "NZD", "SGD", "HKD"]).unwrap_or_else(|| "USD".into()),
            (Mark::Crown, _) => local(&["SEK", "NOK", "DKK", "ISK", "CZK"]).unwrap_or_else(|| "SEK".into()),
        }
    }
}

/// Longest first, because `US$` ends with `$`. Signs may touch the digits, words may not touch other letters.
const SIGNS: &[(&str, Mark)] = &[
    ("CAD $", Mark::Code("CAD")),
    ("USD $", Mark::Code("USD")),
    ("AUD $", Mark::Code("AUD")),
    ("SGD $", Mark::Code("SGD")),
    ("NZD $", Mark::Code("NZD")),
    ("CAD$", Mark::Code("CAD")),
    ("USD$", Mark::Code("USD")),
    ("AUD$", Mark::Code("AUD")),
    ("NT$", Mark::Code("TWD")),
    ("US$", Mark::Code("USD")),
    ("CA$", Mark::Code("CAD")),
    ("AU$", Mark::Code("AUD")),
    ("NZ$", Mark::Code("NZD")),
    ("SG$", Mark::Code("SGD")),
    ("HK$", Mark::Code("HKD")),
    ("MX$", Mark::Code("MXN")),
    ("C$", Mark::Code("CAD")),
    ("A$", Mark::Code("AUD")),
    ("S$", Mark::Code("SGD")),
    ("R$", Mark::Code("BRL")),
    ("$", Mark::Dollar),
    ("€", Mark::Code("EUR")),
    ("£", Mark::Code("GBP")),
    ("¥", Mark::Code("JPY")),
    ("₹", Mark::Code("INR")),
    ("₩", Mark::Code("KRW")),
    ("₪", Mark::Code("ILS")),
    ("₺", Mark::Code("TRY")),
    ("₽", Mark::Code("RUB")),
    ("₱", Mark::Code("PHP")),
    ("₴", Mark::Code("UAH")),
];

const CODES: &[&str] = &[
    "USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", "HKD", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF",
    "RON", "BGN", "JPY", "CNY", "INR", "BRL", "MXN", "ZAR", "ILS", "AED", "SAR", "TRY", "KRW", "TWD", "THB", "MYR",
    "PHP", "IDR", "VND", "ARS", "CLP", "COP", "PEN", "UAH", "RUB", "KES", "NGN", "EGP",
];

const WORDS: &[(&str, Mark)] = &[
    ("us dollars", Mark::Code("USD")),
    ("dollars", Mark::Dollar),
    ("dollar", Mark::Dollar),
    ("euros", Mark::Code("EUR")),
    ("euro", Mark::Code("EUR")),
    ("pounds", Mark::Code("GBP")),
    ("francs", Mark::Code("CHF")),
    ("franken", Mark::Code("CHF")),
    ("zł", Mark::Code("PLN")),
    ("zl", Mark::Code("PLN")),
    ("złotych", Mark::Code("PLN")),
    ("kč", Mark::Code("CZK")),
    ("ft", Mark::Code("HUF")),
    ("lei", Mark::Code("RON")),
    ("rupees", Mark::Code("INR")),
    ("rs.", Mark::Code("INR")),
    ("rs", Mark::Code("INR")),
    ("rmb", Mark::Code("CNY")),
    ("yen", Mark::Code("JPY")),
    ("reais", Mark::Code("BRL")),
    ("kr.", Mark::Crown),
    ("kr", Mark::Crown),
];

const SPACES: &[char] = &[' ', '\u{a0}', '\u{202f}'];

/// The mark at the end of `text`, with the bytes it takes up to there.
pub fn before(text: &str) -> Option<(Mark, usize)> {
    let tight = text.trim_end_matches(SPACES);
    if text.len() - tight.len() > 4 {
        return None;
    }
    if let Some((sign, mark)) = SIGNS.iter().find(|(sign, _)| tight.ends_with(sign)) {
        // The letters of `US$` must not be the end of a word (`BONUS$`); then only the sign itself counts.
        let own_word = !tight[..tight.len() - sign.len()].ends_with(|c: char| c.is_alphabetic());
        let letters = sign.starts_with(|c: char| c.is_ascii_alphabetic());
        let (mark, len) = if letters && !own_word { (Mark::Dollar, 1) } else { (*mark, sign.len()) };
        return Some((mark, text.len() - tight.len() + len));
    }
    let word_start = tight.char_indices().rev().take_while(|(_, c)| c.is_alphabetic() || *c == '.').last()?.0;
    let word = &tight[word_start..];
    named(word).map(|mark| (mark, text.len() - word_start))
}

/// The mark at the start of `text`, with the bytes it takes from there.
pub fn after(text: &str) -> Option<(Mark, usize)> {
    let tight = text.trim_start_matches(SPACES);
    let gap = text.len() - tight.len();
    if gap > 4 {
        return None;
    }
    // `50,000 $60,000`: a sign after a space mostly belongs to the next number.
    let next_is_digit = |len: usize| tight[len..].trim_start_matches(SPACES).starts_with(|c: char| c.is_ascii_digit());
    if let Some((sign, mark)) = SIGNS.iter().find(|(sign, _)| tight.starts_with(sign)) {
        return (!next_is_digit(sign.len())).then_some((*mark, gap + sign.len()));
    }
    if tight.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("us dollars")) {
        return Some((Mark::Code("USD"), gap + 10));
    }
    let end = tight.find(|c: char| !c.is_alphabetic()).unwrap_or(tight.len());
    named(&tight[..end]).filter(|_| !next_is_digit(end)).map(|mark| (mark, gap + end))
}

/// A currency named a little later: `120,000 – 150,000 per year (USD)`.
pub fn soon_after(text: &str) -> Option<Mark> {
    let window = &text[..text.floor_char_boundary(28)];
    let line = window.lines().next().unwrap_or_default();
    let words =
        line.split(|c: char| !c.is_alphabetic() && !matches!(c, '$' | '€' | '£')).filter(|word| !word.is_empty());
    words.take(5).find_map(|word| match word {
        "€" => Some(Mark::Code("EUR")),
        "£" => Some(Mark::Code("GBP")),
        word => CODES.iter().find(|code| **code == word).map(|code| Mark::Code(code)),
    })
}

/// A folded text without the marks in it.
pub fn without(text: &str) -> String {
    let mut out = text.to_owned();
    for (sign, _) in SIGNS {
        out = out.replace(&sign.to_lowercase(), " ");
    }
    let kept: Vec<&str> = out.split_whitespace().filter(|word| named(word).is_none()).collect();
    kept.join(" ")
}

/// A code or a word for a currency. Codes in small letters only where they are no English word.
fn named(word: &str) -> Option<Mark> {
    if word.len() < 2 || word.len() > 12 {
        return None;
    }
    if let Some(code) = CODES.iter().find(|code| **code == word) {
        return Some(Mark::Code(code));
    }
    let lower = word.to_lowercase();
    let common =
        ["USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", "PLN", "SEK", "NOK", "DKK", "CZK", "HUF", "INR"];
    if let Some(code) = common.iter().find(|code| code.eq_ignore_ascii_case(&lower)) {
        return Some(Mark::Code(code));
    }
    WORDS.iter().find(|(name, _)| *name == lower).map(|(_, mark)| *mark)
}

/// How many units make about one US dollar of everyday pay, to judge sizes; not an exchange rate.
pub fn units_per_dollar(code: &str) -> f64 {
    match code {
        "JPY" | "ISK" | "KES" | "RUB" => 100.0,
        "HUF" => 300.0,
        "KRW" | "CLP" | "ARS" | "NGN" => 1_000.0,
        "COP" => 4_000.0,
        "IDR" | "VND" => 15_000.0,
        "INR" | "PHP" | "THB" | "TWD" | "UAH" | "TRY" | "EGP" => 30.0,
        "CZK" | "MXN" | "ZAR" => 18.0,
        "SEK" | "NOK" | "DKK" => 9.0,
        "CNY" | "HKD" | "BRL" => 6.0,
        "PLN" | "RON" | "MYR" | "AED" | "SAR" | "ILS" | "PEN" => 4.0,
        _ => 1.0,
    }
}

use super::currency::{self, Mark};

/// A number that may be money.
#[derive(Debug)]
pub struct Amount {
    /// Bytes in the text, with its currency and its `k`.
    pub start: usize,
    pub end: usize,
    number: f64,
    scale: f64,
    pub currency: Option<Mark>,
    /// Followed by `+`.
    pub open: bool,
    /// Indian pay: `12 LPA` is 1,200,000 a year.
    pub in_lakhs: bool,
}

impl Amount {
    pub fn value(&self) -> f64 {
        self.number * self.scale
    }
}

/// Two ends of one range, where one may lend the other its thousands: `120-150k`, `$120k – 150`, `60 - 75.000`.
pub fn shared_scale(one: &Amount, two: &Amount) -> (f64, f64) {
    let (first, second) = (one.value(), two.value());
    if two.in_lakhs && one.scale == 1.0 {
        (one.number * two.scale, second)
    } else if first < 1_000.0 && second >= 10_000.0 && one.scale == 1.0 {
        (first * 1_000.0, second)
    } else if second < 1_000.0 && first >= 10_000.0 && two.scale == 1.0 {
        (first, second * 1_000.0)
    } else {
        (first, second)
    }
}

/// The one number that a cell holds: `120,000`, `60.5k`, `€ 45.000`.
pub fn lone(text: &str) -> Option<f64> {
    match all(text).as_slice() {
        [amount] => Some(amount.value()),
        _ => None,
    }
}

/// Every number of a text that could be an amount of money, in order.
pub fn all(text: &str) -> Vec<Amount> {
    let bytes = text.as_bytes();
    let mut amounts = Vec::new();
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + offset;
        let digits_end = number_end(text, start);
        if let Some(amount) = amount(text, start, digits_end) {
            at = amount.end.max(digits_end);
            amounts.push(amount);
        } else {
            at = digits_end;
        }
    }
    amounts
}

fn amount(text: &str, start: usize, digits_end: usize) -> Option<Amount> {
    let (mark, mark_start) =
        currency::before(&text[..start]).map_or((None, start), |(mark, len)| (Some(mark), start - len));
    // `v2`, `B2B`, `3.5`-like tails of words and numbers are no amounts; a currency may touch the digits.
    if mark.is_none()
        && text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '#'))
    {
        return None;
    }
    let number = value(&text[start..digits_end])?;
    let mut amount =
        Amount { start: mark_start, end: digits_end, number, scale: 1.0, currency: mark, open: false, in_lakhs: false };
    let rest = &text[digits_end..];
    if let Some((word, len)) = suffix(rest) {
        amount.scale = word;
        amount.in_lakhs = word == LAKH;
        amount.end += len;
    }
    let rest = &text[amount.end..];
    if let Some((mark, len)) = currency::after(rest) {
        // `$120,000 CAD`: the code says which dollar.
        if !matches!((amount.currency, mark), (Some(Mark::Code(_)), _) | (Some(_), Mark::Dollar | Mark::Crown)) {
            amount.currency = Some(mark);
        }
        amount.end += len;
    }
    let rest = &text[amount.end..];
    if rest.starts_with('+') {
        amount.open = true;
        amount.end += 1;
    }
    let next = rest.chars().next();
    let is_word = amount.end == digits_end && next.is_some_and(|c| c.is_alphabetic() || c == '%');
    let is_percent = rest.trim_start().starts_with('%');
    // `401(k)` is a pension plan.
    (!is_word && !is_percent && !rest.starts_with("(k)") && !rest.starts_with("(K)")).then_some(amount)
}

const LAKH: f64 = 100_000.0;

/// A scale written after the digits, and its length. Millions and more are never one person's pay, so they are left as a
/// word after the number, which makes it no amount.
fn suffix(rest: &str) -> Option<(f64, usize)> {
    let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
    if gap > 2 {
        return None;
    }
    let word_end = rest[gap..].find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len() - gap);
    let word = &rest[gap..gap + word_end];
    let scale = match word {
        "k" | "K" => 1_000.0,
        "tsd" | "Tsd" | "TSD" | "thousand" => 1_000.0,
        "L" | "LPA" | "lpa" | "lakh" | "lakhs" | "Lakhs" | "Lakh" | "Lacs" | "lacs" => LAKH,
        _ => return touching_k(rest),
    };
    Some((scale, gap + word_end))
}

/// `90kEUR`, `120K€`, `80kr` (which is no thousand).
fn touching_k(rest: &str) -> Option<(f64, usize)> {
    let after = rest.strip_prefix(['k', 'K'])?;
    currency::after(after).filter(|_| !after.starts_with(['r', 'R'])).map(|_| (1_000.0, 1))
}

/// Where the digits with their separators end.
fn number_end(text: &str, start: usize) -> usize {
    let mut end = start;
    for (i, c) in text[start..].char_indices() {
        if c.is_ascii_digit() {
            end = start + i + 1;
            continue;
        }
        let grouping = matches!(c, ',' | '.' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
        if !grouping || end != start + i {
            break;
        }
        let rest = &text.as_bytes()[start + i + c.len_utf8()..];
        let digits = rest.iter().take(4).take_while(|b| b.is_ascii_digit()).count();
        let space = !matches!(c, ',' | '.');
        // A space only groups when three digits follow a short group, as in `60 000`.
        let leads_short = text[start..end].bytes().rev().take_while(u8::is_ascii_digit).count() <= 3;
        if digits == 0 || (space && (digits != 3 || !leads_short)) {
            break;
        }
    }
    end
}

/// `120,000`, `120.000`, `120 000`, `1,20,000`, `36.50`, `31,2`. `None` for dates, phone numbers and the like.
fn value(written: &str) -> Option<f64> {
    if written.len() > 20 {
        return None;
    }
    let is_separator = |c: char| !c.is_ascii_digit();
    let groups: Vec<&str> = written.split(is_separator).collect();
    let last = *groups.last()?;
    let last_separator = written.chars().rev().find(|c| is_separator(*c));
    let decimal = groups.len() > 1 && last.len() <= 2 && matches!(last_separator, Some('.' | ','));
    let whole = if decimal { &groups[..groups.len() - 1] } else { &groups[..] };
    let grouped_well = whole.len() == 1
        || (matches!(whole[0].len(), 1..=3)
            && whole[1..whole.len() - 1].iter().all(|group| matches!(group.len(), 2 | 3))
            && whole.last().is_some_and(|group| group.len() == 3));
    if !grouped_well {
        return None;
    }
    let mut digits = whole.concat();
    if decimal {
        digits.push('.');
        digits.push_str(last);
    }
    digits.parse().ok()
}

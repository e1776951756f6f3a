//! The numbers by which employers tell their openings apart: `Req ID: R-4711`, `Kennziffer 12/2026`.

use boards::text::Phrases;
use std::sync::LazyLock;

/// A number and the word before it. Numbers under different words are not compared: an aggregator has its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requisition {
    label: &'static str,
    number: String,
}

/// Words that a number follows, folded.
static LABELS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "req; requisition; job id; job number; job code; job no; posting id; position number; vacancy number; announcement \
     number; kennziffer; referenznummer; stellennummer; stellen id; job nr; ausschreibungsnummer; reference; referencia; ref; \
     numero de oferta",
    )
});
/// Words that may stand between.
const BETWEEN: &[&str] = &["id", "nr", "no", "number", "code", "num", "numero", "n", "de", "l", "offre"];
/// No more are read from one text.
const MOST: usize = 8;

/// The requisition numbers that a folded title or text names.
pub fn find(folded: &str) -> Vec<Requisition> {
    let following = |(label, at): (&'static str, usize)| {
        let line = folded[at + label.len()..].split('\n').next()?;
        Some(Requisition { label, number: number(line)? })
    };
    LABELS.found(folded).filter_map(following).take(MOST).collect()
}

/// The number that the words begin with: at least three digits, perhaps letters before and a year behind (`R-4711`,
/// `12/2026`).
fn number(line: &str) -> Option<String> {
    let mut words = line.split_whitespace().skip_while(|word| BETWEEN.contains(word));
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let first = words.next().filter(|word| digits(word) > 0 || word.len() <= 3)?;
    let mut number = first.to_owned();
    for word in words.take(2).take_while(|word| word.bytes().all(|byte| byte.is_ascii_digit())) {
        number.push_str(word);
    }
    (digits(&number) >= 3 && number.len() <= 24).then_some(number)
}

/// Two numbers under one word that are not the same, where no number agrees.
pub fn apart<'a>(one: &'a [Requisition], two: &'a [Requisition]) -> Option<(&'a str, &'a str)> {
    if one.iter().any(|a| two.contains(a)) {
        return None;
    }
    one.iter().find_map(|a| two.iter().find(|b| b.label == a.label).map(|b| (a.number.as_str(), b.number.as_str())))
}

//! Pay written in words: `$120k–$150k`, `€60.000 - 75.000`, `USD 40/hr`, `CHF 110’000`, also inside a long description.
//!
//! Amounts with a currency are found, joined to ranges, and judged by the words around them: what is raised, spent,
//! insured or reimbursed is not pay, neither are bonuses and on-target earnings.

use amount::Amount;
use posting::{Period, Salary};

mod amount;
mod context;
mod currency;
mod unit;

pub(crate) use amount::lone as amount;

/// Texts up to this many bytes are pay fields: an amount in them needs no word that says it is pay.
const FIELD_BYTES: usize = 160;

/// Amounts with a currency that are looked at in one text.
const MAX_RANGES: usize = 200;

/// The pay range a text names, `None` when it names none (`competitive`). Amounts are rounded to whole units; without a
/// word for it the period is told from the size of the amounts.
pub fn parse(text: &str) -> Option<Salary> {
    parse_with(text, None)
}

/// The same, knowing the local currency: what a bare `$` or `kr` means, and for a pay field (`50,000 - 60,000`) the
/// currency where none is written.
pub fn parse_with(text: &str, local: Option<&str>) -> Option<Salary> {
    search(text, local, text.len() <= FIELD_BYTES)
}

/// The pay range in a description, however short: an amount alone is not enough there.
pub fn parse_long(text: &str, local: Option<&str>) -> Option<Salary> {
    search(text, local, false)
}

fn search(text: &str, local: Option<&str>, field: bool) -> Option<Salary> {
    let text = &text[..text.floor_char_boundary(crate::limits::DESCRIPTION_BYTES)];
    let mut best: Option<(u32, Salary)> = None;
    for range in ranges(text, local, field).into_iter().take(MAX_RANGES) {
        let around = context::Around::of(text, range.start, range.end);
        if around.is_not_pay() {
            continue;
        }
        let stated = range.period.or_else(|| around.period());
        let Some(period) = stated.or_else(|| unit::by_size(range.low(), &range.currency)) else { continue };
        if !unit::plausible(range.low(), period, &range.currency)
            || !unit::plausible(range.high(), period, &range.currency)
        {
            continue;
        }
        let score = around.score(range.is_range(), stated.is_some(), period);
        // In a long text one sign alone proves little: `$50,000` may be anything.
        if !field && score < 4 {
            continue;
        }
        if best.as_ref().is_none_or(|(top, _)| score > *top) {
            best = Some((score, range.salary(period, &around)));
        }
    }
    best.map(|(_, salary)| salary)
}

/// One amount, or two that belong together.
struct Range {
    start: usize,
    end: usize,
    first: f64,
    second: Option<f64>,
    /// `$120k+`
    open: bool,
    currency: String,
    /// A period that stands between the two amounts: `$90/hr – $150/hr`.
    period: Option<Period>,
}

impl Range {
    fn low(&self) -> f64 {
        self.second.map_or(self.first, |second| second.min(self.first))
    }

    fn high(&self) -> f64 {
        self.second.map_or(self.first, |second| second.max(self.first))
    }

    fn is_range(&self) -> bool {
        self.second.is_some()
    }

    fn salary(&self, period: Period, around: &context::Around) -> Salary {
        let (low, high) = (self.low().round() as i64, self.high().round() as i64);
        let (min, max) = if self.is_range() {
            (Some(low), Some(high))
        } else if self.open || around.opens_upward() {
            (Some(low), None)
        } else if around.opens_downward() {
            (None, Some(high))
        } else {
            (Some(low), Some(high))
        };
        Salary { min, max, currency: self.currency.clone(), period }
    }
}

/// All amounts of a text, those joined by `-`, `to`, `bis`, … as one range.
fn ranges(text: &str, local: Option<&str>, field: bool) -> Vec<Range> {
    let amounts = amount::all(text);
    let mut ranges = Vec::new();
    let mut i = 0;
    while i < amounts.len() {
        let one = &amounts[i];
        let pair = amounts.get(i + 1).and_then(|two| joined(text, one, two).map(|period| (two, period)));
        let used = 1 + usize::from(pair.is_some());
        if let Some(range) = range(one, pair, text, local, field) {
            ranges.push(range);
        }
        i += used;
    }
    ranges
}

fn range(
    one: &Amount,
    pair: Option<(&Amount, Option<Period>)>,
    text: &str,
    local: Option<&str>,
    field: bool,
) -> Option<Range> {
    let end = pair.map_or(one.end, |(two, _)| two.end);
    let written = pair.and_then(|(two, _)| two.currency).or(one.currency);
    let currency = match written.or_else(|| currency::soon_after(&text[end..])) {
        Some(mark) => mark.resolve(pair.and(one.currency), local),
        None if field => local?.to_owned(),
        None => return None,
    };
    let (first, second) = match pair {
        None => (one.value(), None),
        Some((two, _)) => {
            let (first, second) = amount::shared_scale(one, two);
            (first, Some(second))
        }
    };
    let (low, high) = (first.min(second.unwrap_or(first)), first.max(second.unwrap_or(first)));
    // A range wider than this joins two different things; zero is "not named" in many forms.
    if high <= 0.0 || (second.is_some() && (low <= 0.0 || high / low > 15.0)) {
        return None;
    }
    let lakhs = one.in_lakhs || pair.is_some_and(|(two, _)| two.in_lakhs);
    let period = pair.and_then(|(_, period)| period).or(lakhs.then_some(Period::Year));
    Some(Range { start: one.start, end, first, second, open: one.open && pair.is_none(), currency, period })
}

/// Do these two amounts make a range? With the period that is written after the first one, if any.
fn joined(text: &str, one: &Amount, two: &Amount) -> Option<Option<Period>> {
    let between = text.get(one.end..two.start).filter(|between| between.len() <= 40)?;
    let between = crate::text::folded(between);
    let (between, period) = unit::without(&between);
    let between = currency::without(&between);
    let word = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '+' | '~'));
    let joins = matches!(
        word,
        "-" | "–"
            | "—"
            | "‑"
            | "−"
            | "--"
            | "- -"
            | "to"
            | "bis"
            | "à"
            | "until"
            | "till"
            | "up to"
            | "bis zu"
            | "- up to"
            | "/"
            | "..."
            | "…"
            | "→"
    );
    let and = matches!(word, "and" | "und" | "&")
        && crate::text::has_phrase(
            &crate::text::folded(tail(&text[..one.start], 30)),
            if word == "und" { "zwischen" } else { "between" },
        );
    (joins || and).then_some(period)
}

/// The last `bytes` bytes of a text, on a character boundary.
fn tail(text: &str, bytes: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(bytes))..]
}

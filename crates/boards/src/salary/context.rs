use super::{tail, unit};
use crate::text::{Phrases, folded};
use posting::Period;
use std::sync::LazyLock;

/// Words that make the amount after them pay.
static PAY: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "salary; salaries; compensation; pay; wage; wages; base; remuneration; earn; earnings; rate; payscale; \
     gehalt; jahresgehalt; bruttogehalt; vergütung; lohn; stundenlohn; verdienst; salaire; rémunération; \
     salario",
    )
});

/// Those of them that name the pay itself; one also pays suppliers and earns awards.
static SALARY: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "salary; compensation; base; wage; remuneration; gehalt; vergütung; lohn; salaire; rémunération; salario",
    )
});

/// Words that make the amount after them something else.
static NOT_PAY_BEFORE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "ote; on-target; on target; bonus; bonuses; stipend; sign-on; signing; raised; raise; funding; series; \
     revenue; revenues; arr; valuation; valued; budget; budgets; aum; assets; quota; commission; equity; \
     credit; credits; grant; allowance; reimbursement; reimburse; reimbursed; insurance; deductible; referral; \
     investment; invested; backed; donate; savings; processed; transactions; deals; deal; acv; worth; award; \
     prize; spend; expense; expenses; subsidy; benefit; benefits; donation; donations; match",
    )
});

/// Words that make the amount before them something else.
static NOT_PAY_AFTER: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "ote; on-target; on target; bonus; stipend; sign-on; signing; funding; revenue; arr; valuation; budget; \
     allowance; credit; credits; reimbursement; referral; customers; users; clients; quota; commission; raised; \
     investment; deal; deals; acv; grant; prize; assets; aum; learning; wellness; education; training; \
     equipment; savings; voucher; gift; fund; donation; employees; match; zuschuss",
    )
});

/// Bytes of a line that holds a pay range and little else.
const SHORT_LINE: usize = 60;

/// The words beside an amount.
pub struct Around {
    /// Folded, up to the last boundary of a clause before the amount.
    clause: String,
    /// Folded, a little more of what goes before, over line breaks: a heading may stand there.
    before: String,
    /// Folded, what follows on the line.
    after: String,
    /// The line the amount stands on holds little else.
    own_line: bool,
}

impl Around {
    pub fn of(text: &str, start: usize, end: usize) -> Self {
        let before = tail(&text[..start], 160);
        let clause_start = ["\n", ". ", "; ", "• ", ", ", "| "]
            .iter()
            .filter_map(|mark| before.rfind(mark).map(|at| at + mark.len()))
            .max()
            .unwrap_or(0);
        let after = &text[end..end + text[end..].floor_char_boundary(80)];
        let after = after.split(['\n', '•', '|', ';']).next().unwrap_or_default();
        let line_before = tail(&text[..start], SHORT_LINE + 1).rsplit('\n').next().unwrap_or_default();
        let line_after =
            text[end..end + text[end..].floor_char_boundary(SHORT_LINE + 1)].split('\n').next().unwrap_or_default();
        Around {
            clause: without_brackets(&folded(&before[clause_start..])),
            before: folded(before),
            after: folded(after),
            own_line: line_before.len() + (end - start) + line_after.len() <= SHORT_LINE,
        }
    }

    /// Is the amount raised, spent, sold, a bonus, …?
    pub fn is_not_pay(&self) -> bool {
        let last = |words: &Phrases| words.found(&self.clause).map(|(_, at)| at).max();
        // `salary: 60k` beats a bonus named earlier, `bonus of 5k` beats a salary named earlier.
        if let Some(other) = last(&NOT_PAY_BEFORE)
            && last(&PAY).is_none_or(|pay| pay < other)
        {
            return true;
        }
        // Only the words that belong to the amount: `$100k + bonus` is pay, `$10k signing bonus` is not.
        let spaced = format!(" {}", self.after);
        let mut words = spaced.split([',', '.', '+', '(', ')', ':', '–']).next().unwrap_or_default();
        for stop in [" plus ", " and ", " with ", " or ", " based ", " depending ", " in addition "] {
            words = words.split(stop).next().unwrap_or_default();
        }
        let near: Vec<&str> = words.split_whitespace().take(6).collect();
        let near = near.join(" ");
        let first = |words: &Phrases| words.found(&near).map(|(_, at)| at).min();
        first(&NOT_PAY_AFTER).is_some_and(|other| first(&PAY).is_none_or(|pay| other < pay))
    }

    /// The period named beside the amount: just after it, else before it.
    pub fn period(&self) -> Option<Period> {
        let after = &self.after[..self.after.floor_char_boundary(48)];
        if let Some((period, at)) = unit::first_in(after)
            && at <= 30
        {
            return Some(period);
        }
        unit::last_in(tail(&self.before, 90))
    }

    /// How surely it is pay: points for a word of pay, a range, a period, and a line of its own.
    pub fn score(&self, is_range: bool, has_period: bool, period: Period) -> u32 {
        let after = &self.after[..self.after.floor_char_boundary(40)];
        let close = format!("{} {}", tail(&self.before, 45), &after[..after.floor_char_boundary(20)]);
        let named = PAY.any(&self.before) || PAY.any(after);
        let is_close = PAY.any(&close);
        let is_noun = SALARY.any(&close);
        let yearly = period == Period::Year;
        2 * u32::from(named)
            + 2 * u32::from(is_range)
            + 2 * u32::from(has_period)
            + u32::from(is_close && yearly)
            + u32::from(is_noun && yearly)
            + u32::from(self.own_line && yearly)
            + 2 * u32::from(self.own_line && has_period && !yearly)
            + u32::from(is_range && yearly)
    }

    pub fn opens_upward(&self) -> bool {
        [
            "from",
            "starting at",
            "starts at",
            "starting from",
            "at least",
            "minimum",
            "min",
            "min.",
            "ab",
            "mindestens",
            "above",
            "over",
            "more than",
            "ab dem",
        ]
        .iter()
        .any(|words| ends_with_phrase(&self.before, words))
    }

    pub fn opens_downward(&self) -> bool {
        ["up to", "upto", "max", "max.", "maximum", "bis zu", "bis", "as much as", "maximal", "to"]
            .iter()
            .any(|words| ends_with_phrase(&self.before, words))
    }
}

fn ends_with_phrase(text: &str, words: &str) -> bool {
    let text = text.trim_end_matches([' ', ':', '~']);
    text.strip_suffix(words).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// What stands in brackets qualifies, it does not name: `base salary (without bonus) 60k`.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    // An amount inside brackets itself: `(60k)`; then the bracket hides nothing.
    if depth > 0 { text.to_owned() } else { out }
}

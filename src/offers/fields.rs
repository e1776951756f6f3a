//! The offer form's texts, turned into terms. A field that cannot be read is named, and nothing else is lost.

use super::{
    Benefit, Bonus, Equity, Pay, Terms,
    actions::{self, Wanted},
};
use crate::{
    acts::Done,
    applications::history::Actor,
    error::{Check, Result},
    ids::ApplicationId,
    session::Who,
    state::App,
};
use chrono::NaiveDate;
use posting::Period;

/// As typed.
pub struct OfferFields {
    pub base: String,
    pub currency: String,
    pub period: String,
    pub bonus: String,
    pub bonus_certain: bool,
    pub equity: String,
    pub equity_yearly: String,
    pub benefits: String,
    pub leave_days: String,
    pub remote_share: String,
    pub starts_on: String,
    pub decide_by: String,
    pub notes: String,
}

impl OfferFields {
    /// Saves the form. Without a version it is a new offer, and one that was made meanwhile is replaced only when it was seen.
    pub async fn save(
        self,
        app: &App,
        who: &Who,
        id: ApplicationId,
        version: Option<i64>,
        move_on: bool,
    ) -> Result<Done> {
        let terms = self.terms()?;
        let wanted = Wanted { terms, version, move_on, actor: Actor::Person };
        actions::save(app, who, id, wanted).await.map(|(_, done)| done)
    }

    fn terms(self) -> Result<Terms> {
        let mut check = Check::default();
        let base = amount(&mut check, "base", &self.base);
        let bonus = bonus(&mut check, &self.bonus, self.bonus_certain);
        let equity_yearly = amount(&mut check, "equity_yearly", &self.equity_yearly);
        let benefits = benefits(&mut check, &self.benefits);
        let leave_days = amount(&mut check, "leave_days", &self.leave_days);
        let remote_share = amount(&mut check, "remote_share", self.remote_share.trim().trim_end_matches('%'));
        let starts_on = day(&mut check, "starts_on", &self.starts_on);
        let decide_by = day(&mut check, "decide_by", &self.decide_by);
        check.that(
            equity_yearly.is_none_or(|amount| (0..=1_000_000_000).contains(&amount)),
            "equity_yearly",
            "Please enter an amount from 0 to 1,000,000,000.",
        );
        check.done()?;
        let terms = Terms {
            base: base.map(|amount| pay(amount, &self.currency, &self.period)),
            bonus,
            equity: Some(Equity { text: self.equity, yearly: equity_yearly }),
            benefits,
            // Out of what the type can keep is out of what makes sense; it is named below.
            leave_days: leave_days.map(|days| u16::try_from(days).unwrap_or(u16::MAX)),
            remote_share: remote_share.map(|share| u8::try_from(share).unwrap_or(u8::MAX)),
            starts_on,
            decide_by,
            notes: self.notes,
        };
        terms.checked()
    }
}

/// Pay of a form's texts; a period that is none is a year.
pub fn pay(amount: i64, currency: &str, period: &str) -> Pay {
    Pay { amount, currency: currency.trim().to_uppercase(), period: Period::parse(period).unwrap_or(Period::Year) }
}

/// A whole number, whatever divides its digits.
pub fn amount(check: &mut Check, field: &str, text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | '.' | '\'' | '’' | ' ' | '\u{a0}')).collect();
    let read = digits.parse().ok().filter(|_| digits.len() <= 12);
    check.that(digits.is_empty() || read.is_some(), field, "Please enter a whole number, such as 60000.");
    read
}

fn day(check: &mut Check, field: &str, text: &str) -> Option<NaiveDate> {
    let read = text.trim().parse().ok();
    check.that(text.trim().is_empty() || read.is_some(), field, "Please enter a date, such as 2026-11-21.");
    read
}

/// `5000`, `10 %`, or nothing.
fn bonus(check: &mut Check, text: &str, certain: bool) -> Option<Bonus> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if text == "?" {
        return Some(Bonus { amount: None, percent: None, certain });
    }
    if let Some(number) = text.strip_suffix('%') {
        let percent = number.trim().replace(',', ".").parse::<f64>().ok().filter(|percent| percent.is_finite());
        check.that(percent.is_some(), "bonus", "Please enter an amount, such as 5000, or a percentage, such as 10 %.");
        return Some(Bonus { amount: None, percent, certain });
    }
    let amount = amount(check, "bonus", text);
    Some(Bonus { amount, percent: None, certain })
}

/// One a line, a yearly value after the last `=`.
fn benefits(check: &mut Check, text: &str) -> Vec<Benefit> {
    let mut all = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (name, yearly) = match line.rsplit_once('=') {
            Some((name, value)) if !value.trim().is_empty() => {
                let mut own = Check::default();
                let yearly = amount(&mut own, "benefits", value);
                check.that(
                    own.done().is_ok(),
                    "benefits",
                    "Please write a yearly value as a whole number, such as: Travel card = 600.",
                );
                (name, yearly)
            }
            Some((name, _)) => (name, None),
            None => (line, None),
        };
        all.push(Benefit { name: name.trim().to_owned(), yearly });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bonus_is_an_amount_or_a_share() {
        let read = |text: &str| {
            let mut check = Check::default();
            let bonus = bonus(&mut check, text, true);
            check.done().map(|()| bonus.map(|bonus| (bonus.amount, bonus.percent)))
        };
        assert_eq!(read(""), Ok(None));
        assert_eq!(read("5,000"), Ok(Some((Some(5_000), None))));
        assert_eq!(read("12,5 %"), Ok(Some((None, Some(12.5)))));
        assert_eq!(read("?"), Ok(Some((None, None))));
        assert!(read("some").is_err() && read("x%").is_err() && read("inf%").is_err());
    }

    #[test]
    fn benefits_are_lines() {
        let mut check = Check::default();
        let all = benefits(&mut check, "Gym\n\n Travel card = 600 \nCar = \n");
        assert!(check.done().is_ok());
        let all: Vec<_> = all.iter().map(|benefit| (benefit.name.as_str(), benefit.yearly)).collect();
        assert_eq!(all, [("Gym", None), ("Travel card", Some(600)), ("Car", None)]);
        let mut check = Check::default();
        benefits(&mut check, "Car = much");
        assert!(check.done().is_err());
    }
}

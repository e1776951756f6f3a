//! What an offer is worth a year. Nothing is invented: a part without a value is named and not counted.
//!
//! The rules:
//! - A year is 12 months, 52 weeks, 260 days (five a week) or 2,080 hours (forty a week) of the base.
//! - A bonus in percent is of a year's base.
//! - Certain are the base, a bonus that is promised, and benefits with a value.
//! - Likely are, besides, a bonus that is not promised and a share in the company with a value.
//! - Without a base there is no total.
//! - All values are in the currency of the base, rounded to whole units.

use super::{Pay, Terms};
use posting::Period;
use serde::{Deserialize, Serialize};

/// What an offer is worth a year, in whole units of the currency of its base.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Sums {
    pub currency: Option<String>,
    /// The base.
    pub base: Option<i64>,
    /// What is certain.
    pub certain: Option<i64>,
    /// What is certain and what is likely.
    pub likely: Option<i64>,
    /// Parts that are not counted because their value is not known.
    pub unknown: Vec<String>,
}

/// A year's pay, in whole units.
pub fn yearly(pay: &Pay) -> i64 {
    let times = match pay.period {
        Period::Hour => 2_080,
        Period::Day => 260,
        Period::Week => 52,
        Period::Month => 12,
        Period::Year => 1,
    };
    pay.amount.saturating_mul(times)
}

impl Sums {
    /// By the rules above.
    pub fn of(terms: &Terms) -> Self {
        let base = terms.base.as_ref().map(yearly);
        let mut unknown = Vec::new();
        if base.is_none() {
            unknown.push("base pay".to_owned());
        }
        let (mut certain, mut likely) = (0_i64, 0_i64);
        if let Some(bonus) = &terms.bonus {
            let share = bonus.percent.zip(base).map(|(percent, base)| (base as f64 * percent / 100.0).round() as i64);
            match bonus.amount.or(share) {
                Some(amount) if bonus.certain => certain = certain.saturating_add(amount),
                Some(amount) => likely = likely.saturating_add(amount),
                None => unknown.push("bonus".to_owned()),
            }
        }
        for benefit in &terms.benefits {
            match benefit.yearly {
                Some(amount) => certain = certain.saturating_add(amount),
                None => unknown.push(benefit.name.clone()),
            }
        }
        if let Some(equity) = &terms.equity {
            match equity.yearly {
                Some(amount) => likely = likely.saturating_add(amount),
                None => unknown.push("equity".to_owned()),
            }
        }
        let certain = base.map(|base| base.saturating_add(certain));
        Sums {
            currency: terms.base.as_ref().map(|pay| pay.currency.clone()),
            base,
            likely: certain.map(|certain| certain.saturating_add(likely)),
            certain,
            unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::offers::{Benefit, Bonus, Equity};

    fn pay(amount: i64, period: Period) -> Option<Pay> {
        Some(Pay { amount, currency: "EUR".into(), period })
    }

    #[test]
    fn a_year_is_made_of_its_parts() {
        let terms = Terms {
            base: pay(5_000, Period::Month),
            bonus: Some(Bonus { amount: None, percent: Some(12.5), certain: false }),
            equity: Some(Equity { text: "0.1 %".into(), yearly: Some(4_000) }),
            benefits: vec![
                Benefit { name: "Travel card".into(), yearly: Some(600) },
                Benefit { name: "Gym".into(), yearly: None },
            ],
            ..Terms::default()
        };
        let sums = Sums::of(&terms);
        assert_eq!((sums.base, sums.certain, sums.likely), (Some(60_000), Some(60_600), Some(72_100)));
        assert_eq!(sums.unknown, ["Gym"]);
        let certain = Terms { bonus: Some(Bonus { amount: Some(3_000), percent: None, certain: true }), ..terms };
        assert_eq!(Sums::of(&certain).certain, Some(63_600));
    }

    #[test]
    fn hours_and_days_are_full_time() {
        let base = |amount, period| Sums::of(&Terms { base: pay(amount, period), ..Terms::default() }).certain;
        assert_eq!(base(40, Period::Hour), Some(83_200));
        assert_eq!(base(400, Period::Day), Some(104_000));
        assert_eq!(base(1_000, Period::Week), Some(52_000));
    }

    #[test]
    fn what_is_unknown_is_named_and_not_guessed() {
        let terms = Terms {
            bonus: Some(Bonus { amount: None, percent: Some(10.0), certain: true }),
            equity: Some(Equity { text: "some".into(), yearly: None }),
            ..Terms::default()
        };
        let sums = Sums::of(&terms);
        assert_eq!((sums.base, sums.certain, sums.likely), (None, None, None));
        assert_eq!(sums.unknown, ["base pay", "bonus", "equity"]);
        let most = Terms {
            base: pay(1_000_000_000, Period::Hour),
            bonus: Some(Bonus { amount: None, percent: Some(1_000.0), certain: true }),
            ..Terms::default()
        };
        assert_eq!(Sums::of(&most).certain, Some(22_880_000_000_000));
    }
}

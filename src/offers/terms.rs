//! What an offer may say.

use super::{Pay, Terms};
use crate::{
    error::{Check, Result},
    jobs::draft::is_sensible,
};

/// The most of any amount.
const MOST: i64 = 1_000_000_000;
const BENEFITS: usize = 50;

impl Terms {
    /// In order; what is wrong is named by field.
    pub fn checked(mut self) -> Result<Self> {
        let mut check = Check::default();
        if let Some(base) = &self.base {
            check_pay(&mut check, base, "base");
        }
        if let Some(bonus) = &self.bonus {
            check
                .that(
                    bonus.amount.is_none() || bonus.percent.is_none(),
                    "bonus",
                    "Please give an amount or a percentage, not both.",
                )
                .that(bonus.amount.is_none_or(is_amount), "bonus", "Please enter an amount from 0 to 1,000,000,000.")
                .that(
                    bonus.percent.is_none_or(|percent| (0.0..=1_000.0).contains(&percent)),
                    "bonus",
                    "Please enter a percentage from 0 to 1,000.",
                );
        }
        if let Some(equity) = &mut self.equity {
            equity.text = equity.text.replace('\0', "").trim().to_owned();
            check.that(equity.text.chars().count() <= 500, "equity", "Please use at most 500 characters.").that(
                equity.yearly.is_none_or(is_amount),
                "equity",
                "Please enter an amount from 0 to 1,000,000,000.",
            );
        }
        self.equity = self.equity.filter(|equity| !equity.text.is_empty() || equity.yearly.is_some());
        check.that(self.benefits.len() <= BENEFITS, "benefits", "Please keep this to 50 entries.");
        for benefit in &mut self.benefits {
            benefit.name = benefit.name.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
            check
                .that(!benefit.name.is_empty(), "benefits", "Please name each benefit.")
                .that(benefit.name.chars().count() <= 200, "benefits", "Please keep each entry under 200 characters.")
                .that(
                    benefit.yearly.is_none_or(is_amount),
                    "benefits",
                    "Please enter amounts from 0 to 1,000,000,000.",
                );
        }
        check.that(self.leave_days.is_none_or(|days| days <= 366), "leave_days", "Please enter 0 to 366 days.").that(
            self.remote_share.is_none_or(|share| share <= 100),
            "remote_share",
            "Please enter 0 to 100 percent.",
        );
        for (field, day) in [("starts_on", self.starts_on), ("decide_by", self.decide_by)] {
            check.that(day.is_none_or(is_sensible), field, "Please enter a date from the years 1900 to 2999.");
        }
        self.notes = self.notes.replace('\0', "").trim().to_owned();
        check.that(self.notes.chars().count() <= 10_000, "notes", "Please use at most 10,000 characters.");
        check.done()?;
        Ok(self)
    }
}

fn is_amount(amount: i64) -> bool {
    (0..=MOST).contains(&amount)
}

/// Notes what is wrong with pay.
pub fn check_pay(check: &mut Check, pay: &Pay, field: &str) {
    check.that((1..=MOST).contains(&pay.amount), field, "Please enter an amount from 1 to 1,000,000,000.").that(
        pay.currency.len() == 3 && pay.currency.bytes().all(|byte| byte.is_ascii_uppercase()),
        if field == "base" { "currency" } else { field },
        "Please enter the currency by its three letters, such as EUR.",
    );
}

use posting::{Period, Salary};

/// The least that somebody wants to earn, in whole units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeastPay {
    pub amount: i64,
    /// ISO 4217.
    pub currency: String,
    pub period: Period,
}

impl LeastPay {
    /// The same for a year.
    pub fn a_year(&self) -> i64 {
        a_year(self.amount, self.period)
    }
}

/// An amount for a year: 52 weeks of five days of eight hours.
pub fn a_year(amount: i64, period: Period) -> i64 {
    let times = match period {
        Period::Hour => 52 * 5 * 8,
        Period::Day => 52 * 5,
        Period::Week => 52,
        Period::Month => 12,
        Period::Year => 1,
    };
    amount.saturating_mul(times)
}

/// The most that a posting pays for a year, with its currency.
pub(crate) fn most(salary: Option<&Salary>) -> Option<(&str, i64)> {
    let salary = salary?;
    let amount = salary.max.or(salary.min)?;
    Some((salary.currency.as_str(), a_year(amount, salary.period)))
}

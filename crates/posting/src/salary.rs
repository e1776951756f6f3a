use serde::{Deserialize, Serialize};
use std::fmt;

/// A pay range in whole units of `currency` per `period`. At least one end is known.
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Salary {
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000_000))]
    pub min: Option<i64>,
    #[cfg_attr(feature = "schema", schema(minimum = 0, maximum = 1_000_000_000))]
    pub max: Option<i64>,
    /// ISO 4217: `EUR`.
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Z]{3}$"))]
    pub currency: String,
    pub period: Period,
}

/// What one payment covers.
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl Period {
    pub const ALL: [Period; 5] = [Period::Hour, Period::Day, Period::Week, Period::Month, Period::Year];

    /// The stored and transmitted form: `hour`, `day`, `week`, `month`, `year`.
    pub fn as_str(self) -> &'static str {
        match self {
            Period::Hour => "hour",
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Year => "year",
        }
    }

    /// The inverse of [`Period::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Period::ALL.into_iter().find(|period| period.as_str() == text)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Salary {
    /// `EUR 60,000–75,000 a year`, `from USD 40 an hour`, `up to GBP 50,000 a year`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let currency = &self.currency;
        match (self.min, self.max) {
            (Some(min), Some(max)) if min != max => write!(f, "{currency} {}–{}", grouped(min), grouped(max))?,
            (Some(min), Some(_)) => write!(f, "{currency} {}", grouped(min))?,
            (Some(min), None) => write!(f, "from {currency} {}", grouped(min))?,
            (None, Some(max)) => write!(f, "up to {currency} {}", grouped(max))?,
            (None, None) => return write!(f, "pay not named"),
        }
        match self.period {
            Period::Hour => write!(f, " an hour"),
            other => write!(f, " a {other}"),
        }
    }
}

/// Digits in groups of three: `60,000`.
fn grouped(amount: i64) -> String {
    let digits = amount.unsigned_abs().to_string();
    let mut out = String::new();
    if amount < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn salary(min: Option<i64>, max: Option<i64>, period: Period) -> String {
        Salary { min, max, currency: "EUR".into(), period }.to_string()
    }

    #[test]
    fn a_range_reads_like_a_sentence() {
        assert_eq!(salary(Some(60_000), Some(75_000), Period::Year), "EUR 60,000–75,000 a year");
        assert_eq!(salary(Some(40), None, Period::Hour), "from EUR 40 an hour");
        assert_eq!(salary(None, Some(999), Period::Day), "up to EUR 999 a day");
        assert_eq!(salary(Some(1_000_000), Some(1_000_000), Period::Month), "EUR 1,000,000 a month");
    }
}

//! Careful reading of one foreign JSON object: what is there, of the right kind, bounded and tidied.

use crate::{dates, html, limits, text};
use chrono::NaiveDate;
use posting::{Period, Salary};
use serde_json::Value;
use url::Url;

/// Why a row was refused: a plain sentence that names the field.
pub type Reason = String;

/// One row of a feed. Core fields of a wrong kind are refused by name; side fields of a wrong kind count as absent.
#[derive(Clone, Copy)]
pub struct Row<'a>(pub &'a Value);

impl<'a> Row<'a> {
    /// The value under a path of keys, `None` when it is absent or null.
    pub fn at(self, path: &str) -> Option<&'a Value> {
        let mut value = self.0;
        for key in path.split('.') {
            value = value.get(key)?;
        }
        (!value.is_null()).then_some(value)
    }

    /// A core text field. Empty counts as absent.
    pub fn text(self, path: &str) -> Result<Option<&'a str>, Reason> {
        match self.at(path) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
            Some(other) => Err(format!("The field “{path}” is {}, not text.", kind(other))),
        }
    }

    /// A side text field: anything but text is as good as absent.
    pub fn hint(self, path: &str) -> Option<&'a str> {
        self.at(path)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// A title, company or place: one line, entities resolved.
    pub fn label(self, path: &str) -> Result<Option<String>, Reason> {
        Ok(self.text(path)?.map(tidy_label).filter(|label| !label.is_empty()))
    }

    /// The title, which every posting must have.
    pub fn title(self, path: &str) -> Result<String, Reason> {
        match self.label(path)? {
            Some(title) => Ok(title),
            None => Err(format!("The title is missing (field “{path}”).")),
        }
    }

    /// Readable text of an HTML or plain text field.
    pub fn prose(self, path: &str) -> Result<String, Reason> {
        Ok(self.text(path)?.map(html::to_text).unwrap_or_default())
    }

    /// The parts of a place that are there, from small to large.
    pub fn joined(self, paths: &[&str]) -> String {
        let mut parts: Vec<String> = Vec::new();
        for part in paths.iter().filter_map(|path| self.hint(path)).map(tidy_label) {
            if !part.is_empty() && !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts.join(", ")
    }

    /// The first usable web address among the fields.
    pub fn link(self, paths: &[&str]) -> Option<String> {
        paths.iter().find_map(|path| link(self.hint(path)?))
    }

    /// The first of the fields that holds a date, as text or as Unix time.
    pub fn date(self, paths: &[&str]) -> Option<NaiveDate> {
        paths.iter().find_map(|path| match self.at(path)? {
            Value::String(text) => dates::parse(text),
            Value::Number(number) => dates::from_unix(number.as_i64()?),
            _ => None,
        })
    }

    /// A number, also when it is written as text.
    pub fn number(self, path: &str) -> Option<f64> {
        match self.at(path)? {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().replace(',', "").parse().ok(),
            _ => None,
        }
        .filter(|number: &f64| number.is_finite())
    }

    pub fn flag(self, path: &str) -> Option<bool> {
        self.at(path)?.as_bool()
    }

    pub fn list(self, path: &str) -> &'a [Value] {
        self.at(path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// The texts of a list, or the one text that stands where a list could.
    pub fn texts(self, path: &str) -> Vec<String> {
        let items = match self.at(path) {
            Some(Value::Array(items)) => items.as_slice(),
            Some(one @ Value::String(_)) => std::slice::from_ref(one),
            _ => &[],
        };
        items
            .iter()
            .filter_map(Value::as_str)
            .map(tidy_label)
            .filter(|item| !item.is_empty())
            .take(limits::ITEMS)
            .collect()
    }
}

/// `text`, `a number`, … for a sentence.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "empty",
        Value::Bool(_) => "a yes or no",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// A title, company or place as one bounded line.
pub fn tidy_label(label: &str) -> String {
    html::to_line(&text::without_mojibake(label), limits::LABEL_CHARS)
}

/// A web address as it can be opened: http or https, not over-long. `None` for anything else.
pub fn link(address: &str) -> Option<String> {
    let address = address.trim();
    if address.len() > limits::URL_CHARS {
        return None;
    }
    let url = Url::parse(address).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host() && url.as_str().len() <= limits::URL_CHARS)
        .then(|| url.to_string())
}

/// A pay range from numbers as feeds give them: zeros and nonsense mean that it is not named.
pub fn pay(min: Option<f64>, max: Option<f64>, currency: &str, period: Period) -> Option<Salary> {
    let whole = |amount: Option<f64>| {
        amount.filter(|amount| *amount >= 1.0 && *amount < 1e12).map(|amount| amount.round() as i64)
    };
    let (min, max) = match (whole(min), whole(max)) {
        (Some(min), Some(max)) if min > max => (Some(max), Some(min)),
        ends => ends,
    };
    let currency = currency.trim().to_ascii_uppercase();
    let known = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
    (known && (min.is_some() || max.is_some())).then_some(Salary { min, max, currency, period })
}

/// What feeds call their pay periods: `annual`, `yearly`, `1 YEAR`, `hourly`, `per-hour-wage`, …
pub fn period(word: &str) -> Option<Period> {
    let word = word.to_ascii_lowercase();
    let has = |part: &str| word.contains(part);
    if has("year") || has("annu") || has("annum") {
        Some(Period::Year)
    } else if has("month") {
        Some(Period::Month)
    } else if has("week") && !has("bi") {
        Some(Period::Week)
    } else if has("day") || has("dai") {
        Some(Period::Day)
    } else if has("hour") {
        Some(Period::Hour)
    } else {
        None
    }
}

/// A name to show from a part of an address: `alignment-health` → `Alignment Health`.
pub fn name_from_slug(slug: &str) -> Option<String> {
    let words: Vec<String> = slug
        .split(['-', '_', ' ', '+'])
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
        })
        .collect();
    let name = tidy_label(&words.join(" "));
    (!name.is_empty()).then_some(name)
}

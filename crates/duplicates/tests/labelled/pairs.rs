use chrono::NaiveDate;
use duplicates::Facts;
use posting::{Period, Salary};
use serde::Deserialize;

/// A labelled pair of postings.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    pub half: String,
    pub kind: String,
    pub note: String,
    pub a: Row,
    pub b: Row,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub company: String,
    pub title: String,
    pub place: String,
    text: String,
    link: Option<String>,
    pub source: String,
    #[serde(default, deserialize_with = "salary")]
    salary: Option<Salary>,
    posted: Option<NaiveDate>,
    first_seen: NaiveDate,
    gone: Option<NaiveDate>,
}

impl Row {
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            company: &self.company,
            title: &self.title,
            place: &self.place,
            remote: None,
            text: &self.text,
            link: self.link.as_deref(),
            salary: self.salary.as_ref(),
            source: &self.source,
            posted: self.posted,
            first_seen: self.first_seen,
            gone_since: self.gone,
        }
    }
}

fn salary<'de, D: serde::Deserializer<'de>>(reader: D) -> Result<Option<Salary>, D::Error> {
    let (min, max, currency, period): (i64, i64, String, Period) = Deserialize::deserialize(reader)?;
    Ok(Some(Salary { min: Some(min), max: Some(max), currency, period }))
}

pub fn read() -> Vec<Pair> {
    let text = include_str!("../../data/pairs.jsonl");
    text.lines()
        .enumerate()
        .map(|(i, line)| serde_json::from_str(line).unwrap_or_else(|error| panic!("line {}: {error}", i + 1)))
        .collect()
}

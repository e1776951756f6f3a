use chrono::NaiveDate;
use duplicates::Facts;
use flate2::read::GzDecoder;
use serde_json::Value;
use std::io::{BufRead, BufReader};

/// A posting of a file.
#[derive(Default)]
pub struct Row {
    company: String,
    title: String,
    place: String,
    text: String,
    link: Option<String>,
    posted: Option<NaiveDate>,
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
            salary: None,
            source: "file",
            posted: self.posted,
            first_seen: self.posted.unwrap_or_default(),
            gone_since: self.gone,
        }
    }

    pub fn line(&self) -> String {
        let day = self.posted.map(|day| day.to_string()).unwrap_or_default();
        format!("{} | {} | {} | {day} | {} characters", self.company, self.title, self.place, self.text.len())
    }
}

pub fn read(path: &str) -> std::io::Result<Vec<Row>> {
    let lines = BufReader::new(GzDecoder::new(std::fs::File::open(path)?)).lines();
    let mut rows = Vec::new();
    for line in lines {
        if let Ok(value) = serde_json::from_str::<Value>(&line?) {
            rows.push(row(&value));
        }
    }
    Ok(rows)
}

fn row(value: &Value) -> Row {
    let text = |names: &[&str]| names.iter().find_map(|name| value.get(*name)?.as_str()).unwrap_or_default().to_owned();
    let day = |names: &[&str]| NaiveDate::parse_from_str(text(names).get(..10)?, "%Y-%m-%d").ok();
    Row {
        company: text(&["company", "company_name", "department"]),
        title: text(&["title", "job_title", "position_title"]),
        place: text(&["location", "job_location"]),
        text: text(&["description", "text"]),
        link: Some(text(&["url", "usajobs_url"])).filter(|link| !link.is_empty()),
        posted: day(&["posted", "published_at", "job_posted_date", "open_date"]),
        gone: day(&["last_seen", "close_date"]),
    }
}

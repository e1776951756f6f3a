//! A job as somebody wants it saved: over REST, from a form, from a feed. Validated here, once.

use super::{Job, JobStatus};
use crate::error::{Check, Result};
use chrono::NaiveDate;
use posting::{Level, Posting, Remote, Salary};
use serde::{Deserialize, Serialize};

/// The body of `POST /jobs` and `PUT /jobs/{id}`; company and title are required.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct JobDraft {
    #[schema(required, default, min_length = 1, max_length = 300, pattern = r"[^\s\x00]")]
    pub company: String,
    #[schema(required, default, min_length = 1, max_length = 300, pattern = r"[^\s\x00]")]
    pub title: String,
    #[schema(max_length = 300)]
    pub location: String,
    pub remote: Option<Remote>,
    #[schema(max_length = 102_400)]
    pub description: String,
    #[schema(max_items = 200, max_length = 1_000)]
    pub tech_stack: Vec<String>,
    #[schema(max_items = 200, max_length = 1_000)]
    pub responsibilities: Vec<String>,
    #[schema(max_items = 200, max_length = 1_000)]
    pub requirements: Vec<String>,
    pub experience_level: Option<Level>,
    #[serde(deserialize_with = "crate::api::maybe_object")]
    pub salary: Option<Salary>,
    #[schema(max_length = 300)]
    pub source: String,
    #[schema(format = "link", max_length = 2_000)]
    pub url: Option<String>,
    pub status: JobStatus,
    pub date_posted: Option<NaiveDate>,
    /// The last day on which one can apply.
    pub closes_on: Option<NaiveDate>,
    pub date_applied: Option<NaiveDate>,
}

/// Longest company, title, place, source: characters.
const LINE: usize = 300;
/// Longest description: bytes.
const TEXT: usize = 100 << 10;
/// Longest lists, and longest entry in characters.
const ENTRIES: usize = 200;
const ENTRY: usize = 1_000;

impl JobDraft {
    /// Trims, drops empty entries, and names everything that is wrong.
    pub fn checked(mut self) -> Result<Self> {
        for text in [&mut self.company, &mut self.title, &mut self.location, &mut self.source] {
            // Postgres refuses NUL in text.
            *text = text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
        }
        self.description = self.description.trim().replace('\0', "");
        self.url = self.url.map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
        if self.source.is_empty() {
            self.source = "manual".into();
        }
        let mut check = Check::default();
        check
            .that(!self.company.is_empty(), "company", "Please name the company.")
            .that(!self.title.is_empty(), "title", "Please give the job a title.")
            .that(self.description.len() <= TEXT, "description", "Please keep the description under 100 KB.")
            .that(
                self.url.as_deref().is_none_or(is_link),
                "url",
                "Please enter a full link that starts with https:// or http://.",
            );
        for (field, text) in
            [("company", &self.company), ("title", &self.title), ("location", &self.location), ("source", &self.source)]
        {
            check.that(text.chars().count() <= LINE, field, format!("Please use at most {LINE} characters."));
        }
        for (field, list) in [
            ("tech_stack", &mut self.tech_stack),
            ("responsibilities", &mut self.responsibilities),
            ("requirements", &mut self.requirements),
        ] {
            for entry in list.iter_mut() {
                *entry = entry.trim().replace('\0', "");
            }
            list.retain(|entry| !entry.is_empty());
            check.that(list.len() <= ENTRIES, field, format!("Please keep this to {ENTRIES} entries.")).that(
                list.iter().all(|entry| entry.chars().count() <= ENTRY),
                field,
                format!("Please keep each entry under {ENTRY} characters."),
            );
        }
        for (field, date) in
            [("date_posted", self.date_posted), ("closes_on", self.closes_on), ("date_applied", self.date_applied)]
        {
            check.that(date.is_none_or(is_sensible), field, "Please enter a date from the years 1900 to 2999.");
        }
        if let Some(salary) = &self.salary {
            check_salary(&mut check, salary);
        }
        check.done()?;
        self.salary = self.salary.filter(|salary| salary.min.is_some() || salary.max.is_some());
        Ok(self)
    }
}

fn check_salary(check: &mut Check, salary: &Salary) {
    let sensible = |amount: Option<i64>| amount.is_none_or(|amount| (0..=1_000_000_000).contains(&amount));
    let code = salary.currency.len() == 3 && salary.currency.bytes().all(|b| b.is_ascii_uppercase());
    check
        .that(sensible(salary.min), "salary_min", "Please enter an amount from 0 to 1,000,000,000.")
        .that(sensible(salary.max), "salary_max", "Please enter an amount from 0 to 1,000,000,000.")
        .that(
            salary.min.zip(salary.max).is_none_or(|(min, max)| min <= max),
            "salary_max",
            "The upper end must not be below the lower end.",
        )
        .that(code, "salary_currency", "Please use a three-letter code, such as EUR or USD.");
}

/// Years that every database can keep and everybody can read.
pub fn is_sensible(date: NaiveDate) -> bool {
    (1900..=2999).contains(&chrono::Datelike::year(&date))
}

/// A full http or https link of bounded length.
pub fn is_link(text: &str) -> bool {
    text.len() <= 2_000
        && !text.contains(char::is_control)
        && url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some())
}

impl From<Job> for JobDraft {
    fn from(job: Job) -> Self {
        JobDraft {
            company: job.company,
            title: job.title,
            location: job.location,
            remote: job.remote,
            description: job.description,
            tech_stack: job.tech_stack,
            responsibilities: job.responsibilities,
            requirements: job.requirements,
            experience_level: job.experience_level,
            salary: job.salary,
            source: job.source,
            url: job.url,
            status: job.status,
            date_posted: job.date_posted,
            closes_on: job.closes_on,
            date_applied: job.date_applied,
        }
    }
}

impl From<Posting> for JobDraft {
    fn from(posting: Posting) -> Self {
        JobDraft {
            company: posting.company,
            title: posting.title,
            location: posting.location,
            remote: posting.remote,
            description: posting.description,
            tech_stack: posting.tech_stack,
            responsibilities: posting.responsibilities,
            requirements: posting.requirements,
            experience_level: posting.experience_level,
            salary: posting.salary,
            source: posting.source,
            url: posting.url,
            status: JobStatus::NotApplied,
            date_posted: posting.date_posted,
            closes_on: posting.closes_on,
            date_applied: None,
        }
    }
}

impl JobDraft {
    /// The posting inside, for the engines.
    pub fn posting(&self) -> Posting {
        Posting {
            company: self.company.clone(),
            title: self.title.clone(),
            location: self.location.clone(),
            remote: self.remote,
            description: self.description.clone(),
            tech_stack: self.tech_stack.clone(),
            responsibilities: self.responsibilities.clone(),
            requirements: self.requirements.clone(),
            experience_level: self.experience_level,
            salary: self.salary.clone(),
            source: self.source.clone(),
            url: self.url.clone(),
            date_posted: self.date_posted,
            closes_on: self.closes_on,
        }
    }
}

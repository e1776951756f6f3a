//! The job form's texts, turned into a [`JobDraft`]. A field that cannot be read is named, and nothing else is lost.

use super::{JobStatus, actions, draft::JobDraft};
use crate::{
    error::{Check, Error, Result},
    ids::JobId,
    session::{self, Who},
    state::App,
};
use chrono::NaiveDate;
use posting::{Level, Period, Remote, Salary};

/// As typed.
pub struct JobFields {
    pub company: String,
    pub title: String,
    pub location: String,
    pub remote: String,
    pub description: String,
    pub tech_stack: String,
    pub responsibilities: String,
    pub requirements: String,
    pub experience_level: String,
    pub salary_min: String,
    pub salary_max: String,
    pub salary_currency: String,
    pub salary_period: String,
    pub url: String,
    pub status: String,
    pub date_posted: String,
    pub closes_on: String,
    pub date_applied: String,
    /// Where a new job was read; a change keeps what it was.
    pub source: String,
}

impl JobFields {
    /// Creates the job, or changes the one `id` names; answers with its page's address.
    pub async fn save(mut self, app: &App, who: &Who, id: &str) -> Result<String> {
        if !id.is_empty() {
            self.source.clear();
        }
        let draft = self.draft()?;
        let job = if id.is_empty() {
            actions::create(app, who, draft, None).await?
        } else {
            actions::update(app, who, id.parse().map_err(|_| Error::NotFound)?, draft).await?
        };
        Ok(session::forward(format!("/jobs/{}", job.id)))
    }

    fn draft(self) -> Result<JobDraft> {
        let mut check = Check::default();
        let amount = |check: &mut Check, field: &str, text: &str| -> Option<i64> {
            let digits: String =
                text.chars().filter(|c| !matches!(c, ',' | '.' | '\'' | '’' | ' ' | '\u{a0}')).collect();
            let parsed = digits.parse().ok();
            check.that(digits.is_empty() || parsed.is_some(), field, "Please enter a whole number, such as 60000.");
            parsed
        };
        let date = |check: &mut Check, field: &str, text: &str| -> Option<NaiveDate> {
            let parsed = text.trim().parse().ok();
            check.that(text.trim().is_empty() || parsed.is_some(), field, "Please enter a date, such as 2026-11-21.");
            parsed
        };
        let min = amount(&mut check, "salary_min", &self.salary_min);
        let max = amount(&mut check, "salary_max", &self.salary_max);
        let date_posted = date(&mut check, "date_posted", &self.date_posted);
        let closes_on = date(&mut check, "closes_on", &self.closes_on);
        let date_applied = date(&mut check, "date_applied", &self.date_applied);
        check
            .that(
                self.remote.is_empty() || Remote::parse(&self.remote).is_some(),
                "remote",
                "Please choose one of the list.",
            )
            .that(
                self.experience_level.is_empty() || Level::parse(&self.experience_level).is_some(),
                "experience_level",
                "Please choose one of the list.",
            )
            .that(
                self.status.is_empty() || JobStatus::parse(&self.status).is_some(),
                "status",
                "Please choose one of the list.",
            );
        let currency = self.salary_currency.trim().to_uppercase();
        let salary = (min.is_some() || max.is_some()).then(|| Salary {
            min,
            max,
            currency: currency.clone(),
            period: Period::parse(&self.salary_period).unwrap_or(Period::Year),
        });
        let draft = JobDraft {
            company: self.company,
            title: self.title,
            location: self.location,
            remote: Remote::parse(&self.remote),
            description: self.description,
            tech_stack: crate::ui::split_tags(&self.tech_stack),
            responsibilities: lines(&self.responsibilities),
            requirements: lines(&self.requirements),
            experience_level: Level::parse(&self.experience_level),
            salary,
            source: self.source,
            url: Some(self.url),
            status: JobStatus::parse(&self.status).unwrap_or_default(),
            date_posted,
            closes_on,
            date_applied,
        };
        // Both kinds of problem at once: what could not be read, and what is not allowed.
        match (check.done(), draft.clone().checked()) {
            // As written: a change keeps where it came from.
            (Ok(()), checked) => checked.map(|_| draft),
            (Err(error), Ok(_)) => Err(error),
            (Err(Error::Invalid(mut all)), Err(Error::Invalid(more))) => {
                for (field, message) in more {
                    all.entry(field).or_insert(message);
                }
                Err(Error::Invalid(all))
            }
            (Err(error), Err(_)) => Err(error),
        }
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.trim().trim_start_matches(['-', '•', '*']).trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

/// Deletes and answers with the list's address.
pub async fn delete(app: &App, who: &Who, id: JobId) -> Result<String> {
    actions::delete(app, who, id).await?;
    Ok(session::forward("/jobs".into()))
}

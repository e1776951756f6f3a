//! Openings that the sources have, the same for everybody. What a person keeps of one is a job.
//!
//! A posting is what one source has under one key. Postings of the same opening point at the one that came first.

use crate::{
    ids::{PostingId, SourceId},
    jobs::{JobStatus, draft::JobDraft, scoring::Asks},
};
use chrono::{DateTime, NaiveDate, Utc};
use posting::{Level, Posting, Remote, Salary};

pub mod apart;
pub mod ingest;
mod judging;
mod merging;
pub mod recent;
pub mod standing;
pub mod store;
pub mod written;

/// A row of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What the source calls it, the same at every reading.
    pub key: String,
    pub posting: Posting,
}

/// What became of the rows of one reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    pub found: u32,
    /// Openings that were not known.
    pub new: u32,
    /// Postings that were not known, of openings that were.
    pub duplicate: u32,
    /// Openings that this reading closed.
    pub gone: u32,
}

/// An opening as it is matched and kept: the best of what its postings say.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The opening's: the id of the posting that came first.
    pub id: PostingId,
    pub company: String,
    pub title: String,
    pub location: String,
    pub remote: Option<Remote>,
    pub level: Option<Level>,
    pub salary: Option<Salary>,
    pub asks: Asks,
    pub tech_stack: Vec<String>,
    pub responsibilities: Vec<String>,
    pub requirements: Vec<String>,
    /// The word of the board whose details count most: `greenhouse`, `lever`, …
    pub source: String,
    /// Every source that has it, the best first.
    pub sources: Vec<SourceId>,
    pub url: Option<String>,
    pub date_posted: Option<NaiveDate>,
    pub closes_on: Option<NaiveDate>,
    /// Folded name of the company: equal keys mean the same one.
    pub company_key: String,
    pub description: String,
    pub first_seen: DateTime<Utc>,
}

impl From<Stored> for JobDraft {
    fn from(opening: Stored) -> Self {
        JobDraft {
            company: opening.company,
            title: opening.title,
            location: opening.location,
            remote: opening.remote,
            description: opening.description,
            tech_stack: opening.tech_stack,
            responsibilities: opening.responsibilities,
            requirements: opening.requirements,
            experience_level: opening.level,
            salary: opening.salary,
            source: opening.source,
            url: opening.url,
            status: JobStatus::NotApplied,
            date_posted: opening.date_posted,
            closes_on: opening.closes_on,
            date_applied: None,
        }
    }
}

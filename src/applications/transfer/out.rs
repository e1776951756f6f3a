//! Applications as they go out: rows of CSV and JSON, sheets of a spreadsheet, pages of a proof of search.

use crate::{
    applications::{
        history::store as steps,
        moves::NOTE,
        stages,
        store::NOTES,
        tracker::{TrackerQuery, actions::clean, store::Whole, store::whole},
    },
    error::{Error, Result},
    ids::ApplicationId,
    profile, seal,
    session::Who,
    state::App,
};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use posting::{Period, Salary};
use serde::Serialize;
use sheets::{Proof, ProofRow, Sheet};
use std::collections::HashMap;

/// The most applications that go out at once.
const MOST: i64 = 50_000;

/// One stage of a history.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OutStep {
    pub at: DateTime<Utc>,
    /// The stage's name.
    pub stage: String,
    pub status: String,
    pub note: String,
}

/// One application with its job.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct OutRow {
    pub company: String,
    pub title: String,
    pub location: String,
    pub link: String,
    /// The stage's name.
    pub stage: String,
    pub status: String,
    pub applied: Option<DateTime<Utc>>,
    /// Since when it is in its stage.
    pub since: DateTime<Utc>,
    /// 0 to 100.
    pub score: Option<i64>,
    pub source: String,
    /// In words; empty when the posting names none.
    pub salary: String,
    pub notes: String,
    /// Oldest first.
    pub history: Vec<OutStep>,
}

/// Rows with the zone in which their moments are days.
pub struct Out {
    pub rows: Vec<OutRow>,
    zone: Tz,
    now: DateTime<Utc>,
}

/// Which time a proof covers, both days included, and whose it is.
pub struct Covers {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub name: String,
}

/// Everything that passes the filters.
pub async fn gather(app: &App, who: &Who, query: &TrackerQuery) -> Result<Out> {
    app.limits.heavy(who.user)?;
    let query = clean(query);
    let all = whole(&app.db, who.user, &query, MOST).await?;
    let names = stages::store::names(&app.db, who.user).await?;
    let past = steps::of_all(&app.db, who.user).await?;
    let zone = profile::store::get(app, who.user).await?.time_zone.parse().unwrap_or(Tz::UTC);
    let sealed = all.iter().any(|one| one.notes_sealed.is_some()) || past.iter().any(|step| step.note_sealed.is_some());
    let key = if sealed { Some(seal::key(app, who.user).await?) } else { None };
    let open = |place: &str, sealed: Option<&str>| match sealed.zip(key.as_ref()) {
        Some((sealed, key)) => key.open_text(place, sealed),
        None => Ok(String::new()),
    };
    let name = |stage: &str, status: &str| names.get(stage).cloned().unwrap_or_else(|| status.to_owned());
    let mut histories: HashMap<ApplicationId, Vec<OutStep>> = HashMap::new();
    for step in past {
        histories.entry(step.application_id).or_default().push(OutStep {
            at: step.at,
            stage: name(&step.stage, step.status.label()),
            status: step.status.to_string(),
            note: open(NOTE, step.note_sealed.as_deref())?,
        });
    }
    let mut rows = Vec::with_capacity(all.len());
    for one in all {
        let salary = pay(&one);
        let notes = if one.notes_sealed.is_some() { open(NOTES, one.notes_sealed.as_deref())? } else { one.notes };
        let line = one.line;
        rows.push(OutRow {
            history: histories.remove(&line.id).unwrap_or_default(),
            stage: name(&line.stage, line.status.label()),
            company: line.company,
            title: line.title,
            location: line.location,
            link: one.url.unwrap_or_default(),
            status: line.status.to_string(),
            applied: line.applied_at,
            since: line.since,
            score: line.match_score,
            source: line.source,
            salary,
            notes,
        });
    }
    Ok(Out { rows, zone, now: Utc::now() })
}

fn pay(one: &Whole) -> String {
    let period = one.salary_period.as_deref().and_then(Period::parse);
    let salary = one.salary_currency.clone().zip(period).map(|(currency, period)| Salary {
        min: one.salary_min,
        max: one.salary_max,
        currency,
        period,
    });
    salary.map(|salary| salary.to_string()).unwrap_or_default()
}

/// The columns of CSV and spreadsheet, with their widths in characters.
const COLUMNS: [(&str, u32); 13] = [
    ("Company", 24),
    ("Title", 32),
    ("Location", 20),
    ("Link", 30),
    ("Stage", 14),
    ("Status", 12),
    ("Applied", 12),
    ("Since", 12),
    ("Score", 8),
    ("Source", 14),
    ("Salary", 26),
    ("Notes", 50),
    ("History", 50),
];

impl Out {
    fn day(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%Y-%m-%d").to_string()
    }

    fn cells(&self, row: &OutRow) -> Vec<String> {
        let days: Vec<(String, &str)> =
            row.history.iter().map(|step| (self.day(step.at), step.stage.as_str())).collect();
        vec![
            row.company.clone(),
            row.title.clone(),
            row.location.clone(),
            row.link.clone(),
            row.stage.clone(),
            row.status.clone(),
            row.applied.map(|at| self.day(at)).unwrap_or_default(),
            self.day(row.since),
            row.score.map(|score| score.to_string()).unwrap_or_default(),
            row.source.clone(),
            row.salary.clone(),
            row.notes.clone(),
            sheets::write_history(days.iter().map(|(day, stage)| (day.as_str(), *stage))),
        ]
    }

    /// A CSV file.
    pub fn csv(&self) -> Vec<u8> {
        let rows: Vec<Vec<String>> = self.rows.iter().map(|row| self.cells(row)).collect();
        sheets::delimited::write(&COLUMNS.map(|(name, _)| name), rows.iter().map(Vec::as_slice))
    }

    /// A JSON list.
    pub fn json(&self) -> Result<Vec<u8>> {
        Ok(serde_json::to_vec_pretty(&self.rows)?)
    }

    /// A spreadsheet: applications, and their stages on a sheet of their own.
    pub fn xlsx(&self) -> Result<Vec<u8>> {
        let rows: Vec<Vec<String>> = self.rows.iter().map(|row| self.cells(row)).collect();
        let history: Vec<Vec<String>> = self
            .rows
            .iter()
            .flat_map(|row| row.history.iter().map(move |step| (row, step)))
            .map(|(row, step)| {
                let day = self.day(step.at);
                vec![
                    row.company.clone(),
                    row.title.clone(),
                    day,
                    step.stage.clone(),
                    step.status.clone(),
                    step.note.clone(),
                ]
            })
            .collect();
        let columns = [("Company", 24), ("Title", 32), ("Date", 12), ("Stage", 16), ("Status", 12), ("Note", 50)];
        let sheets = [
            Sheet { name: "Applications", columns: &COLUMNS, rows: &rows },
            Sheet { name: "History", columns: &columns, rows: &history },
        ];
        sheets::write_xlsx(&sheets).map_err(Error::internal)
    }

    /// A proof of search: what was sent in this time, the first first.
    pub fn pdf(&self, covers: &Covers) -> Vec<u8> {
        let words = |day: NaiveDate| day.format("%-d %b %Y").to_string();
        let mut sent: Vec<(NaiveDate, &OutRow)> = self
            .rows
            .iter()
            .filter(|row| row.status != "interested")
            .filter_map(|row| Some((row.applied?.with_timezone(&self.zone).date_naive(), row)))
            .filter(|(day, _)| covers.from.is_none_or(|from| *day >= from) && covers.to.is_none_or(|to| *day <= to))
            .collect();
        sent.sort_by_key(|(day, _)| *day);
        let rows = sent.into_iter().map(|(day, row)| ProofRow {
            date: words(day),
            company: row.company.clone(),
            position: row.title.clone(),
            place: row.location.clone(),
            how: row.source.clone(),
            result: format!("{}, {}", row.stage, words(row.since.with_timezone(&self.zone).date_naive())),
        });
        let period = match (covers.from, covers.to) {
            (Some(from), Some(to)) => format!("Applications from {} to {}", words(from), words(to)),
            (Some(from), None) => format!("Applications since {}", words(from)),
            (None, Some(to)) => format!("Applications until {}", words(to)),
            (None, None) => "All applications".to_owned(),
        };
        sheets::proof(&Proof {
            title: "Proof of job search".into(),
            name: covers.name.clone(),
            period,
            made: format!("Made on {}", words(self.now.with_timezone(&self.zone).date_naive())),
            rows: rows.collect(),
        })
    }
}

//! One row of a table as a job with its application.

use super::{
    reading::{self, Chosen},
    store::KeptRow,
};
use crate::{
    applications::{actions::checked_notes, moves::LONGEST_NOTE, stages::Stage},
    error::{Error, Result},
    events::moment_in,
    ids::JobId,
    jobs::{actions::prepare, draft::JobDraft, scoring::Fitter, store::NewJob},
    state::App,
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use sheets::{
    dates::{self, When},
    fields::Field,
    history,
    stages::Meaning,
};
use std::sync::Arc;

/// A job with its application, ready to be written.
pub struct Entry {
    pub job: NewJob,
    pub notes: String,
    pub applied_at: Option<DateTime<Utc>>,
    /// Oldest first; the last is where it stands. Never empty.
    pub steps: Vec<Stood>,
}

/// A stage an application was in.
pub struct Stood {
    pub stage: Stage,
    pub at: DateTime<Utc>,
    pub note: String,
}

/// Why a row is left out, as a sentence.
type Reason = String;

/// Reads rows as the person chose.
pub struct Reader {
    pub app: App,
    pub fitter: Option<Arc<Fitter>>,
    pub zone: Tz,
    pub now: DateTime<Utc>,
    pub header: Vec<String>,
    pub chosen: Chosen,
    pub stages: Vec<Stage>,
}

/// What people write where there is nothing to write.
const NOTHING: [&str; 10] = ["-", "--", "–", "—", "n/a", "na", "none", "tbd", "?", "null"];

impl Reader {
    /// The cell of a field as it stands there.
    fn cell<'a>(&self, row: &'a KeptRow, field: Field) -> &'a str {
        self.chosen.column(field).and_then(|column| row.cells.get(column)).map_or("", String::as_str)
    }

    /// The same on one line.
    pub fn line(&self, row: &KeptRow, field: Field) -> String {
        self.cell(row, field).replace(char::is_control, " ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The row as it will be written, or why it is left out.
    pub fn entry(&self, row: &KeptRow) -> Result<Entry, Reason> {
        if let Some(problem) = &row.problem {
            return Err(problem.clone());
        }
        let mut said: Vec<String> = Vec::new();
        let steps = self.steps(row, &mut said)?;
        let Some(last) = steps.last() else { return Err("It says nothing about where it stands.".into()) };
        let applied_at = match self.when(row, Field::Applied)? {
            Some(at) => Some(at),
            // Only where a day was told: a step without one is of now.
            None => steps.iter().find(|step| step.stage.status.is_sent() && step.at < self.now).map(|step| step.at),
        };
        let link = self.cell(row, Field::Link).trim();
        let url = as_link(link);
        if url.is_none() && !is_nothing(link) {
            said.push(format!("Link: {}", self.line(row, Field::Link)));
        }
        let pay = self.line(row, Field::Salary);
        let salary = boards::salary::parse_with(&pay, None);
        if salary.is_none() && !is_nothing(&pay) {
            said.push(format!("Pay: {pay}"));
        }
        let source = self.line(row, Field::Source);
        let draft = JobDraft {
            company: self.line(row, Field::Company),
            title: self.line(row, Field::Title),
            location: Some(self.line(row, Field::Location)).filter(|place| !is_nothing(place)).unwrap_or_default(),
            salary,
            source: if is_nothing(&source) { "import".into() } else { source },
            url,
            status: last.stage.status.job_status(),
            date_applied: applied_at.map(|at| at.with_timezone(&self.zone).date_naive()),
            ..JobDraft::default()
        };
        let draft = draft.checked().map_err(|error| sentence(&error))?;
        let job = prepare(&self.app, self.fitter.as_deref(), JobId::fresh(), draft);
        let notes = self.notes(row, said)?;
        Ok(Entry { job, notes, applied_at, steps })
    }

    /// Notes as they stand there, then what has no place of its own, a line each.
    fn notes(&self, row: &KeptRow, mut said: Vec<String>) -> Result<String, Reason> {
        let (name, email) = (self.line(row, Field::Contact), self.line(row, Field::ContactEmail));
        match (is_nothing(&name), is_nothing(&email)) {
            (false, false) => said.push(format!("Contact: {name}, {email}")),
            (false, true) => said.push(format!("Contact: {name}")),
            (true, false) => said.push(format!("Contact: {email}")),
            (true, true) => {}
        }
        let of = |field: Field| {
            let columns = (0..self.header.len()).filter(move |column| self.chosen.field(*column) == Some(field));
            columns.filter_map(move |column| Some((self.header[column].as_str(), row.cells.get(column)?.as_str())))
        };
        said.extend(
            of(Field::NextAction)
                .filter(|(_, cell)| !is_nothing(cell))
                .map(|(name, cell)| format!("{name}: {}", cell.trim())),
        );
        let texts: Vec<(&str, &str)> = of(Field::Notes).filter(|(_, cell)| !cell.is_empty()).collect();
        let notes = match texts.as_slice() {
            [(_, only)] => (*only).to_owned(),
            several => several.iter().map(|(name, cell)| format!("{name}: {cell}")).collect::<Vec<_>>().join("\n\n"),
        };
        let gap = if notes.is_empty() || said.is_empty() { "" } else { "\n\n" };
        checked_notes([notes.as_str(), gap, &said.join("\n")].concat()).map_err(|error| sentence(&error))
    }

    /// The stages of a row with their moments, oldest first.
    fn steps(&self, row: &KeptRow, said: &mut Vec<String>) -> Result<Vec<Stood>, Reason> {
        let word = reading::word(self.cell(row, Field::Stage));
        let current = if word.is_empty() { None } else { Some(self.stage(&word)?) };
        let mut steps: Vec<Stood> = Vec::new();
        for told in history::read(self.cell(row, Field::History)) {
            let when =
                dates::read(&told.at, dates::Order::YearFirst).ok_or_else(|| format!("“{}” is no day.", told.at))?;
            let at = self.moment(when).filter(|at| *at <= self.now).ok_or("Its history is in the future.")?;
            let note: String = told.note[..told.note.floor_char_boundary(LONGEST_NOTE)].trim().to_owned();
            steps.push(Stood { stage: self.stage(&reading::word(&told.stage))?, at, note });
        }
        if steps.is_empty() {
            for (field, meaning) in [
                (Field::Applied, Meaning::Applied),
                (Field::Interview, Meaning::Interview),
                (Field::Offer, Meaning::Offer),
                (Field::Rejected, Meaning::Rejected),
            ] {
                let Some(at) = self.when(row, field)? else {
                    let cell = self.line(row, field);
                    if field == Field::Interview && !is_nothing(&cell) {
                        // Still to come.
                        said.push(format!("Interview: {cell}"));
                    }
                    continue;
                };
                let stage = reading::of_meaning(meaning, &self.stages).ok_or("A stage is missing.")?;
                // “Phone screen” on the day of the interview is where it was that day.
                let stage = current.as_ref().filter(|own| own.status == stage.status).unwrap_or(stage).clone();
                steps.push(Stood { stage, at, note: String::new() });
            }
        }
        steps.sort_by_key(|step| step.at);
        let current = match (current, steps.last()) {
            (Some(stage), _) => stage,
            (None, Some(last)) => last.stage.clone(),
            (None, None) => {
                reading::of_meaning(Meaning::Interested, &self.stages).ok_or("A stage is missing.")?.clone()
            }
        };
        if steps.last().is_none_or(|last| last.stage.key != current.key) {
            let since = self.when(row, Field::Since)?;
            let after = steps.last().map(|last| last.at);
            let at = since.filter(|since| after.is_none_or(|after| *since >= after)).unwrap_or(self.now);
            steps.push(Stood { stage: current, at, note: String::new() });
        }
        Ok(steps)
    }

    /// The stage a word was taken for.
    fn stage(&self, word: &str) -> Result<Stage, Reason> {
        let key = match self.chosen.words.get(word) {
            Some(key) if key.is_empty() => {
                return Err(format!("Rows with “{word}” are left out: no stage is chosen for it."));
            }
            Some(key) => key,
            None => return Err(format!("No stage is chosen for “{word}”.")),
        };
        let found = self.stages.iter().find(|stage| stage.key == *key).cloned();
        found.ok_or_else(|| format!("The stage chosen for “{word}” is not in your pipeline any more."))
    }

    /// The moment a cell of days tells; None when it is empty, or an interview that is still to come.
    fn when(&self, row: &KeptRow, field: Field) -> Result<Option<DateTime<Utc>>, Reason> {
        let cell = self.cell(row, field);
        if is_nothing(cell) {
            return Ok(None);
        }
        let heading = || self.chosen.column(field).map_or("", |column| self.header[column].as_str());
        let shown = || cell.trim().chars().take(40).collect::<String>();
        let at = dates::read(cell, self.chosen.order())
            .and_then(|when| self.moment(when))
            .ok_or_else(|| format!("“{}” in the column “{}” is no day.", shown(), heading()))?;
        match (at > self.now, field) {
            (true, Field::Interview) => Ok(None),
            (true, _) => Err(format!("“{}” in the column “{}” is in the future.", shown(), heading())),
            (false, _) => Ok(Some(at)),
        }
    }

    /// A day is its noon where the person is, and today is now.
    fn moment(&self, when: When) -> Option<DateTime<Utc>> {
        let today = self.now.with_timezone(&self.zone).date_naive();
        let at = match when {
            When::Day(day) if day == today => self.now.min(moment_in(self.zone, day.and_hms_opt(12, 0, 0)?)?),
            When::Day(day) => moment_in(self.zone, day.and_hms_opt(12, 0, 0)?)?,
            When::Local(time) => moment_in(self.zone, time)?,
            When::Moment(at) => at,
        };
        DateTime::from_timestamp_micros(at.timestamp_micros())
    }
}

fn is_nothing(cell: &str) -> bool {
    let cell = cell.trim().to_lowercase();
    cell.is_empty() || NOTHING.contains(&cell.as_str())
}

/// A full link, also of an address without its scheme; None when it is neither.
fn as_link(cell: &str) -> Option<String> {
    let link = if cell.contains("://") { cell.to_owned() } else { format!("https://{cell}") };
    let host =
        url::Url::parse(&link).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?.host_str()?.to_owned();
    let fits =
        host.contains('.') && link.len() <= 2_000 && !link.contains(|c: char| c.is_whitespace() || c.is_control());
    fits.then_some(link)
}

/// What is wrong with a row, in one line.
fn sentence(error: &Error) -> Reason {
    let fields = error.fields();
    if fields.is_empty() {
        return error.to_string();
    }
    fields.into_values().collect::<Vec<_>>().join(" ")
}

//! What can be said about jobs, the same for forms and programs.

use super::{
    About, Feedback, HiddenCompany, Overview, Place, Reason, SaidOfJob, Shown, Verdict, store,
    taste::{self, ALGORITHM, Traits},
};
use crate::{
    acts::Done,
    error::{Check, Error, Result},
    events::Change,
    ids::{FeedbackId, HiddenCompanyId, JobId},
    jobs::{
        self, Job,
        scoring::{self, Asks, Facts},
    },
    session::Who,
    state::App,
};
use serde_json::json;

/// Longest note and company, in characters.
const NOTE: usize = 500;
const COMPANY: usize = 300;
/// The last place in a list that is kept.
const LAST: u32 = 100_000;
/// The most hidden companies of a person.
const MOST_HIDDEN: i64 = 1_000;
/// What the page lists of what was said.
const LISTED: i64 = 100;

/// As a form sends it.
pub struct Typed {
    pub verdict: String,
    pub reason: String,
    pub note: String,
    pub hide: bool,
    pub list: String,
    pub position: Option<u32>,
}

/// What somebody wants to say about a job, and where they saw it.
pub struct Wanted {
    pub verdict: Verdict,
    pub reason: Option<Reason>,
    pub note: String,
    pub list: Place,
    pub position: Option<u32>,
}

impl Typed {
    fn read(self) -> Result<Wanted> {
        let (verdict, reason) = (self.verdict.parse(), self.reason.parse());
        let mut check = Check::default();
        check.that(verdict.is_ok(), "verdict", "Please choose up or down.").that(
            self.reason.is_empty() || reason.is_ok(),
            "reason",
            "Please choose one of the list.",
        );
        check.done()?;
        Ok(Wanted {
            verdict: verdict.unwrap_or(Verdict::Up),
            reason: reason.ok(),
            note: self.note,
            list: self.list.parse().unwrap_or_default(),
            position: self.position.filter(|at| (1..=LAST).contains(at)),
        })
    }
}

impl Wanted {
    /// Trims, and names everything that is wrong.
    fn checked(mut self) -> Result<Self> {
        self.note = self.note.replace('\0', "").trim().to_owned();
        let mut check = Check::default();
        check
            .that(
                self.reason.is_none_or(|reason| Reason::of(self.verdict).contains(&reason)),
                "reason",
                "This is no reason for that verdict.",
            )
            .that(self.note.chars().count() <= NOTE, "note", "Please use at most 500 characters.")
            .that(self.position.is_none_or(|at| (1..=LAST).contains(&at)), "position", "Use 1 to 100,000.");
        check.done()?;
        Ok(self)
    }
}

/// Says something about a job for the person, and hides its company if they want that too.
pub async fn say(app: &App, who: &Who, id: JobId, typed: Typed) -> Result<Done> {
    let taste = taste::of_who(app, who).await?;
    let mut change = app.change(who.user).await?;
    // Looked for first: what is not there is not found, whatever else is wrong.
    let row = jobs::store::get_in(&mut change.tx, who.user, id).await?;
    let hide = typed.hide;
    let wanted = typed.read()?;
    let said = put(&mut change, &taste, row, wanted).await?;
    if hide {
        add_hidden(&mut change, &said.about.company).await?;
    }
    ended(change, 1).await
}

/// Says something about a job for a program.
pub async fn give(app: &App, who: &Who, id: JobId, wanted: Wanted) -> Result<Feedback> {
    let taste = taste::of_who(app, who).await?;
    let mut change = app.change(who.user).await?;
    let row = jobs::store::get_in(&mut change.tx, who.user, id).await?;
    let said = put(&mut change, &taste, row, wanted).await?;
    change.commit().await?;
    Ok(said)
}

async fn put(change: &mut Change, taste: &taste::Taste, row: jobs::store::Row, wanted: Wanted) -> Result<Feedback> {
    let (app, who) = (change.app(), change.who);
    let wanted = wanted.checked()?;
    let before = store::of_job_in(&app, &mut change.tx, who, row.id).await?;
    let fitter = scoring::fitter_in(&app, change).await?;
    let (asks, posting_id) = (row.asks.0.clone(), row.posting_id);
    let job = Job::from(row);
    let facts = Facts { location: &job.location, remote: job.remote, level: job.experience_level, asks: &asks };
    let fit = fitter.map(|fitter| fitter.fit(&facts));
    let shown = Shown {
        match_score: job.match_score,
        parts: fit.as_ref().map(|fit| [fit.skills.score, fit.location.score, fit.experience.score]),
        moved: taste.points(&traits(&job, &asks)),
        list: wanted.list,
        position: wanted.position,
        algorithm: ALGORITHM.to_owned(),
    };
    let said = Feedback {
        id: before.map_or_else(FeedbackId::fresh, |before| before.id),
        job_id: job.id,
        posting_id,
        verdict: wanted.verdict,
        reason: wanted.reason,
        note: wanted.note,
        about: About {
            company: job.company,
            title: job.title,
            location: job.location,
            level: job.experience_level,
            skills: asks.names(),
            missing: fit.map(|fit| fit.skills.missing).unwrap_or_default(),
        },
        shown,
        given_at: change.at,
    };
    store::put(&app, &mut change.tx, who, &said).await?;
    tell(change, &said, "feedback.given");
    Ok(said)
}

fn tell(change: &mut Change, said: &Feedback, kind: &str) {
    let About { company, title, .. } = &said.about;
    let detail = json!({ "job": said.job_id, "company": company, "title": title, "verdict": said.verdict });
    change.record(kind, Some(said.job_id.0), detail);
}

/// Ends a change in which so many things were changed. What was said is taken back by saying so, not by an act.
async fn ended(change: Change, count: u32) -> Result<Done> {
    if count > 0 {
        change.commit().await?;
    }
    Ok(Done { bundle: None, count })
}

/// What a job is, as far as taste goes.
pub fn traits<'a>(job: &'a Job, asks: &'a Asks) -> Traits<'a> {
    Traits::new(&job.company, &job.title, &job.location, job.experience_level, asks)
}

/// Takes back what was said about a job of the person's; nothing happens where nothing was said.
pub async fn take_back(app: &App, who: &Who, id: JobId) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let Some(said) = store::of_job_in(app, &mut change.tx, who.user, id).await? else {
        jobs::store::brief(&mut change.tx, who.user, id).await?;
        return ended(change, 0).await;
    };
    store::remove(&mut change.tx, who.user, id).await?;
    tell(&mut change, &said, "feedback.removed");
    ended(change, 1).await
}

/// Hides a company; answers with its entry, which is the one there is where it was hidden before.
pub async fn hide(app: &App, who: &Who, company: &str) -> Result<(HiddenCompany, Done)> {
    let mut change = app.change(who.user).await?;
    let (entry, added) = add_hidden(&mut change, company).await?;
    Ok((entry, ended(change, u32::from(added)).await?))
}

async fn add_hidden(change: &mut Change, company: &str) -> Result<(HiddenCompany, bool)> {
    let company = company.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
    let key = taste::company_key(&company);
    let mut check = Check::default();
    check.that(!key.is_empty(), "company", "Please name the company.").that(
        company.chars().count() <= COMPANY,
        "company",
        "Please use at most 300 characters.",
    );
    check.done()?;
    if let Some(known) = store::hidden_in(&mut change.tx, change.who, &key).await? {
        return Ok((known, false));
    }
    if store::count_hidden_in(&mut change.tx, change.who).await? >= MOST_HIDDEN {
        return Err(Error::Conflict("You can hide 1,000 companies. Please show one again first.".into()));
    }
    let new = HiddenCompany { id: HiddenCompanyId::fresh(), company, created_at: change.at };
    store::hide(&mut change.tx, change.who, &new, &key).await?;
    change.record("feedback.hidden", Some(new.id.0), json!({ "company": new.company }));
    Ok((new, true))
}

/// Shows a company's jobs again.
pub async fn show(app: &App, who: &Who, id: HiddenCompanyId) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let company = store::show(&mut change.tx, who.user, id).await?;
    change.record("feedback.shown", Some(id.0), json!({ "company": company }));
    ended(change, 1).await
}

/// Hidden companies and what was said, for the page.
pub async fn overview(app: &App, who: &Who) -> Result<Overview> {
    Ok(Overview { hidden: store::hidden(&app.db, who.user).await?, said: store::list(app, who.user, LISTED, 0).await? })
}

/// What a job's page shows of it.
pub async fn of_job(app: &App, who: &Who, job: &Job, asks: &Asks) -> Result<SaidOfJob> {
    let taste = taste::of_who(app, who).await?;
    if taste.is_empty() {
        return Ok(SaidOfJob::default());
    }
    let said = store::of_job(app, who.user, job.id).await?;
    let key = taste::company_key(&job.company);
    let hidden = if taste.hides(&key).is_some() { store::hidden_by(&app.db, who.user, &key).await? } else { None };
    let (verdict, reason, note) = match said {
        Some(said) => (Some(said.verdict), said.reason, said.note),
        None => (None, None, String::new()),
    };
    Ok(SaidOfJob { verdict, reason, note, moved: taste.moved(job.id, &traits(job, asks)), hidden })
}

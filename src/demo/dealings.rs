//! What the half-year leads to: offers of the applications that stand there, what was said about pay, and what is to be done.

use crate::{
    applications::{self, Application},
    error::Result,
    events::Change,
    ids::ApplicationId,
    jobs::{self, Job},
    offers::{
        self, Benefit, Bonus, Equity, Pay, Terms,
        talk::{self, Speaker},
    },
    tasks::{self, Remind, Repeat, actions::Wanted, clock},
};
use chrono::{DateTime, Datelike, Days, NaiveTime, Utc};
use posting::{Period, Remote};

/// Makes them, as of the change's moment.
pub async fn make(change: &mut Change) -> Result<()> {
    for (n, application) in applications::store::in_stage(change, "offer").await?.into_iter().enumerate() {
        let first = n == 0;
        let job = Job::from(jobs::store::get_in(&mut change.tx, change.who, application.job_id).await?);
        let terms = terms(change, &job, first).checked()?;
        if let Some(base) = terms.base.clone().filter(|_| first) {
            say(change, &application, base).await?;
        }
        offers::actions::set(change, &application, None, terms).await?;
        let (title, days) = if first { ("Ask for the contract in writing", 2) } else { ("Decide on the offer", 5) };
        let due = at(change, days, 18);
        add(change, title, Some(application.id), due, Repeat::None, Remind::Day).await?;
    }
    for application in applications::store::in_stage(change, "interview").await?.into_iter().take(2) {
        let due = at(change, 3, 9);
        add(change, "Read up on the team", Some(application.id), due, Repeat::None, Remind::AtTime).await?;
    }
    let monday = 7 - change.today().weekday().num_days_from_monday();
    let due = at(change, monday.into(), 9);
    add(change, "Look through new postings", None, due, Repeat::Weekly, Remind::None).await?;
    add(change, "Ask Ms Weber for a reference", None, None, Repeat::None, Remind::None).await?;
    let due = at(change, 0, 9);
    let done = add(change, "Bring the CV up to date", None, due, Repeat::None, Remind::None).await?;
    tasks::actions::finish_in(change, &done).await?;
    Ok(())
}

/// A moment some days from now where the person is.
fn at(change: &Change, days: u64, hour: u32) -> Option<DateTime<Utc>> {
    let day = change.today().checked_add_days(Days::new(days))?;
    clock::moment(change.zone(), day.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?))
}

async fn add(
    change: &mut Change,
    title: &str,
    application_id: Option<ApplicationId>,
    due_at: Option<DateTime<Utc>>,
    repeat: Repeat,
    remind: Remind,
) -> Result<tasks::store::Kept> {
    let wanted = Wanted { application_id, title: title.to_owned(), notes: String::new(), due_at, repeat, remind };
    tasks::actions::add(change, wanted).await
}

/// Within what the posting says, and a week or more to decide.
fn terms(change: &Change, job: &Job, first: bool) -> Terms {
    let named = job.salary.as_ref().and_then(|salary| {
        let amount = if first { salary.max.or(salary.min) } else { salary.min.or(salary.max) };
        Some(Pay { amount: amount?, currency: salary.currency.clone(), period: salary.period })
    });
    let base = named.unwrap_or_else(|| Pay { amount: 62_000, currency: "EUR".to_owned(), period: Period::Year });
    let benefit = |name: &str, yearly| Benefit { name: name.to_owned(), yearly };
    let (bonus, equity, benefits) = if first {
        let bonus = Bonus { amount: None, percent: Some(8.0), certain: false };
        (Some(bonus), None, vec![benefit("Travel card", Some(588)), benefit("Training days", None)])
    } else {
        let equity = Equity { text: "0.05 % over four years".to_owned(), yearly: None };
        (None, Some(equity), vec![benefit("Gym", Some(360))])
    };
    let day = |days| change.today().checked_add_days(Days::new(days));
    Terms {
        base: Some(base),
        bonus,
        equity,
        benefits,
        leave_days: Some(if first { 30 } else { 28 }),
        remote_share: match job.remote {
            Some(Remote::Remote) => Some(100),
            Some(Remote::Hybrid) => Some(60),
            Some(Remote::Onsite) => Some(0),
            None => None,
        },
        starts_on: day(70),
        decide_by: day(if first { 9 } else { 7 }),
        notes: String::new(),
    }
}

/// They began lower than they ended.
async fn say(change: &mut Change, application: &Application, last: Pay) -> Result<()> {
    let part = |percent: i64| Pay { amount: (last.amount * percent / 100).max(1), ..last.clone() };
    let today = change.today();
    for (days, by, pay, note) in [
        (9, Speaker::They, part(94), "On the phone, before the last interview."),
        (6, Speaker::You, part(104), "With the numbers of two other companies."),
        (2, Speaker::They, last.clone(), "That is as far as they can go, they say."),
    ] {
        let wanted = talk::actions::Wanted {
            said_on: today.checked_sub_days(Days::new(days)),
            by,
            pay: Some(pay),
            note: note.to_owned(),
        };
        talk::actions::note_down(change, application.id, wanted.checked()?).await?;
    }
    Ok(())
}

//! Gathers what the engine looks at, from the features that own the rows.

use crate::{
    applications::{
        ApplicationStatus,
        tracker::{self, Line, store::Posted},
    },
    error::Result,
    ids::ApplicationId,
    interviews, offers,
    profile::{self, SalaryTarget},
    session::Who,
    state::App,
    tasks::{self, clock},
};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use posting::{Period, Salary};
use priority::{Facts, Standing};
use std::collections::HashMap;

/// At most so many applications are looked at: the latest moved.
const MOST: i64 = 2_000;

/// Interviews that were up to so long ago, and that will be within so long, matter.
const BACK: Duration = Duration::hours(72);
const AHEAD: Duration = Duration::days(60);
/// Tasks overdue for longer are forgotten ones.
const OVERDUE: Duration = Duration::days(90);

/// An application with what is known of it.
pub struct Known {
    pub line: Line,
    pub facts: Facts,
}

/// What other features know of an application.
#[derive(Default)]
struct Beside {
    interview_in_hours: Option<i64>,
    unthanked_hours: Option<i64>,
    ends_in_days: Option<i64>,
    overdue_tasks: u32,
}

/// Every application something can be done about.
pub async fn gather(app: &App, who: &Who, now: DateTime<Utc>) -> Result<Vec<Known>> {
    let lines = tracker::store::open(&app.db, who.user, MOST).await?;
    let target = profile::store::get(app, who.user).await?.salary_target;
    let today = now.with_timezone(&clock::zone(&app.db, who.user).await?).date_naive();
    let mut beside = beside(app, who, now, today).await?;
    Ok(lines
        .into_iter()
        .map(|Posted { line, salary, closes_on }| {
            let known = beside.remove(&line.id).unwrap_or_default();
            // Once it is sent, it does not matter when the posting closes.
            let closes = closes_on.filter(|_| line.status == ApplicationStatus::Interested);
            let facts = Facts {
                standing: standing(line.status),
                match_score: line.match_score.and_then(|score| u8::try_from(score).ok()),
                quiet_days: (now - line.since).num_days(),
                ends_in_days: known.ends_in_days.or(closes.map(|day| (day - today).num_days())),
                interview_in_hours: known.interview_in_hours,
                unthanked_hours: known.unthanked_hours,
                pay_share: salary.zip(target.as_ref()).and_then(|(salary, target)| share(&salary, target)),
                overdue_tasks: known.overdue_tasks,
            };
            Known { line, facts }
        })
        .collect())
}

/// Interviews, offers that end, and overdue tasks, by application.
async fn beside(app: &App, who: &Who, now: DateTime<Utc>, today: NaiveDate) -> Result<HashMap<ApplicationId, Beside>> {
    let mut all: HashMap<ApplicationId, Beside> = HashMap::new();
    for interview in interviews::store::upcoming(&app.db, who.user, now - BACK, now + AHEAD).await? {
        if interview.cancelled {
            continue;
        }
        let known = all.entry(interview.application_id).or_default();
        if interview.starts_at >= now {
            // The first comes first.
            known.interview_in_hours.get_or_insert((interview.starts_at - now).num_hours());
        } else if interview.ends_at <= now && !interview.thanked {
            known.unthanked_hours = Some((now - interview.ends_at).num_hours());
        }
    }
    for offer in offers::store::with_deadlines(app, who.user, today, today + AHEAD).await? {
        let days = offer.terms.decide_by.map(|day| (day - today).num_days());
        all.entry(offer.application_id).or_default().ends_in_days = days;
    }
    for task in tasks::store::due_between(app, who.user, now - OVERDUE, now).await? {
        if let Some(application) = task.state.application_id {
            all.entry(application).or_default().overdue_tasks += 1;
        }
    }
    Ok(all)
}

fn standing(status: ApplicationStatus) -> Standing {
    match status {
        ApplicationStatus::Interested => Standing::Interested,
        ApplicationStatus::Applied => Standing::Applied,
        ApplicationStatus::Interview => Standing::Interview,
        ApplicationStatus::Offer => Standing::Offer,
        ApplicationStatus::Accepted | ApplicationStatus::Rejected | ApplicationStatus::Withdrawn => Standing::Over,
    }
}

/// Pay as a share of what the person wants, both a year; None where currencies differ or no figure is known.
fn share(salary: &Salary, target: &SalaryTarget) -> Option<f64> {
    let figures: Vec<f64> = [salary.min, salary.max].into_iter().flatten().map(|n| n as f64).collect();
    let middle = figures.iter().sum::<f64>() / figures.len().max(1) as f64;
    let (pay, wanted) = (middle * a_year(salary.period), target.amount as f64 * a_year(target.period));
    (salary.currency == target.currency && pay > 0.0 && wanted > 0.0).then(|| pay / wanted)
}

/// Payments of a year: 52 weeks of five days of eight hours.
fn a_year(period: Period) -> f64 {
    match period {
        Period::Hour => 2_080.0,
        Period::Day => 260.0,
        Period::Week => 52.0,
        Period::Month => 12.0,
        Period::Year => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pay_is_compared_by_the_year() {
        let salary = |min, max, period| Salary { min, max, currency: "EUR".into(), period };
        let target = SalaryTarget { amount: 60_000, currency: "EUR".into(), period: Period::Year };
        assert_eq!(share(&salary(Some(50_000), Some(70_000), Period::Year), &target), Some(1.0));
        assert_eq!(share(&salary(Some(5_000), None, Period::Month), &target), Some(1.0));
        assert_eq!(share(&Salary { currency: "USD".into(), ..salary(Some(1), None, Period::Hour) }, &target), None);
        assert_eq!(share(&salary(None, None, Period::Year), &target), None);
    }
}

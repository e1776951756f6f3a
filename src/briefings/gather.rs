//! Gathers what a briefing holds from the features that own the rows.

use super::{
    Kind,
    content::{Content, Few, Raised},
    days::{self, Span},
    store,
};
use crate::{alerts, db, error::Result, events::Change, session::Who, state::App, tasks::clock};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

mod due;
mod evening;
mod morning;
mod steps;
mod weekly;

/// How far back "since the briefing before" goes at most.
const BACK: Duration = Duration::days(7);

/// Whom it is for, and the day.
pub struct For<'a> {
    pub app: &'a App,
    pub who: &'a Who,
    /// Where they are.
    pub zone: Tz,
    pub day: NaiveDate,
    /// When their briefing of the same kind before this one was made.
    pub since: DateTime<Utc>,
}

impl<'a> For<'a> {
    pub async fn new(app: &'a App, who: &'a Who, kind: Kind, day: NaiveDate) -> Result<Self> {
        let zone = clock::zone(&app.db, who.user).await?;
        let before = store::made_before(&app.db, who.user, kind, day).await?;
        let since = before.unwrap_or_else(|| days::start(zone, days::before(day, 1))).max(db::now() - BACK);
        Ok(For { app, who, zone, day, since })
    }

    /// The moments of the day it is for.
    pub fn span(&self) -> Span {
        Span::of(self.zone, self.day, 1)
    }

    /// Everything but the alerts, which are read inside the change: see [`alerts`].
    pub async fn content(&self, kind: Kind) -> Result<Content> {
        Ok(match kind {
            Kind::Morning => Content::Morning(morning::gather(self).await?),
            Kind::Evening => Content::Evening(evening::gather(self).await?),
            Kind::Weekly => Content::Weekly(weekly::gather(self).await?),
        })
    }
}

/// Alerts raised since then. None is under way while the person's change lasts, so that each is told in one briefing.
pub async fn alerts(change: &mut Change, since: DateTime<Utc>) -> Result<Few<Raised>> {
    let all = alerts::store::since(&mut change.tx, change.who, since, change.at).await?;
    let raised = |(job_id, title, company, score): (_, _, _, i64)| Raised {
        job_id,
        title,
        company,
        score: u8::try_from(score).unwrap_or_default(),
    };
    Ok(Few::of(all.into_iter().map(raised).collect()))
}

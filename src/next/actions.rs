//! What to do next, in order, without what was done, put off or switched off.

use super::{
    FACTORS, Next, NextAction, Preferences, PriorityPart,
    facts::{self, Known},
    store::{self, Kept, Mark},
    words,
};
use crate::{
    applications, db,
    error::{Check, Error, Result},
    ids::ApplicationId,
    session::Who,
    state::App,
};
use chrono::{DateTime, Days, Duration, NaiveTime, TimeZone, Utc};
use priority::{Doing, Factor, score};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};

/// How many are shown on the page.
const SHOWN: usize = 50;
/// The most a weight can be raised to, in percent of the usual.
const MOST_PERCENT: u32 = 400;

/// The page.
pub async fn load(app: &App, who: &Who) -> Result<Next> {
    let kept = store::preferences(&app.db, who.user).await?;
    let mut actions = recommended(app, who, &kept).await?;
    actions.truncate(SHOWN);
    Ok(Next { actions, preferences: shown(&kept) })
}

/// The most pressing ones.
pub async fn top(app: &App, who: &Who, most: usize) -> Result<Vec<NextAction>> {
    let kept = store::preferences(&app.db, who.user).await?;
    let mut actions = recommended(app, who, &kept).await?;
    actions.truncate(most);
    Ok(actions)
}

async fn recommended(app: &App, who: &Who, kept: &Kept) -> Result<Vec<NextAction>> {
    let now = db::now();
    let weights = kept.scaled();
    let marks: HashMap<(ApplicationId, String), Mark> = store::marks(&app.db, who.user)
        .await?
        .into_iter()
        .map(|mark| ((mark.application_id, mark.doing.clone()), mark))
        .collect();
    let mut all: Vec<(u16, NextAction)> = Vec::new();
    for Known { line, facts } in facts::gather(app, who, now).await? {
        let made = score(&facts, &weights);
        for action in priority::actions(&facts, kept.quiet_days) {
            let mark = marks.get(&(line.id, action.doing.as_str().to_owned()));
            if !kept.suggests(action.doing) || mark.is_some_and(|mark| silences(mark, line.since, now)) {
                continue;
            }
            let job = format!("{} at {}", line.title, line.company);
            let next = NextAction {
                application_id: line.id,
                doing: action.doing.as_str().to_owned(),
                text: words::text(action.doing, &job),
                reason: words::reason(action.doing, &facts),
                priority: made.total,
                parts: made
                    .parts
                    .iter()
                    .map(|part| PriorityPart {
                        name: words::factor(part.factor).to_owned(),
                        points: part.points,
                        most: part.most,
                        reason: words::why(part.why),
                    })
                    .collect(),
            };
            all.push((u16::from(action.urgency) + u16::from(made.total), next));
        }
    }
    all.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.text.cmp(&other.text)));
    Ok(all.into_iter().map(|(_, action)| action).collect())
}

/// Whether a mark still counts: the application stands where it stood, and the time is not over.
fn silences(mark: &Mark, since: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    mark.stage_since == since && mark.until.is_none_or(|until| until > now)
}

/// Says about an action that it is done, put off, or not wanted for this application.
pub async fn mark(app: &App, who: &Who, id: ApplicationId, doing: &str, mark: &str) -> Result<()> {
    let doing = known(doing)?;
    let mut change = app.change(who.user).await?;
    let application = applications::store::get_in(app, &mut change.tx, who.user, id).await?;
    let morning = |days: u64| {
        let day = change.today().checked_add_days(Days::new(days));
        let nine = day.and_then(|day| Some(day.and_time(NaiveTime::from_hms_opt(9, 0, 0)?)));
        let local = nine.and_then(|nine| change.zone().from_local_datetime(&nine).earliest());
        local.map(|at| at.with_timezone(&Utc))
    };
    let quiet = store::preferences(&app.db, who.user).await?.quiet_days;
    let until = match mark {
        // Silence after a follow-up is silence again.
        "done" if doing == Doing::FollowUp => Some(change.at + Duration::days(quiet)),
        "done" | "never" => None,
        "tomorrow" => morning(1),
        "week" => morning(7),
        _ => return Err(Error::invalid("mark", "Please choose what to do with it.")),
    };
    let mark = Mark { application_id: id, doing: doing.as_str().into(), stage_since: application.stage_since, until };
    let at = change.at;
    store::put_mark(&mut change.tx, who.user, &mark, at).await?;
    change.record("application.action", Some(id.0), json!({ "doing": doing.as_str() }));
    change.commit().await
}

/// Takes back what was said about an action.
pub async fn unmark(app: &App, who: &Who, id: ApplicationId, doing: &str) -> Result<()> {
    let doing = known(doing)?;
    let mut change = app.change(who.user).await?;
    applications::store::get_in(app, &mut change.tx, who.user, id).await?;
    store::remove_mark(&mut change.tx, who.user, id, doing.as_str()).await?;
    change.record("application.action", Some(id.0), json!({ "doing": doing.as_str() }));
    change.commit().await
}

fn known(doing: &str) -> Result<Doing> {
    Doing::parse(doing).ok_or_else(|| Error::invalid("doing", "There is no such action."))
}

fn shown(kept: &Kept) -> Preferences {
    Preferences {
        quiet_days: kept.quiet_days,
        weights: Factor::ALL.map(|factor| kept.percent(factor)),
        kinds: Doing::ALL.map(|doing| kept.suggests(doing)),
    }
}

/// Saves how actions are chosen; a weight left empty is the usual one.
pub async fn save_preferences(
    app: &App,
    who: &Who,
    quiet_days: &str,
    weights: &[String; 7],
    kinds: [bool; 7],
) -> Result<()> {
    let days = quiet_days.trim().parse::<i64>().ok().filter(|days| (1..=365).contains(days));
    let mut scaled = BTreeMap::new();
    let mut check = Check::default();
    check.that(days.is_some(), "quiet_days", "Please enter a number of days from 1 to 365.");
    for ((factor, (field, _)), text) in Factor::ALL.into_iter().zip(FACTORS).zip(weights) {
        let text = if text.trim().is_empty() { "100" } else { text.trim() };
        let percent = text.parse::<u32>().ok().filter(|percent| *percent <= MOST_PERCENT);
        check.that(percent.is_some(), field, "Please choose one of the list.");
        scaled.extend(percent.filter(|percent| *percent != 100).map(|percent| (factor.as_str().to_owned(), percent)));
    }
    check.done()?;
    let off = Doing::ALL.into_iter().zip(kinds).filter(|(_, on)| !on).map(|(doing, _)| doing.as_str().to_owned());
    let kept = Kept { quiet_days: days.unwrap_or(10), weights: scaled, off: off.collect() };
    let mut change = app.change(who.user).await?;
    let at = change.at;
    store::put_preferences(&mut change.tx, who.user, &kept, at).await?;
    change.record("application.preferences", None, json!({}));
    change.commit().await
}

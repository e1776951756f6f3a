//! The week before, held against the one before it.

use super::{For, steps};
use crate::{
    applications::{
        ApplicationStatus,
        history::{self, store::Told},
        stages,
        tracker::{self, Line},
    },
    briefings::{
        content::{Count, Few, Flow, Origin, Rate, Stale, Standing, Weekly, count},
        days::{self, Span},
    },
    error::Result,
    interviews, jobs, next,
};
use chrono::{DateTime, Duration, Utc};
use std::collections::{BTreeMap, HashMap};

/// What counts for the rate of answers was sent so many days before a week's end.
const RATED: Duration = Duration::days(90);
/// Applications that are looked at for where they stand.
const OPEN: i64 = 2_000;

/// What one week was.
struct Week {
    sent: u32,
    answers: u32,
    interviews: u32,
    moved: u32,
    rate: Rate,
    sources: Vec<Origin>,
}

impl Week {
    async fn of(about: &For<'_>, all: &[Told], span: Span) -> Result<Self> {
        let (app, who) = (about.app, about.who.user);
        let interviews = interviews::store::upcoming(&app.db, who, span.from, span.until).await?;
        let answer = |(_, answer): (&Told, Option<&Told>)| answer.is_some_and(|step| span.has(step.at));
        Ok(Week {
            sent: count(steps::sent(all).filter(|step| span.has(step.at)).count()),
            answers: count(steps::answers(all).filter(|pair| answer(*pair)).count()),
            interviews: count(interviews.iter().filter(|one| !one.cancelled && span.has(one.ends_at)).count()),
            moved: count(steps::moves(all).filter(|(_, to)| span.has(to.at)).count()),
            rate: rate(all, span.until),
            sources: jobs::store::brought(&app.db, who, span.from, span.until).await?,
        })
    }
}

pub async fn gather(about: &For<'_>) -> Result<Weekly> {
    let (app, who) = (about.app, about.who.user);
    let first = days::before(about.day, 7);
    let span = Span::of(about.zone, first, 7);
    let all = history::store::told(&app.db, who).await?;
    let now = Week::of(about, &all, span).await?;
    let before = Week::of(about, &all, Span::of(about.zone, days::before(first, 7), 7)).await?;
    let names = stages::store::names(&app.db, who).await?;
    let open: Vec<Line> =
        tracker::store::open(&app.db, who, OPEN).await?.into_iter().map(|posted| posted.line).collect();
    let quiet = Duration::days(next::store::preferences(&app.db, who).await?.quiet_days);
    let jobs = |week: &Week| week.sources.iter().map(|origin| origin.jobs).sum();
    let matches = |week: &Week| week.sources.iter().map(|origin| origin.matches).sum();
    Ok(Weekly {
        from: first,
        to: days::before(about.day, 1),
        sent: Count { now: now.sent, before: before.sent },
        answers: Count { now: now.answers, before: before.answers },
        interviews: Count { now: now.interviews, before: before.interviews },
        moved: Count { now: now.moved, before: before.moved },
        jobs: Count { now: jobs(&now), before: jobs(&before) },
        matches: Count { now: matches(&now), before: matches(&before) },
        rate: now.rate,
        rate_before: before.rate,
        moves: Few::of(flows(&all, span, &names)),
        standing: Few::of(standing(&open, span.until, &names)),
        sources: Few::of(now.sources),
        stale: Few::of(stale(&open, span, quiet, &names)),
    })
}

/// Of what was sent in the time before a moment, how much was answered by then.
fn rate(all: &[Told], until: DateTime<Utc>) -> Rate {
    let mut rate = Rate::default();
    for (sent, answer) in steps::answers(all) {
        if until - RATED <= sent.at && sent.at < until {
            rate.sent += 1;
            rate.answered += u32::from(answer.is_some_and(|step| step.at < until));
        }
    }
    rate
}

fn flows(all: &[Told], span: Span, names: &HashMap<String, String>) -> Vec<Flow> {
    let mut counted: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for (from, to) in steps::moves(all).filter(|(_, to)| span.has(to.at)) {
        *counted.entry((&from.stage, &to.stage)).or_default() += 1;
    }
    let mut flows: Vec<Flow> = counted
        .into_iter()
        .map(|((from, to), count)| Flow { from: steps::name(names, from), to: steps::name(names, to), count })
        .collect();
    flows.sort_by_key(|flow| std::cmp::Reverse(flow.count));
    flows
}

/// How long open applications have been in their stages, those with the most first.
fn standing(open: &[Line], until: DateTime<Utc>, names: &HashMap<String, String>) -> Vec<Standing> {
    let mut by_stage: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for line in open.iter().filter(|line| line.since < until) {
        by_stage.entry(&line.stage).or_default().push(whole_days(until - line.since));
    }
    let mut all: Vec<Standing> = by_stage
        .into_iter()
        .map(|(stage, mut days)| {
            days.sort_unstable();
            Standing {
                stage: stage.to_owned(),
                name: steps::name(names, stage),
                count: count(days.len()),
                days: days.get(days.len() / 2).copied().unwrap_or_default(),
            }
        })
        .collect();
    all.sort_by_key(|stage| std::cmp::Reverse(stage.count));
    all
}

/// Applications that wait for an answer, and became quiet within the span: nothing has happened since.
fn stale(open: &[Line], span: Span, quiet: Duration, names: &HashMap<String, String>) -> Vec<Stale> {
    let mut all: Vec<&Line> = open
        .iter()
        .filter(|line| matches!(line.status, ApplicationStatus::Applied | ApplicationStatus::Interview))
        .filter(|line| span.has(line.since + quiet))
        .collect();
    all.sort_by_key(|line| line.since);
    all.into_iter()
        .map(|line| Stale {
            application_id: line.id,
            title: line.title.clone(),
            company: line.company.clone(),
            stage: steps::name(names, &line.stage),
            days: whole_days(span.until - line.since),
        })
        .collect()
}

fn whole_days(time: Duration) -> u32 {
    u32::try_from(time.num_days()).unwrap_or_default()
}

//! What is done at its time of day. The clock is the story's: nothing here waits for a time.

use crate::support::*;
use career_copilot::{
    on,
    schedule::{Schedule, planner::plan, store},
    state::App,
    work::{Kind, looking, worker},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::{collections::BTreeMap, time::Duration};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

/// Lets everybody be in a zone.
async fn live_in(app: &App, zone: &str) {
    on!(app.db.write, |c| sqlx::query("UPDATE profiles SET time_zone = $1").bind(zone).execute(c).await.map(|_| ()))
        .expect("they move");
}

/// Each run as `schedule day zone planned`.
async fn runs(app: &App) -> Vec<String> {
    let (runs, _) = store::list(&app.db, 1_000, 0).await.expect("the runs");
    let mut words: Vec<String> = runs
        .iter()
        .map(|run| format!("{} {} {} {}", run.schedule.as_str(), run.day, run.zone, run.planned_at.format("%dT%H:%M")))
        .collect();
    words.sort();
    words
}

/// How much there is to do for people of a zone.
async fn to_do(app: &App) -> i64 {
    on!(app.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM work WHERE kind = $1")
        .bind(Kind::FanOut)
        .fetch_one(c)
        .await)
    .expect("a count")
}

async fn planned(app: &App, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    plan(app, now).await.expect("it is planned")
}

story! {
    async fn it_is_known_when_something_is_due_next(app: TestApp) {
        app.person("ann").await;
        let app = app.quiet(&[]).await;
        live_in(&app, "Europe/Berlin").await;
        // One o'clock there, then two.
        assert_eq!(planned(&app, at("2026-06-01T23:00:00Z")).await, Some(at("2026-06-02T00:00:00Z")));
        assert_eq!(planned(&app, at("2026-06-02T00:00:00Z")).await, Some(at("2026-06-02T02:00:00Z")));
        assert_eq!(runs(&app).await, ["openings 2026-06-02 Europe/Berlin 02T00:00"]);
    }
}

story! {
    async fn each_thing_is_begun_once_however_many_servers_look(app: TestApp) {
        app.person("ann").await;
        let (one, other) = (app.quiet(&[]).await, app.quiet(&[]).await);
        live_in(&one, "Europe/Berlin").await;
        let midnight = at("2026-06-01T22:00:00Z");
        planned(&one, midnight).await;
        assert!(runs(&one).await.is_empty(), "nothing is due from before somebody was there");
        for minutes in (0..=24 * 60).step_by(30) {
            let now = midnight + TimeDelta::minutes(minutes);
            let (left, right) = (one.clone(), other.clone());
            let both = (tokio::spawn(async move { planned(&left, now).await }), tokio::spawn(async move { planned(&right, now).await }));
            both.0.await.expect("no panic");
            both.1.await.expect("no panic");
        }
        assert_eq!(
            runs(&one).await,
            [
                "evening 2026-06-02 Europe/Berlin 02T18:00",
                "ingest 2026-06-02 Europe/Berlin 02T02:00",
                "morning 2026-06-02 Europe/Berlin 02T06:00",
                "openings 2026-06-02 Europe/Berlin 02T00:00",
            ]
        );
        assert_eq!(to_do(&one).await, 4);
    }
}

story! {
    async fn what_was_missed_is_made_up_for_once(app: TestApp) {
        app.person("ann").await;
        let app = app.quiet(&[]).await;
        live_in(&app, "America/New_York").await;
        // A Wednesday, six in the morning there: nothing of the night before is made up for.
        planned(&app, at("2026-06-03T10:00:00Z")).await;
        planned(&app, at("2026-06-03T10:30:00Z")).await;
        assert!(runs(&app).await.is_empty());
        // Nobody looks for nine days. Friday, nine o'clock there.
        for _ in 0..3 {
            planned(&app, at("2026-06-12T13:00:00Z")).await;
        }
        let caught_up = [
            "evening 2026-06-11 America/New_York 12T00:00",
            "ingest 2026-06-12 America/New_York 12T08:00",
            "morning 2026-06-12 America/New_York 12T12:00",
            "openings 2026-06-12 America/New_York 12T06:00",
            "weekly 2026-06-08 America/New_York 08T11:00",
        ];
        assert_eq!(runs(&app).await, caught_up);
        // A clock that is set back begins nothing anew.
        planned(&app, at("2026-06-05T13:00:00Z")).await;
        assert_eq!(runs(&app).await, caught_up);
    }
}

story! {
    async fn a_zone_nobody_is_in_is_forgotten(app: TestApp) {
        app.person("ann").await;
        let app = app.quiet(&[]).await;
        live_in(&app, "Asia/Kathmandu").await;
        planned(&app, at("2026-06-03T00:00:00Z")).await;
        live_in(&app, "Pacific/Apia").await;
        planned(&app, at("2026-06-03T00:10:00Z")).await;
        live_in(&app, "Asia/Kathmandu").await;
        // Eight o'clock there has come and gone while nobody was.
        planned(&app, at("2026-06-03T05:00:00Z")).await;
        assert!(runs(&app).await.iter().all(|run| !run.contains("Kathmandu")), "{:?}", runs(&app).await);
        live_in(&app, "nowhere on earth").await;
        assert_eq!(planned(&app, at("2026-06-03T05:00:00Z")).await, None);
    }
}

story! {
    async fn clocks_that_are_moved_cost_no_day_and_give_none_twice(app: TestApp) {
        app.person("ann").await;
        let app = app.quiet(&[]).await;
        for (zone, from) in [
            ("Europe/Berlin", "2026-03-27T12:00:00Z"),
            ("Europe/Berlin", "2026-10-23T12:00:00Z"),
            ("America/New_York", "2026-03-06T12:00:00Z"),
            ("America/New_York", "2026-10-30T12:00:00Z"),
            ("Australia/Lord_Howe", "2026-04-03T12:00:00Z"),
            ("Australia/Lord_Howe", "2026-10-02T12:00:00Z"),
        ] {
            live_in(&app, zone).await;
            let from = at(from);
            for minutes in (0..=4 * 24 * 60).step_by(15) {
                planned(&app, from + TimeDelta::minutes(minutes)).await;
            }
            let mut days: BTreeMap<Schedule, Vec<NaiveDate>> = BTreeMap::new();
            let (all, _) = store::list(&app.db, 1_000, 0).await.expect("the runs");
            for run in all.iter().filter(|run| run.zone == zone) {
                days.entry(run.schedule).or_default().push(run.day);
            }
            for (schedule, mut days) in days {
                days.sort_unstable();
                let most = if schedule == Schedule::Weekly { 1 } else { 5 };
                // One that is due at the very beginning, or just after the end, is not among them.
                assert!((most.min(3)..=most).contains(&days.len()), "{zone} from {from}: {schedule:?} on {days:?}");
                assert!(days.is_sorted_by(|day, next| day.succ_opt() == Some(*next)), "{zone} from {from}: {schedule:?} on {days:?}");
            }
            on!(app.db.write, |c| sqlx::query("DELETE FROM schedule_runs").execute(c).await.map(|_| ())).expect("a new beginning");
            // Other days may be planned from the start.
            live_in(&app, "UTC").await;
            planned(&app, from).await;
            on!(app.db.write, |c| sqlx::query("DELETE FROM schedule_runs").execute(c).await.map(|_| ())).expect("a new beginning");
        }
    }
}

story! {
    async fn what_is_begun_is_gone_through_and_ended(app: TestApp) {
        let root = app.person("root").await;
        let quiet = app.quiet(&[]).await;
        live_in(&quiet, "Europe/Berlin").await;
        planned(&quiet, at("2026-06-01T22:00:00Z")).await;
        planned(&quiet, at("2026-06-02T06:30:00Z")).await;
        let worker = tokio::spawn(worker::run(quiet.clone()));
        for _ in 0..1_500 {
            let (all, _) = store::list(&quiet.db, 10, 0).await.expect("the runs");
            if all.iter().all(|run| run.ended_at.is_some()) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        quiet.stopping.cancel();
        worker.await.expect("it stops");
        let (all, total) = store::list(&quiet.db, 10, 0).await.expect("the runs");
        assert_eq!((all.len(), total), (3, 3));
        assert!(all.iter().all(|run| run.ended_at.is_some() && run.trouble.is_empty() && run.pages >= 1), "{all:?}");
        let other = TestApp::start(app.database.clone(), &[]).await;
        let mut browser = other.browser();
        browser.call("sign_in", &[("email", &root.email), ("password", &root.password)]).await.ok();
        let page = browser.open("/admin/work").await.page();
        assert!(page.contains("Morning briefing, 2026-06-02") && page.contains("Europe/Berlin"), "{page}");
        other.stopped().await;
    }
}

story! {
    async fn a_server_without_scraping_leaves_sources_to_others(app: TestApp) {
        app.person("ann").await;
        let app = app.quiet(&[("ENABLE_JOB_SCRAPING", "false")]).await;
        live_in(&app, "Europe/Berlin").await;
        planned(&app, at("2026-06-01T22:00:00Z")).await;
        planned(&app, at("2026-06-02T06:30:00Z")).await;
        assert_eq!(runs(&app).await, ["morning 2026-06-02 Europe/Berlin 02T06:00"]);
        assert_eq!(worker::kinds(&app.config).count(), Kind::ALL.len() - 2);
        assert_eq!(looking::list(&app.db, "waiting", 10, 0).await.expect("what waits").1, 1);
    }
}

//! Reminders: told once, whatever happens to the servers, and in the way their person wants.

use crate::support::{executable::Running, *};
use career_copilot::{
    db,
    ids::UserId,
    on,
    reminders::{store, worker},
    tasks::{self, Remind, Repeat, actions::Wanted},
};
use chrono::{DateTime, Duration, Utc};
use std::collections::HashMap;

/// Plans so many tasks that remind when they are due.
pub async fn plan(app: &TestApp, person: &Person, many: usize, due: DateTime<Utc>) {
    let who: UserId = person.id.parse().expect("an id");
    let mut change = app.state.change(who).await.expect("a change");
    for n in 0..many {
        let wanted = Wanted {
            application_id: None,
            title: format!("Task {n}"),
            notes: String::new(),
            due_at: Some(due),
            repeat: Repeat::None,
            remind: Remind::AtTime,
        };
        tasks::actions::add(&mut change, wanted).await.expect("a task");
    }
    change.commit().await.expect("it is kept");
}

/// Mail is sent to a confirmed address only.
async fn confirm(app: &TestApp) {
    on!(app.state.db.write, |c| sqlx::query("UPDATE users SET email_verified_at = $1")
        .bind(db::now())
        .execute(c)
        .await
        .map(|_| ()))
    .expect("confirmed");
}

/// How often each thing was told: by event, and by mail.
async fn told(app: &TestApp) -> (HashMap<uuid::Uuid, usize>, i64) {
    let ids: Vec<uuid::Uuid> =
        on!(app.state.db.read, |c| sqlx::query_scalar("SELECT entity_id FROM events WHERE kind = 'reminder.due'")
            .fetch_all(c)
            .await)
        .expect("events");
    let mails: i64 =
        on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM outbox WHERE kind = 'reminder'")
            .fetch_one(c)
            .await)
        .expect("a count");
    let mut counts = HashMap::new();
    for id in ids {
        *counts.entry(id).or_default() += 1;
    }
    (counts, mails)
}

async fn until_told(app: &TestApp, many: usize) -> (HashMap<uuid::Uuid, usize>, i64) {
    for _ in 0..600 {
        let now = told(app).await;
        if now.0.len() >= many {
            return now;
        }
        app.state.reminding.notify_one();
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{} of {many} are told", told(app).await.0.len());
}

story! {
    async fn two_servers_tell_each_of_two_hundred_once(app: TestApp) {
        let ann = app.person("ann").await;
        confirm(&app).await;
        ann.browser().await.call("save_reminding", &[("live", "true"), ("mail", "true")]).await.ok();
        let other = app.another_node().await;
        let mut socket = ann.browser().await.live(None).await;
        plan(&app, &ann, 200, db::now() + Duration::milliseconds(1_500)).await;
        // Both look at the same moment, again and again.
        let who: UserId = ann.id.parse().expect("an id");
        tokio::time::sleep(std::time::Duration::from_millis(1_600)).await;
        let rounds = (0..12).map(|n| {
            let app = if n % 2 == 0 { app.state.clone() } else { other.state.clone() };
            async move { worker::tell(&app, who).await }
        });
        for round in futures_util::future::join_all(rounds).await {
            round.expect("it is told");
        }
        until_told(&app, 200).await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let (counts, mails) = told(&app).await;
        assert_eq!((counts.len(), mails), (200, 200));
        assert!(counts.values().all(|count| *count == 1), "{counts:?}");
        // An open page hears of them.
        loop {
            let event = socket.next().await;
            if event["kind"] == "reminder.due" {
                let seq = event["seq"].to_string();
                let notice = ann.browser().await.call("alert_notice", &[("seq", &seq)]).await.ok();
                assert_eq!(notice["href"], "/applications/tasks");
                assert!(notice["text"].as_str().is_some_and(|text| text.starts_with("Task ") && text.ends_with(". Due now.")), "{notice}");
                break;
            }
        }
    }
}

story! {
    async fn a_thousand_are_told_once_while_servers_are_killed(app: TestApp) {
        let mut people = Vec::new();
        for n in 0..5 {
            people.push(app.person(&format!("person{n}")).await);
        }
        confirm(&app).await;
        // In twenty parts, which become due one after the other.
        let parts: Vec<_> = (0..20).map(|n| db::now() + Duration::hours(1) + Duration::seconds(n)).collect();
        for person in &people {
            person.browser().await.call("save_reminding", &[("live", "true"), ("mail", "true")]).await.ok();
            for part in &parts {
                plan(&app, person, 10, *part).await;
            }
        }
        app.stopped().await;
        let folder = tempfile::tempdir().expect("a folder");
        let secret = std::fs::read_to_string(app.database.folder.path().join("secret_key")).expect("it was generated");
        let settings = [("DATABASE_URL", app.database.url.as_str()), ("SECRET_KEY", secret.trim())];
        let mut servers = [Running::start(folder.path(), &settings).await, Running::start(folder.path(), &settings).await];
        let db = db::Db::connect(&app.database.url).await.expect("it opens");
        let count = async |query: &'static str| -> i64 {
            on!(db.read, |c| sqlx::query_scalar(query).fetch_one(c).await).expect("a count")
        };
        for part in &parts {
            on!(db.write, |c| sqlx::query("UPDATE reminders SET at = $1 WHERE due_at = $2")
                .bind(db::now())
                .bind(*part)
                .execute(c)
                .await
                .map(|_| ()))
            .expect("they are due");
            // It looks as soon as it runs, and may be the one that is killed over it.
            let fresh = Running::start(folder.path(), &settings).await;
            tokio::time::sleep(std::time::Duration::from_millis(rand::random_range(0..300))).await;
            std::mem::replace(&mut servers[rand::random_range(0..2)], fresh).kill();
        }
        let patience = std::time::Instant::now() + std::time::Duration::from_secs(240);
        while count("SELECT count(*) FROM reminders WHERE told_at IS NULL").await > 0 {
            assert!(std::time::Instant::now() < patience, "they are not told");
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        let (events, things) = (
            count("SELECT count(*) FROM events WHERE kind = 'reminder.due'").await,
            count("SELECT count(DISTINCT entity_id) FROM events WHERE kind = 'reminder.due'").await,
        );
        assert_eq!((events, things), (1_000, 1_000), "each by one event");
        assert_eq!(count("SELECT count(*) FROM outbox WHERE kind = 'reminder'").await, 1_000, "and by one message");
        db.close().await;
    }
}

story! {
    async fn one_whose_server_is_killed_is_told_by_another(app: TestApp) {
        let ann = app.person("ann").await;
        let who: UserId = ann.id.parse().expect("an id");
        plan(&app, &ann, 1, db::now() + Duration::hours(1)).await;
        let later = db::now() + Duration::hours(2);
        // Taken up, and gone before it was told.
        let mut tx = app.state.db.begin().await.expect("a transaction");
        assert_eq!(store::claim(&mut tx, who, later, 50).await.expect("taken up").len(), 1);
        drop(tx);
        assert_eq!(told(&app).await.0.len(), 0);
        let mut tx = app.state.db.begin().await.expect("a transaction");
        assert_eq!(store::claim(&mut tx, who, later, 50).await.expect("taken up again").len(), 1);
        tx.commit().await.expect("told");
        let mut tx = app.state.db.begin().await.expect("a transaction");
        assert!(store::claim(&mut tx, who, later, 50).await.expect("nothing is left").is_empty());
    }
}

story! {
    async fn what_was_missed_is_told_late_and_says_so(app: TestApp) {
        let ann = app.person("ann").await;
        confirm(&app).await;
        ann.browser().await.call("save_reminding", &[("mail", "true")]).await.ok();
        plan(&app, &ann, 1, db::now() + Duration::hours(1)).await;
        let past = db::now() - Duration::hours(3);
        for sql in ["UPDATE tasks SET due_at = $1", "UPDATE reminders SET at = $1, due_at = $1"] {
            on!(app.state.db.write, |c| sqlx::query(sql).bind(past).execute(c).await.map(|_| ())).expect("no server ran");
        }
        let (counts, mails) = until_told(&app, 1).await;
        assert_eq!((counts.len(), mails), (1, 1));
        let text: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT text FROM outbox WHERE kind = 'reminder'").fetch_one(c).await).expect("a text");
        assert!(text.starts_with("Task 0\n\nThis reminder is late: it was due "), "{text}");
        // Notes on pages were not wanted.
        let seq = ann.events().await.len().to_string();
        assert_eq!(ann.browser().await.call("alert_notice", &[("seq", &seq)]).await.ok(), Value::Null);
    }
}

story! {
    async fn mail_waits_until_quiet_hours_end_and_for_a_confirmed_address(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let now = db::now();
        let clock = |at: DateTime<Utc>| at.format("%H:%M").to_string();
        let (from, until) = (clock(now - Duration::hours(1)), clock(now + Duration::hours(2)));
        let wanted = [("mail", "true"), ("quiet_from", from.as_str()), ("quiet_until", until.as_str())];
        for person in [&ann, &bob] {
            person.browser().await.call("save_reminding", &wanted).await.ok();
        }
        confirm(&app).await;
        let bobs: UserId = bob.id.parse().expect("an id");
        on!(app.state.db.write, |c| sqlx::query("UPDATE users SET email_verified_at = NULL WHERE id = $1").bind(bobs).execute(c).await.map(|_| ())).expect("not confirmed");
        for person in [&ann, &bob] {
            plan(&app, person, 1, db::now() + Duration::milliseconds(300)).await;
        }
        let (counts, mails) = until_told(&app, 2).await;
        assert_eq!((counts.len(), mails), (2, 1));
        let next: DateTime<Utc> = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT next_at FROM outbox WHERE kind = 'reminder'").fetch_one(c).await).expect("a time");
        assert_eq!(clock(next), until);
        assert!(next > now + Duration::minutes(110) && next <= now + Duration::hours(2), "{next}");
    }
}

story! {
    async fn what_is_done_or_due_at_another_time_is_not_told(app: TestApp) {
        let ann = app.person("ann").await;
        let waiting = async || {
            let all: Vec<DateTime<Utc>> = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT at FROM reminders WHERE told_at IS NULL").fetch_all(c).await).expect("reminders");
            all.into_iter().map(|at| at.format("%Y-%m-%dT%H:%M").to_string()).collect::<Vec<_>>()
        };
        let body = json!({ "title": "Call", "due_at": "2099-01-02T09:00:00Z", "remind": "day" });
        let task = ann.post("/api/v1/tasks", body).await.created();
        let path = format!("/api/v1/tasks/{}", task.id());
        assert_eq!(waiting().await, ["2099-01-01T09:00"]);
        ann.put(&path, json!({ "title": "Call", "due_at": "2099-01-03T09:00:00Z", "remind": "ten_minutes" })).await.ok();
        assert_eq!(waiting().await, ["2099-01-03T08:50"]);
        let mut browser = ann.browser().await;
        let done = browser.call("finish_task", &[("id", &task.id())]).await.ok();
        assert!(waiting().await.is_empty());
        browser.call("take_back", &[("id", done["bundle"].as_str().expect("a bundle"))]).await.ok();
        assert_eq!(waiting().await, ["2099-01-03T08:50"]);
        ann.delete(&path).await.done();
        assert!(waiting().await.is_empty());
        // Of what was due before it was noted there is nothing to tell; where the moment has passed it is told when it is due.
        ann.post("/api/v1/tasks", json!({ "title": "Past", "due_at": "2020-01-02T09:00:00Z", "remind": "at_time" })).await.created();
        assert!(waiting().await.is_empty());
        let soon = db::now() + Duration::minutes(30);
        ann.post("/api/v1/tasks", json!({ "title": "Soon", "due_at": soon, "remind": "day" })).await.created();
        assert_eq!(waiting().await, [soon.format("%Y-%m-%dT%H:%M").to_string()]);
        browser.call("save_reminding", &[("quiet_from", "22:00")]).await.invalid("quiet_until");
        browser.call("save_reminding", &[("quiet_from", "22:00"), ("quiet_until", "22:00")]).await.invalid("quiet_until");
        browser.call("save_reminding", &[("quiet_from", "late"), ("quiet_until", "7")]).await.invalid("quiet_from");
    }
}

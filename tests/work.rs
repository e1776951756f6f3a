//! The queue: what is put in is taken up in its turn, and ends once; and what administrators see of it. Workers and random
//! histories are told beside it.

mod histories;
mod workers;

use crate::support::*;
use career_copilot::{
    db::{self, Tx},
    ids::{SourceId, UserId, WorkId},
    on, on_tx,
    state::App,
    work::{
        Kind, Order, Priority, Task, looking, put,
        store::{self, Outcome, Taken, Word},
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use std::{collections::BTreeMap, time::Duration};

pub fn start() -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse().expect("a moment")
}

pub fn source() -> SourceId {
    SourceId(uuid::Uuid::now_v7())
}

pub fn order(task: Task, once: Option<&str>) -> Order {
    Order { task, priority: Priority::Now, run_at: start(), once: once.map(str::to_owned), user: None }
}

pub fn fetch(once: Option<&str>) -> Order {
    order(Task::FetchSource { source: source() }, once)
}

/// Of a kind that looks again.
pub fn deliver(once: Option<&str>) -> Order {
    order(Task::Deliver { user: UserId(uuid::Uuid::now_v7()) }, once)
}

pub async fn put_in(app: &App, order: &Order) {
    let mut tx = app.db.begin().await.expect("a transaction");
    put(&mut tx, order).await.expect("it is put in");
    tx.commit().await.expect("it is durable");
    app.working.notify_one();
}

pub async fn claim(app: &App, kind: Kind, now: DateTime<Utc>, most: usize) -> Vec<Taken> {
    store::claim(&app.db, kind, now, now + TimeDelta::seconds(60), most).await.expect("the queue answers")
}

/// How many rows there are in each state.
pub async fn states(app: &App) -> BTreeMap<String, i64> {
    let all: Vec<(String, i64)> =
        on!(app.db.read, |c| sqlx::query_as("SELECT state, count(*) FROM work GROUP BY state").fetch_all(c).await)
            .expect("the queue");
    all.into_iter().collect()
}

fn in_states(pairs: &[(&str, i64)]) -> BTreeMap<String, i64> {
    pairs.iter().map(|(state, number)| ((*state).to_owned(), *number)).collect()
}

/// Waits until rows are in these states.
pub async fn become_so(app: &App, wanted: &[(&str, i64)]) {
    let wanted = in_states(wanted);
    for _ in 0..1_500 {
        if states(app).await == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{wanted:?} is awaited: {:?}", states(app).await);
}

pub async fn is(app: &App, wanted: &[(&str, i64)]) {
    assert_eq!(states(app).await, in_states(wanted));
}

pub async fn run(app: &App, statement: &'static str) {
    on!(app.db.write, |c| sqlx::query(statement).execute(c).await.map(|_| ())).expect(statement);
}

/// Where the stories' work leaves its traces.
pub async fn make_traces(app: &App) {
    run(app, "CREATE TABLE traces (id UUID NOT NULL)").await;
}

pub async fn traces(app: &App) -> Vec<WorkId> {
    on!(app.db.read, |c| sqlx::query_scalar("SELECT id FROM traces").fetch_all(c).await).expect("the traces")
}

pub async fn leave(tx: &mut Tx, id: WorkId) {
    let trace = async {
        on_tx!(tx, |c| sqlx::query("INSERT INTO traces (id) VALUES ($1)").bind(id).execute(c).await.map(|_| ()))
    };
    trace.await.expect("a trace");
}

/// Leaves a trace and ends the work in one transaction; false when somebody else has it.
pub async fn finish(app: &App, taken: &Taken, now: DateTime<Utc>) -> bool {
    let mut tx = app.db.begin().await.expect("a transaction");
    if !store::end(&mut tx, (taken.id, taken.token), &Outcome::Done, now).await.expect("the queue answers") {
        return false;
    }
    leave(&mut tx, taken.id).await;
    tx.commit().await.expect("it is durable");
    true
}

story! {
    async fn what_is_put_in_is_taken_up_once_in_its_turn(app: TestApp) {
        let app = app.quiet(&[]).await;
        let now = start();
        for (minutes, priority) in [(0, Priority::Later), (1, Priority::Usual), (2, Priority::Now), (3, Priority::Now), (600, Priority::Now)] {
            let run_at = now + TimeDelta::minutes(minutes);
            put_in(&app, &Order { run_at, priority, ..fetch(None) }).await;
        }
        let now = now + TimeDelta::minutes(5);
        let order: Vec<DateTime<Utc>> = on!(app.db.read, |c| sqlx::query_scalar("SELECT run_at FROM work ORDER BY turn_at").fetch_all(c).await).expect("turns");
        let minutes: Vec<i64> = order.iter().map(|at| (*at - start()).num_minutes()).collect();
        assert_eq!(minutes, [2, 3, 1, 0, 600], "what is pressing comes first, but not for ever");
        assert!(claim(&app, Kind::Deliver, now, 9).await.is_empty(), "another kind");
        let first = claim(&app, Kind::FetchSource, now, 2).await;
        let rest = claim(&app, Kind::FetchSource, now, 9).await;
        assert_eq!((first.len(), rest.len()), (2, 2), "the last one is not due");
        assert!(first.iter().all(|one| rest.iter().all(|other| one.id != other.id)));
        assert!(claim(&app, Kind::FetchSource, now, 9).await.is_empty());
        let due = store::due(&app.db, &Kind::ALL).await.expect("what is due");
        assert_eq!(due.len(), 2, "{due:?}");
        assert!(due.contains(&(None, now + TimeDelta::seconds(60))) && due.contains(&(Some(Kind::FetchSource), start() + TimeDelta::minutes(600))));
    }
}

story! {
    async fn the_same_waits_once_and_is_done_again_only_where_it_has_to_look_again(app: TestApp) {
        let app = app.quiet(&[]).await;
        let now = start();
        let late = now + TimeDelta::hours(1);
        put_in(&app, &Order { run_at: late, priority: Priority::Later, ..deliver(Some("ann")) }).await;
        put_in(&app, &deliver(Some("ann"))).await;
        put_in(&app, &deliver(Some("bob"))).await;
        is(&app, &[("waiting", 2)]).await;
        let taken = claim(&app, Kind::Deliver, now, 9).await;
        assert_eq!(taken.len(), 2, "the earlier time counts");
        // Both are under way; one is asked for again, and may have looked already.
        put_in(&app, &deliver(Some("ann"))).await;
        put_in(&app, &deliver(Some("ann"))).await;
        is(&app, &[("running", 2)]).await;
        for one in &taken {
            assert!(store::settle(&app.db, (one.id, one.token), &Outcome::Done, now).await.expect("it is settled"));
        }
        is(&app, &[("done", 1), ("waiting", 1)]).await;
        let again = claim(&app, Kind::Deliver, now, 9).await;
        assert_eq!(again.len(), 1);
        assert!(store::settle(&app.db, (again[0].id, again[0].token), &Outcome::Done, now).await.expect("it is settled"));
        is(&app, &[("done", 2)]).await;
        // What does not look again is not done again; afterwards it can be asked for anew.
        put_in(&app, &fetch(Some("board"))).await;
        let taken = claim(&app, Kind::FetchSource, now, 9).await;
        put_in(&app, &fetch(Some("board"))).await;
        store::settle(&app.db, (taken[0].id, taken[0].token), &Outcome::Done, now).await.expect("it is settled");
        is(&app, &[("done", 3)]).await;
        put_in(&app, &fetch(Some("board"))).await;
        is(&app, &[("done", 3), ("waiting", 1)]).await;
    }
}

story! {
    async fn who_lost_it_cannot_say_how_it_ended(app: TestApp) {
        let app = app.quiet(&[]).await;
        let now = start();
        put_in(&app, &fetch(None)).await;
        let first = claim(&app, Kind::FetchSource, now, 1).await.remove(0);
        let held = (first.id, first.token);
        let keep = async |held, at: DateTime<Utc>, progress| store::keep(&app.db, held, at, progress).await.expect("the queue answers");
        assert_eq!(keep(held, now + TimeDelta::seconds(90), Some((1, 3))).await, Word::GoOn);
        let reap = async |at| store::reap(&app.db, at).await.expect("the queue answers").count;
        assert_eq!(reap(now + TimeDelta::seconds(89)).await, 0, "still at it");
        assert_eq!(reap(now + TimeDelta::seconds(90)).await, 1);
        let now = now + TimeDelta::seconds(91);
        assert_eq!(keep(held, now + TimeDelta::seconds(60), None).await, Word::Lost);
        let second = claim(&app, Kind::FetchSource, now, 1).await.remove(0);
        assert_eq!((second.id, second.failures), (first.id, 1));
        for outcome in [Outcome::Done, Outcome::Dead("no".into()), Outcome::Back, Outcome::Cancelled] {
            assert!(!store::settle(&app.db, held, &outcome, now).await.expect("the queue answers"), "{outcome:?}");
        }
        is(&app, &[("running", 1)]).await;
        assert!(store::settle(&app.db, (second.id, second.token), &Outcome::Done, now).await.expect("the queue answers"));
        assert!(!store::settle(&app.db, (second.id, second.token), &Outcome::Done, now).await.expect("the queue answers"), "once");
    }
}

story! {
    async fn what_takes_servers_down_is_put_aside(app: TestApp) {
        let app = app.quiet(&[]).await;
        let mut now = start();
        put_in(&app, &fetch(None)).await;
        let mut lives = 0;
        while let [_] = claim(&app, Kind::FetchSource, now, 1).await.as_slice() {
            lives += 1;
            now += TimeDelta::seconds(61);
            let reaped = store::reap(&app.db, now).await.expect("the queue answers");
            assert_eq!((reaped.count, reaped.dead.len()), (1, usize::from(lives == store::PATIENCE)));
        }
        assert_eq!(lives, store::PATIENCE);
        is(&app, &[("dead", 1)]).await;
    }
}

/// Something that was given up, of a kind no server here knows: nobody takes it up while the story looks.
async fn given_up(app: &App, once: &str, source: &str) -> WorkId {
    let id = WorkId(uuid::Uuid::now_v7());
    on!(app.db.write, |c| sqlx::query(
        "INSERT INTO work (id, kind, payload, once, priority, state, run_at, turn_at, token, failures, last_error, again, cancelling, done, total, created_at, ended_at) \
         VALUES ($1, 'of_tomorrow', $2, $3, 0, 'dead', $4, $4, 3, 12, 'The board is <gone>.', FALSE, FALSE, 0, 0, $4, $4)"
    )
    .bind(id)
    .bind(sqlx::types::Json(json!({ "task": "of_tomorrow", "source": source })))
    .bind(once)
    .bind(db::now())
    .execute(c)
    .await
    .map(|_| ()))
    .expect("a row");
    id
}

story! {
    async fn administrators_see_what_was_given_up_and_try_it_again(app: TestApp) {
        let (root, bob) = (app.person("root").await, app.person("bob").await);
        let (mut roots, mut bobs) = (root.browser().await, bob.browser().await);
        assert!(roots.open("/admin/work").await.page().contains("Nothing was given up."));
        assert!(roots.open("/admin").await.page().contains("href=\"/admin/work\""));
        let mut ids = Vec::new();
        let everybodys = root.get("/api/v1/sources").await.ok()["items"][0]["source"].clone();
        let of_one = everybodys["id"].as_str().expect("an id");
        for (once, source) in [("0", "a board"), ("1", "a board"), ("2", of_one)] {
            ids.push(given_up(&app.state, once, source).await.to_string());
        }
        let page = roots.open("/admin/work").await.page();
        assert!(page.contains("The board is &lt;gone&gt;.") && page.contains("Try all again") && page.contains("of_tomorrow"), "{page}");
        let dead = root.get("/api/v1/admin/work/dead?per_page=2").await.ok();
        assert_eq!((&dead["total"], dead["items"].as_array().map(Vec::len)), (&json!(3), Some(2)), "{dead}");
        let named = |at: usize| (dead["items"][at]["about"].clone(), dead["items"][at]["subject"].clone());
        assert_eq!(named(0), (json!(format!("source {of_one}")), everybodys["label"].clone()));
        assert_eq!(named(1), (json!("source a board"), json!("")));
        let standing = root.get("/api/v1/admin/work").await.ok();
        let queues = standing["queues"].as_array().expect("queues");
        assert!(queues.iter().any(|queue| queue["kind"] == "of_tomorrow" && queue["dead"] == 3 && queue["at_once"] == 0), "{queues:?}");
        assert!(queues.iter().any(|queue| queue["kind"] == "fetch_source" && queue["at_once"] == 4), "{queues:?}");
        assert_eq!(root.get("/api/v1/admin/runs").await.ok()["total"], 0);
        // Nobody else.
        for path in ["/api/v1/admin/work", "/api/v1/admin/work/dead", "/api/v1/admin/runs"] {
            bob.get(path).await.refused(403, "forbidden");
            app.anybody().get(path).await.status(401);
        }
        let page = bobs.open("/admin/work").await.text;
        assert!(page.contains("For administrators") && !page.contains("The board is"), "{page}");
        bobs.call("retry_work", &[("id", &ids[0])]).await.status(403);
        bobs.call("cancel_work", &[("id", &ids[0])]).await.status(403);
        bobs.call("retry_all_work", &[]).await.status(403);
        // One by one, and all.
        roots.call("retry_work", &[("id", &ids[0])]).await.ok();
        roots.call("retry_work", &[("id", &ids[0])]).await.status(404);
        roots.call("cancel_work", &[("id", &ids[1])]).await.ok();
        roots.call("cancel_work", &[("id", &ids[1])]).await.status(404);
        let none = uuid::Uuid::now_v7().to_string();
        roots.call("retry_work", &[("id", &none)]).await.status(404);
        roots.call("cancel_work", &[("id", &none)]).await.status(404);
        // The same waits already: it is not tried again beside it.
        let same = given_up(&app.state, "0", "a board").await.to_string();
        roots.call("retry_work", &[("id", &same)]).await.status(409);
        assert_eq!(roots.call("retry_all_work", &[]).await.ok(), 1);
        is(&app.state, &[("cancelled", 1), ("dead", 1), ("waiting", 2)]).await;
        // Without script the form leads back to its page.
        assert!(roots.submit("/admin/work", "cancel_work", &[("id", &same)]).await.redirect().contains("/admin/work"));
    }
}

story! {
    async fn health_and_metrics_tell_of_the_queue(app: TestApp) {
        let app = app.restarted(&[("ENABLE_JOB_SCRAPING", "false")]).await;
        given_up(&app.state, "x", "a board").await;
        // Not done on this server.
        put_in(&app.state, &fetch(None)).await;
        let health = app.anybody().get("/api/v1/health").await.ok();
        assert_eq!(health["components"]["queue"], json!({ "status": "ok", "note": "1 waiting, 0 under way, 1 given up" }), "{health}");
        assert_eq!(health["components"]["scheduler"], json!({ "status": "ok", "note": "switched off on this server" }));
        let text = app.anybody().get("/api/v1/metrics").await.status(200).text;
        for line in ["career_copilot_work_waiting 1", "career_copilot_work_dead 1", "career_copilot_work_oldest_seconds 0", "career_copilot_work_ended_total{kind=\"fetch_source\",outcome=\"done\"} 0"] {
            assert!(text.lines().any(|own| own == line), "{line}: {text}");
        }
    }
}

story! {
    async fn what_is_over_is_forgotten_in_time(app: TestApp) {
        let app = app.quiet(&[]).await;
        for (state, days) in [("done", 6), ("done", 8), ("cancelled", 8), ("dead", 89), ("dead", 91), ("waiting", 400)] {
            let id = given_up(&app, &format!("{state} {days}"), "a board").await;
            let at = db::now() - TimeDelta::days(days);
            on!(app.db.write, |c| sqlx::query("UPDATE work SET state = $2, ended_at = $3 WHERE id = $1").bind(id).bind(state).bind(at).execute(c).await.map(|_| ())).expect("time passes");
        }
        looking::purge(&app.db).await.expect("it is cleared");
        is(&app, &[("dead", 1), ("done", 1), ("waiting", 1)]).await;
    }
}

story! {
    async fn what_is_done_for_somebody_goes_with_them(app: TestApp) {
        let ann = app.person("ann").await;
        let app = app.quiet(&[]).await;
        let user: UserId = ann.id.parse().expect("an id");
        for n in 0..2 {
            put_in(&app, &Order { user: Some(user), ..deliver(Some(&n.to_string())) }).await;
        }
        let taken = claim(&app, Kind::Deliver, start(), 1).await.remove(0);
        on!(app.db.write, |c| sqlx::query("DELETE FROM users WHERE id = $1").bind(user).execute(c).await.map(|_| ())).expect("she leaves");
        is(&app, &[]).await;
        assert!(!store::settle(&app.db, (taken.id, taken.token), &Outcome::Done, start()).await.expect("the queue answers"));
        assert_eq!(store::keep(&app.db, (taken.id, taken.token), start(), None).await.expect("the queue answers"), Word::Lost);
    }
}

//! The queue: what is put in is carried out, once, whoever dies over it. Most of it is told without a server, by workers of the
//! story's own.

use crate::support::*;
use career_copilot::{
    db::{self, Tx},
    events,
    ids::{SearchId, SourceId, UserId, WorkId},
    on, on_tx,
    state::App,
    work::{
        Kind, Order, Priority, Task, Trouble, Working, looking, put,
        store::{self, Outcome, Taken, Word},
        worker,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;

fn start() -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse().expect("a moment")
}

fn source() -> SourceId {
    SourceId(uuid::Uuid::now_v7())
}

fn order(task: Task, once: Option<&str>) -> Order {
    Order { task, priority: Priority::Now, run_at: start(), once: once.map(str::to_owned), user: None }
}

fn fetch(once: Option<&str>) -> Order {
    order(Task::FetchSource { source: source() }, once)
}

/// Of a kind that looks again.
fn deliver(once: Option<&str>) -> Order {
    order(Task::Deliver { user: UserId(uuid::Uuid::now_v7()) }, once)
}

async fn put_in(app: &App, order: &Order) {
    let mut tx = app.db.begin().await.expect("a transaction");
    put(&mut tx, order).await.expect("it is put in");
    tx.commit().await.expect("it is durable");
    app.working.notify_one();
}

async fn claim(app: &App, kind: Kind, now: DateTime<Utc>, most: usize) -> Vec<Taken> {
    store::claim(&app.db, kind, now, now + TimeDelta::seconds(60), most).await.expect("the queue answers")
}

/// How many rows there are in each state.
async fn states(app: &App) -> BTreeMap<String, i64> {
    let all: Vec<(String, i64)> =
        on!(app.db.read, |c| sqlx::query_as("SELECT state, count(*) FROM work GROUP BY state").fetch_all(c).await)
            .expect("the queue");
    all.into_iter().collect()
}

fn in_states(pairs: &[(&str, i64)]) -> BTreeMap<String, i64> {
    pairs.iter().map(|(state, number)| ((*state).to_owned(), *number)).collect()
}

/// Waits until rows are in these states.
async fn become_so(app: &App, wanted: &[(&str, i64)]) {
    let wanted = in_states(wanted);
    for _ in 0..1_500 {
        if states(app).await == wanted {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{wanted:?} is awaited: {:?}", states(app).await);
}

async fn is(app: &App, wanted: &[(&str, i64)]) {
    assert_eq!(states(app).await, in_states(wanted));
}

async fn run(app: &App, statement: &'static str) {
    on!(app.db.write, |c| sqlx::query(statement).execute(c).await.map(|_| ())).expect(statement);
}

/// Where the stories' work leaves its traces.
async fn make_traces(app: &App) {
    run(app, "CREATE TABLE traces (id UUID NOT NULL)").await;
}

async fn traces(app: &App) -> Vec<WorkId> {
    on!(app.db.read, |c| sqlx::query_scalar("SELECT id FROM traces").fetch_all(c).await).expect("the traces")
}

async fn leave(tx: &mut Tx, id: WorkId) {
    let trace = async {
        on_tx!(tx, |c| sqlx::query("INSERT INTO traces (id) VALUES ($1)").bind(id).execute(c).await.map(|_| ()))
    };
    trace.await.expect("a trace");
}

/// Leaves a trace and ends the work in one transaction; false when somebody else has it.
async fn finish(app: &App, taken: &Taken, now: DateTime<Utc>) -> bool {
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

/// One who works in a random run: what they hold, and what they held before they died.
#[derive(Default)]
struct Hand {
    held: Vec<Taken>,
    ghosts: Vec<Taken>,
}

/// Many random histories: things put in, some of them the same; taken up, kept, ended, given back, failing; workers that die and come
/// back as ghosts with what they held; clocks that jump. In the end everything was done that was asked for, and nothing twice.
async fn random_run(app: &App, seed: u64) {
    let mut dice = StdRng::seed_from_u64(seed);
    let mut hands: Vec<Hand> = (0..3).map(|_| Hand::default()).collect();
    let mut now = start();
    // By the words of `once`: how often it was asked for, and the step when it was last.
    let mut asked: HashMap<String, (usize, usize)> = HashMap::new();
    // When each row was taken up by the attempt that ended it well.
    let mut done: HashMap<String, Vec<usize>> = HashMap::new();
    let mut taken_at: HashMap<(WorkId, i64), usize> = HashMap::new();
    let mut alone = 0_usize;
    let mut keys: HashMap<WorkId, String> = HashMap::new();
    for step in 0..160 {
        let hand = dice.random_range(0..hands.len());
        match dice.random_range(0..100) {
            0..20 => {
                let key = format!("{seed}-{}", dice.random_range(0..4));
                put_in(app, &Order { run_at: now, ..deliver(Some(&key)) }).await;
                let entry = asked.entry(key).or_default();
                *entry = (entry.0 + 1, step);
            }
            20..30 => {
                put_in(app, &Order { run_at: now + TimeDelta::seconds(dice.random_range(0..90)), ..fetch(None) }).await;
                alone += 1;
            }
            30..55 => {
                let kind = if dice.random_bool(0.6) { Kind::Deliver } else { Kind::FetchSource };
                let most = dice.random_range(1..4);
                let taken = claim(app, kind, now, most).await;
                assert!(taken.len() <= most, "seed {seed}: {} at once, not {most}", taken.len());
                for one in taken {
                    taken_at.insert((one.id, one.token), step);
                    hands[hand].held.push(one);
                }
            }
            55..70 => {
                if let Some(taken) = hands[hand].held.pop()
                    && finish(app, &taken, now).await
                {
                    note_done(app, &taken, &taken_at, &mut keys, &mut done).await;
                }
            }
            70..76 => {
                if let Some(taken) = hands[hand].held.pop() {
                    let outcome = match dice.random_range(0..2) {
                        0 => Outcome::Back,
                        _ => Outcome::Later(now + TimeDelta::seconds(dice.random_range(0..120)), "busy".into()),
                    };
                    store::settle(&app.db, (taken.id, taken.token), &outcome, now).await.expect("the queue answers");
                }
            }
            76..82 => {
                for taken in &hands[hand].held {
                    store::keep(&app.db, (taken.id, taken.token), now + TimeDelta::seconds(60), None)
                        .await
                        .expect("the queue answers");
                }
            }
            82..88 => {
                // Killed: whatever was held is a ghost's.
                let hand = &mut hands[hand];
                hand.ghosts.append(&mut hand.held);
            }
            88..92 => {
                if let Some(taken) = hands[hand].ghosts.pop()
                    && finish(app, &taken, now).await
                {
                    note_done(app, &taken, &taken_at, &mut keys, &mut done).await;
                }
            }
            92..96 => now += TimeDelta::seconds(dice.random_range(-120..300)),
            _ => {
                store::reap(&app.db, now).await.expect("the queue answers");
            }
        }
    }
    // Everybody dies; time passes; somebody does the rest.
    for round in 0..100 {
        now += TimeDelta::minutes(5);
        store::reap(&app.db, now).await.expect("the queue answers");
        looking::retry_all(&app.db, now).await.expect("what was given up is tried again");
        let mut some = false;
        for kind in [Kind::Deliver, Kind::FetchSource] {
            for taken in claim(app, kind, now, 50).await {
                some = true;
                taken_at.insert((taken.id, taken.token), 1_000 + round);
                assert!(finish(app, &taken, now).await, "seed {seed}");
                note_done(app, &taken, &taken_at, &mut keys, &mut done).await;
            }
        }
        if !some && round > 2 {
            break;
        }
    }
    // The ghosts come once more.
    for hand in &mut hands {
        for ghost in hand.ghosts.drain(..).chain(hand.held.drain(..)) {
            assert!(!finish(app, &ghost, now).await, "seed {seed}: a ghost had its way");
        }
    }
    for (key, (times, last)) in &asked {
        let ended = done.get(key).map_or(&[][..], Vec::as_slice);
        assert!(
            ended.iter().any(|taken_at| taken_at > last),
            "seed {seed}: {key} was not looked at after it was last asked for"
        );
        assert!(ended.len() <= *times, "seed {seed}: {key} was done {} times, asked for {times} times", ended.len());
    }
    let single = done.get("").map_or(0, Vec::len);
    assert_eq!(single, alone, "seed {seed}: what is asked for alone is done, once");
}

async fn note_done(
    app: &App,
    taken: &Taken,
    taken_at: &HashMap<(WorkId, i64), usize>,
    keys: &mut HashMap<WorkId, String>,
    done: &mut HashMap<String, Vec<usize>>,
) {
    let id = taken.id;
    if !keys.contains_key(&id) {
        let once: Option<String> =
            on!(app.db.read, |c| sqlx::query_scalar("SELECT once FROM work WHERE id = $1").bind(id).fetch_one(c).await)
                .expect("the row");
        keys.insert(id, once.unwrap_or_default());
    }
    done.entry(keys[&id].clone()).or_default().push(taken_at[&(taken.id, taken.token)]);
}

story! {
    async fn nothing_is_lost_and_nothing_is_done_twice_whatever_happens(app: TestApp) {
        let app = app.quiet(&[]).await;
        make_traces(&app).await;
        for seed in 0..12 {
            random_run(&app, seed).await;
            let left = states(&app).await;
            assert!(left.keys().all(|state| state == "done"), "seed {seed}: {left:?}");
            let rows: i64 = left.values().sum();
            let all = traces(&app).await;
            let mut distinct = all.clone();
            distinct.sort_unstable();
            distinct.dedup();
            assert_eq!(i64::try_from(distinct.len()).expect("a number"), rows, "seed {seed}: each row left its trace");
            run(&app, "DELETE FROM work").await;
            run(&app, "DELETE FROM traces").await;
        }
    }
}

story! {
    async fn many_hands_at_once_share_the_work(app: TestApp) {
        let other = app.quiet(&[]).await;
        let one = app.quiet(&[]).await;
        make_traces(&one).await;
        for n in 0..60 {
            put_in(&one, &fetch(Some(&n.to_string()))).await;
        }
        let hands = (0..6).map(|n| {
            let app = if n % 2 == 0 { one.clone() } else { other.clone() };
            tokio::spawn(async move {
                let mut own = 0;
                let mut idle = 0;
                while idle < 20 {
                    let taken = claim(&app, Kind::FetchSource, start(), 3).await;
                    idle = if taken.is_empty() { idle + 1 } else { 0 };
                    assert!(taken.len() <= 3);
                    for one in taken {
                        assert!(finish(&app, &one, start()).await, "nobody else has it");
                        own += 1;
                    }
                }
                own
            })
        });
        let mut all = 0;
        for hand in hands.collect::<Vec<_>>() {
            all += hand.await.expect("no panic");
        }
        assert_eq!((all, traces(&one).await.len()), (60, 60));
        is(&one, &[("done", 60)]).await;
    }
}

/// Ends well, in one transaction with a trace.
async fn leave_trace(app: &App, working: &Working) -> Result<(), Trouble> {
    let mut tx = app.db.begin().await?;
    working.finish(&mut tx).await?;
    leave(&mut tx, working.held().0).await;
    tx.commit().await?;
    Ok(())
}

story! {
    async fn a_killed_workers_task_is_done_once(app: TestApp) {
        let (dying, living) = (app.quiet(&[]).await, app.quiet(&[]).await);
        make_traces(&living).await;
        put_in(&dying, &fetch(Some("board"))).await;
        let begun = Arc::new(Notify::new());
        let told = begun.clone();
        let victim = tokio::spawn(worker::run_by(dying.clone(), move |_, _, _| {
            let told = told.clone();
            async move {
                told.notify_one();
                std::future::pending().await
            }
        }));
        begun.notified().await;
        is(&living, &[("running", 1)]).await;
        victim.abort();
        let _ = victim.await;
        let worker = tokio::spawn(worker::run_by(living.clone(), |app, working, _| async move { leave_trace(&app, &working).await }));
        // Nobody says "still at it" any more.
        let past = db::now() - TimeDelta::seconds(1);
        on!(living.db.write, |c| sqlx::query("UPDATE work SET lease_until = $1").bind(past).execute(c).await.map(|_| ())).expect("time passes");
        become_so(&living, &[("done", 1)]).await;
        assert_eq!(traces(&living).await.len(), 1);
        living.stopping.cancel();
        worker.await.expect("it stops");
    }
}

story! {
    async fn a_server_that_stops_gives_back_what_it_is_at(app: TestApp) {
        let app = app.quiet(&[]).await;
        for n in 0..2 {
            put_in(&app, &fetch(Some(&n.to_string()))).await;
        }
        let begun = Arc::new(AtomicUsize::new(0));
        let count = begun.clone();
        let worker = tokio::spawn(worker::run_by(app.clone(), move |_, working, _| {
            let first = count.fetch_add(1, Ordering::SeqCst) == 0;
            async move {
                // One ends when it is asked to, the other does not.
                if first {
                    working.stop().cancelled().await;
                    return Err(Trouble::passing("stopped"));
                }
                std::future::pending().await
            }
        }));
        become_so(&app, &[("running", 2)]).await;
        while begun.load(Ordering::SeqCst) < 2 {
            tokio::task::yield_now().await;
        }
        app.stopping.cancel();
        worker.await.expect("it stops");
        is(&app, &[("waiting", 2)]).await;
        let failures: i64 = on!(app.db.read, |c| sqlx::query_scalar("SELECT CAST(sum(failures) AS BIGINT) FROM work").fetch_one(c).await).expect("the sum");
        assert_eq!(failures, 0, "nobody failed");
    }
}

story! {
    async fn no_kind_takes_the_room_of_another(app: TestApp) {
        let app = app.quiet(&[]).await;
        for n in 0..5 {
            let task = Task::Backfill { user: UserId(uuid::Uuid::now_v7()), search: SearchId(uuid::Uuid::now_v7()) };
            put_in(&app, &order(task, Some(&n.to_string()))).await;
        }
        put_in(&app, &deliver(None)).await;
        let open = Arc::new(tokio::sync::Semaphore::new(0));
        let (gate, at_once, most) = (open.clone(), Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let highest = most.clone();
        let worker = tokio::spawn(worker::run_by(app.clone(), move |_, _, task| {
            let (gate, at_once, most) = (gate.clone(), at_once.clone(), most.clone());
            async move {
                if matches!(task, Task::Backfill { .. }) {
                    most.fetch_max(at_once.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    gate.acquire().await.expect("it stays open").forget();
                    at_once.fetch_sub(1, Ordering::SeqCst);
                }
                Ok(())
            }
        }));
        become_so(&app, &[("done", 1), ("running", 1), ("waiting", 4)]).await;
        open.add_permits(5);
        become_so(&app, &[("done", 6)]).await;
        assert_eq!(highest.load(Ordering::SeqCst), Kind::Backfill.at_once());
        app.stopping.cancel();
        worker.await.expect("it stops");
    }
}

story! {
    async fn troubles_pass_or_last_and_a_breakdown_is_one(app: TestApp) {
        let app = app.quiet(&[]).await;
        put_in(&app, &fetch(Some("passing"))).await;
        put_in(&app, &deliver(Some("lasting"))).await;
        put_in(&app, &order(Task::CheckOpenings { source: source() }, Some("panic"))).await;
        let worker = tokio::spawn(worker::run_by(app.clone(), |_, _, task| async move {
            match task {
                Task::FetchSource { .. } => Err(Trouble::Passing { why: "busy".into(), not_before: Some(db::now() + TimeDelta::hours(3)) }),
                Task::Deliver { .. } => Err(Trouble::Lasting("no such person".into())),
                _ => panic!("this is part of the story"),
            }
        }));
        become_so(&app, &[("dead", 1), ("waiting", 2)]).await;
        app.stopping.cancel();
        worker.await.expect("one breakdown does not end the rest");
        let rows: Vec<(String, i64, String, DateTime<Utc>)> =
            on!(app.db.read, |c| sqlx::query_as("SELECT once, failures, last_error, run_at FROM work ORDER BY once").fetch_all(c).await).expect("rows");
        let told: Vec<_> = rows.iter().map(|(once, failures, why, _)| (once.as_str(), *failures, why.as_str())).collect();
        assert_eq!(told, [("lasting", 1, "no such person"), ("panic", 1, "It broke down in the middle."), ("passing", 1, "busy")]);
        assert!(rows[2].3 > db::now() + TimeDelta::minutes(170), "not before it was asked for");
        assert!(rows[1].3 < db::now() + TimeDelta::minutes(2));
    }
}

story! {
    async fn progress_is_told_and_what_is_cancelled_ends(app: TestApp) {
        let ann = app.person("ann").await;
        let user: UserId = ann.id.parse().expect("an id");
        let state = app.quiet(&[]).await;
        let task = Task::Backfill { user, search: SearchId(uuid::Uuid::now_v7()) };
        let order = Order { user: Some(user), ..order(task, Some("ann")) };
        put_in(&state, &order).await;
        let worker = tokio::spawn(worker::run_by(state.clone(), |_, working, _| async move {
            let mut done = 0;
            while !working.cancelled() {
                done += 1;
                working.progress(done, 1_000_000).await?;
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            Err(Trouble::passing("it was to end"))
        }));
        become_so(&state, &[("running", 1)]).await;
        let item = loop {
            let (items, _) = looking::list(&state.db, "running", 9, 0).await.expect("the list");
            if items[0].total > 0 {
                break items[0].clone();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        assert_eq!((item.kind.as_str(), item.total, item.cancelling), ("backfill", 1_000_000, false));
        assert!(item.done >= 1 && item.about.contains(&ann.id), "{item:?}");
        let kinds: Vec<String> = events::after(&state.db, user, 0, 100).await.expect("events").into_iter().map(|event| event.kind).collect();
        assert!(kinds.contains(&"work.progress".to_owned()), "{kinds:?}");
        assert!(looking::cancel(&state.db, item.id, db::now()).await.expect("it is asked to end"));
        become_so(&state, &[("cancelled", 1)]).await;
        assert!(!looking::cancel(&state.db, item.id, db::now()).await.expect("the queue answers"), "it is over");
        state.stopping.cancel();
        worker.await.expect("it stops");
    }
}

/// Something that was given up, of a kind no server here knows: nobody takes it up while the story looks.
async fn given_up(app: &App, once: &str) -> WorkId {
    let id = WorkId(uuid::Uuid::now_v7());
    on!(app.db.write, |c| sqlx::query(
        "INSERT INTO work (id, kind, payload, once, priority, state, run_at, turn_at, token, failures, last_error, again, cancelling, done, total, created_at, ended_at) \
         VALUES ($1, 'of_tomorrow', $2, $3, 0, 'dead', $4, $4, 3, 12, 'The board is <gone>.', FALSE, FALSE, 0, 0, $4, $4)"
    )
    .bind(id)
    .bind(sqlx::types::Json(json!({ "task": "of_tomorrow", "source": "a board" })))
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
        for n in 0..3 {
            ids.push(given_up(&app.state, &n.to_string()).await.to_string());
        }
        let page = roots.open("/admin/work").await.page();
        assert!(page.contains("The board is &lt;gone&gt;.") && page.contains("Try all again") && page.contains("of_tomorrow"), "{page}");
        let dead = root.get("/api/v1/admin/work/dead?per_page=2").await.ok();
        assert_eq!((&dead["total"], dead["items"].as_array().map(Vec::len)), (&json!(3), Some(2)), "{dead}");
        assert_eq!(dead["items"][0]["about"], "source a board");
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
        assert!(page.contains("For administrators") && !page.contains("gone"), "{page}");
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
        let same = given_up(&app.state, "0").await.to_string();
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
        given_up(&app.state, "x").await;
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
            let id = given_up(&app, &format!("{state} {days}")).await;
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

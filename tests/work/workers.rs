//! Workers of the story's own, without a server: they die, stop, break down, and are asked to end.

use super::{become_so, deliver, fetch, is, leave, make_traces, order, put_in, source, traces};
use crate::support::*;
use career_copilot::{
    db, events,
    ids::{SearchId, UserId},
    on,
    state::App,
    work::{Kind, Order, Task, Trouble, Working, looking, worker},
};
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::sync::Notify;

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
        while !events::after(&state.db, user, 0, 100).await.expect("events").iter().any(|event| event.kind == "work.progress") {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(looking::cancel(&state.db, item.id, db::now()).await.expect("it is asked to end"));
        become_so(&state, &[("cancelled", 1)]).await;
        assert!(!looking::cancel(&state.db, item.id, db::now()).await.expect("the queue answers"), "it is over");
        state.stopping.cancel();
        worker.await.expect("it stops");
    }
}

//! Random histories of the queue: nothing is lost and nothing is done twice, whatever happens.

use super::{claim, deliver, fetch, finish, is, make_traces, put_in, run, start, states, traces};
use crate::support::*;
use career_copilot::{
    ids::WorkId,
    on,
    state::App,
    work::{
        Kind, Order, looking,
        store::{self, Outcome, Taken},
    },
};
use chrono::TimeDelta;
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::collections::{HashMap, hash_map::Entry};

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
    if let Entry::Vacant(place) = keys.entry(id) {
        let once: Option<String> =
            on!(app.db.read, |c| sqlx::query_scalar("SELECT once FROM work WHERE id = $1").bind(id).fetch_one(c).await)
                .expect("the row");
        place.insert(once.unwrap_or_default());
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

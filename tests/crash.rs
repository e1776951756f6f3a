//! Killed in the middle of writing: what was acknowledged is there. `KILL_ROUNDS` for another number of times than 50.

use crate::support::{executable::Running, *};
use career_copilot::db;
use sqlx::{Connection, SqliteConnection};
use std::{collections::BTreeMap, time::Duration};
use tokio::task::JoinSet;

/// Programs that write at the same time.
const WRITERS: usize = 4;

/// Creates jobs until the server is gone; answers with those it acknowledged, by id.
async fn write(ann: Caller, round: usize, writer: usize) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    for n in 0.. {
        let title = format!("job {round}.{writer}.{n}");
        let request = ann
            .request(reqwest::Method::POST, "/api/v1/jobs")
            .json(&json!({ "company": "Acme Mills", "title": title }));
        let Ok(response) = request.send().await else { break };
        assert_eq!(response.status().as_u16(), 201);
        let Ok(job) = response.json::<Value>().await else { break };
        kept.insert(job.id(), title);
    }
    kept
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost() {
    let rounds: usize =
        std::env::var("KILL_ROUNDS").ok().map_or(50, |rounds| rounds.parse().expect("KILL_ROUNDS is a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let server = Running::start(folder.path(), &[]).await;
    let account = json!({ "email": "ann@example.org", "password": "ann likes long walks" });
    let opened = Caller::new(&server.address).post("/api/v1/auth/register", account).await.created();
    let ann = Caller::new("").with_token(opened["access_token"].as_str().expect("a token"));
    server.kill();
    let mut kept: BTreeMap<String, String> = BTreeMap::new();
    for round in 0..rounds {
        let server = Running::start(folder.path(), &[]).await;
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            writers.spawn(write(ann.at(&server.address), round, writer));
        }
        // A different moment every time.
        tokio::time::sleep(Duration::from_millis(150 + (round as u64 * 37) % 200)).await;
        server.kill();
        while let Some(acknowledged) = writers.join_next().await {
            kept.extend(acknowledged.expect("a writer does not panic"));
        }
        check(&db::sqlite_url(&folder.path().join("data")), &kept).await;
    }
    assert!(kept.len() >= rounds, "{} jobs in {rounds} rounds are no load", kept.len());
    // A last start, orderly, finds every one of them over REST too.
    let mut server = Running::start(folder.path(), &[]).await;
    let ann = ann.at(&server.address);
    for (id, title) in kept.iter().rev().take(50) {
        assert_eq!(ann.get(&format!("/api/v1/jobs/{id}")).await.ok()["title"], json!(title));
    }
    assert!(ann.get("/api/v1/jobs").await.ok()["total"].as_u64() >= Some(kept.len() as u64));
    server.signal("TERM");
    assert!(server.ended().await.success());
}

/// The file is sound, holds every acknowledged job, and its events have no gap.
async fn check(url: &str, kept: &BTreeMap<String, String>) {
    let mut file = SqliteConnection::connect(url).await.expect("the file opens");
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut file).await.expect("a check");
    assert_eq!(sound, "ok");
    let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut file).await.expect("a check");
    assert!(orphans.is_empty());
    let rows: Vec<(uuid::Uuid, String)> =
        sqlx::query_as("SELECT id, title FROM jobs").fetch_all(&mut file).await.expect("the jobs");
    let there: BTreeMap<String, String> = rows.into_iter().map(|(id, title)| (id.to_string(), title)).collect();
    for (id, title) in kept {
        assert_eq!(there.get(id), Some(title), "an acknowledged job is lost");
    }
    let events: (i64, i64, i64) = sqlx::query_as(
        "SELECT count(*), COALESCE(max(e.seq), 0), u.seq FROM users u LEFT JOIN events e ON e.user_id = u.id",
    )
    .fetch_one(&mut file)
    .await
    .expect("the events");
    assert_eq!(events.1, events.2, "the newest number is that of the newest event");
    assert_eq!(if events.1 == 0 { 0 } else { events.0 }, events.1, "no gap");
    assert_eq!(there.len() as i64, events.1, "one event for each job");
    file.close().await.expect("the file closes");
}

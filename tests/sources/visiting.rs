//! Visits: faults are told apart, what is not whole closes nothing, sites and hosts are left in peace, and the night run asks what is due.

use super::{CRUMB, again, row, source, visit};
use crate::support::{
    sources::{Internet, Reply},
    *,
};
use career_copilot::{
    db,
    ids::SourceId,
    on,
    postings::Numbers,
    sources::{
        hosts, store,
        visits::{self, Visit},
    },
    state::App,
};
use chrono::{TimeDelta, Utc};

async fn open_postings(app: &App, id: SourceId) -> i64 {
    on!(app.db.read, |c| sqlx::query_scalar("SELECT COUNT(*) FROM postings WHERE source_id = $1 AND closed_at IS NULL")
        .bind(id)
        .fetch_one(c)
        .await)
    .expect("a number")
}

fn greenhouse(jobs: &[(u32, &str)]) -> String {
    let jobs: Vec<Value> = jobs
        .iter()
        .map(|(id, title)| {
            json!({ "id": id, "title": title, "absolute_url": format!("https://boards.greenhouse.io/crumb/jobs/{id}"),
            "location": { "name": "Lyon, France" }, "content": format!("We need a {title} who knows Python.") })
        })
        .collect();
    json!({ "jobs": jobs, "meta": { "total": jobs.len() } }).to_string()
}

story! {
    async fn faults_are_told_apart_and_nobody_is_fought(app: TestApp) {
        let net = Internet::start().await;
        let app = app.restarted(&[("FETCH_MIRROR", &net.address)]).await;
        let state = &app.state;
        let id = source(state, "https://boards.greenhouse.io/crumb").await;
        net.says(CRUMB, Reply::ok(greenhouse(&[(1, "Baker"), (2, "Miller")])));
        assert_eq!(visit(state, id).await, Visit::Read(Numbers { found: 2, new: 2, ..Numbers::default() }));
        net.asked();
        assert_eq!(visit(state, id).await, Visit::NotDue);
        assert!(net.asked().is_empty(), "it was there a moment ago");

        // An empty day: no fault, noted, and nothing is closed for it.
        net.says(CRUMB, Reply::ok(greenhouse(&[])));
        assert!(matches!(again(state, id).await, Visit::Read(_)));
        let now = row(state, id).await;
        assert!(now.note.contains("Nothing was offered") && now.failures == 0, "{now:?}");
        assert_eq!(open_postings(state, id).await, 2);

        for (reply, words) in [
            (Reply::ok("{\"jobs\": [{\"title\": \"Ba"), "could not be read as Greenhouse"),
            (Reply::ok("<!doctype html><title>Jobs</title>"), "could not be read as Greenhouse"),
            (Reply::ok(json!({ "jobs": "none today" }).to_string()), "could not be read as Greenhouse"),
            (Reply::ok(json!({ "jobs": [{ "id": 1, "title": 5 }, { "id": 2, "title": [] }] }).to_string()), "its shape may be another one now"),
            (Reply::status(404), "There is nothing at this address any more (404)"),
            (Reply::status(502), "answered with an error (502)"),
        ] {
            net.says(CRUMB, reply);
            assert!(matches!(again(state, id).await, Visit::Failed(_)));
            let now = row(state, id).await;
            assert!(now.last_error.contains(words), "{now:?}");
            assert_eq!(open_postings(state, id).await, 2, "{words}");
        }
        // The breaker opened with the fifth, and says why and until when.
        let now = row(state, id).await;
        assert_eq!(now.failures, 6);
        assert!(now.paused_until.is_some_and(|until| until > Utc::now()) && now.paused_why.contains("502"), "{now:?}");
        net.asked();
        assert_eq!(visit(state, id).await, Visit::NotDue);
        assert!(net.asked().is_empty(), "it is left alone");
        // Half open: one visit decides.
        net.says(CRUMB, Reply::ok(greenhouse(&[(1, "Baker"), (2, "Miller"), (3, "Oven Seller")])));
        assert!(matches!(again(state, id).await, Visit::Read(_)));
        let now = row(state, id).await;
        assert_eq!((now.failures, now.paused_until), (0, None));

        // Asked to wait, one waits.
        net.says(CRUMB, Reply::status(429).with("retry-after", "7200"));
        assert!(matches!(again(state, id).await, Visit::Failed(_)));
        let now = row(state, id).await;
        let until = now.paused_until.expect("a pause");
        assert!(until >= Utc::now() + TimeDelta::minutes(119) && now.paused_why.contains("left alone"), "{now:?}");
        // Refused, one does not come back in another way.
        net.says(CRUMB, Reply::status(403));
        net.asked();
        assert!(matches!(again(state, id).await, Visit::Failed(_)));
        let now = row(state, id).await;
        assert!(now.last_error.contains("refused to answer (403)") && now.paused_until.is_some_and(|until| until > Utc::now() + TimeDelta::hours(23)), "{now:?}");
        assert_eq!(net.asked().len(), 1, "once");

        // What did not change is not sent again.
        net.says(CRUMB, Reply::ok(greenhouse(&[(1, "Baker"), (2, "Miller")])).with("etag", "\"v1\""));
        assert!(matches!(again(state, id).await, Visit::Read(_)));
        assert_eq!(again(state, id).await, Visit::Unchanged);
        assert_eq!(net.asked().last().expect("a question").headers["if-none-match"], "\"v1\"");
        let days: (i64, i64) = on!(state.db.read, |c| sqlx::query_as("SELECT CAST(SUM(visits) AS BIGINT), CAST(SUM(errors) AS BIGINT) FROM source_days WHERE source_id = $1").bind(id).fetch_one(c).await).expect("its days");
        assert_eq!(days, (13, 8));
        app.stopped().await;
    }
}

story! {
    async fn half_a_board_is_taken_in_and_closes_nothing(app: TestApp) {
        let net = Internet::start().await;
        let app = app.restarted(&[("FETCH_MIRROR", &net.address)]).await;
        let state = &app.state;
        let id = source(state, "https://www.themuse.com/search").await;
        let rows = |from: u32, to: u32| -> Vec<Value> {
            (from..to).map(|n| json!({ "id": n, "name": format!("Miller {n}"), "contents": "You mill.", "company": { "name": "Acme" }, "refs": { "landing_page": format!("https://www.themuse.com/jobs/{n}") } })).collect()
        };
        let page = |n: u32| format!("www.themuse.com/api/public/jobs?page={n}");
        net.says(&page(1), Reply::ok(json!({ "total": 40, "results": rows(0, 20) }).to_string()));
        net.says(&page(2), Reply::status(503).with("retry-after", "60"));
        assert!(matches!(visit(state, id).await, Visit::Failed(_)));
        assert_eq!(open_postings(state, id).await, 20, "what was read counts");
        net.says(&page(2), Reply::ok(json!({ "total": 40, "results": rows(20, 40) }).to_string()));
        assert!(matches!(again(state, id).await, Visit::Read(_)));
        assert_eq!(open_postings(state, id).await, 40);
        for _ in 0..3 {
            net.says(&page(2), Reply::ok("{\"total\": 40, \"resu"));
            assert!(matches!(again(state, id).await, Visit::Failed(_)));
        }
        assert_eq!(open_postings(state, id).await, 40, "half an answer closes nothing");
        app.stopped().await;
    }
}

story! {
    async fn what_a_site_asks_of_programs_is_heeded(app: TestApp) {
        let net = Internet::start().await;
        let app = app.restarted(&[("FETCH_MIRROR", &net.address)]).await;
        let state = &app.state;
        let feed = || Reply::ok(fixture!("feed.xml")).with("content-type", "application/rss+xml");
        net.says("closed.example.org/robots.txt", Reply::ok("User-agent: *\nDisallow: /jobs/\nAllow: /jobs/open").with("content-type", "text/plain"));
        net.says("closed.example.org/jobs/feed.xml", feed());
        net.says("closed.example.org/jobs/open.xml", feed());
        let id = source(state, "https://closed.example.org/jobs/feed.xml").await;
        assert!(matches!(visit(state, id).await, Visit::Failed(_)));
        let now = row(state, id).await;
        assert!(now.last_error.contains("robots.txt") && now.paused_until.is_some(), "{now:?}");
        assert!(net.asked().iter().all(|asked| asked.address == "closed.example.org/robots.txt"), "the page itself was not asked");
        let id = source(state, "https://closed.example.org/jobs/open.xml").await;
        assert!(matches!(visit(state, id).await, Visit::Read(_)));
        assert!(net.asked().iter().all(|asked| asked.address == "closed.example.org/jobs/open.xml"), "robots.txt is kept for a day");
        // One that cannot be read for a fault of the site's forbids everything for now.
        net.says("broken.example.org/robots.txt", Reply::status(500));
        net.says("broken.example.org/feed.xml", feed());
        let id = source(state, "https://broken.example.org/feed.xml").await;
        assert!(matches!(visit(state, id).await, Visit::Failed(_)));
        // A documented interface for programs is an invitation.
        net.says("boards-api.greenhouse.io/robots.txt", Reply::ok("User-agent: *\nDisallow: /"));
        net.says(CRUMB, Reply::ok(greenhouse(&[(1, "Baker")])));
        let id = source(state, "https://boards.greenhouse.io/crumb").await;
        assert!(matches!(visit(state, id).await, Visit::Read(_)));
        app.stopped().await;
    }
}

story! {
    async fn a_host_is_asked_one_thing_at_a_time(app: TestApp) {
        let db = &app.state.db;
        let now = db::now();
        assert_eq!(hosts::take(db, "jobs.example.org", now).await.expect("it works"), None, "it is free");
        let ready = hosts::take(db, "jobs.example.org", now).await.expect("it works").expect("somebody is at it");
        assert!(ready > now && ready <= now + TimeDelta::minutes(1), "who dies over it does not keep it");
        assert_eq!(hosts::take(db, "other.example.org", now).await.expect("it works"), None);
        let later = now + TimeDelta::seconds(2);
        hosts::give(db, "jobs.example.org", later).await.expect("it works");
        assert_eq!(hosts::take(db, "jobs.example.org", now).await.expect("it works"), Some(later), "there is a pause");
        assert_eq!(hosts::take(db, "jobs.example.org", later).await.expect("it works"), None);
    }
}

story! {
    async fn the_night_run_asks_what_people_of_the_zone_want(app: TestApp) {
        let net = Internet::start().await;
        let app = app.restarted(&[("ENABLE_JOB_SCRAPING", "false")]).await;
        let ann = app.person("ann").await;
        ann.profile(json!({ "time_zone": "Europe/Berlin" })).await;
        let crumb = ann.post("/api/v1/sources", json!({ "what": "https://boards.greenhouse.io/crumb" })).await.created();
        let id: SourceId = crumb["source"]["id"].as_str().expect("an id").parse().expect("an id");
        let due = async |zone: &str| store::due(&app.state.db, zone, db::now()).await.expect("it works");
        assert!(due("Europe/Berlin").await.contains(&id) && !due("Asia/Tokyo").await.contains(&id));
        for _ in 0..2 {
            assert_eq!(visits::ingest_for(&app.state, "Europe/Berlin").await.expect("it works"), 9);
        }
        let waiting: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT COUNT(*) FROM work WHERE kind = 'fetch_source'").fetch_one(c).await).expect("a number");
        assert_eq!(waiting, 9, "each once, and none on a server that is not to");
        net.says(CRUMB, Reply::ok(greenhouse(&[(1, "Baker")])));
        let app = app.restarted(&[("FETCH_MIRROR", &net.address), ("ENABLE_SCHEDULER", "false")]).await;
        // The queue carries it out.
        for _ in 0..1_500 {
            if row(&app.state, id).await.succeeded_at.is_some() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(open_postings(&app.state, id).await, 1);
        assert!(!store::due(&app.state.db, "Europe/Berlin", db::now()).await.expect("it works").contains(&id), "not again so soon");
        app.stopped().await;
    }
}

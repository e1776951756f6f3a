//! Finding anything by name: what is found, in which order, and whose.

use crate::support::*;
use career_copilot::{
    db,
    ids::{JobId, UserId},
    jobs, on,
    palette::ranking::names,
    write_tx,
};
use std::time::{Duration, Instant};

/// Kind and title of what is found, in order.
async fn found(browser: &mut Browser, typed: &str) -> Vec<(String, String)> {
    let hits = browser.call("find_anything", &[("typed", typed)]).await.ok();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    hits.as_array().expect("hits").iter().map(|hit| (text(&hit["kind"]), text(&hit["title"]))).collect()
}

/// The titles of the jobs alone.
async fn titles(browser: &mut Browser, typed: &str) -> Vec<String> {
    found(browser, typed).await.into_iter().filter(|(kind, _)| kind == "job").map(|(_, title)| title).collect()
}

fn job(title: &str, company: &str, place: &str) -> Value {
    json!({ "title": title, "company": company, "location": place })
}

async fn named(app: &TestApp) -> i64 {
    on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM job_names").fetch_one(c).await)
        .expect("a count")
}

story! {
    async fn the_best_name_comes_first(app: TestApp) {
        let ann = app.person("ann").await;
        for (title, company, place) in [
            ("Paddle Maker", "Quiet Rivers", "Datteln"), ("Senior Data Engineer", "Acme Mills", "Berlin"), ("Update Manager", "Acme Mills", ""),
            ("Data Analyst", "Zoo", "Zürich"), ("Clerk", "Dataworks", ""),
        ] {
            ann.job(job(title, company, place)).await;
        }
        let mut browser = ann.signed_in(&app).await;
        assert_eq!(titles(&mut browser, "data").await, ["Clerk", "Data Analyst", "Senior Data Engineer"]);
        assert_eq!(titles(&mut browser, "dat").await, ["Clerk", "Data Analyst", "Senior Data Engineer", "Paddle Maker", "Update Manager"]);
        assert_eq!(titles(&mut browser, "ACME senior").await, ["Senior Data Engineer"]);
        assert_eq!(titles(&mut browser, "zurich").await, ["Data Analyst"]);
        assert_eq!(titles(&mut browser, "ngine").await, ["Senior Data Engineer"]);
        assert_eq!(titles(&mut browser, "data nowhere").await, [""; 0]);
        assert!(found(&mut browser, "").await.is_empty());
    }
}

story! {
    async fn applications_come_with_their_stage(app: TestApp) {
        let ann = app.person("ann").await;
        let applied = ann.job(job("Baker", "Acme Mills", "Lyon")).await;
        ann.job(job("Miller", "Acme Mills", "")).await;
        let application = ann.post("/api/v1/applications", json!({ "job_id": applied })).await.created().id();
        let mut browser = ann.signed_in(&app).await;
        let hits = browser.call("find_anything", &[("typed", "acme")]).await.ok();
        assert_eq!(
            hits[0],
            json!({ "kind": "application", "to": format!("/applications/{application}"), "title": "Baker", "company": "Acme Mills", "note": "Lyon · Applied" })
        );
        assert_eq!(hits[1]["note"], "Not applied");
        assert_eq!(hits[2]["to"], format!("/jobs/{applied}"));
        ann.delete(&format!("/api/v1/applications/{application}")).await.done();
        assert_eq!(found(&mut browser, "baker").await, [("job".to_owned(), "Baker".to_owned())]);
    }
}

story! {
    async fn places_are_recalled_as_they_are_now_and_only_to_their_person(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let first = ann.job(job("Baker", "Acme Mills", "Lyon")).await;
        let second = ann.job(job("Miller", "Acme Mills", "")).await;
        let application = ann.post("/api/v1/applications", json!({ "job_id": first })).await.created().id();
        let foreign = bob.job(job("Spy", "Crumb", "")).await;
        let places = [
            format!("/jobs/{second}"), format!("/applications/{application}"), format!("/jobs/{foreign}"), "/jobs/nonsense".to_owned(),
            "/today".to_owned(), format!("/jobs/{first}"), "https://evil.example/jobs/1".to_owned(),
        ];
        let fields: Vec<(String, &str)> = places.iter().enumerate().map(|(n, place)| (format!("places[{n}]"), place.as_str())).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, place)| (name.as_str(), *place)).collect();
        let mut browser = ann.signed_in(&app).await;
        let recalled = async |browser: &mut Browser| -> Vec<String> {
            let hits = browser.call("recall_places", &fields).await.ok();
            hits.as_array().expect("hits").iter().map(|hit| format!("{} {}", hit["title"], hit["to"]).replace('"', "")).collect()
        };
        let [miller, applied, baker] = [format!("Miller /jobs/{second}"), format!("Baker /applications/{application}"), format!("Baker /jobs/{first}")];
        assert_eq!(recalled(&mut browser).await, [miller, applied.clone(), baker]);
        ann.delete(&format!("/api/v1/jobs/{second}")).await.done();
        ann.put(&format!("/api/v1/jobs/{first}"), job("Head Baker", "Acme Mills", "Lyon")).await.ok();
        assert_eq!(recalled(&mut browser).await, [applied.replace("Baker", "Head Baker"), format!("Head Baker /jobs/{first}")]);
        assert_eq!(recalled(&mut bob.signed_in(&app).await).await, [format!("Spy /jobs/{foreign}")]);
        assert!(browser.call("recall_places", &[]).await.ok().as_array().is_some_and(Vec::is_empty));
    }
}

async fn emptied(app: &TestApp, table: &'static str) {
    let statement = sqlx::AssertSqlSafe(format!("DELETE FROM {table}"));
    on!(app.state.db.write, |c| sqlx::query(statement).execute(c).await.map(|_| ())).expect("deleted");
}

story! {
    async fn names_follow_their_jobs(app: TestApp) {
        let ann = app.person("ann").await;
        let id = ann.job(job("Baker", "Acme Mills", "Lyon")).await;
        let mut browser = ann.signed_in(&app).await;
        ann.put(&format!("/api/v1/jobs/{id}"), job("Miller", "Crumb Systems", "Lyon")).await.ok();
        assert!(titles(&mut browser, "baker").await.is_empty());
        assert_eq!(titles(&mut browser, "crumb").await, ["Miller"]);
        ann.delete(&format!("/api/v1/jobs/{id}")).await.done();
        assert!(titles(&mut browser, "crumb").await.is_empty());
        assert_eq!(named(&app).await, 0);
        ann.request(reqwest::Method::POST, &format!("/api/v1/jobs/{id}/restore")).send().await.expect("an answer");
        assert_eq!(titles(&mut browser, "crumb").await, ["Miller"]);

        // Jobs from before they had names get them.
        let gone = ann.job(job("Stoker", "Old Oven", "")).await;
        ann.delete(&format!("/api/v1/jobs/{gone}")).await.done();
        for table in ["job_names", "filled"] {
            emptied(&app, table).await;
        }
        assert!(titles(&mut browser, "crumb").await.is_empty());
        jobs::names::fill(&app.state).await.expect("they are named");
        jobs::names::fill(&app.state).await.expect("and once is enough");
        assert_eq!(titles(&mut browser, "crumb").await, ["Miller"]);
        assert_eq!(named(&app).await, 1, "nothing in the bin has a name");
        // That found nothing any more, so no later start looks through all jobs again.
        emptied(&app, "job_names").await;
        jobs::names::fill(&app.state).await.expect("it is over");
        assert_eq!(named(&app).await, 0);
    }
}

story! {
    async fn nobody_finds_what_is_not_theirs(app: TestApp) {
        let ann = app.person("ann").await;
        let applied = ann.job(job("Secret Baker", "Hidden Mills", "Lyon")).await;
        ann.post("/api/v1/applications", json!({ "job_id": applied })).await.created();
        let mut eve = app.person("eve").await.signed_in(&app).await;
        for typed in ["secret", "hidden", "e", "baker", "lyon", "' OR 1=1 --", "%", "_", "|"] {
            assert!(found(&mut eve, typed).await.is_empty(), "{typed}");
        }
        app.browser().call("find_anything", &[("typed", "secret")]).await.status(401);
    }
}

story! {
    async fn whatever_is_typed_is_only_looked_for(app: TestApp) {
        let ann = app.person("ann").await;
        ann.job(job("100% Baker", "Bread_Co \\ Sons", "Lyon")).await;
        let mut browser = ann.signed_in(&app).await;
        for (typed, hits) in [
            ("100%", 1), ("bread_co", 1), ("b%r", 0), ("breadXco", 0), ("b_ker", 0), ("%", 1), ("_", 1), ("\\", 0), ("'; DROP TABLE jobs; --", 0),
            ("\0", 0), ("ba\0ker", 1), ("\u{202e}", 0), ("|", 0), ("| 100%", 1), ("baker \0", 1),
        ] {
            assert_eq!(titles(&mut browser, typed).await.len(), hits, "{typed:?}");
        }
        for long in ["x".repeat(10_000), "a ".repeat(5_000), "🦀".repeat(10_000), "%_".repeat(5_000)] {
            assert!(found(&mut browser, &long).await.len() <= 16);
        }
        browser.call("find_anything", &[]).await.ok();
    }
}

story! {
    async fn of_many_the_eight_best_are_named(app: TestApp) {
        let ann = app.person("ann").await;
        let who: UserId = ann.id.parse().expect("an id");
        // Older than 300 others that hold the word, and better.
        let best = ann.job(job("Welder", "Acme", "")).await;
        let second = ann.job(job("Senior Welder", "Acme", "")).await;
        many(&app, who, 400, |n| (format!("Unwelded {n}"), "Mills".into())).await;
        let mut browser = ann.signed_in(&app).await;
        let hits = browser.call("find_anything", &[("typed", "weld")]).await.ok();
        let hits = hits.as_array().expect("hits");
        assert_eq!(hits.len(), 8);
        assert_eq!((&hits[0]["to"], &hits[1]["to"]), (&json!(format!("/jobs/{best}")), &json!(format!("/jobs/{second}"))));
    }
}

/// Jobs written straight into the tables, as an import of that many would leave them.
async fn many(app: &TestApp, who: UserId, count: usize, name: impl Fn(usize) -> (String, String)) {
    let text = "A posting of ordinary length. ".repeat(90);
    let rows: Vec<(JobId, String, String)> = (0..count)
        .map(|n| {
            let (title, company) = name(n);
            (JobId::fresh(), title, company)
        })
        .collect();
    let mut tx = app.state.db.begin().await.expect("a transaction");
    for chunk in rows.chunks(200) {
        let written: career_copilot::error::Result<()> = async {
            write_tx!(&mut tx, |query| {
                query.push(
                    "INSERT INTO jobs (id, user_id, company, title, location, description, tech_stack, responsibilities, requirements, \
                     source, status, asks, same_key, search, created_at, updated_at) ",
                );
                query.push_values(chunk, |mut row, (id, title, company)| {
                    let list = sqlx::types::Json(Vec::<String>::new());
                    row.push_bind(*id).push_bind(who).push_bind(company).push_bind(title).push_bind("Berlin, Germany").push_bind(&text);
                    row.push_bind(list.clone()).push_bind(list.clone()).push_bind(list).push_bind("csv").push_bind("not_applied");
                    row.push_bind(sqlx::types::Json(json!({ "required": [], "preferred": [] }))).push_bind("").push_bind(format!("{title} {company}").to_lowercase());
                    row.push_bind(db::now()).push_bind(db::now());
                });
            });
            write_tx!(&mut tx, |query| {
                query.push("INSERT INTO job_names (user_id, job_id, names) ");
                query.push_values(chunk, |mut row, (id, title, company)| {
                    row.push_bind(who).push_bind(*id).push_bind(names(title, company, "Berlin, Germany"));
                });
            });
            Ok(())
        }
        .await;
        written.expect("written");
    }
    tx.commit().await.expect("kept");
}

const FIRST: [&str; 10] =
    ["Amber", "Birch", "Copper", "Delta", "Ember", "Fjord", "Granite", "Harbour", "Indigo", "Juniper"];
const WORK: [&str; 6] = ["Backend Engineer", "Data Engineer", "Data Analyst", "Product Manager", "Nurse", "Carpenter"];
const LEVEL: [&str; 3] = ["Senior ", "Junior ", ""];

/// How long a search among 20,000 jobs takes, with a hundred applications beside them: to be read, not to be passed.
async fn measure(app: TestApp) {
    let ann = app.person("ann").await;
    let who: UserId = ann.id.parse().expect("an id");
    many(&app, who, 20_000, |n| {
        let title = [LEVEL[n / 7 % 3], WORK[n % 6]].concat();
        (title, format!("{} Works {}", FIRST[n / 6 % 10], n / 60))
    })
    .await;
    for id in ann.get("/api/v1/jobs?per_page=100").await.ok()["items"].as_array().expect("items") {
        ann.post("/api/v1/applications", json!({ "job_id": id.id() })).await.created();
    }
    let who = career_copilot::session::person(&app.state.db, who).await.expect("an answer").expect("a person");
    for typed in [
        "e",
        "da",
        "data",
        "engineer",
        "granite",
        "granite works 17",
        "senior carpenter",
        "ngine",
        "nowhere",
        "zq",
        "data nowhere",
    ] {
        let mut times: Vec<Duration> = Vec::new();
        let mut count = 0;
        for _ in 0..21 {
            let start = Instant::now();
            count = career_copilot::palette::actions::find(&app.state, &who, typed).await.expect("hits").len();
            times.push(start.elapsed());
        }
        times.sort_unstable();
        println!(
            "{:>8} {typed:<18} {count:>2} hits, median {:.1?}, worst {:.1?}",
            app.state.db.engine(),
            times[10],
            times[20]
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement: cargo test --release --test stories palette::twenty_thousand -- --ignored --nocapture --test-threads 1"]
async fn twenty_thousand_on_sqlite() {
    TestApp::tell(Engine::Sqlite, measure).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, as above"]
async fn twenty_thousand_on_postgres() {
    TestApp::tell(Engine::Postgres, measure).await;
}

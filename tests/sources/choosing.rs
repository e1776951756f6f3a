//! People choose and order sources, by name or address; what came of them, and what administrators see.

use super::visit;
use crate::support::{
    sources::{Internet, Reply},
    *,
};
use career_copilot::{
    db,
    ids::SourceId,
    on,
    postings::Numbers,
    sources::{choices, store, visits::Visit},
};
use chrono::{DateTime, TimeDelta, Utc};

story! {
    async fn people_choose_and_order_sources(app: TestApp) {
        // Nothing is visited here.
        let app = app.restarted(&[("ENABLE_JOB_SCRAPING", "false")]).await;
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let names = async |person: &Person| -> Vec<String> {
            let all = person.get("/api/v1/sources?per_page=100").await.ok();
            all["items"].as_array().expect("a list").iter().map(|mine| mine["source"]["label"].as_str().expect("a label").to_owned()).collect()
        };
        let everybodys = names(&ann).await;
        assert!(everybodys.len() == 8 && everybodys.contains(&"Hacker News: who is hiring?".to_owned()), "{everybodys:?}");
        let stripe = ann.post("/api/v1/sources", json!({ "what": "STRIPE Inc." })).await.created();
        assert_eq!((&stripe["source"]["label"], &stripe["source"]["health"], &stripe["wanted"]), (&json!("Stripe at Greenhouse"), &json!("new"), &json!(true)));
        let same = ann.post("/api/v1/sources", json!({ "what": "https://job-boards.greenhouse.io/stripe/jobs/1" })).await.created();
        assert_eq!(same["source"]["id"], stripe["source"]["id"], "one board is one source");
        let id = stripe["source"]["id"].as_str().expect("an id");
        assert_eq!(names(&bob).await, everybodys, "what she chose is hers");
        let his = bob.post("/api/v1/sources", json!({ "what": "stripe" })).await.created();
        assert_eq!(his["source"]["id"], stripe["source"]["id"], "and the source everybody's");
        let first = ann.put(&format!("/api/v1/sources/{id}"), json!({ "wanted": true, "rank": 0 })).await.ok();
        assert_eq!(first["rank"], 0);
        let mut browser = ann.browser().await;
        browser.call("move_source", &[("id", id), ("up", "false")]).await.ok();
        assert_eq!(names(&ann).await[1], "Stripe at Greenhouse");
        browser.call("move_source", &[("id", id), ("up", "true")]).await.ok();
        assert_eq!(names(&ann).await[0], "Stripe at Greenhouse");
        browser.call("want_source", &[("id", id), ("wanted", "false")]).await.ok();
        let off = names(&ann).await;
        assert_eq!(off.last().expect("one"), "Stripe at Greenhouse");
        let page = browser.open("/jobs/sources?q=bosch").await.page();
        assert!(page.contains("Stripe at Greenhouse") && !page.contains("applied: ") && page.contains("Bosch"), "{page}");
        ann.delete(&format!("/api/v1/sources/{id}")).await.done();
        assert_eq!(names(&ann).await, everybodys);
        ann.get(&format!("/api/v1/sources/{id}")).await.missing();
        for (body, field) in [
            (json!({}), "what"),
            (json!({ "what": "  " }), "what"),
            (json!({ "what": "http://example.org/jobs" }), "what"),
            (json!({ "what": "https://me:word@example.org/jobs" }), "what"),
            (json!({ "what": "x".repeat(3_000) }), "what"),
            (json!({ "kind": "adzuna", "words": "baker" }), "kind"),
            (json!({ "what": "stripe", "kind": "adzuna" }), "what"),
        ] {
            ann.post("/api/v1/sources", body).await.invalid(field);
        }
        let noted = choices::noted(&app.state.db, bob.id.parse().expect("an id")).await.expect("choices");
        assert_eq!((noted.len(), noted[0].label.as_str()), (1, "Stripe at Greenhouse"));
        app.stopped().await;
    }
}

story! {
    async fn a_name_finds_its_board_with_few_questions(app: TestApp) {
        let net = Internet::start().await;
        let app = app.restarted(&[("FETCH_MIRROR", &net.address)]).await;
        let ann = app.person("ann").await;
        // SmartRecruiters answers for companies that are not there, with nothing.
        net.says("api.smartrecruiters.com/v1/companies/CrumbSystems/postings", Reply::ok(r#"{"totalFound": 0, "content": []}"#));
        net.says("crumbsystems.recruitee.com/api/offers/", Reply::ok(fixture!("recruitee.json")));
        let found = ann.post("/api/v1/sources", json!({ "what": "Crumb Systems GmbH" })).await.created();
        assert_eq!(found["source"]["label"], "Crumb Systems GmbH at Recruitee");
        let guesses: Vec<String> = net.asked().into_iter().map(|asked| asked.address).collect();
        assert!(guesses.len() <= 6 && guesses.iter().any(|address| address.starts_with("api.lever.co/")), "{guesses:?}");
        let words = ann.post("/api/v1/sources", json!({ "what": "Nobody Knows Them" })).await.invalid("what");
        assert!(words.contains("No board of a company of this name was found"), "{words}");
        app.stopped().await;
    }
}

story! {
    async fn numbers_and_the_administrators_view(app: TestApp) {
        let app = app.restarted(&[("ENABLE_JOB_SCRAPING", "false")]).await;
        let (admin, ann) = (app.person("ada").await, app.person("ann").await);
        let crumb = ann.post("/api/v1/sources", json!({ "what": "https://boards.greenhouse.io/crumb" })).await.created();
        let id = crumb["source"]["id"].as_str().expect("an id").to_owned();
        let source: SourceId = id.parse().expect("an id");
        for n in 0..21 {
            let job = ann.job(json!({ "company": "Crumb", "title": format!("Baker {n}"), "source": "greenhouse" })).await;
            if n < 6 {
                let status = if n < 3 { "interview" } else { "applied" };
                let application = ann.post("/api/v1/applications", json!({ "job_id": job })).await.created().id();
                ann.put(&format!("/api/v1/applications/{application}"), json!({ "status": status })).await.ok();
            }
        }
        let mut tx = app.state.db.begin().await.expect("a transaction");
        let numbers = Numbers { found: 40, new: 9, duplicate: 3, ..Numbers::default() };
        store::count(&mut tx, source, db::now().date_naive(), false, numbers).await.expect("counted");
        store::count(&mut tx, source, db::now().date_naive() - TimeDelta::days(500), false, numbers).await.expect("counted");
        tx.commit().await.expect("kept");
        let all = ann.get("/api/v1/sources/numbers?per_page=100").await.ok();
        let told = all["items"].as_array().expect("a list").iter().find(|told| told["id"] == json!(id)).expect("hers").clone();
        assert_eq!(
            (&told["found"], &told["new"], &told["duplicate"], &told["matched"], &told["applied"], &told["answered"]),
            (&json!(12), &json!(9), &json!(3), &json!(21), &json!(6), &json!(3))
        );
        assert_eq!((&told["applied_share"], &told["answered_share"]), (&json!("6 of 21, 29 %"), &json!("3 of 6, 50 %")));
        store::purge(&app.state.db).await.expect("swept");
        let days: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT COUNT(*) FROM source_days").fetch_one(c).await).expect("days");
        assert_eq!(days, 1);

        let mut browser = admin.browser().await;
        browser.call("hold_source", &[("id", &id), ("held", "true")]).await.ok();
        assert_eq!(visit(&app.state, source).await, Visit::NotDue);
        let all = browser.call("list_sources", &[]).await.ok();
        let held = all["page"]["items"].as_array().expect("a list").iter().find(|source| source["id"] == json!(id)).expect("it").clone();
        assert_eq!(held["health"], "held");
        browser.call("hold_source", &[("id", &id), ("held", "false")]).await.ok();
        browser.call("retry_source", &[("id", &id)]).await.ok();
        browser.call("retry_source", &[("id", &uuid::Uuid::now_v7().to_string())]).await.missing_function();
        let page = browser.open("/admin/sources").await.page();
        assert!(page.contains("https://boards.greenhouse.io/crumb") && !page.contains("page=2"), "{page}");
        app.stopped().await;
    }
}

story! {
    async fn of_many_sources_the_first_are_shown_and_all_when_asked(app: TestApp) {
        let app = app.restarted(&[("ENABLE_JOB_SCRAPING", "false")]).await;
        let ann = app.person("ann").await;
        for n in 0..15 {
            ann.post("/api/v1/sources", json!({ "what": format!("https://boards.greenhouse.io/crumb{n}") })).await.created();
        }
        let mut browser = ann.browser().await;
        let page = browser.open("/jobs/sources").await.page();
        let rows = page.matches("What to do with ").count();
        assert_eq!((rows, page.contains("Show all 23"), page.contains("0 work, 0 are in trouble, 0 are paused")), (20, true, true), "{page}");
        let page = browser.open("/jobs/sources?all=yes").await.page();
        let rows = page.matches("What to do with ").count();
        assert_eq!((rows, page.contains("Show the first 20")), (23, true), "{page}");
        app.stopped().await;
    }
}

story! {
    async fn an_administrator_finds_a_source_among_many(app: TestApp) {
        let app = app.restarted(&[("ENABLE_JOB_SCRAPING", "false")]).await;
        let admin = app.person("admin").await;
        let mut ids = Vec::new();
        for n in 0..30 {
            let source = admin.post("/api/v1/sources", json!({ "what": format!("https://boards.greenhouse.io/crumb{n}") })).await.created();
            ids.push(source["source"]["id"].as_str().expect("an id").to_owned());
        }
        let mut browser = admin.browser().await;
        let now = db::now();
        let set = async |n: usize, what: &str, at: DateTime<Utc>| {
            let id: SourceId = ids[n].parse().expect("an id");
            on!(app.state.db.write, |c| {
                sqlx::QueryBuilder::new("UPDATE sources SET ").push(what).push_bind(at).push(" WHERE id = ").push_bind(id).build().execute(c).await.map(|_| ())
            }).expect("set");
        };
        set(0, "succeeded_at = ", now).await;
        set(1, "failures = 3, succeeded_at = ", now).await;
        set(2, "failures = 7, paused_until = ", now + TimeDelta::hours(1)).await;
        set(3, "failures = 5, paused_until = ", now - TimeDelta::hours(1)).await;
        set(4, "held = TRUE, failures = 9, paused_until = ", now + TimeDelta::hours(1)).await;
        // A board whose key is not set here.
        set(5, "kind = 'adzuna', visited_at = ", now).await;
        for (health, many) in [("well", 1), ("failing", 1), ("paused", 1), ("trial", 1), ("held", 1), ("closed", 1), ("new", 32)] {
            let found = browser.call("list_sources", &[("health", health)]).await.ok();
            assert_eq!(found["page"]["total"], many, "{health}");
            // What is said of each is what was asked for.
            for source in found["page"]["items"].as_array().expect("a list") {
                assert_eq!(source["health"], health, "{source}");
            }
            assert_eq!(found["healths"], json!({ "well": 1, "trouble": 2, "paused": 1 }));
        }
        let first = browser.call("list_sources", &[]).await.ok();
        let items = first["page"]["items"].as_array().expect("a list");
        assert_eq!((items.len(), &first["page"]["total"], &items[0]["failures"], &items[1]["failures"]), (25, &json!(38), &json!(9), &json!(7)));
        // After the last page there is the last page.
        for asked in ["2", "99"] {
            let second = browser.call("list_sources", &[("page", asked)]).await.ok();
            assert_eq!((second["page"]["items"].as_array().expect("a list").len(), &second["page"]["page"]), (13, &json!(2)));
        }

        let page = browser.open("/admin/sources").await.page();
        assert!(page.contains("1 works, 2 are in trouble, 1 is paused") && page.contains("page=2"), "{page}");
        let page = browser.open("/admin/sources?q=CRUMB29").await.page();
        assert!(page.contains("greenhouse.io/crumb29") && !page.contains("greenhouse.io/crumb28"), "{page}");
        let page = browser.open("/admin/sources?q=%25&health=nonsense").await.page();
        assert!(page.contains("No source is like that."), "{page}");
        browser.call("list_sources", &[("health", "nonsense")]).await.status(400);
        app.stopped().await;
    }
}

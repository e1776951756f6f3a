//! Job records: make, read, change, list, delete and bring back.

use crate::support::{postings, *};
use chrono::Utc;

/// The titles of a list's items, in order.
fn titles(list: &Value) -> Vec<&str> {
    list["items"].as_array().expect("items").iter().map(|job| job["title"].as_str().expect("a title")).collect()
}

story! {
    async fn what_is_saved_is_what_was_said(app: TestApp) {
        let ann = app.person("ann").await;
        let body = json!({
            "company": "  Acme   Mills ", "title": "Senior Baker", "location": "Lyon, France", "remote": "hybrid",
            "description": " We bake.\n\n- at night ", "tech_stack": ["Python", " ", "Sourdough"], "responsibilities": ["Knead"],
            "requirements": ["Hands"], "experience_level": "senior",
            "salary": { "min": 48000, "max": 56000, "currency": "EUR", "period": "year" }, "source": "a friend",
            "url": "https://jobs.example.org/1?x=1", "status": "not_applied", "date_posted": "2026-03-01",
            "closes_on": "2026-04-30",
        });
        let answer = ann.post("/api/v1/jobs", body).await;
        let place = answer.header("location").expect("where it is").to_owned();
        let job = answer.created();
        assert_eq!(place, format!("/api/v1/jobs/{}", job.id()));
        for (field, value) in [
            ("company", json!("Acme Mills")), ("title", json!("Senior Baker")), ("location", json!("Lyon, France")), ("remote", json!("hybrid")),
            ("description", json!("We bake.\n\n- at night")), ("tech_stack", json!(["Python", "Sourdough"])), ("responsibilities", json!(["Knead"])),
            ("requirements", json!(["Hands"])), ("experience_level", json!("senior")),
            ("salary", json!({ "min": 48000, "max": 56000, "currency": "EUR", "period": "year" })), ("source", json!("a friend")),
            ("url", json!("https://jobs.example.org/1?x=1")), ("status", json!("not_applied")), ("date_posted", json!("2026-03-01")),
            ("closes_on", json!("2026-04-30")), ("date_applied", Value::Null), ("match_score", Value::Null),
        ] {
            assert_eq!(job[field], value, "{field}");
        }
        assert_eq!(ann.get(&place).await.ok(), job);
    }
}

story! {
    async fn company_and_title_are_enough(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.post("/api/v1/jobs", json!({ "company": "Acme Mills", "title": "Baker" })).await.created();
        assert_eq!(job["source"], "manual");
        assert_eq!(job["status"], "not_applied");
        assert_eq!((&job["remote"], &job["salary"], &job["url"]), (&Value::Null, &Value::Null, &Value::Null));
    }
}

story! {
    async fn skills_are_read_from_the_text_when_none_are_listed(app: TestApp) {
        let ann = app.person("ann").await;
        let text = "What you bring\n\n- Python and PostgreSQL every day\n- You excel at reading";
        let job = ann.post("/api/v1/jobs", json!({ "company": "Acme Mills", "title": "Engineer", "description": text })).await.created();
        assert_eq!(job["tech_stack"], json!(["Python", "PostgreSQL"]));
    }
}

story! {
    async fn a_change_replaces_everything(app: TestApp) {
        let ann = app.person("ann").await;
        let before = ann.post("/api/v1/jobs", postings::fitting()).await.created();
        let path = format!("/api/v1/jobs/{}", before.id());
        let after = ann.put(&path, json!({ "company": "Crumb Systems", "title": "Baker", "status": "archived" })).await.ok();
        assert_eq!((&after["title"], &after["location"], &after["url"]), (&json!("Baker"), &json!(""), &Value::Null));
        assert_eq!(after["created_at"], before["created_at"]);
        assert!(after["updated_at"].as_str() > before["updated_at"].as_str());
        assert_eq!(ann.get(&path).await.ok(), after);
        // What a GET answered cannot be put back as it is: ids and times are not the program's to set.
        ann.put(&path, after).await.refused(422, "invalid_fields");
    }
}

story! {
    async fn lists_are_filtered(app: TestApp) {
        let ann = app.person("ann").await;
        for job in [
            json!({ "company": "Acme Mills", "title": "Baker", "location": "Lyon, France", "remote": "onsite", "tech_stack": ["Sourdough"] }),
            json!({ "company": "Crumb Systems", "title": "Data Engineer", "remote": "remote", "source": "csv", "tech_stack": ["Python"] }),
            json!({ "company": "100% Bread_Co", "title": "Miller", "status": "applied" }),
            json!({ "company": "Old Oven", "title": "Stoker", "status": "archived" }),
        ] {
            ann.job(job).await;
        }
        let list = async |query: &str| ann.get(&format!("/api/v1/jobs?sort=title&{query}")).await.ok();
        assert_eq!(titles(&list("").await), ["Baker", "Data Engineer", "Miller"]);
        for (query, wanted) in [
            ("q=baker", vec!["Baker"]),
            ("q=LYON", vec!["Baker"]),
            ("q=sourdough", vec!["Baker"]),
            ("q=systems+engineer", vec!["Data Engineer"]),
            ("q=baker+engineer", vec![]),
            ("q=100%25", vec!["Miller"]),
            ("q=bread_co", vec!["Miller"]),
            ("q=bread%25co", vec![]),
            ("q=b_ker", vec![]),
            ("q=%5C", vec![]),
            ("q='%3B+DROP+TABLE+jobs%3B--", vec![]),
            ("status=applied", vec!["Miller"]),
            ("status=archived", vec!["Stoker"]),
            ("status=all", vec!["Baker", "Data Engineer", "Miller", "Stoker"]),
            ("source=csv", vec!["Data Engineer"]),
            ("source=nowhere", vec![]),
            ("remote=remote", vec!["Data Engineer"]),
            ("remote=onsite&q=acme", vec!["Baker"]),
            ("min_score=1", vec![]),
        ] {
            let answer = list(query).await;
            assert_eq!(titles(&answer), wanted, "{query}");
            assert_eq!(answer["total"], wanted.len(), "{query}");
        }
    }
}

story! {
    async fn lists_are_sorted(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        for (title, company, posted, skills) in [
            ("b", "Zoo", Some("2026-03-02"), "Python"), ("A", "yak", Some("2026-03-03"), "Wound Care"), ("c", "Xenon", None, "Python"),
        ] {
            let place = if title == "c" { "Lyon, France" } else { "Osaka, Japan" };
            ann.job(json!({ "company": company, "title": title, "date_posted": posted, "tech_stack": [skills], "location": place, "remote": "onsite" })).await;
        }
        for (sort, wanted) in [
            ("score", ["c", "b", "A"]), ("newest", ["c", "A", "b"]), ("posted", ["A", "b", "c"]), ("company", ["c", "A", "b"]), ("title", ["A", "b", "c"]),
            ("", ["c", "b", "A"]),
        ] {
            assert_eq!(titles(&ann.get(&format!("/api/v1/jobs?sort={sort}")).await.ok()), wanted, "{sort}");
        }
    }
}

story! {
    async fn lists_come_in_pages(app: TestApp) {
        let ann = app.person("ann").await;
        for n in 0..7 {
            ann.job(postings::titled(&format!("job {n}"))).await;
        }
        let list = async |query: &str| ann.get(&format!("/api/v1/jobs?sort=title&{query}")).await.ok();
        let first = list("per_page=3").await;
        assert_eq!(titles(&first), ["job 0", "job 1", "job 2"]);
        assert_eq!((&first["total"], &first["page"], &first["per_page"]), (&json!(7), &json!(1), &json!(3)));
        assert_eq!(titles(&list("per_page=3&page=3").await), ["job 6"]);
        let beyond = list("per_page=3&page=4").await;
        assert_eq!((titles(&beyond).len(), &beyond["total"]), (0, &json!(7)));
        assert_eq!(list("").await["per_page"], 25);
    }
}

story! {
    async fn a_deleted_job_takes_its_application_and_alert_with_it_and_brings_them_back(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let job = ann.job(postings::fitting()).await;
        let application = ann.post("/api/v1/applications", json!({ "job_id": job, "notes": "met them" })).await.created();
        let path = format!("/api/v1/jobs/{job}");
        let seen = async || {
            let total = async |path: &str| ann.get(path).await.ok()["total"].as_i64().expect("a total");
            let alerts = ann.get("/api/v1/alerts").await.ok();
            let own = format!("/api/v1/applications/{}", application.id());
            (
                ann.get(&path).await.status, total("/api/v1/jobs?status=all").await, total("/api/v1/applications").await,
                ann.get(&own).await.status, alerts["items"].as_array().expect("items").len(), alerts["unread"].as_i64(),
                ann.get("/api/v1/analytics/summary").await.ok()["total_jobs"].as_i64(),
                ann.get("/api/v1/skill-gap").await.ok()["top_market_skills"].as_array().expect("skills").len(),
            )
        };
        let before = ann.get(&path).await.ok();
        assert_eq!(seen().await, (200, 1, 1, 200, 1, Some(1), Some(1), 3));
        ann.delete(&path).await.done();
        assert_eq!(seen().await, (404, 0, 0, 404, 0, Some(0), Some(0), 0));
        ann.delete(&path).await.missing();
        ann.put(&path, postings::baker()).await.missing();
        ann.post("/api/v1/applications", json!({ "job_id": job })).await.missing();
        let back = ann.post(&format!("{path}/restore"), json!({})).await.ok();
        assert_eq!(back, before);
        assert_eq!(seen().await, (200, 1, 1, 200, 1, Some(1), Some(1), 3));
        assert_eq!(ann.get(&format!("/api/v1/applications/{}", application.id())).await.ok()["notes"], "met them");
        ann.post(&format!("{path}/restore"), json!({})).await.missing();
    }
}

story! {
    async fn a_request_sent_again_makes_nothing_twice(app: TestApp) {
        let ann = app.person("ann").await;
        let first = ann.post_once("/api/v1/jobs", "key-1", postings::baker()).await.created();
        let again = ann.post_once("/api/v1/jobs", "key-1", postings::baker()).await.created();
        assert_eq!(first, again);
        ann.post_once("/api/v1/jobs", "key-1", postings::titled("other")).await.refused(409, "conflict");
        ann.post_once("/api/v1/jobs", "key-2", postings::baker()).await.created();
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 2);
        // A key belongs to one person, and to one call.
        let bob = app.person("bob").await;
        assert_ne!(bob.post_once("/api/v1/jobs", "key-1", postings::baker()).await.created().id(), first.id());
        ann.post_once("/api/v1/applications", "key-1", json!({ "job_id": first.id() })).await.refused(409, "conflict");
        assert_eq!(ann.post_once("/api/v1/jobs", "", postings::baker()).await.invalid("Idempotency-Key"), "Please use 1 to 200 ASCII characters.");
        ann.post_once("/api/v1/jobs", &"k".repeat(201), postings::baker()).await.invalid("Idempotency-Key");
    }
}

story! {
    async fn requests_sent_at_once_make_nothing_twice(app: TestApp) {
        let ann = app.person("ann").await;
        let all = futures_util::future::join_all((0..8).map(|_| ann.post_once("/api/v1/jobs", "key", postings::baker()))).await;
        let made: std::collections::BTreeSet<String> = all.iter().filter(|answer| answer.status == 201).map(|answer| answer.json().id()).collect();
        assert_eq!(made.len(), 1, "{all:?}");
        assert!(all.iter().all(|answer| answer.status == 201 || answer.status == 409), "{all:?}");
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 1);
    }
}

story! {
    async fn the_form_makes_and_changes_jobs(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let fields = [
            ("company", "Acme Mills"), ("title", "Baker"), ("location", "Lyon, France"), ("remote", "hybrid"), ("description", "We bake."),
            ("tech_stack", "Python\nSourdough"), ("responsibilities", "- Knead\n• Bake"), ("requirements", "Hands"), ("experience_level", "mid"),
            ("salary_min", "48,000"), ("salary_max", "56 000"), ("salary_currency", "eur"), ("salary_period", "year"),
            ("url", "https://jobs.example.org/1"), ("status", "not_applied"), ("date_posted", "2026-03-01"), ("closes_on", "2026-04-30"), ("date_applied", ""),
        ];
        let to = browser.submit("/jobs/new", "save_job", &fields).await.redirect();
        let id = to.strip_prefix("/jobs/").expect("the job's page").to_owned();
        let job = ann.get(&format!("/api/v1{to}")).await.ok();
        assert_eq!(job["responsibilities"], json!(["Knead", "Bake"]));
        assert_eq!(job["salary"], json!({ "min": 48000, "max": 56000, "currency": "EUR", "period": "year" }));
        assert_eq!((&job["tech_stack"], &job["closes_on"]), (&json!(["Python", "Sourdough"]), &json!("2026-04-30")));
        let edit = browser.open(&format!("{to}/edit")).await.page();
        assert!(edit.contains("value=\"Acme Mills\"") && edit.contains("Sourdough"), "{edit}");
        // As the page's script sends it: the answer is the address to go to.
        let answer = browser.call("save_job", &[("id", &id), ("company", "Acme Mills"), ("title", "Miller")]).await.ok();
        assert_eq!(answer, to);
        let view = browser.call("load_job", &[("id", &id)]).await.ok();
        assert_eq!((&view["job"]["title"], &view["job"]["source"]), (&json!("Miller"), &json!("manual")));
        let listing = browser.call("list_jobs", &[("query[q]", "mill"), ("query[sort]", "title")]).await.ok();
        assert_eq!((&listing["page"]["total"], &listing["sources"], &listing["any"]), (&json!(1), &json!(["manual"]), &json!(true)));
        assert_eq!(browser.submit(&to, "delete_job", &[("id", &id)]).await.redirect(), "/jobs");
        browser.call("load_job", &[("id", &id)]).await.status(404);
        browser.call("restore_job", &[("id", &id)]).await.ok();
        browser.call("load_job", &[("id", &id)]).await.ok();
    }
}

story! {
    async fn a_job_made_as_applied_has_a_date(app: TestApp) {
        let ann = app.person("ann").await;
        let today = Utc::now().date_naive();
        let job = ann.post("/api/v1/jobs", json!({ "company": "Acme Mills", "title": "Baker", "status": "applied" })).await.created();
        let date: chrono::NaiveDate = job["date_applied"].as_str().expect("a date").parse().expect("a date");
        assert!((today - date).num_days().abs() <= 1);
        let given = json!({ "company": "Acme Mills", "title": "Miller", "status": "interview", "date_applied": "2026-01-02" });
        assert_eq!(ann.post("/api/v1/jobs", given).await.created()["date_applied"], "2026-01-02");
    }
}

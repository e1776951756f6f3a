//! Applications and their jobs move together.

use crate::support::{postings, *};
use career_copilot::{
    applications::{
        Application, ApplicationStatus,
        history::{Actor, store as steps},
        store,
    },
    ids::{ApplicationId, JobId, StepId, UserId},
};

fn date_of(at: &Value) -> &str {
    &at.as_str().expect("a time")[..10]
}

story! {
    async fn applying_sets_the_jobs_status_and_date(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(postings::baker()).await;
        let answer = ann.post("/api/v1/applications", json!({ "job_id": job })).await;
        let place = answer.header("location").expect("where it is").to_owned();
        let application = answer.created();
        assert_eq!((&application["status"], &application["job_id"], &application["notes"]), (&json!("applied"), &json!(job), &json!("")));
        assert_eq!(ann.get(&place).await.ok(), application);
        let job = ann.get(&format!("/api/v1/jobs/{job}")).await.ok();
        assert_eq!(job["status"], "applied");
        assert_eq!(job["date_applied"], date_of(&application["applied_at"]));
    }
}

story! {
    async fn every_status_reaches_the_job(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(postings::baker()).await;
        let application = ann.post("/api/v1/applications", json!({ "job_id": job, "status": "interested" })).await.created();
        assert_eq!(application["applied_at"], Value::Null, "nothing was sent yet");
        let path = format!("/api/v1/applications/{}", application.id());
        let mut sent_at = Value::Null;
        for (status, of_job) in [
            ("interested", "not_applied"), ("applied", "applied"), ("interview", "interview"), ("offer", "offer"), ("accepted", "accepted"),
            ("rejected", "rejected"), ("withdrawn", "withdrawn"),
        ] {
            let moved = ann.put(&path, json!({ "status": status, "notes": "n" })).await.ok();
            assert_eq!(moved["status"], status);
            assert_eq!(ann.get(&path).await.ok(), moved);
            let job = ann.get(&format!("/api/v1/jobs/{job}")).await.ok();
            assert_eq!(job["status"], of_job, "{status}");
            if status == "interested" {
                assert_eq!(job["date_applied"], Value::Null);
                continue;
            }
            // The date of applying stays what it was when it was sent.
            assert_eq!(job["date_applied"], date_of(&moved["applied_at"]), "{status}");
            if sent_at == Value::Null {
                sent_at = moved["applied_at"].clone();
            }
            assert_eq!(moved["applied_at"], sent_at, "{status}");
        }
        let mut browser = ann.browser().await;
        let steps = browser.call("application_steps", &[("id", &application.id())]).await.ok();
        let kinds: Vec<&str> = steps.as_array().expect("steps").iter().map(|step| step["status"].as_str().expect("a status")).collect();
        assert_eq!(kinds, ["interested", "applied", "interview", "offer", "accepted", "rejected", "withdrawn"]);
    }
}

story! {
    async fn every_status_of_a_job_reaches_the_application(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(postings::baker()).await;
        let mut browser = ann.browser().await;
        let applications = async || ann.get("/api/v1/applications").await.ok()["items"].as_array().expect("items").clone();
        browser.call("set_job_status", &[("id", &job), ("status", "archived")]).await.ok();
        assert!(applications().await.is_empty(), "archiving is no application");
        let mut id = None;
        for (status, of_application) in [
            ("applied", "applied"), ("interview", "interview"), ("offer", "offer"), ("rejected", "rejected"), ("accepted", "accepted"),
            ("withdrawn", "withdrawn"), ("archived", "withdrawn"), ("not_applied", "interested"),
        ] {
            browser.call("set_job_status", &[("id", &job), ("status", status)]).await.ok();
            let all = applications().await;
            assert_eq!(all.len(), 1, "{status}");
            assert_eq!(all[0]["status"], of_application, "{status}");
            assert_eq!(id.get_or_insert_with(|| all[0].id()), &all[0].id(), "it stays the same application");
            let job = ann.get(&format!("/api/v1/jobs/{job}")).await.ok();
            assert_eq!(job["status"], status);
            assert_eq!(job["date_applied"], date_of(&all[0]["applied_at"]), "{status}");
        }
        // The same by replacing the job over REST.
        let mut body = postings::baker();
        body["status"] = json!("offer");
        body["date_applied"] = json!("2026-02-03");
        ann.put(&format!("/api/v1/jobs/{job}"), body).await.ok();
        assert_eq!(applications().await[0]["status"], "offer");
    }
}

story! {
    async fn a_job_has_one_application(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(postings::baker()).await;
        let first = ann.post("/api/v1/applications", json!({ "job_id": job })).await.created();
        let said = ann.post("/api/v1/applications", json!({ "job_id": job })).await.refused(409, "conflict");
        assert_eq!(said["detail"], "There is already an application to this job.");
        let at_once = futures_util::future::join_all((0..4).map(|_| ann.post("/api/v1/applications", json!({ "job_id": job })))).await;
        assert!(at_once.iter().all(|answer| answer.status == 409));
        ann.delete(&format!("/api/v1/applications/{}", first.id())).await.done();
        let after = ann.get(&format!("/api/v1/jobs/{job}")).await.ok();
        assert_eq!((&after["status"], &after["date_applied"]), (&json!("not_applied"), &Value::Null));
        ann.get(&format!("/api/v1/applications/{}", first.id())).await.missing();
        let key = ann.post_once("/api/v1/applications", "key", json!({ "job_id": job })).await.created();
        assert_eq!(ann.post_once("/api/v1/applications", "key", json!({ "job_id": job })).await.created(), key);
    }
}

story! {
    async fn the_time_of_applying_can_be_given(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(postings::baker()).await;
        let body = json!({ "job_id": job, "applied_at": "2026-01-02T03:04:05.123456789+02:00" });
        let application = ann.post("/api/v1/applications", body).await.created();
        assert_eq!(application["applied_at"], "2026-01-02T01:04:05.123456Z");
        assert_eq!(ann.get(&format!("/api/v1/applications/{}", application.id())).await.ok(), application);
        assert_eq!(ann.get(&format!("/api/v1/jobs/{job}")).await.ok()["date_applied"], "2026-01-02");
        // What GET answered can be sent back, its fixed parts left out.
        let body = json!({ "job_id": job, "status": "applied", "notes": "", "applied_at": "2026-01-03T00:00:00Z" });
        ann.put(&format!("/api/v1/applications/{}", application.id()), body).await.ok();
        assert_eq!(ann.get(&format!("/api/v1/jobs/{job}")).await.ok()["date_applied"], "2026-01-03");
    }
}

story! {
    async fn lists_are_filtered_and_paged(app: TestApp) {
        let ann = app.person("ann").await;
        for (n, status) in ["applied", "applied", "offer", "interested"].into_iter().enumerate() {
            let job = ann.job(postings::titled(&format!("job {n}"))).await;
            ann.post("/api/v1/applications", json!({ "job_id": job, "status": status })).await.created();
        }
        let list = async |query: &str| ann.get(&format!("/api/v1/applications?{query}")).await.ok();
        assert_eq!(list("").await["total"], 4);
        assert_eq!(list("status=applied").await["total"], 2);
        assert_eq!(list("status=rejected").await["items"], json!([]));
        let page = list("per_page=3&page=2").await;
        assert_eq!((page["items"].as_array().expect("items").len(), &page["total"], &page["page"]), (1, &json!(4), &json!(2)));
        let mut browser = ann.browser().await;
        let tracker = browser.call("load_tracker", &[("query[stage]", "offer")]).await.ok();
        assert_eq!((&tracker["lines"][0]["title"], &tracker["total"]), (&json!("job 2"), &json!(1)));
        let counts: Vec<i64> = tracker["stages"].as_array().expect("stages").iter().map(|stage| stage["count"].as_i64().expect("a number")).collect();
        assert_eq!(counts, [1, 2, 0, 0, 1, 0, 0, 0, 0], "the other stages are counted too");
        assert!(browser.open("/applications").await.page().contains("job 2"));
    }
}

story! {
    async fn the_page_applies_moves_notes_and_removes(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(postings::baker()).await;
        let mut browser = ann.browser().await;
        browser.call("apply", &[("job_id", &job)]).await.ok();
        let view = browser.call("load_job", &[("id", &job)]).await.ok();
        let id = view["application"].id();
        // Applying again changes nothing, not even once more was done since.
        browser.call("move_application", &[("id", &id), ("stage", "interview")]).await.ok();
        browser.call("apply", &[("job_id", &job)]).await.ok();
        browser.call("move_application", &[("id", &id), ("stage", "interview")]).await.ok();
        browser.call("save_notes", &[("id", &id), ("notes", "Ask about <b>nights</b>")]).await.ok();
        let application = ann.get(&format!("/api/v1/applications/{id}")).await.ok();
        assert_eq!((&application["status"], &application["notes"]), (&json!("interview"), &json!("Ask about <b>nights</b>")));
        browser.call("remove_application", &[("id", &id)]).await.ok();
        assert_eq!(browser.call("application_steps", &[("id", &id)]).await.ok(), json!([]));
        assert_eq!(
            ann.events().await,
            ["job.created", "application.created", "application.moved", "application.noted", "application.removed"]
        );
        // From interested to applied is a move.
        let other = ann.job(postings::titled("Miller")).await;
        ann.post("/api/v1/applications", json!({ "job_id": other, "status": "interested" })).await.created();
        browser.submit(&format!("/jobs/{other}"), "apply", &[("job_id", &other)]).await.redirect();
        assert_eq!(ann.get(&format!("/api/v1/jobs/{other}")).await.ok()["status"], "applied");
    }
}

story! {
    async fn the_schema_itself_keeps_people_apart(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let job: JobId = ann.job(postings::baker()).await.parse().expect("an id");
        let now = career_copilot::db::now();
        let application = Application {
            id: ApplicationId::fresh(), job_id: job, status: ApplicationStatus::Applied, stage: "applied".into(), stage_since: now,
            notes: String::new(), applied_at: None, version: 1, created_at: now, updated_at: now,
        };
        let bob: UserId = bob.id.parse().expect("an id");
        let mut tx = app.state.db.begin().await.expect("a transaction");
        assert!(store::insert(&app.state, &mut tx, bob, &application, None).await.is_err(), "a row of Bob's cannot name Ann's job");
        drop(tx);
        let mut tx = app.state.db.begin().await.expect("a transaction");
        let ann: UserId = ann.id.parse().expect("an id");
        store::insert(&app.state, &mut tx, ann, &application, None).await.expect("Ann's can");
        let step = steps::Row {
            id: StepId::fresh(), application_id: application.id, stage: "offer".into(), status: ApplicationStatus::Offer, at: now,
            recorded_at: None, actor: Actor::Person, note_sealed: None, undone_at: None,
        };
        assert!(steps::insert(&mut tx, bob, &step).await.is_err());
    }
}

//! Events: one sequence per person, without gaps, whoever writes.

use crate::support::{postings, *};

story! {
    async fn numbers_have_no_gaps(app: TestApp) {
        let ann = app.person("ann").await;
        let other = app.another_node().await;
        // Many at once, over two nodes, some of them refused.
        let writes = (0..24).map(|n| {
            let (ann, address) = (ann.clone(), if n % 2 == 0 { app.address.clone() } else { other.address.clone() });
            async move {
                let title = if n % 6 == 5 { String::new() } else { format!("job {n}") };
                ann.at(&address).post("/api/v1/jobs", json!({ "company": "Acme", "title": title })).await.status
            }
        });
        let statuses = futures_util::future::join_all(writes).await;
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 20, "{statuses:?}");
        let answer = ann.get("/api/v1/events?after=0").await.ok();
        let seqs: Vec<i64> = answer["events"].as_array().expect("events").iter().map(|event| event["seq"].as_i64().expect("a number")).collect();
        assert_eq!(seqs, (1..=20).collect::<Vec<_>>());
        assert_eq!(answer["last_seq"], 20);
        other.stopped().await;
    }
}

story! {
    async fn events_come_after_a_number(app: TestApp) {
        let ann = app.person("ann").await;
        let empty = ann.get("/api/v1/events").await.ok();
        assert_eq!(empty, json!({ "events": [], "last_seq": 0 }));
        let job = ann.job(postings::baker()).await;
        ann.put(&format!("/api/v1/jobs/{job}"), postings::baker()).await.ok();
        ann.delete(&format!("/api/v1/jobs/{job}")).await.done();
        let rest = ann.get("/api/v1/events?after=1").await.ok();
        let kinds: Vec<&str> = rest["events"].as_array().expect("events").iter().map(|event| event["kind"].as_str().expect("a kind")).collect();
        assert_eq!(kinds, ["job.updated", "job.deleted"]);
        assert_eq!(rest["events"][0]["id"], json!(job));
        assert_eq!(ann.get("/api/v1/events?after=3").await.ok(), json!({ "events": [], "last_seq": 3 }));
        assert_eq!(ann.get("/api/v1/events?after=99").await.ok()["events"], json!([]));
        // Nobody sees another's.
        let bob = app.person("bob").await;
        assert_eq!(bob.get("/api/v1/events?after=0").await.ok(), json!({ "events": [], "last_seq": 0 }));
    }
}

story! {
    async fn what_is_refused_leaves_no_trace(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(postings::baker()).await;
        let nothing = uuid::Uuid::now_v7();
        ann.post("/api/v1/jobs", json!({ "company": "", "title": "" })).await.refused(422, "invalid_fields");
        ann.put(&format!("/api/v1/jobs/{nothing}"), postings::baker()).await.missing();
        ann.delete(&format!("/api/v1/jobs/{nothing}")).await.missing();
        ann.post("/api/v1/applications", json!({ "job_id": nothing })).await.missing();
        ann.put("/api/v1/profile", json!({ "match_threshold": 101 })).await.refused(422, "invalid_fields");
        ann.post("/api/v1/jobs/import", json!({ "data": "what is this" })).await.refused(422, "invalid_fields");
        ann.browser().await.call("set_job_status", &[("id", &job), ("status", "not_applied")]).await.ok();
        assert_eq!(ann.events().await, ["job.created"]);
    }
}

story! {
    async fn the_activity_tells_what_happened_in_words(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(postings::baker()).await;
        ann.put(&format!("/api/v1/jobs/{job}"), postings::baker()).await.ok();
        let application = ann.post("/api/v1/applications", json!({ "job_id": job })).await.created().id();
        ann.put(&format!("/api/v1/applications/{application}"), json!({ "status": "interview" })).await.ok();
        ann.put(&format!("/api/v1/applications/{application}"), json!({ "status": "interview", "notes": "x" })).await.ok();
        ann.delete(&format!("/api/v1/applications/{application}")).await.done();
        ann.browser().await.call("set_job_status", &[("id", &job), ("status", "archived")]).await.ok();
        ann.delete(&format!("/api/v1/jobs/{job}")).await.done();
        ann.post(&format!("/api/v1/jobs/{job}/restore"), json!({})).await.ok();
        ann.profile(json!({ "headline": "new" })).await;
        ann.post("/api/v1/jobs/import", json!({ "data": postings::greenhouse() })).await.ok();
        let summary = ann.get("/api/v1/analytics/summary").await.ok();
        let told: Vec<&str> = summary["recent_activity"].as_array().expect("a list").iter().map(|line| line["text"].as_str().expect("a text")).collect();
        assert_eq!(told, [
            "Imported 2 jobs from the API",
            "Changed the profile",
            "Brought back Baker at Acme Mills",
            "Deleted Baker at Acme Mills",
            "Set Baker at Acme Mills to archived",
            "Removed the application to Baker at Acme Mills",
            "Wrote notes on Baker at Acme Mills",
            "Moved Baker at Acme Mills to Interview",
            "Applied to Baker at Acme Mills",
            "Edited Baker at Acme Mills",
            "Added Baker at Acme Mills",
        ]);
    }
}

//! Alerts: raised once for a job that fits, read, counted.

use crate::support::{postings, *};

story! {
    async fn a_job_at_the_threshold_raises_an_alert_once(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let job = ann.job(postings::fitting()).await;
        ann.job(postings::unfitting()).await;
        let alerts = ann.get("/api/v1/alerts").await.ok();
        assert_eq!(alerts["unread"], 1);
        let alert = &alerts["items"][0];
        assert_eq!(alerts["items"].as_array().map(Vec::len), Some(1));
        assert_eq!((&alert["job_id"], &alert["score"], &alert["title"]), (&json!(job), &json!(100), &json!("Senior Data Engineer")));
        assert_eq!(alert["read_at"], Value::Null);
        // Saving the job or the profile again raises no other.
        ann.put(&format!("/api/v1/jobs/{job}"), postings::fitting()).await.ok();
        ann.profile(postings::fitting_profile()).await;
        assert_eq!(ann.get("/api/v1/alerts").await.ok()["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(ann.events().await.iter().filter(|kind| *kind == "alert.raised").count(), 1);
    }
}

story! {
    async fn the_threshold_is_the_persons_own(app: TestApp) {
        let ann = app.person("ann").await;
        let mut profile = postings::fitting_profile();
        profile["match_threshold"] = json!(100);
        ann.profile(profile.clone()).await;
        // Exactly at the threshold counts.
        ann.job(postings::fitting()).await;
        let mut less = postings::fitting();
        less["experience_level"] = json!("mid");
        less["title"] = json!("Data Engineer");
        let job = ann.post("/api/v1/jobs", less.clone()).await.created();
        assert_eq!(job["match_score"], 90);
        assert_eq!(ann.get("/api/v1/alerts").await.ok()["unread"], 1);
        profile["match_threshold"] = json!(90);
        ann.profile(profile).await;
        less["title"] = json!("Data Engineer again");
        ann.job(less).await;
        assert_eq!(ann.get("/api/v1/alerts").await.ok()["unread"], 2);
        // Somebody without a profile is not alerted, and what was applied to already is no news.
        let bob = app.person("bob").await;
        bob.job(postings::fitting()).await;
        assert_eq!(bob.get("/api/v1/alerts").await.ok()["unread"], 0);
        let mut applied = postings::fitting();
        applied["status"] = json!("applied");
        ann.job(applied).await;
        assert_eq!(ann.get("/api/v1/alerts").await.ok()["unread"], 2);
    }
}

story! {
    async fn alerts_are_read_and_unread(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        for n in 0..3 {
            let mut job = postings::fitting();
            job["title"] = json!(format!("Engineer {n}"));
            ann.job(job).await;
        }
        let mut browser = ann.browser().await;
        let unread = async |browser: &mut Browser| {
            let over_rest = ann.get("/api/v1/alerts").await.ok()["unread"].as_i64().expect("a count");
            assert_eq!(browser.call("who_am_i", &[]).await.ok()["unread_alerts"], over_rest);
            over_rest
        };
        assert_eq!(unread(&mut browser).await, 3);
        let newest = ann.get("/api/v1/alerts").await.ok()["items"][0].clone();
        assert_eq!(newest["title"], "Engineer 2");
        let path = format!("/api/v1/alerts/{}", newest.id());
        ann.put(&path, json!({ "read": true })).await.done();
        assert_eq!(unread(&mut browser).await, 2);
        assert!(ann.get("/api/v1/alerts").await.ok()["items"][0]["read_at"].is_string());
        ann.put(&path, json!({ "read": false })).await.done();
        assert_eq!(unread(&mut browser).await, 3);
        browser.call("mark_alert", &[("id", &newest.id()), ("read", "true")]).await.ok();
        assert_eq!(unread(&mut browser).await, 2);
        assert!(browser.open("/alerts").await.page().contains("Engineer 1"));
        browser.call("mark_all_alerts", &[]).await.ok();
        assert_eq!(unread(&mut browser).await, 0);
        let before = ann.events().await.len();
        browser.call("mark_all_alerts", &[]).await.ok();
        assert_eq!(ann.events().await.len(), before, "nothing was left to mark");
        assert_eq!(browser.call("alerts", &[]).await.ok().as_array().map(Vec::len), Some(3));
    }
}

story! {
    async fn the_toast_says_what_came(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let job = ann.job(postings::fitting()).await;
        let mut browser = ann.browser().await;
        let notice = async |browser: &mut Browser, seq: &str| browser.call("alert_notice", &[("seq", seq)]).await.ok();
        assert_eq!(ann.events().await, ["profile.changed", "job.created", "alert.raised"]);
        let said = notice(&mut browser, "3").await;
        assert_eq!(said, json!({ "text": "Senior Data Engineer at Crumb Systems matches you: 100 of 100.", "href": format!("/jobs/{job}") }));
        assert_eq!(notice(&mut browser, "2").await, Value::Null, "no alert");
        assert_eq!(notice(&mut browser, "99").await, Value::Null, "no such event");
        let csv = "title,company,location,skills,level\nEngineer A,X,\"Lyon, France\",Python,senior\nEngineer B,Y,\"Lyon, France\",Python,senior\n";
        ann.post("/api/v1/jobs/import", json!({ "format": "csv", "data": csv })).await.ok();
        let said = notice(&mut browser, "5").await;
        assert_eq!(said["href"], "/alerts");
        assert!(said["text"].as_str().is_some_and(|text| text.starts_with("2 new jobs match you well, led by Engineer ")), "{said}");
        // Bob's numbers are his own.
        let bob = app.person("bob").await;
        assert_eq!(bob.browser().await.call("alert_notice", &[("seq", "3")]).await.ok(), Value::Null);
    }
}

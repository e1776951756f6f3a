//! The invented person of `--demo`: made once, and no page of theirs is empty.

use crate::support::*;
use career_copilot::{accounts, demo, on, session::jwt};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

fn moment(value: &Value) -> DateTime<Utc> {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("a moment: {value}"))
}

fn items(answer: &Value) -> &Vec<Value> {
    answer["items"].as_array().expect("items")
}

story! {
    async fn visitors_cannot_lock_each_other_out(app: TestApp) {
        demo::make(&app.state).await.expect("the person is made");
        let mara = accounts::store::demo_person(&app.state.db).await.expect("an answer").expect("the person");
        let mara = app.anybody().with_token(&jwt::issue(&app.state, mara, &Default::default()).await.expect("a token").0);
        mara.post("/api/v1/auth/tokens", json!({ "name": "Mine now", "scopes": ["write"] })).await.refused(403, "forbidden");
        mara.post("/api/v1/account/exports", json!({})).await.refused(403, "forbidden");
        mara.post("/api/v1/account/restore", json!({})).await.refused(403, "forbidden");
        mara.post("/api/v1/account/closing", json!({ "email": "x", "password": "" })).await.refused(409, "conflict");
        mara.get("/api/v1/auth/me").await.ok();
    }
}

story! {
    async fn the_demo_person_has_a_full_half_year(app: TestApp) {
        let (one, other) = tokio::join!(demo::make(&app.state), demo::make(&app.state));
        one.and(other).expect("the person is made");
        demo::make(&app.state).await.expect("and not made twice");
        let people: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(c).await).expect("a number");
        assert_eq!(people, 1);
        let mara = accounts::store::demo_person(&app.state.db).await.expect("an answer").expect("the person");
        let mara = app.anybody().with_token(&jwt::issue(&app.state, mara, &Default::default()).await.expect("a token").0);

        let jobs = mara.get("/api/v1/jobs?status=all&per_page=100").await.ok();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for job in items(&jobs) {
            *counts.entry(job["status"].as_str().expect("a status")).or_default() += 1;
            assert!(job["match_score"].is_u64(), "{job}");
            assert_eq!(job["date_applied"].is_null(), matches!(job["status"].as_str(), Some("not_applied" | "archived")), "{job}");
        }
        let expected = [("applied", 8), ("archived", 2), ("interview", 5), ("not_applied", 22), ("offer", 2), ("rejected", 6), ("withdrawn", 2)];
        assert_eq!(counts, BTreeMap::from(expected));
        // Some fit, some do not: the list is worth sorting.
        let scores: Vec<u64> = items(&jobs).iter().filter_map(|job| job["match_score"].as_u64()).collect();
        assert!(scores.iter().any(|score| *score >= 85) && scores.iter().any(|score| *score <= 35), "{scores:?}");

        let applications = mara.get("/api/v1/applications?per_page=100").await.ok();
        assert_eq!(items(&applications).len(), 26);
        let noted = items(&applications).iter().filter(|one| one["notes"] != "").count();
        assert!(noted >= 15, "{noted}");

        let alerts = mara.get("/api/v1/alerts").await.ok();
        let read = items(&alerts).iter().filter(|alert| !alert["read_at"].is_null()).count();
        assert!(read >= 5 && alerts["unread"].as_u64().is_some_and(|unread| (1..=6).contains(&unread)), "{alerts}");

        let gap = mara.get("/api/v1/skill-gap").await.ok();
        assert!(gap["missing_skills"].as_array().is_some_and(|missing| missing.len() >= 10), "{gap}");

        let events = mara.get("/api/v1/events?after=0").await.ok();
        let moments: Vec<_> = events["events"].as_array().expect("events").iter().map(|event| moment(&event["at"])).collect();
        let now = Utc::now();
        assert!(moments.is_sorted() && moments.iter().all(|at| *at < now), "in order, and nothing to come");
        assert!(now - moments[0] > TimeDelta::days(175) && now - moments[moments.len() - 1] < TimeDelta::hours(27));
    }
}

story! {
    async fn the_demo_is_one_click_away_only_where_it_is_offered(app: TestApp) {
        demo::make(&app.state).await.expect("the person is made");
        app.browser().call("enter_demo", &[]).await.status(404);
    }
}

//! What the operator looks at: health, metrics, the end.

use crate::support::*;

story! {
    async fn health_tells_part_by_part(app: TestApp) {
        let health = app.anybody().get("/api/v1/health").await.ok();
        assert_eq!((&health["status"], &health["version"]), (&json!("ok"), &json!(env!("CARGO_PKG_VERSION"))));
        let database = &health["components"]["database"];
        assert_eq!(database["status"], "ok");
        assert_eq!(database["note"], app.state.db.engine());
        assert!(database["latency_ms"].as_f64().is_some_and(|ms| ms >= 0.0));
        // Without its database the app is down, and says so.
        app.state.db.close().await;
        let health = app.anybody().get("/api/v1/health").await.status(503).json();
        assert_eq!((&health["status"], &health["components"]["database"]["status"]), (&json!("down"), &json!("down")));
    }
}

story! {
    async fn metrics_are_for_loopback_or_the_token(app: TestApp) {
        let text = app.anybody().get("/api/v1/metrics").await.status(200).text;
        for line in ["# TYPE career_copilot_uptime_seconds gauge", "career_copilot_live_people 0", "career_copilot_database_up 1"] {
            assert!(text.contains(line), "{text}");
        }
        // Behind a proxy everybody comes from loopback: only the token counts.
        let app = app.restarted(&[("TRUST_FORWARDED_FOR", "true"), ("METRICS_TOKEN", "open sesame")]).await;
        let ask = async |token: &str| {
            Answer::of(app.anybody().request(reqwest::Method::GET, "/api/v1/metrics").header("x-metrics-token", token)).await
        };
        app.anybody().get("/api/v1/metrics").await.refused(403, "forbidden");
        ask("open").await.refused(403, "forbidden");
        ask("open sesame").await.status(200);
        app.stopped().await;
    }
}

story! {
    async fn behind_a_proxy_attempts_count_by_the_forwarded_address(app: TestApp) {
        let app = app.restarted(&[("TRUST_FORWARDED_FOR", "true")]).await;
        let attempt = async |n: usize, from: String| {
            let body = json!({ "email": format!("nobody{n}@example.org"), "password": "x" });
            let request = app.anybody().request(reqwest::Method::POST, "/api/v1/auth/login").header("x-forwarded-for", from).json(&body);
            Answer::of(request).await.status
        };
        // What the client itself wrote in front does not count; sixty come through at once.
        let all = futures_util::future::join_all((0..64).map(|n| attempt(n, format!("198.51.100.{n}, 203.0.113.1")))).await;
        assert!(all.contains(&429), "{all:?}");
        assert_eq!(attempt(100, "203.0.113.2".into()).await, 401);
        app.stopped().await;
    }
}

story! {
    async fn a_stop_and_a_start_lose_nothing(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(json!({ "company": "Acme Mills", "title": "Baker" })).await;
        let mut browser = ann.browser().await;
        let app = app.restarted(&[]).await;
        assert_eq!(ann.at(&app.address).get(&format!("/api/v1/jobs/{job}")).await.ok()["title"], "Baker");
        browser.address = app.address.clone();
        browser.call("who_am_i", &[]).await.ok();
        app.stopped().await;
    }
}

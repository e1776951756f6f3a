//! What the operator looks at: health, metrics, the end.

use crate::support::{executable::Running, *};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

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
    async fn the_log_says_where_from_and_why_a_request_was_refused(app: TestApp) {
        app.stopped().await;
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("log");
        let settings = [("DATABASE_URL", app.database.url.as_str()), ("LOG_FORMAT", "json"), ("TRUST_FORWARDED_FOR", "true")];
        let mut running = Running::start_with_log(folder.path(), &settings, &log).await;
        let mut browser = Browser::new(&running.address);
        let fields = [("name", "Ann"), ("email", "ann@example.org"), ("password", "ann likes long walks")];
        browser.call("sign_up", &fields).await.ok();
        let caller = Caller::new(&running.address);
        let ask = async |method: reqwest::Method, path: &str, body: &str| {
            let request = caller.request(method, path).header("content-type", "application/json").header("x-forwarded-for", "203.0.113.7");
            Answer::of(request.body(body.to_owned())).await.status
        };
        let post = reqwest::Method::POST;
        assert_eq!(ask(post.clone(), "/api/v1/auth/login", r#"{"email":"ann@example.org","password":"a secret guess"}"#).await, 401);
        assert_eq!(ask(post.clone(), "/api/v1/auth/register", r#"{"email":"secret typo","password":"x"}"#).await, 422);
        assert_eq!(ask(post, "/api/v1/auth/login", "{").await, 400);
        assert_eq!(ask(reqwest::Method::GET, "/api/v1/jobs", "").await, 401);
        // The call of a page, a page of another site, and one time too many.
        browser.call("save_job", &[("company", ""), ("title", "secret words")]).await.status(422);
        let foreign = browser.bare(reqwest::Method::POST, "/api/v1/jobs").header("origin", "https://evil.example");
        browser.send(foreign).await.status(403);
        let mut status = 0;
        for _ in 0..12 {
            status = browser.call("sign_in", &[("email", "ann@example.org"), ("password", "a secret guess")]).await.status;
        }
        assert_eq!(status, 429);
        running.signal("TERM");
        assert!(running.ended().await.success());
        let text = std::fs::read_to_string(&log).expect("the log");
        let lines: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).filter(|line: &Value| line["message"] == "request").collect();
        let has = |path: &str, status: u16, reason: &str| {
            let found = lines.iter().find(|line| line["path"] == path && line["status"] == status && line["reason"] == reason);
            found.unwrap_or_else(|| panic!("{path} {status} {reason}: {text}"))["address"].clone()
        };
        assert_eq!(has("/api/v1/auth/login", 401, "refused"), "203.0.113.7");
        assert_eq!(has("/api/v1/auth/register", 422, "invalid_fields"), "203.0.113.7");
        assert_eq!(has("/api/v1/auth/login", 400, "malformed"), "203.0.113.7");
        assert_eq!(has("/api/v1/jobs", 401, "unauthorized"), "203.0.113.7");
        assert_eq!(has("/api/save_job", 422, "invalid_fields"), "127.0.0.1");
        assert_eq!(has("/api/v1/jobs", 403, "foreign_page"), "127.0.0.1");
        assert_eq!(has("/api/sign_in", 429, "too_many_requests"), "127.0.0.1");
        assert!(lines.iter().filter(|line| line["status"] == 200).all(|line| line["reason"].is_null()), "{text}");
        assert!(!text.contains("secret"), "no value is in it: {text}");
        // A program can read each line, and knows when it was.
        for line in text.lines() {
            let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            let at = line["timestamp"].as_str().unwrap_or_default();
            assert!(at.ends_with('Z') && chrono::DateTime::parse_from_rfc3339(at).is_ok(), "in UTC: {line}");
            assert!(line["level"].is_string() && line["message"].is_string(), "{line}");
        }
        assert!(lines.iter().all(|line| line["request_id"].as_str().is_some_and(|id| id.len() >= 8)), "{text}");
    }
}

story! {
    async fn nobody_writes_a_line_of_their_own_into_the_log(app: TestApp) {
        app.stopped().await;
        let folder = tempfile::tempdir().expect("a folder");
        for format in ["text", "json"] {
            let log = folder.path().join(format);
            let settings = [("DATABASE_URL", app.database.url.as_str()), ("LOG_FORMAT", format), ("TRUST_FORWARDED_FOR", "true")];
            let mut running = Running::start_with_log(folder.path(), &settings, &log).await;
            let address = running.address.trim_start_matches("http://").to_owned();
            let forged = "2026-01-01T00:00:00Z  INFO request request_id=forged";
            for request in [
                format!("GET /x%0a{} HTTP/1.1\r\nHost: x\r\n", forged.replace(' ', "%20")),
                format!("GET /y?a=%0d%0a{} HTTP/1.1\r\nHost: x\r\n", forged.replace(' ', "+")),
                format!("GET /z HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 1.2.3.4\t{forged}\r\nX-Request-Id: {forged}\r\n"),
                format!("GET /u HTTP/1.1\r\nHost: x\r\nUser-Agent: \u{1b}[31m{forged}\r\n"),
                format!("GET /e\u{1b}[31m{} HTTP/1.1\r\nHost: x\r\n", forged.replace(' ', "%20")),
            ] {
                let mut stream = tokio::net::TcpStream::connect(&address).await.expect("a connection");
                stream.write_all(format!("{request}Connection: close\r\n\r\n").as_bytes()).await.expect("sent");
                stream.read_to_end(&mut Vec::new()).await.expect("an answer");
            }
            running.signal("TERM");
            assert!(running.ended().await.success());
            let text = std::fs::read_to_string(&log).expect("the log");
            assert!(text.lines().count() > 4, "{text}");
            assert!(!text.contains('\u{1b}') && !text.contains('\t'), "{format}: {text:?}");
            for line in text.lines() {
                assert!(!line.starts_with("2026-01-01T00:00:00Z"), "{format}: {text}");
                assert!(format == "text" || serde_json::from_str::<Value>(line).is_ok(), "{line}");
            }
        }
    }
}

story! {
    async fn what_was_not_foreseen_is_in_the_log_and_not_in_the_answer(app: TestApp) {
        app.stopped().await;
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("log");
        let settings = [("DATABASE_URL", app.database.url.as_str()), ("LOG_FORMAT", "json")];
        let mut running = Running::start_with_log(folder.path(), &settings, &log).await;
        let fields = [("name", "Ann"), ("email", "ann@example.org"), ("password", "ann likes long walks")];
        let mut browser = Browser::new(&running.address);
        browser.call("sign_up", &fields).await.ok();
        // Somebody takes a table away under the running app.
        let db = career_copilot::db::Db::connect(&app.database.url).await.expect("it opens");
        career_copilot::on!(db.write, |c| sqlx::query("ALTER TABLE pictures RENAME TO taken_away").execute(c).await.map(|_| ())).expect("it is away");
        let request = browser.own(reqwest::Method::GET, "/api/v1/profile/picture");
        let answer = browser.send(request).await;
        let id = answer.header("x-request-id").expect("an id").to_owned();
        let said = answer.refused(500, "internal").to_string();
        assert!(!said.contains("pictures") && !said.contains("SELECT"), "{said}");
        running.signal("TERM");
        assert!(running.ended().await.success());
        let text = std::fs::read_to_string(&log).expect("the log");
        let line = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).find(|line| line["level"] == "ERROR");
        let line = line.unwrap_or_else(|| panic!("an error: {text}")).to_string();
        assert!(line.contains("pictures") && line.contains(&id), "{line}");
        // Nothing was written but what is written down: the data, and the log to standard error.
        let names: Vec<String> = std::fs::read_dir(folder.path()).expect("a folder").flatten().map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        assert!(names.iter().all(|name| name == "log" || name == "data"), "{names:?}");
        career_copilot::on!(db.write, |c| sqlx::query("ALTER TABLE taken_away RENAME TO pictures").execute(c).await.map(|_| ())).expect("it is back");
        db.close().await;
    }
}

story! {
    async fn who_asks_without_end_is_slowed(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let who: career_copilot::ids::UserId = ann.id.parse().expect("an id");
        // Somebody takes all there is, as fast as it comes.
        let greedy = tokio::spawn({
            let app = app.state.clone();
            async move {
                loop {
                    while app.limits.read(who).is_ok() {}
                    tokio::task::yield_now().await;
                }
            }
        });
        let answers = futures_util::future::join_all((0..64).map(|_| ann.get("/api/v1/auth/me"))).await;
        let refused = answers.into_iter().find(|answer| answer.status == 429).expect("one is refused");
        assert_eq!(refused.header("retry-after"), Some("1"));
        refused.refused(429, "too_many_requests");
        bob.get("/api/v1/auth/me").await.ok();
        greedy.abort();
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

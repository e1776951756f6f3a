//! Every page renders, with the headers that keep it safe.

use crate::support::{postings, *};
use career_copilot::server;
use tokio_util::sync::CancellationToken;

const SIGNED_OUT: &[&str] = &[
    "/",
    "/sign-in",
    "/sign-up",
    "/sign-in/code",
    "/sign-in/link",
    "/sign-in/passkey",
    "/forgot",
    "/forgot?sent=yes",
    "/reset?token=x",
    "/reset?done=yes",
    "/verify?token=x",
    "/verify?done=yes",
    "/privacy",
    "/closed",
    "/unsubscribe?token=x",
    "/unsubscribe?token=x&done=off",
];
const SIGNED_IN: &[&str] = &[
    "/welcome",
    "/welcome?step=2",
    "/welcome?step=3",
    "/today",
    "/jobs",
    "/jobs?q=baker&status=all&sort=company",
    "/jobs?page=9",
    "/jobs/add",
    "/jobs/add?title=Baker&text=Baker%20at%20Acme%20Mills",
    "/jobs/sources",
    "/jobs/sources?q=bosch&field=Engineering",
    "/jobs/new",
    "/jobs/hidden",
    "/jobs?hidden=show",
    "/jobs/import",
    "/jobs/searches",
    "/jobs/searches/new",
    "/jobs/import?title=Baker&text=Look%20https%3A%2F%2Fjobs.example.org%2F1",
    "/jobs/new?title=Baker&url=https%3A%2F%2Fjobs.example.org%2F1&text=We%20bake",
    "/applications",
    "/applications?status=offer",
    "/applications?view=table&group=stage",
    "/applications/stages",
    "/applications/next",
    "/applications/tasks",
    "/applications/offers",
    "/applications/mail",
    "/applications/interviews",
    "/applications/people?q=x",
    "/applications/import",
    "/applications/export?q=baker",
    "/skills",
    "/alerts",
    "/briefings",
    "/briefings?kind=weekly&page=2",
    "/offline",
    "/account",
    "/account/data",
    "/account/log",
    "/account/confirm",
    "/account/second-factor",
    "/account/connect?provider=google",
    "/admin",
    "/admin/work",
    "/admin/sources",
    "/profile",
];

/// The nonce of an answer's policy.
fn nonce(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy").expect("a policy");
    let start = policy.find("'nonce-").expect("a nonce") + "'nonce-".len();
    policy[start..].split('\'').next().expect("its end").to_owned()
}

/// Every start tag of a page, without its attributes' values.
fn tags(page: &str) -> Vec<String> {
    page.split('<')
        .skip(1)
        .filter(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()))
        .map(|part| {
            // Values are in double quotes, so that the odd parts are outside of them.
            let outside: Vec<&str> = part.split('"').step_by(2).collect();
            outside
                .iter()
                .take(outside.iter().position(|text| text.contains('>')).map_or(outside.len(), |at| at + 1))
                .copied()
                .collect()
        })
        .collect()
}

fn check(path: &str, answer: &Answer) {
    assert_eq!(answer.status, 200, "{path}");
    let policy = answer.header("content-security-policy").expect("a policy").to_owned();
    for part in [
        "default-src 'none'",
        "'strict-dynamic'",
        "'wasm-unsafe-eval'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "connect-src 'self'",
    ] {
        assert!(policy.contains(part), "{path}: {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
    let nonce = nonce(answer);
    assert!(nonce.len() >= 16, "{path}: {nonce}");
    for script in answer.text.match_indices("<script").map(|(at, _)| &answer.text[at..]) {
        let tag = &script[..script.find('>').expect("its end")];
        assert!(tag.contains(&format!("nonce=\"{nonce}\"")), "{path}: {tag}");
    }
    // Browsers take a form inside another one apart, and the page does not come alive.
    let mut open = 0;
    for (at, _) in answer.text.match_indices("form") {
        match &answer.text[..at] {
            before if before.ends_with("</") => open -= 1,
            before if before.ends_with('<') => open += 1,
            _ => continue,
        }
        assert!(
            open <= 1,
            "{path}: a form inside a form, at {}",
            &answer.text[at..].chars().take(300).collect::<String>()
        );
    }
    for tag in tags(&answer.text) {
        for inline in [" style=", " onclick=", " onload=", " onerror=", " onsubmit=", "javascript:"] {
            assert!(!tag.contains(inline), "{path} has {inline}: {tag}");
        }
    }
    headers(path, answer);
}

fn headers(path: &str, answer: &Answer) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{path}: {name}");
    }
    assert!(answer.header("permissions-policy").is_some_and(|policy| policy.contains("camera=()")), "{path}");
    assert!(answer.header("x-request-id").is_some_and(|id| id.len() >= 8), "{path}");
    assert!(answer.header("strict-transport-security").is_none(), "{path}: not over plain http");
}

story! {
    async fn pages_for_everybody(app: TestApp) {
        let mut browser = app.browser();
        for path in SIGNED_OUT {
            let (first, second) = (browser.open(path).await, browser.open(path).await);
            check(path, &first);
            assert_ne!(nonce(&first), nonce(&second), "{path}: a nonce is used once");
            assert!(first.text.contains("<main id=\"main\""), "{path}");
        }
        let missing = browser.open("/no/such/page").await;
        assert!(missing.status == 404 || missing.redirect().starts_with("/sign-in"));
    }
}

story! {
    async fn pages_of_a_person_without_anything(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        for path in SIGNED_IN {
            let answer = browser.open(path).await;
            check(path, &answer);
            assert!(answer.text.contains("<main id=\"main\""), "{path}");
            assert!(!answer.text.contains("Something went wrong"), "{path}");
        }
        assert_eq!(browser.open("/").await.redirect(), "/today");
        let missing = browser.open("/no/such/page").await.status(404);
        assert!(missing.text.contains("There is nothing here"), "{}", missing.text);
    }
}

story! {
    async fn pages_of_a_person_with_jobs(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let job = ann.job(postings::fitting()).await;
        let hostile = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>";
        ann.job(json!({ "company": hostile, "title": hostile, "location": hostile, "description": hostile, "requirements": [hostile] })).await;
        let application = ann.post("/api/v1/applications", json!({ "job_id": job, "notes": hostile })).await.created().id();
        let mut browser = ann.browser().await;
        // With a step that can be taken back.
        browser.call("move_application", &[("id", &application), ("stage", "screening"), ("note", hostile)]).await.ok();
        let briefing = ann.post("/api/v1/briefings", json!({ "kind": "morning" })).await.ok().id();
        let own = [format!("/briefings/{briefing}"), format!("/jobs/{job}"), format!("/jobs/{job}/edit"), format!("/applications/{application}")];
        for path in SIGNED_IN.iter().copied().chain(own.iter().map(String::as_str)) {
            let answer = browser.open(path).await;
            check(path, &answer);
            assert!(!answer.text.contains("<script>alert(1)") && !answer.text.contains("<img src=x"), "{path}");
        }
        let page = browser.open(&own[1]).await.page();
        for words in ["Senior Data Engineer", "Crumb Systems", "Lyon, France", "Python"] {
            assert!(page.contains(words), "{words}");
        }
        assert!(browser.open("/today").await.page().contains("Senior Data Engineer"));
    }
}

story! {
    // Only here does a process have more than one app; a page that waits for a start of another one never gets done.
    async fn pages_get_done_while_other_apps_start(app: TestApp) {
        let mut browser = app.person("ann").await.browser().await;
        let enough = CancellationToken::new();
        let starting = tokio::task::spawn_blocking({
            let (enough, state) = (enough.clone(), app.state.clone());
            move || {
                while !enough.is_cancelled() {
                    drop(server::router(state.clone()));
                }
            }
        });
        let guard = enough.drop_guard();
        for path in SIGNED_IN {
            check(path, &browser.open(path).await);
        }
        drop(guard);
        starting.await.expect("the others start");
    }
}

story! {
    async fn answers_to_programs_are_safe_to_open(app: TestApp) {
        let answer = app.anybody().get("/api/v1/health").await;
        headers("/api/v1/health", &answer);
        assert_eq!(answer.header("content-security-policy"), Some("default-src 'none'; frame-ancestors 'none'; base-uri 'none'"));
        let docs = app.anybody().get("/api/docs").await;
        headers("/api/docs", &docs);
        assert!(docs.header("content-security-policy").is_some_and(|policy| policy.starts_with("default-src 'none'")));
        assert!(docs.text.contains("/api/v1/jobs/{id}"));
        app.anybody().get("/api/v1/no-such-call").await.missing();
        app.anybody().post("/no/such/page", json!({})).await.missing();
    }
}

story! {
    async fn a_request_keeps_the_id_that_a_trusted_proxy_gave_it(app: TestApp) {
        let ask = async |app: &TestApp, id: &str| {
            let request = app.anybody().request(reqwest::Method::GET, "/api/v1/health").header("x-request-id", id);
            Answer::of(request).await.header("x-request-id").expect("an id").to_owned()
        };
        // Without a proxy it would be the caller who chooses what the log calls them.
        assert_ne!(ask(&app, "trace-0123456789").await, "trace-0123456789");
        let app = app.restarted(&[("TRUST_FORWARDED_FOR", "true")]).await;
        assert_eq!(ask(&app, "trace-0123456789").await, "trace-0123456789");
        for odd in ["short", "with spaces in it", "<script>alert(1)</script>", &"x".repeat(65)] {
            assert_ne!(ask(&app, odd).await, odd);
        }
        app.stopped().await;
    }
}

story! {
    async fn what_another_app_shares_is_in_the_form(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let shared = "?title=&text=Baker%20at%20Acme%20https%3A%2F%2Fjobs.example.org%2F1%3Fa%3D1%26b%3D2";
        let page = browser.open(&format!("/jobs/import{shared}")).await.page();
        assert!(page.contains("Shared with you: ") && page.contains("Baker at Acme"), "{page}");
        assert!(page.contains("value=\"https://jobs.example.org/1?a=1&amp;b=2\""), "{page}");
        let form = page.split("href=\"/jobs/add?").nth(1).and_then(|rest| rest.split('"').next()).expect("a way to the form").replace("&amp;", "&");
        let page = browser.open(&format!("/jobs/new?{form}")).await.page();
        assert!(page.contains("value=\"Baker at Acme\"") && page.contains("value=\"https://jobs.example.org/1?a=1&amp;b=2\""), "{page}");
        // Nothing is saved by following a link, and nothing in it runs.
        let page = browser.open("/jobs/new?title=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&text=%3C%2Ftextarea%3E%3Cscript%3E").await.page();
        assert!(!page.contains("<script>alert(1)") && !page.contains("</textarea><script>"), "{page}");
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0);
    }
}

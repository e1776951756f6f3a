//! Somebody else's id gets exactly what an id gets that nobody has, at every door; and nothing of theirs changes.

use crate::support::{postings, server_functions as functions, *};
use functions::Takes;
use reqwest::Method;

mod complete;
mod own;

use own::Own;

/// Every REST call that takes an id, in its address or in its body.
const CALLS: &[(&str, &str, Takes)] = &[
    ("GET", "/api/v1/jobs/{id}", Takes::Job),
    ("PUT", "/api/v1/jobs/{id}", Takes::Job),
    ("DELETE", "/api/v1/jobs/{id}", Takes::Job),
    ("POST", "/api/v1/jobs/{id}/restore", Takes::Job),
    ("POST", "/api/v1/jobs/{id}/feedback", Takes::Job),
    ("DELETE", "/api/v1/jobs/{id}/feedback", Takes::Job),
    ("DELETE", "/api/v1/hidden-companies/{id}", Takes::HiddenCompany),
    ("POST", "/api/v1/applications", Takes::Job),
    ("GET", "/api/v1/applications/{id}", Takes::Application),
    ("PUT", "/api/v1/applications/{id}", Takes::Application),
    ("DELETE", "/api/v1/applications/{id}", Takes::Application),
    ("GET", "/api/v1/applications/{id}/interviews", Takes::Application),
    ("POST", "/api/v1/applications/{id}/interviews", Takes::Application),
    ("GET", "/api/v1/interviews/{id}", Takes::Interview),
    ("GET", "/api/v1/interviews/{id}/calendar", Takes::Interview),
    ("PUT", "/api/v1/interviews/{id}", Takes::Interview),
    ("DELETE", "/api/v1/interviews/{id}", Takes::Interview),
    ("GET", "/api/v1/contacts/{id}", Takes::Contact),
    ("PUT", "/api/v1/contacts/{id}", Takes::Contact),
    ("DELETE", "/api/v1/contacts/{id}", Takes::Contact),
    // Of a link the application is asked for here; tests/contacts.rs asks for the contact.
    ("PUT", "/api/v1/applications/{id}/contacts/{contact_id}", Takes::Application),
    ("DELETE", "/api/v1/applications/{id}/contacts/{contact_id}", Takes::Application),
    ("GET", "/api/v1/applications/{id}/documents", Takes::Application),
    ("POST", "/api/v1/applications/{id}/documents", Takes::Application),
    ("DELETE", "/api/v1/documents/{id}", Takes::Document),
    ("PUT", "/api/v1/alerts/{id}", Takes::Alert),
    ("GET", "/api/v1/sources/{id}", Takes::Source),
    ("PUT", "/api/v1/sources/{id}", Takes::Source),
    ("DELETE", "/api/v1/sources/{id}", Takes::Source),
    ("DELETE", "/api/v1/auth/tokens/{id}", Takes::Token),
    ("GET", "/api/v1/account/exports/{id}", Takes::Export),
    ("GET", "/api/v1/account/exports/{id}/file", Takes::Export),
    ("DELETE", "/api/v1/account/exports/{id}", Takes::Export),
    ("GET", "/api/v1/briefings/{id}", Takes::Briefing),
    ("POST", "/api/v1/tasks", Takes::Application),
    ("GET", "/api/v1/tasks/{id}", Takes::Task),
    ("PUT", "/api/v1/tasks/{id}", Takes::Task),
    ("DELETE", "/api/v1/tasks/{id}", Takes::Task),
    ("POST", "/api/v1/tasks/{id}/done", Takes::Task),
    ("GET", "/api/v1/searches/{id}", Takes::Search),
    ("PUT", "/api/v1/searches/{id}", Takes::Search),
    ("DELETE", "/api/v1/searches/{id}", Takes::Search),
    ("GET", "/api/v1/searches/{id}/matches", Takes::Search),
    ("GET", "/api/v1/applications/{id}/offer", Takes::Application),
    ("PUT", "/api/v1/applications/{id}/offer", Takes::Application),
    ("DELETE", "/api/v1/applications/{id}/offer", Takes::Application),
    ("GET", "/api/v1/applications/{id}/salary-talk", Takes::Application),
    ("POST", "/api/v1/applications/{id}/salary-talk", Takes::Application),
    ("DELETE", "/api/v1/salary-talk/{id}", Takes::Talk),
    // A task of one's own for somebody else's application.
    ("PUT", "/api/v1/tasks/{id} with a job_id", Takes::Application),
    // The id in the body is ignored: an application stays with its job.
    ("PUT", "/api/v1/applications/{id} with a job_id", Takes::Job),
];

/// A body that is in order, about the row `id` where the body names one.
fn body(method: &str, path: &str, id: &str) -> Value {
    match (method, path) {
        ("PUT", "/api/v1/jobs/{id}") => postings::titled("Taken over"),
        ("POST", "/api/v1/jobs/{id}/feedback") => json!({ "verdict": "down", "note": "mine" }),
        ("POST", "/api/v1/applications") => json!({ "job_id": id, "notes": "mine" }),
        ("POST" | "PUT", path) if path.contains("/interviews") => {
            json!({ "type": "phone", "starts_at": "2027-03-10T13:00:00Z", "ends_at": "2027-03-10T14:00:00Z" })
        }
        ("POST" | "PUT", path) if path.contains("/contacts") || path.contains("/documents") => {
            json!({ "name": "Mine" })
        }
        ("POST", "/api/v1/tasks") => json!({ "title": "Mine", "application_id": id }),
        ("PUT", "/api/v1/tasks/{id}") => json!({ "title": "Mine" }),
        ("PUT", "/api/v1/searches/{id}") => json!({ "criteria": { "titles": ["Mine"] } }),
        ("PUT", "/api/v1/applications/{id}/offer") => json!({ "notes": "mine" }),
        ("POST", "/api/v1/applications/{id}/salary-talk") => json!({ "by": "you", "note": "mine" }),
        ("PUT", "/api/v1/sources/{id}") => json!({ "wanted": false, "rank": 0 }),
        ("PUT", "/api/v1/alerts/{id}") => json!({ "read": true }),
        ("PUT", _) => json!({ "status": "offer", "notes": "mine" }),
        _ => json!({}),
    }
}

/// Status and body without what differs between any two answers.
fn comparable(answer: &Answer, id: &str) -> (u16, String) {
    let text = match serde_json::from_str::<Value>(&answer.text) {
        Ok(mut body) => {
            if let Some(fields) = body.as_object_mut() {
                fields.remove("timestamp");
                fields.remove("request_id");
            }
            body.to_string()
        }
        Err(_) => answer.text.clone(),
    };
    (answer.status, text.replace(id, "ID"))
}

/// Everything Ann has, as she sees it.
async fn everything(ann: &Person) -> Vec<Value> {
    let mut all = Vec::new();
    for path in [
        "/api/v1/jobs?status=all&per_page=100",
        "/api/v1/applications",
        "/api/v1/contacts",
        "/api/v1/alerts",
        "/api/v1/profile",
        "/api/v1/events?after=0",
        "/api/v1/skill-gap",
        "/api/v1/auth/tokens",
        "/api/v1/tasks",
        "/api/v1/offers",
        "/api/v1/feedback",
        "/api/v1/hidden-companies",
        "/api/v1/briefings",
        "/api/v1/searches",
    ] {
        all.push(ann.get(path).await.ok());
    }
    all
}

story! {
    async fn over_rest(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (hers, his, nobodys) = (Own::of(&app, &ann).await, Own::of(&app, &bob).await, Own::nobodys());
        let before = everything(&ann).await;
        for &(method, path, takes) in CALLS {
            for (at, id) in hers.of_kind(takes).into_iter().enumerate() {
                let none = nobodys.of_kind(takes)[at];
                if let Some(path) = path.strip_suffix(" with a job_id").filter(|path| path.contains("/tasks/")) {
                    let path = path.replace("{id}", &his.task);
                    let ask = async |id: &str| bob.put(&path, json!({ "title": "Mine", "application_id": id })).await;
                    let (hers, nones) = (ask(id).await, ask(none).await);
                    assert_eq!(comparable(&hers, id), comparable(&nones, none), "{method} {path}");
                    hers.missing();
                    continue;
                }
                if let Some(path) = path.strip_suffix(" with a job_id") {
                    let path = path.replace("{id}", &his.application);
                    let ask = async |id: &str| bob.put(&path, json!({ "job_id": id, "status": "applied" })).await;
                    let (hers, nones) = (ask(id).await, ask(none).await);
                    assert_eq!((hers.status, nones.status), (200, 200));
                    assert!(!hers.text.contains(id) && !nones.text.contains(none), "{}", hers.text);
                    continue;
                }
                let ask = async |id: &str| {
                    let verb: Method = method.parse().expect("a method");
                    let path = path.replace("{contact_id}", &his.contact);
                    Answer::of(bob.request(verb, &path.replace("{id}", id)).json(&body(method, &path, id))).await
                };
                let (hers, nones) = (ask(id).await, ask(none).await);
                assert_eq!(comparable(&hers, id), comparable(&nones, none), "{method} {path}");
                hers.missing();
            }
        }
        assert_eq!(everything(&ann).await, before, "nothing of hers has changed");
        ann.post(&format!("/api/v1/jobs/{}/restore", hers.deleted), json!({})).await.ok();
    }
}

story! {
    async fn over_server_functions(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (hers, nobodys) = (Own::of(&app, &ann).await, Own::nobodys());
        let before = everything(&ann).await;
        let mut browser = bob.browser().await;
        for function in functions::ALL {
            for (at, id) in hers.of_kind(function.takes).into_iter().enumerate() {
                let none = nobodys.of_kind(function.takes)[at];
                let answer = browser.call(function.name, &hers.call(function, id)).await;
                let other = browser.call(function.name, &nobodys.call(function, none)).await;
                assert_eq!(comparable(&answer, id), comparable(&other, none), "{}", function.name);
                // A history that is not there is empty; everything else is not found.
                let wanted = match (function.name, function.takes) {
                    ("application_steps", _) => (200, "[]"),
                    // Whose it is does not matter to somebody who is no administrator.
                    (_, Takes::Account) => (403, "\"Forbidden\""),
                    _ => (404, "\"NotFound\""),
                };
                assert_eq!((answer.status, answer.text.as_str()), wanted, "{}", function.name);
            }
        }
        assert_eq!(everything(&ann).await, before, "nothing of hers has changed");
        assert_eq!(ann.signed_in(&app).await.call("load_import", &[("id", &hers.import)]).await.ok()["done"], Value::Null);
        // And with the owner every one of the calls works: the table is in order.
        for function in functions::ALL.iter().filter(|function| !matches!(function.takes, Takes::Nothing | Takes::Account)) {
            let ann = app.person(&format!("ann.{}", function.name)).await;
            let own = Own::of(&app, &ann).await;
            let id = if function.name == "restore_job" { &own.deleted } else { own.of_kind(function.takes)[0] };
            ann.signed_in(&app).await.call(function.name, &own.call(function, id)).await.ok();
        }
    }
}

story! {
    async fn on_pages(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (hers, nobodys) = (Own::of(&app, &ann).await, Own::nobodys());
        let mut browser = bob.browser().await;
        for page in ["/jobs/{job}", "/jobs/{job}/edit", "/jobs/import?read={import}", "/applications/{application}", "/applications/interviews/{interview}", "/applications/people/{contact}", "/briefings/{briefing}", "/jobs/searches/{search}", "/jobs/searches/new?copy={search}"] {
            let mut seen = Vec::new();
            for own in [&hers, &nobodys] {
                let answer = browser.open(&page.replace("{job}", &own.job).replace("{import}", &own.import).replace("{application}", &own.application).replace("{interview}", &own.interview).replace("{contact}", &own.contact).replace("{briefing}", &own.briefing).replace("{search}", &own.search)).await;
                let policy = answer.header("content-security-policy").expect("a policy").to_owned();
                let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
                for secret in ["Crumb Systems", "Senior Data Engineer", "Ada Berg"] {
                    assert!(!answer.text.contains(secret), "{page}");
                }
                // Behind the page its data follows in the order it was ready.
                let shown = answer.text.split("</main>").next().unwrap_or_default();
                seen.push((answer.status, shown.replace(&nonce, "NONCE").replace(&own.job, "ID").replace(&own.import, "ID").replace(&own.application, "ID").replace(&own.interview, "ID").replace(&own.contact, "ID").replace(&own.briefing, "ID").replace(&own.search, "ID")));
            }
            assert_eq!(seen[0], seen[1], "{page}");
        }
    }
}

story! {
    async fn what_is_no_id_at_all_answers_like_one_nobody_has(app: TestApp) {
        let bob = app.person("bob").await;
        for (method, path, _) in CALLS.iter().filter(|(_, path, _)| path.contains("{id}") && !path.contains(' ')) {
            let path = path.replace("{contact_id}", &uuid::Uuid::now_v7().to_string());
            for odd in ["1", "x", "%00", "..", "00000000-0000-0000-0000-000000000000", "' OR 1=1 --"] {
                let odd: String = if odd.starts_with('%') { odd.into() } else { url::form_urlencoded::byte_serialize(odd.as_bytes()).collect() };
                let verb: Method = method.parse().expect("a method");
                let address = path.replace("{id}", &odd.replace('+', "%20").replace("..", "%2e%2e%2e"));
                Answer::of(bob.request(verb, &address).json(&body(method, &path, &odd))).await.missing();
            }
        }
    }
}

//! Changes that are sent again are made once; both sides of a conflict are told; what the worker on a device goes by.

use crate::support::*;
use career_copilot::acts::Done;
use std::path::Path;

/// Calls a server function as the worker does: with the change's key.
async fn sent(browser: &mut Browser, key: &str, function: &str, fields: &[(&str, &str)]) -> Answer {
    let request = browser.own(reqwest::Method::POST, &format!("/api/{function}")).header("accept", "application/json");
    browser.send(form(request, fields).header("idempotency-key", key)).await
}

fn key(who: &str) -> String {
    format!("{who}.{}", uuid::Uuid::new_v4())
}

async fn id_of(browser: &mut Browser) -> String {
    browser.call("who_am_i", &[]).await.ok().id()
}

async fn application(ann: &Person) -> String {
    let job = ann.job(postings::titled("Baker")).await;
    ann.post("/api/v1/applications", json!({ "job_id": job, "status": "applied" })).await.created().id()
}

async fn interviews(ann: &Person, application: &str) -> usize {
    let all = ann.get(&format!("/api/v1/applications/{application}/interviews")).await.ok();
    all["items"].as_array().expect("interviews").len()
}

story! {
    async fn a_change_that_is_sent_again_is_made_once(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let (who, id) = (id_of(&mut browser).await, application(&ann).await);
        let (first, fields) = (key(&who), [("id", id.as_str()), ("kind", "phone"), ("starts_at", "2027-03-10T13:00")]);

        let made: Done = serde_json::from_value(sent(&mut browser, &first, "add_interview", &fields).await.ok()).expect("done");
        assert!(made.bundle.is_some() && made.count == 1);
        for _ in 0..3 {
            let again = sent(&mut browser, &first, "add_interview", &fields).await.ok();
            assert_eq!(again, json!({ "bundle": null, "count": 0 }));
        }
        assert_eq!(interviews(&ann, &id).await, 1);
        // Another change of the same words is another one.
        sent(&mut browser, &key(&who), "add_interview", &fields).await.ok();
        assert_eq!(interviews(&ann, &id).await, 2);
    }
}

story! {
    async fn of_a_change_sent_many_times_at_once_one_is_made(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let (who, id) = (id_of(&mut browser).await, application(&ann).await);
        let key = key(&who);
        let calls = (0..8).map(|_| {
            let (mut browser, key, id) = (browser.clone(), key.clone(), id.clone());
            async move {
                let fields = [("id", id.as_str()), ("kind", "phone"), ("starts_at", "2027-03-10T13:00")];
                sent(&mut browser, &key, "add_interview", &fields).await.status
            }
        });
        // One that came while another was made is sent again later.
        for status in futures_util::future::join_all(calls).await {
            assert!([200, 503].contains(&status), "{status}");
        }
        assert_eq!(interviews(&ann, &id).await, 1);
    }
}

story! {
    async fn a_change_that_was_refused_can_be_sent_again(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let (who, id) = (id_of(&mut browser).await, application(&ann).await);
        let path = format!("/api/v1/applications/{id}");
        ann.put(&path, json!({ "status": "applied", "notes": "from the laptop" })).await.ok();
        let key = key(&who);

        // Both sides: what was sent is known, what is there is told.
        let answer = sent(&mut browser, &key, "save_notes", &[("id", &id), ("notes", "from the train"), ("version", "1")]).await;
        assert_eq!(answer.status, 409);
        let now: Value = serde_json::from_str(answer.json()["Changed"].as_str().expect("the other side")).expect("JSON");
        assert_eq!(now["notes"], "from the laptop");
        assert_eq!(ann.get(&path).await.ok()["notes"], "from the laptop");

        // The person decides for their own.
        let version = now["version"].to_string();
        sent(&mut browser, &key, "save_notes", &[("id", &id), ("notes", "from the train"), ("version", &version)]).await.ok();
        assert_eq!(ann.get(&path).await.ok()["notes"], "from the train");
    }
}

story! {
    async fn a_conflict_tells_programs_how_it_is_now(app: TestApp) {
        let ann = app.person("ann").await;
        let id = application(&ann).await;
        let path = format!("/api/v1/applications/{id}");
        ann.put(&path, json!({ "status": "applied", "notes": "newer" })).await.ok();
        let refused = ann.put(&path, json!({ "status": "offer", "notes": "mine", "version": 1 })).await.status(409).json();
        assert_eq!((&refused["error_code"], &refused["current"]["notes"]), (&json!("conflict"), &json!("newer")));
        assert_eq!(refused["current"]["version"], ann.get(&path).await.ok()["version"]);

        let task = ann.post("/api/v1/tasks", json!({ "title": "Call" })).await.created();
        let path = format!("/api/v1/tasks/{}", task.id());
        ann.put(&path, json!({ "title": "Call Ms Weber", "version": 1 })).await.ok();
        let refused = ann.put(&path, json!({ "title": "Write", "version": 1 })).await.status(409).json();
        assert_eq!(refused["current"]["title"], "Call Ms Weber");
    }
}

story! {
    async fn a_key_is_its_persons(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let mut hers = ann.browser().await;
        let mut his = bob.browser().await;
        let who = id_of(&mut hers).await;
        let id = application(&ann).await;
        let theirs = application(&bob).await;
        // What ann left on a device that bob uses now is not sent in his name.
        let answer = sent(&mut his, &key(&who), "save_notes", &[("id", &theirs), ("notes", "hers")]).await;
        answer.refused(403, "forbidden");
        // A key that she used says nothing about what he does.
        let same = key(&who);
        sent(&mut hers, &same, "save_notes", &[("id", &id), ("notes", "hers")]).await.ok();
        let random = same.split_once('.').expect("two parts").1;
        let own = format!("{}.{random}", id_of(&mut his).await);
        let done = sent(&mut his, &own, "save_notes", &[("id", &theirs), ("notes", "his")]).await.ok();
        assert_eq!(done["count"], 1);
        for odd in ["", "x", "x.y", &who, &format!("{who}."), &format!("{who}.x"), &"9".repeat(5_000)] {
            sent(&mut hers, odd, "save_notes", &[("id", &id), ("notes", "odd")]).await.refused(400, "malformed");
        }
        let mut nobody = Browser::new(&app.address);
        assert_eq!(sent(&mut nobody, &key(&who), "save_notes", &[("id", &id), ("notes", "x")]).await.status, 401);
    }
}

/// The names in the worker's list of changes that can wait, and what it answers for them.
fn worker() -> (Vec<String>, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/offline/changes.js");
    let script = std::fs::read_to_string(path).expect("the worker's script");
    let (_, list) = script.split_once("new Set([").expect("the list");
    let (list, rest) = list.split_once("]);").expect("its end");
    let names = list.split(',').map(|name| name.trim().trim_matches('"').to_owned()).filter(|name| !name.is_empty());
    let answer = rest.split_once("const DONE = '").expect("the answer").1.split_once('\'').expect("its end").0;
    (names.collect(), answer.to_owned())
}

#[test]
fn what_the_worker_answers_for_a_change_that_waits_is_what_its_function_answers() {
    let (names, answer) = worker();
    assert!(names.len() > 20, "{names:?}");
    let done: Done = serde_json::from_str(&answer).expect("what was done");
    assert_eq!(done, Done { bundle: None, count: 1 });
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    for name in names {
        let begins = format!("pub async fn {name}(");
        let declared = sources
            .iter()
            .filter_map(|text| text.split_once(&begins))
            .find(|(before, _)| before.trim_end().ends_with("#[server]"));
        let (_, rest) = declared.unwrap_or_else(|| panic!("{name} is no server function"));
        let head = rest.split_once('{').expect("a body").0;
        assert!(head.contains("-> Result<Done>"), "{name} answers something else: {head}");
    }
}

fn sources(dir: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(
            |path| {
                if path.is_dir() { sources(&path) } else { vec![std::fs::read_to_string(&path).unwrap_or_default()] }
            },
        )
        .collect()
}

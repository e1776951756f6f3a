//! Somebody else's id gets exactly what an id gets that nobody has, at every door; and nothing of theirs changes.

use crate::support::{multipart, postings, server_functions as functions, *};
use career_copilot::{db, ids::UserId, on};
use functions::Takes;
use reqwest::Method;
use std::{collections::BTreeSet, fs, path::Path};

/// Ids of one person's rows.
struct Own {
    job: String,
    /// A job in the bin.
    deleted: String,
    application: String,
    alert: String,
    import: String,
    session: String,
    account: String,
    token: String,
    export: String,
    passkey: String,
}

/// A row that stands for a passkey; tests/passkeys.rs has real ones.
async fn passkey(app: &TestApp, person: &Person) -> String {
    let (id, now) = (uuid::Uuid::now_v7(), db::now());
    let who: UserId = person.id.parse().expect("an id");
    on!(app.state.db.write, |c| sqlx::query(
        "INSERT INTO passkeys (id, user_id, credential_id, credential, name, created_at) VALUES ($1, $2, $3, '{}', 'Phone', $4)"
    )
    .bind(id)
    .bind(who)
    .bind(id.to_string())
    .bind(now)
    .execute(c)
    .await
    .map(|_| ()))
    .expect("a passkey");
    id.to_string()
}

impl Own {
    async fn of(app: &TestApp, person: &Person) -> Self {
        person.profile(postings::fitting_profile()).await;
        let job = person.job(postings::fitting()).await;
        let deleted = person.job(postings::titled("Deleted")).await;
        person.delete(&format!("/api/v1/jobs/{deleted}")).await.done();
        let applied = person.job(postings::baker()).await;
        let application =
            person.post("/api/v1/applications", json!({ "job_id": applied, "notes": "secret" })).await.created().id();
        let alert = person.get("/api/v1/alerts").await.ok()["items"][0].id();
        let import =
            multipart::read_id(&mut person.browser().await, &[("text", &postings::greenhouse().to_string())], None)
                .await;
        let session = person.browser().await.call("load_account", &[]).await.ok()["sessions"][0].id();
        let token =
            person.post("/api/v1/auth/tokens", json!({ "name": "Backup", "scopes": ["read"] })).await.created().id();
        let export = crate::privacy::exported(person).await;
        Own {
            job,
            deleted,
            application,
            alert,
            import,
            session,
            account: person.id.clone(),
            token,
            export,
            passkey: passkey(app, person).await,
        }
    }

    /// Ids that nobody has.
    fn nobodys() -> Self {
        let id = || uuid::Uuid::now_v7().to_string();
        Own {
            job: id(),
            deleted: id(),
            application: id(),
            alert: id(),
            import: id(),
            session: id(),
            account: id(),
            token: id(),
            export: id(),
            passkey: id(),
        }
    }

    fn of_kind(&self, takes: Takes) -> Vec<&str> {
        match takes {
            Takes::Nothing => Vec::new(),
            Takes::Job => vec![&self.job, &self.deleted],
            Takes::Application => vec![&self.application],
            Takes::Alert => vec![&self.alert],
            Takes::Import => vec![&self.import],
            Takes::Session => vec![&self.session],
            Takes::Account => vec![&self.account],
            Takes::Token => vec![&self.token],
            Takes::Export => vec![&self.export],
            Takes::Passkey => vec![&self.passkey],
        }
    }
}

/// Every REST call that takes an id, in its address or in its body.
const CALLS: [(&str, &str, Takes); 14] = [
    ("GET", "/api/v1/jobs/{id}", Takes::Job),
    ("PUT", "/api/v1/jobs/{id}", Takes::Job),
    ("DELETE", "/api/v1/jobs/{id}", Takes::Job),
    ("POST", "/api/v1/jobs/{id}/restore", Takes::Job),
    ("POST", "/api/v1/applications", Takes::Job),
    ("GET", "/api/v1/applications/{id}", Takes::Application),
    ("PUT", "/api/v1/applications/{id}", Takes::Application),
    ("DELETE", "/api/v1/applications/{id}", Takes::Application),
    ("PUT", "/api/v1/alerts/{id}", Takes::Alert),
    ("DELETE", "/api/v1/auth/tokens/{id}", Takes::Token),
    ("GET", "/api/v1/account/exports/{id}", Takes::Export),
    ("GET", "/api/v1/account/exports/{id}/file", Takes::Export),
    ("DELETE", "/api/v1/account/exports/{id}", Takes::Export),
    // The id in the body is ignored: an application stays with its job.
    ("PUT", "/api/v1/applications/{id} with a job_id", Takes::Job),
];

/// A body that is in order, about the row `id` where the body names one.
fn body(method: &str, path: &str, id: &str) -> Value {
    match (method, path) {
        ("PUT", "/api/v1/jobs/{id}") => postings::titled("Taken over"),
        ("POST", "/api/v1/applications") => json!({ "job_id": id, "notes": "mine" }),
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
        "/api/v1/alerts",
        "/api/v1/profile",
        "/api/v1/events?after=0",
        "/api/v1/skill-gap",
        "/api/v1/auth/tokens",
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
        for (method, path, takes) in CALLS {
            for (at, id) in hers.of_kind(takes).into_iter().enumerate() {
                let none = nobodys.of_kind(takes)[at];
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
                    Answer::of(bob.request(verb, &path.replace("{id}", id)).json(&body(method, path, id))).await
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
        for function in &functions::ALL {
            for (at, id) in hers.of_kind(function.takes).into_iter().enumerate() {
                let none = nobodys.of_kind(function.takes)[at];
                let answer = browser.call(function.name, &function.with(id)).await;
                let other = browser.call(function.name, &function.with(none)).await;
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
            ann.signed_in(&app).await.call(function.name, &function.with(id)).await.ok();
        }
    }
}

story! {
    async fn on_pages(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (hers, nobodys) = (Own::of(&app, &ann).await, Own::nobodys());
        let mut browser = bob.browser().await;
        for page in ["/jobs/{job}", "/jobs/{job}/edit", "/jobs/import?read={import}"] {
            let mut seen = Vec::new();
            for own in [&hers, &nobodys] {
                let answer = browser.open(&page.replace("{job}", &own.job).replace("{import}", &own.import)).await;
                let policy = answer.header("content-security-policy").expect("a policy").to_owned();
                let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
                for secret in ["Crumb Systems", "Senior Data Engineer"] {
                    assert!(!answer.text.contains(secret), "{page}");
                }
                seen.push((answer.status, answer.text.replace(&nonce, "NONCE").replace(&own.job, "ID").replace(&own.import, "ID")));
            }
            assert_eq!(seen[0], seen[1], "{page}");
        }
    }
}

story! {
    async fn what_is_no_id_at_all_answers_like_one_nobody_has(app: TestApp) {
        let bob = app.person("bob").await;
        for (method, path, _) in CALLS.iter().filter(|(_, path, _)| path.contains("{id}") && !path.contains(' ')) {
            for odd in ["1", "x", "%00", "..", "00000000-0000-0000-0000-000000000000", "' OR 1=1 --"] {
                let odd: String = if odd.starts_with('%') { odd.into() } else { url::form_urlencoded::byte_serialize(odd.as_bytes()).collect() };
                let verb: Method = method.parse().expect("a method");
                let address = path.replace("{id}", &odd.replace('+', "%20").replace("..", "%2e%2e%2e"));
                Answer::of(bob.request(verb, &address).json(&body(method, path, &odd))).await.missing();
            }
        }
    }
}

story! {
    async fn the_table_of_calls_with_ids_is_complete(app: TestApp) {
        let document = app.anybody().get("/api/v1/openapi.json").await.ok();
        let mut real = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("methods") {
                let mut names = BTreeSet::new();
                fields(&operation["requestBody"], &document, &mut names);
                let in_body = names.iter().any(|name| name == "id" || name.ends_with("_id") || name.ends_with("_ids") || name == "ids");
                if path.contains('{') && !path.contains("{provider}") && !path.contains("{purpose}") {
                    real.insert(format!("{} {path}", method.to_uppercase()));
                    if in_body {
                        real.insert(format!("{} {path} with a job_id", method.to_uppercase()));
                    }
                } else if in_body {
                    real.insert(format!("{} {path}", method.to_uppercase()));
                }
            }
        }
        let known: BTreeSet<String> = CALLS.iter().map(|(method, path, _)| format!("{method} {path}")).collect();
        assert_eq!(real, known, "CALLS must list every REST call that takes an id");
    }
}

/// The names of all fields a schema lets in.
fn fields(schema: &Value, document: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(parts) => {
            if let Some(Value::String(target)) = parts.get("$ref") {
                let pointer = target.trim_start_matches('#');
                fields(document.pointer(pointer).expect("the reference leads somewhere"), document, found);
            }
            if let Some(Value::Object(properties)) = parts.get("properties") {
                found.extend(properties.keys().cloned());
            }
            parts.values().for_each(|part| fields(part, document, found));
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, document, found)),
        _ => {}
    }
}

/// The source is the only place that tells which server function takes an id.
#[test]
fn the_table_of_server_functions_knows_every_id() {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut seen = 0;
    for file in files {
        let source = fs::read_to_string(&file).expect("a source file");
        for part in source.split("#[server").skip(1).filter(|part| part.contains("pub async fn")) {
            let Some((_, rest)) = part.split_once("pub async fn ") else { continue };
            let (name, rest) = rest.split_once('(').expect("arguments");
            let arguments = rest.split("->").next().expect("arguments");
            let takes_id = arguments.split(',').filter_map(|argument| argument.rsplit_once(':')).any(|(name, kind)| {
                let name = name.rsplit([' ', ']', '(']).next().unwrap_or_default().trim();
                name == "id"
                    || name.ends_with("_id")
                    || name == "ids"
                    || kind.contains("Id>")
                    || kind.trim().trim_end_matches([')', ' ', '\n']).ends_with("Id")
            });
            // `#[server(default)]` before an argument splits a function in two; its name was seen with the first part.
            if let Some(function) = functions::ALL.iter().find(|function| function.name == name.trim()) {
                seen += 1;
                assert_eq!(function.takes != Takes::Nothing, takes_id || name == "save_job", "{name}");
            }
        }
    }
    assert!(seen >= functions::ALL.len() - 1, "only {seen} were found in the source");
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            collect(&entry.path(), files);
        } else if entry.path().extension().is_some_and(|kind| kind == "rs") {
            files.push(entry.path());
        }
    }
}

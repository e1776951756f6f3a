//! Somebody else's id gets exactly what an id gets that nobody has, at every door; and nothing of theirs changes.

use crate::support::{multipart, postings, server_functions as functions, *};
use career_copilot::{db, ids::UserId, on, push};
use functions::Takes;
use reqwest::Method;
use std::{collections::BTreeSet, fs, path::Path};

/// Ids of one person's rows.
struct Own {
    job: String,
    /// A job in the bin.
    deleted: String,
    application: String,
    step: String,
    bundle: String,
    view: String,
    interview: String,
    contact: String,
    document: String,
    alert: String,
    import: String,
    transfer: String,
    session: String,
    account: String,
    token: String,
    export: String,
    passkey: String,
    task: String,
    search: String,
    talk: String,
    letter: String,
    device: String,
    /// One that shows what `job` was made of, too.
    posting: String,
    hidden: String,
    briefing: String,
    source: String,
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

/// A row that stands for a browser that shows messages; tests/push.rs has some that can be reached.
async fn device(app: &TestApp, person: &Person, session: &str) -> String {
    let who: UserId = person.id.parse().expect("an id");
    let new = push::store::New {
        session: session.parse().expect("an id"),
        endpoint_hash: session,
        sealed: "",
        label: "Phone",
    };
    let mut tx = app.state.db.begin().await.expect("a transaction");
    push::store::add(&mut tx, who, &new, db::now()).await.expect("a device");
    tx.commit().await.expect("kept");
    push::store::list(&app.state.db, who).await.expect("devices")[0].id.to_string()
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
        let mut browser = person.signed_in(app).await;
        let done = browser.call("move_application", &[("id", &application), ("stage", "interview")]).await.ok();
        let bundle = done["bundle"].as_str().expect("a bundle").to_owned();
        let step = browser.call("application_steps", &[("id", &application)]).await.ok()[1].id();
        browser.call("save_view", &[("name", "Hers"), ("query", "quiet=7")]).await.ok();
        let view = browser.call("load_tracker", &[("query[q]", "")]).await.ok()["views"][0].id();
        let path = |kind: &str| format!("/api/v1/applications/{application}/{kind}");
        let meeting =
            json!({ "type": "phone", "starts_at": "2027-03-10T13:00:00Z", "ends_at": "2027-03-10T14:00:00Z" });
        let interview = person.post(&path("interviews"), meeting).await.created().id();
        let contact = person.post("/api/v1/contacts", json!({ "name": "Ada Berg" })).await.created().id();
        person.put(&path(&format!("contacts/{contact}")), json!({})).await.done();
        let document = person.post(&path("documents"), json!({ "name": "Resume" })).await.created().id();
        let alert = person.get("/api/v1/alerts").await.ok()["items"][0].id();
        let import = multipart::read_id(
            &mut person.signed_in(app).await,
            &[("text", &postings::greenhouse().to_string())],
            None,
        )
        .await;
        let transfer =
            crate::transfer::read_id(&mut person.signed_in(app).await, "Company,Title\nAcme Mills,Miller").await;
        let session = person.signed_in(app).await.call("load_account", &[]).await.ok()["sessions"][0].id();
        let token =
            person.post("/api/v1/auth/tokens", json!({ "name": "Backup", "scopes": ["read"] })).await.created().id();
        let search =
            person.post("/api/v1/searches", json!({ "criteria": { "titles": ["Secret"] } })).await.created().id();
        let task = person.post("/api/v1/tasks", json!({ "title": "Secret" })).await.created().id();
        person.put(&format!("/api/v1/applications/{application}/offer"), json!({ "notes": "secret" })).await.ok();
        let said = json!({ "by": "they", "note": "secret" });
        let talk = person.post(&format!("/api/v1/applications/{application}/salary-talk"), said).await.created().id();
        crate::letters::applied(person).await;
        let mut reading = person.signed_in(app).await;
        crate::letters::read(&mut reading, "mail.eml", &crate::letters::passed_on(&person.id)).await;
        let letter = reading.call("load_letters", &[]).await.ok()["asked"][0].id();
        let feed = format!("https://{}.example.invalid/feed", person.id);
        let source = person.post("/api/v1/sources", json!({ "what": feed })).await.created()["source"]["id"]
            .as_str()
            .expect("an id")
            .to_owned();
        let export = crate::privacy::exported(person).await;
        let posting = crate::postings::shown_twice(app, &job).await.to_string();
        Own {
            job,
            deleted,
            application,
            step,
            bundle,
            view,
            interview,
            contact,
            document,
            alert,
            import,
            transfer,
            account: person.id.clone(),
            token,
            export,
            passkey: passkey(app, person).await,
            task,
            search,
            talk,
            letter,
            posting,
            device: device(app, person, &session).await,
            hidden: person.post("/api/v1/hidden-companies", json!({ "company": "Bread AG" })).await.ok().id(),
            briefing: person.post("/api/v1/briefings", json!({ "kind": "morning" })).await.ok().id(),
            source,
            session,
        }
    }

    /// Ids that nobody has.
    fn nobodys() -> Self {
        let id = || uuid::Uuid::now_v7().to_string();
        Own {
            job: id(),
            deleted: id(),
            application: id(),
            step: id(),
            bundle: id(),
            view: id(),
            interview: id(),
            contact: id(),
            document: id(),
            alert: id(),
            import: id(),
            transfer: id(),
            session: id(),
            account: id(),
            token: id(),
            export: id(),
            passkey: id(),
            task: id(),
            search: id(),
            talk: id(),
            letter: id(),
            posting: id(),
            device: id(),
            hidden: id(),
            briefing: id(),
            source: id(),
        }
    }

    /// The fields of a call with this id.
    fn call<'a>(&'a self, function: &'a functions::Function, id: &'a str) -> Vec<(&'a str, &'a str)> {
        let mut fields = function.with(id);
        if function.name == "unlink_contact" {
            fields.push(("application_id", &self.application));
        }
        if matches!(function.name, "keep_apart" | "put_together") {
            fields.retain(|(name, _)| *name != "posting");
            fields.push(("posting", &self.posting));
        }
        if function.name == "agree_to_letter" {
            fields.push(("application", &self.application));
        }
        fields
    }

    fn of_kind(&self, takes: Takes) -> Vec<&str> {
        match takes {
            Takes::Nothing => Vec::new(),
            Takes::Job => vec![&self.job, &self.deleted],
            Takes::Application => vec![&self.application],
            Takes::Step => vec![&self.step],
            Takes::Bundle => vec![&self.bundle],
            Takes::View => vec![&self.view],
            Takes::Interview => vec![&self.interview],
            Takes::Contact => vec![&self.contact],
            Takes::Document => vec![&self.document],
            Takes::Alert => vec![&self.alert],
            Takes::Import => vec![&self.import],
            Takes::Transfer => vec![&self.transfer],
            Takes::Session => vec![&self.session],
            Takes::Account => vec![&self.account],
            Takes::Token => vec![&self.token],
            Takes::Export => vec![&self.export],
            Takes::Passkey => vec![&self.passkey],
            Takes::Task => vec![&self.task],
            Takes::Search => vec![&self.search],
            Takes::Talk => vec![&self.talk],
            Takes::Letter => vec![&self.letter],
            Takes::Device => vec![&self.device],
            Takes::HiddenCompany => vec![&self.hidden],
            Takes::Briefing => vec![&self.briefing],
            Takes::Source => vec![&self.source],
        }
    }
}

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
                // Texts that hold ids.
                let in_text =
                    ["save_job", "save_search", "move_chosen", "remove_chosen", "add_contact"].contains(&name);
                assert_eq!(function.takes != Takes::Nothing, takes_id || in_text, "{name}");
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

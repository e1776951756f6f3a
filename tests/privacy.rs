//! A person's data is theirs: taken along whole, taken in again, erased without a trace.

use crate::support::{postings, *};
use career_copilot::{db::Db, on, profile::picture};
use reqwest::Method;
use std::io::{Cursor, Read};

mod erasing;
mod export;

/// Asks for an export and waits until it is there; answers with its id.
pub async fn exported(ann: &Person) -> String {
    let id = Answer::of(ann.request(Method::POST, "/api/v1/account/exports")).await.status(202).json().id();
    for _ in 0..300 {
        let export = ann.get(&format!("/api/v1/account/exports/{id}")).await.ok();
        match export["state"].as_str() {
            Some("ready") => return id,
            Some("failed") => panic!("{export}"),
            _ => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
        }
    }
    panic!("the export is never made");
}

/// The bytes of a ready export.
pub async fn fetched(ann: &Person, id: &str) -> Vec<u8> {
    let answer =
        ann.request(Method::GET, &format!("/api/v1/account/exports/{id}/file")).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    let wanted: usize = answer.headers()["content-length"].to_str().expect("text").parse().expect("a number");
    let bytes = answer.bytes().await.expect("a body").to_vec();
    assert_eq!(bytes.len(), wanted);
    bytes
}

pub fn unpacked(bytes: &[u8], name: &str) -> Value {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).unwrap_or_else(|_| panic!("{name}")).read_to_string(&mut text).expect("text");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

async fn take_in(person: &Person, bytes: Vec<u8>) -> Answer {
    Answer::of(person.request(Method::POST, "/api/v1/account/restore").body(bytes)).await
}

/// Someone with something of everything.
pub async fn settled(app: &TestApp, name: &str) -> Person {
    let ann = app.person(name).await;
    ann.profile(postings::fitting_profile()).await;
    let fitting = ann.job(postings::fitting()).await;
    let said =
        json!({ "verdict": "down", "reason": "other", "note": "They bake at night", "list": "today", "position": 1 });
    ann.post(&format!("/api/v1/jobs/{fitting}/feedback"), said).await.ok();
    ann.post("/api/v1/hidden-companies", json!({ "company": "Bread AG" })).await.ok();
    let applied = ann.job(postings::baker()).await;
    let twice = ann.job(postings::baker()).await;
    let binned = ann.job(postings::titled("Binned")).await;
    let application = ann
        .post("/api/v1/applications", json!({ "job_id": applied, "notes": "Ask for Ms O’Neill" }))
        .await
        .created()
        .id();
    ann.put(&format!("/api/v1/applications/{application}"), json!({ "status": "interview", "notes": "On Thursday" }))
        .await
        .ok();
    let of = |kind: &str| format!("/api/v1/applications/{application}/{kind}");
    let meeting = json!({ "round": 2, "type": "panel", "starts_at": "2027-03-10T13:00:00Z", "ends_at": "2027-03-10T14:00:00Z", "people": ["Ada"], "preparation": "Read their report", "notes": "Went well" });
    ann.post(&of("interviews"), meeting).await.created();
    ann.post(&of("documents"), json!({ "name": "Letter", "type": "cover_letter", "note": "The short one" }))
        .await
        .created();
    for name in ["Ada Berg", "Bert Öz"] {
        let contact =
            ann.post("/api/v1/contacts", json!({ "name": name, "notes": "From the fair" })).await.created().id();
        ann.put(&of(&format!("contacts/{contact}")), json!({})).await.done();
    }
    ann.post("/api/v1/applications", json!({ "job_id": twice, "status": "interested" })).await.created();
    let about = json!({ "title": "Ask about nights", "application_id": application, "due_at": "2099-01-31T09:00:00Z", "repeat": "monthly", "remind": "day" });
    ann.post("/api/v1/tasks", about).await.created();
    ann.post("/api/v1/tasks", json!({ "title": "Buy stamps", "notes": "Ten" })).await.created();
    let offer = json!({ "base": { "amount": 4_000, "currency": "EUR", "period": "month" }, "benefits": [{ "name": "Bread" }], "decide_by": "2099-01-31" });
    ann.put(&format!("/api/v1/applications/{application}/offer"), offer).await.ok();
    let said = json!({ "by": "they", "pay": { "amount": 3_900, "currency": "EUR", "period": "month" }, "note": "To begin with" });
    ann.post(&format!("/api/v1/applications/{application}/salary-talk"), said).await.created();
    ann.delete(&format!("/api/v1/jobs/{binned}")).await.done();
    let pay = json!({ "amount": 50_000, "currency": "EUR", "period": "year" });
    let wanted =
        json!({ "name": "By night", "criteria": { "titles": ["Baker"], "skills": ["Python"], "least_pay": pay } });
    ann.post("/api/v1/searches", wanted).await.created();
    let image = picture::image::Image::read(provider::PICTURE.to_vec()).expect("a picture");
    let mut tx = app.state.db.begin().await.expect("a transaction");
    picture::store::insert(&app.state, &mut tx, ann.id.parse().expect("an id"), &image).await.expect("it is kept");
    tx.commit().await.expect("kept");
    ann.browser().await;
    ann
}

/// Without what differs between two accounts: ids, and times of their own.
fn plain(value: &Value, ids: &mut Vec<String>) -> Value {
    match value {
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "made_at"))
                .map(|(name, value)| {
                    let value = match (name.as_str(), value) {
                        ("id" | "job_id" | "application_id", Value::String(id)) => {
                            let at = ids.iter().position(|known| known == id).unwrap_or_else(|| {
                                ids.push(id.clone());
                                ids.len() - 1
                            });
                            json!(at)
                        }
                        (_, value) => plain(value, ids),
                    };
                    (name.clone(), value)
                })
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(|item| plain(item, ids)).collect()),
        other => other.clone(),
    }
}

story! {
    async fn agreeing_is_remembered_by_version(app: TestApp) {
        let ann = app.person("ann").await;
        let of = |list: &Value, purpose: &str| list.as_array().expect("a list").iter().find(|one| one["purpose"] == purpose).expect("it").clone();
        let list = ann.get("/api/v1/account/consents").await.ok();
        assert_eq!((of(&list, "terms")["given"].as_bool(), of(&list, "ai")["given"].as_bool()), (Some(true), Some(false)));
        let list = ann.put("/api/v1/account/consents/ai", json!({ "given": true })).await.ok();
        assert_eq!(of(&list, "ai")["given"], true);
        let list = ann.put("/api/v1/account/consents/ai", json!({ "given": false })).await.ok();
        assert_eq!(of(&list, "ai")["given"], false);
        ann.put("/api/v1/account/consents/terms", json!({ "given": false })).await.invalid("given");
        ann.put("/api/v1/account/consents/everything", json!({ "given": true })).await.invalid("purpose");
        // An agreement to an older text is none to the text of now.
        on!(app.state.db.write, |c| sqlx::query("UPDATE consents SET version = '2020-01-01' WHERE purpose = 'terms'").execute(c).await.map(|_| ())).expect("long ago");
        let list = ann.get("/api/v1/account/consents").await.ok();
        assert_eq!((of(&list, "terms")["given"].as_bool(), of(&list, "terms")["answered_version"].as_str()), (Some(false), Some("2020-01-01")));
        let mut browser = ann.browser().await;
        assert!(browser.open("/account/data").await.page().contains("The text has changed"));
        browser.call("set_consent", &[("purpose", "terms"), ("given", "true")]).await.ok();
        assert_eq!(of(&ann.get("/api/v1/account/consents").await.ok(), "terms")["given"], true);
        let said: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM consents").fetch_one(c).await).expect("a count");
        assert_eq!(said, 4, "every word is kept");
    }
}

/// Everything the database holds, as text.
pub async fn contents(db: &Db) -> String {
    let tables: Vec<String> = match db.engine() {
        "sqlite" => on!(db.read, |c| sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'")
            .fetch_all(c)
            .await),
        _ => on!(db.read, |c| sqlx::query_scalar(
            "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'"
        )
        .fetch_all(c)
        .await),
    }
    .expect("tables");
    assert!(tables.len() > 20, "{tables:?}");
    let mut all = String::new();
    for table in tables {
        let columns: Vec<String> = match db.engine() {
            "sqlite" => on!(db.read, |c| sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
                .bind(&table)
                .fetch_all(c)
                .await),
            _ => on!(db.read, |c| sqlx::query_scalar(
                "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_name = $1"
            )
            .bind(&table)
            .fetch_all(c)
            .await),
        }
        .expect("columns");
        for column in columns {
            let rows: Vec<Option<String>> = on!(db.read, |c| {
                // Ids and sealed bytes as hex.
                let mut query = sqlx::QueryBuilder::new("SELECT CAST(");
                query.push(if db.engine() == "sqlite" { "iif(typeof(" } else { "(" });
                if db.engine() == "sqlite" {
                    query.push(&column).push(") = 'blob', lower(hex(").push(&column).push(")), ");
                }
                query.push(&column).push(") AS TEXT) FROM ").push(&table);
                query.build_query_scalar().fetch_all(c).await
            })
            .unwrap_or_else(|error| panic!("{table}.{column}: {error}"));
            rows.into_iter().flatten().for_each(|text| all += &format!("{table}.{column}: {text}\n"));
        }
    }
    all
}

/// Lines that mention any of these.
fn mentions<'a>(all: &'a str, words: &[&str]) -> Vec<&'a str> {
    all.lines().filter(|line| words.iter().any(|word| line.to_lowercase().contains(&word.to_lowercase()))).collect()
}

story! {
    async fn a_stolen_database_shows_neither_salary_nor_notes(app: TestApp) {
        let ann = app.person("ann").await;
        let target = json!({ "amount": 873_219_451, "currency": "EUR", "period": "year" });
        ann.profile(json!({ "name": "Ann", "skills": ["Python"], "salary_target": target })).await;
        let job = ann.job(postings::baker()).await;
        let application = ann.post("/api/v1/applications", json!({ "job_id": job, "notes": "My canary notes" })).await.created().id();
        let path = format!("/api/v1/applications/{application}");
        ann.put(&path, json!({ "status": "offer", "notes": "They offered canary money" })).await.ok();
        ann.post("/api/v1/searches", json!({ "criteria": { "titles": ["Baker"], "least_pay": target } })).await.created();
        let secrets = ["canary", "873219451", "873_219_451"];
        let shown = async || mentions(&contents(&app.state.db).await, &secrets).into_iter().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(shown().await, Vec::<String>::new());
        let check = async || {
            assert_eq!(ann.get(&path).await.ok()["notes"], "They offered canary money");
            assert_eq!(ann.get("/api/v1/applications").await.ok()["items"][0]["notes"], "They offered canary money");
            assert_eq!(ann.get("/api/v1/profile").await.ok()["salary_target"], target);
            assert!(ann.browser().await.call("load_application", &[("id", &application)]).await.ok().to_string().contains("canary money"));
        };
        check().await;
        // As older versions left it: it is read, and sealed at the next start.
        on!(app.state.db.write, |c| sqlx::query("UPDATE applications SET notes = 'They offered canary money', notes_sealed = NULL").execute(c).await.map(|_| ())).expect("older");
        on!(app.state.db.write, |c| sqlx::query("UPDATE profiles SET salary_amount = 873219451, salary_currency = 'EUR', salary_period = 'year', salary_sealed = NULL").execute(c).await.map(|_| ())).expect("older");
        check().await;
        assert_eq!(shown().await.len(), 2);
        career_copilot::server::seal_old(&app.state).await.expect("it is sealed");
        assert_eq!(shown().await, Vec::<String>::new());
        check().await;
        // Somebody else's sealed value does not open in her place.
        let bob = app.person("bob").await;
        let other = bob.job(postings::baker()).await;
        bob.post("/api/v1/applications", json!({ "job_id": other, "notes": "His own" })).await.created();
        on!(app.state.db.write, |c| sqlx::query(
            "UPDATE applications SET notes_sealed = (SELECT notes_sealed FROM applications ORDER BY created_at DESC LIMIT 1)"
        ).execute(c).await.map(|_| ())).expect("swapped");
        assert_eq!(ann.get(&path).await.status, 500);
    }
}

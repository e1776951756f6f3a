//! A person's data is theirs: taken along whole, taken in again, erased without a trace.

use crate::support::{multipart, postings, *};
use career_copilot::{db::Db, on, privacy, profile::picture, retention};
use reqwest::Method;
use std::io::{Cursor, Read};

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
    async fn mail_and_views_come_back_too(app: TestApp) {
        use crate::letters;
        let ann = app.person("ann").await;
        letters::applied(&ann).await;
        let mut browser = ann.browser().await;
        letters::read(&mut browser, "mail.eml", &letters::passed_on("7")).await;
        browser.call("save_view", &[("name", "Quiet ones"), ("query", "quiet=14")]).await.ok();
        let bytes = fetched(&ann, &exported(&ann).await).await;
        assert_eq!(unpacked(&bytes, "letters.json")[0]["state"], "asked");

        let bob = app.person("bob").await;
        let mut his = bob.browser().await;
        his.call("save_view", &[("name", "quiet ones"), ("query", "quiet=3")]).await.ok();
        let restored = take_in(&bob, bytes.clone()).await.ok();
        assert_eq!((&restored["applications"], &restored["rejected"]), (&json!(1), &json!([])));
        let again = fetched(&bob, &exported(&bob).await).await;
        let (mut one, mut other) = (Vec::new(), Vec::new());
        for name in ["applications.json", "letters.json"] {
            assert_eq!(plain(&unpacked(&bytes, name), &mut one), plain(&unpacked(&again, name), &mut other), "{name}");
        }
        assert_eq!(unpacked(&again, "views.json")[0]["query"], "quiet=3", "what is here stays as it is");
        // It is known again, and can be agreed to.
        letters::read(&mut his, "mail.eml", &letters::passed_on("7")).await;
        let asked = his.call("load_letters", &[]).await.ok()["asked"].clone();
        assert_eq!(asked.as_array().map(Vec::len), Some(1));
        his.call("agree_to_letter", &[("id", &asked[0].id())]).await.ok();
        let rejected = bob.get("/api/v1/applications").await.ok();
        assert_eq!(rejected["items"][0]["status"], "rejected");
    }
}

story! {
    async fn an_export_is_everything_and_comes_back_whole(app: TestApp) {
        let ann = settled(&app, "ann").await;
        let id = exported(&ann).await;
        let bytes = fetched(&ann, &id).await;
        assert_eq!(unpacked(&bytes, "manifest.json")["format"], "career-copilot-export");
        let account = unpacked(&bytes, "account.json");
        assert_eq!((account["email"].as_str(), account["has_password"].as_bool()), (Some("ann@example.org"), Some(true)));
        assert_eq!(account["consents"][0]["purpose"], "terms");
        assert_eq!(unpacked(&bytes, "jobs.json").as_array().map(Vec::len), Some(4));
        assert_eq!(unpacked(&bytes, "applications.json")[0]["steps"].as_array().map(Vec::len), Some(2));
        assert!(unpacked(&bytes, "alerts.json")[0]["score"].as_u64().is_some_and(|score| score > 50));
        assert!(unpacked(&bytes, "activity.json").as_array().is_some_and(|events| events.len() > 5));
        assert!(unpacked(&bytes, "account-log.json").to_string().contains("export.asked"));
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes.clone())).expect("a zip");
        let mut all = Vec::new();
        for n in 0..zip.len() {
            zip.by_index(n).expect("a file").read_to_end(&mut all).expect("its bytes");
        }
        let all = String::from_utf8_lossy(&all);
        let hash: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT password_hash FROM users").fetch_one(c).await).expect("a hash");
        assert!(!all.contains(&hash) && !all.contains("?token="), "no secret is in it");

        // Somebody else, who has nothing, takes it in and has the same.
        let bob = app.person("bob").await;
        let restored = take_in(&bob, bytes.clone()).await.ok();
        assert_eq!(restored, json!({ "jobs": 4, "jobs_known": 0, "applications": 2, "applications_known": 0, "profile": true, "rejected": [] }));
        let again = fetched(&bob, &exported(&bob).await).await;
        let (mut hers, mut his) = (Vec::new(), Vec::new());
        for name in [
            "jobs.json", "contacts.json", "applications.json", "alerts.json", "tasks.json", "offers.json", "salary-talk.json",
            "feedback.json", "hidden-companies.json",
        ] {
            assert_eq!(plain(&unpacked(&bytes, name), &mut hers), plain(&unpacked(&again, name), &mut his), "{name}");
        }
        let (mut profile, mut own) = (unpacked(&bytes, "profile.json"), unpacked(&again, "profile.json"));
        for side in [&mut profile, &mut own] {
            side.as_object_mut().expect("an object").remove("name");
        }
        assert_eq!(profile, own);
        let searches = |bytes: &[u8]| unpacked(bytes, "searches.json")[0]["criteria"].clone();
        assert_eq!(searches(&bytes)["least_pay"]["amount"], 50_000);
        assert_eq!(searches(&bytes), searches(&again));
        assert!(bob.get("/api/v1/profile/picture").await.status(200).text.starts_with("GIF89a"));
        assert_eq!(hers.len(), his.len());
        // A second time nothing is added, and nothing is changed.
        let restored = take_in(&bob, bytes.clone()).await.ok();
        assert_eq!(restored["jobs"], 0);
        assert_eq!(restored["applications"], 0);
        assert_eq!(restored["profile"], false);
        assert_eq!(bob.get("/api/v1/searches").await.ok()["total"], 1);
        assert_eq!(bob.get("/api/v1/jobs?status=all").await.ok()["total"], 3);
        let third = fetched(&bob, &exported(&bob).await).await;
        // What was thrown away here since then stays away.
        let jobs = bob.get("/api/v1/jobs?status=all").await.ok();
        for job in jobs["items"].as_array().expect("jobs") {
            bob.delete(&format!("/api/v1/jobs/{}", job.id())).await.done();
        }
        assert_eq!(take_in(&bob, bytes.clone()).await.ok()["jobs"], 0);
        assert_eq!(bob.get("/api/v1/jobs?status=all").await.ok()["total"], 0);
        assert_eq!(unpacked(&third, "jobs.json"), unpacked(&again, "jobs.json"));
        for name in ["applications.json", "tasks.json", "offers.json", "salary-talk.json", "feedback.json", "hidden-companies.json"] {
            assert_eq!(unpacked(&third, name), unpacked(&again, name), "{name}");
        }
    }
}

story! {
    async fn an_export_is_sealed_kept_a_week_and_one_at_a_time(app: TestApp) {
        let ann = settled(&app, "ann").await;
        let id = exported(&ann).await;
        let parts: Vec<Vec<u8>> =
            on!(app.state.db.read, |c| sqlx::query_scalar("SELECT content FROM export_parts").fetch_all(c).await).expect("parts");
        assert!(parts.iter().all(|part| !part.starts_with(b"PK") && !part.windows(13).any(|words| words == b"manifest.json")));
        let path = format!("/api/v1/account/exports/{id}");
        for page in ["/account/data", "/account"] {
            ann.browser().await.open(page).await.page();
        }
        // Four are never kept.
        for _ in 0..3 {
            exported(&ann).await;
        }
        assert_eq!(ann.get("/api/v1/account/exports").await.ok().as_array().map(Vec::len), Some(3));
        ann.get(&path).await.missing();
        let kept = ann.get("/api/v1/account/exports").await.ok()[0].id();
        let over = career_copilot::db::now() - chrono::Duration::days(retention::EXPORT_DAYS + 1);
        on!(app.state.db.write, |c| sqlx::query("UPDATE exports SET ended_at = $1").bind(over).execute(c).await.map(|_| ())).expect("time passes");
        privacy::export::store::purge(&app.state.db).await.expect("it is cleared");
        ann.get(&format!("/api/v1/account/exports/{kept}/file")).await.missing();
        let left: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM export_parts").fetch_one(c).await).expect("a count");
        assert_eq!(left, 0);
    }
}

story! {
    async fn an_export_whose_process_died_is_made_by_another(app: TestApp) {
        let ann = settled(&app, "ann").await;
        let now = career_copilot::db::now();
        let user: career_copilot::ids::UserId = ann.id.parse().expect("an id");
        // As a process that died half-way leaves it.
        on!(app.state.db.write, |c| sqlx::query(
            "INSERT INTO exports (id, user_id, state, done, total, bytes, attempts, lease_until, created_at) VALUES ($1, $2, 'running', 1, 9, 0, 1, $3, $4)"
        ).bind(uuid::Uuid::now_v7()).bind(user).bind(now - chrono::Duration::seconds(1)).bind(now).execute(c).await.map(|_| ())).expect("it died");
        ann.post("/api/v1/account/exports", json!({})).await.refused(409, "conflict");
        app.state.exporting.notify_one();
        for _ in 0..300 {
            let export = ann.get("/api/v1/account/exports").await.ok()[0].clone();
            if export["state"] == "ready" {
                let bytes = fetched(&ann, &export.id()).await;
                assert_eq!(unpacked(&bytes, "jobs.json").as_array().map(Vec::len), Some(4));
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("nobody takes over");
    }
}

story! {
    async fn a_token_that_somebody_made_takes_nothing_along(app: TestApp) {
        let ann = settled(&app, "ann").await;
        let made = ann.post("/api/v1/auth/tokens", json!({ "name": "Tool", "scopes": ["read", "write"] })).await.created();
        let tool = app.anybody().with_token(made["token"].as_str().expect("a token"));
        let id = exported(&ann).await;
        tool.get("/api/v1/account/exports").await.refused(403, "forbidden");
        tool.post("/api/v1/account/exports", json!({})).await.refused(403, "forbidden");
        tool.get(&format!("/api/v1/account/exports/{id}/file")).await.refused(403, "forbidden");
        tool.delete(&format!("/api/v1/account/exports/{id}")).await.refused(403, "forbidden");
        tool.post("/api/v1/account/closing", json!({ "email": ann.email, "password": ann.password })).await.refused(403, "forbidden");
        ann.delete(&format!("/api/v1/account/exports/{id}")).await.done();
        ann.get(&format!("/api/v1/account/exports/{id}/file")).await.missing();
    }
}

story! {
    async fn a_file_that_is_none_is_refused_in_words(app: TestApp) {
        let ann = app.person("ann").await;
        for nonsense in [b"".to_vec(), b"PK\x05\x06".to_vec(), b"hello".to_vec()] {
            assert!(take_in(&ann, nonsense).await.invalid("file").contains("not a zip file"));
        }
        let mut browser = ann.browser().await;
        let form = reqwest::multipart::Form::new().part("file", reqwest::multipart::Part::bytes(b"hello".to_vec()).file_name("my.zip"));
        let request = browser.own(Method::POST, "/account/data/take-in").header("accept", "text/html").multipart(form);
        assert_eq!(browser.send(request).await.redirect(), "/account/data#take-in");
        assert!(browser.open("/account/data").await.page().contains("This is not a zip file."));
        let form = reqwest::multipart::Form::new().part("file", reqwest::multipart::Part::bytes(b"PK\x03\x04".to_vec()).file_name("my.json"));
        let request = browser.own(Method::POST, "/account/data/take-in").header("accept", "text/html").multipart(form);
        browser.send(request).await.redirect();
        assert!(browser.open("/account/data").await.page().contains("The file’s name ends in .json, but what is in it is a zip archive."));
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0);
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

story! {
    async fn a_closed_account_can_be_kept_for_two_weeks(app: TestApp) {
        let root = app.person("root").await;
        let ann = settled(&app, "ann").await;
        let (mut laptop, mut phone) = (ann.browser().await, ann.browser().await);
        let mut socket = phone.live(None).await;
        let token = ann.post("/api/v1/auth/tokens", json!({ "name": "Tool", "scopes": ["read"] })).await.created();
        let tool = app.anybody().with_token(token["token"].as_str().expect("a token"));
        let close = |typed: &'static str, password: String| [("typed", typed.to_owned()), ("current_password", password)];
        let mut ask = async |typed: &'static str, password: &str| {
            let fields = close(typed, password.to_owned());
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            laptop.call("close_account", &fields).await
        };
        ask("ann", &ann.password).await.status(422);
        ask("ann@example.org", "not hers").await.status(422);
        phone.call("who_am_i", &[]).await.ok();
        ask(" Ann@Example.ORG ", &ann.password).await.ok();
        phone.call("who_am_i", &[]).await.status(401);
        assert!(socket.is_closed().await);
        tool.get("/api/v1/auth/me").await.refused(401, "refused");
        let kept = root.get("/api/v1/admin/outbox").await.ok();
        assert!(kept.to_string().contains("Your account is closed"), "{kept}");
        // Nothing is gone yet, not even after housekeeping; and it can be kept.
        retention::sweep(&app.state).await.expect("housekeeping");
        assert!(laptop.open("/account/data").await.page().contains("Keep my account"));
        laptop.call("keep_account", &[]).await.ok();
        laptop.call("keep_account", &[]).await.status(409);
        let due: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM users WHERE closing_at IS NOT NULL").fetch_one(c).await).expect("a count");
        assert_eq!(due, 0);
        let log = laptop.call("load_log", &[]).await.ok().to_string();
        assert!(log.contains("account.closing") && log.contains("account.kept"), "{log}");
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
    async fn what_is_erased_is_found_nowhere(app: TestApp) {
        let root = app.person("root").await;
        let canary = app.person("canary").await;
        // The same word wherever a person can put one.
        canary.profile(json!({ "name": "Canary Jones", "headline": "A canary among cats", "skills": ["canary keeping"], "current_role": "Canary", "target_roles": ["Canary officer"], "preferred_locations": ["Canary Wharf"] })).await;
        let job = canary.job(json!({ "company": "Canary Mills", "title": "Canary keeper", "description": "canary ".repeat(3_000), "url": "https://canary.example/job" })).await;
        let binned = canary.job(json!({ "company": "Canary Bin", "title": "Canary" })).await;
        canary.delete(&format!("/api/v1/jobs/{binned}")).await.done();
        canary.post("/api/v1/applications", json!({ "job_id": job, "notes": "My canary notes" })).await.created();
        canary.post(&format!("/api/v1/jobs/{job}/feedback"), json!({ "verdict": "down", "note": "No canary" })).await.ok();
        canary.post("/api/v1/hidden-companies", json!({ "company": "Canary Holding" })).await.ok();
        canary.post("/api/v1/tasks", json!({ "title": "Canary task", "notes": "Feed the canary" })).await.created();
        canary.post("/api/v1/auth/tokens", json!({ "name": "Canary tool", "scopes": ["read"] })).await.created();
        let mut browser = canary.browser().await;
        multipart::read_id(&mut browser, &[("text", &json!([{ "company": "Canary Import", "title": "Canary" }]).to_string())], None).await;
        crate::second_factor::all_confirmed(&app).await;
        browser.call("start_second_factor", &[("current_password", &canary.password)]).await.ok();
        browser.call("list_jobs", &[("query[q]", "canary")]).await.ok();
        browser.call("load_dashboard", &[]).await.ok();
        exported(&canary).await;
        app.anybody().post("/api/v1/auth/login", json!({ "email": canary.email, "password": "wrong" })).await.refused(401, "refused");
        let mut socket = browser.live(None).await;
        assert!(mentions(&contents(&app.state.db).await, &["canary"]).len() > 15);

        let fields = [("typed", canary.email.as_str()), ("current_password", &canary.password), ("at_once", "true")];
        browser.call("close_account", &fields).await.ok();
        assert!(socket.is_closed().await);
        browser.call("who_am_i", &[]).await.status(401);
        canary.get("/api/v1/jobs").await.refused(401, "refused");
        app.anybody().post("/api/v1/auth/login", json!({ "email": canary.email, "password": canary.password })).await.refused(401, "refused");
        let all = contents(&app.state.db).await;
        assert_eq!(mentions(&all, &["canary"]), Vec::<&str>::new());
        // Their id is in the log, which has to stay whole, and nowhere else.
        let by_id: Vec<&str> = mentions(&all, &[&canary.id, &canary.id.replace('-', "")]);
        assert!(by_id.iter().all(|line| line.starts_with("audit")), "{by_id:?}");
        career_copilot::audit::chain::verify(&app.state.db, None).await.expect("the chain is whole");
        let kept = root.get("/api/v1/admin/outbox").await.ok();
        assert!(!kept.to_string().contains("canary"), "{kept}");
        assert!(all.contains("account.erased"), "that it was erased can be shown");
        // The address is free again, and whoever takes it finds nothing.
        let again = app.person("canary").await;
        assert_eq!(again.get("/api/v1/jobs?status=all").await.ok()["total"], 0);
        // Nor in the files: on Postgres none are ours.
        for file in std::fs::read_dir(app.database.folder.path()).expect("a folder").flatten().filter(|file| file.path().is_file()) {
            let bytes = std::fs::read(file.path()).expect("bytes");
            for word in [&b"Canary Mills"[..], b"canary canary", b"A canary among cats", b"My canary notes"] {
                assert!(!bytes.windows(word.len()).any(|part| part == word), "{:?} has {:?}", file.path(), String::from_utf8_lossy(word));
            }
        }
    }
}

story! {
    async fn an_account_is_erased_when_its_time_has_come(app: TestApp) {
        let root = app.person("root").await;
        let ann = settled(&app, "ann").await;
        let answer = ann.post("/api/v1/account/closing", json!({ "email": ann.email, "password": ann.password })).await.ok();
        assert!(answer["erased_at"].is_string());
        ann.post("/api/v1/account/closing", json!({ "email": "x", "password": ann.password })).await.invalid("email");
        ann.post("/api/v1/account/closing", json!({ "email": ann.email, "password": "x" })).await.invalid("password");
        let past = career_copilot::db::now() - chrono::Duration::seconds(1);
        on!(app.state.db.write, |c| sqlx::query("UPDATE users SET closing_at = $1 WHERE closing_at IS NOT NULL").bind(past).execute(c).await.map(|_| ())).expect("two weeks pass");
        retention::sweep(&app.state).await.expect("housekeeping");
        ann.get("/api/v1/auth/me").await.refused(401, "refused");
        assert_eq!(mentions(&contents(&app.state.db).await, &["ann@example.org", "Crumb Systems"]), Vec::<&str>::new());
        root.get("/api/v1/auth/me").await.ok();
    }
}

story! {
    async fn the_only_administrator_stays_while_others_are_here(app: TestApp) {
        let (root, ann) = (app.person("root").await, app.person("ann").await);
        let close = |person: &Person| json!({ "email": person.email, "password": person.password, "at_once": true });
        let said = root.post("/api/v1/account/closing", close(&root)).await.refused(409, "conflict");
        assert!(said["detail"].as_str().is_some_and(|words| words.contains("only administrator")), "{said}");
        root.browser().await.call("set_role", &[("id", &ann.id), ("role", "admin"), ("given", "true")]).await.ok();
        root.post("/api/v1/account/closing", close(&root)).await.ok();
        // Alone, one may go.
        ann.post("/api/v1/account/closing", close(&ann)).await.ok();
        ann.delete("/api/v1/account/closing").await.refused(401, "refused");
    }
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

//! What is sealed: that nothing is forgotten when everybody gets another key.

use crate::{
    letters,
    privacy::{exported, fetched, settled, unpacked},
    second_factor::{set_up, shown},
    support::{server_functions as functions, *},
    transfer::read_id,
};
use career_copilot::{
    google_calendar,
    letters::mailbox,
    on, push,
    seal::{self, again::PLACES},
};
use std::collections::BTreeSet;

/// Everything the person can take along, but for what tells of the taking itself.
async fn everything(ann: &Person) -> Vec<Value> {
    let file = fetched(ann, &exported(ann).await).await;
    let names = [
        "profile",
        "jobs",
        "stages",
        "applications",
        "contacts",
        "tasks",
        "offers",
        "salary-talk",
        "feedback",
        "briefings",
        "searches",
    ];
    names.iter().map(|name| unpacked(&file, &format!("{name}.json"))).collect()
}

/// The part of a calendar's address that is secret.
fn key_of(feed: &Value) -> String {
    let address = feed["address"].as_str().expect("an address");
    address.split_once("?key=").expect("a key").1.to_owned()
}

story! {
    async fn every_sealed_column_is_on_the_list(app: TestApp) {
        let sqlite = "SELECT m.name || '.' || c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name LIKE '%\\_sealed' ESCAPE '\\'";
        let postgres = "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name LIKE '%\\_sealed'";
        let query = match app.database.engine {
            Engine::Sqlite => sqlite,
            Engine::Postgres => postgres,
        };
        let found: Vec<String> = on!(app.state.db.read, |c| sqlx::query_scalar(query).fetch_all(c).await).expect("columns");
        let listed: BTreeSet<String> = PLACES.iter().map(|place| format!("{}.{}", place.table, place.column)).collect();
        assert!(found.len() > 10, "{found:?}");
        for column in found {
            assert!(listed.contains(&column), "{column} is sealed, and not named in seal::again");
        }
    }
}

story! {
    async fn everybody_can_be_given_another_key(app: TestApp) {
        let ann = settled(&app, "ann").await;
        let mut laptop = ann.browser().await;
        let (secret, codes) = set_up(&app, &ann, &mut laptop).await;
        let mut profile = ann.get("/api/v1/profile").await.ok();
        profile["salary_target"] = json!({ "amount": 71000, "currency": "EUR", "period": "year" });
        ann.profile(profile).await;
        // What the rest has not: a note on a step, a task taken back, a table that waits, a calendar.
        let application = ann.get("/api/v1/applications").await.ok()["items"][0].id();
        laptop.call("move_application", &[("id", &application), ("stage", "screening"), ("note", "They called")]).await.ok();
        let task = laptop.call("quick_task", &[("line", "Tidy up")]).await.ok();
        let waiting = read_id(&mut laptop, "company,title,status\nAcme Mills,Miller,applied\n").await;
        letters::applied(&ann).await;
        letters::read(&mut laptop, "mail.eml", &letters::passed_on("1")).await;
        let mail = laptop.call("load_letters", &[]).await.ok();
        laptop.call("open_feed", &[]).await.ok();
        let feed = key_of(&laptop.call("load_feed", &[]).await.ok());

        let who = ann.id.parse().expect("an id");
        let login = mailbox::imap::Login { user: "ann@mail.example".into(), password: "a word".into() };
        let place = mailbox::imap::Place { host: "imap.mail.example".into(), port: 993, folder: "INBOX".into() };
        let mut tx = app.state.db.begin().await.expect("a transaction");
        let written = mailbox::store::written(&login).expect("a text");
        let closed = seal::close(&app.state, &mut tx, who, mailbox::actions::LOGIN, &written).await.expect("it is sealed");
        mailbox::store::put(&mut tx, who, &place, &closed, career_copilot::db::now()).await.expect("it is kept");
        // Not to be looked into: there is no such server.
        mailbox::store::wake(&mut tx, who, career_copilot::db::now() + chrono::Duration::days(1)).await.expect("it waits");
        let opens = json!({ "refresh": "1//lasting", "access": "ya29.short", "until": career_copilot::db::now() });
        let closed = seal::close(&app.state, &mut tx, who, google_calendar::actions::TOKENS, &opens.to_string()).await.expect("it is sealed");
        google_calendar::store::put(&mut tx, who, &closed, career_copilot::db::now()).await.expect("it is kept");
        tx.commit().await.expect("kept");
        // A device, and a message that waits for it.
        let keep = functions::ALL.iter().find(|function| function.name == "keep_push_device").expect("it");
        laptop.call(keep.name, keep.fields).await.ok();
        let mut change = app.state.change(who).await.expect("a change");
        let (at, content) = (change.at + chrono::Duration::days(1), push::content::Content::Test);
        let later = push::actions::Push { kind: push::Kind::Task, topic: "later", at, until: at + chrono::Duration::days(1) };
        push::actions::show(&mut change, &later, &content).await.expect("it waits");
        change.commit().await.expect("kept");
        ann.post("/api/v1/briefings", json!({ "kind": "weekly" })).await.ok();
        let connected = laptop.call("load_mailbox", &[]).await.ok();
        assert_eq!(connected["user"], "ann@mail.example");

        let sealed = async |app: &TestApp| {
            let mut all = Vec::new();
            for place in &PLACES {
                let query = match (place.column, app.database.engine) {
                    ("content_sealed", Engine::Sqlite) => format!("SELECT hex({}) FROM {}", place.column, place.table),
                    ("content_sealed", Engine::Postgres) => format!("SELECT encode({}, 'hex') FROM {}", place.column, place.table),
                    _ => format!("SELECT {0} FROM {1} WHERE {0} IS NOT NULL ORDER BY {0}", place.column, place.table),
                };
                let rows: Vec<String> = on!(app.state.db.read, |c| sqlx::query_scalar(sqlx::AssertSqlSafe(query.clone())).fetch_all(c).await).expect("rows");
                assert!(!rows.is_empty(), "nothing in {}.{}", place.table, place.column);
                all.extend(rows);
            }
            all
        };
        let export = exported(&ann).await;
        let (before, all) = (sealed(&app).await, everything(&ann).await);
        let key = std::fs::read_to_string(app.database.folder.path().join("secret_key")).expect("it was generated");
        app.stopped().await;
        let folder = tempfile::tempdir().expect("a folder");
        let settings = [("DATABASE_URL", app.database.url.as_str()), ("SECRET_KEY", key.trim())];
        let done = executable::run(folder.path(), &["rotate-keys", "--people"], &settings);
        assert!(done.status.success() && executable::words(&done).contains("People with another key: 1."), "{}", executable::words(&done));
        let app = TestApp::start(app.database.clone(), &[]).await;
        let after: BTreeSet<String> = sealed(&app).await.into_iter().collect();
        assert!(before.iter().all(|value| !after.contains(value)), "every value is sealed anew");
        assert_eq!(before.len(), after.len());

        let ann = ann.moved(&app);
        laptop.address = app.address.clone();
        assert_eq!(everything(&ann).await, all);
        assert_eq!(laptop.call("load_letters", &[]).await.ok(), mail);
        assert_eq!(laptop.call("load_mailbox", &[]).await.ok(), connected);
        let tokens = google_calendar::actions::tokens(&app.state, who).await.expect("they open").expect("they are there");
        assert_eq!((tokens.refresh.as_str(), tokens.access.as_str()), ("1//lasting", "ya29.short"));
        assert_eq!(ann.get("/api/v1/profile").await.ok()["salary_target"]["amount"], 71000);
        ann.get(&format!("/api/v1/account/exports/{export}/file")).await.status(200);
        assert_eq!(key_of(&laptop.call("load_feed", &[]).await.ok()), feed);
        assert!(laptop.open("/api/v1/profile/picture").await.status(200).text.starts_with("GIF89a"));
        assert!(laptop.open(&format!("/applications/import?read={waiting}")).await.page().contains("Miller"));
        laptop.call("take_back", &[("id", task["done"]["bundle"].as_str().expect("a bundle"))]).await.ok();
        let login = json!({ "email": ann.email, "password": ann.password, "code": shown(&secret, 0) });
        app.anybody().post("/api/v1/auth/login", login).await.ok();
        let view = laptop.call("load_second_factor", &[]).await.ok();
        let fresh: Vec<String> = serde_json::from_value(view["fresh_codes"].clone()).expect("codes");
        assert_eq!(fresh, codes, "the recovery codes are those there were");
        app.stopped().await;
    }
}

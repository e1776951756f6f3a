//! One of everything that has an id.

use super::{Takes, functions};
use crate::support::{multipart, postings, *};
use career_copilot::{db, ids::UserId, on, push};

/// Ids of one person's rows.
pub struct Own {
    pub job: String,
    /// A job in the bin.
    pub deleted: String,
    pub application: String,
    pub step: String,
    pub bundle: String,
    pub view: String,
    pub interview: String,
    pub contact: String,
    pub document: String,
    pub alert: String,
    pub import: String,
    pub transfer: String,
    pub session: String,
    pub account: String,
    pub token: String,
    pub export: String,
    pub passkey: String,
    pub task: String,
    pub search: String,
    pub talk: String,
    pub letter: String,
    pub device: String,
    /// One that shows what `job` was made of, too.
    pub posting: String,
    pub hidden: String,
    pub briefing: String,
    pub source: String,
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
    pub async fn of(app: &TestApp, person: &Person) -> Self {
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
    pub fn nobodys() -> Self {
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
    pub fn call<'a>(&'a self, function: &'a functions::Function, id: &'a str) -> Vec<(&'a str, &'a str)> {
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

    pub fn of_kind(&self, takes: Takes) -> Vec<&str> {
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

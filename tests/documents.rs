//! Documents that were sent with an application: noted, removed, taken back.

use crate::support::{postings, *};
use career_copilot::on;

async fn applied(ann: &Person) -> String {
    let job = ann.job(postings::baker()).await;
    ann.post("/api/v1/applications", json!({ "job_id": job })).await.created().id()
}

story! {
    async fn what_was_sent_is_noted_removed_and_taken_back(app: TestApp) {
        let ann = app.person("ann").await;
        let mut profile = postings::fitting_profile();
        profile["time_zone"] = json!("Europe/Berlin");
        ann.profile(profile).await;
        let path = format!("/api/v1/applications/{}/documents", applied(&ann).await);
        let application = path.split('/').nth(4).expect("an id").to_owned();
        let body = json!({ "type": "cover_letter", "name": " Letter ", "label": "short", "sent_at": "2026-11-02T08:00:00Z", "link": "https://example.org/letter.pdf", "note": "quokka" });
        let letter = ann.post_once(&path, "one", body.clone()).await.created();
        assert_eq!((&letter["type"], &letter["name"], &letter["note"]), (&json!("cover_letter"), &json!("Letter"), &json!("quokka")));
        assert_eq!(ann.post_once(&path, "one", body).await.created(), letter);
        let kept: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT note_sealed FROM sent_documents").fetch_one(c).await).expect("a row");
        assert!(!kept.contains("quokka"));
        let mut browser = ann.browser().await;
        let added = browser.call("add_document", &[("id", &application), ("kind", "resume"), ("name", "Resume"), ("label", "3"), ("sent_at", "2026-11-03T09:30")]).await.ok();
        let all = async || ann.get(&path).await.ok()["items"].as_array().expect("items").clone();
        assert_eq!((all().await.len(), &all().await[0]["sent_at"]), (2, &json!("2026-11-03T08:30:00Z")), "the newest first");
        let page = browser.open(&format!("/applications/{application}")).await.page();
        assert!(page.contains("Resume") && page.contains("https://example.org/letter.pdf"), "{page}");

        let removed = browser.call("remove_document", &[("id", &letter.id())]).await.ok();
        assert_eq!(all().await.len(), 1);
        let bundle = |done: &Value| done["bundle"].as_str().expect("it can be taken back").to_owned();
        browser.call("take_back", &[("id", &bundle(&removed))]).await.ok();
        assert_eq!(all().await[1], letter);
        browser.call("take_back", &[("id", &bundle(&added))]).await.ok();
        assert_eq!(all().await, std::slice::from_ref(&letter));
        ann.delete(&format!("/api/v1/documents/{}", letter.id())).await.done();
        ann.delete(&format!("/api/v1/documents/{}", letter.id())).await.missing();
        let kinds = ann.events().await;
        let own: Vec<&str> = kinds.iter().filter(|kind| kind.starts_with("document.")).map(String::as_str).collect();
        assert_eq!(own, ["document.created", "document.created", "document.removed", "document.undone", "document.undone", "document.removed"]);
    }
}

story! {
    async fn fields_are_checked_and_rows_are_ones_own(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let application = applied(&ann).await;
        let path = format!("/api/v1/applications/{application}/documents");
        for (field, value) in [
            ("name", json!("")), ("name", json!("x".repeat(201))), ("label", json!("x".repeat(101))), ("type", json!("poem")),
            ("sent_at", json!("0001-01-01T00:00:00Z")), ("link", json!("ftp://example.org")), ("note", json!("x".repeat(2_001))), ("file", json!("x")),
        ] {
            let mut body = json!({ "name": "Resume" });
            body[field] = value;
            ann.post(&path, body).await.invalid(field);
        }
        let mut browser = ann.browser().await;
        let answer = browser.call("add_document", &[("id", &application), ("kind", "poem"), ("name", ""), ("sent_at", "then")]).await;
        for field in ["kind", "name", "sent_at"] {
            answer.json()["Invalid"][field].as_str().unwrap_or_else(|| panic!("{field}: {answer:?}"));
        }
        let id = ann.post(&path, json!({ "name": "Resume" })).await.created().id();
        bob.get(&path).await.missing();
        bob.post(&path, json!({ "name": "Resume" })).await.missing();
        bob.delete(&format!("/api/v1/documents/{id}")).await.missing();
        let mut his = bob.browser().await;
        his.call("add_document", &[("id", &application), ("kind", "resume"), ("name", "Mine")]).await.status(404);
        his.call("remove_document", &[("id", &id)]).await.status(404);
        assert_eq!(ann.get(&path).await.ok()["total"], 1);
    }
}

//! Contacts: kept once, linked to applications, changed, taken back.

use crate::support::{postings, *};
use career_copilot::on;

async fn applied_to(ann: &Person, title: &str) -> String {
    let job = ann.job(postings::titled(title)).await;
    ann.post("/api/v1/applications", json!({ "job_id": job })).await.created().id()
}

async fn back(browser: &mut Browser, done: &Value) -> Answer {
    let bundle = done["bundle"].as_str().expect("it can be taken back").to_owned();
    browser.call("take_back", &[("id", &bundle)]).await
}

/// The names on an application's page.
async fn names(browser: &mut Browser, application: &str) -> Vec<String> {
    let view = browser.call("load_application", &[("id", application)]).await.ok();
    let contacts = view["contacts"].as_array().expect("contacts").iter();
    contacts.map(|view| view["contact"]["name"].as_str().expect("a name").to_owned()).collect()
}

story! {
    async fn a_program_keeps_and_links_them(app: TestApp) {
        let ann = app.person("ann").await;
        let body = json!({ "name": " Ada  Berg ", "role": "CTO", "company": "Acme Mills", "email": "Ada@Example.org", "phone": "+49 30 12", "link": "https://example.org/ada", "notes": "quokka" });
        let answer = ann.post_once("/api/v1/contacts", "one", body.clone()).await;
        let place = answer.header("location").expect("where it is").to_owned();
        let ada = answer.created();
        assert_eq!((&ada["name"], &ada["version"], &ada["notes"]), (&json!("Ada Berg"), &json!(1), &json!("quokka")));
        assert_eq!(ann.get(&place).await.ok(), ada);
        assert_eq!(ann.post_once("/api/v1/contacts", "one", body.clone()).await.created(), ada);
        let kept: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT notes_sealed FROM contacts").fetch_one(c).await).expect("a row");
        assert!(!kept.contains("quokka"));
        // An address is one contact's.
        ann.post("/api/v1/contacts", json!({ "name": "Other", "email": "ada@example.org" })).await.refused(409, "conflict");
        let bert = ann.post("/api/v1/contacts", json!({ "name": "bert Öz", "company": "Rye" })).await.created();
        ann.put(&format!("/api/v1/contacts/{}", bert.id()), json!({ "name": "Bert Öz", "email": "ADA@example.org" })).await.refused(409, "conflict");
        // Lists are by name, searched and paged.
        let list = async |query: &str| ann.get(&format!("/api/v1/contacts?{query}")).await.ok();
        let first = list("per_page=1").await;
        assert_eq!((&first["items"][0]["name"], &first["total"]), (&json!("Ada Berg"), &json!(2)));
        assert_eq!(list("q=acme+cto").await["total"], 1);
        assert_eq!(list("q=%C3%96Z").await["items"][0]["name"], "bert Öz");
        assert_eq!(list("q=100%25%00").await["total"], 0);
        ann.get(&format!("/api/v1/contacts?q={}", "x".repeat(201))).await.invalid("q");
        // Versions.
        let mut change = json!({ "name": "Ada Berg", "role": "CEO", "version": 1 });
        assert_eq!(ann.put(&place, change.clone()).await.ok()["version"], 2);
        change["role"] = json!("CFO");
        ann.put(&place, change).await.refused(409, "conflict");
        // Links.
        let application = applied_to(&ann, "Baker").await;
        let link = format!("/api/v1/applications/{application}/contacts/{}", ada.id());
        ann.put(&link, json!({})).await.done();
        ann.put(&link, json!({})).await.done();
        let mut browser = ann.browser().await;
        assert_eq!(names(&mut browser, &application).await, ["Ada Berg"]);
        ann.delete(&link).await.done();
        ann.delete(&link).await.missing();
        ann.delete(&place).await.done();
        ann.get(&place).await.missing();
        ann.put(&link, json!({})).await.missing();
        // Another one can have the address now.
        ann.post("/api/v1/contacts", json!({ "name": "Other", "email": "ada@example.org" })).await.created();
    }
}

story! {
    async fn every_field_is_checked_and_named(app: TestApp) {
        let ann = app.person("ann").await;
        for (field, value) in [
            ("name", json!("")), ("name", json!(" \u{0} ")), ("name", json!("x".repeat(201))), ("role", json!("x".repeat(201))), ("company", json!("x".repeat(201))),
            ("email", json!("ada")), ("email", json!("a b@example.org")), ("email", json!(format!("{}@example.org", "x".repeat(250)))),
            ("phone", json!("call me")), ("phone", json!("1".repeat(51))), ("link", json!("javascript:alert(1)")), ("notes", json!("x".repeat(20_001))),
            ("age", json!(7)),
        ] {
            let mut body = json!({ "name": "Ada" });
            body[field] = value;
            ann.post("/api/v1/contacts", body).await.invalid(field);
        }
        let mut browser = ann.browser().await;
        let answer = browser.call("add_contact", &[("name", ""), ("email", "ada"), ("phone", "x")]).await;
        for field in ["name", "email", "phone"] {
            answer.json()["Invalid"][field].as_str().unwrap_or_else(|| panic!("{field}: {answer:?}"));
        }
        assert_eq!(ann.get("/api/v1/contacts").await.ok()["total"], 0);
    }
}

story! {
    async fn on_an_application_they_are_added_chosen_and_taken_off(app: TestApp) {
        let ann = app.person("ann").await;
        let (one, other) = (applied_to(&ann, "Baker").await, applied_to(&ann, "Miller").await);
        let mut browser = ann.browser().await;
        let added = browser.call("add_contact", &[("id", &one), ("name", "Ada Berg"), ("company", "Acme Mills"), ("email", "ada?x@example.org"), ("phone", "+49 (30) 12")]).await.ok();
        assert_eq!(names(&mut browser, &one).await, ["Ada Berg"]);
        // Chosen by name, by name and company; not by a name that several have.
        browser.call("add_contact", &[("name", "Ada Berg"), ("company", "Rye")]).await.ok();
        browser.call("link_contact", &[("id", &other), ("contact", "")]).await.invalid("contact");
        assert!(browser.call("link_contact", &[("id", &other), ("contact", "Bert")]).await.invalid("contact").contains("None"));
        assert!(browser.call("link_contact", &[("id", &other), ("contact", "ada berg")]).await.invalid("contact").contains("Several"));
        let linked = browser.call("link_contact", &[("id", &other), ("contact", "Ada Berg · Acme Mills")]).await.ok();
        assert_eq!(browser.call("link_contact", &[("id", &other), ("contact", "Ada Berg · Acme Mills")]).await.ok()["bundle"], Value::Null);
        let known = browser.call("suggest_contacts", &[("typed", "berg ac")]).await.ok();
        assert_eq!(known, json!([{ "name": "Ada Berg · Acme Mills", "role": "" }]));
        let page = browser.open(&format!("/applications/{other}")).await.page();
        assert!(page.contains("mailto:ada%3Fx@example.org") && page.contains("tel:+493012"), "{page}");
        let people = browser.open("/applications/people?q=acme").await.page();
        assert!(people.contains("Baker") && people.contains("Miller") && people.contains("1 contact"), "{people}");
        assert!(browser.open("/applications/people?q=nobody").await.page().contains("Nobody is found"));

        // Who was added has to do with two applications by now: taking back takes them off the first only.
        let said = back(&mut browser, &added).await.ok();
        assert_eq!((&said["count"], said["kept"][0].as_str().is_some_and(|kept| kept.contains("Ada Berg"))), (&json!(1), true), "{said}");
        assert_eq!((names(&mut browser, &one).await.len(), names(&mut browser, &other).await.len()), (0, 1));
        back(&mut browser, &linked).await.ok();
        assert!(names(&mut browser, &other).await.is_empty());
        back(&mut browser, &linked).await.status(404);
        back(&mut browser, &added).await.ok();
        let left = ann.get("/api/v1/contacts").await.ok();
        assert_eq!((&left["total"], &left["items"][0]["company"]), (&json!(1), &json!("Rye")));

        // Unlinked, removed, changed: and back.
        let id = left["items"][0].id();
        browser.call("link_contact", &[("id", &one), ("contact", "Ada Berg")]).await.ok();
        let unlinked = browser.call("unlink_contact", &[("id", &id), ("application_id", &one)]).await.ok();
        browser.call("unlink_contact", &[("id", &id), ("application_id", &one)]).await.status(404);
        back(&mut browser, &unlinked).await.ok();
        assert_eq!(names(&mut browser, &one).await, ["Ada Berg"]);
        let removed = browser.call("remove_contact", &[("id", &id)]).await.ok();
        assert!(names(&mut browser, &one).await.is_empty());
        back(&mut browser, &removed).await.ok();
        assert_eq!(names(&mut browser, &one).await, ["Ada Berg"], "with what they have to do with");
        let version = ann.get(&format!("/api/v1/contacts/{id}")).await.ok()["version"].to_string();
        let changed = browser.call("change_contact", &[("id", &id), ("version", &version), ("name", "Ada Berg-Öz"), ("role", "CTO")]).await.ok();
        browser.call("change_contact", &[("id", &id), ("version", &version), ("name", "Ada")]).await.status(409);
        assert_eq!(names(&mut browser, &one).await, ["Ada Berg-Öz"]);
        back(&mut browser, &changed).await.ok();
        assert_eq!(names(&mut browser, &one).await, ["Ada Berg"]);
        let page = browser.open(&format!("/applications/people/{id}")).await.page();
        assert!(page.contains("value=\"Ada Berg\"") && page.contains("Baker"), "{page}");
    }
}

story! {
    async fn they_are_ones_own(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (hers, his) = (applied_to(&ann, "Baker").await, applied_to(&bob, "Baker").await);
        let contact = |name: &str| json!({ "name": name });
        let (ada, bert) = (ann.post("/api/v1/contacts", contact("Ada")).await.created().id(), bob.post("/api/v1/contacts", contact("Bert")).await.created().id());
        bob.get(&format!("/api/v1/contacts/{ada}")).await.missing();
        bob.put(&format!("/api/v1/contacts/{ada}"), contact("Mine")).await.missing();
        bob.delete(&format!("/api/v1/contacts/{ada}")).await.missing();
        for path in [format!("{hers}/contacts/{bert}"), format!("{his}/contacts/{ada}"), format!("{hers}/contacts/{ada}"), format!("{his}/contacts/x")] {
            bob.put(&format!("/api/v1/applications/{path}"), json!({})).await.missing();
            bob.delete(&format!("/api/v1/applications/{path}")).await.missing();
        }
        let mut browser = bob.browser().await;
        for (function, fields) in [
            ("load_contact", vec![("id", ada.as_str())]), ("remove_contact", vec![("id", &ada)]), ("change_contact", vec![("id", &ada), ("name", "Mine")]),
            ("add_contact", vec![("id", &hers), ("name", "Mine")]), ("link_contact", vec![("id", &hers), ("contact", "Bert")]),
            ("link_contact", vec![("id", &his), ("contact", "Ada")]), ("unlink_contact", vec![("id", &ada), ("application_id", &hers)]),
        ] {
            let status = browser.call(function, &fields).await.status;
            assert!(status == 404 || (status == 422 && fields.contains(&("contact", "Ada"))), "{function}: {status}");
        }
        assert!(!browser.open("/applications/people").await.page().contains("Ada"));
        assert_eq!(ann.get("/api/v1/contacts").await.ok()["total"], 1);
    }
}

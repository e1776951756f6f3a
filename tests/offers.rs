//! Offers: noted, compared, moved along with their application, and taken back; and what was said about pay.

use crate::support::{postings, *};
use career_copilot::{ids::UserId, offers, on};
use chrono::NaiveDate;

async fn application(person: &Person, title: &str) -> String {
    let job = person.job(postings::titled(title)).await;
    person.post("/api/v1/applications", json!({ "job_id": job })).await.created().id()
}

fn terms(amount: i64) -> Value {
    json!({
        "base": { "amount": amount, "currency": "EUR", "period": "month" },
        "bonus": { "percent": 10.0, "certain": false },
        "equity": { "text": "0.1 % over four years" },
        "benefits": [{ "name": "Travel card", "yearly": 600 }, { "name": "Gym" }],
        "leave_days": 30, "remote_share": 60, "starts_on": "2099-02-01", "decide_by": "2098-12-20", "notes": "By phone",
    })
}

async fn back(browser: &mut Browser, answer: &Value) -> Answer {
    browser.call("take_back", &[("id", answer["bundle"].as_str().expect("a bundle"))]).await
}

story! {
    async fn an_offer_adds_up_and_says_what_is_not_known(app: TestApp) {
        let ann = app.person("ann").await;
        let id = application(&ann, "Baker").await;
        let path = format!("/api/v1/applications/{id}/offer");
        ann.get(&path).await.missing();
        let offer = ann.put(&path, terms(5_000)).await.ok();
        let sums = json!({ "currency": "EUR", "base": 60_000, "certain": 60_600, "likely": 66_600, "unknown": ["Gym", "equity"] });
        assert_eq!(offer["sums"], sums);
        assert_eq!(ann.get(&path).await.ok(), offer);
        assert_eq!(ann.get("/api/v1/offers").await.ok()["items"], json!([offer]));
        // Not asked to move, it stays where it was.
        assert_eq!(ann.get(&format!("/api/v1/applications/{id}")).await.ok()["status"], "applied");
        let mut changed = terms(5_200);
        changed["version"] = json!(1);
        assert_eq!(ann.put(&path, changed.clone()).await.ok()["version"], 2);
        ann.put(&path, changed).await.refused(409, "conflict");
        // The same again changes nothing.
        assert_eq!(ann.put(&path, terms(5_200)).await.ok()["version"], 2);
        let who: UserId = ann.id.parse().expect("an id");
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let due = async |from, to| offers::store::with_deadlines(&app.state, who, day(from), day(to)).await.expect("offers").len();
        assert_eq!((due("2098-12-20", "2098-12-20").await, due("2098-12-21", "2099-01-01").await), (1, 0));
        let sealed: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT terms_sealed FROM offers").fetch_one(c).await).expect("terms");
        assert!(!sealed.contains("5200"));
        for (field, value) in [
            ("base", json!({ "amount": 0, "currency": "EUR", "period": "year" })), ("currency", json!({ "amount": 1, "currency": "eur", "period": "year" })),
        ] {
            ann.put(&path, json!({ "base": value })).await.invalid(field);
        }
        ann.put(&path, json!({ "bonus": { "amount": 1, "percent": 1 } })).await.invalid("bonus");
        ann.put(&path, json!({ "benefits": [{ "name": " " }] })).await.invalid("benefits");
        ann.put(&path, json!({ "leave_days": 400 })).await.invalid("leave_days");
        ann.put(&path, json!({ "remote_share": 101 })).await.invalid("remote_share");
        ann.put(&path, json!({ "decide_by": "0001-01-01" })).await.invalid("decide_by");
        ann.delete(&path).await.done();
        ann.delete(&path).await.missing();
    }
}

story! {
    async fn an_offer_moves_its_application_and_both_are_taken_back_as_one(app: TestApp) {
        let ann = app.person("ann").await;
        let id = application(&ann, "Baker").await;
        let mut browser = ann.browser().await;
        let status = async || ann.get(&format!("/api/v1/applications/{id}")).await.ok()["status"].clone();
        let form = [
            ("id", id.as_str()), ("base", "60,000"), ("currency", "eur"), ("period", "year"), ("bonus", "10 %"), ("benefits", "Gym\nTravel card = 600"),
            ("decide_by", "2099-01-31"), ("move_on", "true"),
        ];
        assert_eq!(browser.call("load_dealing", &[("id", &id)]).await.ok()["can_move"], true);
        let saved = browser.call("save_offer", &form).await.ok();
        assert_eq!(saved["count"], 2);
        assert_eq!(status().await, "offer");
        let dealing = browser.call("load_dealing", &[("id", &id)]).await.ok();
        assert_eq!((&dealing["can_move"], &dealing["offer"]["sums"]["likely"]), (&json!(false), &json!(66_600)));
        assert!(browser.open(&format!("/applications/{id}")).await.page().contains("EUR 60,000 a year"));
        back(&mut browser, &saved).await.ok();
        assert_eq!(status().await, "applied");
        ann.get(&format!("/api/v1/applications/{id}/offer")).await.missing();
        // Removed and taken back; a second one that counts stands in the way.
        browser.call("save_offer", &form[..4]).await.ok();
        let removed = browser.call("remove_offer", &[("id", &id)]).await.ok();
        back(&mut browser, &removed).await.ok();
        let removed = browser.call("remove_offer", &[("id", &id)]).await.ok();
        browser.call("save_offer", &form[..4]).await.ok();
        back(&mut browser, &removed).await.status(409);
        browser.call("save_offer", &[("id", &id), ("base", "much"), ("benefits", "Car = dear")]).await.invalid("benefits");
        let kinds = ann.events().await;
        assert!(kinds.contains(&"offer.created".into()) && kinds.contains(&"offer.undone".into()), "{kinds:?}");
    }
}

story! {
    async fn offers_are_compared_side_by_side(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(json!({ "name": "Ann", "salary_target": { "amount": 62_000, "currency": "EUR", "period": "year" } })).await;
        let mut browser = ann.browser().await;
        assert!(browser.open("/applications/offers").await.page().contains("No offers yet"));
        for (title, amount) in [("Baker", 5_000), ("Miller", 5_300)] {
            let id = application(&ann, title).await;
            ann.put(&format!("/api/v1/applications/{id}/offer"), terms(amount)).await.ok();
        }
        let all = browser.call("load_offers", &[]).await.ok();
        let row = |label: &str| {
            let rows = all["rows"].as_array().expect("rows");
            rows.iter().find(|row| row["label"].as_str().is_some_and(|own| own.starts_with(label))).expect("a row")["cells"].clone()
        };
        assert_eq!((row("Certain")[0]["best"].clone(), row("Certain")[1]["best"].clone()), (json!(false), json!(true)));
        assert_eq!(row("Against your target")[0]["text"], "EUR 1,400 less");
        let page = browser.open("/applications/offers").await.page();
        assert!(page.contains("EUR 64,200") && page.contains("Best"), "{page}");
        // Another currency: nothing about pay is compared.
        let id = application(&ann, "Cook").await;
        let mut other = terms(9_000);
        other["base"]["currency"] = json!("CHF");
        ann.put(&format!("/api/v1/applications/{id}/offer"), other).await.ok();
        assert!(browser.open("/applications/offers").await.page().contains("in different currencies"));
    }
}

story! {
    async fn what_was_said_about_pay_is_a_timeline(app: TestApp) {
        let ann = app.person("ann").await;
        let id = application(&ann, "Baker").await;
        let path = format!("/api/v1/applications/{id}/salary-talk");
        let pay = json!({ "amount": 4_800, "currency": "EUR", "period": "month" });
        let said = ann.post(&path, json!({ "by": "they", "said_on": "2026-11-20", "pay": pay })).await.created();
        ann.post_once(&path, "key", json!({ "by": "you", "note": "More" })).await.created();
        ann.post_once(&path, "key", json!({ "by": "you", "note": "More" })).await.created();
        let all = ann.get(&path).await.ok();
        assert_eq!(all["items"].as_array().map(Vec::len), Some(2));
        assert_eq!(all["items"][0], said);
        ann.post(&path, json!({ "by": "they" })).await.invalid("note");
        ann.post(&path, json!({ "by": "them", "note": "x" })).await.invalid("by");
        let mut browser = ann.browser().await;
        let added = browser.call("add_talk", &[("id", &id), ("by", "you"), ("amount", "5 000"), ("currency", "EUR"), ("period", "month")]).await.ok();
        assert!(browser.open(&format!("/applications/{id}")).await.page().contains("EUR 5,000 a month"));
        back(&mut browser, &added).await.ok();
        let removed = browser.call("remove_talk", &[("id", &said.id())]).await.ok();
        assert_eq!(ann.get(&path).await.ok()["items"].as_array().map(Vec::len), Some(1));
        back(&mut browser, &removed).await.ok();
        assert_eq!(ann.get(&path).await.ok()["items"][0], said);
        browser.call("add_talk", &[("id", &id), ("amount", "5000"), ("currency", "euro")]).await.invalid("currency");
        ann.delete(&format!("/api/v1/salary-talk/{}", said.id())).await.done();
        ann.delete(&format!("/api/v1/salary-talk/{}", said.id())).await.missing();
    }
}

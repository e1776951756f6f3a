//! What to do next: from where things stand, with reasons, and without what was done or put away.

use crate::support::{postings, *};

async fn actions(ann: &Person) -> Vec<(String, String)> {
    let all = ann.get("/api/v1/next-actions").await.ok();
    let text = |action: &Value, name: &str| action[name].as_str().expect("a text").to_owned();
    all["actions"]
        .as_array()
        .expect("actions")
        .iter()
        .map(|action| (text(action, "doing"), text(action, "text")))
        .collect()
}

async fn application(ann: &Person, title: &str, status: &str) -> String {
    let job = ann.job(postings::titled(title)).await;
    ann.post("/api/v1/applications", json!({ "job_id": job, "status": status })).await.created().id()
}

/// Nothing moved for so long.
async fn silence(app: &TestApp, days: i64) {
    use career_copilot::{db, on};
    let at = db::now() - chrono::Duration::days(days);
    on!(app.state.db.write, |c| sqlx::query("UPDATE applications SET stage_since = $1")
        .bind(at)
        .execute(c)
        .await
        .map(|_| ()))
    .expect("time passes");
}

story! {
    async fn what_presses_comes_first_and_says_why(app: TestApp) {
        let ann = app.person("ann").await;
        let quiet = application(&ann, "Quiet", "applied").await;
        let talking = application(&ann, "Talking", "interview").await;
        let offered = application(&ann, "Offered", "offer").await;
        application(&ann, "Over", "rejected").await;
        silence(&app, 12).await;
        let tomorrow = chrono::Utc::now() + chrono::Duration::hours(20);
        let meeting = json!({ "type": "video", "starts_at": tomorrow, "ends_at": tomorrow + chrono::Duration::hours(1) });
        ann.post(&format!("/api/v1/applications/{talking}/interviews"), meeting).await.created();
        let ends = (chrono::Utc::now() + chrono::Duration::days(1)).date_naive().to_string();
        ann.put(&format!("/api/v1/applications/{offered}/offer"), json!({ "decide_by": ends })).await.ok();
        let all = ann.get("/api/v1/next-actions").await.ok();
        let kinds: Vec<&str> = all["actions"].as_array().expect("actions").iter().map(|action| action["doing"].as_str().expect("a word")).collect();
        assert_eq!(kinds, ["decide", "prepare", "follow_up"], "{all}");
        assert_eq!(all["actions"][0]["reason"], "The offer ends tomorrow.");
        assert!(all["actions"][1]["reason"].as_str().expect("a reason").starts_with("The interview is in "), "{all}");
        assert_eq!(all["actions"][2]["reason"], "No answer for 12 days.");
        for action in all["actions"].as_array().expect("actions") {
            let points: i64 = action["parts"].as_array().expect("parts").iter().map(|part| part["points"].as_i64().expect("points")).sum();
            assert_eq!(action["priority"].as_i64(), Some(points), "{action}");
        }
        // Followed up: silence has to last again. Moved: what was said counts no more.
        let mut browser = ann.browser().await;
        let mark = |id: &str, doing: &'static str, mark: &'static str| [("id".to_owned(), id.to_owned()), ("doing".into(), doing.into()), ("mark".into(), mark.into())];
        let call = async |browser: &mut Browser, fields: [(String, String); 3]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            browser.call("mark_action", &fields).await
        };
        call(&mut browser, mark(&quiet, "follow_up", "done")).await.ok();
        call(&mut browser, mark(&offered, "decide", "tomorrow")).await.ok();
        assert_eq!(actions(&ann).await.len(), 1);
        browser.call("unmark_action", &[("id", &offered), ("doing", "decide")]).await.ok();
        assert_eq!(actions(&ann).await.len(), 2);
        call(&mut browser, mark(&quiet, "dance", "done")).await.invalid("doing");
        call(&mut browser, mark(&quiet, "follow_up", "sometimes")).await.invalid("mark");
        ann.put(&format!("/api/v1/applications/{quiet}"), json!({ "status": "interview" })).await.ok();
        silence(&app, 11).await;
        assert!(actions(&ann).await.contains(&("follow_up".into(), "Follow up on Quiet at Quiet Works".into())), "{:?}", actions(&ann).await);
    }
}

story! {
    async fn one_applies_before_it_closes(app: TestApp) {
        let ann = app.person("ann").await;
        let in_days = |days: i64| (chrono::Utc::now() + chrono::Duration::days(days)).date_naive().to_string();
        let mut ids = Vec::new();
        for (title, status, days) in [("Soon", "interested", 3), ("Later", "interested", 30), ("Sent", "applied", 3), ("Gone", "interested", -2)] {
            let job = ann.job(json!({ "company": "Acme Mills", "title": title, "closes_on": in_days(days) })).await;
            ids.push(ann.post("/api/v1/applications", json!({ "job_id": job, "status": status })).await.created().id());
        }
        let all = ann.get("/api/v1/next-actions").await.ok();
        assert_eq!(all["actions"].as_array().map(Vec::len), Some(1), "{all}");
        let action = &all["actions"][0];
        assert_eq!((&action["doing"], &action["reason"]), (&json!("apply_before"), &json!("It ends in 3 days.")), "{all}");
        assert!(action["text"].as_str().is_some_and(|text| text.starts_with("Apply before it closes: Soon")), "{action}");
        // It stands in the calendar and on its page.
        let mut browser = ann.browser().await;
        browser.call("open_feed", &[]).await.ok();
        let feed = browser.call("load_feed", &[]).await.ok();
        let address = feed["address"].as_str().expect("an address").strip_prefix(&app.address).expect("ours").to_owned();
        let calendar = app.anybody().get(&address).await.status(200).text;
        assert!(calendar.contains("Last day to apply: Soon at Acme Mills") && calendar.contains("Last day to apply: Later"), "{calendar}");
        assert!(!calendar.contains("Last day to apply: Sent"), "{calendar}");
        assert!(browser.open(&format!("/applications/{}", ids[0])).await.page().contains("closes "));
        // An import takes the day along.
        let mut rows = multipart::read_id(&mut browser, &[("text", &json!([{ "company": "Crumb", "title": "Clerk", "closes_on": "2030-01-31" }]).to_string())], None).await;
        rows.insert_str(0, "/jobs/import?read=");
        assert!(browser.open(&rows).await.page().contains("Take in 1 job"));
        let report = ann.post("/api/v1/jobs/import", json!({ "format": "json", "data": [{ "company": "Crumb", "title": "Baker", "closes_on": "2030-01-31" }] })).await.ok();
        assert_eq!(report["created"], 1, "{report}");
        let jobs = ann.get("/api/v1/jobs?q=crumb").await.ok();
        let job = ann.get(&format!("/api/v1/jobs/{}", jobs["items"][0].id())).await.ok();
        assert_eq!(job["closes_on"], "2030-01-31");
    }
}

story! {
    async fn preferences_choose_what_is_suggested(app: TestApp) {
        let ann = app.person("ann").await;
        application(&ann, "Quiet", "applied").await;
        silence(&app, 5).await;
        assert!(actions(&ann).await.is_empty());
        let mut browser = ann.browser().await;
        browser.call("save_preferences", &[("quiet_days", "4"), ("suggest_follow_up", "true"), ("weigh_quiet", "400")]).await.ok();
        assert_eq!(actions(&ann).await.len(), 1);
        browser.call("save_preferences", &[("quiet_days", "4"), ("suggest_apply", "true")]).await.ok();
        assert!(actions(&ann).await.is_empty(), "it is switched off");
        browser.call("save_preferences", &[("quiet_days", "0")]).await.invalid("quiet_days");
        browser.call("save_preferences", &[("quiet_days", "soon")]).await.invalid("quiet_days");
        browser.call("save_preferences", &[("quiet_days", "4"), ("weigh_match", "9999")]).await.invalid("weigh_match");
        assert!(browser.open("/applications/next").await.page().contains("Nothing presses"));
    }
}

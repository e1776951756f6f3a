//! Tasks: added in plain English, repeated, put off, done, and every step of it taken back.

use crate::support::{postings, *};
use career_copilot::{
    db,
    ids::{TaskId, UserId},
    retention, tasks,
};
use chrono::{DateTime, Datelike, Duration, Utc};

fn moment(value: &Value) -> DateTime<Utc> {
    value.as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("a moment: {value}"))
}

fn bundle(answer: &Value) -> String {
    answer["bundle"].as_str().unwrap_or_else(|| panic!("nothing was done: {answer}")).to_owned()
}

async fn back(browser: &mut Browser, bundle: &str) -> Answer {
    browser.call("take_back", &[("id", bundle)]).await
}

/// The names of the groups on the page, with the titles in them.
async fn groups(browser: &mut Browser) -> Vec<(String, Vec<String>)> {
    let page = browser.call("load_tasks", &[]).await.ok();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let groups = page["groups"].as_array().expect("groups").iter().map(|group| {
        let lines = group[1].as_array().expect("lines").iter().map(|line| text(&line["task"]["title"]));
        (text(&group[0]), lines.collect())
    });
    groups.collect()
}

story! {
    async fn a_line_of_plain_english_becomes_a_task(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(json!({ "name": "Ann", "time_zone": "Europe/Berlin" })).await;
        let mut browser = ann.browser().await;
        let added = browser.call("quick_task", &[("line", "Call Ms Weber 2035-12-03 14:00")]).await.ok();
        assert_eq!(added["said"], "Call Ms Weber, due Mon 3 Dec 2035, 14:00");
        let tasks = ann.get("/api/v1/tasks").await.ok();
        let task = &tasks["items"][0];
        assert_eq!((&task["title"], &task["due_at"], &task["remind"]), (&json!("Call Ms Weber"), &json!("2035-12-03T13:00:00Z"), &json!("at_time")));
        browser.call("quick_task", &[("line", "Buy stamps")]).await.ok();
        let overdue = browser.call("quick_task", &[("line", "Send the papers 2020-02-03")]).await.ok();
        assert_eq!(
            groups(&mut browser).await,
            [
                ("Overdue".into(), vec!["Send the papers".into()]),
                ("Later".into(), vec!["Call Ms Weber".into()]),
                ("Undated".into(), vec!["Buy stamps".into()]),
            ]
        );
        let page = browser.open("/applications/tasks").await.page();
        assert!(page.contains("Buy stamps") && page.contains("Mon 3 Dec 2035, 14:00"), "{page}");
        assert!(browser.call("quick_task", &[("line", "  ")]).await.invalid("line").contains("say what"));
        // A form without script shows the page again.
        browser.submit("/applications/tasks", "quick_task", &[("line", "Tidy up")]).await.redirect();
        back(&mut browser, &bundle(&overdue["done"])).await.ok();
        assert_eq!(ann.get("/api/v1/tasks?state=open").await.ok()["total"], 3);
        assert!(ann.events().await.ends_with(&["task.created".into(), "task.undone".into()]));
    }
}

story! {
    async fn every_change_can_be_taken_back_unless_it_was_changed_since(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let task = ann.post("/api/v1/tasks", json!({ "title": "Call", "due_at": "2099-01-02T09:00:00Z" })).await.created();
        let (id, path) = (task.id(), format!("/api/v1/tasks/{}", task.id()));
        let now = async || {
            let mut task = ann.get(&path).await.ok();
            for own in ["version", "updated_at"] {
                task.as_object_mut().expect("a task").remove(own);
            }
            task
        };
        let before = now().await;
        let form = [("id", id.as_str()), ("title", "Call again"), ("notes", "After lunch"), ("due", "2099-01-03T10:30"), ("repeat", "weekly"), ("remind", "hour"), ("version", "1")];
        let saved = browser.call("save_task", &form).await.ok();
        let changed = now().await;
        assert_eq!((&changed["title"], &changed["due_at"], &changed["repeat"]), (&json!("Call again"), &json!("2099-01-03T10:30:00Z"), &json!("weekly")));
        // The form was made from a version that is not the newest.
        browser.call("save_task", &form).await.status(409);
        ann.put(&path, json!({ "title": "Other", "version": 1 })).await.refused(409, "conflict");
        back(&mut browser, &bundle(&saved)).await.ok();
        assert_eq!(now().await, before);
        // Put off, done and removed.
        let put_off = browser.call("put_off_task", &[("id", &id), ("to", "at"), ("at", "2099-02-01 09:00")]).await.ok();
        assert_eq!(now().await["due_at"], "2099-02-01T09:00:00Z");
        let done = browser.call("finish_task", &[("id", &id)]).await.ok();
        assert!(now().await["done_at"].is_string());
        browser.call("put_off_task", &[("id", &id), ("to", "monday")]).await.status(409);
        let refused = back(&mut browser, &bundle(&put_off)).await.status(409).json();
        assert!(refused["Conflict"].as_str().is_some_and(|words| words.contains("“Call” was changed again since")), "{refused}");
        back(&mut browser, &bundle(&done)).await.ok();
        back(&mut browser, &bundle(&put_off)).await.ok();
        assert_eq!(now().await, before);
        let removed = browser.call("remove_task", &[("id", &id)]).await.ok();
        ann.get(&path).await.missing();
        back(&mut browser, &bundle(&removed)).await.ok();
        assert_eq!(now().await, before);
        back(&mut browser, &bundle(&removed)).await.status(404);
        // Of the bin it is cleared after its time.
        ann.delete(&path).await.done();
        let past = db::now() - Duration::days(retention::BIN_DAYS + 1);
        career_copilot::on!(app.state.db.write, |c| sqlx::query("UPDATE tasks SET deleted_at = $1").bind(past).execute(c).await.map(|_| ())).expect("time passes");
        retention::sweep(&app.state).await.expect("housekeeping");
        let left: i64 = career_copilot::on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM tasks").fetch_one(c).await).expect("a count");
        assert_eq!(left, 0);
    }
}

story! {
    async fn a_repeated_task_comes_again_at_the_same_hour(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(json!({ "name": "Ann", "time_zone": "Europe/Berlin" })).await;
        let body = json!({ "title": "Pay the rent", "due_at": "2035-01-31T08:00:00Z", "repeat": "monthly", "remind": "day" });
        let first = ann.post("/api/v1/tasks", body).await.created();
        let done = ann.post(&format!("/api/v1/tasks/{}/done", first.id()), json!({})).await.ok();
        let second = done["next"].clone();
        assert_eq!((&second["due_at"], &second["title"], &second["remind"]), (&json!("2035-02-28T08:00:00Z"), &json!("Pay the rent"), &json!("day")));
        // Put off, the others stay where they are; in summer nine o'clock is an hour earlier.
        let mut browser = ann.browser().await;
        browser.call("put_off_task", &[("id", &second.id()), ("to", "at"), ("at", "2035-03-02 12:00")]).await.ok();
        let finished = browser.call("finish_task", &[("id", &second.id())]).await.ok();
        let open = ann.get("/api/v1/tasks?state=open").await.ok();
        assert_eq!((&open["total"], &open["items"][0]["due_at"]), (&json!(1), &json!("2035-03-31T07:00:00Z")));
        // Taken back, both are as they were.
        back(&mut browser, &bundle(&finished)).await.ok();
        let open = ann.get("/api/v1/tasks?state=open").await.ok();
        assert_eq!((&open["total"], &open["items"][0]["id"]), (&json!(1), &json!(second.id())));
        // Done twice it comes once.
        ann.post(&format!("/api/v1/tasks/{}/done", first.id()), json!({})).await.ok();
        assert_eq!(ann.get("/api/v1/tasks?state=open").await.ok()["total"], 1);
        // Not done after all: there is the next one already, so it is not repeated any more.
        browser.call("reopen_task", &[("id", &first.id())]).await.ok();
        assert_eq!(ann.get(&format!("/api/v1/tasks/{}", first.id())).await.ok()["repeat"], "none");
        // What was missed for long comes next, not ten times.
        let daily = json!({ "title": "Walk", "due_at": "2020-01-01T07:00:00Z", "repeat": "daily" });
        let walk = ann.post("/api/v1/tasks", daily).await.created();
        let next = ann.post(&format!("/api/v1/tasks/{}/done", walk.id()), json!({})).await.ok()["next"].clone();
        let due = moment(&next["due_at"]);
        assert!(due > Utc::now() && due < Utc::now() + Duration::hours(25), "{next}");
    }
}

story! {
    async fn a_task_is_put_off_to_a_morning(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let task = ann.post("/api/v1/tasks", json!({ "title": "Call" })).await.created();
        let due = async || moment(&ann.get(&format!("/api/v1/tasks/{}", task.id())).await.ok()["due_at"]);
        browser.call("put_off_task", &[("id", &task.id()), ("to", "tomorrow")]).await.ok();
        let tomorrow = due().await;
        assert!(tomorrow > Utc::now() && tomorrow.format("%H:%M").to_string() == "09:00");
        browser.call("put_off_task", &[("id", &task.id()), ("to", "monday")]).await.ok();
        assert_eq!(due().await.weekday(), chrono::Weekday::Mon);
        for at in ["2020-01-01 09:00", "soon", "", "99999-01-01 09:00"] {
            browser.call("put_off_task", &[("id", &task.id()), ("to", "at"), ("at", at)]).await.invalid("at");
        }
        browser.call("put_off_task", &[("id", &task.id()), ("to", "never")]).await.invalid("to");
    }
}

story! {
    async fn what_is_wrong_with_a_task_is_named(app: TestApp) {
        let ann = app.person("ann").await;
        let ask = async |body: Value| ann.post("/api/v1/tasks", body).await;
        ask(json!({ "title": " " })).await.invalid("title");
        ask(json!({ "title": "x".repeat(201) })).await.invalid("title");
        ask(json!({ "title": "x", "notes": "x".repeat(10_001) })).await.invalid("notes");
        ask(json!({ "title": "x", "repeat": "daily" })).await.invalid("repeat");
        ask(json!({ "title": "x", "remind": "hour" })).await.invalid("remind");
        ask(json!({ "title": "x", "due_at": "0001-01-01T00:00:00Z" })).await.invalid("due_at");
        ask(json!({ "title": "x", "application_id": uuid::Uuid::now_v7() })).await.missing();
        ann.get("/api/v1/tasks?state=lost").await.invalid("state");
        let one = ann.post_once("/api/v1/tasks", "key", json!({ "title": "Once" })).await.created();
        assert_eq!(ann.post_once("/api/v1/tasks", "key", json!({ "title": "Once" })).await.created(), one);
        assert_eq!(ann.get("/api/v1/tasks").await.ok()["total"], 1);
    }
}

story! {
    async fn tasks_go_and_come_with_their_application(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(postings::baker()).await;
        let application = ann.post("/api/v1/applications", json!({ "job_id": job })).await.created().id();
        let body = json!({ "title": "Thank them", "application_id": application, "due_at": "2099-01-02T09:00:00Z" });
        let task = ann.post("/api/v1/tasks", body).await.created();
        let mut browser = ann.browser().await;
        let lines = browser.call("load_tasks_of", &[("id", &application)]).await.ok();
        assert_eq!(lines[0]["task"]["id"], json!(task.id()));
        assert!(browser.open(&format!("/applications/{application}")).await.page().contains("Thank them"));
        let who: UserId = ann.id.parse().expect("an id");
        let between = async |from: &str, to: &str| {
            let (from, to) = (moment(&json!(from)), moment(&json!(to)));
            tasks::store::due_between(&app.state, who, from, to).await.expect("tasks").len()
        };
        assert_eq!(between("2099-01-02T09:00:00Z", "2099-01-02T09:00:01Z").await, 1);
        assert_eq!(between("2099-01-01T09:00:00Z", "2099-01-02T09:00:00Z").await, 0);
        let removed = browser.call("remove_application", &[("id", &application)]).await.ok();
        ann.get(&format!("/api/v1/tasks/{}", task.id())).await.missing();
        assert_eq!(ann.get("/api/v1/tasks").await.ok()["total"], 0);
        back(&mut browser, &bundle(&removed)).await.ok();
        ann.get(&format!("/api/v1/tasks/{}", task.id())).await.ok();
        // What it says is sealed.
        let id: TaskId = task.id().parse().expect("an id");
        let sealed: String = career_copilot::on!(app.state.db.read, |c| sqlx::query_scalar("SELECT text_sealed FROM tasks WHERE id = $1").bind(id).fetch_one(c).await).expect("a text");
        assert!(!sealed.contains("Thank"));
    }
}

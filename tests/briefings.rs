//! Briefings: made once for each day, whatever happens to the servers; mailed to those who asked; ended by one click.

use crate::support::{
    smtp::{Manner, Smtp},
    *,
};
use career_copilot::{
    accounts,
    briefings::{Kind, Settings, making, store},
    db,
    ids::UserId,
    on, profile,
};
use chrono::{DateTime, NaiveDate, Utc};
use reqwest::Method;
use std::time::Duration;

fn id(person: &Person) -> UserId {
    person.id.parse().expect("an id")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// Mail is sent to a confirmed address only.
async fn confirm(app: &TestApp) {
    on!(app.state.db.write, |c| sqlx::query("UPDATE users SET email_verified_at = $1")
        .bind(db::now())
        .execute(c)
        .await
        .map(|_| ()))
    .expect("confirmed");
}

/// Asks for every kind by mail, whether there is something in it or not.
async fn ask(person: &Person) {
    let all = json!({ "morning": true, "evening": true, "weekly": true, "only_news": false });
    person.put("/api/v1/briefings/settings", all).await.done();
}

async fn make(app: &TestApp, person: &Person, kind: Kind, on: NaiveDate) -> Value {
    making::make(&app.state, id(person), kind, on).await.expect("it is made");
    let list = person.get("/api/v1/briefings").await.ok();
    let wanted = |line: &&Value| line["kind"] == kind.as_str() && line["day"] == on.to_string();
    let found = list["items"].as_array().expect("briefings").iter().find(wanted).expect("it is there").id();
    person.get(&format!("/api/v1/briefings/{found}")).await.ok()
}

async fn count(app: &TestApp, query: &'static str) -> i64 {
    on!(app.state.db.read, |c| sqlx::query_scalar(query).fetch_one(c).await).expect("a count")
}

const MAILS: &str = "SELECT count(*) FROM outbox WHERE kind = 'briefing'";

/// The app again, with this mail server.
async fn with(app: &TestApp, server: &Smtp) -> TestApp {
    let settings = server.settings();
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.restarted(&settings).await
}

/// The titles of a list.
fn titles<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    let items = list.get("items").unwrap_or(list).as_array().expect("a list");
    items.iter().map(|item| item[field].as_str().expect("a text")).collect()
}

story! {
    async fn two_servers_make_one_and_send_it_once(app: TestApp) {
        let ann = app.person("ann").await;
        confirm(&app).await;
        ask(&ann).await;
        let other = app.another_node().await;
        let today = db::now().date_naive();
        let rounds = (0..12).map(|n| {
            let app = if n % 2 == 0 { app.state.clone() } else { other.state.clone() };
            let who = id(&ann);
            async move { making::make(&app, who, Kind::Morning, today).await }
        });
        for round in futures_util::future::join_all(rounds).await {
            round.expect("it is made");
        }
        making::make(&app.state, id(&ann), Kind::Evening, today).await.expect("another kind");
        assert_eq!(ann.get("/api/v1/briefings").await.ok()["total"], 2);
        assert_eq!(count(&app, MAILS).await, 2);
        let told = ann.events().await.into_iter().filter(|kind| kind == "briefing.made").count();
        assert_eq!(told, 2);
        other.stopped().await;
    }
}

story! {
    async fn mail_comes_once_when_the_server_is_there_again(app: TestApp) {
        let server = Smtp::start(&[]).await;
        let app = with(&app, &server).await;
        let ann = app.person("ann").await;
        server.wait_for(1).await;
        confirm(&app).await;
        ask(&ann).await;
        let job = ann.job(json!({ "company": "Grain & Sons <b>", "title": "Baker www.evil.example" })).await;
        let today = db::now().date_naive();
        ann.post("/api/v1/tasks", json!({ "title": "Call Ms Weber", "due_at": format!("{today}T12:00:00Z") })).await.created();
        ann.post("/api/v1/applications", json!({ "job_id": job, "status": "interested" })).await.created();
        app.stopped().await;

        // Away at first: it refuses, hangs up, and then is well.
        let server = Smtp::start(&[Manner::Refuse(451), Manner::Drop]).await;
        let app = with(&app, &server).await;
        let ann = ann.moved(&app);
        making::make(&app.state, id(&ann), Kind::Morning, today).await.expect("it is made");
        for attempt in 1..3 {
            while server.connections() < attempt || count(&app, "SELECT count(*) FROM outbox WHERE kind = 'briefing' AND state = 'queued'").await == 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            making::make(&app.state, id(&ann), Kind::Morning, today).await.expect("it is there");
            let past = db::now() - chrono::Duration::seconds(1);
            on!(app.state.db.write, |c| sqlx::query("UPDATE outbox SET next_at = $1 WHERE state = 'queued'").bind(past).execute(c).await.map(|_| ())).expect("time passes");
            app.state.outbox.notify_one();
        }
        let mail = server.wait_for(1).await.remove(0);
        let address = mail.header("List-Unsubscribe").expect("a way to end it");
        assert!(address.starts_with(&format!("<{}/unsubscribe?token=", app.address)) && address.ends_with('>'), "{address}");
        assert_eq!(mail.header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
        assert_eq!(mail.header("Subject").as_deref(), Some("Your morning: 1 due today"));
        let text = mail.text();
        assert!(text.contains("Call Ms Weber") && text.contains("Morning briefing") && text.contains("prefers-color-scheme:dark"), "{text}");
        assert!(!text.contains("www.evil"), "{text}");
        while count(&app, "SELECT count(*) FROM outbox WHERE kind = 'briefing' AND state = 'sent'").await == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // What is sent is in the app, sealed; nothing of it is left in the open.
        assert_eq!(count(&app, "SELECT count(*) FROM outbox WHERE kind = 'briefing' AND (text <> '' OR html <> '')").await, 0);
        assert_eq!(server.received().len(), 1);
        app.stopped().await;
    }
}

story! {
    async fn without_mail_or_a_confirmed_address_it_is_read_here(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        ask(&ann).await;
        let today = db::now().date_naive();
        make(&app, &ann, Kind::Morning, today).await;
        assert_eq!(count(&app, MAILS).await, 0, "the address is not confirmed");
        confirm(&app).await;
        // Nobody gets mail who did not ask for it.
        make(&app, &bob, Kind::Morning, today).await;
        assert_eq!(count(&app, MAILS).await, 0);
        let briefing = make(&app, &ann, Kind::Evening, today).await;
        assert_eq!(briefing["kind"], "evening");
        while count(&app, "SELECT count(*) FROM outbox WHERE kind = 'briefing' AND state = 'kept'").await == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // The administrator reads what is kept; this is not for them.
        let line = &ann.get("/api/v1/admin/outbox").await.ok()["items"][0];
        assert_eq!((&line["kind"], &line["text"]), (&json!("briefing"), &json!("")));
        let mut browser = ann.browser().await;
        assert!(browser.open("/briefings").await.page().contains("Your evening: "));
        assert!(browser.open("/today").await.page().contains("Your evening summary"));
        let page = browser.open(&format!("/briefings/{}", briefing.id())).await.page();
        assert!(page.contains("Evening summary") && page.contains("Nothing was ticked off today"), "{page}");
        browser.call("mark_briefing", &[("id", &briefing.id()), ("read", "true")]).await.ok();
        assert!(make(&app, &ann, Kind::Evening, today).await["read_at"].is_string());
        assert!(browser.open("/today").await.page().contains("Your morning briefing"), "that one is still to be read");
    }
}

story! {
    async fn what_says_nothing_or_comes_late_is_not_mailed(app: TestApp) {
        let ann = app.person("ann").await;
        confirm(&app).await;
        ann.put("/api/v1/briefings/settings", json!({ "morning": true, "evening": true, "weekly": true, "only_news": true })).await.done();
        let today = db::now().date_naive();
        let briefing = make(&app, &ann, Kind::Morning, today).await;
        assert_eq!((briefing["subject"].as_str(), count(&app, MAILS).await), (Some("Your morning: nothing is due"), 0));
        ask(&ann).await;
        make(&app, &ann, Kind::Morning, day("2026-01-05")).await;
        make(&app, &ann, Kind::Weekly, day("2026-01-05")).await;
        assert_eq!(count(&app, MAILS).await, 0, "of no use any more");
        let list = ann.get("/api/v1/briefings").await.ok();
        assert_eq!(list.to_string().matches("\"2026-01-05\"").count(), 2, "but it is here: {list}");
        ann.put("/api/v1/briefings/settings", json!({ "morning": true })).await.invalid("evening");
    }
}

/// The token of the only message.
async fn token(app: &TestApp) -> String {
    let address: String =
        on!(app.state.db.read, |c| sqlx::query_scalar("SELECT unsubscribe FROM outbox WHERE kind = 'briefing'")
            .fetch_one(c)
            .await)
        .expect("a message");
    address.split_once("?token=").expect("a token").1.to_owned()
}

story! {
    async fn one_click_ends_one_kind(app: TestApp) {
        let ann = app.person("ann").await;
        confirm(&app).await;
        ask(&ann).await;
        make(&app, &ann, Kind::Morning, db::now().date_naive()).await;
        let token = token(&app).await;
        let path = format!("/unsubscribe?token={token}");
        let settings = async || ann.get("/api/v1/briefings/settings").await.ok();
        let on = json!({ "morning": true, "evening": true, "weekly": true, "only_news": false });
        let off = json!({ "morning": false, "evening": true, "weekly": true, "only_news": false });

        // Programs that look into mail open links: nothing happens.
        let mut anybody = app.browser();
        let page = anybody.open(&path).await.page();
        assert!(page.contains("No more of these") && page.contains(&format!("action=\"{path}\"")), "{page}");
        assert_eq!(settings().await, on);

        // A wrong token gets the same answer as a right one, and does nothing.
        let click = async |path: &str| {
            let request = app.browser().bare(Method::POST, path);
            let answer = Answer::of(form(request, &[("List-Unsubscribe", "One-Click")])).await;
            (answer.status, answer.text)
        };
        let mut other = token.clone();
        other.replace_range(token.len() - 4.., if token.ends_with("AAAA") { "BBBB" } else { "AAAA" });
        let wrong = click(&format!("/unsubscribe?token={other}")).await;
        for odd in ["/unsubscribe", "/unsubscribe?token=", "/unsubscribe?token=a.b.c", &format!("/unsubscribe?token={}", "x".repeat(5_000))] {
            assert_eq!(click(odd).await, wrong, "{odd}");
        }
        assert_eq!(settings().await, on);
        assert_eq!(click(&path).await, wrong);
        assert_eq!(settings().await, off);
        // Twice is as good as once, in whatever form it is sent, and with whatever cookie.
        let multipart = reqwest::multipart::Form::new().text("List-Unsubscribe", "One-Click");
        let answer = Answer::of(ann.browser().await.bare(Method::POST, &path).multipart(multipart)).await;
        assert_eq!((answer.status, answer.text), wrong);
        assert_eq!(settings().await, off);
        let log = ann.get("/api/v1/account/log").await.ok();
        let noted = log.to_string().matches("mail.off").count();
        assert_eq!(noted, 1, "{log}");

        // The page's own button, and back.
        let button = async |fields: &[(&str, &str)]| {
            let request = app.browser().own(Method::POST, &path);
            Answer::of(form(request, fields)).await.redirect()
        };
        assert_eq!(button(&[("page", "yes"), ("undo", "yes")]).await, format!("{path}&done=on"));
        assert_eq!(settings().await, on);
        let done = button(&[("page", "yes")]).await;
        assert_eq!(done, format!("{path}&done=off"));
        assert_eq!(settings().await, off);
        assert!(anybody.open(&done).await.page().contains("Undo"));
        // Another site's page cannot press it.
        let foreign = app.browser().bare(Method::POST, &path).header("origin", "https://evil.example");
        Answer::of(foreign).await.refused(403, "forbidden");
        // Who is gone gets the same answer.
        on!(app.state.db.write, |c| sqlx::query("DELETE FROM users").execute(c).await.map(|_| ())).expect("gone");
        assert_eq!(click(&path).await, wrong);
    }
}

story! {
    async fn a_day_is_the_persons_own(app: TestApp) {
        let ann = app.person("ann").await;
        let mut profile = postings::fitting_profile();
        profile["time_zone"] = json!("Europe/Berlin");
        ann.profile(profile.clone()).await;
        // On this day clocks go back: it has 25 hours, from 22:00 to 23:00 UTC.
        for (title, due) in [
            ("Before", "2030-10-26T21:59:00Z"),
            ("First", "2030-10-26T22:00:00Z"),
            ("Twice", "2030-10-27T00:30:00Z"),
            ("Last", "2030-10-27T22:59:00Z"),
            ("After", "2030-10-27T23:00:00Z"),
        ] {
            ann.post("/api/v1/tasks", json!({ "title": title, "due_at": due })).await.created();
        }
        let content = make(&app, &ann, Kind::Morning, day("2030-10-27")).await["content"].clone();
        assert_eq!(titles(&content["due"], "title"), ["First", "Twice", "Last"]);
        assert_eq!(titles(&content["due"], "at"), ["00:00", "02:30", "23:59"]);
        assert_eq!((titles(&content["overdue"], "title"), titles(&content["overdue"], "at")), (vec!["Before"], vec!["26 Oct"]));
        let content = make(&app, &ann, Kind::Evening, day("2030-10-26")).await["content"].clone();
        assert_eq!(titles(&content["tomorrow"], "title"), ["First", "Twice", "Last"]);
        // The same moments are other days elsewhere.
        profile["time_zone"] = json!("Pacific/Kiritimati");
        ann.profile(profile).await;
        let content = make(&app, &ann, Kind::Morning, day("2030-10-28")).await["content"].clone();
        assert_eq!(titles(&content["due"], "title"), ["Last", "After"]);
        assert_eq!(titles(&content["due"], "at"), ["12:59", "13:00"]);
    }
}

story! {
    async fn a_morning_holds_what_is_due_and_what_is_new(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let fits = ann.job(postings::fitting()).await;
        let applied = ann.job(postings::baker()).await;
        let application = ann.post("/api/v1/applications", json!({ "job_id": applied })).await.created().id();
        let of = |kind: &str| format!("/api/v1/applications/{application}/{kind}");
        let on = day("2030-05-07");
        let meeting = json!({ "type": "phone", "round": 2, "starts_at": "2030-05-07T13:00:00Z", "ends_at": "2030-05-07T13:45:00Z", "time_zone": "Asia/Tokyo" });
        ann.post(&of("interviews"), meeting).await.created();
        ann.put(&of("offer"), json!({ "decide_by": "2030-05-07" })).await.ok();
        let closing = json!({ "company": "Grain House", "title": "Miller", "closes_on": "2030-05-07" });
        let closing = ann.job(closing).await;
        ann.post("/api/v1/applications", json!({ "job_id": closing, "status": "interested" })).await.created();
        ann.post("/api/v1/tasks", json!({ "title": "Buy stamps", "due_at": "2030-05-07T09:00:00Z" })).await.created();
        ann.post("/api/v1/tasks", json!({ "title": "Think", "due_at": "2030-05-08T10:00:00Z", "remind": "day" })).await.created();
        for n in 0..9 {
            ann.post("/api/v1/tasks", json!({ "title": format!("Old {n}"), "due_at": format!("2030-05-01T0{n}:00:00Z") })).await.created();
        }
        set(&app, "UPDATE applications SET stage_since = $1 WHERE status = 'applied'", "2026-01-05T09:00:00Z").await;
        let content = make(&app, &ann, Kind::Morning, on).await["content"].clone();
        assert_eq!(content["kind"], "morning");
        let due = &content["due"];
        assert_eq!(
            titles(due, "title"),
            ["Decide on the offer: Baker at Acme Mills", "Last day to apply: Miller at Grain House", "Buy stamps", "Reminder: Think", "Interview: Baker at Acme Mills"]
        );
        assert_eq!(titles(due, "at"), ["", "", "09:00", "10:00", "13:00"]);
        assert_eq!(due["items"][4]["about"], "Round 2, phone, until 13:45");
        assert_eq!(due["more"], 0);
        assert_eq!((titles(&content["overdue"], "title").len(), &content["overdue"]["more"]), (5, &json!(4)));
        assert_eq!(content["overdue"]["items"][0]["title"], "Old 8");
        let best = &content["matches"][0];
        assert_eq!((best["job_id"].as_str(), best["title"].as_str()), (Some(fits.as_str()), Some("Senior Data Engineer")));
        assert!(best["score"].as_u64().is_some_and(|score| score > 80) && best["reasons"].as_array().is_some_and(|reasons| reasons.len() == 3), "{best}");
        assert!(content["actions"].as_array().is_some_and(|actions| !actions.is_empty()), "{content}");

        // What arrived since yesterday is told today, and not again.
        let today = db::now().date_naive();
        let first = make(&app, &ann, Kind::Morning, today).await["content"].clone();
        assert!(titles(&first["alerts"], "title").contains(&"Senior Data Engineer"), "{first}");
        assert_eq!(first["matches"][0]["new"], true);
        let tomorrow = today.succ_opt().expect("a day");
        let next = make(&app, &ann, Kind::Morning, tomorrow).await["content"].clone();
        assert_eq!((titles(&next["alerts"], "title").len(), &next["matches"][0]["new"]), (0, &json!(false)));
    }
}

/// Moves everything of one kind to a moment.
async fn set(app: &TestApp, query: &'static str, at: &str) {
    let at: DateTime<Utc> = at.parse().expect("a moment");
    on!(app.state.db.write, |c| sqlx::query(query).bind(at).execute(c).await.map(|_| ())).expect("time passes");
}

story! {
    async fn an_evening_and_a_week_tell_what_happened(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        ann.job(postings::fitting()).await;
        let baker = ann.job(postings::baker()).await;
        let application = ann.post("/api/v1/applications", json!({ "job_id": baker })).await.created().id();
        let quiet = ann.job(postings::titled("Quiet")).await;
        let quiet = ann.post("/api/v1/applications", json!({ "job_id": quiet })).await.created().id();
        ann.browser().await.call("move_application", &[("id", &application), ("stage", "screening")]).await.ok();
        let task = ann.post("/api/v1/tasks", json!({ "title": "Buy stamps" })).await.created().id();
        ann.post(&format!("/api/v1/tasks/{task}/done"), json!({})).await.ok();
        ann.post("/api/v1/tasks", json!({ "title": "Call Ms Weber", "due_at": "2026-11-19T09:00:00Z" })).await.created();
        let meeting = json!({ "type": "phone", "starts_at": "2026-11-18T13:00:00Z", "ends_at": "2026-11-18T14:00:00Z" });
        ann.post(&format!("/api/v1/applications/{application}/interviews"), meeting).await.created();
        // A week in November: sent on Tuesday, answered on Wednesday; the other has been quiet since the 6th.
        set(&app, "UPDATE application_steps SET at = $1 WHERE status = 'applied'", "2026-11-17T10:00:00Z").await;
        set(&app, "UPDATE application_steps SET at = $1 WHERE stage = 'screening'", "2026-11-18T10:00:00Z").await;
        set(&app, "UPDATE applications SET stage_since = $1 WHERE stage <> 'applied'", "2026-11-18T10:00:00Z").await;
        set(&app, "UPDATE applications SET stage_since = $1 WHERE stage = 'applied'", "2026-11-06T10:00:00Z").await;
        set(&app, "UPDATE application_steps SET at = $1 WHERE status = 'applied' AND application_id IN (SELECT id FROM applications WHERE stage = 'applied')", "2026-11-06T10:00:00Z").await;
        set(&app, "UPDATE tasks SET done_at = $1 WHERE done_at IS NOT NULL", "2026-11-18T20:00:00Z").await;
        set(&app, "UPDATE jobs SET created_at = $1", "2026-11-18T09:00:00Z").await;

        let evening = make(&app, &ann, Kind::Evening, day("2026-11-18")).await;
        let content = &evening["content"];
        assert_eq!(titles(&content["done"], "text"), ["Interview: Baker at Acme Mills", "Buy stamps"]);
        assert_eq!((titles(&content["moved"], "from"), titles(&content["moved"], "to")), (vec!["Applied"], vec!["Screening"]));
        assert_eq!(titles(&content["tomorrow"], "title"), ["Call Ms Weber"]);
        assert_eq!((&content["jobs"], &evening["subject"]), (&json!(3), &json!("Your evening: 2 done, 1 moved, 1 due tomorrow")));
        let earlier = make(&app, &ann, Kind::Evening, day("2026-11-17")).await["content"].clone();
        assert_eq!(titles(&earlier["done"], "text"), ["Applied to Baker at Acme Mills"]);

        let week = make(&app, &ann, Kind::Weekly, day("2026-11-23")).await;
        let content = &week["content"];
        assert_eq!((&content["from"], &content["to"]), (&json!("2026-11-16"), &json!("2026-11-22")));
        let matches = ann.get("/api/v1/alerts").await.ok()["items"].as_array().map(Vec::len);
        for (name, now) in [("sent", 1), ("answers", 1), ("interviews", 1), ("moved", 1), ("jobs", 3)] {
            assert_eq!(content[name], json!({ "now": now, "before": 0 }), "{name}");
        }
        assert_eq!(content["rate"], json!({ "answered": 1, "sent": 2 }));
        assert_eq!(content["rate_before"], json!({ "answered": 0, "sent": 1 }));
        assert_eq!(content["moves"]["items"], json!([{ "from": "Applied", "to": "Screening", "count": 1 }]));
        assert_eq!(content["sources"]["items"], json!([{ "source": "manual", "jobs": 3, "matches": matches }]));
        assert_eq!(content["stale"]["items"][0]["application_id"], quiet);
        assert_eq!(content["stale"]["items"][0]["days"], 16);
        assert_eq!(titles(&content["standing"], "name").len(), 2);
        // Two applications say nothing about how many are answered.
        let page = ann.browser().await.open(&format!("/briefings/{}", week.id())).await.page();
        assert!(page.contains("A share is shown from 5 applications on.") && page.contains("16 to 22 November 2026"), "{page}");
        assert!(page.contains(&format!("href=\"/applications/{quiet}\"")), "{page}");
    }
}

story! {
    async fn everybody_of_a_zone_is_asked_once(app: TestApp) {
        let mut people = Vec::new();
        for n in 0..4 {
            let person = app.person(&format!("person{n}")).await;
            let zone = if n == 3 { "Europe/Berlin" } else { "Asia/Tokyo" };
            let mut profile = postings::fitting_profile();
            profile["time_zone"] = json!(zone);
            person.profile(profile).await;
            people.push(person);
        }
        // One of them is kept out, and 501 were not here for long; all but the first of those want mail.
        let mut tx = app.state.db.begin().await.expect("a transaction");
        for n in 0..=500 {
            let who = accounts::store::insert(&mut tx, &format!("many{n}@example.org"), "", None, &[]).await.expect("a person");
            profile::store::insert_empty(&mut tx, who, "Asia/Tokyo").await.expect("a profile");
            if n > 0 {
                store::set(&mut tx, who, Settings::default().with(Kind::Morning, true)).await.expect("kept");
            }
        }
        tx.commit().await.expect("kept");
        let out = id(&people[1]);
        on!(app.state.db.write, |c| sqlx::query("UPDATE users SET disabled_at = created_at WHERE id = $1").bind(out).execute(c).await.map(|_| ())).expect("kept out");
        let planned: DateTime<Utc> = "2030-05-06T23:00:00Z".parse().expect("a moment");
        let next = making::fan_out(&app.state, Kind::Morning, "Asia/Tokyo", planned, None).await.expect("a page");
        assert!(next.is_some(), "there are more than a page holds");
        for _ in 0..2 {
            assert_eq!(making::fan_out(&app.state, Kind::Morning, "Asia/Tokyo", planned, next).await.expect("a page"), None);
        }
        let asked = async |query: &'static str| -> i64 {
            on!(app.state.db.read, |c| sqlx::query_scalar(query).bind(planned).fetch_one(c).await).expect("a count")
        };
        assert_eq!(asked("SELECT count(*) FROM work WHERE kind = 'brief' AND run_at = $1").await, 502);
        assert_eq!(asked("SELECT count(DISTINCT user_id) FROM work WHERE kind = 'brief' AND run_at = $1").await, 502);
        let payload: Value = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT payload FROM work WHERE kind = 'brief' AND run_at = $1 ORDER BY user_id LIMIT 1").bind(planned).fetch_one(c).await).expect("work");
        assert_eq!((&payload["kind"], &payload["day"]), (&json!("morning"), &json!("2030-05-07")), "it is the next day there");
        // In the evening only those come who were here.
        assert_eq!(making::fan_out(&app.state, Kind::Evening, "Asia/Tokyo", planned, None).await.expect("a page"), None);
        assert_eq!(asked("SELECT count(*) FROM work WHERE kind = 'brief' AND run_at = $1").await, 504);
        // Work for somebody who is gone is nothing to do.
        making::make(&app.state, UserId::fresh(), Kind::Morning, day("2030-05-07")).await.expect("nothing");
    }
}

story! {
    async fn the_latest_can_be_made_when_asked_for(app: TestApp) {
        let ann = app.person("ann").await;
        let first = ann.post("/api/v1/briefings", json!({ "kind": "weekly" })).await.ok();
        assert_eq!(ann.post("/api/v1/briefings", json!({ "kind": "weekly" })).await.ok(), first);
        let day: NaiveDate = first["day"].as_str().expect("a day").parse().expect("a day");
        assert_eq!(chrono::Datelike::weekday(&day), chrono::Weekday::Mon);
        ann.post("/api/v1/briefings", json!({ "kind": "hourly" })).await.status(422);
        let page = ann.browser().await.submit("/briefings", "make_briefing", &[("kind", "morning")]).await.redirect();
        assert!(page.starts_with("/briefings/"), "{page}");
        assert_eq!(ann.get("/api/v1/briefings").await.ok()["total"], 2);
    }
}

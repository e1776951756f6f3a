//! Messages on people's devices: once, readable by their browser alone, and nowhere after the session has ended.

use crate::{
    reminders::plan,
    support::{
        postings,
        push::{Manner, PushService, Receiver},
        *,
    },
};
use career_copilot::{db, on, push, retention, server};
use chrono::{DateTime, Duration, Utc};
use std::collections::BTreeSet;

/// Asks the stand-in for everything.
async fn mirrored(app: &TestApp, service: &PushService) -> TestApp {
    app.restarted(&[("FETCH_MIRROR", &service.address)]).await
}

/// Makes the browser a device.
async fn agree(browser: &mut Browser, receiver: &Receiver) -> Answer {
    browser.call("keep_push_device", &[("subscription", &receiver.subscription().to_string())]).await
}

async fn devices(browser: &mut Browser) -> Vec<Value> {
    browser.call("load_pushing", &[]).await.ok()["devices"].as_array().expect("a list").clone()
}

/// What waits: kind and when it is to be sent.
async fn waiting(app: &TestApp) -> Vec<(String, DateTime<Utc>)> {
    on!(app.state.db.read, |c| sqlx::query_as("SELECT kind, at FROM push_outbox ORDER BY at").fetch_all(c).await)
        .expect("rows")
}

async fn until_waiting(app: &TestApp, many: usize) -> Vec<(String, DateTime<Utc>)> {
    for _ in 0..600 {
        let rows = waiting(app).await;
        if rows.len() == many {
            return rows;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{many} are awaited: {:?}", waiting(app).await);
}

/// Whatever waits is due now, on devices that are ready.
async fn time_passes(app: &TestApp) {
    let past = db::now() - Duration::seconds(1);
    for sql in ["UPDATE push_outbox SET at = $1", "UPDATE push_devices SET ready_at = $1"] {
        on!(app.state.db.write, |c| sqlx::query(sql).bind(past).execute(c).await.map(|_| ())).expect("time passes");
    }
    app.state.pushing.notify_one();
}

async fn a_moment() {
    tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
}

fn soon() -> DateTime<Utc> {
    db::now() + Duration::milliseconds(300)
}

story! {
    async fn a_reminder_reaches_a_device_and_only_it_can_read_it(app: TestApp) {
        let service = PushService::start().await;
        let app = mirrored(&app, &service).await;
        let ann = app.person("ann").await;
        let mut laptop = ann.browser().await;
        let receiver = Receiver::new("laptop");
        agree(&mut laptop, &receiver).await.ok();
        let pushing = laptop.call("load_pushing", &[]).await.ok();
        assert_eq!((&pushing["devices"][0]["here"], &pushing["devices"][0]["reached_at"]), (&json!(true), &Value::Null));
        plan(&app, &ann, 1, soon()).await;
        let received = service.until("laptop", 1).await;
        let said = receiver.read(&received[0]);
        assert_eq!((&said["title"], &said["body"], &said["kind"]), (&json!("Task 0"), &json!("Due now."), &json!("task")));
        assert_eq!((&said["path"], &said["tag"]), (&json!("/applications/tasks"), &json!(received[0].header("topic"))));
        assert_eq!(received[0].header("urgency"), "high");
        let ttl: i64 = received[0].header("ttl").parse().expect("seconds");
        assert!((86_000..=86_400).contains(&ttl), "{ttl}");
        // Who sends it, for whom, and for how long.
        let (claims, key) = received[0].sender();
        assert_eq!(key, pushing["public_key"]);
        assert_eq!((&claims["aud"], &claims["sub"]), (&json!("https://push.example.org"), &json!(app.state.config.public_url)));
        let lasts = claims["exp"].as_i64().expect("a moment") - db::now().timestamp();
        assert!(lasts > 3_600 && lasts <= 86_400, "{lasts}");
        // Once, and nothing is left of it.
        a_moment().await;
        assert_eq!(service.received("laptop").len(), 1);
        assert!(waiting(&app).await.is_empty());
        assert!(devices(&mut laptop).await[0]["reached_at"].is_string());
        // A try, and one of somebody without devices.
        laptop.call("send_test_push", &[]).await.ok();
        let received = service.until("laptop", 2).await;
        assert_eq!(receiver.read(&received[1])["title"], "It works");
        let bob = app.person("bob").await;
        bob.browser().await.call("send_test_push", &[]).await.status(409);
        assert!(laptop.open("/applications/tasks").await.page().contains("Another device"));
        app.stopped().await;
    }
}

story! {
    async fn two_servers_send_each_message_once(app: TestApp) {
        let service = PushService::start().await;
        let app = mirrored(&app, &service).await;
        let other = TestApp::start(app.database.clone(), &[("FETCH_MIRROR", &service.address)]).await;
        let ann = app.person("ann").await;
        let (laptop, phone) = (Receiver::new("laptop"), Receiver::new("phone"));
        for receiver in [&laptop, &phone] {
            agree(&mut ann.browser().await, receiver).await.ok();
        }
        plan(&app, &ann, 40, soon()).await;
        for _ in 0..100 {
            app.state.pushing.notify_one();
            other.state.pushing.notify_one();
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        for receiver in [&laptop, &phone] {
            service.until(&receiver.name, 40).await;
        }
        a_moment().await;
        for receiver in [&laptop, &phone] {
            let received = service.received(&receiver.name);
            let titles: BTreeSet<String> = received.iter().map(|one| receiver.read(one)["title"].to_string()).collect();
            assert_eq!((received.len(), titles.len()), (40, 40));
        }
        for app in [app, other] {
            app.stopped().await;
        }
    }
}

story! {
    async fn servers_that_start_at_once_agree_on_a_key_that_outlives_the_secret(app: TestApp) {
        app.stopped().await;
        let db = db::Db::connect(&app.database.url).await.expect("it opens");
        on!(db.write, |c| sqlx::query("DELETE FROM push_key").execute(c).await.map(|_| ())).expect("as before the first start");
        db.close().await;
        let start = || TestApp::start(app.database.clone(), &[]);
        let (one, two) = tokio::join!(start(), start());
        let (first, second) = tokio::join!(push::key::get(&one.state), push::key::get(&two.state));
        let public = first.expect("a key").public.clone();
        assert_eq!((public.len(), &public), (87, &second.expect("a key").public));
        for app in [one, two] {
            app.stopped().await;
        }
        let kept = std::fs::read_to_string(app.database.folder.path().join("secret_key")).expect("it was generated");
        let new = ("SECRET_KEY", "another secret of this installation");
        let changed = TestApp::start(app.database.clone(), &[new, ("SECRET_KEY_PREVIOUS", kept.trim())]).await;
        server::rotate_keys(&changed.state).await.expect("sealed anew");
        changed.stopped().await;
        let after = TestApp::start(app.database.clone(), &[new]).await;
        assert_eq!(push::key::get(&after.state).await.expect("it opens").public, public);
        after.stopped().await;
        // Where the secret is lost, so is everything that was sealed for devices, and another key begins anew.
        let lost = TestApp::start(app.database.clone(), &[("SECRET_KEY", "a secret that was never used here")]).await;
        let another = push::key::get(&lost.state).await.expect("a key").public.clone();
        assert!(another.len() == 87 && another != public);
        lost.stopped().await;
    }
}

story! {
    async fn what_a_push_service_answers_is_followed(app: TestApp) {
        let service = PushService::start().await;
        let app = mirrored(&app, &service).await;
        let ann = app.person("ann").await;
        // One browser is gone, one has to be left alone, one is broken, one refuses what it gets.
        let manners = [
            ("gone", Manner::Answers(410, "")),
            ("unknown", Manner::Answers(404, "")),
            ("busy", Manner::Answers(429, "120")),
            ("broken", Manner::Answers(503, "")),
            ("moved", Manner::Answers(302, "")),
            ("strict", Manner::Answers(413, "")),
            ("endless", Manner::Endless),
        ];
        let mut browsers = Vec::new();
        for (name, manner) in manners {
            service.behave(name, manner);
            let mut browser = ann.browser().await;
            agree(&mut browser, &Receiver::new(name)).await.ok();
            browsers.push(browser);
        }
        assert_eq!(devices(&mut browsers[0]).await.len(), 7);
        let begin = db::now();
        browsers[0].call("send_test_push", &[]).await.ok();
        for (name, _) in [("gone", 0), ("unknown", 0), ("busy", 0), ("broken", 0), ("moved", 0), ("strict", 0), ("endless", 0)] {
            service.until(name, 1).await;
        }
        until_waiting(&app, 3).await;
        assert_eq!(devices(&mut browsers[0]).await.len(), 5, "what is gone is forgotten");
        // Written down before the queue is looked at again.
        a_moment().await;
        let mut left: Vec<(DateTime<Utc>, i64)> = on!(app.state.db.read, |c| sqlx::query_as(
            "SELECT ready_at, failures FROM push_devices WHERE failures > 0 ORDER BY ready_at"
        ).fetch_all(c).await).expect("rows");
        let (until, failures) = left.pop().expect("the busy one");
        assert!(until >= begin + Duration::seconds(120) && until < begin + Duration::seconds(160), "{until}");
        assert_eq!((failures, left.len()), (1, 2));
        assert!(left.iter().all(|(until, _)| *until >= begin + Duration::seconds(30) && *until < begin + Duration::seconds(60)), "{left:?}");
        assert_eq!(service.received("busy").len(), 1, "it is left alone");
        // Later they take it.
        for name in ["busy", "broken", "moved"] {
            service.behave(name, Manner::Takes);
        }
        time_passes(&app).await;
        for name in ["busy", "broken", "moved"] {
            service.until(name, 2).await;
        }
        until_waiting(&app, 0).await;
        a_moment().await;
        for name in ["gone", "strict", "endless"] {
            assert_eq!(service.received(name).len(), 1, "{name}");
        }
        let failing: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM push_devices WHERE failures > 0").fetch_one(c).await).expect("a count");
        assert_eq!(failing, 0);
        // One that stays away for a week is forgotten.
        service.behave("broken", Manner::Answers(500, ""));
        on!(app.state.db.write, |c| sqlx::query("UPDATE push_devices SET failures = 22").execute(c).await.map(|_| ())).expect("a week passes");
        browsers[0].call("send_test_push", &[]).await.ok();
        service.until("broken", 3).await;
        until_waiting(&app, 0).await;
        assert_eq!(devices(&mut browsers[0]).await.len(), 4);
        app.stopped().await;
    }
}

story! {
    async fn a_push_service_that_does_not_answer_holds_nobody_up(app: TestApp) {
        let service = PushService::start().await;
        let app = mirrored(&app, &service).await;
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        service.behave("silent", Manner::Silent);
        agree(&mut ann.browser().await, &Receiver::new("silent")).await.ok();
        agree(&mut bob.browser().await, &Receiver::new("quick")).await.ok();
        plan(&app, &ann, 30, soon()).await;
        service.until("silent", 1).await;
        bob.browser().await.call("send_test_push", &[]).await.ok();
        let begin = std::time::Instant::now();
        service.until("quick", 1).await;
        assert!(begin.elapsed() < std::time::Duration::from_secs(5));
        // It is given up, and then left alone with all that waits.
        tokio::time::sleep(std::time::Duration::from_secs(11)).await;
        let failures: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT max(failures) FROM push_devices").fetch_one(c).await).expect("a count");
        assert_eq!((failures, service.received("silent").len(), waiting(&app).await.len()), (1, 1, 30));
        // What is of no use any more is not sent, and forgotten.
        let past = db::now() - Duration::seconds(1);
        on!(app.state.db.write, |c| sqlx::query("UPDATE push_outbox SET until_at = $1").bind(past).execute(c).await.map(|_| ())).expect("too late");
        service.behave("silent", Manner::Takes);
        retention::sweep(&app.state).await.expect("housekeeping");
        assert!(waiting(&app).await.is_empty());
        time_passes(&app).await;
        a_moment().await;
        assert_eq!(service.received("silent").len(), 1);
        app.stopped().await;
    }
}

story! {
    async fn quiet_hours_and_switches_hold_for_devices(app: TestApp) {
        let service = PushService::start().await;
        let app = mirrored(&app, &service).await;
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let zone = ann.get("/api/v1/profile").await.ok()["time_zone"].as_str().unwrap_or("UTC").parse().unwrap_or(chrono_tz::UTC);
        let mut laptop = ann.browser().await;
        let receiver = Receiver::new("laptop");
        agree(&mut laptop, &receiver).await.ok();
        let now = db::now();
        let clock = |at: DateTime<Utc>| at.with_timezone(&zone).format("%H:%M").to_string();
        let (from, until) = (clock(now - Duration::hours(1)), clock(now + Duration::hours(2)));
        let all = [("push_tasks", "true"), ("push_interviews", "true"), ("push_matches", "true")];
        let quiet = [("quiet_from", from.as_str()), ("quiet_until", until.as_str())];
        laptop.call("save_reminding", &[all.as_slice(), &quiet].concat()).await.ok();
        plan(&app, &ann, 1, soon()).await;
        let rows = until_waiting(&app, 1).await;
        assert_eq!((rows[0].0.as_str(), clock(rows[0].1)), ("task", until.clone()));
        // Matches that come one by one wait as one.
        for n in 0..5 {
            let mut job = postings::fitting();
            job["title"] = json!(format!("Engineer {n}"));
            ann.job(job).await;
        }
        let rows = waiting(&app).await;
        assert_eq!(rows.iter().filter(|(kind, _)| kind == "match").count(), 1, "{rows:?}");
        assert!(rows.iter().all(|(_, at)| clock(*at) == until), "{rows:?}");
        a_moment().await;
        assert!(service.received("laptop").is_empty());
        time_passes(&app).await;
        let received = service.until("laptop", 2).await;
        let mut titles: Vec<String> = received.iter().map(|one| receiver.read(one)["title"].as_str().expect("a title").to_owned()).collect();
        titles.sort();
        assert_eq!(titles, ["5 new matches", "Task 0"]);
        let group = received.iter().find(|one| one.header("topic") == "matches").expect("the matches");
        let said = receiver.read(group);
        assert_eq!((&said["path"], group.header("urgency")), (&json!("/alerts"), "normal"));
        assert!(said["body"].as_str().is_some_and(|body| body.starts_with("Led by Engineer ")), "{said}");

        // Without quiet hours the first waits a few seconds for others; one alone says which it is.
        laptop.call("save_reminding", &all).await.ok();
        until_waiting(&app, 0).await;
        let job = ann.job(postings::fitting()).await;
        let rows = waiting(&app).await;
        assert!(rows.len() == 1 && rows[0].1 <= db::now() + Duration::seconds(10), "{rows:?}");
        time_passes(&app).await;
        let said = receiver.read(&service.until("laptop", 3).await[2]);
        assert_eq!((&said["path"], &said["title"]), (&json!(format!("/jobs/{job}")), &json!("New match: 100 of 100")));

        // What is switched off is not sent, nor what waits.
        until_waiting(&app, 0).await;
        laptop.call("save_reminding", &[all.as_slice(), &quiet].concat()).await.ok();
        plan(&app, &ann, 1, soon()).await;
        ann.job(postings::fitting()).await;
        until_waiting(&app, 2).await;
        laptop.call("save_reminding", &[("push_interviews", "true")]).await.ok();
        assert!(waiting(&app).await.is_empty());
        plan(&app, &ann, 1, soon()).await;
        ann.job(postings::fitting()).await;
        a_moment().await;
        assert!(waiting(&app).await.is_empty());
        assert_eq!(service.received("laptop").len(), 3);
        // Interviews are on.
        let job = ann.job(postings::baker()).await;
        let application = ann.post("/api/v1/applications", json!({ "job_id": job })).await.created().id();
        let starts = db::now() + Duration::hours(3);
        let meeting = json!({ "type": "phone", "starts_at": starts, "ends_at": starts + Duration::hours(1) });
        ann.post(&format!("/api/v1/applications/{application}/interviews"), meeting).await.created();
        on!(app.state.db.write, |c| sqlx::query("UPDATE reminders SET at = $1 WHERE kind = 'interview'").bind(db::now()).execute(c).await.map(|_| ())).expect("it is time");
        app.state.reminding.notify_one();
        let received = service.until("laptop", 4).await;
        let said = receiver.read(&received[3]);
        assert_eq!((&said["kind"], &said["path"]), (&json!("interview"), &json!(format!("/applications/{application}"))));
        assert!(said["title"].as_str().is_some_and(|title| title.starts_with("Interview: ")) && said["body"].as_str().is_some_and(|body| body.starts_with("Due ")), "{said}");
        app.stopped().await;
    }
}

story! {
    async fn a_device_goes_with_its_session(app: TestApp) {
        let service = PushService::start().await;
        let app = mirrored(&app, &service).await;
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let shared = Receiver::new("shared");
        let (mut laptop, mut phone) = (ann.browser().await, ann.browser().await);
        agree(&mut laptop, &shared).await.ok();
        agree(&mut phone, &Receiver::new("phone")).await.ok();
        // A browser says again who it is: it is one device still.
        agree(&mut phone, &Receiver::new("phone")).await.ok();
        agree(&mut phone, &Receiver::new("phone2")).await.ok();
        assert_eq!(devices(&mut phone).await.len(), 2);
        laptop.call("sign_out", &[]).await.ok();
        assert_eq!(devices(&mut phone).await.len(), 1);
        // Somebody else signs in there.
        let mut his = bob.browser().await;
        agree(&mut his, &shared).await.ok();
        plan(&app, &ann, 1, soon()).await;
        service.until("phone2", 1).await;
        assert!(service.received("shared").is_empty() && service.received("phone").is_empty());
        // Even where nobody signed out, a browser is the newest person's.
        agree(&mut phone, &shared).await.ok();
        assert!(devices(&mut his).await.is_empty());
        // An ended session shows nothing, cleared away or not.
        let past = db::now() - Duration::seconds(1);
        let who: career_copilot::ids::UserId = ann.id.parse().expect("an id");
        on!(app.state.db.write, |c| sqlx::query("UPDATE sessions SET expires_at = $1 WHERE user_id = $2").bind(past).bind(who).execute(c).await.map(|_| ())).expect("it ends");
        plan(&app, &ann, 1, soon()).await;
        until_waiting(&app, 1).await;
        a_moment().await;
        assert!(service.received("shared").is_empty());
        retention::sweep(&app.state).await.expect("housekeeping");
        assert!(waiting(&app).await.is_empty());
        let left: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM push_devices").fetch_one(c).await).expect("a count");
        assert_eq!(left, 0);

        // Turned off, removed, and twenty at most.
        agree(&mut his, &shared).await.ok();
        his.call("leave_push", &[]).await.ok();
        his.call("leave_push", &[]).await.ok();
        assert!(devices(&mut his).await.is_empty());
        for n in 0..22 {
            agree(&mut bob.signed_in(&app).await, &Receiver::new(&n.to_string())).await.ok();
        }
        let kept = devices(&mut his).await;
        assert_eq!(kept.len(), 20);
        his.call("remove_push_device", &[("id", &kept[0].id())]).await.ok();
        his.call("remove_push_device", &[("id", &kept[0].id())]).await.status(404);
        assert_eq!(devices(&mut his).await.len(), 19);
        app.stopped().await;
    }
}

story! {
    async fn a_subscription_that_cannot_be_is_refused(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let good = Receiver::new("laptop").subscription();
        let mut keep = async |change: &dyn Fn(&mut Value)| {
            let mut said = good.clone();
            change(&mut said);
            browser.call("keep_push_device", &[("subscription", &said.to_string())]).await
        };
        for address in [
            "", "push", "http://push.example.org/x", "https://127.0.0.1/x", "https://localhost/x", "https://[::1]/x", "https://10.0.0.1/x",
            "https://169.254.169.254/latest", "https://[::ffff:10.0.0.1]/x", "https://192.168.1.1/x", "https://1.1.1.1:8443/x",
            "https://ann:word@1.1.1.1/x", "ftp://1.1.1.1/x", "file:///etc/passwd", "https://2130706433/x",
        ] {
            let said = keep(&|subscription| subscription["endpoint"] = json!(address)).await.invalid("endpoint");
            assert!(said.ends_with('.'), "{address}: {said}");
        }
        let long = format!("https://1.1.1.1/{}", "x".repeat(2_048));
        keep(&|subscription| subscription["endpoint"] = json!(long)).await.invalid("endpoint");
        for odd in ["", "AAAA", "not base64 at all", &"A".repeat(87)] {
            keep(&|subscription| subscription["keys"]["p256dh"] = json!(odd)).await.invalid("p256dh");
            keep(&|subscription| subscription["keys"]["auth"] = json!(odd)).await.invalid("auth");
        }
        for nonsense in ["", "{", "7", "null", "{\"endpoint\": 7}", &"x".repeat(100_000)] {
            browser.call("keep_push_device", &[("subscription", nonsense)]).await.invalid("subscription");
        }
        assert!(devices(&mut browser).await.is_empty());
        // A program has no browser; one that logged in or was given a token gets no messages by its own.
        let made = ann.post("/api/v1/auth/tokens", json!({ "name": "Tool", "scopes": ["read", "write"] })).await.created();
        let tool = app.anybody().with_token(made["token"].as_str().expect("a token"));
        let request = tool.request(reqwest::Method::POST, "/api/keep_push_device");
        Answer::of(form(request, &[("subscription", &good.to_string())])).await.status(403);
    }
}

story! {
    async fn a_device_is_taken_along_without_its_keys(app: TestApp) {
        let service = PushService::start().await;
        let app = mirrored(&app, &service).await;
        let ann = app.person("ann").await;
        let receiver = Receiver::new("canary-laptop");
        agree(&mut ann.browser().await, &receiver).await.ok();
        let id = crate::privacy::exported(&ann).await;
        let file = crate::privacy::fetched(&ann, &id).await;
        let devices = crate::privacy::unpacked(&file, "devices.json");
        assert_eq!(devices[0]["label"], "Another device");
        let written = devices.to_string();
        let keys = &receiver.subscription()["keys"];
        let stored = crate::privacy::contents(&app.state.db).await;
        for secret in ["canary-laptop", keys["p256dh"].as_str().expect("a key"), keys["auth"].as_str().expect("a key")] {
            assert!(!written.contains(secret) && !stored.contains(secret), "{secret}");
        }
        app.stopped().await;
    }
}

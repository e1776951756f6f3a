//! The calendar at Google, against a Google that answers as its documentation says: filled, kept, let go of; and everything that goes
//! wrong there.

use crate::{
    privacy::{contents, exported, fetched, unpacked},
    support::{
        google::{ACCOUNT, Fault, Google, SCOPE},
        *,
    },
};
use career_copilot::on;
use chrono::{Days, Utc};
use std::time::{Duration, Instant};

const CONNECT: &str = "/api/v1/calendar/google/connect";
const CALLBACK: &str = "/api/v1/calendar/google/callback";

/// An app with Google, and Ann, who is signed in.
async fn with(app: &TestApp, google: &Google) -> (TestApp, Person, Browser) {
    let ann = app.person("ann").await;
    let settings = google.settings();
    let settings = settings.each_ref().map(|(name, value)| (*name, value.as_str()));
    let app = app.restarted(&settings).await;
    let ann = ann.moved(&app);
    let browser = ann.browser().await;
    (app, ann, browser)
}

/// Leaves for Google; answers with where that sends the browser back to, as a path.
async fn there(browser: &mut Browser) -> String {
    let to = browser.open(CONNECT).await.redirect();
    let back = Answer::of(Caller::new("").at("").request(reqwest::Method::GET, &to)).await.redirect();
    back.strip_prefix(&browser.address).unwrap_or_else(|| panic!("sent to {back}")).to_owned()
}

/// There and back; answers with the word that says what came of it.
async fn around(browser: &mut Browser) -> String {
    let back = there(browser).await;
    word(&browser.open(&back).await)
}

#[track_caller]
fn word(answer: &Answer) -> String {
    let to = answer.header("location").expect("a location");
    let word = to.strip_prefix("/applications/interviews?calendar=").unwrap_or_else(|| panic!("sent to {to}"));
    word.trim_end_matches("#google-calendar").to_owned()
}

/// What the card shows of the connection.
async fn card(browser: &mut Browser) -> Value {
    browser.call("load_google_calendar", &[]).await.ok()["connection"].clone()
}

/// Waits until nothing is under way and this holds; answers with what the card shows then.
async fn until(app: &TestApp, browser: &mut Browser, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        app.state.google_calendars.notify_one();
        let shown = card(browser).await;
        if shown["working"] == false && holds(&shown) {
            return shown;
        }
        assert!(Instant::now() < patience, "{what} is awaited: {shown}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Waits until Google has this.
async fn brought(app: &TestApp, google: &Google, what: &str, holds: impl Fn(&Google) -> bool) {
    let patience = Instant::now() + Duration::from_secs(60);
    while !holds(google) {
        assert!(Instant::now() < patience, "{what} is awaited: {:?}", google.events());
        app.state.google_calendars.notify_one();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Connected, and all brought there.
async fn connected(app: &TestApp, browser: &mut Browser) -> Value {
    assert_eq!(around(browser).await, "connected");
    until(app, browser, "the first visit", |shown| !shown["synced_at"].is_null()).await
}

async fn task(ann: &Person, title: &str) -> String {
    let due = Utc::now() + Days::new(3);
    ann.post("/api/v1/tasks", json!({ "title": title, "due_at": due })).await.created().id()
}

/// Entries whose fate is known, or about which it is not.
async fn rows(app: &TestApp) -> i64 {
    on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM google_calendar_entries").fetch_one(c).await)
        .expect("a count")
}

story! {
    async fn entries_are_there_as_they_are_here(app: TestApp) {
        let google = Google::start().await;
        let (app, ann, mut browser) = with(&app, &google).await;
        assert!(browser.open("/applications/interviews").await.page().contains("Connect Google Calendar"));
        let job = ann.job(postings::baker()).await;
        let id = ann.post("/api/v1/applications", json!({ "job_id": job, "status": "offer" })).await.created().id();
        let at = |day: &str| json!({ "type": "video", "starts_at": format!("{day}T13:00:00Z"), "ends_at": format!("{day}T14:00:00Z"), "time_zone": "Europe/Paris", "link": "https://meet.example.org/abc" });
        let day = |days: u64| (Utc::now() + Days::new(days)).date_naive().to_string();
        let meeting = ann.post(&format!("/api/v1/applications/{id}/interviews"), at(&day(5))).await.created();
        ann.put(&format!("/api/v1/applications/{id}/offer"), json!({ "decide_by": day(9) })).await.ok();

        let shown = connected(&app, &mut browser).await;
        assert_eq!((&shown["entries"], &shown["refused"], &shown["problem"], &shown["address"]), (&json!(2), &json!(0), &Value::Null, &json!(ACCOUNT)));
        assert_eq!(google.calendars(), (1, 1));
        let moment = |time: &Value| time["dateTime"].as_str().expect("a time").parse::<chrono::DateTime<Utc>>().expect("a moment").to_rfc3339();
        let interview = google.event("Interview: Baker at Acme Mills");
        assert_eq!(interview["start"]["timeZone"], "Europe/Paris");
        assert_eq!(moment(&interview["start"]), format!("{}T13:00:00+00:00", day(5)));
        assert_eq!(moment(&interview["end"]), format!("{}T14:00:00+00:00", day(5)));
        assert_eq!(interview["location"], "https://meet.example.org/abc");
        assert_eq!(interview["source"]["url"], format!("{}/applications/{id}", app.state.config.public_url));
        let offer = google.event("Decide on the offer");
        assert_eq!((&offer["start"], &offer["end"]), (&json!({ "date": day(9) }), &json!({ "date": day(10) })));
        // Moved, called off, planned again under the same id, removed.
        let path = format!("/api/v1/interviews/{}", meeting.id());
        ann.put(&path, at(&day(6))).await.ok();
        brought(&app, &google, "the other day", |google| moment(&google.event("Interview")["start"]).starts_with(&day(6))).await;
        let mut off = at(&day(6));
        off["result"] = json!("cancelled");
        ann.put(&path, off).await.ok();
        brought(&app, &google, "no interview", |google| google.events().len() == 1).await;
        ann.put(&path, at(&day(7))).await.ok();
        brought(&app, &google, "the interview", |google| google.events().len() == 2).await;
        assert_eq!(google.event("Interview")["id"], interview["id"]);
        task(&ann, "Call Ms Weber").await;
        brought(&app, &google, "the task", |google| google.events().len() == 3).await;
        ann.delete(&path).await.status(204);
        brought(&app, &google, "no interview", |google| google.events().len() == 2).await;
        let shown = until(&app, &mut browser, "two entries", |shown| shown["entries"] == 2).await;
        assert_eq!(shown["problem"], Value::Null);

        // Nothing is asked while nothing happens that is in the calendar.
        let asked = google.calls("");
        ann.profile(postings::fitting_profile()).await;
        ann.job(postings::titled("Another")).await;
        tokio::time::sleep(Duration::from_secs(4)).await;
        assert_eq!(google.calls(""), asked);
        // Told, taken along, and never what opens it.
        let page = browser.open("/applications/interviews").await.page();
        assert!(page.contains("Connected as ") && page.contains(ACCOUNT) && page.contains("2 entries there"), "{page}");
        assert!(ann.get("/api/v1/account/log").await.ok().to_string().contains("calendar.connected"));
        let copy = unpacked(&fetched(&ann, &exported(&ann).await).await, "google-calendar.json");
        assert_eq!((&copy["address"], &copy["entries"]), (&json!(ACCOUNT), &json!(2)));
        let kept = contents(&app.state.db).await;
        for secret in ["1//", "ya29."] {
            assert!(!kept.contains(secret) && !page.contains(secret) && !copy.to_string().contains(secret), "{secret}");
        }
        app.stopped().await;
    }
}

story! {
    async fn nothing_is_connected_without_consent(app: TestApp) {
        // Where Google is not set up there is nothing.
        let bob = app.person("bob").await;
        let mut other = bob.browser().await;
        assert_eq!(other.call("load_google_calendar", &[]).await.ok(), json!({ "offered": false, "connection": null }));
        assert!(!other.open("/applications/interviews").await.page().contains("Google Calendar"));
        other.open(CONNECT).await.missing();
        let google = Google::start().await;
        let (app, ann, mut browser) = with(&app, &google).await;
        let mut other = bob.moved(&app).browser().await;
        app.anybody().get(CONNECT).await.status(401);
        // A token of a program connects nothing.
        let token = ann.post("/api/v1/auth/tokens", json!({ "name": "Backup", "scopes": ["read", "write"] })).await.created();
        app.anybody().with_token(token["token"].as_str().expect("a token")).get(CONNECT).await.status(403);
        let foreign = browser.bare(reqwest::Method::GET, CONNECT).header("sec-fetch-site", "cross-site");
        assert_eq!(browser.send(foreign).await.redirect(), "/applications/interviews");
        google.grants(None);
        assert_eq!(around(&mut browser).await, "denied");
        assert!(browser.open("/applications/interviews?calendar=denied").await.page().contains("You did not agree at Google"));
        google.grants(Some("openid https://www.googleapis.com/auth/userinfo.email"));
        assert_eq!(around(&mut browser).await, "scope");
        assert!(browser.open("/applications/interviews?calendar=scope").await.page().contains("leave its box ticked"));
        google.grants(Some(SCOPE));
        // Another state, no state, somebody else's browser, nobody's.
        let back = there(&mut browser).await;
        for path in [back.replace("state=", "state=x"), CALLBACK.to_owned()] {
            assert_eq!(word(&browser.clone().open(&path).await), "expired", "{path}");
        }
        assert_eq!(word(&other.open(&back).await), "expired");
        other.cookies.insert("calendar-flow".into(), browser.cookies["calendar-flow"].clone());
        assert_eq!(word(&other.open(&back).await), "expired", "begun by Ann");
        let mut nobody = app.browser();
        nobody.cookies.insert("calendar-flow".into(), browser.cookies["calendar-flow"].clone());
        assert_eq!(word(&nobody.open(&back).await), "expired");
        // Sent by somebody who says they are another, a code that is none, and twice.
        assert_eq!(word(&browser.clone().open(&format!("{back}&iss=https://accounts.evil.example")).await), "failed");
        let code = back.split_once("code=").and_then(|(_, rest)| rest.split_once('&')).expect("a code").0;
        assert_eq!(word(&browser.clone().open(&back.replace(code, "guess")).await), "failed");
        assert_eq!(card(&mut browser).await, Value::Null);
        let flow = browser.cookies["calendar-flow"].clone();
        assert_eq!(word(&browser.open(&back).await), "connected");
        assert!(!browser.cookies.contains_key("calendar-flow"));
        browser.cookies.insert("calendar-flow".into(), flow);
        assert_eq!(word(&browser.open(&back).await), "failed", "the code is used up");
        assert_eq!(card(&mut other).await, Value::Null, "it is Ann's alone");
        other.call("sync_google_calendar", &[]).await.missing_function();
        other.call("disconnect_google_calendar", &[("remove", "true")]).await.missing_function();
        until(&app, &mut browser, "a visit", |shown| !shown["synced_at"].is_null()).await;
        app.stopped().await;
    }
}

story! {
    async fn what_is_changed_there_is_put_back(app: TestApp) {
        let google = Google::start().await;
        let (app, ann, mut browser) = with(&app, &google).await;
        for n in 1..=5 {
            task(&ann, &format!("Task {n}")).await;
        }
        connected(&app, &mut browser).await;
        google.by_hand(|events| {
            let of = |events: &mut std::collections::BTreeMap<String, Value>, words: &str| {
                let (id, _) = events.iter().find(|(_, event)| event["summary"] == words).expect("it is there");
                id.clone()
            };
            let gone = of(events, "Task 2");
            events.get_mut(&gone).expect("it is there")["status"] = json!("cancelled");
            let renamed = of(events, "Task 4");
            events.get_mut(&renamed).expect("it is there")["summary"] = json!("Mine");
            let lunch = json!({ "summary": "Lunch", "status": "confirmed", "start": { "date": "2027-03-01" }, "end": { "date": "2027-03-02" } });
            events.insert("lunch".into(), lunch);
        });
        let puts = google.calls("PUT");
        browser.call("sync_google_calendar", &[]).await.ok();
        brought(&app, &google, "all five", |google| google.events().len() == 6).await;
        until(&app, &mut browser, "the end of it", |shown| shown["entries"] == 5).await;
        let mut found: Vec<String> = google.events().iter().map(|event| event["summary"].as_str().expect("words").to_owned()).collect();
        found.sort();
        assert_eq!(found, ["Lunch", "Task 1", "Task 2", "Task 3", "Task 4", "Task 5"]);
        assert_eq!(google.calls("PUT") - puts, 2, "only what differed: what was cancelled there is there under its id");
        app.stopped().await;
    }
}

story! {
    async fn an_answer_that_is_lost_leaves_nothing_twice(app: TestApp) {
        let google = Google::start().await;
        let (app, ann, mut browser) = with(&app, &google).await;
        connected(&app, &mut browser).await;
        google.answers(&[Fault::Lost]);
        task(&ann, "Once").await;
        let shown = until(&app, &mut browser, "the trouble", |shown| !shown["problem"].is_null()).await;
        assert_eq!((shown["problem"].as_str(), &shown["entries"]), (Some("Google does not answer."), &json!(0)));
        assert_eq!((rows(&app).await, google.events().len()), (1, 1), "known to be there, perhaps");
        // By itself, a few seconds later.
        until(&app, &mut browser, "the end of it", |shown| shown["entries"] == 1).await;
        assert_eq!((google.calls("POST /calendars/"), google.calls("PUT"), google.events().len()), (1, 1, 1));
        // A database that was put back knows nothing of it: 409, and it is changed instead.
        on!(app.state.db.write, |c| sqlx::query("DELETE FROM google_calendar_entries").execute(c).await.map(|_| ())).expect("an older copy");
        browser.call("sync_google_calendar", &[]).await.ok();
        until(&app, &mut browser, "the end of it", |shown| shown["entries"] == 1).await;
        assert_eq!((google.calls("POST /calendars/"), google.calls("PUT"), google.events().len()), (2, 2, 1));
        // Removed here while it is not known whether it is there: it is not left behind.
        google.answers(&[Fault::Lost]);
        let second = task(&ann, "Twice").await;
        until(&app, &mut browser, "the trouble", |shown| !shown["problem"].is_null()).await;
        ann.delete(&format!("/api/v1/tasks/{second}")).await.status(204);
        until(&app, &mut browser, "the end of it", |shown| shown["problem"].is_null()).await;
        assert_eq!((google.events().len(), rows(&app).await), (1, 1));
        app.stopped().await;
    }
}

story! {
    async fn a_calendar_that_was_removed_is_made_anew(app: TestApp) {
        let google = Google::start().await;
        let (app, ann, mut browser) = with(&app, &google).await;
        for n in 1..=3 {
            task(&ann, &format!("Task {n}")).await;
        }
        connected(&app, &mut browser).await;
        google.removes_calendars();
        task(&ann, "Task 4").await;
        brought(&app, &google, "all in another calendar", |google| google.events().len() == 4).await;
        assert_eq!(google.calendars(), (2, 1));
        let shown = until(&app, &mut browser, "the end of it", |shown| shown["entries"] == 4).await;
        assert_eq!(shown["problem"], Value::Null);
        // Also found where nothing is to be brought.
        google.removes_calendars();
        browser.call("sync_google_calendar", &[]).await.ok();
        brought(&app, &google, "all in a third", |google| google.events().len() == 4).await;
        assert_eq!(google.calendars(), (3, 1));
        app.stopped().await;
    }
}

story! {
    async fn access_is_renewed_while_it_may_be(app: TestApp) {
        let google = Google::start().await;
        let (app, ann, mut browser) = with(&app, &google).await;
        task(&ann, "Task 1").await;
        connected(&app, &mut browser).await;
        google.hour_is_over();
        for n in 2..=4 {
            task(&ann, &format!("Task {n}")).await;
        }
        brought(&app, &google, "all four", |google| google.events().len() == 4).await;
        until(&app, &mut browser, "the end of it", |shown| shown["entries"] == 4).await;
        assert_eq!(google.renewed(), 1, "401: once, and then it is known");
        let asked = google.calls("");
        task(&ann, "Task 5").await;
        brought(&app, &google, "the fifth", |google| google.events().len() == 5).await;
        assert_eq!((google.renewed(), google.calls("") - asked), (1, 1), "what was renewed is kept");

        google.takes_back();
        task(&ann, "Task 6").await;
        let shown = until(&app, &mut browser, "the end of consent", |shown| !shown["problem"].is_null()).await;
        assert!(shown["problem"].as_str().is_some_and(|words| words.contains("connect it again")), "{shown}");
        assert_eq!(shown["next_at"], Value::Null);
        assert!(browser.open("/applications/interviews").await.page().contains("Connect it again"));
        browser.call("sync_google_calendar", &[]).await.status(409);
        let asked = google.calls("");
        task(&ann, "Task 7").await;
        tokio::time::sleep(Duration::from_secs(4)).await;
        assert_eq!(google.calls(""), asked, "nobody knocks at a closed door");
        // Connected again it goes on in the same calendar.
        assert_eq!(around(&mut browser).await, "connected");
        brought(&app, &google, "all seven", |google| google.events().len() == 7).await;
        assert_eq!(google.calendars(), (1, 1));
        until(&app, &mut browser, "the end of it", |shown| shown["entries"] == 7 && shown["problem"].is_null()).await;
        app.stopped().await;
    }
}

story! {
    async fn google_is_left_alone_when_it_asks_for_it(app: TestApp) {
        let google = Google::start().await;
        let (app, ann, mut browser) = with(&app, &google).await;
        connected(&app, &mut browser).await;
        google.answers(&[Fault::Error(429, "rateLimitExceeded", Some("9"))]);
        task(&ann, "Task 1").await;
        let shown = until(&app, &mut browser, "the trouble", |shown| !shown["problem"].is_null()).await;
        assert_eq!(shown["problem"], "Google asks to be left alone for a while.");
        let refused = google.newest_call();
        browser.call("sync_google_calendar", &[]).await.status(409);
        task(&ann, "Task 2").await;
        brought(&app, &google, "both", |google| google.events().len() == 2).await;
        assert!(google.newest_call() - refused >= Duration::from_millis(8_900), "it was asked too soon");
        until(&app, &mut browser, "the end of it", |shown| shown["problem"].is_null()).await;
        for (fault, words, stopped) in [
            (Fault::Error(403, "userRateLimitExceeded", None), "left alone", false),
            (Fault::Error(500, "backendError", None), "does not answer", false),
            (Fault::Error(403, "forbidden", None), "not understood", false),
            (Fault::Error(403, "accessNotConfigured", None), "switch the Calendar API on", false),
            (Fault::Error(403, "insufficientPermissions", None), "connect it again", true),
        ] {
            google.answers(std::slice::from_ref(&fault));
            assert_eq!(around(&mut browser).await, "connected");
            let shown = until(&app, &mut browser, words, |shown| !shown["problem"].is_null()).await;
            assert!(shown["problem"].as_str().is_some_and(|said| said.contains(words)), "{fault:?}: {shown}");
            assert_eq!(shown["next_at"].is_null(), stopped, "{fault:?}: {shown}");
        }
        app.stopped().await;
    }
}

story! {
    async fn answers_that_are_none_do_no_harm(app: TestApp) {
        let google = Google::start().await;
        let (app, ann, mut browser) = with(&app, &google).await;
        task(&ann, "Task 1").await;
        connected(&app, &mut browser).await;
        for (fault, words) in
            [(Fault::Garbage, "not understood"), (Fault::Huge, "not understood"), (Fault::Slow, "does not answer")]
        {
            google.answers(std::slice::from_ref(&fault));
            browser.call("sync_google_calendar", &[]).await.ok();
            let shown = until(&app, &mut browser, words, |shown| !shown["problem"].is_null()).await;
            assert!(shown["problem"].as_str().is_some_and(|said| said.contains(words)), "{fault:?}: {shown}");
            browser.call("sync_google_calendar", &[]).await.ok();
            until(&app, &mut browser, "all well again", |shown| shown["problem"].is_null()).await;
        }
        // One entry that is never taken holds up no other, and is not sent again and again.
        let puts = google.calls("P");
        task(&ann, "Nobody takes this").await;
        task(&ann, "Task 2").await;
        let shown = until(&app, &mut browser, "the other", |shown| shown["refused"] == 1 && shown["entries"] == 2).await;
        assert_eq!(shown["problem"], Value::Null);
        assert_eq!(google.calls("P") - puts, 2);
        assert!(browser.open("/applications/interviews").await.page().contains("1 entry Google did not take"));
        app.stopped().await;
    }
}

story! {
    async fn two_servers_bring_everything_once(app: TestApp) {
        let google = Google::start().await;
        let (app, ann, mut browser) = with(&app, &google).await;
        let settings = google.settings();
        let settings = settings.each_ref().map(|(name, value)| (*name, value.as_str()));
        // Both are one site, whatever port they listen on.
        let settings = [&settings[..], &[("PUBLIC_URL", app.address.as_str())]].concat();
        let other = TestApp::start(app.database.clone(), &settings).await;
        let at_other = ann.moved(&other);
        // More than one visit takes.
        for n in 0..130 {
            task(if n % 2 == 0 { &ann } else { &at_other }, &format!("Task {n}")).await;
        }
        assert_eq!(around(&mut browser).await, "connected");
        other.state.google_calendars.notify_one();
        until(&app, &mut browser, "all of them", |shown| shown["entries"] == 130).await;
        for n in 130..140 {
            task(if n % 2 == 0 { &ann } else { &at_other }, &format!("Task {n}")).await;
            other.state.google_calendars.notify_one();
            app.state.google_calendars.notify_one();
        }
        until(&app, &mut browser, "the rest", |shown| shown["entries"] == 140).await;
        assert_eq!((google.calendars(), google.events().len()), ((1, 1), 140));
        assert_eq!((google.calls("POST /calendars/"), google.calls("PUT")), (140, 0), "each by one of them");
        other.stopped().await;
        app.stopped().await;
    }
}

story! {
    async fn letting_go_gives_everything_back(app: TestApp) {
        let google = Google::start().await;
        let (app, ann, mut browser) = with(&app, &google).await;
        task(&ann, "Task 1").await;
        connected(&app, &mut browser).await;
        // The calendar stays, unless it is to go.
        assert_eq!(browser.call("disconnect_google_calendar", &[]).await.ok(), Value::Null);
        assert_eq!((google.calendars(), google.revoked().len(), rows(&app).await), ((1, 1), 1, 0));
        browser.call("disconnect_google_calendar", &[]).await.missing_function();
        browser.call("sync_google_calendar", &[]).await.missing_function();
        assert!(browser.open("/applications/interviews").await.page().contains("Connect Google Calendar"));
        connected(&app, &mut browser).await;
        assert_eq!(google.calendars(), (2, 2));
        assert_eq!(browser.call("disconnect_google_calendar", &[("remove", "true")]).await.ok(), Value::Null);
        assert_eq!((google.calendars(), google.revoked().len()), ((2, 1), 2));
        assert!(ann.get("/api/v1/account/log").await.ok().to_string().contains("calendar.disconnected"));
        // Google is away: the person is let go all the same, and told what is left.
        connected(&app, &mut browser).await;
        google.answers(&[Fault::Error(503, "backendError", None)]);
        let left = browser.call("disconnect_google_calendar", &[("remove", "true")]).await.ok();
        assert!(left.as_str().is_some_and(|words| words.contains("remove it there yourself")), "{left}");
        assert_eq!(card(&mut browser).await, Value::Null);
        // An account that is erased gives back what it has, and nothing of it is left.
        connected(&app, &mut browser).await;
        let fields = [("typed", ann.email.as_str()), ("current_password", &ann.password), ("at_once", "true")];
        browser.call("close_account", &fields).await.ok();
        brought(&app, &google, "the grant", |google| google.revoked().len() == 4).await;
        let left: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM google_calendars").fetch_one(c).await).expect("a count");
        assert_eq!((left, rows(&app).await), (0, 0));
        assert!(!contents(&app.state.db).await.contains(ACCOUNT));
        app.stopped().await;
    }
}

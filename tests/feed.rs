//! The calendar for other programs, read back by the reader we have for foreign calendars.

use crate::support::{postings, *};
use calendar::{Invitation, Method};

async fn fetched(app: &TestApp, address: &str) -> Vec<Invitation> {
    let path = address.strip_prefix(&app.state.config.public_url).expect("an address of this site");
    let answer = app.anybody().get(path).await.status(200);
    assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/calendar")), "{answer:?}");
    assert!(answer.text.starts_with("BEGIN:VCALENDAR\r\n") && answer.text.ends_with("END:VCALENDAR\r\n"), "{answer:?}");
    match calendar::read(answer.text.as_bytes()) {
        Err(calendar::Reason::NoEvent) => Vec::new(),
        read => read.expect("a calendar"),
    }
}

async fn address(browser: &mut Browser) -> String {
    browser.call("load_feed", &[]).await.ok()["address"].as_str().expect("an address").to_owned()
}

story! {
    async fn interviews_decisions_and_tasks_are_in_the_calendar(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let job = ann.job(postings::baker()).await;
        let id = ann.post("/api/v1/applications", json!({ "job_id": job, "status": "offer" })).await.created().id();
        let begin = "2027-03-29T13:00:00Z";
        let meeting = json!({ "type": "video", "starts_at": begin, "ends_at": "2027-03-29T14:00:00Z", "time_zone": "Europe/Paris", "link": "https://meet.example.org/abc" });
        let meeting = ann.post(&format!("/api/v1/applications/{id}/interviews"), meeting).await.created();
        let soon = chrono::Utc::now() + chrono::Duration::days(2);
        ann.put(&format!("/api/v1/applications/{id}/offer"), json!({ "decide_by": soon.date_naive().to_string() })).await.ok();
        ann.post("/api/v1/tasks", json!({ "title": "Call Ms Weber", "due_at": soon })).await.created();
        assert_eq!(browser.call("load_feed", &[]).await.ok()["address"], Value::Null);
        browser.call("open_feed", &[]).await.ok();
        let first = address(&mut browser).await;
        let all = fetched(&app, &first).await;
        let named = |all: &[Invitation], words: &str| all.iter().find(|event| event.summary.contains(words)).unwrap_or_else(|| panic!("no {words}")).clone();
        assert_eq!(all.len(), 3, "{all:?}");
        let interview = named(&all, "Interview: Baker");
        let starts = interview.time.as_ref().map(|time| format!("{time:?}")).expect("a time");
        assert!(starts.contains("2027-03-29T13:00:00Z"), "{starts}");
        named(&all, "Decide on the offer");
        named(&all, "Call Ms Weber");
        // A change is another sequence under the same id; a cancelled one says so.
        let path = format!("/api/v1/interviews/{}", meeting.id());
        let body = json!({ "type": "video", "starts_at": "2027-03-30T13:00:00Z", "ends_at": "2027-03-30T14:00:00Z", "time_zone": "Europe/Paris", "result": "cancelled" });
        ann.put(&path, body).await.ok();
        let again = named(&fetched(&app, &first).await, "Interview: Baker");
        assert_eq!(again.uid, interview.uid);
        assert!(again.sequence > interview.sequence, "{again:?}");
        let file = ann.get(&format!("{path}/calendar")).await.status(200);
        let file = calendar::read(file.text.as_bytes()).expect("a calendar");
        assert_eq!((&file[0].uid, file[0].method), (&interview.uid, Some(Method::Cancel)));
        assert!(browser.open("/applications/interviews").await.page().contains("calendar.ics?key="));
    }
}

story! {
    async fn an_address_is_private_and_can_be_ended(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let mut browser = ann.browser().await;
        browser.call("close_feed", &[]).await.missing_function();
        browser.call("open_feed", &[]).await.ok();
        let first = address(&mut browser).await;
        browser.call("open_feed", &[]).await.ok();
        let second = address(&mut browser).await;
        assert_ne!(first, second);
        let path = |address: &str| address.strip_prefix(&app.state.config.public_url).expect("of this site").to_owned();
        app.anybody().get(&path(&first)).await.missing();
        assert!(fetched(&app, &second).await.is_empty());
        assert_eq!(bob.browser().await.call("load_feed", &[]).await.ok()["address"], Value::Null);
        for guess in ["/calendar.ics", "/calendar.ics?key=", "/calendar.ics?key=guess", "/calendar.ics?key=%00"] {
            app.anybody().get(guess).await.missing();
        }
        browser.call("close_feed", &[]).await.ok();
        app.anybody().get(&path(&second)).await.missing();
    }
}

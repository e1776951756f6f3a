//! The live socket: what changes in one place shows in the other within a second.

use crate::support::{postings, *};
use std::time::Duration;

story! {
    async fn a_change_reaches_every_open_page_of_the_person_and_no_other(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (mut first, mut second) = (ann.browser().await.live(None).await, ann.browser().await.live(None).await);
        let mut bobs = bob.browser().await.live(None).await;
        let job = ann.job(postings::baker()).await;
        for socket in [&mut first, &mut second] {
            let event = socket.next().await;
            assert_eq!((&event["seq"], &event["kind"], &event["id"]), (&json!(1), &json!("job.created"), &json!(job)));
            assert_eq!(event.as_object().map(|event| event.len()), Some(4), "what changed, never the data: {event}");
        }
        ann.browser().await.call("apply", &[("job_id", &job)]).await.ok();
        assert_eq!(first.next().await["kind"], "application.created");
        assert!(bobs.is_quiet().await);
        // One change may tell two things; the order is that of the numbers.
        ann.profile(postings::fitting_profile()).await;
        ann.job(postings::fitting()).await;
        let kinds = [first.next().await, first.next().await, first.next().await].map(|event| event["kind"].clone());
        assert_eq!(kinds, ["profile.changed", "job.created", "alert.raised"]);
    }
}

story! {
    async fn after_a_break_the_page_catches_up_by_number(app: TestApp) {
        let ann = app.person("ann").await;
        let browser = ann.browser().await;
        let mut socket = browser.live(None).await;
        ann.job(postings::baker()).await;
        let seen = socket.next().await["seq"].as_i64().expect("a number");
        drop(socket);
        for n in 0..5 {
            ann.job(postings::titled(&format!("job {n}"))).await;
        }
        let mut socket = browser.live(Some(seen)).await;
        for n in 1..=5 {
            assert_eq!(socket.next().await["seq"], seen + n);
        }
        assert!(socket.is_quiet().await);
        // Who has seen everything gets only what is new; who comes fresh gets nothing old.
        let mut fresh = browser.live(None).await;
        assert!(fresh.is_quiet().await);
        ann.job(postings::baker()).await;
        assert_eq!(fresh.next().await["seq"], 7);
        assert_eq!(socket.next().await["seq"], 7);
    }
}

story! {
    async fn a_long_absence_is_caught_up_whole(app: TestApp) {
        let ann = app.person("ann").await;
        let browser = ann.browser().await;
        let user: career_copilot::ids::UserId = ann.id.parse().expect("an id");
        let mut change = app.state.change(user).await.expect("a change");
        for n in 0..410 {
            change.record("job.updated", None, json!({ "n": n }));
        }
        change.commit().await.expect("it is kept");
        let mut socket = browser.live(Some(0)).await;
        for seq in 1..=410 {
            assert_eq!(socket.next().await["seq"], seq);
        }
        assert_eq!(ann.get("/api/v1/events?after=0").await.ok()["events"].as_array().map(Vec::len), Some(410));
    }
}

story! {
    async fn changes_of_another_node_show_too(app: TestApp) {
        let ann = app.person("ann").await;
        let mut socket = ann.browser().await.live(None).await;
        let other = app.another_node().await;
        ann.at(&other.address).post("/api/v1/jobs", postings::baker()).await.created();
        let event = socket.next_within(Duration::from_secs(3)).await.expect("an event from the other node");
        assert_eq!(event["kind"], "job.created");
        // And no event comes twice when both nodes write.
        ann.post("/api/v1/jobs", postings::baker()).await.created();
        ann.at(&other.address).post("/api/v1/jobs", postings::baker()).await.created();
        let seqs = [socket.next_within(Duration::from_secs(3)).await, socket.next_within(Duration::from_secs(3)).await];
        assert_eq!(seqs.map(|event| event.expect("an event")["seq"].as_i64()), [Some(2), Some(3)]);
        assert!(socket.is_quiet().await);
        other.stopped().await;
    }
}

story! {
    async fn the_socket_is_for_our_own_pages_and_signed_in_people(app: TestApp) {
        let ann = app.person("ann").await;
        let browser = ann.browser().await;
        let cookie = browser.cookie();
        let open = async |headers: &[(&str, &str)]| Socket::open(&app.address, headers, None).await.err();
        assert_eq!(open(&[]).await, Some(401));
        assert_eq!(open(&[("origin", &app.address)]).await, Some(401));
        assert_eq!(open(&[("cookie", "session=nonsense"), ("origin", &app.address)]).await, Some(401));
        assert_eq!(open(&[("cookie", &cookie), ("origin", "https://evil.example")]).await, Some(403));
        assert_eq!(open(&[("cookie", &cookie), ("origin", "null")]).await, Some(403));
        assert_eq!(open(&[("cookie", &cookie), ("origin", &format!("{}.evil.example", app.address))]).await, Some(403));
        assert_eq!(open(&[("cookie", &cookie), ("origin", &app.address)]).await, None);
        let bearer = format!("Bearer {}", ann.token.clone().expect("a token"));
        assert_eq!(open(&[("authorization", &bearer)]).await, None);
    }
}

story! {
    async fn sockets_close_when_the_server_stops_and_catch_up_with_the_next(app: TestApp) {
        let ann = app.person("ann").await;
        let browser = ann.browser().await;
        let mut socket = browser.live(None).await;
        ann.job(postings::baker()).await;
        socket.next().await;
        assert_eq!(app.state.hub.people(), 1);
        let next = tokio::spawn({
            let app = app.clone();
            async move { app.restarted(&[]).await }
        });
        assert!(socket.is_closed().await);
        let app = next.await.expect("it starts");
        ann.at(&app.address).post("/api/v1/jobs", postings::baker()).await.created();
        let headers = [("cookie", browser.cookie()), ("origin", app.address.clone())];
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut socket = Socket::open(&app.address, &headers, Some(1)).await.expect("the session is still good");
        assert_eq!(socket.next().await["seq"], 2);
        app.stopped().await;
    }
}

story! {
    async fn sockets_of_an_ended_session_close_and_others_stay(app: TestApp) {
        let ann = app.person("ann").await;
        let (mut laptop, phone) = (ann.browser().await, ann.browser().await);
        let (mut here, mut there) = (laptop.live(None).await, phone.live(None).await);
        laptop.call("end_other_sessions", &[]).await.ok();
        assert_eq!(there.next().await["kind"], "account.signed_out");
        assert!(there.is_closed().await);
        assert_eq!(here.next().await["kind"], "account.signed_out");
        // On another server too, and by signing out in another tab.
        let node = app.another_node().await;
        let mut elsewhere = laptop.clone();
        elsewhere.address = node.address.clone();
        let mut tab = elsewhere.live(None).await;
        laptop.call("sign_out", &[]).await.ok();
        assert!(here.is_closed().await && tab.is_closed().await);
        node.stopped().await;
    }
}

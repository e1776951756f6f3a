//! How mail leaves: with mail servers that take it, refuse it, think, hang, and hang up.

use crate::support::{
    executable::Running,
    smtp::{Manner, Smtp},
    *,
};
use career_copilot::{
    config::{self, Tls},
    db,
    mail::{
        smtp::{self, Failure},
        store::{self, Outcome},
    },
    on,
};
use chrono::TimeDelta;
use std::{fs, time::Duration};
use tokio::time::{Instant, timeout};

/// The app again, with this mail server.
async fn with(app: &TestApp, server: &Smtp) -> TestApp {
    app.restarted(&borrowed(&server.settings())).await
}

fn borrowed<'a>(settings: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
    settings.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// Waits until the only message is in this state, and answers with its line.
async fn wait_for(admin: &Person, state: &str) -> Value {
    let mut line = Value::Null;
    for _ in 0..500 {
        line = admin.get("/api/v1/admin/outbox").await.ok()["items"][0].clone();
        if line["state"] == state {
            return line;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{state} is awaited: {line}")
}

/// Lets the time of the next attempt come.
async fn hurry(app: &TestApp) {
    let past = db::now() - TimeDelta::seconds(1);
    on!(app.state.db.write, |c| sqlx::query("UPDATE outbox SET next_at = $1").bind(past).execute(c).await.map(|_| ()))
        .expect("time passes");
    app.state.outbox.notify_one();
}

/// Text and HTML as they are kept.
async fn content(app: &TestApp) -> (String, String) {
    on!(app.state.db.read, |c| sqlx::query_as("SELECT text, html FROM outbox").fetch_one(c).await).expect("the message")
}

story! {
    async fn a_message_goes_to_the_server_and_its_link_is_forgotten(app: TestApp) {
        let server = Smtp::start(&[]).await;
        let app = with(&app, &server).await;
        let ann = app.person("ann").await;
        let mail = server.wait_for(1).await.remove(0);
        assert_eq!((mail.from.as_str(), mail.to.as_slice()), ("<jobs@example.org>", &["<ann@example.org>".to_owned()][..]));
        assert_eq!(mail.login, Some(("postmaster".into(), "open sesame".into())));
        assert_eq!(mail.header("Subject").as_deref(), Some("Confirm your e-mail address"));
        assert_eq!(mail.header("To").as_deref(), Some("ann@example.org"));
        assert!(mail.header("From").is_some_and(|from| from.ends_with("<jobs@example.org>") && from.contains("Career Co-Pilot")), "{mail:?}");
        assert_eq!(mail.header("Auto-Submitted").as_deref(), Some("auto-generated"));
        assert!(mail.header("Date").is_some() && mail.header("Message-ID").is_some_and(|id| id.ends_with("@example.org>")), "{mail:?}");
        assert!(mail.header("Content-Type").is_some_and(|kind| kind.starts_with("multipart/alternative")), "{mail:?}");
        let token = mail.link(&app.address).split_once("?token=").expect("a token").1.to_owned();
        assert!(mail.text().contains(&format!("<a href=\"{}/verify?token={token}\">", app.address)), "{}", mail.text());
        let line = wait_for(&ann, "sent").await;
        assert_eq!((&line["attempts"], &line["last_error"], &line["text"]), (&json!(1), &json!(""), &Value::Null));
        assert!(line["sent_at"].is_string());
        assert_eq!(content(&app).await, (String::new(), String::new()));
        app.browser().call("confirm_address", &[("token", &token)]).await.ok();
        // A message without a link stays as it was.
        ann.browser().await.call("change_password", &[("current_password", &ann.password), ("new_password", "ann likes longer walks")]).await.ok();
        let told = server.wait_for(2).await.remove(1);
        assert_eq!(told.header("Subject").as_deref(), Some("Your password was changed"));
        assert_eq!(server.connections(), 2);
        app.stopped().await;
    }
}

story! {
    async fn a_message_refused_for_good_fails_at_once(app: TestApp) {
        let server = Smtp::start(&[Manner::Refuse(550)]).await;
        let app = with(&app, &server).await;
        let ann = app.person("ann").await;
        let line = wait_for(&ann, "failed").await;
        assert_eq!(line["attempts"], 1);
        assert!(line["last_error"].as_str().is_some_and(|why| why.contains("550") && why.contains("no such mailbox here")), "{line}");
        assert_eq!(content(&app).await, (String::new(), String::new()), "its link leads nowhere now");
        hurry(&app).await;
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert_eq!((server.connections(), server.received().len()), (1, 0), "not tried again");
        app.stopped().await;
    }
}

story! {
    async fn a_server_that_asks_to_come_back_is_asked_again(app: TestApp) {
        let server = Smtp::start(&[Manner::Refuse(451), Manner::Drop, Manner::RefuseLogin(535)]).await;
        let app = with(&app, &server).await;
        let ann = app.person("ann").await;
        let mut pauses = Vec::new();
        for (attempt, why) in [(1, "451"), (2, ""), (3, "535")] {
            loop {
                let line = wait_for(&ann, "queued").await;
                if line["attempts"] == attempt {
                    assert!(line["last_error"].as_str().is_some_and(|said| !said.is_empty() && said.contains(why)), "{line}");
                    break;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            let next = store::next_due(&app.state.db).await.expect("an answer").expect("it waits");
            pauses.push((next - db::now()).num_seconds());
            // Woken before its time it does nothing.
            app.state.outbox.notify_one();
            tokio::time::sleep(Duration::from_millis(100)).await;
            assert_eq!(server.connections(), usize::try_from(attempt).expect("a count"));
            assert_ne!(content(&app).await.0, "", "it is still to be sent");
            hurry(&app).await;
        }
        assert!(pauses.is_sorted_by(|one, next| one < next) && pauses[0] > 20, "{pauses:?}");
        let line = wait_for(&ann, "sent").await;
        assert_eq!((&line["attempts"], &line["last_error"]), (&json!(4), &json!("")));
        assert_eq!(server.received().len(), 1);
        app.stopped().await;
    }
}

story! {
    async fn in_the_end_a_message_is_given_up(app: TestApp) {
        let server = Smtp::start(&[Manner::Refuse(451); 8]).await;
        let app = with(&app, &server).await;
        let ann = app.person("ann").await;
        for attempt in 1..8 {
            while server.connections() < attempt || wait_for(&ann, "queued").await["attempts"] != attempt {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            hurry(&app).await;
        }
        assert_eq!(wait_for(&ann, "failed").await["attempts"], 8);
        assert_eq!(server.connections(), 8);
        app.stopped().await;
    }
}

story! {
    async fn a_server_that_is_away_holds_nobody_up(app: TestApp) {
        let server = Smtp::start(&[]).await;
        let settings = server.settings();
        drop(server);
        let app = app.restarted(&borrowed(&settings)).await;
        let ann = app.person("ann").await;
        while wait_for(&ann, "queued").await["last_error"] == "" {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(wait_for(&ann, "queued").await["attempts"], 1);
        app.stopped().await;
    }
}

story! {
    async fn what_was_accepted_is_sent_however_the_server_takes_leave(app: TestApp) {
        let server = Smtp::start(&[Manner::Curt, Manner::Delay(Duration::from_millis(300))]).await;
        let app = with(&app, &server).await;
        let ann = app.person("ann").await;
        assert_eq!(wait_for(&ann, "sent").await["attempts"], 1);
        app.person("bob").await;
        server.wait_for(2).await;
        assert_eq!(wait_for(&ann, "sent").await["to_address"], "bob@example.org");
        assert_eq!(server.connections(), 2);
        app.stopped().await;
    }
}

story! {
    async fn a_server_that_hangs_holds_nobody_up_and_the_message_survives_a_stop(app: TestApp) {
        let server = Smtp::start(&[Manner::Hang]).await;
        let app = with(&app, &server).await;
        let ann = app.person("ann").await;
        wait_for(&ann, "sending").await;
        let started = Instant::now();
        ann.get("/api/v1/health").await.ok();
        app.person("bob").await;
        ann.browser().await.open("/today").await.page();
        assert!(started.elapsed() < Duration::from_secs(10), "the server stays responsive: {:?}", started.elapsed());
        assert_eq!(server.received().len(), 0, "the first one still hangs");
        timeout(Duration::from_secs(9), app.stopped()).await.expect("it stops in time");
        let app = TestApp::start(app.database.clone(), &borrowed(&server.settings())).await;
        let to: Vec<_> = server.wait_for(2).await.into_iter().flat_map(|mail| mail.to).collect();
        assert!(to.contains(&"<ann@example.org>".into()) && to.contains(&"<bob@example.org>".into()), "{to:?}");
        app.stopped().await;
    }
}

#[tokio::test]
async fn no_server_gets_longer_than_its_time() {
    let taken = store::Taken {
        id: uuid::Uuid::now_v7(),
        to_address: "ann@example.org".into(),
        kind: "verify".into(),
        subject: "Hello".into(),
        text: "Hello".into(),
        html: "<p>Hello</p>".into(),
        link_until: None,
        unsubscribe: None,
        attempts: 1,
        created_at: db::now(),
    };
    for manner in [Manner::Hang, Manner::Endless, Manner::Delay(Duration::from_secs(60))] {
        let server = Smtp::start(&[manner]).await;
        let from = "jobs@example.org".parse().expect("a sender");
        let way = config::Smtp { host: "127.0.0.1".into(), port: server.port, tls: Tls::None, login: None, from };
        let hello = smtp::hello("http://127.0.0.1:3000");
        let sent = timeout(Duration::from_secs(10), smtp::send(&way, &hello, &taken, Duration::from_millis(300)))
            .await
            .expect("it ends");
        let Err(Failure::Passing(why)) = sent else { panic!("{manner:?}: {sent:?}") };
        assert_eq!(why, "The mail server did not answer within 0.3 s.");
    }
    // A server that knows no TLS is told nothing when TLS is required.
    let server = Smtp::start(&[]).await;
    let from = "jobs@example.org".parse().expect("a sender");
    let login = Some(config::Login { user: "postmaster".into(), password: "open sesame".into() });
    let way = config::Smtp { host: "127.0.0.1".into(), port: server.port, tls: Tls::Required, login, from };
    let sent = smtp::send(&way, &smtp::hello("http://127.0.0.1:3000"), &taken, Duration::from_secs(5)).await;
    assert!(matches!(&sent, Err(Failure::Passing(why)) if why.contains("STARTTLS")), "{sent:?}");
    assert_eq!(server.received().len(), 0);
}

story! {
    async fn two_servers_send_each_message_once(app: TestApp) {
        let server = Smtp::start(&[]).await;
        let one = with(&app, &server).await;
        let other = TestApp::start(app.database.clone(), &borrowed(&server.settings())).await;
        let names: Vec<String> = (0..12).map(|n| format!("person{n}")).collect();
        for pair in names.chunks(2) {
            tokio::join!(one.person(&pair[0]), other.person(&pair[1]));
        }
        server.wait_for(12).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut to: Vec<_> = server.received().into_iter().flat_map(|mail| mail.to).collect();
        to.sort();
        to.dedup();
        assert_eq!((to.len(), server.received().len()), (12, 12));
        other.stopped().await;
        one.stopped().await;
    }
}

story! {
    async fn an_attempt_whose_process_is_gone_is_taken_over(app: TestApp) {
        let ann = app.person("ann").await;
        wait_for(&ann, "kept").await;
        // A stopped app empties no outbox: what follows is done by hand.
        app.stopped().await;
        let db = db::Db::connect(&app.database.url).await.expect("the database opens");
        on!(db.write, |c| sqlx::query("UPDATE outbox SET state = 'queued', attempts = 0").execute(c).await.map(|_| ())).expect("it is back");
        let now = db::now() + TimeDelta::seconds(1);
        let first = store::claim(&db, now, now + TimeDelta::seconds(60)).await.expect("an answer").expect("the message");
        assert!(store::claim(&db, now, now + TimeDelta::seconds(60)).await.expect("an answer").is_none(), "it is being sent");
        let later = now + TimeDelta::seconds(61);
        let second = store::claim(&db, later, later + TimeDelta::seconds(60)).await.expect("an answer").expect("taken over");
        assert_eq!((first.attempts, second.attempts, first.id), (1, 2, second.id));
        assert!(!store::settle(&db, &first, &Outcome::Sent).await.expect("an answer"), "the first one came too late");
        assert!(store::settle(&db, &second, &Outcome::Sent).await.expect("an answer"));
        let (lines, total) = store::list(&db, 10, 0).await.expect("the list");
        assert_eq!((total, lines[0].state, lines[0].attempts), (1, career_copilot::mail::State::Sent, 2));
        db.close().await;
    }
}

story! {
    async fn the_log_knows_no_links(app: TestApp) {
        app.stopped().await;
        let server = Smtp::start(&[]).await;
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("log");
        let mut settings = server.settings();
        settings.push(("DATABASE_URL", app.database.url.clone()));
        let mut running = Running::start_with_log(folder.path(), &borrowed(&settings), &log).await;
        let mut browser = Browser::new(&running.address);
        browser.call("sign_up", &[("name", "Ann"), ("email", "ann@example.org"), ("password", "ann likes long walks")]).await.ok();
        browser.call("forgot_password", &[("email", "ann@example.org")]).await.ok();
        let mut tokens = Vec::new();
        for mail in server.wait_for(2).await {
            let link = mail.link(&running.address);
            let (page, token) = link.strip_prefix(&running.address).and_then(|path| path.split_once("?token=")).expect("a link");
            browser.open(&format!("{page}?token={token}")).await.page();
            let function = if page == "/verify" { "confirm_address" } else { "reset_password" };
            let from = format!("{page}?token={token}");
            browser.submit(&from, function, &[("token", token), ("new_password", "ann likes longer walks")]).await.redirect();
            browser.submit(&from, function, &[("token", token), ("new_password", "ann likes longer walks")]).await.status(401);
            tokens.push(token.to_owned());
        }
        running.signal("TERM");
        assert!(running.ended().await.success());
        let log = fs::read_to_string(log).expect("the log");
        assert!(log.contains("/reset") && log.contains("/verify") && log.contains("mail sent"), "{log}");
        assert!(log.contains("by 127.0.0.1 port"), "the summary names the mail server: {log}");
        for secret in tokens.iter().map(String::as_str).chain(["open sesame", "longer walks", "token="]) {
            assert!(!log.contains(secret), "{secret} is in the log");
        }
    }
}

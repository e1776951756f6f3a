//! A mailbox that is looked into by itself: read, never changed; and servers that do not behave.

use crate::{
    letters::{RECEIPT, REJECTION, applied, message, status},
    support::{
        imap::{Certificate, Dovecot, Manner, dovecot, server},
        *,
    },
};
use career_copilot::on;
use std::time::{Duration, Instant};

const PASSWORD: &str = "abcd efgh ijkl mnop";

/// The app that trusts this authority, and may ask this machine.
async fn trusting(app: &TestApp, certificate: &Certificate) -> TestApp {
    let file = certificate.authority(app.database.folder.path());
    app.restarted(&[("IMAP_CA_FILE", &file), ("FETCH_PRIVATE_ADDRESSES", "true")]).await
}

/// Waits until the mailbox was read so that this holds.
async fn until(browser: &mut Browser, what: &str, holds: impl Fn(&Value) -> bool) -> Value {
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        let mailbox = browser.call("load_mailbox", &[]).await.ok();
        if mailbox["reading"] == false && holds(&mailbox) {
            return mailbox;
        }
        assert!(Instant::now() < patience, "{what} is awaited: {mailbox}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

story! {
    async fn a_mailbox_is_read_and_never_changed(app: TestApp) {
        let Some(program) = dovecot() else { return };
        let certificate = Certificate::new();
        let server = Dovecot::start(&program, &certificate).await;
        server.knows("ann@mail.example", "abcdefghijklmnop");
        server.deliver("ann@mail.example", "1", &message("1", "Your application as Backend Engineer at Brotfabrik", 22, RECEIPT));
        server.deliver("ann@mail.example", "2", "From: shop@example.net\r\nSubject: Shoes\r\n\r\nTen per cent off all shoes.\r\n");
        let app = trusting(&app, &certificate).await;
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let id = applied(&ann).await;
        let mut browser = ann.browser().await;
        assert_eq!(browser.call("load_mailbox", &[]).await.ok(), Value::Null);
        let fields = [("user", "ann@mail.example"), ("host", server.address.as_str()), ("password", PASSWORD)];
        let with = |name: &str, value: &'static str| fields.map(|(field, text)| if field == name { (field, value) } else { (field, text) });
        browser.call("connect_mailbox", &with("password", "wrong")).await.invalid("password");
        browser.call("connect_mailbox", &[fields.as_slice(), &[("folder", "No Such Folder")]].concat()).await.invalid("folder");
        assert_eq!(browser.call("load_mailbox", &[]).await.ok(), Value::Null, "what does not open is not kept");
        browser.call("connect_mailbox", &fields).await.ok();

        let mailbox = until(&mut browser, "two messages", |mailbox| mailbox["seen"] == 2).await;
        assert_eq!((&mailbox["problem"], &mailbox["stopped"], &mailbox["folder"]), (&Value::Null, &json!(false), &json!("INBOX")));
        let letters = browser.call("load_letters", &[]).await.ok();
        assert_eq!(letters["done"].as_array().map(Vec::len), Some(1), "{letters}");
        // One that comes later, and the same again under another number.
        server.deliver("ann@mail.example", "3", &message("3", "Your application as Backend Engineer at Brotfabrik", 29, REJECTION));
        server.deliver("ann@mail.example", "4", &message("1", "Your application as Backend Engineer at Brotfabrik", 22, RECEIPT));
        browser.call("read_mailbox", &[]).await.ok();
        until(&mut browser, "four messages", |mailbox| mailbox["seen"] == 4).await;
        assert_eq!(status(&ann, &id).await, "rejected");
        assert_eq!(browser.call("load_letters", &[]).await.ok()["done"].as_array().map(Vec::len), Some(2), "none twice");
        // Nothing counts as read, and everything is there.
        let marks = server.marks("ann@mail.example");
        assert_eq!(marks.len(), 4, "{marks:?}");
        assert!(marks.iter().all(|name| name.split_once(":2,").is_none_or(|(_, flags)| flags.is_empty())), "{marks:?}");
        // Only hers, sealed, and told in the log.
        assert_eq!(bob.browser().await.call("load_mailbox", &[]).await.ok(), Value::Null);
        let kept: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT login_sealed FROM mailboxes").fetch_one(c).await).expect("a row");
        assert!(!kept.contains("ann@mail") && !kept.contains("abcd"));
        let page = browser.open("/applications/mail").await.page();
        assert!(page.contains("ann@mail.example") && page.contains("4 messages looked at") && !page.contains("abcdefgh"), "{page}");
        assert!(ann.get("/api/v1/account/log").await.ok().to_string().contains("mailbox.connected"));

        // The password is withdrawn: it is tried once, and not again.
        server.knows("ann@mail.example", "another");
        let mut mailbox = Value::Null;
        // Dovecot looks at its file of passwords once a second or so.
        for _ in 0..40 {
            browser.call("read_mailbox", &[]).await.ok();
            mailbox = until(&mut browser, "a visit", |_| true).await;
            if !mailbox["problem"].is_null() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        assert_eq!(mailbox["stopped"], true);
        assert!(mailbox["problem"].as_str().is_some_and(|words| words.contains("app password")), "{mailbox}");
        browser.call("disconnect_mailbox", &[]).await.ok();
        browser.call("disconnect_mailbox", &[]).await.missing_function();
        browser.call("read_mailbox", &[]).await.missing_function();
        let rows: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM mailboxes").fetch_one(c).await).expect("a count");
        assert_eq!(rows, 0);
        assert_eq!(browser.call("load_letters", &[]).await.ok()["done"].as_array().map(Vec::len), Some(2), "what was found stays");
        app.stopped().await;
    }
}

story! {
    async fn two_servers_read_a_mailbox_once(app: TestApp) {
        let Some(program) = dovecot() else { return };
        let certificate = Certificate::new();
        let server = Dovecot::start(&program, &certificate).await;
        server.knows("ann", "word");
        let app = trusting(&app, &certificate).await;
        let file = certificate.authority(app.database.folder.path());
        let other = TestApp::start(app.database.clone(), &[("IMAP_CA_FILE", &file), ("FETCH_PRIVATE_ADDRESSES", "true")]).await;
        let ann = app.person("ann").await;
        applied(&ann).await;
        let mut browser = ann.browser().await;
        // More than one visit takes.
        for number in 0..320 {
            server.deliver("ann", &format!("{number:03}"), &message(&format!("{number}"), "Newsletter", 22, "Bread of the week."));
        }
        browser.call("connect_mailbox", &[("user", "ann"), ("host", &server.address), ("password", "word")]).await.ok();
        let mailbox = until(&mut browser, "all of them", |mailbox| mailbox["seen"].as_i64() >= Some(320)).await;
        assert_eq!(mailbox["seen"], 320, "each by one of them");
        other.stopped().await;
        app.stopped().await;
    }
}

story! {
    async fn servers_that_do_not_behave_are_told_apart(app: TestApp) {
        let (certificate, foreign) = (Certificate::new(), Certificate::new());
        let app = trusting(&app, &certificate).await;
        let ann = app.person("ann").await;
        let browser = ann.browser().await;
        let attempts = [
            (Manner::Plain, &certificate, "host", "cannot show that it is who it says"),
            (Manner::Odd, &foreign, "host", "cannot show that it is who it says"),
            (Manner::Garbage, &certificate, "host", "does not answer as a mail server does"),
            (Manner::Silent, &certificate, "host", "does not answer. Please try again"),
            (Manner::Refuses, &certificate, "password", "did not take the user name or the password"),
            (Manner::Endless, &certificate, "host", "does not answer"),
        ];
        let tried = attempts.map(|(manner, certificate, field, words)| {
            let mut browser = browser.clone();
            async move {
                let address = server(manner, certificate).await;
                let fields = [("user", "ann@mail.example"), ("host", address.as_str()), ("password", PASSWORD)];
                let said = browser.call("connect_mailbox", &fields).await.invalid(field);
                assert!(said.contains(words), "{manner:?}: {said}");
            }
        });
        futures_util::future::join_all(tried).await;
        assert_eq!(browser.clone().call("load_mailbox", &[]).await.ok(), Value::Null);
        app.stopped().await;
    }
}

story! {
    async fn a_server_that_turns_bad_later_is_tried_again_later(app: TestApp) {
        let certificate = Certificate::new();
        let app = trusting(&app, &certificate).await;
        for (name, manner) in [("ann", Manner::Huge), ("bob", Manner::Half), ("cleo", Manner::Odd)] {
            let person = app.person(name).await;
            let mut browser = person.browser().await;
            let address = server(manner, &certificate).await;
            browser.call("connect_mailbox", &[("user", name), ("host", &address), ("password", "word")]).await.ok();
            let mailbox = until(&mut browser, "a visit", |mailbox| !mailbox["problem"].is_null() || !mailbox["read_at"].is_null()).await;
            assert_eq!(mailbox["stopped"], false, "{manner:?}: {mailbox}");
            assert_eq!((&mailbox["done"], &mailbox["asked"]), (&json!(0), &json!(0)), "{manner:?}");
            assert_eq!(mailbox["problem"].is_null(), matches!(manner, Manner::Odd), "{manner:?}: {mailbox}");
        }
        app.stopped().await;
    }
}

story! {
    async fn no_mailbox_leads_into_our_own_network(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        for host in [
            "127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "192.168.1.1", "0.0.0.0", "2130706433", "0x7f.1", "no.such.host.invalid",
            "127.0.0.1:8080", "imap.example.org:25", "http://imap.example.org", "imap example", "[::1]", "user@imap.example.org",
        ] {
            browser.call("connect_mailbox", &[("user", "ann@mail.example"), ("host", host), ("password", "word")]).await.invalid("host");
        }
        for (field, user, password, folder) in [
            ("user", "", "word", ""), ("user", "ann@hotmail.com", "word", ""), ("password", "ann@gmail.com", "", ""),
            ("password", "ann@gmail.com", "a\u{7}b", ""), ("user", "ann\r\nA1 LOGOUT", "word", ""), ("host", "ann", "word", ""),
        ] {
            browser.call("connect_mailbox", &[("user", user), ("password", password), ("folder", folder)]).await.invalid(field);
        }
        let long = "x".repeat(201);
        browser.call("connect_mailbox", &[("user", "ann@gmail.com"), ("password", "word"), ("folder", &long)]).await.invalid("folder");
        assert_eq!(browser.call("load_mailbox", &[]).await.ok(), Value::Null);
    }
}

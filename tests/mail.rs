//! What the app writes to people, and what the links in it do. No mail server is set here: the administrator, who signs up
//! first, reads what was written.

use crate::support::{smtp::link, *};
use career_copilot::{accounts, db, demo, on, session};
use reqwest::Method;
use std::{collections::BTreeSet, time::Duration};

/// The texts of the first `count` kept messages of this kind to an address, newest first.
async fn kept(admin: &Person, to: &str, kind: &str, count: usize) -> Vec<String> {
    for _ in 0..250 {
        let outbox = admin.get("/api/v1/admin/outbox?per_page=100").await.ok();
        let texts: Vec<String> = outbox["items"]
            .as_array()
            .expect("items")
            .iter()
            .filter(|line| line["to_address"] == to && line["kind"] == kind && line["state"] == "kept")
            .map(|line| line["text"].as_str().expect("a text").to_owned())
            .collect();
        if texts.len() >= count {
            return texts;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{count} {kind} to {to} are awaited: {}", admin.get("/api/v1/admin/outbox").await.text)
}

/// Where the link of the newest such message leads, without the site, and its token.
pub async fn newest(app: &TestApp, admin: &Person, to: &str, kind: &str, count: usize) -> (String, String) {
    let address = link(&kept(admin, to, kind, count).await[0], &app.address);
    let path = address.strip_prefix(&app.address).expect("a page of ours").to_owned();
    let token = path.split_once("?token=").expect("a token").1.to_owned();
    assert_eq!(token.len(), 43, "256 bits: {token}");
    (path, token)
}

/// Asks for a new password as somebody who is not signed in.
pub async fn forget(app: &TestApp, email: &str) -> Answer {
    app.browser().call("forgot_password", &[("email", email)]).await
}

pub async fn login(app: &TestApp, email: &str, password: &str) -> u16 {
    app.anybody().post("/api/v1/auth/login", json!({ "email": email, "password": password })).await.status
}

/// The kinds of a person's events, oldest first, as their browser gets them.
async fn kinds(browser: &mut Browser) -> Vec<String> {
    let request = browser.own(Method::GET, "/api/v1/events?after=0");
    let events = browser.send(request).await.ok();
    events["events"]
        .as_array()
        .expect("events")
        .iter()
        .map(|event| event["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

async fn confirmed(browser: &mut Browser) -> Value {
    browser.call("load_account", &[]).await.ok()["confirmed"].clone()
}

story! {
    async fn a_new_account_is_asked_to_confirm_its_address(app: TestApp) {
        let (root, ann) = (app.person("root").await, app.person("ann").await);
        let mut laptop = ann.browser().await;
        assert!(laptop.open("/account").await.page().contains("Not confirmed yet"));
        let (path, token) = newest(&app, &root, "ann@example.org", "verify", 1).await;
        // Opening the page does nothing, whoever does: programs look into mail, too.
        let mut phone = app.browser();
        for _ in 0..2 {
            let page = phone.open(&path).await.page();
            assert!(page.contains(&format!("value=\"{token}\"")), "{page}");
        }
        assert_eq!(confirmed(&mut laptop).await, false);
        // The button does, without script and without being signed in.
        assert_eq!(phone.submit(&path, "confirm_address", &[("token", &token)]).await.redirect(), "/verify?done=yes");
        assert!(phone.open("/verify?done=yes").await.page().contains("The address is confirmed."));
        assert_eq!(confirmed(&mut laptop).await, true);
        assert_eq!(kinds(&mut laptop).await, ["account.address_confirmed"]);
        assert!(!laptop.open("/account").await.page().contains("Send the link again"));
        // Once.
        let refused = phone.call("confirm_address", &[("token", &token)]).await.status(401).json();
        assert!(refused["Refused"].as_str().is_some_and(|words| words.contains("Please ask for a new one")), "{refused}");
        let page = phone.submit(&path, "confirm_address", &[("token", &token)]).await.status(401).text;
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains("This link does not work any more"), "{page}");
        laptop.call("send_verification", &[]).await.status(409);
    }
}

story! {
    async fn the_link_to_confirm_is_sent_again_but_not_for_ever(app: TestApp) {
        let (root, ann) = (app.person("root").await, app.person("ann").await);
        let mut browser = ann.browser().await;
        for n in 2..=5 {
            browser.call("send_verification", &[]).await.ok();
            kept(&root, "ann@example.org", "verify", n).await;
        }
        assert!(browser.call("send_verification", &[]).await.status(429).header("retry-after").is_some());
        // An older one still works.
        let texts = kept(&root, "ann@example.org", "verify", 5).await;
        let oldest = link(texts.last().expect("five"), &app.address);
        browser.call("confirm_address", &[("token", oldest.split_once('=').expect("a token").1)]).await.ok();
        assert_eq!(confirmed(&mut browser).await, true);
    }
}

story! {
    async fn links_run_out_and_do_only_what_they_are_for(app: TestApp) {
        let (root, ann) = (app.person("root").await, app.person("ann").await);
        let (_, verify) = newest(&app, &root, "ann@example.org", "verify", 1).await;
        forget(&app, "ann@example.org").await.ok();
        let (_, reset) = newest(&app, &root, "ann@example.org", "reset", 1).await;
        let mut browser = app.browser();
        let new = ("new_password", "ann likes longer walks");
        browser.call("reset_password", &[("token", &verify), new]).await.status(401);
        browser.call("confirm_address", &[("token", &reset)]).await.status(401);
        for odd in ["", "x", &"x".repeat(10_000), &verify[1..], &format!("{verify} "), "\0"] {
            browser.call("confirm_address", &[("token", odd)]).await.status(401);
            browser.call("reset_password", &[("token", odd), new]).await.status(401);
        }
        // A copy of the table opens nothing.
        let hashes: Vec<String> =
            on!(app.state.db.read, |c| sqlx::query_scalar("SELECT token_hash FROM mail_links").fetch_all(c).await).expect("links");
        assert_eq!(hashes.len(), 3, "two to confirm addresses, one to reset");
        for hash in &hashes {
            assert!(*hash != verify && *hash != reset);
            browser.call("confirm_address", &[("token", hash)]).await.status(401);
        }
        let longest: chrono::DateTime<chrono::Utc> =
            on!(app.state.db.read, |c| sqlx::query_scalar("SELECT max(expires_at) FROM mail_links WHERE kind = 'reset'").fetch_one(c).await).expect("an end");
        assert!(longest < db::now() + chrono::Duration::minutes(60));
        let past = db::now() - chrono::Duration::seconds(1);
        on!(app.state.db.write, |c| sqlx::query("UPDATE mail_links SET expires_at = $1").bind(past).execute(c).await.map(|_| ())).expect("time passes");
        browser.call("confirm_address", &[("token", &verify)]).await.status(401);
        browser.call("reset_password", &[("token", &reset), new]).await.status(401);
        assert_eq!(login(&app, &ann.email, &ann.password).await, 200);
    }
}

story! {
    async fn nobody_learns_who_has_an_account(app: TestApp) {
        let root = app.person("root").await;
        app.person("ann").await;
        let told = |answer: Answer| {
            let names: BTreeSet<String> = answer.headers.keys().map(ToString::to_string).collect();
            (answer.status, answer.text, names)
        };
        let (known, unknown) = (told(forget(&app, "ann@example.org").await), told(forget(&app, "nobody@example.org").await));
        assert_eq!(known, unknown);
        assert_eq!((known.0, known.1.as_str()), (200, "\"/forgot?sent=yes\""));
        let form = async |email: &str| app.browser().submit("/forgot", "forgot_password", &[("email", email)]).await;
        let (known, unknown) = (told(form("ANN@example.org").await), told(form("nobody@example.org").await));
        assert_eq!(known, unknown);
        assert!(known.0 == 302 || known.0 == 303, "{known:?}");
        // Only she gets mail, at the address as she wrote it.
        kept(&root, "ann@example.org", "reset", 2).await;
        while !app.state.afterwards.is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let outbox = root.get("/api/v1/admin/outbox").await.ok();
        assert_eq!(outbox["total"], 4, "two to confirm addresses, two to reset: {outbox}");
        // Not even the limit tells.
        for n in 2..4 {
            forget(&app, "ann@example.org").await.ok();
            forget(&app, "nobody@example.org").await.ok();
            kept(&root, "ann@example.org", "reset", n + 1).await;
        }
        assert_eq!((forget(&app, "ann@example.org").await.status, forget(&app, "nobody@example.org").await.status), (429, 429));
        let refused = app.browser().call("forgot_password", &[("email", "ann")]).await.status(422).json();
        assert!(refused["Invalid"]["email"].is_string(), "{refused}");
    }
}

story! {
    async fn links_lead_to_the_site_whatever_a_request_says(app: TestApp) {
        let root = app.person("root").await;
        app.person("ann").await;
        let browser = app.browser();
        let request = browser
            .own(Method::POST, "/api/forgot_password")
            .header("accept", "application/json")
            .header("host", "evil.example")
            .header("x-forwarded-host", "evil.example")
            .header("forwarded", "host=evil.example");
        Answer::of(form(request, &[("email", "ann@example.org")])).await.ok();
        let text = &kept(&root, "ann@example.org", "reset", 1).await[0];
        assert!(text.contains(&format!("{}/reset?token=", app.address)) && !text.contains("evil.example"), "{text}");
    }
}

story! {
    async fn a_forgotten_password_is_replaced(app: TestApp) {
        let (root, ann) = (app.person("root").await, app.person("ann").await);
        let (mut laptop, mut phone) = (ann.browser().await, ann.browser().await);
        forget(&app, "ann@example.org").await.ok();
        let (_, other) = newest(&app, &root, "ann@example.org", "reset", 1).await;
        forget(&app, "ann@example.org").await.ok();
        let (path, token) = newest(&app, &root, "ann@example.org", "reset", 2).await;
        let mut browser = app.browser();
        let page = browser.open(&path).await.page();
        assert!(page.contains(&format!("value=\"{token}\"")), "{page}");
        // A refused form comes back, still with the link and without the password.
        let page = browser.submit(&path, "reset_password", &[("token", &token), ("new_password", "short7!")]).await.status(422).text;
        assert!(page.contains("Please use at least 8 characters.") && page.contains(&format!("value=\"{token}\"")), "{page}");
        assert!(!page.contains("short7!"), "{page}");
        laptop.call("load_account", &[]).await.ok();
        let fields = [("token", token.as_str()), ("new_password", "ann likes longer walks")];
        assert_eq!(browser.submit(&path, "reset_password", &fields).await.redirect(), "/reset?done=yes");
        assert!(browser.open("/reset?done=yes").await.page().contains("The password is changed"));
        // Everybody is out, the old password is worth nothing, and so is every link.
        for place in [&mut laptop, &mut phone] {
            place.call("load_account", &[]).await.status(401);
        }
        assert_eq!(login(&app, &ann.email, &ann.password).await, 401);
        assert_eq!(login(&app, &ann.email, "ann likes longer walks").await, 200);
        for used in [&token, &other] {
            browser.call("reset_password", &[("token", used), ("new_password", "somebody else likes it")]).await.status(401);
        }
        assert!(kept(&root, "ann@example.org", "password_changed", 1).await[0].contains("If it was not you"));
        browser.call("sign_in", &[("email", &ann.email), ("password", "ann likes longer walks")]).await.ok();
        assert_eq!(confirmed(&mut browser).await, true, "the link arrived at her address");
        assert_eq!(kinds(&mut browser).await, ["account.password_changed"]);
    }
}

story! {
    async fn a_link_opened_twice_at_once_works_once(app: TestApp) {
        let root = app.person("root").await;
        app.person("ann").await;
        forget(&app, "ann@example.org").await.ok();
        let (_, token) = newest(&app, &root, "ann@example.org", "reset", 1).await;
        let set = async |password: String| {
            app.browser().call("reset_password", &[("token", &token), ("new_password", &password)]).await.status
        };
        let mut all = futures_util::future::join_all((0..4).map(|n| set(format!("ann likes walk number {n}")))).await;
        all.sort_unstable();
        assert_eq!(all, [200, 401, 401, 401]);
    }
}

story! {
    async fn another_address_is_used_once_it_is_confirmed(app: TestApp) {
        let (root, ann) = (app.person("root").await, app.person("ann").await);
        let (mut laptop, mut phone) = (ann.browser().await, ann.browser().await);
        for (email, password, field) in [
            ("ann@new", ann.password.as_str(), "email"),
            ("ANN@example.org", &ann.password, "email"),
            ("new@example.org\r\nBcc: eve@example.org", &ann.password, "email"),
            ("new@example.org", "", "password"),
            ("new@example.org", "not hers at all", "password"),
        ] {
            let refused = laptop.call("change_address", &[("email", email), ("password", password)]).await.status(422).json();
            assert!(refused["Invalid"][field].is_string(), "{email} {password}: {refused}");
        }
        let ask = [("email", "New@example.org"), ("password", ann.password.as_str())];
        laptop.call("change_address", &ask).await.ok();
        let (_, taken_back) = newest(&app, &root, "New@example.org", "change", 1).await;
        let told = kept(&root, "ann@example.org", "change_asked", 1).await;
        assert!(told[0].contains("New@example.org") && !told[0].contains("?token="), "{told:?}");
        let view = phone.call("load_account", &[]).await.ok();
        assert_eq!((&view["email"], &view["wanted"]), (&json!("ann@example.org"), &json!("New@example.org")));
        assert!(phone.open("/account").await.page().contains("Waiting for "));
        // Taken back, from anywhere.
        phone.call("keep_address", &[]).await.ok();
        assert_eq!(phone.call("load_account", &[]).await.ok()["wanted"], Value::Null);
        laptop.call("confirm_address", &[("token", &taken_back)]).await.status(401);
        // Asked for again, and confirmed where she is signed in.
        forget(&app, "ann@example.org").await.ok();
        let (_, reset) = newest(&app, &root, "ann@example.org", "reset", 1).await;
        laptop.call("change_address", &ask).await.ok();
        let (path, token) = newest(&app, &root, "New@example.org", "change", 2).await;
        assert_eq!(laptop.submit(&path, "confirm_address", &[("token", &token)]).await.redirect(), "/verify?done=yes");
        let view = laptop.call("load_account", &[]).await.ok();
        assert_eq!((&view["email"], &view["wanted"], &view["confirmed"]), (&json!("New@example.org"), &Value::Null, &json!(true)));
        assert_eq!(laptop.call("who_am_i", &[]).await.ok()["email"], "New@example.org");
        phone.call("load_account", &[]).await.status(401);
        assert_eq!(login(&app, "ann@example.org", &ann.password).await, 401);
        assert_eq!(login(&app, "new@example.org", &ann.password).await, 200);
        let told = kept(&root, "ann@example.org", "address_changed", 1).await;
        assert!(told[0].contains("New@example.org"), "{told:?}");
        // What was sent to the old address opens nothing any more.
        laptop.call("reset_password", &[("token", &reset), ("new_password", "ann likes longer walks")]).await.status(401);
        laptop.call("confirm_address", &[("token", &token)]).await.status(401);
        let all = ["account.address_asked", "account.address_kept", "account.address_asked", "account.address_changed"];
        assert_eq!(kinds(&mut laptop).await, all);
        assert!(laptop.open("/today").await.page().contains("Changed the e-mail address"));
    }
}

story! {
    async fn confirmed_elsewhere_a_new_address_signs_out_everywhere(app: TestApp) {
        let (root, ann, bob) = (app.person("root").await, app.person("ann").await, app.person("bob").await);
        let (mut anns, mut bobs) = (ann.browser().await, bob.browser().await);
        anns.call("change_address", &[("email", "new@example.org"), ("password", &ann.password)]).await.ok();
        let (_, token) = newest(&app, &root, "new@example.org", "change", 1).await;
        // Somebody else's session is not hers to keep.
        bobs.call("confirm_address", &[("token", &token)]).await.ok();
        anns.call("who_am_i", &[]).await.status(401);
        assert_eq!(bobs.call("who_am_i", &[]).await.ok()["email"], "bob@example.org");
    }
}

story! {
    async fn an_address_that_another_account_has_is_told_to_its_reader_only(app: TestApp) {
        let (root, ann, bob) = (app.person("root").await, app.person("ann").await, app.person("bob").await);
        let mut browser = bob.browser().await;
        let ask = async |browser: &mut Browser, email: &str| {
            let answer = browser.call("change_address", &[("email", email), ("password", &bob.password)]).await;
            (answer.status, answer.text)
        };
        assert_eq!(ask(&mut browser, "ANN@example.org").await, ask(&mut browser, "nobody@example.org").await);
        // The newer wish replaced the older one.
        let (_, replaced) = newest(&app, &root, "ANN@example.org", "change", 1).await;
        browser.call("confirm_address", &[("token", &replaced)]).await.status(401);
        assert_eq!(ask(&mut browser, "ANN@example.org").await.0, 200);
        let (_, token) = newest(&app, &root, "ANN@example.org", "change", 2).await;
        let refused = browser.call("confirm_address", &[("token", &token)]).await.status(409).json();
        assert!(refused["Conflict"].as_str().is_some_and(|words| words.starts_with("There is another account with this address.")), "{refused}");
        assert_eq!(browser.call("who_am_i", &[]).await.ok()["email"], "bob@example.org");
        assert_eq!(login(&app, "ann@example.org", &ann.password).await, 200);
    }
}

story! {
    async fn a_new_password_ends_what_was_under_way_with_the_old_one(app: TestApp) {
        let (root, ann) = (app.person("root").await, app.person("ann").await);
        let (mut owner, mut thief) = (ann.browser().await, ann.browser().await);
        thief.call("change_address", &[("email", "thief@example.org"), ("password", &ann.password)]).await.ok();
        let (_, change) = newest(&app, &root, "thief@example.org", "change", 1).await;
        forget(&app, "ann@example.org").await.ok();
        let (_, reset) = newest(&app, &root, "ann@example.org", "reset", 1).await;
        owner.call("change_password", &[("current_password", &ann.password), ("new_password", "ann likes longer walks")]).await.ok();
        kept(&root, "ann@example.org", "password_changed", 1).await;
        thief.call("confirm_address", &[("token", &change)]).await.status(401);
        thief.call("reset_password", &[("token", &reset), ("new_password", "the thief likes walks")]).await.status(401);
        assert_eq!(login(&app, "ann@example.org", "ann likes longer walks").await, 200);
    }
}

story! {
    async fn a_refused_new_password_is_not_written_into_the_page(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let fields = [("current_password", ann.password.as_str()), ("new_password", "short7!")];
        let page = browser.submit("/account", "change_password", &fields).await.status(422).text;
        assert!(page.contains("Please use at least 8 characters."), "{page}");
        assert!(!page.contains("short7!") && !page.contains(&ann.password), "{page}");
        let fields = [("email", "ann@new"), ("password", ann.password.as_str())];
        let page = browser.submit("/account", "change_address", &fields).await.status(422).text;
        assert!(page.contains("value=\"ann@new\"") && !page.contains(&ann.password), "{page}");
    }
}

story! {
    async fn the_outbox_is_the_administrators(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        kept(&ann, "bob@example.org", "verify", 1).await;
        bob.get("/api/v1/admin/outbox").await.refused(403, "forbidden");
        // An administrator's access token opens it only with the scope.
        for (scopes, wanted) in [(json!(["read"]), 403), (json!(["write"]), 403), (json!(["read", "admin"]), 200)] {
            let made = ann.post("/api/v1/auth/tokens", json!({ "name": "Reader", "scopes": scopes })).await.created();
            let token = made["token"].as_str().expect("a token");
            app.anybody().with_token(token).get("/api/v1/admin/outbox").await.status(wanted);
        }
        ann.get("/api/v1/admin/outbox?per_page=0").await.invalid("per_page");
        let outbox = ann.get("/api/v1/admin/outbox?per_page=1").await.ok();
        assert_eq!((&outbox["total"], &outbox["per_page"]), (&json!(2), &json!(1)));
        let line = &outbox["items"][0];
        assert_eq!((&line["to_address"], &line["subject"], &line["attempts"]), (&json!("bob@example.org"), &json!("Confirm your e-mail address"), &json!(1)));
        assert!(line["sent_at"].is_string() && line["text"].as_str().is_some_and(|text| text.contains("/verify?token=")), "{line}");
        assert_eq!(ann.get("/api/v1/admin/outbox?per_page=1&page=2").await.ok()["items"][0]["to_address"], "ann@example.org");
    }
}

story! {
    async fn the_demo_person_gets_no_mail(app: TestApp) {
        demo::make(&app.state).await.expect("the person is made");
        let mara = accounts::store::demo_person(&app.state.db).await.expect("an answer").expect("the person");
        let cookie = session::start(&app.state, mara, &session::Origin::default()).await.expect("a session");
        let value = cookie.to_str().expect("a cookie").split(['=', ';']).nth(1).expect("a value").to_owned();
        let mut browser = app.browser();
        browser.cookies.insert("session".into(), value);
        browser.call("send_verification", &[]).await.status(403);
        browser.call("change_address", &[("email", "new@example.org"), ("password", "any")]).await.status(422);
        let page = browser.open("/account").await.page();
        assert!(!page.contains("Not confirmed yet"), "{page}");
        let waiting: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM outbox").fetch_one(c).await).expect("a count");
        assert_eq!(waiting, 0);
    }
}

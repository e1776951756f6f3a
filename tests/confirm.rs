//! Showing again who one is before the ways in change: what asks for it, what counts, and for how long.

use crate::{
    second_factor::{all_confirmed, set_up, shown},
    support::*,
};
use career_copilot::on;

/// As if eleven minutes had passed since everybody last showed who they are.
pub async fn eleven_minutes_later(app: &TestApp) {
    let then = career_copilot::db::now() - chrono::Duration::minutes(11);
    on!(app.state.db.write, |c| sqlx::query("UPDATE sessions SET confirmed_at = $1")
        .bind(then)
        .execute(c)
        .await
        .map(|_| ()))
    .expect("time passes");
}

/// Every call that changes the ways in, in order but for the second factor.
fn calls(ann: &Person) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let password = || ("current_password", ann.password.clone());
    vec![
        ("stop_second_factor", vec![password()]),
        ("new_recovery_codes", vec![password()]),
        ("start_passkey", vec![("name", "Phone".to_owned()), password()]),
        ("change_address", vec![("email", "new@example.org".to_owned()), ("password", ann.password.clone())]),
        ("change_password", vec![password(), ("new_password", "ann likes much longer walks".to_owned())]),
        ("create_token", vec![("name", "Backup".to_owned()), ("scopes", "read".to_owned())]),
        ("end_other_sessions", vec![]),
        ("close_account", vec![("typed", ann.email.clone()), password()]),
    ]
}

async fn call(browser: &mut Browser, function: &str, fields: &[(&str, String)]) -> Answer {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.call(function, &fields).await
}

story! {
    async fn with_a_second_factor_the_password_alone_changes_nothing(app: TestApp) {
        let ann = app.person("ann").await;
        let mut laptop = ann.browser().await;
        let (secret, codes) = set_up(&app, &ann, &mut laptop).await;
        eleven_minutes_later(&app).await;
        let before = ann.events().await;
        for (function, fields) in calls(&ann) {
            let said = call(&mut laptop, function, &fields).await.status(403);
            assert!(said.text.contains("Unconfirmed"), "{function}: {}", said.text);
        }
        let place = ann.browser_by_code(&codes[9]).await.call("load_account", &[]).await.ok()["sessions"][0].id();
        laptop.call("end_session", &[("id", &place)]).await.status(403);
        assert_eq!(ann.events().await.len(), before.len() + 1, "the recovery code that was used is all that happened");
        // A program's login is held to the same.
        let wanted = json!({ "name": "Backup", "scopes": ["read"] });
        ann.post("/api/v1/auth/tokens", wanted.clone()).await.refused(403, "unconfirmed");
        let closing = json!({ "email": ann.email, "password": ann.password });
        ann.post("/api/v1/account/closing", closing).await.refused(403, "unconfirmed");

        // A wrong password or code does not do.
        laptop.call("confirm_person", &[("current_password", "not this"), ("code", &codes[0])]).await.invalid("current_password");
        laptop.call("confirm_person", &[("current_password", &ann.password), ("code", "000000")]).await.invalid("code");
        laptop.call("confirm_person", &[("current_password", &ann.password)]).await.invalid("code");
        laptop.call("create_token", &[("name", "Backup"), ("scopes", "read")]).await.status(403);

        let (session, thief) = (laptop.cookies["session"].clone(), laptop.clone());
        let code = shown(&secret, 0);
        let fields = [("current_password", ann.password.as_str()), ("code", &code), ("next", "/account")];
        assert_eq!(laptop.submit("/account/confirm", "confirm_person", &fields).await.redirect(), "/account");
        assert_ne!(session, laptop.cookies["session"], "the session has a new token");
        thief.clone().call("who_am_i", &[]).await.status(401);
        laptop.call("create_token", &[("name", "Backup"), ("scopes", "read")]).await.ok();
        laptop.call("end_session", &[("id", &place)]).await.ok();
        laptop.call("new_recovery_codes", &[("current_password", "not this")]).await.invalid("current_password");
        laptop.call("stop_second_factor", &[("current_password", &ann.password)]).await.ok();
        let log = laptop.call("load_log", &[]).await.ok().to_string();
        assert!(log.contains("You confirmed that it is you."), "{log}");
    }
}

story! {
    async fn it_counts_for_the_session_it_was_shown_in(app: TestApp) {
        let ann = app.person("ann").await;
        let (mut laptop, mut phone) = (ann.browser().await, ann.browser().await);
        // The phone was signed in with all there was to show; there is more now.
        phone.call("create_token", &[("name", "Before"), ("scopes", "read")]).await.ok();
        let (_, codes) = set_up(&app, &ann, &mut laptop).await;
        phone.call("create_token", &[("name", "After"), ("scopes", "read")]).await.status(403);
        let shows = [("current_password", ann.password.as_str()), ("code", &codes[0])];
        assert_eq!(laptop.call("confirm_person", &shows).await.ok(), "/account/confirm?done=yes");
        phone.call("create_token", &[("name", "After"), ("scopes", "read")]).await.status(403);
        laptop.call("create_token", &[("name", "After"), ("scopes", "read")]).await.ok();
        // Nobody is sent to another site, and nobody else's code counts.
        let shows = [("current_password", ann.password.as_str()), ("code", &codes[1]), ("next", "https://evil.example")];
        assert_eq!(laptop.call("confirm_person", &shows).await.ok(), "/today");
        let bob = app.person("bob").await;
        let (_, his) = set_up(&app, &bob, &mut bob.browser().await).await;
        phone.call("confirm_person", &[("current_password", &ann.password), ("code", &his[0])]).await.invalid("code");
        // Who signs in with a code has just shown everything.
        let mut third = ann.browser_by_code(&codes[2]).await;
        third.call("end_other_sessions", &[]).await.ok();
    }
}

story! {
    async fn without_a_second_factor_it_is_the_password(app: TestApp) {
        let ann = app.person("ann").await;
        let mut laptop = ann.browser().await;
        let phone = ann.browser().await;
        eleven_minutes_later(&app).await;
        laptop.call("end_other_sessions", &[]).await.status(403);
        laptop.call("create_token", &[("name", "Backup"), ("scopes", "read")]).await.status(403);
        laptop.call("confirm_person", &[("current_password", "")]).await.invalid("current_password");
        let before = laptop.cookies["session"].clone();
        laptop.call("confirm_person", &[("current_password", &ann.password)]).await.ok();
        assert_ne!(before, laptop.cookies["session"]);
        laptop.call("end_other_sessions", &[]).await.ok();
        phone.clone().call("who_am_i", &[]).await.status(401);
        // A password typed in another form is as good, and renews the token as well, whatever comes of the form.
        eleven_minutes_later(&app).await;
        let before = laptop.cookies["session"].clone();
        laptop.submit("/account/second-factor", "start_second_factor", &[("current_password", &ann.password)]).await.status(409);
        assert_ne!(before, laptop.cookies["session"]);
        laptop.call("create_token", &[("name", "Backup"), ("scopes", "read")]).await.ok();
    }
}

story! {
    async fn a_form_that_is_refused_keeps_what_was_typed_and_shows_the_way(app: TestApp) {
        let ann = app.person("ann").await;
        let mut laptop = ann.browser().await;
        set_up(&app, &ann, &mut laptop).await;
        eleven_minutes_later(&app).await;
        let fields = [("email", "new@example.org"), ("password", ann.password.as_str())];
        let page = laptop.submit("/account", "change_address", &fields).await.status(403);
        assert!(page.text.contains("new@example.org"), "what was typed is there still");
        assert!(page.text.contains(r#"href="/account/confirm" target="_blank""#), "{}", page.text);
        assert!(!page.text.contains(&ann.password));
        // The refused form renewed nothing, and the session goes on.
        laptop.call("who_am_i", &[]).await.ok();
        let page = laptop.open("/account/confirm").await;
        assert!(page.text.contains("Confirm that it is you") && page.text.contains("recovery codes"), "{}", page.text);
        assert!(laptop.open("/account/confirm?done=yes").await.page().contains("You can close this page"));
        app.browser().open("/account/confirm").await.redirect();
    }
}

story! {
    async fn an_account_elsewhere_is_not_connected_by_the_password_alone(app: TestApp) {
        let ann = app.person("ann").await;
        let elsewhere = json!({ "sub": "7", "email": "ann@example.org", "email_verified": true });
        let stand_in = StandIn::start(elsewhere).await;
        let app = crate::providers::with(&app, &stand_in, "google").await;
        let ann = ann.moved(&app);
        let (_, codes) = set_up(&app, &ann, &mut ann.browser().await).await;
        let connected = async || {
            let count: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM identities").fetch_one(c).await).expect("a count");
            count
        };
        // Both sides know the address; all the same the code comes first.
        let mut phone = app.browser();
        assert_eq!(crate::providers::around(&mut phone, "google").await, "/sign-in/code");
        assert_eq!(connected().await, 0);
        phone.call("second_step", &[("code", &codes[0])]).await.ok();
        assert_eq!(connected().await, 1);
        // The same with the password, where nobody has seen that the address is theirs.
        phone.call("disconnect_provider", &[("provider", "google"), ("current_password", &ann.password)]).await.ok();
        stand_in.confirm_as(json!({ "sub": "7", "email": "ann@example.org", "email_verified": false }));
        let mut phone = app.browser();
        assert_eq!(crate::providers::around(&mut phone, "google").await, "/sign-in/link");
        assert_eq!(phone.call("link_with_password", &[("password", &ann.password)]).await.ok(), "/sign-in/code");
        assert_eq!(connected().await, 0);
        phone.call("second_step", &[("code", &codes[1])]).await.ok();
        assert_eq!(connected().await, 1);
        // Connecting from the account page asks for it too.
        eleven_minutes_later(&app).await;
        phone.call("disconnect_provider", &[("provider", "google"), ("current_password", &ann.password)]).await.status(403);
        phone.call("connect_provider", &[("provider", "google"), ("current_password", &ann.password)]).await.status(403);
        all_confirmed(&app).await;
        app.stopped().await;
    }
}

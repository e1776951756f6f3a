//! Whose account it is: joined, connected, disconnected.

use super::{ann_elsewhere, around, there, verified, with};
use crate::{
    mail::{forget, login, newest},
    support::*,
};
use career_copilot::on;

story! {
    async fn an_address_joins_accounts_only_when_both_sides_verified_it(app: TestApp) {
        // Somebody else signed up with Ann's address, and waits for her.
        let attacker = app.person("ann").await;
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        let mut ann = app.browser();
        assert_eq!(around(&mut ann, "google").await, "/sign-in/link");
        ann.call("who_am_i", &[]).await.status(401);
        ann.call("link_with_password", &[("password", "what ann would type")]).await.status(401);
        // An unverified address of a provider does not open a verified account either.
        verified(&app, &attacker).await;
        stand_in.confirm_as(json!({ "sub": "666", "email": "ann@example.org", "email_verified": false, "name": "Not Ann" }));
        assert_eq!(around(&mut app.browser(), "google").await, "/sign-in/link");
        // Both verified: it is the same person.
        stand_in.confirm_as(ann_elsewhere());
        let mut ann = app.browser();
        assert_eq!(around(&mut ann, "google").await, "/today");
        assert_eq!(ann.call("load_ways", &[]).await.ok()[0]["connected"], "ann@example.org");
        app.stopped().await;
    }
}

story! {
    async fn the_password_settles_whose_account_it_is(app: TestApp) {
        let ann = app.person("ann").await;
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        let mut browser = app.browser();
        assert_eq!(around(&mut browser, "google").await, "/sign-in/link");
        assert!(browser.open("/sign-in/link").await.page().contains("You have an account here"));
        browser.call("link_with_password", &[("password", "not this one")]).await.status(401);
        assert_eq!(browser.call("link_with_password", &[("password", &ann.password)]).await.ok(), "/today");
        assert!(!browser.cookies.contains_key("provider-doubt"));
        assert_eq!(around(&mut app.browser(), "google").await, "/today");
        app.stopped().await;
    }
}

story! {
    async fn accounts_elsewhere_are_connected_and_disconnected(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let stand_in = StandIn::start(json!({ "sub": "7", "email": "a.work@example.com", "email_verified": true, "name": "A" })).await;
        let app = with(&app, &stand_in, "google").await;
        let (ann, bob) = (ann.moved(&app), bob.moved(&app));
        let mut laptop = ann.browser().await;
        laptop.call("connect_provider", &[("provider", "google"), ("current_password", "no")]).await.invalid("current_password");
        laptop.call("connect_provider", &[("provider", "linkedin"), ("current_password", &ann.password)]).await.status(404);
        // Without the wish, going there signs in; it does not connect.
        assert_eq!(laptop.call("connect_provider", &[("provider", "google"), ("current_password", &ann.password)]).await.ok(), "/account/connect?provider=google");
        assert!(laptop.open("/account/connect?provider=google").await.page().contains("Continue to "));
        // Begun by Ann, ended in Bob's browser: nothing is connected.
        let mut bobs = bob.browser().await;
        let mut mixed = laptop.clone();
        let back = there(&mut mixed, "google", "").await;
        bobs.cookies.insert("provider-flow".into(), mixed.cookies["provider-flow"].clone());
        assert_eq!(bobs.open(&back).await.redirect(), "/account?problem=expired");
        assert_eq!(around(&mut laptop, "google").await, "/account");
        assert_eq!(laptop.call("load_ways", &[]).await.ok()[0]["connected"], "a.work@example.com");
        // It is hers now, and cannot become Bob's.
        bobs.call("connect_provider", &[("provider", "google"), ("current_password", &bob.password)]).await.ok();
        assert_eq!(around(&mut bobs, "google").await, "/account?problem=taken");
        assert_eq!(around(&mut app.browser(), "google").await, "/today");
        // One of each.
        stand_in.confirm_as(json!({ "sub": "8", "email": "second@example.com", "email_verified": true }));
        laptop.call("connect_provider", &[("provider", "google"), ("current_password", &ann.password)]).await.ok();
        assert_eq!(around(&mut laptop, "google").await, "/account?problem=another");
        laptop.call("disconnect_provider", &[("provider", "google"), ("current_password", "no")]).await.invalid("current_password");
        laptop.call("disconnect_provider", &[("provider", "google"), ("current_password", &ann.password)]).await.ok();
        laptop.call("disconnect_provider", &[("provider", "google"), ("current_password", &ann.password)]).await.status(404);
        app.stopped().await;
    }
}

story! {
    async fn the_last_way_in_stays(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        let mut browser = app.browser();
        around(&mut browser, "google").await;
        assert_eq!(browser.call("load_ways", &[]).await.ok()[0]["removable"], false);
        browser.call("disconnect_provider", &[("provider", "google")]).await.status(409);
        // No password opens an account that has none.
        for password in ["", "null", "nobody has this password"] {
            let status = app.anybody().post("/api/v1/auth/login", json!({ "email": "ann@example.org", "password": password })).await.status;
            assert!(status == 401 || status == 422, "{password}: {status}");
        }
        // Who has just signed in can set up a second factor; later, only after signing in again.
        browser.call("start_second_factor", &[]).await.ok();
        let old = career_copilot::db::now() - chrono::Duration::minutes(11);
        on!(app.state.db.write, |c| sqlx::query("UPDATE sessions SET confirmed_at = $1").bind(old).execute(c).await.map(|_| ())).expect("it ages");
        browser.call("start_second_factor", &[]).await.invalid("current_password");
        app.stopped().await;
    }
}

story! {
    async fn the_second_factor_is_asked_for_here_too(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        let mut browser = app.browser();
        around(&mut browser, "google").await;
        let now = career_copilot::db::now();
        let user: career_copilot::ids::UserId =
            on!(app.state.db.read, |c| sqlx::query_scalar("SELECT id FROM users").fetch_one(c).await).expect("a person");
        on!(app.state.db.write, |c| sqlx::query("INSERT INTO one_time_codes (user_id, secret, created_at, confirmed_at) VALUES ($1, 'sealed', $2, $2)")
            .bind(user)
            .bind(now)
            .execute(c)
            .await
            .map(|_| ()))
        .expect("a second factor");
        let mut again = app.browser();
        assert_eq!(around(&mut again, "google").await, "/sign-in/code");
        again.call("who_am_i", &[]).await.status(401);
        app.stopped().await;
    }
}

story! {
    async fn no_other_page_starts_a_sign_in(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        let mut browser = app.browser();
        let request = browser.bare(reqwest::Method::GET, "/api/v1/auth/oauth/google/login").header("sec-fetch-site", "cross-site");
        assert_eq!(browser.send(request).await.redirect(), "/sign-in");
        assert!(browser.cookies.is_empty());
        assert_eq!(around(&mut browser, "google").await, "/welcome");
        app.stopped().await;
    }
}

story! {
    async fn who_signs_up_with_an_address_of_somebody_else_keeps_no_way_in(app: TestApp) {
        let (root, mallory) = (app.person("root").await, app.person("ann").await);
        let stand_in = StandIn::start(json!({ "sub": "666", "email": "mallory@example.com", "email_verified": true })).await;
        let app = with(&app, &stand_in, "google").await;
        let (root, mallory) = (root.moved(&app), mallory.moved(&app));
        // Every way in that there is, laid out for the day on which Ann comes.
        let mut waiting = mallory.browser().await;
        waiting.call("connect_provider", &[("provider", "google"), ("current_password", &mallory.password)]).await.ok();
        assert_eq!(around(&mut waiting, "google").await, "/account");
        let token = mallory.post("/api/v1/auth/tokens", json!({ "name": "Waiting", "scopes": ["read"] })).await.created();
        let token = app.anybody().with_token(token["token"].as_str().expect("a token"));
        token.get("/api/v1/auth/me").await.ok();
        // A second factor would keep her out: it takes an address that is confirmed.
        waiting.call("start_second_factor", &[("current_password", &mallory.password)]).await.status(409);
        // Ann reads the mail of the address.
        forget(&app, "ann@example.org").await.ok();
        let (_, reset) = newest(&app, &root, "ann@example.org", "reset", 1).await;
        app.browser().call("reset_password", &[("token", &reset), ("new_password", "ann has her own words")]).await.ok();
        assert_eq!(login(&app, "ann@example.org", "ann has her own words").await, 200);
        waiting.call("who_am_i", &[]).await.status(401);
        token.get("/api/v1/auth/me").await.refused(401, "refused");
        mallory.get("/api/v1/auth/me").await.refused(401, "refused");
        let mut back = app.browser();
        assert_eq!(around(&mut back, "google").await, "/welcome", "an account of his own");
        assert_eq!(back.call("who_am_i", &[]).await.ok()["email"], "mallory@example.com");
        // Once she has shown that the address is hers, a new password leaves what she set up herself.
        let mut ann = app.browser();
        ann.call("sign_in", &[("email", "ann@example.org"), ("password", "ann has her own words")]).await.ok();
        stand_in.confirm_as(json!({ "sub": "7", "email": "ann@example.com", "email_verified": true }));
        ann.call("connect_provider", &[("provider", "google"), ("current_password", "ann has her own words")]).await.ok();
        assert_eq!(around(&mut ann, "google").await, "/account");
        forget(&app, "ann@example.org").await.ok();
        let (_, reset) = newest(&app, &root, "ann@example.org", "reset", 2).await;
        app.browser().call("reset_password", &[("token", &reset), ("new_password", "ann has yet other words")]).await.ok();
        assert_eq!(around(&mut app.browser(), "google").await, "/today");
        app.stopped().await;
    }
}

//! Signing in with an account elsewhere: in, connected, disconnected, and the known ways to take an account over, which fail.

use crate::support::*;
use career_copilot::on;

mod joining;

fn ann_elsewhere() -> Value {
    json!({ "sub": "1001", "email": "ann@example.org", "email_verified": true, "name": "Ann Elsewhere" })
}

/// The app with the stand-in as this provider.
pub async fn with(app: &TestApp, stand_in: &StandIn, provider: &str) -> TestApp {
    let settings = stand_in.settings(provider);
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    app.restarted(&settings).await
}

/// Leaves for the provider; answers with the address the browser is sent back to, as a path.
async fn there(browser: &mut Browser, provider: &str, query: &str) -> String {
    let to = browser.open(&format!("/api/v1/auth/oauth/{provider}/login{query}")).await.redirect();
    let answer = Answer::of(Caller::new("").at("").request(reqwest::Method::GET, &to)).await;
    let back = answer.redirect();
    back.strip_prefix(&browser.address).unwrap_or_else(|| panic!("sent to {back}")).to_owned()
}

/// There and back; answers with where it leads.
pub async fn around(browser: &mut Browser, provider: &str) -> String {
    let back = there(browser, provider, "").await;
    browser.open(&back).await.redirect()
}

async fn verified(app: &TestApp, person: &Person) {
    let now = career_copilot::db::now();
    on!(app.state.db.write, |c| sqlx::query("UPDATE users SET email_verified_at = $2 WHERE lower(email) = lower($1)")
        .bind(&person.email)
        .bind(now)
        .execute(c)
        .await
        .map(|_| ()))
    .expect("the address is verified");
}

story! {
    async fn the_first_time_opens_an_account(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        let mut browser = app.browser();
        assert!(browser.open("/sign-in").await.page().contains("/api/v1/auth/oauth/google/login"));
        let back = there(&mut browser, "google", "?zone=Europe/Berlin").await;
        assert_eq!(browser.open(&back).await.redirect(), "/welcome");
        let me = browser.call("who_am_i", &[]).await.ok();
        assert_eq!((me["email"].as_str(), me["name"].as_str()), (Some("ann@example.org"), Some("Ann Elsewhere")));
        assert_eq!(browser.call("load_profile", &[]).await.ok()["time_zone"], "Europe/Berlin");
        // The second time it is the same account, whatever the address is by then.
        stand_in.confirm_as(json!({ "sub": "1001", "email": "ann@elsewhere.example", "email_verified": true, "name": "A. E." }));
        let mut phone = app.browser();
        let back = there(&mut phone, "google", "?next=/jobs").await;
        assert_eq!(phone.open(&back).await.redirect(), "/jobs");
        assert_eq!(phone.call("who_am_i", &[]).await.ok()["email"], "ann@example.org");
        let log = phone.call("load_log", &[]).await.ok();
        assert_eq!(log["items"][0]["text"], "You signed in with Google.");
        assert_eq!(log["total"], 4);
        app.stopped().await;
    }
}

story! {
    async fn github_is_asked_by_its_own_api(app: TestApp) {
        let stand_in = StandIn::start(json!({})).await;
        let app = with(&app, &stand_in, "github").await;
        let user = json!({ "id": 42, "login": "annb", "name": null, "bio": "Bakes bread\nand software", "location": "Berlin, Germany" });
        let email = |email: &str, primary: bool, verified: bool| json!({ "email": email, "primary": primary, "verified": verified, "visibility": null });
        // Without a verified primary address there is no account.
        stand_in.is_github_of(user.clone(), json!([email("ann@example.org", true, false), email("other@example.org", false, true)]));
        assert_eq!(around(&mut app.browser(), "github").await, "/sign-in?problem=address");
        stand_in.is_github_of(user, json!([email("other@example.org", false, true), email("ann@example.org", true, true)]));
        let mut browser = app.browser();
        assert_eq!(around(&mut browser, "github").await, "/welcome");
        let profile = browser.call("load_profile", &[]).await.ok();
        assert_eq!(profile["name"], "annb");
        assert_eq!(profile["headline"], "Bakes bread and software");
        assert_eq!(profile["preferred_locations"], json!(["Berlin, Germany"]));
        app.stopped().await;
    }
}

/// The app with the stand-in as Google, and as whatever else is fetched.
async fn with_pictures(app: &TestApp, stand_in: &StandIn) -> TestApp {
    let settings = stand_in.settings("google");
    let mut settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    settings.push(("FETCH_MIRROR", &stand_in.address));
    app.restarted(&settings).await
}

story! {
    async fn the_picture_is_taken_over_and_can_be_removed(app: TestApp) {
        let mut claims = ann_elsewhere();
        claims["picture"] = json!("https://pictures.example.org/ann.gif");
        let stand_in = StandIn::start(claims).await;
        let app = with_pictures(&app, &stand_in).await;
        let mut browser = app.browser();
        assert_eq!(around(&mut browser, "google").await, "/welcome");
        let src = browser.call("who_am_i", &[]).await.ok()["picture"].as_str().expect("an address").to_owned();
        for page in ["/welcome", "/profile"] {
            assert!(browser.open(page).await.page().contains(&src), "{page}");
        }
        let got = browser.open(&src).await.status(200);
        assert_eq!(got.header("content-type"), Some("image/gif"));
        assert_eq!(got.header("x-content-type-options"), Some("nosniff"));
        assert!(got.text.starts_with("GIF89a"), "{got:?}");
        let kept: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT image_sealed FROM pictures").fetch_one(c).await).expect("a row");
        assert!(!kept.contains("R0lGODlh"), "it is sealed");
        // Nobody else's.
        app.anybody().get(&src).await.status(401);
        app.person("bob").await.get(&src).await.missing();
        // The first step shows what was taken over, to be put right.
        let first = [("name", "Ann Baker"), ("headline", "Bakes"), ("skills", "Python")];
        assert_eq!(browser.submit("/welcome", "guide_skills", &first).await.redirect(), "/welcome?step=2");
        let profile = browser.call("load_profile", &[]).await.ok();
        assert_eq!((&profile["name"], &profile["headline"]), (&json!("Ann Baker"), &json!("Bakes")));
        browser.call("guide_skills", &[("skills", "Python")]).await.ok();
        assert_eq!(browser.call("load_profile", &[]).await.ok()["name"], "Ann Baker", "what is not sent stays");
        browser.call("remove_picture", &[]).await.ok();
        browser.call("remove_picture", &[]).await.missing_function();
        assert_eq!(browser.call("who_am_i", &[]).await.ok()["picture"], Value::Null);
        browser.open(&src).await.missing();
        app.stopped().await;
    }
}

story! {
    async fn an_account_is_opened_whatever_the_picture_is(app: TestApp) {
        let stand_in = StandIn::start(json!({})).await;
        let app = with_pictures(&app, &stand_in).await;
        for (n, picture) in [
            "https://pictures.example.org/none.gif", "https://pictures.example.org/large.gif", "https://pictures.example.org/script.svg",
            "https://pictures.example.org/slow.gif", "http://pictures.example.org/ann.gif", "file:///etc/passwd", "no address",
        ].into_iter().enumerate() {
            let sub = n.to_string();
            stand_in.confirm_as(json!({ "sub": sub, "email": format!("p{n}@example.org"), "email_verified": true, "name": "P", "picture": picture }));
            let mut browser = app.browser();
            assert_eq!(around(&mut browser, "google").await, "/welcome", "{picture}");
            assert_eq!(browser.call("who_am_i", &[]).await.ok()["picture"], Value::Null, "{picture}");
        }
        app.stopped().await;
    }
}

story! {
    async fn linkedin_may_leave_the_nonce_out_and_google_may_not(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        stand_in.forge(json!({ "nonce": null, "email_verified": "true" }));
        let linkedin = with(&app, &stand_in, "linkedin").await;
        assert_eq!(around(&mut linkedin.browser(), "linkedin").await, "/welcome");
        let google = with(&linkedin, &stand_in, "google").await;
        assert_eq!(around(&mut google.browser(), "google").await, "/sign-in?problem=failed");
        google.stopped().await;
    }
}

story! {
    async fn only_what_is_set_up_is_offered(app: TestApp) {
        let mut browser = app.browser();
        assert!(!browser.open("/sign-in").await.page().contains("/api/v1/auth/oauth/"));
        browser.open("/api/v1/auth/oauth/google/login").await.refused(404, "not_found");
        browser.open("/api/v1/auth/oauth/myspace/login").await.refused(404, "not_found");
        browser.open("/api/v1/auth/oauth/google/callback?code=1&state=2").await.status(303);
    }
}

story! {
    async fn a_token_that_is_not_in_order_opens_nothing(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        let past = chrono::Utc::now().timestamp() - 3600;
        for (what, forged) in [
            ("another issuer", json!({ "iss": "https://accounts.evil.example" })),
            ("another audience", json!({ "aud": "another client" })),
            ("several audiences and nobody in particular", json!({ "aud": [provider::CLIENT, "another"] })),
            ("meant for another program", json!({ "azp": "another client" })),
            ("expired", json!({ "exp": past })),
            ("a replayed token", json!({ "nonce": "an older one" })),
            ("nobody", json!({ "sub": null })),
        ] {
            stand_in.forge(forged);
            assert_eq!(around(&mut app.browser(), "google").await, "/sign-in?problem=failed", "{what}");
        }
        stand_in.forge(json!({}));
        stand_in.steal_key_id();
        assert_eq!(around(&mut app.browser(), "google").await, "/sign-in?problem=failed", "another key");
        stand_in.sign_by_secret();
        assert_eq!(around(&mut app.browser(), "google").await, "/sign-in?problem=failed", "signed by the client's secret");
        let people: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM users").fetch_one(c).await).expect("a count");
        assert_eq!(people, 0);
        app.stopped().await;
    }
}

story! {
    async fn a_description_of_somebody_else_is_not_believed(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        stand_in.describes("https://accounts.google.com");
        let app = with(&app, &stand_in, "google").await;
        let mut browser = app.browser();
        assert_eq!(browser.open("/api/v1/auth/oauth/google/login").await.redirect(), "/sign-in?problem=failed");
        assert_eq!(stand_in.exchanged(), 0);
        app.stopped().await;
    }
}

story! {
    async fn a_token_of_the_provider_goes_nowhere_and_is_not_kept(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        let mut browser = app.browser();
        let back = there(&mut browser, "google", "").await;
        let answer = browser.open(&back).await;
        assert!(!format!("{answer:?}").contains("gho_access"), "{answer:?}");
        assert!(!browser.cookie().contains("gho_access"));
        for page in ["/welcome", "/account"] {
            assert!(!browser.open(page).await.page().contains("gho_access"), "{page}");
        }
        let kept = crate::privacy::contents(&app.state.db).await;
        assert!(kept.contains("1001") && !kept.contains("gho_access"), "the person is known by the subject alone");
        app.stopped().await;
    }
}

story! {
    async fn a_new_key_of_the_provider_is_fetched(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        assert_eq!(around(&mut app.browser(), "google").await, "/welcome");
        stand_in.change_key();
        assert_eq!(around(&mut app.browser(), "google").await, "/today");
        app.stopped().await;
    }
}

story! {
    async fn coming_back_otherwise_than_one_left_opens_nothing(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        let mut browser = app.browser();
        // Consent denied; the way back is used up by it.
        let back = there(&mut browser, "google", "").await;
        let state = back.split_once("state=").expect("a state").1.to_owned();
        let path = "/api/v1/auth/oauth/google/callback";
        assert_eq!(browser.open(&format!("{path}?error=access_denied&state={state}")).await.redirect(), "/sign-in?problem=denied");
        assert!(browser.open("/sign-in?problem=denied").await.page().contains("You did not agree there"));
        assert_eq!(browser.open(&back).await.redirect(), "/sign-in?problem=expired");
        // A state that was swapped, one of another provider, none at all.
        let back = there(&mut browser, "google", "").await;
        let cookies = browser.cookies.clone();
        for path in [back.replace("state=", "state=x"), back.replace("google", "linkedin"), path.to_owned()] {
            let mut other = browser.clone();
            assert_eq!(other.open(&path).await.redirect(), "/sign-in?problem=expired", "{path}");
        }
        // Somebody else's browser: the code of an attacker signs nobody in, and that of a victim opens nothing elsewhere.
        assert_eq!(app.browser().open(&back).await.redirect(), "/sign-in?problem=expired");
        let mut forged = browser.clone();
        forged.cookies.insert("provider-flow".into(), "eyJhbGciOiJub25lIn0.e30.".into());
        assert_eq!(forged.open(&back).await.redirect(), "/sign-in?problem=expired");
        // Another attempt's code with this one's state: the verifier does not fit.
        let mut attacker = app.browser();
        let theirs = there(&mut attacker, "google", "").await;
        let code = theirs.split_once("code=").and_then(|(_, rest)| rest.split_once('&')).expect("a code").0;
        let own = back.split_once("code=").and_then(|(_, rest)| rest.split_once('&')).expect("a code").0;
        assert_eq!(browser.clone().open(&back.replace(own, code)).await.redirect(), "/sign-in?problem=failed");
        // One who says it is somebody else.
        let mixed = format!("{back}&iss=https://accounts.evil.example");
        assert_eq!(browser.clone().open(&mixed).await.redirect(), "/sign-in?problem=failed");
        // The right one works, once.
        assert_eq!(browser.open(&back).await.redirect(), "/welcome");
        browser.cookies.insert("provider-flow".into(), cookies["provider-flow"].clone());
        assert_eq!(browser.open(&back).await.redirect(), "/sign-in?problem=failed", "the code is used up");
        assert_eq!(stand_in.exchanged(), 1);
        app.stopped().await;
    }
}

story! {
    async fn a_provider_that_is_down_leaves_the_other_ways(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        stand_in.goes_down(true);
        let mut browser = app.browser();
        assert_eq!(around(&mut browser, "google").await, "/sign-in?problem=failed");
        assert!(browser.open("/sign-in?problem=failed").await.page().contains("did not answer as it should"));
        stand_in.goes_down(false);
        assert_eq!(around(&mut browser, "google").await, "/welcome");
        app.stopped().await;
        let gone = app.restarted(&[("GOOGLE_CLIENT_ID", "x"), ("GOOGLE_CLIENT_SECRET", "y"), ("GOOGLE_ISSUER", "http://127.0.0.1:9")]).await;
        assert_eq!(gone.browser().open("/api/v1/auth/oauth/google/login").await.redirect(), "/sign-in?problem=failed");
        gone.stopped().await;
    }
}

story! {
    async fn nobody_is_sent_elsewhere_afterwards(app: TestApp) {
        let stand_in = StandIn::start(ann_elsewhere()).await;
        let app = with(&app, &stand_in, "google").await;
        around(&mut app.browser(), "google").await;
        for next in ["https://evil.example", "//evil.example", "/%5Cevil.example", "/api/v1/jobs"] {
            let mut browser = app.browser();
            let back = there(&mut browser, "google", &format!("?next={next}")).await;
            assert_eq!(browser.open(&back).await.redirect(), "/today", "{next}");
        }
        app.stopped().await;
    }
}

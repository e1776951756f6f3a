//! Passkeys: added, used after the password and alone, removed, and the known ways to get in with one that is not one's own.

use crate::{second_factor::all_confirmed, support::*};

const SITE: &str = "http://localhost:3000";

/// The app under an address with a name, and Ann with a confirmed address, signed in.
async fn begin(app: &TestApp) -> (TestApp, Person, Browser) {
    let ann = app.person("ann").await;
    let app = app.restarted(&[("PUBLIC_URL", SITE)]).await;
    all_confirmed(&app).await;
    let ann = ann.moved(&app);
    let browser = ann.browser().await;
    (app, ann, browser)
}

fn options(answer: Answer) -> Value {
    let text = answer.ok();
    serde_json::from_str(text.as_str().expect("a text")).expect("JSON")
}

/// Adds a passkey.
async fn add(ann: &Person, browser: &mut Browser, name: &str) -> Authenticator {
    let mut key = Authenticator::new(SITE);
    let asked = options(browser.call("start_passkey", &[("name", name), ("current_password", &ann.password)]).await);
    let made = key.make(&asked);
    browser.call("finish_passkey", &[("credential", &made)]).await.ok();
    key
}

/// Answers the site with this passkey, after whatever came before in this browser.
async fn answer(browser: &mut Browser, key: &mut Authenticator) -> Answer {
    let asked = options(browser.call("begin_passkey_use", &[]).await);
    let signed = key.sign(&asked);
    browser.call("use_passkey", &[("credential", &signed), ("next", "/jobs")]).await
}

async fn type_password(app: &TestApp, ann: &Person) -> Browser {
    let mut browser = app.browser();
    let fields = [("email", ann.email.as_str()), ("password", &ann.password), ("next", "/alerts")];
    assert_eq!(browser.call("sign_in", &fields).await.ok(), "/sign-in/passkey");
    browser.call("who_am_i", &[]).await.status(401);
    browser
}

story! {
    async fn a_passkey_opens_the_account_alone(app: TestApp) {
        let (app, ann, mut laptop) = begin(&app).await;
        let before = laptop.cookies["session"].clone();
        let mut key = add(&ann, &mut laptop, "My  phone").await;
        assert_ne!(before, laptop.cookies["session"], "the session is renewed");
        let view = laptop.call("load_second_factor", &[]).await.ok();
        assert_eq!((view["passkeys"][0]["name"].as_str(), view["codes_left"].as_u64()), (Some("My phone"), Some(10)));
        assert!(laptop.open("/account/second-factor").await.page().contains("My phone"));
        let mut phone = app.browser();
        assert!(phone.open("/sign-in/passkey").await.page().contains("Use the passkey"));
        assert_eq!(answer(&mut phone, &mut key).await.ok(), "/jobs");
        assert_eq!(phone.call("who_am_i", &[]).await.ok()["email"], "ann@example.org");
        assert!(!phone.cookies.contains_key("passkey"));
        let log = phone.call("load_log", &[]).await.ok().to_string();
        assert!(log.contains("You signed in with a passkey.") && log.contains("The passkey “My phone” opens the account now."), "{log}");
        // Nobody is sent to another site.
        let mut third = app.browser();
        let asked = options(third.call("begin_passkey_use", &[]).await);
        let signed = key.sign(&asked);
        assert_eq!(third.call("use_passkey", &[("credential", &signed), ("next", "https://evil.example")]).await.ok(), "/today");
        app.stopped().await;
    }
}

story! {
    async fn after_the_password_it_is_asked_for(app: TestApp) {
        let (app, ann, mut laptop) = begin(&app).await;
        let mut key = add(&ann, &mut laptop, "Phone").await;
        let view = laptop.call("load_second_factor", &[]).await.ok();
        let codes: Vec<String> = serde_json::from_value(view["fresh_codes"].clone()).expect("codes");
        let mut phone = type_password(&app, &ann).await;
        assert_eq!(answer(&mut phone, &mut key).await.ok(), "/alerts");
        phone.call("who_am_i", &[]).await.ok();
        assert!(!phone.cookies.contains_key("half"));
        // Without the key a recovery code opens it, and six digits do not: there is no app.
        let mut other = type_password(&app, &ann).await;
        other.call("second_step", &[("code", "123456")]).await.invalid("code");
        other.call("second_step", &[("code", &codes[0])]).await.ok();
        // A program needs one too.
        let login = |code: &str| json!({ "email": ann.email, "password": ann.password, "code": code });
        app.anybody().post("/api/v1/auth/login", login("")).await.invalid("code");
        app.anybody().post("/api/v1/auth/login", login(&codes[1])).await.ok();
        app.stopped().await;
    }
}

story! {
    async fn no_answer_counts_twice_or_elsewhere(app: TestApp) {
        let (app, ann, mut laptop) = begin(&app).await;
        let bob = app.person("bob").await;
        all_confirmed(&app).await;
        let mut key = add(&ann, &mut laptop, "Phone").await;
        let mut bobs = bob.browser().await;
        let mut his = add(&bob, &mut bobs, "Phone").await;
        let refused = async |browser: &mut Browser, credential: &str| {
            browser.call("use_passkey", &[("credential", credential)]).await.status(401);
            browser.call("who_am_i", &[]).await.status(401);
        };
        // The same answer a second time, also with everything the browser had the first time.
        let mut phone = app.browser();
        let asked = options(phone.call("begin_passkey_use", &[]).await);
        let mut thief = phone.clone();
        let signed = key.sign(&asked);
        phone.call("use_passkey", &[("credential", &signed)]).await.ok();
        refused(&mut thief, &signed).await;
        // An answer to somebody else's question.
        let mut other = app.browser();
        other.call("begin_passkey_use", &[]).await.ok();
        refused(&mut other, &key.sign(&asked)).await;
        // Nothing was asked.
        refused(&mut app.browser(), &key.sign(&asked)).await;
        // Made for a page of another site, which was fooled into asking.
        let mut fooled = Authenticator { origin: "http://localhost.evil.example".into(), ..key.clone() };
        let mut browser = app.browser();
        let asked = options(browser.call("begin_passkey_use", &[]).await);
        refused(&mut browser, &fooled.sign(&asked)).await;
        // Somebody took the device, and did not know the PIN.
        let mut stolen = Authenticator { verifies: false, ..key.clone() };
        let mut browser = app.browser();
        let asked = options(browser.call("begin_passkey_use", &[]).await);
        refused(&mut browser, &stolen.sign(&asked)).await;
        // A key that calls itself Ann's.
        let mut forged = Authenticator::new(SITE);
        forged.make(&json!({ "user": { "id": "" }, "rp": { "id": "localhost" }, "challenge": "" }));
        let mut browser = app.browser();
        let asked = options(browser.call("begin_passkey_use", &[]).await);
        let mut told: Value = serde_json::from_str(&forged.sign(&asked)).expect("JSON");
        let hers: Value = serde_json::from_str(&key.clone().sign(&asked)).expect("JSON");
        (told["id"], told["rawId"]) = (hers["id"].clone(), hers["rawId"].clone());
        told["response"]["userHandle"] = hers["response"]["userHandle"].clone();
        refused(&mut browser, &told.to_string()).await;
        // After Ann's password, Bob's key does not do; nor his own with her name on it, alone.
        let mut browser = type_password(&app, &ann).await;
        let asked = options(browser.call("begin_passkey_use", &[]).await);
        refused(&mut browser, &his.sign(&asked)).await;
        let mut browser = app.browser();
        let asked = options(browser.call("begin_passkey_use", &[]).await);
        let mut told: Value = serde_json::from_str(&his.sign(&asked)).expect("JSON");
        told["response"]["userHandle"] = hers["response"]["userHandle"].clone();
        refused(&mut browser, &told.to_string()).await;
        // What was asked for the second step of one sign-in is no answer in another.
        let mut one = type_password(&app, &ann).await;
        let asked = options(one.call("begin_passkey_use", &[]).await);
        let mut two = app.browser();
        two.cookies.insert("passkey".into(), one.cookies["passkey"].clone());
        refused(&mut two, &key.sign(&asked)).await;
        for nonsense in ["", "{}", "null", "[]", &"x".repeat(100_000)] {
            let status = app.browser().call("use_passkey", &[("credential", nonsense)]).await.status;
            assert!((400..500).contains(&status), "{status}");
        }
        // A clone whose counter stands still.
        let mut clone = Authenticator { counter: 0, ..key.clone() };
        let mut browser = app.browser();
        let asked = options(browser.call("begin_passkey_use", &[]).await);
        refused(&mut browser, &clone.sign(&asked)).await;
        let log = laptop.call("load_log", &[]).await.ok().to_string();
        assert!(log.contains("passkey.refused"), "{log}");
        app.stopped().await;
    }
}

story! {
    async fn adding_and_removing_takes_the_password(app: TestApp) {
        let (app, ann, mut laptop) = begin(&app).await;
        laptop.call("start_passkey", &[("name", "Phone"), ("current_password", "not this")]).await.invalid("current_password");
        laptop.call("start_passkey", &[("name", " "), ("current_password", &ann.password)]).await.invalid("name");
        let mut key = add(&ann, &mut laptop, "Phone").await;
        // Not twice, and not without having asked.
        let made = key.make(&json!({ "user": { "id": "" }, "rp": { "id": "localhost" }, "challenge": "" }));
        laptop.call("finish_passkey", &[("credential", &made)]).await.status(401);
        let asked = options(laptop.call("start_passkey", &[("name", "Again"), ("current_password", &ann.password)]).await);
        assert_eq!(asked["excludeCredentials"].as_array().map(Vec::len), Some(1));
        let made = key.make(&asked);
        laptop.call("finish_passkey", &[("credential", &made)]).await.invalid("credential");
        let id = laptop.call("load_second_factor", &[]).await.ok()["passkeys"][0]["id"].as_str().expect("an id").to_owned();
        laptop.call("remove_passkey", &[("id", &id), ("current_password", "not this")]).await.invalid("current_password");
        laptop.call("remove_passkey", &[("id", &id), ("current_password", &ann.password)]).await.ok();
        // It opens nothing, and nothing but the password is asked for any more.
        let mut phone = app.browser();
        answer(&mut phone, &mut key).await.status(401);
        let view = laptop.call("load_second_factor", &[]).await.ok();
        assert_eq!((view["passkeys"].as_array().map(Vec::len), view["codes_left"].as_u64()), (Some(0), Some(0)));
        phone.call("sign_in", &[("email", &ann.email), ("password", &ann.password)]).await.ok();
        phone.call("who_am_i", &[]).await.ok();
        app.stopped().await;
    }
}

story! {
    async fn a_passkey_shows_again_who_one_is(app: TestApp) {
        let (app, ann, mut laptop) = begin(&app).await;
        let bob = app.person("bob").await;
        all_confirmed(&app).await;
        let mut key = add(&ann, &mut laptop, "Phone").await;
        let mut bobs = bob.browser().await;
        let mut his = add(&bob, &mut bobs, "Phone").await;
        crate::confirm::eleven_minutes_later(&app).await;
        let view = laptop.call("load_second_factor", &[]).await.ok();
        let id = view["passkeys"][0]["id"].as_str().expect("an id").to_owned();
        let password = ("current_password", ann.password.as_str());
        laptop.call("remove_passkey", &[("id", &id), password]).await.status(403);
        laptop.call("start_passkey", &[("name", "Mine too"), password]).await.status(403);
        let means = laptop.call("load_means", &[]).await.ok();
        assert_eq!(means, json!({ "password": true, "code": true, "passkey": true }));
        assert!(laptop.open("/account/confirm").await.page().contains("Use a passkey"));
        // Somebody else's key, and an answer that was meant for signing in.
        let asked = options(laptop.call("begin_confirming", &[]).await);
        laptop.call("confirm_by_passkey", &[("credential", &his.sign(&asked))]).await.status(401);
        let asked = options(laptop.call("begin_passkey_use", &[]).await);
        laptop.call("confirm_by_passkey", &[("credential", &key.sign(&asked))]).await.status(401);
        laptop.call("remove_passkey", &[("id", &id), password]).await.status(403);
        // Nor does what she was asked count in his session.
        let asked = options(laptop.call("begin_confirming", &[]).await);
        bobs.cookies.insert("passkey".into(), laptop.cookies["passkey"].clone());
        bobs.call("confirm_by_passkey", &[("credential", &key.sign(&asked))]).await.status(401);
        let before = laptop.cookies["session"].clone();
        let asked = options(laptop.call("begin_confirming", &[]).await);
        let signed = key.sign(&asked);
        assert_eq!(laptop.call("confirm_by_passkey", &[("credential", &signed), ("next", "/account")]).await.ok(), "/account");
        assert_ne!(before, laptop.cookies["session"], "the session has a new token");
        laptop.call("confirm_by_passkey", &[("credential", &signed)]).await.status(401);
        laptop.call("remove_passkey", &[("id", &id), password]).await.ok();
        app.stopped().await;
    }
}

story! {
    async fn an_address_that_is_a_number_has_none(app: TestApp) {
        let ann = app.person("ann").await;
        all_confirmed(&app).await;
        let mut browser = ann.browser().await;
        let said = browser.call("start_passkey", &[("name", "Phone"), ("current_password", &ann.password)]).await.status(409);
        assert!(said.text.contains("PUBLIC_URL"), "{}", said.text);
        assert!(browser.open("/account/second-factor").await.page().contains("Browsers tie passkeys to names"));
        browser.call("begin_passkey_use", &[]).await.status(409);
    }
}

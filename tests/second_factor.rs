//! Codes from an app, and recovery codes: setting up, signing in, losing the phone, and everything that must not work.

use crate::support::*;
use career_copilot::{on, seal};
use totp_rs::{Builder, Secret};

/// The code an app with this secret shows, `steps` of thirty seconds from now.
pub fn shown(secret: &str, steps: i64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).expect("base32");
    let app = Builder::new().with_secret(secret).build().expect("an app");
    let at = (chrono::Utc::now().timestamp() + steps * 30).unsigned_abs();
    app.generate(at).to_string()
}

/// As if everybody had opened the link in their mail.
pub async fn all_confirmed(app: &TestApp) {
    let now = career_copilot::db::now();
    on!(app.state.db.write, |c| sqlx::query("UPDATE users SET email_verified_at = $1")
        .bind(now)
        .execute(c)
        .await
        .map(|_| ()))
    .expect("they are");
}

/// Sets it up; answers with the app's secret and the recovery codes.
pub async fn set_up(app: &TestApp, ann: &Person, browser: &mut Browser) -> (String, Vec<String>) {
    all_confirmed(app).await;
    browser.call("start_second_factor", &[("current_password", &ann.password)]).await.ok();
    let view = browser.call("load_second_factor", &[]).await.ok();
    let secret = view["setup"]["secret"].as_str().expect("a secret").to_owned();
    // The code of the step before: the one of now is still to be had for signing in.
    browser.call("confirm_second_factor", &[("code", &shown(&secret, -1))]).await.ok();
    let view = browser.call("load_second_factor", &[]).await.ok();
    assert!(view["since"].is_string() && view["setup"].is_null(), "{view}");
    let codes: Vec<String> = serde_json::from_value(view["fresh_codes"].clone()).expect("codes");
    (secret, codes)
}

/// The first step of signing in.
async fn password_step(app: &TestApp, ann: &Person) -> Browser {
    let mut browser = app.browser();
    let fields = [("email", ann.email.as_str()), ("password", &ann.password), ("next", "/jobs")];
    assert_eq!(browser.submit("/sign-in", "sign_in", &fields).await.redirect(), "/sign-in/code");
    browser.call("who_am_i", &[]).await.status(401);
    browser
}

story! {
    async fn signing_in_takes_a_code_once_it_is_set_up(app: TestApp) {
        let ann = app.person("ann").await;
        let mut laptop = ann.browser().await;
        assert_eq!(laptop.call("load_second_factor", &[]).await.ok()["since"], Value::Null);
        assert_eq!(laptop.call("start_second_factor", &[("current_password", "not this")]).await.invalid("current_password"), "This is not your current password.");
        let before = laptop.cookies["session"].clone();
        let (secret, codes) = set_up(&app, &ann, &mut laptop).await;
        assert_ne!(before, laptop.cookies["session"], "the session is renewed");
        assert_eq!(codes.len(), 10);
        laptop.call("start_second_factor", &[("current_password", &ann.password)]).await.status(409);

        let mut phone = password_step(&app, &ann).await;
        assert!(phone.open("/sign-in/code").await.page().contains("Your code"));
        phone.call("second_step", &[("code", "")]).await.invalid("code");
        phone.call("second_step", &[("code", "000000")]).await.invalid("code");
        let code = shown(&secret, 0);
        assert_eq!(phone.submit("/sign-in/code", "second_step", &[("code", &code)]).await.redirect(), "/jobs");
        phone.call("who_am_i", &[]).await.ok();
        assert!(!phone.cookies.contains_key("half"));
        // The same code opens nothing a second time.
        password_step(&app, &ann).await.call("second_step", &[("code", &code)]).await.invalid("code");
        let log = phone.call("load_log", &[]).await.ok();
        let kinds: Vec<&str> = log["items"].as_array().expect("items").iter().map(|line| line["kind"].as_str().expect("a kind")).collect();
        assert_eq!(kinds[..5], ["code.refused", "sign_in.done", "code.refused", "second_factor.on", "password.refused"]);
    }
}

story! {
    async fn programs_send_the_code_along(app: TestApp) {
        let ann = app.person("ann").await;
        let (secret, codes) = set_up(&app, &ann, &mut ann.browser().await).await;
        let login = async |code: Option<&str>| {
            app.anybody().post("/api/v1/auth/login", json!({ "email": ann.email, "password": ann.password, "code": code })).await
        };
        login(None).await.invalid("code");
        login(Some("123456")).await.invalid("code");
        login(Some(&shown(&secret, 0))).await.ok();
        login(Some(&codes[0])).await.ok();
        let wrong = json!({ "email": ann.email, "password": "not this one", "code": shown(&secret, 1) });
        app.anybody().post("/api/v1/auth/login", wrong).await.refused(401, "refused");
    }
}

story! {
    async fn a_recovery_code_opens_once(app: TestApp) {
        let ann = app.person("ann").await;
        let mut laptop = ann.browser().await;
        let (_, codes) = set_up(&app, &ann, &mut laptop).await;
        let typed = codes[3].to_uppercase().replace('-', " ");
        password_step(&app, &ann).await.call("second_step", &[("code", &typed)]).await.ok();
        password_step(&app, &ann).await.call("second_step", &[("code", &codes[3])]).await.invalid("code");
        laptop.call("keep_recovery_codes", &[]).await.ok();
        let view = laptop.call("load_second_factor", &[]).await.ok();
        assert_eq!((view["codes_left"].as_u64(), view["fresh_codes"].as_array().map(Vec::len)), (Some(9), Some(0)), "kept, and not shown again");
        laptop.call("new_recovery_codes", &[("current_password", "no")]).await.invalid("current_password");
        laptop.call("new_recovery_codes", &[("current_password", &ann.password)]).await.ok();
        password_step(&app, &ann).await.call("second_step", &[("code", &codes[5])]).await.invalid("code");
    }
}

story! {
    async fn of_many_who_send_one_code_at_once_one_gets_in(app: TestApp) {
        let ann = app.person("ann").await;
        let (_, codes) = set_up(&app, &ann, &mut ann.browser().await).await;
        let mut waiting = Vec::new();
        for _ in 0..4 {
            waiting.push(password_step(&app, &ann).await);
        }
        let all = futures_util::future::join_all(waiting.iter_mut().map(|browser| {
            let code = codes[0].clone();
            async move { browser.call("second_step", &[("code", code.as_str())]).await.status }
        }))
        .await;
        assert_eq!(all.iter().filter(|status| **status == 200).count(), 1, "{all:?}");
    }
}

story! {
    async fn codes_cannot_be_tried_through(app: TestApp) {
        let ann = app.person("ann").await;
        let (secret, _) = set_up(&app, &ann, &mut ann.browser().await).await;
        let mut thief = password_step(&app, &ann).await;
        let mut refused = 0;
        for n in 0..8 {
            refused += u32::from(thief.call("second_step", &[("code", &format!("{n:06}"))]).await.status == 429);
        }
        assert!(refused > 0);
        thief.call("second_step", &[("code", &shown(&secret, 0))]).await.status(429);
    }
}

story! {
    async fn half_a_sign_in_opens_nothing(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (secret, _) = set_up(&app, &ann, &mut ann.browser().await).await;
        let half = password_step(&app, &ann).await.cookies["half"].clone();
        let mut thief = app.browser();
        thief.call("second_step", &[("code", &shown(&secret, 0))]).await.status(401);
        for name in ["session", "device"] {
            thief.cookies.insert(name.into(), half.clone());
        }
        thief.call("who_am_i", &[]).await.status(401);
        app.anybody().with_token(&half).get("/api/v1/auth/me").await.refused(401, "refused");
        // A cookie of another kind is not taken for it, and neither is a code of somebody else's app.
        let mut bobs = bob.browser().await;
        thief.cookies.insert("half".into(), bobs.cookies["device"].clone());
        thief.call("second_step", &[("code", &shown(&secret, 0))]).await.status(401);
        let (his, _) = set_up(&app, &bob, &mut bobs).await;
        password_step(&app, &ann).await.call("second_step", &[("code", &shown(&his, 0))]).await.invalid("code");
    }
}

story! {
    async fn turning_it_off_takes_the_password(app: TestApp) {
        let ann = app.person("ann").await;
        let mut laptop = ann.browser().await;
        set_up(&app, &ann, &mut laptop).await;
        laptop.call("stop_second_factor", &[]).await.invalid("current_password");
        laptop.call("stop_second_factor", &[("current_password", &ann.password)]).await.ok();
        let left: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM recovery_codes").fetch_one(c).await).expect("a count");
        assert_eq!(left, 0);
        ann.browser().await.call("who_am_i", &[]).await.ok();
    }
}

story! {
    async fn setting_up_can_be_left_and_begun_again(app: TestApp) {
        let ann = app.person("ann").await;
        let mut laptop = ann.browser().await;
        let said = laptop.call("start_second_factor", &[("current_password", &ann.password)]).await.status(409);
        assert!(said.text.contains("confirm your e-mail address"), "{}", said.text);
        all_confirmed(&app).await;
        laptop.call("start_second_factor", &[("current_password", &ann.password)]).await.ok();
        let first = laptop.call("load_second_factor", &[]).await.ok()["setup"]["secret"].clone();
        assert!(laptop.open("/account/second-factor").await.page().contains("Scan this with your authenticator app"));
        laptop.call("confirm_second_factor", &[("code", "12")]).await.invalid("code");
        laptop.call("start_second_factor", &[("current_password", &ann.password)]).await.ok();
        assert_ne!(laptop.call("load_second_factor", &[]).await.ok()["setup"]["secret"], first);
        laptop.call("stop_second_factor", &[]).await.ok();
        assert!(laptop.call("load_second_factor", &[]).await.ok()["setup"].is_null());
        // Nobody is asked for a code that was never confirmed, and a secret does not stay on the page for ever.
        laptop.call("start_second_factor", &[("current_password", &ann.password)]).await.ok();
        ann.browser().await.call("who_am_i", &[]).await.ok();
        let old = career_copilot::db::now() - chrono::Duration::minutes(31);
        on!(app.state.db.write, |c| sqlx::query("UPDATE one_time_codes SET created_at = $1").bind(old).execute(c).await.map(|_| ())).expect("it ages");
        assert!(laptop.call("load_second_factor", &[]).await.ok()["setup"].is_null());
        laptop.call("confirm_second_factor", &[("code", "123456")]).await.status(409);
    }
}

story! {
    async fn the_database_alone_shows_no_secret(app: TestApp) {
        let ann = app.person("ann").await;
        let (secret, codes) = set_up(&app, &ann, &mut ann.browser().await).await;
        let mut kept: Vec<String> = Vec::new();
        for query in ["SELECT secret FROM one_time_codes", "SELECT fresh FROM recovery_codes", "SELECT hash FROM recovery_codes", "SELECT sealed FROM person_keys"] {
            let rows: Vec<String> = on!(app.state.db.read, |c| sqlx::query_scalar(query).fetch_all(c).await).expect("rows");
            kept.extend(rows);
        }
        let kept = kept.join(" ");
        assert!(!kept.contains(&secret.replace(' ', "")));
        for code in codes {
            assert!(!kept.contains(&code) && !kept.contains(&code.replace('-', "")));
        }
    }
}

story! {
    async fn the_secret_key_can_be_changed(app: TestApp) {
        let ann = app.person("ann").await;
        let (secret, _) = set_up(&app, &ann, &mut ann.browser().await).await;
        let old = std::fs::read_to_string(app.database.folder.path().join("secret_key")).expect("it was generated");
        let new = "a new key that is only good for stories";
        app.stopped().await;
        let folder = tempfile::tempdir().expect("a folder");
        let run = |settings: &[(&str, &str)], command: &str| {
            let url = [("DATABASE_URL", app.database.url.as_str())];
            executable::run(folder.path(), &[command], &[&url, settings].concat())
        };
        // With the new key alone nothing opens, and the start says so.
        let wrong = run(&[("SECRET_KEY", new)], "migrate");
        assert!(!wrong.status.success() && executable::words(&wrong).contains("SECRET_KEY is not the one"), "{}", executable::words(&wrong));
        let both = [("SECRET_KEY", new), ("SECRET_KEY_PREVIOUS", old.trim())];
        let done = run(&both, "rotate-keys");
        assert!(done.status.success() && executable::words(&done).contains("Keys sealed anew: 1."), "{}", executable::words(&done));
        assert!(!run(&[("SECRET_KEY", old.trim())], "migrate").status.success(), "the old one opens nothing any more");
        let app = TestApp::start(app.database.clone(), &[("SECRET_KEY", new)]).await;
        assert!(seal::opens(&app.state).await.expect("an answer"));
        let login = json!({ "email": ann.email, "password": ann.password, "code": shown(&secret, 0) });
        app.anybody().post("/api/v1/auth/login", login).await.ok();
        app.stopped().await;
    }
}

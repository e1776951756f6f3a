//! Sign up, sign in, sign out: over REST with tokens, in the browser with a session.

use crate::support::*;
use career_copilot::on;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};

fn signed(claims: &Value, secret: &str, algorithm: Algorithm) -> String {
    encode(&Header::new(algorithm), claims, &EncodingKey::from_secret(secret.as_bytes())).expect("a token")
}

story! {
    async fn an_account_opens_and_its_token_says_who_it_is(app: TestApp) {
        let body = json!({ "email": " Ann@Example.org ", "password": "ann likes long walks", "name": " Ann ", "time_zone": "Europe/Berlin" });
        let opened = app.anybody().post("/api/v1/auth/register", body).await.created();
        assert_eq!(opened["user"]["email"], "Ann@Example.org");
        assert_eq!(opened["user"]["name"], "Ann");
        assert_eq!(opened["token_type"], "bearer");
        assert_eq!(opened["expires_in"], 24 * 3600);
        let ann = Person::new(&app.address, &opened, "ann likes long walks".into());
        let me = ann.get("/api/v1/auth/me").await.ok();
        assert_eq!(me["id"], opened["user"]["id"]);
        assert_eq!(me["email"], "Ann@Example.org");
        let profile = ann.get("/api/v1/profile").await.ok();
        assert_eq!(profile["time_zone"], "Europe/Berlin");
        assert_eq!(profile["match_threshold"], 70);
        // The password is not in the database, and neither is anything like it.
        let hash: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT password_hash FROM users").fetch_one(c).await).expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    }
}

story! {
    async fn the_first_account_is_the_administrator_and_only_the_first(app: TestApp) {
        let roles = async |person: &Person| {
            let mut roles: Vec<String> = serde_json::from_value(person.get("/api/v1/auth/me").await.ok()["roles"].clone()).expect("roles");
            roles.sort();
            roles
        };
        let ann = app.person("ann").await;
        let bob = app.person("bob").await;
        assert_eq!(roles(&ann).await, ["admin", "user"]);
        assert_eq!(roles(&bob).await, ["user"]);
    }
}

story! {
    async fn people_who_sign_up_at_once_get_one_administrator(app: TestApp) {
        let all = futures_util::future::join_all(["ann", "bob", "cleo", "dan"].map(|name| app.person(name))).await;
        assert_eq!(all.len(), 4);
        let admins: i64 =
            on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM user_roles WHERE role = 'admin'").fetch_one(c).await).expect("a count");
        assert_eq!(admins, 1);
    }
}

story! {
    async fn an_address_has_one_account_whatever_its_case(app: TestApp) {
        app.person("ann").await;
        let again = json!({ "email": "ANN@example.org", "password": "another long password" });
        let said = app.anybody().post("/api/v1/auth/register", again).await.invalid("email");
        assert_eq!(said, "There is already an account with this address. Sign in instead?");
    }
}

story! {
    async fn signing_in_takes_the_right_password(app: TestApp) {
        let ann = app.person("ann").await;
        let login = async |email: &str, password: &str| {
            app.anybody().post("/api/v1/auth/login", json!({ "email": email, "password": password })).await
        };
        let token = login(&ann.email, &ann.password).await.ok();
        assert_eq!(token["token_type"], "bearer");
        let again = app.anybody().with_token(token["access_token"].as_str().expect("a token"));
        assert_eq!(again.get("/api/v1/auth/me").await.ok()["email"], "ann@example.org");
        login("ANN@EXAMPLE.ORG", &ann.password).await.ok();
        // A wrong password and an unknown address cannot be told apart.
        let wrong = login(&ann.email, "ann likes short walks").await.refused(401, "refused");
        let unknown = login("nobody@example.org", "ann likes short walks").await.refused(401, "refused");
        assert_eq!(wrong["detail"], unknown["detail"]);
        login(&ann.email, &"x".repeat(129)).await.refused(401, "refused");
    }
}

story! {
    async fn guessing_is_slowed_down(app: TestApp) {
        let ann = app.person("ann").await;
        // Opening the account was the first of ten attempts that this address has at once.
        let guess = async |n: usize| {
            app.anybody().post("/api/v1/auth/login", json!({ "email": ann.email, "password": format!("guess {n}") })).await
        };
        for n in 0..9 {
            guess(n).await.refused(401, "refused");
        }
        let refused = guess(10).await;
        let seconds: u64 = refused.header("retry-after").expect("Retry-After").parse().expect("seconds");
        assert!((1..=13).contains(&seconds), "{seconds}");
        refused.refused(429, "too_many_requests");
        // The right password does not help now, in the form neither; other people are not held up.
        app.anybody().post("/api/v1/auth/login", json!({ "email": ann.email, "password": ann.password })).await.status(429);
        let mut browser = app.browser();
        let refused = browser.call("sign_in", &[("email", &ann.email), ("password", &ann.password)]).await.status(429);
        assert!(refused.header("retry-after").is_some());
        app.person("bob").await;
    }
}

story! {
    async fn strangers_who_guess_lock_nobody_out(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let mut laptop = ann.browser().await;
        laptop.call("sign_out", &[]).await.status(200);
        for n in 0..12 {
            app.anybody().post("/api/v1/auth/login", json!({ "email": ann.email, "password": format!("guess {n}") })).await;
        }
        let sign_in = [("email", ann.email.as_str()), ("password", ann.password.as_str())];
        app.browser().call("sign_in", &sign_in).await.status(429);
        // On a device she was signed in on before, she gets in all the same; and there too, guessing ends.
        laptop.call("sign_in", &sign_in).await.ok();
        laptop.call("sign_out", &[]).await.status(200);
        for _ in 0..9 {
            laptop.call("sign_in", &[("email", &ann.email), ("password", "guess")]).await.status(401);
        }
        laptop.call("sign_in", &sign_in).await.status(429);
        // Nobody else's device helps, and neither does one that was made up.
        let mut bobs = bob.browser().await;
        bobs.call("sign_out", &[]).await.status(200);
        bobs.call("sign_in", &sign_in).await.status(429);
        let claims = json!({ "sub": ann.id, "exp": chrono::Utc::now().timestamp() + 600 });
        let mut forger = app.browser();
        for secret in [SECRET, ""] {
            forger.cookies.insert("device".into(), signed(&claims, secret, Algorithm::HS256));
            forger.call("sign_in", &sign_in).await.status(429);
        }
        // And it is no way in.
        let mut thief = app.browser();
        thief.cookies.insert("session".into(), laptop.cookies["device"].clone());
        thief.call("who_am_i", &[]).await.status(401);
        app.anybody().with_token(&laptop.cookies["device"]).get("/api/v1/auth/me").await.refused(401, "refused");
    }
}

story! {
    async fn signed_in_people_can_change_their_password_while_strangers_guess(app: TestApp) {
        let ann = app.person("ann").await;
        let mut laptop = ann.browser().await;
        for n in 0..12 {
            app.anybody().post("/api/v1/auth/login", json!({ "email": ann.email, "password": format!("guess {n}") })).await;
        }
        laptop.call("change_password", &[("current_password", &ann.password), ("new_password", "ann likes longer walks")]).await.ok();
    }
}

story! {
    async fn passwords_that_are_tried_first_are_refused(app: TestApp) {
        let register = async |password: &str| {
            app.anybody().post("/api/v1/auth/register", json!({ "email": "dora.baker@example.org", "name": "Dora Baker", "password": password })).await
        };
        for common in ["password", "Password1", "12345678", "qwertyuiop", "dora.baker", "dorabaker1"] {
            let said = register(common).await.invalid("password");
            assert!(said.starts_with("This one is among the first"), "{common}: {said}");
        }
        register("пароль из нескольких слов").await.created();
        // While it is typed, one sees how hard it is to guess.
        let mut browser = app.browser();
        assert_eq!(browser.call("password_strength", &[("password", "password")]).await.ok(), 0);
        assert_eq!(browser.call("password_strength", &[("password", "four plain words here")]).await.ok(), 4);
    }
}

story! {
    async fn a_token_ends_with_its_account(app: TestApp) {
        let ann = app.person("ann").await;
        ann.job(json!({ "company": "Acme Mills", "title": "Baker" })).await;
        on!(app.state.db.write, |c| sqlx::query("DELETE FROM users").execute(c).await.map(|_| ())).expect("the account goes");
        ann.get("/api/v1/auth/me").await.refused(401, "refused");
        let left: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM jobs").fetch_one(c).await).expect("a count");
        assert_eq!(left, 0, "what was theirs goes with them");
    }
}

story! {
    async fn a_form_opens_an_account_and_a_session(app: TestApp) {
        let mut browser = app.browser();
        let fields = [("name", "Ann"), ("email", "ann@example.org"), ("password", "ann likes long walks"), ("time_zone", "Asia/Tokyo")];
        let answer = browser.submit("/sign-up", "sign_up", &fields).await;
        let cookie = answer.header("set-cookie").expect("a cookie").to_owned();
        assert!(cookie.starts_with("session="), "{cookie}");
        for flag in ["Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=7776000"] {
            assert!(cookie.contains(flag), "{cookie}");
        }
        assert!(!cookie.contains("Secure"), "plain http cannot keep a Secure cookie: {cookie}");
        assert_eq!(answer.redirect(), "/welcome");
        browser.open("/welcome").await.page();
        let me = browser.call("who_am_i", &[]).await.ok();
        assert_eq!((me["email"].as_str(), me["admin"].as_bool(), me["guided"].as_bool()), (Some("ann@example.org"), Some(true), Some(false)));
        // Only the hash of the cookie's value is kept.
        let kept: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT token_hash FROM sessions").fetch_one(c).await).expect("a session");
        assert_eq!(kept, career_copilot::session::sha256(&browser.cookies["session"]));
    }
}

story! {
    async fn a_session_ends_with_signing_out(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let stolen = browser.cookies.clone();
        assert_eq!(browser.submit("/today", "sign_out", &[]).await.redirect(), "/");
        assert!(!browser.cookies.contains_key("session"));
        assert_eq!(browser.open("/today").await.redirect(), "/sign-in?next=%2Ftoday");
        let mut thief = app.browser();
        thief.cookies = stolen;
        thief.call("who_am_i", &[]).await.status(401);
        // Over REST as well.
        let mut browser = ann.browser().await;
        let request = browser.own(reqwest::Method::POST, "/api/v1/auth/logout");
        browser.send(request).await.done();
        assert!(!browser.cookies.contains_key("session"));
        ann.post("/api/v1/auth/logout", json!({})).await.done();
        app.anybody().post("/api/v1/auth/logout", json!({})).await.refused(401, "unauthorized");
    }
}

story! {
    async fn signing_in_again_changes_the_session(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let before = browser.cookies["session"].clone();
        browser.call("sign_in", &[("email", &ann.email), ("password", &ann.password)]).await.ok();
        let after = browser.cookies["session"].clone();
        assert_ne!(before, after);
        browser.cookies.insert("session".into(), before);
        browser.call("who_am_i", &[]).await.status(401);
    }
}

story! {
    async fn a_session_lasts_while_it_is_used(app: TestApp) {
        use chrono::{DateTime, Duration, Utc};
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let ends = async || -> DateTime<Utc> {
            on!(app.state.db.read, |c| sqlx::query_scalar("SELECT expires_at FROM sessions WHERE kind = 'browser'").fetch_one(c).await).expect("a session")
        };
        let set = async |seen: DateTime<Utc>, ends: DateTime<Utc>| {
            on!(app.state.db.write, |c| sqlx::query("UPDATE sessions SET seen_at = $1, expires_at = $2").bind(seen).bind(ends).execute(c).await.map(|_| ()))
                .expect("the session changes");
        };
        let now = career_copilot::db::now();
        set(now - Duration::hours(1), now + Duration::days(1)).await;
        browser.call("who_am_i", &[]).await.ok();
        assert!(ends().await > now + Duration::days(29));
        set(now - Duration::days(31), now - Duration::seconds(1)).await;
        browser.call("who_am_i", &[]).await.status(401);
    }
}

story! {
    async fn after_signing_in_people_go_where_they_wanted_but_never_elsewhere(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = app.browser();
        assert_eq!(browser.open("/jobs?q=rust").await.redirect(), "/sign-in?next=%2Fjobs%3Fq%3Drust");
        let page = browser.open("/sign-in?next=%2Fjobs%3Fq%3Drust").await.page();
        assert!(page.contains(r#"name="next" value="/jobs?q=rust""#), "{page}");
        for (next, to) in [
            ("/jobs?q=rust", "/jobs?q=rust"),
            ("", "/today"),
            ("https://evil.example/", "/today"),
            ("//evil.example", "/today"),
            ("/\\evil.example", "/today"),
            ("/\n/evil.example", "/today"),
            ("javascript:alert(1)", "/today"),
            ("/api/v1/jobs", "/today"),
        ] {
            let mut browser = app.browser();
            let fields = [("email", ann.email.as_str()), ("password", &ann.password), ("next", next)];
            assert_eq!(browser.submit("/sign-in", "sign_in", &fields).await.redirect(), to, "{next:?}");
        }
    }
}

story! {
    async fn over_tls_the_cookie_stays_with_the_host(app: TestApp) {
        let ann = app.person("ann").await;
        let app = app.restarted(&[("PUBLIC_URL", "https://jobs.example.org/")]).await;
        let mut browser = app.browser();
        let answer = browser.call("sign_in", &[("email", &ann.email), ("password", &ann.password)]).await;
        let cookie = answer.header("set-cookie").expect("a cookie");
        assert!(cookie.starts_with("__Host-session="), "{cookie}");
        for flag in ["; Secure", "Path=/", "HttpOnly", "SameSite=Lax"] {
            assert!(cookie.contains(flag), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        assert!(answer.header("strict-transport-security").is_some_and(|value| value.contains("max-age=63072000")));
        browser.call("who_am_i", &[]).await.ok();
        app.stopped().await;
    }
}

story! {
    async fn without_a_demo_there_is_no_way_in(app: TestApp) {
        let mut browser = app.browser();
        assert_eq!(browser.call("demo_offered", &[]).await.ok(), false);
        browser.call("enter_demo", &[]).await.status(404);
        assert!(browser.cookies.is_empty());
        assert!(career_copilot::accounts::store::demo_person(&app.state.db).await.expect("an answer").is_none());
        assert!(!browser.open("/").await.page().contains("demo user"));
    }
}

story! {
    async fn each_place_one_is_signed_in_is_listed_and_can_be_signed_out(app: TestApp) {
        let ann = app.person("ann").await;
        let (mut laptop, mut phone, mut other) = (ann.browser().await, ann.browser().await, ann.browser().await);
        let view = laptop.call("load_account", &[]).await.ok();
        assert_eq!(view["email"], "ann@example.org");
        let sessions = view["sessions"].as_array().expect("a list");
        // The fourth is the token she got when she opened the account.
        assert_eq!((sessions.len(), sessions.iter().filter(|session| session["here"] == true).count()), (4, 1));
        assert_eq!(sessions.iter().filter(|session| session["device"] == "API login").count(), 1);
        assert_eq!(sessions[0]["address"], "127.0.0.1");
        let here = |view: &Value| view["sessions"].as_array().expect("a list").iter().find(|s| s["here"] == true).expect("one is here").id();
        let phones = here(&phone.call("load_account", &[]).await.ok());
        laptop.call("end_session", &[("id", &phones)]).await.ok();
        phone.call("load_account", &[]).await.status(401);
        laptop.call("end_session", &[("id", &phones)]).await.status(404);
        other.call("load_account", &[]).await.ok();
        assert_eq!(laptop.call("end_other_sessions", &[]).await.ok(), 2);
        other.call("load_account", &[]).await.status(401);
        ann.get("/api/v1/auth/me").await.refused(401, "refused");
        assert_eq!(laptop.call("end_other_sessions", &[]).await.ok(), 0);
        assert!(laptop.open("/account").await.page().contains("Where you are signed in"));
    }
}

story! {
    async fn sessions_from_before_they_had_ids_can_be_listed_and_ended(app: TestApp) {
        let ann = app.person("ann").await;
        let (mut laptop, mut phone) = (ann.browser().await, ann.browser().await);
        on!(app.state.db.write, |c| sqlx::query("UPDATE sessions SET id = NULL WHERE kind = 'browser'").execute(c).await.map(|_| ())).expect("an old table");
        let view = laptop.call("load_account", &[]).await.ok();
        let others = view["sessions"].as_array().expect("a list").iter().find(|s| s["here"] == false && s["device"] != "API login").expect("the phone").id();
        laptop.call("end_session", &[("id", &others)]).await.ok();
        phone.call("load_account", &[]).await.status(401);
    }
}

story! {
    async fn a_session_ends_in_the_end_however_much_it_is_used(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let long_ago = chrono::Utc::now() - chrono::Duration::days(80);
        on!(app.state.db.write, |c| sqlx::query("UPDATE sessions SET created_at = $1, seen_at = $1").bind(long_ago).execute(c).await.map(|_| ())).expect("an old session");
        browser.call("load_account", &[]).await.ok();
        let ends: chrono::DateTime<chrono::Utc> =
            on!(app.state.db.read, |c| sqlx::query_scalar("SELECT expires_at FROM sessions WHERE kind = 'browser'").fetch_one(c).await).expect("an end");
        let hours = (ends - long_ago).num_minutes().div_euclid(60);
        assert!((90 * 24 - 1..=90 * 24).contains(&hours), "used today, it would otherwise last another thirty days: {hours} h");
    }
}

story! {
    async fn a_new_password_signs_out_everybody_else(app: TestApp) {
        let ann = app.person("ann").await;
        let (mut laptop, mut phone) = (ann.browser().await, ann.browser().await);
        let change = [("current_password", ann.password.as_str()), ("new_password", "ann likes longer walks")];
        for (fields, field) in [
            ([("current_password", ""), ("new_password", "ann likes longer walks")], "current_password"),
            ([("current_password", "not hers at all"), ("new_password", "ann likes longer walks")], "current_password"),
            ([("current_password", &ann.password), ("new_password", "short")], "new_password"),
            ([("current_password", &ann.password), ("new_password", &ann.password)], "new_password"),
        ] {
            let refused = laptop.call("change_password", &fields).await.status(422).json();
            assert!(refused["Invalid"][field].is_string(), "{fields:?}: {refused}");
        }
        phone.call("load_account", &[]).await.ok();
        let before = laptop.cookie();
        laptop.call("change_password", &change).await.ok();
        assert_ne!(laptop.cookie(), before, "this session is renewed too");
        laptop.call("load_account", &[]).await.ok();
        phone.call("load_account", &[]).await.status(401);
        let login = async |password: &str| {
            app.anybody().post("/api/v1/auth/login", json!({ "email": ann.email, "password": password })).await
        };
        login(&ann.password).await.refused(401, "refused");
        login("ann likes longer walks").await.ok();
    }
}

story! {
    async fn an_old_hash_is_made_anew_when_its_person_signs_in(app: TestApp) {
        use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version, password_hash::SaltString};
        let ann = app.person("ann").await;
        let kept = async || {
            let hash: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT password_hash FROM users").fetch_one(c).await).expect("a hash");
            hash
        };
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8 * 1024, 1, 1, None).expect("parameters"));
        let salt = SaltString::from_b64("c29tZSBzYWx0IG9mIG91cnM").expect("a salt");
        let weak = weak.hash_password(ann.password.as_bytes(), &salt).expect("a hash").to_string();
        on!(app.state.db.write, |c| sqlx::query("UPDATE users SET password_hash = $1").bind(&weak).execute(c).await.map(|_| ())).expect("an old hash");
        let attempt = async |password: &str| {
            app.anybody().post("/api/v1/auth/login", json!({ "email": ann.email, "password": password })).await.status
        };
        assert_eq!(attempt("not this one").await, 401);
        assert_eq!(kept().await, weak, "only the person can make it anew");
        assert_eq!(attempt(&ann.password).await, 200);
        let anew = kept().await;
        assert!(anew.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{anew}");
        assert_eq!(attempt(&ann.password).await, 200);
        assert_eq!(kept().await, anew);
    }
}

story! {
    async fn the_place_of_a_session_is_told_where_a_database_knows_it(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let account = browser.call("load_account", &[]).await.ok();
        assert_eq!(account["sessions"][0]["place"], "", "without a database nothing is said");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("places.mmdb");
        let places = [([127, 0, 0, 0], 8, "Lisbon", "Portugal"), ([203, 0, 113, 0], 24, "", "Norway")];
        std::fs::write(&file, atlas::of(&places)).expect("a file");
        let file = file.display().to_string();
        let app = app.restarted(&[("GEOIP_DATABASE", &file), ("TRUST_FORWARDED_FOR", "true")]).await;
        browser.address = app.address.clone();
        let login = json!({ "email": ann.email, "password": ann.password });
        for from in ["203.0.113.7", "198.51.100.1", "nowhere"] {
            let request = app.anybody().request(reqwest::Method::POST, "/api/v1/auth/login").header("x-forwarded-for", from);
            Answer::of(request.json(&login)).await.ok();
        }
        let account = browser.call("load_account", &[]).await.ok();
        let place = |address: &str| {
            let all = account["sessions"].as_array().expect("sessions");
            all.iter().find(|one| one["address"] == address).unwrap_or_else(|| panic!("{address}: {account}"))["place"].clone()
        };
        assert_eq!(place("127.0.0.1"), "Lisbon, Portugal");
        assert_eq!(place("203.0.113.7"), "Norway");
        assert_eq!((place("198.51.100.1"), place("nowhere")), (json!(""), json!("")));
        assert!(browser.open("/account").await.page().contains("Lisbon, Portugal"));
        app.stopped().await;
    }
}

//! What programs show to be let in: tokens of a login, which can be taken back, and access tokens that people make, which do what
//! their scopes say and nothing about the account's safety.

use crate::{guard::mutating, support::*};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use career_copilot::{config::Tokens, db, ids::UserId, on, session};
use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Method;

const ME: &str = "/api/v1/auth/me";
const TOKENS: &str = "/api/v1/auth/tokens";

fn now() -> i64 {
    Utc::now().timestamp()
}

fn base64(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

/// The period of now, by which keys are named.
fn period() -> i64 {
    now() / (30 * 86_400)
}

fn signed(claims: &Value, secret: &str, algorithm: Algorithm) -> String {
    signed_in_period(claims, secret, algorithm, period(), period())
}

/// Signed with the key of one period, and saying that it is of another.
fn signed_in_period(claims: &Value, secret: &str, algorithm: Algorithm, period: i64, said: i64) -> String {
    let key = Tokens { secret: secret.to_owned(), hours: 1 }.key(period).expect("a key");
    let header = Header { kid: Some(said.to_string()), ..Header::new(algorithm) };
    encode(&header, claims, &EncodingKey::from_secret(&key)).expect("a token")
}

/// What the token of a login says.
fn claims(caller: &Caller) -> Value {
    let token = caller.token.as_deref().expect("a token");
    let part = token.split('.').nth(1).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64")).expect("claims")
}

/// The claims with one of them changed; null leaves it out.
fn with(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    if value.is_null() {
        claims.as_object_mut().expect("claims").remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

async fn login(app: &TestApp, email: &str, password: &str) -> Caller {
    let body = json!({ "email": email, "password": password });
    let answer = app.anybody().post("/api/v1/auth/login", body).await.ok();
    app.anybody().with_token(answer["access_token"].as_str().expect("a token"))
}

/// A new access token of the person, as it was answered.
async fn made(person: &Person, scopes: &[&str], days: Option<i64>) -> Value {
    let body = json!({ "name": "Backup", "scopes": scopes, "expires_in_days": days });
    person.post(TOKENS, body).await.created()
}

/// A program with such a token.
async fn program(person: &Person, scopes: &[&str]) -> Caller {
    person.with_token(made(person, scopes, None).await["token"].as_str().expect("a token"))
}

async fn is_refused(caller: &Caller) {
    caller.get(ME).await.refused(401, "refused");
}

story! {
    async fn a_token_that_is_not_ours_opens_nothing(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (own, his) = (claims(&ann), claims(&bob));
        let try_it = async |token: &str| app.anybody().with_token(token).get(ME).await;
        let refused = async |token: &str| {
            try_it(token).await.refused(401, "refused");
        };
        let ours = |claims: &Value| signed(claims, SECRET, Algorithm::HS256);
        // Signed here with the right key, so that each of the following is refused for what is wrong with it.
        assert_eq!(try_it(&ours(&own)).await.ok()["email"], "ann@example.org");
        refused(&signed(&own, "another secret of the same length.....", Algorithm::HS256)).await;
        for algorithm in [Algorithm::HS384, Algorithm::HS512] {
            refused(&signed(&own, SECRET, algorithm)).await;
        }
        for (name, value) in [
            ("exp", json!(now() - 60)),
            ("exp", Value::Null),
            ("exp", json!("tomorrow")),
            ("sub", json!("ann")),
            ("sub", json!(uuid::Uuid::now_v7())),
            ("sub", Value::Null),
            // Somebody else's login with one's own name, and the other way round.
            ("sid", his["sid"].clone()),
            ("sub", his["sub"].clone()),
            ("sid", json!(uuid::Uuid::now_v7())),
            ("sid", json!("1")),
            // As tokens were before logins could be taken back.
            ("sid", Value::Null),
        ] {
            refused(&ours(&with(&own, name, value))).await;
        }
        // A browser's session has its cookie and no token.
        let here = ann.browser().await.call("load_account", &[]).await.ok();
        let here = here["sessions"].as_array().expect("sessions").iter().find(|one| one["here"] == true).expect("this one").id();
        refused(&ours(&with(&own, "sid", json!(here)))).await;
        // Changed after it was signed.
        let token = ann.token.clone().expect("a token");
        let [header, body, signature] = token.split('.').collect::<Vec<_>>().try_into().expect("three parts");
        let other = base64(&with(&own, "sub", his["sub"].clone()).to_string());
        refused(&format!("{header}.{other}.{signature}")).await;
        for algorithm in ["none", "None", "NONE", "RS256", "ES256", "PS256", "EdDSA", "HS512"] {
            let header = base64(&json!({ "alg": algorithm, "typ": "JWT" }).to_string());
            refused(&format!("{header}.{body}.")).await;
            refused(&format!("{header}.{body}.{signature}")).await;
        }
        for nonsense in ["not.a.token", "..", "ccp_", "ccp_nonsense", &format!("ccp_{}", "x".repeat(5000)), &"x".repeat(5000)] {
            refused(nonsense).await;
        }
        // No token at all is another matter: who are you?
        app.anybody().get(ME).await.refused(401, "unauthorized");
    }
}

story! {
    async fn the_signing_key_is_another_one_every_month(app: TestApp) {
        let ann = app.person("ann").await;
        let own = claims(&ann);
        let header = ann.token.as_deref().expect("a token").split('.').next().expect("a header").to_owned();
        let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).expect("base64")).expect("a header");
        assert_eq!(header["kid"], period().to_string());
        let of = |key: i64, said: i64| app.anybody().with_token(&signed_in_period(&own, SECRET, Algorithm::HS256, key, said));
        // The key of a period counts as long as a token of it can: a day here, longer than two periods there.
        is_refused(&of(period() - 2, period() - 2)).await;
        let longer = app.restarted(&[("JWT_EXPIRATION_HOURS", "1500")]).await;
        let old = signed_in_period(&own, SECRET, Algorithm::HS256, period() - 1, period() - 1);
        longer.anybody().with_token(&old).get(ME).await.ok();
        let older = signed_in_period(&own, SECRET, Algorithm::HS256, period() - 4, period() - 4);
        is_refused(&longer.anybody().with_token(&older)).await;
        longer.stopped().await;
        let app = app.restarted(&[]).await;
        let of = |key: i64, said: i64| app.anybody().with_token(&signed_in_period(&own, SECRET, Algorithm::HS256, key, said));
        is_refused(&of(period() + 1, period() + 1)).await;
        is_refused(&of(period() - 1, period())).await;
        is_refused(&of(period(), period() - 1)).await;
        is_refused(&of(-1, -1)).await;
        // The secret itself signs nothing.
        let bare = encode(&Header::new(Algorithm::HS256), &own, &EncodingKey::from_secret(SECRET.as_bytes())).expect("a token");
        is_refused(&app.anybody().with_token(&bare)).await;
        let named = Header { kid: Some(period().to_string()), ..Header::new(Algorithm::HS256) };
        let named = encode(&named, &own, &EncodingKey::from_secret(SECRET.as_bytes())).expect("a token");
        is_refused(&app.anybody().with_token(&named)).await;
        app.stopped().await;
    }
}

story! {
    async fn a_login_can_be_taken_back(app: TestApp) {
        let ann = app.person("ann").await;
        let enter = async || login(&app, &ann.email, &ann.password).await;
        let (one, two, three) = (enter().await, enter().await, enter().await);
        // By itself, and with it its socket.
        let bearer = format!("Bearer {}", one.token.clone().expect("a token"));
        let mut socket = Socket::open(&app.address, &[("authorization", &bearer)], None).await.expect("it opens");
        one.post("/api/v1/auth/logout", json!({})).await.done();
        assert!(socket.is_closed().await);
        is_refused(&one).await;
        one.post("/api/v1/auth/logout", json!({})).await.refused(401, "refused");
        // By a browser, one and all.
        let mut browser = ann.browser().await;
        let id = claims(&two)["sid"].as_str().expect("an id").to_owned();
        let view = browser.call("load_account", &[]).await.ok();
        let listed = view["sessions"].as_array().expect("sessions").iter().find(|session| session["id"] == *id).expect("it is listed");
        assert_eq!((listed["device"].as_str(), listed["address"].as_str()), (Some("API login"), Some("127.0.0.1")));
        browser.call("end_session", &[("id", &id)]).await.ok();
        is_refused(&two).await;
        three.get(ME).await.ok();
        assert_eq!(browser.call("end_other_sessions", &[]).await.ok(), 2, "the third login, and the one the account was opened with");
        is_refused(&three).await;
        is_refused(&ann).await;
        browser.call("load_account", &[]).await.ok();
    }
}

story! {
    async fn a_program_says_what_it_is(app: TestApp) {
        let ann = app.person("ann").await;
        let body = json!({ "email": ann.email, "password": ann.password });
        let request = app.anybody().request(Method::POST, "/api/v1/auth/login").header("user-agent", "curl/8.14.1").json(&body);
        Answer::of(request).await.ok();
        let page = ann.browser().await.open("/account").await.page();
        assert!(page.contains("API login · curl"), "{page}");
    }
}

story! {
    async fn a_new_password_ends_every_login(app: TestApp) {
        let ann = app.person("ann").await;
        let enter = async |password: &str| login(&app, &ann.email, password).await;
        let (one, two) = (enter(&ann.password).await, enter(&ann.password).await);
        let kept = program(&ann, &["read"]).await;
        let mut browser = ann.browser().await;
        browser.call("change_password", &[("current_password", &ann.password), ("new_password", "ann likes longer walks")]).await.ok();
        for ended in [&one, &two, &*ann] {
            is_refused(ended).await;
        }
        browser.call("load_account", &[]).await.ok();
        // An access token is something else than the password.
        kept.get(ME).await.ok();
        // Where the login itself asks, nothing new could be put into its hands: it ends too.
        let (one, two) = (enter("ann likes longer walks").await, enter("ann likes longer walks").await);
        let request = one.request(Method::POST, "/api/change_password").header("accept", "application/json");
        let fields = [("current_password", "ann likes longer walks"), ("new_password", "ann likes no walks")];
        let answer = Answer::of(form(request, &fields)).await.status(200);
        assert_eq!(answer.header("set-cookie"), None);
        is_refused(&one).await;
        is_refused(&two).await;
        browser.call("load_account", &[]).await.status(401);
    }
}

/// When sessions of programs were last used and when they end.
async fn api_session(app: &TestApp) -> (DateTime<Utc>, DateTime<Utc>) {
    on!(app.state.db.read, |c| sqlx::query_as("SELECT seen_at, expires_at FROM sessions WHERE kind = 'api'")
        .fetch_one(c)
        .await)
    .expect("a session")
}

async fn set_seen(app: &TestApp, at: DateTime<Utc>) {
    on!(app.state.db.write, |c| sqlx::query("UPDATE sessions SET seen_at = $1").bind(at).execute(c).await.map(|_| ()))
        .expect("time passes");
}

story! {
    async fn a_logins_use_is_written_down_now_and_then_and_makes_it_no_longer(app: TestApp) {
        let ann = app.person("ann").await;
        let (_, ends) = api_session(&app).await;
        assert_eq!(ends.timestamp(), claims(&ann)["exp"].as_i64().expect("a time"));
        let lately = db::now() - Duration::minutes(9);
        set_seen(&app, lately).await;
        ann.get(ME).await.ok();
        assert_eq!(api_session(&app).await, (lately, ends), "not yet");
        let before = db::now();
        set_seen(&app, before - Duration::minutes(11)).await;
        ann.get(ME).await.ok();
        let (seen, still) = api_session(&app).await;
        assert!(seen >= before, "{seen}");
        assert_eq!(still, ends);
        on!(app.state.db.write, |c| sqlx::query("UPDATE sessions SET expires_at = $1").bind(before).execute(c).await.map(|_| ())).expect("time passes");
        is_refused(&ann).await;
    }
}

story! {
    async fn a_person_has_a_hundred_logins_of_a_kind_at_most(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let user: UserId = ann.id.parse().expect("an id");
        let first = ann.signed_in(&app).await;
        for _ in 0..99 {
            session::jwt::issue(&app.state, user, &session::Origin::default()).await.expect("a token");
            session::start(&app.state, user, &session::Origin::default()).await.expect("a session");
        }
        ann.get(ME).await.ok();
        first.clone().call("who_am_i", &[]).await.ok();
        session::jwt::issue(&app.state, user, &session::Origin::default()).await.expect("a token");
        is_refused(&ann).await;
        first.clone().call("who_am_i", &[]).await.ok();
        session::start(&app.state, user, &session::Origin::default()).await.expect("a session");
        first.clone().call("who_am_i", &[]).await.status(401);
        bob.get(ME).await.ok();
        let left: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM sessions WHERE user_id = $1").bind(user).fetch_one(c).await).expect("a count");
        assert_eq!(left, 200);
    }
}

story! {
    async fn an_access_token_is_shown_once_and_kept_as_a_hash(app: TestApp) {
        let ann = app.person("ann").await;
        let made = made(&ann, &["read", "write"], Some(30)).await;
        let token = made["token"].as_str().expect("a token").to_owned();
        assert!(token.starts_with("ccp_") && token.len() == 4 + 43, "{token}");
        assert_eq!((&made["name"], &made["scopes"]), (&json!("Backup"), &json!(["read", "write"])));
        let ends: DateTime<Utc> = made["expires_at"].as_str().expect("an end").parse().expect("a moment");
        assert!((ends - Utc::now() - Duration::days(30)).num_minutes().abs() < 2, "{ends}");
        let list = ann.get(TOKENS).await.ok();
        let listed = &list["items"][0];
        assert_eq!((list["total"].as_i64(), listed.id()), (Some(1), made.id()));
        assert_eq!((&listed["name"], &listed["scopes"], &listed["expires_at"]), (&made["name"], &made["scopes"], &made["expires_at"]));
        assert_eq!((listed["hint"].as_str(), &listed["expired"]), (Some(&token[token.len() - 4..]), &json!(false)));
        // Nowhere else: no answer, no page, no event, no column.
        let mut browser = ann.browser().await;
        let mut seen = vec![list.to_string(), browser.call("load_tokens", &[]).await.text, browser.open("/account").await.page()];
        let details: Vec<sqlx::types::Json<Value>> = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT detail FROM events").fetch_all(c).await).expect("events");
        seen.extend(details.into_iter().map(|detail| detail.0.to_string()));
        for text in seen {
            assert!(!text.contains(&token) && !text.contains(&session::sha256(&token)), "{text}");
        }
        let (hash, hint, name, scopes): (String, String, String, String) =
            on!(app.state.db.read, |c| sqlx::query_as("SELECT token_hash, hint, name, scopes FROM access_tokens").fetch_one(c).await).expect("a row");
        assert_eq!((hash, hint.as_str()), (session::sha256(&token), &token[token.len() - 4..]));
        assert_eq!((name.as_str(), scopes.as_str()), ("Backup", "read write"));
        // The hash opens nothing.
        is_refused(&ann.with_token(&format!("ccp_{}", session::sha256(&token)))).await;
        let me = ann.with_token(&token).get(ME).await.ok();
        assert_eq!((me["email"].as_str(), &me["scopes"]), (Some("ann@example.org"), &json!(["read", "write"])));
    }
}

story! {
    async fn a_token_that_may_read_changes_nothing(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(json!({ "company": "Acme Mills", "title": "Baker" })).await;
        let reader = program(&ann, &["read"]).await;
        let before = ann.events().await;
        for path in ["/api/v1/jobs", &format!("/api/v1/jobs/{job}"), "/api/v1/profile", "/api/v1/alerts", "/api/v1/events?after=0", ME] {
            reader.get(path).await.ok();
            assert_eq!(Answer::of(reader.request(Method::HEAD, path)).await.status, 200, "{path}");
        }
        for (method, path) in mutating(&app).await {
            let answer = Answer::of(reader.request(method.clone(), &path).json(&json!({}))).await;
            assert_eq!(answer.status, 403, "{method} {path}: {}", answer.text);
            let said = answer.refused(403, "forbidden");
            assert!(said["detail"].as_str().is_some_and(|words| words.contains("the scope write")), "{said}");
        }
        for (method, body) in [(Method::PUT, json!({ "company": "Mine", "title": "Mine" })), (Method::DELETE, json!({}))] {
            Answer::of(reader.request(method, &format!("/api/v1/jobs/{job}")).json(&body)).await.refused(403, "forbidden");
        }
        assert_eq!(ann.events().await, before);
        assert_eq!(ann.get(&format!("/api/v1/jobs/{job}")).await.ok()["company"], "Acme Mills");
    }
}

story! {
    async fn a_token_that_may_write_does_all_of_a_program_s_work(app: TestApp) {
        let ann = app.person("ann").await;
        let writer = program(&ann, &["write"]).await;
        let job = writer.post("/api/v1/jobs", json!({ "company": "Acme Mills", "title": "Baker" })).await.created().id();
        let address = format!("/api/v1/jobs/{job}");
        writer.put(&address, json!({ "company": "Acme Mills", "title": "Miller" })).await.ok();
        writer.delete(&address).await.done();
        writer.post(&format!("{address}/restore"), json!({})).await.ok();
        assert_eq!(writer.get(&address).await.ok()["title"], "Miller");
        writer.put("/api/v1/profile", json!({ "name": "Ann" })).await.ok();
        let request = writer.request(Method::POST, "/api/load_job").header("accept", "application/json");
        Answer::of(form(request, &[("id", &job)])).await.ok();
        assert_eq!(ann.get(&address).await.ok()["title"], "Miller", "it is the same person's");
    }
}

story! {
    async fn an_access_token_has_no_say_in_the_safety_of_the_account(app: TestApp) {
        let ann = app.person("ann").await;
        let mine = made(&ann, &["read", "write", "admin"], None).await;
        let program = ann.with_token(mine["token"].as_str().expect("a token"));
        let browser = ann.signed_in(&app).await;
        let session = claims(&ann)["sid"].as_str().expect("an id").to_owned();
        let before = (ann.get(TOKENS).await.ok()["items"].as_array().map(Vec::len), ann.events().await);
        let denied = |answer: Answer| {
            let said = answer.refused(403, "forbidden");
            assert!(said["detail"].as_str().is_some_and(|words| words.contains("log in with your password")), "{said}");
        };
        denied(program.get(TOKENS).await);
        denied(program.post(TOKENS, json!({ "name": "More", "scopes": ["read"] })).await);
        denied(program.delete(&format!("{TOKENS}/{}", mine.id())).await);
        denied(program.post("/api/v1/auth/logout", json!({})).await);
        for (function, fields) in [
            ("load_account", vec![]),
            ("change_password", vec![("current_password", ann.password.as_str()), ("new_password", "ann likes longer walks")]),
            ("end_session", vec![("id", session.as_str())]),
            ("end_other_sessions", vec![]),
            ("load_tokens", vec![]),
            ("create_token", vec![("name", "More"), ("scopes", "read"), ("expires_in_days", "30")]),
            ("revoke_token", vec![("id", mine["id"].as_str().expect("an id"))]),
        ] {
            let request = program.request(Method::POST, &format!("/api/{function}")).header("accept", "application/json");
            let said = Answer::of(form(request, &fields)).await.status(403).json();
            assert!(said["Denied"].as_str().is_some_and(|words| words.contains("log in with your password")), "{function}: {said}");
        }
        let bearer = format!("Bearer {}", program.token.clone().expect("a token"));
        assert_eq!(Socket::open(&app.address, &[("authorization", &bearer)], None).await.err(), Some(403));
        assert_eq!((ann.get(TOKENS).await.ok()["items"].as_array().map(Vec::len), ann.events().await), before);
        browser.clone().call("who_am_i", &[]).await.ok();
        login(&app, &ann.email, &ann.password).await.get(ME).await.ok();
        // A login may do all of it.
        ann.delete(&format!("{TOKENS}/{}", mine.id())).await.done();
    }
}

story! {
    async fn tokens_for_administration_are_the_administrators(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let body = json!({ "name": "Keys", "scopes": ["write", "admin"] });
        let said = bob.post(TOKENS, body.clone()).await.invalid("scopes");
        assert_eq!(said, "Only administrators can make tokens for administration.");
        let (mut hers, mut his) = (ann.browser().await, bob.browser().await);
        let fields = [("name", "Keys"), ("scopes", "read"), ("admin", "true"), ("expires_in_days", "7")];
        assert!(his.call("create_token", &fields).await.status(422).json()["Invalid"]["scopes"].is_string());
        assert_eq!(his.call("load_tokens", &[]).await.ok(), json!({ "tokens": [], "admin": false }));
        let offer = "Also what only administrators may do";
        assert!(!his.open("/account").await.page().contains(offer));
        assert!(hers.open("/account").await.page().contains(offer));
        assert_eq!(hers.call("create_token", &fields).await.ok()["scopes"], json!(["read", "admin"]));
        let token = ann.post(TOKENS, body).await.created();
        assert_eq!(token["scopes"], json!(["read", "write", "admin"]));
        let program = ann.with_token(token["token"].as_str().expect("a token"));
        assert_eq!(program.get(ME).await.ok()["scopes"], json!(["read", "write", "admin"]));
        // A token has never more than its person.
        on!(app.state.db.write, |c| sqlx::query("DELETE FROM user_roles WHERE role = 'admin'").execute(c).await.map(|_| ())).expect("the role goes");
        assert_eq!(program.get(ME).await.ok()["scopes"], json!(["read", "write"]));
        assert_eq!(ann.get(ME).await.ok()["scopes"], json!(["read", "write"]));
    }
}

story! {
    async fn an_access_token_ends_when_it_expires_or_is_revoked(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let mut socket = browser.live(None).await;
        let (short, long) = (made(&ann, &["read"], Some(7)).await, made(&ann, &["read"], None).await);
        for _ in 0..2 {
            assert_eq!(socket.next().await["kind"], "account.token_created");
        }
        assert_eq!((&short["name"], &long["expires_at"]), (&long["name"], &Value::Null));
        let with = |made: &Value| ann.with_token(made["token"].as_str().expect("a token"));
        with(&short).get(ME).await.ok();
        with(&long).get(ME).await.ok();
        let past = db::now() - Duration::seconds(1);
        on!(app.state.db.write, |c| sqlx::query("UPDATE access_tokens SET expires_at = $1 WHERE expires_at IS NOT NULL").bind(past).execute(c).await.map(|_| ()))
            .expect("time passes");
        is_refused(&with(&short)).await;
        let list = ann.get(TOKENS).await.ok();
        let expired: Vec<(String, bool)> = list["items"].as_array().expect("tokens").iter().map(|one| (one.id(), one["expired"] == true)).collect();
        assert_eq!(expired, [(long.id(), false), (short.id(), true)], "newest first");
        assert!(browser.open("/account").await.page().contains("Ended"));
        with(&long).get(ME).await.ok();
        browser.call("revoke_token", &[("id", &long.id())]).await.ok();
        let revoked = socket.next().await;
        assert_eq!((&revoked["kind"], revoked.id()), (&json!("account.token_revoked"), long.id()));
        is_refused(&with(&long)).await;
        browser.call("revoke_token", &[("id", &long.id())]).await.status(404);
        ann.delete(&format!("{TOKENS}/{}", long.id())).await.missing();
        ann.delete(&format!("{TOKENS}/{}", short.id())).await.done();
        assert_eq!(ann.get(TOKENS).await.ok()["items"], json!([]));
        let told = browser.call("load_dashboard", &[]).await.text;
        assert!(told.contains("Made the access token “Backup”") && told.contains("Revoked the access token “Backup”"), "{told}");
    }
}

story! {
    async fn a_token_s_last_use_is_written_down_now_and_then(app: TestApp) {
        let ann = app.person("ann").await;
        let program = program(&ann, &["read"]).await;
        let used = async || {
            let token = ann.get(TOKENS).await.ok()["items"][0].clone();
            let at = token["used_at"].as_str().map(|at| at.parse::<DateTime<Utc>>().expect("a moment"));
            (at, token["used_from"].as_str().expect("an address").to_owned())
        };
        assert_eq!(used().await, (None, String::new()));
        program.get(ME).await.ok();
        let (first, from) = used().await;
        assert!(first.is_some_and(|at| at > Utc::now() - Duration::minutes(1)));
        assert_eq!(from, "127.0.0.1");
        let set = async |at: DateTime<Utc>| {
            on!(app.state.db.write, |c| sqlx::query("UPDATE access_tokens SET used_at = $1, used_from = 'elsewhere'").bind(at).execute(c).await.map(|_| ()))
                .expect("time passes");
        };
        let lately = db::now() - Duration::minutes(9);
        set(lately).await;
        program.get(ME).await.ok();
        assert_eq!(used().await, (Some(lately), "elsewhere".into()), "not yet");
        set(db::now() - Duration::minutes(11)).await;
        program.get(ME).await.ok();
        let (again, from) = used().await;
        assert!(again > first && from == "127.0.0.1", "{again:?} {from}");
    }
}

story! {
    async fn what_is_asked_of_a_new_token(app: TestApp) {
        let ann = app.person("ann").await;
        let good = json!({ "name": "Backup", "scopes": ["read"], "expires_in_days": 7 });
        for (field, value, said) in [
            ("name", json!(""), "Please give the token a name"),
            ("name", json!(" \u{0}\n "), "Please give the token a name"),
            ("name", json!("x".repeat(101)), "Please use at most 100 characters."),
            ("name", Value::Null, ""),
            ("scopes", json!([]), "Please choose what the token may do."),
            ("scopes", json!("read"), ""),
            ("expires_in_days", json!(8), "Please choose 7, 30, 90 or 365 days"),
            ("expires_in_days", json!(0), "Please choose 7, 30, 90 or 365 days"),
            ("expires_in_days", json!(-7), "Please choose 7, 30, 90 or 365 days"),
            ("expires_in_days", json!(9e15 as i64), "Please choose 7, 30, 90 or 365 days"),
            ("expires_in_days", json!("7"), ""),
        ] {
            let mut body = good.clone();
            body[field] = value;
            let words = ann.post(TOKENS, body.clone()).await.invalid(field);
            assert!(words.contains(said), "{body}: {words}");
        }
        assert!(ann.post(TOKENS, json!({ "name": "Backup", "scopes": ["read", "root"] })).await.invalid("scopes[1]").contains("unknown variant"));
        ann.post(TOKENS, json!({ "name": "Backup", "scopes": ["read"], "token": "ccp_mine" })).await.invalid("token");
        ann.post(TOKENS, json!({ "name": "Backup" })).await.invalid("scopes");
        let mut browser = ann.browser().await;
        let refused = [("name", ""), ("scopes", "everything"), ("expires_in_days", "soon")];
        let all = browser.call("create_token", &refused).await.status(422).json();
        let fields: Vec<&String> = all["Invalid"].as_object().expect("fields").keys().collect();
        assert_eq!(fields, ["expires_in_days", "name", "scopes"], "everything at once");
        assert!(ann.events().await.is_empty());
        let made = ann.post(TOKENS, json!({ "name": format!(" {}\u{7} ", "ü".repeat(100)), "scopes": ["write", "write"] })).await.created();
        assert_eq!((made["name"].as_str(), &made["scopes"]), (Some("ü".repeat(100).as_str()), &json!(["read", "write"])));
        let forever = browser.call("create_token", &[("name", "Feed"), ("scopes", "write"), ("expires_in_days", "")]).await.ok();
        assert_eq!((&forever["scopes"], &forever["expires_at"]), (&json!(["read", "write"]), &Value::Null));
    }
}

story! {
    async fn fifty_tokens_are_enough(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let mut last = String::new();
        for _ in 0..50 {
            last = made(&ann, &["read"], None).await.id();
        }
        let body = json!({ "name": "One more", "scopes": ["read"] });
        let said = ann.post(TOKENS, body.clone()).await.refused(409, "conflict");
        assert!(said["detail"].as_str().is_some_and(|words| words.contains("Please revoke one")), "{said}");
        assert_eq!(ann.get(TOKENS).await.ok()["total"], 50);
        made(&bob, &["read"], None).await;
        ann.delete(&format!("{TOKENS}/{last}")).await.done();
        ann.post(TOKENS, body).await.created();
    }
}

story! {
    async fn without_script_the_page_shows_the_new_token_once(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let fields = [("name", "Backup"), ("scopes", "write"), ("expires_in_days", "")];
        let page = browser.submit("/account", "create_token", &fields).await.page();
        let start = page.find("value=\"ccp_").expect("it is shown") + "value=\"".len();
        let token = page[start..].split('"').next().expect("its end").to_owned();
        assert_eq!(token.len(), 47);
        assert!(page.contains("it is not shown again") && !page.contains("value=\"Backup\""), "the form is empty again");
        assert_eq!(ann.with_token(&token).get(ME).await.ok()["scopes"], json!(["read", "write"]));
        assert!(!browser.open("/account").await.page().contains(&token));
        // Refused, it says why and keeps what was typed; revoked, it goes back to the page.
        let long = "x".repeat(101);
        let refused = browser.submit("/account", "create_token", &[("name", &long), ("scopes", "read"), ("expires_in_days", "365")]).await.status(422);
        assert!(refused.text.contains("Please use at most 100 characters.") && refused.text.contains(&long) && !refused.text.contains("not shown again"));
        let id = ann.get(TOKENS).await.ok()["items"][0].id();
        let back = browser.submit("/account", "revoke_token", &[("id", &id)]).await.redirect();
        assert_eq!(back.trim_end_matches('?'), format!("{}/account", app.address));
        is_refused(&ann.with_token(&token)).await;
    }
}

//! What programs show to be let in: tokens of a login, which can be taken back, and access tokens that people make, which do what
//! their scopes say and nothing about the account's safety.

use crate::support::*;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use career_copilot::{config::Tokens, db, ids::UserId, on, session};
use chrono::{DateTime, Duration, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::Method;

mod access;

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

//! Google as its calendar's documentation describes it: consent, tokens that last and that do not, and version 3 of the Calendar API.

use super::{
    Value, json,
    provider::{CLIENT, CLIENT_SECRET},
};
use axum::{
    Form, Json, Router,
    body::{Body, Bytes},
    extract::{Query, State},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
    routing::{any, get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

pub const SCOPE: &str = "https://www.googleapis.com/auth/calendar.app.created";
/// Whose account it is.
pub const ACCOUNT: &str = "ann@gmail.example";
/// Events of one page of a list, however many are asked for.
const PAGE: usize = 2;

/// What the next call is answered instead of what it asks for.
#[derive(Clone, Debug)]
pub enum Fault {
    /// A documented error: status and reason, and what `Retry-After` says.
    Error(u16, &'static str, Option<&'static str>),
    /// It is done, and nobody hears of it.
    Lost,
    Garbage,
    Huge,
    Slow,
}

#[derive(Default)]
struct Calendar {
    /// By id; deleted ones stay, as cancelled.
    events: BTreeMap<String, Value>,
    gone: bool,
}

#[derive(Default)]
struct Inside {
    /// Codes that were not exchanged yet: their challenge and where they lead back to.
    codes: BTreeMap<String, (String, String)>,
    /// Tokens that last, and those of the hour.
    refresh: BTreeSet<String>,
    access: BTreeSet<String>,
    calendars: BTreeMap<String, Calendar>,
    faults: VecDeque<Fault>,
    calls: Vec<(Instant, String)>,
    /// What a person agrees to; None is not at all.
    grants: Option<&'static str>,
    revoked: Vec<String>,
    renewed: usize,
    number: usize,
}

/// A running Google.
#[derive(Clone)]
pub struct Google {
    pub address: String,
    inside: Arc<Mutex<Inside>>,
}

impl Google {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let inside = Inside { grants: Some(SCOPE), ..Inside::default() };
        let google = Google { address, inside: Arc::new(Mutex::new(inside)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(description))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/revoke", post(revoke))
            .route("/v3/{*path}", any(api))
            .with_state(google.clone());
        tokio::spawn(axum::serve(listener, router).into_future());
        google
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Settings with which it is Google.
    pub fn settings(&self) -> [(&'static str, String); 4] {
        [
            ("GOOGLE_CLIENT_ID", CLIENT.into()),
            ("GOOGLE_CLIENT_SECRET", CLIENT_SECRET.into()),
            ("GOOGLE_ISSUER", self.address.clone()),
            ("GOOGLE_CALENDAR_API", format!("{}/v3", self.address)),
        ]
    }

    /// What people agree to from now on; None is not at all.
    pub fn grants(&self, scopes: Option<&'static str>) {
        self.lock().grants = scopes;
    }

    /// The next calls of the API are answered so, one after the other.
    pub fn answers(&self, faults: &[Fault]) {
        self.lock().faults.extend(faults.iter().cloned());
    }

    /// The tokens of the hour are over.
    pub fn hour_is_over(&self) {
        self.lock().access.clear();
    }

    /// The person took their consent back, in the settings of their account.
    pub fn takes_back(&self) {
        let mut inside = self.lock();
        (inside.access, inside.refresh) = Default::default();
    }

    /// The person removes every calendar.
    pub fn removes_calendars(&self) {
        self.lock().calendars.values_mut().for_each(|calendar| calendar.gone = true);
    }

    /// The person changes what is there by hand.
    pub fn by_hand(&self, change: impl Fn(&mut BTreeMap<String, Value>)) {
        self.lock()
            .calendars
            .values_mut()
            .filter(|calendar| !calendar.gone)
            .for_each(|calendar| change(&mut calendar.events));
    }

    /// How many calendars were made, and how many are there.
    pub fn calendars(&self) -> (usize, usize) {
        let inside = self.lock();
        (inside.calendars.len(), inside.calendars.values().filter(|calendar| !calendar.gone).count())
    }

    /// The events that are there, in all calendars.
    pub fn events(&self) -> Vec<Value> {
        let inside = self.lock();
        let there = inside.calendars.values().filter(|calendar| !calendar.gone);
        there
            .flat_map(|calendar| calendar.events.values())
            .filter(|event| event["status"] != "cancelled")
            .cloned()
            .collect()
    }

    /// The event whose summary has these words.
    #[track_caller]
    pub fn event(&self, words: &str) -> Value {
        let events = self.events();
        let found =
            events.iter().find(|event| event["summary"].as_str().is_some_and(|summary| summary.contains(words)));
        found.unwrap_or_else(|| panic!("no {words} in {events:?}")).clone()
    }

    /// Calls of the API that begin so: `POST`, or `PUT /calendars`.
    pub fn calls(&self, beginning: &str) -> usize {
        self.lock().calls.iter().filter(|(_, call)| call.starts_with(beginning)).count()
    }

    /// When the newest call came.
    pub fn newest_call(&self) -> Instant {
        self.lock().calls.last().expect("a call").0
    }

    /// How often a token of the hour was asked for by one that lasts.
    pub fn renewed(&self) -> usize {
        self.lock().renewed
    }

    /// Tokens that were given back.
    pub fn revoked(&self) -> Vec<String> {
        self.lock().revoked.clone()
    }
}

async fn description(State(at): State<Google>) -> Json<Value> {
    let at = at.address;
    Json(json!({
        "issuer": at, "authorization_endpoint": format!("{at}/authorize"), "token_endpoint": format!("{at}/token"),
        "revocation_endpoint": format!("{at}/revoke"), "jwks_uri": format!("{at}/keys"),
    }))
}

/// The person agrees at once, or not.
async fn authorize(State(at): State<Google>, Query(asked): Query<BTreeMap<String, String>>) -> Response {
    let text = |name: &str| asked.get(name).cloned().unwrap_or_default();
    for (name, wanted) in [
        ("client_id", CLIENT),
        ("response_type", "code"),
        ("code_challenge_method", "S256"),
        ("access_type", "offline"),
        ("prompt", "consent"),
        ("scope", SCOPE),
    ] {
        assert_eq!(text(name), wanted, "{name}");
    }
    let (back, state) = (text("redirect_uri"), text("state"));
    let mut inside = at.lock();
    if inside.grants.is_none() {
        return Redirect::to(&format!("{back}?error=access_denied&state={state}")).into_response();
    }
    let code = format!("code-{}", uuid::Uuid::new_v4());
    inside.codes.insert(code.clone(), (text("code_challenge"), back.clone()));
    Redirect::to(&format!("{back}?code={code}&state={state}")).into_response()
}

async fn token(State(at): State<Google>, Form(sent): Form<BTreeMap<String, String>>) -> Response {
    let text = |name: &str| sent.get(name).cloned().unwrap_or_default();
    let refused = |status, error: &str| {
        (status, Json(json!({ "error": error, "error_description": "Token has been expired or revoked." })))
            .into_response()
    };
    if text("client_id") != CLIENT || text("client_secret") != CLIENT_SECRET {
        return refused(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let mut inside = at.lock();
    let lasting = match text("grant_type").as_str() {
        "authorization_code" => {
            let Some((challenge, back)) = inside.codes.remove(&text("code")) else {
                return refused(StatusCode::BAD_REQUEST, "invalid_grant");
            };
            let proof = URL_SAFE_NO_PAD.encode(Sha256::digest(text("code_verifier").as_bytes()));
            if proof != challenge || text("redirect_uri") != back {
                return refused(StatusCode::BAD_REQUEST, "invalid_grant");
            }
            let lasting = format!("1//{}", uuid::Uuid::new_v4());
            inside.refresh.insert(lasting.clone());
            Some(lasting)
        }
        "refresh_token" if inside.refresh.contains(&text("refresh_token")) => {
            inside.renewed += 1;
            None
        }
        _ => return refused(StatusCode::BAD_REQUEST, "invalid_grant"),
    };
    let access = format!("ya29.{}", uuid::Uuid::new_v4());
    inside.access.insert(access.clone());
    let mut answer = json!({ "access_token": access, "token_type": "Bearer", "expires_in": 3599, "scope": inside.grants.unwrap_or(SCOPE) });
    if let Some(lasting) = lasting {
        answer["refresh_token"] = lasting.into();
    }
    Json(answer).into_response()
}

async fn revoke(State(at): State<Google>, Form(sent): Form<BTreeMap<String, String>>) -> Response {
    let token = sent.get("token").cloned().unwrap_or_default();
    let mut inside = at.lock();
    if !inside.refresh.remove(&token) {
        return (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_token" }))).into_response();
    }
    inside.access.clear();
    inside.revoked.push(token);
    StatusCode::OK.into_response()
}

/// An error as they are documented.
fn error(status: u16, reason: &str) -> Response {
    let domain = match reason {
        "rateLimitExceeded" | "userRateLimitExceeded" | "quotaExceeded" | "accessNotConfigured" => "usageLimits",
        _ => "global",
    };
    let one = json!({ "domain": domain, "reason": reason, "message": "It did not work." });
    let body = json!({ "error": { "errors": [one], "code": status, "message": "It did not work." } });
    (StatusCode::from_u16(status).expect("a status"), Json(body)).into_response()
}

async fn api(State(at): State<Google>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let path = uri.path().trim_start_matches("/v3").to_owned();
    let fault = {
        let mut inside = at.lock();
        inside.calls.push((Instant::now(), format!("{method} {path}")));
        inside.faults.pop_front()
    };
    match fault {
        Some(Fault::Error(status, reason, pause)) => {
            let mut response = error(status, reason);
            if let Some(pause) = pause {
                response.headers_mut().insert("retry-after", pause.parse().expect("a header"));
            }
            return response;
        }
        Some(Fault::Garbage) => return "<html>Who reads this?".into_response(),
        Some(Fault::Huge) => {
            let part = Bytes::from(vec![b' '; 64 * 1024]);
            let endless = futures_util::stream::repeat(Ok::<_, std::convert::Infallible>(part));
            return Body::from_stream(endless).into_response();
        }
        Some(Fault::Slow) => tokio::time::sleep(Duration::from_secs(60)).await,
        Some(Fault::Lost) | None => {}
    }
    let token = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known = token.strip_prefix("Bearer ").is_some_and(|token| at.lock().access.contains(token));
    if !known {
        return error(401, "authError");
    }
    let query: BTreeMap<String, String> = Query::try_from_uri(&uri).map(|Query(all)| all).unwrap_or_default();
    let sent: Value = serde_json::from_slice(&body).unwrap_or_default();
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let response = answer(&mut at.lock(), &method, &parts, &query, &sent);
    match fault {
        Some(Fault::Lost) => error(503, "backendError"),
        _ => response,
    }
}

fn answer(
    inside: &mut Inside,
    method: &Method,
    parts: &[&str],
    query: &BTreeMap<String, String>,
    sent: &Value,
) -> Response {
    if let ("POST", ["calendars"]) = (method.as_str(), parts) {
        inside.number += 1;
        let id = format!("{}@group.calendar.google.example", inside.number);
        inside.calendars.insert(id.clone(), Calendar::default());
        return Json(json!({ "kind": "calendar#calendar", "id": id, "summary": sent["summary"] })).into_response();
    }
    let ["calendars", calendar, rest @ ..] = parts else { return error(404, "notFound") };
    let Some(calendar) = inside.calendars.get_mut(&calendar.replace("%40", "@")) else { return error(404, "notFound") };
    if calendar.gone {
        return error(410, "deleted");
    }
    let there = |event: &Value| event["status"] != "cancelled";
    match (method.as_str(), rest) {
        ("DELETE", []) => {
            calendar.gone = true;
            StatusCode::NO_CONTENT.into_response()
        }
        ("GET", ["events"]) => list(calendar, query),
        ("POST", ["events"]) => {
            let id = sent["id"].as_str().unwrap_or_default().to_owned();
            let fits = (5..=1024).contains(&id.len()) && id.chars().all(|c| matches!(c, 'a'..='v' | '0'..='9'));
            if calendar.events.contains_key(&id) {
                return error(409, "duplicate");
            }
            if fits { put(calendar, &id, sent) } else { error(400, "invalid") }
        }
        ("PUT", ["events", id]) if calendar.events.contains_key(*id) => put(calendar, id, sent),
        ("DELETE", ["events", id]) => match calendar.events.get_mut(*id) {
            Some(event) if there(event) => {
                event["status"] = json!("cancelled");
                StatusCode::NO_CONTENT.into_response()
            }
            Some(_) => error(410, "deleted"),
            None => error(404, "notFound"),
        },
        _ => error(404, "notFound"),
    }
}

/// Keeps an event, if it is in order.
fn put(calendar: &mut Calendar, id: &str, sent: &Value) -> Response {
    let timed = |time: &Value| time["timeZone"].as_str().is_some_and(|zone| zone.parse::<chrono_tz::Tz>().is_ok());
    let day = |time: &Value| time["date"].as_str().is_some_and(|day| day.parse::<chrono::NaiveDate>().is_ok());
    let (start, end) = (&sent["start"], &sent["end"]);
    let in_order = (timed(start) && timed(end)) || (day(start) && day(end));
    if !in_order || sent["summary"] == "Nobody takes this" {
        return error(400, "invalid");
    }
    let mut event = sent.clone();
    event["creator"] = json!({ "email": ACCOUNT });
    calendar.events.insert(id.to_owned(), event.clone());
    Json(event).into_response()
}

fn list(calendar: &Calendar, query: &BTreeMap<String, String>) -> Response {
    let from: usize = query.get("pageToken").map_or(0, |page| page.parse().expect("a page of ours"));
    assert!(
        query.get("timeMin").is_some_and(|time| time.parse::<chrono::DateTime<chrono::Utc>>().is_ok()),
        "{query:?}"
    );
    let all: Vec<&Value> = calendar.events.values().filter(|event| event["status"] != "cancelled").collect();
    let items: Vec<&&Value> = all.iter().skip(from).take(PAGE).collect();
    let mut answer = json!({ "kind": "calendar#events", "items": items });
    if from + PAGE < all.len() {
        answer["nextPageToken"] = (from + PAGE).to_string().into();
    }
    Json(answer).into_response()
}

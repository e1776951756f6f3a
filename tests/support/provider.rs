//! A service to sign in with, as Google and LinkedIn (OpenID Connect) and as GitHub (OAuth and its API), on a port of its own.

use super::{Value, json};
use axum::{
    Form, Json, Router,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use p256::{SecretKey, elliptic_curve::rand_core::OsRng, pkcs8::EncodePrivateKey};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub const CLIENT: &str = "the client";
/// A picture of one pixel.
pub const PICTURE: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff\0\0\0!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
pub const CLIENT_SECRET: &str = "the client's own secret";

/// Somebody's code that was not exchanged yet.
struct Grant {
    challenge: String,
    redirect: String,
    nonce: String,
    claims: Value,
}

struct Inside {
    key: EncodingKey,
    key_id: String,
    /// Who confirms next, as claims of the ID token.
    claims: Value,
    grants: BTreeMap<String, Grant>,
    /// What the token's claims are changed by, to forge them.
    forged: Value,
    algorithm: Algorithm,
    /// Answers every exchange with an error.
    down: bool,
    /// Whose description it says it has; its own when absent.
    issuer: Option<String>,
    /// GitHub's `/user` and `/user/emails`.
    user: Value,
    emails: Value,
    exchanged: usize,
}

/// A running service.
#[derive(Clone)]
pub struct StandIn {
    pub address: String,
    inside: Arc<Mutex<Inside>>,
}

fn fresh_key() -> EncodingKey {
    let key = SecretKey::random(&mut OsRng).to_pkcs8_der().expect("a key");
    EncodingKey::from_ec_der(key.as_bytes())
}

impl StandIn {
    /// Starts it; `claims` is who confirms.
    pub async fn start(claims: Value) -> Self {
        let inside = Inside {
            key: fresh_key(),
            key_id: "first".into(),
            claims,
            grants: BTreeMap::new(),
            forged: json!({}),
            algorithm: Algorithm::ES256,
            down: false,
            issuer: None,
            user: json!({}),
            emails: json!([]),
            exchanged: 0,
        };
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let stand_in = StandIn { address, inside: Arc::new(Mutex::new(inside)) };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(description))
            .route("/keys", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/login/oauth/authorize", get(authorize))
            .route("/login/oauth/access_token", post(token))
            // As a mirror, of a site of pictures.
            .route("/pictures.example.org/{name}", get(picture))
            .route("/api/user", get(user))
            .route("/api/user/emails", get(emails))
            .with_state(stand_in.clone());
        tokio::spawn(axum::serve(listener, router).into_future());
        stand_in
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Settings that make it this provider.
    pub fn settings(&self, provider: &str) -> Vec<(&'static str, String)> {
        let names: [&'static str; 3] = match provider {
            "google" => ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "GOOGLE_ISSUER"],
            "linkedin" => ["LINKEDIN_CLIENT_ID", "LINKEDIN_CLIENT_SECRET", "LINKEDIN_ISSUER"],
            _ => ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET", "GITHUB_ISSUER"],
        };
        let mut settings =
            vec![(names[0], CLIENT.into()), (names[1], CLIENT_SECRET.into()), (names[2], self.address.clone())];
        if provider == "github" {
            settings.push(("GITHUB_API_URL", format!("{}/api", self.address)));
        }
        settings
    }

    /// Somebody else confirms from now on.
    pub fn confirm_as(&self, claims: Value) {
        self.lock().claims = claims;
    }

    /// GitHub's answers.
    pub fn is_github_of(&self, user: Value, emails: Value) {
        let mut inside = self.lock();
        (inside.user, inside.emails) = (user, emails);
    }

    /// ID tokens say this from now on, whatever was asked.
    pub fn forge(&self, claims: Value) {
        self.lock().forged = claims;
    }

    /// Signs by a secret instead of the key.
    pub fn sign_by_secret(&self) {
        let mut inside = self.lock();
        (inside.key, inside.algorithm) = (EncodingKey::from_secret(CLIENT_SECRET.as_bytes()), Algorithm::HS256);
    }

    /// Signs by a new key, which its list of keys has.
    pub fn change_key(&self) {
        let mut inside = self.lock();
        (inside.key, inside.key_id) = (fresh_key(), "second".into());
    }

    /// Signs by a key its list has not, under an id that it has.
    pub fn steal_key_id(&self) {
        self.lock().key = fresh_key();
    }

    /// From now on its description is somebody else's.
    pub fn describes(&self, issuer: &str) {
        self.lock().issuer = Some(issuer.to_owned());
    }

    pub fn goes_down(&self, down: bool) {
        self.lock().down = down;
    }

    /// How many codes were exchanged.
    pub fn exchanged(&self) -> usize {
        self.lock().exchanged
    }
}

async fn description(State(at): State<StandIn>) -> Json<Value> {
    let issuer = at.lock().issuer.clone().unwrap_or_else(|| at.address.clone());
    let at = at.address;
    Json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{at}/authorize"), "token_endpoint": format!("{at}/token"),
        "jwks_uri": format!("{at}/keys"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
}

async fn keys(State(at): State<StandIn>) -> Json<Value> {
    let inside = at.lock();
    let key = Jwk::from_encoding_key(&inside.key, inside.algorithm).expect("a public key");
    let mut key = serde_json::to_value(key).expect("JSON");
    key["kid"] = inside.key_id.clone().into();
    Json(json!({ "keys": [key] }))
}

/// The person confirms at once.
async fn authorize(State(at): State<StandIn>, Query(asked): Query<BTreeMap<String, String>>) -> Response {
    let text = |name: &str| asked.get(name).cloned().unwrap_or_default();
    assert_eq!((text("client_id").as_str(), text("response_type").as_str()), (CLIENT, "code"));
    assert_eq!(text("code_challenge_method"), "S256");
    let mut inside = at.lock();
    let code = format!("code-{}", uuid::Uuid::new_v4());
    let grant = Grant {
        challenge: text("code_challenge"),
        redirect: text("redirect_uri"),
        nonce: text("nonce"),
        claims: inside.claims.clone(),
    };
    let back = format!("{}?code={code}&state={}", grant.redirect, text("state"));
    inside.grants.insert(code, grant);
    Redirect::to(&back).into_response()
}

async fn token(State(at): State<StandIn>, Form(sent): Form<BTreeMap<String, String>>) -> Response {
    let text = |name: &str| sent.get(name).cloned().unwrap_or_default();
    let mut inside = at.lock();
    let refused = |why: &str| {
        (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant", "error_description": why }))).into_response()
    };
    if inside.down {
        return (StatusCode::BAD_GATEWAY, "no").into_response();
    }
    if text("client_id") != CLIENT || text("client_secret") != CLIENT_SECRET {
        return (StatusCode::UNAUTHORIZED, Json(json!({ "error": "invalid_client" }))).into_response();
    }
    let Some(grant) = inside.grants.remove(&text("code")) else { return refused("no such code, or used already") };
    if URL_SAFE_NO_PAD.encode(Sha256::digest(text("code_verifier").as_bytes())) != grant.challenge {
        return refused("another verifier");
    }
    if text("redirect_uri") != grant.redirect {
        return refused("another address");
    }
    inside.exchanged += 1;
    let now = chrono::Utc::now().timestamp();
    let mut claims = json!({ "iss": at.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": grant.nonce });
    for more in [&grant.claims, &inside.forged] {
        for (name, value) in more.as_object().expect("claims") {
            claims[name] = value.clone();
        }
    }
    let header = Header { kid: Some(inside.key_id.clone()), ..Header::new(inside.algorithm) };
    let id_token = jsonwebtoken::encode(&header, &claims, &inside.key).expect("a token");
    Json(json!({ "access_token": "gho_access", "token_type": "Bearer", "expires_in": 300, "id_token": id_token }))
        .into_response()
}

fn bearer(headers: &HeaderMap) -> bool {
    headers.get("authorization").is_some_and(|value| value == "Bearer gho_access") && headers.contains_key("user-agent")
}

async fn user(State(at): State<StandIn>, headers: HeaderMap) -> Response {
    if bearer(&headers) {
        Json(at.lock().user.clone()).into_response()
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

async fn emails(State(at): State<StandIn>, headers: HeaderMap) -> Response {
    if bearer(&headers) {
        Json(at.lock().emails.clone()).into_response()
    } else {
        StatusCode::UNAUTHORIZED.into_response()
    }
}

async fn picture(axum::extract::Path(name): axum::extract::Path<String>) -> Response {
    match name.as_str() {
        "ann.gif" => PICTURE.into_response(),
        "large.gif" => [PICTURE, &vec![0; 600 * 1024]].concat().into_response(),
        "script.svg" => {
            ([("content-type", "image/svg+xml")], "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
                .into_response()
        }
        "slow.gif" => {
            tokio::time::sleep(std::time::Duration::from_secs(30)).await;
            PICTURE.into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

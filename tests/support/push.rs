//! A push service on this machine, and browsers that read what goes through it.

use super::{Value, json};
use aes_gcm::{
    Aes128Gcm,
    aead::{Aead, KeyInit},
};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use p256::{
    PublicKey, SecretKey,
    ecdh::diffie_hellman,
    ecdsa::{Signature, VerifyingKey, signature::Verifier},
    elliptic_curve::{rand_core::OsRng, sec1::ToEncodedPoint},
};
use sha2::Sha256;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// How the service behaves towards one browser.
#[derive(Clone, Debug)]
pub enum Manner {
    Takes,
    /// Status and `Retry-After`.
    Answers(u16, &'static str),
    /// Never answers.
    Silent,
    /// Takes it, and goes on talking without end.
    Endless,
}

/// Something that was sent to a browser.
#[derive(Clone, Debug)]
pub struct Received {
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Received {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("{name} in {:?}", self.headers)).to_str().expect("text")
    }

    /// What it says of who sent it, after its signature was checked; and by which key.
    pub fn sender(&self) -> (Value, String) {
        let said = self.header("authorization").strip_prefix("vapid t=").expect("vapid");
        let (token, key) = said.split_once(", k=").expect("a key");
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let verifying = VerifyingKey::from_sec1_bytes(&bytes(key)).expect("a key of P-256");
        let signature = Signature::from_slice(&bytes(signature)).expect("a signature");
        verifying.verify(signed.as_bytes(), &signature).expect("it is theirs");
        let (head, claims) = signed.split_once('.').expect("claims");
        let read = |part: &str| serde_json::from_slice::<Value>(&bytes(part)).expect("JSON");
        assert_eq!(read(head), json!({ "typ": "JWT", "alg": "ES256" }));
        (read(claims), key.to_owned())
    }
}

#[derive(Default)]
struct Inside {
    manners: BTreeMap<String, Manner>,
    received: BTreeMap<String, Vec<Received>>,
}

/// A running service.
#[derive(Clone)]
pub struct PushService {
    /// For `FETCH_MIRROR`.
    pub address: String,
    inside: Arc<Mutex<Inside>>,
}

impl PushService {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let service = PushService { address, inside: Arc::default() };
        let router = Router::new().route("/push.example.org/{name}", post(take)).with_state(service.clone());
        tokio::spawn(axum::serve(listener, router).into_future());
        service
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Behaves so towards this browser from now on.
    pub fn behave(&self, name: &str, manner: Manner) {
        self.lock().manners.insert(name.to_owned(), manner);
    }

    /// Everything that was sent to a browser.
    pub fn received(&self, name: &str) -> Vec<Received> {
        self.lock().received.get(name).cloned().unwrap_or_default()
    }

    /// The same, once there are so many.
    pub async fn until(&self, name: &str, many: usize) -> Vec<Received> {
        let patience = Instant::now() + Duration::from_secs(60);
        loop {
            let all = self.received(name);
            if all.len() >= many {
                return all;
            }
            assert!(Instant::now() < patience, "{} of {many} came to {name}", all.len());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

async fn take(
    State(service): State<PushService>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let manner = {
        let mut inside = service.lock();
        inside.received.entry(name.clone()).or_default().push(Received { headers, body: body.to_vec() });
        inside.manners.get(&name).cloned().unwrap_or(Manner::Takes)
    };
    match manner {
        Manner::Takes => StatusCode::CREATED.into_response(),
        Manner::Answers(status, "") => StatusCode::from_u16(status).expect("a status").into_response(),
        Manner::Answers(status, wait) => {
            (StatusCode::from_u16(status).expect("a status"), [("retry-after", wait)]).into_response()
        }
        Manner::Silent => {
            tokio::time::sleep(Duration::from_secs(120)).await;
            StatusCode::CREATED.into_response()
        }
        Manner::Endless => {
            let piece = Bytes::from(vec![b' '; 1 << 20]);
            let pieces = futures_util::stream::repeat_with(move || Ok::<_, std::io::Error>(piece.clone()));
            (StatusCode::CREATED, Body::from_stream(pieces)).into_response()
        }
    }
}

/// A browser's end: its address at the service, and the keys only it has.
pub struct Receiver {
    pub name: String,
    key: SecretKey,
    auth: [u8; 16],
}

impl Receiver {
    pub fn new(name: &str) -> Self {
        Receiver { name: name.to_owned(), key: SecretKey::random(&mut OsRng), auth: *uuid::Uuid::new_v4().as_bytes() }
    }

    fn point(&self) -> Vec<u8> {
        self.key.public_key().to_encoded_point(false).as_bytes().to_vec()
    }

    /// What its `PushSubscription` says as JSON.
    pub fn subscription(&self) -> Value {
        json!({
            "endpoint": format!("https://push.example.org/{}", self.name),
            "expirationTime": null,
            "keys": { "p256dh": URL_SAFE_NO_PAD.encode(self.point()), "auth": URL_SAFE_NO_PAD.encode(self.auth) },
        })
    }

    /// What a message says, as only this browser can read it (RFC 8291).
    pub fn read(&self, received: &Received) -> Value {
        assert_eq!(received.header("content-encoding"), "aes128gcm");
        let (salt, rest) = received.body.split_at(16);
        let (head, rest) = rest.split_at(5);
        assert_eq!(head, [0, 0, 16, 0, 65], "one record, and a key of 65 bytes");
        let (theirs, text) = rest.split_at(65);
        let sender = PublicKey::from_sec1_bytes(theirs).expect("a point");
        let shared = diffie_hellman(self.key.to_nonzero_scalar(), sender.as_affine());
        let info = [b"WebPush: info\0", self.point().as_slice(), theirs].concat();
        let secret: [u8; 32] = derived(&self.auth, shared.raw_secret_bytes(), &info);
        let key: [u8; 16] = derived(salt, &secret, b"Content-Encoding: aes128gcm\0");
        let nonce: [u8; 12] = derived(salt, &secret, b"Content-Encoding: nonce\0");
        let record = Aes128Gcm::new(&key.into()).decrypt(&nonce.into(), text).expect("it is for this browser");
        let end = record.iter().rposition(|byte| *byte != 0).expect("a mark");
        assert_eq!(record[end], 2, "the last record");
        serde_json::from_slice(&record[..end]).expect("JSON")
    }
}

fn derived<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> [u8; N] {
    let mut key = [0; N];
    Hkdf::<Sha256>::new(Some(salt), secret).expand(info, &mut key).expect("it is short");
    key
}

fn bytes(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base64url")
}

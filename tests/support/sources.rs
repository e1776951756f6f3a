//! A small internet of job boards: every host answers what the story says, and what was asked is remembered. For `FETCH_MIRROR`.

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use std::{
    collections::HashMap,
    future::IntoFuture,
    sync::{Arc, Mutex},
};

/// What an address answers.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Reply {
    /// An answer that went well.
    pub fn ok(body: impl AsRef<[u8]>) -> Self {
        Reply { status: 200, headers: Vec::new(), body: body.as_ref().to_vec() }
    }

    /// Nothing but a status.
    pub fn status(status: u16) -> Self {
        Reply { status, ..Reply::default() }
    }

    /// The same with a header.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// One question that was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// `host/path?query`
    pub address: String,
    pub headers: HeaderMap,
    pub body: String,
}

#[derive(Default)]
struct Said {
    replies: HashMap<String, Reply>,
    asked: Vec<Asked>,
}

/// The internet.
#[derive(Clone)]
pub struct Internet {
    /// For `FETCH_MIRROR`.
    pub address: String,
    said: Arc<Mutex<Said>>,
}

impl Internet {
    /// One where nobody answers anything yet but "not found".
    pub async fn start() -> Self {
        let said = Arc::new(Mutex::new(Said::default()));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        let app = Router::new().fallback(answer).with_state(said.clone());
        tokio::spawn(axum::serve(listener, app).into_future());
        Internet { address, said }
    }

    /// From now on this address (`host/path?query`, or `host/path` for whatever is asked with other queries) answers so.
    pub fn says(&self, address: &str, reply: Reply) {
        self.said.lock().expect("nobody panicked").replies.insert(address.to_owned(), reply);
    }

    /// What was asked since the last time this was.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.said.lock().expect("nobody panicked").asked)
    }
}

async fn answer(State(said): State<Arc<Mutex<Said>>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let mut said = said.lock().expect("nobody panicked");
    let whole = uri.path_and_query().map(|whole| whole.as_str()).unwrap_or_default().trim_start_matches('/').to_owned();
    let body = String::from_utf8_lossy(&body).into_owned();
    // A board that is searched by POST pages in its body.
    let exact = format!("{whole} {body}");
    let path = uri.path().trim_start_matches('/');
    let reply = [exact.as_str(), whole.as_str(), path].iter().find_map(|key| said.replies.get(*key)).cloned();
    said.asked.push(Asked { address: whole, headers: headers.clone(), body });
    let Some(reply) = reply else { return StatusCode::NOT_FOUND.into_response() };
    let etag = reply.headers.iter().find(|(name, _)| *name == "etag").map(|(_, value)| value.as_str());
    let known = headers.get("if-none-match").and_then(|value| value.to_str().ok());
    if known.is_some() && known == etag {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let mut response = (StatusCode::from_u16(reply.status).expect("a status"), reply.body).into_response();
    for (name, value) in reply.headers {
        response.headers_mut().insert(name, value.parse().expect("a header"));
    }
    response
}

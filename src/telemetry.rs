//! Request ids, one log line per request with where it came from and why it was refused, panics turned into answers.

use crate::{
    api::health,
    background,
    config::Config,
    error::{Error, REFUSED, REQUEST_ID},
    session::{Who, origin, random_token},
    state::App,
};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::{
    any::Any,
    io::IsTerminal,
    sync::{Arc, OnceLock},
    time::Instant,
};
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts logging to standard error; `RUST_LOG` chooses what, `LOG_FORMAT` how.
pub fn start(config: &Config) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,hyper=warn"));
    let registry = tracing_subscriber::registry().with(filter);
    // A second start in one process (tests) keeps the first.
    let _ = if config.log_json {
        registry.with(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr)).try_init()
    } else {
        registry
            .with(
                fmt::layer().with_target(false).with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr),
            )
            .try_init()
    };
}

/// Middleware: gives the request an id, answers with it in `x-request-id`, and logs the request with its outcome. The id of a proxy
/// that is trusted is kept.
pub async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let id = request
        .headers()
        .get("x-request-id")
        .filter(|_| app.config.trust_forwarded_for)
        .and_then(|value| value.to_str().ok())
        .filter(|value| {
            (8..=64).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        .map_or_else(|| random_token().chars().take(12).collect(), str::to_owned);
    let address = origin::address(&app, request.headers(), request.extensions());
    let why = Arc::new(OnceLock::new());
    let started = Instant::now();
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    if !health::is_probe(&path) {
        background::make_room();
    }
    let answered = REFUSED.scope(why.clone(), next.run(request));
    let mut response = REQUEST_ID.scope(id.clone(), answered).await;
    let who = response.extensions().get::<Who>().map(|who| who.user.to_string());
    tracing::info!(
        request_id = %id,
        %method,
        path,
        status = response.status().as_u16(),
        ms = started.elapsed().as_secs_f64() * 1000.0,
        address,
        who,
        reason = why.get(),
        "request"
    );
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

/// What a panic in a handler answers with: an internal error under the request's id.
pub fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let text = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("panic");
    Error::internal(text).into_response()
}

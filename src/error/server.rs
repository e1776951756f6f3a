//! How an error leaves the server: the status, the REST body, the log line.

use super::Error;
use axum::{
    Json,
    body::to_bytes,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use serde::Serialize;
use std::sync::{Arc, OnceLock};

tokio::task_local! {
    /// The id of the request being answered; set by `telemetry::observe`.
    pub static REQUEST_ID: String;
    /// Why it was refused, if it was: the word for the log.
    pub static REFUSED: Arc<OnceLock<&'static str>>;
}

/// Notes for the log why the request being answered is refused; the first reason stays.
pub fn refused(reason: &'static str) {
    // Outside of a request nobody asks.
    let _ = REFUSED.try_with(|why| why.set(reason));
}

/// The id of the request being answered, or `-` outside of one.
pub fn current_request_id() -> String {
    REQUEST_ID.try_with(Clone::clone).unwrap_or_else(|_| "-".into())
}

impl Error {
    /// Something was changed from a state that is not the newest; `now` is the thing as it is.
    pub fn changed(now: &impl Serialize) -> Self {
        match serde_json::to_string(now) {
            Ok(now) => Error::Changed(now),
            Err(error) => error.into(),
        }
    }

    /// Logs `cause` and hides it behind the request id.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        let id = current_request_id();
        tracing::error!(request_id = %id, %cause, "internal error");
        Error::Internal(id)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Error::NotFound,
            sqlx::Error::PoolTimedOut => {
                Error::Unavailable("The database is busy. Please try again in a moment.".into())
            }
            other => Error::internal(other),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::internal(error)
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        refused(self.code());
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut body = serde_json::json!({
            "detail": self.to_string(),
            "error_code": self.code(),
            "timestamp": chrono::Utc::now(),
            "request_id": current_request_id(),
        });
        if let Error::Invalid(fields) = &self {
            body["fields"] = serde_json::json!(fields);
        }
        if let Error::Changed(now) = &self {
            body["current"] = serde_json::from_str(now).unwrap_or_default();
        }
        let mut response = (status, Json(body)).into_response();
        if let Some(seconds) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Gives a call whose arguments could not be read its status: it never got to [`answer`], and Leptos leaves it at 500.
pub async fn call_status(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let unread = response.status() == StatusCode::INTERNAL_SERVER_ERROR
        && response.headers().contains_key(leptos::server_fn::error::SERVER_FN_ERROR_HEADER);
    if !unread {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // What we wrote ourselves is short.
    let Ok(bytes) = to_bytes(body, 1 << 20).await else {
        return Error::internal("an error without words").into_response();
    };
    if let Ok(error) = serde_json::from_slice::<Error>(&bytes) {
        refused(error.code());
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
    }
    Response::from_parts(parts, bytes.into())
}

/// Ends a server function: passes the result on and gives an error its HTTP status, which Leptos leaves at 500.
pub fn answer<T>(result: Result<T, Error>) -> Result<T, Error> {
    if let Err(error) = &result {
        refused(error.code());
    }
    if let (Err(error), Some(options)) = (&result, use_context::<ResponseOptions>()) {
        options.set_status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        if let Some(seconds) = error.retry_after() {
            options.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
    result
}

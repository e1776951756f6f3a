//! Forms posted before (or without) hydration: when the server refuses, the same page comes back with what was typed and what is wrong.
//! It comes back too when the answer is a secret that is shown once: a redirect would lose it.

use crate::error::Error;
use crate::ui::Flash;
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, StatusCode, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use leptos::{prelude::use_context, server_fn::error::ServerFnUrlError};
use std::sync::{Arc, Mutex, PoisonError};

/// Larger forms are not kept.
const LARGEST: usize = 512 * 1024;
/// Never written back into a page.
const SECRET: [&str; 5] = ["password", "current_password", "new_password", "token", "code"];

/// What a page that comes back is told, and the address it should show.
#[derive(Clone)]
pub struct Returned {
    pub flash: Flash,
    pub address: String,
}

/// Where a form's call leaves what its page is to show once.
#[derive(Clone, Default)]
struct Once(Arc<Mutex<Option<String>>>);

/// In a server function: has the page of a form posted without script show this text. A script has it from the answer.
pub fn show_once(text: &str) {
    if let Some(once) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Once>().cloned()) {
        *once.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(text.to_owned());
    }
}

/// Middleware around the pages and their forms.
pub async fn keep_what_was_typed(request: Request, next: Next) -> Response {
    let Some(page) = posted_from(&request) else { return next.run(request).await };
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = http_body_util::Limited::new(body, LARGEST).collect().await.map(|all| all.to_bytes()) else {
        return Error::TooLarge("this form takes at most 512 KB.".into()).into_response();
    };
    let mut again = Request::new(Body::empty());
    *again.extensions_mut() = parts.extensions.clone();
    *again.headers_mut() = parts.headers.clone();
    again.headers_mut().remove(header::CONTENT_TYPE);
    again.headers_mut().remove(header::CONTENT_LENGTH);
    *again.method_mut() = Method::GET;
    *again.uri_mut() = page.clone();
    let once = Once::default();
    parts.extensions.insert(once.clone());
    let answer = next.clone().run(Request::from_parts(parts, Body::from(bytes.clone()))).await;
    let shown = once.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    let (flash, status) = match (refusal(&answer), shown) {
        (Some(error), _) => (typed(&bytes, &error), error.status()),
        (None, Some(once)) => (Flash { once, ..Flash::default() }, 200),
        (None, None) => return answer,
    };
    let address = page.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    again.extensions_mut().insert(Returned { flash, address });
    let mut response = next.run(again).await;
    // What was refused in the end may have changed the session on the way.
    for cookie in answer.headers().get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    if response.status().is_server_error() {
        return response;
    }
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    response
}

/// What a refused form held and what is wrong with it.
fn typed(form: &[u8], error: &Error) -> Flash {
    let fields = url::form_urlencoded::parse(form)
        // Of a list only the last entry would be left, for every one of its fields.
        .filter(|(name, _)| !SECRET.contains(&name.as_ref()) && !name.ends_with("[]"))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut errors = error.fields();
    if errors.is_empty() {
        errors.insert(String::new(), error.to_string());
    }
    Flash { fields, errors, ..Flash::default() }
}

/// The page a plain form post came from: urlencoded, wants HTML back, and names a page of ours.
fn posted_from(request: &Request) -> Option<Uri> {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let form = *request.method() == Method::POST
        && text(header::CONTENT_TYPE)?.starts_with("application/x-www-form-urlencoded")
        && text(header::ACCEPT)?.contains("text/html");
    if !form {
        return None;
    }
    let referer = url::Url::parse(text(header::REFERER)?).ok()?;
    let path = referer.path();
    if path.starts_with("/api/") {
        return None;
    }
    referer[url::Position::BeforePath..url::Position::AfterQuery].parse().ok()
}

/// The error that a refused form's redirect carries in its address.
fn refusal(answer: &Response) -> Option<Error> {
    let location = location(answer.headers())?;
    let (_, query) = location.split_once('?')?;
    let error = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "__err")?.1;
    Some(ServerFnUrlError::<Error>::decode_err(&error))
}

fn location(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::LOCATION)?.to_str().ok()
}

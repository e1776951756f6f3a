//! Forms posted before (or without) hydration: when the server refuses, the same page comes back with what was typed and what is wrong.

use crate::error::Error;
use crate::ui::Flash;
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use leptos::server_fn::error::ServerFnUrlError;

/// Larger forms are not kept.
const LARGEST: usize = 512 * 1024;
/// Never written back into a page.
const SECRET: [&str; 4] = ["password", "current_password", "new_password", "token"];

/// What the page is told, and the address it should show.
#[derive(Clone)]
pub struct Refused {
    pub flash: Flash,
    pub address: String,
}

/// Middleware around the pages and their forms.
pub async fn keep_what_was_typed(request: Request, next: Next) -> Response {
    let Some(page) = posted_from(&request) else { return next.run(request).await };
    let (parts, body) = request.into_parts();
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
    let answer = next.clone().run(Request::from_parts(parts, Body::from(bytes.clone()))).await;
    let Some(error) = refusal(&answer) else { return answer };
    let fields = url::form_urlencoded::parse(&bytes)
        .filter(|(name, _)| !SECRET.contains(&name.as_ref()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    let mut errors = error.fields();
    if errors.is_empty() {
        errors.insert(String::new(), error.to_string());
    }
    let address = page.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    again.extensions_mut().insert(Refused { flash: Flash { fields, errors }, address });
    let mut response = next.run(again).await;
    *response.status_mut() = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    response
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

//! What every response carries and every mutating request must show.

use crate::{
    briefings,
    error::{Error, Result, refused},
    session,
    state::App,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};

/// Middleware: a change must come from our own page or from a program that sends its own token.
///
/// Browsers say where a request comes from (`Sec-Fetch-Site`, or `Origin` in older ones); a foreign one is refused, and so is one that
/// carries a cookie but does not say. A program without cookies cannot be tricked into sending them.
pub async fn same_site(State(app): State<App>, request: Request, next: Next) -> Result<Response> {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || from_ourselves(request.headers(), &app.config.public_url) || is_one_click(&request) {
        return Ok(next.run(request).await);
    }
    refused("foreign_page");
    Err(Error::Forbidden)
}

/// Whether a mailbox unsubscribes its person (RFC 8058). It is no browser, and says nothing of where it comes from. Whoever it claims to
/// be does not matter there: only the message's own token counts.
fn is_one_click(request: &Request) -> bool {
    let headers = request.headers();
    let says_where = headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site");
    request.uri().path() == briefings::UNSUBSCRIBE && !says_where
}

fn from_ourselves(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if session::bearer(headers).is_some() {
        return true;
    }
    match text(HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin",
        None => match text(header::ORIGIN) {
            Some(origin) => {
                let host = text(header::HOST).unwrap_or_default();
                origin == public_url || origin.split_once("://").is_some_and(|(_, rest)| rest == host)
            }
            None => !headers.contains_key(header::COOKIE),
        },
    }
}

/// The header values of every response. The pages' own Content-Security-Policy, with its nonce, is set where they are rendered.
const ALWAYS: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    ("x-frame-options", "DENY"),
];

/// Middleware: sets the security headers.
pub async fn headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'"));
    if app.config.https() {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
    // Pages and answers are personal; only hashed assets say otherwise themselves.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The policy of a page: its own scripts by nonce, WASM, its own styles, images and sockets, nothing else.
pub fn page_policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
         object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        from_ourselves(&headers, "https://jobs.example.org")
    }

    #[test]
    fn only_our_own_pages_and_token_holders_may_change_things() {
        assert!(allowed(&[("sec-fetch-site", "same-origin"), ("cookie", "session=x")]));
        assert!(!allowed(&[("sec-fetch-site", "cross-site"), ("cookie", "session=x")]));
        assert!(!allowed(&[("sec-fetch-site", "same-site"), ("origin", "https://jobs.example.org")]));
        assert!(!allowed(&[("sec-fetch-site", "none")]));
        assert!(allowed(&[("origin", "https://jobs.example.org"), ("cookie", "session=x")]));
        assert!(allowed(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
        assert!(!allowed(&[("origin", "https://evil.example"), ("host", "jobs.example.org")]));
        assert!(!allowed(&[("origin", "null"), ("host", "jobs.example.org")]));
        assert!(!allowed(&[("cookie", "session=x")]));
        assert!(allowed(&[]));
        assert!(allowed(&[("authorization", "Bearer abc"), ("cookie", "session=x")]));
    }
}

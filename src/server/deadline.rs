//! A page that does not get done is given up: whoever waits for it is told so, and the log names it.

use super::is_page;
use crate::error::{Error, current_request_id};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use http_body_util::BodyExt;
use leptos::prelude::*;
use std::time::Duration;

/// Three times what a page waits for a connection of a busy database.
pub const LONGEST: Duration = Duration::from_secs(30);
/// The page that takes the place of another has the style of the one for no network, and nothing else.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Middleware around the pages and their calls: a page has this long, its last byte included, which is rendered on the server like
/// the first. Calls and the live socket are left alone: taking a file in may last, and a socket is to stay open.
pub async fn in_time(State(longest): State<Duration>, request: Request, next: Next) -> Response {
    if !request.method().is_safe() || !is_page(request.uri().path()) {
        return next.run(request).await;
    }
    let uri = request.uri().clone();
    match tokio::time::timeout(longest, whole(next.run(request))).await {
        Ok(response) => response,
        Err(_) => {
            let path: String = uri.path().chars().take(200).collect();
            let request_id = current_request_id();
            tracing::error!(%request_id, path, seconds = longest.as_secs(), "a page was given up: it does not get done");
            given_up(uri.path_and_query().map_or("/", |address| address.as_str()), request_id)
        }
    }
}

/// The answer with its whole body.
async fn whole(answer: impl Future<Output = Response>) -> Response {
    let (parts, body) = answer.await.into_parts();
    match body.collect().await {
        Ok(all) => Response::from_parts(parts, Body::from(all.to_bytes())),
        Err(error) => Error::internal(error).into_response(),
    }
}

/// In place of the page at this address.
fn given_up(address: &str, request_id: String) -> Response {
    let page = view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>"Not ready · Career Co-Pilot"</title>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href="/offline.css"/>
            </head>
            <body>
                <main>
                    <img src="/icon.svg" alt="" width="56" height="56"/>
                    <h1>"This page is not ready"</h1>
                    <p>"The server took too long to put it together. What you saved before is safe. If it happens again, mention "{request_id}"."</p>
                    <p><a href=address.to_owned()>"Try again"</a></p>
                </main>
            </body>
        </html>
    };
    (StatusCode::SERVICE_UNAVAILABLE, [(header::CONTENT_SECURITY_POLICY, POLICY)], Html(page.to_html())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::to_bytes, middleware::from_fn_with_state, routing::get};
    use futures_util::stream;
    use std::{convert::Infallible, future::pending};
    use tower::ServiceExt;

    /// The status and the text of the answer to a request, where pages have 50 milliseconds.
    async fn ask(method: &str, address: &str) -> (u16, String) {
        let slow = || async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            "done"
        };
        let begun = || async { Body::from_stream(stream::pending::<Result<String, Infallible>>()) };
        let app = Router::new()
            .route("/jobs", get(pending::<()>))
            .route("/today", get(begun))
            .route("/alerts", get(|| async { "quick" }))
            .route("/jobs/import/read", axum::routing::post(slow))
            .route("/api/save_job", get(slow).post(slow))
            .route("/live", get(slow))
            .layer(from_fn_with_state(Duration::from_millis(50), in_time));
        let request = Request::builder().method(method).uri(address).body(Body::empty()).expect("a request");
        let answer = app.oneshot(request).await.expect("an answer");
        let status = answer.status().as_u16();
        let bytes = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    #[tokio::test]
    async fn a_page_that_does_not_get_done_is_given_up() {
        for address in ["/jobs?q=%22&page=2", "/today"] {
            let (status, page) = ask("GET", address).await;
            assert_eq!(status, 503, "{address}");
            assert!(page.contains("This page is not ready") && page.starts_with("<!DOCTYPE html>"), "{page}");
        }
        let (_, page) = ask("GET", "/jobs?q=%22&page=2").await;
        assert!(page.contains("href=\"/jobs?q=%22&amp;page=2\""), "{page}");
        assert_eq!(ask("GET", "/alerts").await, (200, "quick".into()));
    }

    #[tokio::test]
    async fn calls_and_sockets_may_last() {
        for (method, address) in
            [("POST", "/jobs/import/read"), ("POST", "/api/save_job"), ("GET", "/api/save_job"), ("GET", "/live")]
        {
            assert_eq!(ask(method, address).await, (200, "done".into()), "{method} {address}");
        }
    }
}

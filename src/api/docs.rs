//! The contract as a document and as a page.

use crate::state::App;
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;

/// The OpenAPI document, written out when somebody asks for the first time: few ever do, and it takes megabytes to make.
static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| super::complete_document().to_json().unwrap_or_default().into());

/// `GET /api/v1/openapi.json`
pub async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.clone()).into_response()
}

/// `GET /api/docs`: the same, to read.
pub async fn page(State(app): State<App>) -> Response {
    let css = app.assets.path("app.css").map(str::to_owned);
    let document: Value = serde_json::from_slice(&DOCUMENT).unwrap_or_default();
    let html = Owner::new().with(|| view(css, &document).to_html());
    let mut response = Html(format!("<!DOCTYPE html>{html}")).into_response();
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
    );
    response
}

fn view(css: Option<String>, document: &Value) -> impl IntoView + use<> {
    let operations: Vec<_> = document["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .flat_map(|(path, methods)| {
            methods
                .as_object()
                .into_iter()
                .flatten()
                .map(move |(method, operation)| operation_view(path, method, operation))
        })
        .collect();
    let version = document["info"]["version"].as_str().unwrap_or_default().to_owned();
    view! {
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>"API · Career Co-Pilot"</title>
                {css.map(|href| view! { <link rel="stylesheet" href=href/> })}
            </head>
            <body>
                <main id="main" class="page narrow">
                    <header class="page-head">
                        <div>
                            <h1>"The API"</h1>
                            <p class="muted">
                                "Version " {version} ". Send " <code>"Authorization: Bearer …"</code>
                                " with an access token made on " <a href="/account">"your account page"</a>
                                ", or with the token that " <code>"POST /api/v1/auth/login"</code> " answers, which ends with "
                                <code>"POST /api/v1/auth/logout"</code> " and with a new password. An access token does what its scopes "
                                "say: " <code>"GET"</code> " takes " <code>"read"</code> ", everything else " <code>"write"</code>
                                ". The document for machines: "
                                <a href="/api/v1/openapi.json">"openapi.json"</a>
                            </p>
                        </div>
                    </header>
                    <div class="stack">{operations}</div>
                </main>
            </body>
        </html>
    }
}

fn operation_view(path: &str, method: &str, operation: &Value) -> impl IntoView + use<> {
    let summary =
        operation["summary"].as_str().or_else(|| operation["description"].as_str()).unwrap_or_default().to_owned();
    let parameters: Vec<_> = operation["parameters"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|parameter| {
            let name = parameter["name"].as_str().unwrap_or_default().to_owned();
            let words = parameter["description"].as_str().unwrap_or_default().to_owned();
            view! { <div><dt><code>{name}</code></dt><dd>{words}</dd></div> }
        })
        .collect();
    let body = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        .as_str()
        .and_then(|name| name.rsplit('/').next())
        .map(str::to_owned);
    let answers: Vec<_> = operation["responses"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(status, _)| view! { <span class="badge muted">{status.clone()}</span> })
        .collect();
    let (method, path) = (method.to_uppercase(), path.to_owned());
    view! {
        <section class="card stack tight">
            <h2><span class="badge info">{method}</span> " " <code>{path}</code></h2>
            <p>{summary}</p>
            {(!parameters.is_empty()).then(|| view! { <dl class="facts">{parameters}</dl> })}
            {body.map(|name| view! { <p class="muted">"Body: " <code>{name}</code></p> })}
            <p class="row tight">{answers}</p>
        </section>
    }
}

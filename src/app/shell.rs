//! The HTML document around the app: head, policy, scripts. Server side only.

use super::{App, parts::parts_of};
use crate::{flash::Returned, guard, state, ui};
use axum::http::{HeaderValue, header, request::Parts};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

/// Renders the document for one request.
pub fn shell_for(_: &LeptosOptions) -> impl Fn() -> AnyView + Clone + Send + Sync + 'static {
    || document().into_any()
}

fn document() -> impl IntoView {
    let app = expect_context::<state::App>();
    let nonce = use_nonce();
    let text = nonce.as_ref().map(ToString::to_string).unwrap_or_default();
    if let (Some(options), Ok(policy)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(&guard::page_policy(&text)))
    {
        options.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
    let returned = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Returned>().cloned());
    let address = returned.as_ref().map(|returned| {
        // The form was posted to its own address; show the page's before the router looks.
        let quoted = serde_json::to_string(&returned.address).unwrap_or_default().replace('<', "\\u003c");
        format!("history.replaceState(null,'',{quoted})")
    });
    if let Some(returned) = returned {
        ui::share_flash(move || returned.flash.clone());
    }
    let asset = |name: &str| app.assets.path(name).map(str::to_owned);
    let (css, js, loader, wasm) = (asset("app.css"), asset("app.js"), asset("split.js"), asset("app.wasm"));
    let parts: Vec<String> = use_context::<Parts>()
        .map(|request| app.assets.parts(parts_of(request.uri.path())).into_iter().map(str::to_owned).collect())
        .unwrap_or_default();
    let start = js.as_ref().zip(wasm.as_ref()).map(|(js, wasm)| {
        format!("import('{js}').then(m=>m.default({{module_or_path:'{wasm}'}}).then(()=>m.hydrate()))")
    });
    let providers = app.outside.providers().iter().map(|provider| provider.as_str()).collect::<Vec<_>>().join(" ");
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f8f5f1"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#171412"/>
                {(!providers.is_empty()).then(|| view! { <meta name="providers" content=providers/> })}
                <script nonce=nonce.clone()>{ui::THEME_SCRIPT}</script>
                {address.map(|script| view! { <script nonce=nonce.clone()>{script}</script> })}
                {css.map(|href| view! { <link rel="stylesheet" href=href/> })}
                {[js, loader].into_iter().flatten().map(|href| view! { <link rel="modulepreload" href=href nonce=nonce.clone()/> }).collect_view()}
                {wasm.map(|href| view! { <link rel="preload" href=href r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/> })}
                {parts.into_iter().map(|href| view! { <link rel="preload" href=href r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/> }).collect_view()}
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/apple-touch-icon.png"/>
                <MetaTags/>
            </head>
            <body>
                <App/>
                {start.map(|script| view! { <script type="module" nonce=nonce.clone()>{script}</script> })}
            </body>
        </html>
    }
}

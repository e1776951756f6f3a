//! Talking to the service worker.

use super::Standing;
use crate::{
    ids::UserId,
    live::{Live, Status},
};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, MessageEvent, MouseEvent, ServiceWorkerContainer, ServiceWorkerRegistration};

/// Greets the worker in the person's name and takes in what it says from then on.
pub fn connect(standing: RwSignal<Option<Standing>>, live: Live, who: &UserId) {
    let Some(container) = container() else { return };
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(text) = event.data().as_string()
            && let Ok(now) = serde_json::from_str(&text)
        {
            standing.set(Some(now));
        }
    });
    container.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // As long as the page is open.
    heard.forget();
    follow_links(standing, live);
    let path = window().location().pathname().unwrap_or_default();
    let standalone = window().match_media("(display-mode: standalone)").ok().flatten();
    let installed = if standalone.is_some_and(|media| media.matches()) { "true" } else { "false" };
    post(
        [
            "{\"type\":\"hello\",\"who\":\"",
            &who.to_string(),
            "\",\"path\":",
            &quoted(&path),
            ",\"installed\":",
            installed,
            "}",
        ]
        .concat(),
    );
}

/// Tells the worker something of this kind.
pub fn say(kind: &str, number: u32, on: bool) {
    let on = if on { "true" } else { "false" };
    post(["{\"type\":\"", kind, "\",\"number\":", &number.to_string(), ",\"on\":", on, "}"].concat());
}

/// Tells the worker which page is shown now.
pub fn at(path: &str) {
    post(["{\"type\":\"at\",\"path\":", &quoted(path), "}"].concat());
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// Browsers have workers on safe connections only.
fn container() -> Option<ServiceWorkerContainer> {
    window().is_secure_context().then(|| window().navigator().service_worker())
}

fn post(message: String) {
    leptos::task::spawn_local(async move {
        let Some(ready) = container().and_then(|container| container.ready().ok()) else { return };
        let Ok(registration) = JsFuture::from(ready).await else { return };
        let worker = registration.unchecked_into::<ServiceWorkerRegistration>().active();
        if let (Some(worker), Ok(message)) = (worker, js_sys::JSON::parse(&message)) {
            // A worker that is gone is replaced by one that is greeted anew.
            let _ = worker.post_message(&message);
        }
    });
}

/// Without a network links lead to the pages as the worker keeps them: the router would ask the server for what is on them.
fn follow_links(standing: RwSignal<Option<Standing>>, live: Live) {
    let clicked = Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| {
        let away = !window().navigator().on_line() || live.status.get_untracked() == Status::Offline;
        let plain = event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key();
        let keeps = standing.with_untracked(|standing| standing.as_ref().is_some_and(|standing| standing.keep));
        if !(away && plain && keeps) {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href^='/']").ok().flatten());
        if let Some(href) = link.and_then(|link| link.get_attribute("href")) {
            event.prevent_default();
            event.stop_propagation();
            crate::browser::go(&href);
        }
    });
    // Before the router, which listens on the way up. Refused, links are the router's.
    let _ = document().add_event_listener_with_callback_and_bool("click", clicked.as_ref().unchecked_ref(), true);
    clicked.forget();
}

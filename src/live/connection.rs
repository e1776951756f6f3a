//! The browser's end: one socket per page, back-off with jitter, asking by plain requests where sockets do not get through.

use super::{Event, Live, SIGNED_OUT, Status};
use leptos::prelude::*;
use serde::Deserialize;
use std::{cell::RefCell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{CloseEvent, MessageEvent, WebSocket};

/// Failed attempts in a row after which the page asks by plain requests between attempts.
const PATIENCE: u32 = 2;
const LONGEST_PAUSE: f64 = 15_000.0;
/// A page whose session has ended is left after this time.
const LEAVE_AFTER: Duration = Duration::from_millis(1_500);

struct Connection {
    live: Live,
    /// Number of the newest event taken in.
    last: i64,
    failures: u32,
    /// Kept alive as long as the socket they belong to.
    handlers: Vec<Closure<dyn FnMut(MessageEvent)>>,
}

type Shared = Rc<RefCell<Connection>>;

/// Keeps the page connected for as long as it is open.
pub fn connect(live: Live, after: i64) {
    open(Rc::new(RefCell::new(Connection { live, last: after, failures: 0, handlers: Vec::new() })));
}

fn open(shared: Shared) {
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|protocol| protocol == "https:") { "wss" } else { "ws" };
    let host = location.host().unwrap_or_default();
    let last = shared.borrow().last;
    let Ok(socket) = WebSocket::new(&[scheme, "://", &host, "/live?after=", &last.to_string()].concat()) else {
        return retry(shared);
    };
    let opened = {
        let shared = shared.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |_| {
            let mut connection = shared.borrow_mut();
            connection.failures = 0;
            connection.live.status.set(Status::Live);
        })
    };
    let message = {
        let shared = shared.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(event) = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok()) {
                take(&shared, &event);
            }
        })
    };
    let closed = {
        let shared = shared.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let event: &CloseEvent = event.unchecked_ref();
            if event.code() == SIGNED_OUT {
                // Signed out elsewhere: what the page shows is no longer ours to show. Signed out here, it is leaving already.
                set_timeout(|| crate::browser::go("/sign-in"), LEAVE_AFTER);
            } else {
                retry(shared.clone());
            }
        })
    };
    socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
    socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
    shared.borrow_mut().handlers = vec![opened, message, closed];
}

fn take(shared: &Shared, event: &Event) {
    let live = {
        let mut connection = shared.borrow_mut();
        if event.seq <= connection.last {
            return;
        }
        connection.last = event.seq;
        connection.live
    };
    live.take(event);
}

/// Waits longer after each failure, up to a quarter of a minute, spread so that pages do not return all at once.
fn retry(shared: Shared) {
    let pause = {
        let mut connection = shared.borrow_mut();
        connection.failures += 1;
        let status = if connection.failures > PATIENCE { Status::Polling } else { Status::Offline };
        connection.live.status.set(status);
        let longest = (400.0 * 2f64.powi(connection.failures.min(6) as i32)).min(LONGEST_PAUSE);
        longest * (0.5 + 0.5 * js_sys::Math::random())
    };
    set_timeout(
        move || {
            if shared.borrow().failures > PATIENCE {
                leptos::task::spawn_local(async move {
                    poll(&shared).await;
                    open(shared);
                });
            } else {
                open(shared);
            }
        },
        Duration::from_millis(pause as u64),
    );
}

#[derive(Deserialize)]
struct Answer {
    events: Vec<Event>,
}

/// Asks once for what was missed.
async fn poll(shared: &Shared) {
    let address = ["/api/v1/events?after=", &shared.borrow().last.to_string()].concat();
    let live = shared.borrow().live;
    let Ok(response) = wasm_bindgen_futures::JsFuture::from(window().fetch_with_str(&address)).await else {
        live.status.set(Status::Offline);
        return;
    };
    let response: web_sys::Response = response.unchecked_into();
    let Ok(text) = response.text() else { return };
    if let Ok(text) = wasm_bindgen_futures::JsFuture::from(text).await
        && let Some(answer) = text.as_string().and_then(|text| serde_json::from_str::<Answer>(&text).ok())
    {
        for event in answer.events {
            take(shared, &event);
        }
    }
}

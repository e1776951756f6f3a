//! Career Co-Pilot: one place to run a job search and steer a career.
//!
//! One package, two halves: the server (`ssr`) and the browser part (`hydrate`). A feature is a file and a folder of the
//! same name; what runs on the server only is gated once, here or on the feature's own `mod` line.

// Both halves.
pub mod app;
pub mod browser;
pub mod error;
pub mod ids;
pub mod live;
pub mod retention;
pub mod ui;
pub mod wire;

// Platform, server side.
#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod assets;
#[cfg(feature = "ssr")]
pub mod background;
#[cfg(feature = "ssr")]
pub mod backoff;
#[cfg(feature = "ssr")]
pub mod cache;
#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod config;
#[cfg(feature = "ssr")]
pub mod db;
#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
pub mod events;
#[cfg(feature = "ssr")]
pub mod fetch;
#[cfg(feature = "ssr")]
pub mod flash;
#[cfg(feature = "ssr")]
pub mod geo;
#[cfg(feature = "ssr")]
pub mod guard;
pub mod letters;
#[cfg(feature = "ssr")]
pub mod limits;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
pub mod markdown;
#[cfg(feature = "ssr")]
pub mod memory;
#[cfg(feature = "ssr")]
pub mod schedule;
#[cfg(feature = "ssr")]
pub mod seal;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "ssr")]
pub mod session;
#[cfg(feature = "ssr")]
pub mod state;
#[cfg(feature = "ssr")]
pub mod taxonomy;
#[cfg(feature = "ssr")]
pub mod telemetry;
#[cfg(feature = "ssr")]
pub mod upload;

// Features.
pub mod accounts;
pub mod acts;
pub mod admin;
pub mod alerts;
pub mod applications;
pub mod audit;
pub mod briefings;
pub mod contacts;
pub mod feed;
pub mod feedback;
pub mod google_calendar;
pub mod interviews;
pub mod jobs;
pub mod next;
pub mod offers;
pub mod offline;
pub mod palette;
#[cfg(feature = "ssr")]
pub mod postings;
pub mod privacy;
pub mod profile;
pub mod push;
pub mod reminders;
pub mod searches;
pub mod sent;
pub mod skill_gap;
pub mod sources;
pub mod tasks;
pub mod today;
pub mod work;

/// Starts the browser half on a page the server rendered. The page's own part is fetched first (`app/parts.rs`).
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    // Every document the server renders has a body.
    let Some(body) = leptos::prelude::document().body() else { return };
    let hydrated = ui::Hydrated::default();
    let known = hydrated.clone();
    let page = move || {
        leptos::prelude::provide_context(known);
        app::App()
    };
    leptos::mount::hydrate_from_async(body, page).await.forget();
    hydrated.set();
    app::mark_hydrated();
}

//! The stage: databases, the running app, people, browsers, the real executable.

mod answer;
mod app;
pub mod atlas;
mod authenticator;
mod browser;
mod caller;
mod database;
pub mod executable;
pub mod google;
pub mod imap;
pub mod multipart;
pub mod postings;
pub mod provider;
pub mod push;
pub mod server_functions;
pub mod smtp;
mod socket;
pub mod sources;

pub use answer::Answer;
pub use app::TestApp;
pub use authenticator::Authenticator;
pub use browser::{Browser, form};
pub use caller::{Caller, HasId, Person};
pub use database::{Database, Engine};
pub use provider::StandIn;
pub use serde_json::{Value, json};
pub use socket::Socket;

/// The secret every story signs tokens with.
pub const SECRET: &str = "a secret that is only good for stories";

/// Chooses who does TLS in this process, before the first client or server needs it.
fn tls() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        // Nobody else chooses.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// One story, told on both engines.
macro_rules! story {
    ($(#[$meta:meta])* async fn $name:ident($app:ident: TestApp) $body:block) => {
        $(#[$meta])*
        mod $name {
            use super::*;

            async fn story($app: TestApp) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::support::TestApp::tell($crate::support::Engine::Sqlite, story).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::support::TestApp::tell($crate::support::Engine::Postgres, story).await;
            }
        }
    };
}

//! The few things only the browser knows.

#[cfg_attr(not(feature = "hydrate"), path = "browser/none.rs")]
mod own;

#[cfg(feature = "hydrate")]
pub use own::meta;
pub use own::{copy, empty_fields, go, make_passkey, time_zone, use_passkey};

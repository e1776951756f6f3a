//! The few things only the browser knows.

#[cfg_attr(not(feature = "hydrate"), path = "browser/none.rs")]
mod own;

#[cfg(feature = "hydrate")]
pub use own::meta;
pub use own::{
    carry, copy, empty_fields, focus_again, focus_card, focus_in, fold, go, make_passkey, pause, time_zone, use_passkey,
};

#[cfg_attr(not(feature = "hydrate"), path = "browser/no_hands.rs")]
mod hands;
pub use hands::{
    focus_on, forget, is_at, is_dark, is_typing, keep, kept, open_tab, press, reset, reveal, set_value, step, submit,
    value_of,
};

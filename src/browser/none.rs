//! On the server there is no browser.

/// Unknown.
pub fn time_zone() -> String {
    String::new()
}

/// Does nothing.
pub fn go(_: &str) {}

/// Copies nothing.
pub fn copy<T>(_: &T) -> bool {
    false
}

/// Does nothing.
pub fn empty_fields<T>(_: &T) {}

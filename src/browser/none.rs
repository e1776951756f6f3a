//! On the server there is no browser.

/// Unknown.
pub fn time_zone() -> String {
    String::new()
}

/// Does nothing.
pub fn go(_: &str) {}

/// Does nothing.
pub fn empty_fields<T>(_: &T) {}

//! On the server there is no page to connect.

/// Does nothing.
pub fn connect(_: super::Live, _: i64) {}

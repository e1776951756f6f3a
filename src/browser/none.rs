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

/// Makes none.
pub async fn make_passkey(_: &str) -> Result<String, String> {
    Err(String::new())
}

/// Asks for none.
pub async fn use_passkey(_: &str) -> Result<String, String> {
    Err(String::new())
}

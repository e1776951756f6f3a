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

/// Does nothing.
pub fn fold(_: &str) {}

/// Makes none.
pub async fn make_passkey(_: &str) -> Result<String, String> {
    Err(String::new())
}

/// Asks for none.
pub async fn use_passkey(_: &str) -> Result<String, String> {
    Err(String::new())
}

/// Carries nothing.
pub fn carry<T>(_: &T, _: &str) {}

/// Does nothing.
pub fn focus_in(_: &str) {}

/// Does nothing.
pub fn focus_again(_: &str) {}

/// Does nothing.
pub fn focus_card(_: &str, _: &str) {}

/// Nobody waits on the server.
pub async fn pause() {
    std::future::pending().await
}

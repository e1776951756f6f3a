//! On the server there is no browser.

use super::Standing;

/// Unknown.
pub async fn standing() -> Standing {
    Standing::Unknown
}

/// Subscribes to nothing.
pub async fn subscribe(_: &str) -> Result<String, &'static str> {
    Err("")
}

/// Does nothing.
pub async fn unsubscribe() {}

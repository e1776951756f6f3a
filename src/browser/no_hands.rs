//! On the server there is no keyboard.

/// Nobody types.
pub fn is_typing<T>(_: &T) -> bool {
    false
}

/// Nothing happens.
pub fn is_at<T>(_: &T, _: &str) -> bool {
    false
}

/// Nothing is.
pub fn kept(_: &str) -> String {
    String::new()
}

/// Does nothing.
pub fn keep(_: &str, _: &str) {}

/// Does nothing.
pub fn forget(_: &str) {}

/// Does nothing.
pub fn press(_: &str) {}

/// Does nothing.
pub fn submit(_: &str) {}

/// Does nothing.
pub fn reset(_: &str) {}

/// There is none.
pub fn focus_on(_: &str) -> bool {
    false
}

/// Does nothing.
pub fn step(_: &str, _: bool) {}

/// Does nothing.
pub fn reveal(_: &str) {}

/// Does nothing.
pub fn open_tab(_: &str) {}

/// Unknown.
pub fn is_dark() -> bool {
    false
}

/// Nothing.
pub fn value_of(_: &str) -> String {
    String::new()
}

/// Does nothing.
pub fn set_value(_: &str, _: &str) {}

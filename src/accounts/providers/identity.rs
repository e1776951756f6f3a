//! Who somebody is elsewhere.

/// What a provider vouches for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Identity {
    /// Together with the subject what it is known by; nothing else is.
    pub issuer: String,
    pub subject: String,
    /// Empty when the provider has none.
    pub email: String,
    /// Whether the provider has seen that the address is theirs.
    pub email_verified: bool,
    pub name: String,
    pub headline: String,
    pub place: String,
    /// The address of a picture; empty when there is none.
    pub picture: String,
}

/// A text of somebody else's, as it may be kept: one line without control characters, at most this many characters.
pub fn short(text: &str, most: usize) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(most).collect()
}

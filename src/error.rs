//! What can go wrong, in one enum that both halves understand.
//!
//! `Invalid` is for the person's input and names each field; `Internal` hides its cause, which is in the log under the id the
//! person sees. On the server every variant has one HTTP status ([`Error::status`]).

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[cfg(feature = "ssr")]
mod server;
#[cfg(feature = "ssr")]
pub use server::{REFUSED, REQUEST_ID, answer, call_status, current_request_id, refused};

/// The result of everything that can fail in front of a person.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Field name → what is wrong and what to do.
pub type Fields = BTreeMap<String, String>;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
pub enum Error {
    /// The request could not be read at all.
    #[error("{0}")]
    Malformed(String),
    #[error("Please sign in first.")]
    Unauthorized,
    /// Wrong password, expired token: the person is told so in these words.
    #[error("{0}")]
    Refused(String),
    /// The address takes other methods.
    #[error("This address does not take that method.")]
    NotAllowed,
    #[error("You are not allowed to do this.")]
    Forbidden,
    /// What was shown to be let in does not cover this: the sentence says what would.
    #[error("{0}")]
    Denied(String),
    /// It was shown too long ago who is asking.
    #[error("Please confirm first that it is you, or sign in again: this can be done within ten minutes of that.")]
    Unconfirmed,
    #[error("This does not exist, or not any more.")]
    NotFound,
    #[error("Some fields need another look.")]
    Invalid(Fields),
    #[error("{0}")]
    Conflict(String),
    /// It was made from a state that is not the newest. Carries the thing as it is now, in JSON with its `version`, so that whoever
    /// asked can hold both against each other.
    #[error("This was changed elsewhere meanwhile. The page shows how it is now; please try again.")]
    Changed(String),
    #[error("This is larger than allowed: {0}")]
    TooLarge(String),
    #[error("{0}")]
    Unsupported(String),
    #[error("Too many attempts. Please wait {0} seconds and try again.")]
    TooMany(u64),
    #[error("{0}")]
    Unavailable(String),
    /// More ask for this than can be served; the seconds after which it is worth asking again.
    #[error("Many people are signing in at this moment. Please try again in {0} seconds.")]
    Busy(u64),
    /// Carries the request id under which the log has the cause.
    #[error("Something went wrong on our side. If it happens again, mention {0}.")]
    Internal(String),
}

impl Error {
    /// One invalid field.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Error::Invalid(Fields::from([(field.to_owned(), message.into())]))
    }

    /// The messages by field; empty for nearly every other kind of error. One whose name is an address is the way to a page that
    /// helps, and `""` is the whole.
    pub fn fields(&self) -> Fields {
        match self {
            Error::Invalid(fields) => fields.clone(),
            Error::Unconfirmed => Fields::from([
                (String::new(), self.to_string()),
                ("/account/confirm".into(), "Confirm that it is you, in another window".into()),
            ]),
            _ => Fields::new(),
        }
    }

    /// The seconds after which the same request is worth another try, where that is known.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Error::TooMany(seconds) | Error::Busy(seconds) => Some(*seconds),
            _ => None,
        }
    }

    /// The HTTP status that goes with this error.
    pub fn status(&self) -> u16 {
        match self {
            Error::Malformed(_) => 400,
            Error::Unauthorized | Error::Refused(_) => 401,
            Error::Forbidden | Error::Denied(_) | Error::Unconfirmed => 403,
            Error::NotFound => 404,
            Error::NotAllowed => 405,
            Error::Conflict(_) | Error::Changed(_) => 409,
            Error::TooLarge(_) => 413,
            Error::Unsupported(_) => 415,
            Error::Invalid(_) => 422,
            Error::TooMany(_) => 429,
            Error::Internal(_) => 500,
            Error::Unavailable(_) | Error::Busy(_) => 503,
        }
    }

    /// The stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Malformed(_) => "malformed",
            Error::Unauthorized => "unauthorized",
            Error::Refused(_) => "refused",
            Error::Forbidden | Error::Denied(_) => "forbidden",
            Error::Unconfirmed => "unconfirmed",
            Error::NotFound => "not_found",
            Error::NotAllowed => "method_not_allowed",
            Error::Conflict(_) | Error::Changed(_) => "conflict",
            Error::TooLarge(_) => "too_large",
            Error::Unsupported(_) => "unsupported",
            Error::Invalid(_) => "invalid_fields",
            Error::TooMany(_) => "too_many_requests",
            Error::Internal(_) => "internal",
            Error::Unavailable(_) => "unavailable",
            Error::Busy(_) => "busy",
        }
    }
}

impl FromServerFnError for Error {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Serialization(_) => {
                Error::Malformed("The form could not be read. Please reload the page and try again.".into())
            }
            ServerFnErrorErr::Request(_) => {
                Error::Unavailable("The server could not be reached. Check your connection and try again.".into())
            }
            other => Error::Internal(other.to_string()),
        }
    }
}

/// Collects what is wrong with a form, field by field, so that a person sees everything at once.
#[derive(Default)]
pub struct Check(Fields);

impl Check {
    /// Notes `message` for `field` unless `ok`; the first message of a field stays.
    pub fn that(&mut self, ok: bool, field: &str, message: impl Into<String>) -> &mut Self {
        if !ok {
            self.0.entry(field.to_owned()).or_insert_with(|| message.into());
        }
        self
    }

    /// Everything in order, or [`Error::Invalid`] with all that was noted.
    pub fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

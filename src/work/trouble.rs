//! Why something could not be done, as far as trying again goes.

use crate::error::Error;
use chrono::{DateTime, TimeDelta, Utc};

/// How work ends that did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It may work later: it is tried again after a pause, and never before the moment that somebody asked for.
    Passing { why: String, not_before: Option<DateTime<Utc>> },
    /// It will never work as it is: it is put aside for the administrator.
    Lasting(String),
}

impl Trouble {
    /// Something that may pass.
    pub fn passing(why: impl Into<String>) -> Self {
        Trouble::Passing { why: why.into(), not_before: None }
    }

    /// The reason, in a sentence.
    pub fn why(&self) -> &str {
        match self {
            Trouble::Passing { why, .. } | Trouble::Lasting(why) => why,
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        let wait = error.retry_after().and_then(|seconds| i64::try_from(seconds).ok()).and_then(TimeDelta::try_seconds);
        match error {
            Error::Unavailable(_) | Error::Internal(_) | Error::TooMany(_) | Error::Busy(_) => {
                let not_before = wait.and_then(|wait| crate::db::now().checked_add_signed(wait));
                Trouble::Passing { why: error.to_string(), not_before }
            }
            lasting => Trouble::Lasting(lasting.to_string()),
        }
    }
}

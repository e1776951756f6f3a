//! Reads a job seeker's mail and says what each message means for which application.
//!
//! [`mbox`] and [`read()`] turn bytes into a [`Message`]; [`recognise`] says what kind of message it is and why;
//! [`Applications::candidates`] says which application it belongs to and why; [`judge`] puts both together in a [`Verdict`].
//! Every number comes with the phrases, headers and facts it was made of.
//!
//! No web and no database here. Foreign bytes never panic, and everything is bounded (see [`limits`]).

mod applications;
mod body;
mod chance;
mod kind;
pub mod limits;
pub mod mbox;
mod message;
mod mime;
mod pattern;
mod rules;
mod senders;
mod verdict;
mod words;

pub use applications::{Applications, Candidate, Known, Reason};
pub use body::Forwarded;
pub use chance::percent;
pub use kind::{About, Evidence, Kind, Place, Recognised, recognise};
pub use message::{Address, Message, Unreadable, read};
pub use rules::problems;
pub use senders::{Service, registrable, service};
pub use verdict::{Action, Outcome, Stage, Verdict, judge};

/// What a message means: its kind, its application, and both together.
pub fn understand(message: &Message, applications: &Applications) -> Verdict {
    judge(message, &recognise(message), &applications.candidates(message))
}

//! Mail to people. A message is a row of the outbox, written in the transaction of the change it tells about. A worker hands
//! it to the mail server, or, where none is named, keeps it for the administrator to read.

use crate::{db::Tx, error::Result, ids::UserId, write_tx};
use chrono::{DateTime, Utc};
use serde::Serialize;

pub mod html;
pub mod messages;
pub mod routes;
pub mod smtp;
pub mod store;
pub mod worker;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, sqlx::Type, utoipa::ToSchema)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[schema(as = MailState)]
pub enum State {
    /// Waits for its next attempt.
    Queued,
    /// An attempt is under way.
    Sending,
    /// The mail server took it.
    Sent,
    /// Given up.
    Failed,
    /// No mail server is named: it is here to be read.
    Kept,
}

impl State {
    /// The stored and transmitted form.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Sending => "sending",
            State::Sent => "sent",
            State::Failed => "failed",
            State::Kept => "kept",
        }
    }
}

/// A message, ready to be sent to anybody.
#[derive(Clone, Debug)]
pub struct Message {
    /// One word for lists and logs, such as `verify`.
    pub kind: &'static str,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Until when the link in it works: it is not sent later, and its text is wiped once it was sent. None where there is no
    /// link.
    pub link_until: Option<DateTime<Utc>>,
    /// Where its receiver's mailbox ends messages like this one by itself (RFC 8058). What has such an address is found in the app
    /// as well: its text is wiped once it was sent. None where there is no choice.
    pub unsubscribe: Option<String>,
}

/// Puts a message into the outbox. Wake the worker (`App::outbox`) when the transaction is durable.
pub async fn enqueue(tx: &mut Tx, user: Option<UserId>, to: &str, message: &Message, at: DateTime<Utc>) -> Result<()> {
    write_tx!(tx, |query| {
        query
            .push(
                "INSERT INTO outbox (id, user_id, to_address, kind, subject, text, html, link_until, unsubscribe, state, attempts, \
                 next_at, last_error, created_at) ",
            )
            .push_values([uuid::Uuid::now_v7()], |mut row, id| {
                row.push_bind(id)
                    .push_bind(user)
                    .push_bind(to)
                    .push_bind(message.kind)
                    .push_bind(&message.subject)
                    .push_bind(&message.text)
                    .push_bind(&message.html)
                    .push_bind(message.link_until)
                    .push_bind(&message.unsubscribe)
                    .push_bind(State::Queued)
                    .push_bind(0_i64)
                    .push_bind(at)
                    .push_bind("")
                    .push_bind(at);
            })
    });
    Ok(())
}

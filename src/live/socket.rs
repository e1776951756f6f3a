//! `GET /live`: the socket of one open page.

pub use super::hub::follow;
use super::{Event, SIGNED_OUT};
use crate::{
    error::{Error, Result},
    events,
    ids::SessionId,
    session::{Login, Who, places},
    state::App,
};
use axum::{
    extract::{
        Query, State,
        ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade},
    },
    http::{HeaderMap, header},
    response::Response,
};
use serde::Deserialize;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

const PING_EVERY: Duration = Duration::from_secs(30);
/// A reader that does not take a message for this long is dropped.
const PATIENCE: Duration = Duration::from_secs(10);
/// Events read at a time while catching up.
const CATCH_UP: i64 = 200;

#[derive(Deserialize)]
pub struct From {
    after: Option<i64>,
}

/// Upgrades to a WebSocket for a person who logged in; the page must be ours. With the login the socket ends. Access tokens, which
/// have none, ask for events instead.
pub async fn open(
    State(app): State<App>,
    Login(who, session): Login,
    Query(from): Query<From>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response> {
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let ours = origin.is_none_or(|origin| {
        origin == app.config.public_url || origin.split_once("://").is_some_and(|(_, rest)| rest == host)
    });
    if !ours {
        return Err(Error::Forbidden);
    }
    // Clients send nothing but pongs; the default buffers would cost 128 KiB a socket.
    Ok(upgrade.read_buffer_size(1024).write_buffer_size(0).max_message_size(4096).max_frame_size(4096).on_upgrade(
        move |socket| async move {
            let person = who.user;
            let after = from.after.unwrap_or(who.seq);
            if let Err(error) = run(&app, who, session, after, socket).await {
                tracing::debug!(%error, "socket ended");
            }
            app.hub.leave(person);
        },
    ))
}

async fn run(app: &App, who: Who, session: SessionId, after: i64, mut socket: WebSocket) -> Result<()> {
    let mut events = app.hub.listen(who.user, who.seq);
    let mut last = catch_up(app, &who, after, &mut socket).await?;
    // What came before anybody listened here may have been the end of the session.
    if last > who.seq && !places::is_alive(&app.db, session).await? {
        return sign_out(&mut socket).await;
    }
    let mut ping = tokio::time::interval(PING_EVERY);
    ping.tick().await;
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => {
                let _ = tokio::time::timeout(PATIENCE, socket.send(Message::Close(None))).await;
                return Ok(());
            }
            _ = ping.tick() => {
                // Where the event was missed, and for sessions that ran out.
                if !places::is_alive(&app.db, session).await? {
                    return sign_out(&mut socket).await;
                }
                send(&mut socket, Message::Ping(Vec::new().into())).await?;
            }
            event = events.recv() => match event {
                // Two changes may be told in the wrong order; numbers have no gaps, so a jump means some are still to come.
                Ok(event) if event.seq > last + 1 => {
                    last = catch_up(app, &who, last, &mut socket).await?;
                    if !places::is_alive(&app.db, session).await? {
                        return sign_out(&mut socket).await;
                    }
                }
                Ok(event) if event.seq > last => {
                    last = event.seq;
                    tell(&mut socket, &event).await?;
                    if event.kind.starts_with("account.") && !places::is_alive(&app.db, session).await? {
                        return sign_out(&mut socket).await;
                    }
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => last = catch_up(app, &who, last, &mut socket).await?,
                Err(RecvError::Closed) => return Ok(()),
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_))) | None => return Ok(()),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(Error::Unavailable(error.to_string())),
            },
        }
    }
}

async fn sign_out(socket: &mut WebSocket) -> Result<()> {
    let frame = CloseFrame { code: SIGNED_OUT, reason: "signed out".into() };
    send(socket, Message::Close(Some(frame))).await
}

/// Sends what happened after `after`; returns the number of the last event sent, or `after`.
async fn catch_up(app: &App, who: &Who, after: i64, socket: &mut WebSocket) -> Result<i64> {
    let mut last = after;
    loop {
        let batch = events::after(&app.db, who.user, last, CATCH_UP).await?;
        let more = batch.len() as i64 == CATCH_UP;
        for event in batch {
            last = event.seq;
            tell(socket, &event).await?;
        }
        if !more {
            return Ok(last);
        }
    }
}

async fn tell(socket: &mut WebSocket, event: &Event) -> Result<()> {
    send(socket, Message::Text(serde_json::to_string(event)?.into())).await
}

async fn send(socket: &mut WebSocket, message: Message) -> Result<()> {
    match tokio::time::timeout(PATIENCE, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Error::Unavailable(error.to_string())),
        Err(_) => Err(Error::Unavailable("the reader is too slow".into())),
    }
}

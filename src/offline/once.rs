//! A change that a page sends again, because no answer to it came back, is made once.
//!
//! The service worker gives each change a key. The first transaction the change makes keeps the key, so what was made is known
//! exactly as long as what was made; the same key again is answered without doing anything.

use crate::{
    acts::Done,
    db::{self, Tx},
    error::{Error, Result},
    ids::UserId,
    on, on_tx,
    session::{self, Who},
    state::App,
};
use axum::{
    Json,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Mutex;
use uuid::Uuid;

/// The header with the key: the person who made the change and a random id, `<uuid>.<uuid>`.
const HEADER: &str = "idempotency-key";

tokio::task_local! {
    /// The key of the change being made, until a transaction keeps it.
    static SENT: Mutex<Option<Sent>>;
}

struct Sent {
    who: UserId,
    key: String,
    /// Which function it was sent to, hashed.
    to: String,
}

/// Middleware of the server functions: answers a change that was made already, and hands the key of another one on.
pub async fn once(State(app): State<App>, request: Request, next: Next) -> Result<Response> {
    let Some(who) = request.extensions().get::<Who>().map(|who| who.user) else { return Ok(next.run(request).await) };
    let Some(key) = request.headers().get(HEADER) else { return Ok(next.run(request).await) };
    let parts = key.to_str().ok().and_then(|key| key.split_once('.'));
    let read = |text: &str| text.parse::<Uuid>().ok();
    let Some((by, id)) = parts.and_then(|(by, id)| Some((read(by)?, read(id)?))) else {
        return Err(Error::Malformed("The change has no key that can be read. Please reload the page.".into()));
    };
    if by != who.0 {
        return Err(Error::Denied("This change was made by somebody else who was signed in on this device.".into()));
    }
    let key = format!("page {id}");
    if made(&app, who, &key).await? {
        return Ok(Json(Done { bundle: None, count: 0 }).into_response());
    }
    let sent = Sent { who, key, to: session::sha256(request.uri().path()) };
    Ok(SENT.scope(Mutex::new(Some(sent)), next.run(request)).await)
}

async fn made(app: &App, who: UserId, key: &str) -> Result<bool> {
    let found: Option<Uuid> = on!(app.db.read, |c| sqlx::query_scalar(
        "SELECT entity_id FROM idempotency_keys WHERE user_id = $1 AND key = $2"
    )
    .bind(who)
    .bind(key)
    .fetch_optional(c)
    .await)?;
    Ok(found.is_some())
}

/// Keeps the key of the change being made, if it has one, in its first transaction. The person's other changes wait meanwhile, so
/// of two with one key the second finds it kept.
pub async fn claim(tx: &mut Tx, who: UserId) -> Result<()> {
    let taken = SENT.try_with(|sent| sent.lock().ok()?.take_if(|sent| sent.who == who));
    let Ok(Some(Sent { key, to, .. })) = taken else { return Ok(()) };
    let kept = on_tx!(tx, |c| sqlx::query(
        "INSERT INTO idempotency_keys (user_id, key, request, entity_id, created_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (user_id, key) DO NOTHING"
    )
    .bind(who)
    .bind(key)
    .bind(to)
    .bind(Uuid::now_v7())
    .bind(db::now())
    .execute(c)
    .await
    .map(|done| done.rows_affected()))?;
    if kept == 0 {
        return Err(Error::Unavailable("This change is being made at this moment.".into()));
    }
    Ok(())
}

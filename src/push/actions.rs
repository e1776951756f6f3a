//! Which browsers show messages, and putting messages into their queues.

use super::{
    Device, Kind, Pushing,
    content::{Content, Matches},
    key,
    store::{self, New, Waiting},
    subscription::Subscription,
};
use crate::{
    accounts::security::device,
    error::{Error, Result},
    events::Change,
    ids::{DeviceId, PushId},
    seal::{self, PersonKey},
    session::{Who, places, sha256},
    state::App,
};
use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use std::collections::HashMap;

/// Where subscriptions and messages are sealed.
pub(super) const SUBSCRIPTION: &str = "push_devices.subscription";
pub(super) const MESSAGE: &str = "push_outbox.message";
/// What matches replace each other by.
const MATCHES: &str = "matches";
/// New matches wait this long for others that come with them.
const GATHER: Duration = Duration::seconds(10);
/// How long news of matches are of use, and a try.
const MATCHES_HOLD: Duration = Duration::days(3);
const TEST_HOLDS: Duration = Duration::minutes(10);

/// What the card about devices shows.
pub async fn load(app: &App, who: &Who) -> Result<Pushing> {
    let rows = store::list(&app.db, who.user).await?;
    let devices = rows.into_iter().map(|row| Device {
        id: row.id,
        here: who.session == Some(row.session_id),
        label: row.label,
        since: row.created_at,
        reached_at: row.reached_at,
    });
    Ok(Pushing { public_key: key::get(app).await?.public.clone(), devices: devices.collect() })
}

/// Makes the browser of this session a device, in the place of what it was before.
pub async fn keep(app: &App, who: &Who, text: &str) -> Result<()> {
    places::not_the_demo(who)?;
    let session = who.login()?;
    app.limits.heavy(who.user)?;
    let subscription = Subscription::read(&app.fetcher, text).await?;
    let mut change = app.change(who.user).await?;
    let written = serde_json::to_string(&subscription)?;
    let sealed = seal::close(app, &mut change.tx, who.user, SUBSCRIPTION, &written).await?;
    let new = New {
        session,
        endpoint_hash: &sha256(&subscription.endpoint),
        sealed: &sealed,
        label: &device::name(&who.origin.agent),
    };
    let at = change.at;
    store::add(&mut change.tx, who.user, &new, at).await?;
    tell(change).await
}

/// The browser of this session is no device any more; nothing happens where it is none.
pub async fn leave(app: &App, who: &Who) -> Result<()> {
    let session = who.login()?;
    let mut change = app.change(who.user).await?;
    if store::remove_of(&mut change.tx, who.user, session).await? {
        tell(change).await?;
    }
    Ok(())
}

/// Removes one of the person's devices.
pub async fn remove(app: &App, who: &Who, id: DeviceId) -> Result<()> {
    let mut change = app.change(who.user).await?;
    if !store::remove(&mut change.tx, who.user, id).await? {
        return Err(Error::NotFound);
    }
    tell(change).await
}

/// Makes it durable and tells open pages.
pub(super) async fn tell(mut change: Change) -> Result<()> {
    change.record("reminder.devices", None, json!({}));
    change.commit().await
}

/// Sends something to each device, to see that it works.
pub async fn test(app: &App, who: &Who) -> Result<()> {
    app.limits.heavy(who.user)?;
    let mut change = app.change(who.user).await?;
    let at = change.at;
    let sent =
        put(&mut change, &Push { kind: Kind::Test, topic: "test", at, until: at + TEST_HOLDS }, |_| Ok(Content::Test))
            .await?;
    if sent == 0 {
        return Err(Error::Conflict("None of your devices shows messages yet.".into()));
    }
    change.commit().await
}

/// When and as what to send something.
pub struct Push<'a> {
    pub kind: Kind,
    /// What it is about: letters and digits, at most 32. What waits about the same gives way.
    pub topic: &'a str,
    pub at: DateTime<Utc>,
    /// When it is of no use any more.
    pub until: DateTime<Utc>,
}

/// Has something shown on each of the person's devices.
pub async fn show(change: &mut Change, push: &Push<'_>, content: &Content) -> Result<()> {
    put(change, push, |_| Ok(content.clone())).await.map(|_| ())
}

/// Has new matches shown, together with those that wait to be; `awake` says when somebody may be told who could be at this moment.
pub async fn matches(change: &mut Change, new: &Matches, awake: impl Fn(DateTime<Utc>) -> DateTime<Utc>) -> Result<()> {
    let at = awake(change.at + GATHER);
    let push = Push { kind: Kind::Match, topic: MATCHES, at, until: at + MATCHES_HOLD };
    let together = |before: Option<Content>| {
        Ok(Content::Matches(match before {
            Some(Content::Matches(before)) => before.and(new.clone()),
            _ => new.clone(),
        }))
    };
    put(change, &push, together).await.map(|_| ())
}

/// Puts a message into the queue of each device, made from what waits there about the same; answers how many there are.
async fn put(
    change: &mut Change,
    push: &Push<'_>,
    content: impl Fn(Option<Content>) -> Result<Content>,
) -> Result<usize> {
    let (app, who) = (change.app(), change.who);
    let devices = store::devices(&mut change.tx, who).await?;
    if devices.is_empty() || push.until <= push.at {
        return Ok(0);
    }
    let key = seal::key_in(&app, &mut change.tx, who).await?;
    let waiting = store::take_out(&mut change.tx, who, push.topic).await?;
    let mut before: HashMap<DeviceId, Waiting> = waiting.into_iter().map(|one| (one.device_id, one)).collect();
    for device_id in &devices {
        let before = before.remove(device_id);
        let at = before.as_ref().map_or(push.at, |before| before.at.min(push.at));
        let content = content(before.as_ref().map(|before| read(&key, before)).transpose()?)?;
        let new = Waiting {
            id: PushId::fresh(),
            device_id: *device_id,
            kind: push.kind,
            topic: push.topic.to_owned(),
            message_sealed: key.close_text(MESSAGE, &serde_json::to_string(&content)?)?,
            at,
            until_at: push.until,
        };
        store::put(&mut change.tx, who, &new).await?;
    }
    app.pushing.notify_one();
    Ok(devices.len())
}

/// What a message says.
pub(super) fn read(key: &PersonKey, waiting: &Waiting) -> Result<Content> {
    Ok(serde_json::from_str(&key.open_text(MESSAGE, &waiting.message_sealed)?)?)
}

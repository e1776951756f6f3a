//! Noting what is done, and taking it back.

use super::{
    Entity, TakenBack,
    store::{self, Act},
};
use crate::{
    applications, contacts,
    error::{Error, Result},
    events::Change,
    ids::{ActId, ApplicationId, BundleId},
    interviews, jobs, offers, seal, searches, sent,
    session::Who,
    state::App,
    tasks,
};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// How many things that stay as they are get named.
const NAMED: usize = 20;

/// Something that is being done.
pub struct Deed<'a> {
    pub application: Option<ApplicationId>,
    pub entity: Entity,
    pub id: Uuid,
    /// `created`, `moved`, `changed`, `removed`, …
    pub verb: &'a str,
}

/// Notes in a change what is done in it: the state before (None when there was nothing) and after.
pub async fn note<T: Serialize>(change: &mut Change, deed: Deed<'_>, before: Option<&T>, after: &T) -> Result<()> {
    let act = act(change, deed, before, after)?;
    let key = seal::key_in(&change.app(), &mut change.tx, change.who).await?;
    store::insert(&mut change.tx, &key, change.who, &[act]).await
}

/// What is being done, as it is kept.
pub fn act<T: Serialize>(change: &Change, deed: Deed<'_>, before: Option<&T>, after: &T) -> Result<Act> {
    let (before, after) = (serde_json::to_value(before), serde_json::to_value(after));
    Ok(Act {
        id: ActId::fresh(),
        bundle: change.bundle,
        application_id: deed.application,
        entity: deed.entity,
        entity_id: deed.id,
        verb: deed.verb.to_owned(),
        before: before.map_err(Error::internal)?,
        after: after.map_err(Error::internal)?,
        at: change.at,
        undone_at: None,
    })
}

/// Takes back what was done as one. A single act that was changed again since is a conflict; of several, those are kept.
pub async fn take_back(app: &App, who: &Who, bundle: BundleId) -> Result<TakenBack> {
    let mut change = app.change(who.user).await?;
    let key = seal::key_in(app, &mut change.tx, who.user).await?;
    let acts = store::of_bundle(&mut change.tx, &key, who.user, bundle).await?;
    let all = acts.len();
    if all == 0 {
        return Err(Error::NotFound);
    }
    let mut back = TakenBack { count: 0, kept: Vec::new() };
    for act in acts {
        match one(&mut change, &act).await {
            Ok(()) => {
                store::undone(&mut change.tx, who.user, act.id, change.at).await?;
                back.count += 1;
            }
            Err(Error::Conflict(why)) if all > 1 => back.kept.push(why),
            Err(Error::NotFound) if all > 1 => {
                back.kept.push("Something of it was removed since, and stays as it is.".into())
            }
            Err(error) => return Err(error),
        }
    }
    if back.count == 0 {
        return Err(Error::Conflict(back.kept.swap_remove(0)));
    }
    back.kept.sort_unstable();
    back.kept.dedup();
    back.kept.truncate(NAMED);
    change.commit().await?;
    Ok(back)
}

/// Takes one act back, or leaves everything as it is and says why.
async fn one(change: &mut Change, act: &Act) -> Result<()> {
    match act.entity {
        Entity::Application | Entity::Step => applications::undo::take_back(change, act).await,
        Entity::Interview => interviews::undo::take_back(change, act).await,
        Entity::Contact | Entity::ContactLink => contacts::undo::take_back(change, act).await,
        Entity::Document => sent::actions::take_back(change, act).await,
        Entity::Job => jobs::undo::take_back(change, act).await,
        Entity::Task => tasks::undo::take_back(change, act).await,
        Entity::Offer => offers::undo::take_back(change, act).await,
        Entity::SalaryTalk => offers::talk::actions::take_back(change, act).await,
        Entity::Search => searches::undo::take_back(change, act).await,
    }
}

/// A state of an act as what it was.
pub fn state<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T> {
    serde_json::from_value(value.clone()).map_err(Error::internal)
}

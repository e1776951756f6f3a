//! What can be done with offers.

use super::{
    Dealing, Offer, Terms,
    store::{self, Kept},
    talk,
};
use crate::{
    acts::{
        Done, Entity,
        actions::{Deed, note},
    },
    applications::{
        self, Application, ApplicationStatus,
        actions::{finish as end, told},
        history::Actor,
        moves::{self, To},
        stages,
    },
    db,
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, OfferId},
    jobs, profile, seal,
    session::Who,
    state::App,
    tasks::clock,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Everything of an offer that can change, as its acts keep it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub terms: Terms,
    pub deleted_at: Option<DateTime<Utc>>,
}

impl State {
    pub fn of(kept: &Kept) -> Self {
        State { terms: kept.terms.clone(), deleted_at: kept.deleted_at }
    }
}

/// An offer as a form or a program wants it.
pub struct Wanted {
    pub terms: Terms,
    /// The version that was seen; absent where it does not matter.
    pub version: Option<i64>,
    /// Whether an application that stands before offers moves to their first stage.
    pub move_on: bool,
    pub actor: Actor,
}

/// Adds an application's offer or replaces the one that counts; answers with it, and whether anything was changed.
pub async fn save(app: &App, who: &Who, id: ApplicationId, wanted: Wanted) -> Result<(Kept, Done)> {
    let terms = wanted.terms.checked()?;
    let mut change = app.change(who.user).await?;
    let application = applications::store::get_in(app, &mut change.tx, who.user, id).await?;
    let before = store::of_in(app, &mut change.tx, who.user, id).await?;
    // Of an offer that was removed or made meanwhile another version was seen, too.
    if wanted.version.is_some_and(|seen| before.as_ref().is_none_or(|before| before.version != seen)) {
        return Err(Error::changed(&before.map(Offer::from)));
    }
    let same = before.as_ref().is_some_and(|before| before.terms == terms);
    let kept = match before {
        Some(before) if same => before,
        before => set(&mut change, &application, before, terms).await?,
    };
    let moved = wanted.move_on && move_to_offer(&mut change, &application, wanted.actor).await?;
    let done = end(change, u32::from(!same) + u32::from(moved)).await?;
    Ok((kept, done))
}

/// Adds an offer or replaces it inside a change.
pub async fn set(change: &mut Change, application: &Application, before: Option<Kept>, terms: Terms) -> Result<Kept> {
    let brief = jobs::store::brief(&mut change.tx, change.who, application.job_id).await?;
    let at = change.at;
    let verb = if before.is_some() { "changed" } else { "created" };
    let after = match &before {
        Some(before) => Kept { terms, version: before.version + 1, updated_at: at, ..before.clone() },
        None => Kept {
            id: OfferId::fresh(),
            application_id: application.id,
            terms,
            version: 1,
            created_at: at,
            updated_at: at,
            deleted_at: None,
            company: brief.company.clone(),
            title: brief.title.clone(),
        },
    };
    write(change, before.as_ref(), &after).await?;
    let deed = Deed { application: Some(application.id), entity: Entity::Offer, id: after.id.0, verb };
    note(change, deed, before.as_ref().map(State::of).as_ref(), &State::of(&after)).await?;
    change.record(&format!("offer.{verb}"), Some(after.id.0), told(&brief));
    Ok(after)
}

/// Writes an offer as it is to be.
pub async fn write(change: &mut Change, before: Option<&Kept>, after: &Kept) -> Result<()> {
    let key = seal::key_in(&change.app(), &mut change.tx, change.who).await?;
    match before {
        Some(_) => store::update(&mut change.tx, &key, change.who, after).await,
        None => store::insert(&mut change.tx, &key, change.who, after).await,
    }
}

/// Moves an application that stands before offers to their first stage; false when it does not, or there is none.
async fn move_to_offer(change: &mut Change, application: &Application, actor: Actor) -> Result<bool> {
    let all = stages::store::list_in(&mut change.tx, change.who).await?;
    let first = all.iter().find(|stage| stage.status == ApplicationStatus::Offer);
    let Some(stage) = first.filter(|_| stands_before(application.status)) else { return Ok(false) };
    moves::enter(change, application, To { actor, ..To::now(stage) }).await?;
    Ok(true)
}

fn stands_before(status: ApplicationStatus) -> bool {
    use ApplicationStatus::{Applied, Interested, Interview};
    matches!(status, Interested | Applied | Interview)
}

/// Puts an application's offer into the bin.
pub async fn remove(app: &App, who: &Who, id: ApplicationId) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let before = store::of_in(app, &mut change.tx, who.user, id).await?.ok_or(Error::NotFound)?;
    let after =
        Kept { deleted_at: Some(change.at), version: before.version + 1, updated_at: change.at, ..before.clone() };
    write(&mut change, Some(&before), &after).await?;
    let deed = Deed { application: Some(id), entity: Entity::Offer, id: after.id.0, verb: "removed" };
    note(&mut change, deed, Some(&State::of(&before)), &State::of(&after)).await?;
    tell(&mut change, id, after.id.0, "offer.removed").await?;
    end(change, 1).await
}

/// Tells of what belongs to an application.
pub async fn tell(change: &mut Change, application: ApplicationId, id: uuid::Uuid, kind: &str) -> Result<()> {
    let application = applications::store::get_in(&change.app(), &mut change.tx, change.who, application).await?;
    let brief = jobs::store::brief(&mut change.tx, change.who, application.job_id).await?;
    change.record(kind, Some(id), told(&brief));
    Ok(())
}

/// What an application's page shows.
pub async fn dealing(app: &App, who: &Who, id: ApplicationId) -> Result<Dealing> {
    let application = applications::store::get(app, who.user, id).await?;
    let stages = stages::store::list(&app.db, who.user).await?;
    let offer = store::of(app, who.user, id).await?;
    let today = clock::local(clock::zone(&app.db, who.user).await?, db::now()).date();
    let days_left = offer.as_ref().and_then(|offer| offer.terms.decide_by).map(|day| (day - today).num_days());
    let currency = match offer.as_ref().and_then(|offer| offer.terms.base.as_ref()) {
        Some(base) => base.currency.clone(),
        None => {
            let job = jobs::Job::from(jobs::store::get(&app.db, who.user, application.job_id).await?);
            match job.salary {
                Some(salary) => salary.currency,
                None => profile::store::get(app, who.user)
                    .await?
                    .salary_target
                    .map(|target| target.currency)
                    .unwrap_or_default(),
            }
        }
    };
    Ok(Dealing {
        can_move: stands_before(application.status)
            && stages.iter().any(|stage| stage.status == ApplicationStatus::Offer),
        days_left,
        currency,
        talk: talk::actions::list(app, who, id).await?,
        offer: offer.map(Into::into),
    })
}

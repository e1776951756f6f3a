//! Noting what was said about pay, and taking it back.

use super::{Said, Speaker, store};
use crate::{
    acts::{
        Done, Entity,
        actions::{Deed, note, state},
        store::Act,
    },
    api::idempotency,
    applications::{self, actions::finish},
    error::{Check, Error, Result},
    events::Change,
    ids::{ApplicationId, TalkId},
    jobs::draft::is_sensible,
    offers::{Pay, actions::tell, terms::check_pay},
    seal,
    session::Who,
    state::App,
};
use chrono::{DateTime, NaiveDate, Utc};

/// Something said, as a form or a program has it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Today where the person is when absent.
    pub said_on: Option<NaiveDate>,
    pub by: Speaker,
    pub pay: Option<Pay>,
    pub note: String,
}

impl Wanted {
    /// In order; what is wrong is named by field.
    pub fn checked(self) -> Result<Self> {
        let note = self.note.replace('\0', "").trim().to_owned();
        let mut check = Check::default();
        if let Some(pay) = &self.pay {
            check_pay(&mut check, pay, "pay");
        }
        check
            .that(note.chars().count() <= 2_000, "note", "Please use at most 2,000 characters.")
            .that(self.pay.is_some() || !note.is_empty(), "note", "Please enter an amount or a note.")
            .that(self.said_on.is_none_or(is_sensible), "said_on", "Please enter a date from the years 1900 to 2999.");
        check.done()?;
        Ok(Wanted { note, ..self })
    }
}

/// What was said for an application, oldest first.
pub async fn list(app: &App, who: &Who, id: ApplicationId) -> Result<Vec<Said>> {
    applications::store::get(app, who.user, id).await?;
    store::list(app, who.user, id).await
}

/// Adds what was said. `key` is the request's idempotency key.
pub async fn add(
    app: &App,
    who: &Who,
    id: ApplicationId,
    wanted: Wanted,
    key: Option<(String, String)>,
) -> Result<(Said, Done)> {
    let wanted = wanted.checked()?;
    let mut change = app.change(who.user).await?;
    if let Some(id) = idempotency::claim(&mut change.tx, who.user, key.as_ref()).await? {
        let (said, _) = store::any_in(app, &mut change.tx, who.user, TalkId(id)).await?;
        return Ok((said, finish(change, 0).await?));
    }
    let said = note_down(&mut change, id, wanted).await?;
    idempotency::keep(&mut change.tx, who.user, key, said.id.0).await?;
    Ok((said, finish(change, 1).await?))
}

/// Adds what was said inside a change.
pub async fn note_down(change: &mut Change, id: ApplicationId, wanted: Wanted) -> Result<Said> {
    let (app, who) = (change.app(), change.who);
    applications::store::get_in(&app, &mut change.tx, who, id).await?;
    let said = Said {
        id: TalkId::fresh(),
        application_id: id,
        said_on: wanted.said_on.unwrap_or(change.today()),
        by: wanted.by,
        pay: wanted.pay,
        note: wanted.note,
        created_at: change.at,
    };
    let key = seal::key_in(&app, &mut change.tx, who).await?;
    store::insert(&mut change.tx, &key, who, &said, None).await?;
    let deed = Deed { application: Some(id), entity: Entity::SalaryTalk, id: said.id.0, verb: "created" };
    note(change, deed, None, &here()).await?;
    tell(change, id, said.id.0, "offer.talked").await?;
    Ok(said)
}

/// What its acts keep: since when it is in the bin. Nothing else of it changes.
type State = Option<DateTime<Utc>>;

fn here() -> State {
    None
}

/// Puts something that was said into the bin.
pub async fn remove(app: &App, who: &Who, id: TalkId) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let (said, deleted_at) = store::any_in(app, &mut change.tx, who.user, id).await?;
    if deleted_at.is_some() {
        return Err(Error::NotFound);
    }
    let at = change.at;
    store::set_deleted(&mut change.tx, who.user, id, Some(at)).await?;
    let deed = Deed { application: Some(said.application_id), entity: Entity::SalaryTalk, id: id.0, verb: "removed" };
    note(&mut change, deed, Some(&here()), &Some(at)).await?;
    tell(&mut change, said.application_id, id.0, "offer.untalked").await?;
    finish(change, 1).await
}

/// Takes one act back, or leaves everything as it is and says why.
pub async fn take_back(change: &mut Change, act: &Act) -> Result<()> {
    let id = TalkId(act.entity_id);
    let (said, now) = store::any_in(&change.app(), &mut change.tx, change.who, id).await?;
    let after: State = state(&act.after)?;
    if now != after {
        return Err(Error::Conflict("What was said about pay was changed again since, and stays as it is.".into()));
    }
    let back = if act.verb == "created" { Some(change.at) } else { None };
    store::set_deleted(&mut change.tx, change.who, id, back).await?;
    tell(change, said.application_id, id.0, "offer.undone").await
}

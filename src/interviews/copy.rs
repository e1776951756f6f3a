//! Interviews as a whole: for an export, and taking them in again.

use super::{draft::InterviewDraft, store};
use crate::{
    error::Result,
    events::Change,
    ids::{ApplicationId, UserId},
    privacy::export::format::ExportedInterview,
    state::App,
};

/// An application's interviews, whether it is in the bin or not.
pub async fn of(app: &App, who: UserId, application: ApplicationId) -> Result<Vec<ExportedInterview>> {
    let all = store::all(app, who, application).await?;
    Ok(all
        .into_iter()
        .map(|own| ExportedInterview {
            round: own.round,
            kind: own.kind,
            starts_at: own.starts_at,
            ends_at: own.ends_at,
            time_zone: own.time_zone,
            place: own.place,
            link: own.link,
            people: own.people,
            preparation: own.preparation,
            result: own.result,
            notes: own.notes,
            thanked_at: own.thanked_at,
            created_at: own.created_at,
            updated_at: own.updated_at,
        })
        .collect())
}

/// Adds an interview of a file to an application that was taken in; an error names what is wrong with it.
pub async fn take_in(change: &mut Change, application: ApplicationId, from: ExportedInterview) -> Result<()> {
    let (created_at, updated_at) = (from.created_at, from.updated_at);
    let draft = InterviewDraft {
        round: from.round,
        kind: from.kind,
        starts_at: from.starts_at,
        ends_at: from.ends_at,
        time_zone: Some(from.time_zone),
        place: from.place,
        link: from.link,
        people: from.people,
        preparation: from.preparation,
        result: from.result,
        notes: from.notes,
        thanked_at: from.thanked_at,
        move_along: false,
        version: None,
    };
    let mut new = draft.checked(change.zone().name())?.made(application, change.at);
    (new.created_at, new.updated_at) = (created_at, updated_at);
    store::insert(&change.app(), &mut change.tx, change.who, &new).await
}

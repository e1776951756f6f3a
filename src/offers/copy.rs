//! Offers and talk about pay as a whole: everything there is, for an export, and taking it back in.

use super::{
    store::{self, Kept},
    talk::{self, Said, actions::Wanted},
};
use crate::{
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, OfferId, TalkId, UserId},
    privacy::export::format::{ExportedOffer, ExportedTalk},
    seal,
    state::App,
};
use std::collections::{HashMap, HashSet};

/// All of the person's offers, oldest first.
pub async fn offers(app: &App, who: UserId) -> Result<Vec<ExportedOffer>> {
    let all = store::all(app, who).await?;
    Ok(all
        .into_iter()
        .map(|kept| ExportedOffer {
            application_id: kept.application_id,
            terms: kept.terms,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
            deleted_at: kept.deleted_at,
        })
        .collect())
}

/// Everything the person noted about pay, oldest first.
pub async fn talk(app: &App, who: UserId) -> Result<Vec<ExportedTalk>> {
    let all = talk::store::all(app, who).await?;
    Ok(all
        .into_iter()
        .map(|(said, deleted_at)| ExportedTalk {
            application_id: said.application_id,
            said_on: said.said_on,
            by: said.by,
            pay: said.pay,
            note: said.note,
            created_at: said.created_at,
            deleted_at,
        })
        .collect())
}

/// Adds what a file has of the applications that were added with it (`ids`, by the file's). What is not in order is left out;
/// answers with how many.
pub async fn take_in(
    change: &mut Change,
    offers: Vec<ExportedOffer>,
    talk: Vec<ExportedTalk>,
    ids: &HashMap<ApplicationId, ApplicationId>,
) -> Result<u32> {
    let who = change.who;
    let key = seal::key_in(&change.app(), &mut change.tx, who).await?;
    let mut left_out = 0;
    // One of an application counts, whatever the file says.
    let mut counted = HashSet::new();
    for from in offers {
        let Some(application_id) = ids.get(&from.application_id).copied() else { continue };
        let first = from.deleted_at.is_some() || counted.insert(application_id);
        let Some(terms) = from.terms.checked().ok().filter(|_| first) else {
            left_out += 1;
            continue;
        };
        let kept = Kept {
            id: OfferId::fresh(),
            application_id,
            terms,
            version: 1,
            created_at: from.created_at,
            updated_at: from.updated_at,
            deleted_at: from.deleted_at,
            company: String::new(),
            title: String::new(),
        };
        store::insert(&mut change.tx, &key, who, &kept).await?;
    }
    for from in talk {
        let Some(application_id) = ids.get(&from.application_id).copied() else { continue };
        let wanted = Wanted { said_on: Some(from.said_on), by: from.by, pay: from.pay, note: from.note };
        match wanted.checked() {
            Ok(wanted) => {
                let said = Said {
                    id: TalkId::fresh(),
                    application_id,
                    said_on: from.said_on,
                    by: wanted.by,
                    pay: wanted.pay,
                    note: wanted.note,
                    created_at: from.created_at,
                };
                talk::store::insert(&mut change.tx, &key, who, &said, from.deleted_at).await?;
            }
            Err(Error::Invalid(_)) => left_out += 1,
            Err(error) => return Err(error),
        }
    }
    Ok(left_out)
}

//! Searches as a whole: everything there is, for an export, and taking it back in.

use super::{
    MOST,
    actions::{self, Wanted},
    store::{self, State},
};
use crate::{error::Result, events::Change, ids::UserId, privacy::export::format::ExportedSearch, state::App};

/// All of the person's searches, those in the bin included, by name.
pub async fn all(app: &App, who: UserId) -> Result<Vec<ExportedSearch>> {
    let all = store::all(app, who, true).await?;
    Ok(all
        .into_iter()
        .map(|kept| ExportedSearch {
            name: kept.state.name,
            active: kept.state.active,
            criteria: kept.state.criteria,
            looked_at: kept.looked_at,
            created_at: kept.created_at,
            updated_at: kept.updated_at,
            deleted_at: kept.state.deleted_at,
        })
        .collect())
}

/// Adds the searches of a file that are not in the bin there, as long as there is room. One that looks for what another one looks for
/// already is left. What is not in order is left out; answers with how many. Sources are those of the place the file came from, so
/// they are not taken along.
pub async fn take_in(change: &mut Change, file: Vec<ExportedSearch>) -> Result<u32> {
    let app = change.app();
    let taxonomy = app.taxonomy();
    let here = store::all(&app, change.who, false).await?;
    let mut here: Vec<_> = here.into_iter().map(|kept| kept.state.criteria).collect();
    let mut left_out = 0;
    for from in file.into_iter().filter(|search| search.deleted_at.is_none()) {
        let criteria = super::Criteria { sources: Vec::new(), ..from.criteria };
        let Ok(wanted) = (Wanted { name: from.name, active: from.active, criteria }).checked(&taxonomy) else {
            left_out += 1;
            continue;
        };
        if here.len() >= MOST {
            left_out += 1;
            continue;
        }
        if here.contains(&wanted.criteria) {
            continue;
        }
        here.push(wanted.criteria.clone());
        let state = State { name: wanted.name, active: wanted.active, criteria: wanted.criteria, deleted_at: None };
        actions::put(change, None, state).await?;
    }
    Ok(left_out)
}

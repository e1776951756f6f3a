//! The invented person of `--demo`: half a year of job search, so that no page is empty.
//!
//! The half-year is a script, text files in `demo/postings`. It is played through the app's own functions with the clock set to each
//! moment in turn, so scores, alerts, steps and activity follow the same rules as anybody's.

use crate::{accounts, db, error::Result, state::App};

mod dealings;
mod meetings;
mod person;
mod play;
mod script;

/// Makes the person unless there is one. All or nothing: one transaction.
pub async fn make(app: &App) -> Result<()> {
    if accounts::store::demo_person(&app.db).await?.is_some() {
        return Ok(());
    }
    match play::half_year(app, db::now()).await {
        // Another process on the same database was quicker: the address was taken while this one waited.
        Err(_) if accounts::store::demo_person(&app.db).await?.is_some() => Ok(()),
        result => result,
    }
}

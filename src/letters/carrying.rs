//! Carrying out what a message means for an application.

use super::reading::{Goes, Kept, Meeting};
use crate::{
    applications::{
        self, Application, ApplicationStatus,
        history::Actor,
        moves::{self, To},
    },
    error::{Error, Result},
    events::Change,
    ids::ApplicationId,
    interviews::{self, Interview, InterviewKind, InterviewResult, draft::InterviewDraft},
};
use chrono::{DateTime, Utc};

impl Goes {
    pub fn status(self) -> ApplicationStatus {
        match self {
            Goes::Applied => ApplicationStatus::Applied,
            Goes::Rejected => ApplicationStatus::Rejected,
            Goes::Interview => ApplicationStatus::Interview,
            Goes::Offer => ApplicationStatus::Offer,
        }
    }
}

/// Whether a message may move an application from here to there: on, never back, and not once it is over.
fn leads_on(from: ApplicationStatus, to: ApplicationStatus) -> bool {
    use ApplicationStatus::*;
    match to {
        Applied => from == Interested,
        Interview => matches!(from, Interested | Applied),
        Offer => matches!(from, Interested | Applied | Interview),
        Rejected => matches!(from, Interested | Applied | Interview | Offer),
        Interested | Accepted | Withdrawn => false,
    }
}

/// What was done for a message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Deeds {
    /// The application moved.
    pub moved: bool,
    /// An interview was made or changed.
    pub met: bool,
}

impl Deeds {
    /// How many things that are.
    pub fn count(self) -> u32 {
        u32::from(self.moved) + u32::from(self.met)
    }
}

/// Does what a message means. `sent_at` is when it was written.
pub async fn out(change: &mut Change, id: ApplicationId, kept: &Kept, sent_at: Option<DateTime<Utc>>) -> Result<Deeds> {
    let app = change.app();
    let before = applications::store::get_in(&app, &mut change.tx, change.who, id).await?;
    let mut done = Deeds::default();
    if let Some(status) = kept.goes.map(Goes::status).filter(|to| leads_on(before.status, *to)) {
        go(change, &before, status, kept, sent_at).await?;
        done.moved = true;
    }
    if let Some(meeting) = &kept.meeting {
        done.met = settled(change, id, meeting).await? || meet(change, id, meeting).await?;
    }
    Ok(done)
}

async fn go(
    change: &mut Change,
    before: &Application,
    status: ApplicationStatus,
    kept: &Kept,
    sent_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let stage = moves::stage_for(change, status, &before.stage).await?;
    // Written before it came to where it is, or with a clock that runs ahead: now.
    let at = sent_at.filter(|at| *at >= before.stage_since && *at <= change.at);
    let note = ["Mail: ", &kept.subject].concat();
    moves::enter(change, before, To { stage: &stage, at, note, actor: Actor::Mail }).await.map(|_| ())
}

/// The interview of an application that begins then.
async fn at(change: &mut Change, id: ApplicationId, starts_at: DateTime<Utc>) -> Result<Option<Interview>> {
    let app = change.app();
    for known in interviews::store::ids_in(&mut change.tx, change.who, id).await? {
        let interview = interviews::store::get_in(&app, &mut change.tx, change.who, known).await?;
        if interview.starts_at == starts_at {
            return Ok(Some(interview));
        }
    }
    Ok(None)
}

/// Changes the interview that an earlier invitation made: called off, or at another time. False when there is none to change.
async fn settled(change: &mut Change, id: ApplicationId, meeting: &Meeting) -> Result<bool> {
    let Some(before) = meeting.instead_of else { return Ok(false) };
    let Some(interview) = at(change, id, before).await? else { return Ok(false) };
    if interview.result != InterviewResult::Planned || (!meeting.cancelled && before == meeting.starts_at) {
        return Ok(false);
    }
    let known = interview.id;
    let mut draft = InterviewDraft::from(interview);
    if meeting.cancelled {
        draft.result = InterviewResult::Cancelled;
    } else {
        (draft.starts_at, draft.ends_at) = (meeting.starts_at, meeting.ends_at);
        if !meeting.place.is_empty() {
            draft.place.clone_from(&meeting.place);
        }
        draft.link = meeting.link.clone().or(draft.link);
    }
    made(interviews::actions::write(change, known, draft).await)
}

/// A stranger's invitation may say anything; what cannot be an interview is none.
fn made(done: Result<Interview>) -> Result<bool> {
    match done {
        Ok(_) => Ok(true),
        Err(Error::Invalid(_) | Error::Conflict(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes the interview, unless there is one at that time; false when nothing was made.
async fn meet(change: &mut Change, id: ApplicationId, meeting: &Meeting) -> Result<bool> {
    if meeting.cancelled || at(change, id, meeting.starts_at).await?.is_some() {
        return Ok(false);
    }
    let kind = match (&meeting.link, meeting.place.is_empty()) {
        (Some(_), _) => InterviewKind::Video,
        (None, false) => InterviewKind::OnSite,
        (None, true) => InterviewKind::Other,
    };
    let draft = InterviewDraft {
        round: 1,
        kind,
        starts_at: meeting.starts_at,
        ends_at: meeting.ends_at,
        time_zone: meeting.zone.clone(),
        place: meeting.place.clone(),
        link: meeting.link.clone(),
        people: meeting.people.clone(),
        preparation: String::new(),
        result: InterviewResult::Planned,
        notes: String::new(),
        thanked_at: None,
        move_along: false,
        version: None,
    };
    made(interviews::actions::make(change, id, draft, Actor::Mail).await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_moves_on_and_never_back() {
        use ApplicationStatus::*;
        assert!(leads_on(Interested, Applied) && leads_on(Applied, Interview) && leads_on(Offer, Rejected));
        assert!(!leads_on(Interview, Applied) && !leads_on(Offer, Interview) && !leads_on(Applied, Applied));
        for over in [Accepted, Rejected, Withdrawn] {
            assert!([Applied, Interview, Offer, Rejected].into_iter().all(|to| !leads_on(over, to)), "{over:?}");
        }
    }
}

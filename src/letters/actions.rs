//! What can be done with mail that was read.

use super::{
    Choice, Letter, Letters, State, carrying, known,
    reading::{self, Found, Goes, Kept, Read},
    store::{self, Stored},
};
use crate::{
    acts::Done,
    applications::{
        self,
        stages::{self, Stage},
    },
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, LetterId, UserId},
    profile,
    session::Who,
    state::App,
};
use serde_json::json;
use std::collections::HashMap;

pub use reading::Source;

/// Characters of a message's beginning that are shown.
const EXCERPT: usize = 400;
/// Messages on the page, of those that wait and of those that were carried out.
const SHOWN: i64 = 100;

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Messages that were read.
    pub messages: usize,
    /// Those that were read before, or have nothing to belong to any more.
    pub known: usize,
    /// Carried out, and waiting for the person's word.
    pub done: usize,
    pub asked: usize,
    /// What could not be read, in words.
    pub problems: Vec<String>,
}

/// Reads a mailbox or a message: what is sure is carried out, what is likely waits, the rest is forgotten.
pub async fn take_in(app: &App, who: &Who, name: &str, bytes: Vec<u8>) -> Result<Report> {
    app.limits.heavy(who.user)?;
    if bytes.is_empty() {
        return Err(Error::invalid("file", "Please choose a file of mail: .eml or .mbox."));
    }
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let words = if name.to_lowercase().ends_with(".msg") || !bytes.starts_with(b"PK") {
            "Outlook’s own .msg files cannot be read. Save the message as .eml, or drag it out of Outlook on the web."
        } else {
            "This is a zip file. Please unpack it and choose the .mbox or .eml inside."
        };
        return Err(Error::invalid("file", words));
    }
    let report = settle(app, who.user, std::slice::from_ref(&who.email), Source::File(bytes)).await?;
    if report.messages == 0 {
        let words = report.problems.into_iter().next();
        return Err(Error::invalid("file", words.unwrap_or_else(|| "There is no message in this file.".into())));
    }
    Ok(report)
}

/// Finds out what messages mean for a person's applications and does it. `own` are the person's addresses.
pub async fn settle(app: &App, who: UserId, own: &[String], source: Source) -> Result<Report> {
    let is_mailbox = matches!(source, Source::Messages(_));
    let known = known::gather(app, who, own).await?;
    let before = store::digests(&app.db, who).await?;
    let zone = profile::store::get(app, who).await?.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let read = tokio::task::spawn_blocking(move || reading::read(source, known, &before, zone));
    let Read { found, messages, known, problems } = read.await.map_err(Error::internal)?;
    let mut report = Report { messages, known, problems, ..Report::default() };
    if found.is_empty() && messages == 0 {
        return Ok(report);
    }
    for one in found {
        let kept = match one.sure {
            true => carry_out(app, who, &one).await?,
            false => ask(app, who, &one).await?,
        };
        match (kept, one.sure) {
            (false, _) => report.known += 1,
            (true, true) => report.done += 1,
            (true, false) => report.asked += 1,
        }
    }
    // A mailbox is looked into often; only what came of it is worth telling.
    if is_mailbox && report.done + report.asked == 0 {
        return Ok(report);
    }
    let mut change = app.change_in(app.db.begin().await?, who).await?;
    let detail = json!({ "messages": report.messages, "done": report.done, "asked": report.asked });
    change.record("application.mail_read", None, detail);
    change.commit().await?;
    Ok(report)
}

/// Carries out what is sure; false when the message was read before.
async fn carry_out(app: &App, who: UserId, one: &Found) -> Result<bool> {
    let mut change = app.change_in(app.db.begin().await?, who).await?;
    let done = match carrying::out(&mut change, one.application, &one.kept, one.sent_at).await {
        // Removed since it was looked for: nothing to do, and nothing to keep it with.
        Err(Error::NotFound) => return Ok(false),
        done => done?,
    };
    let bundle = (done.count() > 0).then_some(change.bundle);
    let mut one = one.clone();
    one.kept.moved = Some(done.moved);
    if !store::insert(app, &mut change.tx, who, &one, (State::Done, bundle)).await? {
        return Ok(false);
    }
    change.commit().await?;
    Ok(true)
}

/// Has a message wait for the person's word; false when it was read before.
async fn ask(app: &App, who: UserId, one: &Found) -> Result<bool> {
    let mut change = app.change_in(app.db.begin().await?, who).await?;
    let kept = store::insert(app, &mut change.tx, who, one, (State::Asked, None)).await?;
    change.commit().await?;
    Ok(kept)
}

/// What waits, and what was carried out last.
pub async fn list(app: &App, who: &Who) -> Result<Letters> {
    let asked = store::list(app, who.user, &[State::Asked], SHOWN).await?;
    let done = store::list(app, who.user, &[State::Done, State::Agreed], SHOWN).await?;
    let teller = Teller::new(app, who).await?;
    Ok(Letters {
        applications: !teller.names.is_empty(),
        asked: asked.into_iter().map(|letter| teller.tell(letter)).collect(),
        done: done.into_iter().map(|letter| teller.tell(letter)).collect(),
    })
}

/// The mail of one application, newest first.
pub async fn of_application(app: &App, who: &Who, id: ApplicationId) -> Result<Vec<Letter>> {
    applications::store::get(app, who.user, id).await?;
    let all = store::of_application(app, who.user, id, SHOWN).await?;
    let teller = Teller::new(app, who).await?;
    Ok(all.into_iter().map(|letter| teller.tell(letter)).collect())
}

/// What is needed to say what messages do.
struct Teller {
    names: HashMap<ApplicationId, String>,
    stages: Vec<Stage>,
}

impl Teller {
    async fn new(app: &App, who: &Who) -> Result<Self> {
        let names = applications::tracker::store::names(&app.db, who.user).await?.into_iter().collect();
        Ok(Teller { names, stages: stages::store::list(&app.db, who.user).await? })
    }

    /// "Moves it to Rejected."
    fn goes(&self, goes: Goes, settled: bool) -> String {
        let status = goes.status();
        let stage = self.stages.iter().find(|stage| stage.status == status);
        let name = stage.map_or(status.label(), |stage| &stage.name);
        [if settled { "Moved it to " } else { "Moves it to " }, name, "."].concat()
    }

    fn does(&self, kept: &Kept, settled: bool) -> Vec<String> {
        let goes = kept.goes.filter(|_| kept.moved != Some(false));
        let mut does: Vec<String> = goes.map(|one| self.goes(one, settled)).into_iter().collect();
        if let Some(meeting) = &kept.meeting {
            let (did, will) = match (meeting.cancelled, meeting.instead_of.is_some_and(|at| at != meeting.starts_at)) {
                (true, _) => ("Called the interview off.", "Calls the interview off."),
                (false, true) => ("Moved the interview.", "Moves the interview."),
                (false, false) => ("Made the interview.", "Makes the interview."),
            };
            does.push(if settled { did } else { will }.to_owned());
        }
        does
    }

    fn tell(&self, stored: Stored) -> Letter {
        let settled = matches!(stored.state, State::Done | State::Agreed);
        let mut does = self.does(&stored.kept, settled);
        if does.is_empty() || (settled && stored.bundle.is_none()) {
            does = vec![if settled { "Changed nothing." } else { "Is kept with it." }.to_owned()];
        }
        let or = stored.kept.or.iter().filter(|id| **id != stored.application);
        let or = or.filter_map(|id| Some(Choice { id: *id, name: self.names.get(id)?.clone() })).collect();
        Letter {
            id: stored.id,
            from: stored.kept.from,
            subject: stored.kept.subject,
            excerpt: stored.kept.text.chars().take(EXCERPT).collect(),
            sent_at: stored.sent_at,
            kind: stored.kept.kind,
            confidence: stored.kept.confidence,
            reasons: stored.kept.reasons,
            does: does.join(" "),
            state: stored.state,
            application: Choice { id: stored.application, name: stored.name },
            or,
            bundle: stored.bundle,
        }
    }
}

/// Carries out what a message that waits means, for its application or another.
pub async fn agree(app: &App, who: &Who, id: LetterId, other: Option<ApplicationId>) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let letter = store::get_in(app, &mut change.tx, who.user, id).await?;
    let application = other.unwrap_or(letter.application);
    let done = carrying::out(&mut change, application, &letter.kept, letter.sent_at).await?.count();
    let bundle = (done > 0).then_some(change.bundle);
    let settled = (State::Asked, State::Agreed);
    if !store::settle(&mut change.tx, who.user, id, settled, (application, bundle)).await? {
        return Err(Error::Conflict("This was answered meanwhile. The page shows how it is now.".into()));
    }
    tell(&mut change, id);
    applications::actions::finish(change, done).await
}

/// Says that a message means nothing.
pub async fn dismiss(app: &App, who: &Who, id: LetterId) -> Result<()> {
    turn(app, who, id, (State::Asked, State::Dismissed)).await
}

/// Has a message that was dismissed wait again.
pub async fn ask_again(app: &App, who: &Who, id: LetterId) -> Result<()> {
    turn(app, who, id, (State::Dismissed, State::Asked)).await
}

async fn turn(app: &App, who: &Who, id: LetterId, states: (State, State)) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let letter = store::get_in(app, &mut change.tx, who.user, id).await?;
    if letter.state == states.1 {
        return Ok(());
    }
    if !store::settle(&mut change.tx, who.user, id, states, (letter.application, None)).await? {
        return Err(Error::Conflict("This was answered meanwhile. The page shows how it is now.".into()));
    }
    tell(&mut change, id);
    change.commit().await
}

/// Has open pages look again.
fn tell(change: &mut Change, id: LetterId) {
    change.record("application.mail_settled", Some(id.0), json!({}));
}

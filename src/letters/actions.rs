//! What can be done with mail that was read.

use super::{
    Choice, Letter, Letters, State, carrying, known,
    reading::{self, Found, Goes, Read},
    store::{self, Stored},
};
use crate::{
    acts::Done,
    applications::{self, stages},
    error::{Error, Result},
    events::Change,
    ids::{ApplicationId, LetterId},
    profile,
    session::Who,
    state::App,
};
use serde_json::json;
use std::collections::HashMap;

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
    let known = known::gather(app, who.user, &who.email).await?;
    let before = store::digests(&app.db, who.user).await?;
    let zone = profile::store::get(app, who.user).await?.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let read = tokio::task::spawn_blocking(move || reading::read(bytes, known, &before, zone));
    let Read { found, messages, known, problems } = read.await.map_err(Error::internal)?;
    if messages == 0 {
        let words = problems.into_iter().next();
        return Err(Error::invalid("file", words.unwrap_or_else(|| "There is no message in this file.".into())));
    }
    let mut report = Report { messages, known, problems, ..Report::default() };
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
    let mut change = app.change_in(app.db.begin().await?, who.user).await?;
    let detail = json!({ "messages": report.messages, "done": report.done, "asked": report.asked });
    change.record("application.mail_read", None, detail);
    change.commit().await?;
    Ok(report)
}

/// Carries out what is sure; false when the message was read before.
async fn carry_out(app: &App, who: &Who, one: &Found) -> Result<bool> {
    let mut change = app.change_in(app.db.begin().await?, who.user).await?;
    let done = match carrying::out(&mut change, one.application, &one.kept, one.sent_at).await {
        // Removed since it was looked for: nothing to do, and nothing to keep it with.
        Err(Error::NotFound) => return Ok(false),
        done => done?,
    };
    let bundle = (done > 0).then_some(change.bundle);
    if !store::insert(app, &mut change.tx, who.user, one, (State::Done, bundle)).await? {
        return Ok(false);
    }
    change.commit().await?;
    Ok(true)
}

/// Has a message wait for the person's word; false when it was read before.
async fn ask(app: &App, who: &Who, one: &Found) -> Result<bool> {
    let mut change = app.change_in(app.db.begin().await?, who.user).await?;
    let kept = store::insert(app, &mut change.tx, who.user, one, (State::Asked, None)).await?;
    change.commit().await?;
    Ok(kept)
}

/// What waits, and what was carried out last.
pub async fn list(app: &App, who: &Who) -> Result<Letters> {
    let asked = store::list(app, who.user, &[State::Asked], SHOWN).await?;
    let done = store::list(app, who.user, &[State::Done, State::Agreed], SHOWN).await?;
    let names: HashMap<ApplicationId, String> =
        applications::tracker::store::names(&app.db, who.user).await?.into_iter().collect();
    let stages = stages::store::list(&app.db, who.user).await?;
    let goes = |goes: Goes, settled: bool| {
        let status = goes.status();
        let name = stages.iter().find(|stage| stage.status == status).map_or(status.label(), |stage| &stage.name);
        [if settled { "Moved it to " } else { "Moves it to " }, name, "."].concat()
    };
    let letters = |all: Vec<Stored>| {
        let shown = all.into_iter().map(|stored| {
            let settled = matches!(stored.state, State::Done | State::Agreed);
            let mut does: Vec<String> = stored.kept.goes.map(|one| goes(one, settled)).into_iter().collect();
            if stored.kept.meeting.is_some() {
                does.push(if settled { "Made the interview." } else { "Makes the interview." }.to_owned());
            }
            if does.is_empty() || (settled && stored.bundle.is_none()) {
                does = vec![if settled { "Changed nothing." } else { "Is kept with it." }.to_owned()];
            }
            let or = stored.kept.or.iter().filter(|id| **id != stored.application);
            let or = or.filter_map(|id| Some(Choice { id: *id, name: names.get(id)?.clone() })).collect();
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
        });
        shown.collect::<Vec<_>>()
    };
    Ok(Letters { applications: !names.is_empty(), asked: letters(asked), done: letters(done) })
}

/// Carries out what a message that waits means, for its application or another.
pub async fn agree(app: &App, who: &Who, id: LetterId, other: Option<ApplicationId>) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let letter = store::get_in(app, &mut change.tx, who.user, id).await?;
    let application = other.unwrap_or(letter.application);
    let done = carrying::out(&mut change, application, &letter.kept, letter.sent_at).await?;
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

//! What makes exports: woken when one was asked for, and looking now and then for those whose process is gone.

use super::{
    actions::PLACE,
    archive::Archive,
    format::{self, FORMAT, Manifest, VERSION},
    store::{self, Task},
};
use crate::{
    accounts, alerts, applications, audit, briefings, contacts, db,
    error::{Error, Result},
    events, feedback, google_calendar,
    ids::UserId,
    jobs, letters, mail, offers, on, postings,
    privacy::{State, consent},
    profile, push, reminders,
    seal::{self, PersonKey},
    searches, session, sources,
    state::App,
    tasks,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use std::time::Duration;

/// Rows read at a time.
const AT_ONCE: i64 = 250;
/// Other processes may ask for one without waking this one.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// Makes what is asked for until the app stops.
pub async fn run(app: App) {
    loop {
        tokio::select! {
            biased;
            () = app.stopping.cancelled() => return,
            () = work(&app) => {}
        }
        tokio::select! {
            biased;
            () = app.stopping.cancelled() => return,
            () = app.exporting.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Makes everything that waits. Given up half-way, a later process takes over.
async fn work(app: &App) {
    loop {
        let task = match store::claim(&app.db).await {
            Ok(Some(task)) => task,
            Ok(None) => return,
            Err(error) => return tracing::warn!(%error, "exports cannot be read"),
        };
        let made = Making::begin(app, &task).await;
        let (state, bytes) = match made {
            Ok(Some(bytes)) => (State::Ready, bytes),
            // Deleted, or another process has it.
            Ok(None) => continue,
            Err(error) => {
                tracing::warn!(%error, export = %task.id, "an export failed");
                (State::Failed, 0)
            }
        };
        if let Err(error) = end(app, &task, state, bytes).await {
            tracing::warn!(%error, export = %task.id, "an export could not be ended");
            return;
        }
    }
}

async fn end(app: &App, task: &Task, state: State, bytes: i64) -> Result<()> {
    let mut change = app.change_in(app.db.begin().await?, task.user_id).await?;
    if store::finish(&mut change.tx, task, state, bytes, change.at).await? {
        change.record("account.export", Some(task.id.0), json!({ "state": state }));
        change.commit().await?;
    }
    Ok(())
}

/// An export while it is made.
struct Making<'a> {
    app: &'a App,
    task: &'a Task,
    key: PersonKey,
    archive: Archive,
    /// Number of the next part.
    part: i64,
    bytes: i64,
    done: i64,
    total: i64,
}

impl<'a> Making<'a> {
    /// Answers with the size of the file, or None when nobody wants it any more.
    async fn begin(app: &'a App, task: &'a Task) -> Result<Option<i64>> {
        let who = task.user_id;
        let mut tx = app.db.begin().await?;
        let key = seal::key_in(app, &mut tx, who).await?;
        tx.commit().await?;
        let total = jobs::copy::count(&app.db, who).await?
            + applications::copy::count(&app.db, who).await?
            + contacts::store::count(&app.db, who, "").await?
            + events::count(&app.db, who).await?;
        let making = Making { app, task, key, archive: Archive::begin(), part: 0, bytes: 0, done: 0, total };
        making.make().await
    }

    async fn make(mut self) -> Result<Option<i64>> {
        let (app, who) = (self.app, self.task.user_id);
        let db = &app.db;
        self.archive.text("README.txt", format::README)?;
        let manifest = Manifest {
            format: FORMAT.into(),
            version: VERSION,
            made_at: db::now(),
            made_by: app.config.public_url.clone(),
        };
        self.archive.json(format::MANIFEST, &manifest)?;
        self.archive.json("account.json", &account(app, who).await?)?;
        self.archive.json(format::PROFILE, &profile::store::get(app, who).await?)?;
        if let Some(picture) = profile::picture::store::get(app, who).await? {
            self.archive.file(&["picture.", picture.kind()].concat(), picture.bytes())?;
        }

        self.archive.begin_list(format::JOBS)?;
        let mut last = None;
        loop {
            let rows = jobs::copy::after(db, who, last, AT_ONCE).await?;
            let Some(newest) = rows.last() else { break };
            last = Some(newest.id);
            if !self.add(rows).await? {
                return Ok(None);
            }
        }
        self.archive.end_list()?;

        self.archive.list(format::STAGES, &applications::copy::stages(db, who).await?)?;
        self.archive.list(format::VIEWS, &applications::views::store::list(db, who).await?)?;
        self.archive.begin_list(format::APPLICATIONS)?;
        let mut last = None;
        loop {
            let rows = applications::copy::after(app, who, last, AT_ONCE).await?;
            let Some(newest) = rows.last() else { break };
            last = Some(newest.id);
            if !self.add(rows).await? {
                return Ok(None);
            }
        }
        self.archive.end_list()?;

        self.archive.begin_list(format::CONTACTS)?;
        let mut read = 0;
        loop {
            let rows = contacts::copy::some(app, who, AT_ONCE, read).await?;
            if rows.is_empty() {
                break;
            }
            read += AT_ONCE;
            if !self.add(rows).await? {
                return Ok(None);
            }
        }
        self.archive.end_list()?;
        self.archive.list(format::TASKS, &tasks::copy::all(app, who).await?)?;
        self.archive.list(format::OFFERS, &offers::copy::offers(app, who).await?)?;
        self.archive.list(format::TALK, &offers::copy::talk(app, who).await?)?;
        self.archive.list(format::LETTERS, &letters::copy::all(app, who).await?)?;
        if let Some(mailbox) = letters::mailbox::actions::copy(app, who).await? {
            self.archive.json("mailbox.json", &mailbox)?;
        }
        if let Some(calendar) = google_calendar::actions::copy(app, who).await? {
            self.archive.json("google-calendar.json", &calendar)?;
        }
        self.archive.json("reminders.json", &reminders::store::settings(db, who).await?)?;
        self.archive.list("sources.json", &sources::choices::noted(db, who).await?)?;
        self.archive.list("devices.json", &push::store::noted(db, who).await?)?;

        self.archive.json("briefing-settings.json", &briefings::store::settings(db, who).await?)?;
        self.archive.begin_list("briefings.json")?;
        let mut last = None;
        loop {
            let rows = briefings::store::after(app, who, last, AT_ONCE).await?;
            let Some(newest) = rows.last() else { break };
            last = Some(newest.line.id);
            if !self.add(rows).await? {
                return Ok(None);
            }
        }
        self.archive.end_list()?;

        self.archive.begin_list("activity.json")?;
        let mut last = 0;
        loop {
            let rows = events::told_after(db, who, last, AT_ONCE).await?;
            let Some(newest) = rows.last() else { break };
            last = newest.seq;
            if !self.add(rows).await? {
                return Ok(None);
            }
        }
        self.archive.end_list()?;

        self.archive.list(format::SEARCHES, &searches::copy::all(app, who).await?)?;
        self.archive.begin_list("matches.json")?;
        let mut last = None;
        loop {
            let rows = searches::matches::after(db, who, last, AT_ONCE).await?;
            let Some(newest) = rows.last() else { break };
            last = Some(newest.posting());
            if !self.add(rows).await? {
                return Ok(None);
            }
        }
        self.archive.end_list()?;
        self.archive.list("match-days.json", &searches::matches::days(db, who).await?)?;
        self.archive.list(format::ALERTS, &alerts::store::all(db, who).await?)?;
        self.archive.list(format::FEEDBACK, &feedback::copy::said(app, who).await?)?;
        self.archive.list(format::HIDDEN, &feedback::copy::hidden(app, who).await?)?;
        self.archive.list("kept-apart.json", &postings::store::all_apart(db, who).await?)?;
        self.archive.list("imports.json", &jobs::import::store::all(db, who).await?)?;
        self.archive.list("application-imports.json", &applications::transfer::store::all(db, who).await?)?;
        self.archive.list("mail.json", &mail::store::of(db, who).await?)?;
        self.archive.list("account-log.json", &audit::store::all(db, who).await?)?;

        let archive = std::mem::replace(&mut self.archive, Archive::begin());
        if !self.put(archive.finish()?).await? {
            return Ok(None);
        }
        Ok(Some(self.bytes))
    }

    /// Adds rows to the list that was begun; false when nobody wants it any more. Packing takes a while, so it is done apart.
    async fn add<T: Serialize + Send + 'static>(&mut self, rows: Vec<T>) -> Result<bool> {
        self.done += i64::try_from(rows.len()).unwrap_or_default();
        let mut archive = std::mem::replace(&mut self.archive, Archive::begin());
        let (archive, pieces) = tokio::task::spawn_blocking(move || -> Result<_> {
            archive.entries(&rows)?;
            let pieces = archive.pieces();
            Ok((archive, pieces))
        })
        .await
        .map_err(Error::internal)??;
        self.archive = archive;
        self.put(pieces).await
    }

    async fn put(&mut self, pieces: Vec<Vec<u8>>) -> Result<bool> {
        let mut sealed = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            self.bytes += i64::try_from(piece.len()).unwrap_or_default();
            sealed.push(self.key.close(PLACE, piece)?);
        }
        let first = self.part;
        self.part += i64::try_from(sealed.len()).unwrap_or_default();
        store::put(&self.app.db, self.task, first, sealed, self.done, self.total).await
    }
}

/// The account itself: never a secret, and nothing that finds one.
async fn account(app: &App, who: UserId) -> Result<Value> {
    let person = session::person(&app.db, who).await?.ok_or(Error::NotFound)?;
    let opened: DateTime<Utc> = on!(app.db.read, |c| sqlx::query_scalar("SELECT created_at FROM users WHERE id = $1")
        .bind(who)
        .fetch_one(c)
        .await)?;
    let login = accounts::store::login(&app.db, &person.email).await?;
    let ways: Vec<Value> = accounts::providers::store::list(&app.db, who)
        .await?
        .into_iter()
        .map(|way| json!({ "provider": way.provider, "email": way.email }))
        .collect();
    let places: Vec<Value> = session::places::list(&app.db, &person)
        .await?
        .into_iter()
        .map(|place| json!({ "kind": place.kind, "device": place.user_agent, "address": place.address, "since": place.created_at, "seen_at": place.seen_at }))
        .collect();
    let consents: Vec<Value> = consent::store::history(&app.db, who)
        .await?
        .into_iter()
        .map(
            |(purpose, version, given, at)| json!({ "purpose": purpose, "version": version, "given": given, "at": at }),
        )
        .collect();
    Ok(json!({
        "email": person.email,
        "email_confirmed_at": accounts::store::email_verified_at(&app.db, who).await?,
        "name": person.name,
        "roles": person.roles,
        "opened_at": opened,
        "has_password": login.is_some_and(|login| login.password_hash.is_some()),
        "second_factor": accounts::second::actions::is_on(app, who).await?,
        "passkeys": accounts::passkeys::store::list(&app.db, who).await?,
        "ways_in": ways,
        "places": places,
        "access_tokens": accounts::tokens::store::list(&app.db, who).await?,
        "consents": consents,
    }))
}

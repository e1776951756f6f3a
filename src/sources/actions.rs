//! What can be done with one's sources: choosing, ordering, adding.

use super::{
    Directory, Health, Listed, Mine, Source, Sources, Tally, choices,
    finding::{self, Known},
    numbers, store, visits,
};
use crate::{
    db,
    error::{Error, Result},
    events::Change,
    ids::{SourceId, UserId},
    session::Who,
    state::App,
    work::{self, Priority},
};
use boards::{
    Format,
    address::{self, Place, Query},
    directory,
    text::folded,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Sources one person can choose.
pub const MOST: i64 = 300;
/// Companies of the directory shown at a time.
const SHOWN: usize = 20;
/// What everybody starts with: boards that answer everybody, and ask for nothing but being named.
const EVERYBODYS: [&str; 8] = [
    "https://remotive.com/api/remote-jobs",
    "https://www.arbeitnow.com/api/job-board-api",
    "https://remoteok.com/api",
    "https://jobicy.com/api/v2/remote-jobs",
    "https://himalayas.app/jobs/api",
    "https://weworkremotely.com/remote-jobs.rss",
    "https://www.themuse.com/api/public/jobs?page=1",
    "https://news.ycombinator.com/user?id=whoishiring",
];

/// Makes the sources that everybody starts with, unless they are there.
pub async fn seed(app: &App) -> Result<()> {
    let known = store::shared(&app.db).await?;
    if usize::try_from(known).is_ok_and(|known| known >= EVERYBODYS.len()) {
        return Ok(());
    }
    let at = db::now();
    let mut tx = app.db.begin().await?;
    for place in EVERYBODYS.iter().filter_map(|address| address::place(address).ok()) {
        store::share(&mut tx, &place, &finding::label(&place), at).await?;
    }
    tx.commit().await
}

/// A source as it is shown.
pub fn shown(app: &App, row: store::Row, now: DateTime<Utc>) -> Source {
    let open = Format::parse(&row.kind).is_none_or(|format| app.config.source_keys.open(format));
    let health = match row.paused_until {
        _ if row.held => Health::Held,
        _ if !open => Health::Closed,
        Some(until) if until > now => Health::Paused,
        Some(_) => Health::Trial,
        None if row.failures > 0 => Health::Failing,
        None if row.succeeded_at.is_none() => Health::New,
        None => Health::Well,
    };
    Source {
        id: row.id,
        kind: row.kind,
        label: row.label,
        address: row.address,
        company: row.company,
        shared: row.shared,
        health,
        succeeded_at: row.succeeded_at,
        note: row.note,
        failures: row.failures,
        last_error: row.last_error,
        failed_at: row.failed_at,
        paused_until: row.paused_until.filter(|until| *until > now),
        next_at: row.next_at,
    }
}

/// The person's sources, in their order.
pub async fn mine(app: &App, who: UserId) -> Result<Vec<Mine>> {
    seed(app).await?;
    let tallies = numbers::of(&app.db, who).await?;
    let now = db::now();
    let all = choices::of(&app.db, who).await?;
    Ok((0_i64..).zip(all).map(|(rank, chosen)| one(app, chosen, rank, &tallies, now)).collect())
}

fn one(app: &App, chosen: choices::Chosen, rank: i64, tallies: &HashMap<SourceId, Tally>, now: DateTime<Utc>) -> Mine {
    let numbers = tallies.get(&chosen.row.id).copied().unwrap_or_default();
    Mine { wanted: chosen.wanted, rank, numbers, source: shown(app, chosen.row, now) }
}

/// One of the person's sources.
pub async fn mine_by_id(app: &App, who: UserId, id: SourceId) -> Result<Mine> {
    mine(app, who).await?.into_iter().find(|mine| mine.source.id == id).ok_or(Error::NotFound)
}

/// What the page shows.
pub async fn load(app: &App, who: &Who) -> Result<Sources> {
    let asked = app.config.source_keys.opened();
    Ok(Sources {
        mine: mine(app, who.user).await?,
        asked: asked.into_iter().map(|format| (format.as_str().to_owned(), format.label().to_owned())).collect(),
        visiting: app.config.scraping,
    })
}

/// Companies of the directory that fit.
pub async fn directory(app: &App, who: &Who, q: &str, field: &str, country: &str) -> Result<Directory> {
    let have: HashSet<String> =
        choices::of(&app.db, who.user).await?.into_iter().map(|chosen| chosen.row.address).collect();
    let q = folded(&q.chars().take(100).collect::<String>());
    let q = q.trim();
    let fits = |entry: &&directory::Entry| {
        (q.is_empty() || folded(entry.name).contains(q) || entry.aliases.iter().any(|alias| folded(alias).contains(q)))
            && (field.is_empty() || entry.field == field)
            && (country.is_empty() || entry.country == country)
    };
    let all: Vec<&directory::Entry> = directory::all().iter().filter(fits).collect();
    let unique = |of: fn(&directory::Entry) -> &'static str| {
        directory::all().iter().map(of).collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect()
    };
    Ok(Directory {
        total: all.len(),
        companies: all
            .into_iter()
            .take(SHOWN)
            .map(|entry| Listed {
                name: entry.name.to_owned(),
                field: entry.field.to_owned(),
                country: entry.country.to_owned(),
                board: entry.format.label().to_owned(),
                mine: have.contains(&entry.address),
                address: entry.address.clone(),
            })
            .collect(),
        fields: unique(|entry| entry.field),
        countries: unique(|entry| entry.country),
    })
}

/// Adds a source by the name of a company or an address, and has it visited.
pub async fn add(app: &App, who: &Who, what: &str) -> Result<Mine> {
    let known = finding::find(app, what).await?;
    put(app, who, known).await
}

/// Adds a question to a board that answers questions.
pub async fn ask(app: &App, who: &Who, kind: &str, words: &str, place: &str, country: &str) -> Result<Mine> {
    let open = |format: &Format| app.config.source_keys.opened().contains(format);
    let format = Format::parse(kind).filter(open).ok_or_else(|| {
        Error::invalid("kind", "This board does not answer questions here: it needs a key that is not set.")
    })?;
    if words.trim().is_empty() {
        return Err(Error::invalid("words", "Please say what to look for."));
    }
    let too_long = |field: &str| Error::invalid(field, "At most 200 characters, please.");
    for (field, text) in [("words", words), ("place", place), ("country", country)] {
        if text.chars().count() > 200 || text.contains('\0') {
            return Err(too_long(field));
        }
    }
    let query = Query { words: words.to_owned(), place: place.to_owned(), country: country.to_owned() };
    let request = address::ask(format, &query).map_err(|error| Error::invalid("country", error.to_string()))?;
    let place = Place { format, address: request.url, company: None };
    put(app, who, Known { label: finding::label(&place), place }).await
}

async fn put(app: &App, who: &Who, known: Known) -> Result<Mine> {
    let mut change = app.change(who.user).await?;
    room(&mut change).await?;
    let at = change.at;
    let id = store::add(&mut change.tx, &known.place, &known.label, at).await?;
    choices::want(&mut change.tx, who.user, id, true, at).await?;
    work::put(&mut change.tx, &visits::order(id, at, Priority::Now, "fetch")).await?;
    change.record("source.added", Some(id.0), json!({ "label": known.label }));
    change.commit().await?;
    app.working.notify_one();
    mine_by_id(app, who.user, id).await
}

async fn room(change: &mut Change) -> Result<()> {
    if choices::count(&mut change.tx, change.who).await? >= MOST {
        let words = format!("You have {MOST} sources, which is as many as there can be. Take some off first.");
        return Err(Error::invalid("what", words));
    }
    Ok(())
}

/// Turns a source on or off.
pub async fn want(app: &App, who: &Who, id: SourceId, wanted: bool) -> Result<()> {
    let mut change = app.change(who.user).await?;
    if !choices::has(&mut change.tx, who.user, id).await? {
        return Err(Error::NotFound);
    }
    let at = change.at;
    choices::want(&mut change.tx, who.user, id, wanted, at).await?;
    change.record("source.chosen", Some(id.0), json!({ "wanted": wanted }));
    change.commit().await
}

/// Moves a source by one place.
pub async fn shift(app: &App, who: &Who, id: SourceId, up: bool) -> Result<()> {
    let all = choices::of(&app.db, who.user).await?;
    let at = all.iter().position(|chosen| chosen.row.id == id).ok_or(Error::NotFound)?;
    let to = if up { at.checked_sub(1) } else { Some(at + 1) };
    rank(app, who, id, to.unwrap_or(0)).await
}

/// Moves a source to a place in the person's order, from 0.
pub async fn rank(app: &App, who: &Who, id: SourceId, to: usize) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let mut ids: Vec<(SourceId, bool)> =
        choices::of(&app.db, who.user).await?.into_iter().map(|chosen| (chosen.row.id, chosen.wanted)).collect();
    let at = ids.iter().position(|(own, _)| *own == id).ok_or(Error::NotFound)?;
    let moved = ids.remove(at);
    ids.insert(to.min(ids.len()), moved);
    let now = change.at;
    choices::order(&mut change.tx, who.user, &ids, now).await?;
    change.record("source.chosen", Some(id.0), json!({}));
    change.commit().await
}

/// Forgets what a person said about a source.
pub async fn forget(app: &App, who: &Who, id: SourceId) -> Result<()> {
    let mut change = app.change(who.user).await?;
    if !choices::forget(&mut change.tx, who.user, id).await? {
        return Err(Error::NotFound);
    }
    change.record("source.removed", Some(id.0), json!({}));
    change.commit().await
}

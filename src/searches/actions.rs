//! What can be done with searches, the same for forms and REST. Every change is noted, so that it can be taken back.

use super::{
    Criteria, LANGUAGES, MOST, backfill,
    store::{self, Kept, State},
};
use crate::{
    acts::{
        Done, Entity,
        actions::{Deed, note},
    },
    api::idempotency,
    applications::actions::finish,
    error::{Check, Error, Result},
    events::Change,
    ids::SearchId,
    seal,
    session::Who,
    state::App,
    work,
};
use serde_json::json;
use skills::Taxonomy;

/// Longest name and longest entry, in characters.
const NAME: usize = 100;
const ENTRY: usize = 100;

/// A search as a form or a program wants it.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub name: String,
    pub active: bool,
    pub criteria: Criteria,
}

impl Wanted {
    /// In order, with the taxonomy's names of skills; what is wrong is named by field. Without a name it is called by what it looks
    /// for.
    pub fn checked(self, taxonomy: &Taxonomy) -> Result<Self> {
        let criteria = checked(self.criteria, taxonomy)?;
        let mut name = tidy(&self.name);
        if name.is_empty() {
            let first = criteria.titles.first().or_else(|| criteria.skills.first());
            name = first.cloned().unwrap_or_default().chars().take(NAME).collect();
        }
        let mut check = Check::default();
        check.that(name.chars().count() <= NAME, "name", format!("Please use at most {NAME} characters."));
        check.done()?;
        Ok(Wanted { name, criteria, ..self })
    }
}

fn tidy(text: &str) -> String {
    text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each entry once.
fn once<T: PartialEq>(list: &mut Vec<T>) {
    let mut kept: Vec<T> = Vec::with_capacity(list.len());
    for entry in list.drain(..) {
        if !kept.contains(&entry) {
            kept.push(entry);
        }
    }
    *list = kept;
}

/// What a search looks for, in order; or everything that is wrong with it.
pub fn checked(mut criteria: Criteria, taxonomy: &Taxonomy) -> Result<Criteria> {
    let mut check = Check::default();
    for (field, list, most) in [
        ("titles", &mut criteria.titles, 20),
        ("skills", &mut criteria.skills, 50),
        ("places", &mut criteria.places, 20),
        ("without_words", &mut criteria.without_words, 50),
        ("without_companies", &mut criteria.without_companies, 50),
    ] {
        for entry in list.iter_mut() {
            *entry = tidy(entry);
            if let Some(id) = Some(&*entry).filter(|_| field == "skills").and_then(|name| taxonomy.find(name)) {
                entry.clone_from(&taxonomy.skill(id).name);
            }
        }
        list.retain(|entry| !entry.is_empty());
        once(list);
        check.that(
            list.len() <= most && list.iter().all(|entry| entry.chars().count() <= ENTRY),
            field,
            format!("Please keep to {most} entries of at most {ENTRY} characters."),
        );
    }
    once(&mut criteria.ways);
    once(&mut criteria.levels);
    once(&mut criteria.languages);
    once(&mut criteria.sources);
    let wordless = criteria.titles.iter().find(|title| searching::words::wanted(title).is_empty());
    check
        .that(
            !criteria.titles.is_empty() || !criteria.skills.is_empty(),
            "titles",
            "Please name at least one title or one skill to look for.",
        )
        .that(wordless.is_none(), "titles", "A title needs a word with letters or digits.")
        .that(
            usize::from(criteria.least_skills) <= criteria.skills.len(),
            "least_skills",
            "This is more than the skills you name.",
        )
        .that(
            criteria.languages.iter().all(|code| LANGUAGES.iter().any(|(known, _)| known == code)),
            "languages",
            format!("Known are {}.", LANGUAGES.map(|(_, name)| name).join(", ")),
        )
        .that(criteria.sources.len() <= 50, "sources", "Please keep to 50 sources.");
    if let Some(pay) = &criteria.least_pay {
        let code = pay.currency.len() == 3 && pay.currency.bytes().all(|letter| letter.is_ascii_uppercase());
        check
            .that(
                (1..=1_000_000_000).contains(&pay.amount),
                "pay_amount",
                "Please enter a number from 1 to 1,000,000,000.",
            )
            .that(code, "pay_currency", "Please use a three-letter code, such as EUR or USD.");
    }
    check.done()?;
    Ok(criteria)
}

/// Adds a search. `key` is the request's idempotency key.
pub async fn create(app: &App, who: &Who, wanted: Wanted, key: Option<(String, String)>) -> Result<Kept> {
    let wanted = wanted.checked(&app.taxonomy())?;
    let mut change = app.change(who.user).await?;
    if let Some(id) = idempotency::claim(&mut change.tx, who.user, key.as_ref()).await? {
        return store::get_in(app, &mut change.tx, who.user, SearchId(id)).await;
    }
    has_room(&mut change).await?;
    let state = State { name: wanted.name, active: wanted.active, criteria: wanted.criteria, deleted_at: None };
    let kept = write(&mut change, None, state, "created").await?;
    idempotency::keep(&mut change.tx, who.user, key, kept.id.0).await?;
    commit(app, change).await?;
    Ok(kept)
}

/// A conflict when the person has as many as they can.
pub async fn has_room(change: &mut Change) -> Result<()> {
    let count = store::count_in(&mut change.tx, change.who).await?;
    if usize::try_from(count).unwrap_or_default() < MOST {
        return Ok(());
    }
    Err(Error::Conflict(format!(
        "You have {MOST} searches, and that is the most. Please remove one you no longer need."
    )))
}

/// Replaces everything of a search. With the version that was seen, another one now is a conflict.
pub async fn update(app: &App, who: &Who, id: SearchId, wanted: Wanted, seen: Option<i64>) -> Result<Kept> {
    let wanted = wanted.checked(&app.taxonomy())?;
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user, id).await?;
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(Error::changed(&super::Search::from(before)));
    }
    let after = State { name: wanted.name, active: wanted.active, criteria: wanted.criteria, deleted_at: None };
    if after == before.state {
        return Ok(before);
    }
    let kept = write(&mut change, Some(&before), after, "changed").await?;
    commit(app, change).await?;
    Ok(kept)
}

/// Turns a search on or off.
pub async fn set_active(app: &App, who: &Who, id: SearchId, active: bool) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user, id).await?;
    if before.state.active == active {
        return finish(change, 0).await;
    }
    let after = State { active, ..before.state.clone() };
    write(&mut change, Some(&before), after, if active { "on" } else { "off" }).await?;
    done(app, change).await
}

/// Puts a search into the bin; what it found stays.
pub async fn remove(app: &App, who: &Who, id: SearchId) -> Result<Done> {
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user, id).await?;
    let after = State { deleted_at: Some(change.at), ..before.state.clone() };
    write(&mut change, Some(&before), after, "removed").await?;
    done(app, change).await
}

/// Notes that the person has seen what a search found until now.
pub async fn looked(app: &App, who: &Who, id: SearchId) -> Result<()> {
    let mut change = app.change(who.user).await?;
    if !store::looked(&mut change.tx, who.user, id, change.at).await? {
        return Err(Error::NotFound);
    }
    change.record("search.looked", Some(id.0), json!({}));
    change.commit().await
}

async fn done(app: &App, change: Change) -> Result<Done> {
    let done = Done { bundle: Some(change.bundle), count: 1 };
    commit(app, change).await?;
    Ok(done)
}

async fn commit(app: &App, change: Change) -> Result<()> {
    change.commit().await?;
    app.working.notify_one();
    Ok(())
}

/// Writes a search, notes it so that it can be taken back, and tells of it.
async fn write(change: &mut Change, before: Option<&Kept>, after: State, verb: &str) -> Result<Kept> {
    let kept = put(change, before, after).await?;
    let deed = Deed { application: None, entity: Entity::Search, id: kept.id.0, verb };
    note(change, deed, before.map(|kept| &kept.state), &kept.state).await?;
    tell(change, &kept, &format!("search.{verb}"));
    Ok(kept)
}

/// Writes a search, and has one that looks for something else now held against what is here.
pub async fn put(change: &mut Change, before: Option<&Kept>, after: State) -> Result<Kept> {
    let (app, who, at) = (change.app(), change.who, change.at);
    let key = seal::key_in(&app, &mut change.tx, who).await?;
    let kept = match before {
        Some(before) => Kept { state: after, version: before.version + 1, updated_at: at, ..before.clone() },
        None => Kept { id: SearchId::fresh(), state: after, version: 1, looked_at: at, created_at: at, updated_at: at },
    };
    store::put(&mut change.tx, &key, who, &kept).await?;
    let same = before.is_some_and(|before| {
        (before.state.active, &before.state.criteria, before.state.deleted_at)
            == (true, &kept.state.criteria, kept.state.deleted_at)
    });
    if kept.state.active && kept.state.deleted_at.is_none() && !same {
        work::put(&mut change.tx, &backfill::order(who, kept.id)).await?;
    }
    Ok(kept)
}

/// Tells of a search.
pub fn tell(change: &mut Change, kept: &Kept, kind: &str) {
    change.record(kind, Some(kept.id.0), json!({ "search": kept.id, "name": kept.state.name }));
}

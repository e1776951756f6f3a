//! What the pages of searches show.

use super::{Criteria, Filled, MOST, SearchLine, SearchList, SearchView, matches, store};
use crate::{
    db,
    error::{Error, Result},
    ids::{SearchId, SourceId},
    jobs::Page,
    profile::{self, Profile, RemoteWish},
    session::Who,
    sources,
    state::App,
};
use posting::Remote;

/// Matches of a page.
const PER_PAGE: u32 = 25;

/// The person's searches.
pub async fn list(app: &App, who: &Who) -> Result<SearchList> {
    let lines = store::lines(app, who.user).await?;
    let left_out = matches::left_out(&app.db, who.user, db::now().date_naive()).await?;
    Ok(SearchList { lines, left_out })
}

/// One of them with what it found.
pub async fn line(app: &App, who: &Who, id: SearchId) -> Result<SearchLine> {
    let lines = store::lines(app, who.user).await?;
    lines.into_iter().find(|line| line.search.id == id).ok_or(Error::NotFound)
}

/// A search, one page of what it found, and its form.
pub async fn view(app: &App, who: &Who, id: SearchId, page: u32) -> Result<SearchView> {
    let line = line(app, who, id).await?;
    let page = page.clamp(1, 100_000);
    let offset = i64::from(page - 1) * i64::from(PER_PAGE);
    let (items, total) = matches::page(&app.db, who.user, id, i64::from(PER_PAGE), offset).await?;
    let form = filled(app, who, line.search.name.clone(), line.search.criteria.clone()).await?;
    Ok(SearchView { line, matches: Page { items, total, page, per_page: PER_PAGE }, form })
}

/// What a new search starts with.
pub async fn new_form(app: &App, who: &Who, copy: &str) -> Result<Filled> {
    if !copy.is_empty() {
        let id: SearchId = copy.parse().map_err(|_| Error::NotFound)?;
        let kept = store::get(app, who.user, id).await?;
        let name = format!("{} (copy)", kept.state.name);
        return filled(app, who, name, kept.state.criteria).await;
    }
    let first = store::all(app, who.user, false).await?.is_empty();
    let criteria = if first { of_profile(&profile::store::get(app, who.user).await?) } else { Criteria::default() };
    let from_profile = criteria != Criteria::default();
    let name = if from_profile { "From my profile".to_owned() } else { String::new() };
    Ok(Filled { from_profile, ..filled(app, who, name, criteria).await? })
}

async fn filled(app: &App, who: &Who, name: String, criteria: Criteria) -> Result<Filled> {
    let sources = self::sources(app, who).await?;
    let name_of = |id: &SourceId| sources.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone());
    let chosen = criteria.sources.iter().filter_map(name_of).collect();
    Ok(Filled {
        name,
        criteria,
        chosen,
        sources: sources.into_iter().map(|(_, name)| name).collect(),
        from_profile: false,
    })
}

/// The sources a person can choose from, with their names, in the person's order.
pub async fn sources(app: &App, who: &Who) -> Result<Vec<(SourceId, String)>> {
    let all = sources::choices::of(&app.db, who.user).await?;
    Ok(all.into_iter().filter(|chosen| chosen.wanted).map(|chosen| (chosen.row.id, chosen.row.label)).collect())
}

/// What the profile says one looks for.
fn of_profile(profile: &Profile) -> Criteria {
    let mut titles = profile.target_roles.clone();
    if titles.is_empty() && !profile.current_role.is_empty() {
        titles.push(profile.current_role.clone());
    }
    titles.truncate(MOST);
    Criteria {
        titles,
        skills: profile.skills.iter().map(|skill| skill.name.clone()).take(50).collect(),
        places: profile.preferred_locations.clone(),
        ways: match profile.remote {
            RemoteWish::Any => Vec::new(),
            RemoteWish::Remote => vec![Remote::Remote],
            RemoteWish::Hybrid => vec![Remote::Remote, Remote::Hybrid],
            RemoteWish::Onsite => vec![Remote::Hybrid, Remote::Onsite],
        },
        least_pay: profile.salary_target.clone(),
        levels: profile.experience_level.into_iter().collect(),
        ..Criteria::default()
    }
}

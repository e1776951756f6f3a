//! What can be done with a profile, the same for forms and REST.

use super::{Known, OwnSkill, Profile, store};
use crate::{
    error::{Check, Result},
    jobs::actions::rescore,
    session::Who,
    state::App,
};
use serde_json::json;
use skills::Taxonomy;

/// Most skills, places and roles a profile holds.
const MOST_SKILLS: usize = 200;
const MOST_LIST: usize = 20;

/// Saves a whole profile and scores every job anew, in one transaction.
pub async fn save(app: &App, who: &Who, profile: Profile) -> Result<Profile> {
    let (profile, keys) = checked(app, profile)?;
    let mut change = app.change(who.user).await?;
    store::put(app, &mut change.tx, who.user, &profile, &keys).await?;
    rescore(app, &mut change.tx, who.user, &profile).await?;
    change.record("profile.changed", None, json!({ "skills": profile.skills.len() }));
    change.commit().await?;
    Ok(profile)
}

/// Reads the profile, lets `edit` change it, saves it: all while no other change can come between.
pub async fn edit(app: &App, who: &Who, edit: impl FnOnce(&mut Profile)) -> Result<Profile> {
    let mut change = app.change(who.user).await?;
    let before = store::get_in(app, &mut change.tx, who.user).await?;
    let mut after = before.clone();
    edit(&mut after);
    if after == before {
        return Ok(before);
    }
    let (after, keys) = checked(app, after)?;
    store::put(app, &mut change.tx, who.user, &after, &keys).await?;
    rescore(app, &mut change.tx, who.user, &after).await?;
    change.record("profile.changed", None, json!({ "skills": after.skills.len() }));
    change.commit().await?;
    Ok(after)
}

/// Adds one skill at level 3 unless it is there.
pub async fn add_skill(app: &App, who: &Who, name: &str) -> Result<()> {
    let name = canonical(&app.taxonomy(), name);
    let key = Taxonomy::key(&name);
    edit(app, who, |profile| {
        if !profile.skills.iter().any(|skill| Taxonomy::key(&skill.name) == key) {
            profile.skills.push(OwnSkill { name, level: 3 });
        }
    })
    .await?;
    Ok(())
}

/// Takes one skill off; nothing happens when it is not there.
pub async fn remove_skill(app: &App, who: &Who, name: &str) -> Result<()> {
    let key = Taxonomy::key(&canonical(&app.taxonomy(), name));
    edit(app, who, |profile| profile.skills.retain(|skill| Taxonomy::key(&skill.name) != key)).await?;
    Ok(())
}

/// Skills for a type-ahead.
pub fn suggest_skills(app: &App, typed: &str) -> Vec<Known> {
    app.taxonomy()
        .suggest(typed, 8)
        .into_iter()
        .map(|found| {
            let hint = match found.via {
                Some(alias) => format!("{} · {alias}", found.category),
                None => found.category.to_string(),
            };
            Known { name: found.name.to_string(), hint }
        })
        .collect()
}

/// Roles for a type-ahead.
pub fn suggest_roles(app: &App, typed: &str) -> Vec<Known> {
    app.taxonomy()
        .suggest_roles(typed, 8)
        .into_iter()
        .map(|found| Known { name: found.name.to_string(), hint: found.field.to_string() })
        .collect()
}

/// The taxonomy's name for what was typed, or the text itself, tidied.
fn canonical(taxonomy: &Taxonomy, typed: &str) -> String {
    match taxonomy.find(typed) {
        Some(id) => taxonomy.skill(id).name.clone(),
        None => tidy(typed),
    }
}

fn tidy(text: &str) -> String {
    text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The profile with canonical skills listed once, and the key of each; or everything that is wrong.
pub fn checked(app: &App, mut profile: Profile) -> Result<(Profile, Vec<String>)> {
    let taxonomy = app.taxonomy();
    for text in [&mut profile.name, &mut profile.headline, &mut profile.current_role] {
        *text = tidy(text);
    }
    for list in [&mut profile.preferred_locations, &mut profile.target_roles] {
        for entry in list.iter_mut() {
            *entry = tidy(entry);
        }
        list.retain(|entry| !entry.is_empty());
        let mut seen = std::collections::HashSet::new();
        list.retain(|entry| seen.insert(entry.to_lowercase()));
    }
    profile.country = profile.country.trim().to_uppercase();
    profile.time_zone =
        if profile.time_zone.trim().is_empty() { "UTC".into() } else { profile.time_zone.trim().into() };
    let mut keys = Vec::new();
    let mut skills = Vec::new();
    for skill in &profile.skills {
        let name = canonical(&taxonomy, &skill.name);
        let key = Taxonomy::key(&name);
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
            skills.push(OwnSkill { name, level: skill.level });
        }
    }
    let fits = |list: &[String]| list.iter().all(|entry| entry.chars().count() <= 100);
    let mut check = Check::default();
    check
        .that(profile.name.chars().count() <= 100, "name", "Please use at most 100 characters.")
        .that(profile.headline.chars().count() <= 200, "headline", "Please use at most 200 characters.")
        .that(profile.current_role.chars().count() <= 100, "current_role", "Please use at most 100 characters.")
        .that(skills.len() <= MOST_SKILLS, "skills", format!("Please keep to {MOST_SKILLS} skills."))
        .that(
            skills.iter().all(|s| s.name.chars().count() <= 100),
            "skills",
            "Please keep each skill under 100 characters.",
        )
        .that(
            profile.skills.iter().all(|s| (1..=5).contains(&s.level)),
            "skills",
            "A skill’s level is a number from 1 to 5.",
        )
        .that(
            profile.preferred_locations.len() <= MOST_LIST && fits(&profile.preferred_locations),
            "preferred_locations",
            format!("Please keep to {MOST_LIST} places of at most 100 characters."),
        )
        .that(
            profile.target_roles.len() <= MOST_LIST && fits(&profile.target_roles),
            "target_roles",
            format!("Please keep to {MOST_LIST} roles of at most 100 characters."),
        )
        .that(
            profile.country.is_empty() || places::Country::from_code(&profile.country).is_some(),
            "country",
            "Please choose a country, or use its two-letter code.",
        )
        .that(
            profile.time_zone.parse::<chrono_tz::Tz>().is_ok(),
            "time_zone",
            "Please use a name such as Europe/Berlin.",
        )
        .that(profile.match_threshold <= 100, "match_threshold", "Please choose a number from 0 to 100.");
    if let Some(salary) = &profile.salary_target {
        check
            .that(
                (1..=1_000_000_000).contains(&salary.amount),
                "salary_amount",
                "Please enter an amount from 1 to 1,000,000,000.",
            )
            .that(
                salary.currency.len() == 3 && salary.currency.bytes().all(|b| b.is_ascii_uppercase()),
                "salary_currency",
                "Please use a three-letter code, such as EUR or USD.",
            );
    }
    check.done()?;
    profile.skills = skills;
    Ok((profile, keys))
}

//! The profile form's texts, turned into a [`Profile`].

use super::{OwnSkill, Profile, RemoteWish, SalaryTarget, actions, store};
use crate::{
    error::{Check, Error, Result},
    session::{self, Who},
    state::App,
    ui::split_tags,
};
use posting::{Level, Period};

/// As typed.
pub struct ProfileFields {
    pub name: String,
    pub headline: String,
    pub skills: String,
    pub skill_levels: String,
    pub preferred_locations: String,
    pub remote: String,
    pub relocate: String,
    pub experience_level: String,
    pub current_role: String,
    pub target_roles: String,
    pub salary_amount: String,
    pub salary_currency: String,
    pub salary_period: String,
    pub country: String,
    pub time_zone: String,
    pub match_threshold: String,
}

impl ProfileFields {
    /// Checks and saves everything.
    pub async fn save(self, app: &App, who: &Who) -> Result<()> {
        let mut check = Check::default();
        let digits: String =
            self.salary_amount.chars().filter(|c| !matches!(c, ',' | '.' | '\'' | ' ' | '\u{a0}')).collect();
        let amount = digits.parse::<i64>().ok();
        let threshold = self.match_threshold.trim().parse::<u8>().ok();
        check
            .that(digits.is_empty() || amount.is_some(), "salary_amount", "Please enter a whole number, such as 60000.")
            .that(threshold.is_some(), "match_threshold", "Please choose a number from 0 to 100.")
            .that(RemoteWish::parse(&self.remote).is_some(), "remote", "Please choose one of the list.")
            .that(
                self.experience_level.is_empty() || Level::parse(&self.experience_level).is_some(),
                "experience_level",
                "Please choose one of the list.",
            );
        let unread = check.done();
        let salary_target = amount.map(|amount| SalaryTarget {
            amount,
            currency: self.salary_currency.trim().to_uppercase(),
            period: Period::parse(&self.salary_period).unwrap_or(Period::Year),
        });
        let profile = Profile {
            name: self.name,
            headline: self.headline,
            skills: skills(&self.skills, &self.skill_levels),
            preferred_locations: split_places(&self.preferred_locations),
            remote: RemoteWish::parse(&self.remote).unwrap_or_default(),
            relocate: self.relocate == "true",
            experience_level: Level::parse(&self.experience_level),
            current_role: self.current_role,
            target_roles: split_tags(&self.target_roles),
            salary_target,
            country: self.country,
            time_zone: self.time_zone,
            match_threshold: threshold.unwrap_or(store::FIRST_THRESHOLD),
        };
        unread?;
        actions::save(app, who, profile).await?;
        Ok(())
    }
}

/// Skills as the form sends them: `name` tab `level` a line once the page is alive; before, names alone, which count as level 3.
fn skills(names: &str, levels: &str) -> Vec<OwnSkill> {
    if levels.is_empty() {
        return split_tags(names).into_iter().map(|name| OwnSkill { name, level: 3 }).collect();
    }
    levels
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, level)| OwnSkill { name: name.trim().to_owned(), level: level.trim().parse().unwrap_or(0) })
        .filter(|skill| !skill.name.is_empty())
        .collect()
}

/// Places hold commas (`Berlin, Germany`), so only line ends and semicolons divide them.
fn split_places(text: &str) -> Vec<String> {
    text.split(['\n', ';']).map(|place| place.trim().to_owned()).filter(|place| !place.is_empty()).collect()
}

/// The fields of the first step.
pub struct First {
    pub name: Option<String>,
    pub headline: Option<String>,
    pub skills: String,
    pub skill_levels: String,
    pub current_role: String,
    pub experience_level: String,
}

/// First step: at least one skill, so that there is something to compare.
pub async fn guide_skills(app: &App, who: &Who, first: First) -> Result<String> {
    let level = first.experience_level.as_str();
    let skills = skills(&first.skills, &first.skill_levels);
    let mut check = Check::default();
    check
        .that(
            !skills.is_empty(),
            "skills",
            "Please name at least one thing you can do; three to ten make good matches.",
        )
        .that(level.is_empty() || Level::parse(level).is_some(), "experience_level", "Please choose one of the list.");
    check.done()?;
    let level = Level::parse(level);
    actions::edit(app, who, |profile| {
        if let Some(name) = first.name {
            profile.name = name;
        }
        if let Some(headline) = first.headline {
            profile.headline = headline;
        }
        profile.skills = skills;
        profile.current_role = first.current_role;
        profile.experience_level = level;
    })
    .await?;
    Ok(session::forward("/welcome?step=2".into()))
}

/// Second step: places, or at least a wish about remote work.
pub async fn guide_places(app: &App, who: &Who, places: &str, remote: &str, relocate: &str) -> Result<String> {
    let remote = RemoteWish::parse(remote).ok_or_else(|| Error::invalid("remote", "Please choose one of the list."))?;
    let places = split_places(places);
    actions::edit(app, who, |profile| {
        profile.preferred_locations = places;
        profile.remote = remote;
        profile.relocate = relocate == "true";
    })
    .await?;
    Ok(session::forward("/welcome?step=3".into()))
}

/// The guide is over.
pub async fn end_guide(app: &App, who: &Who) -> Result<String> {
    let mut change = app.change(who.user).await?;
    store::set_guided(&mut change.tx, who.user).await?;
    change.record("profile.guided", None, serde_json::json!({}));
    change.commit().await?;
    Ok(session::forward("/today".into()))
}

//! REST of the profile.

use super::{OwnSkill, Profile, RemoteWish, SalaryTarget, actions, store};
use crate::{
    api::{Body, maybe_object, object},
    error::Result,
    session::Who,
    state::App,
};
use axum::{Json, extract::State};
use posting::Level;
use serde::{Deserialize, Serialize};

/// A skill in a body: `{"name", "level"}`, or just its name, which counts as level 3.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged, expecting = "Use a name, or {name, level} with a level from 1 to 5")]
pub enum SkillIn {
    Name(SkillName),
    Leveled(#[serde(deserialize_with = "object")] LeveledSkill),
}

/// What a skill is called.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[schema(max_length = 100)]
pub struct SkillName(String);

/// A skill and how well the person knows it.
#[derive(Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeveledSkill {
    #[schema(max_length = 100)]
    name: String,
    #[schema(minimum = 1, maximum = 5)]
    level: u8,
}

impl From<SkillIn> for OwnSkill {
    fn from(skill: SkillIn) -> Self {
        match skill {
            SkillIn::Name(SkillName(name)) => OwnSkill { name, level: 3 },
            SkillIn::Leveled(LeveledSkill { name, level }) => OwnSkill { name, level },
        }
    }
}

/// The whole profile; what is left out becomes empty, but for name, time zone and threshold, which stay.
#[derive(Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ProfileIn {
    #[schema(max_length = 100)]
    name: Option<String>,
    #[schema(max_length = 200)]
    headline: String,
    #[schema(max_items = 200)]
    skills: Vec<SkillIn>,
    #[schema(max_items = 20, max_length = 100)]
    preferred_locations: Vec<String>,
    remote: RemoteWish,
    relocate: bool,
    experience_level: Option<Level>,
    #[schema(max_length = 100)]
    current_role: String,
    #[schema(max_items = 20, max_length = 100)]
    target_roles: Vec<String>,
    #[serde(deserialize_with = "maybe_object")]
    salary_target: Option<SalaryTarget>,
    #[schema(format = "country")]
    country: String,
    #[schema(format = "time-zone")]
    time_zone: Option<String>,
    #[schema(minimum = 0, maximum = 100)]
    match_threshold: Option<u8>,
}

/// The person's profile.
#[utoipa::path(get, path = "/profile", tag = "profile", responses((status = 200, body = Profile)))]
pub async fn get(State(app): State<App>, who: Who) -> Result<Json<Profile>> {
    Ok(Json(store::get(&app, who.user).await?))
}

/// Replaces the profile; every job is scored anew.
#[utoipa::path(put, path = "/profile", tag = "profile", request_body = ProfileIn,
    responses((status = 200, body = Profile), (status = 422)))]
pub async fn put(State(app): State<App>, who: Who, Body(body): Body<ProfileIn>) -> Result<Json<Profile>> {
    let before = store::get(&app, who.user).await?;
    let profile = Profile {
        name: body.name.unwrap_or(before.name),
        headline: body.headline,
        skills: body.skills.into_iter().map(OwnSkill::from).collect(),
        preferred_locations: body.preferred_locations,
        remote: body.remote,
        relocate: body.relocate,
        experience_level: body.experience_level,
        current_role: body.current_role,
        target_roles: body.target_roles,
        salary_target: body.salary_target,
        country: body.country,
        time_zone: body.time_zone.unwrap_or(before.time_zone),
        match_threshold: body.match_threshold.unwrap_or(before.match_threshold),
    };
    Ok(Json(actions::save(&app, &who, profile).await?))
}

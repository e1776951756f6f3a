//! Who the invented person is.

use crate::profile::{OwnSkill, Profile, RemoteWish, SalaryTarget};
use posting::{Level, Period};

/// Not an address that anybody could sign up with (its domain has no dot), nor one that mail could reach.
pub const EMAIL: &str = "mara.lindqvist@demo";

/// Name and level, from 1 to 5; the best first.
const SKILLS: [(&str, u8); 14] = [
    ("SQL", 5),
    ("Data analysis", 5),
    ("Microsoft Excel", 5),
    ("Swedish", 5),
    ("English", 5),
    ("Microsoft Power BI", 4),
    ("Data visualization", 4),
    ("Stakeholder management", 4),
    ("Data modeling", 3),
    ("dbt", 3),
    ("Google BigQuery", 3),
    ("Git", 3),
    ("Python", 3),
    ("Statistics", 3),
];

/// Everything the person says about themselves.
pub fn profile() -> Profile {
    Profile {
        name: "Mara Lindqvist".into(),
        headline: "Data analyst in food wholesale, on the way into analytics engineering".into(),
        skills: SKILLS.map(|(name, level)| OwnSkill { name: name.into(), level }).into(),
        preferred_locations: vec!["Gothenburg, Sweden".into(), "Borås, Sweden".into(), "Copenhagen, Denmark".into()],
        remote: RemoteWish::Any,
        relocate: false,
        experience_level: Some(Level::Mid),
        current_role: "Data Analyst".into(),
        target_roles: vec!["Analytics Engineer".into(), "BI Developer".into()],
        salary_target: Some(SalaryTarget { amount: 52_000, currency: "SEK".into(), period: Period::Month }),
        country: "SE".into(),
        time_zone: "Europe/Stockholm".into(),
        match_threshold: 75,
    }
}

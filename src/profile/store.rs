//! SQL of profiles.

use super::{OwnSkill, Profile, RemoteWish, SalaryTarget};
use crate::{
    db::{self, Db, Tx, push_list},
    error::{Error, Result},
    ids::UserId,
    on, on_tx, seal,
    state::App,
};
use chrono::{DateTime, Utc};
use posting::{Level, Period};
use sqlx::types::Json;

/// The threshold of a new profile: high enough to be worth an interruption.
pub const FIRST_THRESHOLD: u8 = 70;

#[derive(sqlx::FromRow)]
struct Row {
    name: String,
    headline: String,
    preferred_locations: Json<Vec<String>>,
    remote: String,
    relocate: bool,
    experience_level: Option<String>,
    present_role: String,
    target_roles: Json<Vec<String>>,
    salary_amount: Option<i64>,
    salary_currency: Option<String>,
    salary_period: Option<String>,
    /// The salary target as JSON, sealed. The three before are of profiles from before it was.
    salary_sealed: Option<String>,
    country: String,
    time_zone: String,
    match_threshold: i64,
}

/// Where a sealed salary target stands.
const SALARY: &str = "profiles.salary";

impl Row {
    /// `salary` is what was sealed, opened.
    fn with(self, skills: Vec<OwnSkill>, salary: Option<String>) -> Result<Profile> {
        let period = self.salary_period.as_deref().and_then(Period::parse);
        let plain = self
            .salary_amount
            .zip(self.salary_currency)
            .zip(period)
            .map(|((amount, currency), period)| SalaryTarget { amount, currency, period });
        let sealed = salary.map(|text| serde_json::from_str(&text)).transpose()?;
        Ok(Profile {
            name: self.name,
            headline: self.headline,
            skills,
            preferred_locations: self.preferred_locations.0,
            remote: RemoteWish::parse(&self.remote).unwrap_or_default(),
            relocate: self.relocate,
            experience_level: self.experience_level.as_deref().and_then(Level::parse),
            current_role: self.present_role,
            target_roles: self.target_roles.0,
            salary_target: sealed.or(plain),
            country: self.country,
            time_zone: self.time_zone,
            match_threshold: u8::try_from(self.match_threshold).unwrap_or(FIRST_THRESHOLD),
        })
    }
}

/// An empty profile for a new person; an unknown time zone counts as UTC.
pub async fn insert_empty(tx: &mut Tx, who: UserId, time_zone: &str) -> Result<()> {
    let zone = time_zone.parse::<chrono_tz::Tz>().map_or("UTC", |zone| zone.name());
    on_tx!(tx, |c| sqlx::query(
        "INSERT INTO profiles (user_id, headline, preferred_locations, remote, relocate, present_role, target_roles, \
         country, time_zone, match_threshold, updated_at) VALUES ($1, '', $2, 'any', $3, '', $2, '', $4, $5, $6)"
    )
    .bind(who)
    .bind(Json(Vec::<String>::new()))
    .bind(false)
    .bind(zone)
    .bind(i64::from(FIRST_THRESHOLD))
    .bind(db::now())
    .execute(c)
    .await
    .map(|_| ()))?;
    Ok(())
}

/// What another service says of a new person, for them to look at.
pub async fn begin_with(tx: &mut Tx, who: UserId, headline: &str, place: &str) -> Result<()> {
    let places: Vec<&str> = Some(place).filter(|place| !place.is_empty()).into_iter().collect();
    on_tx!(tx, |c| sqlx::query("UPDATE profiles SET headline = $2, preferred_locations = $3 WHERE user_id = $1")
        .bind(who)
        .bind(headline)
        .bind(Json(places))
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// A person's profile.
pub async fn get(app: &App, who: UserId) -> Result<Profile> {
    let (row, skills) = on!(app.db.read, |c| {
        let row = sqlx::query_as::<_, Row>(SELECT).bind(who).fetch_optional(c).await?;
        let skills = sqlx::query_as::<_, (String, i64)>(SELECT_SKILLS).bind(who).fetch_all(c).await?;
        Ok::<_, Error>((row, skills))
    })?;
    let row = row.ok_or(Error::NotFound)?;
    let salary = match &row.salary_sealed {
        Some(sealed) => Some(seal::key(app, who).await?.open_text(SALARY, sealed)?),
        None => None,
    };
    row.with(own(skills), salary)
}

/// The same inside a change.
pub async fn get_in(app: &App, tx: &mut Tx, who: UserId) -> Result<Profile> {
    let (row, skills) = on_tx!(&mut *tx, |c| {
        let row = sqlx::query_as::<_, Row>(SELECT).bind(who).fetch_optional(&mut *c).await?;
        let skills = sqlx::query_as::<_, (String, i64)>(SELECT_SKILLS).bind(who).fetch_all(&mut *c).await?;
        Ok::<_, Error>((row, skills))
    })?;
    let row = row.ok_or(Error::NotFound)?;
    let salary = match &row.salary_sealed {
        Some(sealed) => Some(seal::key_in(app, tx, who).await?.open_text(SALARY, sealed)?),
        None => None,
    };
    row.with(own(skills), salary)
}

const SELECT: &str = "SELECT u.name, p.headline, p.preferred_locations, p.remote, p.relocate, p.experience_level, p.present_role, \
    p.target_roles, p.salary_amount, p.salary_currency, p.salary_period, p.salary_sealed, p.country, p.time_zone, p.match_threshold \
    FROM profiles p JOIN users u ON u.id = p.user_id WHERE p.user_id = $1";
const SELECT_SKILLS: &str = "SELECT name, level FROM user_skills WHERE user_id = $1 ORDER BY position";

fn own(skills: Vec<(String, i64)>) -> Vec<OwnSkill> {
    skills.into_iter().map(|(name, level)| OwnSkill { name, level: u8::try_from(level).unwrap_or(1) }).collect()
}

/// Writes a checked profile; `keys` are the folded names of its skills, in order.
pub async fn put(app: &App, tx: &mut Tx, who: UserId, profile: &Profile, keys: &[String]) -> Result<()> {
    crate::accounts::store::rename(tx, who, &profile.name).await?;
    let salary = match &profile.salary_target {
        Some(target) => Some(seal::close(app, tx, who, SALARY, &serde_json::to_string(target)?).await?),
        None => None,
    };
    on_tx!(&mut *tx, |c| {
        sqlx::query(
        "UPDATE profiles SET headline = $2, preferred_locations = $3, remote = $4, relocate = $5, experience_level = $6, \
         present_role = $7, target_roles = $8, salary_sealed = $9, salary_amount = NULL, salary_currency = NULL, \
         salary_period = NULL, country = $10, time_zone = $11, match_threshold = $12, updated_at = $13 WHERE user_id = $1"
    )
    .bind(who)
    .bind(&profile.headline)
    .bind(Json(&profile.preferred_locations))
    .bind(profile.remote.as_str())
    .bind(profile.relocate)
    .bind(profile.experience_level.map(Level::as_str))
    .bind(&profile.current_role)
    .bind(Json(&profile.target_roles))
    .bind(salary)
    .bind(&profile.country)
    .bind(&profile.time_zone)
    .bind(i64::from(profile.match_threshold))
    .bind(db::now())
    .execute(c)
    .await
    .map(|_| ())
    })?;
    on_tx!(&mut *tx, |c| sqlx::query("DELETE FROM user_skills WHERE user_id = $1")
        .bind(who)
        .execute(c)
        .await
        .map(|_| ()))?;
    let rows: Vec<(i64, &OwnSkill, &String)> =
        profile.skills.iter().zip(keys).enumerate().map(|(i, (skill, key))| (i as i64, skill, key)).collect();
    for chunk in rows.chunks(200) {
        on_tx!(&mut *tx, |c| {
            let mut query = sqlx::QueryBuilder::new("INSERT INTO user_skills (user_id, key, name, level, position) ");
            query.push_values(chunk, |mut row, (position, skill, key)| {
                row.push_bind(who)
                    .push_bind(*key)
                    .push_bind(&skill.name)
                    .push_bind(i64::from(skill.level))
                    .push_bind(*position);
            });
            query.build().execute(c).await.map(|_| ())
        })?;
    }
    Ok(())
}

/// Seals the salary targets from before they were sealed.
pub async fn seal_old(app: &App) -> Result<()> {
    let people: Vec<UserId> =
        on!(app.db.read, |c| sqlx::query_scalar("SELECT user_id FROM profiles WHERE salary_amount IS NOT NULL")
            .fetch_all(c)
            .await)?;
    for who in people {
        let mut tx = app.db.begin().await?;
        if let Some(target) = get_in(app, &mut tx, who).await?.salary_target {
            let sealed = seal::close(app, &mut tx, who, SALARY, &serde_json::to_string(&target)?).await?;
            on_tx!(&mut tx, |c| {
                sqlx::query(
                "UPDATE profiles SET salary_sealed = $2, salary_amount = NULL, salary_currency = NULL, salary_period = NULL \
                 WHERE user_id = $1 AND salary_amount IS NOT NULL"
            )
            .bind(who)
            .bind(sealed)
            .execute(c)
            .await
            .map(|_| ())
            })?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Whether the guide was finished or put aside.
pub async fn guided(db: &Db, who: UserId) -> Result<bool> {
    let at: Option<Option<DateTime<Utc>>> =
        on!(db.read, |c| sqlx::query_scalar("SELECT guided_at FROM profiles WHERE user_id = $1")
            .bind(who)
            .fetch_optional(c)
            .await)?;
    Ok(at.flatten().is_some())
}

/// Notes that the guide is over.
pub async fn set_guided(tx: &mut Tx, who: UserId) -> Result<()> {
    on_tx!(tx, |c| sqlx::query("UPDATE profiles SET guided_at = $2 WHERE user_id = $1")
        .bind(who)
        .bind(db::now())
        .execute(c)
        .await
        .map(|_| ()))?;
    Ok(())
}

/// When the profile last changed: what was worked out from it is valid as long as this stays.
pub async fn version(db: &Db, who: UserId) -> Result<DateTime<Utc>> {
    on!(db.read, |c| sqlx::query_scalar("SELECT updated_at FROM profiles WHERE user_id = $1")
        .bind(who)
        .fetch_optional(c)
        .await)?
    .ok_or(Error::NotFound)
}

/// The same of many people; those who are gone are left out.
pub async fn versions(db: &Db, people: &[UserId]) -> Result<Vec<(UserId, DateTime<Utc>)>> {
    let mut all = Vec::with_capacity(people.len());
    for chunk in people.chunks(500) {
        let rows: Vec<(UserId, DateTime<Utc>)> = on!(db.read, |c| {
            let mut query = sqlx::QueryBuilder::new("SELECT user_id, updated_at FROM profiles WHERE user_id IN ");
            push_list(&mut query, chunk);
            query.build_query_as().fetch_all(c).await
        })?;
        all.extend(rows);
    }
    Ok(all)
}

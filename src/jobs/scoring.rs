//! Between the records and `crates/matching`: what a job asks for, who the person is, and the score's parts in words.
//!
//! The engine counts keys. A skill of the taxonomy is its number there; free text is a hash of its folded name, above them all.

use super::{
    Fit,
    fit::{PartFit, SkillsFit},
    store::Rankable,
};
use crate::{
    error::Result,
    events::Change,
    ids::UserId,
    profile::{self, Profile, RemoteWish},
    state::App,
};
use chrono::{DateTime, Utc};
use matching::{Candidate, Key, Relative, Scorer};
use places::{Country, Places};
use posting::{Level, Posting, Remote};
use serde::{Deserialize, Serialize};
use skills::{SkillId, Taxonomy};
use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

/// Names of the skills a posting asks for; a skill is in one list only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Asks {
    pub required: Vec<String>,
    pub preferred: Vec<String>,
}

impl Asks {
    /// All of them, required first.
    pub fn names(&self) -> Vec<String> {
        self.required.iter().chain(&self.preferred).cloned().collect()
    }
}

/// What a posting asks for. Listed skills count; those that its text only wishes for are preferred. A posting that lists none has
/// them taken from its text.
pub fn asks(taxonomy: &Taxonomy, posting: &Posting) -> Asks {
    let text = [posting.title.as_str(), posting.description.as_str(), &posting.requirements.join("\n")].join("\n");
    let (required, preferred) = boards::required_and_preferred(&text, taxonomy);
    let name = |id: &SkillId| taxonomy.skill(*id).name.clone();
    if posting.tech_stack.is_empty() {
        return Asks { required: required.iter().map(name).collect(), preferred: preferred.iter().map(name).collect() };
    }
    let wished: HashSet<SkillId> = preferred.into_iter().collect();
    let mut asks = Asks::default();
    let mut seen = HashSet::new();
    for listed in &posting.tech_stack {
        let known = taxonomy.find(listed);
        let name = known.map_or_else(|| listed.clone(), |id| name(&id));
        if seen.insert(Taxonomy::key(&name)) {
            let list =
                if known.is_some_and(|id| wished.contains(&id)) { &mut asks.preferred } else { &mut asks.required };
            list.push(name);
        }
    }
    asks
}

/// What the score looks at in a job.
pub struct Facts<'a> {
    pub location: &'a str,
    pub remote: Option<Remote>,
    pub level: Option<Level>,
    pub asks: &'a Asks,
}

impl Rankable {
    /// The same of a stored row.
    pub fn facts(&self) -> Facts<'_> {
        Facts {
            location: &self.location,
            remote: self.remote.as_deref().and_then(Remote::parse),
            level: self.experience_level.as_deref().and_then(Level::parse),
            asks: &self.asks.0,
        }
    }
}

/// One person, ready to be compared with jobs.
pub struct Fitter {
    taxonomy: Arc<Taxonomy>,
    pub scorer: Scorer,
    /// Names of the person's own skills that the taxonomy does not know.
    free: HashMap<Key, String>,
    /// A job that scores at least this raises an alert.
    pub threshold: u8,
}

/// The person's fitter, or `None` while the profile says nothing to compare. Kept until the profile changes.
pub async fn fitter(app: &App, who: UserId) -> Result<Option<Arc<Fitter>>> {
    let version = profile::store::version(&app.db, who).await?;
    fitter_at(app, who, version).await
}

/// The same for whoever knows the version of the profile already.
pub async fn fitter_at(app: &App, who: UserId, version: DateTime<Utc>) -> Result<Option<Arc<Fitter>>> {
    match kept(app, who, version) {
        Some(fitter) => Ok(fitter),
        None => Ok(keep(app, who, version, &profile::store::get(app, who).await?)),
    }
}

/// The same inside a change, where no other profile can be saved any more: one saved meanwhile would score the jobs it
/// sees, and not the one that is being written.
pub async fn fitter_in(app: &App, change: &mut Change) -> Result<Option<Arc<Fitter>>> {
    let (who, version) = (change.who, change.profile);
    match kept(app, who, version) {
        Some(fitter) => Ok(fitter),
        None => Ok(keep(app, who, version, &profile::store::get_in(app, &mut change.tx, who).await?)),
    }
}

fn kept(app: &App, who: UserId, version: DateTime<Utc>) -> Option<Option<Arc<Fitter>>> {
    app.fitters.get(&who).filter(|(of, _)| *of == version).map(|(_, fitter)| fitter)
}

fn keep(app: &App, who: UserId, version: DateTime<Utc>, profile: &Profile) -> Option<Arc<Fitter>> {
    let fitter = Fitter::new(app.taxonomy(), profile).map(Arc::new);
    app.fitters.insert(who, (version, fitter.clone()));
    fitter
}

fn key(taxonomy: &Taxonomy, name: &str) -> Key {
    match taxonomy.find(name) {
        Some(id) => Key(u64::from(id.0)),
        None => {
            let mut hasher = DefaultHasher::new();
            Taxonomy::key(name).hash(&mut hasher);
            Key(hasher.finish() | (1 << 63))
        }
    }
}

impl Fitter {
    /// `None` when the profile names no skill, no place, no way of working and no level.
    pub fn new(taxonomy: Arc<Taxonomy>, profile: &Profile) -> Option<Self> {
        let silent = profile.skills.is_empty()
            && profile.preferred_locations.is_empty()
            && profile.remote == RemoteWish::Any
            && profile.experience_level.is_none();
        if silent {
            return None;
        }
        let own: Vec<(Key, u8)> =
            profile.skills.iter().map(|skill| (key(&taxonomy, &skill.name), skill.level)).collect();
        let free = profile
            .skills
            .iter()
            .zip(&own)
            .filter(|(_, (key, _))| key.0 >> 63 == 1)
            .map(|(skill, (key, _))| (*key, skill.name.clone()))
            .collect();
        let candidate = Candidate {
            relatives: relatives(&taxonomy, &own),
            skills: own,
            places: profile.preferred_locations.iter().flat_map(|text| places::parse(text).places).collect(),
            country: Country::from_code(&profile.country),
            wish: match profile.remote {
                RemoteWish::Any => None,
                RemoteWish::Remote => Some(Remote::Remote),
                RemoteWish::Hybrid => Some(Remote::Hybrid),
                RemoteWish::Onsite => Some(Remote::Onsite),
            },
            relocates: profile.relocate,
            level: profile.experience_level,
        };
        Some(Fitter { scorer: Scorer::new(&candidate), taxonomy, free, threshold: profile.match_threshold })
    }

    /// Somebody with an empty profile: lacks everything.
    pub fn nobody(taxonomy: Arc<Taxonomy>) -> Self {
        Fitter { scorer: Scorer::new(&Candidate::default()), taxonomy, free: HashMap::new(), threshold: 100 }
    }

    /// A job as the engine sees it.
    pub fn job(&self, facts: &Facts<'_>) -> matching::Job {
        Reader::new(self).job(facts)
    }

    /// The score, 0 to 100.
    pub fn total(&self, facts: &Facts<'_>) -> u8 {
        self.scorer.total(&self.job(facts))
    }

    /// The scores of many jobs, in their order.
    pub fn totals<'a>(&'a self, jobs: impl IntoIterator<Item = Facts<'a>>) -> Vec<u8> {
        let mut reader = Reader::new(self);
        jobs.into_iter().map(|facts| self.scorer.total(&reader.job(&facts))).collect()
    }

    /// The score with its parts in words.
    pub fn fit(&self, facts: &Facts<'_>) -> Fit {
        let names: HashMap<Key, &String> = facts
            .asks
            .required
            .iter()
            .chain(&facts.asks.preferred)
            .map(|name| (key(&self.taxonomy, name), name))
            .collect();
        let name = |skill: Key| names.get(&skill).map_or_else(|| self.own_name(skill), |name| (*name).clone());
        let explained = self.scorer.explain(&self.job(facts));
        let skills = explained.skills;
        let has = |skill: &&matching::Matched| skill.through.is_none();
        Fit {
            total: explained.total,
            skills: SkillsFit {
                score: skills.score,
                weight: skills.weight,
                matched: skills.matched.iter().filter(has).map(|m| name(m.skill)).collect(),
                missing: skills.missing.iter().map(|m| name(m.skill)).collect(),
                related: skills
                    .matched
                    .iter()
                    .filter_map(|m| m.through.map(|own| (name(m.skill), self.own_name(own))))
                    .collect(),
                reason: skills.reason.to_string(),
            },
            location: PartFit {
                score: explained.location.score,
                weight: explained.location.weight,
                reason: explained.location.reason.to_string(),
            },
            experience: PartFit {
                score: explained.experience.score,
                weight: explained.experience.weight,
                reason: explained.experience.reason.to_string(),
            },
            would_change: explained
                .changes
                .iter()
                .take(3)
                .map(|change| match change {
                    matching::Change::Learn { skill, .. } => format!("{} {change}", name(*skill)),
                    other => other.to_string(),
                })
                .collect(),
        }
    }

    /// The name of a skill by its key: the taxonomy's, or the person's own words.
    pub fn own_name(&self, skill: Key) -> String {
        match u32::try_from(skill.0) {
            Ok(id) if (id as usize) < self.taxonomy.len() => self.taxonomy.skill(SkillId(id)).name.clone(),
            _ => self.free.get(&skill).cloned().unwrap_or_default(),
        }
    }
}

/// Turns jobs into what the engine sees. The same names and places come again and again; each is looked up once.
pub struct Reader<'a> {
    fitter: &'a Fitter,
    keys: HashMap<&'a str, Key>,
    places: HashMap<&'a str, Places>,
}

impl<'a> Reader<'a> {
    pub fn new(fitter: &'a Fitter) -> Self {
        Reader { fitter, keys: HashMap::new(), places: HashMap::new() }
    }

    /// A job as the engine sees it.
    pub fn job(&mut self, facts: &Facts<'a>) -> matching::Job {
        let required = facts.asks.required.iter().map(|name| self.key(name)).collect();
        let preferred = facts.asks.preferred.iter().map(|name| self.key(name)).collect();
        let found = self.places.entry(facts.location).or_insert_with(|| places::parse(facts.location));
        matching::Job::new(required, preferred, facts.remote.or(found.remote), found.places.clone(), facts.level)
    }

    /// The key of a skill by name.
    pub fn key(&mut self, name: &'a str) -> Key {
        *self.keys.entry(name).or_insert_with(|| key(&self.fitter.taxonomy, name))
    }
}

/// Skills the person does not have but has a close relative of: parent, child, or related either way.
fn relatives(taxonomy: &Taxonomy, own: &[(Key, u8)]) -> Vec<Relative> {
    let held: HashSet<Key> = own.iter().map(|(key, _)| *key).collect();
    let ids: Vec<SkillId> = own.iter().filter_map(|(key, _)| u32::try_from(key.0).ok()).map(SkillId).collect();
    let mut found = HashMap::new();
    for (other, _) in taxonomy.skills() {
        let skill = Key(u64::from(other.0));
        if held.contains(&skill) {
            continue;
        }
        for id in &ids {
            let part = taxonomy.closeness(*id, other);
            if part > 0.0 {
                found.entry(skill).or_insert(Relative { skill, through: Key(u64::from(id.0)), part });
                break;
            }
        }
    }
    let mut all: Vec<Relative> = found.into_values().collect();
    all.sort_by_key(|relative| relative.skill);
    all
}

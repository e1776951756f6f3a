//! What is learned from verdicts: by how many points a job moves among others.
//!
//! Every verdict counts for what the job was: the words of its title, its skills, its company, its place, its level. For each of
//! these things, with `up` and `down` the weights of the verdicts for and against jobs that had it:
//!
//! ```text
//! taste  = (up - down) / (up + down + 3)                            between -1 and 1; 0 where nothing was said
//! points = title 4, skills 4, company 3, place 2, level 2, each times the sum of its tastes held to -1 and 1
//! ```
//!
//! rounded, so that no job moves by more than 15. The taste is what Bayes' rule expects under a symmetric Beta(3/2, 3/2) prior, put on
//! a scale from -1 to 1; with 2 for 3 it is Laplace's rule of succession (*Théorie analytique des probabilités*, 1812), and in general
//! Lidstone's smoothing (1920). One verdict so says little and ten say much. All of it only grows with `up` and only falls with `down`.

use super::{About, Moved, Reason, Verdict, words};
use crate::{
    error::{Error, Result},
    ids::{JobId, UserId},
    jobs::scoring::Asks,
    session::Who,
    state::App,
};
use posting::Level;
use skills::Taxonomy;
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// What orders and scores now, as it is kept with what is said.
pub const ALGORITHM: &str = "fit-1 taste-1";
/// The most a job moves.
pub const MOST: i8 = 15;
/// What is added to the number of verdicts: how many it takes until they say more than nothing does.
const CALM: f64 = 3.0;
/// Words of titles that say nothing about the work, and those of the level, which counts by itself.
const EMPTY: &[&str] = &[
    "a", "all", "an", "and", "as", "at", "bei", "by", "das", "der", "die", "für", "for", "im", "in", "into", "mit",
    "of", "on", "or", "our", "the", "to", "und", "with", "we", "junior", "senior", "mid", "entry", "level", "m", "w",
    "d", "f", "x",
];

/// What taste is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Title,
    Skill,
    Company,
    Place,
    Level,
}

/// The kinds, and the points of each at most; together [`MOST`].
const KINDS: [(Kind, f64); 5] =
    [(Kind::Title, 4.0), (Kind::Skill, 4.0), (Kind::Company, 3.0), (Kind::Place, 2.0), (Kind::Level, 2.0)];

/// What a job is, as far as taste goes.
#[derive(Clone, Debug)]
pub struct Traits<'a> {
    pub company: &'a str,
    pub title: &'a str,
    pub location: &'a str,
    pub level: Option<Level>,
    pub skills: Vec<&'a str>,
}

impl<'a> Traits<'a> {
    /// Those of a job or a posting.
    pub fn new(company: &'a str, title: &'a str, location: &'a str, level: Option<Level>, asks: &'a Asks) -> Self {
        let skills = asks.required.iter().chain(&asks.preferred).map(String::as_str).collect();
        Traits { company, title, location, level, skills }
    }
}

impl About {
    fn traits(&self) -> Traits<'_> {
        Traits {
            company: &self.company,
            title: &self.title,
            location: &self.location,
            level: self.level,
            skills: self.skills.iter().map(String::as_str).collect(),
        }
    }
}

/// What was said about jobs that had one thing.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    up: f64,
    down: f64,
    /// In numbers of jobs.
    pub liked: u32,
    pub turned_down: u32,
    /// How the thing was written last.
    pub label: String,
}

impl Tally {
    /// Between -1 and 1.
    fn taste(&self) -> f64 {
        (self.up - self.down) / (self.up + self.down + CALM)
    }
}

/// A verdict as it is learned from.
#[derive(Clone, Debug)]
pub struct Lesson {
    pub job: JobId,
    pub verdict: Verdict,
    pub reason: Option<Reason>,
    pub about: About,
}

/// What a person wants more and less of.
#[derive(Debug, Default)]
pub struct Taste {
    tallies: [HashMap<String, Tally>; 5],
    verdicts: HashMap<JobId, Verdict>,
    /// By the company's key, with the reason.
    hidden: HashMap<String, String>,
}

/// The person's taste as of now; kept until anything of theirs changes.
pub async fn of(app: &App, user: UserId) -> Result<Arc<Taste>> {
    let seq = super::store::seq(&app.db, user).await?;
    at(app, user, seq).await
}

/// The same for whoever is asking.
pub async fn of_who(app: &App, who: &Who) -> Result<Arc<Taste>> {
    at(app, who.user, who.seq).await
}

async fn at(app: &App, user: UserId, seq: i64) -> Result<Arc<Taste>> {
    app.cache
        .get_at(user, seq, "taste", async {
            let lessons = super::store::lessons(&app.db, user).await?;
            let hidden = super::store::hidden_keys(&app.db, user).await?;
            tokio::task::spawn_blocking(move || Taste::learn(&lessons, hidden)).await.map_err(Error::internal)
        })
        .await
}

impl Taste {
    /// What verdicts (the newest first) say, and the keys and names of hidden companies.
    pub fn learn(lessons: &[Lesson], hidden: Vec<(String, String)>) -> Self {
        let mut taste = Taste::default();
        for lesson in lessons {
            taste.verdicts.insert(lesson.job, lesson.verdict);
            let weights = weights(lesson.reason);
            for (kind, key, label) in things(&lesson.about.traits()) {
                let weight = weights[kind as usize];
                // Of the skills somebody lacks, those that they have are not what is meant.
                let meant = lesson.reason != Some(Reason::LackingSkills) || lesson.about.missing.contains(&label);
                if weight == 0.0 || !meant {
                    continue;
                }
                let tally =
                    taste.tallies[kind as usize].entry(key).or_insert_with(|| Tally { label, ..Tally::default() });
                match lesson.verdict {
                    Verdict::Up => {
                        tally.up += weight;
                        tally.liked += 1;
                    }
                    Verdict::Down => {
                        tally.down += weight;
                        tally.turned_down += 1;
                    }
                }
            }
        }
        taste.hidden = hidden.into_iter().map(|(key, name)| (key, format!("You hid {name}."))).collect();
        taste
    }

    /// Whether nothing was said at all.
    pub fn is_empty(&self) -> bool {
        self.verdicts.is_empty() && self.hidden.is_empty()
    }

    /// Why the jobs of a company ([`company_key`]) are left out, if they are.
    pub fn hides(&self, company_key: &str) -> Option<&str> {
        self.hidden.get(company_key).map(String::as_str)
    }

    /// Whether there is any hidden company.
    pub fn hides_some(&self) -> bool {
        !self.hidden.is_empty()
    }

    /// What was said about a job.
    pub fn verdict(&self, job: JobId) -> Option<Verdict> {
        self.verdicts.get(&job).copied()
    }

    /// By how many points a job with these traits stands higher or lower among others, -15 to 15, and why. Never part of its score.
    pub fn adjust(&self, job: &Traits<'_>) -> (i8, Option<String>) {
        let told = self.told(job);
        let points = points(&told);
        (points, words::why(points, &told))
    }

    /// The points alone.
    pub fn points(&self, job: &Traits<'_>) -> i8 {
        points(&self.told(job))
    }

    /// The same for a job that something may have been said about itself: one that was turned down stands below all others like it.
    pub fn moved(&self, id: JobId, job: &Traits<'_>) -> Option<Moved> {
        if self.verdict(id) == Some(Verdict::Down) {
            return Some(Moved { points: -MOST, words: words::turned_down(MOST) });
        }
        let (points, words) = self.adjust(job);
        words.map(|words| Moved { points, words })
    }

    /// What is known of its things, with what each is worth in points before they are held to their kind's.
    fn told(&self, job: &Traits<'_>) -> Vec<(Kind, f64, &Tally)> {
        if self.tallies.iter().all(HashMap::is_empty) {
            return Vec::new();
        }
        let known = |(kind, key, _): (Kind, String, String)| {
            let tally = self.tallies[kind as usize].get(&key)?;
            Some((kind, KINDS[kind as usize].1 * tally.taste(), tally))
        };
        things(job).into_iter().filter_map(known).collect()
    }
}

fn points(told: &[(Kind, f64, &Tally)]) -> i8 {
    let of = |(kind, most): (Kind, f64)| -> f64 {
        let sum: f64 = told.iter().filter(|(own, ..)| *own == kind).map(|(_, worth, _)| worth).sum();
        sum.clamp(-most, most)
    };
    let sum: f64 = KINDS.into_iter().map(of).sum();
    let most = f64::from(MOST);
    // Whole and within -15 and 15.
    sum.round().clamp(-most, most) as i8
}

/// How much a verdict with this reason says about each kind. Without a reason it may be about any of them, so each counts half; what
/// was seen elsewhere or is about pay says nothing about other jobs.
fn weights(reason: Option<Reason>) -> [f64; 5] {
    match reason {
        None => [0.5; 5],
        Some(Reason::Role) => [1.0, 0.0, 0.0, 0.0, 0.0],
        Some(Reason::NotMyField) => [1.0, 1.0, 0.0, 0.0, 0.0],
        Some(Reason::LessLikeThis) => [2.0, 2.0, 0.0, 0.0, 0.0],
        Some(Reason::Skills | Reason::LackingSkills) => [0.0, 1.0, 0.0, 0.0, 0.0],
        Some(Reason::Company) => [0.0, 0.0, 1.0, 0.0, 0.0],
        Some(Reason::Place) => [0.0, 0.0, 0.0, 1.0, 0.0],
        Some(Reason::TooJunior | Reason::TooSenior) => [0.0, 0.0, 0.0, 0.0, 1.0],
        Some(Reason::Pay | Reason::SeenElsewhere | Reason::Other) => [0.0; 5],
    }
}

/// What a company is known by: its folded name, or, where that leaves nothing, the name as it is written.
pub fn company_key(company: &str) -> String {
    let key = boards::duplicate::company_key(company);
    if key.is_empty() { company.to_lowercase() } else { key }
}

/// Everything of a job that taste is about: its kind, its key and how it is written.
fn things(job: &Traits<'_>) -> Vec<(Kind, String, String)> {
    let title = boards::duplicate::title_key(job.title);
    let words: BTreeSet<&str> = title
        .split(' ')
        .filter(|word| !word.is_empty() && !EMPTY.contains(word) && word.parse::<u32>().is_err())
        .collect();
    let mut all: Vec<(Kind, String, String)> =
        words.into_iter().map(|word| (Kind::Title, word.to_owned(), word.to_owned())).collect();
    let mut seen = BTreeSet::new();
    for skill in &job.skills {
        let key = Taxonomy::key(skill);
        if seen.insert(key.clone()) {
            all.push((Kind::Skill, key, (*skill).to_owned()));
        }
    }
    all.push((Kind::Company, company_key(job.company), job.company.to_owned()));
    let place = places::parse(job.location);
    if !place.places.is_empty() {
        all.push((Kind::Place, place.same_key(), job.location.to_owned()));
    }
    if let Some(level) = job.level {
        let label = match level {
            Level::Entry => "entry-level",
            Level::Mid => "mid-level",
            Level::Senior | Level::Lead | Level::Executive => level.as_str(),
        };
        all.push((Kind::Level, level.as_str().to_owned(), label.to_owned()));
    }
    all.retain(|(_, key, _)| !key.is_empty());
    all
}

#[cfg(test)]
mod tests;

use crate::{Candidate, Job, Key, SKILLS_WEIGHT, keys::KeyMap};
use std::fmt;

/// The skills part of a [`Match`](crate::Match).
#[derive(Clone, Debug, PartialEq)]
pub struct SkillsPart {
    pub score: u8,
    pub weight: u8,
    pub reason: SkillsReason,
    /// In the posting's order, required ones first.
    pub matched: Vec<Matched>,
    /// Not had at all, in the same order.
    pub missing: Vec<Missing>,
}

/// A skill asked for that the person has, or has a relative of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matched {
    pub skill: Key,
    pub required: bool,
    /// The person's own level, 1 to 5; none for a relative.
    pub level: Option<u8>,
    /// The skill they have instead.
    pub through: Option<Key>,
    /// How far it counts, 0 to 100; 100 for the skill itself.
    pub percent: u8,
}

/// A skill asked for that the person lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    pub skill: Key,
    pub required: bool,
}

/// Why the skills part is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkillsReason {
    /// Nobody knows what the job asks for.
    Unknown,
    Share {
        /// Had outright.
        have: usize,
        /// Counted for part through a relative.
        related: usize,
        asked: usize,
    },
}

impl fmt::Display for SkillsReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            SkillsReason::Unknown => f.write_str("The posting names no skills: half the points"),
            SkillsReason::Share { have, related: 0, asked } if have == asked => {
                f.write_str("You have every skill it asks for")
            }
            SkillsReason::Share { have: 0, related: 0, asked: 1 } => {
                f.write_str("You do not have the one skill it asks for")
            }
            SkillsReason::Share { have: 0, related: 0, asked } => {
                write!(f, "You have none of the {asked} skills it asks for")
            }
            SkillsReason::Share { have, related: 0, asked } => {
                write!(f, "You have {have} of the {asked} skills it asks for")
            }
            SkillsReason::Share { have, related, asked } => {
                let plural = if asked == 1 { "skill" } else { "skills" };
                let more = if have == 0 { "" } else { " more" };
                write!(
                    f,
                    "You have {have} of the {asked} {plural} it asks for, and a close relative of {related}{more}"
                )
            }
        }
    }
}

/// The person's skills, ready for looking up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Owned(KeyMap<Own>);

#[derive(Clone, Copy, Debug)]
pub(crate) struct Own {
    /// How far it counts, 1 to 100.
    pub percent: u8,
    pub level: u8,
    pub through: Option<Key>,
}

impl Owned {
    pub fn new(candidate: &Candidate) -> Self {
        let mut map = KeyMap::default();
        for relative in &candidate.relatives {
            let percent = (relative.part.clamp(0.0, 1.0) * 100.0).round() as u8;
            let own = Own { percent, level: 0, through: Some(relative.through) };
            let best = map.entry(relative.skill).or_insert(own);
            // The stronger relative, and of equal ones the lower key, whatever the order they come in.
            let stronger = percent > best.percent || (percent == best.percent && own.through < best.through);
            if stronger {
                *best = own;
            }
        }
        map.retain(|_, own| own.percent > 0);
        let skills: KeyMap<u8> = candidate.skills.iter().fold(KeyMap::default(), |mut skills, (key, level)| {
            let best = skills.entry(*key).or_insert(*level);
            *best = (*best).max(*level);
            skills
        });
        map.extend(skills.into_iter().map(|(key, level)| (key, Own { percent: 100, level, through: None })));
        Self(map)
    }

    pub fn get(&self, key: Key) -> Option<Own> {
        self.0.get(&key).copied()
    }

    pub fn percent(&self, key: Key) -> u64 {
        self.0.get(&key).map_or(0, |own| u64::from(own.percent))
    }

    /// The points of the skills part.
    pub fn score(&self, job: &Job) -> u8 {
        points(self.sum(job), job.weight())
    }

    /// The weights of the skills asked for, each times the percent it is had.
    fn sum(&self, job: &Job) -> u64 {
        job.asks().map(|(key, weight)| weight * self.percent(key)).sum()
    }

    /// Each skill lacking with the points that having it too would add to the part, as many as the job asks for.
    pub fn gains(&self, job: &Job) -> Vec<(Key, u8)> {
        let (sum, weight) = (self.sum(job), job.weight());
        let now = points(sum, weight);
        job.asks()
            .map(|(skill, own)| (skill, points(sum + own * (100 - self.percent(skill)), weight) - now))
            .filter(|(_, gain)| *gain > 0)
            .collect()
    }

    pub fn explain(&self, job: &Job) -> SkillsPart {
        let (mut matched, mut missing) = (Vec::new(), Vec::new());
        for (skill, weight) in job.asks() {
            let required = weight == 2;
            match self.get(skill) {
                None => missing.push(Missing { skill, required }),
                Some(own) => {
                    let level = own.through.is_none().then_some(own.level);
                    matched.push(Matched { skill, required, level, through: own.through, percent: own.percent });
                }
            }
        }
        let related = matched.iter().filter(|matched| matched.through.is_some()).count();
        let asked = matched.len() + missing.len();
        let reason = match asked {
            0 => SkillsReason::Unknown,
            _ => SkillsReason::Share { have: matched.len() - related, related, asked },
        };
        SkillsPart { score: self.score(job), weight: SKILLS_WEIGHT, reason, matched, missing }
    }
}

/// `sum / (100 * weight)` of 50 points, rounded half up; half the points when nothing is asked for.
fn points(sum: u64, weight: u64) -> u8 {
    let most = u64::from(SKILLS_WEIGHT);
    let points = match weight {
        0 => most / 2,
        _ => (2 * most * sum + 100 * weight) / (200 * weight),
    };
    points.min(most) as u8
}

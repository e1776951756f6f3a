use crate::{
    Candidate, Change, EXPERIENCE_WEIGHT, ExperienceReason, Job, Key, LOCATION_WEIGHT, LocationReason, SkillsPart,
    change::changes, location::Wants, skills::Owned,
};
use posting::Level;

/// One person, prepared for scoring many jobs.
#[derive(Clone, Debug)]
pub struct Scorer {
    owned: Owned,
    wants: Wants,
    level: Option<Level>,
}

/// A score with its evidence. `total` is the sum of the three shown scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub total: u8,
    pub skills: SkillsPart,
    pub location: Part<LocationReason>,
    pub experience: Part<ExperienceReason>,
    /// What would raise the score, most points first.
    pub changes: Vec<Change>,
}

/// One part of a score: `score` of at most `weight` points.
#[derive(Clone, Debug, PartialEq)]
pub struct Part<R> {
    pub score: u8,
    pub weight: u8,
    pub reason: R,
}

impl Scorer {
    pub fn new(candidate: &Candidate) -> Self {
        Self { owned: Owned::new(candidate), wants: Wants::new(candidate), level: candidate.level }
    }

    /// The score, 0 to 100, without its evidence. Allocates nothing.
    pub fn total(&self, job: &Job) -> u8 {
        self.owned.score(job) + self.wants.score(job) + ExperienceReason::of(self.level, job.level()).score()
    }

    /// The score with its evidence.
    pub fn explain(&self, job: &Job) -> Match {
        let skills = self.owned.explain(job);
        let (score, reason) = self.wants.explain(job);
        let location = Part { score, weight: LOCATION_WEIGHT, reason };
        let reason = ExperienceReason::of(self.level, job.level());
        let experience = Part { score: reason.score(), weight: EXPERIENCE_WEIGHT, reason };
        Match {
            total: skills.score + location.score + experience.score,
            skills,
            location,
            experience,
            changes: changes(&self.owned, &self.wants, self.level, job),
        }
    }

    /// Whether the person has the skill itself.
    pub fn has(&self, skill: Key) -> bool {
        self.owned.percent(skill) == 100 && self.owned.get(skill).is_some_and(|own| own.through.is_none())
    }

    pub(crate) fn owned(&self) -> &Owned {
        &self.owned
    }
}

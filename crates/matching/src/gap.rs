//! What the person's jobs ask for against what they have.

use crate::{Job, Key, SKILLS_WEIGHT, Scorer, keys::KeyMap};
use std::{cmp::Reverse, collections::HashMap, fmt};

/// The gap between a person and a set of jobs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gap {
    /// 0 to 1: of all the times a job asks for a skill, how many the person can answer. Each asking weighs as in the score:
    /// 2 when required, 1 when preferred, and a close relative answers for its part. None when no job asks for any.
    pub coverage: Option<f64>,
    /// Jobs that ask for at least one skill: what `share` is a share of.
    pub jobs: usize,
    /// Skills not had, most asked for first.
    pub missing: Vec<Demand>,
    /// All skills asked for, had or not, most asked for first.
    pub market: Vec<Demand>,
    /// At most five of `missing`, most points over all jobs first.
    pub learn_next: Vec<Learn>,
}

/// How much one skill is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    pub skill: Key,
    pub have: bool,
    /// A close relative the person has instead.
    pub through: Option<Key>,
    /// How many jobs ask for it.
    pub jobs: usize,
    /// In how many of them it is required.
    pub required: usize,
    /// `jobs` as a share of the jobs that ask for anything, 0 to 1.
    pub share: f64,
    /// Their indexes in the slice given, ascending.
    pub in_jobs: Vec<usize>,
}

/// A skill worth learning, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Learn {
    pub skill: Key,
    pub jobs: usize,
    pub required: usize,
    /// Points it would add to the score of each of these jobs, on average.
    pub points: f64,
    /// Jobs where it is the only skill still missing.
    pub completes: usize,
    pub through: Option<Key>,
}

impl fmt::Display for Learn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let jobs = if self.jobs == 1 { "1 job asks".to_owned() } else { format!("{} jobs ask", self.jobs) };
        write!(f, "{jobs} for it")?;
        match (self.required, self.jobs) {
            (0, _) => {}
            (required, jobs) if required == jobs => f.write_str(" as a must")?,
            (required, _) => write!(f, ", {required} as a must")?,
        }
        let each = if self.jobs == 1 { "" } else { " to each on average" };
        write!(f, "; it would add {:.1} points{each}", self.points)?;
        match self.completes {
            0 => {}
            1 => f.write_str("; in 1 job it is all you lack")?,
            completes => write!(f, "; in {completes} jobs it is all you lack")?,
        }
        if self.through.is_some() { f.write_str("; you know a close relative already") } else { Ok(()) }
    }
}

/// How many skills to learn are named.
const MOST_TO_LEARN: usize = 5;

/// Adds up while the jobs are read.
#[derive(Default)]
struct Tally {
    required: usize,
    completes: usize,
    in_jobs: Vec<usize>,
    /// Millionths of a point over all jobs; whole numbers, so that the order of the jobs cannot change the sum.
    gain: u64,
}

/// Compares the jobs' skills with the person's. The order of equals is by key, so the answer does not depend on chance.
pub fn compute(scorer: &Scorer, jobs: &[Job]) -> Gap {
    let owned = scorer.owned();
    let mut tallies: KeyMap<Tally> = HashMap::default();
    let (mut asked, mut answered, mut asking_jobs) = (0_u64, 0_u64, 0);
    for (index, job) in jobs.iter().enumerate() {
        let weights = job.weight();
        if weights == 0 {
            continue;
        }
        asking_jobs += 1;
        let lacking = job.asks().filter(|(skill, _)| owned.percent(*skill) < 100).count();
        for (skill, weight) in job.asks() {
            let percent = owned.percent(skill);
            asked += weight;
            answered += weight * percent;
            let tally = tallies.entry(skill).or_default();
            tally.in_jobs.push(index);
            tally.required += usize::from(weight == 2);
            tally.completes += usize::from(lacking == 1 && percent < 100);
            tally.gain += u64::from(SKILLS_WEIGHT) * 10_000 * weight * (100 - percent) / weights;
        }
    }
    let mut tallies: Vec<(Key, Tally)> = tallies.into_iter().collect();
    tallies.sort_unstable_by_key(|(skill, tally)| (Reverse(tally.gain), Reverse(tally.in_jobs.len()), *skill));
    let lacked = tallies.iter().filter(|(skill, _)| !scorer.has(*skill)).filter(|(_, tally)| tally.gain > 0);
    let learn_next = lacked.take(MOST_TO_LEARN).map(|(skill, tally)| learn(scorer, *skill, tally)).collect();
    let mut market: Vec<Demand> =
        tallies.into_iter().map(|(skill, tally)| demand(scorer, skill, tally, asking_jobs)).collect();
    market.sort_by_key(|demand| (Reverse(demand.jobs), Reverse(demand.required), demand.skill));
    Gap {
        coverage: (asked > 0).then(|| answered as f64 / (100 * asked) as f64),
        jobs: asking_jobs,
        missing: market.iter().filter(|demand| !demand.have).cloned().collect(),
        market,
        learn_next,
    }
}

fn learn(scorer: &Scorer, skill: Key, tally: &Tally) -> Learn {
    let jobs = tally.in_jobs.len();
    Learn {
        skill,
        jobs,
        required: tally.required,
        points: tally.gain as f64 / 1e6 / jobs as f64,
        completes: tally.completes,
        through: scorer.owned().get(skill).and_then(|own| own.through),
    }
}

fn demand(scorer: &Scorer, skill: Key, tally: Tally, asking_jobs: usize) -> Demand {
    let jobs = tally.in_jobs.len();
    Demand {
        skill,
        have: scorer.has(skill),
        through: scorer.owned().get(skill).and_then(|own| own.through),
        jobs,
        required: tally.required,
        share: jobs as f64 / asking_jobs as f64,
        in_jobs: tally.in_jobs,
    }
}

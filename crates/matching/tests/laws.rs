//! What must hold for every person and every job.

use matching::{Candidate, Job, Key, Relative, Scorer, gap, rank};
use places::{Country, Place, parse};
use posting::{Level, Remote};
use proptest::{collection::vec, option, prelude::*, sample::select};

fn keys() -> impl Strategy<Value = Vec<Key>> {
    vec((0_u64..30).prop_map(Key), 0..12)
}

fn level() -> impl Strategy<Value = Option<Level>> {
    option::of(select(Level::ALL.to_vec()))
}

fn remote() -> impl Strategy<Value = Option<Remote>> {
    option::of(select(Remote::ALL.to_vec()))
}

fn places() -> impl Strategy<Value = Vec<Place>> {
    let texts = [
        "Berlin",
        "Munich",
        "Germany",
        "Bavaria, Germany",
        "Paris",
        "Austin, TX",
        "Texas",
        "US",
        "EMEA",
        "Smallville",
        "Georgia",
    ];
    vec(select(texts.to_vec()).prop_map(|text| parse(text).places.remove(0)), 0..4)
}

prop_compose! {
    fn job()(required in keys(), preferred in keys(), remote in remote(), places in places(), level in level()) -> Job {
        Job::new(required, preferred, remote, places, level)
    }
}

prop_compose! {
    fn candidate()(
        skills in vec(((0_u64..30).prop_map(Key), 1_u8..6), 0..12),
        relatives in vec((0_u64..30, 0_u64..30, any::<f32>()), 0..8),
        places in places(), country in option::of(select(vec!["DE", "US"])), wish in remote(), relocates in any::<bool>(),
        level in level(),
    ) -> Candidate {
        let relatives = relatives.into_iter()
            .map(|(skill, through, part)| Relative { skill: Key(skill), through: Key(through), part })
            .collect();
        Candidate { skills, relatives, places, country: country.and_then(Country::from_code), wish, relocates, level }
    }
}

proptest! {
    #[test]
    fn the_total_is_the_sum_of_the_parts(candidate in candidate(), job in job()) {
        let scorer = Scorer::new(&candidate);
        let found = scorer.explain(&job);
        prop_assert_eq!(scorer.total(&job), found.total);
        prop_assert_eq!(found.total, found.skills.score + found.location.score + found.experience.score);
        prop_assert!(found.skills.score <= 50 && found.location.score <= 30 && found.experience.score <= 20);
        prop_assert_eq!(found.skills.matched.len() + found.skills.missing.len(), job.required().len() + job.preferred().len());
        prop_assert!(!found.location.reason.to_string().is_empty());
    }

    #[test]
    fn one_more_skill_never_lowers_a_score(candidate in candidate(), job in job(), skill in 0_u64..30) {
        let mut more = candidate.clone();
        more.skills.push((Key(skill), 1));
        prop_assert!(Scorer::new(&more).total(&job) >= Scorer::new(&candidate).total(&job));
    }

    #[test]
    fn a_change_adds_what_it_says(candidate in candidate(), job in job()) {
        let scorer = Scorer::new(&candidate);
        for change in scorer.explain(&job).changes {
            let mut other = candidate.clone();
            match &change {
                matching::Change::Learn { skill, .. } => other.skills.push((*skill, 3)),
                matching::Change::AddPlace { place, .. } => other.places.extend(Place::parse(place)),
                matching::Change::TakeWay { .. } => other.wish = None,
                matching::Change::Relocate { .. } => other.relocates = true,
                matching::Change::NamePlaces { .. } | matching::Change::NameLevel { .. } => continue,
            }
            prop_assert_eq!(Scorer::new(&other).total(&job), scorer.total(&job) + change.points(), "{:?}", change);
        }
    }

    #[test]
    fn the_order_of_input_does_not_matter(candidate in candidate(), job in job()) {
        let turned = |keys: &[Key]| keys.iter().rev().copied().collect();
        let places = job.places().iter().rev().cloned().collect();
        let other_job = Job::new(turned(job.required()), turned(job.preferred()), job.remote(), places, job.level());
        let mut other = candidate.clone();
        other.skills.reverse();
        other.relatives.reverse();
        other.places.reverse();
        prop_assert_eq!(Scorer::new(&candidate).total(&job), Scorer::new(&other).total(&other_job));
    }

    #[test]
    fn ranking_agrees_with_sorting(candidate in candidate(), jobs in vec(job(), 0..30), limit in 0_usize..40) {
        let scorer = Scorer::new(&candidate);
        let mut wanted: Vec<_> = jobs.iter().enumerate().map(|(index, job)| (index, scorer.total(job))).collect();
        wanted.sort_by_key(|(_, total)| std::cmp::Reverse(*total));
        wanted.truncate(limit);
        prop_assert_eq!(rank(&scorer, &jobs, limit), wanted);
    }

    #[test]
    fn the_gap_stays_in_bounds_and_ignores_order(candidate in candidate(), jobs in vec(job(), 0..20)) {
        let scorer = Scorer::new(&candidate);
        let found = gap::compute(&scorer, &jobs);
        prop_assert!(found.coverage.is_none_or(|coverage| (0.0..=1.0).contains(&coverage)));
        prop_assert!(found.learn_next.len() <= 5);
        prop_assert!(found.market.iter().all(|demand| demand.jobs == demand.in_jobs.len() && demand.share <= 1.0));
        let turned: Vec<Job> = jobs.into_iter().rev().collect();
        let other = gap::compute(&scorer, &turned);
        prop_assert_eq!(found.coverage, other.coverage);
        prop_assert_eq!(found.learn_next, other.learn_next);
        let order = |demands: &[gap::Demand]| demands.iter().map(|demand| demand.skill).collect::<Vec<_>>();
        prop_assert_eq!(order(&found.market), order(&other.market));
    }
}

use crate::Key;
use places::{Place, Spot};
use posting::{Level, Remote};
use std::collections::HashSet;

/// What matters of a job, prepared for comparing.
#[derive(Clone, Debug, Default)]
pub struct Job {
    required: Vec<Key>,
    preferred: Vec<Key>,
    remote: Option<Remote>,
    places: Vec<Place>,
    spots: Vec<Spot>,
    level: Option<Level>,
}

impl Job {
    /// Where a posting does not tell required from preferred skills, all are required. A skill named twice counts once,
    /// as required if it is that anywhere. The places are those where the work is, or, for a remote job, where the person
    /// has to be.
    pub fn new(
        required: Vec<Key>,
        preferred: Vec<Key>,
        remote: Option<Remote>,
        places: Vec<Place>,
        level: Option<Level>,
    ) -> Self {
        let mut seen = HashSet::new();
        let mut once = |keys: Vec<Key>| keys.into_iter().filter(|key| seen.insert(*key)).collect::<Vec<_>>();
        let (required, preferred) = (once(required), once(preferred));
        let spots = places.iter().map(Place::spot).collect();
        Self { required, preferred, remote, places, spots, level }
    }

    /// Each once, in the order given.
    pub fn required(&self) -> &[Key] {
        &self.required
    }

    /// Each once, without those that are required.
    pub fn preferred(&self) -> &[Key] {
        &self.preferred
    }

    pub fn remote(&self) -> Option<Remote> {
        self.remote
    }

    pub fn places(&self) -> &[Place] {
        &self.places
    }

    pub fn level(&self) -> Option<Level> {
        self.level
    }

    pub(crate) fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// Every skill asked for with its weight: 2 for a required one, 1 for a preferred one.
    pub(crate) fn asks(&self) -> impl Iterator<Item = (Key, u64)> {
        let required = self.required.iter().map(|key| (*key, 2));
        required.chain(self.preferred.iter().map(|key| (*key, 1)))
    }

    /// The sum of the weights of [`Job::asks`].
    pub(crate) fn weight(&self) -> u64 {
        2 * self.required.len() as u64 + self.preferred.len() as u64
    }
}

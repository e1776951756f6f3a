use crate::{Candidate, Job, LOCATION_WEIGHT};
use places::{Closeness, Place, Spot};
use posting::Remote;

mod reason;

pub(crate) use reason::words;
pub use reason::{Clash, LocationReason, Reach};

/// What the person wants of a place, ready for comparing.
#[derive(Clone, Debug)]
pub(crate) struct Wants {
    places: Vec<Place>,
    spots: Vec<Spot>,
    /// The whole country they live in.
    home: Option<(Place, Spot)>,
    wish: Option<Remote>,
    relocates: bool,
}

/// The outcome for one job: which rule applied, to which of the person's places and which of the job's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    reach: Reach,
    /// An index into the person's places, one past the end for the home country.
    yours: Option<usize>,
    theirs: Option<usize>,
    clash: Option<Clash>,
}

impl Verdict {
    pub fn score(&self) -> u8 {
        let points = self.reach.points();
        if self.clash.is_some() { points / 2 } else { points }
    }

    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// The same outcome under another rule.
    pub fn with(&self, reach: Reach) -> Self {
        Self { reach, ..*self }
    }

    fn of(reach: Reach) -> Self {
        Self { reach, yours: None, theirs: None, clash: None }
    }
}

impl Wants {
    pub fn new(candidate: &Candidate) -> Self {
        let home = candidate.country.map(Place::country);
        Self {
            spots: candidate.places.iter().map(Place::spot).collect(),
            places: candidate.places.clone(),
            home: home.map(|place| (place.clone(), place.spot())),
            wish: candidate.wish,
            relocates: candidate.relocates,
        }
    }

    pub fn score(&self, job: &Job) -> u8 {
        self.judge(job).score()
    }

    pub fn judge(&self, job: &Job) -> Verdict {
        let mut verdict = match job.remote() {
            Some(Remote::Remote) => self.judge_remote(job),
            _ => self.judge_place(job),
        };
        verdict.clash = self.clash(job.remote());
        verdict
    }

    pub fn explain(&self, job: &Job) -> (u8, LocationReason) {
        let verdict = self.judge(job);
        let theirs = verdict.theirs.and_then(|index| job.places().get(index));
        let yours =
            verdict.yours.and_then(|index| self.places.get(index).or(self.home.as_ref().map(|(place, _)| place)));
        let shared = yours.zip(theirs).and_then(|(yours, theirs)| reason::shared(verdict.reach, yours, theirs));
        let reason = LocationReason {
            reach: verdict.reach,
            theirs: theirs.map(Place::label),
            yours: yours.map(Place::label),
            shared,
            clash: verdict.clash,
        };
        (verdict.score(), reason)
    }

    /// The same person with one more place, any way of working, or a will to move: what would change the score.
    pub fn with_place(&self, place: &Place) -> Self {
        let mut wants = self.clone();
        wants.places.push(place.clone());
        wants.spots.push(place.spot());
        wants
    }

    pub fn with_any_way(&self) -> Self {
        Self { wish: None, ..self.clone() }
    }

    pub fn with_relocation(&self) -> Self {
        Self { relocates: true, ..self.clone() }
    }

    fn clash(&self, offer: Option<Remote>) -> Option<Clash> {
        let (wish, offer) = (self.wish?, offer?);
        let taken = wish == offer || (wish == Remote::Onsite && offer == Remote::Hybrid);
        (!taken).then_some(Clash { wish, offer })
    }

    /// The work is at the job's places; the person wants to be at theirs, or else in the country they live in.
    fn judge_place(&self, job: &Job) -> Verdict {
        if job.spots().is_empty() {
            return Verdict::of(Reach::JobUnknown);
        }
        let home = self.home.iter().map(|(_, spot)| spot).filter(|_| self.spots.is_empty());
        let best = nearest(self.spots.iter().chain(home).enumerate(), job.spots());
        let Some(near) = best else {
            let reach = if self.relocates { Reach::Relocation } else { Reach::YoursUnknown };
            return Verdict { theirs: Some(0), ..Verdict::of(reach) };
        };
        let reach = match near.closeness {
            Closeness::SameCity => Reach::SameCity,
            Closeness::SameRegion => Reach::SameRegion,
            Closeness::SameCountry => Reach::SameCountry,
            Closeness::SameArea => Reach::SameArea,
            _ if self.relocates => Reach::Relocation,
            Closeness::Unknown => Reach::Unclear,
            Closeness::Other => Reach::Elsewhere,
        };
        near.verdict(reach)
    }

    /// The work is remote; the job's places are where the person has to be. A country or an area there is a condition, a
    /// city names an office and is a condition only by its country.
    fn judge_remote(&self, job: &Job) -> Verdict {
        if job.spots().is_empty() {
            return Verdict::of(Reach::RemoteAnywhere);
        }
        let home = self.home.iter().map(|(_, spot)| spot);
        let mut best: Option<Verdict> = None;
        for (theirs, spot) in job.spots().iter().enumerate() {
            let near = nearest(self.spots.iter().chain(home.clone()).enumerate(), std::slice::from_ref(spot));
            let verdict = match near {
                None => Verdict { theirs: Some(theirs), ..Verdict::of(Reach::RemoteUnsaid) },
                Some(near) => Near { theirs, ..near }.verdict(self.remote_reach(near.closeness, spot)),
            };
            if best.is_none_or(|best| verdict.reach < best.reach) {
                best = Some(verdict);
            }
        }
        best.unwrap_or(Verdict::of(Reach::RemoteAnywhere))
    }

    fn remote_reach(&self, closeness: Closeness, theirs: &Spot) -> Reach {
        match closeness {
            Closeness::SameCity | Closeness::SameRegion => Reach::RemoteFrom,
            Closeness::SameCountry if !theirs.is_region() => Reach::RemoteFrom,
            Closeness::SameArea if theirs.is_area() => Reach::RemoteFrom,
            Closeness::Unknown => Reach::RemoteUnsaid,
            Closeness::SameCountry | Closeness::SameArea => Reach::RemoteNear,
            Closeness::Other if self.relocates => Reach::RemoteMove,
            Closeness::Other if theirs.has_city() => Reach::RemoteOffice,
            Closeness::Other => Reach::RemoteClosed,
        }
    }
}

#[derive(Clone, Copy)]
struct Near {
    closeness: Closeness,
    yours: usize,
    theirs: usize,
}

impl Near {
    fn verdict(self, reach: Reach) -> Verdict {
        Verdict { reach, yours: Some(self.yours), theirs: Some(self.theirs), clash: None }
    }
}

/// The nearest pair, the first named of equals; none when the person names no place.
fn nearest<'a>(yours: impl Iterator<Item = (usize, &'a Spot)>, theirs: &[Spot]) -> Option<Near> {
    let mut best: Option<Near> = None;
    for (index, spot) in yours {
        for (other, their) in theirs.iter().enumerate() {
            let closeness = spot.closeness(their);
            if best.is_none_or(|best| closeness < best.closeness) {
                best = Some(Near { closeness, yours: index, theirs: other });
            }
        }
    }
    best
}

/// All the points, and the part given where something stands in the way or is not known.
const FULL: u8 = LOCATION_WEIGHT;
const PART: u8 = LOCATION_WEIGHT / 2;

//! May two postings be in one place?

use places::{Closeness, Place, Places};
use posting::Remote;

/// How two places go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// A place that both name.
    Same,
    /// One of them says nothing, or something wider.
    Open,
    Apart,
}

/// Whether one opening can be in both. `remote` is what the postings say beside their place.
pub fn fit(one: (&Places, Option<Remote>), two: (&Places, Option<Remote>)) -> Fit {
    if let (Some(Remote::Onsite), Some(Remote::Remote)) | (Some(Remote::Remote), Some(Remote::Onsite)) = (one.1, two.1)
    {
        return Fit::Apart;
    }
    if one.0.same_key() == two.0.same_key() && !one.0.is_empty() {
        return Fit::Same;
    }
    if one.0.places.is_empty() || two.0.places.is_empty() {
        return Fit::Open;
    }
    let (mine, theirs) = (narrow(one.0), narrow(two.0));
    let pairs = || mine.iter().flat_map(|a| theirs.iter().map(move |b| (*a, *b)));
    // The same remote work is often listed once for each state.
    let is_remote = [one.1, two.1].contains(&Some(Remote::Remote));
    let fits: Vec<Fit> = pairs().map(|(a, b)| pair(a, b, is_remote)).collect();
    if fits.contains(&Fit::Same) {
        Fit::Same
    } else if fits.contains(&Fit::Open) || one.0.more || two.0.more {
        Fit::Open
    } else {
        Fit::Apart
    }
}

/// The places named, without those that only say where another of them is: of `Illinois, Algonquin` the town.
fn narrow(places: &Places) -> Vec<&Place> {
    let holds = |wide: &Place, narrow: &Place| {
        wide.city.is_none()
            && narrow.city.is_some()
            && wide.country == narrow.country
            && (wide.region.is_none() || wide.region == narrow.region)
    };
    places.places.iter().filter(|wide| !places.places.iter().any(|narrow| holds(wide, narrow))).collect()
}

fn pair(one: &Place, two: &Place, is_remote: bool) -> Fit {
    if one.same_key() == two.same_key() {
        return Fit::Same;
    }
    match (one.closeness(two), one.city.is_some() && two.city.is_some()) {
        (Closeness::SameCity, _) => Fit::Same,
        (Closeness::Other, _) | (_, true) => Fit::Apart,
        _ if one.city.is_none() && two.city.is_none() && one.region.is_some() && two.region.is_some() && !is_remote => {
            Fit::Apart
        }
        _ => Fit::Open,
    }
}

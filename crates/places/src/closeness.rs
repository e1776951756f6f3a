use crate::{Area, Country};

/// How near two places are, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// The same city, or a city and the metropolitan area that it is part of.
    SameCity,
    SameRegion,
    SameCountry,
    /// One of them is an area such as Europe, and the other lies in it.
    SameArea,
    /// Not enough is known of one of them to tell.
    Unknown,
    Other,
}

/// A [`Place`](crate::Place) reduced to numbers, cheap to copy and to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Spot {
    /// Names as hashes of their folded form; 0 stands for none.
    pub(crate) city: u64,
    pub(crate) metro: u64,
    pub(crate) region: u64,
    pub(crate) country: Option<Country>,
    pub(crate) area: Option<Area>,
}

impl Spot {
    /// See [`Place::closeness`](crate::Place::closeness).
    pub fn closeness(&self, other: &Spot) -> Closeness {
        match (self.area, other.area) {
            (Some(one), Some(two)) if one.overlaps(two) => return Closeness::SameArea,
            (Some(_), Some(_)) => return Closeness::Other,
            (Some(area), None) => return within(area, other.country),
            (None, Some(area)) => return within(area, self.country),
            (None, None) => {}
        }
        let same_region = self.region != 0 && self.region == other.region;
        match (self.country, other.country) {
            (Some(one), Some(two)) if one != two => Closeness::Other,
            _ if self.same_city(other) => Closeness::SameCity,
            (Some(_), Some(_)) if same_region => Closeness::SameRegion,
            (Some(_), Some(_)) => Closeness::SameCountry,
            _ if same_region => Closeness::SameRegion,
            _ => Closeness::Unknown,
        }
    }

    /// The country it is in, where known.
    pub fn country(&self) -> Option<Country> {
        self.country
    }

    /// Whether a city is named.
    pub fn has_city(&self) -> bool {
        self.city != 0
    }

    /// Whether it is an area such as Europe.
    pub fn is_area(&self) -> bool {
        self.area.is_some()
    }

    /// Whether a region is named and no city: the whole of a state or province.
    pub fn is_region(&self) -> bool {
        self.city == 0 && self.region != 0
    }

    fn same_city(&self, other: &Spot) -> bool {
        if self.city == 0 || other.city == 0 {
            return false;
        }
        let regions_agree = self.region == other.region || self.region == 0 || other.region == 0;
        (self.city == other.city && regions_agree) || self.metro == other.city || other.metro == self.city
    }
}

fn within(area: Area, country: Option<Country>) -> Closeness {
    match country {
        Some(country) if area.contains(country) => Closeness::SameArea,
        Some(_) => Closeness::Other,
        None => Closeness::Unknown,
    }
}

//! How a further name joins the place read so far.

use super::Draft;
use crate::{
    Country,
    gazetteer::{Bare, gazetteer},
    read::{split::Joint, words::Atom},
};

impl Draft {
    /// Joins a name to the place so far; false when it begins another place.
    pub(super) fn take(&mut self, atom: &Atom, hint: Option<Country>) -> bool {
        if self.is_empty() {
            self.start(atom, hint);
            return true;
        }
        if self.area.is_some() || atom.meaning.area.is_some() {
            return false;
        }
        if atom.is_unknown() {
            return self.take_unknown(atom);
        }
        match (self.city.is_some(), self.country) {
            (true, None) if self.region.is_none() => self.take_after_city(atom, hint),
            (true, None) => self.take_country(atom),
            (true, Some(country)) => self.take_after_whole(atom, country),
            (false, _) => self.take_smaller(atom),
        }
    }

    /// `Kusterdingen` after `Germany`, `Harris County` after a town.
    fn take_unknown(&mut self, atom: &Atom) -> bool {
        if self.city.is_none() {
            self.settle_torn(None);
            self.name_city(atom, Vec::new());
            return true;
        }
        if self.region.is_none() && self.country.is_none() && self.county.is_none() && atom.joint != Joint::Space {
            self.county = Some(atom.text.clone());
            return true;
        }
        false
    }

    /// A known name after a city that has no region and no country yet.
    fn take_after_city(&mut self, atom: &Atom, hint: Option<Country>) -> bool {
        let tables = gazetteer();
        let meaning = &atom.meaning;
        let fits = |region: &u16| hint.is_none_or(|hint| tables.region(*region).is_some_and(|row| row.country == hint));
        // The city is known in one of these regions: Paris in Texas would be, were it in the tables.
        for region in meaning.regions.iter().filter(|region| fits(region)) {
            let there: Vec<u16> =
                self.candidates.iter().copied().filter(|c| tables.city_region(*c) == Some(*region)).collect();
            if !there.is_empty() {
                self.region = Some(*region);
                self.candidates = there;
                return true;
            }
        }
        if let Some(country) = meaning.country {
            let there = tables.cities_in(&self.candidates, country);
            if !there.is_empty() {
                self.candidates = there;
                self.country = Some(country);
                return true;
            }
        }
        let city_too = meaning.cities.iter().any(|index| tables.city(*index).is_some_and(|row| row.bare == Bare::This));
        if city_too
            && !atom.code
            && (meaning.regions.is_empty() || !self.candidates.is_empty())
            && meaning.country.is_none()
        {
            return false;
        }
        let region = meaning.regions.iter().copied().find(|region| {
            let row = tables.region(*region);
            let home = hint.is_some()
                || row.is_some_and(|row| !atom.code || row.country.code() == "US" || meaning.country.is_none());
            fits(region) && home
        });
        match (region, meaning.country) {
            (Some(region), _) => self.region = Some(region),
            (None, Some(country)) => self.country = Some(country),
            (None, None) => return false,
        }
        // A city of that name elsewhere: keep the name as written and believe the region.
        self.candidates.clear();
        true
    }

    /// A known name after a city and a region.
    fn take_country(&mut self, atom: &Atom) -> bool {
        let tables = gazetteer();
        let home = self.region.and_then(|region| tables.region(region)).map(|row| row.country);
        let same_region = self.region.is_some_and(|region| atom.meaning.regions.contains(&region));
        if home.is_some() && atom.meaning.country == home {
            self.country = home;
            return true;
        }
        same_region
            && !atom.meaning.cities.iter().any(|index| tables.city(*index).is_some_and(|row| row.bare == Bare::This))
    }

    /// A known name after a city and its country: the country once more, or its region.
    fn take_after_whole(&mut self, atom: &Atom, country: Country) -> bool {
        let tables = gazetteer();
        if atom.meaning.country == Some(country) {
            return true;
        }
        match tables.region_in(&atom.meaning.regions, country) {
            Some(region) if self.region.is_none() && tables.cities_in(&atom.meaning.cities, country).is_empty() => {
                self.region = Some(region);
                self.candidates.retain(|city| tables.city_region(*city).is_none_or(|home| home == region));
                true
            }
            _ => false,
        }
    }

    /// A known name after a country or a region that stands alone: something inside it.
    fn take_smaller(&mut self, atom: &Atom) -> bool {
        let tables = gazetteer();
        let meaning = &atom.meaning;
        self.settle_torn(meaning.country.or_else(|| tables.only_country(&meaning.cities)));
        if let Some(region) = self.region {
            let home = tables.region(region).map(|row| row.country);
            let there: Vec<u16> =
                meaning.cities.iter().copied().filter(|c| tables.city_region(*c) == Some(region)).collect();
            if !there.is_empty() {
                self.name_city(atom, there);
                return true;
            }
            if self.country.is_none() && home.is_some() && meaning.country == home {
                self.country = home;
                return true;
            }
            // The town of Ontario in California: a region cannot lie in another country's region.
            let abroad =
                meaning.regions.iter().copied().find(|index| tables.region(*index).map(|row| row.country) != home);
            if let (Some(abroad), Joint::Comma, None) = (abroad, atom.joint, self.country) {
                self.city = tables.region(region).map(|row| row.name.to_owned());
                self.region = Some(abroad);
                return true;
            }
            return false;
        }
        let Some(country) = self.country else { return false };
        // Lebanon in Kansas: a country followed by a region of another one, neither written as a code.
        if let (Joint::Comma, Some(name), Some(region)) = (atom.joint, &self.named, meaning.regions.first())
            && meaning.country != Some(country)
            && tables.region(*region).is_some_and(|row| row.country != country && row.country.code() == "US")
            && (atom.code || meaning.cities.is_empty())
        {
            (self.city, self.region, self.country) = (Some(name.clone()), Some(*region), None);
            return true;
        }
        if meaning.country == Some(country) && meaning.cities.is_empty() {
            return true;
        }
        let there = tables.cities_in(&meaning.cities, country);
        if !there.is_empty() && !atom.code {
            self.name_city(atom, there);
            return true;
        }
        self.region = tables.region_in(&meaning.regions, country);
        self.region.is_some()
    }

    /// Decides a name that is a region and a country, if a country named beside it tells.
    pub(super) fn settle_torn(&mut self, beside: Option<Country>) {
        let Some((region, country)) = self.torn else { return };
        let home = gazetteer().region(region).map(|row| row.country);
        if beside.is_some() && beside == home {
            (self.torn, self.region) = (None, Some(region));
        } else if beside == Some(country) {
            (self.torn, self.country) = (None, Some(country));
        }
    }
}

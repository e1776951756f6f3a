use super::{Atom, common_country, split::Joint};
use crate::{
    Country, Place,
    gazetteer::{Bare, CityRow, Gazetteer, RegionRow, gazetteer},
};

/// A place while its words are being read.
#[derive(Clone, Default)]
struct Draft {
    city: Option<String>,
    /// The known cities it may be; empty for an unknown name.
    candidates: Vec<u16>,
    region: Option<u16>,
    /// An unknown name after the city: perhaps a county.
    county: Option<String>,
    country: Option<Country>,
    /// The country as written, when it is a name and not a code.
    named: Option<String>,
    area: Option<crate::Area>,
    /// A name that is a region and a country, neither certain: `Georgia`.
    torn: Option<(u16, Country)>,
    /// Read from words about an office.
    office: bool,
}

/// Collects the places of a text.
#[derive(Default)]
pub(super) struct Drafts {
    done: Vec<Draft>,
}

impl Drafts {
    /// Adds the places that the names of one alternative make up.
    pub fn add(&mut self, atoms: &[Atom], office: bool) {
        let from = self.done.len();
        let mut draft = Draft::default();
        for (i, atom) in atoms.iter().enumerate() {
            let later = atoms.get(i + 1..).unwrap_or_default();
            let hint = later.iter().find(|atom| !atom.code).and_then(|atom| atom.meaning.country);
            if !draft.take(atom, hint) {
                self.done.push(std::mem::take(&mut draft));
                draft.start(atom, hint);
            }
        }
        self.done.push(draft);
        for draft in self.done.iter_mut().skip(from) {
            draft.office = office;
        }
    }

    /// Joins a name in brackets to the place before them: `Atlanta (GA)`; false when it is a place of its own.
    pub fn explain(&mut self, atom: &Atom) -> bool {
        self.done.last_mut().is_some_and(|draft| !draft.is_empty() && draft.take(atom, None))
    }

    /// The places, in order. Those that were left open are settled by their neighbors where these agree on a country.
    pub fn finish(self) -> Vec<Place> {
        let sure: Vec<Place> = self.done.iter().map(|draft| draft.place(None)).collect();
        let country = common_country(&sure);
        let known = sure.iter().any(|place| place.country.is_some());
        // `Acme Headquarters (Lehi, UT)`: beside a place that is sure, an unknown office name is the employer's.
        let employer = |draft: &&Draft| known && draft.office && draft.is_bare_unknown();
        let kept = self.done.iter().filter(|draft| !employer(draft));
        kept.map(|draft| draft.place(country)).filter(|place| *place != Place::default()).collect()
    }
}

impl Draft {
    fn is_empty(&self) -> bool {
        self.city.is_none()
            && self.region.is_none()
            && self.country.is_none()
            && self.area.is_none()
            && self.torn.is_none()
    }

    fn is_bare_unknown(&self) -> bool {
        self.city.is_some() && self.candidates.is_empty() && self.region.is_none() && self.country.is_none()
    }

    /// Begins with a name of which nothing came before; `hint` is a country named later.
    fn start(&mut self, atom: &Atom, hint: Option<Country>) {
        let tables = gazetteer();
        let meaning = &atom.meaning;
        if let Some(area) = meaning.area {
            self.area = Some(area);
            return;
        }
        if let Some(hint) = hint.filter(|hint| meaning.country != Some(*hint)) {
            let there = tables.cities_in(&meaning.cities, hint);
            if !there.is_empty() {
                return self.name_city(atom, there);
            }
            if let Some(region) = tables.region_in(&meaning.regions, hint) {
                self.region = Some(region);
                return;
            }
        }
        let bare = meaning.cities.iter().any(|index| tables.city(*index).is_some_and(|row| row.bare != Bare::Another));
        match (bare, meaning.country, meaning.regions.first()) {
            (true, state, _) => {
                // Singapore is a city and, at once, its country.
                self.country = state;
                self.name_city(atom, meaning.cities.clone());
            }
            (false, Some(country), Some(region)) if !atom.code => self.torn = Some((*region, country)),
            // As codes alone, `DE` and `IN` are countries far more often than Delaware and Indiana; `CA` and `GA` are not.
            (false, Some(country), Some(region)) => match country.code() {
                "DE" | "IN" => self.country = Some(country),
                _ if tables.region(*region).is_some_and(|row| row.country.code() == "US") => {
                    self.region = Some(*region)
                }
                _ => self.country = Some(country),
            },
            (false, Some(country), None) => {
                self.country = Some(country);
                self.named = (!atom.code).then(|| atom.text.clone());
            }
            (false, None, Some(region)) => self.region = Some(*region),
            (false, None, None) if meaning.cities.is_empty() => self.name_city(atom, Vec::new()),
            (false, None, None) => self.name_city(atom, meaning.cities.clone()),
        }
    }

    fn name_city(&mut self, atom: &Atom, candidates: Vec<u16>) {
        self.city = Some(atom.text.clone());
        self.candidates = candidates;
    }

    /// Joins a name to the place so far; false when it begins another place.
    fn take(&mut self, atom: &Atom, hint: Option<Country>) -> bool {
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
            let home = row.is_some_and(|row| !atom.code || row.country.code() == "US" || meaning.country.is_none());
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
    fn settle_torn(&mut self, beside: Option<Country>) {
        let Some((region, country)) = self.torn else { return };
        let home = gazetteer().region(region).map(|row| row.country);
        if beside.is_some() && beside == home {
            (self.torn, self.region) = (None, Some(region));
        } else if beside == Some(country) {
            (self.torn, self.country) = (None, Some(country));
        }
    }

    /// The finished place; `around` is the country of the other places in the text.
    fn place(&self, around: Option<Country>) -> Place {
        let tables = gazetteer();
        let mut draft = self.clone();
        draft.settle_torn(around);
        let torn_region = draft.torn.map(|(region, _)| region);
        let region = draft.region.or(torn_region).and_then(|region| tables.region(region));
        let mut place = Place {
            city: draft.city.clone(),
            region: region.map(|row| row.name.to_owned()),
            country: draft.country.or(draft.region.and(region).map(|row| row.country)),
            area: draft.area,
        };
        let rows = || draft.candidates.iter().filter_map(|index| tables.city(*index));
        let decided = draft.region.is_some() || draft.country.is_some();
        let usual = || rows().find(|row| row.bare == Bare::This);
        let chosen = if decided {
            usual().or_else(|| rows().next())
        } else {
            let near = || rows().find(|row| Some(row.country) == around);
            let alone = || rows().next().filter(|row| row.bare == Bare::Another && rows().count() == 1);
            usual().or_else(near).or_else(alone)
        };
        match chosen {
            Some(row) => {
                place.city = Some(row.name.to_owned());
                place.country = Some(row.country);
                place.region = row.region.and_then(|index| tables.region(index)).map(|row| row.name.to_owned());
            }
            // Undecided among cities of one name: that name, without a guess at the country.
            None if !draft.candidates.is_empty() => place.city = rows().next().map(|row| row.name.to_owned()),
            None if place.region.is_none() => place.region = draft.county,
            None => {}
        }
        place
    }
}

impl Gazetteer {
    fn city(&self, index: u16) -> Option<&CityRow> {
        self.cities.get(usize::from(index))
    }

    fn region(&self, index: u16) -> Option<&RegionRow> {
        self.regions.get(usize::from(index))
    }

    fn city_region(&self, city: u16) -> Option<u16> {
        self.city(city)?.region
    }

    fn cities_in(&self, cities: &[u16], country: Country) -> Vec<u16> {
        cities.iter().copied().filter(|index| self.city(*index).is_some_and(|row| row.country == country)).collect()
    }

    fn region_in(&self, regions: &[u16], country: Country) -> Option<u16> {
        regions.iter().copied().find(|index| self.region(*index).is_some_and(|row| row.country == country))
    }

    fn only_country(&self, cities: &[u16]) -> Option<Country> {
        self.city(*cities.first()?).map(|row| row.country)
    }
}

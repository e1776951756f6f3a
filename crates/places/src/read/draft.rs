use super::{Atom, common_country};
use crate::{
    Country, Place,
    gazetteer::{Bare, gazetteer},
};

mod take;

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

//! The tables under `data/`, read once. Their formats are described at the top of each file.

use crate::{
    Area, Country,
    fold::{fold, name_hash},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

mod load;

/// The tables; built at the first use, in a few milliseconds.
pub(crate) fn gazetteer() -> &'static Gazetteer {
    static TABLES: LazyLock<Gazetteer> = LazyLock::new(load::load);
    &TABLES
}

#[derive(Default)]
pub(crate) struct Gazetteer {
    pub countries: BTreeMap<&'static str, CountryRow>,
    pub regions: Vec<RegionRow>,
    pub cities: Vec<CityRow>,
    pub areas: Vec<AreaRow>,
    names: HashMap<String, Meaning>,
    /// Region codes by their upper-case letters: `CA` is California here, the country is in `country_codes`.
    region_codes: HashMap<&'static str, Vec<u16>>,
    country_codes: HashMap<&'static str, Country>,
}

pub(crate) struct CountryRow {
    pub country: Country,
    pub name: &'static str,
}

pub(crate) struct RegionRow {
    pub country: Country,
    pub code: &'static str,
    pub name: &'static str,
}

pub(crate) struct CityRow {
    pub name: &'static str,
    pub country: Country,
    pub region: Option<u16>,
    pub bare: Bare,
    /// The hash of the metropolitan area's name, 0 for none.
    pub metro: u64,
}

/// What the name of a city means when nothing stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bare {
    /// This city: `Paris`.
    This,
    /// Some city of that name, not to be guessed: `Cambridge`.
    Undecided,
    /// A better known city of that name: the London in Ontario.
    Another,
}

pub(crate) struct AreaRow {
    pub name: &'static str,
    /// Sorted.
    pub members: Vec<Country>,
}

/// All that one name may stand for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Meaning {
    pub country: Option<Country>,
    pub regions: Vec<u16>,
    pub cities: Vec<u16>,
    pub area: Option<Area>,
}

impl Gazetteer {
    /// What a folded name stands for.
    pub fn meaning(&self, folded: &str) -> Option<&Meaning> {
        self.names.get(folded)
    }

    /// The country of an upper-case alpha-2 or alpha-3 code.
    pub fn country_code(&self, upper: &str) -> Option<Country> {
        self.country_codes.get(upper).copied()
    }

    /// What upper-case letters stand for as a code.
    pub fn code(&self, upper: &str) -> Option<Meaning> {
        let country = self.country_code(upper);
        let regions = self.region_codes.get(upper).cloned().unwrap_or_default();
        (country.is_some() || !regions.is_empty()).then(|| Meaning { country, regions, ..Meaning::default() })
    }

    /// The short form of a region's name: `CA` of California, if it has one in common use.
    pub fn region_code(&self, name: &str, country: Country) -> Option<&'static str> {
        let regions = &self.names.get(&fold(name))?.regions;
        regions
            .iter()
            .filter_map(|index| self.regions.get(usize::from(*index)))
            .find(|row| row.country == country && !row.code.is_empty())
            .map(|row| row.code)
    }

    /// The hash of the name of the metropolitan area that a city belongs to, or 0.
    pub fn metro_of(&self, city: &str, country: Option<Country>) -> u64 {
        let Some(meaning) = self.names.get(&fold(city)) else { return 0 };
        let rows = meaning.cities.iter().filter_map(|index| self.cities.get(usize::from(*index)));
        rows.filter(|row| Some(row.country) == country).map(|row| row.metro).find(|metro| *metro != 0).unwrap_or(0)
    }

    fn name(&mut self, name: &str) -> &mut Meaning {
        self.names.entry(fold(name)).or_default()
    }

    fn find_city(&self, name: &str, country: Country) -> Option<u16> {
        let found = self.names.get(&fold(name))?;
        found
            .cities
            .iter()
            .copied()
            .find(|i| self.cities.get(usize::from(*i)).is_some_and(|row| row.country == country))
    }

    fn find_region(&self, name: &str, country: Country) -> Option<u16> {
        let found = self.names.get(&fold(name))?;
        found
            .regions
            .iter()
            .copied()
            .find(|i| self.regions.get(usize::from(*i)).is_some_and(|row| row.country == country))
    }

    pub fn city(&self, index: u16) -> Option<&CityRow> {
        self.cities.get(usize::from(index))
    }

    pub fn region(&self, index: u16) -> Option<&RegionRow> {
        self.regions.get(usize::from(index))
    }

    pub fn city_region(&self, city: u16) -> Option<u16> {
        self.city(city)?.region
    }

    pub fn cities_in(&self, cities: &[u16], country: Country) -> Vec<u16> {
        cities.iter().copied().filter(|index| self.city(*index).is_some_and(|row| row.country == country)).collect()
    }

    pub fn region_in(&self, regions: &[u16], country: Country) -> Option<u16> {
        regions.iter().copied().find(|index| self.region(*index).is_some_and(|row| row.country == country))
    }

    pub fn only_country(&self, cities: &[u16]) -> Option<Country> {
        self.city(*cities.first()?).map(|row| row.country)
    }
}

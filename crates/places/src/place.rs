use crate::{
    Area, Closeness, Country, Spot,
    fold::{fold, name_hash},
    gazetteer::gazetteer,
};
use posting::Remote;
use std::fmt;

/// One place. At least one field is set; the larger fields are filled in from the smaller where that is certain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The English name of a known city (`Munich`), an unknown one as written.
    pub city: Option<String>,
    /// A state, province or nation of a union: `California`, `Bavaria`, `England`.
    pub region: Option<String>,
    pub country: Option<Country>,
    /// Set alone: a place is either an area or something smaller.
    pub area: Option<Area>,
}

impl Place {
    /// The whole of a country.
    pub fn country(country: Country) -> Self {
        Self { country: Some(country), ..Self::default() }
    }

    /// The first place named in `text`, if any.
    pub fn parse(text: &str) -> Option<Self> {
        crate::parse(text).places.into_iter().next()
    }

    /// The parts that comparing needs, as numbers: make it once when many comparisons follow.
    pub fn spot(&self) -> Spot {
        Spot {
            city: self.city.as_deref().map_or(0, name_hash),
            metro: self.city.as_deref().map_or(0, |city| gazetteer().metro_of(city, self.country)),
            region: self.region.as_deref().map_or(0, name_hash),
            country: self.country,
            area: self.area,
        }
    }

    /// How near the two are. Symmetric.
    pub fn closeness(&self, other: &Place) -> Closeness {
        self.spot().closeness(&other.spot())
    }

    /// Equal for two spellings of one place: `Berlin`, `Berlin, Germany` and `Berlin, DE` agree. The region counts only
    /// where towns of one name are common, in the United States, or when no city is named.
    pub fn same_key(&self) -> String {
        if let Some(area) = self.area {
            return fold(area.name());
        }
        // Singapore, Monaco: the city is the country.
        let city = self.city.as_deref().filter(|city| self.country.is_none_or(|country| country.name() != *city));
        let region = self.region.as_deref().filter(|_| self.city.is_none() || self.country == Some(Country("US")));
        [city.map(fold), region.map(fold), self.country.map(|country| country.code().to_lowercase())]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(",")
    }

    /// Tidy text: `Berlin, Germany`, `Austin, TX`, `Toronto, ON, Canada`, `Bavaria, Germany`, `EMEA`.
    /// Reading it again gives the same place.
    pub fn label(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(area) = self.area {
            return f.write_str(area.name());
        }
        let country = self.country.map(Country::name);
        let short = self.region.as_deref().zip(self.country).and_then(|(region, c)| gazetteer().region_code(region, c));
        match (self.city.as_deref(), self.region.as_deref(), country) {
            (Some(city), Some(_), Some(country)) => match (short, self.country.map(Country::code)) {
                (Some(code), Some("US")) => write!(f, "{city}, {code}"),
                (Some(code), Some("CA" | "AU")) => write!(f, "{city}, {code}, {country}"),
                _ => write!(f, "{city}, {country}"),
            },
            (Some(city), None, Some(country)) if city == country => f.write_str(city),
            // `New York, United States` would be read as the city.
            (None, Some(region @ ("New York" | "Washington")), Some(country)) => write!(f, "{region} State, {country}"),
            (Some(one), Some(two), None) | (Some(one), None, Some(two)) | (None, Some(one), Some(two)) => {
                write!(f, "{one}, {two}")
            }
            (Some(one), None, None) | (None, Some(one), None) | (None, None, Some(one)) => f.write_str(one),
            (None, None, None) => Ok(()),
        }
    }
}

/// All that a location text says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// In the order named, none twice.
    pub places: Vec<Place>,
    /// The way of working the text names. With a remote job, `places` is where the person has to be.
    pub remote: Option<Remote>,
    /// `Worldwide`, `Anywhere`, and no place to narrow it.
    pub anywhere: bool,
    /// There are further places that the text does not name: `Multiple locations`, `+3 others`.
    pub more: bool,
}

impl Places {
    /// Whether the text told nothing about where the work is.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.remote.is_none() && !self.anywhere && !self.more
    }

    /// The places alone: `New York, NY / London, United Kingdom`; empty when there are none.
    pub fn places_label(&self) -> String {
        self.places.iter().map(Place::label).collect::<Vec<_>>().join(" / ")
    }

    /// Tidy text of all of it: `Remote (United States / Canada)`, `Paris, France (hybrid)`, `Remote (worldwide)`.
    pub fn label(&self) -> String {
        let places = self.places_label();
        match (self.remote, places.is_empty()) {
            (_, true) if self.anywhere => "Remote (worldwide)".into(),
            (None, true) if self.more => "Multiple locations".into(),
            (None, _) => places,
            (Some(remote), true) => remote.label().into(),
            (Some(Remote::Remote), false) => format!("Remote ({places})"),
            (Some(Remote::Hybrid), false) => format!("{places} (hybrid)"),
            (Some(Remote::Onsite), false) => places,
        }
    }

    /// Equal for two texts that name the same places in any order and spelling; the way of working counts only when no
    /// place is named. Empty when the text says nothing.
    pub fn same_key(&self) -> String {
        let mut keys: Vec<String> = self.places.iter().map(Place::same_key).collect();
        keys.sort_unstable();
        match (keys.is_empty(), self.anywhere, self.remote) {
            (true, true, _) => "anywhere".into(),
            (true, false, Some(remote)) => remote.as_str().into(),
            _ => keys.join(";"),
        }
    }
}

impl fmt::Display for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label())
    }
}

use crate::{Country, gazetteer::gazetteer};
use std::fmt;

/// A part of the world larger than a country that postings name: `EMEA`, `European Union`, `DACH`, `LATAM`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area(pub(crate) u8);

impl Area {
    /// How it reads: `Europe`, `EMEA`.
    pub fn name(self) -> &'static str {
        gazetteer().areas.get(usize::from(self.0)).map_or("", |row| row.name)
    }

    /// Whether the country belongs to it, in the sense employers use the word.
    pub fn contains(self, country: Country) -> bool {
        gazetteer().areas.get(usize::from(self.0)).is_some_and(|row| row.members.binary_search(&country).is_ok())
    }

    /// Whether any country belongs to both.
    pub fn overlaps(self, other: Area) -> bool {
        self == other
            || gazetteer()
                .areas
                .get(usize::from(self.0))
                .is_some_and(|row| row.members.iter().any(|country| other.contains(*country)))
    }
}

impl fmt::Debug for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

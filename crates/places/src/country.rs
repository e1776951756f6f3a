use crate::gazetteer::gazetteer;
use std::fmt;

/// A country or territory of ISO 3166-1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(pub(crate) &'static str);

impl Country {
    /// The ISO 3166-1 alpha-2 code: `DE`.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// The common English name: `Germany`.
    pub fn name(self) -> &'static str {
        gazetteer().countries.get(self.0).map_or(self.0, |row| row.name)
    }

    /// The country with this alpha-2 or alpha-3 code, in any case; `UK` counts as `GB`.
    pub fn from_code(code: &str) -> Option<Self> {
        gazetteer().country_code(&code.trim().to_ascii_uppercase())
    }

    /// The country with this name or code: `Deutschland`, `The Netherlands`, `U.S.`, `de`.
    pub fn find(text: &str) -> Option<Self> {
        gazetteer()
            .meaning(&crate::fold::fold(text))
            .and_then(|meaning| meaning.country)
            .or_else(|| Self::from_code(text))
    }

    /// Every country, by code.
    pub fn all() -> impl Iterator<Item = Country> {
        gazetteer().countries.values().map(|row| row.country)
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

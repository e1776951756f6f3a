//! Keys of the boards that answer only those who hold one.

use super::{ConfigError, bad};
use boards::{Format, about::about};
use std::{collections::BTreeMap, fmt};

/// The keys that are set, by the variable's name. A board whose keys are not all there is not asked.
#[derive(Clone, Default)]
pub struct SourceKeys(BTreeMap<&'static str, String>);

/// The boards that need keys: `ADZUNA_APP_ID`, `ADZUNA_APP_KEY`; `USAJOBS_EMAIL`, `USAJOBS_API_KEY`; `LINKEDIN_JOBS_CLIENT_ID`,
/// `LINKEDIN_JOBS_CLIENT_SECRET`; `INDEED_PUBLISHER_ID`; `GLASSDOOR_PARTNER_ID`, `GLASSDOOR_PARTNER_KEY`.
const WITH_KEYS: [Format; 5] = [Format::Adzuna, Format::UsaJobs, Format::LinkedIn, Format::Indeed, Format::Glassdoor];

/// Longer ones are no keys, and could not be sent.
const LONGEST: usize = 1_000;

impl SourceKeys {
    /// Whether everything is there that this board asks for; so it is for all that ask for nothing.
    pub fn open(&self, format: Format) -> bool {
        about(format).is_none_or(|about| about.keys.iter().all(|name| self.0.contains_key(name)))
    }

    /// The value of a variable; empty where it is not set.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The boards that need keys and have them.
    pub fn opened(&self) -> Vec<Format> {
        WITH_KEYS.into_iter().filter(|format| self.open(*format)).collect()
    }
}

impl fmt::Debug for SourceKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SourceKeys").field(&self.0.keys()).finish()
    }
}

/// One of a pair without the other is an error.
pub(super) fn read(get: &impl Fn(&str) -> Option<String>) -> Result<SourceKeys, ConfigError> {
    let mut keys = BTreeMap::new();
    for names in WITH_KEYS.into_iter().filter_map(about).map(|about| about.keys) {
        let given: Vec<&'static str> = names.iter().copied().filter(|name| get(name).is_some()).collect();
        for name in names {
            match get(name) {
                Some(value) if value.len() > LONGEST || !value.bytes().all(|b| (b' '..=b'~').contains(&b)) => {
                    return Err(bad(name, "must be one line of plain characters"));
                }
                Some(value) => {
                    keys.insert(*name, value);
                }
                None => {
                    if let Some(other) = given.first() {
                        return Err(bad(name, format!("is missing, while {other} is given")));
                    }
                }
            }
        }
    }
    Ok(SourceKeys(keys))
}

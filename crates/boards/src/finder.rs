use chrono::{DateTime, NaiveDate};
use skills::Taxonomy;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// What reading needs besides the bytes: the taxonomy that names skills, and the day that "3 days ago" counts from.
#[derive(Clone)]
pub struct Finder {
    taxonomy: Arc<Taxonomy>,
    today: Option<NaiveDate>,
}

impl Finder {
    /// Finds the skills of this taxonomy; relative dates count from the day of the reading.
    pub fn new(taxonomy: Arc<Taxonomy>) -> Self {
        Finder { taxonomy, today: None }
    }

    /// The same, with relative dates counted from `today`: for an answer that was captured earlier, and for tests.
    pub fn on(self, today: NaiveDate) -> Self {
        Finder { today: Some(today), ..self }
    }

    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }

    /// Canonical names of the skills in a text, each once, in order of first mention.
    pub fn skill_names(&self, text: &str) -> Vec<String> {
        let mut seen = HashSet::new();
        self.taxonomy
            .skills_in(text)
            .into_iter()
            .filter(|mention| seen.insert(mention.skill))
            .map(|mention| self.taxonomy.skill(mention.skill).name.to_string())
            .collect()
    }

    /// The canonical name of a skill named by itself, as in a feed's tags.
    pub(crate) fn canonical(&self, name: &str) -> Option<String> {
        self.taxonomy.find(name).map(|id| self.taxonomy.skill(id).name.to_string())
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| {
            let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            i64::try_from(seconds)
                .ok()
                .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
                .map_or(NaiveDate::MIN, |now| now.date_naive())
        })
    }
}

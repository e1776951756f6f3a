//! How many sources do how.

use super::Health;
use crate::ui::grouped;
use serde::{Deserialize, Serialize};

/// How many sources do how; those that are left alone or were not visited yet are in none of the numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Healths {
    pub well: i64,
    /// Failing, or to be tried again after a pause.
    pub trouble: i64,
    pub paused: i64,
}

impl Healths {
    /// Counts so many more that do so.
    pub fn add(&mut self, health: Health, many: i64) {
        match health {
            Health::Well => self.well += many,
            Health::Failing | Health::Trial => self.trouble += many,
            Health::Paused => self.paused += many,
            Health::New | Health::Held | Health::Closed => {}
        }
    }

    /// "198 work, 17 are in trouble, 1 is paused"
    pub fn words(self) -> String {
        let told = |many: i64, one: &str, several: &str| {
            [grouped(many.unsigned_abs()).as_str(), if many == 1 { one } else { several }].concat()
        };
        [
            told(self.well, " works, ", " work, "),
            told(self.trouble, " is in trouble, ", " are in trouble, "),
            told(self.paused, " is paused", " are paused"),
        ]
        .concat()
    }
}

impl FromIterator<Health> for Healths {
    fn from_iter<I: IntoIterator<Item = Health>>(all: I) -> Self {
        let mut healths = Self::default();
        all.into_iter().for_each(|health| healths.add(health, 1));
        healths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_told_in_words() {
        let all = Health::ALL.into_iter().collect::<Healths>();
        assert_eq!(all.words(), "1 works, 2 are in trouble, 1 is paused");
        let many = Healths { well: 1_200, trouble: 1, paused: 0 };
        assert_eq!(many.words(), "1,200 work, 1 is in trouble, 0 are paused");
    }

    #[test]
    fn each_has_a_word_of_its_own() {
        for health in Health::ALL {
            assert_eq!(Health::parse(health.as_str()), Some(health));
            assert_eq!(serde_json::to_value(health).expect("a word"), health.as_str());
        }
        assert_eq!(Health::parse("unwell"), None);
    }
}

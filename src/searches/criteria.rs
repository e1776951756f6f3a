//! What a search looks for, and how that reads.

use crate::{ids::SourceId, profile::SalaryTarget};
use posting::{Level, Remote};
use serde::{Deserialize, Serialize};

/// The languages that postings are told apart by: ISO 639-1 and the English name.
pub const LANGUAGES: [(&str, &str); 8] = [
    ("en", "English"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("nl", "Dutch"),
    ("pt", "Portuguese"),
    ("pl", "Polish"),
];

/// What a search looks for. It has to name a title or a skill; everything else narrows it, and what is empty does not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Criteria {
    /// All words of any one of them stand in the posting's title.
    #[cfg_attr(feature = "ssr", schema(max_items = 20, max_length = 100))]
    pub titles: Vec<String>,
    /// Without titles one of them at least is asked for; beside titles they add to the order.
    #[cfg_attr(feature = "ssr", schema(max_items = 50, max_length = 100))]
    pub skills: Vec<String>,
    /// How many of the skills have to be asked for.
    #[cfg_attr(feature = "ssr", schema(minimum = 0, maximum = 50))]
    pub least_skills: u8,
    /// Cities, regions, countries.
    #[cfg_attr(feature = "ssr", schema(max_items = 20, max_length = 100))]
    pub places: Vec<String>,
    /// Ways of working; a posting that does not say is taken for one on site.
    #[cfg_attr(feature = "ssr", schema(max_items = 3))]
    pub ways: Vec<Remote>,
    /// Postings that name no pay pass.
    #[cfg_attr(feature = "ssr", serde(deserialize_with = "crate::api::maybe_object"))]
    pub least_pay: Option<SalaryTarget>,
    #[cfg_attr(feature = "ssr", schema(max_items = 5))]
    pub levels: Vec<Level>,
    /// Languages of the text, ISO 639-1; texts that are too short to tell pass.
    #[cfg_attr(feature = "ssr", schema(max_items = 8, pattern = "^(en|de|fr|es|it|nl|pt|pl)$"))]
    pub languages: Vec<String>,
    /// Words or phrases that must not stand in title or text.
    #[cfg_attr(feature = "ssr", schema(max_items = 50, max_length = 100))]
    pub without_words: Vec<String>,
    #[cfg_attr(feature = "ssr", schema(max_items = 50, max_length = 100))]
    pub without_companies: Vec<String>,
    /// Sources to look at, the dearest first; none means all.
    #[cfg_attr(feature = "ssr", schema(max_items = 50))]
    pub sources: Vec<SourceId>,
}

impl Criteria {
    /// What it looks for, in a sentence: `Baker or Miller in Lyon, France; remote; from EUR 40,000 a year; not Acme`.
    pub fn in_words(&self) -> String {
        let mut said = Vec::new();
        let mut what = self.titles.join(" or ");
        if what.is_empty() {
            what = ["Anything with ", &some(&self.skills)].concat();
        } else if self.least_skills > 0 {
            what = [&what, " with ", &some(&self.skills)].concat();
        }
        if !self.places.is_empty() {
            what = [&what, " in ", &some(&self.places)].concat();
        }
        said.push(what);
        if !self.ways.is_empty() {
            said.push(either(self.ways.iter().map(|way| way.label().to_lowercase())));
        }
        if let Some(pay) = &self.least_pay {
            let pay = posting::Salary {
                min: Some(pay.amount),
                max: None,
                currency: pay.currency.clone(),
                period: pay.period,
            };
            said.push(pay.to_string());
        }
        if !self.levels.is_empty() {
            said.push(either(self.levels.iter().map(|level| level.label().to_lowercase())));
        }
        if !self.languages.is_empty() {
            let name = |code: &String| LANGUAGES.iter().find(|(known, _)| known == code).map_or("", |(_, name)| name);
            said.push(["in ", &either(self.languages.iter().map(|code| name(code).to_owned()))].concat());
        }
        let without: Vec<String> = self.without_words.iter().chain(&self.without_companies).cloned().collect();
        if !without.is_empty() {
            said.push(["without ", &some(&without)].concat());
        }
        match self.sources.len() {
            0 => {}
            1 => said.push("from one source".into()),
            n => said.push(["from ", &n.to_string(), " sources"].concat()),
        }
        said.join("; ")
    }
}

/// At most three of a list: "Rust, SQL, Go and 4 more".
fn some(list: &[String]) -> String {
    let named = list.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
    match list.len().saturating_sub(3) {
        0 => named,
        more => [&named, " and ", &more.to_string(), " more"].concat(),
    }
}

fn either(list: impl Iterator<Item = String>) -> String {
    list.collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use posting::Period;

    #[test]
    fn a_search_reads_as_a_sentence() {
        let some = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let search = Criteria {
            titles: some(&["Baker", "Miller"]),
            places: some(&["Lyon, France"]),
            ways: vec![Remote::Remote, Remote::Hybrid],
            least_pay: Some(SalaryTarget { amount: 40_000, currency: "EUR".into(), period: Period::Year }),
            languages: some(&["en"]),
            without_companies: some(&["Acme"]),
            ..Criteria::default()
        };
        assert_eq!(
            search.in_words(),
            "Baker or Miller in Lyon, France; remote or hybrid; from EUR 40,000 a year; in English; without Acme"
        );
        let skills = Criteria { skills: some(&["A", "B", "C", "D", "E"]), ..Criteria::default() };
        assert_eq!(skills.in_words(), "Anything with A, B, C and 2 more");
    }
}

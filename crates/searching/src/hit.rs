use crate::{Index, Opening};
use std::{fmt::Write as _, hash::Hash};

/// A search that wants the posting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<K> {
    pub search: K,
    pub why: Why,
}

/// What of a search fits, as numbers; [`Index::words`] says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// Which title, for [`Index::words`].
    pub(crate) title: Option<u32>,
    /// How many of the skills are asked for.
    pub skills: u16,
    pub(crate) place: PlaceWord,
    pub pay: PayWord,
    /// Where the best of its sources stands in the person's order, from 0.
    pub source_rank: u16,
}

/// How the place fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceWord {
    /// The search names none.
    Any,
    /// The place with this number.
    At(u32),
    /// The posting names none, or is remote from anywhere.
    NotNamed,
}

/// How the pay fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayWord {
    /// The search names none.
    Any,
    Enough,
    NotNamed,
    /// Named in another currency.
    OtherCurrency,
}

impl<K: Copy + Eq + Hash> Index<K> {
    /// A hit in words: `Title “Backend Engineer”; skills: Rust, SQL; place: Berlin, Germany; pay not named`. Empty when the search is
    /// not here any more.
    pub fn words(&self, hit: &Hit<K>, opening: &Opening<'_>) -> String {
        let Some(entry) = self.entry(hit.search) else { return String::new() };
        let why = &hit.why;
        let mut said: Vec<String> = Vec::new();
        if let Some(title) = why.title.and_then(|title| self.title_text(title)) {
            said.push(format!("title “{title}”"));
        }
        let asked: Vec<String> = opening.skills.iter().map(|name| name.to_lowercase()).collect();
        let names = entry.skills.iter().filter_map(|skill| self.skill_name(*skill));
        let skills: Vec<&str> = names.filter(|name| asked.contains(&name.to_lowercase())).take(NAMED).collect();
        if !skills.is_empty() {
            let mut text = String::from(if why.skills == 1 { "skill: " } else { "skills: " });
            text.push_str(&skills.join(", "));
            if usize::from(why.skills) > skills.len() {
                let _ = write!(text, " and {} more", usize::from(why.skills) - skills.len());
            }
            said.push(text);
        }
        match why.place {
            PlaceWord::Any => {}
            PlaceWord::At(place) => said.extend(self.place_text(place).map(|place| format!("place: {place}"))),
            PlaceWord::NotNamed => said.push("place not named".into()),
        }
        match why.pay {
            PayWord::Any => {}
            PayWord::Enough => said.push("pays enough".into()),
            PayWord::NotNamed => said.push("pay not named".into()),
            PayWord::OtherCurrency => said.push("pay in another currency".into()),
        }
        let mut text = said.join("; ");
        if let Some(first) = text.get(..1).map(str::to_uppercase) {
            text.replace_range(..1, &first);
        }
        text
    }
}

/// How many skills are named.
const NAMED: usize = 5;

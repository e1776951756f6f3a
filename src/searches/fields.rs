//! The form of a search, its texts turned into what is wanted. A field that cannot be read is named, and nothing typed is lost.

use super::{
    Criteria, LANGUAGES, Preview,
    actions::{self, Wanted},
    gather, preview, store,
};
use crate::{
    error::{Check, Error, Result},
    ids::{SearchId, SourceId},
    profile::SalaryTarget,
    session::{self, Who},
    state::App,
    ui::{split_lines, split_tags},
};
use posting::{Level, Period, Remote};

/// As typed.
pub struct SearchFields {
    pub titles: String,
    pub skills: String,
    pub least_skills: String,
    pub places: String,
    /// In the order of [`Remote::ALL`].
    pub ways: [String; 3],
    pub pay_amount: String,
    pub pay_currency: String,
    pub pay_period: String,
    /// In the order of [`Level::ALL`].
    pub levels: [String; 5],
    pub languages: String,
    pub without_words: String,
    pub without_companies: String,
    pub sources: String,
}

impl SearchFields {
    /// Saves the form: a new search without an `id`. Answers with its page.
    pub async fn save(self, app: &App, who: &Who, id: &str, name: String, seen: Option<i64>) -> Result<String> {
        let id: Option<SearchId> = if id.is_empty() { None } else { Some(id.parse().map_err(|_| Error::NotFound)?) };
        let before = match id {
            Some(id) => Some(store::get(app, who.user, id).await?),
            None => None,
        };
        let criteria = self.read(app, who).await?;
        let active = before.as_ref().is_none_or(|kept| kept.state.active);
        let wanted = Wanted { name, active, criteria };
        let kept = match before {
            Some(before) => actions::update(app, who, before.id, wanted, seen).await?,
            None => actions::create(app, who, wanted, None).await?,
        };
        Ok(session::forward(format!("/jobs/searches/{}", kept.id)))
    }

    /// What such a search would find.
    pub async fn preview(self, app: &App, who: &Who) -> Result<Preview> {
        app.limits.file(who.user)?;
        let criteria = self.read(app, who).await?;
        preview::preview(app, who, &actions::checked(criteria, &app.taxonomy())?).await
    }

    async fn read(self, app: &App, who: &Who) -> Result<Criteria> {
        let mut check = Check::default();
        let digits: String =
            self.pay_amount.chars().filter(|c| !matches!(c, ',' | '.' | '\'' | ' ' | '\u{a0}')).collect();
        let amount = digits.parse::<i64>().ok();
        let least = self.least_skills.trim();
        let least_skills = if least.is_empty() { Some(0) } else { least.parse::<u8>().ok() };
        let languages: Vec<Option<String>> = split_tags(&self.languages).iter().map(|text| language(text)).collect();
        let sources = sources(app, who, &self.sources).await?;
        check
            .that(digits.is_empty() || amount.is_some(), "pay_amount", "Please enter a whole number, such as 60000.")
            .that(least_skills.is_some(), "least_skills", "Please enter a number from 0 to 50.")
            .that(
                languages.iter().all(Option::is_some),
                "languages",
                format!("Known are {}.", LANGUAGES.map(|(_, name)| name).join(", ")),
            )
            .that(sources.iter().all(Option::is_some), "sources", "Please choose from the sources that are offered.");
        check.done()?;
        let chosen = |text: &String| text == "true";
        Ok(Criteria {
            titles: split_tags(&self.titles),
            skills: split_tags(&self.skills),
            least_skills: least_skills.unwrap_or_default(),
            places: split_lines(&self.places),
            ways: Remote::ALL.into_iter().zip(&self.ways).filter(|(_, on)| chosen(on)).map(|(way, _)| way).collect(),
            least_pay: amount.map(|amount| SalaryTarget {
                amount,
                currency: self.pay_currency.trim().to_uppercase(),
                period: Period::parse(&self.pay_period).unwrap_or(Period::Year),
            }),
            levels: Level::ALL
                .into_iter()
                .zip(&self.levels)
                .filter(|(_, on)| chosen(on))
                .map(|(level, _)| level)
                .collect(),
            languages: languages.into_iter().flatten().collect(),
            without_words: split_tags(&self.without_words),
            without_companies: split_tags(&self.without_companies),
            sources: sources.into_iter().flatten().collect(),
        })
    }
}

/// A language by name or code.
fn language(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let known = LANGUAGES.iter().find(|(code, name)| *code == text || name.to_lowercase() == text);
    known.map(|(code, _)| (*code).to_owned())
}

/// Sources by their names, in the order they are named.
async fn sources(app: &App, who: &Who, names: &str) -> Result<Vec<Option<SourceId>>> {
    let names = split_lines(names);
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let known = gather::sources(app, who).await?;
    let of = |name: &String| known.iter().find(|(_, known)| known.to_lowercase() == name.to_lowercase());
    Ok(names.iter().map(|name| of(name).map(|(id, _)| *id)).collect())
}

//! From what somebody typed to a source: an address as it is, or the name of a company whose board is looked for.

use super::reading;
use crate::{
    error::{Error, Result},
    state::App,
};
use boards::{
    Format,
    address::{self, Place, place},
    directory,
};
use url::Url;

/// Characters of what is typed.
const LONGEST: usize = 2_000;

/// What to call a source and where it is.
pub struct Known {
    pub place: Place,
    pub label: String,
}

/// Finds the source that was meant. Asks boards only for a company that is not in the directory, and at most six of them.
pub async fn find(app: &App, what: &str) -> Result<Known> {
    let what = what.trim();
    if what.is_empty() {
        return Err(wrong("Please type the name of a company, or the address of a board, a feed or a page."));
    }
    if what.len() > LONGEST || what.contains('\0') {
        return Err(wrong("This is too long for a name or an address."));
    }
    if is_address(what) {
        let mut place = place(what).map_err(|words| wrong(words.to_string()))?;
        if let Some(entry) = directory::all().iter().find(|entry| entry.address == place.address) {
            place.company = Some(entry.name.to_owned());
        }
        return Ok(Known { label: label(&place), place });
    }
    if let Some(entry) = directory::find(what) {
        let place =
            Place { format: entry.format, address: entry.address.clone(), company: Some(entry.name.to_owned()) };
        return Ok(Known { label: label(&place), place });
    }
    guess(app, what).await
}

/// An address has a dot and no space; so has `Crypto.com`, which the directory knows.
fn is_address(what: &str) -> bool {
    what.contains("://")
        || (!what.contains(char::is_whitespace) && what.contains('.') && directory::find(what).is_none())
}

/// Asks the boards that a company of this name could be at.
async fn guess(app: &App, name: &str) -> Result<Known> {
    let none =
        || wrong("No board of a company of this name was found. Please paste the address of its career page instead.");
    if name.chars().count() > 100 {
        return Err(none());
    }
    if !app.config.scraping {
        return Err(Error::Unavailable(
            "Boards are not asked here at present. Please paste the address of the board instead.".into(),
        ));
    }
    for mut place in address::guesses(name) {
        let Ok(request) = address::visit(place.format, &place.address) else { continue };
        if reading::answers(app, place.format, &request).await? {
            place.company = Some(name.split_whitespace().collect::<Vec<_>>().join(" "));
            return Ok(Known { label: label(&place), place });
        }
    }
    Err(none())
}

/// `Acme at Greenhouse`, `Remotive`, `example.org (RSS or Atom)`, `Adzuna: baker, Leeds`.
pub fn label(place: &Place) -> String {
    let name = place.format.label();
    let label = match (&place.company, place.format) {
        (Some(company), _) => format!("{company} at {name}"),
        (None, Format::HackerNews) => "Hacker News: who is hiring?".into(),
        (None, Format::Feed | Format::WebPage) => {
            let host = Url::parse(&place.address).ok().and_then(|url| url.host_str().map(str::to_owned));
            format!("{} ({name})", host.unwrap_or_default())
        }
        (None, _) => match asked(&place.address) {
            words if words.is_empty() => name.to_owned(),
            words => format!("{name}: {words}"),
        },
    };
    label.chars().take(200).collect()
}

/// What is asked for in an address, in words.
fn asked(address: &str) -> String {
    let names =
        ["what", "where", "Keyword", "LocationName", "keywords", "location", "q", "l", "category", "tag", "search"];
    let Ok(url) = Url::parse(address) else { return String::new() };
    let words: Vec<String> = url
        .query_pairs()
        .filter(|(name, value)| names.contains(&name.as_ref()) && !value.is_empty())
        .map(|(_, value)| value.into_owned())
        .collect();
    words.join(", ")
}

fn wrong(words: impl Into<String>) -> Error {
    Error::invalid("what", words)
}

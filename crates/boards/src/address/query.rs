//! Boards that answer questions only, and only to those who hold a key: what is asked, without the key. So the address can be kept,
//! compared and shown; the server adds its key when it asks.

use super::{BoardRequest, Unsupported};
use crate::Format;
use url::Url;

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub words: String,
    pub place: String,
    /// ISO 3166: `gb`. Adzuna has a service for each, Indeed a site.
    pub country: String,
}

/// Postings asked for at a time, as each board's documents allow.
const ADZUNA: &str = "50";
const USAJOBS: &str = "250";
const INDEED: &str = "25";
const LINKEDIN: &str = "20";
const GLASSDOOR: &str = "20";
/// The longest words that are asked for, in characters.
const WORDS: usize = 200;
/// Parameters that carry a key, a person or a device: never part of an address that is kept.
const SECRET: [&str; 9] =
    ["app_id", "app_key", "publisher", "t.p", "t.k", "userip", "useragent", "oauth2_access_token", "access_token"];
/// Countries that Adzuna has a service for.
pub const ADZUNA_COUNTRIES: [&str; 19] =
    ["at", "au", "be", "br", "ca", "ch", "de", "es", "fr", "gb", "in", "it", "mx", "nl", "nz", "pl", "sg", "us", "za"];

/// The first page of the answer to a question.
///
/// # Errors
/// [`Unsupported`] where this board answers no questions, or not about that country.
pub fn ask(format: Format, query: &Query) -> Result<BoardRequest, Unsupported> {
    let country = query.country.trim().to_lowercase();
    let (base, fixed, words, place): (String, &[(&str, &str)], &str, &str) = match format {
        Format::Adzuna => {
            let country = if country.is_empty() { "gb".to_owned() } else { country.clone() };
            if !ADZUNA_COUNTRIES.contains(&country.as_str()) {
                return Err(Unsupported(format!(
                    "Adzuna has no jobs for “{country}”. Choose one of: {}.",
                    ADZUNA_COUNTRIES.join(", ")
                )));
            }
            let base = format!("https://api.adzuna.com/v1/api/jobs/{country}/search/1");
            (base, &[("results_per_page", ADZUNA), ("sort_by", "date")], "what", "where")
        }
        Format::UsaJobs => (
            "https://data.usajobs.gov/api/search".into(),
            &[("ResultsPerPage", USAJOBS), ("Page", "1"), ("SortField", "opendate")],
            "Keyword",
            "LocationName",
        ),
        Format::LinkedIn => (
            "https://api.linkedin.com/v1/job-search".into(),
            &[("format", "json"), ("sort", "DD"), ("start", "0"), ("count", LINKEDIN)],
            "keywords",
            "location",
        ),
        Format::Indeed => (
            "https://api.indeed.com/ads/apisearch".into(),
            &[("v", "2"), ("format", "json"), ("sort", "date"), ("start", "0"), ("limit", INDEED)],
            "q",
            "l",
        ),
        Format::Glassdoor => (
            "https://api.glassdoor.com/api/api.htm".into(),
            &[("v", "1"), ("format", "json"), ("action", "jobs"), ("pn", "1"), ("ps", GLASSDOOR)],
            "q",
            "l",
        ),
        _ => return Err(Unsupported(format!("{} answers with a whole board, not to questions.", format.label()))),
    };
    let mut url = Url::parse(&base).map_err(|_| super::not_an_address())?;
    let short =
        |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(WORDS).collect::<String>();
    url.query_pairs_mut().extend_pairs(fixed);
    for (name, value) in [(words, short(&query.words)), (place, short(&query.place))] {
        if !value.is_empty() {
            url.query_pairs_mut().append_pair(name, &value);
        }
    }
    if format == Format::Indeed && country.len() == 2 {
        url.query_pairs_mut().append_pair("co", &country);
    }
    let page = url.clone();
    Ok(BoardRequest::get(format, url.into(), None, &page))
}

/// Glassdoor's answer about employers of a name; read by [`crate::facts`].
pub fn about_company(name: &str) -> Option<BoardRequest> {
    let mut url = Url::parse("https://api.glassdoor.com/api/api.htm").ok()?;
    let name: String = name.chars().take(WORDS).collect();
    url.query_pairs_mut().extend_pairs([("v", "1"), ("format", "json"), ("action", "employers"), ("q", &name)]);
    let page = url.clone();
    Some(BoardRequest::get(Format::Glassdoor, url.into(), None, &page))
}

/// The board that answers questions at this address.
pub fn format_of(url: &Url) -> Option<Format> {
    let path = url.path();
    match url.host_str()? {
        "api.adzuna.com" if path.contains("/search/") => Some(Format::Adzuna),
        "data.usajobs.gov" => Some(Format::UsaJobs),
        "api.linkedin.com" => Some(Format::LinkedIn),
        "api.indeed.com" => Some(Format::Indeed),
        "api.glassdoor.com" => Some(Format::Glassdoor),
        _ => None,
    }
}

/// An address that was kept, as a request; whatever carries a key or names a person is left out.
pub fn request(address: &Url) -> Option<BoardRequest> {
    let format = format_of(address)?;
    let mut url = address.clone();
    let kept: Vec<(String, String)> = address
        .query_pairs()
        .filter(|(name, _)| !SECRET.contains(&name.to_lowercase().as_str()))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    url.set_fragment(None);
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    let page = url.clone();
    Some(BoardRequest::get(format, url.into(), None, &page))
}

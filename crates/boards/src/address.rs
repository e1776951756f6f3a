//! From the address of a board that a person pastes to the request that answers with its postings.

use crate::Format;
use crate::row::name_from_slug;
use url::Url;

mod careers;
mod paging;
mod public;
mod query;
mod visit;
mod workday;

pub use query::{ADZUNA_COUNTRIES, Query, about_company, ask};
pub use visit::{Place, detail, guesses, hackernews_item, place, visit};

pub(crate) use careers::workable_account;

/// How to ask for a board's postings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardRequest {
    /// The format the answer will have.
    pub format: Format,
    pub url: String,
    pub method: Method,
    /// The JSON body of a [`Method::Post`].
    pub body: Option<String>,
    /// The employer, as far as the address names one.
    pub company: Option<String>,
    /// The board's public page, which completes relative links.
    pub page: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

/// An address that no reader covers. Shows as a sentence that says what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unsupported(String);

impl BoardRequest {
    fn get(format: Format, url: String, company: Option<String>, page: &Url) -> Self {
        BoardRequest { format, url, method: Method::Get, body: None, company, page: page.to_string() }
    }
}

/// What to fetch for a pasted address: a board's page, one posting on it, or the address of its answer.
///
/// # Errors
/// [`Unsupported`] when it is no address or none of a known board.
pub fn resolve(text: &str) -> Result<BoardRequest, Unsupported> {
    let text = text.trim();
    if text.is_empty() || text.len() > crate::limits::URL_CHARS || text.contains(char::is_whitespace) {
        return Err(not_an_address());
    }
    let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let page = Url::parse(&address).map_err(|_| not_an_address())?;
    if !matches!(page.scheme(), "http" | "https") || !page.username().is_empty() || page.password().is_some() {
        return Err(not_an_address());
    }
    let host = page.host_str().ok_or_else(not_an_address)?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path: Vec<&str> = page.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if host.ends_with(".greenhouse.io") {
        greenhouse(&page, &path)
    } else if host.ends_with(".lever.co") {
        lever(&page, host, &path)
    } else if matches!(host, "jobs.ashbyhq.com" | "api.ashbyhq.com") {
        ashby(&page, host, &path)
    } else if host.ends_with(".myworkdayjobs.com") || host.ends_with(".myworkdaysite.com") {
        workday::request(&page, host, &path)
            .ok_or_else(|| needs_board("Workday", "https://acme.wd5.myworkdayjobs.com/Careers"))
    } else if let Some(request) = careers::request(&page, host, &path) {
        request
    } else {
        public::request(&page, host, &path)
    }
}

/// Hosts that answer for the boards [`resolve`] knows; one that begins with a dot stands for every name under it.
const HOSTS: [&str; 34] = [
    ".greenhouse.io",
    ".lever.co",
    ".ashbyhq.com",
    ".myworkdayjobs.com",
    ".myworkdaysite.com",
    "remotive.com",
    "www.remotive.com",
    "remotive.io",
    "arbeitnow.com",
    "www.arbeitnow.com",
    "remoteok.com",
    "www.remoteok.com",
    "remoteok.io",
    "jobicy.com",
    "www.jobicy.com",
    "himalayas.app",
    "www.himalayas.app",
    ".smartrecruiters.com",
    ".recruitee.com",
    "apply.workable.com",
    ".jobs.personio.de",
    ".jobs.personio.com",
    ".bamboohr.com",
    "weworkremotely.com",
    "www.weworkremotely.com",
    "themuse.com",
    "www.themuse.com",
    "hn.algolia.com",
    "hacker-news.firebaseio.com",
    "api.adzuna.com",
    "data.usajobs.gov",
    "api.linkedin.com",
    "api.indeed.com",
    "api.glassdoor.com",
];

/// Whether an address is one of a known board, to be asked over https on its usual port: whatever else a board redirects to is
/// not followed.
pub fn is_known(url: &Url) -> bool {
    let Some(host) = url.domain() else { return false };
    let host = host.to_lowercase();
    url.scheme() == "https"
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none()
        && HOSTS.iter().any(|known| if known.starts_with('.') { host.ends_with(known) } else { host == *known })
}

fn greenhouse(page: &Url, path: &[&str]) -> Result<BoardRequest, Unsupported> {
    let example = "https://boards.greenhouse.io/acme";
    let (board, rest): (String, &[&str]) = match path {
        ["v1", "boards", board, rest @ ..] => ((*board).to_owned(), rest),
        ["embed", ..] => {
            let named = page.query_pairs().find(|(name, _)| name == "for").map(|(_, board)| board.into_owned());
            (named.ok_or_else(|| needs_board("Greenhouse", example))?, &[])
        }
        [board, rest @ ..] => ((*board).to_owned(), rest),
        [] => return Err(needs_board("Greenhouse", example)),
    };
    let board = slug(&board).ok_or_else(|| needs_board("Greenhouse", example))?;
    // Boards hosted in Europe answer there too; unlike Lever, Greenhouse has no second address.
    let api = "boards-api.greenhouse.io";
    let url = match rest {
        ["jobs", id, ..] if id.bytes().all(|b| b.is_ascii_digit()) => {
            format!("https://{api}/v1/boards/{board}/jobs/{id}")
        }
        _ => format!("https://{api}/v1/boards/{board}/jobs?content=true"),
    };
    Ok(BoardRequest::get(Format::Greenhouse, url, name_from_slug(&board), page))
}

fn lever(page: &Url, host: &str, path: &[&str]) -> Result<BoardRequest, Unsupported> {
    let example = "https://jobs.lever.co/acme";
    let parts = match path {
        ["v0", "postings", rest @ ..] => rest,
        all => all,
    };
    let site = parts.first().and_then(|site| slug(site)).ok_or_else(|| needs_board("Lever", example))?;
    let api = if host.contains(".eu.") { "api.eu.lever.co" } else { "api.lever.co" };
    let url = match parts.get(1).and_then(|id| slug(id)).filter(|id| id.len() == 36) {
        Some(id) => format!("https://{api}/v0/postings/{site}/{id}"),
        None => format!("https://{api}/v0/postings/{site}?mode=json"),
    };
    Ok(BoardRequest::get(Format::Lever, url, name_from_slug(&site), page))
}

fn ashby(page: &Url, host: &str, path: &[&str]) -> Result<BoardRequest, Unsupported> {
    let parts = match path {
        ["posting-api", "job-board", rest @ ..] => rest,
        all if host.starts_with("jobs.") => all,
        _ => &[],
    };
    // Ashby's board names may hold spaces and dots.
    let name = parts.first().filter(|name| !name.is_empty() && name.len() <= 200 && !matches!(**name, "." | ".."));
    let name = name.ok_or_else(|| needs_board("Ashby", "https://jobs.ashbyhq.com/acme"))?;
    let url = format!("https://api.ashbyhq.com/posting-api/job-board/{name}?includeCompensation=true");
    Ok(BoardRequest::get(Format::Ashby, url, name_from_slug(&name.replace("%20", " ")), page))
}

/// A part of an address that may go into another one as it is.
fn slug(part: &str) -> Option<String> {
    let fits = !part.is_empty()
        && part.len() <= 100
        && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        && !part.bytes().all(|b| b == b'.');
    fits.then(|| part.to_owned())
}

fn not_an_address() -> Unsupported {
    Unsupported("This is not a web address. Paste the address of a job board, as https://jobs.lever.co/acme.".into())
}

fn needs_board(name: &str, example: &str) -> Unsupported {
    Unsupported(format!("This {name} address names no company's board. Paste the board's own address, as {example}."))
}

fn needs_key(name: &str) -> Unsupported {
    Unsupported(format!(
        "{name} answers only to those who hold a key for it. Save the answer with your key, and bring in the file."
    ))
}

/// The employer that a link of a posting names, for feeds that name it nowhere else.
pub(crate) fn company_of_link(link: &str) -> Option<String> {
    company_of(&Url::parse(link).ok()?)
}

/// The employer that an address names: by the board's name, else by the host.
pub(crate) fn company_of(page: &Url) -> Option<String> {
    if let Ok(request) = resolve(page.as_str()) {
        return request.company;
    }
    let host = page.host_str()?.to_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    // `careers.acme.co.uk` → `acme`: the label before the public ending, which has one or two parts.
    let ending = if labels.len() > 2 && labels[labels.len() - 1].len() == 2 && labels[labels.len() - 2].len() <= 3 {
        2
    } else {
        1
    };
    let name = labels.get(labels.len().checked_sub(ending + 1)?)?;
    page.domain().and_then(|_| name_from_slug(name))
}

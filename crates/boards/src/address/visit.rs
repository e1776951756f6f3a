//! What is asked of a source that is looked at again and again: its canonical address, and the requests of a visit.

use super::{BoardRequest, Unsupported, not_an_address, query, resolve};
use crate::Format;
use crate::row::name_from_slug;
use posting::Posting;
use url::Url;

/// The thread asks anew each month, so its author is the source, not a thread.
const WHO_IS_HIRING: &str = "https://news.ycombinator.com/user?id=whoishiring";
const WHO_IS_HIRING_BY_FIREBASE: &str = "https://hacker-news.firebaseio.com/v0/user/whoishiring.json";

/// Where postings come from, however its address was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub format: Format,
    /// The same for every way to write it; for a board its public page, without any key.
    pub address: String,
    /// The employer, where all postings are of one.
    pub company: Option<String>,
}

/// What a pasted address stands for, as a source: a posting stands for its board, a page of an unknown host for itself, as a feed or a page.
///
/// # Errors
/// [`Unsupported`] when it is no address, or not over https.
pub fn place(text: &str) -> Result<Place, Unsupported> {
    let text = text.trim();
    let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&address).map_err(|_| not_an_address())?;
    if let Some(request) = query::request(&url) {
        return Ok(Place { format: request.format, address: request.url, company: None });
    }
    if let Some(address) = hackernews(&url) {
        return Ok(Place { format: Format::HackerNews, address: address.into(), company: None });
    }
    match resolve(text) {
        Ok(request) => {
            let company = request.company.clone();
            Ok(Place { format: request.format, address: home(&request), company })
        }
        Err(refused) => {
            let board = url.host_str().is_some_and(is_a_boards_own);
            if board
                || url.scheme() != "https"
                || !url.has_host()
                || !url.username().is_empty()
                || text.len() > crate::limits::URL_CHARS
            {
                return Err(refused);
            }
            let mut url = url;
            url.set_fragment(None);
            let format = if looks_like_a_feed(&url) { Format::Feed } else { Format::WebPage };
            Ok(Place { format, address: url.into(), company: None })
        }
    }
}

/// Boards that were not understood are not read as if they were pages.
fn is_a_boards_own(host: &str) -> bool {
    let own = [
        "greenhouse.io",
        "lever.co",
        "ashbyhq.com",
        "workable.com",
        "smartrecruiters.com",
        "adzuna.com",
        "usajobs.gov",
        "linkedin.com",
        "indeed.com",
        "glassdoor.com",
        "news.ycombinator.com",
    ];
    own.iter().any(|own| host == *own || host.strip_suffix(own).is_some_and(|front| front.ends_with('.')))
}

fn looks_like_a_feed(url: &Url) -> bool {
    let path = url.path().to_lowercase();
    let parts = ["rss", "atom", "feed", "feeds"];
    path.rsplit_once('.').is_some_and(|(_, ending)| matches!(ending, "rss" | "atom" | "xml" | "rdf"))
        || path.split('/').any(|part| parts.contains(&part))
}

fn hackernews(url: &Url) -> Option<&'static str> {
    match (url.host_str()?, url.path()) {
        ("hacker-news.firebaseio.com", "/v0/user/whoishiring.json") => Some(WHO_IS_HIRING_BY_FIREBASE),
        ("news.ycombinator.com", "/user" | "/submitted") => {
            url.query_pairs().any(|(name, value)| name == "id" && value == "whoishiring").then_some(WHO_IS_HIRING)
        }
        _ => None,
    }
}

/// A board's public page, from the request for it or for one of its postings.
fn home(request: &BoardRequest) -> String {
    let Ok(url) = Url::parse(&request.url) else { return request.url.clone() };
    let path: Vec<&str> = url.path_segments().into_iter().flatten().collect();
    let host = url.host_str().unwrap_or_default();
    match (request.format, path.as_slice()) {
        (Format::Greenhouse, ["v1", "boards", board, ..]) => format!("https://boards.greenhouse.io/{board}"),
        (Format::Lever, ["v0", "postings", site, ..]) => {
            format!("https://{}/{site}", host.replacen("api.", "jobs.", 1))
        }
        (Format::Ashby, ["posting-api", "job-board", name, ..]) => format!("https://jobs.ashbyhq.com/{name}"),
        (Format::Workday, ["wday", "cxs", _, site, ..]) => format!("https://{host}/{site}"),
        (Format::SmartRecruiters, ["v1", "companies", company, ..]) => {
            format!("https://careers.smartrecruiters.com/{company}")
        }
        (Format::Workable, ["api", _, "accounts", account, ..] | ["api", _, "widget", "accounts", account, ..]) => {
            format!("https://apply.workable.com/{account}")
        }
        (Format::Recruitee | Format::Personio, _) => format!("https://{host}"),
        (Format::BambooHr, _) => format!("https://{host}/careers"),
        _ => request.url.clone(),
    }
}

/// The first request of a visit to a source that [`place`] named.
///
/// # Errors
/// [`Unsupported`] when the address is not one of that format.
pub fn visit(format: Format, address: &str) -> Result<BoardRequest, Unsupported> {
    let url = Url::parse(address).map_err(|_| not_an_address())?;
    if let Some(request) = query::request(&url) {
        return Ok(request);
    }
    match (format, hackernews(&url)) {
        (_, Some(WHO_IS_HIRING)) => {
            let search = "https://hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring&hitsPerPage=10";
            Ok(BoardRequest::get(Format::HackerNews, search.into(), None, &url))
        }
        (_, Some(firebase)) => Ok(BoardRequest::get(Format::HackerNews, firebase.into(), None, &url)),
        (Format::Feed | Format::WebPage, _) if url.scheme() == "https" => {
            Ok(BoardRequest::get(format, address.to_owned(), None, &url))
        }
        _ => resolve(address).map(paged),
    }
}

/// Boards that give their first postings only, unless they are asked in pages.
fn paged(request: BoardRequest) -> BoardRequest {
    let with = match request.format {
        Format::Himalayas => "limit=20&offset=0",
        Format::Arbeitnow => "page=1",
        _ => return request,
    };
    let Ok(mut url) = Url::parse(&request.url) else { return request };
    if url.query_pairs().any(|(name, _)| matches!(&*name, "offset" | "page")) {
        return request;
    }
    let query = url.query().map_or_else(|| with.to_owned(), |query| format!("{query}&{with}"));
    url.set_query(Some(&query));
    BoardRequest { url: url.into(), ..request }
}

/// The thread or the comment of that number: by Algolia the thread with all its comments, by Firebase the one thing.
pub fn hackernews_item(firebase: bool, id: u64) -> Option<BoardRequest> {
    let page = Url::parse(&format!("https://news.ycombinator.com/item?id={id}")).ok()?;
    let url = if firebase {
        format!("https://hacker-news.firebaseio.com/v0/item/{id}.json")
    } else {
        format!("https://hn.algolia.com/api/v1/items/{id}")
    };
    Some(BoardRequest::get(Format::HackerNews, url, None, &page))
}

/// The request for a posting's text, at boards whose list has none of it.
pub fn detail(format: Format, posting: &Posting) -> Option<BoardRequest> {
    let apart = matches!(format, Format::SmartRecruiters | Format::BambooHr | Format::Workday);
    if !apart || !posting.description.is_empty() {
        return None;
    }
    let request = resolve(posting.url.as_deref()?).ok().filter(|request| request.format == format)?;
    // The whole board again is no detail.
    let one = !request.url.contains("limit=") && !request.url.ends_with("/list") && request.body.is_none();
    one.then(|| BoardRequest {
        company: Some(posting.company.clone()).filter(|company| !company.is_empty()),
        ..request
    })
}

/// Where the board of a company of this name could be, most used first; at most six.
pub fn guesses(name: &str) -> Vec<Place> {
    let folded = crate::duplicate::company_key(name);
    let slug: String = folded.chars().filter(char::is_ascii_alphanumeric).collect();
    if slug.len() < 2 || slug.len() > 60 {
        return Vec::new();
    }
    let camel: String = folded.split(' ').filter_map(name_from_slug).collect();
    [
        format!("https://boards.greenhouse.io/{slug}"),
        format!("https://jobs.lever.co/{slug}"),
        format!("https://jobs.ashbyhq.com/{slug}"),
        format!("https://careers.smartrecruiters.com/{camel}"),
        format!("https://{slug}.recruitee.com"),
        format!("https://apply.workable.com/{slug}"),
    ]
    .iter()
    .filter_map(|address| place(address).ok())
    .collect()
}

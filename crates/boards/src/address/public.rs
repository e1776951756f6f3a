//! Boards that publish one feed for everybody.

use super::{BoardRequest, Unsupported, needs_key, slug};
use crate::Format;
use url::Url;

/// The request for a public board.
pub fn request(page: &Url, host: &str, path: &[&str]) -> Result<BoardRequest, Unsupported> {
    let (format, url) = match host {
        "weworkremotely.com" => return Ok(weworkremotely(page, path)),
        "themuse.com" => return Ok(themuse(page, path)),
        "news.ycombinator.com" | "hn.algolia.com" | "hacker-news.firebaseio.com" => return hackernews(page, path),
        "remotive.com" | "remotive.io" => (Format::Remotive, "https://remotive.com/api/remote-jobs"),
        "arbeitnow.com" => (Format::Arbeitnow, "https://www.arbeitnow.com/api/job-board-api"),
        "remoteok.com" | "remoteok.io" => (Format::RemoteOk, "https://remoteok.com/api"),
        "jobicy.com" => (Format::Jobicy, "https://jobicy.com/api/v2/remote-jobs"),
        "himalayas.app" => (Format::Himalayas, "https://himalayas.app/jobs/api"),
        host if host.starts_with("adzuna.") || host.ends_with(".adzuna.com") => return Err(needs_key("Adzuna")),
        host if host.ends_with("usajobs.gov") => return Err(needs_key("USAJOBS")),
        _ => {
            return Err(Unsupported(
                "This address is no board that can be read. Boards at Greenhouse, Lever, Ashby, Workday, SmartRecruiters, Recruitee, Workable, Personio and BambooHR can, and the feeds of Remotive, Arbeitnow, RemoteOK, Jobicy, Himalayas, We Work Remotely, The Muse and Hacker News. For any other page, copy the posting's text into a new job."
                    .into(),
            ));
        }
    };
    // A narrower question to the same feed is kept as the person asked it.
    let asked = url.split_once(host).is_some_and(|(_, path)| page.path().trim_end_matches('/') == path);
    let url = match page.query() {
        Some(query) if asked => format!("{url}?{query}"),
        _ => url.to_owned(),
    };
    Ok(BoardRequest::get(format, url, None, page))
}

/// All postings, or those of one category.
fn weworkremotely(page: &Url, path: &[&str]) -> BoardRequest {
    let category = match path {
        ["categories", category, ..] => slug(category.strip_suffix(".rss").unwrap_or(category)),
        _ => None,
    };
    let url = match category {
        Some(category) => format!("https://weworkremotely.com/categories/{category}.rss"),
        None => "https://weworkremotely.com/remote-jobs.rss".to_owned(),
    };
    BoardRequest::get(Format::WeWorkRemotely, url, None, page)
}

/// A narrower question is kept as the person asked it; a page that is named in it, too.
fn themuse(page: &Url, path: &[&str]) -> BoardRequest {
    let api = "https://www.themuse.com/api/public/jobs";
    let url = match path {
        ["api", "public", "jobs", id, ..] if id.len() <= 20 && id.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{api}/{id}")
        }
        ["api", "public", "jobs"] if page.query_pairs().any(|(name, _)| name == "page") => {
            format!("{api}?{}", page.query().unwrap_or_default())
        }
        ["api", "public", "jobs"] if page.query().is_some() => {
            format!("{api}?page=1&{}", page.query().unwrap_or_default())
        }
        _ => format!("{api}?page=1"),
    };
    BoardRequest::get(Format::TheMuse, url, None, page)
}

/// A thread with all its comments, or one comment, comes by Algolia at once; Firebase gives the numbers of comments only.
fn hackernews(page: &Url, path: &[&str]) -> Result<BoardRequest, Unsupported> {
    let query = |name: &str| page.query_pairs().find(|(own, _)| own == name).map(|(_, value)| value.into_owned());
    let id = match path {
        ["item"] => query("id"),
        ["api", "v1", "items", id] => Some((*id).to_owned()),
        ["v0", "item", id] => id.strip_suffix(".json").map(str::to_owned),
        ["api", "v1", "search" | "search_by_date"] => query("tags")
            .and_then(|tags| tags.split([',', '(', ')']).find_map(|tag| tag.strip_prefix("story_").map(str::to_owned))),
        _ => None,
    };
    match id.filter(|id| (1..=12).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())) {
        Some(id) => {
            let url = format!("https://hn.algolia.com/api/v1/items/{id}");
            Ok(BoardRequest::get(Format::HackerNews, url, None, page))
        }
        None => Err(Unsupported(
            "This Hacker News address names no thread. Paste that of a “Who is hiring?” thread, as https://news.ycombinator.com/item?id=1."
                .into(),
        )),
    }
}

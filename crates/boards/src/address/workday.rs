use super::{BoardRequest, Method};
use crate::Format;
use crate::row::name_from_slug;
use url::Url;

/// Postings asked for at a time; Workday refuses more.
const PAGE: usize = 20;

/// `{tenant}.wd5.myworkdayjobs.com/[en-US/]{site}` searches by POST; a posting's own page answers to GET in full.
pub fn request(page: &Url, host: &str, path: &[&str]) -> Option<BoardRequest> {
    // The address of the answer itself: /wday/cxs/{tenant}/{site}/jobs
    let (tenant, rest) = match path {
        ["wday", "cxs", tenant, rest @ ..] => ((*tenant).to_owned(), rest),
        ["recruiting", tenant, rest @ ..] => ((*tenant).to_owned(), rest),
        rest => (host.split('.').next()?.to_owned(), rest),
    };
    let rest = match rest {
        [language, rest @ ..] if is_language(language) => rest,
        rest => rest,
    };
    let (site, rest) = rest.split_first()?;
    let site = super::slug(site)?;
    let tenant = super::slug(&tenant)?;
    let company = name_from_slug(&tenant);
    let base = format!("https://{host}/wday/cxs/{tenant}/{site}");
    let board = format!("https://{host}/{site}");
    Some(match rest {
        ["job", .., last] => {
            let inner = &page.path()[page.path().find("/job/")?..];
            debug_assert!(inner.ends_with(last));
            BoardRequest {
                format: Format::Workday,
                url: format!("{base}{inner}"),
                method: Method::Get,
                body: None,
                company,
                page: board,
            }
        }
        _ => BoardRequest {
            format: Format::Workday,
            url: format!("{base}/jobs"),
            method: Method::Post,
            body: Some(body(0)),
            company,
            page: board,
        },
    })
}

/// The search for everything, from a posting on.
pub fn body(offset: usize) -> String {
    format!(r#"{{"appliedFacets":{{}},"limit":{PAGE},"offset":{offset},"searchText":""}}"#)
}

/// `en-US`, `de-DE`, `fr`.
fn is_language(part: &str) -> bool {
    matches!(part.len(), 2 | 5)
        && part.bytes().enumerate().all(|(i, b)| if i == 2 { b == b'-' } else { b.is_ascii_alphabetic() })
        && part[..2].bytes().all(|b| b.is_ascii_lowercase())
}

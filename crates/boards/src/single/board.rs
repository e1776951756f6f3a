//! One posting of a known board: what to ask the board for, and which row of its answer is meant.

use super::{Found, Origin, chosen};
use crate::address::{BoardRequest, Method, resolve};
use crate::feeds::{self, Context};
use crate::{Finder, Format, duplicate};
use url::Url;

/// What to ask a board for when an address is that of one of its postings; `None` when it is none, or that of a whole board.
pub fn board(address: &str) -> Option<BoardRequest> {
    let mut request = resolve(address).ok()?;
    let page = Url::parse(&request.page).ok()?;
    let path: Vec<&str> = page.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let after = |mark: &str| request.url.rsplit_once(mark).map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    let one = match request.format {
        Format::Greenhouse => match embedded(&page) {
            Some(id) if request.url.ends_with("?content=true") => {
                let all = request.url.trim_end_matches("?content=true").len();
                request.url.truncate(all);
                request.url = format!("{}/{id}", request.url);
                true
            }
            _ => is_number(&after("/jobs/")),
        },
        Format::Lever => !request.url.ends_with("?mode=json"),
        // The whole board answers; the posting is found in it.
        Format::Ashby => path.get(1).is_some_and(|id| id.len() == 36),
        Format::Personio => matches!(path.as_slice(), ["job", id, ..] if is_number(id)),
        Format::Workday => request.method == Method::Get,
        Format::SmartRecruiters => is_number(&after("/postings/")),
        Format::Workable => request.url.contains("/jobs/"),
        Format::Recruitee => !after("/offers/").is_empty(),
        Format::BambooHr => request.url.ends_with("/detail"),
        Format::TheMuse => is_number(&after("/jobs/")),
        _ => false,
    };
    one.then_some(request)
}

/// Greenhouse's form inside another page: `embed/job_app?for=acme&token=123`.
fn embedded(page: &Url) -> Option<String> {
    let id = page.query_pairs().find(|(name, _)| matches!(name.as_ref(), "token" | "gh_jid"))?.1.into_owned();
    is_number(&id).then_some(id)
}

fn is_number(text: &str) -> bool {
    (1..=30).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The posting in what the board answered; `None` when the answer cannot be read or the posting is not in it.
pub fn of_board(request: &BoardRequest, address: &str, body: &[u8], finder: &Finder) -> Option<Found> {
    let board = Url::parse(&request.page).ok();
    let context = Context { company: request.company.clone(), board, finder };
    let all = feeds::one_by_one_of(request.format, body, &context).ok()?;
    let (_, said, whole) = match request.format {
        Format::Ashby | Format::Personio => {
            let wanted = identity(address)?;
            let is = |url: Option<&str>| url.and_then(identity).is_some_and(|own| own == wanted);
            all.into_iter().find(|(_, _, posting)| is(posting.url.as_deref()))?
        }
        _ => chosen(all, Some(address)).ok()?,
    };
    let mut found = Found::said(&said, whole, &Origin::Board(request.format));
    // The name was made from the address where the answer has none.
    if said.company.is_empty() || Some(&said.company) == request.company.as_ref() {
        found.suspect("company", Origin::Address);
    }
    Some(found.at(address))
}

/// What names a posting on these boards: the key of its link, without the language or the form.
fn identity(address: &str) -> Option<String> {
    let key = duplicate::link_key(address)?;
    let parts: Vec<&str> = key.split(['/', '?']).collect();
    parts.iter().rev().find(|part| part.len() == 36 || is_number(part)).map(|part| (*part).to_owned())
}

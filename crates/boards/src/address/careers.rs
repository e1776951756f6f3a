//! Career pages that companies have at a name of their own under the board's: `acme.recruitee.com`.

use super::{BoardRequest, Unsupported, needs_board, slug};
use crate::Format;
use crate::row::name_from_slug;
use url::Url;

/// The request for a career page, `None` when the host is none of these.
pub fn request(page: &Url, host: &str, path: &[&str]) -> Option<Result<BoardRequest, Unsupported>> {
    let (name, example, found) = if host.ends_with(".smartrecruiters.com") {
        ("SmartRecruiters", "https://careers.smartrecruiters.com/Acme", smartrecruiters(page, path))
    } else if host.ends_with(".workable.com") {
        ("Workable", "https://apply.workable.com/acme", workable(page, path))
    } else if let Some(name) = host.strip_suffix(".recruitee.com") {
        ("Recruitee", "https://acme.recruitee.com", recruitee(page, name, path))
    } else if let Some(name) = host.strip_suffix(".jobs.personio.de").or(host.strip_suffix(".jobs.personio.com")) {
        ("Personio", "https://acme.jobs.personio.de", personio(page, host, name))
    } else if let Some(name) = host.strip_suffix(".bamboohr.com") {
        ("BambooHR", "https://acme.bamboohr.com/careers", bamboohr(page, name, path))
    } else {
        return None;
    };
    Some(found.ok_or_else(|| needs_board(name, example)))
}

fn smartrecruiters(page: &Url, path: &[&str]) -> Option<BoardRequest> {
    let (company, rest) = match path {
        ["v1", "companies", company, "postings", rest @ ..] => (company, rest),
        ["v1" | "oneclick-ui", "companies" | "company", company, ..] => (company, &[][..]),
        [company, rest @ ..] => (company, rest),
        [] => return None,
    };
    let company = slug(company).filter(|company| !matches!(company.as_str(), "v1" | "oneclick-ui"))?;
    let base = format!("https://api.smartrecruiters.com/v1/companies/{company}/postings");
    // `744000000000001-oven-engineer`: the number is the posting's.
    let id = rest.first().map(|part| part.split('-').next().unwrap_or_default());
    let url = match id.filter(|id| (6..=30).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())) {
        Some(id) => format!("{base}/{id}"),
        None => format!("{base}?limit={}&offset=0", super::paging::SMARTRECRUITERS),
    };
    Some(BoardRequest::get(Format::SmartRecruiters, url, name_from_slug(&company), page))
}

fn workable(page: &Url, path: &[&str]) -> Option<BoardRequest> {
    let account = workable_account(page)?;
    let code = match path {
        ["api", _, "accounts", _, "jobs", code, ..] | [_, "j", code, ..] => slug(code),
        _ => None,
    };
    let url = match code {
        Some(code) => format!("https://apply.workable.com/api/v2/accounts/{account}/jobs/{code}"),
        None => format!("https://apply.workable.com/api/v1/widget/accounts/{account}?details=true"),
    };
    Some(BoardRequest::get(Format::Workable, url, name_from_slug(&account), page))
}

/// The account that a Workable address names: in its path, or before the host's own name. A posting's short address
/// (`apply.workable.com/j/…`) names none.
pub(crate) fn workable_account(page: &Url) -> Option<String> {
    let host = page.host_str()?.to_lowercase();
    let path: Vec<&str> = page.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let account = match (host.strip_suffix(".workable.com")?, path.as_slice()) {
        ("apply", ["api", "v1", "widget", "accounts", account, ..] | ["api", _, "accounts", account, ..]) => account,
        ("apply", ["api" | "j", ..]) => return None,
        ("apply" | "www", [account, ..]) => account,
        ("apply" | "www" | "jobs" | "help" | "resources", _) => return None,
        (account, _) => account,
    };
    slug(account)
}

fn recruitee(page: &Url, name: &str, path: &[&str]) -> Option<BoardRequest> {
    let company = tenant(name)?;
    let base = format!("https://{company}.recruitee.com/api/offers/");
    let one = match path {
        ["o", one, ..] | ["api", "offers", one, ..] => slug(one),
        _ => None,
    };
    let url = one.map_or_else(|| base.clone(), |one| format!("{base}{one}"));
    Some(BoardRequest::get(Format::Recruitee, url, name_from_slug(&company), page))
}

/// The feed holds all postings; each by itself is a page only.
fn personio(page: &Url, host: &str, name: &str) -> Option<BoardRequest> {
    let company = tenant(name)?;
    let language = page.query_pairs().find(|(name, _)| name == "language").map(|(_, value)| value.into_owned());
    let url = match language.filter(|value| value.len() == 2 && value.bytes().all(|b| b.is_ascii_lowercase())) {
        Some(language) => format!("https://{host}/xml?language={language}"),
        None => format!("https://{host}/xml"),
    };
    Some(BoardRequest::get(Format::Personio, url, name_from_slug(&company), page))
}

fn bamboohr(page: &Url, name: &str, path: &[&str]) -> Option<BoardRequest> {
    let company = tenant(name)?;
    let base = format!("https://{company}.bamboohr.com/careers");
    let url = match path {
        ["careers" | "jobs", id, ..] if id.len() <= 20 && id.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{base}/{id}/detail")
        }
        _ => format!("{base}/list"),
    };
    Some(BoardRequest::get(Format::BambooHr, url, name_from_slug(&company), page))
}

/// A company's name before the board's; not one that the board keeps for itself.
fn tenant(name: &str) -> Option<String> {
    let own = ["www", "api", "app", "docs", "documentation", "help", "support", "careers", "jobs"];
    slug(name).filter(|name| !name.contains('.') && !own.contains(&name.as_str()))
}

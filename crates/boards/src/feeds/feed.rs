//! Any RSS (2.0 or 1.0) or Atom feed of postings. Feeds name a title, a link and a text, but have no field of their own
//! for the employer: it is taken where it is sure, and else asked for.

use super::role::{is_place, is_role};
use super::{Context, Draft, markup};
use crate::Format;
use crate::row::{Reason, Row, link, tidy_label};
use crate::workplace;
use posting::Posting;
use serde_json::Value;

/// Where feeds for jobs name the employer, when they do.
const COMPANY: [&str; 6] =
    ["company", "company_name", "companyName", "employer", "job_listing:company", "hiringOrganization"];
const LOCATION: [&str; 6] = ["location", "job_listing:location", "region", "city", "state", "country"];
const TEXT: [&str; 4] = ["content:encoded", "content", "description", "summary"];

/// Whose feed it is.
pub fn format_of(tree: &Value) -> Format {
    let channel = Row(tree).at("channel").unwrap_or(tree);
    let named = ["title", "link", "id"].iter().filter_map(|name| Row(channel).hint(name));
    let linked = Row(channel).list("item").iter().chain(Row(channel).at("item")).take(1).filter_map(link_of);
    let is_theirs = |text: &str| text.to_lowercase().replace(' ', "").contains("weworkremotely");
    if named.map(str::to_owned).chain(linked).any(|text| is_theirs(&text)) {
        Format::WeWorkRemotely
    } else {
        Format::Feed
    }
}

pub fn rows(tree: Value) -> Vec<Value> {
    let path: &[&str] = if Row(&tree).at("channel.item").is_some() {
        &["channel", "item"]
    } else if Row(&tree).at("entry").is_some() {
        &["entry"]
    } else {
        &["item"]
    };
    markup::list(tree, path)
}

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let title = row.title("title")?;
    let (company, title) = match COMPANY.iter().find_map(|name| row.hint(name)) {
        Some(company) => (tidy_label(company), title),
        None => split(&title).unwrap_or_else(|| {
            let company = context.company.clone().or_else(|| author(row));
            (company.unwrap_or_default(), title.clone())
        }),
    };
    if company.is_empty() {
        return Err("The feed does not say whose posting this is; name the company beside the file.".into());
    }
    let stated = row.hint("remoteStatus").or(row.hint("remote")).and_then(workplace::parse);
    let posting = Posting {
        company,
        title,
        location: location(row),
        remote: stated,
        description: text(row)?,
        url: link_of(row.0),
        date_posted: row.date(&["pubDate", "published", "dc:date", "updated", "date"]),
        closes_on: row.date(&["expires_at", "expires", "validThrough", "closing_date", "job_listing:expires"]),
        ..Posting::default()
    };
    let pay_text = row.hint("salary").or(row.hint("job_listing:salary")).map(str::to_owned);
    Ok(Draft { posting, pay_text, ..Draft::default() })
}

/// The first place that is named: by itself, else from its parts.
pub fn location(row: Row<'_>) -> String {
    match row.hint("location").or(row.hint("job_listing:location")) {
        Some(location) => tidy_label(location),
        None => row.joined(&LOCATION),
    }
}

/// The fullest of the texts: feeds give an excerpt beside the whole.
pub fn text(row: Row<'_>) -> Result<String, Reason> {
    let mut fullest = String::new();
    for name in TEXT {
        let text = row.prose(name)?;
        if text.len() > fullest.len() {
            fullest = text;
        }
    }
    Ok(fullest)
}

/// RSS writes the link as text, Atom as an attribute of one of several elements.
pub fn link_of(item: &Value) -> Option<String> {
    let links = match item.get("link") {
        Some(Value::Array(links)) => links.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let itself = |link: &&Value| Row(link).hint("@rel").is_none_or(|rel| rel == "alternate");
    let named = links.iter().filter(itself).find_map(|named| link(named.as_str().or(Row(named).hint("@href"))?));
    named.or_else(|| Row(item).link(&["guid", "id", "@rdf:about"]))
}

/// `Baker at Acme Mills`, `Acme Mills: Baker`: the company and the role, where it is plain which is which.
fn split(title: &str) -> Option<(String, String)> {
    if let Some((role, company)) = title.rsplit_once(" at ").or_else(|| title.rsplit_once(" @ ")) {
        let company = company.split(" (").next()?.trim();
        if is_name(company) && !role.trim().is_empty() {
            return Some((company.to_owned(), role.trim().to_owned()));
        }
    }
    let (company, role) = title.split_once(": ")?;
    (is_name(company) && !is_place(company) && is_role(role))
        .then(|| (company.trim().to_owned(), role.trim().to_owned()))
}

/// A few words that begin with a capital or a digit and name no role and no kind of notice.
fn is_name(text: &str) -> bool {
    let text = text.trim();
    let begins = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let first = text.split([' ', '-', ':']).next().unwrap_or_default().to_lowercase();
    let notice = [
        "job", "jobs", "hiring", "remote", "hybrid", "new", "vacancy", "wanted", "stelle", "update", "re", "the",
        "home",
    ];
    begins && text.split_whitespace().count() <= 6 && !is_role(text) && !notice.contains(&first.as_str())
}

/// Who wrote the entry, where that can be an employer: neither a mail address nor the name of an office.
fn author(row: Row<'_>) -> Option<String> {
    let named = ["author.name", "author", "dc:creator"].iter().find_map(|name| row.hint(name))?;
    // RSS wants `jobs@example.org (Acme Mills)`.
    let name = match named.split_once('(') {
        Some((mail, name)) if mail.contains('@') => name.trim_end_matches(')').trim(),
        _ => named,
    };
    let office = ["admin", "administrator", "editor", "webmaster", "jobs", "careers", "hr", "root", "team"];
    let name = tidy_label(name);
    let is_employer = is_name(&name) && !name.contains('@') && !office.contains(&name.to_lowercase().as_str());
    is_employer.then_some(name)
}

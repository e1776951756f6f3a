//! "Who is hiring?" on Hacker News, by Algolia (`hn.algolia.com/api/v1/items/{id}` of the thread, or its search
//! `…/search?tags=comment,story_{id}`) or Firebase (`hacker-news.firebaseio.com/v0/item/{id}.json`, one comment). A
//! comment whose first line reads `Company | Role | Place | …`, in about that order, is a posting.

use super::role::{is_place, is_role};
use super::{Context, Draft};
use crate::row::{Reason, Row, link, tidy_label};
use crate::{Unreadable, html, salary, workplace};
use posting::{Posting, Remote};
use serde_json::Value;

/// The comments of an answer that are postings: those to the thread itself, with a first line in parts.
pub fn rows(answer: &Value) -> Result<Vec<&Value>, Unreadable> {
    if Row(answer).hint("type") == Some("story") && answer.get("children").is_none() {
        return Err(Unreadable(
            "This is the thread without its comments. Paste the thread’s address instead, as https://news.ycombinator.com/item?id=1."
                .into(),
        ));
    }
    let all: Vec<&Value> = match answer {
        Value::Array(items) => items.iter().collect(),
        _ => match (answer.get("hits"), answer.get("children")) {
            (Some(Value::Array(hits)), _) => hits.iter().collect(),
            (_, Some(Value::Array(children))) if Row(answer).hint("type") != Some("comment") => {
                children.iter().collect()
            }
            _ => vec![answer],
        },
    };
    Ok(all.into_iter().filter(|item| !item.is_object() || is_posting(Row(item))).collect())
}

fn is_posting(row: Row<'_>) -> bool {
    let is_reply = match (row.at("parent_id"), row.at("story_id")) {
        (Some(parent), Some(story)) => parent != story,
        _ => false,
    };
    let gone = row.flag("deleted") == Some(true) || row.flag("dead") == Some(true);
    // A comment of a wrong kind is named, not passed over.
    let odd = row.at("comment_text").or(row.at("text")).is_some_and(|text| !text.is_string());
    !is_reply && !gone && (odd || first_line(words(row)).is_some_and(|line| line.contains('|')))
}

/// Where a row that was one of several roles of a comment says which.
pub const ROLE: &str = "career_copilot_role";
/// Roles of one comment that become postings.
const ROLES: usize = 12;

/// Comments that name several roles, once for each of them.
pub fn by_role(rows: &[&Value]) -> Vec<Value> {
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let roles = roles_of(words(Row(row)));
        if roles.len() < 2 {
            all.push((*row).clone());
            continue;
        }
        for role in roles {
            let mut one = (*row).clone();
            // The replies are not read.
            if let Some(fields) = one.as_object_mut() {
                fields.remove("children");
                fields.insert(ROLE.into(), Value::String(role));
            }
            all.push(one);
        }
    }
    all
}

/// The roles that a comment names: in its first line, or, where that only says that there are several, as short items of a list.
fn roles_of(html: &str) -> Vec<String> {
    let Some(line) = first_line(html) else { return Vec::new() };
    let mut roles: Vec<String> = Vec::new();
    let mut vague = false;
    for part in line.split('|').skip(1).map(str::trim).filter(|part| is_role(part) && !is_address(part)) {
        vague |= is_vague(part);
        let pieces: Vec<&str> = part
            .split([',', ';', '/'])
            .flat_map(|piece| piece.split(" and "))
            .flat_map(|piece| piece.split(" & "))
            .map(str::trim)
            .collect();
        // `Engineer, Payments` is one role; so is what a bracket has inside.
        let several = pieces.len() > 1 && !part.contains('(') && pieces.iter().all(|piece| is_whole_role(piece));
        let found = if several { pieces } else { vec![part] };
        roles.extend(found.into_iter().filter(|role| !is_vague(role) && is_whole_role(role)).map(str::to_owned));
    }
    if roles.is_empty() && vague {
        let text = html::to_text(html);
        let items = text.lines().filter_map(|line| line.trim().strip_prefix(['-', '*', '•']).map(str::trim));
        roles.extend(items.filter(|item| item.len() <= 80 && is_whole_role(item)).map(tidy_label));
    }
    let mut seen = std::collections::HashSet::new();
    roles.retain(|role| seen.insert(role.to_lowercase()));
    roles.truncate(ROLES);
    roles
}

/// `Multiple roles`, `Various positions`: that there are some, not which.
fn is_vague(part: &str) -> bool {
    let part = part.to_lowercase();
    ["multiple", "various", "several", "many "].iter().any(|word| part.contains(word))
        || matches!(part.as_str(), "roles" | "positions" | "engineers" | "developers")
}

/// A role by itself ends with what somebody is: not `data` alone, nor a sentence about it.
fn is_whole_role(text: &str) -> bool {
    let last = text.split(['(', '–', ':']).next().unwrap_or_default().trim().rsplit(' ').next().unwrap_or_default();
    let last = last.to_lowercase();
    let what = last.strip_suffix('s').unwrap_or(&last);
    let known = [
        "engineer",
        "developer",
        "designer",
        "manager",
        "scientist",
        "analyst",
        "architect",
        "researcher",
        "programmer",
        "administrator",
        "specialist",
        "consultant",
        "technician",
        "director",
        "writer",
        "editor",
        "recruiter",
        "lead",
        "swe",
        "sre",
        "cto",
        "cfo",
        "ceo",
        "coo",
        "intern",
        "tester",
        "operator",
        "planner",
        "seller",
        "baker",
        "executive",
        "advisor",
        "strategist",
        "coordinator",
        "officer",
        "accountant",
        "marketer",
        "head",
    ];
    !text.ends_with('.') && text.split_whitespace().count() <= 8 && known.contains(&what)
}

/// The newest thread that asks who is hiring, in the answer of Algolia's search for what its author wrote.
///
/// # Errors
/// [`Unreadable`] when this is no such answer, or there is none in it.
pub fn newest_thread(answer: &[u8]) -> Result<u64, Unreadable> {
    let none = || Unreadable("Hacker News’ answer names no thread that asks who is hiring.".into());
    let answer: Value = serde_json::from_slice(answer).map_err(|_| none())?;
    let threads = Row(&answer)
        .list("hits")
        .iter()
        .map(Row)
        .filter(|hit| hit.hint("title").is_some_and(|title| title.to_lowercase().contains("who is hiring")));
    threads.filter_map(|hit| hit.hint("objectID")?.parse().ok()).max().ok_or_else(none)
}

/// The numbers in an answer of Firebase: what a person wrote (`user/{name}.json`), newest first, or the comments of a thread
/// (`item/{id}.json`). None where it is neither, and for anything but a thread that asks who is hiring.
pub fn comments(answer: &[u8]) -> Option<Vec<u64>> {
    let answer: Value = serde_json::from_slice(answer).ok()?;
    let is_theirs = |title: &str| title.to_lowercase().contains("who is hiring");
    if Row(&answer).hint("title").is_some_and(|title| !is_theirs(title)) {
        return None;
    }
    let numbers = answer.get("submitted").or(answer.get("kids"))?.as_array()?;
    Some(numbers.iter().filter_map(Value::as_u64).take(crate::limits::ROWS).collect())
}

fn words(row: Row<'_>) -> &str {
    row.hint("comment_text").or(row.hint("text")).unwrap_or_default()
}

/// The line before the first paragraph break.
fn first_line(html: &str) -> Option<String> {
    let line = html.split("<p>").next()?.split('\n').next()?;
    let text = tidy_label(line);
    (!text.is_empty()).then_some(text)
}

pub fn read(row: Row<'_>, _: &Context<'_>) -> Result<Draft, Reason> {
    let field = if row.at("comment_text").is_some() { "comment_text" } else { "text" };
    let text = row.text(field)?.unwrap_or_default();
    let line = first_line(text).unwrap_or_default();
    let mut head = Head::of(&line);
    if let Some(role) = row.hint(ROLE) {
        role.clone_into(&mut head.role);
    }
    if head.company.is_empty() {
        return Err(format!("The first line of the comment names no company (field “{field}”)."));
    }
    if head.role.is_empty() {
        return Err(format!("The first line of the comment names no role (field “{field}”)."));
    }
    let posting = Posting {
        company: head.company,
        title: head.role,
        location: head.places.join("; "),
        remote: head.remote,
        description: html::to_text(text),
        url: own_page(row),
        date_posted: row.date(&["created_at", "created_at_i", "time"]),
        ..Posting::default()
    };
    Ok(Draft { posting, pay_text: head.pay, ..Draft::default() })
}

/// What the parts of a first line are.
#[derive(Default)]
struct Head {
    company: String,
    role: String,
    places: Vec<String>,
    remote: Option<Remote>,
    pay: Option<String>,
}

impl Head {
    fn of(line: &str) -> Self {
        let mut parts = line.split('|').map(str::trim).filter(|part| !part.is_empty());
        let mut head = Head { company: parts.next().map(company).unwrap_or_default(), ..Head::default() };
        let mut others = Vec::new();
        let (mut remote, mut onsite) = (false, false);
        for part in parts {
            let role = is_role(part);
            match workplace::parse(part).filter(|_| !role && part.len() <= 60) {
                Some(Remote::Hybrid) => head.remote = Some(Remote::Hybrid),
                Some(Remote::Onsite) => onsite = true,
                Some(Remote::Remote) => remote = true,
                None if is_address(part) => continue,
                None if !role && salary::parse(part).is_some() => {
                    head.pay.get_or_insert_with(|| part.to_owned());
                    continue;
                }
                None if is_kind_of_work(part) => continue,
                None if role && head.role.is_empty() => {
                    head.role = part.to_owned();
                    continue;
                }
                None => {}
            }
            remote |= part.to_lowercase().contains("remote");
            if !role && is_place(part) {
                head.places.push(part.to_owned());
            } else if workplace::parse(part).is_none() {
                others.push(part);
            }
        }
        // On site, yet remote is offered as well: in between.
        head.remote = head.remote.or(match (remote, onsite) {
            (true, true) => Some(Remote::Hybrid),
            (true, false) => Some(Remote::Remote),
            (false, true) => Some(Remote::Onsite),
            (false, false) => None,
        });
        if head.role.is_empty() {
            head.role = others.first().map(|role| (*role).to_owned()).unwrap_or_default();
        }
        head
    }
}

/// `Acme Mills (YC W21, https://acme.example)` → `Acme Mills`.
fn company(part: &str) -> String {
    let name = part.split(['(', '[']).next().unwrap_or_default();
    let name = name.split("http").next().unwrap_or_default();
    let name = tidy_label(name.trim_matches([' ', '-', '–', ':', ',']));
    // Where the work is done goes first now and then.
    let is_way = ["remote", "hybrid", "onsite", "on-site"].contains(&name.to_lowercase().as_str());
    if is_way { String::new() } else { name }
}

fn is_address(part: &str) -> bool {
    let bare = part.trim_end_matches('/');
    let domain = !bare.contains(' ') && bare.contains('.') && !bare.ends_with('.');
    domain || part.contains("http://") || part.contains("https://") || part.contains("www.")
}

/// Words about the contract, which are neither role nor place.
fn is_kind_of_work(part: &str) -> bool {
    let part = part.to_lowercase();
    let kinds =
        ["full-time", "full time", "fulltime", "part-time", "part time", "contract", "visa", "equity", "permanent"];
    !is_role(&part) && kinds.iter().any(|kind| part.contains(kind))
}

/// The comment's own page: Algolia's search numbers it as text, the others as a number.
fn own_page(row: Row<'_>) -> Option<String> {
    let id = match row.at("objectID").or(row.at("id"))? {
        Value::Number(number) => number.as_u64()?,
        Value::String(text) => text.parse().ok()?,
        _ => return None,
    };
    link(&format!("https://news.ycombinator.com/item?id={id}"))
}

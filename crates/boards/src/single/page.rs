//! One posting of a web page.

use super::labels::{self, Label, Said};
use super::{Found, Origin, chosen, content, head, heading, words};
use crate::feeds::{self, Context, jobposting, role};
use crate::row::tidy_label;
use crate::{Finder, Format, Unreadable, dates, html, limits, location, salary};
use posting::Posting;
use serde_json::Value;
use url::Url;

/// Pages with less text than this say nothing: they are drawn by a script, or ask to sign in.
const LEAST: usize = 120;
/// Titles longer than this are sentences.
const TITLE: usize = 150;

/// Reads a page: what it says to machines, else what it says to people.
pub fn read(page: &str, address: Option<&str>, finder: &Finder) -> Result<Found, Unreadable> {
    let rows = jobposting::of_page(page);
    let context = Context { company: None, board: None, finder };
    let said = feeds::of_rows(Format::WebPage, &rows.iter().collect::<Vec<_>>(), &context)?;
    if !said.is_empty() {
        return of_data(chosen(said, address)?, &rows);
    }
    if rows.len() > 1 {
        return Err(super::several(rows.len()));
    }
    let found = of_words(page, rows.first(), address, finder);
    enough(&found)?;
    Ok(found)
}

fn of_data((_, said, whole): feeds::Both, rows: &[Value]) -> Result<Found, Unreadable> {
    let names_company = rows.iter().any(|row| row.get("hiringOrganization").is_some());
    let mut found = Found::said(&said, whole, &Origin::JsonLd);
    if !names_company {
        found.suspect("company", Origin::Address);
    }
    Ok(found)
}

/// Whether there is something to look at.
pub fn enough(found: &Found) -> Result<(), Unreadable> {
    if found.posting.description.len() >= LEAST {
        return Ok(());
    }
    Err(Unreadable(
        "There is too little text at this address: the page may be drawn by a script, or ask to sign in. Please paste the text of the posting instead.".into(),
    ))
}

/// What people can read. A piece of data for machines that lacks the title or the company still has a text, a place, a date.
fn of_words(page: &str, data: Option<&Value>, address: Option<&str>, finder: &Finder) -> Found {
    let head = head::scan(page);
    let text = content::text(page);
    // Labels may stand beside the main text, such as in a box with the facts.
    let labelled = labels::all(&text);
    let facts = labels::all(&html::to_text(page));
    let first = |label| labels::first(&labelled, label).or_else(|| labels::first(&facts, label));
    let mut found = Found::default();
    if let Some(data) = data {
        partly(&mut found, data);
    }
    title(&mut found, &head, first(Label::Title), finder);
    company(&mut found, &head, first(Label::Company), address, finder);
    place(&mut found, &head, first(Label::Place), finder);
    days(&mut found, &head, first(Label::Posted), first(Label::Closes), finder);
    if let Some(pay) = first(Label::Pay).filter(|_| found.posting.salary.is_none()) {
        let currency = location::dollar_currency(&found.posting.location, None);
        found.posting.salary = salary::parse_with(&pay.value, currency);
        found.note("salary", Origin::PageText);
    }
    if found.posting.description.is_empty() && !text.is_empty() {
        found.posting.description = text;
        found.note("description", Origin::PageText);
    }
    found.posting.source = Format::WebPage.as_str().into();
    found.completed(finder)
}

/// The fields of a `JobPosting` that could not be read as a whole.
fn partly(found: &mut Found, data: &Value) {
    let row = crate::row::Row(data);
    let Posting { title, description, date_posted, closes_on, .. } = &mut found.posting;
    *title = row.hint("title").map(tidy_label).unwrap_or_default();
    *description = row.prose("description").unwrap_or_default();
    *date_posted = row.date(&["datePosted"]);
    *closes_on = row.date(&["validThrough"]);
    let said = found.posting.clone();
    *found = Found::said(&said, said.clone(), &Origin::JsonLd);
}

fn title(found: &mut Found, head: &head::Head, said: Option<&Said>, finder: &Finder) {
    if !found.posting.title.is_empty() {
        return;
    }
    let fits = |text: &str| text.chars().count() <= TITLE && !words::is_empty(text) && !words::is_site(text);
    let heading = head.headings.iter().find(|text| fits(text) && words::is_role(text, finder));
    let heading = heading.or_else(|| head.headings.iter().find(|text| fits(text)));
    let of = |line: &str| Some(heading::split(line, finder).title).filter(|title| fits(title));
    let (text, origin) = if let Some(said) = said.filter(|said| fits(&said.value)) {
        (said.value.clone(), Origin::PageText)
    } else if let Some(heading) = heading {
        (heading::said(heading, finder).map_or_else(|| heading.clone(), |parts| parts.title), Origin::Heading)
    } else if let Some(title) = of(&head.og_title) {
        (title, Origin::OpenGraph)
    } else if let Some(title) = of(&head.title) {
        (title, Origin::PageTitle)
    } else {
        return;
    };
    found.posting.title = tidy_label(&text);
    found.note("title", origin);
}

fn company(found: &mut Found, head: &head::Head, said: Option<&Said>, address: Option<&str>, finder: &Finder) {
    // What the title names is not its own company.
    let own = crate::text::folded(&found.posting.title);
    let other = |name: &String| !name.is_empty() && crate::text::folded(name) != own;
    let of = |line: &str| Some(heading::split(line, finder).company).filter(other);
    let spoken = |line: &str| heading::said(line, finder).map(|parts| parts.company).filter(other);
    let said = said.and_then(|said| words::company(&said.value)).filter(other);
    let in_words = || head.headings.iter().find_map(|line| spoken(line));
    let host = || address.and_then(|address| Url::parse(address).ok()).and_then(|url| crate::address::company_of(&url));
    let (name, origin) = if let Some(name) = said {
        (name, Origin::PageText)
    } else if let Some(name) = in_words() {
        (name, Origin::Heading)
    } else if let Some(name) = spoken(&head.title) {
        (name, Origin::PageTitle)
    } else if let Some(name) = words::company(&head.site).filter(other) {
        (name, Origin::OpenGraph)
    } else if let Some(name) = of(&head.title) {
        (name, Origin::PageTitle)
    } else if let Some(name) = of(&head.og_title) {
        (name, Origin::OpenGraph)
    } else if let Some(name) = host().filter(|name| !words::is_site(name)) {
        (name, Origin::Address)
    } else {
        return;
    };
    found.posting.company = tidy_label(&name);
    found.note("company", origin);
}

fn place(found: &mut Found, head: &head::Head, said: Option<&Said>, finder: &Finder) {
    let of = |line: &str| Some(heading::split(line, finder).place).filter(|place| !place.is_empty());
    let (text, origin) = if let Some(said) = said {
        (said.value.clone(), Origin::PageText)
    } else if let Some(place) = head.headings.iter().find_map(|line| of(line)) {
        (place, Origin::Heading)
    } else if let Some(place) = of(&head.og_title) {
        (place, Origin::OpenGraph)
    } else if let Some(place) = of(&head.title) {
        (place, Origin::PageTitle)
    } else {
        return;
    };
    found.posting.location = crate::text::line(&text, limits::LABEL_CHARS);
    if role::is_place(&text) {
        found.note("location", origin);
    } else {
        found.suspect("location", origin);
    }
}

fn days(found: &mut Found, head: &head::Head, posted: Option<&Said>, closes: Option<&Said>, finder: &Finder) {
    let day = |said: &Said| dates::parse(&said.value).or_else(|| dates::relative(&said.value, finder.today()));
    if found.posting.date_posted.is_none() {
        let (date, origin) = match posted.and_then(day) {
            Some(date) => (Some(date), Origin::PageText),
            None => (dates::parse(&head.published), Origin::OpenGraph),
        };
        found.posting.date_posted = date;
        found.note("date_posted", origin);
    }
    if found.posting.closes_on.is_none() {
        found.posting.closes_on = closes.and_then(|said| dates::parse(&said.value));
        found.note("closes_on", Origin::PageText);
    }
}

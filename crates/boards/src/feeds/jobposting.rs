//! schema.org's `JobPosting`, which career pages carry for search engines: in `<script type="application/ld+json">` of
//! a page, or that JSON by itself. Written by hand in many ways: lists or one, text or object.

use super::{Context, Draft, page, parts};
use crate::row::{Reason, Row, pay, period, tidy_label};
use crate::{address, html, limits, workplace};
use posting::{Period, Posting, Remote, Salary};
use serde_json::Value;

/// Lists and objects within each other until a posting.
const DEPTH: usize = 8;

/// The postings that a page names. Where it names one only, the page's own address is that posting's.
pub fn of_page(text: &str) -> Vec<Value> {
    let page = page::scan(text);
    let mut rows: Vec<Value> = page.data.iter().flat_map(postings).cloned().collect();
    if let ([Value::Object(only)], Some(address)) = (rows.as_mut_slice(), page.address)
        && !only.contains_key("url")
    {
        only.insert("url".into(), Value::String(address));
    }
    rows
}

/// The postings of a piece of JSON-LD, wherever they are in it.
pub fn postings(data: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    find(data, 0, &mut found);
    found
}

fn find<'a>(value: &'a Value, depth: usize, found: &mut Vec<&'a Value>) {
    // One more than can be read is enough to say so.
    if depth > DEPTH || found.len() > limits::ROWS {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| find(value, depth + 1, found)),
        Value::Object(_) if is_posting(value) => found.push(value),
        Value::Object(_) => {
            for key in ["@graph", "itemListElement", "item", "mainEntity", "hasPart"] {
                if let Some(inner) = value.get(key) {
                    find(inner, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

/// Is this a posting by its `@type`?
pub fn is_posting(value: &Value) -> bool {
    let is = |kind: &Value| kind.as_str().and_then(|kind| kind.rsplit(['/', ':']).next()) == Some("JobPosting");
    match value.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let title = match row.label("title")? {
        Some(title) => title,
        None => row.hint("name").map(tidy_label).ok_or("The title is missing (field “title”).")?,
    };
    let url = row.link(&["url", "sameAs", "@id"]);
    let company = organisation(row)
        .or_else(|| context.company.clone())
        .or_else(|| url.as_deref().and_then(address::company_of_link))
        .unwrap_or_default();
    let places = each(row.at("jobLocation"), place);
    let regions = each(row.at("applicantLocationRequirements"), place);
    let remote = row.texts("jobLocationType").iter().find_map(|word| workplace::parse(word));
    // Remote work has the regions one may live in for a place.
    let location = if places.is_empty() || (remote == Some(Remote::Remote) && !regions.is_empty()) {
        regions.join("; ")
    } else {
        places.join("; ")
    };
    let posting = Posting {
        company,
        title,
        remote: remote.or_else(|| workplace::of_location(&location)),
        location,
        description: description(row)?,
        salary: salary(row),
        url,
        date_posted: row.date(&["datePosted"]),
        closes_on: row.date(&["validThrough"]),
        ..Posting::default()
    };
    let pay_text = row.hint("baseSalary").or(row.hint("baseSalary.value")).map(str::to_owned);
    let skills = row.texts("skills");
    let tags = skills.iter().flat_map(|skills| skills.split([',', ';'])).map(|skill| skill.trim().to_owned());
    Ok(Draft { posting, pay_text, tags: tags.take(limits::ITEMS).collect(), ..Draft::default() })
}

/// What each of a list, or the one that stands where a list could, comes to; every name once.
fn each(value: Option<&Value>, name: fn(&Value) -> Option<String>) -> Vec<String> {
    let values = match value {
        Some(Value::Array(values)) => values.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let mut names: Vec<String> = Vec::new();
    for name in values.iter().filter_map(name).take(limits::ITEMS) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn organisation(row: Row<'_>) -> Option<String> {
    each(row.at("hiringOrganization"), named).into_iter().next()
}

/// A text, or what an object calls itself.
fn named(value: &Value) -> Option<String> {
    let name = value.as_str().or(Row(value).hint("name")).or(Row(value).hint("legalName"))?;
    Some(tidy_label(name)).filter(|name| !name.is_empty())
}

/// A place: text, a name, or an address in parts.
fn place(value: &Value) -> Option<String> {
    let address = match value.get("address") {
        Some(Value::Array(addresses)) => addresses.first()?,
        Some(address) if !address.is_null() => address,
        _ => value,
    };
    let parts: Vec<String> = ["addressLocality", "addressRegion", "addressCountry"]
        .iter()
        .filter_map(|part| named(address.get(*part)?))
        .collect();
    if parts.is_empty() { named(address).or_else(|| named(value)) } else { Some(parts.join(", ")) }
}

/// Some pages say the duties and what is asked for only beside the description.
fn description(row: Row<'_>) -> Result<String, Reason> {
    let whole = row.prose("description")?;
    let beside =
        [("Responsibilities", "responsibilities"), ("Qualifications", "qualifications"), ("Benefits", "jobBenefits")]
            .into_iter()
            .filter_map(|(heading, name)| {
                let listed =
                    row.list(name).iter().filter_map(Value::as_str).map(|item| format!("- {}", html::to_text(item)));
                let text = match row.hint(name) {
                    Some(text) => html::to_text(text),
                    None => listed.collect::<Vec<_>>().join("\n"),
                };
                // Long texts repeat the description word for word.
                (!text.is_empty() && !whole.contains(text.lines().next()?)).then(|| (heading.to_owned(), text))
            });
    Ok(parts::join(std::iter::once((String::new(), whole.clone())).chain(beside)))
}

/// `baseSalary` as an amount of money with a value or a range; what `estimatedSalary` says is not the employer's word.
fn salary(row: Row<'_>) -> Option<Salary> {
    let base = match row.at("baseSalary")? {
        Value::Array(several) => Row(several.first()?),
        one => Row(one),
    };
    let currency = base.hint("currency").or(row.hint("salaryCurrency")).or(base.hint("value.currency"))?;
    let one = base.number("value.value").or(base.number("value"));
    let min = base.number("value.minValue").or(base.number("minValue")).or(one);
    let max = base.number("value.maxValue").or(base.number("maxValue")).or(one);
    let (min, max) = if base.0.is_number() { (base.0.as_f64(), base.0.as_f64()) } else { (min, max) };
    let unit = base.hint("value.unitText").or(base.hint("unitText"));
    pay(min, max, currency, unit.and_then(period).unwrap_or(Period::Year))
}

//! Our own JSON: the jobs object of the REST contract. A person or a program wrote it on purpose, so what is wrong in it
//! is said, not passed over.

use super::{Context, Draft, check_count, read_row};
use crate::row::{Reason, Row, kind, link, pay};
use crate::{BadRow, Format, Reading, Unreadable, dates, html, level, limits, text, workplace};
use posting::{Level, Period, Posting, Remote, Salary};
use serde_json::Value;

pub fn read(row: Row<'_>, context: &Context<'_>) -> Result<Draft, Reason> {
    let description = text::without_mojibake(row.text("description")?.unwrap_or_default());
    let (salary, pay_text) = salary(row)?;
    let posting = Posting {
        title: row.title("title")?,
        company: row.label("company")?.unwrap_or_default(),
        location: row.label("location")?.unwrap_or_default(),
        remote: remote(row)?,
        description: html::to_text(&description),
        tech_stack: skills(row, context)?,
        responsibilities: items(row, "responsibilities")?,
        requirements: items(row, "requirements")?,
        experience_level: experience(row)?,
        salary,
        source: row.label("source")?.unwrap_or_default(),
        url: url(row)?,
        date_posted: date(row, "date_posted")?,
        closes_on: date(row, "closes_on")?,
    };
    Ok(Draft { posting, pay_text, ..Draft::default() })
}

/// Does the text hold one JSON object a line?
pub fn is_lines(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.starts_with('{') && first.trim_end().ends_with('}') && serde_json::from_str::<Value>(first).is_ok()
}

/// One object a line; a damaged line is refused by itself.
pub fn read_lines(text: &str, context: &Context<'_>) -> Result<Reading, Unreadable> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    check_count(lines().count())?;
    let rows: Vec<_> = lines()
        .enumerate()
        .map(|(i, line)| match serde_json::from_str::<Value>(line) {
            Ok(row) => read_row(Format::Json, i + 1, &row, read, context),
            Err(error) => Err(BadRow {
                row: i + 1,
                reason: format!("The JSON of this line is damaged at column {}.", error.column()),
                label: None,
            }),
        })
        .collect();
    Ok(Reading { format: Format::Json, ids: vec![None; rows.len()], rows })
}

fn url(row: Row<'_>) -> Result<Option<String>, Reason> {
    match row.text("url")? {
        None => Ok(None),
        Some(address) => match link(address) {
            Some(url) => Ok(Some(url)),
            None => Err("The field “url” is not a web address; it must start with http:// or https://.".into()),
        },
    }
}

fn date(row: Row<'_>, field: &str) -> Result<Option<chrono::NaiveDate>, Reason> {
    match row.at(field) {
        None => Ok(None),
        Some(Value::Number(number)) => Ok(number.as_i64().and_then(dates::from_unix)),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => dates::parse(text)
            .map(Some)
            .ok_or_else(|| format!("The field “{field}” is not a date; write it as 2026-03-01.")),
        Some(other) => Err(format!("The field “{field}” is {}, not a date.", kind(other))),
    }
}

fn remote(row: Row<'_>) -> Result<Option<Remote>, Reason> {
    match row.at("remote") {
        None => Ok(None),
        Some(Value::Bool(true)) => Ok(Some(Remote::Remote)),
        Some(Value::Bool(false)) => Ok(Some(Remote::Onsite)),
        Some(Value::String(word)) if word.trim().is_empty() => Ok(None),
        Some(Value::String(word)) => Remote::parse(word.trim())
            .or_else(|| workplace::parse(word))
            .map(Some)
            .ok_or_else(|| "The field “remote” must be remote, hybrid or onsite.".into()),
        Some(other) => Err(format!("The field “remote” is {}; it must be remote, hybrid or onsite.", kind(other))),
    }
}

fn experience(row: Row<'_>) -> Result<Option<Level>, Reason> {
    match row.text("experience_level")? {
        None => Ok(None),
        Some(word) => Level::parse(word)
            .or_else(|| level::stated(word))
            .map(Some)
            .ok_or_else(|| "The field “experience_level” must be entry, mid, senior, lead or executive.".into()),
    }
}

fn salary(row: Row<'_>) -> Result<(Option<Salary>, Option<String>), Reason> {
    let value = match row.at("salary") {
        None => return Ok((None, None)),
        Some(Value::String(words)) => return Ok((None, Some(words.clone()))),
        Some(value @ Value::Object(_)) => Row(value),
        Some(other) => return Err(format!("The field “salary” is {}, not an object.", kind(other))),
    };
    let (min, max) = (value.number("min"), value.number("max"));
    if min.is_none() && max.is_none() {
        return Ok((None, None));
    }
    let currency = value.text("currency")?.ok_or("The field “salary.currency” is missing.")?;
    let period = match value.text("period")? {
        None => Period::Year,
        Some(word) => Period::parse(word)
            .or_else(|| crate::row::period(word))
            .ok_or("The field “salary.period” must be hour, day, week, month or year.")?,
    };
    match pay(min, max, currency, period) {
        Some(salary) => Ok((Some(salary), None)),
        None => Err("The field “salary” needs amounts above zero and a currency of three letters, as EUR.".into()),
    }
}

fn skills(row: Row<'_>, context: &Context<'_>) -> Result<Vec<String>, Reason> {
    let mut skills: Vec<String> = Vec::new();
    for name in items(row, "tech_stack")? {
        let name = context.finder.canonical(&name).unwrap_or(name);
        if !skills.contains(&name) {
            skills.push(name);
        }
    }
    Ok(skills)
}

fn items(row: Row<'_>, field: &str) -> Result<Vec<String>, Reason> {
    let list = match row.at(field) {
        None => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(other) => return Err(format!("The field “{field}” is {}, not a list.", kind(other))),
    };
    let mut items = Vec::new();
    for item in list.iter().take(limits::ITEMS) {
        let Value::String(item) = item else {
            return Err(format!("The list “{field}” holds {}; it must hold text only.", kind(item)));
        };
        let item = text::line(&html::to_text(item), limits::ITEM_CHARS);
        if !item.is_empty() {
            items.push(item);
        }
    }
    Ok(items)
}

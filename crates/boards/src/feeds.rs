//! One reader per feed, and telling the feeds apart.

use crate::row::{Reason, Row, tidy_label};
use crate::{BadRow, Finder, Format, Reading, Unreadable, enrich, html, limits, location, salary, text};
use posting::Posting;
use serde_json::Value;
use url::Url;

mod adzuna;
mod apart;
mod arbeitnow;
mod ashby;
mod bamboohr;
mod detect;
mod feed;
mod glassdoor;
mod greenhouse;
mod hackernews;
mod himalayas;
mod id;
mod indeed;
mod jobicy;
pub(crate) mod jobposting;
mod lever;
mod linkedin;
mod markup;
mod own;
mod page;
mod parts;
mod personio;
mod recruitee;
mod remoteok;
mod remotive;
pub(crate) mod role;
mod smartrecruiters;
mod table;
mod themuse;
mod usajobs;
mod weworkremotely;
mod workable;
mod workday;
mod xml;

pub use apart::{Both, of_rows, one_by_one, one_by_one_of};
pub use glassdoor::{CompanyFacts, RolePay, facts};
pub use hackernews::{comments, newest_thread};

/// What the readers know besides the row.
pub struct Context<'a> {
    /// The employer, where the feed does not name one.
    pub company: Option<String>,
    /// The board's public page, where known.
    pub board: Option<Url>,
    pub finder: &'a Finder,
}

/// What one reader makes of one row, before the text is searched for what the feed left out.
#[derive(Default)]
pub struct Draft {
    pub posting: Posting,
    /// The feed's own labels. Boards guess them, so they only count where the text is too short to tell.
    pub tags: Vec<String>,
    /// A country named beside the place, as a name or ISO code.
    pub country: Option<String>,
    /// Pay in words, to be parsed with the country known.
    pub pay_text: Option<String>,
}

type RowReader = fn(Row<'_>, &Context<'_>) -> Result<Draft, Reason>;

/// Descriptions shorter than this are excerpts: the feed's tags then know more than the text.
const EXCERPT_BYTES: usize = 1_000;

/// Reads all rows of one answer.
pub fn read(format: Format, data: &[u8], context: &Context<'_>) -> Result<Reading, Unreadable> {
    let start = data.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(data.len());
    if start == data.len() {
        return Err(Unreadable("There is nothing in it. Choose a file with postings, or paste an answer.".into()));
    }
    if format == Format::Csv {
        return table::read(&text::decode(data), context);
    }
    let decoded = text::decode(data);
    let trimmed = decoded.trim_start();
    if trimmed.starts_with('<')
        && let Some((format, rows)) = markup::rows(format, trimmed)?
    {
        return read_rows(format, &rows.iter().collect::<Vec<_>>(), context);
    }
    if !trimmed.starts_with(['{', '[']) {
        return match format {
            Format::Feed | Format::WeWorkRemotely | Format::Personio => Err(Unreadable(format!(
                "This is not XML as {} answers in. Paste the whole answer, from its first bracket.",
                format.label()
            ))),
            Format::Auto => table::read(&decoded, context).map_err(|_| {
                Unreadable(
                    "This is neither JSON nor a table with a title and a company column. Choose a file that a job board gave out, or a CSV whose first line names the columns."
                        .into(),
                )
            }),
            named => Err(Unreadable(format!(
                "This is not JSON, and {} answers in JSON. Paste the whole answer, from its first brace.",
                named.label()
            ))),
        };
    }
    match serde_json::from_str::<Value>(trimmed) {
        Ok(answer) => rows_of(format, &answer, context),
        Err(_) if matches!(format, Format::Auto | Format::Json) && own::is_lines(trimmed) => {
            own::read_lines(trimmed, context)
        }
        Err(error) => Err(Unreadable(format!(
            "The JSON breaks off or is damaged at line {}, column {}. Paste or save the whole answer again.",
            error.line(),
            error.column()
        ))),
    }
}

fn rows_of(format: Format, answer: &Value, context: &Context<'_>) -> Result<Reading, Unreadable> {
    let format = if format == Format::Auto { detect::format_of(answer)? } else { format };
    let rows = detect::rows(format, answer)?;
    if format == Format::Workday {
        workday::check_company(&rows, context)?;
    }
    if format == Format::HackerNews {
        let roles = hackernews::by_role(&rows);
        return read_rows(format, &roles.iter().collect::<Vec<_>>(), context);
    }
    match workable::company(format, answer) {
        None => read_rows(format, &rows, context),
        company => read_rows(format, &rows, &Context { company, board: context.board.clone(), finder: context.finder }),
    }
}

fn read_rows(format: Format, rows: &[&Value], context: &Context<'_>) -> Result<Reading, Unreadable> {
    check_count(rows.len())?;
    let reader = reader(format);
    Ok(Reading {
        format,
        rows: rows.iter().enumerate().map(|(i, row)| read_row(format, i + 1, row, reader, context)).collect(),
        ids: rows.iter().map(|row| id::of(format, Row(row))).collect(),
    })
}

fn reader(format: Format) -> RowReader {
    match format {
        Format::Greenhouse => greenhouse::read,
        Format::Lever => lever::read,
        Format::Ashby => ashby::read,
        Format::Workday => workday::read,
        Format::Remotive => remotive::read,
        Format::Arbeitnow => arbeitnow::read,
        Format::RemoteOk => remoteok::read,
        Format::Jobicy => jobicy::read,
        Format::Himalayas => himalayas::read,
        Format::Adzuna => adzuna::read,
        Format::UsaJobs => usajobs::read,
        Format::SmartRecruiters => smartrecruiters::read,
        Format::Recruitee => recruitee::read,
        Format::Workable => workable::read,
        Format::Personio => personio::read,
        Format::BambooHr => bamboohr::read,
        Format::WeWorkRemotely => weworkremotely::read,
        Format::TheMuse => themuse::read,
        Format::HackerNews => hackernews::read,
        Format::LinkedIn => linkedin::read,
        Format::Indeed => indeed::read,
        Format::Glassdoor => glassdoor::read,
        Format::Feed => feed::read,
        Format::WebPage => jobposting::read,
        Format::Auto | Format::Csv | Format::Json => own::read,
    }
}

fn check_count(rows: usize) -> Result<(), Unreadable> {
    if rows > limits::ROWS {
        return Err(Unreadable(format!(
            "It holds {rows} postings; at most {} can be read at a time. Split the file and bring it in in parts.",
            limits::ROWS
        )));
    }
    Ok(())
}

fn read_row(
    format: Format,
    number: usize,
    row: &Value,
    reader: RowReader,
    context: &Context<'_>,
) -> Result<Posting, BadRow> {
    let outcome = match row {
        Value::Object(_) => reader(Row(row), context).and_then(|draft| finish(format, draft, context)),
        other => Err(format!("This row is {}, not a posting.", crate::row::kind(other))),
    };
    outcome.map_err(|reason| BadRow { row: number, reason, label: label_of(row) })
}

/// What a refused row seems to be about.
fn label_of(row: &Value) -> Option<String> {
    let fields = [
        "title",
        "text",
        "position",
        "jobTitle",
        "name",
        "jobOpeningName",
        "PositionTitle",
        "MatchedObjectDescriptor.PositionTitle",
        "company",
        "company_name",
        "companyName",
        "id",
    ];
    fields.iter().find_map(|field| match Row(row).at(field)? {
        Value::String(text) => Some(tidy_label(text)).filter(|label| !label.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// Completes a draft from the context and its own text.
fn finish(format: Format, draft: Draft, context: &Context<'_>) -> Result<Posting, Reason> {
    let Draft { mut posting, tags, country, pay_text } = draft;
    if posting.company.is_empty() {
        posting.company = context
            .company
            .clone()
            .filter(|company| !company.is_empty())
            .ok_or("The company is missing; name it beside the file.")?;
    }
    if posting.source.is_empty() {
        posting.source = format.as_str().to_owned();
    }
    posting.location = location::tidy(&posting.location, country.as_deref());
    if posting.salary.is_none()
        && let Some(pay) = pay_text
    {
        let currency = location::dollar_currency(&posting.location, country.as_deref());
        posting.salary = salary::parse_with(&html::to_text(&pay), currency);
    }
    let excerpt = posting.description.len() < EXCERPT_BYTES;
    enrich(&mut posting, context.finder);
    if excerpt {
        for skill in tags.iter().filter_map(|tag| context.finder.canonical(tag)) {
            if posting.tech_stack.len() < limits::ITEMS && !posting.tech_stack.contains(&skill) {
                posting.tech_stack.push(skill);
            }
        }
    }
    Ok(posting)
}

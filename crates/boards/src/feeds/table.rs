//! CSV and its kin: comma, semicolon or tab, a heading line in any order, quoted line breaks.

use super::{Context, Draft, check_count, finish};
use crate::row::{Reason, link, tidy_label};
use crate::{BadRow, Format, Reading, Unreadable, dates, html, level, limits, text, workplace};
use csv::StringRecord;
use posting::{Period, Posting};

/// The columns that are read, each with the headings people give it, folded and without signs.
const COLUMNS: [(Column, &[&str]); 16] = [
    (
        Column::Title,
        &[
            "title",
            "jobtitle",
            "position",
            "positiontitle",
            "role",
            "roletitle",
            "job",
            "jobname",
            "stelle",
            "titel",
            "jobtitel",
        ],
    ),
    (
        Column::Company,
        &[
            "company",
            "companyname",
            "employer",
            "employername",
            "organization",
            "organisation",
            "firm",
            "firma",
            "unternehmen",
            "arbeitgeber",
        ],
    ),
    (Column::Location, &["location", "locations", "joblocation", "place", "city", "ort", "standort", "arbeitsort"]),
    (Column::Country, &["country", "countrycode", "land"]),
    (
        Column::Url,
        &[
            "url",
            "link",
            "joburl",
            "joblink",
            "applyurl",
            "applylink",
            "applicationurl",
            "website",
            "posting",
            "postingurl",
            "href",
        ],
    ),
    (Column::Salary, &["salary", "pay", "payrange", "salaryrange", "compensation", "wage", "gehalt"]),
    (Column::SalaryMin, &["salarymin", "minsalary", "minimumsalary", "salaryfrom", "minamount"]),
    (Column::SalaryMax, &["salarymax", "maxsalary", "maximumsalary", "salaryto", "maxamount"]),
    (Column::Currency, &["currency", "salarycurrency", "währung"]),
    (Column::Period, &["period", "salaryperiod", "payperiod", "interval"]),
    (Column::Description, &["description", "jobdescription", "details", "text", "summary", "notes", "beschreibung"]),
    (
        Column::Date,
        &[
            "date",
            "dateposted",
            "posted",
            "postedat",
            "postedon",
            "posteddate",
            "publishedat",
            "published",
            "publicationdate",
            "datum",
            "createdat",
        ],
    ),
    (
        Column::Remote,
        &["remote", "isremote", "workplace", "workplacetype", "worktype", "workmode", "workmodel", "remotetype"],
    ),
    (Column::Skills, &["skills", "techstack", "tags", "keywords", "technologies", "stack", "kenntnisse"]),
    (Column::Level, &["level", "experiencelevel", "seniority", "joblevel", "experience"]),
    (Column::Source, &["source", "site", "board", "quelle"]),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Title,
    Company,
    Location,
    Country,
    Url,
    Salary,
    SalaryMin,
    SalaryMax,
    Currency,
    Period,
    Description,
    Date,
    Remote,
    Skills,
    Level,
    Source,
}

pub fn read(text: &str, context: &Context<'_>) -> Result<Reading, Unreadable> {
    let (delimiter, headings) = headings(text)?;
    let place = |wanted: Column| headings.iter().position(|heading| *heading == Some(wanted));
    if place(Column::Title).is_none() || (place(Column::Company).is_none() && context.company.is_none()) {
        return Err(Unreadable(
            "The first line must name the columns, at least “title” and “company”. Add the missing heading and try again."
                .into(),
        ));
    }
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (i, record) in reader.records().enumerate() {
        check_count(i + 1)?;
        let outcome = match &record {
            Err(error) => Err(format!("The line cannot be read: {}.", told(error))),
            Ok(record) if record.iter().all(|cell| cell.trim().is_empty()) => continue,
            Ok(record) => draft(record, &place, context).and_then(|draft| finish(Format::Csv, draft, context)),
        };
        rows.push(outcome.map_err(|reason| BadRow {
            row: rows_so_far(&rows),
            reason,
            label: record.ok().and_then(|record| label(&record, &place)),
        }));
    }
    Ok(Reading { format: Format::Csv, ids: vec![None; rows.len()], rows })
}

fn rows_so_far<T>(rows: &[T]) -> usize {
    rows.len() + 1
}

/// What a CSV error means to its reader.
fn told(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "it is not text".into(),
        csv::ErrorKind::UnequalLengths { len, expected_len, .. } => {
            format!("it has {len} cells where the heading has {expected_len}")
        }
        _ => "it is damaged".into(),
    }
}

/// The delimiter under which the heading line names the most known columns, and those columns.
fn headings(text: &str) -> Result<(u8, Vec<Option<Column>>), Unreadable> {
    // A heading line can hold quoted line breaks, so it is read as CSV too; a bounded start is enough.
    let start = &text[..text.floor_char_boundary(20_000)];
    let candidates = [b',', b';', b'\t', b'|'].map(|delimiter| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(start.as_bytes());
        let columns = reader.records().next().and_then(Result::ok).map(|record| columns(&record)).unwrap_or_default();
        (delimiter, columns)
    });
    let known = |columns: &[Option<Column>]| columns.iter().flatten().count();
    candidates
        .into_iter()
        .rev()
        .max_by_key(|(_, columns)| known(columns))
        .filter(|(_, columns)| known(columns) > 0)
        .ok_or_else(|| {
            Unreadable("The first line must name the columns: title, company, location, url, salary, description, date, remote, skills.".into())
        })
}

fn columns(record: &StringRecord) -> Vec<Option<Column>> {
    let mut seen = Vec::new();
    record
        .iter()
        .map(|heading| {
            let name: String = heading.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
            let column = COLUMNS.iter().find(|(_, names)| names.contains(&name.as_str()))?.0;
            // The first of two columns with one meaning is the one that counts.
            (!seen.contains(&column)).then(|| {
                seen.push(column);
                column
            })
        })
        .collect()
}

fn draft(
    record: &StringRecord,
    place: &dyn Fn(Column) -> Option<usize>,
    context: &Context<'_>,
) -> Result<Draft, Reason> {
    let cell =
        |column: Column| place(column).and_then(|i| record.get(i)).map(str::trim).filter(|cell| !cell.is_empty());
    let label = |column: Column| cell(column).map(tidy_label).unwrap_or_default();
    let title = label(Column::Title);
    if title.is_empty() {
        return Err("The title is missing (column “title”).".into());
    }
    let company = label(Column::Company);
    if company.is_empty() && context.company.is_none() {
        return Err("The company is missing (column “company”).".into());
    }
    let url = match cell(Column::Url) {
        None => None,
        Some(address) => Some(
            link(address)
                .or_else(|| link(&format!("https://{address}")))
                .ok_or("The column “url” does not hold a web address; it must start with http:// or https://.")?,
        ),
    };
    let date_posted = match cell(Column::Date) {
        None => None,
        Some(date) => Some(
            dates::parse(date)
                .or_else(|| dates::relative(date, context.finder.today()))
                .ok_or_else(|| format!("The column “date” holds “{}”, which is not a date.", text::line(date, 40)))?,
        ),
    };
    let location = label(Column::Location);
    let remote = cell(Column::Remote).and_then(workplace::parse).or_else(|| workplace::of_location(&location));
    let number = |column| cell(column).and_then(crate::salary::amount);
    let period = cell(Column::Period).and_then(crate::row::period).unwrap_or(Period::Year);
    let currency = cell(Column::Currency);
    let salary =
        crate::row::pay(number(Column::SalaryMin), number(Column::SalaryMax), currency.unwrap_or_default(), period);
    let mut tech_stack: Vec<String> = Vec::new();
    for skill in cell(Column::Skills).unwrap_or_default().split([',', ';', '|', '\n']).take(limits::ITEMS) {
        let skill = tidy_label(skill.trim_matches(['[', ']', '"', '\'', ' ']));
        let skill = context.finder.canonical(&skill).unwrap_or(skill);
        if !skill.is_empty() && !tech_stack.contains(&skill) {
            tech_stack.push(skill);
        }
    }
    let pay_text = cell(Column::Salary).map(|pay| match currency {
        Some(currency) if !pay.contains(currency) => format!("{pay} {currency}"),
        _ => pay.to_owned(),
    });
    let posting = Posting {
        title,
        company,
        location,
        remote,
        description: html::to_text(cell(Column::Description).unwrap_or_default()),
        tech_stack,
        experience_level: cell(Column::Level).and_then(level::stated),
        salary,
        source: label(Column::Source),
        url,
        date_posted,
        ..Posting::default()
    };
    Ok(Draft { posting, pay_text, country: cell(Column::Country).map(str::to_owned), ..Draft::default() })
}

fn label(record: &StringRecord, place: &dyn Fn(Column) -> Option<usize>) -> Option<String> {
    [Column::Title, Column::Company, Column::Url]
        .into_iter()
        .find_map(|column| record.get(place(column)?).map(tidy_label).filter(|label| !label.is_empty()))
}

//! REST of applications that go out.

use super::out::{self, Covers, OutRow};
use crate::{
    api::Params,
    applications::tracker::TrackerQuery,
    error::{Error, Result},
    jobs::draft::is_sensible,
    session::Who,
    state::App,
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use serde::Deserialize;

#[derive(Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Wanted {
    /// `csv` when absent.
    #[param(pattern = "^(csv|json|xlsx|pdf)?$")]
    format: String,
    /// Words that must all appear in company, title, place or skills.
    q: String,
    /// Key of a stage.
    stage: String,
    source: String,
    /// Only jobs that score at least this.
    #[param(pattern = "^([0-9]|[1-9][0-9])?$")]
    min_score: String,
    /// Only those that have stood where they stand for this many days.
    #[param(pattern = "^([0-9]{1,4})?$")]
    quiet: String,
    /// Of `pdf`: the first day it covers.
    #[param(pattern = "^(20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]))?$")]
    from: String,
    /// Of `pdf`: the last day it covers.
    #[param(pattern = "^(20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8]))?$")]
    to: String,
    /// Of `pdf`: whose it is; the account's name when absent.
    name: String,
}

/// The applications that pass the filters, with their jobs and all stages they were in, as a file: a CSV table, a JSON list, a
/// spreadsheet, or a proof of search as a PDF.
#[utoipa::path(get, path = "/applications/export", tag = "applications", params(Wanted), responses(
    (status = 200, description = "The file.", content(
        (Vec<OutRow> = "application/json"), (String = "text/csv"), (Vec<u8> = "application/pdf"),
        (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
    (status = 422)))]
pub async fn export(State(app): State<App>, who: Who, Params(wanted): Params<Wanted>) -> Result<Response> {
    let format = match wanted.format.as_str() {
        "" | "csv" => "csv",
        "json" => "json",
        "xlsx" => "xlsx",
        "pdf" => "pdf",
        _ => return Err(Error::invalid("format", "Please choose csv, json, xlsx or pdf.")),
    };
    let covers = Covers {
        from: day("from", &wanted.from)?,
        to: day("to", &wanted.to)?,
        name: match wanted.name.trim() {
            "" => who.name.clone(),
            name => name.chars().filter(|c| !c.is_control()).take(200).collect(),
        },
    };
    let query = TrackerQuery {
        q: wanted.q,
        stage: wanted.stage,
        source: wanted.source,
        min_score: number("min_score", &wanted.min_score)?,
        quiet: number("quiet", &wanted.quiet)?,
        ..TrackerQuery::default()
    };
    let out = out::gather(&app, &who, &query).await?;
    let work = move || match format {
        "json" => out.json().map(|bytes| ("application/json", bytes)),
        "xlsx" => out.xlsx().map(|bytes| ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes)),
        "pdf" => Ok(("application/pdf", out.pdf(&covers))),
        _ => Ok(("text/csv; charset=utf-8", out.csv())),
    };
    let (kind, bytes) = tokio::task::spawn_blocking(work).await.map_err(Error::internal)??;
    let name = if format == "pdf" { "proof-of-search" } else { "applications" };
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{format}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

fn day(field: &str, text: &str) -> Result<Option<NaiveDate>> {
    if text.is_empty() {
        return Ok(None);
    }
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| is_sensible(*day));
    day.map(Some).ok_or_else(|| Error::invalid(field, "Please enter a day, such as 2026-11-27."))
}

/// A number of a form, which sends an empty text where none was chosen.
fn number<T: std::str::FromStr>(field: &str, text: &str) -> Result<Option<T>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Error::invalid(field, "Please enter a whole number."))
}

//! REST of imports.

use super::actions::{self, Input, Report, Wanted};
use crate::{
    api::Body,
    error::{Error, Result},
    session::Who,
    state::App,
};
use axum::{Json, extract::State};
use boards::Format;
use serde::Deserialize;
use serde_json::Value;
use utoipa::openapi::{ObjectBuilder, Type};

#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportIn {
    #[serde(default)]
    #[schema(schema_with = formats)]
    format: String,
    /// The employer, for feeds that do not name it.
    #[serde(default)]
    company: Option<String>,
    /// The feed's answer: as JSON, or as a string with its text.
    #[serde(default)]
    data: Value,
    /// A public board's address, instead of `data`.
    #[serde(default)]
    address: Option<String>,
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
}

/// `format` in the document.
fn formats() -> ObjectBuilder {
    let names = Format::ALL.into_iter().map(Format::as_str);
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(std::iter::once("").chain(names)))
        .description(Some("What the postings are written in; `auto` when absent."))
}

/// Imports postings; duplicates and bad rows are named, the rest go in.
#[utoipa::path(post, path = "/jobs/import", tag = "jobs", request_body = ImportIn, responses((status = 200, body = Report), (status = 422)))]
pub async fn import(State(app): State<App>, who: Who, Body(body): Body<ImportIn>) -> Result<Json<Report>> {
    let name = if body.format.is_empty() { "auto" } else { &body.format };
    let format = Format::parse(name).ok_or_else(|| {
        let all: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
        Error::invalid("format", format!("Not a format. Use one of: {}.", all.join(", ")))
    })?;
    let input = match (body.address, body.data) {
        (Some(_), data) if !data.is_null() => {
            return Err(Error::invalid("address", "Please send either an address or data, not both."));
        }
        (Some(address), _) => Input::Address(address),
        (None, Value::Null) => {
            return Err(Error::invalid("data", "Please send the postings in data, or a board’s address."));
        }
        (None, Value::String(text)) => Input::Data { label: "the API".into(), bytes: text.into_bytes() },
        (None, data) => Input::Data { label: "the API".into(), bytes: serde_json::to_vec(&data)? },
    };
    let label = match &input {
        Input::Address(address) => address.clone(),
        Input::Data { label, .. } | Input::File { name: label, .. } => label.clone(),
    };
    let rows = actions::read(&app, Some(who.user), Wanted { format, company: body.company.unwrap_or_default(), input })
        .await?;
    Ok(Json(if body.dry_run {
        actions::dry_run(&app, &who, rows).await?
    } else {
        actions::take_in(&app, &who, rows, &label, None).await?
    }))
}

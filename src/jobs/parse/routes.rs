//! REST of reading one posting.

use super::{Parsed, Twin, Whence, actions, input::Input};
use crate::{
    api::Body,
    error::{Error, Result},
    session::Who,
    state::App,
};
use axum::{Json, extract::State};
use posting::Posting;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Exactly one of the two.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParseIn {
    /// The address of a posting, at a board or on any public page.
    #[serde(default)]
    #[schema(max_length = 2_000)]
    url: Option<String>,
    /// The text of a posting, as it was copied.
    #[serde(default)]
    #[schema(max_length = 400_000)]
    text: Option<String>,
}

/// What was found. Nothing is saved.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ParseOut {
    /// Empty or null where `missing` names the field.
    job: Posting,
    /// Where each field that was found is from, by its name.
    from: BTreeMap<String, Whence>,
    /// The fields that were not found.
    missing: Vec<String>,
    /// Jobs of the person that this one repeats.
    duplicates: Vec<Twin>,
    /// 0 to 100; absent while the profile says nothing to compare.
    #[schema(minimum = 0, maximum = 100)]
    match_score: Option<u8>,
}

impl From<Parsed> for ParseOut {
    fn from(parsed: Parsed) -> Self {
        ParseOut {
            job: parsed.job,
            from: parsed.from,
            missing: parsed.missing,
            duplicates: parsed.twins,
            match_score: parsed.fit.map(|fit| fit.total),
        }
    }
}

/// Reads one posting from a link or a text into the fields of a job; nothing is saved.
#[utoipa::path(post, path = "/jobs/parse", tag = "jobs", request_body = ParseIn, responses((status = 200, body = ParseOut), (status = 422)))]
pub async fn parse(State(app): State<App>, who: Who, Body(body): Body<ParseIn>) -> Result<Json<ParseOut>> {
    let (input, field) = match (body.url, body.text) {
        (Some(_), Some(_)) => return Err(Error::invalid("url", "Please send either a link or a text, not both.")),
        (Some(url), None) => (Input::link(&url, "", "", "url")?, "url"),
        (None, Some(text)) => (Input::text(&text, "text")?, "text"),
        (None, None) => {
            return Err(Error::invalid("url", "Please send a link in url, or the posting’s text in text."));
        }
    };
    Ok(Json(actions::parse(&app, &who, input, field).await?.into()))
}

//! The import page's form: a file, pasted text or an address.

use super::actions::{self, Input, Wanted};
use crate::{
    error::Result,
    session::Who,
    state::App,
    upload::{File, Form},
};
use axum::{
    extract::{Multipart, State},
    response::Redirect,
};
use boards::Format;

/// Bytes of a file.
const MOST: usize = 32 << 20;

/// `POST /jobs/import/read`: reads and sends on to the page that shows what was found.
pub async fn read(State(app): State<App>, who: Who, form: Multipart) -> Result<Redirect> {
    let mut form = Form::read(form, MOST, "a file may have at most 32 MB.").await?;
    let [format, company, address] = ["format", "company", "address"].map(|name| form.take_line(name));
    let input = match form.file {
        Some(File { name, bytes }) => Input::File { name, bytes },
        None if !address.is_empty() => Input::Address(address),
        None => Input::Data { label: "pasted text".into(), bytes: form.text },
    };
    let wanted = Wanted { format: Format::parse(&format).unwrap_or(Format::Auto), company, input };
    let id = actions::prepare(&app, &who, wanted).await?;
    Ok(Redirect::to(&format!("/jobs/import?read={id}")))
}

//! The import page's form: a file or pasted text.

use super::actions;
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

/// `POST /applications/import/read`: reads and sends on to the page that shows the columns.
pub async fn read(State(app): State<App>, who: Who, form: Multipart) -> Result<Redirect> {
    let form = Form::read(form, sheets::limits::BYTES, "a table may have at most 10 MB.").await?;
    let File { name, bytes } = form.file.unwrap_or(File { name: "pasted text".into(), bytes: form.text });
    let label = if name.is_empty() { "a file".into() } else { name };
    let id = actions::prepare(&app, &who, label, bytes).await?;
    Ok(Redirect::to(&format!("/applications/import?read={id}")))
}

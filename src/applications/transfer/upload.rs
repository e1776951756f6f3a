//! The import page's form: a file or pasted text, sent as a plain browser form so that it works at once.

use super::actions;
use crate::{
    error::{Error, Result},
    jobs::import::upload::unreadable,
    session::Who,
    state::App,
};
use axum::{
    extract::{Multipart, State},
    response::Redirect,
};

/// `POST /applications/import/read`: reads and sends on to the page that shows the columns.
pub async fn read(State(app): State<App>, who: Who, mut form: Multipart) -> Result<Redirect> {
    let (mut file, mut pasted) = (None, Vec::new());
    while let Some(mut field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let label: String = field.file_name().unwrap_or_default().replace('\0', "").chars().take(200).collect();
        let mut bytes = Vec::new();
        while let Some(part) = field.chunk().await.map_err(unreadable)? {
            if bytes.len() + part.len() > sheets::limits::BYTES {
                return Err(Error::TooLarge("a table may have at most 10 MB.".into()));
            }
            bytes.extend_from_slice(&part);
        }
        match name.as_str() {
            "file" if !bytes.is_empty() => file = Some((label, bytes)),
            "text" => pasted = bytes,
            _ => {}
        }
    }
    let (label, bytes) = file.unwrap_or_else(|| ("pasted text".into(), pasted));
    let label = if label.is_empty() { "a file".into() } else { label };
    let id = actions::prepare(&app, &who, label, bytes).await?;
    Ok(Redirect::to(&format!("/applications/import?read={id}")))
}

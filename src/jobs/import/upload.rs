//! The import page's form: a file, pasted text or an address, sent as a plain browser form so that it works at once and for large files.

use super::actions::{self, Input, Wanted};
use crate::{
    error::{Error, Result},
    session::Who,
    state::App,
};
use axum::{
    extract::{Multipart, State, multipart::Field},
    response::Redirect,
};
use boards::Format;

/// `POST /jobs/import/read`: reads and sends on to the page that shows what was found.
pub async fn read(State(app): State<App>, who: Who, mut form: Multipart) -> Result<Redirect> {
    let (mut format, mut company, mut address, mut text) = (String::new(), String::new(), String::new(), String::new());
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name().unwrap_or_default() {
            "format" => format = line(field).await?,
            "company" => company = line(field).await?,
            "address" => address = line(field).await?,
            "text" => text = field.text().await.map_err(unreadable)?,
            "file" => {
                let name: String = field.file_name().unwrap_or_default().replace('\0', "").chars().take(200).collect();
                let bytes = field.bytes().await.map_err(unreadable)?;
                if !bytes.is_empty() {
                    file = Some(Input::File { name, bytes: bytes.to_vec() });
                }
            }
            _ => {}
        }
    }
    let input = match file {
        Some(file) => file,
        None if !address.is_empty() => Input::Address(address),
        None => Input::Data { label: "pasted text".into(), bytes: text.into_bytes() },
    };
    let wanted = Wanted { format: Format::parse(&format).unwrap_or(Format::Auto), company, input };
    let id = actions::prepare(&app, &who, wanted).await?;
    Ok(Redirect::to(&format!("/jobs/import?read={id}")))
}

async fn line(field: Field<'_>) -> Result<String> {
    Ok(field.text().await.map_err(unreadable)?.replace('\0', "").trim().chars().take(2_000).collect())
}

/// What a multipart form that cannot be read is answered with.
pub fn unreadable(error: axum::extract::multipart::MultipartError) -> Error {
    match error.status().as_u16() {
        413 => Error::TooLarge("a file may have at most 32 MB.".into()),
        _ => Error::Malformed("The form could not be read. Please go back and try again.".into()),
    }
}

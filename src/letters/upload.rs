//! The page's form: a file of mail, sent as a plain browser form so that it works at once.

use super::actions::{self, Report};
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
use url::form_urlencoded::Serializer;

/// Bytes of a file.
const MOST: usize = 32 << 20;

/// `POST /applications/mail/read`: reads, and sends on to the page with what came of it.
pub async fn read(State(app): State<App>, who: Who, mut form: Multipart) -> Result<Redirect> {
    let (mut name, mut bytes) = (String::new(), Vec::new());
    while let Some(mut field) = form.next_field().await.map_err(unreadable)? {
        if field.name() != Some("file") {
            continue;
        }
        name = field.file_name().unwrap_or_default().chars().take(200).collect();
        while let Some(part) = field.chunk().await.map_err(unreadable)? {
            if bytes.len() + part.len() > MOST {
                return Err(Error::TooLarge("a file of mail may have at most 32 MB. Export a shorter period.".into()));
            }
            bytes.extend_from_slice(&part);
        }
    }
    let taken = actions::take_in(&app, &who, &name, bytes).await;
    let mut query = Serializer::new(String::new());
    match taken {
        Ok(Report { messages, known, done, asked, problems }) => {
            for (name, number) in [("read", messages), ("known", known), ("done", done), ("asked", asked)] {
                query.append_pair(name, &number.to_string());
            }
            query.append_pair("problems", &problems.len().to_string());
        }
        Err(Error::Invalid(fields)) => {
            query.append_pair("problem", fields.values().next().map_or("", String::as_str));
        }
        Err(other) => return Err(other),
    }
    Ok(Redirect::to(&format!("/applications/mail?{}", query.finish())))
}

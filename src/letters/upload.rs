//! The page's form: a file of mail, and what came of it.

use super::actions::{self, Report};
use crate::{
    error::{Error, Result},
    session::Who,
    state::App,
    upload::{File, Form},
};
use axum::{
    extract::{Multipart, State},
    response::Redirect,
};
use url::form_urlencoded::Serializer;

/// Bytes of a file.
const MOST: usize = 32 << 20;

/// `POST /applications/mail/read`: reads, and sends on to the page with what came of it.
pub async fn read(State(app): State<App>, who: Who, form: Multipart) -> Result<Redirect> {
    let form = Form::read(form, MOST, "a file of mail may have at most 32 MB. Export a shorter period.").await?;
    let File { name, bytes } = form.file.unwrap_or_default();
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

//! From a link or a text to what was found in it.

use crate::{
    error::{Error, Result},
    fetch::{Ask, Fetched, Hosts},
    state::App,
};
use boards::{
    Finder, Unreadable,
    address::{BoardRequest, is_known},
    single::{self, Found},
};
use std::time::Duration;

/// What all of it may take: somebody waits.
const WITHIN: Duration = Duration::from_secs(5);
/// A page is no larger than this, in bytes after decompression.
const PAGE: usize = 2_000_000;
/// Some boards answer with all their postings, of which one is wanted.
const BOARD: usize = 10_000_000;
const PAGES: &str = "text/html, application/xhtml+xml, application/json;q=0.9, text/plain;q=0.8, application/xml;q=0.7";
const BOARDS: &str = "application/json, application/xml;q=0.9, text/xml;q=0.9";

/// Reads text, off the server's threads. Errors are sentences for `field`.
pub async fn text(app: &App, text: String, field: &str) -> Result<Found> {
    off_thread(app, field, move |finder| single::of_text(&text, finder)).await
}

/// Fetches and reads one posting: of its board if the board is known, else the page itself. Errors are sentences for `field`.
pub async fn link(app: &App, link: &str, field: &str) -> Result<Found> {
    let reading = async {
        if let Some(request) = single::board(link)
            && let Some(found) = of_board(app, request, link).await?
        {
            return Ok(found);
        }
        let page = app.fetcher.get(Ask { within: WITHIN, ..Ask::get(link, PAGES, Hosts::Public, PAGE) }).await?;
        answered(&page)?;
        let (body, kind, address) = (page.body, page.content_type, link.to_owned());
        off_thread(app, field, move |finder| single::of_answer(&body, kind.as_deref(), &address, finder)).await
    };
    let late = || refuse("The page took too long to answer. Please try again later, or paste its text.");
    match tokio::time::timeout(WITHIN, reading).await.unwrap_or_else(|_| Err(late())) {
        Err(Error::Invalid(said)) => Err(Error::invalid(field, said.into_values().next().unwrap_or_default())),
        other => other,
    }
}

/// What the board says of it; `None` where it does not answer, or not with this posting: the page may still say more.
async fn of_board(app: &App, request: BoardRequest, link: &str) -> Result<Option<Found>> {
    let ask = Ask {
        json: request.body.as_deref(),
        within: WITHIN,
        ..Ask::get(&request.url, BOARDS, Hosts::Known(is_known), BOARD)
    };
    let Ok(body) = app.fetcher.fetch(ask).await else { return Ok(None) };
    let (finder, link) = (Finder::new(app.taxonomy()), link.to_owned());
    tokio::task::spawn_blocking(move || single::of_board(&request, &link, &body, &finder))
        .await
        .map_err(Error::internal)
}

/// What to do where a page does not answer.
fn answered(page: &Fetched) -> Result<()> {
    let words = match page.status {
        200..=299 => return Ok(()),
        404 | 410 => "There is no page at this address, or not any more.".to_owned(),
        401 | 403 | 451 => {
            "This page is not shown to programs, or only to those who are signed in. Please paste its text instead."
                .to_owned()
        }
        429 => "This site asks to be left alone for a while. Please try again later, or paste the text.".to_owned(),
        code => format!("The address answered with an error ({code}). Please try again later, or paste the text."),
    };
    Err(refuse(words))
}

async fn off_thread(
    app: &App,
    field: &str,
    read: impl FnOnce(&Finder) -> Result<Found, Unreadable> + Send + 'static,
) -> Result<Found> {
    let finder = Finder::new(app.taxonomy());
    tokio::task::spawn_blocking(move || read(&finder))
        .await
        .map_err(Error::internal)?
        .map_err(|error| Error::invalid(field, error.to_string()))
}

fn refuse(words: impl Into<String>) -> Error {
    Error::invalid("address", words)
}

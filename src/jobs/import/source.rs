//! Where the bytes come from: given, or fetched from a public board.

use crate::{
    error::{Error, Result},
    fetch::{Ask, Hosts},
    state::App,
};
use boards::{
    Finder, Format, Reading,
    address::{BoardRequest, is_known, resolve},
};

/// A board's answer may be large; a page is bounded by it.
const MOST: usize = 30_000_000;
/// What boards answer in.
const ACCEPTED: &str = "application/json, application/xml;q=0.9, application/rss+xml;q=0.9, text/*;q=0.8";
/// Pages fetched of a board that answers in pages.
const PAGES: usize = 50;

/// Reads given bytes, off the server's threads. Errors are sentences for the field `data`.
pub async fn read(app: &App, format: Format, company: String, data: Vec<u8>) -> Result<Reading> {
    let finder = Finder::new(app.taxonomy());
    tokio::task::spawn_blocking(move || boards::read(format, &data, Some(&company), &finder))
        .await
        .map_err(Error::internal)?
        .map_err(|error| Error::invalid("data", error.to_string()))
}

/// Fetches and reads a public board. Errors are sentences for the field `address`.
pub async fn fetch(app: &App, address: &str) -> Result<Reading> {
    let mut request = resolve(address).map_err(|error| Error::invalid("address", error.to_string()))?;
    let mut all: Option<Reading> = None;
    let mut most = 0;
    for _ in 0..PAGES {
        let ask =
            Ask { json: request.body.as_deref(), ..Ask::get(&request.url, ACCEPTED, Hosts::Known(is_known), MOST) };
        let bytes = app.fetcher.fetch(ask).await?;
        // Workday says the number with the first page, and none with the next.
        most = request.total(&bytes).max(most);
        let reading = read_page(app, request.clone(), bytes).await?;
        let got = reading.rows.len();
        let seen = match &mut all {
            None => all.insert(reading).rows.len(),
            Some(all) => {
                all.rows.extend(reading.rows);
                all.rows.len()
            }
        };
        match request.next_page(seen, most) {
            Some(next) if got > 0 => request = next,
            _ => break,
        }
    }
    all.ok_or_else(|| Error::invalid("address", "The board answered nothing."))
}

async fn read_page(app: &App, request: BoardRequest, bytes: Vec<u8>) -> Result<Reading> {
    let finder = Finder::new(app.taxonomy());
    let board = request.format.label();
    let read = tokio::task::spawn_blocking(move || boards::read_board(&request, &bytes, &finder));
    read.await.map_err(Error::internal)?.map_err(|error| {
        tracing::debug!(%error, board, "a board's answer cannot be read");
        let words =
            format!("The address did not answer as {board} does. You can still paste its postings, or upload them.");
        Error::invalid("address", words)
    })
}

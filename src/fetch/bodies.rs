//! What is taken of an answer: no more than asked for, and of a kind that can be read.

use super::{Hosts, refuse};
use crate::error::Result;
use futures_util::StreamExt;
use reqwest::{Response, header};

/// Refuses what is no text before any of it is read. Known hosts answer what they answer.
pub(super) fn check(response: &Response, hosts: Hosts) -> Result<()> {
    let said = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    // What was unpacked on the way has this header no more.
    if !matches!(said(header::CONTENT_ENCODING), "" | "identity") {
        return Err(refuse("The page is packed in a way that cannot be read."));
    }
    if matches!(hosts, Hosts::Public) && !is_text(said(header::CONTENT_TYPE)) {
        return Err(refuse("There is no page at this address but something else, such as a picture or a file."));
    }
    Ok(())
}

/// HTML, XML, JSON and plain text, by the type a server says.
pub(super) fn is_text(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.split_once('/') {
        Some(("text", kind)) => matches!(kind, "html" | "plain" | "xml" | "json"),
        Some(("application", kind)) => {
            matches!(kind, "json" | "xml") || kind.ends_with("+json") || kind.ends_with("+xml")
        }
        _ => false,
    }
}

/// The whole body, unpacked.
pub(super) async fn read(response: Response, most: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut stream = response.bytes_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| refuse("The connection broke off before the answer was complete."))?;
        if bytes.len() + chunk.len() > most {
            return Err(refuse(format!("The answer is larger than {} MB.", most / 1_000_000)));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

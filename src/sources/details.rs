//! Texts that come apart: a list names its postings, and each one's own page has what it says.

use super::{
    asking::{Answer, Asking},
    breaker::Failure,
    store::Row,
    texts,
};
use crate::{db, error::Result, postings::Found};
use boards::{
    Format,
    about::About,
    address::{self, BoardRequest},
};
use posting::Posting;
use std::collections::HashSet;

/// Completes rows by their texts: those that are kept, and some more that are fetched now. Ok says whether all have theirs; a text that
/// cannot be had is no fault of the list.
pub async fn complete(
    asking: &Asking<'_>,
    about: &About,
    source: &Row,
    rows: &mut [Found],
    whole: bool,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<std::result::Result<bool, Failure>> {
    if about.details == 0 || about.format == Format::HackerNews {
        return Ok(Ok(true));
    }
    let kept = texts::of(&asking.app.db, source.id).await?;
    let (mut new, mut asked, mut all) = (Vec::new(), 0, true);
    let mut outcome = Ok(());
    for row in rows.iter_mut() {
        let before =
            kept.get(&row.key).and_then(|rows| rows.first()).filter(|(_, text)| text.title == row.posting.title);
        if let Some((_, text)) = before {
            merge(&mut row.posting, text);
            continue;
        }
        let Some(request) = address::detail(about.format, &row.posting) else { continue };
        if asked >= about.details || outcome.is_err() || !go_on() {
            all = false;
            continue;
        }
        asked += 1;
        match one(asking, &request).await? {
            Ok(Some(text)) => {
                merge(&mut row.posting, &text);
                new.push((row.key.clone(), vec![(row.key.clone(), text)]));
            }
            Ok(None) => {}
            Err(failure @ (Failure::Busy(..) | Failure::Refused(_))) => outcome = Err(failure),
            Err(_) => all = false,
        }
    }
    let here: HashSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    let gone = kept.keys().map(String::as_str).filter(|key| whole && !here.contains(key)).collect();
    texts::keep(&asking.app.db, source.id, &new, &gone, db::now()).await?;
    Ok(outcome.map(|()| all))
}

/// The one posting of an answer; None where it is not there or cannot be read.
async fn one(asking: &Asking<'_>, request: &BoardRequest) -> Result<std::result::Result<Option<Posting>, Failure>> {
    let answer = match asking.ask(request, None).await? {
        Ok(Answer::Body(answer)) => answer,
        Ok(Answer::Unchanged) => return Ok(Ok(None)),
        Err(failure) => return Ok(Err(failure)),
    };
    Ok(match asking.reading(request, answer.body).await? {
        Ok(reading) => Ok(reading.postings().next().cloned()),
        Err(_) => Ok(None),
    })
}

/// The list knows where and who; the posting's own page has the text and what follows from it.
fn merge(row: &mut Posting, text: &Posting) {
    let listed = std::mem::replace(row, text.clone());
    row.title = listed.title;
    if row.company.is_empty() {
        row.company = listed.company;
    }
    if row.location.is_empty() {
        row.location = listed.location;
    }
    row.remote = row.remote.or(listed.remote);
    row.url = listed.url.or(row.url.take());
    row.date_posted = row.date_posted.or(listed.date_posted);
}

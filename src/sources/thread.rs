//! Hacker News, where postings are the comments of a thread.

use super::{
    asking::{Answer, Asking},
    breaker::Failure,
    reading::Read,
    store::Row,
    texts::{self, Rows},
};
use crate::{db, error::Result, fetch::Validators, postings::Found};
use boards::{
    about::About,
    address::{self, BoardRequest},
};
use std::collections::HashSet;

/// The newest thread that asks who is hiring: by Algolia with all its comments at once, by Firebase one by one. A new thread takes the
/// old one's place, whose postings are not gone for that: they expire by their age.
pub async fn read(
    asking: &Asking<'_>,
    about: &About,
    source: &Row,
    first: &BoardRequest,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Read> {
    let answer = match asking.ask(first, None).await? {
        Ok(Answer::Body(answer)) => answer.body,
        Ok(Answer::Unchanged) => Vec::new(),
        Err(failure) => return Ok(Read::failed(failure)),
    };
    if first.url.contains("firebase") {
        return firebase(asking, about, source, &answer, go_on).await;
    }
    let request = match boards::newest_thread(&answer).map(|id| address::hackernews_item(false, id)) {
        Ok(Some(request)) => request,
        Ok(None) => return Ok(Read::failed(Failure::Passing("Hacker News names no thread.".into()))),
        Err(words) => return Ok(Read::failed(Failure::Passing(words.to_string()))),
    };
    let answer = match asking.ask(&request, None).await? {
        Ok(Answer::Body(answer)) => answer.body,
        Ok(Answer::Unchanged) => Vec::new(),
        Err(failure) => return Ok(Read::failed(failure)),
    };
    Ok(match asking.reading(&request, answer).await? {
        Ok(reading) => {
            let rows = reading.keyed().map(|(key, posting)| Found { key, posting: posting.clone() });
            Read::part(rows.collect(), Ok(Validators::default()))
        }
        Err(failure) => Read::failed(failure),
    })
}

async fn firebase(
    asking: &Asking<'_>,
    about: &About,
    source: &Row,
    user: &[u8],
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Read> {
    let odd = || Read::failed(Failure::Passing("Hacker News did not answer as it does.".into()));
    let Some(submitted) = boards::comments(user) else { return Ok(odd()) };
    let mut comments = None;
    // Three threads a month come from the same hand.
    for id in submitted.into_iter().take(6) {
        let Some(request) = address::hackernews_item(true, id) else { continue };
        match asking.ask(&request, None).await? {
            Ok(Answer::Body(answer)) => comments = boards::comments(&answer.body),
            Ok(Answer::Unchanged) => {}
            Err(failure) => return Ok(Read::failed(failure)),
        }
        if comments.is_some() {
            break;
        }
    }
    let Some(comments) = comments else { return Ok(odd()) };
    let kept = texts::of(&asking.app.db, source.id).await?;
    let (mut rows, mut new, mut asked) = (Vec::new(), Vec::new(), 0);
    let mut outcome = Ok(Validators::default());
    for id in comments {
        let key = id.to_string();
        let found = match kept.get(&key) {
            Some(rows) => rows.clone(),
            None if asked >= about.details || outcome.is_err() || !go_on() => continue,
            None => {
                asked += 1;
                match comment(asking, id).await? {
                    Ok(found) => {
                        new.push((key, found.clone()));
                        found
                    }
                    Err(failure) => {
                        outcome = Err(failure);
                        continue;
                    }
                }
            }
        };
        rows.extend(found.into_iter().map(|(key, posting)| Found { key, posting }));
    }
    texts::keep(&asking.app.db, source.id, &new, &HashSet::new(), db::now()).await?;
    Ok(Read::part(rows, outcome))
}

/// The postings of one comment; none where it is no posting, or was taken back.
async fn comment(asking: &Asking<'_>, id: u64) -> Result<std::result::Result<Rows, Failure>> {
    let Some(request) = address::hackernews_item(true, id) else { return Ok(Ok(Rows::new())) };
    let answer = match asking.ask(&request, None).await? {
        Ok(Answer::Body(answer)) => answer.body,
        Ok(Answer::Unchanged) => return Ok(Ok(Rows::new())),
        Err(failure) => return Ok(Err(failure)),
    };
    Ok(Ok(match asking.reading(&request, answer).await? {
        Ok(reading) => reading.keyed().map(|(key, posting)| (key, posting.clone())).collect(),
        Err(_) => Rows::new(),
    }))
}

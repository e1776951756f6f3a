//! Google's Calendar API, version 3: one person's calls, each bounded in time and size, all of them in number and time.

use super::{
    entry::Entry,
    plan::Theirs,
    trouble::{Trouble, Verdict, judge, reason},
};
use crate::{
    accounts::providers::{Provider, consent::Grant},
    backoff, db,
    error::Error,
    state::App,
};
use axum::http::{Method, Request, header};
use chrono::{DateTime, Duration as Span, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use url::Url;

/// Calls of one visit, and how long it may begin new ones.
const CALLS: usize = 150;
const LASTS: Duration = Duration::from_secs(60);
/// Events of one page of a list, and pages that are read: whoever keeps more in that calendar is not compared.
const PAGE: &str = "250";
const PAGES: usize = 40;

/// What opens a person's side of Google; kept sealed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Tokens {
    pub refresh: String,
    pub access: String,
    pub until: DateTime<Utc>,
}

/// Why a visit ends before everything is done.
#[derive(Debug, PartialEq)]
pub enum Halt {
    /// With the pause Google asked for.
    Trouble(Trouble, Option<Span>),
    /// The calendar is not there any more.
    Gone,
    /// It had its share, or the server stops: the rest is done by the next.
    Enough,
    /// Something went wrong here.
    Broken(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Halt::Broken(error)
    }
}

impl From<Trouble> for Halt {
    fn from(trouble: Trouble) -> Self {
        Halt::Trouble(trouble, None)
    }
}

/// What a call was answered; what is wrong in general is a [`Halt`].
enum Said {
    Done(Value),
    Missing,
    There,
    Unfit,
}

/// One visit to a person's side of Google.
pub struct Session<'a> {
    app: &'a App,
    pub tokens: Tokens,
    /// Whether the tokens are others than at first.
    pub renewed: bool,
    /// The account's address, once an answer named it.
    pub address: Option<String>,
    calls: usize,
    ends: Instant,
}

impl<'a> Session<'a> {
    pub fn new(app: &'a App, tokens: Tokens) -> Self {
        Session { app, tokens, renewed: false, address: None, calls: CALLS, ends: Instant::now() + LASTS }
    }

    /// Makes the calendar; answers with its id.
    pub async fn make_calendar(&mut self, zone: &str) -> Result<String, Halt> {
        let body = json!({
            "summary": "Career Co-Pilot", "timeZone": zone,
            "description": "Interviews, decisions and tasks, kept by Career Co-Pilot. What you change here is put back.",
        });
        match self.call(Method::POST, &["calendars"], &[("fields", "id")], Some(&body)).await? {
            Said::Done(made) => {
                let id = made["id"].as_str().filter(|id| !id.is_empty() && id.len() <= 1_000);
                id.map(str::to_owned).ok_or_else(|| Trouble::Odd.into())
            }
            _ => Err(Trouble::Odd.into()),
        }
    }

    /// Removes a calendar with everything in it; one that is not there is removed already.
    pub async fn remove_calendar(&mut self, calendar: &str) -> Result<(), Halt> {
        match self.call(Method::DELETE, &["calendars", calendar], &[], None).await? {
            Said::Done(_) | Said::Missing => Ok(()),
            _ => Err(Trouble::Odd.into()),
        }
    }

    /// Everything in a calendar that ends after `since`; None when that is more than is looked through.
    pub async fn list(&mut self, calendar: &str, since: DateTime<Utc>) -> Result<Option<Theirs>, Halt> {
        let since = since.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let mut found = Theirs::new();
        let mut page = String::new();
        for _ in 0..PAGES {
            let mut query = vec![
                ("maxResults", PAGE),
                ("timeMin", since.as_str()),
                ("fields", "nextPageToken,items(id,status,summary,start,end)"),
            ];
            if !page.is_empty() {
                query.push(("pageToken", &page));
            }
            let answer = match self.call(Method::GET, &["calendars", calendar, "events"], &query, None).await? {
                Said::Done(answer) => answer,
                Said::Missing => return Err(Halt::Gone),
                Said::There | Said::Unfit => return Err(Trouble::Odd.into()),
            };
            // None at all is a list without the field.
            for item in answer["items"].as_array().into_iter().flatten() {
                if let Some(id) = item["id"].as_str() {
                    found.insert(id.to_owned(), item.clone());
                }
            }
            match answer["nextPageToken"].as_str() {
                Some(next) if !next.is_empty() => page = next.to_owned(),
                _ => return Ok(Some(found)),
            }
        }
        Ok(None)
    }

    /// Sends an entry; false when Google will not have it. One that is there in spite of what was thought is changed, one that is not
    /// is put in: its id is the same.
    pub async fn send(&mut self, calendar: &str, entry: &Entry, known: bool) -> Result<bool, Halt> {
        let mut change = known;
        for _ in 0..3 {
            let fields = [("fields", "creator(email)")];
            let path = ["calendars", calendar, "events", &entry.id];
            let said = if change {
                self.call(Method::PUT, &path, &fields, Some(&entry.body)).await?
            } else {
                self.call(Method::POST, &path[..3], &fields, Some(&entry.body)).await?
            };
            match said {
                Said::Done(answer) => {
                    self.learn(&answer);
                    return Ok(true);
                }
                Said::There if !change => change = true,
                Said::Missing if change => change = false,
                Said::Missing => return Err(Halt::Gone),
                Said::There | Said::Unfit => break,
            }
        }
        Ok(false)
    }

    /// Takes an entry away; one that is not there is gone already.
    pub async fn remove(&mut self, calendar: &str, id: &str) -> Result<(), Halt> {
        match self.call(Method::DELETE, &["calendars", calendar, "events", id], &[], None).await? {
            Said::Done(_) | Said::Missing => Ok(()),
            Said::There | Said::Unfit => Err(Trouble::Odd.into()),
        }
    }

    /// Which account it is, is told by who made an entry.
    fn learn(&mut self, answer: &Value) {
        let plain = |address: &&str| address.len() <= 254 && !address.chars().any(char::is_control);
        if let Some(address) = answer["creator"]["email"].as_str().filter(plain) {
            self.address = Some(address.to_owned());
        }
    }

    /// One call, with a fresh token if the one there is has run out, or is not taken.
    async fn call(
        &mut self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<Said, Halt> {
        if self.tokens.until <= db::now() {
            self.renew().await?;
        }
        let mut fresh = false;
        loop {
            match self.once(method.clone(), path, query, body).await? {
                (Verdict::Done(value), _) => return Ok(Said::Done(value)),
                (Verdict::Missing, _) => return Ok(Said::Missing),
                (Verdict::There, _) => return Ok(Said::There),
                (Verdict::Unfit, _) => return Ok(Said::Unfit),
                (Verdict::Failed(trouble), pause) => return Err(Halt::Trouble(trouble, pause)),
                (Verdict::Locked, _) if fresh => return Err(Trouble::Ended.into()),
                (Verdict::Locked, _) => self.renew().await?,
            }
            fresh = true;
        }
    }

    async fn once(
        &mut self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Result<(Verdict, Option<Span>), Halt> {
        if self.calls == 0 || Instant::now() >= self.ends {
            return Err(Halt::Enough);
        }
        self.calls -= 1;
        let base = self.app.outside.calendars().ok_or(Trouble::Unknown)?;
        let body = body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
        let request = Request::builder()
            .method(method)
            .uri(address(base, path, query).as_str())
            .header(header::AUTHORIZATION, ["Bearer ", &self.tokens.access].concat())
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/json")
            .body(body)
            .map_err(|_| Trouble::Odd)?;
        let answer = tokio::select! {
            () = self.app.stopping.cancelled() => return Err(Halt::Enough),
            answer = self.app.outside.send(request) => answer,
        };
        let answer = answer.map_err(|error| {
            tracing::info!(%error, "Google’s calendars do not answer");
            Trouble::of(&error)
        })?;
        let status = answer.status().as_u16();
        let verdict = judge(status, answer.body());
        if let Verdict::Failed(_) | Verdict::Unfit = verdict {
            tracing::info!(status, reason = reason(answer.body()), "Google’s calendars refused a call");
        }
        let pause = answer.headers().get(header::RETRY_AFTER).and_then(|value| value.to_str().ok());
        Ok((verdict, pause.and_then(|text| backoff::retry_after(text, db::now()))))
    }

    async fn renew(&mut self) -> Result<(), Halt> {
        let renewed = tokio::select! {
            () = self.app.stopping.cancelled() => return Err(Halt::Enough),
            renewed = self.app.outside.renew(Provider::Google, &self.tokens.refresh) => renewed,
        };
        let Grant { access, until, refresh, .. } = renewed.map_err(Trouble::from)?;
        let refresh = refresh.unwrap_or_else(|| std::mem::take(&mut self.tokens.refresh));
        (self.tokens, self.renewed) = (Tokens { refresh, access, until }, true);
        Ok(())
    }
}

/// The address of a call; each part of the path is one segment, whatever is in it.
fn address(base: &Url, path: &[&str], query: &[(&str, &str)]) -> Url {
    let mut address = base.clone();
    // Only an address that cannot be a base has no segments, and this one has a host.
    if let Ok(mut segments) = address.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    if !query.is_empty() {
        address.query_pairs_mut().extend_pairs(query);
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_leads_elsewhere() {
        let base: Url = "https://www.googleapis.com/calendar/v3".parse().expect("an address");
        let at = |calendar: &str| address(&base, &["calendars", calendar, "events"], &[("fields", "id")]).to_string();
        assert_eq!(
            at("a@group.calendar.google.com"),
            "https://www.googleapis.com/calendar/v3/calendars/a@group.calendar.google.com/events?fields=id"
        );
        assert_eq!(
            at("../../x?y#z"),
            "https://www.googleapis.com/calendar/v3/calendars/..%2F..%2Fx%3Fy%23z/events?fields=id"
        );
    }
}

//! One visit's way of asking: with the board's keys, in the host's turn, and only what its robots.txt allows.

use super::{breaker::Failure, hosts, keys};
use crate::{
    background,
    error::{Error, Result},
    fetch::{Ask, Fetched, Hosts, Validators},
    state::App,
};
use boards::{
    Finder, Format, Reading,
    about::About,
    address::{BoardRequest, is_known},
};
use std::time::Duration;
use url::Url;

/// A board's answer may be large; a page is bounded by it.
const MOST: usize = 30_000_000;
const ACCEPT: &str =
    "application/json, application/xml;q=0.9, application/rss+xml;q=0.9, application/atom+xml;q=0.9, text/*;q=0.8";

/// One visit's way of asking.
pub struct Asking<'a> {
    pub app: &'a App,
    format: Format,
    shown: keys::Shown,
    hosts: Hosts,
    pause: Duration,
    /// What the site asks of programs, where it is asked.
    robots: Option<boards::robots::Robots>,
}

/// An answer to one question, as far as it goes on from there.
pub enum Answer {
    Unchanged,
    Body(Box<Fetched>),
}

impl<'a> Asking<'a> {
    /// Makes ready to ask: keys, and what the site's robots.txt says where that is asked.
    pub async fn begin(
        app: &'a App,
        about: &About,
        first: &BoardRequest,
    ) -> Result<std::result::Result<Self, Failure>> {
        let shown = match keys::show(app, about.format).await {
            Ok(shown) => shown,
            Err(failure) => return Ok(Err(failure)),
        };
        let anywhere = about.asked == boards::about::Asked::Page;
        let hosts = if anywhere { Hosts::Public } else { Hosts::Known(is_known) };
        let mut asking = Asking { app, format: about.format, shown, hosts, pause: about.pause, robots: None };
        if about.robots
            && let Ok(url) = Url::parse(&first.url)
        {
            match hosts::robots(app, &url, hosts).await? {
                Ok(robots) => {
                    let delay = robots.delay.map_or(Duration::ZERO, |delay| Duration::from_secs(delay.into()));
                    asking.pause = asking.pause.max(delay);
                    asking.robots = Some(robots);
                }
                Err(failure) => return Ok(Err(failure)),
            }
        }
        Ok(Ok(asking))
    }

    /// Asks one question, when the turn comes.
    pub async fn ask(
        &self,
        request: &BoardRequest,
        conditional: Option<Validators>,
    ) -> Result<std::result::Result<Answer, Failure>> {
        let Ok(url) = Url::parse(&request.url) else {
            return Ok(Err(Failure::Refused("This is not a web address.".into())));
        };
        let host = url.host_str().unwrap_or_default();
        if let Some(robots) = &self.robots
            && !robots.allows(&url[url::Position::BeforePath..url::Position::AfterQuery])
        {
            let why = format!("{host} asks programs not to read this page (robots.txt), so it is not read.");
            return Ok(Err(Failure::Refused(why)));
        }
        if let Err(failure) = hosts::turn(self.app, host).await? {
            return Ok(Err(failure));
        }
        let address = self.shown.address(request);
        let ask = Ask {
            json: request.body.as_deref(),
            conditional,
            headers: self.shown.headers.clone(),
            ..Ask::get(&address, ACCEPT, self.hosts, MOST)
        };
        let answer = self.app.fetcher.get(ask).await;
        hosts::done(self.app, host, self.pause).await?;
        Ok(self.told(host, answer))
    }

    /// What an answer means.
    fn told(&self, host: &str, answer: Result<Fetched>) -> std::result::Result<Answer, Failure> {
        let name = self.format.label();
        let answer = match answer {
            Ok(answer) => answer,
            Err(Error::Invalid(fields)) => {
                let words = fields.into_values().next().unwrap_or_default();
                return Err(Failure::Passing(words));
            }
            Err(error) => return Err(Failure::Passing(error.to_string())),
        };
        match answer.status {
            200..=299 => Ok(Answer::Body(Box::new(answer))),
            304 => Ok(Answer::Unchanged),
            429 | 503 => Err(Failure::Busy(
                format!("{host} asks to be left alone for a while ({}).", answer.status),
                answer.retry_after,
            )),
            401 | 403 => Err(Failure::Refused(format!(
                "{name} refused to answer ({}). It is not asked in any other way; look whether its terms changed.",
                answer.status
            ))),
            404 | 410 => {
                Err(Failure::Passing(format!("There is nothing at this address any more ({}).", answer.status)))
            }
            code => Err(Failure::Passing(format!("{host} answered with an error ({code})."))),
        }
    }

    /// Reads an answer, off the server's threads. Rows of which none can be read mean that its shape is another one now.
    pub async fn reading(
        &self,
        request: &BoardRequest,
        body: Vec<u8>,
    ) -> Result<std::result::Result<Reading, Failure>> {
        let finder = Finder::new(self.app.taxonomy());
        let (name, request) = (self.format.label(), request.clone());
        let read = background::done(move || boards::read_board(&request, &body, &finder)).await?;
        Ok(match read {
            Err(words) => Err(Failure::Passing(format!("The answer could not be read as {name}’s: {words}"))),
            Ok(reading) if !reading.rows.is_empty() && reading.postings().next().is_none() => {
                let why = reading.rejected().next().map(ToString::to_string).unwrap_or_default();
                Err(Failure::Passing(format!(
                    "None of its postings could be read; its shape may be another one now. {why}"
                )))
            }
            Ok(reading) => Ok(reading),
        })
    }
}

//! The questions of one visit: page after page, the texts that come apart, the comments of a thread.

use super::{
    breaker::Failure,
    hosts, keys,
    store::Row,
    texts::{self, Rows},
};
use crate::{
    background, db,
    error::{Error, Result},
    fetch::{Ask, Fetched, Hosts, Validators},
    postings::Found,
    state::App,
};
use boards::{
    Finder, Format, Reading,
    about::{About, about},
    address::{self, BoardRequest, is_known},
};
use posting::Posting;
use std::{collections::HashSet, time::Duration};
use url::Url;

/// A board's answer may be large; a page is bounded by it.
const MOST: usize = 30_000_000;
const ACCEPT: &str =
    "application/json, application/xml;q=0.9, application/rss+xml;q=0.9, application/atom+xml;q=0.9, text/*;q=0.8";
/// Nothing is offered there, which is no fault.
const EMPTY: &str = "Nothing was offered there at the last visit.";
const UNCHANGED: &str = "Nothing had changed there at the last visit.";

/// What came of the questions.
pub struct Read {
    pub rows: Vec<Found>,
    /// All of it was read: what is missing is gone.
    pub whole: bool,
    pub unchanged: bool,
    /// Said about a visit that went well but found nothing.
    pub note: &'static str,
    /// What to hold against the next answer, or what went wrong.
    pub outcome: std::result::Result<Validators, Failure>,
}

impl Read {
    fn failed(failure: Failure) -> Self {
        Read { rows: Vec::new(), whole: false, unchanged: false, note: "", outcome: Err(failure) }
    }
}

/// One visit's way of asking.
pub(super) struct Asking<'a> {
    app: &'a App,
    format: Format,
    shown: keys::Shown,
    hosts: Hosts,
    pause: Duration,
    /// What the site asks of programs, where it is asked.
    robots: Option<boards::robots::Robots>,
}

/// An answer to one question, as far as it goes on from there.
pub(super) enum Answer {
    Unchanged,
    Body(Box<Fetched>),
}

/// Asks a source everything of one visit.
///
/// # Errors
/// Only when our own database fails.
pub async fn read(app: &App, source: &Row, go_on: &(dyn Fn() -> bool + Sync)) -> Result<Read> {
    let format = source.format()?;
    let Some(about) = about(format) else {
        return Ok(Read::failed(Failure::Refused("This is nothing that can be visited.".into())));
    };
    let first = match address::visit(format, &source.address) {
        Ok(first) => first,
        Err(words) => return Ok(Read::failed(Failure::Refused(words.to_string()))),
    };
    let asking = match Asking::begin(app, about, &first).await? {
        Ok(asking) => asking,
        Err(failure) => return Ok(Read::failed(failure)),
    };
    if format == Format::HackerNews && first.page.contains("whoishiring") {
        return thread(&asking, about, source, &first, go_on).await;
    }
    pages(&asking, about, source, first, go_on).await
}

/// Whether a board answers at this request, with postings.
///
/// # Errors
/// Only when our own database fails.
pub async fn answers(app: &App, format: Format, request: &BoardRequest) -> Result<bool> {
    let Some(about) = about(format) else { return Ok(false) };
    let Ok(asking) = Asking::begin(app, about, request).await? else { return Ok(false) };
    let Ok(Answer::Body(answer)) = asking.ask(request, None).await? else { return Ok(false) };
    Ok(asking.reading(request, answer.body).await?.is_ok_and(|reading| reading.postings().next().is_some()))
}

async fn pages(
    asking: &Asking<'_>,
    about: &About,
    source: &Row,
    first: BoardRequest,
    go_on: &(dyn Fn() -> bool + Sync),
) -> Result<Read> {
    let known = Validators { etag: source.etag.clone(), last_modified: source.last_modified.clone() };
    let company = Some(source.company.clone()).filter(|company| !company.is_empty());
    let mut request = BoardRequest { company: company.or(first.company.clone()), ..first };
    let mut conditional = (request.body.is_none() && known != Validators::default()).then_some(known);
    let (mut rows, mut seen, mut most) = (Vec::new(), 0, 0);
    let (mut validators, mut whole) = (None, true);
    for page in 0.. {
        let answer = match asking.ask(&request, conditional.take()).await? {
            Ok(Answer::Body(answer)) => answer,
            Ok(Answer::Unchanged) => {
                return Ok(Read {
                    rows: Vec::new(),
                    whole: false,
                    unchanged: true,
                    note: UNCHANGED,
                    outcome: Ok(known_of(source)),
                });
            }
            Err(failure) => return Ok(Read { rows, whole: false, unchanged: false, note: "", outcome: Err(failure) }),
        };
        validators.get_or_insert_with(|| answer.validators());
        let told = request.total(&answer.body);
        // Workday says the number with the first page, and none with the next; Arbeitnow only ever whether there is more.
        most = if request.format == Format::Arbeitnow { told } else { told.max(most) };
        let reading = match asking.reading(&request, answer.body).await? {
            Ok(reading) => reading,
            Err(failure) => return Ok(Read { rows, whole: false, unchanged: false, note: "", outcome: Err(failure) }),
        };
        let got = reading.rows.len();
        seen += got;
        // A row that cannot be read is still there: what it was before is not gone.
        whole &= reading.rejected().next().is_none();
        rows.extend(reading.keyed().map(|(key, posting)| Found { key, posting: posting.clone() }));
        match request.next_page(seen, most) {
            None => break,
            Some(_) if got == 0 => {
                // It said that there is more, and then there was none.
                whole = false;
                break;
            }
            Some(_) if page + 1 >= about.pages || !go_on() => {
                whole = false;
                break;
            }
            Some(next) => request = next,
        }
    }
    let apart = details(asking, about, source, &mut rows, whole, go_on).await?;
    let note = if rows.is_empty() { EMPTY } else { "" };
    // A question answers with the newest that fit, not with all there are: nothing is gone because it is not among them.
    let whole = whole && about.asked != boards::about::Asked::Query && !rows.is_empty();
    // While texts are missing the next visit has to look at the same answer again.
    let outcome = apart.map(|all| if all { validators.unwrap_or_default() } else { Validators::default() });
    Ok(Read { rows, whole, unchanged: false, note, outcome })
}

fn known_of(source: &Row) -> Validators {
    Validators { etag: source.etag.clone(), last_modified: source.last_modified.clone() }
}

/// Completes rows by their texts: those that are kept, and some more that are fetched now. Ok says whether all have theirs; a text that
/// cannot be had is no fault of the list.
async fn details(
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
            complete(&mut row.posting, text);
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
                complete(&mut row.posting, &text);
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
fn complete(row: &mut Posting, text: &Posting) {
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

/// The newest thread that asks who is hiring: by Algolia with all its comments at once, by Firebase one by one.
async fn thread(
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
            of_thread(reading.keyed().map(|(key, posting)| Found { key, posting: posting.clone() }).collect())
        }
        Err(failure) => Read::failed(failure),
    })
}

/// A new thread takes the old one's place, whose postings are not gone for that: they expire by their age.
fn of_thread(rows: Vec<Found>) -> Read {
    let note = if rows.is_empty() { EMPTY } else { "" };
    Read { rows, whole: false, unchanged: false, note, outcome: Ok(Validators::default()) }
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
    Ok(Read { outcome, ..of_thread(rows) })
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

impl<'a> Asking<'a> {
    /// Makes ready to ask: keys, and what the site's robots.txt says where that is asked.
    pub(super) async fn begin(
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
    pub(super) async fn ask(
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
    async fn reading(&self, request: &BoardRequest, body: Vec<u8>) -> Result<std::result::Result<Reading, Failure>> {
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

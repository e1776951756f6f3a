//! The questions of one visit, page after page.

use super::{
    asking::{Answer, Asking},
    breaker::Failure,
    details,
    store::Row,
    thread,
};
use crate::{error::Result, fetch::Validators, postings::Found, state::App};
use boards::{
    Format,
    about::{About, about},
    address::{self, BoardRequest},
};

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
    /// Rows that are not all there is.
    pub fn part(rows: Vec<Found>, outcome: std::result::Result<Validators, Failure>) -> Self {
        let note = if rows.is_empty() { EMPTY } else { "" };
        Read { rows, whole: false, unchanged: false, note, outcome }
    }

    /// Nothing came of it.
    pub fn failed(failure: Failure) -> Self {
        Read::part(Vec::new(), Err(failure))
    }

    fn unchanged(known: Validators) -> Self {
        Read { unchanged: true, note: UNCHANGED, ..Read::part(Vec::new(), Ok(known)) }
    }
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
        return thread::read(&asking, about, source, &first, go_on).await;
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
    let mut conditional = (request.body.is_none() && known != Validators::default()).then(|| known.clone());
    let (mut rows, mut seen, mut most) = (Vec::new(), 0, 0);
    let (mut validators, mut whole) = (None, true);
    for page in 0.. {
        let answer = match asking.ask(&request, conditional.take()).await? {
            Ok(Answer::Body(answer)) => answer,
            Ok(Answer::Unchanged) => return Ok(Read::unchanged(known)),
            Err(failure) => return Ok(Read::part(rows, Err(failure))),
        };
        validators.get_or_insert_with(|| answer.validators());
        let told = request.total(&answer.body);
        // Workday says the number with the first page, and none with the next; Arbeitnow only ever whether there is more.
        most = if request.format == Format::Arbeitnow { told } else { told.max(most) };
        let reading = match asking.reading(&request, answer.body).await? {
            Ok(reading) => reading,
            Err(failure) => return Ok(Read::part(rows, Err(failure))),
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
    let apart = details::complete(asking, about, source, &mut rows, whole, go_on).await?;
    // A question answers with the newest that fit, not with all there are: nothing is gone because it is not among them.
    let whole = whole && about.asked != boards::about::Asked::Query && !rows.is_empty();
    // While texts are missing the next visit has to look at the same answer again.
    let outcome = apart.map(|all| if all { validators.unwrap_or_default() } else { Validators::default() });
    Ok(Read { whole, ..Read::part(rows, outcome) })
}

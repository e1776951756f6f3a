//! One posting, from what a person has at hand: a link's answer, a page, or text they copied. Each field says where it is from; what is
//! not there is not made up.
//!
//! [`board`] knows whether an address is one posting of a board, [`of_board`] finds it in the board's answer. [`of_answer`] reads any other
//! page: what it says to machines first, then what it says to people. [`of_text`] reads plain text, with the labels and turns of phrase of
//! English, German, French and Spanish postings.

use crate::feeds::{self, Context};
use crate::{Finder, Unreadable, enrich};
use posting::Posting;
use serde_json::Value;

mod board;
mod charset;
mod content;
mod head;
mod heading;
mod labels;
mod origin;
mod page;
mod prose;
mod words;

pub use board::{board, of_board};
pub use origin::{FIELDS, From, Origin, Sure};

/// A posting with where each of its fields is from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub posting: Posting,
    /// By the name of the field; none for what was not found.
    pub from: std::collections::BTreeMap<&'static str, From>,
}

impl Found {
    /// What a feed or a page said, and the whole with what was read from its text.
    fn said(said: &Posting, whole: Posting, origin: &Origin) -> Self {
        let mut found = Found { posting: whole, ..Found::default() };
        for field in FIELDS {
            if origin::has(said, field) {
                found.note(field, origin.clone());
            }
        }
        found.rest_is_guessed();
        found
    }

    fn note(&mut self, field: &'static str, origin: Origin) {
        let sure = origin.sure();
        self.from.insert(field, From { origin, sure });
    }

    /// As [`Found::note`], of something that stands there but may mean something else.
    fn suspect(&mut self, field: &'static str, origin: Origin) {
        self.from.insert(field, From { origin, sure: Sure::Guess });
    }

    /// Fills from the text what is still open.
    fn completed(mut self, finder: &Finder) -> Self {
        enrich(&mut self.posting, finder);
        self.rest_is_guessed();
        self
    }

    fn rest_is_guessed(&mut self) {
        for field in FIELDS {
            if origin::has(&self.posting, field) {
                self.from.entry(field).or_insert(From { origin: Origin::Text, sure: Sure::Guess });
            } else {
                self.from.remove(field);
            }
        }
    }

    /// Takes the address that was given for the posting's link, where nothing better is known.
    fn at(mut self, address: &str) -> Self {
        if self.posting.url.is_none()
            && let Some(link) = crate::row::link(address)
        {
            self.posting.url = Some(link);
            self.note("url", Origin::Address);
        }
        self
    }

    /// The names of the fields that were not found.
    pub fn missing(&self) -> Vec<&'static str> {
        FIELDS.into_iter().filter(|field| !self.from.contains_key(field)).collect()
    }
}

/// Reads text that a person copied: of a posting, of a page's source, or of a board's answer.
///
/// # Errors
/// [`Unreadable`] when nothing is in it, or several postings are.
pub fn of_text(text: &str, finder: &Finder) -> Result<Found, Unreadable> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(Unreadable("There is nothing to read. Please paste a link, or the text of a posting.".into()));
    }
    if trimmed.starts_with(['{', '['])
        && let Ok(data) = serde_json::from_str::<Value>(trimmed)
    {
        return of_data(&data, None, finder);
    }
    if trimmed.starts_with('<') {
        return page::read(trimmed, None, finder);
    }
    Ok(prose::read(trimmed, finder))
}

/// Reads what an address answered, by its content type and its own marks.
///
/// # Errors
/// [`Unreadable`] when there is too little text, or there are several postings and none is the one asked for.
pub fn of_answer(body: &[u8], content_type: Option<&str>, address: &str, finder: &Finder) -> Result<Found, Unreadable> {
    let text = charset::decode(body, content_type);
    let trimmed = text.trim();
    let kind = content_type.unwrap_or_default().to_ascii_lowercase();
    let found = if trimmed.starts_with(['{', '[']) && !kind.contains("html") {
        let data = serde_json::from_str::<Value>(trimmed)
            .map_err(|_| Unreadable("The answer of this address breaks off or is damaged.".into()))?;
        of_data(&data, Some(address), finder)?
    } else if trimmed.starts_with('<') || kind.contains("html") {
        page::read(trimmed, Some(address), finder)?
    } else {
        let found = prose::read(trimmed, finder);
        page::enough(&found)?;
        found
    };
    Ok(found.at(address))
}

/// JSON of any known shape that holds one posting.
fn of_data(data: &Value, address: Option<&str>, finder: &Finder) -> Result<Found, Unreadable> {
    let context = Context { company: None, board: address.and_then(|address| address.parse().ok()), finder };
    let all = feeds::one_by_one(data, &context)?;
    chosen(all, address).map(|(format, said, whole)| Found::said(&said, whole, &origin::of_format(format)))
}

/// The one that is meant: the only one, or that with the address.
fn chosen(mut all: Vec<feeds::Both>, address: Option<&str>) -> Result<feeds::Both, Unreadable> {
    let wanted = address.and_then(crate::duplicate::link_key);
    let at = all.iter().position(|(_, _, posting)| {
        wanted.is_some() && posting.url.as_deref().and_then(crate::duplicate::link_key) == wanted
    });
    match (all.len(), at) {
        (0, _) => Err(Unreadable(
            "There is no posting in it that names its title and company. Please paste the text of the posting instead."
                .into(),
        )),
        (_, Some(at)) => Ok(all.swap_remove(at)),
        (1, None) => Ok(all.remove(0)),
        (many, None) => Err(several(many)),
    }
}

fn several(many: usize) -> Unreadable {
    Unreadable(format!(
        "There are {many} postings in it. Please open the one you mean and paste its link, or bring in all of them at once."
    ))
}

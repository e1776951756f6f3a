//! Reading a location text in three steps: [`split`] cuts it into alternatives and these into parts, [`words`] names what
//! each part says, [`draft`] joins city, region and country to places.

use crate::{Country, Place, Places, gazetteer::gazetteer};
use posting::Remote;

mod draft;
mod split;
mod words;

use draft::Drafts;
use words::{Atom, Mark};

/// More than any honest posting names; keeps the work and the answer small on hostile text.
const MOST_CHARS: usize = 1_000;
const MOST_PLACES: usize = 40;

pub(crate) fn read(text: &str) -> Places {
    let end = text.char_indices().nth(MOST_CHARS).map_or(text.len(), |(at, _)| at);
    let text = text.get(..end).unwrap_or(text);
    if let Some(whole) = known_whole(text) {
        return whole;
    }
    let mut found = Places::default();
    let mut working = Working::default();
    let mut drafts = Drafts::default();
    for alternative in split::alternatives(text) {
        let part = words::read(alternative.text);
        if part.negated {
            found.more = true;
            continue;
        }
        working.hear(&part.marks);
        found.anywhere |= part.marks.contains(&Mark::Anywhere);
        found.more |= part.marks.contains(&Mark::More);
        match part.atoms.as_slice() {
            [only] if alternative.bracketed && drafts.explain(only) => {}
            atoms => drafts.add(atoms, part.office),
        }
    }
    for place in drafts.finish() {
        if !found.places.contains(&place) && found.places.len() < MOST_PLACES {
            found.places.push(place);
        }
    }
    found.remote = working.verdict().or(found.anywhere.then_some(Remote::Remote));
    found.anywhere &= found.places.is_empty();
    found
}

/// Names that hold a separator, such as `Trinidad and Tobago` or `Frankfurt/Main`, must not be cut.
fn known_whole(text: &str) -> Option<Places> {
    if !text.contains(['/', '&', '|', '(']) && !text.to_lowercase().contains(" and ") {
        return None;
    }
    let meaning = gazetteer().meaning(&crate::fold::fold(text))?;
    let mut drafts = Drafts::default();
    drafts.add(&[Atom::name(text, meaning.clone())], false);
    Some(Places { places: drafts.finish(), ..Places::default() })
}

/// What the alternatives say about the way of working.
#[derive(Default)]
struct Working {
    remote: bool,
    hybrid: bool,
    onsite: bool,
}

impl Working {
    /// `Hybrid remote` in one breath is hybrid; remote as an alternative of its own is an offer to work remotely.
    fn hear(&mut self, marks: &[Mark]) {
        let hybrid = marks.contains(&Mark::Hybrid);
        self.hybrid |= hybrid;
        self.remote |= marks.contains(&Mark::Remote) && !hybrid;
        self.onsite |= marks.contains(&Mark::Onsite);
    }

    fn verdict(&self) -> Option<Remote> {
        match (self.remote, self.hybrid, self.onsite) {
            (true, _, _) => Some(Remote::Remote),
            (false, true, _) => Some(Remote::Hybrid),
            (false, false, true) => Some(Remote::Onsite),
            (false, false, false) => None,
        }
    }
}

/// The one country that all of `places` lie in.
fn common_country(places: &[Place]) -> Option<Country> {
    let mut countries = places.iter().filter_map(|place| place.country);
    let first = countries.next()?;
    countries.all(|country| country == first).then_some(first)
}

//! Pay that is not named, and places where it has to be.

use super::{Doubt, Signals};
use places::Place;

/// Whether the law asks postings to name a pay range, as it stood in 2026, for employers of some size. Only places that
/// are beyond doubt: a country's code, and a region where it is not the whole country.
const REQUIRED: &[(&str, Option<&str>)] = &[
    ("US", Some("California")),
    ("US", Some("Colorado")),
    ("US", Some("Washington")),
    ("US", Some("New York")),
    ("US", Some("Illinois")),
    ("US", Some("Minnesota")),
    ("US", Some("Hawaii")),
    ("US", Some("Vermont")),
    ("US", Some("Maryland")),
    ("US", Some("Massachusetts")),
    ("US", Some("New Jersey")),
    ("CA", Some("British Columbia")),
    ("AT", None),
];

/// That no pay is named: more where the law asks for it.
pub fn missing(signals: &Signals<'_>) -> Option<Doubt> {
    if signals.pay_named {
        return None;
    }
    let places = places::parse(signals.place).places;
    Some(match places.iter().find(|place| is_required(place)) {
        Some(place) => Doubt {
            reason: "It names no pay, though the law of its place asks most employers to.".into(),
            evidence: format!("The place is {}.", place.label()),
            weight: 20,
        },
        None => Doubt {
            reason: "It names no pay.".into(),
            evidence: "Neither its source nor its text names an amount.".into(),
            weight: 10,
        },
    })
}

fn is_required(place: &Place) -> bool {
    let Some(country) = place.country else { return false };
    REQUIRED.iter().any(|(code, region)| {
        *code == country.code() && region.is_none_or(|name| place.region.as_deref() == Some(name))
    })
}

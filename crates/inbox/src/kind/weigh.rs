//! Which kind wins. Receipts are quoted in everything that follows them, so what comes later in a process weighs more.

use super::{About, Evidence, Kind, Recognised};
use crate::chance;

/// Below this, nothing is said.
const ENOUGH: f64 = 0.35;

/// From here on a message that hardly speaks of work is about another matter.
const FOREIGN: f64 = 0.75;

/// How much the first, if it is there, takes from the second.
const TAKES: [(Kind, Kind, f64); 23] = [
    (Kind::Rejection, Kind::Receipt, 0.95),
    (Kind::Rejection, Kind::Invitation, 0.9),
    (Kind::Rejection, Kind::Offer, 0.6),
    (Kind::Rejection, Kind::Question, 0.9),
    (Kind::Rejection, Kind::Assessment, 0.8),
    (Kind::Offer, Kind::Receipt, 0.9),
    (Kind::Offer, Kind::Invitation, 0.85),
    (Kind::Offer, Kind::Question, 0.8),
    (Kind::Offer, Kind::Rejection, 0.4),
    (Kind::Invitation, Kind::Receipt, 0.85),
    (Kind::Invitation, Kind::Question, 0.75),
    (Kind::Invitation, Kind::Rejection, 0.3),
    (Kind::Assessment, Kind::Receipt, 0.85),
    (Kind::Assessment, Kind::Question, 0.7),
    (Kind::Assessment, Kind::Invitation, 0.7),
    (Kind::Question, Kind::Receipt, 0.6),
    (Kind::Question, Kind::Assessment, 0.5),
    (Kind::Rejection, Kind::Alert, 0.5),
    (Kind::Outreach, Kind::Invitation, 0.9),
    (Kind::Outreach, Kind::Question, 0.8),
    (Kind::Outreach, Kind::Offer, 0.6),
    (Kind::Alert, Kind::Outreach, 0.8),
    (Kind::Receipt, Kind::Alert, 0.85),
];

pub(super) fn decide(evidence: Vec<Evidence>) -> Recognised {
    let raw = Kind::ALL.map(|kind| total(&evidence, About::Kind(kind)));
    let of = |kind: Kind| raw[kind as usize];
    let mut scores = raw;
    for (strong, weak, share) in TAKES {
        // Squared: a weak hint takes next to nothing.
        scores[weak as usize] *= 1.0 - share * of(strong).powi(2);
    }
    for kind in Kind::ALL.into_iter().filter(|&kind| kind != Kind::Alert) {
        scores[kind as usize] *= 1.0 - 0.9 * scores[Kind::Alert as usize].powi(2);
    }
    let mut order = Kind::ALL;
    order.sort_by(|a, b| scores[*b as usize].total_cmp(&scores[*a as usize]));
    let (best, second) = (scores[order[0] as usize], scores[order[1] as usize]);
    let confidence = best * (1.0 - 0.5 * second.powi(2));
    let (work, elsewhere) = (total(&evidence, About::Work), total(&evidence, About::Elsewhere));
    let (kind, confidence) = if order[0] != Kind::Alert && elsewhere > FOREIGN && work < elsewhere * 0.8 {
        (Kind::Other, elsewhere)
    } else if confidence < ENOUGH {
        (Kind::Other, 1.0 - best)
    } else {
        (order[0], confidence)
    };
    Recognised {
        kind,
        confidence: chance::percent(confidence),
        work: chance::percent(work),
        elsewhere: chance::percent(elsewhere),
        evidence,
    }
}

fn total(evidence: &[Evidence], about: About) -> f64 {
    let (mut pro, mut contra) = (Vec::new(), 1.0);
    for one in evidence.iter().filter(|one| one.about == about) {
        if one.weight > 0 {
            pro.push(chance::of(one.weight));
        } else {
            contra *= 1.0 - chance::of(one.weight);
        }
    }
    chance::any(pro) * contra
}

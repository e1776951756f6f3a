//! Telling roles and places from companies, where a line holds several of them in no fixed order.

use crate::text::{Phrases, folded};
use std::sync::LazyLock;

static ROLES: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "engineer; engineers; engineering; developer; developers; designer; designers; design; manager; managers; \
     scientist; scientists; analyst; analysts; architect; architects; researcher; researchers; programmer; \
     programmers; administrator; specialist; consultant; consultants; technician; assistant; coordinator; director; \
     officer; writer; editor; recruiter; accountant; nurse; teacher; baker; cook; driver; seller; operator; planner; \
     representative; executive; associate; agent; strategist; advisor; tester; intern; internship; trainee; \
     apprentice; lead; head of; vp; cto; cfo; ceo; coo; chief; principal; senior; junior; founding; swe; sre; \
     devops; qa; full stack; fullstack; full-stack; frontend; front-end; front end; backend; back-end; back end; \
     data; product; marketing; sales; support; role; roles; position; positions; multiple; various; several; \
     entwickler; entwicklerin; ingenieur; leiter; leiterin; mitarbeiter; fachkraft; (m/w/d)",
    )
});

/// Does this name a role? `Senior Engineer`, `Multiple roles`; not `Acme Mills` or `Berlin, Germany`.
pub fn is_role(text: &str) -> bool {
    ROLES.any(&folded(text))
}

/// A country, a region or a city that is known; an unknown word may be anything.
pub fn is_place(text: &str) -> bool {
    places::parse(text).places.iter().any(|place| place.country.is_some() || place.area.is_some())
}

//! Whether a posting is open, and what speaks against it, case by case.

use chrono::NaiveDate;
use openings::{Facts, STALE_DAYS, Signals, Standing, Why, doubts, standing, worth_a_note};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn facts(text: &str) -> Facts<'_> {
    Facts {
        today: day("2026-11-28"),
        posted: Some(day("2026-11-01")),
        first_seen: day("2026-11-02"),
        last_seen: day("2026-11-28"),
        missing_for: 0,
        status: None,
        closes_on: None,
        text,
    }
}

fn why(facts: &Facts<'_>) -> Option<(Why, String)> {
    match standing(facts) {
        Standing::Closed { why, reason } => Some((why, reason)),
        _ => None,
    }
}

#[test]
fn what_closes_a_posting_is_told_with_its_reason() {
    let plain = facts("We bake bread and need another pair of hands.");
    for (facts, expected, reason) in [
        (Facts { status: Some(404), ..plain }, Why::NoPage, "Its page is no longer there (it answers 404)."),
        (
            Facts { status: Some(410), missing_for: 5, ..plain },
            Why::NoPage,
            "Its page is no longer there (it answers 410).",
        ),
        (
            facts("Bread!\nThis job is no longer accepting   new applications."),
            Why::Said,
            "It says “job is no longer accepting new applications”.",
        ),
        (
            Facts { closes_on: Some(day("2026-11-27")), ..plain },
            Why::DayOver,
            "The last day to apply was 27 November 2026.",
        ),
        (facts("Applications close on 20 November."), Why::DayOver, "The last day to apply was 20 November 2026."),
        (
            Facts { missing_for: 2, last_seen: day("2026-11-25"), ..plain },
            Why::Gone,
            "It was last in its source on 25 November 2026 and missing 2 times since.",
        ),
    ] {
        assert_eq!(why(&facts), Some((expected, reason.to_owned())));
    }
}

#[test]
fn what_is_no_end_leaves_a_posting_open() {
    let plain = facts("We bake bread. Open until filled.");
    for facts in [
        plain,
        Facts { status: Some(200), ..plain },
        Facts { status: Some(403), ..plain },
        Facts { status: Some(503), missing_for: 1, ..plain },
        Facts { closes_on: Some(day("2026-11-28")), ..plain },
        facts("Applications close on 2 December."),
        // A last day to come says more than age, and the source's more than the text's.
        Facts { posted: Some(day("2026-01-01")), closes_on: Some(day("2026-12-31")), ..plain },
        Facts { closes_on: Some(day("2026-12-31")), ..facts("Applications close on 20 November.") },
        Facts { posted: None, first_seen: day("2026-09-30"), ..plain },
    ] {
        assert_eq!(standing(&facts), Standing::Open, "{facts:?}");
    }
}

#[test]
fn an_old_posting_is_stale_not_closed() {
    let old = Facts { posted: Some(day("2026-09-01")), ..facts("We bake bread.") };
    let Standing::Stale { days, reason } = standing(&old) else { panic!("{:?}", standing(&old)) };
    assert_eq!((days, reason.as_str()), (88, "It was posted 88 days ago and names no last day."));
    assert!(days > STALE_DAYS);
}

#[test]
fn doubts_add_up_to_a_note() {
    let text = "You join the bakery team in our kitchen and report to the head baker. ".repeat(6);
    let plain =
        Signals { title: "Baker", text: &text, pay_named: true, place: "Lyon", days_open: 10, ..Signals::default() };
    for (signals, weights, note) in [
        (plain, &[][..], false),
        (Signals { pay_named: false, ..plain }, &[10], false),
        (Signals { pay_named: false, place: "Denver, CO", ..plain }, &[20], false),
        (Signals { pay_named: false, place: "Vienna, Austria", ..plain }, &[20], false),
        (Signals { pay_named: false, place: "CO-working, Lyon", ..plain }, &[10], false),
        (Signals { reposts: 1, ..plain }, &[], false),
        (Signals { reposts: 3, days_open: 100, ..plain }, &[35, 15], true),
        (Signals { reposts: 4, ..plain }, &[50], true),
        (Signals { days_open: 200, pay_named: false, ..plain }, &[30, 10], false),
        (Signals { title: "Talent Pool: Bakers", pay_named: false, ..plain }, &[45, 10], true),
        (Signals { title: "Initiativbewerbung", ..plain }, &[45], false),
        (Signals { same_title_open: 30, company_open: Some(40), ..plain }, &[15], false),
        (Signals { same_title_open: 30, company_open: Some(900), ..plain }, &[], false),
        (Signals { text: "Bread. We are always looking for bakers.", ..plain }, &[25, 10], false),
    ] {
        let found = doubts(&signals);
        assert_eq!(found.iter().map(|doubt| doubt.weight).collect::<Vec<_>>(), weights, "{found:?}");
        assert_eq!(worth_a_note(&found), note, "{found:?}");
        assert!(found.iter().all(|doubt| doubt.reason.ends_with('.') && doubt.evidence.ends_with('.')));
    }
}

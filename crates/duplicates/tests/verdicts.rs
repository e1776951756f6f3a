//! What is said of two postings, word for word.

use chrono::NaiveDate;
use duplicates::{Facts, Kind, Side, Traits, differences, judge};

const TEXT: &str = "About us\n\nWe have baked since 1928.\n\nWhat you will do\n\n- Knead, shape and bake sourdough by hand from four \
    in the morning\n- Teach the two apprentices how dough should feel\n- Order flour from the mill in the valley\n- Keep the oven, \
    the tools and the books clean\n\nWhat you bring\n\n- A journeyman's letter as a baker\n- Three years in a bakery that uses no mixes";

fn facts<'a>(company: &'a str, title: &'a str, place: &'a str) -> Facts<'a> {
    Facts {
        company,
        title,
        place,
        remote: None,
        text: TEXT,
        link: None,
        salary: None,
        source: "own",
        posted: Some(day("2026-06-01")),
        first_seen: day("2026-06-01"),
        gone_since: None,
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn the_same_opening_on_two_boards() {
    let own = facts("Mühle & Korn GmbH", "Bäcker (m/w/d)", "München");
    let board = Facts {
        source: "board",
        posted: Some(day("2026-06-04")),
        ..facts("Mühle & Korn", "Bäcker/in", "Munich, Germany")
    };
    let verdict = judge(&Traits::of(&own), &Traits::of(&board)).expect("a verdict");
    assert_eq!((verdict.kind, verdict.copy, verdict.sure), (Kind::Same, Side::Second, 95));
    assert_eq!(verdict.reason, "The same company, title and place, and the texts are alike.");
    assert_eq!(
        verdict.evidence,
        [
            "Mühle & Korn GmbH and Mühle & Korn are one company.",
            "The titles mean the same: “Bäcker (m/w/d)” and “Bäcker/in”.",
            "Both are in the same place: Munich, Germany.",
            "The texts are 100 % alike.",
            "The second came 3 days after the first.",
        ]
    );
}

#[test]
fn posted_again_after_it_was_gone() {
    let early = Facts { gone_since: Some(day("2026-07-01")), ..facts("Mill", "Baker", "Lyon") };
    let late = Facts { posted: Some(day("2026-07-13")), ..facts("Mill", "Baker", "Lyon") };
    let verdict = judge(&Traits::of(&late), &Traits::of(&early)).expect("a verdict");
    assert_eq!((verdict.kind, verdict.copy), (Kind::Repost, Side::First));
    assert!(verdict.reason.ends_with("The first was gone for 12 days when the second came."), "{}", verdict.reason);
    // A board that moved it within two days did not post it again.
    let moved = Facts { posted: Some(day("2026-07-03")), ..late };
    let early = Facts { posted: Some(day("2026-06-20")), ..early };
    assert_eq!(judge(&Traits::of(&early), &Traits::of(&moved)).map(|verdict| verdict.kind), Some(Kind::Same));
}

#[test]
fn an_agencys_copy_names_what_shows_the_agency() {
    let own = facts("Mill", "Baker", "Lyon");
    let text = format!("Our client is a bakery with its own mill.\n\n{TEXT}");
    let agency = Facts { text: &text, source: "board", ..facts("Cobalt Recruiting", "Baker", "Lyon, France") };
    let verdict = judge(&Traits::of(&own), &Traits::of(&agency)).expect("a verdict");
    assert_eq!((verdict.kind, verdict.copy), (Kind::AgencyCopy, Side::Second));
    assert_eq!(
        verdict.evidence[..2],
        ["Cobalt Recruiting finds people for others, by its name.", "The text of Cobalt Recruiting says “our client”."]
    );
    assert!(verdict.evidence.contains(&"6 of 6 sentences are in both texts.".to_owned()), "{:?}", verdict.evidence);
}

#[test]
fn what_keeps_two_openings_apart_is_said() {
    let numbered = |number: &str| format!("{TEXT}\n\nReq ID: {number}");
    let (one, two) = (numbered("R-4711"), numbered("R-4712"));
    let plain = facts("Mill", "Baker", "Lyon");
    for (first, second, reason) in [
        (
            facts("Mill", "Senior Baker", "Lyon"),
            facts("Mill", "Junior Baker", "Lyon"),
            "The titles name different levels: senior and junior.",
        ),
        (
            facts("Mill", "Baker II", "Lyon"),
            facts("Mill", "Baker", "Lyon"),
            "The titles name different levels: 2 and none.",
        ),
        (
            facts("Mill", "Baker - Pastry", "Lyon"),
            facts("Mill", "Baker - Bread", "Lyon"),
            "The titles name different roles: “pastry” and “bread”.",
        ),
        (
            facts("Mill", "Baker, night shift", "Lyon"),
            facts("Mill", "Baker (days)", "Lyon"),
            "The titles name different shifts: night and day.",
        ),
        (
            facts("Mill", "Baker 20 hours", "Lyon"),
            facts("Mill", "Baker 35 hours", "Lyon"),
            "The titles name different hours: 20 hours and 35 hours.",
        ),
        (plain, facts("Mill", "Baker", "Grenoble"), "They are in different places: Lyon, France and Grenoble, France."),
        (
            plain,
            facts("Mill", "Baker (seasonal)", "Lyon"),
            "The same source lists both, and only one title says “seasonal”.",
        ),
        (plain, facts("Mill", "Baker Pizza", "Lyon"), "The same source lists both, and one title says more: “pizza”."),
        (Facts { text: &one, ..plain }, Facts { text: &two, ..plain }, "They have different numbers: R4711 and R4712."),
    ] {
        let (first, second) = (Traits::of(&first), Traits::of(&second));
        assert_eq!(differences(&first, &second), [reason]);
        assert_eq!(judge(&first, &second), None);
    }
}

//! What holds for any two postings.

use chrono::{Days, NaiveDate};
use duplicates::{BANDS, Facts, Kind, Signature, Traits, differences, judge};
use proptest::prelude::*;

fn facts<'a>(company: &'a str, title: &'a str, place: &'a str, text: &'a str) -> Facts<'a> {
    Facts {
        company,
        title,
        place,
        remote: None,
        text,
        link: None,
        salary: None,
        source: "one",
        posted: None,
        first_seen: NaiveDate::default(),
        gone_since: None,
    }
}

/// Words that the rules look for, so that random texts reach them.
fn words(most: usize) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Senior",
        "Junior",
        "II",
        "Nurse",
        "Baker",
        "Bäcker:in",
        "(m/w/d)",
        "night",
        "shift",
        "Vollzeit",
        "20",
        "hours",
        "Berlin",
        "München",
        "Remote",
        "our client",
        "Recruiting",
        "GmbH",
        "About us",
        ":",
        "\n",
        "- ",
        ".",
        "Req ID: R-4711",
        "<p>",
        "&nbsp;",
        "ﬁ",
        "İ",
        "e\u{301}",
        "\u{200b}",
        "knead",
        "the",
        "dough",
        "every",
        "morning",
        "Ⓙ",
        "(",
        ")",
        "/",
    ]);
    prop::collection::vec(word, 0..most).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn the_order_of_two_postings_does_not_matter(
        one in (words(5), words(6), words(3), words(60)),
        two in (words(5), words(6), words(3), words(60)),
    ) {
        let one = Traits::of(&facts(&one.0, &one.1, &one.2, &one.3));
        let two = Traits::of(&facts(&two.0, &two.1, &two.2, &two.3));
        let kinds = [judge(&one, &two), judge(&two, &one)].map(|verdict| verdict.map(|verdict| verdict.kind));
        prop_assert_eq!(kinds[0], kinds[1]);
        prop_assert_eq!(differences(&one, &two).is_empty(), differences(&two, &one).is_empty());
        prop_assert!(differences(&one, &one).is_empty(), "{:?}", differences(&one, &one));
    }

    #[test]
    fn a_posting_seen_twice_is_one(text in "[a-z]{3,9}( [a-z]{3,9}){20,80}", days in 0_u64..20) {
        let first = facts("Acme Mills", "Baker (m/f/d)", "Lyon", &text);
        let again = Facts { source: "two", posted: Some(NaiveDate::default() + Days::new(days)), ..first };
        let (first, again) = (Traits::of(&first), Traits::of(&again));
        let verdict = judge(&first, &again);
        prop_assert!(verdict.as_ref().is_some_and(|verdict| verdict.kind == Kind::Same && verdict.sure > 90), "{:?}", verdict);
        prop_assert_eq!(first.signature().bands(), again.signature().bands());
        prop_assert_eq!(first.role_key(), again.role_key());
    }

    #[test]
    fn signatures_guess_how_alike_texts_are(seed in 0_u32..1000, kept in 0_usize..=40) {
        let word = |number: u32| format!("w{number}");
        let one: Vec<String> = (0..400).map(|at| word(seed * 1000 + at)).collect();
        let mut two = one.clone();
        for at in kept * 10..400 {
            two[at] = word(900_000_000 + at as u32);
        }
        let shared = (kept * 10).saturating_sub(2) as f64;
        let truth = shared / (2.0 * 398.0 - shared);
        let (one, two) = (Signature::of(&one.join(" ")), Signature::of(&two.join(" ")));
        // Sixty-four samples: within a quarter in all but one of fifty thousand cases.
        prop_assert!((one.likeness(&two) - truth).abs() <= 0.25, "{} {truth}", one.likeness(&two));
        prop_assert_eq!(one.likeness(&two), two.likeness(&one));
        prop_assert_eq!(one.bands().len(), BANDS);
        prop_assert_eq!(Signature::from_bytes(&one.to_bytes()), Some(one));
    }

    #[test]
    fn any_text_is_read_without_panic(text in ".{0,300}", title in ".{0,60}") {
        let traits = Traits::of(&facts(&title, &title, &title, &text));
        let _ = judge(&traits, &traits);
        traits.signature();
    }
}

/// Signatures are stored: another outcome for an old text would make all of them worthless.
#[test]
fn signatures_stay_as_they_are() {
    let signature = Signature::of(
        "We bake bread by hand every morning and sell it in our own shop on the corner of the old market.",
    );
    assert_eq!(signature.bands()[0], -6_454_570_764_451_978_641);
    assert!(Signature::of("too short").is_empty() && Signature::of("too short").bands().is_empty());
    assert_eq!(Signature::from_bytes(&[1, 2, 3]), None);
}

//! What must hold for every text.

use places::{Place, parse};
use proptest::prelude::*;

/// Texts made of the pieces that locations are made of, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Berlin",
        "Paris",
        "New York",
        "NY",
        "CA",
        "Georgia",
        "Singapore",
        "Germany",
        "US",
        "EMEA",
        "Remote",
        "Hybrid",
        "Anywhere",
        "Smallville",
        "10115",
        ", ",
        ", ",
        " - ",
        " / ",
        " (",
        ")",
        " or ",
        " and ",
        "-",
        "&",
        " ",
        "Office",
        "not",
        "München",
        "東京",
        "é",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        let found = parse(&text);
        prop_assert!(found.places.len() <= 40);
        prop_assert!(found.places.iter().all(|place| *place != Place::default()));
        let _ = (found.label(), found.same_key());
    }

    #[test]
    fn any_mix_of_pieces_is_read(text in pieces()) {
        let found = parse(&text);
        for place in &found.places {
            prop_assert!(place.area.is_none() || (place.city.is_none() && place.region.is_none() && place.country.is_none()));
            prop_assert!(!place.label().is_empty());
            for other in &found.places {
                prop_assert_eq!(place.closeness(other), other.closeness(place));
            }
        }
    }
}

#[test]
fn hostile_text_takes_bounded_time() {
    let start = std::time::Instant::now();
    for unit in ["a,", "Berlin/", "New York ", "(((", " or ", "-", "US ", "st ", "\u{301}", "A-", "and the "] {
        let found = parse(&unit.repeat(2_000_000 / unit.len()));
        assert!(found.places.len() <= 40, "{unit}");
    }
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

//! How near places are, and which spellings mean the same place.

use places::{Area, Closeness, Country, Place, parse};

fn place(text: &str) -> Place {
    Place::parse(text).unwrap_or_else(|| panic!("no place in {text:?}"))
}

fn area(text: &str) -> Area {
    place(text).area.unwrap_or_else(|| panic!("no area in {text:?}"))
}

#[test]
fn closeness_of_pairs() {
    use Closeness::*;
    let cases = [
        ("Berlin", "Berlin, DE", SameCity),
        ("München", "Munich, Germany", SameCity),
        ("SF Bay Area", "Palo Alto, CA", SameCity),
        ("NYC", "Brooklyn, NY", SameCity),
        ("Brooklyn", "Queens", SameRegion),
        ("Offenbach", "Offenbach, Germany", SameCity),
        ("Cambridge", "Cambridge, MA", SameCity),
        ("Cambridge, UK", "Cambridge, MA", Other),
        ("Portland, OR", "Portland, ME", SameCountry),
        ("Springfield, IL", "Springfield, MA", SameCountry),
        ("Palo Alto", "San Diego", SameRegion),
        ("California", "San Diego", SameRegion),
        ("Munich", "Bavaria", SameRegion),
        ("Munich", "Berlin", SameCountry),
        ("Germany", "Berlin", SameCountry),
        ("Berlin", "Paris", Other),
        ("Europe", "Paris", SameArea),
        ("EMEA", "Dubai", SameArea),
        ("EU", "London", Other),
        ("EU", "DACH", SameArea),
        ("APAC", "LATAM", Other),
        ("Smallville", "Berlin", Unknown),
        ("Georgia", "Atlanta, GA", SameRegion),
        ("Georgia", "Tbilisi", Unknown),
        ("Paris, TX", "Paris", Other),
    ];
    for (one, two, wanted) in cases {
        assert_eq!(place(one).closeness(&place(two)), wanted, "{one} and {two}");
        assert_eq!(place(two).closeness(&place(one)), wanted, "{two} and {one}");
    }
}

#[test]
fn spellings_of_one_place_share_a_key() {
    let same = [
        vec!["Berlin", "Berlin, Germany", "Berlin, DE", "10115 Berlin", "Germany - Berlin", "BERLIN OFFICE"],
        vec!["New York", "NYC", "New York, NY", "New York City, New York, United States"],
        vec!["Portland", "Portland, OR", "Portland, Oregon, USA"],
        vec!["Kusterdingen, Germany", "Kusterdingen, BW, Germany", "kusterdingen, germany"],
        vec!["Berlin or Munich", "München / Berlin, DE"],
        vec!["Remote - US", "United States (Remote)", "USA", "U.S.", "United States of America"],
        vec!["Singapore", "Singapore, Singapore", "SGP"],
        vec!["Worldwide", "Remote (Global)"],
    ];
    for spellings in &same {
        for spelling in spellings {
            assert_eq!(parse(spelling).same_key(), parse(spellings[0]).same_key(), "{spelling}");
        }
    }
    let keys: std::collections::HashSet<_> = same.iter().map(|spellings| parse(spellings[0]).same_key()).collect();
    assert_eq!(keys.len(), same.len());
    assert_ne!(parse("Springfield, IL").same_key(), parse("Springfield, MA").same_key());
    assert_eq!(parse("Berlin").same_key(), "berlin,de");
    assert_eq!(parse("Remote").same_key(), "remote");
    assert_eq!(parse("").same_key(), "");
}

#[test]
fn countries_are_found_by_name_and_code() {
    for text in ["DE", "de", "DEU", "Germany", "deutschland", " Germany "] {
        assert_eq!(Country::find(text).map(Country::code), Some("DE"), "{text}");
    }
    assert_eq!(Country::from_code("uk").map(Country::name), Some("United Kingdom"));
    assert_eq!(Country::from_code("XX"), None);
    assert_eq!(Country::find("Berlin"), None);
    assert_eq!(Country::all().count(), 249);
}

#[test]
fn areas_hold_their_countries() {
    let country = |code| Country::from_code(code).unwrap_or_else(|| panic!("{code}"));
    for (name, inside, outside) in [
        ("EMEA", "ZA", "IN"),
        ("EU", "FR", "GB"),
        ("Europe", "GB", "US"),
        ("DACH", "CH", "FR"),
        ("LATAM", "MX", "US"),
        ("North America", "MX", "BR"),
        ("APAC", "AU", "DE"),
        ("Americas", "CL", "ES"),
        ("Nordics", "FI", "EE"),
        ("ANZ", "NZ", "SG"),
    ] {
        assert!(area(name).contains(country(inside)), "{inside} in {name}");
        assert!(!area(name).contains(country(outside)), "{outside} not in {name}");
    }
}

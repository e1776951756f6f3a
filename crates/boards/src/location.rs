//! Tidying the place a posting names.

use crate::limits;
use places::Country;

/// The place as written, tidied: one separator between places, no stray commas, no `(HQ)`; with the country that the
/// feed names beside it, where the text alone does not tell one.
pub fn tidy(location: &str, country: Option<&str>) -> String {
    let spaced = crate::text::line(location, limits::LABEL_CHARS);
    let parts: Vec<String> = split(&spaced).into_iter().map(tidy_one).filter(|part| !part.is_empty()).collect();
    let joined = match parts.as_slice() {
        [] => String::new(),
        [one] => with_country(one, country),
        several => several.join("; "),
    };
    if joined.is_empty() {
        return country.and_then(Country::find).map(|country| country.name().to_owned()).unwrap_or_default();
    }
    crate::text::line(&joined, limits::LABEL_CHARS)
}

/// The places of a text; a separator inside brackets belongs to the one place before them.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ';' | '|' | '•' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn tidy_one(place: &str) -> String {
    let mut place = place.trim().trim_matches([',', ' ', '-', '/', '*']).to_owned();
    for mark in ["(HQ)", "(hq)", "(Headquarters)", "(headquarters)", "(Head Office)"] {
        place = place.replace(mark, "");
    }
    let cells: Vec<&str> = place.split(',').map(str::trim).filter(|cell| !cell.is_empty()).collect();
    cells.join(", ")
}

fn with_country(place: &str, country: Option<&str>) -> String {
    let Some(country) = country.and_then(Country::find) else { return place.to_owned() };
    let found = places::parse(place);
    let told = found.anywhere || found.places.iter().any(|place| place.country.is_some() || place.area.is_some());
    // "Remote" beside a country means remote within it.
    if told { place.to_owned() } else { format!("{place}, {}", country.name()) }
}

/// The currency that a bare `$` or `kr` stands for there, when all places named are in one country.
pub fn dollar_currency(location: &str, country: Option<&str>) -> Option<&'static str> {
    let found = places::parse(location);
    let mut countries: Vec<Country> = found.places.iter().filter_map(|place| place.country).collect();
    countries.dedup();
    let country = match countries.as_slice() {
        [one] => Some(*one),
        [] => country.and_then(Country::find),
        _ => None,
    };
    currency_of(country?.code())
}

/// The currency people are paid in, by ISO country code.
fn currency_of(code: &str) -> Option<&'static str> {
    Some(match code {
        "US" | "PR" | "EC" | "SV" => "USD",
        "CA" => "CAD",
        "AU" => "AUD",
        "NZ" => "NZD",
        "SG" => "SGD",
        "HK" => "HKD",
        "TW" => "TWD",
        "MX" => "MXN",
        "CL" => "CLP",
        "CO" => "COP",
        "AR" => "ARS",
        "BR" => "BRL",
        "GB" => "GBP",
        "SE" => "SEK",
        "NO" => "NOK",
        "DK" => "DKK",
        "IS" => "ISK",
        "CZ" => "CZK",
        "PL" => "PLN",
        "HU" => "HUF",
        "RO" => "RON",
        "CH" | "LI" => "CHF",
        "IN" => "INR",
        "JP" => "JPY",
        "KR" => "KRW",
        "CN" => "CNY",
        "IL" => "ILS",
        "AE" => "AED",
        "ZA" => "ZAR",
        "AT" | "BE" | "CY" | "DE" | "EE" | "ES" | "FI" | "FR" | "GR" | "HR" | "IE" | "IT" | "LT" | "LU" | "LV"
        | "MT" | "NL" | "PT" | "SI" | "SK" | "BG" => "EUR",
        _ => return None,
    })
}

/// Workday's places, the country first: `USA DC Washington` → `Washington, DC, USA`, `US, CA, Santa Clara` → `Santa
/// Clara, CA, US`, `DEU Wiesbaden - Army Airfield (APC180)` → `Wiesbaden, Germany`. Others stay as they are.
pub fn country_first(place: &str) -> String {
    let place = place.trim();
    let cells: Vec<&str> = if place.contains(',') {
        place.split(',').map(str::trim).filter(|cell| !cell.is_empty()).collect()
    } else if let Some((country, rest)) =
        place.split_once(" - ").filter(|(first, _)| is_country_code(first).is_some() || Country::find(first).is_some())
    {
        std::iter::once(country.trim()).chain(rest.split(" - ").map(str::trim)).collect()
    } else {
        match place.split_once(' ') {
            Some((country, rest)) if is_country_code(country).is_some() => {
                let city = rest.split([':', '(']).next().unwrap_or(rest);
                let city = city.split(" - ").next().unwrap_or(city).trim();
                match city.split_once(' ') {
                    Some((state, city)) if state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase()) => {
                        vec![country, state, city]
                    }
                    _ => vec![country, city],
                }
            }
            _ => return place.to_owned(),
        }
    };
    match cells.split_first() {
        Some((first, rest))
            if !rest.is_empty() && (is_country_code(first).is_some() || Country::find(first).is_some()) =>
        {
            let country = is_country_code(first).map_or_else(
                || (*first).to_owned(),
                |country| match country.code() {
                    "US" => "USA".to_owned(),
                    _ => country.name().to_owned(),
                },
            );
            let mut turned: Vec<&str> = rest.iter().rev().copied().filter(|cell| !cell.is_empty()).collect();
            turned.push(&country);
            turned.join(", ")
        }
        _ => place.to_owned(),
    }
}

/// The country of a code of two or three capital letters that opens a Workday place.
fn is_country_code(word: &str) -> Option<Country> {
    if !word.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    match word.len() {
        2 => Country::from_code(word),
        3 => ALPHA_3.iter().find(|(three, _)| *three == word).and_then(|(_, two)| Country::from_code(two)),
        _ => None,
    }
}

/// ISO 3166-1 alpha-3 of the countries that postings of large employers name.
const ALPHA_3: &[(&str, &str)] = &[
    ("USA", "US"),
    ("GBR", "GB"),
    ("DEU", "DE"),
    ("FRA", "FR"),
    ("ITA", "IT"),
    ("ESP", "ES"),
    ("PRT", "PT"),
    ("NLD", "NL"),
    ("BEL", "BE"),
    ("LUX", "LU"),
    ("CHE", "CH"),
    ("AUT", "AT"),
    ("IRL", "IE"),
    ("POL", "PL"),
    ("CZE", "CZ"),
    ("SVK", "SK"),
    ("HUN", "HU"),
    ("ROU", "RO"),
    ("BGR", "BG"),
    ("GRC", "GR"),
    ("HRV", "HR"),
    ("SRB", "RS"),
    ("SVN", "SI"),
    ("EST", "EE"),
    ("LVA", "LV"),
    ("LTU", "LT"),
    ("SWE", "SE"),
    ("NOR", "NO"),
    ("DNK", "DK"),
    ("FIN", "FI"),
    ("ISL", "IS"),
    ("UKR", "UA"),
    ("TUR", "TR"),
    ("ISR", "IL"),
    ("ARE", "AE"),
    ("SAU", "SA"),
    ("QAT", "QA"),
    ("KWT", "KW"),
    ("BHR", "BH"),
    ("EGY", "EG"),
    ("ZAF", "ZA"),
    ("NGA", "NG"),
    ("KEN", "KE"),
    ("IND", "IN"),
    ("CHN", "CN"),
    ("HKG", "HK"),
    ("TWN", "TW"),
    ("JPN", "JP"),
    ("KOR", "KR"),
    ("SGP", "SG"),
    ("MYS", "MY"),
    ("THA", "TH"),
    ("IDN", "ID"),
    ("PHL", "PH"),
    ("AUS", "AU"),
    ("NZL", "NZ"),
    ("CAN", "CA"),
    ("MEX", "MX"),
    ("BRA", "BR"),
    ("ARG", "AR"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_tidied() {
        for (place, country, expected) in [
            ("Cammeray, ", None, "Cammeray"),
            ("LATAM,  Hong Kong,  Mexico", None, "LATAM, Hong Kong, Mexico"),
            ("Oslo | Bergen", None, "Oslo; Bergen"),
            ("Remote (Norway | Sweden)", None, "Remote (Norway | Sweden)"),
            ("New York, NY (HQ)", None, "New York, NY"),
            ("Berlin", Some("DE"), "Berlin"),
            ("Kleindorf", Some("DE"), "Kleindorf, Germany"),
            ("Kleindorf, Germany", Some("DE"), "Kleindorf, Germany"),
            ("Remote", Some("Canada"), "Remote, Canada"),
            ("", Some("FR"), "France"),
            ("", None, ""),
        ] {
            assert_eq!(tidy(place, country), expected, "{place}");
        }
    }

    #[test]
    fn a_country_in_front_goes_last() {
        for (place, expected) in [
            ("USA DC Washington", "Washington, DC, USA"),
            ("USA NC Fort Bragg", "Fort Bragg, NC, USA"),
            ("DEU Kleindorf - Kleindorf Airfield (APC1)", "Kleindorf, Germany"),
            ("US, CA, Santa Clara", "Santa Clara, CA, USA"),
            ("Germany - Berlin", "Berlin, Germany"),
            ("London, United Kingdom", "London, United Kingdom"),
            ("Remote", "Remote"),
            ("Any Office", "Any Office"),
            ("", ""),
        ] {
            assert_eq!(country_first(place), expected, "{place}");
        }
    }
}

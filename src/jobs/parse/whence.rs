//! Where a field is from, in words for people.

use super::{Sure, Whence};

/// A sentence for below the field.
pub fn words(whence: &Whence) -> String {
    let origin = whence.origin.as_str();
    let place = match origin.split_once(':') {
        Some(("board", board)) => ["from the board’s answer (", board, ")"].concat(),
        _ => match origin {
            "json-ld" => "from the page’s own data".to_owned(),
            "opengraph" => "from the page’s own summary".to_owned(),
            "the address" => "from the address".to_owned(),
            "guessed from the text" => "from the text".to_owned(),
            other => match other.strip_prefix("text line ") {
                Some(line) => ["from line ", line, " of the text"].concat(),
                None => ["from the ", other.trim_start_matches("the ")].concat(),
            },
        },
    };
    match (whence.sure, origin) {
        (Sure::Guess, _) => ["Guessed ", &place, "; please check."].concat(),
        _ => ["Taken ", &place, "."].concat(),
    }
}

/// What people call a field.
pub fn name(field: &str) -> &'static str {
    match field {
        "title" => "title",
        "company" => "company",
        "location" => "place",
        "remote" => "way of working",
        "url" => "link",
        "description" => "text",
        "tech_stack" => "skills",
        "experience_level" => "level",
        "salary" => "pay",
        "responsibilities" => "responsibilities",
        "requirements" => "requirements",
        "date_posted" => "day it was posted",
        "closes_on" => "last day to apply",
        _ => "something else",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_origin_has_words() {
        for (origin, sure, said) in [
            ("json-ld", Sure::Certain, "Taken from the page’s own data."),
            ("board:greenhouse", Sure::Certain, "Taken from the board’s answer (greenhouse)."),
            ("title of the page", Sure::Likely, "Taken from the title of the page."),
            ("text line 12", Sure::Likely, "Taken from line 12 of the text."),
            ("text line 2", Sure::Guess, "Guessed from line 2 of the text; please check."),
            ("guessed from the text", Sure::Guess, "Guessed from the text; please check."),
            ("the address", Sure::Guess, "Guessed from the address; please check."),
        ] {
            assert_eq!(words(&Whence { origin: origin.into(), sure }), said);
        }
    }
}

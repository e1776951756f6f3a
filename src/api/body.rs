use crate::error::{Error, Result};
use axum::{
    extract::{FromRequest, Request},
    http::header,
};
use serde::de::{DeserializeOwned, IgnoredAny};

/// A JSON body, an object. What is not JSON is malformed (400); a wrong or unknown field is named (422).
pub struct Body<T>(pub T);

/// Largest JSON body but for imports, in bytes.
const LARGEST: usize = 1024 * 1024;

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        let json =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|kind| {
                kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
            });
        if !json {
            return Err(Error::Unsupported("Please send JSON with the header Content-Type: application/json.".into()));
        }
        let most = if request.uri().path().ends_with("/import") { 32 * LARGEST } else { LARGEST };
        let bytes = axum::body::to_bytes(request.into_body(), most)
            .await
            .map_err(|_| Error::TooLarge(format!("at most {} MB.", most / 1024 / 1024)))?;
        parse(&bytes).map(Body)
    }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    // serde reads a struct from a list as well, so that `[]` would be one with nothing in it.
    if bytes.trim_ascii_start().first() != Some(&b'{') && is_json(bytes) {
        return Err(Error::invalid("body", "Please send an object: {…}."));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let cause = error.inner();
        // Something else where a word of a list belongs counts as a mistake of syntax there.
        if !cause.is_data() && !is_json(bytes) {
            return Error::Malformed(format!("This is not valid JSON: {cause}."));
        }
        let text = cause.to_string();
        let text = match text.split_once(" at line ").map_or(text.as_str(), |(text, _)| text) {
            "expected value" => "invalid type: this takes another type of value",
            text => text,
        };
        let named = ["unknown field `", "missing field `", "duplicate field `"]
            .into_iter()
            .find_map(|prefix| text.strip_prefix(prefix)?.split('`').next());
        let field = match named {
            Some(name) if path == "." || path.is_empty() => name.to_owned(),
            Some(name) if !path.ends_with(name) => format!("{path}.{name}"),
            _ => path,
        };
        Error::invalid(&field, format!("{text}."))
    })?;
    reader.end().map_err(|cause| Error::Malformed(format!("This is not valid JSON: {cause}.")))?;
    Ok(value)
}

/// Whether this is JSON at all, whatever it says.
fn is_json(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Colour {
        Red,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Part {
        #[serde(rename = "name")]
        _name: String,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Thing {
        #[serde(rename = "size")]
        _size: u8,
        #[serde(rename = "paint", default)]
        _paint: Option<Colour>,
        #[serde(rename = "part", default, deserialize_with = "crate::api::maybe_object")]
        _part: Option<Part>,
    }

    #[test]
    fn what_is_wrong_is_named() {
        let fields = |text: &str| parse::<Thing>(text.as_bytes()).expect_err(text).fields();
        assert!(fields(r#"{"size": 1, "colour": 2}"#).contains_key("colour"));
        assert!(fields(r#"{"size": "big"}"#).contains_key("size"));
        assert!(fields("{}").contains_key("size"));
        assert!(fields(r#"{"size": 1, "paint": 7}"#).contains_key("paint"));
        assert!(fields(r#"{"size": 1, "size": 2}"#).contains_key("size"));
        assert!(fields(r#"{"size": 1, "part": ["handle"]}"#).contains_key("part"));
        assert!(fields(r#"{"size": 1, "part": {"name": 7}}"#).contains_key("part.name"));
        assert!(fields(r#"{"size": 1, "part": {"names": 7}}"#).contains_key("part.names"));
        assert!(matches!(parse::<Thing>(br#"{"size": 1, "paint": 7"#), Err(Error::Malformed(_))));
        assert!(matches!(parse::<Thing>(b"{"), Err(Error::Malformed(_))));
        assert!(matches!(parse::<Thing>(br#"{"size": 1} x"#), Err(Error::Malformed(_))));
    }

    #[test]
    fn only_an_object_is_a_body() {
        for text in ["[]", " [1]", "[1, \"red\"]", "7", "null", "\"size\""] {
            let fields = parse::<Thing>(text.as_bytes()).expect_err(text).fields();
            assert!(fields.contains_key("body"), "{text}: {fields:?}");
        }
        for text in ["", "[", "size", "[1] x"] {
            assert!(matches!(parse::<Thing>(text.as_bytes()), Err(Error::Malformed(_))), "{text}");
        }
        assert!(parse::<Thing>(br#" {"size": 1, "paint": "red", "part": {"name": "handle"}} "#).is_ok());
        assert!(parse::<Thing>(br#"{"size": 1, "paint": null, "part": null}"#).is_ok());
    }
}

use crate::error::{Error, Result};
use axum::{
    extract::{FromRequest, Request},
    http::header,
};
use serde::de::DeserializeOwned;

/// A JSON body. What cannot be read is malformed (400); a wrong or unknown field is named (422).
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
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value: T = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let cause = error.inner();
        if cause.is_data() {
            let text = cause.to_string();
            let text = text.split(" at line ").next().unwrap_or(&text).to_owned();
            let named = text.strip_prefix("unknown field `").or_else(|| text.strip_prefix("missing field `"));
            let field = match named.and_then(|rest| rest.split('`').next()) {
                Some(name) if path == "." || path.is_empty() => name.to_owned(),
                Some(name) if !path.ends_with(name) => format!("{path}.{name}"),
                _ => path,
            };
            Error::invalid(&field, format!("{text}."))
        } else {
            Error::Malformed(format!("This is not valid JSON: {cause}."))
        }
    })?;
    reader.end().map_err(|cause| Error::Malformed(format!("This is not valid JSON: {cause}.")))?;
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Thing {
        #[serde(rename = "size")]
        _size: u8,
    }

    #[test]
    fn what_is_wrong_is_named() {
        let fields = |text: &str| parse::<Thing>(text.as_bytes()).expect_err(text).fields();
        assert!(fields(r#"{"size": 1, "colour": 2}"#).contains_key("colour"));
        assert!(fields(r#"{"size": "big"}"#).contains_key("size"));
        assert!(fields("{}").contains_key("size"));
        assert!(matches!(parse::<Thing>(b"{"), Err(Error::Malformed(_))));
        assert!(matches!(parse::<Thing>(br#"{"size": 1} x"#), Err(Error::Malformed(_))));
    }
}

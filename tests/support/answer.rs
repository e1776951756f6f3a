//! What the app answered, with the ways to expect something of it.

use super::Value;
use reqwest::{RequestBuilder, StatusCode, header::HeaderMap};

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// Sends the request and reads the whole answer.
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("a text");
        Answer { status, headers, text }
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The status is `wanted`.
    #[track_caller]
    pub fn status(self, wanted: u16) -> Self {
        assert_eq!(self.status, wanted, "{self:?}");
        self
    }

    /// 200 with this body.
    #[track_caller]
    pub fn ok(self) -> Value {
        self.status(200).json()
    }

    /// 201 with this body, and the address of what was made.
    #[track_caller]
    pub fn created(self) -> Value {
        self.status(201).json()
    }

    /// 204.
    #[track_caller]
    pub fn done(self) {
        assert_eq!(self.status(204).text, "");
    }

    /// 200 with a page.
    #[track_caller]
    pub fn page(self) -> String {
        let answer = self.status(200);
        assert!(answer.text.starts_with("<!DOCTYPE html>"), "{}", answer.text);
        answer.text
    }

    /// A redirect; answers with where to.
    #[track_caller]
    pub fn redirect(self) -> String {
        let code = StatusCode::from_u16(self.status).expect("a status");
        assert!(code.is_redirection(), "{self:?}");
        self.header("location").expect("a location").to_owned()
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A refusal of the contract: this status and code, with words, a time and the request's id.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        let answer = self.status(status);
        let body = answer.json();
        assert_eq!(body["error_code"], code, "{body}");
        assert!(body["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{body}");
        assert!(
            body["timestamp"].as_str().is_some_and(|at| at.parse::<chrono::DateTime<chrono::Utc>>().is_ok()),
            "{body}"
        );
        assert_eq!(body["request_id"].as_str(), answer.header("x-request-id"), "{body}");
        body
    }

    fn json_or_null(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// 422 that names `field`, of a REST call or a server function; answers with what it says.
    #[track_caller]
    pub fn invalid(self, field: &str) -> String {
        let said = self.json_or_null();
        if let Some(message) = said["Invalid"][field].as_str() {
            assert_eq!(self.status, 422, "{self:?}");
            return message.to_owned();
        }
        let body = self.refused(422, "invalid_fields");
        body["fields"][field].as_str().unwrap_or_else(|| panic!("{field} is not named in {body}")).to_owned()
    }

    /// 404 of a server function.
    #[track_caller]
    pub fn missing_function(self) {
        assert_eq!(self.status(404).text, "\"NotFound\"");
    }

    /// 404 of the contract.
    #[track_caller]
    pub fn missing(self) {
        self.refused(404, "not_found");
    }
}

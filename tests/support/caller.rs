//! A program that talks to the app over REST.

use super::{Answer, Browser, TestApp, Value};
use reqwest::{Client, Method, RequestBuilder, redirect::Policy};
use std::ops::Deref;

/// Sends no cookies; sends its token if it has one.
#[derive(Clone)]
pub struct Caller {
    client: Client,
    pub address: String,
    pub token: Option<String>,
}

impl Caller {
    pub fn new(address: &str) -> Self {
        super::tls();
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().expect("a client");
        Caller { client, address: address.to_owned(), token: None }
    }

    /// The same caller with this token.
    pub fn with_token(&self, token: &str) -> Self {
        Caller { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The same caller, talking to another node.
    pub fn at(&self, address: &str) -> Self {
        Caller { address: address.to_owned(), ..self.clone() }
    }

    /// A request to add to.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path)).await
    }

    /// Sends this text as JSON, whatever it is.
    pub async fn send_text(&self, method: Method, path: &str, text: &str) -> Answer {
        Answer::of(self.request(method, path).header("content-type", "application/json").body(text.to_owned())).await
    }

    /// Posts with an `Idempotency-Key`.
    pub async fn post_once(&self, path: &str, key: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path).header("idempotency-key", key).json(&body)).await
    }
}

/// Somebody with an account and an access token.
#[derive(Clone)]
pub struct Person {
    caller: Caller,
    pub id: String,
    pub email: String,
    pub password: String,
}

impl Deref for Person {
    type Target = Caller;
    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl Person {
    /// From the answer to their registration.
    pub fn new(address: &str, opened: &Value, password: String) -> Self {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        Person {
            caller: Caller::new(address).with_token(&text(&opened["access_token"])),
            id: text(&opened["user"]["id"]),
            email: text(&opened["user"]["email"]),
            password,
        }
    }

    /// The same person at an app started anew.
    pub fn moved(&self, app: &TestApp) -> Self {
        Person { caller: self.caller.at(&app.address), ..self.clone() }
    }

    /// A browser they are signed in with.
    pub async fn browser(&self) -> Browser {
        let mut browser = Browser::new(&self.address);
        browser.call("sign_in", &[("email", &self.email), ("password", &self.password)]).await.ok();
        browser
    }

    /// The same where signing in takes a code.
    pub async fn browser_by_code(&self, code: &str) -> Browser {
        let mut browser = self.browser().await;
        browser.call("second_step", &[("code", code)]).await.ok();
        browser
    }

    /// The same without the form, for stories that need many of them.
    pub async fn signed_in(&self, app: &TestApp) -> Browser {
        let user = self.id.parse().expect("an id");
        let cookie = career_copilot::session::start(&app.state, user, &Default::default()).await.expect("a session");
        let cookie = cookie.to_str().expect("a cookie");
        let (name, value) = cookie.split_once(';').and_then(|(pair, _)| pair.split_once('=')).expect("a cookie");
        let mut browser = Browser::new(&self.address);
        browser.cookies.insert(name.to_owned(), value.to_owned());
        browser
    }

    /// A job of theirs; answers with its id.
    pub async fn job(&self, body: Value) -> String {
        self.post("/api/v1/jobs", body).await.created().id()
    }

    /// Says what they can do and where they want to be.
    pub async fn profile(&self, body: Value) -> Value {
        self.put("/api/v1/profile", body).await.ok()
    }

    /// The kinds of their events, oldest first.
    pub async fn events(&self) -> Vec<String> {
        let answer = self.get("/api/v1/events?after=0").await.ok();
        answer["events"]
            .as_array()
            .expect("events")
            .iter()
            .map(|event| event["kind"].as_str().expect("a kind").into())
            .collect()
    }
}

/// Reading ids out of answers.
pub trait HasId {
    fn id(&self) -> String;
}

impl HasId for Value {
    fn id(&self) -> String {
        self["id"].as_str().unwrap_or_else(|| panic!("no id in {self}")).to_owned()
    }
}

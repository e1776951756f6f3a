//! A browser: keeps cookies, says where its requests come from, posts forms with and without script.

use super::{Answer, Socket};
use reqwest::{Client, Method, RequestBuilder, redirect::Policy};
use std::collections::BTreeMap;

#[derive(Clone)]
pub struct Browser {
    client: Client,
    pub address: String,
    /// Name to value.
    pub cookies: BTreeMap<String, String>,
}

impl Browser {
    pub fn new(address: &str) -> Self {
        super::tls();
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().expect("a client");
        Browser { client, address: address.to_owned(), cookies: BTreeMap::new() }
    }

    /// The value of the `Cookie` header.
    pub fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// A request with the cookies and nothing that says where it comes from.
    pub fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        let request =
            self.client.request(method, format!("{}{path}", self.address)).header("user-agent", "a browser of stories");
        if self.cookies.is_empty() { request } else { request.header("cookie", self.cookie()) }
    }

    /// A request of one of our pages.
    pub fn own(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path).header("origin", &self.address).header("sec-fetch-site", "same-origin")
    }

    /// Sends a request and keeps the cookies of the answer.
    pub async fn send(&mut self, request: RequestBuilder) -> Answer {
        let answer = Answer::of(request).await;
        for cookie in answer.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().expect("a cookie");
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').expect("name=value");
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    /// Opens a page; redirects are not followed.
    pub async fn open(&mut self, path: &str) -> Answer {
        let request = self.bare(Method::GET, path).header("accept", "text/html").header("sec-fetch-site", "none");
        self.send(request).await
    }

    /// Calls a server function as the page's script does.
    pub async fn call(&mut self, function: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self.own(Method::POST, &format!("/api/{function}")).header("accept", "application/json");
        self.send(form(request, fields)).await
    }

    /// Posts the form of the page `from` as a browser without script does.
    pub async fn submit(&mut self, from: &str, function: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .own(Method::POST, &format!("/api/{function}"))
            .header("accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
            .header("referer", format!("{}{from}", self.address));
        self.send(form(request, fields)).await
    }

    /// Opens the live socket; `after` is the newest event already on the page.
    pub async fn live(&self, after: Option<i64>) -> Socket {
        Socket::open(&self.address, &[("cookie", &self.cookie()), ("origin", &self.address)], after)
            .await
            .expect("the socket opens")
    }
}

/// Adds the fields as an urlencoded body.
pub fn form(request: RequestBuilder, fields: &[(&str, &str)]) -> RequestBuilder {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    request.header("content-type", "application/x-www-form-urlencoded").body(body)
}

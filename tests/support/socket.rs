//! The live socket of one page.

use super::Value;
use futures_util::StreamExt;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest, http::HeaderName},
};

pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

/// What a person is promised: a change shows within a second.
pub const SOON: Duration = Duration::from_secs(1);

impl Socket {
    /// Opens it with these headers; the error carries the status of a refusal.
    pub async fn open(address: &str, headers: &[(&str, &str)], after: Option<i64>) -> Result<Self, u16> {
        let after = after.map(|seq| format!("?after={seq}")).unwrap_or_default();
        let url = format!("{}/live{after}", address.replacen("http", "ws", 1));
        let mut request = url.into_client_request().expect("a request");
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a header name");
            request.headers_mut().insert(name, value.parse().expect("a header value"));
        }
        match connect_async(request).await {
            Ok((stream, _)) => Ok(Socket(stream)),
            Err(tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    /// The next event; waits `patience` for it.
    pub async fn next_within(&mut self, patience: Duration) -> Option<Value> {
        loop {
            match tokio::time::timeout(patience, self.0.next()).await.ok()?? {
                Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).expect("an event")),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// The next event, which comes within a second.
    pub async fn next(&mut self) -> Value {
        self.next_within(SOON).await.expect("an event within a second")
    }

    /// Nothing comes for a while.
    pub async fn is_quiet(&mut self) -> bool {
        self.next_within(Duration::from_millis(300)).await.is_none()
    }

    /// The server says goodbye.
    pub async fn is_closed(&mut self) -> bool {
        let closed = async {
            loop {
                match self.0.next().await {
                    None | Some(Err(_)) | Some(Ok(Message::Close(_))) => return,
                    Some(Ok(_)) => {}
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(5), closed).await.is_ok()
    }
}

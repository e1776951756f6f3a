//! Answers that are too large, too slow, cut off, or not what was asked for.

use super::*;
use crate::fetch::bodies::is_text;
use axum::{
    Router,
    http::{HeaderMap as Headers, StatusCode, header},
    response::{Html, IntoResponse, Redirect},
    routing::get,
};
use std::io::Write;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Answers every connection with these bytes; then closes it, or leaves it open for ever.
async fn raw(bytes: Vec<u8>, stays: bool) -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = format!("http://{}/", listener.local_addr().expect("its address"));
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = [0; 4_096];
            let _ = stream.read(&mut asked).await;
            let _ = stream.write_all(&bytes).await;
            if stays {
                open.push(stream);
            }
        }
    });
    address
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).expect("memory is large enough");
    packer.finish().expect("memory is large enough")
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

async fn said(url: &str, within: Duration) -> String {
    let ask = Ask { within, ..Ask::get(url, "text/html", Hosts::Public, 2_000_000) };
    let error = Fetcher::new(true, None).get(ask).await.expect_err(url);
    error.fields().remove("address").unwrap_or_else(|| panic!("{error:?}"))
}

#[tokio::test]
async fn what_is_too_large_or_broken_off_is_refused() {
    crypto();
    let html = "Content-Type: text/html";
    let huge = vec![b'x'; 3_000_000];
    let bomb = packed(&vec![b' '; 60_000_000]);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let whole = packed(&(0..50_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>());
    let half = &whole[..whole.len() / 2];
    let length = |n: usize| format!("{html}\r\nContent-Length: {n}");
    let gzip = |n: usize| format!("{html}\r\nContent-Encoding: gzip\r\nContent-Length: {n}");
    let long = Duration::from_secs(30);
    for (bytes, words) in [
        (answer(&length(huge.len()), &huge), "The answer is larger than 2 MB."),
        (answer("Content-Type: text/html\r\nConnection: close", &huge), "The answer is larger than 2 MB."),
        (answer(&gzip(bomb.len()), &bomb), "The answer is larger than 2 MB."),
        (answer(&length(1_000), b"<p>Half"), "The connection broke off before the answer was complete."),
        (answer(&gzip(half.len()), half), "The connection broke off before the answer was complete."),
        (answer(&gzip(5), b"plain"), "The connection broke off before the answer was complete."),
        (answer(&format!("{html}\r\nContent-Encoding: br"), b"x"), "The page is packed in a way that cannot be read."),
        (
            answer(&format!("{html}\r\nContent-Encoding: gzip, gzip"), b"x"),
            "The page is packed in a way that cannot be read.",
        ),
        (b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(), "The address could not be reached."),
        (Vec::new(), "The address could not be reached."),
    ] {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(100)]).into_owned();
        assert_eq!(said(&raw(bytes, false).await, long).await, words, "{start}");
    }
}

#[tokio::test]
async fn whoever_never_gets_done_is_given_up() {
    crypto();
    let short = Duration::from_millis(100);
    let late = "The address took too long to answer. Please try again later.";
    for bytes in [
        Vec::new(),
        b"HTTP/1.1 200".to_vec(),
        answer("Content-Type: text/html\r\nContent-Length: 1000", b"<p>And then"),
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>a\r\n".to_vec(),
    ] {
        assert_eq!(said(&raw(bytes, true).await, short).await, late);
    }
}

#[tokio::test]
async fn only_text_is_taken_of_anybody() {
    crypto();
    for kind in [
        "image/png",
        "application/pdf",
        "application/octet-stream",
        "application/zip",
        "video/mp4",
        "text/css",
        "text/javascript",
        "multipart/x",
        "",
    ] {
        let address = raw(answer(&format!("Content-Type: {kind}\r\nContent-Length: 1"), b"x"), false).await;
        let words = said(&address, Duration::from_secs(30)).await;
        assert!(words.starts_with("There is no page at this address but something else"), "{kind}: {words}");
        let known = Ask::get(&address, "*/*", Hosts::Known(|_| true), 1_000);
        // Known hosts answer over https only; what they answer is theirs to say.
        assert!(Fetcher::new(true, None).get(known).await.is_err());
    }
    for kind in [
        "text/html",
        "TEXT/HTML; charset=utf-8",
        "application/xhtml+xml",
        "application/json",
        "application/ld+json",
        "text/plain",
        "text/xml",
        "application/rss+xml",
    ] {
        assert!(is_text(kind), "{kind}");
    }
}

#[tokio::test]
async fn redirects_are_followed_a_few_times() {
    crypto();
    let other = served(Router::new().route("/there", get(async |headers: Headers| told(&headers)))).await;
    let to = format!("{other}there");
    let app = Router::new()
        .route("/round", get(async || Redirect::temporary("/round")))
        .route("/four", get(async || Redirect::permanent("/three")))
        .route("/three", get(async || Redirect::to("/two")))
        .route("/two", get(async || Redirect::temporary("one")))
        .route("/one", get(async || Redirect::temporary("/here")))
        .route("/here", get(async |headers: Headers| told(&headers)))
        .route("/away", get(async move || Redirect::temporary(&to)))
        .route("/nowhere", get(async || StatusCode::FOUND))
        .route("/nonsense", get(async || (StatusCode::FOUND, [(header::LOCATION, "http://[")])));
    let at = served(app).await;
    let fetcher = Fetcher::new(true, None);
    let get = async |path: &str| {
        let url = format!("{at}{path}");
        let mut headers = HeaderMap::new();
        headers.insert("x-key", "secret".parse().expect("a value"));
        fetcher.get(Ask { headers, ..Ask::get(&url, "text/html", Hosts::Public, 1_000) }).await
    };
    let page = get("four").await.expect("four are followed");
    assert_eq!((page.url.path(), page.body.as_slice()), ("/here", b"secret".as_slice()));
    assert_eq!(get("away").await.expect("elsewhere").body, b"none", "a key is for whom it was meant for");
    assert_eq!(get("nowhere").await.expect("an answer").status, 302);
    for (path, words) in [
        ("round", "The address redirects too often."),
        ("nonsense", "The address redirects to something that is no address."),
    ] {
        assert_eq!(get(path).await.expect_err(path).fields()["address"], words);
    }
}

fn told(headers: &Headers) -> Html<String> {
    Html(headers.get("x-key").map_or_else(|| "none".into(), |key| String::from_utf8_lossy(key.as_bytes()).into_owned()))
}

#[tokio::test]
async fn an_answer_says_what_the_next_question_needs() {
    crypto();
    let app = Router::new()
        .route(
            "/feed",
            get(async |headers: Headers| {
                let same = headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag == "\"1\"")
                    && headers.get(header::IF_MODIFIED_SINCE).is_some_and(|at| at == "Sat, 28 Nov 2026 10:00:00 GMT");
                let said = [(header::ETAG, "\"1\""), (header::LAST_MODIFIED, "Sat, 28 Nov 2026 10:00:00 GMT")];
                if same {
                    (StatusCode::NOT_MODIFIED, said).into_response()
                } else {
                    (said, Html("all")).into_response()
                }
            }),
        )
        .route("/busy", get(async || (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "120")], "wait")));
    let at = served(app).await;
    let fetcher = Fetcher::new(true, None);
    let feed = format!("{at}feed");
    let ask = Ask::get(&feed, "text/html", Hosts::Public, 1_000);
    let first = fetcher.get(ask.clone()).await.expect("an answer");
    assert_eq!((first.status, first.body.as_slice()), (200, b"all".as_slice()));
    let again = Ask { conditional: Some(first.validators()), ..ask };
    let second = fetcher.get(again).await.expect("an answer");
    assert_eq!((second.status, second.body.is_empty(), second.validators()), (304, true, first.validators()));
    let busy = fetcher.get(Ask::get(&format!("{at}busy"), "text/html", Hosts::Public, 1_000)).await.expect("an answer");
    assert_eq!((busy.status, busy.retry_after, busy.body.is_empty()), (429, Some(120), true));
    assert_eq!(
        busy.success().expect_err("no success").fields()["address"],
        "The board asks to be left alone for a while. Please try again later."
    );
}

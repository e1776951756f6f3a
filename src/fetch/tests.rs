//! The guard, without any network but this machine's own.

use super::{following::mirrored, guard::is_public, sending::seconds, *};
use axum::Router;

mod answers;
mod hostile;

/// Chooses who does TLS in this process, before the first client needs it.
fn crypto() {
    // Another test may have chosen already: the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Serves these routes on a port of this machine; answers with the address.
async fn served(app: Router) -> Url {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = listener.local_addr().expect("its address");
    tokio::spawn(axum::serve(listener, app).into_future());
    format!("http://{address}/").parse().expect("an address")
}

#[test]
fn only_addresses_everybody_can_reach_are_public() {
    for private in [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "2002:7f00:1::",
        "100::1",
    ] {
        assert!(!is_public(private.parse().expect(private)), "{private}");
    }
    for public in ["1.1.1.1", "8.8.8.8", "100.63.0.1", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "2a00:1450::1"] {
        assert!(is_public(public.parse().expect(public)), "{public}");
    }
}

#[test]
fn a_mirror_has_every_host_in_a_folder() {
    let mirror: Url = "http://127.0.0.1:9000/boards/".parse().expect("an address");
    let asked: Url = "https://api.lever.co/v0/postings/acme?mode=json".parse().expect("an address");
    let found = mirrored(&mirror, &asked).expect("it names a host");
    assert_eq!(found.as_str(), "http://127.0.0.1:9000/boards/api.lever.co/v0/postings/acme?mode=json");
}

#[test]
fn a_moment_to_ask_again_is_seconds_from_now() {
    assert_eq!(seconds("120"), Some(120));
    let soon = (crate::db::now() + chrono::Duration::seconds(90)).to_rfc2822().replace("+0000", "GMT");
    assert!(seconds(&soon).is_some_and(|seconds| (85..=90).contains(&seconds)), "{soon}");
    for odd in ["", "soon", "-5", "Wed, 21 Oct 2015 07:28:00 GMT"] {
        assert_eq!(seconds(odd), None, "{odd}");
    }
}

#[tokio::test]
async fn hostile_addresses_are_refused_before_any_connection() {
    let fetcher = Fetcher::new(false, None);
    for url in [
        "ftp://example.org/x",
        "file:///etc/passwd",
        "gopher://127.0.0.1",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://10.0.0.1/",
        "https://192.168.0.1/",
        "http://1.1.1.1:22/",
        "http://user:pass@1.1.1.1/",
        "http://0/",
        "not an address",
        "http://",
        "http://①②⑦.⓪.⓪.①/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://localhost/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://1.1.1.1:22/",
        "https://user:pass@1.1.1.1/",
        "http://1.1.1.1/",
    ] {
        let error = fetcher.fetch(Ask::get(url, "*/*", Hosts::Known(|_| true), 1000)).await.expect_err(url);
        assert!(error.fields().contains_key("address"), "{url}: {error:?}");
        if let Ok(url) = Url::parse(url) {
            fetcher.send(&url, HeaderMap::new(), Vec::new()).await.expect_err(url.as_str());
            fetcher.reaches(&url).await.expect_err(url.as_str());
        }
    }
}

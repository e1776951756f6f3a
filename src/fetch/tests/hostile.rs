//! Addresses that lead inwards, in every way of writing them.

use super::*;
use crate::fetch::names::Names;
use axum::{Router, extract::RawQuery, response::Redirect};
use std::{
    net::IpAddr,
    sync::{Arc, Mutex},
};

/// None of them may be asked, whatever the network is like.
const HOSTILE: [&str; 82] = [
    // Loopback and this machine, in every spelling browsers know.
    "http://127.0.0.1/",
    "http://127.0.0.1:80/",
    "https://127.0.0.1:443/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://0x7f.1/",
    "http://127.0.0.1./",
    "http://0/",
    "http://0.0.0.0/",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://%31%32%37.0.0.1/",
    "http://１２７.0.0.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[0:0:0:0:0:0:0:1]/",
    "http://[0000:0000:0000:0000:0000:0000:0000:0001]/",
    "http://[::1%25eth0]/",
    "http://[::127.0.0.1]/",
    // Mapped and translated.
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[64:ff9b::127.0.0.1]/",
    "http://[64:ff9b::a9fe:a9fe]/",
    "http://[64:ff9b:1::10.0.0.1]/",
    "http://[2002:7f00:1::]/",
    "http://[2002:a00:1::1]/",
    "http://[2001::1]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/",
    // Private, shared, link-local, documentation, multicast.
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://172.16.0.1/",
    "http://172.31.255.254/",
    "http://192.168.0.1/",
    "http://3232235777/",
    "http://0xc0a80101/",
    "http://100.64.0.1/",
    "http://100.127.255.254/",
    "http://169.254.0.1/",
    "http://192.0.2.1/",
    "http://198.18.0.1/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    // Where clouds keep what nobody may see.
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/latest/meta-data/",
    "http://0xa9fea9fe/",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://100.100.100.200/latest/meta-data/",
    // Names that only mean something inside.
    "http://localhost/",
    "http://LOCALHOST/",
    "http://localhost./",
    "http://app.localhost/",
    "http://printer.local/",
    "http://intranet/",
    "http://db.internal/",
    "http://router.home.arpa/",
    "http://nas.lan/",
    "http://localhost.localdomain/",
    // Somebody's name in the address, other ports, other schemes.
    "http://user:pass@1.1.1.1/",
    "http://1.1.1.1@127.0.0.1/",
    "http://user@1.1.1.1/",
    "http://1.1.1.1:22/",
    "http://1.1.1.1:8080/",
    "https://1.1.1.1:6379/",
    "ftp://1.1.1.1/",
    "file:///etc/passwd",
    "gopher://1.1.1.1/",
    "javascript:alert(1)",
];

fn asked(url: &str) -> Ask<'_> {
    Ask::get(url, "text/html", Hosts::Public, 2_000_000)
}

#[tokio::test]
async fn none_is_asked() {
    let (fetcher, mirrored) = (Fetcher::new(false, None), Fetcher::new(false, "http://127.0.0.1:9/".parse().ok()));
    let long = format!("https://1.1.1.1/{}", "x".repeat(10_000));
    let more = ["", "http://", "http:///", "https://", "data:text/html,x", "//127.0.0.1/", "nonsense", &long];
    for url in HOSTILE.iter().chain(&more) {
        for fetcher in [&fetcher, &mirrored] {
            let error = fetcher.get(asked(url)).await.expect_err(url);
            let said = error.fields().remove("address").unwrap_or_default();
            // Refused for what it is, not for what happened when it was asked.
            assert!(!said.is_empty() && said != "The address could not be reached.", "{url}: {error:?}");
        }
    }
}

#[tokio::test]
async fn nobody_is_redirected_to_one() {
    crypto();
    // Sends everybody to where the address says.
    let app = Router::new().fallback(async |RawQuery(to): RawQuery| {
        let to = to.unwrap_or_default();
        let to: String = url::form_urlencoded::parse(to.as_bytes()).map(|(name, _)| name.into_owned()).collect();
        Redirect::temporary(&to)
    });
    let fetcher = Fetcher::new(false, Some(served(app).await));
    for (n, url) in HOSTILE.iter().filter(|url| Url::parse(url).is_ok()).enumerate() {
        let escaped: String =
            url::form_urlencoded::byte_serialize(Url::parse(url).expect(url).as_str().as_bytes()).collect();
        let from = ["http", "https"][n % 2];
        let first = format!("{from}://jobs.example.org/?{escaped}");
        let error = fetcher.get(asked(&first)).await.expect_err(url);
        let said = error.fields().remove("address").unwrap_or_default();
        let words = ["private network", "Only http and https", "Only the usual ports", "user name or password"];
        assert!(words.iter().any(|words| said.contains(words)), "{url}: {said}");
    }
}

fn names(answers: &[&[&str]]) -> (Names, Arc<Mutex<std::collections::VecDeque<Vec<IpAddr>>>>) {
    let answers = answers.iter().map(|answer| answer.iter().map(|ip| ip.parse().expect(ip)).collect()).collect();
    let given = Arc::new(Mutex::new(answers));
    (Names::Given(given.clone()), given)
}

#[tokio::test]
async fn a_name_is_asked_about_once_and_all_its_addresses_count() {
    let url: Url = "https://rebound.example.org/".parse().expect("an address");
    let (names, left) =
        names(&[&["93.184.216.34"], &["127.0.0.1"], &["93.184.216.34", "10.0.0.1"], &["2606:4700::1111", "::1"]]);
    let fetcher = Fetcher { private: false, mirror: None, names };
    let (host, addresses) = fetcher.checked(&url, true).await.expect("it is public at first");
    assert_eq!(
        (host.as_str(), addresses),
        ("rebound.example.org", vec!["93.184.216.34:443".parse().expect("an address")])
    );
    assert_eq!(left.lock().expect("nobody panicked").len(), 3, "one question for one connection");
    // The next question gets another answer, and so does the next hop.
    for _ in 0..3 {
        let said = fetcher.get(asked(url.as_str())).await.expect_err("it is private now").fields();
        assert_eq!(said["address"], "This address belongs to a private network and cannot be read.");
    }
    let said = fetcher.get(asked(url.as_str())).await.expect_err("no answer").fields();
    assert!(said["address"].starts_with("No such host was found."), "{said:?}");
}

#[tokio::test]
async fn the_connection_goes_to_what_was_checked() {
    crypto();
    let at = served(Router::new().fallback(async || axum::response::Html("here"))).await;
    let port = at.port().expect("a port");
    // No such name exists, and a second question would get an address where nobody listens.
    for host in ["rebound.example.org", "rebound.example.org.", "REBOUND.example.org"] {
        let (names, left) = names(&[&["127.0.0.1"], &["127.0.0.2"]]);
        let fetcher = Fetcher { private: true, mirror: None, names };
        let page = fetcher.get(asked(&format!("http://{host}:{port}/"))).await.expect(host);
        assert_eq!((page.status, page.body.as_slice()), (200, b"here".as_slice()), "{host}");
        assert_eq!(left.lock().expect("nobody panicked").len(), 1, "{host}");
    }
}

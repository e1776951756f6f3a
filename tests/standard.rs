//! What the security standard (docs/asvs.md) asks for and no story about a feature shows.

use crate::{
    mail::{forget, newest},
    second_factor,
    support::*,
};
use reqwest::Method;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Sends these bytes on a connection of their own and reads until the app hangs up, or has been silent for a while.
async fn raw(app: &TestApp, bytes: &str) -> String {
    let mut stream = TcpStream::connect(app.address.trim_start_matches("http://")).await.expect("a connection");
    stream.write_all(bytes.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    let mut piece = [0; 4096];
    while let Ok(Ok(1..)) = tokio::time::timeout(Duration::from_secs(2), stream.read(&mut piece))
        .await
        .map(|read| read.inspect(|length| answer.extend_from_slice(&piece[..*length])))
    {}
    String::from_utf8_lossy(&answer).into_owned()
}

story! {
    async fn no_other_origin_reads_an_answer(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        for path in ["/", "/today", "/api/v1/jobs", "/api/v1/health", "/live", "/manifest.webmanifest"] {
            for method in [Method::GET, Method::OPTIONS] {
                let request = browser
                    .bare(method.clone(), path)
                    .header("origin", "https://evil.example")
                    .header("access-control-request-method", "POST")
                    .header("access-control-request-headers", "authorization");
                let answer = browser.send(request).await;
                let opened = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
                assert_eq!(opened, None, "{method} {path}");
            }
        }
    }
}

story! {
    async fn nothing_is_sent_back_as_it_came(app: TestApp) {
        let ann = app.person("ann").await;
        for path in ["/", "/today", "/api/v1/jobs", "/api/save_job", "/jobs/import/read", "/live", "/pkg/x"] {
            let trace: Method = "TRACE".parse().expect("a method");
            let request = ann.request(trace, path).header("x-secret", "a word to come back");
            let answer = Answer::of(request).await;
            assert!(answer.status >= 300, "{path}: {}", answer.status);
            assert!(!answer.text.contains("a word to come back"), "{path}: {}", answer.text);
        }
    }
}

story! {
    async fn where_a_request_ends_is_never_in_doubt(app: TestApp) {
        let within = "GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n";
        let head = "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
        for (what, lines) in [
            ("two lengths", format!("Content-Length: 2\r\nContent-Length: {}\r\n\r\n{{}}{within}", 2 + within.len())),
            ("a length that is none", format!("Content-Length: +2\r\n\r\n{{}}{within}")),
            ("chunks, but not to the end", format!("Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n{within}")),
            ("a chunk of no length", format!("Transfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n{within}")),
        ] {
            let answer = raw(&app, &format!("{head}{lines}")).await;
            assert!(answer.starts_with("HTTP/1.1 4") || answer.is_empty(), "{what}: {answer}");
            assert!(!answer.contains("200 OK"), "{what}: the request within is none: {answer}");
        }
        // A length beside chunks does not count (RFC 9112, 6.3): what follows the last chunk is the next request, whatever the length says.
        let both = format!("{head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n");
        let answer = raw(&app, &both).await;
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{answer}");
        assert!(!answer.starts_with("HTTP/1.1 5"), "{answer}");
    }
}

/// The numbers of a ClientHello: the suites, and the versions of its extension 43 (RFC 8446, 4.1.2 and 4.2.1).
fn offered(hello: &[u8]) -> (Vec<u16>, Vec<u16>) {
    let number = |at: usize| usize::from(u16::from_be_bytes([hello[at], hello[at + 1]]));
    let numbers = |at: usize, length: usize| -> Vec<u16> {
        hello[at..at + length].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
    };
    // Five bytes of the record, four of the handshake, version, 32 random bytes.
    let mut at = 5 + 4 + 2 + 32;
    at += 1 + usize::from(hello[at]);
    let suites = numbers(at + 2, number(at));
    at += 2 + number(at);
    at += 1 + usize::from(hello[at]);
    let end = at + 2 + number(at);
    at += 2;
    while at < end {
        let (kind, length) = (number(at), number(at + 2));
        if kind == 43 {
            return (suites, numbers(at + 5, usize::from(hello[at + 4])));
        }
        at += 4 + length;
    }
    (suites, Vec::new())
}

story! {
    async fn only_new_tls_with_strong_ciphers_is_spoken(app: TestApp) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let mirror = format!("https://{}", listener.local_addr().expect("its address"));
        let app = app.restarted(&[("FETCH_MIRROR", &mirror)]).await;
        let ann = app.person("ann").await;
        let heard = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("it connects");
            let mut hello = vec![0; 5];
            stream.read_exact(&mut hello).await.expect("a record");
            let length = usize::from(u16::from_be_bytes([hello[3], hello[4]]));
            hello.resize(5 + length, 0);
            stream.read_exact(&mut hello[5..]).await.expect("its whole");
            hello
        });
        ann.post("/api/v1/jobs/import", json!({ "address": "https://boards.greenhouse.io/crumb" })).await.invalid("address");
        let (suites, versions) = offered(&heard.await.expect("a hello"));
        assert!(!versions.is_empty() && versions.iter().all(|version| [0x0303, 0x0304].contains(version)), "{versions:04x?}");
        // TLS 1.3's own, and of 1.2 those with ECDHE and an AEAD; 0x00ff says that renegotiation is safe and is no suite.
        let strong = [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02c, 0xc02f, 0xc030, 0xcca8, 0xcca9, 0x00ff];
        assert!(!suites.is_empty() && suites.iter().all(|suite| strong.contains(suite)), "{suites:04x?}");
        app.stopped().await;
    }
}

#[test]
fn every_part_comes_from_the_registries_with_its_checksum() {
    let lock = include_str!("../Cargo.lock");
    let own = [
        "career-copilot",
        "boards",
        "calendar",
        "duplicates",
        "inbox",
        "matching",
        "openings",
        "places",
        "posting",
        "priority",
        "searching",
        "sheets",
        "skills",
        "xtask",
    ];
    let mut foreign = 0;
    for package in lock.split("[[package]]").skip(1) {
        let value = |name: &str| {
            package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \"")?.strip_suffix('"'))
        };
        let name = value("name").expect("a name");
        match value("source") {
            None => assert!(own.contains(&name), "{name} comes from nowhere"),
            Some(source) => {
                assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
                assert_eq!(value("checksum").map(str::len), Some(64), "{name}");
                foreign += 1;
            }
        }
    }
    assert!(foreign > 300, "{foreign}");
    let lock: Value = serde_json::from_str(include_str!("../end2end/package-lock.json")).expect("JSON");
    for (path, package) in lock["packages"].as_object().expect("packages").iter().filter(|(path, _)| !path.is_empty()) {
        // Where none is named it is npm's own registry.
        let from = package["resolved"].as_str().unwrap_or("https://registry.npmjs.org/");
        assert!(from.starts_with("https://registry.npmjs.org/"), "{path}: {from}");
        assert!(package["integrity"].as_str().is_some_and(|sum| sum.starts_with("sha512-")), "{path}");
    }
}

story! {
    async fn what_is_said_twice_is_refused(app: TestApp) {
        let ann = app.person("ann").await;
        ann.get("/api/v1/jobs?page=1&page=2").await.status(400);
        let body = r#"{"company":"Acme Mills","company":"Crumb Systems","title":"Baker"}"#;
        let status = ann.send_text(Method::POST, "/api/v1/jobs", body).await.status;
        assert!(status == 400 || status == 422, "{status}");
        let mut browser = ann.browser().await;
        let status = browser.call("save_job", &[("company", "Acme"), ("company", "Crumb"), ("title", "Baker")]).await.status;
        assert!((400..500).contains(&status), "{status}");
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0);
    }
}

/// The values of an attribute's tags: each `<input` of a page, whole.
fn inputs(page: &str) -> impl Iterator<Item = &str> {
    page.match_indices("<input").map(|(at, _)| &page[at..at + page[at..].find('>').expect("its end")])
}

story! {
    async fn passwords_are_typed_behind_dots_by_whatever_helps(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let mut seen = 0;
        let mut look = |path: &str, page: &str| {
            for input in inputs(page).filter(|input| input.contains("password") || input.contains("autocomplete=\"one-time")) {
                if input.contains("type=\"hidden\"") {
                    continue;
                }
                let secret = input.contains("name=\"password\"") || input.contains("_password\"");
                if secret {
                    assert!(input.contains("type=\"password\""), "{path}: {input}");
                    assert!(
                        input.contains("autocomplete=\"current-password\"") || input.contains("autocomplete=\"new-password\""),
                        "{path}: {input}"
                    );
                    seen += 1;
                }
                for word in ["onpaste", "oncopy", "oncut", "ondrop", "readonly", "autocomplete=\"off\""] {
                    assert!(!input.contains(word), "{path}: {input}");
                }
            }
        };
        for path in ["/account", "/account/confirm", "/account/second-factor", "/account/data"] {
            look(path, &browser.open(path).await.page());
        }
        let mut stranger = app.browser();
        for path in ["/sign-in", "/sign-up", "/reset?token=x"] {
            look(path, &stranger.open(path).await.page());
        }
        assert!(seen >= 8, "{seen}");
    }
}

story! {
    async fn a_password_counts_exactly_as_typed(app: TestApp) {
        // Spaces at both ends, cases, and a letter that can be written in two ways.
        let typed = "  Ann L\u{ed}kes 長い walks  ";
        let body = json!({ "email": "ann@example.org", "password": typed, "name": "Ann" });
        app.anybody().post("/api/v1/auth/register", body).await.created();
        for other in [
            typed.trim(),
            typed.trim_start(),
            &typed.to_lowercase(),
            &typed.replace('\u{ed}', "i\u{301}"),
            &typed.replace("  Ann", " Ann"),
            &typed[..typed.len() - 1],
        ] {
            assert_eq!(crate::mail::login(&app, "ann@example.org", other).await, 401, "{other:?}");
        }
        assert_eq!(crate::mail::login(&app, "ann@example.org", typed).await, 200);
        let mut browser = app.browser();
        browser.call("sign_in", &[("email", "ann@example.org"), ("password", typed)]).await.ok();
    }
}

story! {
    async fn a_forgotten_password_leaves_the_second_factor(app: TestApp) {
        let (root, ann) = (app.person("root").await, app.person("ann").await);
        second_factor::set_up(&app, &ann, &mut ann.browser().await).await;
        forget(&app, &ann.email).await.ok();
        let (_, token) = newest(&app, &root, &ann.email, "reset", 1).await;
        let mut browser = app.browser();
        browser.call("reset_password", &[("token", &token), ("new_password", "ann likes longer walks")]).await.ok();
        browser.call("who_am_i", &[]).await.status(401);
        let fields = [("email", ann.email.as_str()), ("password", "ann likes longer walks")];
        assert_eq!(browser.submit("/sign-in", "sign_in", &fields).await.redirect(), "/sign-in/code");
        browser.call("who_am_i", &[]).await.status(401);
    }
}

/// The text of a file of the repository; empty when there is none.
fn text(path: &str) -> String {
    std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap_or_default()
}

/// The last file that these words name.
fn file_in(words: &str) -> Option<&str> {
    let words = words.split([' ', ',', ';', ':', '(', ')', '“']).map(|word| word.trim_end_matches('.'));
    words.rev().find(|word| [".rs", ".js", ".py"].iter().any(|ending| word.ends_with(ending)))
}

#[test]
fn the_tests_named_in_the_list_exist() {
    let mut named = 0;
    for row in include_str!("../docs/asvs.md").lines().filter(|line| line.starts_with("| V")) {
        let cells: Vec<&str> = row.split(" | ").collect();
        let [number, _, _, status, how] = cells[..] else { panic!("five columns: {row}") };
        assert!(["met", "not met", "does not apply"].contains(&status), "{row}");
        let shown = ["Test", "tests/", "othing to run"].iter().any(|word| how.contains(word));
        assert!(status != "met" || shown, "{number} names no test: {how}");
        // Names of functions are in back quotes, titles of browser tests in quotation marks, both after their file.
        let is_name = |text: &&str| {
            text.contains('_') && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        let mut file = "";
        for (at, part) in how.split('`').enumerate() {
            if at % 2 == 0 {
                file = file_in(part).unwrap_or(file);
            } else if is_name(&part) {
                let source = text(file);
                let is_there =
                    [format!("fn {part}("), format!("fn {part}<")].iter().any(|start| source.contains(start));
                assert!(is_there, "{number}: there is no {part} in {file:?}");
                named += 1;
            }
        }
        for (before, after) in how.match_indices(".test.js “").map(|(at, found)| how.split_at(at + found.len())) {
            let title = after.split('”').next().unwrap_or_default();
            let file = file_in(before).unwrap_or_default();
            assert!(text(file).contains(title), "{number}: there is no “{title}” in {file:?}");
        }
    }
    assert!(named > 200, "{named}");
}

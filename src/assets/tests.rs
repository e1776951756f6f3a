use super::*;

const SCRIPT: &str = "/pkg/app.0123456789abcdef.js";

fn assets() -> Assets {
    let form = |text: &'static str| Some(Bytes::from_static(text.as_bytes()));
    let files = [
        ("assets.json", [form(r#"{"app.js": "/pkg/app.0123456789abcdef.js"}"#), None, None]),
        ("parts.json", [form(r#"{"jobs": ["/pkg/0123456789abcdef/jobs.wasm"]}"#), None, None]),
        ("pkg/app.0123456789abcdef.js", [form("plain"), form("br"), form("gz")]),
        ("sw.js", [form("worker"), None, form("zipped")]),
        ("offline.html", [form("<p>"), None, None]),
        ("icon.svg", [form("<svg/>"), None, None]),
    ];
    Assets::of(files.into_iter().map(|(path, forms)| (path.to_string(), forms)))
}

fn ask(address: &str, headers: &[(HeaderName, &str)]) -> (StatusCode, HeaderMap) {
    let headers = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).expect("a value")));
    let response = respond(&assets(), address, &headers.collect());
    (response.status(), response.headers().clone())
}

#[test]
fn names_lead_to_addresses() {
    assert_eq!(assets().path("app.js"), Some(SCRIPT));
    assert_eq!(assets().path("app.css"), None);
    assert!(assets().get("/assets.json", "").is_none(), "the list itself is not served");
    assert_eq!(
        assets().parts(&["jobs", "nothing"]).into_iter().collect::<Vec<_>>(),
        ["/pkg/0123456789abcdef/jobs.wasm"]
    );
    assert!(assets().parts(&["nothing"]).is_empty());
}

#[test]
fn the_best_accepted_form_is_sent() {
    let form = |address: &str, accept: &str| {
        let asset = assets().get(address, accept).expect("a file");
        (asset.encoding, String::from_utf8(asset.bytes.to_vec()).expect("text"), asset.etag)
    };
    assert_eq!(form(SCRIPT, "gzip, deflate, br, zstd"), (Some("br"), "br".into(), "\"0123456789abcdef-br\"".into()));
    assert_eq!(form(SCRIPT, "gzip, br;q=0").0, Some("gzip"));
    assert_eq!(form(SCRIPT, ""), (None, "plain".into(), "\"0123456789abcdef\"".into()));
    assert_eq!(form("/sw.js", "br").0, None, "there is no such form");
}

#[test]
fn only_hashed_addresses_are_kept_for_ever() {
    let (status, headers) = ask(SCRIPT, &[]);
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(headers[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
    assert_eq!(headers[header::VARY], "accept-encoding");
    let (_, headers) = ask("/sw.js", &[]);
    assert_eq!(headers[header::CACHE_CONTROL], "no-cache");
    assert!(
        headers[header::CONTENT_SECURITY_POLICY].to_str().is_ok_and(|policy| policy.contains("connect-src 'self'"))
    );
    assert_eq!(ask("/icon.svg", &[]).1[header::CONTENT_TYPE], "image/svg+xml; charset=utf-8");
    assert_eq!(ask("/pkg/app.fedcba9876543210.js", &[]).0, StatusCode::NOT_FOUND);
}

#[test]
fn who_has_the_same_bytes_gets_none() {
    let br = (header::ACCEPT_ENCODING, "br");
    let (status, headers) = ask(SCRIPT, &[br.clone(), (header::IF_NONE_MATCH, "W/\"x\", \"0123456789abcdef-br\"")]);
    assert_eq!(status, StatusCode::NOT_MODIFIED);
    assert_eq!(headers[header::ETAG], "\"0123456789abcdef-br\"");
    assert!(!headers.contains_key(header::CONTENT_TYPE));
    let (status, _) = ask(SCRIPT, &[br, (header::IF_NONE_MATCH, "\"0123456789abcdef\"")]);
    assert_eq!(status, StatusCode::OK, "another form is other bytes");
}

#[test]
fn who_has_the_worker_keeps_its_policy() {
    let etag = ask("/sw.js", &[]).1[header::ETAG].to_str().unwrap_or_default().to_owned();
    let (status, headers) = ask("/sw.js", &[(header::IF_NONE_MATCH, etag.as_str())]);
    assert_eq!(status, StatusCode::NOT_MODIFIED);
    assert_eq!(headers[header::CONTENT_SECURITY_POLICY], ask("/sw.js", &[]).1[header::CONTENT_SECURITY_POLICY]);
}

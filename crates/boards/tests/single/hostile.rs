//! Foreign bytes: whatever they are, reading ends with an answer within bounds.

use super::finder;
use boards::single::{FIELDS, Found, board, of_answer, of_text};
use boards::{Finder, Format, limits};
use proptest::prelude::*;

fn bounded(found: &Found) {
    let posting = &found.posting;
    for label in [&posting.title, &posting.company, &posting.location] {
        assert!(label.chars().count() <= limits::LABEL_CHARS, "{label}");
        assert!(!label.contains(['\n', '\0']), "{label}");
    }
    assert!(posting.description.len() <= limits::DESCRIPTION_BYTES);
    assert!(posting.url.as_ref().is_none_or(|url| url.len() <= limits::URL_CHARS));
    for list in [&posting.tech_stack, &posting.responsibilities, &posting.requirements] {
        assert!(list.len() <= limits::ITEMS);
    }
    assert!(found.from.keys().all(|field| FIELDS.contains(field)));
    assert_eq!(found.from.len() + found.missing().len(), FIELDS.len());
}

fn read_all(bytes: &[u8], finder: &Finder) {
    let text = String::from_utf8_lossy(bytes);
    of_text(&text, finder).iter().for_each(bounded);
    for kind in [
        None,
        Some("text/html"),
        Some("application/json"),
        Some("text/plain; charset=shift_jis"),
        Some("text/xml; charset=utf-16"),
    ] {
        of_answer(bytes, kind, "https://example.org/1", finder).iter().for_each(bounded);
    }
    for format in [Format::Greenhouse, Format::Ashby, Format::Personio] {
        let address = "https://jobs.ashbyhq.com/acme/00000000-0000-4000-8000-000000000003";
        let mut request = board(address).expect("a posting");
        request.format = format;
        boards::single::of_board(&request, address, bytes, finder).iter().for_each(bounded);
    }
}

#[test]
fn damaged_and_huge_pages_end() {
    let finder = finder();
    let words = "<p>bread and butter ".repeat(3_000);
    for page in [
        "<div>".repeat(20_000),
        "</div>".repeat(20_000),
        "<div><p>x".repeat(15_000),
        "<a>".repeat(20_000) + &words,
        "<h1>".repeat(15_000) + "Baker",
        "<title>".to_owned() + &"x".repeat(300_000),
        "<meta property=og:title content='".to_owned() + &"y".repeat(300_000),
        "<script>".to_owned() + &words,
        "<nav>".to_owned() + &words,
        "<div class=cookie>".to_owned() + &words,
        "<div hidden>".to_owned() + &words,
        "<!--".to_owned() + &words,
        format!("<script type=application/ld+json>{}", "[".repeat(20_000)),
        format!("<script type=application/ld+json>{}</script>{words}", "{\"@graph\":".repeat(5_000)),
        format!(
            "<script type=application/ld+json>{{\"@type\":\"JobPosting\",\"title\":\"{}\"}}</script>{words}",
            "z".repeat(20_000)
        ),
        "Company: ".repeat(15_000),
        "Company:\n".repeat(15_000),
        "a at ".repeat(15_000),
        "https://".repeat(20_000),
        "\u{202e}\0\u{feff}".repeat(10_000),
        "é".repeat(150_000),
        words.clone() + "\0\u{1}\u{7f}",
    ] {
        read_all(page.as_bytes(), &finder);
    }
}

#[test]
fn markup_stays_text() {
    let html = "<h1>Baker &lt;script&gt;alert(1)&lt;/script&gt;</h1><main><p>You bake.</p><img src=x onerror=alert(1)><script>alert(2)</script>".to_owned()
        + &"<p>We bake bread for the whole town, and more bread.</p>".repeat(5);
    let found = of_answer(html.as_bytes(), Some("text/html"), "https://example.org/1", &finder()).expect("a page");
    assert!(
        !found.posting.description.contains("alert") && !found.posting.description.contains("onerror"),
        "{found:?}"
    );
    // What was escaped is text; pages escape it again.
    assert!(!found.posting.title.contains("</"), "{}", found.posting.title);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        read_all(&bytes, &finder());
    }

    #[test]
    fn any_text_ends(text in "\\PC{0,600}") {
        read_all(text.as_bytes(), &finder());
    }

    #[test]
    fn any_pieces_of_pages_end(pieces in prop::collection::vec(prop::sample::select(vec![
        "<div>", "</div>", "<main>", "</main>", "<h1>", "</h1>", "<title>", "</title>", "<a href=x>", "</a>", "<nav>", "</nav>", "<p>", "Baker at ", "Acme Mills", " in Berlin", " | ",
        "Company: ", "Standort:\n", "\n", "é", "ß", "İ", "<script type='application/ld+json'>", "{\"@type\":\"JobPosting\"", ",\"title\":\"x\"", "}", "</script>", "&lt;", "<meta property=og:title content='", "'>",
        " sucht ", " recrute un(e) ", "’", " hiring ", "<!--", "-->", "https://", "jobs.lever.co/x", " à ", "…", "\u{0}", " - ", " (", ")",
    ]), 0..60)) {
        read_all(pieces.concat().as_bytes(), &finder());
    }

    #[test]
    fn any_address_is_no_panic(address in "(https?://)?[a-z.]{0,20}(greenhouse.io|lever.co|ashbyhq.com|jobs.personio.de|bamboohr.com|workable.com)?/\\PC{0,80}") {
        board(&address);
    }
}

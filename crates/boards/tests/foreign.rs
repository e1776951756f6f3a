//! Foreign bytes: whatever they are, reading ends with an answer, in time, and within bounds.

use boards::{
    Finder, Format, address, dates, duplicate, html, level, limits, read, required_and_preferred, salary, sections,
    workplace,
};
use proptest::prelude::*;
use skills::Taxonomy;
use std::time::{Duration, Instant};

const FIXTURES: &[&[u8]] = &[
    include_bytes!("fixtures/greenhouse.json"),
    include_bytes!("fixtures/lever.json"),
    include_bytes!("fixtures/ashby.json"),
    include_bytes!("fixtures/workday_search.json"),
    include_bytes!("fixtures/workday_detail.json"),
    include_bytes!("fixtures/remotive.json"),
    include_bytes!("fixtures/arbeitnow.json"),
    include_bytes!("fixtures/remoteok.json"),
    include_bytes!("fixtures/jobicy.json"),
    include_bytes!("fixtures/himalayas.json"),
    include_bytes!("fixtures/adzuna.json"),
    include_bytes!("fixtures/usajobs.json"),
    include_bytes!("fixtures/smartrecruiters.json"),
    include_bytes!("fixtures/smartrecruiters_detail.json"),
    include_bytes!("fixtures/recruitee.json"),
    include_bytes!("fixtures/workable.json"),
    include_bytes!("fixtures/workable_detail.json"),
    include_bytes!("fixtures/personio.xml"),
    include_bytes!("fixtures/bamboohr.json"),
    include_bytes!("fixtures/bamboohr_detail.json"),
    include_bytes!("fixtures/weworkremotely.xml"),
    include_bytes!("fixtures/feed.xml"),
    include_bytes!("fixtures/atom.xml"),
    include_bytes!("fixtures/rdf.xml"),
    include_bytes!("fixtures/themuse.json"),
    include_bytes!("fixtures/hackernews.json"),
    include_bytes!("fixtures/hackernews_search.json"),
    include_bytes!("fixtures/hackernews_item.json"),
    include_bytes!("fixtures/linkedin.json"),
    include_bytes!("fixtures/linkedin_elements.json"),
    include_bytes!("fixtures/indeed.json"),
    include_bytes!("fixtures/glassdoor.json"),
    include_bytes!("fixtures/glassdoor_employers.json"),
    include_bytes!("fixtures/jobposting.html"),
    include_bytes!("fixtures/jobpostings.html"),
    include_bytes!("fixtures/table.csv"),
    include_bytes!("fixtures/own.json"),
];

fn finder() -> Finder {
    Finder::new(Taxonomy::builtin())
}

fn read_bounded(format: Format, data: &[u8]) {
    if let Ok(reading) = read(format, data, Some("Acme"), &finder()) {
        for posting in reading.postings() {
            assert!(!posting.title.is_empty() && !posting.company.is_empty());
            for label in [&posting.title, &posting.company, &posting.location] {
                assert!(label.chars().count() <= limits::LABEL_CHARS);
            }
            assert!(posting.description.len() <= limits::DESCRIPTION_BYTES);
            duplicate::same_key(posting);
        }
        for bad in reading.rejected() {
            assert!(!bad.reason.is_empty());
        }
    }
}

/// The words that the rules look for, so that random texts reach them.
fn wordy() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "$",
        "€",
        "£",
        "120",
        "150",
        "k",
        "K",
        "–",
        "-",
        "to",
        "per",
        "hour",
        "year",
        "/",
        "3",
        "5+",
        "years",
        "of",
        "experience",
        "Requirements",
        ":",
        "\n",
        "- ",
        "• ",
        "(",
        ")",
        "nice to have",
        "ä",
        "’",
        "USD",
        "EUR",
        ".",
        ",",
        "000",
        "remote",
        "days a week",
        "in the office",
        "Senior",
        "Lead",
        "<li>",
        "</li>",
        "<p>",
        "&lt;",
        "&amp;",
        "401(k)",
        "%",
        " ",
        "\u{a0}",
        "\u{200b}",
        "🙂",
        "I",
        "II",
        "(m/w/d)",
        "GS",
        "13",
        "LPA",
        "kr",
        "at least",
        "Location:",
        "\"",
        "salary",
    ]);
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

/// Elements that feeds have, with texts, attributes and each other inside.
fn element() -> impl Strategy<Value = String> {
    let name = || {
        prop::sample::select(vec![
            "item",
            "entry",
            "position",
            "title",
            "link",
            "name",
            "description",
            "content",
            "value",
            "author",
            "office",
            "jobDescriptions",
            "jobDescription",
            "pubDate",
            "id",
            "guid",
            "company",
        ])
    };
    let text = prop_oneof![
        wordy().prop_map(|text| text.replace('<', "&lt;")),
        Just("<![CDATA[<p>x</p>]]>".to_owned()),
        Just("&mine;&#0;&#x110000;&".to_owned()),
        Just(String::new()),
    ];
    let leaf =
        (name(), text).prop_map(|(name, text)| format!("<{name} href=\"https://a.example/?a=1&b\">{text}</{name}>"));
    leaf.prop_recursive(6, 40, 5, move |inner| {
        (name(), prop::collection::vec(inner, 0..5))
            .prop_map(|(name, inner)| format!("<{name}>{}</{name}>", inner.concat()))
    })
}

/// Any small piece of JSON, with the names that places, pay and employers have.
fn json() -> impl Strategy<Value = serde_json::Value> {
    let name = prop::sample::select(vec![
        "@type",
        "@graph",
        "address",
        "addressLocality",
        "addressCountry",
        "name",
        "value",
        "minValue",
        "currency",
        "unitText",
        "content",
        "offers",
        "result",
        "jobOpening",
        "jobs",
        "hits",
        "children",
        "results",
        "itemListElement",
    ]);
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<i64>().prop_map(Into::into),
        wordy().prop_map(Into::into),
        Just("JobPosting".into()),
        any::<bool>().prop_map(Into::into),
    ];
    leaf.prop_recursive(6, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::btree_map(name.clone(), inner, 0..5).prop_map(|fields| {
                fields
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(data in prop::collection::vec(any::<u8>(), 0..400), format in prop::sample::select(Format::ALL.to_vec())) {
        read_bounded(format, &data);
    }

    #[test]
    fn damaged_fixtures(
        which in 0..FIXTURES.len(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        end in any::<prop::sample::Index>(),
        shorten in any::<bool>(),
    ) {
        let mut data = FIXTURES[which].to_vec();
        for (at, byte) in cuts {
            let at = at.index(data.len());
            data[at] = byte;
        }
        if shorten {
            data.truncate(end.index(data.len()));
        }
        read_bounded(Format::Auto, &data);
    }

    #[test]
    fn fixtures_read_as_another_format(which in 0..FIXTURES.len(), format in prop::sample::select(Format::ALL.to_vec())) {
        read_bounded(format, FIXTURES[which]);
    }

    #[test]
    fn values_of_other_kinds(which in 0..FIXTURES.len(), at in any::<prop::sample::Index>(), to in 0..6_usize) {
        if let Ok(mut answer) = serde_json::from_slice::<serde_json::Value>(FIXTURES[which]) {
            let count = leaves(&mut answer, &mut usize::MAX.clone(), &serde_json::Value::Null);
            let values = [
                serde_json::json!(null), serde_json::json!(-1e308), serde_json::json!("x"), serde_json::json!([1, "y"]),
                serde_json::json!({"z": 1}), serde_json::json!(true),
            ];
            leaves(&mut answer, &mut at.index(count.max(1)), &values[to]);
            read_bounded(Format::Auto, answer.to_string().as_bytes());
        }
    }

    #[test]
    fn elements_of_any_kind(items in prop::collection::vec(element(), 0..6), format in prop::sample::select(Format::ALL.to_vec())) {
        let items = items.concat();
        for (before, after) in [
            ("<rss><channel>", "</channel></rss>"),
            ("<feed>", "</feed>"),
            ("<workzag-jobs>", "</workzag-jobs>"),
            ("<rdf:RDF>", "</rdf:RDF>"),
            ("<html>", "</html>"),
        ] {
            let text = format!("{before}{items}{after}");
            read_bounded(format, text.as_bytes());
            read_bounded(Format::Auto, text.as_bytes());
        }
    }

    #[test]
    fn data_of_pages_of_any_kind(text in wordy(), json in json()) {
        let posting = serde_json::json!({"@type": "JobPosting", "title": text, "hiringOrganization": json, "jobLocation": json,
            "applicantLocationRequirements": json, "baseSalary": json, "jobLocationType": json, "description": text, "qualifications": json});
        read_bounded(Format::WebPage, posting.to_string().as_bytes());
        read_bounded(Format::Auto, format!("<script type=\"application/ld+json\">{posting}</script>{text}").as_bytes());
        read_bounded(Format::Auto, json.to_string().as_bytes());
        for format in Format::ALL {
            read_bounded(format, serde_json::json!({"type": "comment", "id": 1, "text": text, "by": "ann"}).to_string().as_bytes());
        }
    }

    #[test]
    fn rules_on_wordy_text(text in wordy()) {
        html::to_text(&text);
        salary::parse(&text);
        salary::parse_long(&text, Some("CAD"));
        level::guess(&text, &text);
        level::stated(&text);
        workplace::of_text(&text);
        workplace::of_title(&text);
        dates::parse(&text);
        duplicate::link_key(&text);
        duplicate::title_key(&text);
        duplicate::company_key(&text);
        let _ = address::resolve(&text);
        sections::requirements(&sections::split(&text));
        sections::responsibilities(&sections::split(&text));
        let taxonomy = Taxonomy::builtin();
        let (required, preferred) = required_and_preferred(&text, &taxonomy);
        prop_assert!(preferred.iter().all(|skill| !required.contains(skill)));
    }

    #[test]
    fn rules_on_any_text(text in "\\PC{0,200}") {
        prop_assert!(html::to_text(&text).len() <= text.len().max(1) * 4);
        salary::parse(&text);
        level::guess(&text, &text);
        workplace::of_text(&text);
        dates::parse(&text);
        duplicate::title_key(&text);
        let _ = address::resolve(&text);
    }
}

/// Replaces the leaf with this number; returns how many leaves there are.
fn leaves(value: &mut serde_json::Value, left: &mut usize, with: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(items) => items.iter_mut().map(|item| leaves(item, left, with)).sum(),
        serde_json::Value::Object(fields) => fields.values_mut().map(|field| leaves(field, left, with)).sum(),
        leaf => {
            if *left == 0 {
                *leaf = with.clone();
            }
            *left = left.wrapping_sub(1);
            1
        }
    }
}

/// Texts made to be slow: each is read in a moment even unoptimised.
#[test]
fn hostile_texts_take_no_time() {
    let kilobytes = 200;
    for unit in [
        "$1 ",
        "$1-",
        "1,",
        "<div>",
        "<li>",
        "&lt;",
        "- \n",
        "years ",
        "5 years experience ",
        "(",
        "salary $",
        "a. ",
        "</p",
        "remote: \n",
        "days a week ",
        "Requirements:\n",
        "â€",
        "<svg>",
    ] {
        let text = unit.repeat(kilobytes * 1024 / unit.len());
        let row = serde_json::json!({"company": "Acme", "title": text, "location": text, "description": text, "salary": text});
        let start = Instant::now();
        read_bounded(Format::Json, row.to_string().as_bytes());
        assert!(start.elapsed() < Duration::from_secs(20), "{unit:?} took {:?}", start.elapsed());
    }
}

/// Markup made to be slow, deep or to grow when it is read.
#[test]
fn hostile_markup_takes_no_time() {
    let kilobytes = 200;
    let bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    for (before, unit) in [
        ("<rss>", "<a>"),
        ("<rss><channel><item><description>", "<b>"),
        ("<rss><channel><item><description>", "&b;"),
        ("<rss><channel>", "<item/>"),
        ("<rss><channel><item>", "<link a='&amp;'/>"),
        ("<rss ", "a='1' "),
        ("<rss><channel><item><title>", "x &"),
        ("<feed><entry><content>", "<p>x</p>"),
        ("<html>", "<script type=application/ld+json>"),
        ("<html>", "<script type=application/ld+json>{}</script>"),
        ("<html><script type=application/ld+json>", "["),
        ("<html>", "<link rel=canonical href=https://a.example>"),
        ("<!--", "-"),
        ("<?xml", " <"),
    ] {
        let text = format!("{bomb}{before}{}", unit.repeat(kilobytes * 1024 / unit.len()));
        let start = Instant::now();
        read_bounded(Format::Auto, text.as_bytes());
        read_bounded(Format::Feed, &text.as_bytes()[bomb.len()..]);
        assert!(start.elapsed() < Duration::from_secs(20), "{unit:?} took {:?}", start.elapsed());
    }
    let comment = "Acme | Engineer | ".repeat(10_000);
    let start = Instant::now();
    read_bounded(
        Format::HackerNews,
        serde_json::json!({"id": 1, "type": "comment", "text": comment}).to_string().as_bytes(),
    );
    assert!(start.elapsed() < Duration::from_secs(20), "a long first line took {:?}", start.elapsed());
}

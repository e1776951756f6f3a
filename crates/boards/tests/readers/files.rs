//! Tables and our own JSON, and what holds of every format.

use super::*;
use posting::{Level, Remote};

#[test]
fn csv() {
    let reading = reading(Format::Csv, include_bytes!("../fixtures/table.csv"), None);
    assert_eq!(reading.rows.len(), 5, "an empty line is no row");
    assert_eq!(
        *good(&reading, 0),
        Posting {
            company: "Acme Mills".into(),
            title: "Baker".into(),
            location: "Berlin, Germany".into(),
            remote: Some(Remote::Hybrid),
            description: "We bake.\n\nRequirements\n- Python".into(),
            tech_stack: vec!["Python".into(), "Sourdough magic".into()],
            requirements: vec!["Python".into()],
            salary: pay(48_000, 56_000, "EUR", Period::Year),
            source: "newsletter".into(),
            url: Some("https://example.org/jobs/1?utm_source=x".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: None,
            ..Posting::default()
        }
    );
    assert_eq!(bad(&reading, 1).to_string(), "Row 2 (Acme Mills): The title is missing (column “title”).");
    assert_eq!(bad(&reading, 2).to_string(), "Row 3 (Miller): The company is missing (column “company”).");
    assert_eq!(bad(&reading, 3).reason, "The column “date” holds “someday”, which is not a date.");
    assert_eq!(good(&reading, 4).title, "Short row");
    for table in ["title,company\nBaker,Acme\n", "Company\tRole\nAcme\tBaker", "Position|Firma\nBaker|Acme\n"] {
        let reading = read(Format::Auto, table.as_bytes(), None, &finder()).unwrap();
        assert_eq!(
            (good(&reading, 0).title.as_str(), good(&reading, 0).company.as_str()),
            ("Baker", "Acme"),
            "{table}"
        );
    }
    let only_titles = read(Format::Csv, b"title\nBaker\n", Some("Acme"), &finder()).unwrap();
    assert_eq!(good(&only_titles, 0).company, "Acme");
}

#[test]
fn own_json() {
    let reading = reading(Format::Json, include_bytes!("../fixtures/own.json"), None);
    let baker = good(&reading, 0);
    assert_eq!(
        *baker,
        Posting {
            company: "Acme Mills".into(),
            title: "Senior Baker".into(),
            location: "Berlin, Germany".into(),
            remote: Some(Remote::Hybrid),
            description: "We bake.".into(),
            tech_stack: vec!["Python".into(), "Sourdough magic".into()],
            responsibilities: vec!["Knead".into()],
            requirements: vec!["Patience".into()],
            experience_level: Some(Level::Lead),
            salary: pay(48_000, 56_000, "EUR", Period::Year),
            source: "newsletter".into(),
            url: Some("https://example.org/jobs/1".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: Some(day(2026, 4, 30)),
        }
    );
    let fields =
        ["title", "remote", "experience_level", "url", "date_posted", "salary.currency", "tech_stack", "company"];
    for (i, field) in fields.iter().enumerate() {
        assert!(bad(&reading, i + 1).reason.contains(field), "{field}: {}", bad(&reading, i + 1).reason);
    }
    assert_eq!(bad(&reading, 9).reason, "This row is text, not a posting.");
    let last = good(&reading, 10);
    assert_eq!((last.salary.clone(), last.remote), (pay(30_000, 32_000, "GBP", Period::Year), Some(Remote::Remote)));
    assert_eq!(last.source, "json");
}

#[test]
fn own_json_in_other_frames() {
    let one = r#"{"company": "Acme", "title": "Baker"}"#;
    for text in [
        one.to_owned(),
        format!("[{one}]"),
        format!(r#"{{"jobs": [{one}]}}"#),
        format!("{one}\n{one}\n"),
        format!("{one}\n{{damaged\n"),
        format!("\u{feff}  {one}"),
    ] {
        let reading = read(Format::Auto, text.as_bytes(), None, &finder()).unwrap();
        assert_eq!(reading.format, Format::Json, "{text}");
        assert_eq!(good(&reading, 0).title, "Baker");
    }
    let lines = read(Format::Json, format!("{one}\n{{damaged\n").as_bytes(), None, &finder()).unwrap();
    assert!(bad(&lines, 1).reason.contains("damaged"));
    assert_eq!(read(Format::Auto, b"[]", None, &finder()).unwrap().rows, []);
    assert_eq!(read(Format::Auto, br#"{"jobs": []}"#, None, &finder()).unwrap().rows, []);
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    for (format, data, says) in [
        (Format::Auto, "", "nothing in it"),
        (Format::Auto, "   \n", "nothing in it"),
        (Format::Auto, "<!doctype html><p>Jobs</p>", "web page"),
        (Format::Auto, "Hello, please hire me", "first line names the columns"),
        (Format::Auto, "{\"jobs\": [", "breaks off"),
        (Format::Auto, "[{\"a\": 1}]", "none of the known"),
        (Format::Auto, "[1, 2]", "none of the known"),
        (Format::Auto, "{\"title\": 1", "breaks off"),
        (Format::Greenhouse, "title,company\nBaker,Acme", "not JSON"),
        (Format::Greenhouse, "{\"postings\": []}", "“jobs”"),
        (Format::Greenhouse, "{\"jobs\": 5}", "“jobs”"),
        (Format::UsaJobs, "{}", "USAJOBS"),
        (Format::Csv, "a,b\n1,2", "first line must name"),
        (Format::Csv, "title\nBaker", "“company”"),
    ] {
        let refused = read(format, data.as_bytes(), None, &finder()).unwrap_err().to_string();
        assert!(refused.contains(says), "{data}: {refused}");
        assert!(refused.ends_with('.'), "{refused}");
    }
}

#[test]
fn fields_and_rows_are_bounded() {
    let long = "ä".repeat(200_000);
    let row = serde_json::json!({"company": long, "title": long, "location": long, "description": long});
    let reading = read(Format::Json, row.to_string().as_bytes(), None, &finder()).unwrap();
    let posting = good(&reading, 0);
    assert_eq!(posting.title.chars().count(), 300);
    assert_eq!(posting.company.chars().count(), 300);
    assert_eq!(posting.location.chars().count(), 300);
    assert!(posting.description.len() <= 100 * 1024);
    let many = format!("[{}{{\"title\":1}}]", "{\"title\":1},".repeat(20_000));
    let refused = read(Format::Json, many.as_bytes(), None, &finder()).unwrap_err().to_string();
    assert!(refused.contains("20001"), "{refused}");
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(read(Format::Auto, deep.as_bytes(), None, &finder()).is_err());
}

#[test]
fn formats_have_names() {
    for format in Format::ALL {
        assert_eq!(Format::parse(format.as_str()), Some(format));
    }
    assert_eq!(Format::parse("greenhouse "), None);
}

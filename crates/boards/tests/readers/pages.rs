//! Web pages that say their postings to machines.

use super::*;
use posting::{Level, Remote};

#[test]
fn a_page_with_a_posting() {
    let reading = reading(Format::WebPage, include_bytes!("../fixtures/jobposting.html"), None);
    assert_eq!(reading.rows.len(), 1);
    assert_eq!(
        *good(&reading, 0),
        Posting {
            company: "Acme Mills".into(),
            title: "Senior Baker & Miller".into(),
            location: "Lyon, France; Turin, Italy".into(),
            remote: None,
            description:
                "We mill.\n\nRequirements\n\n- Python for the oven\n\nResponsibilities\n\n- Knead dough\n- Run the mill"
                    .into(),
            tech_stack: vec!["Python".into()],
            responsibilities: vec!["Knead dough".into(), "Run the mill".into()],
            requirements: vec!["Python for the oven".into()],
            experience_level: Some(Level::Senior),
            salary: pay(4_000, 4_500, "EUR", Period::Month),
            source: "webpage".into(),
            url: Some("https://acme.example/jobs/1".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: Some(day(2026, 4, 30)),
        }
    );
}

#[test]
fn a_page_with_several() {
    let reading = reading(Format::WebPage, include_bytes!("../fixtures/jobpostings.html"), None);
    assert_eq!(reading.rows.len(), 4);
    let agent = good(&reading, 0);
    assert_eq!((agent.title.as_str(), agent.company.as_str()), ("Support Agent", "Acme Sound"));
    assert_eq!((agent.location.as_str(), agent.remote), ("Portugal; Spain", Some(Remote::Remote)));
    assert_eq!(
        (agent.salary.clone(), agent.description.as_str()),
        (pay(30_000, 30_000, "EUR", Period::Year), "You help people.")
    );
    assert_eq!(bad(&reading, 1).reason, "The field “title” is an object, not text.");
    assert_eq!(bad(&reading, 2).reason, "The company is missing; name it beside the file.");
    let waiter = good(&reading, 3);
    assert_eq!((waiter.title.as_str(), waiter.company.as_str()), ("Waiter", "Acme Inn"));
    assert_eq!((waiter.location.as_str(), waiter.salary.clone()), ("Dublin", pay(15, 15, "EUR", Period::Hour)));
    assert_eq!((waiter.tech_stack.as_slice(), waiter.url.as_deref()), (&["SQL".to_owned()][..], None));
}

#[test]
fn its_json_by_itself() {
    let one = r#"{"@context": "https://schema.org", "@type": "JobPosting", "title": "Baker", "hiringOrganization": {"name": "Acme"}}"#;
    for data in [one.to_owned(), format!("[{one}]"), format!(r#"{{"@graph": [{one}]}}"#)] {
        let reading = reading(Format::WebPage, data.as_bytes(), None);
        assert_eq!((good(&reading, 0).title.as_str(), good(&reading, 0).company.as_str()), ("Baker", "Acme"));
    }
}

#[test]
fn a_page_without_a_posting() {
    for page in [
        "<!doctype html><p>Jobs</p>",
        "<script type=\"application/ld+json\">{\"@type\": \"Organization\", \"name\": \"Acme\"}</script>",
        "<script type=\"application/ld+json\">{\"@type\": \"JobPosting\"",
        "<script>{\"@type\": \"JobPosting\", \"title\": \"Baker\"}</script>",
    ] {
        let refused = read(Format::Auto, page.as_bytes(), None, &finder()).unwrap_err().to_string();
        assert!(refused.starts_with("This is a web page, not a feed."), "{page}: {refused}");
    }
}

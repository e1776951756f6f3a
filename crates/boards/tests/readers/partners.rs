//! Boards that answer those who hold a key: LinkedIn, Indeed, Glassdoor.

use super::*;
use boards::{CompanyFacts, RolePay, facts};
use posting::Remote;

#[test]
fn linkedin() {
    let reading = reading(Format::LinkedIn, include_bytes!("../fixtures/linkedin.json"), None);
    let miller = good(&reading, 0);
    assert_eq!((miller.title.as_str(), miller.company.as_str()), ("Senior Miller", "Acme Mills"));
    assert_eq!((miller.location.as_str(), miller.date_posted), ("Berlin, Germany", Some(day(2026, 3, 1))));
    assert_eq!(miller.tech_stack, ["Python", "SQL"]);
    assert_eq!(miller.source, "linkedin");
    let designer = good(&reading, 1);
    assert_eq!((designer.remote, designer.date_posted), (Some(Remote::Remote), None), "there is no 31 February");
    assert_eq!(designer.url.as_deref(), Some("https://www.linkedin.com/jobs/view/900002"));
    assert_eq!(bad(&reading, 2).reason, "The field “position.title” is a number, not text.");
    assert_eq!(bad(&reading, 3).reason, "The title is missing (field “title”).");
    assert_eq!(reading.ids[0].as_deref(), Some("900001"));
}

#[test]
fn linkedin_in_the_newer_shape() {
    let reading = reading(Format::LinkedIn, include_bytes!("../fixtures/linkedin_elements.json"), None);
    let engineer = good(&reading, 0);
    assert_eq!((engineer.company.as_str(), engineer.remote), ("Acme Data", Some(Remote::Hybrid)));
    assert_eq!((engineer.description.as_str(), engineer.date_posted), ("You load data.", Some(day(2026, 3, 2))));
}

#[test]
fn indeed() {
    let reading = reading(Format::Indeed, include_bytes!("../fixtures/indeed.json"), None);
    let baker = good(&reading, 0);
    assert_eq!((baker.title.as_str(), baker.company.as_str()), ("Baker & Seller", "Acme Crumb"));
    assert_eq!((baker.description.as_str(), baker.date_posted), ("You bake bread and sell it.", Some(day(2026, 3, 2))));
    assert!(baker.location.starts_with("Leeds"), "{}", baker.location);
    let writer = good(&reading, 1);
    assert_eq!((writer.remote, writer.date_posted), (Some(Remote::Remote), None));
    assert_eq!(writer.url.as_deref(), Some("https://www.indeed.com/viewjob?jk=b1b2c3d4e5f60718"));
    assert_eq!(bad(&reading, 2).reason, "It is not open any more (field “expired”).");
    assert_eq!(bad(&reading, 3).reason, "The field “jobtitle” is a list, not text.");
    assert_eq!(bad(&reading, 4).reason, "The company is missing; name it beside the file.");
    assert_eq!(reading.ids[0].as_deref(), Some("a1b2c3d4e5f60718"));
}

#[test]
fn glassdoor() {
    let reading = reading(Format::Glassdoor, include_bytes!("../fixtures/glassdoor.json"), None);
    let carpenter = good(&reading, 0);
    assert_eq!((carpenter.company.as_str(), carpenter.location.as_str()), ("Acme Wood", "Austin, TX"));
    assert_eq!(carpenter.salary, pay(50_000, 60_000, "USD", Period::Year));
    let joiner = good(&reading, 1);
    assert_eq!(
        (joiner.remote, joiner.salary.clone()),
        (Some(Remote::Remote), None),
        "an estimate is not the employer’s word"
    );
    assert_eq!(bad(&reading, 2).reason, "The field “jobTitle” is an object, not text.");
}

#[test]
fn what_is_said_about_employers() {
    let all = facts(include_bytes!("../fixtures/glassdoor_employers.json")).unwrap();
    assert_eq!(
        all,
        [
            CompanyFacts {
                company: "Acme Wood".into(),
                rating: Some(3.5),
                reviews: 120,
                recommended: Some(67),
                salaries: vec![RolePay {
                    role: "Carpenter".into(),
                    salary: pay(48_000, 60_000, "USD", Period::Year).unwrap(),
                }],
                url: Some("https://www.glassdoor.com/Overview/acme-wood.htm".into()),
            },
            CompanyFacts { company: "Acme Toys".into(), ..CompanyFacts::default() },
        ]
    );
    let one = facts(br#"{"success":true,"response":{"jobTitle":"Baker","payCurrencyCode":"USD","payLow":30000,"payMedian":35000,"payHigh":40000}}"#);
    assert_eq!(one.unwrap()[0].salaries[0].salary, pay(30_000, 40_000, "USD", Period::Year).unwrap());
    for (data, says) in [
        (&b"{\"success\": true, \"resp"[..], "breaks off"),
        (b"{\"success\": false, \"status\": \"Access-Denied\"}", "refused the question: Access-Denied"),
        (b"{\"success\": true}", "no “response”"),
        (b"{\"success\": true, \"response\": {\"employers\": 5}}", "no list “employers”"),
        (b"[]", "no “response”"),
    ] {
        let refused = facts(data).unwrap_err().to_string();
        assert!(refused.contains(says), "{refused}");
    }
}

#[test]
fn empty_days_refusals_and_half_answers() {
    for (format, data) in [
        (Format::LinkedIn, r#"{"jobs": {"_total": 0}}"#),
        (Format::LinkedIn, r#"{"jobs": {"_total": 0, "values": []}}"#),
        (Format::LinkedIn, r#"{"elements": [], "paging": {"total": 0}}"#),
        (Format::Indeed, r#"{"version": 2, "totalResults": 0, "results": []}"#),
        (Format::Indeed, r#"{"version": 2, "totalResults": 0}"#),
        (Format::Glassdoor, r#"{"success": true, "response": {"totalRecordCount": 0}}"#),
        (Format::Glassdoor, r#"{"success": true, "response": {"totalRecordCount": 0, "jobListings": []}}"#),
        (Format::Adzuna, r#"{"count": 0, "results": []}"#),
        (Format::UsaJobs, r#"{"SearchResult": {"SearchResultCountAll": 0, "SearchResultItems": []}}"#),
    ] {
        assert_eq!(read(format, data.as_bytes(), None, &finder()).unwrap().rows.len(), 0, "{data}");
    }
    for (format, data, says) in [
        (
            Format::Indeed,
            r#"{"error": "Invalid publisher number provided."}"#,
            "Indeed refused the question: Invalid publisher",
        ),
        (
            Format::Glassdoor,
            r#"{"success": false, "status": "Access-Denied"}"#,
            "Glassdoor refused the question: Access-Denied",
        ),
        (Format::LinkedIn, r#"{"jobs": {"_total": 9}}"#, "does not look like an answer of LinkedIn"),
        (Format::LinkedIn, r#"{"jobs": {"_total": 9, "values": {"#, "breaks off"),
        (Format::Indeed, r#"{"totalResults": 9, "results": "many"}"#, "does not look like an answer of Indeed"),
        (
            Format::Glassdoor,
            r#"{"success": true, "response": {"jobListings": {}}}"#,
            "does not look like an answer of Glassdoor",
        ),
    ] {
        let refused = read(format, data.as_bytes(), None, &finder()).unwrap_err().to_string();
        assert!(refused.contains(says), "{data}: {refused}");
    }
}

//! Career pages that companies have at a board.

use super::*;
use boards::{address::resolve, read_board};
use posting::{Level, Remote};

/// Reads the answer to the request for this address.
fn answered(address: &str, data: &[u8]) -> Reading {
    read_board(&resolve(address).unwrap(), data, &finder()).unwrap()
}

#[test]
fn smartrecruiters() {
    let list = reading(Format::SmartRecruiters, include_bytes!("../fixtures/smartrecruiters.json"), None);
    let engineer = good(&list, 0);
    assert_eq!((engineer.title.as_str(), engineer.company.as_str()), ("Oven Engineer", "Acme Ovens"));
    assert_eq!((engineer.location.as_str(), engineer.remote), ("Kleindorf, Germany", Some(Remote::Hybrid)));
    assert_eq!(engineer.experience_level, Some(Level::Mid));
    assert_eq!(engineer.url.as_deref(), Some("https://jobs.smartrecruiters.com/AcmeOvens/744000000000001"));
    assert_eq!((engineer.date_posted, engineer.source.as_str()), (Some(day(2026, 3, 1)), "smartrecruiters"));
    let seller = good(&list, 1);
    assert_eq!((seller.location.as_str(), seller.remote), ("Lyon", Some(Remote::Remote)));
    assert_eq!(bad(&list, 2).reason, "The title is missing (field “name”).");

    let detail = reading(Format::SmartRecruiters, include_bytes!("../fixtures/smartrecruiters_detail.json"), None);
    let engineer = good(&detail, 0);
    assert_eq!(
        engineer.description,
        "Company Description\n\nWe build ovens.\n\nJob Description\n\n- Design ovens\n\nQualifications\n\n- C++ in anger"
    );
    assert_eq!(engineer.requirements, ["C++ in anger"]);
    assert_eq!((engineer.location.as_str(), engineer.remote), ("Kleindorf, Germany", None));
    assert_eq!(
        engineer.url.as_deref(),
        Some("https://jobs.smartrecruiters.com/AcmeOvens/744000000000001-oven-engineer")
    );
}

#[test]
fn recruitee() {
    let data = include_bytes!("../fixtures/recruitee.json");
    let reading = reading(Format::Recruitee, data, None);
    assert_eq!(
        *good(&reading, 0),
        Posting {
            company: "Acme Mills".into(),
            title: "Miller".into(),
            location: "Haarlem, Netherlands".into(),
            remote: Some(Remote::Hybrid),
            description: "We mill.\n\nRequirements\n\n- SQL every day".into(),
            tech_stack: vec!["SQL".into()],
            requirements: vec!["SQL every day".into()],
            experience_level: Some(Level::Mid),
            salary: pay(3_000, 3_600, "EUR", Period::Month),
            source: "recruitee".into(),
            url: Some("https://acmemills.recruitee.com/o/miller".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: Some(day(2026, 4, 30)),
            ..Posting::default()
        }
    );
    let seller = good(&reading, 1);
    assert_eq!((seller.location.as_str(), seller.remote), ("Lyon, France; Turin, Italy", Some(Remote::Remote)));
    assert_eq!(seller.salary, None);
    assert!(bad(&reading, 2).reason.contains("not published"));
    assert_eq!(bad(&reading, 3).reason, "The field “title” is a list, not text.");
    let all: serde_json::Value = serde_json::from_slice(data).unwrap();
    let one = serde_json::json!({ "offer": all["offers"][0] }).to_string();
    assert_eq!(good(&read(Format::Auto, one.as_bytes(), None, &finder()).unwrap(), 0), good(&reading, 0));
}

#[test]
fn workable() {
    let reading = reading(Format::Workable, include_bytes!("../fixtures/workable.json"), Some("somebody else"));
    let designer = good(&reading, 0);
    assert_eq!((designer.title.as_str(), designer.company.as_str()), ("Toy Designer", "Acme Toys"));
    assert_eq!((designer.location.as_str(), designer.remote), ("Athens, Attica, Greece", None));
    assert_eq!((designer.description.as_str(), designer.experience_level), ("You draw toys.", Some(Level::Mid)));
    assert_eq!(designer.url.as_deref(), Some("https://apply.workable.com/j/A1B2C3D4E5"));
    assert_eq!(designer.date_posted, Some(day(2026, 3, 1)));
    assert_eq!((good(&reading, 1).location.as_str(), good(&reading, 1).remote), ("Spain", Some(Remote::Remote)));
    assert_eq!(bad(&reading, 2).reason, "The title is missing (field “title”).");

    let detail = answered(
        "https://apply.workable.com/acme-toys/j/A1B2C3D4E5/",
        include_bytes!("../fixtures/workable_detail.json"),
    );
    let designer = good(&detail, 0);
    assert_eq!((designer.company.as_str(), designer.remote), ("Acme Toys", Some(Remote::Hybrid)));
    assert_eq!(designer.description, "You draw toys.\n\nRequirements\n\n- SQL\n\nBenefits\n\nToys.");
    assert_eq!(designer.url.as_deref(), Some("https://apply.workable.com/acme-toys/j/A1B2C3D4E5"));
    assert_eq!((designer.location.as_str(), designer.date_posted), ("Athens, Attica, Greece", Some(day(2026, 3, 1))));
}

#[test]
fn personio() {
    let data = include_bytes!("../fixtures/personio.xml");
    let reading = reading(Format::Personio, data, Some("https://muster.jobs.personio.de"));
    assert_eq!(
        *good(&reading, 0),
        Posting {
            company: "Bäckerei Muster GmbH".into(),
            title: "Bäcker & Konditor (m/w/d)".into(),
            location: "Berlin; Hamburg".into(),
            description: "Deine Aufgaben\n\n- Teig kneten\n- Backen\n\nDein Profil\n\n- Python für den Ofen".into(),
            tech_stack: vec!["Python".into()],
            responsibilities: vec!["Teig kneten".into(), "Backen".into()],
            requirements: vec!["Python für den Ofen".into()],
            experience_level: Some(Level::Entry),
            source: "personio".into(),
            url: Some("https://muster.jobs.personio.de/job/1001".into()),
            date_posted: Some(day(2026, 3, 1)),
            ..Posting::default()
        }
    );
    let seller = good(&reading, 1);
    assert_eq!((seller.company.as_str(), seller.remote), ("Muster", Some(Remote::Remote)));
    assert_eq!(seller.description, "Tasks\n\nYou sell bread.");
    assert_eq!(bad(&reading, 2).reason, "The title is missing (field “name”).");
    let nameless = read(Format::Auto, data, None, &finder()).unwrap();
    assert_eq!(bad(&nameless, 1).reason, "The company is missing; name it beside the file.");
    assert_eq!(answered("https://muster.jobs.personio.de/job/1002", data), reading);
}

#[test]
fn bamboohr() {
    let list = reading(
        Format::BambooHr,
        include_bytes!("../fixtures/bamboohr.json"),
        Some("https://acme-bridges.bamboohr.com/careers"),
    );
    let engineer = good(&list, 0);
    assert_eq!((engineer.title.as_str(), engineer.company.as_str()), ("Bridge Engineer", "Acme Bridges"));
    assert_eq!(
        (engineer.location.as_str(), engineer.remote),
        ("Rivertown, Oregon, United States", Some(Remote::Hybrid))
    );
    assert_eq!(engineer.url.as_deref(), Some("https://acme-bridges.bamboohr.com/careers/21"));
    let seller = good(&list, 1);
    assert_eq!((seller.location.as_str(), seller.remote), ("Toronto, Ontario, Canada", Some(Remote::Remote)));
    assert_eq!(bad(&list, 2).reason, "The field “jobOpeningName” is a number, not text.");

    let detail = reading(Format::BambooHr, include_bytes!("../fixtures/bamboohr_detail.json"), None);
    let engineer = good(&detail, 0);
    assert_eq!((engineer.company.as_str(), engineer.requirements.as_slice()), ("Acme", &["SQL".to_owned()][..]));
    assert_eq!(engineer.salary, pay(91_000, 104_000, "USD", Period::Year));
    assert_eq!((engineer.date_posted, engineer.experience_level), (Some(day(2026, 3, 1)), Some(Level::Lead)));
    assert_eq!(engineer.url.as_deref(), Some("https://acme.bamboohr.com/careers/21"));
}

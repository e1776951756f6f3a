//! The boards that were read first, and public feeds in JSON.

use super::*;
use posting::{Level, Remote};

#[test]
fn greenhouse() {
    let reading = reading(Format::Greenhouse, include_bytes!("../fixtures/greenhouse.json"), None);
    assert_eq!(reading.rows.len(), 4);
    assert_eq!(
        *good(&reading, 0),
        Posting {
            company: "Acme Mills".into(),
            title: "Senior Baker & Miller".into(),
            location: "Lyon, France; Remote".into(),
            remote: Some(Remote::Hybrid),
            description: "We mill & bake.\n\nWhat you'll do\n\n- Knead dough\n- Run the mill\n\nWhat you bring\n\n- Python for the oven control\n\nNice to have\n\n- Docker\n\nAnnual salary:\n\n€48,000—€56,000 EUR".into(),
            tech_stack: vec!["Python".into(), "Docker".into()],
            responsibilities: vec!["Knead dough".into(), "Run the mill".into()],
            requirements: vec!["Python for the oven control".into()],
            experience_level: Some(Level::Senior),
            salary: pay(48_000, 56_000, "EUR", Period::Year),
            source: "greenhouse".into(),
            url: Some("https://job-boards.greenhouse.io/acmemills/jobs/4100001?gh_jid=4100001".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: None,
        }
    );
    assert_eq!(bad(&reading, 1).reason, "The title is missing (field “title”).");
    let night = good(&reading, 2);
    assert_eq!((night.company.as_str(), night.location.as_str(), night.remote), ("Acmemills", "Dublin", None));
    assert_eq!(night.salary, pay(15, 18, "EUR", Period::Hour));
    assert_eq!(bad(&reading, 3).reason, "The field “title” is an object, not text.");
    assert_eq!(bad(&reading, 3).to_string(), "Row 4 (Acme Mills): The field “title” is an object, not text.");
}

#[test]
fn lever() {
    let reading = reading(Format::Lever, include_bytes!("../fixtures/lever.json"), None);
    assert_eq!(
        *good(&reading, 0),
        Posting {
            company: "Acme Ovens".into(),
            title: "Oven Engineer II".into(),
            location: "Kleindorf, Germany".into(),
            remote: Some(Remote::Onsite),
            description: "The ovens\n\nWe build ovens.\n\nWhat you'll do\n\n- Design ovens\n- Test ovens\n\nWhat we look for\n\n- C++ in anger\n\nApply soon.".into(),
            tech_stack: vec!["C++".into()],
            responsibilities: vec!["Design ovens".into(), "Test ovens".into()],
            requirements: vec!["C++ in anger".into()],
            experience_level: Some(Level::Mid),
            salary: pay(60_000, 72_000, "EUR", Period::Year),
            source: "lever".into(),
            url: Some("https://jobs.lever.co/acme-ovens/00000000-0000-4000-8000-000000000001".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: None,
        }
    );
    let seller = good(&reading, 1);
    assert_eq!(seller.location, "Remote - Spain; Lisbon, Portugal");
    assert_eq!(seller.remote, Some(Remote::Remote));
    assert_eq!(seller.description, "You sell ovens.\n\n- By phone\n- By mail");
    assert_eq!(seller.salary, pay(2_000, 2_400, "EUR", Period::Month));
    let named =
        read(Format::Lever, include_bytes!("../fixtures/lever.json"), Some("ACME Ovens SE"), &finder()).unwrap();
    assert_eq!(good(&named, 0).company, "ACME Ovens SE");
}

#[test]
fn ashby() {
    let reading = reading(Format::Ashby, include_bytes!("../fixtures/ashby.json"), None);
    assert_eq!(
        *good(&reading, 0),
        Posting {
            company: "Acme Toys".into(),
            title: "Staff Designer".into(),
            location: "Toronto, ON; Remote (Canada)".into(),
            remote: Some(Remote::Hybrid),
            description: "About\n\nWe make toys.\n\nResponsibilities\n\n- Draw toys\n\nRequirements\n\n- SQL every day"
                .into(),
            tech_stack: vec!["SQL".into()],
            responsibilities: vec!["Draw toys".into()],
            requirements: vec!["SQL every day".into()],
            experience_level: Some(Level::Lead),
            salary: pay(110_000, 130_000, "CAD", Period::Year),
            source: "ashby".into(),
            url: Some("https://jobs.ashbyhq.com/acme-toys/00000000-0000-4000-8000-000000000003".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: None,
        }
    );
    let tester = good(&reading, 1);
    assert_eq!((tester.location.as_str(), tester.remote), ("Leeds", None));
    assert_eq!(tester.description, "You test toys.\n\n- Carefully\n- With joy");
    assert_eq!(tester.salary, pay(13, 13, "GBP", Period::Hour));
    assert!(bad(&reading, 2).reason.contains("isListed"));
    assert_eq!(bad(&reading, 2).label.as_deref(), Some("Old Toy Tester"));
}

#[test]
fn workday() {
    let data = include_bytes!("../fixtures/workday_search.json");
    let nameless = read(Format::Auto, data, None, &finder()).unwrap_err();
    assert!(nameless.to_string().contains("does not name the company"), "{nameless}");
    let hits = reading(Format::Workday, data, Some("https://acme.wd5.myworkdayjobs.com/en-US/Careers"));
    let hit = good(&hits, 0);
    assert_eq!((hit.company.as_str(), hit.title.as_str()), ("Acme", "Bridge Engineer"));
    assert_eq!(hit.location, "Rivertown, OR, USA");
    assert_eq!(hit.date_posted, Some(day(2026, 3, 7)));
    assert_eq!(
        hit.url.as_deref(),
        Some("https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/USA-OR-Rivertown/Bridge-Engineer_R1")
    );
    let hit = good(&hits, 1);
    assert_eq!(
        (hit.location.as_str(), hit.remote, hit.date_posted),
        ("Kleindorf, Germany", Some(Remote::Hybrid), None)
    );
    assert_eq!(bad(&hits, 2).reason, "The title is missing (field “title”).");

    let detail = reading(Format::Workday, include_bytes!("../fixtures/workday_detail.json"), None);
    assert_eq!(
        *good(&detail, 0),
        Posting {
            company: "Acme Bridges, Inc.".into(),
            title: "Bridge Engineer III".into(),
            location: "Rivertown, OR, USA".into(),
            remote: Some(Remote::Onsite),
            description: "We build bridges.\n\nDuties:\n\n- Draw bridges\n\nQualifications\n\n- SQL\n\nTelecommuting Options:\n\nOnsite\n\nThe likely salary range for this position is $91,000 - $104,000.".into(),
            tech_stack: vec!["SQL".into()],
            responsibilities: vec!["Draw bridges".into()],
            requirements: vec!["SQL".into()],
            experience_level: Some(Level::Senior),
            salary: pay(91_000, 104_000, "USD", Period::Year),
            source: "workday".into(),
            url: Some("https://acme.wd5.myworkdayjobs.com/Careers/job/USA-OR-Rivertown/Bridge-Engineer_R1".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: None,
        }
    );
}

#[test]
fn remotive() {
    let reading = reading(Format::Remotive, include_bytes!("../fixtures/remotive.json"), None);
    assert_eq!(
        *good(&reading, 0),
        Posting {
            company: "Acme Press".into(),
            title: "Editor".into(),
            location: "Americas, Europe".into(),
            remote: Some(Remote::Remote),
            description: "You edit books.".into(),
            tech_stack: vec!["Python".into()],
            salary: pay(31_200, 52_000, "USD", Period::Year),
            source: "remotive".into(),
            url: Some("https://remotive.com/remote-jobs/writing/editor-1".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: None,
            ..Posting::default()
        }
    );
    let typesetter = good(&reading, 1);
    assert_eq!((typesetter.salary.as_ref(), typesetter.url.as_deref(), typesetter.date_posted), (None, None, None));
    assert_eq!(typesetter.location, "");
}

#[test]
fn arbeitnow() {
    let reading = reading(Format::Arbeitnow, include_bytes!("../fixtures/arbeitnow.json"), None);
    assert_eq!(
        *good(&reading, 0),
        Posting {
            company: "Bäckerei Muster GmbH".into(),
            title: "Bäcker (m/w/d)".into(),
            location: "Musterdorf".into(),
            remote: None,
            description: "Wir backen.\n\nAufgaben\n\n- Teig kneten\n\nQualifikation\n\n- Drei Jahre Berufserfahrung"
                .into(),
            responsibilities: vec!["Teig kneten".into()],
            requirements: vec!["Drei Jahre Berufserfahrung".into()],
            experience_level: Some(Level::Mid),
            source: "arbeitnow".into(),
            url: Some("https://www.arbeitnow.com/jobs/companies/baeckerei-muster-gmbh/baecker-1".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: None,
            ..Posting::default()
        }
    );
    assert_eq!(good(&reading, 1).remote, Some(Remote::Remote));
}

#[test]
fn remoteok() {
    let reading = reading(Format::RemoteOk, include_bytes!("../fixtures/remoteok.json"), None);
    assert_eq!(reading.rows.len(), 2, "the legal notice is no posting");
    assert_eq!(
        *good(&reading, 0),
        Posting {
            company: "Acme Gardens".into(),
            title: "Garden Planner".into(),
            location: "Worldwide".into(),
            remote: Some(Remote::Remote),
            description: "You plan gardens. We’re a small team.".into(),
            salary: pay(40_000, 50_000, "USD", Period::Year),
            source: "remoteok".into(),
            url: Some("https://remoteok.com/remote-jobs/remote-gardener-1".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: None,
            tech_stack: good(&reading, 0).tech_stack.clone(),
            ..Posting::default()
        }
    );
    assert!(!good(&reading, 0).tech_stack.contains(&"Python".to_owned()), "guessed tags are not taken");
    let shop = good(&reading, 1);
    assert_eq!((shop.location.as_str(), shop.remote, shop.salary.as_ref()), ("Kleindorf", None, None));
}

#[test]
fn jobicy() {
    let reading = reading(Format::Jobicy, include_bytes!("../fixtures/jobicy.json"), None);
    let nurse = good(&reading, 0);
    assert_eq!((nurse.title.as_str(), nurse.company.as_str()), ("Nurse – Night & Day", "Acme Care"));
    assert_eq!((nurse.location.as_str(), nurse.remote), ("UK, USA", Some(Remote::Remote)));
    assert_eq!(nurse.description, "You care for people.");
    assert_eq!(nurse.experience_level, Some(Level::Mid));
    assert_eq!(nurse.salary, pay(38_000, 42_000, "GBP", Period::Year));
    assert_eq!(nurse.date_posted, Some(day(2026, 3, 1)));
    assert_eq!(nurse.url.as_deref(), Some("https://jobicy.com/jobs/1-nurse"));
    let head = good(&reading, 1);
    assert_eq!((head.experience_level, head.description.as_str()), (Some(Level::Executive), "You lead care…"));
}

#[test]
fn himalayas() {
    let reading = reading(Format::Himalayas, include_bytes!("../fixtures/himalayas.json"), None);
    let engineer = good(&reading, 0);
    assert_eq!((engineer.title.as_str(), engineer.company.as_str()), ("Sound Engineer", "ACME Sound"));
    assert_eq!((engineer.location.as_str(), engineer.remote), ("India; Nepal", Some(Remote::Remote)));
    assert_eq!(engineer.description, "ACME Sound mixes.");
    assert_eq!(engineer.experience_level, Some(Level::Mid));
    assert_eq!(engineer.salary, pay(14, 18, "USD", Period::Hour));
    assert_eq!(engineer.date_posted, Some(day(2026, 3, 1)));
    let mixer = good(&reading, 1);
    assert_eq!((mixer.location.as_str(), mixer.salary.as_ref(), mixer.experience_level), ("Worldwide", None, None));
    assert_eq!((mixer.company.as_str(), mixer.description.as_str()), ("Acme Sound", "You mix."));
    assert_eq!(mixer.url.as_deref(), Some("https://himalayas.app/companies/acme-sound/jobs/mixer"));
}

#[test]
fn adzuna() {
    let reading = reading(Format::Adzuna, include_bytes!("../fixtures/adzuna.json"), None);
    let carpenter = good(&reading, 0);
    assert_eq!((carpenter.title.as_str(), carpenter.company.as_str()), ("Senior Carpenter", "Acme Wood"));
    assert_eq!((carpenter.location.as_str(), carpenter.remote), ("Riverside, Oregon, US", Some(Remote::Hybrid)));
    assert_eq!(carpenter.salary, pay(65_389, 76_975, "USD", Period::Year));
    assert_eq!(carpenter.experience_level, Some(Level::Senior));
    assert_eq!(carpenter.date_posted, Some(day(2026, 3, 1)));
    assert_eq!(carpenter.url.as_deref(), Some("https://www.adzuna.com/details/1?utm_medium=api&utm_source=x"));
    let joiner = good(&reading, 1);
    assert_eq!(
        (joiner.location.as_str(), joiner.salary.as_ref()),
        ("UK", None),
        "an estimate is not the employer's word"
    );
}

#[test]
fn usajobs() {
    let reading = reading(Format::UsaJobs, include_bytes!("../fixtures/usajobs.json"), None);
    let ranger = good(&reading, 0);
    assert_eq!(ranger.company, "Office of Invented Parks");
    assert_eq!((ranger.location.as_str(), ranger.remote), ("Portland, Oregon; Boise, Idaho", None));
    assert_eq!(ranger.salary, pay(61_000, 79_000, "USD", Period::Year));
    assert_eq!(ranger.url.as_deref(), Some("https://www.usajobs.gov/job/1"));
    assert_eq!(ranger.experience_level, Some(Level::Mid));
    assert_eq!(ranger.responsibilities, ["Walk the park", "Guide visitors"]);
    assert_eq!(ranger.requirements, ["One year of experience in parks."]);
    assert_eq!((ranger.date_posted, ranger.closes_on), (Some(day(2026, 3, 1)), Some(day(2026, 4, 30))));
    let analyst = good(&reading, 1);
    assert_eq!((analyst.company.as_str(), analyst.remote), ("Department of Invention", Some(Remote::Remote)));
    assert_eq!(analyst.salary, pay(26, 30, "USD", Period::Hour));
}

//! Feeds in XML, and public boards that are young here.

use super::*;
use posting::{Level, Remote};

#[test]
fn we_work_remotely() {
    let data = include_bytes!("../fixtures/weworkremotely.xml");
    let reading = reading(Format::WeWorkRemotely, data, None);
    assert_eq!(
        *good(&reading, 0),
        Posting {
            company: "Acme Sound".into(),
            title: "Sound Engineer: Night".into(),
            location: "Anywhere in the World".into(),
            remote: Some(Remote::Remote),
            description: "Headquarters: Lyon\n\nYou mix & master.".into(),
            tech_stack: vec!["Python".into()],
            source: "weworkremotely".into(),
            url: Some("https://weworkremotely.com/remote-jobs/acme-sound-sound-engineer?a=1&b=2".into()),
            date_posted: Some(day(2026, 3, 1)),
            closes_on: Some(day(2026, 4, 30)),
            ..Posting::default()
        }
    );
    assert_eq!(bad(&reading, 1).reason, "The field “title” does not read “Company: Title”.");
    assert_eq!(read(Format::Feed, data, None, &finder()).unwrap().format, Format::Feed, "it is a feed, too");
}

#[test]
fn rss_of_anybody() {
    let reading = reading(Format::Feed, include_bytes!("../fixtures/feed.xml"), None);
    let baker = good(&reading, 0);
    assert_eq!((baker.title.as_str(), baker.company.as_str()), ("Baker", "Acme Mills"));
    assert_eq!((baker.location.as_str(), baker.date_posted), ("Lyon, France", Some(day(2026, 3, 1))));
    assert_eq!(baker.description, "We bake.\n\n- Knead & bake");
    assert_eq!((baker.url.as_deref(), baker.source.as_str()), (Some("https://valley.example/jobs/1"), "feed"));
    let designer = good(&reading, 1);
    assert_eq!((designer.title.as_str(), designer.company.as_str()), ("Toy Designer", "Acme Toys"));
    assert_eq!(designer.description, "You draw &mine; &file; toys.", "entities of the document stay as they are");
    assert_eq!(
        (designer.url.as_deref(), designer.date_posted),
        (Some("https://valley.example/jobs/2"), Some(day(2026, 3, 2)))
    );
    assert_eq!((good(&reading, 2).title.as_str(), good(&reading, 2).company.as_str()), ("Night Shift", "Acme Press"));
    let miller = good(&reading, 3);
    assert_eq!((miller.company.as_str(), miller.location.as_str()), ("Acme Mills SE", "Turin, Italy"));
    assert_eq!(miller.salary, pay(30_000, 36_000, "EUR", Period::Year));
    assert_eq!(
        bad(&reading, 4).reason,
        "The feed does not say whose posting this is; name the company beside the file."
    );
    assert_eq!(bad(&reading, 5).reason, "The title is missing (field “title”).");
    assert_eq!(bad(&reading, 6).reason, "The field “title” is a list, not text.");
    let named = read(Format::Feed, include_bytes!("../fixtures/feed.xml"), Some("Acme Inn"), &finder()).unwrap();
    assert_eq!((good(&named, 0).company.as_str(), good(&named, 4).company.as_str()), ("Acme Mills", "Acme Inn"));
}

#[test]
fn atom_and_the_first_rss() {
    let atom = reading(Format::Feed, include_bytes!("../fixtures/atom.xml"), None);
    let seller = good(&atom, 0);
    assert_eq!((seller.title.as_str(), seller.company.as_str()), ("Seller & Buyer", "Acme Shops"));
    assert_eq!(seller.description, "You sell <much>.\n\n- By phone");
    assert_eq!(
        (seller.url.as_deref(), seller.date_posted),
        (Some("https://acme.example/jobs/1"), Some(day(2026, 3, 1)))
    );
    let rdf = reading(Format::Feed, include_bytes!("../fixtures/rdf.xml"), None);
    let cook = good(&rdf, 0);
    assert_eq!((cook.title.as_str(), cook.company.as_str()), ("Cook", "Acme Inn"));
    assert_eq!((cook.url.as_deref(), cook.date_posted), (Some("https://valley.example/jobs/1"), Some(day(2026, 3, 1))));
}

#[test]
fn xml_that_is_no_feed_is_refused_in_words() {
    let deep = format!("<rss>{}", "<a>".repeat(100));
    let many = format!("<rss><channel>{}</channel></rss>", "<item/>".repeat(20_001));
    for (format, data, says) in [
        (Format::Auto, "<rss><channel><item><title>Ba", "breaks off or is damaged"),
        (Format::Feed, "<rss></channel></rss>", "breaks off or is damaged"),
        (Format::Auto, deep.as_str(), "deeper than any feed"),
        (Format::Auto, many.as_str(), "20001"),
        (Format::Feed, "<html><p>Jobs</p></html>", "not XML as RSS or Atom answers in"),
        (Format::Personio, "<rss><channel/></rss>", "not XML as Personio answers in"),
        (Format::Personio, "{\"jobs\": []}", "Personio answers in XML"),
        (Format::WebPage, "<rss><channel/></rss>", "web page"),
        (Format::WebPage, "{\"@type\": \"Person\"}", "JobPosting"),
        (Format::HackerNews, "{\"type\": \"story\", \"kids\": [1]}", "thread’s address"),
    ] {
        let refused = read(format, data.as_bytes(), None, &finder()).unwrap_err().to_string();
        assert!(refused.contains(says) && refused.ends_with('.'), "{data:.60}: {refused}");
    }
    assert_eq!(read(Format::Auto, b"<rss><channel></channel></rss>", None, &finder()).unwrap().rows, []);
}

#[test]
fn titles_name_a_company_only_where_it_is_plain() {
    for (title, read_as) in [
        ("Senior Rust Engineer at Acme Mills", Some(("Senior Rust Engineer", "Acme Mills"))),
        ("Work at Home Nurse at Acme Care (Remote)", Some(("Work at Home Nurse", "Acme Care"))),
        ("Data Engineer @ Acme", Some(("Data Engineer", "Acme"))),
        ("Acme Mills: Head of Sales", Some(("Head of Sales", "Acme Mills"))),
        ("Berlin: Backend Developer", None),
        ("Software Engineer: Payments", None),
        ("Hiring: Baker", None),
        ("Acme Mills - Baker", None),
        ("Work at home", None),
    ] {
        let text = format!("<rss><channel><item><title>{title}</title></item></channel></rss>");
        let reading = read(Format::Auto, text.as_bytes(), None, &finder()).unwrap();
        let row = reading.rows[0].as_ref().ok().map(|posting| (posting.title.as_str(), posting.company.as_str()));
        assert_eq!(row, read_as, "{title}");
    }
}

#[test]
fn first_lines_in_other_orders() {
    for (line, read_as) in [
        (
            "Acme | Backend Engineer | Remote (US, Canada) | Full-time | $150k-$190k + equity",
            Some(("Backend Engineer", "Remote (US, Canada)", Some(Remote::Remote), true)),
        ),
        (
            "Acme | San Francisco, CA | ONSITE | Full-Time | Founding Engineer",
            Some(("Founding Engineer", "San Francisco, CA", Some(Remote::Onsite), false)),
        ),
        (
            "Acme | Berlin | Hybrid | Visa sponsorship | Product Manager | acme.example",
            Some(("Product Manager", "Berlin", Some(Remote::Hybrid), false)),
        ),
        ("Acme | Stockholm, Sweden | C++ wizard", Some(("C++ wizard", "Stockholm, Sweden", None, false))),
        ("Remote | Acme | Engineer", None),
        ("Acme | Full-time | Remote", None),
    ] {
        let item = serde_json::json!({"id": 1, "type": "comment", "by": "ann", "text": format!("{line}<p>We build.")});
        let reading = read(Format::Auto, item.to_string().as_bytes(), None, &finder()).unwrap();
        let row = reading.rows[0].as_ref().ok();
        let row = row.map(|one| (one.title.as_str(), one.location.as_str(), one.remote, one.salary.is_some()));
        assert_eq!(row, read_as, "{line}");
    }
}

#[test]
fn the_muse() {
    let reading = reading(Format::TheMuse, include_bytes!("../fixtures/themuse.json"), None);
    let editor = good(&reading, 0);
    assert_eq!((editor.title.as_str(), editor.company.as_str()), ("Editor", "Acme Press"));
    assert_eq!((editor.location.as_str(), editor.remote), ("Boston, MA", Some(Remote::Hybrid)));
    assert_eq!(
        (editor.description.as_str(), editor.experience_level),
        ("You edit books.\n\n- Python helps", Some(Level::Mid))
    );
    assert_eq!(editor.url.as_deref(), Some("https://www.themuse.com/jobs/acmepress/editor-1"));
    assert_eq!(editor.date_posted, Some(day(2026, 3, 1)));
    assert_eq!((good(&reading, 1).location.as_str(), good(&reading, 1).remote), ("", Some(Remote::Remote)));
    assert_eq!(bad(&reading, 2).reason, "The company is missing; name it beside the file.");
}

#[test]
fn who_is_hiring() {
    let thread = reading(Format::HackerNews, include_bytes!("../fixtures/hackernews.json"), None);
    assert_eq!(thread.rows.len(), 3, "replies, questions and what was taken back are no postings");
    let engineer = good(&thread, 0);
    assert_eq!((engineer.title.as_str(), engineer.company.as_str()), ("Senior Software Engineer", "Acme Mills"));
    assert_eq!(engineer.location, "Berlin, Germany; REMOTE (Europe) or ONSITE");
    assert_eq!(
        (engineer.remote, engineer.salary.clone()),
        (Some(Remote::Hybrid), pay(70_000, 90_000, "EUR", Period::Year))
    );
    assert!(engineer.description.ends_with("We mill. You know Python.\n\nApply: jobs at acme.example"));
    assert_eq!(engineer.url.as_deref(), Some("https://news.ycombinator.com/item?id=9001"));
    assert_eq!((engineer.date_posted, engineer.source.as_str()), (Some(day(2026, 3, 2)), "hackernews"));
    let toys = good(&thread, 1);
    assert_eq!((toys.title.as_str(), toys.company.as_str()), ("Multiple roles", "Acme Toys"));
    assert_eq!((toys.location.as_str(), toys.remote), ("Toronto, Canada", Some(Remote::Onsite)));
    assert_eq!(bad(&thread, 2).reason, "The first line of the comment names no role (field “text”).");

    let search = reading(Format::HackerNews, include_bytes!("../fixtures/hackernews_search.json"), None);
    assert_eq!(search.rows.len(), 2, "two roles in one comment");
    let engineer = good(&search, 0);
    assert_eq!((engineer.title.as_str(), engineer.location.as_str()), ("Data Engineer", "Lyon, France"));
    assert_eq!(engineer.remote, Some(Remote::Hybrid));

    let item = reading(Format::HackerNews, include_bytes!("../fixtures/hackernews_item.json"), None);
    let baker = good(&item, 0);
    assert_eq!(
        (baker.title.as_str(), baker.remote, baker.date_posted),
        ("Baker", Some(Remote::Onsite), Some(day(2026, 3, 2)))
    );
}

//! Sources that are looked at again and again: their addresses, their pages, what they call their rows.

use boards::address::{Query, about_company, ask, detail, guesses, hackernews_item, place, visit};
use boards::{Finder, Format, about, comments, newest_thread, read};
use posting::Posting;
use skills::Taxonomy;

fn finder() -> Finder {
    Finder::new(Taxonomy::builtin())
}

#[test]
fn however_it_is_written_a_source_has_one_address() {
    for (pasted, format, address) in [
        ("boards.greenhouse.io/acme", Format::Greenhouse, "https://boards.greenhouse.io/acme"),
        (
            "https://job-boards.greenhouse.io/acme/jobs/1?gh_src=x",
            Format::Greenhouse,
            "https://boards.greenhouse.io/acme",
        ),
        (
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs",
            Format::Greenhouse,
            "https://boards.greenhouse.io/acme",
        ),
        (
            "https://jobs.lever.co/acme/11111111-2222-3333-4444-555555555555",
            Format::Lever,
            "https://jobs.lever.co/acme",
        ),
        ("https://jobs.eu.lever.co/acme", Format::Lever, "https://jobs.eu.lever.co/acme"),
        ("https://jobs.ashbyhq.com/acme%20mills/x", Format::Ashby, "https://jobs.ashbyhq.com/acme%20mills"),
        (
            "https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/Lyon/Baker_R1",
            Format::Workday,
            "https://acme.wd5.myworkdayjobs.com/Careers",
        ),
        (
            "https://jobs.smartrecruiters.com/Acme/744000000000001-baker",
            Format::SmartRecruiters,
            "https://careers.smartrecruiters.com/Acme",
        ),
        ("https://apply.workable.com/acme/j/A1B2C3/", Format::Workable, "https://apply.workable.com/acme"),
        ("https://acme.recruitee.com/o/baker", Format::Recruitee, "https://acme.recruitee.com"),
        ("https://acme.jobs.personio.de/job/1", Format::Personio, "https://acme.jobs.personio.de"),
        ("https://acme.bamboohr.com/careers/12", Format::BambooHr, "https://acme.bamboohr.com/careers"),
        ("https://remotive.com/remote-jobs", Format::Remotive, "https://remotive.com/api/remote-jobs"),
        (
            "https://news.ycombinator.com/submitted?id=whoishiring",
            Format::HackerNews,
            "https://news.ycombinator.com/user?id=whoishiring",
        ),
        ("https://example.org/jobs.rss#top", Format::Feed, "https://example.org/jobs.rss"),
        ("https://example.org/feed/jobs", Format::Feed, "https://example.org/feed/jobs"),
        ("https://example.org/careers", Format::WebPage, "https://example.org/careers"),
        (
            "https://api.adzuna.com/v1/api/jobs/gb/search/1?app_id=me&app_key=secret&what=baker",
            Format::Adzuna,
            "https://api.adzuna.com/v1/api/jobs/gb/search/1?what=baker",
        ),
    ] {
        let found = place(pasted).unwrap_or_else(|refused| panic!("{pasted}: {refused}"));
        assert_eq!((found.format, found.address.as_str()), (format, address), "{pasted}");
        assert_eq!(place(address).unwrap().address, address, "its own address is its address");
        assert!(visit(format, address).is_ok(), "{address} can be visited");
        assert!(about::about(format).is_some());
    }
    for refused in [
        "",
        "no address",
        "http://example.org/jobs",
        "ftp://example.org/x",
        "https://me:secret@example.org/jobs",
        "https://boards.greenhouse.io/",
        "https://www.linkedin.com/jobs/view/1",
    ] {
        assert!(place(refused).is_err(), "{refused}");
    }
}

#[test]
fn questions_carry_no_key_and_page_on() {
    let query = Query { words: "  oven   engineer ".into(), place: "Leeds".into(), country: "GB".into() };
    for (format, first, answer, next) in [
        (
            Format::Adzuna,
            "https://api.adzuna.com/v1/api/jobs/gb/search/1?results_per_page=50&sort_by=date&what=oven+engineer&where=Leeds",
            r#"{"count": 120, "results": []}"#,
            "https://api.adzuna.com/v1/api/jobs/gb/search/2?results_per_page=50&sort_by=date&what=oven+engineer&where=Leeds",
        ),
        (
            Format::UsaJobs,
            "https://data.usajobs.gov/api/search?ResultsPerPage=250&Page=1&SortField=opendate&Keyword=oven+engineer&LocationName=Leeds",
            r#"{"SearchResult": {"SearchResultCountAll": 900}}"#,
            "https://data.usajobs.gov/api/search?ResultsPerPage=250&Page=2&SortField=opendate&Keyword=oven+engineer&LocationName=Leeds",
        ),
        (
            Format::LinkedIn,
            "https://api.linkedin.com/v1/job-search?format=json&sort=DD&start=0&count=20&keywords=oven+engineer&location=Leeds",
            r#"{"jobs": {"_total": 90}}"#,
            "https://api.linkedin.com/v1/job-search?format=json&sort=DD&start=20&count=20&keywords=oven+engineer&location=Leeds",
        ),
        (
            Format::Indeed,
            "https://api.indeed.com/ads/apisearch?v=2&format=json&sort=date&start=0&limit=25&q=oven+engineer&l=Leeds&co=gb",
            r#"{"totalResults": 61}"#,
            "https://api.indeed.com/ads/apisearch?v=2&format=json&sort=date&start=20&limit=25&q=oven+engineer&l=Leeds&co=gb",
        ),
        (
            Format::Glassdoor,
            "https://api.glassdoor.com/api/api.htm?v=1&format=json&action=jobs&pn=1&ps=20&q=oven+engineer&l=Leeds",
            r#"{"response": {"totalRecordCount": 43}}"#,
            "https://api.glassdoor.com/api/api.htm?v=1&format=json&action=jobs&pn=2&ps=20&q=oven+engineer&l=Leeds",
        ),
    ] {
        let request = ask(format, &query).unwrap();
        assert_eq!(request.url, first);
        let total = request.total(answer.as_bytes());
        assert!(total > 20, "{format}: {total}");
        assert_eq!(request.next_page(20, total).unwrap().url, next);
        assert!(request.next_page(total, total).is_none());
        assert_eq!(place(&request.url).unwrap().address, request.url);
    }
    assert!(
        ask(Format::Adzuna, &Query { country: "xx".into(), ..Query::default() })
            .unwrap_err()
            .to_string()
            .contains("Choose one of")
    );
    assert!(ask(Format::Greenhouse, &query).is_err());
    assert!(about_company("Acme").unwrap().url.ends_with("action=employers&q=Acme"));
}

#[test]
fn feeds_that_page_are_asked_in_pages() {
    let first = visit(Format::Himalayas, "https://himalayas.app/jobs/api").unwrap();
    assert_eq!(first.url, "https://himalayas.app/jobs/api?limit=20&offset=0");
    let total = first.total(br#"{"totalCount": 45, "jobs": []}"#);
    assert_eq!(first.next_page(20, total).unwrap().url, "https://himalayas.app/jobs/api?limit=20&offset=20");
    let first = visit(Format::Arbeitnow, "https://www.arbeitnow.com/api/job-board-api").unwrap();
    let more = first.total(br#"{"data": [], "links": {"next": "https://www.arbeitnow.com/api/job-board-api?page=2"}}"#);
    assert_eq!(first.next_page(100, more).unwrap().url, "https://www.arbeitnow.com/api/job-board-api?page=2");
    assert_eq!(first.total(br#"{"data": [], "links": {"next": null}}"#), 0);
}

#[test]
fn texts_are_fetched_where_the_list_has_none() {
    for (format, url, asked) in [
        (
            Format::SmartRecruiters,
            "https://jobs.smartrecruiters.com/Acme/744000000000001",
            Some("https://api.smartrecruiters.com/v1/companies/Acme/postings/744000000000001"),
        ),
        (Format::BambooHr, "https://acme.bamboohr.com/careers/12", Some("https://acme.bamboohr.com/careers/12/detail")),
        (
            Format::Workday,
            "https://acme.wd5.myworkdayjobs.com/Careers/job/Lyon/Baker_R1",
            Some("https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/job/Lyon/Baker_R1"),
        ),
        (Format::BambooHr, "https://acme.bamboohr.com/careers", None),
        (Format::BambooHr, "https://example.org/12", None),
        (Format::Greenhouse, "https://boards.greenhouse.io/acme/jobs/1", None),
    ] {
        let posting = Posting { url: Some(url.into()), company: "Acme".into(), ..Posting::default() };
        assert_eq!(detail(format, &posting).map(|request| request.url).as_deref(), asked, "{url}");
        let told = Posting { description: "All of it.".into(), ..posting };
        assert_eq!(detail(format, &told), None);
    }
}

#[test]
fn rows_have_keys_that_stay() {
    let data = br#"[{"title": "Baker", "company": "Acme", "url": "https://example.org/1?utm_source=x"}, {"title": "Cook", "company": "Acme"}]"#;
    let reading = read(Format::Json, data, None, &finder()).unwrap();
    let keys: Vec<String> = reading.keyed().map(|(key, _)| key).collect();
    assert_eq!(keys, ["example.org/1", "acme|cook|"]);
    let reading =
        read(Format::Greenhouse, include_bytes!("fixtures/greenhouse.json"), Some("Acme"), &finder()).unwrap();
    assert!(reading.keyed().all(|(key, _)| key.bytes().all(|b| b.is_ascii_digit())), "Greenhouse numbers its postings");
    assert_eq!(reading.keyed().count(), reading.postings().count());
}

#[test]
fn the_thread_that_asks_who_is_hiring() {
    let answer = br#"{"hits": [
        {"objectID": "9300", "title": "Ask HN: Who wants to be hired? (March 2026)"},
        {"objectID": "9000", "title": "Ask HN: Who is hiring? (March 2026)"},
        {"objectID": "8000", "title": "Ask HN: Who is hiring? (February 2026)"}]}"#;
    assert_eq!(newest_thread(answer).unwrap(), 9000);
    assert!(newest_thread(b"{\"hits\": []}").is_err());
    assert!(newest_thread(b"<html>").is_err());
    assert_eq!(hackernews_item(false, 9000).unwrap().url, "https://hn.algolia.com/api/v1/items/9000");
    assert_eq!(hackernews_item(true, 9000).unwrap().url, "https://hacker-news.firebaseio.com/v0/item/9000.json");
    assert_eq!(comments(br#"{"id": "whoishiring", "submitted": [9300, 9000]}"#), Some(vec![9300, 9000]));
    assert_eq!(
        comments(br#"{"id": 9000, "type": "story", "title": "Ask HN: Who is hiring?", "kids": [9001, "x", 9002]}"#),
        Some(vec![9001, 9002])
    );
    assert_eq!(comments(br#"{"id": 9300, "title": "Ask HN: Who wants to be hired?", "kids": [9301]}"#), None);
    assert_eq!(comments(b"null"), None);
}

#[test]
fn a_comment_with_several_roles_is_several_postings() {
    let read = |text: &str| {
        let thread = serde_json::json!({"id": 9000, "type": "story", "author": "a", "text": "", "children": [
            {"id": 9001, "type": "comment", "author": "ann", "text": text, "parent_id": 9000, "story_id": 9000, "children": []}]});
        let reading = boards::read(Format::HackerNews, thread.to_string().as_bytes(), None, &finder()).unwrap();
        reading.keyed().map(|(key, posting)| (key, posting.title.clone())).collect::<Vec<_>>()
    };
    let titles = |text: &str| read(text).into_iter().map(|(_, title)| title).collect::<Vec<_>>();
    assert_eq!(
        read("Acme Mills | Lyon, France | Data Engineer, Backend Developer | Full-time<p>We mill."),
        [
            ("9001/data engineer".to_owned(), "Data Engineer".to_owned()),
            ("9001/backend developer".to_owned(), "Backend Developer".to_owned())
        ]
    );
    assert_eq!(
        titles("Acme | Frontend Engineer | Product Designer | Remote<p>x"),
        ["Frontend Engineer", "Product Designer"]
    );
    assert_eq!(
        titles(
            "Acme | Multiple roles | Remote<p>We look for:<p>- Senior Engineer<p>- Data Analyst (Lyon)<p>- a good time<p>Write to us."
        ),
        ["Senior Engineer", "Data Analyst (Lyon)"]
    );
    assert_eq!(titles("Acme | Senior Engineer, Payments | Remote<p>x"), ["Senior Engineer, Payments"]);
    assert_eq!(titles("Acme | Research and Development Engineer | Remote<p>x"), ["Research and Development Engineer"]);
    assert_eq!(read("Acme | Baker | Lyon<p>x")[0].0, "9001");
}

#[test]
fn a_company_may_be_at_a_few_boards() {
    let places = guesses("Acme Mills, Inc.");
    assert_eq!(places.len(), 6);
    assert_eq!(places[0].address, "https://boards.greenhouse.io/acmemills");
    assert_eq!(places[3].address, "https://careers.smartrecruiters.com/AcmeMills");
    assert!(guesses("").is_empty() && guesses("日本").is_empty());
}

#[test]
fn every_source_says_what_it_needs() {
    for about in about::ALL {
        assert!(about.pages > 0 && about.pause.as_secs() >= 1 && about.rest.as_secs() >= 3 * 3_600, "{}", about.format);
        assert!(!about.terms.is_empty() && !about.rates.is_empty() && !about.said_at.is_empty(), "{}", about.format);
    }
    let with: Vec<Format> = Format::ALL.into_iter().filter(|format| about::about(*format).is_none()).collect();
    assert_eq!(with, [Format::Auto, Format::Csv, Format::Json]);
}

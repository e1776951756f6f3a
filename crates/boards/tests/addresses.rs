//! Addresses that people paste, and what is asked for them.

use boards::Format;
use boards::address::{Method, is_known, resolve};
use url::Url;

#[test]
fn boards_and_postings() {
    for (pasted, format, url, company) in [
        (
            "https://boards.greenhouse.io/acme",
            Format::Greenhouse,
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
            Some("Acme"),
        ),
        (
            "https://job-boards.greenhouse.io/acme/",
            Format::Greenhouse,
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
            Some("Acme"),
        ),
        (
            "https://job-boards.eu.greenhouse.io/acme",
            Format::Greenhouse,
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
            Some("Acme"),
        ),
        (
            "https://job-boards.greenhouse.io/acme/jobs/4100001?gh_src=x",
            Format::Greenhouse,
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs/4100001",
            Some("Acme"),
        ),
        (
            "https://boards.greenhouse.io/embed/job_board?for=acme",
            Format::Greenhouse,
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
            Some("Acme"),
        ),
        (
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs",
            Format::Greenhouse,
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
            Some("Acme"),
        ),
        (
            "jobs.lever.co/acme-ovens",
            Format::Lever,
            "https://api.lever.co/v0/postings/acme-ovens?mode=json",
            Some("Acme Ovens"),
        ),
        (
            "https://jobs.eu.lever.co/acme",
            Format::Lever,
            "https://api.eu.lever.co/v0/postings/acme?mode=json",
            Some("Acme"),
        ),
        (
            "https://jobs.lever.co/acme/00000000-0000-4000-8000-000000000001/apply",
            Format::Lever,
            "https://api.lever.co/v0/postings/acme/00000000-0000-4000-8000-000000000001",
            Some("Acme"),
        ),
        (
            "https://api.lever.co/v0/postings/acme",
            Format::Lever,
            "https://api.lever.co/v0/postings/acme?mode=json",
            Some("Acme"),
        ),
        (
            "  https://jobs.ashbyhq.com/acme  ",
            Format::Ashby,
            "https://api.ashbyhq.com/posting-api/job-board/acme?includeCompensation=true",
            Some("Acme"),
        ),
        (
            "https://jobs.ashbyhq.com/Acme%20Toys/some-id",
            Format::Ashby,
            "https://api.ashbyhq.com/posting-api/job-board/Acme%20Toys?includeCompensation=true",
            Some("Acme Toys"),
        ),
        (
            "https://api.ashbyhq.com/posting-api/job-board/acme",
            Format::Ashby,
            "https://api.ashbyhq.com/posting-api/job-board/acme?includeCompensation=true",
            Some("Acme"),
        ),
        ("https://remotive.com/remote-jobs", Format::Remotive, "https://remotive.com/api/remote-jobs", None),
        (
            "https://remotive.com/api/remote-jobs?category=design",
            Format::Remotive,
            "https://remotive.com/api/remote-jobs?category=design",
            None,
        ),
        ("https://www.arbeitnow.com/", Format::Arbeitnow, "https://www.arbeitnow.com/api/job-board-api", None),
        ("https://remoteok.com", Format::RemoteOk, "https://remoteok.com/api", None),
        ("https://jobicy.com/jobs", Format::Jobicy, "https://jobicy.com/api/v2/remote-jobs", None),
        ("https://himalayas.app/jobs", Format::Himalayas, "https://himalayas.app/jobs/api", None),
    ] {
        let request = resolve(pasted).unwrap();
        assert_eq!((request.format, request.url.as_str(), request.method), (format, url, Method::Get), "{pasted}");
        assert_eq!(request.company.as_deref(), company, "{pasted}");
        assert_eq!(request.body, None);
        assert!(request.next_page(20, 100).is_none());
    }
}

#[test]
fn career_pages_and_public_boards() {
    for (pasted, format, url, company) in [
        (
            "https://careers.smartrecruiters.com/AcmeOvens",
            Format::SmartRecruiters,
            "https://api.smartrecruiters.com/v1/companies/AcmeOvens/postings?limit=100&offset=0",
            Some("AcmeOvens"),
        ),
        (
            "https://jobs.smartrecruiters.com/AcmeOvens/744000000000001-oven-engineer?x=1",
            Format::SmartRecruiters,
            "https://api.smartrecruiters.com/v1/companies/AcmeOvens/postings/744000000000001",
            Some("AcmeOvens"),
        ),
        (
            "https://api.smartrecruiters.com/v1/companies/AcmeOvens/postings?q=oven",
            Format::SmartRecruiters,
            "https://api.smartrecruiters.com/v1/companies/AcmeOvens/postings?limit=100&offset=0",
            Some("AcmeOvens"),
        ),
        (
            "https://jobs.smartrecruiters.com/oneclick-ui/company/AcmeOvens/publication/00000000-0000-4000-8000-000000000001",
            Format::SmartRecruiters,
            "https://api.smartrecruiters.com/v1/companies/AcmeOvens/postings?limit=100&offset=0",
            Some("AcmeOvens"),
        ),
        (
            "acme-mills.recruitee.com",
            Format::Recruitee,
            "https://acme-mills.recruitee.com/api/offers/",
            Some("Acme Mills"),
        ),
        (
            "https://acme.recruitee.com/o/miller/c/new",
            Format::Recruitee,
            "https://acme.recruitee.com/api/offers/miller",
            Some("Acme"),
        ),
        (
            "https://acme.recruitee.com/api/offers/",
            Format::Recruitee,
            "https://acme.recruitee.com/api/offers/",
            Some("Acme"),
        ),
        (
            "https://apply.workable.com/acme-toys/",
            Format::Workable,
            "https://apply.workable.com/api/v1/widget/accounts/acme-toys?details=true",
            Some("Acme Toys"),
        ),
        (
            "https://apply.workable.com/acme-toys/j/A1B2C3D4E5/apply",
            Format::Workable,
            "https://apply.workable.com/api/v2/accounts/acme-toys/jobs/A1B2C3D4E5",
            Some("Acme Toys"),
        ),
        (
            "https://apply.workable.com/api/v1/widget/accounts/acme-toys",
            Format::Workable,
            "https://apply.workable.com/api/v1/widget/accounts/acme-toys?details=true",
            Some("Acme Toys"),
        ),
        (
            "https://acme-toys.workable.com/",
            Format::Workable,
            "https://apply.workable.com/api/v1/widget/accounts/acme-toys?details=true",
            Some("Acme Toys"),
        ),
        ("https://muster.jobs.personio.de/", Format::Personio, "https://muster.jobs.personio.de/xml", Some("Muster")),
        (
            "https://muster.jobs.personio.com/job/1001?language=en",
            Format::Personio,
            "https://muster.jobs.personio.com/xml?language=en",
            Some("Muster"),
        ),
        ("https://acme.bamboohr.com/careers", Format::BambooHr, "https://acme.bamboohr.com/careers/list", Some("Acme")),
        ("https://acme.bamboohr.com/jobs/", Format::BambooHr, "https://acme.bamboohr.com/careers/list", Some("Acme")),
        (
            "https://acme.bamboohr.com/careers/21?source=x",
            Format::BambooHr,
            "https://acme.bamboohr.com/careers/21/detail",
            Some("Acme"),
        ),
        ("https://weworkremotely.com/", Format::WeWorkRemotely, "https://weworkremotely.com/remote-jobs.rss", None),
        (
            "https://weworkremotely.com/categories/remote-design-jobs",
            Format::WeWorkRemotely,
            "https://weworkremotely.com/categories/remote-design-jobs.rss",
            None,
        ),
        (
            "https://weworkremotely.com/categories/remote-design-jobs.rss",
            Format::WeWorkRemotely,
            "https://weworkremotely.com/categories/remote-design-jobs.rss",
            None,
        ),
        (
            "https://weworkremotely.com/remote-jobs/acme-editor",
            Format::WeWorkRemotely,
            "https://weworkremotely.com/remote-jobs.rss",
            None,
        ),
        ("https://www.themuse.com/search", Format::TheMuse, "https://www.themuse.com/api/public/jobs?page=1", None),
        (
            "https://www.themuse.com/api/public/jobs?category=Design",
            Format::TheMuse,
            "https://www.themuse.com/api/public/jobs?page=1&category=Design",
            None,
        ),
        (
            "https://www.themuse.com/api/public/jobs?page=4",
            Format::TheMuse,
            "https://www.themuse.com/api/public/jobs?page=4",
            None,
        ),
        (
            "https://www.themuse.com/api/public/jobs/1001",
            Format::TheMuse,
            "https://www.themuse.com/api/public/jobs/1001",
            None,
        ),
        (
            "https://news.ycombinator.com/item?id=9000",
            Format::HackerNews,
            "https://hn.algolia.com/api/v1/items/9000",
            None,
        ),
        (
            "https://hn.algolia.com/api/v1/search?tags=comment,story_9000",
            Format::HackerNews,
            "https://hn.algolia.com/api/v1/items/9000",
            None,
        ),
        (
            "https://hn.algolia.com/api/v1/items/9000",
            Format::HackerNews,
            "https://hn.algolia.com/api/v1/items/9000",
            None,
        ),
        (
            "https://hacker-news.firebaseio.com/v0/item/9000.json?print=pretty",
            Format::HackerNews,
            "https://hn.algolia.com/api/v1/items/9000",
            None,
        ),
    ] {
        let request = resolve(pasted).unwrap_or_else(|refused| panic!("{pasted}: {refused}"));
        assert_eq!((request.format, request.url.as_str(), request.method), (format, url, Method::Get), "{pasted}");
        assert_eq!(request.company.as_deref(), company, "{pasted}");
        assert!(is_known(&Url::parse(&request.url).unwrap()), "{pasted} leads to {url}");
    }
}

#[test]
fn boards_that_answer_in_pages() {
    let ovens = resolve("https://careers.smartrecruiters.com/AcmeOvens").unwrap();
    assert_eq!(ovens.total(br#"{"totalFound": 250, "content": []}"#), 250);
    let next = ovens.next_page(100, 250).unwrap();
    assert!(next.url.ends_with("/postings?limit=100&offset=100"), "{}", next.url);
    let last = next.next_page(200, 250).unwrap();
    assert!(last.url.ends_with("/postings?limit=100&offset=200"), "{}", last.url);
    assert!(last.next_page(250, 250).is_none());
    let muse = resolve("https://www.themuse.com/api/public/jobs?page=1&category=Data%20and%20Analytics").unwrap();
    assert_eq!(muse.total(br#"{"total": 43, "page_count": 3}"#), 43);
    let next = muse.next_page(20, 43).unwrap().next_page(40, 43).unwrap();
    assert_eq!(next.url, "https://www.themuse.com/api/public/jobs?page=3&category=Data+and+Analytics");
    assert!(next.next_page(43, 43).is_none());
    let one = resolve("https://jobs.smartrecruiters.com/AcmeOvens/744000000000001").unwrap();
    assert!(one.next_page(1, 5).is_none());
    for odd in ["", "{}", "[]", "{\"totalFound\": -1}", "{\"totalFound\": \"many\"}", "<rss/>"] {
        assert_eq!(ovens.total(odd.as_bytes()), 0, "{odd}");
    }
    assert_eq!(resolve("https://jobs.lever.co/acme").unwrap().total(br#"{"total": 5}"#), 0);
}

#[test]
fn workday_is_searched_by_post() {
    for pasted in [
        "https://acme.wd5.myworkdayjobs.com/Careers",
        "https://acme.wd5.myworkdayjobs.com/en-US/Careers",
        "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/jobs",
    ] {
        let request = resolve(pasted).unwrap();
        assert_eq!(request.format, Format::Workday);
        assert_eq!(request.url, "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/jobs");
        assert_eq!((request.method, request.company.as_deref()), (Method::Post, Some("Acme")));
        assert_eq!(request.page, "https://acme.wd5.myworkdayjobs.com/Careers");
        assert!(request.body.as_deref().unwrap().contains("\"offset\":0"));
        let next = request.next_page(20, 45).unwrap();
        assert!(next.body.as_deref().unwrap().contains("\"offset\":20"));
        assert!(request.next_page(45, 45).is_none());
    }
    let one =
        resolve("https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/USA-OR-Rivertown/Bridge-Engineer_R1").unwrap();
    assert_eq!(one.method, Method::Get);
    assert_eq!(
        one.url,
        "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/job/USA-OR-Rivertown/Bridge-Engineer_R1"
    );
}

#[test]
fn only_known_boards_are_asked() {
    let known = |text: &str| is_known(&Url::parse(text).unwrap());
    for pasted in [
        "https://boards.greenhouse.io/acme",
        "http://jobs.eu.lever.co/acme",
        "https://jobs.ashbyhq.com/acme",
        "https://acme.wd5.myworkdayjobs.com/Careers",
        "https://remotive.com",
        "arbeitnow.com",
        "remoteok.com",
        "jobicy.com",
        "himalayas.app/jobs",
    ] {
        let request = resolve(pasted).unwrap();
        assert!(known(&request.url), "{pasted} leads to {}", request.url);
    }
    for other in [
        "http://boards-api.greenhouse.io/v1/boards/acme/jobs",
        "https://boards-api.greenhouse.io:8443/v1/boards/acme/jobs",
        "https://me@boards-api.greenhouse.io/",
        "https://greenhouse.io.example.org/",
        "https://notgreenhouse.io/",
        "https://evil-remotive.com/",
        "https://evilrecruitee.com/",
        "https://jobs.personio.de.example.org/xml",
        "https://acme.personio.de/xml",
        "https://news.ycombinator.com/item?id=1",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://example.org/.greenhouse.io",
        "ftp://remotive.com/",
    ] {
        assert!(!known(other), "{other}");
    }
}

#[test]
fn others_are_refused_with_a_sentence() {
    for (pasted, says) in [
        ("", "not a web address"),
        ("acme jobs please", "not a web address"),
        ("ftp://boards.greenhouse.io/acme", "not a web address"),
        ("javascript:alert(1)", "not a web address"),
        ("https://me:secret@jobs.lever.co/acme", "not a web address"),
        ("https://boards.greenhouse.io/", "names no company"),
        ("https://boards.greenhouse.io/embed/job_board", "names no company"),
        ("https://jobs.lever.co", "names no company"),
        ("https://jobs.lever.co/..%2f..", "names no company"),
        ("https://jobs.ashbyhq.com/", "names no company"),
        ("https://acme.wd5.myworkdayjobs.com/", "names no company"),
        ("https://careers.smartrecruiters.com/", "names no company"),
        ("https://api.smartrecruiters.com/v1/companies", "names no company"),
        ("https://apply.workable.com/j/A1B2C3D4E5", "names no company"),
        ("https://jobs.workable.com/view/x", "names no company"),
        ("https://www.recruitee.com/", "no board that can be read"),
        ("https://docs.recruitee.com/", "names no company"),
        ("https://a.b.bamboohr.com/careers", "names no company"),
        ("https://app.bamboohr.com/login", "names no company"),
        ("https://personio.de/", "no board that can be read"),
        ("https://news.ycombinator.com/", "names no thread"),
        ("https://news.ycombinator.com/item?id=x", "names no thread"),
        ("https://www.adzuna.com/details/1", "key"),
        ("https://www.usajobs.gov/job/1", "key"),
        ("https://example.org/jobs", "no board that can be read"),
        ("https://greenhouse.io.example.org/acme", "no board that can be read"),
        ("http://127.0.0.1/acme", "no board that can be read"),
    ] {
        let refused = resolve(pasted).unwrap_err().to_string();
        assert!(refused.contains(says), "{pasted}: {refused}");
    }
}

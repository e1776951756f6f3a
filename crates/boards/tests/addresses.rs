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

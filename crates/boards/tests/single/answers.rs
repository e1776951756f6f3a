use super::{finder, is};
use boards::Format;
use boards::single::{board, of_answer, of_board};

/// Addresses of one posting, and what is asked of the board.
#[test]
fn a_postings_address_is_told_from_a_boards() {
    for (address, format, asked) in [
        (
            "https://boards.greenhouse.io/acme/jobs/123",
            Format::Greenhouse,
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs/123",
        ),
        (
            "https://job-boards.greenhouse.io/acme/jobs/123?gh_src=x",
            Format::Greenhouse,
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs/123",
        ),
        (
            "https://boards.greenhouse.io/embed/job_app?for=acme&token=123",
            Format::Greenhouse,
            "https://boards-api.greenhouse.io/v1/boards/acme/jobs/123",
        ),
        (
            "https://jobs.lever.co/acme-ovens/00000000-0000-4000-8000-000000000001/apply",
            Format::Lever,
            "https://api.lever.co/v0/postings/acme-ovens/00000000-0000-4000-8000-000000000001",
        ),
        (
            "https://jobs.ashbyhq.com/acme-toys/00000000-0000-4000-8000-000000000003",
            Format::Ashby,
            "https://api.ashbyhq.com/posting-api/job-board/acme-toys?includeCompensation=true",
        ),
        (
            "https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/Rivertown/Bridge_R1",
            Format::Workday,
            "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/job/Rivertown/Bridge_R1",
        ),
        (
            "https://jobs.smartrecruiters.com/Acme/744000000000001-oven-engineer",
            Format::SmartRecruiters,
            "https://api.smartrecruiters.com/v1/companies/Acme/postings/744000000000001",
        ),
        (
            "https://apply.workable.com/acme/j/ABC123/",
            Format::Workable,
            "https://apply.workable.com/api/v2/accounts/acme/jobs/ABC123",
        ),
        ("https://acme.recruitee.com/o/baker", Format::Recruitee, "https://acme.recruitee.com/api/offers/baker"),
        (
            "https://acme.jobs.personio.de/job/123?language=de",
            Format::Personio,
            "https://acme.jobs.personio.de/xml?language=de",
        ),
        ("https://acme.bamboohr.com/careers/42", Format::BambooHr, "https://acme.bamboohr.com/careers/42/detail"),
    ] {
        let request = board(address).expect(address);
        assert_eq!((request.format, request.url.as_str()), (format, asked), "{address}");
    }
    for address in [
        "https://boards.greenhouse.io/acme",
        "https://jobs.lever.co/acme",
        "https://jobs.ashbyhq.com/acme",
        "https://acme.wd5.myworkdayjobs.com/Careers",
        "https://careers.smartrecruiters.com/Acme",
        "https://apply.workable.com/acme",
        "https://acme.recruitee.com",
        "https://acme.jobs.personio.de",
        "https://acme.bamboohr.com/careers",
        "https://remotive.com/remote-jobs",
        "https://example.org/jobs/1",
        "http://127.0.0.1/",
        "nonsense",
        "",
    ] {
        assert_eq!(board(address), None, "{address}");
    }
}

#[test]
fn the_posting_is_found_in_the_boards_answer() {
    let address = "https://jobs.ashbyhq.com/acme-toys/00000000-0000-4000-8000-000000000003?utm_source=x";
    let request = board(address).expect("a posting");
    let answer = include_bytes!("../fixtures/ashby.json");
    let found = of_board(&request, address, answer, &finder()).expect("it is there");
    is(
        &found,
        [
            ("Staff Designer", "board:ashby"),
            ("Acme Toys", "the address"),
            ("Toronto, ON; Remote (Canada)", "board:ashby"),
        ],
        "ashby",
    );
    assert_eq!(found.from["salary"].origin.to_string(), "board:ashby");
    assert_eq!(found.from["tech_stack"].origin.to_string(), "guessed from the text");
    let gone = "https://jobs.ashbyhq.com/acme-toys/00000000-0000-4000-8000-00000000000f";
    assert_eq!(of_board(&board(gone).expect("a posting"), gone, answer, &finder()), None);
    for answer in ["", "{", "[]", "{\"jobs\": 7}", "<html>", "null"] {
        assert_eq!(of_board(&request, address, answer.as_bytes(), &finder()), None, "{answer}");
    }
    let address = "https://jobs.smartrecruiters.com/Acme/744000000000001-oven-engineer";
    let request = board(address).expect("a posting");
    let found =
        of_board(&request, address, include_bytes!("../fixtures/smartrecruiters_detail.json"), &finder()).expect("one");
    assert_eq!(found.from["title"].origin.to_string(), "board:smartrecruiters");
}

#[test]
fn a_posting_of_a_feed_in_xml_is_found_by_its_number() {
    let text = std::str::from_utf8(include_bytes!("../fixtures/personio.xml")).expect("UTF-8");
    let id = text.split("<id>").nth(1).and_then(|rest| rest.split('<').next()).expect("a number").trim();
    let address = format!("https://acme.jobs.personio.de/job/{id}");
    let request = board(&address).expect("a posting");
    let found = of_board(&request, &address, text.as_bytes(), &finder()).expect("it is there");
    assert_eq!(found.from["title"].origin.to_string(), "board:personio");
}

#[test]
fn an_answer_in_json_is_read_by_its_fields() {
    let json =
        br#"{ "title": "Baker", "company": "Acme Mills", "location": "Lyon, France", "description": "You bake." }"#;
    let found = of_answer(json, Some("application/json"), "https://example.org/1.json", &finder()).expect("one");
    is(&found, [("Baker", "board:json"), ("Acme Mills", "board:json"), ("Lyon, France", "board:json")], "json");
    for (body, words) in [
        (b"{\"a\":".as_slice(), "The answer of this address breaks off"),
        (b"[]", "There is no posting in it"),
        (b"{\"a\": 1}", "The JSON is none of the known job feeds"),
    ] {
        let said = of_answer(body, Some("application/json"), "https://example.org/1.json", &finder()).expect_err(words);
        assert!(said.to_string().starts_with(words), "{said}");
    }
}

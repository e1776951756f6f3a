//! Bad input at every door, each with the status, the field and the words it gets. Nothing is stored, nothing breaks.

use crate::support::{multipart, postings, *};
use reqwest::Method;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

mod rest;

const REGISTER: &str = "/api/v1/auth/register";
const LOGIN: &str = "/api/v1/auth/login";
const JOBS: &str = "/api/v1/jobs";
const PROFILE: &str = "/api/v1/profile";
const APPLICATIONS: &str = "/api/v1/applications";
const IMPORT: &str = "/api/v1/jobs/import";

/// Words that belong into the log.
fn answer_leaks(text: &str) -> bool {
    ["sqlx", "SQL", "panicked", "src/", "postgres", "sqlite", "thread"].iter().any(|word| text.contains(word))
}

story! {
    async fn forms(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let job = [("company", "Acme Mills"), ("title", "Baker")];
        let profile = [("remote", "any"), ("match_threshold", "70")];
        for (function, usual, field, value, said) in [
            ("sign_up", &[("name", ""), ("email", "new@example.org"), ("password", "long enough")][..], "email", "new", "Please enter an e-mail address"),
            ("sign_up", &[("name", ""), ("email", "new@example.org"), ("password", "long enough")], "password", "short", "at least 8 characters"),
            ("sign_in", &[("email", "ann@example.org"), ("password", "x")], "email", " ", "Please enter your e-mail address."),
            ("sign_in", &[("email", "ann@example.org"), ("password", "x")], "password", "", "Please enter your password."),
            ("save_job", &job, "company", "", "Please name the company."),
            ("save_job", &job, "title", "  ", "Please give the job a title."),
            ("save_job", &job, "salary_min", "a lot", "Please enter a whole number"),
            ("save_job", &job, "salary_max", "1e9", "Please enter a whole number"),
            ("save_job", &job, "salary_max", "99999999999999999999", "Please enter a whole number"),
            ("save_job", &job, "date_posted", "01.02.2026", "Please enter a date, such as 2026-11-21."),
            ("save_job", &job, "closes_on", "Friday", "Please enter a date, such as 2026-11-21."),
            ("save_job", &job, "date_applied", "2026-13-01", "Please enter a date, such as 2026-11-21."),
            ("save_job", &job, "date_applied", "0000-01-01", ""),
            ("save_job", &job, "remote", "sometimes", "Please choose one of the list."),
            ("save_job", &job, "experience_level", "wizard", "Please choose one of the list."),
            ("save_job", &job, "status", "dreaming", "Please choose one of the list."),
            ("save_job", &job, "url", "ftp://example.org", "Please enter a full link"),
            ("save_profile", &profile, "match_threshold", "101", "Please choose a number from 0 to 100."),
            ("save_profile", &profile, "match_threshold", "many", "Please choose a number from 0 to 100."),
            ("save_profile", &profile, "remote", "sometimes", "Please choose one of the list."),
            ("save_profile", &profile, "experience_level", "wizard", "Please choose one of the list."),
            ("save_profile", &profile, "salary_amount", "enough", "Please enter a whole number"),
            ("save_profile", &profile, "salary_amount", "0", "Please enter an amount from 1"),
            ("save_profile", &profile, "time_zone", "Middle/Earth", "Please use a name such as Europe/Berlin."),
            ("save_profile", &profile, "country", "Atlantis", "Please choose a country"),
            ("guide_skills", &[], "skills", "", "Please name at least one thing you can do"),
            ("guide_skills", &[("skills", "Python")], "experience_level", "wizard", "Please choose one of the list."),
            ("guide_places", &[], "remote", "sometimes", "Please choose one of the list."),
        ] {
            let fields: Vec<(&str, &str)> = usual.iter().copied().filter(|(name, _)| *name != field).chain([(field, value)]).collect();
            let mut stranger = app.browser();
            let browser = if function.starts_with("sign_") { &mut stranger } else { &mut browser };
            let answer = browser.call(function, &fields).await;
            assert_eq!(answer.status, 422, "{function} {field}={value}: {}", answer.text);
            let words = answer.json()["Invalid"][field].as_str().map(str::to_owned);
            assert!(words.as_deref().is_some_and(|words| words.contains(said)), "{function} {field}={value}: {}", answer.text);
        }
        let several = [("company", ""), ("title", ""), ("salary_min", "x"), ("url", "x")];
        let all = browser.call("save_job", &several).await.status(422).json();
        assert_eq!(all["Invalid"].as_object().map(|fields| fields.len()), Some(4), "everything at once: {all}");
        let skills = [("remote", "any"), ("match_threshold", "70"), ("skill_levels", "Python\t9")];
        browser.call("save_profile", &skills).await.status(422);
        browser.call("save_notes", &[("id", "x"), ("notes", "")]).await;
        browser.call("save_job", &[("id", "x"), ("company", "Acme Mills"), ("title", "Baker")]).await.status(404);
        assert!(ann.events().await.is_empty());
    }
}

story! {
    async fn characters_a_database_cannot_keep_are_dropped_or_refused(app: TestApp) {
        let ann = app.person("ann").await;
        let nul = "a\u{0}b";
        let job = ann.post(JOBS, json!({
            "company": nul, "title": nul, "location": nul, "description": nul, "tech_stack": [nul], "responsibilities": [nul], "requirements": [nul], "source": nul,
        })).await.created();
        for field in ["company", "title", "location", "description", "source"] {
            assert_eq!(job[field], "ab", "{field}");
        }
        let url = ann.post(JOBS, json!({ "company": "A", "title": "B", "url": "https://example.org/\u{0}x" })).await;
        assert!(url.status == 201 || url.status == 422, "{url:?}");
        let application = ann.post(APPLICATIONS, json!({ "job_id": job.id(), "notes": nul })).await.created();
        assert_eq!(application["notes"], "ab");
        let saved = ann.profile(json!({ "name": nul, "headline": nul, "skills": [nul], "preferred_locations": [nul], "current_role": nul, "target_roles": [nul] })).await;
        assert_eq!((&saved["name"], &saved["skills"][0]["name"]), (&json!("ab"), &json!("ab")));
        for path in ["/api/v1/jobs?q=a%00b", "/api/v1/jobs?source=a%00b"] {
            let answer = ann.get(path).await;
            assert!(answer.status < 500, "{path}: {answer:?}");
        }
        app.anybody().post(REGISTER, json!({ "email": "nul@example.org", "password": "long enough", "name": nul })).await.created();
        let mut browser = ann.browser().await;
        browser.call("save_notes", &[("id", &application.id()), ("notes", nul)]).await.ok();
        browser.call("list_jobs", &[("query[q]", nul), ("query[source]", nul), ("query[status]", nul), ("query[remote]", nul)]).await.ok();
        browser.call("load_tracker", &[("query[q]", nul), ("query[stage]", nul), ("query[source]", nul), ("query[view]", nul), ("query[sort]", nul)]).await.ok();
        browser.call("save_view", &[("name", nul), ("query", nul)]).await.ok();
        browser.call("move_application", &[("id", &application.id()), ("stage", "offer"), ("note", nul)]).await.ok();
        let data = json!([{ "title": nul, "company": nul, "location": nul, "description": nul, "source": nul, "tech_stack": [nul] }]);
        let report = ann.post(IMPORT, json!({ "data": data, "company": nul })).await;
        assert_eq!(report.status, 200, "{report:?}");
        let read = multipart::read(&mut browser, &[("text", "[]"), ("company", nul), ("address", nul), ("format", nul)], Some((nul, b"[]"))).await;
        assert!(read.status < 500, "{read:?}");
    }
}

story! {
    async fn a_body_that_is_too_large_is_refused_before_it_is_read(app: TestApp) {
        // Only announced: a client that goes on sending may find the connection closed before it looks at the answer.
        let host = app.address.trim_start_matches("http://");
        for path in ["/jobs/import/read", JOBS, IMPORT] {
            let mut stream = TcpStream::connect(host).await.expect("a connection");
            let head = format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n\r\n", 33 * 1024 * 1024);
            stream.write_all(head.as_bytes()).await.expect("sent");
            let mut answer = Vec::new();
            let mut text = String::new();
            // Until the end of the body.
            while !text.ends_with('}') {
                assert_ne!(stream.read_buf(&mut answer).await.expect("an answer"), 0, "{path}: {text}");
                text = String::from_utf8_lossy(&answer).into_owned();
            }
            assert!(text.starts_with("HTTP/1.1 413"), "{path}: {text}");
            for word in ["application/json", "\"too_large\"", "at most 32 MB."] {
                assert!(text.contains(word), "{path}: {text}");
            }
        }
    }
}

story! {
    async fn the_kind_of_a_body_matters(app: TestApp) {
        let ann = app.person("ann").await;
        for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", ""] {
            let request = ann.request(Method::POST, JOBS).header("content-type", kind).body(postings::baker().to_string());
            let said = Answer::of(request).await.refused(415, "unsupported");
            assert!(said["detail"].as_str().is_some_and(|said| said.contains("Content-Type: application/json")));
        }
        let request = ann.request(Method::POST, JOBS).header("content-type", "Application/JSON; charset=utf-8").body(postings::baker().to_string());
        Answer::of(request).await.created();
        let request = ann.request(Method::POST, JOBS).header("content-type", "application/json").body(vec![0xff, 0xfe, b'{']);
        Answer::of(request).await.refused(400, "malformed");
        let mut browser = ann.browser().await;
        let broken = browser.own(Method::POST, "/jobs/import/read").header("content-type", "multipart/form-data; boundary=x").body("nonsense");
        assert_eq!(browser.send(broken).await.status, 400);
    }
}

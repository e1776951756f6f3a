//! The same over REST, door by door.

use super::{APPLICATIONS, IMPORT, JOBS, LOGIN, PROFILE, REGISTER, answer_leaks};
use crate::support::{postings, *};
use reqwest::Method;

/// A REST call that is refused: method, path, body as text, status, field (empty: none), part of what is said.
struct Bad {
    method: Method,
    path: &'static str,
    body: String,
    status: u16,
    field: &'static str,
    said: &'static str,
}

fn bad(
    method: Method,
    path: &'static str,
    body: impl ToString,
    status: u16,
    field: &'static str,
    said: &'static str,
) -> Bad {
    Bad { method, path, body: body.to_string(), status, field, said }
}

/// A job with one field changed.
fn job(field: &str, value: Value) -> Value {
    let mut job = postings::baker();
    job[field] = value;
    job
}

/// A job whose salary has these parts.
fn salary(min: i64, max: i64, currency: &str) -> Value {
    job("salary", json!({ "min": min, "max": max, "currency": currency, "period": "year" }))
}

fn accounts() -> Vec<Bad> {
    let new = |email: &str, password: &str| json!({ "email": email, "password": password });
    let address = "Please enter an e-mail address, such as name@example.org.";
    vec![
        bad(Method::POST, REGISTER, new("", "long enough"), 422, "email", address),
        bad(Method::POST, REGISTER, new("ann", "long enough"), 422, "email", address),
        bad(Method::POST, REGISTER, new("ann@example", "long enough"), 422, "email", address),
        bad(Method::POST, REGISTER, new("ann@@example.org", "long enough"), 422, "email", address),
        bad(Method::POST, REGISTER, new("Ann <ann@example.org>", "long enough"), 422, "email", address),
        bad(Method::POST, REGISTER, new("ann@example.org\nBcc: all@example.org", "long enough"), 422, "email", address),
        bad(Method::POST, REGISTER, new("ann\u{0}@example.org", "long enough"), 422, "email", address),
        bad(
            Method::POST,
            REGISTER,
            new(&format!("{}@example.org", "a".repeat(300)), "long enough"),
            422,
            "email",
            address,
        ),
        bad(
            Method::POST,
            REGISTER,
            new("new@example.org", "short"),
            422,
            "password",
            "Please use at least 8 characters.",
        ),
        bad(
            Method::POST,
            REGISTER,
            new("new@example.org", &"x".repeat(129)),
            422,
            "password",
            "Please use at most 128 characters.",
        ),
        bad(
            Method::POST,
            REGISTER,
            json!({ "email": "new@example.org", "password": "long enough", "name": "n".repeat(101) }),
            422,
            "name",
            "Please use at most 100",
        ),
        bad(Method::POST, REGISTER, json!({ "email": "new@example.org" }), 422, "password", "missing field"),
        bad(
            Method::POST,
            REGISTER,
            json!({ "email": "new@example.org", "password": "long enough", "role": "admin" }),
            422,
            "role",
            "unknown field",
        ),
        bad(
            Method::POST,
            REGISTER,
            json!({ "email": ["new@example.org"], "password": "long enough" }),
            422,
            "email",
            "invalid type",
        ),
        bad(Method::POST, REGISTER, "", 400, "", "not valid JSON"),
        bad(Method::POST, REGISTER, "[]", 422, "body", "Please send an object"),
        bad(Method::POST, REGISTER, json!(["new@example.org", "long enough"]), 422, "body", "Please send an object"),
        bad(Method::POST, LOGIN, "null", 422, "body", "Please send an object"),
        bad(Method::POST, LOGIN, new("", "x"), 422, "email", "Please enter your e-mail address."),
        bad(Method::POST, LOGIN, new("ann@example.org", ""), 422, "password", "Please enter your password."),
        bad(Method::POST, LOGIN, new("' OR 1=1 --", "x"), 401, "", "is not right"),
        bad(Method::POST, LOGIN, new("ann\u{0}@example.org", "x"), 401, "", "is not right"),
    ]
}

fn jobs() -> Vec<Bad> {
    let post = |body: Value, field: &'static str, said: &'static str| bad(Method::POST, JOBS, body, 422, field, said);
    vec![
        post(json!({}), "company", "Please name the company."),
        post(json!({ "company": "Acme Mills" }), "title", "Please give the job a title."),
        post(job("company", json!(" \t\n ")), "company", "Please name the company."),
        post(job("title", json!("x".repeat(301))), "title", "Please use at most 300 characters."),
        post(job("location", json!("ü".repeat(301))), "location", "Please use at most 300 characters."),
        post(job("source", json!("x".repeat(301))), "source", "Please use at most 300 characters."),
        post(
            job("description", json!("x".repeat(102_401))),
            "description",
            "Please keep the description under 100 KB.",
        ),
        post(job("title", json!(7)), "title", "invalid type"),
        post(job("title", Value::Null), "title", "invalid type"),
        post(job("tech_stack", json!("Python")), "tech_stack", "invalid type"),
        post(job("tech_stack", json!(["Python", 7])), "tech_stack[1]", "invalid type"),
        post(job("tech_stack", json!(vec!["x"; 201])), "tech_stack", "Please keep this to 200 entries."),
        post(
            job("requirements", json!(["x".repeat(1001)])),
            "requirements",
            "Please keep each entry under 1000 characters.",
        ),
        post(job("remote", json!("sometimes")), "remote", "unknown variant"),
        post(job("remote", json!(7)), "remote", "another type of value"),
        post(job("status", json!(["applied"])), "status", "another type of value"),
        post(json!(["Acme Mills", "Baker"]), "body", "Please send an object"),
        post(job("experience_level", json!("wizard")), "experience_level", "unknown variant"),
        post(job("status", json!("dreaming")), "status", "unknown variant"),
        post(job("url", json!("javascript:alert(1)")), "url", "Please enter a full link"),
        post(job("url", json!("jobs.example.org")), "url", "Please enter a full link"),
        post(job("url", json!(format!("https://example.org/{}", "x".repeat(2000)))), "url", "Please enter a full link"),
        post(job("date_posted", json!("yesterday")), "date_posted", ""),
        post(job("date_posted", json!("2026-02-30")), "date_posted", ""),
        post(job("date_posted", json!("-9999-01-01")), "date_posted", ""),
        post(job("closes_on", json!("soon")), "closes_on", ""),
        post(job("closes_on", json!("0001-01-01")), "closes_on", ""),
        post(job("date_applied", json!("+200000-01-01")), "date_applied", ""),
        post(salary(-1, 5, "EUR"), "salary_min", "Please enter an amount from 0"),
        post(salary(1, 2_000_000_000, "EUR"), "salary_max", "Please enter an amount from 0"),
        post(salary(9, 5, "EUR"), "salary_max", "The upper end must not be below the lower end."),
        post(salary(1, 5, "euro"), "salary_currency", "Please use a three-letter code"),
        post(
            job("salary", json!({ "min": 1, "max": 2, "currency": "EUR", "period": "century" })),
            "salary.period",
            "unknown variant",
        ),
        post(
            job("salary", json!({ "min": 1.5, "max": 2, "currency": "EUR", "period": "year" })),
            "salary.min",
            "invalid type",
        ),
        post(job("salary", json!([1, 2, "EUR", "year"])), "salary", "expected an object"),
        post(
            job("salary", json!({ "min": 1, "max": 2, "currency": "EUR", "period": "year", "net": true })),
            "salary.net",
            "unknown field",
        ),
        post(job("id", json!(uuid::Uuid::now_v7())), "id", "unknown field"),
        post(job("user_id", json!(uuid::Uuid::now_v7())), "user_id", "unknown field"),
        post(job("match_score", json!(100)), "match_score", "unknown field"),
        bad(Method::POST, JOBS, "{\"company\": \"Acme\"", 400, "", "not valid JSON"),
        bad(Method::POST, JOBS, "{\"company\": \"Acme\", \"title\": \"x\"} {}", 400, "", "not valid JSON"),
        bad(Method::POST, JOBS, "{\"company\": \"\\ud800\", \"title\": \"x\"}", 422, "company", "hex escape"),
        bad(
            Method::POST,
            JOBS,
            json!({ "company": "Acme", "title": "x", "description": "x".repeat(1_100_000) }),
            413,
            "",
            "at most 1 MB",
        ),
    ]
}

fn lists() -> Vec<Bad> {
    let get =
        |path: &'static str, field: &'static str, said: &'static str| bad(Method::GET, path, "", 422, field, said);
    vec![
        get("/api/v1/jobs?status=dreaming", "status", "Not a status."),
        get("/api/v1/jobs?remote=sometimes", "remote", "Use remote, hybrid or onsite."),
        get("/api/v1/jobs?sort=luck", "sort", "Use score, newest"),
        get("/api/v1/jobs?page=0", "page", "Pages start at 1."),
        get("/api/v1/jobs?per_page=0", "per_page", "Use 1 to 100."),
        get("/api/v1/jobs?per_page=101", "per_page", "Use 1 to 100."),
        get("/api/v1/jobs?min_score=101", "min_score", "Use 0 to 100."),
        get("/api/v1/jobs?page=100001", "page", "Pages end at 100,000."),
        get("/api/v1/jobs?page=two", "page", ""),
        get("/api/v1/jobs?page=-1", "page", ""),
        get("/api/v1/jobs?min_score=300", "min_score", ""),
        get("/api/v1/jobs?per_page=99999999999", "per_page", ""),
        get("/api/v1/events?after=yesterday", "after", ""),
        get("/api/v1/recommendations?limit=many", "limit", ""),
        get("/api/v1/recommendations?limit=0", "limit", "Use 1 to 100."),
        get("/api/v1/recommendations?limit=101", "limit", "Use 1 to 100."),
        get("/api/v1/applications?status=dreaming", "status", "Not a status."),
        get("/api/v1/applications?page=two", "page", ""),
        get("/api/v1/applications?page=0", "page", "Pages start at 1."),
        get("/api/v1/applications?page=100001", "page", "Pages end at 100,000."),
        get("/api/v1/account/log?page=4294967295", "page", "Pages end at 100,000."),
        get("/api/v1/applications?per_page=101", "per_page", "Use 1 to 100."),
    ]
}

fn profile() -> Vec<Bad> {
    let put = |body: Value, field: &'static str, said: &'static str| bad(Method::PUT, PROFILE, body, 422, field, said);
    vec![
        put(json!({ "name": "n".repeat(101) }), "name", "Please use at most 100 characters."),
        put(json!({ "headline": "n".repeat(201) }), "headline", "Please use at most 200 characters."),
        put(json!({ "current_role": "n".repeat(101) }), "current_role", "Please use at most 100 characters."),
        put(
            json!({ "skills": [{ "name": "Python", "level": 0 }] }),
            "skills",
            "A skill’s level is a number from 1 to 5.",
        ),
        put(
            json!({ "skills": [{ "name": "Python", "level": 6 }] }),
            "skills",
            "A skill’s level is a number from 1 to 5.",
        ),
        put(json!({ "skills": [{ "name": " ", "level": 9 }] }), "skills", "A skill’s level is a number from 1 to 5."),
        put(json!({ "skills": [{ "name": "Python", "level": 300 }] }), "skills[0]", "Use a name, or {name, level}"),
        put(json!({ "skills": [["Python", 3]] }), "skills[0]", "Use a name, or {name, level}"),
        put(json!({ "skills": [{ "name": "Python", "level": 3, "years": 2 }] }), "skills[0]", "Use a name, or"),
        put(json!({ "skills": ["x".repeat(101)] }), "skills", "Please keep each skill under 100 characters."),
        put(
            json!({ "skills": (0..201).map(|n| format!("skill {n}")).collect::<Vec<_>>() }),
            "skills",
            "Please keep to 200 skills.",
        ),
        put(json!({ "skills": [7] }), "skills[0]", "Use a name, or {name, level} with a level from 1 to 5."),
        put(
            json!({ "preferred_locations": (0..21).map(|n| format!("Town {n}")).collect::<Vec<_>>() }),
            "preferred_locations",
            "Please keep to 20 places",
        ),
        put(json!({ "target_roles": ["x".repeat(101)] }), "target_roles", "Please keep to 20 roles"),
        put(json!({ "country": "XX" }), "country", "Please choose a country"),
        put(json!({ "time_zone": "Middle/Earth" }), "time_zone", "Please use a name such as Europe/Berlin."),
        put(json!({ "match_threshold": 101 }), "match_threshold", "Please choose a number from 0 to 100."),
        put(json!({ "match_threshold": -1 }), "match_threshold", "invalid value"),
        put(json!({ "remote": "sometimes" }), "remote", "unknown variant"),
        put(
            json!({ "salary_target": { "amount": 0, "currency": "EUR", "period": "year" } }),
            "salary_amount",
            "Please enter an amount from 1",
        ),
        put(
            json!({ "salary_target": { "amount": 5, "currency": "€", "period": "year" } }),
            "salary_currency",
            "Please use a three-letter code",
        ),
        put(
            json!({ "salary_target": { "amount": 5, "currency": "EUR", "period": "year", "net": true } }),
            "salary_target.net",
            "unknown field",
        ),
        put(json!({ "salary_target": [5, "EUR", "year"] }), "salary_target", "expected an object"),
        put(json!({ "remote": 7 }), "remote", "another type of value"),
        put(json!(["Ann", "Bakes"]), "body", "Please send an object"),
        put(json!([]), "body", "Please send an object"),
        put(json!({ "roles": ["admin"] }), "roles", "unknown field"),
    ]
}

fn applications() -> Vec<Bad> {
    let post =
        |body: Value, field: &'static str, said: &'static str| bad(Method::POST, APPLICATIONS, body, 422, field, said);
    let id = uuid::Uuid::now_v7();
    vec![
        post(json!({}), "job_id", "missing field"),
        post(json!({ "job_id": "one" }), "job_id", ""),
        post(json!({ "job_id": id, "status": "dreaming" }), "status", "unknown variant"),
        post(json!({ "job_id": id, "status": "not_applied" }), "status", "unknown variant"),
        post(json!({ "job_id": id, "applied_at": "yesterday" }), "applied_at", ""),
        post(json!({ "job_id": id, "applied_at": "-9999-01-01T00:00:00Z" }), "applied_at", ""),
        post(json!({ "job_id": id, "notes": "x".repeat(100_001) }), "notes", "Please keep the notes under 100 KB."),
        post(json!({ "job_id": id, "user_id": id }), "user_id", "unknown field"),
        bad(Method::POST, APPLICATIONS, json!({ "job_id": id }), 404, "", "does not exist"),
    ]
}

fn imports() -> Vec<Bad> {
    let post = |body: Value, field: &'static str, said: &'static str| bad(Method::POST, IMPORT, body, 422, field, said);
    vec![
        post(json!({}), "data", "Please send the postings in data"),
        post(json!({ "data": "" }), "data", "There is nothing to read."),
        post(json!({ "data": "hello" }), "data", "neither JSON nor a table"),
        post(json!({ "data": "<html>" }), "data", "This is a web page, not a feed."),
        post(json!({ "data": "{\"jobs\": [" }), "data", "The JSON breaks off"),
        post(json!({ "data": 7 }), "data", ""),
        post(json!({ "data": {} }), "data", ""),
        post(json!({ "format": "xml", "data": [] }), "format", "Not a format. Use one of: auto"),
        post(
            json!({ "format": "greenhouse", "data": "title,company\nBaker,Acme" }),
            "data",
            "Greenhouse answers in JSON",
        ),
        post(json!({ "format": "csv", "data": "a,b\n1,2\n" }), "data", "The first line must name the columns"),
        post(json!({ "address": "https://example.org", "data": [] }), "address", "either an address or data"),
        post(json!({ "address": "nonsense" }), "address", ""),
        post(json!({ "address": "http://127.0.0.1/" }), "address", ""),
        post(json!({ "address": "http://169.254.169.254/latest/meta-data" }), "address", ""),
        post(json!({ "address": "file:///etc/passwd" }), "address", ""),
        bad(Method::POST, IMPORT, format!("{{\"data\": {}", "[".repeat(500)), 400, "", "not valid JSON"),
        post(json!({ "data": [], "save": true }), "save", "unknown field"),
        post(json!({ "data": [], "dry_run": "no" }), "dry_run", "invalid type"),
    ]
}

async fn all_are_refused(app: &TestApp, cases: Vec<Bad>) {
    let ann = app.person("ann").await;
    let all = cases.len();
    for case in cases {
        let name = format!("{} {} {}", case.method, case.path, case.body.chars().take(200).collect::<String>());
        let caller = if case.path.contains("/auth/") { app.anybody() } else { (*ann).clone() };
        let answer = match case.method {
            Method::GET => caller.get(case.path).await,
            _ => caller.send_text(case.method, case.path, &case.body).await,
        };
        assert_eq!(answer.status, case.status, "{name}: {}", answer.text);
        assert!(answer.text.starts_with('{'), "{name}: {}", answer.text);
        let body = answer.json();
        for field in ["detail", "error_code", "timestamp", "request_id"] {
            assert!(body[field].is_string(), "{name}: {body}");
        }
        let said = if case.field.is_empty() { &body["detail"] } else { &body["fields"][case.field] };
        assert!(said.as_str().is_some_and(|said| said.contains(case.said) && !said.is_empty()), "{name}: {body}");
        assert!(!answer_leaks(&body.to_string()), "{name}: {body}");
    }
    assert!(ann.events().await.is_empty(), "{all} refusals changed nothing");
}

story! {
    async fn accounts_over_rest(app: TestApp) {
        all_are_refused(&app, accounts()).await;
    }
}

story! {
    async fn jobs_over_rest(app: TestApp) {
        all_are_refused(&app, jobs()).await;
    }
}

story! {
    async fn lists_over_rest(app: TestApp) {
        all_are_refused(&app, lists()).await;
    }
}

story! {
    async fn profiles_over_rest(app: TestApp) {
        all_are_refused(&app, profile()).await;
    }
}

story! {
    async fn applications_over_rest(app: TestApp) {
        all_are_refused(&app, applications()).await;
    }
}

story! {
    async fn imports_over_rest(app: TestApp) {
        all_are_refused(&app, imports()).await;
    }
}

//! Boards fetched from their public addresses, which a server on this machine stands in for.

use crate::support::{executable::*, multipart, postings, *};
use axum::{
    Json, Router,
    body::{Body, Bytes},
    http::StatusCode,
    response::{Html, Redirect},
    routing::{get, post},
};

/// Starts the stand-in and gives its address, for `FETCH_MIRROR`.
async fn mirror() -> String {
    let greenhouse = "/boards-api.greenhouse.io/v1/boards";
    let oven = json!({ "text": "Oven Seller", "hostedUrl": "https://jobs.lever.co/acme-ovens/1", "categories": { "location": "Lisbon, Portugal" },
        "descriptionPlain": "You sell ovens." });
    let app = Router::new()
        .route(&format!("{greenhouse}/crumb/jobs"), get(async || Json(postings::greenhouse())))
        .route(&format!("{greenhouse}/busy/jobs"), get(async || StatusCode::TOO_MANY_REQUESTS))
        .route(&format!("{greenhouse}/broken/jobs"), get(async || StatusCode::BAD_GATEWAY))
        .route(&format!("{greenhouse}/page/jobs"), get(async || Html("<!doctype html><title>Jobs</title>")))
        .route(&format!("{greenhouse}/half/jobs"), get(async || "{\"jobs\": [{\"title\": \"Ba"))
        .route(&format!("{greenhouse}/wrong/jobs"), get(async || Json(json!({ "jobs": "none today" }))))
        .route(&format!("{greenhouse}/empty/jobs"), get(async || Json(json!({ "jobs": [], "meta": { "total": 0 } }))))
        .route(&format!("{greenhouse}/endless/jobs"), get(endless))
        .route(&format!("{greenhouse}/moved/jobs"), get(async || Redirect::temporary("/v1/boards/crumb/jobs")))
        .route(&format!("{greenhouse}/away/jobs"), get(async || Redirect::temporary("https://evil.example/jobs")))
        .route(&format!("{greenhouse}/inwards/jobs"), get(async || Redirect::temporary("https://169.254.169.254/jobs")))
        .route(
            &format!("{greenhouse}/plain/jobs"),
            get(async || Redirect::temporary("http://boards-api.greenhouse.io/v1/boards/crumb/jobs")),
        )
        .route(
            &format!("{greenhouse}/port/jobs"),
            get(async || Redirect::temporary("https://boards-api.greenhouse.io:8443/v1/boards/crumb/jobs")),
        )
        .route(
            &format!("{greenhouse}/lookalike/jobs"),
            get(async || Redirect::temporary("https://greenhouse.io.evil.example/jobs")),
        )
        .route("/evil.example/jobs", get(async || Json(postings::greenhouse())))
        .route("/169.254.169.254/jobs", get(async || Json(postings::greenhouse())))
        .route("/greenhouse.io.evil.example/jobs", get(async || Json(postings::greenhouse())))
        .route(&format!("{greenhouse}/round/jobs"), get(async || Redirect::temporary("/v1/boards/round/jobs")))
        .route("/api.lever.co/v0/postings/acme-ovens", get(async move || Json(json!([oven]))))
        .route("/acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/jobs", post(workday));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("its address"));
    tokio::spawn(axum::serve(listener, app).into_future());
    address
}

/// 45 postings, 20 at a time; the number is said with the first page only.
async fn workday(Json(search): Json<Value>) -> Json<Value> {
    let offset = search["offset"].as_u64().expect("an offset");
    let last = 45.min(offset + search["limit"].as_u64().expect("a limit"));
    let found: Vec<Value> = (offset..last)
        .map(|n| json!({ "title": format!("Bridge Engineer {n}"), "externalPath": format!("/job/Rivertown/Bridge_R{n}"), "locationsText": "Lyon, France" }))
        .collect();
    Json(json!({ "total": if offset == 0 { 45 } else { 0 }, "jobPostings": found }))
}

/// White space without end.
async fn endless() -> Body {
    let piece = Bytes::from(vec![b' '; 1 << 20]);
    Body::from_stream(futures_util::stream::repeat_with(move || Ok::<_, std::io::Error>(piece.clone())))
}

story! {
    async fn a_pasted_address_becomes_jobs(app: TestApp) {
        let app = app.restarted(&[("FETCH_MIRROR", &mirror().await)]).await;
        let ann = app.person("ann").await;
        for (address, created) in [
            ("https://boards.greenhouse.io/crumb", 2),
            ("jobs.lever.co/acme-ovens", 1),
            ("https://acme.wd5.myworkdayjobs.com/en-US/Careers", 45),
        ] {
            let report = ann.post("/api/v1/jobs/import", json!({ "address": address })).await.ok();
            assert_eq!(report["created"], created, "{address}: {report}");
        }
        let moved = ann.post("/api/v1/jobs/import", json!({ "address": "https://boards.greenhouse.io/moved" })).await.ok();
        assert_eq!((&moved["created"], moved["duplicates"].as_array().map(Vec::len)), (&json!(0), Some(3)), "the same board elsewhere: {moved}");
        let jobs = ann.get("/api/v1/jobs?q=Oven+Seller").await.ok();
        assert_eq!((&jobs["items"][0]["company"], &jobs["items"][0]["source"]), (&json!("Acme Ovens"), &json!("lever")));
        app.stopped().await;
    }
}

story! {
    async fn a_board_that_answers_badly_is_told_apart(app: TestApp) {
        let app = app.restarted(&[("FETCH_MIRROR", &mirror().await)]).await;
        let ann = app.person("ann").await;
        for (board, words) in [
            ("nobody", "There is no public board at this address (it answered “not found”)."),
            ("busy", "The board asks to be left alone for a while. Please try again later."),
            ("broken", "The address answered with an error (502)."),
            ("page", "The address did not answer as Greenhouse does."),
            ("half", "The address did not answer as Greenhouse does."),
            ("wrong", "The address did not answer as Greenhouse does."),
            ("endless", "The answer is larger than 30 MB."),
            ("round", "The address redirects too often."),
            ("away", "The address leads to a page that is not one of the known boards"),
            ("inwards", "The address leads to a page that is not one of the known boards"),
            ("plain", "The address leads to a page that is not one of the known boards, or not over https."),
            ("port", "The address leads to a page that is not one of the known boards"),
            ("lookalike", "The address leads to a page that is not one of the known boards"),
        ] {
            let address = format!("https://boards.greenhouse.io/{board}");
            let said = ann.post("/api/v1/jobs/import", json!({ "address": address })).await.invalid("address");
            assert!(said.starts_with(words) && said.len() > 20, "{board}: {said}");
        }
        let empty = ann.post("/api/v1/jobs/import", json!({ "address": "https://boards.greenhouse.io/empty" })).await.ok();
        assert_eq!((&empty["created"], &empty["rejected"]), (&json!(0), &json!([])));
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0);
        app.stopped().await;
    }
}

story! {
    async fn the_page_shows_a_fetched_board_before_anything_is_saved(app: TestApp) {
        let app = app.restarted(&[("FETCH_MIRROR", &mirror().await)]).await;
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let id = multipart::read_id(&mut browser, &[("address", "https://boards.greenhouse.io/crumb")], None).await;
        let page = browser.open(&format!("/jobs/import?read={id}")).await.page();
        assert!(page.contains("Take in 2 jobs") && page.contains("Senior Data Engineer"), "{page}");
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0);
        app.stopped().await;
    }
}

story! {
    async fn a_board_is_imported_from_the_command_line(app: TestApp) {
        let ann = app.person("ann").await;
        let mirror = mirror().await;
        let folder = tempfile::tempdir().expect("a folder");
        let import = |address: &str| {
            let settings = [("DATABASE_URL", app.database.url.as_str()), ("FETCH_MIRROR", mirror.as_str())];
            run(folder.path(), &["import-jobs", address, "--user", "ann@example.org"], &settings)
        };
        let output = tokio::task::block_in_place(|| import("https://boards.greenhouse.io/crumb"));
        assert!(words(&output).contains("2 created, 1 duplicates, 1 rejected."), "{}", words(&output));
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 2);
        let output = tokio::task::block_in_place(|| import("https://boards.greenhouse.io/nobody"));
        assert_eq!(output.status.code(), Some(1));
        assert!(words(&output).contains("There is no public board at this address"), "{}", words(&output));
    }
}

//! Adding a job in one step: a link or a text is read, shown with where each field is from, and saved only on the person's word.

use crate::support::{postings, *};
use axum::{
    Json, Router,
    body::{Body, Bytes},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect},
    routing::get,
};

const PARSE: &str = "/api/v1/jobs/parse";
const TEXT: &str = "We bake bread for the whole town, every day of the year, and have done so since the town had three houses. You would knead, bake and sell.";

/// A stand-in for every site, for `FETCH_MIRROR`.
async fn mirror() -> String {
    let data = json!({
        "@context": "https://schema.org", "@type": "JobPosting", "title": "Night Baker", "hiringOrganization": { "name": "Acme Mills" },
        "jobLocation": { "address": { "addressLocality": "Dublin", "addressCountry": "Ireland" } }, "datePosted": "2026-03-01", "validThrough": "2026-04-01",
        "baseSalary": { "currency": "EUR", "value": { "minValue": 30000, "maxValue": 36000, "unitText": "YEAR" } },
        "description": format!("<p>{TEXT}</p><h3>Requirements</h3><ul><li>Python</li></ul>"),
    });
    let posting = json!({
        "id": 1, "title": "Senior Data Engineer", "absolute_url": "https://job-boards.greenhouse.io/crumb/jobs/1", "location": { "name": "Lyon, France" },
        "content": format!("&lt;p&gt;{TEXT} You know Python and SQL.&lt;/p&gt;"), "company_name": "Crumb Systems", "updated_at": "2026-03-01T08:00:00Z",
    });
    let page = format!("<!doctype html><title>x</title><script type='application/ld+json'>{data}</script>");
    let said = format!("<title>Miller at Acme Mills in Berlin | Jobs</title><main><h1>Miller</h1><p>{TEXT}</p></main>");
    let latin: Vec<u8> = "<title>B\u{e4}cker (m/w/d) bei M\u{fc}hle Beispiel GmbH</title><main><p>Wir backen Brot f\u{fc}r die ganze Stadt, an jedem Tag des Jahres, und das seit die Stadt drei H\u{e4}user hatte. Du knetest, backst und verkaufst.</p></main>"
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"))
        .collect();
    let home = "/jobs.example.org";
    let app = Router::new()
        .route("/boards-api.greenhouse.io/v1/boards/crumb/jobs/1", get(async move || Json(posting)))
        .route("/job-boards.greenhouse.io/crumb/jobs/2", get(async move || Html(said)))
        .route(&format!("{home}/1"), get(async move || Html(page)))
        .route(
            &format!("{home}/latin"),
            get(async move || ([(header::CONTENT_TYPE, "text/html; charset=iso-8859-1")], latin)),
        )
        .route(
            &format!("{home}/app"),
            get(async || Html("<title>Baker</title><div id=root></div><script>draw()</script>")),
        )
        .route(&format!("{home}/signed-in"), get(async || StatusCode::FORBIDDEN))
        .route(&format!("{home}/busy"), get(async || StatusCode::TOO_MANY_REQUESTS))
        .route(&format!("{home}/broken"), get(async || StatusCode::BAD_GATEWAY))
        .route(&format!("{home}/picture"), get(async || ([(header::CONTENT_TYPE, "image/png")], "x")))
        .route(&format!("{home}/endless"), get(endless))
        .route(&format!("{home}/moved"), get(async || Redirect::temporary("https://jobs.example.org/1")))
        .route(&format!("{home}/round"), get(async || Redirect::temporary("/round")))
        .route(
            &format!("{home}/inwards"),
            get(async || Redirect::temporary("http://169.254.169.254/latest/meta-data/")),
        )
        .route(&format!("{home}/port"), get(async || Redirect::temporary("http://jobs.example.org:8080/1")))
        .route(&format!("{home}/file"), get(async || Redirect::temporary("file:///etc/passwd")));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("its address"));
    tokio::spawn(axum::serve(listener, app).into_future());
    address
}

/// A page without end.
async fn endless() -> impl IntoResponse {
    let piece = Bytes::from(vec![b' '; 1 << 18]);
    let body = Body::from_stream(futures_util::stream::repeat_with(move || Ok::<_, std::io::Error>(piece.clone())));
    ([(header::CONTENT_TYPE, "text/html")], body)
}

story! {
    async fn a_link_is_read_and_nothing_saved(app: TestApp) {
        let app = app.restarted(&[("FETCH_MIRROR", &mirror().await)]).await;
        let ann = app.person("ann").await;
        let found = ann.post(PARSE, json!({ "url": "https://jobs.example.org/1?utm_source=x" })).await.ok();
        let job = &found["job"];
        assert_eq!((&job["title"], &job["company"], &job["location"]), (&json!("Night Baker"), &json!("Acme Mills"), &json!("Dublin, Ireland")), "{found}");
        assert_eq!((&job["date_posted"], &job["closes_on"], &job["salary"]["max"]), (&json!("2026-03-01"), &json!("2026-04-01"), &json!(36_000)));
        assert_eq!(found["from"]["title"], json!({ "origin": "json-ld", "sure": "certain" }));
        assert_eq!(found["from"]["tech_stack"], json!({ "origin": "guessed from the text", "sure": "guess" }));
        assert_eq!(found["from"]["url"]["origin"], "the address");
        assert_eq!((&found["match_score"], &found["duplicates"]), (&Value::Null, &json!([])));
        assert!(found["missing"].as_array().expect("names").contains(&json!("experience_level")), "{found}");
        // The same by the board's own answer, by another's page, and over a redirect.
        for (url, title, company, origin) in [
            ("https://job-boards.greenhouse.io/crumb/jobs/1", "Senior Data Engineer", "Crumb Systems", "board:greenhouse"),
            ("https://job-boards.greenhouse.io/crumb/jobs/2", "Miller", "Acme Mills", "heading of the page"),
            ("https://jobs.example.org/latin", "Bäcker (m/w/d)", "Mühle Beispiel GmbH", "title of the page"),
            ("http://jobs.example.org/moved", "Night Baker", "Acme Mills", "json-ld"),
        ] {
            let found = ann.post(PARSE, json!({ "url": url })).await.ok();
            assert_eq!((&found["job"]["title"], &found["job"]["company"], &found["from"]["title"]["origin"]), (&json!(title), &json!(company), &json!(origin)), "{found}");
        }
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0);
        assert!(ann.events().await.is_empty());
        app.stopped().await;
    }
}

story! {
    async fn a_text_is_read_and_the_score_and_twins_are_told(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let same = ann.job(json!({ "company": "ACME Mills Ltd.", "title": "Night Baker!", "location": "Dublin" })).await;
        let linked = ann.job(json!({ "company": "Other", "title": "Other", "url": "https://www.jobs.example.org/9?utm_source=x" })).await;
        let deleted = ann.job(json!({ "company": "Acme Mills", "title": "Night Baker", "location": "Dublin" })).await;
        ann.delete(&format!("/api/v1/jobs/{deleted}")).await.status(204);
        let bob = app.person("bob").await;
        bob.job(json!({ "company": "Acme Mills", "title": "Night Baker", "location": "Dublin" })).await;
        let text = format!("Night Baker at Acme Mills in Dublin\n\n{TEXT}\nYou know Python and SQL.\n\nhttps://jobs.example.org/9");
        let found = ann.post(PARSE, json!({ "text": text })).await.ok();
        assert_eq!(found["from"]["company"], json!({ "origin": "text line 1", "sure": "likely" }), "{found}");
        assert!(found["match_score"].is_u64(), "{found}");
        let twins: Vec<(&Value, &str)> = found["duplicates"].as_array().expect("a list").iter()
            .map(|twin| (&twin["job_id"], twin["reason"].as_str().expect("words"))).collect();
        assert_eq!(twins, [
            (&json!(linked), "It has the same link as a job you have."),
            (&json!(same), "It has the same company, title and place as a job you have."),
        ]);
        // Without a name nothing is the same as anything.
        let found = ann.post(PARSE, json!({ "text": TEXT })).await.ok();
        assert_eq!((&found["job"]["company"], &found["duplicates"]), (&json!(""), &json!([])));
        assert!(found["missing"].as_array().expect("names").contains(&json!("company")));
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 2);
    }
}

story! {
    async fn what_cannot_be_read_is_said_by_field(app: TestApp) {
        let app = app.restarted(&[("FETCH_MIRROR", &mirror().await)]).await;
        let ann = app.person("ann").await;
        for (body, field, words) in [
            (json!({}), "url", "Please send a link in url"),
            (json!({ "url": "https://jobs.example.org/1", "text": "x" }), "url", "Please send either a link or a text"),
            (json!({ "text": " \n" }), "text", "There is nothing to read."),
            (json!({ "text": "x".repeat(500_000) }), "text", "This is too long for one posting."),
            (json!({ "url": "" }), "url", "This is not a web address."),
            (json!({ "url": "two words" }), "url", "This is not a web address."),
            (json!({ "url": "x".repeat(3_000) }), "url", "This is not a web address."),
            (json!({ "url": 7 }), "url", ""),
            (json!({ "url": "https://jobs.example.org/1", "save": true }), "save", "unknown field"),
            (json!({ "link": "https://jobs.example.org/1" }), "link", "unknown field"),
        ] {
            let said = ann.post(PARSE, body.clone()).await.invalid(field);
            assert!(said.starts_with(words), "{body}: {said}");
        }
        for (path, words) in [
            ("app", "There is too little text at this address"),
            ("signed-in", "This page is not shown to programs"),
            ("busy", "This site asks to be left alone"),
            ("broken", "The address answered with an error (502)."),
            ("nowhere", "There is no page at this address"),
            ("picture", "There is no page at this address but something else"),
            ("endless", "The answer is larger than 2 MB."),
            ("round", "The address redirects too often."),
            ("inwards", "This address belongs to a private network"),
            ("port", "Only the usual ports (80 and 443) can be read."),
            ("file", "Only http and https addresses can be read."),
        ] {
            let said = ann.post(PARSE, json!({ "url": format!("https://jobs.example.org/{path}") })).await.invalid("url");
            assert!(said.starts_with(words), "{path}: {said}");
        }
        for url in ["http://127.0.0.1/", "http://2130706433/", "http://[::ffff:10.0.0.1]/", "http://localhost/", "http://user@jobs.example.org/1", "http://jobs.example.org:22/", "ftp://jobs.example.org/1", "javascript:alert(1)"] {
            ann.post(PARSE, json!({ "url": url })).await.invalid("url");
        }
        app.stopped().await;
    }
}

story! {
    async fn reading_is_counted(app: TestApp) {
        let ann = app.person("ann").await;
        let who: career_copilot::ids::UserId = ann.id.parse().expect("an id");
        while app.state.limits.heavy(who).is_ok() {}
        ann.post(PARSE, json!({ "url": "https://jobs.example.org/1" })).await.refused(429, "too_many_requests");
        ann.post(PARSE, json!({ "text": TEXT })).await.ok();
        while app.state.limits.file(who).is_ok() {}
        ann.post(PARSE, json!({ "text": TEXT })).await.refused(429, "too_many_requests");
        app.person("bob").await.post(PARSE, json!({ "text": TEXT })).await.ok();
    }
}

story! {
    async fn the_page_works_without_script(app: TestApp) {
        let app = app.restarted(&[("FETCH_MIRROR", &mirror().await)]).await;
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let have = ann.job(json!({ "company": "Acme Mills", "title": "Night Baker", "location": "Dublin" })).await;
        let mut browser = ann.browser().await;
        let page = browser.open("/jobs/add").await.page();
        assert!(page.contains("name=\"what\"") && !page.contains("name=\"company\"") && page.contains("href=\"/jobs/new\""), "{page}");
        assert!(page.contains("href=\"javascript:(()=&gt;{") || page.contains("href=\"javascript:(()=>{"), "the bookmarklet: {page}");
        // A posted link comes back as a form that is filled in.
        let page = browser.submit("/jobs/add", "parse_job", &[("what", "https://jobs.example.org/1")]).await.page();
        for words in [
            "value=\"Night Baker\"", "value=\"Acme Mills\"", "value=\"Dublin, Ireland\"", "value=\"2026-04-01\"", "value=\"webpage\"", "Taken from the page’s own data.",
            "Guessed from the address; please check.", "You have this job already.", &format!("href=\"/jobs/{have}\""), "Not found: level",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 1, "nothing is saved yet");
        // What is wrong is said beside the field, and nothing typed is lost.
        let page = browser.submit("/jobs/add", "parse_job", &[("what", "http://127.0.0.1/secret")]).await.status(422).text;
        assert!(page.contains("private network") && page.contains("http://127.0.0.1/secret") && !page.contains("name=\"company\""), "{page}");
        let fields = [("title", "Night Baker & more"), ("company", ""), ("source", "webpage"), ("url", "https://jobs.example.org/1")];
        let page = browser.submit("/jobs/add", "save_job", &fields).await.status(422).text;
        assert!(page.contains("Please name the company.") && page.contains("value=\"Night Baker &amp; more\"") && page.contains("value=\"webpage\""), "{page}");
        let fields = [("title", "Miller"), ("company", "Acme Mills"), ("source", "webpage"), ("url", "https://jobs.example.org/1")];
        let to = browser.submit("/jobs/add", "save_job", &fields).await.redirect();
        let job = ann.get(&to.replace("/jobs/", "/api/v1/jobs/")).await.ok();
        assert_eq!((&job["title"], &job["source"]), (&json!("Miller"), &json!("webpage")));
        // A change keeps where it came from, whatever the form says.
        let id = to.trim_start_matches("/jobs/");
        browser.call("save_job", &[("id", id), ("title", "Miller"), ("company", "Acme Mills"), ("source", "elsewhere")]).await.ok();
        assert_eq!(ann.get(&format!("/api/v1/jobs/{id}")).await.ok()["source"], "webpage");
        app.stopped().await;
    }
}

story! {
    async fn what_is_shared_is_read_at_once(app: TestApp) {
        let app = app.restarted(&[("FETCH_MIRROR", &mirror().await)]).await;
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        for query in [
            "url=https%3A%2F%2Fjobs.example.org%2F1&title=x",
            "title=&text=Look%20at%20this%20https%3A%2F%2Fjobs.example.org%2F1",
        ] {
            let page = browser.open(&format!("/jobs/add?{query}")).await.page();
            assert!(page.contains("value=\"Night Baker\"") && page.contains("https://jobs.example.org/1</textarea>"), "{query}: {page}");
        }
        let page = browser.open("/jobs/add?text=Night%20Baker%20at%20Acme%20Mills%0A%0AWe%20bake.").await.page();
        assert!(page.contains("value=\"Night Baker\"") && page.contains("value=\"Acme Mills\""), "{page}");
        // What cannot be read leads on, with what there is.
        let page = browser.open("/jobs/add?url=https%3A%2F%2Fjobs.example.org%2Fapp&title=Baker").await.status(422).text;
        assert!(page.contains("There is too little text at this address") && page.contains("href=\"/jobs/new?title=Baker&amp;url=https"), "{page}");
        assert!(page.contains("href=\"/jobs/import?url=https"), "{page}");
        // Text that the bookmarklet took along is read in its stead.
        let text = format!("Night Baker at Acme Mills. {TEXT} {TEXT}").replace(' ', "%20");
        let page = browser.open(&format!("/jobs/add?url=https%3A%2F%2Fjobs.example.org%2Fapp&text={text}")).await.page();
        assert!(page.contains("The page could not be read, so the text that came with it was.") && page.contains("value=\"https://jobs.example.org/app\""), "{page}");
        // Nothing in it runs.
        let page = browser.open("/jobs/add?text=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E").await.status(422).text;
        assert!(!page.contains("<script>alert(1)") && !page.contains("</textarea><script>"), "{page}");
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0);
        let stranger = app.browser().open("/jobs/add?url=https%3A%2F%2Fjobs.example.org%2F1").await.redirect();
        assert!(stranger.starts_with("/sign-in?next="), "{stranger}");
        app.stopped().await;
    }
}

//! Sources: each kind is read as its board documents it, its faults are told apart, and nobody is asked more than they want to be.

use crate::support::{
    sources::{Internet, Reply},
    *,
};
use boards::address::place;
use career_copilot::{
    db,
    ids::SourceId,
    on,
    postings::Numbers,
    sources::{
        choices, facts, hosts,
        store::{self, Row},
        visits::{self, Visit},
    },
    state::App,
};
use chrono::{TimeDelta, Utc};

const KEYS: [(&str, &str); 9] = [
    ("ADZUNA_APP_ID", "adzuna-id"),
    ("ADZUNA_APP_KEY", "adzuna-key"),
    ("USAJOBS_EMAIL", "ops@example.org"),
    ("USAJOBS_API_KEY", "usajobs-key"),
    ("LINKEDIN_JOBS_CLIENT_ID", "linkedin-id"),
    ("LINKEDIN_JOBS_CLIENT_SECRET", "linkedin-secret"),
    ("INDEED_PUBLISHER_ID", "indeed-id"),
    ("GLASSDOOR_PARTNER_ID", "glassdoor-id"),
    ("GLASSDOOR_PARTNER_KEY", "glassdoor-key"),
];

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../crates/boards/tests/fixtures/", $name)).as_slice()
    };
}

fn ok(body: impl AsRef<[u8]>) -> Reply {
    Reply::ok(body)
}

/// A source of this address, due now. Nothing is put into the queue: the story visits it itself.
async fn source(app: &App, address: &str) -> SourceId {
    let place = place(address).unwrap_or_else(|refused| panic!("{address}: {refused}"));
    let mut tx = app.db.begin().await.expect("a transaction");
    let at = db::now() - TimeDelta::seconds(1);
    let id = store::add(&mut tx, &place, address, at).await.expect("a source");
    tx.commit().await.expect("kept");
    id
}

async fn visit(app: &App, id: SourceId) -> Visit {
    visits::visit(app, id, &|| true).await.expect("the database works")
}

/// Visits although it is not time.
async fn again(app: &App, id: SourceId) -> Visit {
    let mut tx = app.db.begin().await.expect("a transaction");
    assert!(store::retry(&mut tx, id, db::now() - TimeDelta::seconds(1)).await.expect("it works"));
    tx.commit().await.expect("kept");
    visit(app, id).await
}

async fn row(app: &App, id: SourceId) -> Row {
    store::get(&app.db, id).await.expect("it works").expect("a source")
}

async fn open_postings(app: &App, id: SourceId) -> i64 {
    on!(app.db.read, |c| sqlx::query_scalar("SELECT COUNT(*) FROM postings WHERE source_id = $1 AND closed_at IS NULL")
        .bind(id)
        .fetch_one(c)
        .await)
    .expect("a number")
}

fn greenhouse(jobs: &[(u32, &str)]) -> String {
    let jobs: Vec<Value> = jobs
        .iter()
        .map(|(id, title)| {
            json!({ "id": id, "title": title, "absolute_url": format!("https://boards.greenhouse.io/crumb/jobs/{id}"),
            "location": { "name": "Lyon, France" }, "content": format!("We need a {title} who knows Python.") })
        })
        .collect();
    json!({ "jobs": jobs, "meta": { "total": jobs.len() } }).to_string()
}

const CRUMB: &str = "boards-api.greenhouse.io/v1/boards/crumb/jobs";

story! {
    async fn every_kind_is_read_as_it_is_documented(app: TestApp) {
        let net = Internet::start().await;
        let mut settings = vec![("FETCH_MIRROR", net.address.as_str())];
        settings.extend(KEYS);
        let app = app.restarted(&settings).await;
        for (address, body) in [
            (CRUMB, fixture!("greenhouse.json")),
            ("api.lever.co/v0/postings/acme", fixture!("lever.json")),
            ("api.ashbyhq.com/posting-api/job-board/acme", fixture!("ashby.json")),
            ("acme.recruitee.com/api/offers/", fixture!("recruitee.json")),
            ("apply.workable.com/api/v1/widget/accounts/acme", fixture!("workable.json")),
            ("acme.jobs.personio.de/xml", fixture!("personio.xml")),
            ("remotive.com/api/remote-jobs", fixture!("remotive.json")),
            ("remoteok.com/api", fixture!("remoteok.json")),
            ("jobicy.com/api/v2/remote-jobs", fixture!("jobicy.json")),
            ("weworkremotely.com/remote-jobs.rss", fixture!("weworkremotely.xml")),
            ("hn.algolia.com/api/v1/items/9000", fixture!("hackernews.json")),
            ("acme.bamboohr.com/careers/list", fixture!("bamboohr.json")),
            ("data.usajobs.gov/api/search", fixture!("usajobs.json")),
            ("api.linkedin.com/v1/job-search", fixture!("linkedin.json")),
        ] {
            net.says(address, ok(body));
        }
        net.says("hn.algolia.com/api/v1/search_by_date", ok(r#"{"hits": [{"objectID": "9000", "title": "Ask HN: Who is hiring?"}]}"#));
        net.says("www.linkedin.com/oauth/v2/accessToken", ok(r#"{"access_token": "linkedin-token", "expires_in": 1800}"#));
        for (address, kind, body) in [
            ("jobs.example.org/feed.xml", "application/rss+xml", fixture!("feed.xml")),
            ("jobs.example.org/atom.xml", "application/atom+xml", fixture!("atom.xml")),
            ("jobs.example.org/careers", "text/html; charset=utf-8", fixture!("jobpostings.html")),
        ] {
            net.says(address, ok(body).with("content-type", kind));
        }
        // Those that page: a first page that says there is more, and a last one.
        let page = |from: u32, to: u32| -> Vec<Value> {
            (from..to).map(|n| json!({ "id": n.to_string(), "title": format!("Miller {n}"), "name": format!("Miller {n}") })).collect()
        };
        let with = |rows: Vec<Value>, more: Value| -> Vec<Value> {
            rows.into_iter().map(|mut row| { row.as_object_mut().expect("a row").extend(more.as_object().expect("fields").clone()); row }).collect()
        };
        let smart = json!({ "releasedDate": "2026-11-01", "company": { "identifier": "Acme", "name": "Acme" }, "location": { "city": "Lyon", "country": "fr" } });
        let smart = |from, to| json!({ "totalFound": 103, "content": with(page(from, to), smart.clone()) }).to_string();
        net.says("api.smartrecruiters.com/v1/companies/Acme/postings?limit=100&offset=0", ok(smart(744_000_000, 744_000_100)));
        net.says("api.smartrecruiters.com/v1/companies/Acme/postings?limit=100&offset=100", ok(smart(744_000_100, 744_000_103)));
        net.says("api.smartrecruiters.com/v1/companies/Acme/postings/744000000", ok(r#"{"id": "744000000", "name": "Miller 744000000", "jobAd": {"sections": {"jobDescription": {"title": "Job", "text": "<p>You mill with Python.</p>"}}}}"#));
        let hima = json!({ "companyName": "Acme", "companySlug": "acme", "locationRestrictions": [], "description": "You mill." });
        for (offset, from, to) in [(0, 0, 20), (20, 20, 40), (40, 40, 45)] {
            let rows: Vec<Value> = with(page(from, to), hima.clone()).into_iter().map(|mut row| { row["guid"] = row["id"].clone(); row }).collect();
            net.says(&format!("himalayas.app/jobs/api?limit=20&offset={offset}"), ok(json!({ "totalCount": 45, "jobs": rows }).to_string()));
        }
        let arbeit = |from, to, next: Value| {
            let rows: Vec<Value> = (from..to).map(|n: u32| json!({ "slug": format!("m-{n}"), "title": format!("Miller {n}"), "company_name": "Acme", "location": "Berlin", "description": "You mill.", "created_at": 1_772_467_200, "job_types": [], "tags": [] })).collect();
            json!({ "data": rows, "links": { "next": next } }).to_string()
        };
        net.says("www.arbeitnow.com/api/job-board-api?page=1", ok(arbeit(0, 3, json!("https://www.arbeitnow.com/api/job-board-api?page=2"))));
        net.says("www.arbeitnow.com/api/job-board-api?page=2", ok(arbeit(3, 5, Value::Null)));
        let muse = json!({ "contents": "You mill.", "company": { "name": "Acme" }, "refs": { "landing_page": "https://www.themuse.com/jobs/acme/miller" } });
        net.says("www.themuse.com/api/public/jobs?page=1", ok(json!({ "total": 23, "results": with(page(0, 20), muse.clone()) }).to_string()));
        net.says("www.themuse.com/api/public/jobs?page=2", ok(json!({ "total": 23, "results": with(page(20, 23), muse) }).to_string()));
        let hits = |from: u32, to: u32, total: u32| {
            let hits: Vec<Value> = (from..to).map(|n| json!({ "title": format!("Bridge Engineer {n}"), "externalPath": format!("/job/Lyon/Bridge_R{n}"), "locationsText": "Lyon, France" })).collect();
            json!({ "total": total, "jobPostings": hits }).to_string()
        };
        let search = |offset: u32| format!(r#"acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/jobs {{"appliedFacets":{{}},"limit":20,"offset":{offset},"searchText":""}}"#);
        net.says(&search(0), ok(hits(0, 20, 22)));
        net.says(&search(20), ok(hits(20, 22, 0)));
        net.says("acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/job/Lyon/Bridge_R0", ok(r#"{"jobPostingInfo": {"title": "Bridge Engineer 0", "jobDescription": "<p>You build bridges with Python.</p>", "location": "Lyon"}}"#));
        net.says("acme.bamboohr.com/careers/12/detail", ok(fixture!("bamboohr_detail.json")));
        net.says("hacker-news.firebaseio.com/v0/user/whoishiring.json", ok(r#"{"id": "whoishiring", "submitted": [9300, 9000]}"#));
        net.says("hacker-news.firebaseio.com/v0/item/9300.json", ok(r#"{"id": 9300, "type": "story", "title": "Ask HN: Who wants to be hired?", "kids": [1]}"#));
        net.says("hacker-news.firebaseio.com/v0/item/9000.json", ok(r#"{"id": 9000, "type": "story", "title": "Ask HN: Who is hiring?", "kids": [9001, 9002]}"#));
        net.says("hacker-news.firebaseio.com/v0/item/9001.json", ok(fixture!("hackernews_item.json")));
        net.says("hacker-news.firebaseio.com/v0/item/9002.json", ok("null"));
        net.says("api.adzuna.com/v1/api/jobs/gb/search/1", ok(fixture!("adzuna.json")));
        net.says("api.indeed.com/ads/apisearch", ok(String::from_utf8_lossy(fixture!("indeed.json")).replace("\"totalResults\": 61", "\"totalResults\": 5")));
        net.says("api.glassdoor.com/api/api.htm", ok(String::from_utf8_lossy(fixture!("glassdoor.json")).replace("\"totalRecordCount\": 43", "\"totalRecordCount\": 3")));
        let about = "v=1&format=json&action=employers&q=Acme+Wood&t.p=glassdoor-id&t.k=glassdoor-key&userip=0.0.0.0&useragent=CareerCoPilot";
        net.says(&format!("api.glassdoor.com/api/api.htm?{about}"), ok(fixture!("glassdoor_employers.json")));
        for (address, found) in [
            ("https://boards.greenhouse.io/crumb", None),
            ("https://jobs.lever.co/acme", None),
            ("https://jobs.ashbyhq.com/acme", None),
            ("https://acme.recruitee.com", None),
            ("https://apply.workable.com/acme", None),
            ("https://acme.jobs.personio.de", None),
            ("https://remotive.com", None),
            ("https://remoteok.com", None),
            ("https://jobicy.com", None),
            ("https://weworkremotely.com", None),
            ("https://news.ycombinator.com/user?id=whoishiring", Some(2)),
            ("https://hacker-news.firebaseio.com/v0/user/whoishiring.json", Some(1)),
            ("https://acme.bamboohr.com/careers", None),
            ("https://careers.smartrecruiters.com/Acme", Some(103)),
            ("https://himalayas.app", Some(45)),
            ("https://www.arbeitnow.com", Some(5)),
            ("https://www.themuse.com/search", Some(23)),
            ("https://acme.wd5.myworkdayjobs.com/Careers", Some(22)),
            ("https://jobs.example.org/feed.xml", None),
            ("https://jobs.example.org/atom.xml", None),
            ("https://jobs.example.org/careers", None),
            ("https://api.adzuna.com/v1/api/jobs/gb/search/1?what=carpenter", Some(2)),
            ("https://data.usajobs.gov/api/search?Keyword=ranger&Page=1", None),
            ("https://api.linkedin.com/v1/job-search?keywords=miller&start=0&count=20", Some(2)),
            ("https://api.indeed.com/ads/apisearch?q=baker&start=0&limit=25", Some(2)),
            ("https://api.glassdoor.com/api/api.htm?action=jobs&q=wood&pn=1", Some(2)),
        ] {
            let id = source(&app.state, address).await;
            match visit(&app.state, id).await {
                Visit::Read(numbers) => {
                    assert!(found.map_or(numbers.found > 0, |found| numbers.found == found), "{address}: {numbers:?}");
                }
                other => panic!("{address}: {other:?}"),
            }
            let row = row(&app.state, id).await;
            assert!(row.succeeded_at.is_some() && row.failures == 0 && row.next_at > db::now(), "{address}: {row:?}");
        }
        let asked = net.asked();
        let to = |host: &str| asked.iter().filter(|asked| asked.address.starts_with(host)).cloned().collect::<Vec<_>>();
        // Keys go where they belong, and nowhere else.
        assert!(to("api.adzuna.com")[0].address.contains("app_id=adzuna-id&app_key=adzuna-key"));
        assert!(to("api.indeed.com")[0].address.contains("publisher=indeed-id"));
        assert!(to("api.glassdoor.com")[0].address.contains("t.p=glassdoor-id&t.k=glassdoor-key"));
        let usajobs = &to("data.usajobs.gov")[0].headers;
        assert_eq!((&usajobs["authorization-key"], &usajobs["user-agent"]), (&"usajobs-key".parse().unwrap(), &"ops@example.org".parse().unwrap()));
        assert_eq!(to("api.linkedin.com")[0].headers["authorization"], "Bearer linkedin-token");
        let token = &to("www.linkedin.com")[0];
        assert_eq!((token.headers["content-type"].to_str().unwrap(), token.body.as_str()), ("application/x-www-form-urlencoded", "grant_type=client_credentials&client_id=linkedin-id&client_secret=linkedin-secret"));
        let kept: Vec<String> = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT address FROM sources").fetch_all(c).await).expect("addresses");
        assert!(kept.iter().all(|address| !address.contains("-key") && !address.contains("-id")), "{kept:?}");
        let known = facts::of(&app.state.db, "acme wood").await.expect("it works").expect("something is known");
        assert_eq!((known.rating, known.reviews, known.recommended, known.salaries.len()), (Some(3.5), 120, Some(67), 1));
        let ann = app.person("ann").await;
        let job = ann.job(json!({ "company": "Acme Wood", "title": "Carpenter" })).await;
        let view = ann.browser().await.call("load_job", &[("id", &job)]).await.ok();
        let employer = &view["employer"];
        assert_eq!((&employer["said_by"], &employer["rating"], &employer["reviews"]), (&"Glassdoor".into(), &"3.5".into(), &120.into()));
        // Texts that come apart are fetched, but not too many at a time, and not again.
        assert!(to("api.smartrecruiters.com").len() <= 2 + 40);
        let id = source(&app.state, "https://careers.smartrecruiters.com/Acme").await;
        let text: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT description FROM postings WHERE source_id = $1 AND source_key = '744000000'").bind(id).fetch_one(c).await).expect("a text");
        assert!(text.contains("You mill with Python"), "{text}");
        again(&app.state, id).await;
        assert!(net.asked().iter().all(|asked| !asked.address.ends_with("/postings/744000000")), "what was read is kept");
        app.stopped().await;
    }
}

story! {
    async fn faults_are_told_apart_and_nobody_is_fought(app: TestApp) {
        let net = Internet::start().await;
        let app = app.restarted(&[("FETCH_MIRROR", &net.address)]).await;
        let state = &app.state;
        let id = source(state, "https://boards.greenhouse.io/crumb").await;
        net.says(CRUMB, Reply::ok(greenhouse(&[(1, "Baker"), (2, "Miller")])));
        assert_eq!(visit(state, id).await, Visit::Read(Numbers { found: 2, new: 2, ..Numbers::default() }));
        net.asked();
        assert_eq!(visit(state, id).await, Visit::NotDue);
        assert!(net.asked().is_empty(), "it was there a moment ago");

        // An empty day: no fault, noted, and nothing is closed for it.
        net.says(CRUMB, Reply::ok(greenhouse(&[])));
        assert!(matches!(again(state, id).await, Visit::Read(_)));
        let now = row(state, id).await;
        assert!(now.note.contains("Nothing was offered") && now.failures == 0, "{now:?}");
        assert_eq!(open_postings(state, id).await, 2);

        for (reply, words) in [
            (Reply::ok("{\"jobs\": [{\"title\": \"Ba"), "could not be read as Greenhouse"),
            (Reply::ok("<!doctype html><title>Jobs</title>"), "could not be read as Greenhouse"),
            (Reply::ok(json!({ "jobs": "none today" }).to_string()), "could not be read as Greenhouse"),
            (Reply::ok(json!({ "jobs": [{ "id": 1, "title": 5 }, { "id": 2, "title": [] }] }).to_string()), "its shape may be another one now"),
            (Reply::status(404), "There is nothing at this address any more (404)"),
            (Reply::status(502), "answered with an error (502)"),
        ] {
            net.says(CRUMB, reply);
            assert!(matches!(again(state, id).await, Visit::Failed(_)));
            let now = row(state, id).await;
            assert!(now.last_error.contains(words), "{now:?}");
            assert_eq!(open_postings(state, id).await, 2, "{words}");
        }
        // The breaker opened with the fifth, and says why and until when.
        let now = row(state, id).await;
        assert_eq!(now.failures, 6);
        assert!(now.paused_until.is_some_and(|until| until > Utc::now()) && now.paused_why.contains("502"), "{now:?}");
        net.asked();
        assert_eq!(visit(state, id).await, Visit::NotDue);
        assert!(net.asked().is_empty(), "it is left alone");
        // Half open: one visit decides.
        net.says(CRUMB, Reply::ok(greenhouse(&[(1, "Baker"), (2, "Miller"), (3, "Oven Seller")])));
        assert!(matches!(again(state, id).await, Visit::Read(_)));
        let now = row(state, id).await;
        assert_eq!((now.failures, now.paused_until), (0, None));

        // Asked to wait, one waits.
        net.says(CRUMB, Reply::status(429).with("retry-after", "7200"));
        assert!(matches!(again(state, id).await, Visit::Failed(_)));
        let now = row(state, id).await;
        let until = now.paused_until.expect("a pause");
        assert!(until >= Utc::now() + TimeDelta::minutes(119) && now.paused_why.contains("left alone"), "{now:?}");
        // Refused, one does not come back in another way.
        net.says(CRUMB, Reply::status(403));
        net.asked();
        assert!(matches!(again(state, id).await, Visit::Failed(_)));
        let now = row(state, id).await;
        assert!(now.last_error.contains("refused to answer (403)") && now.paused_until.is_some_and(|until| until > Utc::now() + TimeDelta::hours(23)), "{now:?}");
        assert_eq!(net.asked().len(), 1, "once");

        // What did not change is not sent again.
        net.says(CRUMB, Reply::ok(greenhouse(&[(1, "Baker"), (2, "Miller")])).with("etag", "\"v1\""));
        assert!(matches!(again(state, id).await, Visit::Read(_)));
        assert_eq!(again(state, id).await, Visit::Unchanged);
        assert_eq!(net.asked().last().expect("a question").headers["if-none-match"], "\"v1\"");
        let days: (i64, i64) = on!(state.db.read, |c| sqlx::query_as("SELECT CAST(SUM(visits) AS BIGINT), CAST(SUM(errors) AS BIGINT) FROM source_days WHERE source_id = $1").bind(id).fetch_one(c).await).expect("its days");
        assert_eq!(days, (13, 8));
        app.stopped().await;
    }
}

story! {
    async fn half_a_board_is_taken_in_and_closes_nothing(app: TestApp) {
        let net = Internet::start().await;
        let app = app.restarted(&[("FETCH_MIRROR", &net.address)]).await;
        let state = &app.state;
        let id = source(state, "https://www.themuse.com/search").await;
        let rows = |from: u32, to: u32| -> Vec<Value> {
            (from..to).map(|n| json!({ "id": n, "name": format!("Miller {n}"), "contents": "You mill.", "company": { "name": "Acme" }, "refs": { "landing_page": format!("https://www.themuse.com/jobs/{n}") } })).collect()
        };
        let page = |n: u32| format!("www.themuse.com/api/public/jobs?page={n}");
        net.says(&page(1), Reply::ok(json!({ "total": 40, "results": rows(0, 20) }).to_string()));
        net.says(&page(2), Reply::status(503).with("retry-after", "60"));
        assert!(matches!(visit(state, id).await, Visit::Failed(_)));
        assert_eq!(open_postings(state, id).await, 20, "what was read counts");
        net.says(&page(2), Reply::ok(json!({ "total": 40, "results": rows(20, 40) }).to_string()));
        assert!(matches!(again(state, id).await, Visit::Read(_)));
        assert_eq!(open_postings(state, id).await, 40);
        for _ in 0..3 {
            net.says(&page(2), Reply::ok("{\"total\": 40, \"resu"));
            assert!(matches!(again(state, id).await, Visit::Failed(_)));
        }
        assert_eq!(open_postings(state, id).await, 40, "half an answer closes nothing");
        app.stopped().await;
    }
}

story! {
    async fn what_a_site_asks_of_programs_is_heeded(app: TestApp) {
        let net = Internet::start().await;
        let app = app.restarted(&[("FETCH_MIRROR", &net.address)]).await;
        let state = &app.state;
        let feed = || Reply::ok(fixture!("feed.xml")).with("content-type", "application/rss+xml");
        net.says("closed.example.org/robots.txt", Reply::ok("User-agent: *\nDisallow: /jobs/\nAllow: /jobs/open").with("content-type", "text/plain"));
        net.says("closed.example.org/jobs/feed.xml", feed());
        net.says("closed.example.org/jobs/open.xml", feed());
        let id = source(state, "https://closed.example.org/jobs/feed.xml").await;
        assert!(matches!(visit(state, id).await, Visit::Failed(_)));
        let now = row(state, id).await;
        assert!(now.last_error.contains("robots.txt") && now.paused_until.is_some(), "{now:?}");
        assert!(net.asked().iter().all(|asked| asked.address == "closed.example.org/robots.txt"), "the page itself was not asked");
        let id = source(state, "https://closed.example.org/jobs/open.xml").await;
        assert!(matches!(visit(state, id).await, Visit::Read(_)));
        assert!(net.asked().iter().all(|asked| asked.address == "closed.example.org/jobs/open.xml"), "robots.txt is kept for a day");
        // One that cannot be read for a fault of the site's forbids everything for now.
        net.says("broken.example.org/robots.txt", Reply::status(500));
        net.says("broken.example.org/feed.xml", feed());
        let id = source(state, "https://broken.example.org/feed.xml").await;
        assert!(matches!(visit(state, id).await, Visit::Failed(_)));
        // A documented interface for programs is an invitation.
        net.says("boards-api.greenhouse.io/robots.txt", Reply::ok("User-agent: *\nDisallow: /"));
        net.says(CRUMB, Reply::ok(greenhouse(&[(1, "Baker")])));
        let id = source(state, "https://boards.greenhouse.io/crumb").await;
        assert!(matches!(visit(state, id).await, Visit::Read(_)));
        app.stopped().await;
    }
}

story! {
    async fn a_host_is_asked_one_thing_at_a_time(app: TestApp) {
        let db = &app.state.db;
        let now = db::now();
        assert_eq!(hosts::take(db, "jobs.example.org", now).await.expect("it works"), None, "it is free");
        let ready = hosts::take(db, "jobs.example.org", now).await.expect("it works").expect("somebody is at it");
        assert!(ready > now && ready <= now + TimeDelta::minutes(1), "who dies over it does not keep it");
        assert_eq!(hosts::take(db, "other.example.org", now).await.expect("it works"), None);
        let later = now + TimeDelta::seconds(2);
        hosts::give(db, "jobs.example.org", later).await.expect("it works");
        assert_eq!(hosts::take(db, "jobs.example.org", now).await.expect("it works"), Some(later), "there is a pause");
        assert_eq!(hosts::take(db, "jobs.example.org", later).await.expect("it works"), None);
    }
}

story! {
    async fn without_a_key_partners_are_not_asked(app: TestApp) {
        let net = Internet::start().await;
        let app = app.restarted(&[("FETCH_MIRROR", &net.address)]).await;
        let id = source(&app.state, "https://api.indeed.com/ads/apisearch?q=baker").await;
        assert!(matches!(visit(&app.state, id).await, Visit::Failed(_)));
        let now = row(&app.state, id).await;
        assert!(now.last_error.contains("INDEED_PUBLISHER_ID") && net.asked().is_empty(), "{now:?}");
        let app = app.restarted(&[("FETCH_MIRROR", &net.address), ("LINKEDIN_JOBS_CLIENT_ID", "id"), ("LINKEDIN_JOBS_CLIENT_SECRET", "wrong")]).await;
        net.says("www.linkedin.com/oauth/v2/accessToken", Reply::status(401));
        let id = source(&app.state, "https://api.linkedin.com/v1/job-search?keywords=baker").await;
        assert!(matches!(visit(&app.state, id).await, Visit::Failed(_)));
        assert!(row(&app.state, id).await.last_error.contains("does not take the client and secret"));
        assert_eq!(net.asked().len(), 1, "without a token nothing else is asked");
        app.stopped().await;
    }
}

story! {
    async fn people_choose_and_order_sources(app: TestApp) {
        // Nothing is visited here.
        let app = app.restarted(&[("ENABLE_JOB_SCRAPING", "false")]).await;
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let names = async |person: &Person| -> Vec<String> {
            let all = person.get("/api/v1/sources?per_page=100").await.ok();
            all["items"].as_array().expect("a list").iter().map(|mine| mine["source"]["label"].as_str().expect("a label").to_owned()).collect()
        };
        let everybodys = names(&ann).await;
        assert!(everybodys.len() == 8 && everybodys.contains(&"Hacker News: who is hiring?".to_owned()), "{everybodys:?}");
        let stripe = ann.post("/api/v1/sources", json!({ "what": "STRIPE Inc." })).await.created();
        assert_eq!((&stripe["source"]["label"], &stripe["source"]["health"], &stripe["wanted"]), (&json!("Stripe at Greenhouse"), &json!("new"), &json!(true)));
        let same = ann.post("/api/v1/sources", json!({ "what": "https://job-boards.greenhouse.io/stripe/jobs/1" })).await.created();
        assert_eq!(same["source"]["id"], stripe["source"]["id"], "one board is one source");
        let id = stripe["source"]["id"].as_str().expect("an id");
        assert_eq!(names(&bob).await, everybodys, "what she chose is hers");
        let his = bob.post("/api/v1/sources", json!({ "what": "stripe" })).await.created();
        assert_eq!(his["source"]["id"], stripe["source"]["id"], "and the source everybody's");
        let first = ann.put(&format!("/api/v1/sources/{id}"), json!({ "wanted": true, "rank": 0 })).await.ok();
        assert_eq!(first["rank"], 0);
        let mut browser = ann.browser().await;
        browser.call("move_source", &[("id", id), ("up", "false")]).await.ok();
        assert_eq!(names(&ann).await[1], "Stripe at Greenhouse");
        browser.call("move_source", &[("id", id), ("up", "true")]).await.ok();
        assert_eq!(names(&ann).await[0], "Stripe at Greenhouse");
        browser.call("want_source", &[("id", id), ("wanted", "false")]).await.ok();
        let off = names(&ann).await;
        assert_eq!(off.last().expect("one"), "Stripe at Greenhouse");
        let page = browser.open("/jobs/sources?q=bosch").await.page();
        assert!(page.contains("Stripe at Greenhouse") && page.contains("too few to say") && page.contains("Bosch"), "{page}");
        ann.delete(&format!("/api/v1/sources/{id}")).await.done();
        assert_eq!(names(&ann).await, everybodys);
        ann.get(&format!("/api/v1/sources/{id}")).await.missing();
        for (body, field) in [
            (json!({}), "what"),
            (json!({ "what": "  " }), "what"),
            (json!({ "what": "http://example.org/jobs" }), "what"),
            (json!({ "what": "https://me:word@example.org/jobs" }), "what"),
            (json!({ "what": "x".repeat(3_000) }), "what"),
            (json!({ "kind": "adzuna", "words": "baker" }), "kind"),
            (json!({ "what": "stripe", "kind": "adzuna" }), "what"),
        ] {
            ann.post("/api/v1/sources", body).await.invalid(field);
        }
        let noted = choices::noted(&app.state.db, bob.id.parse().expect("an id")).await.expect("choices");
        assert_eq!((noted.len(), noted[0].label.as_str()), (1, "Stripe at Greenhouse"));
        app.stopped().await;
    }
}

story! {
    async fn a_name_finds_its_board_with_few_questions(app: TestApp) {
        let net = Internet::start().await;
        let app = app.restarted(&[("FETCH_MIRROR", &net.address)]).await;
        let ann = app.person("ann").await;
        // SmartRecruiters answers for companies that are not there, with nothing.
        net.says("api.smartrecruiters.com/v1/companies/CrumbSystems/postings", Reply::ok(r#"{"totalFound": 0, "content": []}"#));
        net.says("crumbsystems.recruitee.com/api/offers/", Reply::ok(fixture!("recruitee.json")));
        let found = ann.post("/api/v1/sources", json!({ "what": "Crumb Systems GmbH" })).await.created();
        assert_eq!(found["source"]["label"], "Crumb Systems GmbH at Recruitee");
        let guesses: Vec<String> = net.asked().into_iter().map(|asked| asked.address).collect();
        assert!(guesses.len() <= 6 && guesses.iter().any(|address| address.starts_with("api.lever.co/")), "{guesses:?}");
        let words = ann.post("/api/v1/sources", json!({ "what": "Nobody Knows Them" })).await.invalid("what");
        assert!(words.contains("No board of a company of this name was found"), "{words}");
        app.stopped().await;
    }
}

story! {
    async fn numbers_and_the_administrators_view(app: TestApp) {
        let app = app.restarted(&[("ENABLE_JOB_SCRAPING", "false")]).await;
        let (admin, ann) = (app.person("ada").await, app.person("ann").await);
        let crumb = ann.post("/api/v1/sources", json!({ "what": "https://boards.greenhouse.io/crumb" })).await.created();
        let id = crumb["source"]["id"].as_str().expect("an id").to_owned();
        let source: SourceId = id.parse().expect("an id");
        for n in 0..21 {
            let job = ann.job(json!({ "company": "Crumb", "title": format!("Baker {n}"), "source": "greenhouse" })).await;
            if n < 6 {
                let status = if n < 3 { "interview" } else { "applied" };
                let application = ann.post("/api/v1/applications", json!({ "job_id": job })).await.created().id();
                ann.put(&format!("/api/v1/applications/{application}"), json!({ "status": status })).await.ok();
            }
        }
        let mut tx = app.state.db.begin().await.expect("a transaction");
        let numbers = Numbers { found: 40, new: 9, duplicate: 3, ..Numbers::default() };
        store::count(&mut tx, source, db::now().date_naive(), false, numbers).await.expect("counted");
        store::count(&mut tx, source, db::now().date_naive() - TimeDelta::days(500), false, numbers).await.expect("counted");
        tx.commit().await.expect("kept");
        let all = ann.get("/api/v1/sources/numbers?per_page=100").await.ok();
        let told = all["items"].as_array().expect("a list").iter().find(|told| told["id"] == json!(id)).expect("hers").clone();
        assert_eq!(
            (&told["found"], &told["new"], &told["duplicate"], &told["matched"], &told["applied"], &told["answered"]),
            (&json!(12), &json!(9), &json!(3), &json!(21), &json!(6), &json!(3))
        );
        assert_eq!((&told["applied_share"], &told["answered_share"]), (&json!("6 of 21, 29 %"), &json!("3 of 6, 50 %")));
        store::purge(&app.state.db).await.expect("swept");
        let days: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT COUNT(*) FROM source_days").fetch_one(c).await).expect("days");
        assert_eq!(days, 1);

        let mut browser = admin.browser().await;
        browser.call("hold_source", &[("id", &id), ("held", "true")]).await.ok();
        assert_eq!(visit(&app.state, source).await, Visit::NotDue);
        let all = browser.call("list_sources", &[]).await.ok();
        let held = all.as_array().expect("a list").iter().find(|source| source["id"] == json!(id)).expect("it").clone();
        assert_eq!(held["health"], "held");
        browser.call("hold_source", &[("id", &id), ("held", "false")]).await.ok();
        browser.call("retry_source", &[("id", &id)]).await.ok();
        browser.call("retry_source", &[("id", &uuid::Uuid::now_v7().to_string())]).await.missing_function();
        let page = browser.open("/admin/sources").await.page();
        assert!(page.contains("https://boards.greenhouse.io/crumb"), "{page}");
        app.stopped().await;
    }
}

story! {
    async fn the_night_run_asks_what_people_of_the_zone_want(app: TestApp) {
        let net = Internet::start().await;
        let app = app.restarted(&[("ENABLE_JOB_SCRAPING", "false")]).await;
        let ann = app.person("ann").await;
        ann.profile(json!({ "time_zone": "Europe/Berlin" })).await;
        let crumb = ann.post("/api/v1/sources", json!({ "what": "https://boards.greenhouse.io/crumb" })).await.created();
        let id: SourceId = crumb["source"]["id"].as_str().expect("an id").parse().expect("an id");
        let due = async |zone: &str| store::due(&app.state.db, zone, db::now()).await.expect("it works");
        assert!(due("Europe/Berlin").await.contains(&id) && !due("Asia/Tokyo").await.contains(&id));
        for _ in 0..2 {
            assert_eq!(visits::ingest_for(&app.state, "Europe/Berlin").await.expect("it works"), 9);
        }
        let waiting: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT COUNT(*) FROM work WHERE kind = 'fetch_source'").fetch_one(c).await).expect("a number");
        assert_eq!(waiting, 9, "each once, and none on a server that is not to");
        net.says(CRUMB, Reply::ok(greenhouse(&[(1, "Baker")])));
        let app = app.restarted(&[("FETCH_MIRROR", &net.address), ("ENABLE_SCHEDULER", "false")]).await;
        // The queue carries it out.
        for _ in 0..1_500 {
            if row(&app.state, id).await.succeeded_at.is_some() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(open_postings(&app.state, id).await, 1);
        assert!(!store::due(&app.state.db, "Europe/Berlin", db::now()).await.expect("it works").contains(&id), "not again so soon");
        app.stopped().await;
    }
}

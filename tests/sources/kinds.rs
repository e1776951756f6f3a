//! Each kind is read as its board documents it; partners get their own key, and are not asked without one.

use super::{CRUMB, again, row, source, visit};
use crate::support::{
    sources::{Internet, Reply},
    *,
};
use career_copilot::{
    db, on,
    sources::{facts, visits::Visit},
};

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

fn ok(body: impl AsRef<[u8]>) -> Reply {
    Reply::ok(body)
}

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

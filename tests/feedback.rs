//! What people say about jobs: kept with what was shown, seen in the next list, taken back without a trace.

use crate::support::{postings, *};
use career_copilot::{
    feedback::taste::{self, Traits},
    ids::UserId,
    jobs::scoring::Asks,
};

/// A job of this company and title; all of them fit alike.
async fn job(ann: &Person, company: &str, title: &str, skill: &str) -> String {
    ann.job(json!({ "company": company, "title": title, "location": "Osaka, Japan", "tech_stack": [skill] })).await
}

async fn say(ann: &Person, job: &str, body: Value) -> Value {
    ann.post(&format!("/api/v1/jobs/{job}/feedback"), body).await.ok()
}

/// The titles of what is recommended, in order.
async fn recommended(ann: &Person) -> Vec<String> {
    let all = ann.get("/api/v1/recommendations").await.ok();
    all.as_array()
        .expect("a list")
        .iter()
        .map(|one| one["job"]["title"].as_str().expect("a title").to_owned())
        .collect()
}

/// The titles of the list, by best match.
async fn listed(ann: &Person, query: &str) -> Vec<String> {
    let all = ann.get(&format!("/api/v1/jobs?{query}")).await.ok();
    let items = all["items"].as_array().expect("items");
    assert_eq!(all["total"], items.len());
    items.iter().map(|job| job["title"].as_str().expect("a title").to_owned()).collect()
}

story! {
    async fn a_word_is_kept_with_what_was_shown(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let fitting = ann.job(postings::fitting()).await;
        let body = json!({ "verdict": "up", "reason": "skills", "note": "  At last  ", "list": "today", "position": 3 });
        let said = say(&ann, &fitting, body).await;
        for (field, value) in [
            ("job_id", json!(fitting)), ("posting_id", Value::Null), ("verdict", json!("up")), ("reason", json!("skills")), ("note", json!("At last")),
            ("about", json!({ "company": "Crumb Systems", "title": "Senior Data Engineer", "location": "Lyon, France", "level": "senior", "skills": ["Python", "SQL", "Docker"], "missing": [] })),
            ("shown", json!({ "match_score": 100, "parts": [50, 30, 20], "moved": 0, "list": "today", "position": 3, "algorithm": taste::ALGORITHM })),
        ] {
            assert_eq!(said[field], value, "{field}");
        }
        // Another word takes its place, and knows what the first one did.
        let changed = say(&ann, &fitting, json!({ "verdict": "down" })).await;
        assert_eq!((changed.id(), &changed["reason"], &changed["note"]), (said.id(), &Value::Null, &json!("")));
        assert!(changed["shown"]["moved"].as_i64().is_some_and(|moved| moved > 0), "{changed}");
        let all = ann.get("/api/v1/feedback?per_page=1").await.ok();
        assert_eq!((&all["items"], &all["total"]), (&json!([changed]), &json!(1)));

        // It outlives its job, and what was changed there.
        let mut other = postings::fitting();
        other["title"] = json!("Baker");
        ann.put(&format!("/api/v1/jobs/{fitting}"), other).await.ok();
        ann.delete(&format!("/api/v1/jobs/{fitting}")).await.done();
        assert_eq!(ann.get("/api/v1/feedback").await.ok()["items"][0]["about"]["title"], "Senior Data Engineer");
        ann.delete(&format!("/api/v1/jobs/{fitting}/feedback")).await.done();
        ann.delete(&format!("/api/v1/jobs/{fitting}/feedback")).await.missing();
        assert_eq!(ann.get("/api/v1/feedback").await.ok()["total"], 0);
        let told: Vec<String> = ann.events().await.into_iter().filter(|kind| kind.starts_with("feedback.")).collect();
        assert_eq!(told, ["feedback.given", "feedback.given", "feedback.removed"]);
    }
}

story! {
    async fn the_next_list_shows_it_and_says_why(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let liked = job(&ann, "One", "Baker", "Phlebotomy").await;
        job(&ann, "Two", "Nurse", "Phlebotomy").await;
        job(&ann, "Three", "Clerk", "Wound Care").await;
        let before = (recommended(&ann).await, listed(&ann, "").await);
        assert_eq!(before.0, ["Clerk", "Nurse", "Baker"], "equal ones, the newest first");
        let scores = ann.get("/api/v1/jobs?sort=title").await.ok();

        say(&ann, &liked, json!({ "verdict": "up", "reason": "skills" })).await;
        assert_eq!(recommended(&ann).await, ["Nurse", "Baker", "Clerk"]);
        assert_eq!(listed(&ann, "").await, ["Nurse", "Baker", "Clerk"]);
        assert_eq!(listed(&ann, "sort=title").await, ["Baker", "Clerk", "Nurse"], "other orders stay");
        let all = ann.get("/api/v1/recommendations").await.ok();
        let moved = json!({ "points": 1, "words": "A little higher (+1): you liked 1 job with Phlebotomy." });
        assert_eq!((&all[0]["moved"], &all[1]["moved"], &all[2]["moved"]), (&moved, &moved, &Value::Null));
        assert_eq!(ann.get("/api/v1/jobs?sort=title").await.ok()["items"], scores["items"], "no score is another one");
        let mut browser = ann.browser().await;
        for page in ["/today", "/jobs", &format!("/jobs/{liked}")] {
            assert!(browser.open(page).await.page().contains("A little higher (+1): you liked 1 job with Phlebotomy."), "{page}");
        }

        ann.delete(&format!("/api/v1/jobs/{liked}/feedback")).await.done();
        assert_eq!((recommended(&ann).await, listed(&ann, "").await), before);
        assert_eq!(ann.get("/api/v1/recommendations").await.ok()[0]["moved"], Value::Null);
    }
}

story! {
    async fn what_was_turned_down_is_not_recommended_again(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let best = ann.job(postings::fitting()).await;
        ann.job(postings::unfitting()).await;
        say(&ann, &best, json!({ "verdict": "down", "reason": "seen_elsewhere" })).await;
        assert_eq!(recommended(&ann).await, ["Nurse"]);
        let mut browser = ann.browser().await;
        let today = browser.call("load_dashboard", &[]).await.ok();
        assert_eq!(today["left_out"], json!({ "hidden": 0, "turned_down": 1 }));
        assert_eq!(today["activity"][0]["text"], "Turned down Senior Data Engineer at Crumb Systems");
        assert!(browser.open("/today").await.page().contains("1 job you turned down is not recommended."));
        // The list of everything has it, lower than its score.
        let listing = browser.call("list_jobs", &[("query[q]", "")]).await.ok();
        let row = &listing["page"]["items"][0];
        assert_eq!((&row["fit"]["total"], &row["said"]["verdict"], &row["said"]["moved"]["points"]), (&json!(100), &json!("down"), &json!(-15)));
        browser.call("remove_feedback", &[("id", &best)]).await.ok();
        assert_eq!(recommended(&ann).await, ["Senior Data Engineer", "Nurse"]);
        // Nothing was said about the other one, so there is nothing to take back.
        let other = ann.get("/api/v1/recommendations").await.ok()[1]["job"].id();
        assert_eq!(browser.call("remove_feedback", &[("id", &other)]).await.ok(), json!({ "bundle": null, "count": 0 }));
    }
}

story! {
    async fn hidden_companies_are_left_out_and_said(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        ann.job(postings::fitting()).await;
        let mut other = postings::fitting();
        other["title"] = json!("Analyst");
        let applied = ann.job(other).await;
        ann.post("/api/v1/applications", json!({ "job_id": applied })).await.created();
        ann.job(postings::unfitting()).await;

        let hidden = ann.post("/api/v1/hidden-companies", json!({ "company": " CRUMB   Systems, Inc. " })).await.ok();
        assert_eq!(hidden["company"], "CRUMB Systems, Inc.");
        let again = ann.post("/api/v1/hidden-companies", json!({ "company": "Crumb Systems GmbH" })).await.ok();
        assert_eq!(again, hidden, "it is hidden once");
        assert_eq!(ann.get("/api/v1/hidden-companies").await.ok()["items"], json!([hidden]));
        assert_eq!(recommended(&ann).await, ["Nurse"]);
        assert_eq!(listed(&ann, "").await, ["Analyst", "Nurse"], "what was applied to stays");
        assert_eq!(listed(&ann, "hidden=show&sort=title").await, ["Analyst", "Nurse", "Senior Data Engineer"]);
        let mut browser = ann.browser().await;
        let listing = browser.call("list_jobs", &[("query[q]", "")]).await.ok();
        assert_eq!((&listing["hidden"], &listing["page"]["total"]), (&json!(1), &json!(2)));
        for page in ["/today", "/jobs", "/jobs?q=data+engineer"] {
            assert!(browser.open(page).await.page().contains("1 job of hidden companies is not shown."), "{page}");
        }
        assert!(browser.open("/jobs/hidden").await.page().contains("CRUMB Systems, Inc."));

        // No alert tells of them.
        let alerts = ann.get("/api/v1/alerts").await.ok()["items"].as_array().map(Vec::len);
        let mut newer = postings::fitting();
        newer["title"] = json!("Architect");
        ann.job(newer).await;
        assert_eq!(ann.get("/api/v1/alerts").await.ok()["items"].as_array().map(Vec::len), alerts);

        ann.delete(&format!("/api/v1/hidden-companies/{}", hidden.id())).await.done();
        ann.delete(&format!("/api/v1/hidden-companies/{}", hidden.id())).await.missing();
        assert_eq!(listed(&ann, "sort=title").await, ["Analyst", "Architect", "Nurse", "Senior Data Engineer"]);
    }
}

story! {
    async fn it_works_without_script(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let fitting = ann.job(postings::fitting()).await;
        let mut browser = ann.browser().await;
        for page in ["/today", "/jobs", "/alerts", &format!("/jobs/{fitting}")] {
            let text = browser.open(page).await.page();
            for words in ["Good match: Senior Data Engineer", "Not for me: Senior Data Engineer"] {
                assert!(text.contains(&format!("aria-label=\"{words}\"")), "{page}: {words}");
            }
            assert!(!text.contains("aria-pressed=\"true\""), "{page}");
        }
        let own = format!("/jobs/{fitting}");
        let fields = [("id", fitting.as_str()), ("verdict", "down"), ("list", "alerts"), ("position", "1")];
        assert!(browser.submit("/alerts", "give_feedback", &fields).await.redirect().trim_end_matches('?').ends_with("/alerts"));
        assert!(browser.open("/alerts").await.page().contains("aria-pressed=\"true\""));
        let page = browser.open(&own).await.page();
        assert!(page.contains("Not my field") && page.contains("Take it back"), "the reasons are there");
        let fields = [("id", fitting.as_str()), ("verdict", "down"), ("reason", "too_senior"), ("hide", "true"), ("list", "job")];
        assert!(browser.submit(&own, "give_feedback", &fields).await.redirect().trim_end_matches('?').ends_with(&own));
        let said = ann.get("/api/v1/feedback").await.ok()["items"][0].clone();
        assert_eq!((&said["reason"], &said["shown"]["list"], &said["shown"]["position"]), (&json!("too_senior"), &json!("job"), &Value::Null));
        let view = browser.call("load_job", &[("id", &fitting)]).await.ok()["said"].clone();
        assert_eq!((&view["verdict"], &view["reason"]), (&json!("down"), &json!("too_senior")));
        let hidden = view["hidden"].as_str().expect("its company is hidden").to_owned();
        assert!(browser.submit(&own, "show_company", &[("id", &hidden)]).await.redirect().trim_end_matches('?').ends_with(&own));
        assert!(browser.submit(&own, "remove_feedback", &[("id", &fitting)]).await.redirect().trim_end_matches('?').ends_with(&own));
        assert_eq!(browser.call("load_feedback", &[]).await.ok(), json!({ "hidden": [], "said": [] }));
    }
}

story! {
    async fn bad_words_are_named(app: TestApp) {
        let ann = app.person("ann").await;
        let baker = ann.job(postings::baker()).await;
        let path = format!("/api/v1/jobs/{baker}/feedback");
        let ask = async |body: Value| ann.post(&path, body).await;
        assert_eq!(ask(json!({ "verdict": "up", "reason": "too_junior" })).await.invalid("reason"), "This is no reason for that verdict.");
        assert_eq!(ask(json!({ "verdict": "up", "note": "ü".repeat(501) })).await.invalid("note"), "Please use at most 500 characters.");
        assert_eq!(ask(json!({ "verdict": "up", "position": 0 })).await.invalid("position"), "Use 1 to 100,000.");
        ask(json!({ "verdict": "sideways" })).await.invalid("verdict");
        ask(json!({ "reason": "pay" })).await.invalid("verdict");
        ask(json!({ "verdict": "up", "score": 100 })).await.invalid("score");
        for company in ["", " \t", "\u{0}"] {
            let said = ann.post("/api/v1/hidden-companies", json!({ "company": company })).await.invalid("company");
            assert_eq!(said, "Please name the company.");
        }
        ann.post("/api/v1/hidden-companies", json!({ "company": "x".repeat(301) })).await.invalid("company");
        let mut browser = ann.browser().await;
        let call = [("id", baker.as_str()), ("verdict", "perhaps"), ("reason", "because")];
        let answer = browser.call("give_feedback", &call).await.status(422).json();
        assert_eq!(answer["Invalid"], json!({ "reason": "Please choose one of the list.", "verdict": "Please choose up or down." }));
        assert_eq!(ann.get("/api/v1/jobs?hidden=all").await.invalid("hidden"), "Use show, or leave it out.");
        assert_eq!(ann.events().await, ["job.created"]);
    }
}

story! {
    async fn matching_asks_what_is_wanted_less(app: TestApp) {
        let ann = app.person("ann").await;
        let who: UserId = ann.id.parse().expect("an id");
        let asks = Asks { required: vec!["Python".into()], preferred: Vec::new() };
        let posting = Traits::new("Acme Mills Ltd", "Night Baker", "Lyon, France", None, &asks);
        let taste = taste::of(&app.state, who).await.expect("a taste");
        assert_eq!((taste.is_empty(), taste.adjust(&posting)), (true, (0, None)));
        let baker = ann.job(postings::baker()).await;
        say(&ann, &baker, json!({ "verdict": "down", "reason": "less_like_this" })).await;
        ann.post("/api/v1/hidden-companies", json!({ "company": "Acme Mills" })).await.ok();
        // What was kept before is out of date, here as on another server.
        let other = app.another_node().await;
        for state in [&app.state, &other.state] {
            let taste = taste::of(state, who).await.expect("a taste");
            assert_eq!(taste.hides(&boards::duplicate::company_key("Acme Mills Ltd")), Some("You hid Acme Mills."));
            let (points, words) = taste.adjust(&posting);
            assert_eq!(points, -3, "4 times 2 of 5 for the title and for the skill");
            let words = words.expect("words");
            assert_eq!(words, "A little lower (−3): you turned down 1 job with “baker” in the title, and 1 job with Python.");
        }
        other.stopped().await;
    }
}

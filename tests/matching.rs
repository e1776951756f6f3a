//! Scores with their parts, recommendations, the skill gap, the dashboard.

use crate::support::{postings, *};
use career_copilot::on;

story! {
    async fn a_score_is_the_sum_of_its_parts(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        for job in [postings::fitting(), postings::unfitting(), postings::baker(), postings::titled("Miller")] {
            ann.job(job).await;
        }
        let all = ann.get("/api/v1/recommendations?limit=10").await.ok();
        let all = all.as_array().expect("a list");
        assert_eq!(all.len(), 4);
        let mut last = 100;
        for one in all {
            let score = one["match_score"].as_i64().expect("a score");
            let parts = ["skills", "location", "experience"].map(|part| one["parts"][part]["score"].as_i64().expect("a score"));
            assert_eq!(parts.iter().sum::<i64>(), score, "{one}");
            assert_eq!(one["job"]["match_score"], score);
            assert_eq!(["skills", "location", "experience"].map(|part| one["parts"][part]["weight"].as_i64().expect("a weight")), [50, 30, 20]);
            for part in ["skills", "location", "experience"] {
                assert!(one["parts"][part]["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{one}");
            }
            assert!(score <= last, "best first");
            last = score;
        }
        assert_eq!(all[0]["match_score"], 100);
        assert_eq!(all[0]["parts"]["skills"]["matched"], json!(["Python", "SQL", "Docker"]));
        assert_eq!(all[0]["parts"]["skills"]["missing"], json!([]));
        // The page tells the same.
        let mut browser = ann.browser().await;
        let id = all[0]["job"].id();
        let view = browser.call("load_job", &[("id", &id)]).await.ok();
        assert_eq!(view["fit"]["total"], 100);
    }
}

story! {
    async fn only_jobs_not_applied_to_are_recommended(app: TestApp) {
        let ann = app.person("ann").await;
        assert_eq!(ann.get("/api/v1/recommendations").await.ok(), json!([]));
        ann.profile(postings::fitting_profile()).await;
        let job = ann.job(postings::fitting()).await;
        for n in 0..12 {
            ann.job(postings::titled(&format!("job {n}"))).await;
        }
        let count = async |query: &str| ann.get(&format!("/api/v1/recommendations{query}")).await.ok().as_array().expect("a list").len();
        assert_eq!((count("").await, count("?limit=3").await, count("?limit=50").await), (10, 3, 13));
        ann.post("/api/v1/applications", json!({ "job_id": job })).await.created();
        assert_eq!(count("?limit=50").await, 12);
    }
}

story! {
    async fn recommendations_are_kept_until_something_changes(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        ann.job(postings::fitting()).await;
        let titles = async || -> Vec<String> {
            let all = ann.get("/api/v1/recommendations").await.ok();
            all.as_array().expect("a list").iter().map(|one| one["job"]["title"].as_str().expect("a title").into()).collect()
        };
        assert_eq!(titles().await, ["Senior Data Engineer"]);
        // Behind the app's back: what is kept is answered.
        on!(app.state.db.write, |c| sqlx::query("UPDATE jobs SET title = 'changed'").execute(c).await.map(|_| ())).expect("it changes");
        assert_eq!(titles().await, ["Senior Data Engineer"]);
        // A job, a profile, another node's change: each drops it.
        ann.job(postings::unfitting()).await;
        assert_eq!(titles().await, ["changed", "Nurse"]);
        on!(app.state.db.write, |c| sqlx::query("UPDATE jobs SET title = 'again' WHERE title = 'changed'").execute(c).await.map(|_| ())).expect("it changes");
        let mut profile = postings::fitting_profile();
        profile["headline"] = json!("new");
        ann.profile(profile).await;
        assert_eq!(titles().await, ["again", "Nurse"]);
        let other = app.another_node().await;
        ann.at(&other.address).post("/api/v1/jobs", postings::baker()).await.created();
        assert_eq!(titles().await.len(), 3);
        other.stopped().await;
    }
}

story! {
    async fn the_gap_counts_what_jobs_ask_for(app: TestApp) {
        let ann = app.person("ann").await;
        let empty = ann.get("/api/v1/skill-gap").await.ok();
        assert_eq!((&empty["missing_skills"], &empty["skill_coverage_percentage"]), (&json!([]), &json!(0)));
        ann.profile(json!({ "skills": ["Python"] })).await;
        ann.job(json!({ "company": "A", "title": "One", "tech_stack": ["Python", "Docker"] })).await;
        ann.job(json!({ "company": "B", "title": "Two", "tech_stack": ["Docker", "Wound Care"] })).await;
        ann.job(json!({ "company": "C", "title": "Three", "tech_stack": ["Phlebotomy"], "status": "archived" })).await;
        let gap = ann.get("/api/v1/skill-gap").await.ok();
        assert_eq!(gap["user_skills"], json!(["Python"]));
        let missing: Vec<(&str, i64)> = gap["missing_skills"]
            .as_array().expect("a list").iter().map(|skill| (skill["skill"].as_str().expect("a name"), skill["jobs"].as_i64().expect("a count"))).collect();
        assert_eq!(missing, [("Docker", 2), ("Wound care", 1)]);
        assert_eq!(gap["missing_skills"][0]["share"], 1.0);
        let market = gap["top_market_skills"].as_array().expect("a list");
        assert_eq!(market.len(), 3, "archived jobs do not count");
        assert!(market.iter().any(|skill| skill["skill"] == "Python" && skill["have"] == true));
        let learn = gap["recommendations"].as_array().expect("a list");
        assert!(!learn.is_empty() && learn.len() <= 5);
        assert!(learn.iter().all(|one| one["reason"].as_str().is_some_and(|reason| !reason.is_empty())));
        let before = gap["skill_coverage_percentage"].as_i64().expect("a number");
        assert!((1..100).contains(&before), "{before}");
        // "I have this" changes everything at once.
        let mut browser = ann.browser().await;
        let page = browser.call("load_skill_gap", &[]).await.ok();
        assert_eq!(page["missing"][0]["asked_by"].as_array().map(Vec::len), Some(2));
        browser.call("add_skill", &[("name", "Docker")]).await.ok();
        let gap = ann.get("/api/v1/skill-gap").await.ok();
        assert!(gap["skill_coverage_percentage"].as_i64() > Some(before));
        assert_eq!(gap["missing_skills"].as_array().map(Vec::len), Some(1));
        assert!(browser.open("/skills").await.page().contains("Wound care"));
    }
}

story! {
    async fn the_dashboard_says_what_matters_now(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let steps = async |browser: &mut Browser| -> Vec<String> {
            let now = browser.call("load_dashboard", &[]).await.ok();
            let all = [&now["actions"], &now["next_steps"]].map(|list| list.as_array().expect("a list").clone()).concat();
            all.iter().map(|step| step["text"].as_str().expect("a text").into()).collect()
        };
        assert_eq!(steps(&mut browser).await, ["Finish the three-step guide", "Bring in jobs"]);
        ann.profile(postings::fitting_profile()).await;
        let job = ann.job(postings::fitting()).await;
        assert!(steps(&mut browser).await.contains(&"Apply to Senior Data Engineer at Crumb Systems".to_owned()));
        let application = ann.post("/api/v1/applications", json!({ "job_id": job })).await.created();
        let path = format!("/api/v1/applications/{}", application.id());
        ann.put(&path, json!({ "status": "offer" })).await.ok();
        assert_eq!(steps(&mut browser).await[0], "Decide on the offer: Senior Data Engineer at Crumb Systems");
        ann.put(&path, json!({ "status": "interview" })).await.ok();
        assert_eq!(steps(&mut browser).await[0], "Prepare the interview: Senior Data Engineer at Crumb Systems");
        let now = browser.call("load_dashboard", &[]).await.ok();
        assert_eq!((&now["total_jobs"], &now["total_applications"], &now["interviews"], &now["offers"]), (&json!(1), &json!(1), &json!(1), &json!(0)));
        // Silence for long is a reason to ask.
        ann.put(&path, json!({ "status": "applied" })).await.ok();
        let long_ago = career_copilot::db::now() - chrono::Duration::days(12);
        on!(app.state.db.write, |c| sqlx::query("UPDATE applications SET stage_since = $1").bind(long_ago).execute(c).await.map(|_| ())).expect("time passes");
        ann.job(postings::baker()).await;
        assert!(steps(&mut browser).await.contains(&"Follow up on Senior Data Engineer at Crumb Systems".to_owned()));
    }
}

story! {
    async fn the_summary_counts(app: TestApp) {
        let ann = app.person("ann").await;
        for (title, status) in [("a", "not_applied"), ("b", "not_applied"), ("c", "interview"), ("d", "offer"), ("e", "archived")] {
            ann.job(json!({ "company": "Acme", "title": title, "status": status })).await;
        }
        let summary = ann.get("/api/v1/analytics/summary").await.ok();
        assert_eq!(summary["status_breakdown"], json!({ "not_applied": 2, "interview": 1, "offer": 1, "archived": 1 }));
        assert_eq!((&summary["total_jobs"], &summary["total_applications"]), (&json!(5), &json!(2)));
        assert_eq!((&summary["interviews"], &summary["offers"]), (&json!(1), &json!(1)));
        assert_eq!(summary["recent_activity"][0]["text"], "Added e at Acme");
        assert!(summary["as_of"].is_string());
    }
}

//! The profile, the guide, and what a change of it does.

use crate::support::{postings, *};

story! {
    async fn the_whole_profile_is_kept(app: TestApp) {
        let ann = app.person("ann").await;
        let body = json!({
            "name": " Ann  Baker ", "headline": "Bakes data", "skills": [{ "name": "python", "level": 5 }, "postgres", "Oven  whispering"],
            "preferred_locations": ["Lyon, France", "lyon, france", " ", "Berlin"], "remote": "hybrid", "relocate": true,
            "experience_level": "senior", "current_role": "Data Engineer", "target_roles": ["Data Scientist"],
            "salary_target": { "amount": 60000, "currency": "EUR", "period": "year" }, "country": "fr", "time_zone": "Europe/Paris",
            "match_threshold": 80,
        });
        let saved = ann.profile(body).await;
        let wanted = json!({
            "name": "Ann Baker", "headline": "Bakes data",
            "skills": [{ "name": "Python", "level": 5 }, { "name": "PostgreSQL", "level": 3 }, { "name": "Oven whispering", "level": 3 }],
            "preferred_locations": ["Lyon, France", "Berlin"], "remote": "hybrid", "relocate": true, "experience_level": "senior",
            "current_role": "Data Engineer", "target_roles": ["Data Scientist"],
            "salary_target": { "amount": 60000, "currency": "EUR", "period": "year" }, "country": "FR", "time_zone": "Europe/Paris",
            "match_threshold": 80,
        });
        assert_eq!(saved, wanted);
        assert_eq!(ann.get("/api/v1/profile").await.ok(), wanted);
        assert_eq!(ann.get("/api/v1/auth/me").await.ok()["name"], "Ann Baker");
        // What was answered can be sent back; what is left out becomes empty, but for name, zone and threshold.
        assert_eq!(ann.profile(wanted).await["headline"], "Bakes data");
        let emptied = ann.profile(json!({})).await;
        assert_eq!((&emptied["skills"], &emptied["headline"], &emptied["salary_target"]), (&json!([]), &json!(""), &Value::Null));
        assert_eq!((&emptied["name"], &emptied["time_zone"], &emptied["match_threshold"]), (&json!("Ann Baker"), &json!("Europe/Paris"), &json!(80)));
    }
}

story! {
    async fn one_skill_is_listed_once_whatever_it_is_called(app: TestApp) {
        let ann = app.person("ann").await;
        let saved = ann.profile(json!({ "skills": ["JavaScript", "javascript", "JS", { "name": "C++", "level": 4 }, "C", "C#", "oven whispering", "Oven  Whispering"] })).await;
        let names: Vec<&str> = saved["skills"].as_array().expect("skills").iter().map(|skill| skill["name"].as_str().expect("a name")).collect();
        assert_eq!(names, ["JavaScript", "C++", "C", "C#", "oven whispering"]);
    }
}

story! {
    async fn a_change_scores_every_job_anew(app: TestApp) {
        let ann = app.person("ann").await;
        let (good, bad) = (ann.job(postings::fitting()).await, ann.job(postings::unfitting()).await);
        let score = async |id: &str| ann.get(&format!("/api/v1/jobs/{id}")).await.ok()["match_score"].as_i64();
        assert_eq!((score(&good).await, score(&bad).await), (None, None));
        ann.profile(postings::fitting_profile()).await;
        assert_eq!(score(&good).await, Some(100));
        assert_eq!(score(&bad).await, Some(0));
        ann.profile(json!({ "skills": ["Wound Care", "Phlebotomy"], "preferred_locations": ["Osaka, Japan"], "experience_level": "entry" })).await;
        assert_eq!((score(&good).await, score(&bad).await), (Some(0), Some(100)));
        ann.profile(json!({})).await;
        assert_eq!((score(&good).await, score(&bad).await), (None, None), "nothing to compare");
    }
}

story! {
    async fn the_form_saves_everything(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let fields = [
            ("name", "Ann"), ("headline", "Bakes"), ("skill_levels", "Python\t5\nOven whispering\t2"), ("skills", "ignored"),
            ("preferred_locations", "Lyon, France\nBerlin, Germany"), ("remote", "remote"), ("relocate", "true"), ("experience_level", "mid"),
            ("current_role", "Baker"), ("target_roles", "Chef"), ("salary_amount", "45,000"), ("salary_currency", "eur"), ("salary_period", "year"),
            ("country", "FR"), ("time_zone", "Europe/Paris"), ("match_threshold", "60"),
        ];
        browser.call("save_profile", &fields).await.ok();
        let profile = browser.call("load_profile", &[]).await.ok();
        assert_eq!(profile, ann.get("/api/v1/profile").await.ok());
        assert_eq!(profile["skills"], json!([{ "name": "Python", "level": 5 }, { "name": "Oven whispering", "level": 2 }]));
        assert_eq!(profile["preferred_locations"], json!(["Lyon, France", "Berlin, Germany"]));
        assert_eq!(profile["salary_target"], json!({ "amount": 45000, "currency": "EUR", "period": "year" }));
        // Without script the skills come as names alone.
        let plain = [("skills", "Python, SQL"), ("remote", "any"), ("match_threshold", "60")];
        let to = browser.submit("/profile", "save_profile", &plain).await.redirect();
        assert_eq!(to.trim_end_matches('?'), format!("{}/profile", app.address));
        let skills = ann.get("/api/v1/profile").await.ok()["skills"].clone();
        assert_eq!(skills, json!([{ "name": "Python", "level": 3 }, { "name": "SQL", "level": 3 }]));
        let page = browser.open("/profile").await.page();
        assert!(page.contains("Python") && page.contains("value=\"60\""), "{page}");
    }
}

story! {
    async fn the_guide_takes_three_steps(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let first = [("skills", "Python, SQL"), ("current_role", "Baker"), ("experience_level", "senior")];
        assert_eq!(browser.submit("/welcome", "guide_skills", &first).await.redirect(), "/welcome?step=2");
        let second = [("preferred_locations", "Lyon, France"), ("remote", "hybrid"), ("relocate", "true")];
        assert_eq!(browser.submit("/welcome?step=2", "guide_places", &second).await.redirect(), "/welcome?step=3");
        assert_eq!(browser.call("who_am_i", &[]).await.ok()["guided"], false);
        assert_eq!(browser.submit("/welcome?step=3", "end_guide", &[]).await.redirect(), "/today");
        assert_eq!(browser.call("who_am_i", &[]).await.ok()["guided"], true);
        let profile = ann.get("/api/v1/profile").await.ok();
        assert_eq!((&profile["current_role"], &profile["experience_level"], &profile["remote"]), (&json!("Baker"), &json!("senior"), &json!("hybrid")));
        assert_eq!((&profile["relocate"], &profile["preferred_locations"]), (&json!(true), &json!(["Lyon, France"])));
    }
}

story! {
    async fn a_skill_is_added_and_taken_off(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let skills = async || ann.get("/api/v1/profile").await.ok()["skills"].clone();
        browser.call("add_skill", &[("name", "postgres")]).await.ok();
        browser.call("add_skill", &[("name", "PostgreSQL")]).await.ok();
        assert_eq!(skills().await, json!([{ "name": "PostgreSQL", "level": 3 }]));
        browser.call("remove_skill", &[("name", "Postgres")]).await.ok();
        browser.call("remove_skill", &[("name", "never had it")]).await.ok();
        assert_eq!(skills().await, json!([]));
        assert_eq!(ann.events().await, ["profile.changed", "profile.changed"], "what changed nothing is not told");
    }
}

story! {
    async fn the_taxonomy_helps_while_typing(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let found = browser.call("suggest_skills", &[("typed", "postg")]).await.ok();
        assert_eq!(found[0]["name"], "PostgreSQL");
        assert!(found.as_array().expect("a list").len() <= 8);
        let roles = browser.call("suggest_roles", &[("typed", "data sci")]).await.ok();
        assert_eq!(roles[0]["name"], "Data Scientist");
        assert_eq!(browser.call("suggest_skills", &[("typed", "")]).await.ok().as_array().map(Vec::len), Some(0));
    }
}

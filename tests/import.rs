//! Bringing in postings: over REST, by upload, by paste, from a board's address.

use crate::support::{multipart, postings, *};

fn titles(list: &Value) -> Vec<&str> {
    list["items"].as_array().expect("items").iter().map(|job| job["title"].as_str().expect("a title")).collect()
}

story! {
    async fn a_greenhouse_answer_goes_in_but_for_what_is_bad_or_there_already(app: TestApp) {
        let ann = app.person("ann").await;
        let first = ann.job(json!({ "company": "CRUMB Systems, Inc.", "title": "Baker!", "location": "Dublin" })).await;
        let body = json!({ "format": "greenhouse", "data": postings::greenhouse() });
        let report = ann.post("/api/v1/jobs/import", body.clone()).await.ok();
        assert_eq!(report["created"], 1);
        let duplicates = report["duplicates"].as_array().expect("a list");
        assert_eq!(duplicates.len(), 2, "{report}");
        assert_eq!((&duplicates[0]["row"], &duplicates[0]["job_id"]), (&json!(2), &json!(first)));
        assert_eq!(duplicates[0]["reason"], "It has the same company, title and place as a job you have.");
        assert_eq!((&duplicates[1]["row"], &duplicates[1]["reason"]), (&json!(4), &json!("It has the same company, title and place as row 1.")));
        assert_eq!(report["rejected"], json!([{ "row": 3, "reason": "The field “title” is an object, not text." }]));
        let list = ann.get("/api/v1/jobs?source=greenhouse").await.ok();
        assert_eq!(titles(&list), ["Senior Data Engineer"]);
        let job = &list["items"][0];
        assert_eq!((&job["company"], &job["location"], &job["experience_level"]), (&json!("Crumb Systems"), &json!("Lyon, France"), &json!("senior")));
        assert_eq!((&job["url"], &job["tech_stack"]), (&json!("https://job-boards.greenhouse.io/crumb/jobs/1"), &json!(["Python", "SQL"])));
        assert_eq!((&job["date_posted"], &job["status"]), (&json!("2026-03-01"), &json!("not_applied")));
        // Once more: every posting is there now, and named.
        let again = ann.post("/api/v1/jobs/import", body).await.ok();
        assert_eq!(again["created"], 0);
        assert!(again["duplicates"].as_array().expect("a list").iter().all(|row| row["job_id"].is_string()));
        assert_eq!(again["duplicates"][0]["reason"], "It has the same link as a job you have.");
        assert_eq!(again["duplicates"][0]["job_id"], json!(job.id()));
    }
}

story! {
    async fn a_dry_run_only_says_what_would_happen(app: TestApp) {
        let ann = app.person("ann").await;
        let report = ann.post("/api/v1/jobs/import", json!({ "data": postings::greenhouse(), "dry_run": true })).await.ok();
        assert_eq!((&report["created"], report["duplicates"][0]["job_id"].clone()), (&json!(2), Value::Null));
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0);
        assert!(ann.events().await.is_empty());
    }
}

story! {
    async fn tables_and_our_own_json_go_in(app: TestApp) {
        let ann = app.person("ann").await;
        let csv = "Job Title;Employer;City;Link;Salary;Skills\n\
            Baker;Acme Mills;Lyon, France;https://jobs.example.org/1;€48,000 - €56,000;Python, Sourdough\n\
            ;Acme Mills;Lyon;;;\n\
            \"Night\nBaker\";Acme Mills;Dublin;not a link at all;;\n";
        let report = ann.post("/api/v1/jobs/import", json!({ "format": "csv", "data": csv })).await.ok();
        assert_eq!(report["created"], 1, "{report}");
        let rejected: Vec<i64> = report["rejected"].as_array().expect("a list").iter().map(|row| row["row"].as_i64().expect("a row")).collect();
        assert_eq!(rejected, [2, 3]);
        let job = ann.get("/api/v1/jobs?source=csv").await.ok()["items"][0].clone();
        assert_eq!(job["salary"], json!({ "min": 48000, "max": 56000, "currency": "EUR", "period": "year" }));
        let own = json!([postings::fitting(), postings::baker(), { "title": "No company" }, { "title": "X", "company": "Y", "remote": "sometimes" }]);
        let report = ann.post("/api/v1/jobs/import", json!({ "format": "json", "data": own })).await.ok();
        assert_eq!((&report["created"], report["rejected"].as_array().map(Vec::len)), (&json!(1), Some(2)), "{report}");
        assert_eq!(report["duplicates"][0]["row"], 2, "the baker of the table");
        // As text, one object a line, with the format found out.
        let lines = "{\"title\":\"Miller\",\"company\":\"Acme Mills\"}\n{broken\n";
        let report = ann.post("/api/v1/jobs/import", json!({ "data": lines })).await.ok();
        assert_eq!((&report["created"], &report["rejected"][0]["row"]), (&json!(1), &json!(2)));
    }
}

story! {
    async fn an_import_raises_one_alert_event_for_all(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        ann.post("/api/v1/jobs/import", json!({ "data": postings::greenhouse() })).await.ok();
        assert_eq!(ann.events().await, ["profile.changed", "job.imported", "alert.raised"]);
        assert_eq!(ann.get("/api/v1/alerts").await.ok()["unread"], 1);
    }
}

story! {
    async fn many_postings_go_in_at_once(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let all: Vec<Value> = (0..450)
            .map(|n| json!({ "title": format!("Engineer {n}"), "company": format!("Company {n}"), "tech_stack": ["Python"], "location": "Lyon, France" }))
            .collect();
        let report = ann.post("/api/v1/jobs/import", json!({ "data": all })).await.ok();
        assert_eq!(report["created"], 450);
        assert_eq!(ann.get("/api/v1/jobs?per_page=100&page=5").await.ok()["items"].as_array().map(Vec::len), Some(50));
        // Their scores change together with the profile.
        ann.profile(json!({ "skills": ["Wound Care"], "preferred_locations": ["Osaka, Japan"] })).await;
        let best = ann.get("/api/v1/jobs?sort=score&per_page=1").await.ok()["items"][0]["match_score"].clone();
        assert!(best.as_i64() < Some(50), "{best}");
    }
}

story! {
    async fn an_upload_is_shown_first_and_then_taken_in_once(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let mut browser = ann.browser().await;
        let file = postings::greenhouse().to_string();
        let id = multipart::read_id(&mut browser, &[("format", "auto"), ("company", "")], Some(("board.json", file.as_bytes()))).await;
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0, "nothing is saved yet");
        let view = browser.call("load_import", &[("id", &id)]).await.ok();
        assert_eq!((&view["new"], &view["duplicates"], &view["rejected"]), (&json!(2), &json!(1), &json!(1)));
        assert_eq!((&view["label"], &view["done"], &view["problem"]), (&json!("board.json"), &Value::Null, &Value::Null));
        assert!(view["rows"].as_array().expect("rows").iter().any(|row| row["title"] == "Senior Data Engineer" && row["score"] == 80 || row["score"].is_u64()));
        let page = browser.open(&format!("/jobs/import?read={id}")).await.page();
        assert!(page.contains("Take in 2 jobs") && page.contains("board.json"), "{page}");
        let to = browser.submit(&format!("/jobs/import?read={id}"), "run_import", &[("id", &id)]).await.redirect();
        assert_eq!(to, format!("/jobs/import?read={id}"));
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 2);
        browser.call("run_import", &[("id", &id)]).await.ok();
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 2, "a second press changes nothing");
        assert!(browser.open(&to).await.page().contains("2 jobs"));
    }
}

story! {
    async fn a_press_by_two_hands_at_once_takes_in_once(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let id = multipart::read_id(&mut browser, &[("text", &postings::greenhouse().to_string())], None).await;
        let mut hands = [ann.browser().await, ann.browser().await, ann.browser().await];
        let fields = [("id", id.as_str())];
        let pressed = futures_util::future::join_all(hands.iter_mut().map(|browser| browser.call("run_import", &fields))).await;
        assert!(pressed.iter().all(|answer| answer.status == 200), "{pressed:?}");
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 2);
        assert_eq!(ann.events().await, ["job.imported"]);
    }
}

story! {
    async fn a_file_is_what_its_name_says(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let (json, table) = (postings::greenhouse().to_string(), "title,company\nBaker,Acme Mills\n");
        for (name, bytes, words) in [
            ("board.csv", json.as_bytes(), "The file’s name ends in .csv, but what is in it is JSON."),
            ("board.JSON", table.as_bytes(), "The file’s name ends in .json, but what is in it is a text or table."),
            ("board.csv", b"PK\x03\x04 not a table".as_slice(), "The file’s name ends in .csv, but what is in it is a zip archive."),
            ("board.exe", table.as_bytes(), "A file whose name ends in .exe cannot be read here."),
        ] {
            let id = multipart::read_id(&mut browser, &[("format", "auto")], Some((name, bytes))).await;
            let view = browser.call("load_import", &[("id", &id)]).await.ok();
            assert_eq!(view["problem"][0], "data", "{name}: {view}");
            assert!(view["problem"][1].as_str().expect("words").starts_with(words), "{name}: {view}");
            assert!(browser.open(&format!("/jobs/import?read={id}")).await.page().contains(&words[..20]));
        }
        for (name, bytes) in [("board", json.as_bytes()), ("board.txt", json.as_bytes()), ("board.txt", table.as_bytes()), ("board of 2026.11", table.as_bytes())] {
            let id = multipart::read_id(&mut browser, &[("format", "auto")], Some((name, bytes))).await;
            assert_eq!(browser.call("load_import", &[("id", &id)]).await.ok()["problem"], Value::Null, "{name}");
        }
    }
}

story! {
    async fn files_are_counted_before_they_are_read(app: TestApp) {
        let ann = app.person("ann").await;
        let who: career_copilot::ids::UserId = ann.id.parse().expect("an id");
        while app.state.limits.file(who).is_ok() {}
        // A dry run is read like any other, and what cannot be read is counted too.
        for data in [postings::greenhouse(), json!("nonsense")] {
            ann.post("/api/v1/jobs/import", json!({ "data": data, "dry_run": true })).await.refused(429, "too_many_requests");
        }
    }
}

story! {
    async fn what_cannot_be_read_is_said_and_nothing_typed_is_lost(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        for (fields, field, words) in [
            (vec![("text", "  ")], "data", "There is nothing to read."),
            (vec![("text", "<html><body>"), ("company", "Acme Mills")], "data", "This is a web page, not a feed."),
            (vec![("text", "{\"jobs\": ["), ("company", "Acme Mills")], "data", "The JSON breaks off"),
            (vec![("address", "http://127.0.0.1/board"), ("company", "Acme Mills")], "address", ""),
            (vec![("address", "nonsense"), ("company", "Acme Mills")], "address", ""),
        ] {
            let id = multipart::read_id(&mut browser, &fields, None).await;
            let view = browser.call("load_import", &[("id", &id)]).await.ok();
            assert_eq!(view["problem"][0], field, "{fields:?}: {view}");
            let said = view["problem"][1].as_str().expect("words");
            assert!(said.starts_with(words) && said.len() > 20, "{said}");
            let page = browser.open(&format!("/jobs/import?read={id}")).await.page();
            assert!(page.contains(&said[..15]), "{said}: {page}");
            for (name, value) in fields.iter().filter(|(name, _)| *name != "text") {
                assert!(page.contains(&format!("value=\"{value}\"")), "{name} is kept");
            }
        }
    }
}

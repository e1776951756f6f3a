//! What is taken along, and taken in again.

use super::{exported, fetched, plain, settled, take_in, unpacked};
use crate::support::*;
use career_copilot::{on, privacy, retention};
use reqwest::Method;
use std::io::{Cursor, Read};

story! {
    async fn mail_and_views_come_back_too(app: TestApp) {
        use crate::letters;
        let ann = app.person("ann").await;
        letters::applied(&ann).await;
        let mut browser = ann.browser().await;
        letters::read(&mut browser, "mail.eml", &letters::passed_on("7")).await;
        browser.call("save_view", &[("name", "Quiet ones"), ("query", "quiet=14")]).await.ok();
        let bytes = fetched(&ann, &exported(&ann).await).await;
        assert_eq!(unpacked(&bytes, "letters.json")[0]["state"], "asked");

        let bob = app.person("bob").await;
        let mut his = bob.browser().await;
        his.call("save_view", &[("name", "quiet ones"), ("query", "quiet=3")]).await.ok();
        let restored = take_in(&bob, bytes.clone()).await.ok();
        assert_eq!((&restored["applications"], &restored["rejected"]), (&json!(1), &json!([])));
        let again = fetched(&bob, &exported(&bob).await).await;
        let (mut one, mut other) = (Vec::new(), Vec::new());
        for name in ["applications.json", "letters.json"] {
            assert_eq!(plain(&unpacked(&bytes, name), &mut one), plain(&unpacked(&again, name), &mut other), "{name}");
        }
        assert_eq!(unpacked(&again, "views.json")[0]["query"], "quiet=3", "what is here stays as it is");
        // It is known again, and can be agreed to.
        letters::read(&mut his, "mail.eml", &letters::passed_on("7")).await;
        let asked = his.call("load_letters", &[]).await.ok()["asked"].clone();
        assert_eq!(asked.as_array().map(Vec::len), Some(1));
        his.call("agree_to_letter", &[("id", &asked[0].id())]).await.ok();
        let rejected = bob.get("/api/v1/applications").await.ok();
        assert_eq!(rejected["items"][0]["status"], "rejected");
    }
}

story! {
    async fn an_export_is_everything_and_comes_back_whole(app: TestApp) {
        let ann = settled(&app, "ann").await;
        let id = exported(&ann).await;
        let bytes = fetched(&ann, &id).await;
        assert_eq!(unpacked(&bytes, "manifest.json")["format"], "career-copilot-export");
        let account = unpacked(&bytes, "account.json");
        assert_eq!((account["email"].as_str(), account["has_password"].as_bool()), (Some("ann@example.org"), Some(true)));
        assert_eq!(account["consents"][0]["purpose"], "terms");
        assert_eq!(unpacked(&bytes, "jobs.json").as_array().map(Vec::len), Some(4));
        assert_eq!(unpacked(&bytes, "applications.json")[0]["steps"].as_array().map(Vec::len), Some(2));
        assert!(unpacked(&bytes, "alerts.json")[0]["score"].as_u64().is_some_and(|score| score > 50));
        assert!(unpacked(&bytes, "activity.json").as_array().is_some_and(|events| events.len() > 5));
        assert!(unpacked(&bytes, "account-log.json").to_string().contains("export.asked"));
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes.clone())).expect("a zip");
        let mut all = Vec::new();
        for n in 0..zip.len() {
            zip.by_index(n).expect("a file").read_to_end(&mut all).expect("its bytes");
        }
        let all = String::from_utf8_lossy(&all);
        let hash: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT password_hash FROM users").fetch_one(c).await).expect("a hash");
        assert!(!all.contains(&hash) && !all.contains("?token="), "no secret is in it");

        // Somebody else, who has nothing, takes it in and has the same.
        let bob = app.person("bob").await;
        let restored = take_in(&bob, bytes.clone()).await.ok();
        assert_eq!(restored, json!({ "jobs": 4, "jobs_known": 0, "applications": 2, "applications_known": 0, "profile": true, "rejected": [] }));
        let again = fetched(&bob, &exported(&bob).await).await;
        let (mut hers, mut his) = (Vec::new(), Vec::new());
        for name in [
            "jobs.json", "contacts.json", "applications.json", "alerts.json", "tasks.json", "offers.json", "salary-talk.json",
            "feedback.json", "hidden-companies.json",
        ] {
            assert_eq!(plain(&unpacked(&bytes, name), &mut hers), plain(&unpacked(&again, name), &mut his), "{name}");
        }
        let (mut profile, mut own) = (unpacked(&bytes, "profile.json"), unpacked(&again, "profile.json"));
        for side in [&mut profile, &mut own] {
            side.as_object_mut().expect("an object").remove("name");
        }
        assert_eq!(profile, own);
        let searches = |bytes: &[u8]| unpacked(bytes, "searches.json")[0]["criteria"].clone();
        assert_eq!(searches(&bytes)["least_pay"]["amount"], 50_000);
        assert_eq!(searches(&bytes), searches(&again));
        assert!(bob.get("/api/v1/profile/picture").await.status(200).text.starts_with("GIF89a"));
        assert_eq!(hers.len(), his.len());
        // A second time nothing is added, and nothing is changed.
        let restored = take_in(&bob, bytes.clone()).await.ok();
        assert_eq!(restored["jobs"], 0);
        assert_eq!(restored["applications"], 0);
        assert_eq!(restored["profile"], false);
        assert_eq!(bob.get("/api/v1/searches").await.ok()["total"], 1);
        assert_eq!(bob.get("/api/v1/jobs?status=all").await.ok()["total"], 3);
        let third = fetched(&bob, &exported(&bob).await).await;
        // What was thrown away here since then stays away.
        let jobs = bob.get("/api/v1/jobs?status=all").await.ok();
        for job in jobs["items"].as_array().expect("jobs") {
            bob.delete(&format!("/api/v1/jobs/{}", job.id())).await.done();
        }
        assert_eq!(take_in(&bob, bytes.clone()).await.ok()["jobs"], 0);
        assert_eq!(bob.get("/api/v1/jobs?status=all").await.ok()["total"], 0);
        assert_eq!(unpacked(&third, "jobs.json"), unpacked(&again, "jobs.json"));
        for name in ["applications.json", "tasks.json", "offers.json", "salary-talk.json", "feedback.json", "hidden-companies.json"] {
            assert_eq!(unpacked(&third, name), unpacked(&again, name), "{name}");
        }
    }
}

story! {
    async fn an_export_is_sealed_kept_a_week_and_one_at_a_time(app: TestApp) {
        let ann = settled(&app, "ann").await;
        let id = exported(&ann).await;
        let parts: Vec<Vec<u8>> =
            on!(app.state.db.read, |c| sqlx::query_scalar("SELECT content FROM export_parts").fetch_all(c).await).expect("parts");
        assert!(parts.iter().all(|part| !part.starts_with(b"PK") && !part.windows(13).any(|words| words == b"manifest.json")));
        let path = format!("/api/v1/account/exports/{id}");
        for page in ["/account/data", "/account"] {
            ann.browser().await.open(page).await.page();
        }
        // Four are never kept.
        for _ in 0..3 {
            exported(&ann).await;
        }
        assert_eq!(ann.get("/api/v1/account/exports").await.ok().as_array().map(Vec::len), Some(3));
        ann.get(&path).await.missing();
        let kept = ann.get("/api/v1/account/exports").await.ok()[0].id();
        let over = career_copilot::db::now() - chrono::Duration::days(retention::EXPORT_DAYS + 1);
        on!(app.state.db.write, |c| sqlx::query("UPDATE exports SET ended_at = $1").bind(over).execute(c).await.map(|_| ())).expect("time passes");
        privacy::export::store::purge(&app.state.db).await.expect("it is cleared");
        ann.get(&format!("/api/v1/account/exports/{kept}/file")).await.missing();
        let left: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM export_parts").fetch_one(c).await).expect("a count");
        assert_eq!(left, 0);
    }
}

story! {
    async fn an_export_whose_process_died_is_made_by_another(app: TestApp) {
        let ann = settled(&app, "ann").await;
        let now = career_copilot::db::now();
        let user: career_copilot::ids::UserId = ann.id.parse().expect("an id");
        // As a process that died half-way leaves it.
        on!(app.state.db.write, |c| sqlx::query(
            "INSERT INTO exports (id, user_id, state, done, total, bytes, attempts, lease_until, created_at) VALUES ($1, $2, 'running', 1, 9, 0, 1, $3, $4)"
        ).bind(uuid::Uuid::now_v7()).bind(user).bind(now - chrono::Duration::seconds(1)).bind(now).execute(c).await.map(|_| ())).expect("it died");
        ann.post("/api/v1/account/exports", json!({})).await.refused(409, "conflict");
        app.state.exporting.notify_one();
        for _ in 0..300 {
            let export = ann.get("/api/v1/account/exports").await.ok()[0].clone();
            if export["state"] == "ready" {
                let bytes = fetched(&ann, &export.id()).await;
                assert_eq!(unpacked(&bytes, "jobs.json").as_array().map(Vec::len), Some(4));
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("nobody takes over");
    }
}

story! {
    async fn a_token_that_somebody_made_takes_nothing_along(app: TestApp) {
        let ann = settled(&app, "ann").await;
        let made = ann.post("/api/v1/auth/tokens", json!({ "name": "Tool", "scopes": ["read", "write"] })).await.created();
        let tool = app.anybody().with_token(made["token"].as_str().expect("a token"));
        let id = exported(&ann).await;
        tool.get("/api/v1/account/exports").await.refused(403, "forbidden");
        tool.post("/api/v1/account/exports", json!({})).await.refused(403, "forbidden");
        tool.get(&format!("/api/v1/account/exports/{id}/file")).await.refused(403, "forbidden");
        tool.delete(&format!("/api/v1/account/exports/{id}")).await.refused(403, "forbidden");
        tool.post("/api/v1/account/closing", json!({ "email": ann.email, "password": ann.password })).await.refused(403, "forbidden");
        ann.delete(&format!("/api/v1/account/exports/{id}")).await.done();
        ann.get(&format!("/api/v1/account/exports/{id}/file")).await.missing();
    }
}

story! {
    async fn a_file_that_is_none_is_refused_in_words(app: TestApp) {
        let ann = app.person("ann").await;
        for nonsense in [b"".to_vec(), b"PK\x05\x06".to_vec(), b"hello".to_vec()] {
            assert!(take_in(&ann, nonsense).await.invalid("file").contains("not a zip file"));
        }
        let mut browser = ann.browser().await;
        let form = reqwest::multipart::Form::new().part("file", reqwest::multipart::Part::bytes(b"hello".to_vec()).file_name("my.zip"));
        let request = browser.own(Method::POST, "/account/data/take-in").header("accept", "text/html").multipart(form);
        assert_eq!(browser.send(request).await.redirect(), "/account/data#take-in");
        assert!(browser.open("/account/data").await.page().contains("This is not a zip file."));
        let form = reqwest::multipart::Form::new().part("file", reqwest::multipart::Part::bytes(b"PK\x03\x04".to_vec()).file_name("my.json"));
        let request = browser.own(Method::POST, "/account/data/take-in").header("accept", "text/html").multipart(form);
        browser.send(request).await.redirect();
        assert!(browser.open("/account/data").await.page().contains("The file’s name ends in .json, but what is in it is a zip archive."));
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0);
    }
}

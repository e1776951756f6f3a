//! Accounts that are closed: kept for a while, and erased.

use super::{contents, exported, mentions, settled};
use crate::support::*;
use career_copilot::{on, retention};

story! {
    async fn a_closed_account_can_be_kept_for_two_weeks(app: TestApp) {
        let root = app.person("root").await;
        let ann = settled(&app, "ann").await;
        let (mut laptop, mut phone) = (ann.browser().await, ann.browser().await);
        let mut socket = phone.live(None).await;
        let token = ann.post("/api/v1/auth/tokens", json!({ "name": "Tool", "scopes": ["read"] })).await.created();
        let tool = app.anybody().with_token(token["token"].as_str().expect("a token"));
        let close = |typed: &'static str, password: String| [("typed", typed.to_owned()), ("current_password", password)];
        let mut ask = async |typed: &'static str, password: &str| {
            let fields = close(typed, password.to_owned());
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            laptop.call("close_account", &fields).await
        };
        ask("ann", &ann.password).await.status(422);
        ask("ann@example.org", "not hers").await.status(422);
        phone.call("who_am_i", &[]).await.ok();
        ask(" Ann@Example.ORG ", &ann.password).await.ok();
        phone.call("who_am_i", &[]).await.status(401);
        assert!(socket.is_closed().await);
        tool.get("/api/v1/auth/me").await.refused(401, "refused");
        let kept = root.get("/api/v1/admin/outbox").await.ok();
        assert!(kept.to_string().contains("Your account is closed"), "{kept}");
        // Nothing is gone yet, not even after housekeeping; and it can be kept.
        retention::sweep(&app.state).await.expect("housekeeping");
        assert!(laptop.open("/account/data").await.page().contains("Keep my account"));
        laptop.call("keep_account", &[]).await.ok();
        laptop.call("keep_account", &[]).await.status(409);
        let due: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM users WHERE closing_at IS NOT NULL").fetch_one(c).await).expect("a count");
        assert_eq!(due, 0);
        let log = laptop.call("load_log", &[]).await.ok().to_string();
        assert!(log.contains("account.closing") && log.contains("account.kept"), "{log}");
    }
}

story! {
    async fn what_is_erased_is_found_nowhere(app: TestApp) {
        let root = app.person("root").await;
        let canary = app.person("canary").await;
        // The same word wherever a person can put one.
        canary.profile(json!({ "name": "Canary Jones", "headline": "A canary among cats", "skills": ["canary keeping"], "current_role": "Canary", "target_roles": ["Canary officer"], "preferred_locations": ["Canary Wharf"] })).await;
        let job = canary.job(json!({ "company": "Canary Mills", "title": "Canary keeper", "description": "canary ".repeat(3_000), "url": "https://canary.example/job" })).await;
        let binned = canary.job(json!({ "company": "Canary Bin", "title": "Canary" })).await;
        canary.delete(&format!("/api/v1/jobs/{binned}")).await.done();
        canary.post("/api/v1/applications", json!({ "job_id": job, "notes": "My canary notes" })).await.created();
        canary.post(&format!("/api/v1/jobs/{job}/feedback"), json!({ "verdict": "down", "note": "No canary" })).await.ok();
        canary.post("/api/v1/hidden-companies", json!({ "company": "Canary Holding" })).await.ok();
        canary.post("/api/v1/tasks", json!({ "title": "Canary task", "notes": "Feed the canary" })).await.created();
        canary.post("/api/v1/auth/tokens", json!({ "name": "Canary tool", "scopes": ["read"] })).await.created();
        let mut browser = canary.browser().await;
        multipart::read_id(&mut browser, &[("text", &json!([{ "company": "Canary Import", "title": "Canary" }]).to_string())], None).await;
        crate::second_factor::all_confirmed(&app).await;
        browser.call("start_second_factor", &[("current_password", &canary.password)]).await.ok();
        browser.call("list_jobs", &[("query[q]", "canary")]).await.ok();
        browser.call("load_dashboard", &[]).await.ok();
        exported(&canary).await;
        app.anybody().post("/api/v1/auth/login", json!({ "email": canary.email, "password": "wrong" })).await.refused(401, "refused");
        let mut socket = browser.live(None).await;
        assert!(mentions(&contents(&app.state.db).await, &["canary"]).len() > 15);

        let fields = [("typed", canary.email.as_str()), ("current_password", &canary.password), ("at_once", "true")];
        browser.call("close_account", &fields).await.ok();
        assert!(socket.is_closed().await);
        browser.call("who_am_i", &[]).await.status(401);
        canary.get("/api/v1/jobs").await.refused(401, "refused");
        app.anybody().post("/api/v1/auth/login", json!({ "email": canary.email, "password": canary.password })).await.refused(401, "refused");
        let all = contents(&app.state.db).await;
        assert_eq!(mentions(&all, &["canary"]), Vec::<&str>::new());
        // Their id is in the log, which has to stay whole, and nowhere else.
        let by_id: Vec<&str> = mentions(&all, &[&canary.id, &canary.id.replace('-', "")]);
        assert!(by_id.iter().all(|line| line.starts_with("audit")), "{by_id:?}");
        career_copilot::audit::chain::verify(&app.state.db, None).await.expect("the chain is whole");
        let kept = root.get("/api/v1/admin/outbox").await.ok();
        assert!(!kept.to_string().contains("canary"), "{kept}");
        assert!(all.contains("account.erased"), "that it was erased can be shown");
        // The address is free again, and whoever takes it finds nothing.
        let again = app.person("canary").await;
        assert_eq!(again.get("/api/v1/jobs?status=all").await.ok()["total"], 0);
        // Nor in the files: on Postgres none are ours.
        for file in std::fs::read_dir(app.database.folder.path()).expect("a folder").flatten().filter(|file| file.path().is_file()) {
            let bytes = std::fs::read(file.path()).expect("bytes");
            for word in [&b"Canary Mills"[..], b"canary canary", b"A canary among cats", b"My canary notes"] {
                assert!(!bytes.windows(word.len()).any(|part| part == word), "{:?} has {:?}", file.path(), String::from_utf8_lossy(word));
            }
        }
    }
}

story! {
    async fn an_account_is_erased_when_its_time_has_come(app: TestApp) {
        let root = app.person("root").await;
        let ann = settled(&app, "ann").await;
        let answer = ann.post("/api/v1/account/closing", json!({ "email": ann.email, "password": ann.password })).await.ok();
        assert!(answer["erased_at"].is_string());
        ann.post("/api/v1/account/closing", json!({ "email": "x", "password": ann.password })).await.invalid("email");
        ann.post("/api/v1/account/closing", json!({ "email": ann.email, "password": "x" })).await.invalid("password");
        let past = career_copilot::db::now() - chrono::Duration::seconds(1);
        on!(app.state.db.write, |c| sqlx::query("UPDATE users SET closing_at = $1 WHERE closing_at IS NOT NULL").bind(past).execute(c).await.map(|_| ())).expect("two weeks pass");
        retention::sweep(&app.state).await.expect("housekeeping");
        ann.get("/api/v1/auth/me").await.refused(401, "refused");
        assert_eq!(mentions(&contents(&app.state.db).await, &["ann@example.org", "Crumb Systems"]), Vec::<&str>::new());
        root.get("/api/v1/auth/me").await.ok();
    }
}

story! {
    async fn the_only_administrator_stays_while_others_are_here(app: TestApp) {
        let (root, ann) = (app.person("root").await, app.person("ann").await);
        let close = |person: &Person| json!({ "email": person.email, "password": person.password, "at_once": true });
        let said = root.post("/api/v1/account/closing", close(&root)).await.refused(409, "conflict");
        assert!(said["detail"].as_str().is_some_and(|words| words.contains("only administrator")), "{said}");
        root.browser().await.call("set_role", &[("id", &ann.id), ("role", "admin"), ("given", "true")]).await.ok();
        root.post("/api/v1/account/closing", close(&root)).await.ok();
        // Alone, one may go.
        ann.post("/api/v1/account/closing", close(&ann)).await.ok();
        ann.delete("/api/v1/account/closing").await.refused(401, "refused");
    }
}

//! What administrators can do, and what nobody else can.

use crate::support::*;
use career_copilot::on;

/// An administrator (who signs up first) and somebody else, each with a browser.
async fn both(app: &TestApp) -> (Person, Browser, Person, Browser) {
    let (ann, bob) = (app.person("ann").await, app.person("bob").await);
    let (anns, bobs) = (ann.browser().await, bob.browser().await);
    (ann, anns, bob, bobs)
}

story! {
    async fn administrators_see_accounts_and_nothing_in_them(app: TestApp) {
        let (_, mut anns, bob, mut bobs) = both(&app).await;
        bob.profile(json!({ "name": "Bobby", "headline": "A canary in a profile", "skills": ["Python"] })).await;
        bob.job(json!({ "company": "Canary Mills", "title": "Baker" })).await;
        let page = anns.call("list_accounts", &[]).await.ok();
        assert_eq!((page["total"].as_i64(), page["items"][0]["email"].as_str()), (Some(2), Some("bob@example.org")));
        assert_eq!((page["items"][0]["places"].as_i64(), page["items"][1]["roles"][0].as_str()), (Some(2), Some("admin")));
        let shown = page.to_string() + &anns.open("/admin").await.page();
        for secret in ["canary", "Canary", "Bobby"] {
            assert!(!shown.contains(secret), "{secret}");
        }
        assert_eq!(anns.call("list_accounts", &[("q", "BOB@")]).await.ok()["total"], 1);
        assert_eq!(anns.call("list_accounts", &[("q", "%")]).await.ok()["total"], 0);
        bobs.call("list_accounts", &[]).await.status(403);
        assert!(bobs.open("/admin").await.text.contains("For administrators"));
    }
}

story! {
    async fn nobody_else_can_act_as_one(app: TestApp) {
        let (ann, _, bob, mut bobs) = both(&app).await;
        for id in [&ann.id, &bob.id] {
            bobs.call("set_disabled", &[("id", id), ("disabled", "true")]).await.status(403);
            bobs.call("end_all_sessions", &[("id", id)]).await.status(403);
            bobs.call("set_role", &[("id", id), ("role", "admin"), ("given", "true")]).await.status(403);
        }
        assert_eq!(bob.get("/api/v1/auth/me").await.ok()["roles"], json!(["user"]));
        let log = bob.get("/api/v1/account/log").await.ok();
        assert_eq!(log["items"][0]["kind"], "access.refused");
    }
}

story! {
    async fn who_is_kept_out_is_out_at_once(app: TestApp) {
        let (ann, mut anns, bob, mut bobs) = both(&app).await;
        let mut socket = bobs.live(None).await;
        anns.call("set_disabled", &[("id", &bob.id), ("disabled", "true")]).await.ok();
        bobs.call("who_am_i", &[]).await.status(401);
        assert!(socket.is_closed().await);
        bob.get("/api/v1/auth/me").await.refused(401, "refused");
        let login = json!({ "email": bob.email, "password": bob.password });
        let said = app.anybody().post("/api/v1/auth/login", login.clone()).await.refused(401, "refused");
        assert_eq!(said["detail"], "This account is disabled. The administrator of this service can say why.");
        bobs.call("sign_in", &[("email", &bob.email), ("password", &bob.password)]).await.status(401);
        // A wrong password does not tell that the account is disabled.
        let wrong = json!({ "email": bob.email, "password": "guessed wrongly" });
        let said = app.anybody().post("/api/v1/auth/login", wrong).await.refused(401, "refused");
        assert_eq!(said["detail"], "The e-mail address or the password is not right.");
        anns.call("set_disabled", &[("id", &bob.id), ("disabled", "false")]).await.ok();
        app.anybody().post("/api/v1/auth/login", login).await.ok();
        let log = ann.get("/api/v1/account/log").await.ok();
        assert!(!log.to_string().contains("account.disabled"), "it is in Bob's log, not in hers");
        let mut bobs = bob.browser().await;
        let log = bobs.call("load_log", &[]).await.ok().to_string();
        assert!(log.contains("An administrator disabled the account.") && log.contains("An administrator let you in again."), "{log}");
    }
}

story! {
    async fn mail_and_health_are_seen_and_a_confirmation_is_sent_again(app: TestApp) {
        let (_, mut anns, bob, mut bobs) = both(&app).await;
        let page = anns.call("list_accounts", &[]).await.ok();
        assert_eq!(page["items"][0]["confirmed"], false);
        anns.call("resend_verification", &[("id", &bob.id)]).await.ok();
        let mut sent = Value::Null;
        for _ in 0..100 {
            sent = anns.call("load_standing", &[]).await.ok();
            let rows = sent["outbox"].as_array().expect("rows");
            if rows.len() == 3 && rows.iter().all(|row| row["state"] == "kept") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!((sent["outbox"][0]["to"].as_str(), sent["outbox"][0]["state"].as_str()), (Some("bob@example.org"), Some("kept")));
        assert!(sent["outbox"][0]["text"].as_str().is_some_and(|text| text.contains("/verify?token=")), "{sent}");
        assert!(anns.open("/admin").await.page().contains("How it is"));
        crate::second_factor::all_confirmed(&app).await;
        anns.call("resend_verification", &[("id", &bob.id)]).await.status(409);
        anns.call("resend_verification", &[("id", &uuid::Uuid::now_v7().to_string())]).await.status(404);
        bobs.call("resend_verification", &[("id", &bob.id)]).await.status(403);
        bobs.call("load_standing", &[]).await.status(403);
        assert!(!bobs.open("/admin").await.text.contains("How it is"));
    }
}

story! {
    async fn roles_are_given_and_taken(app: TestApp) {
        let (ann, mut anns, bob, mut bobs) = both(&app).await;
        let role = |role: &'static str, given: &'static str| [("id", bob.id.clone()), ("role", role.to_owned()), ("given", given.to_owned())];
        let mut set = async |name: &'static str, given: &'static str| {
            let fields = role(name, given);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            anns.call("set_role", &fields).await
        };
        set("emperor", "true").await.invalid("role");
        set("user", "false").await.invalid("role");
        set("admin", "true").await.ok();
        set("admin", "true").await.ok();
        bobs.call("list_accounts", &[]).await.ok();
        // They cannot lock themselves out, but each other.
        bobs.call("set_role", &[("id", &bob.id), ("role", "admin"), ("given", "false")]).await.status(409);
        bobs.call("set_disabled", &[("id", &bob.id), ("disabled", "true")]).await.status(409);
        set("admin", "false").await.ok();
        bobs.call("list_accounts", &[]).await.status(403);
        assert_eq!(anns.call("end_all_sessions", &[("id", &bob.id)]).await.ok(), 2);
        bobs.call("who_am_i", &[]).await.status(401);
        anns.call("end_all_sessions", &[("id", &ann.id)]).await.status(409);
        anns.call("end_all_sessions", &[("id", &uuid::Uuid::now_v7().to_string())]).await.status(404);
        let admins: i64 =
            on!(app.state.db.read, |c| sqlx::query_scalar("SELECT count(*) FROM user_roles WHERE role = 'admin'").fetch_one(c).await).expect("a count");
        assert_eq!(admins, 1);
    }
}

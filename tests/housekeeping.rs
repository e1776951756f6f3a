//! What the app clears away by itself, and what it must not.

use crate::support::{multipart, postings, *};
use career_copilot::{accounts, db, jobs, mail, on, session};
use chrono::Duration;

async fn count(app: &TestApp, what: &str) -> i64 {
    on!(app.state.db.read, |c| match what {
        "jobs" => sqlx::query_scalar("SELECT count(*) FROM jobs").fetch_one(c).await,
        "applications" => sqlx::query_scalar("SELECT count(*) FROM applications").fetch_one(c).await,
        "application_steps" => sqlx::query_scalar("SELECT count(*) FROM application_steps").fetch_one(c).await,
        "alerts" => sqlx::query_scalar("SELECT count(*) FROM alerts").fetch_one(c).await,
        "outbox" => sqlx::query_scalar("SELECT count(*) FROM outbox").fetch_one(c).await,
        "mail_links" => sqlx::query_scalar("SELECT count(*) FROM mail_links").fetch_one(c).await,
        "imports" => sqlx::query_scalar("SELECT count(*) FROM imports").fetch_one(c).await,
        _ => sqlx::query_scalar("SELECT count(*) FROM sessions").fetch_one(c).await,
    })
    .expect("a count")
}

story! {
    async fn the_bin_is_emptied_after_thirty_days(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let (old, young) = (ann.job(postings::fitting()).await, ann.job(postings::unfitting()).await);
        ann.post("/api/v1/applications", json!({ "job_id": old })).await.created();
        for id in [&old, &young] {
            ann.delete(&format!("/api/v1/jobs/{id}")).await.done();
        }
        jobs::store::purge(&app.state.db).await.expect("it is emptied");
        assert_eq!(count(&app, "jobs").await, 2, "not yet");
        let id: uuid::Uuid = old.parse().expect("an id");
        let long_ago = db::now() - Duration::days(31);
        on!(app.state.db.write, |c| sqlx::query("UPDATE jobs SET deleted_at = $1 WHERE id = $2").bind(long_ago).bind(id).execute(c).await.map(|_| ()))
            .expect("time passes");
        jobs::store::purge(&app.state.db).await.expect("it is emptied");
        for (table, left) in [("jobs", 1), ("applications", 0), ("application_steps", 0), ("alerts", 0)] {
            assert_eq!(count(&app, table).await, left, "{table}");
        }
        ann.post(&format!("/api/v1/jobs/{old}/restore"), json!({})).await.missing();
        ann.post(&format!("/api/v1/jobs/{young}/restore"), json!({})).await.ok();
    }
}

story! {
    async fn readings_nobody_took_in_are_dropped_after_a_day(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let id = multipart::read_id(&mut browser, &[("text", &postings::greenhouse().to_string())], None).await;
        jobs::import::store::purge(&app.state.db).await.expect("it is cleared");
        browser.call("load_import", &[("id", &id)]).await.ok();
        let yesterday = db::now() - Duration::hours(25);
        on!(app.state.db.write, |c| sqlx::query("UPDATE imports SET created_at = $1").bind(yesterday).execute(c).await.map(|_| ())).expect("time passes");
        jobs::import::store::purge(&app.state.db).await.expect("it is cleared");
        browser.call("load_import", &[("id", &id)]).await.status(404);
        assert_eq!(count(&app, "imports").await, 0);
    }
}

story! {
    async fn sessions_past_their_end_are_removed(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browsers = [ann.browser().await, ann.browser().await];
        let past = db::now() - Duration::seconds(1);
        let hash = session::sha256(&browsers[0].cookies["session"]);
        on!(app.state.db.write, |c| sqlx::query("UPDATE sessions SET expires_at = $1 WHERE token_hash = $2").bind(past).bind(&hash).execute(c).await.map(|_| ()))
            .expect("time passes");
        session::purge(&app.state.db).await.expect("it is cleared");
        assert_eq!(count(&app, "sessions").await, 2, "the other browser's and the token's");
        browsers[0].call("who_am_i", &[]).await.status(401);
        browsers[1].call("who_am_i", &[]).await.ok();
        app.state.limits.sweep();
    }
}

story! {
    async fn mail_is_forgotten_after_a_month_and_links_after_a_week(app: TestApp) {
        app.person("ann").await;
        let purge = async || {
            mail::store::purge(&app.state.db).await.expect("it is cleared");
            accounts::email::store::purge(&app.state.db).await.expect("it is cleared");
            (count(&app, "outbox").await, count(&app, "mail_links").await)
        };
        let age = async |days: i64| {
            let then = db::now() - Duration::days(days);
            on!(app.state.db.write, |c| sqlx::query("UPDATE outbox SET created_at = $1").bind(then).execute(c).await.map(|_| ())).expect("time passes");
            on!(app.state.db.write, |c| sqlx::query("UPDATE mail_links SET expires_at = $1").bind(then).execute(c).await.map(|_| ())).expect("time passes");
        };
        assert_eq!(purge().await, (1, 1), "the message of the new account");
        age(6).await;
        assert_eq!(purge().await, (1, 1));
        age(8).await;
        assert_eq!(purge().await, (1, 0));
        age(31).await;
        assert_eq!(purge().await, (0, 0));
    }
}

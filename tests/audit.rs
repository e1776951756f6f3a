//! The log of accounts: what is in it, who reads it, and that nobody rewrites it.

use crate::support::{executable::Running, *};
use career_copilot::{
    audit::{
        Act, Kind,
        chain::{self, Verdict},
        store,
    },
    on,
    session::Origin,
};

/// The kinds of a person's log, newest first.
async fn kinds(ann: &Person) -> Vec<String> {
    let log = ann.get("/api/v1/account/log?per_page=100").await.ok();
    log["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|line| line["kind"].as_str().expect("a kind").to_owned())
        .collect()
}

async fn rows(app: &TestApp) -> i64 {
    match chain::verify(&app.state.db, None).await.expect("an answer") {
        Verdict::Whole { rows, .. } => rows,
        broken => panic!("{broken:?}"),
    }
}

/// Runs statements as somebody with the database open could, the guards taken off.
async fn tamper(app: &TestApp, statements: &[&'static str]) {
    let guards: &[&'static str] = match app.state.db.engine() {
        "sqlite" => &[
            "DROP TRIGGER audit_keeps_rows",
            "DROP TRIGGER audit_keeps_values",
            "DROP TRIGGER audit_details_keep_values",
        ],
        _ => &["DROP TRIGGER audit_keeps ON audit", "DROP TRIGGER audit_details_keep ON audit_details"],
    };
    for statement in guards.iter().chain(statements) {
        on!(app.state.db.write, |c| sqlx::query(*statement).execute(c).await.map(|_| ())).expect("it runs");
    }
}

story! {
    async fn what_happens_to_an_account_is_in_its_log(app: TestApp) {
        let ann = app.person("ann").await;
        let mut laptop = ann.browser().await;
        let _phone = ann.browser().await;
        app.anybody().post("/api/v1/auth/login", json!({ "email": ann.email, "password": "guessed wrongly" })).await.refused(401, "refused");
        app.anybody().post("/api/v1/auth/login", json!({ "email": ann.email, "password": ann.password })).await.ok();
        laptop.call("change_password", &[("current_password", "not this"), ("new_password", "ann likes longer walks")]).await.status(422);
        laptop.call("change_password", &[("current_password", &ann.password), ("new_password", "ann likes longer walks")]).await.ok();
        laptop.call("end_other_sessions", &[]).await.ok();
        let mut third = app.browser();
        third.call("sign_in", &[("email", &ann.email), ("password", "ann likes longer walks")]).await.ok();
        laptop.call("end_other_sessions", &[]).await.ok();
        laptop.call("sign_out", &[]).await.status(200);
        third.call("sign_in", &[("email", &ann.email), ("password", "ann likes longer walks")]).await.ok();
        let log = third.call("load_log", &[]).await.ok();
        let said: Vec<(&str, &str)> = log["items"]
            .as_array()
            .expect("items")
            .iter()
            .rev()
            .map(|line| (line["kind"].as_str().expect("a kind"), line["text"].as_str().expect("words")))
            .collect();
        assert_eq!(
            said,
            [
                ("account.opened", "The account was opened."),
                ("sign_in.done", "You signed in."),
                ("sign_in.done", "You signed in."),
                ("sign_in.refused", "Somebody tried to sign in with your address and a wrong password."),
                ("sign_in.done", "A program logged in with your password."),
                ("password.refused", "Your current password was asked for, and what was typed was not right."),
                ("password.changed", "The password was changed. 3 other places were signed out."),
                ("sign_in.done", "You signed in."),
                ("sessions.ended", "One other place was signed out."),
                ("sign_out.done", "You signed out."),
                ("sign_in.done", "You signed in."),
            ]
        );
        assert_eq!(log["items"][0]["address"], "127.0.0.1");
        assert!(third.open("/account/log").await.page().contains("Somebody tried to sign in"));
    }
}

story! {
    async fn each_person_reads_their_own_log_only(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        ann.browser().await;
        assert_eq!(kinds(&ann).await, ["sign_in.done", "account.opened"]);
        assert_eq!(kinds(&bob).await, ["account.opened"]);
        let file = Answer::of(ann.request(reqwest::Method::GET, "/api/v1/account/log/export")).await;
        assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"account-log.json\""));
        assert_eq!(file.ok().as_array().expect("a list").len(), 2);
        ann.get("/api/v1/account/log?per_page=0").await.invalid("per_page");
        let second = ann.get("/api/v1/account/log?per_page=1&page=2").await.ok();
        assert_eq!((second["total"].as_i64(), second["items"][0]["kind"].as_str()), (Some(2), Some("account.opened")));
    }
}

story! {
    async fn what_a_person_may_not_do_is_in_their_log(app: TestApp) {
        let ann = app.restarted(&[("TRUST_FORWARDED_FOR", "true"), ("METRICS_TOKEN", "open sesame")]).await;
        let bob = ann.person("bob").await;
        bob.get("/api/v1/metrics").await.refused(403, "forbidden");
        let log = bob.get("/api/v1/account/log").await.ok();
        assert_eq!(log["items"][0]["text"], "Something you are not allowed to do was refused: /api/v1/metrics");
        ann.stopped().await;
    }
}

story! {
    async fn an_unknown_address_leaves_no_trace_of_what_was_typed(app: TestApp) {
        app.anybody().post("/api/v1/auth/login", json!({ "email": "canary-of-the-log", "password": "x" })).await.refused(401, "refused");
        let kept: Vec<String> =
            on!(app.state.db.read, |c| sqlx::query_scalar("SELECT detail FROM audit_details").fetch_all(c).await).expect("details");
        assert_eq!(kept.len(), 1);
        assert!(!kept[0].contains("canary"), "{kept:?}");
    }
}

story! {
    async fn many_at_once_are_written_one_after_the_other(app: TestApp) {
        let other = app.another_node().await;
        let notes = (0..40).map(|n| {
            let db = if n % 2 == 0 { app.state.db.clone() } else { other.state.db.clone() };
            async move { chain::note(&db, Act::at_the_door(Kind::SignInRefused, None, &Origin::default())).await }
        });
        for noted in futures_util::future::join_all(notes).await {
            noted.expect("it is written");
        }
        assert_eq!(rows(&app).await, 40);
        other.stopped().await;
    }
}

story! {
    async fn the_log_is_only_added_to(app: TestApp) {
        app.person("ann").await;
        let refused = [
            "UPDATE audit SET kind = 'sign_out.done'",
            "DELETE FROM audit",
            "UPDATE audit_details SET detail = '{}'",
        ];
        for statement in refused {
            let error = on!(app.state.db.write, |c| sqlx::query(statement).execute(c).await.map(|_| ())).expect_err(statement);
            assert!(error.to_string().contains("the audit log is append-only"), "{statement}: {error}");
        }
        assert_eq!(rows(&app).await, 1);
    }
}

story! {
    async fn a_changed_row_is_found(app: TestApp) {
        for name in ["ann", "bob", "cleo"] {
            app.person(name).await;
        }
        tamper(&app, &["UPDATE audit SET kind = 'sign_out.done' WHERE seq = 2"]).await;
        let Verdict::Broken { seq, .. } = chain::verify(&app.state.db, None).await.expect("an answer") else { panic!("not found") };
        assert_eq!(seq, 2);
    }
}

story! {
    async fn a_row_taken_out_is_found(app: TestApp) {
        for name in ["ann", "bob", "cleo"] {
            app.person(name).await;
        }
        tamper(&app, &["DELETE FROM audit_details WHERE seq = 2", "DELETE FROM audit WHERE seq = 2"]).await;
        assert_eq!(chain::verify(&app.state.db, None).await.expect("an answer"), Verdict::Broken { seq: 2, why: "it is missing" });
    }
}

story! {
    async fn rows_cut_off_the_end_are_found(app: TestApp) {
        for name in ["ann", "bob", "cleo"] {
            app.person(name).await;
        }
        let Verdict::Whole { head, .. } = chain::verify(&app.state.db, None).await.expect("an answer") else { panic!("not whole") };
        tamper(&app, &["DELETE FROM audit_details WHERE seq = 3", "DELETE FROM audit WHERE seq = 3"]).await;
        let Verdict::Broken { seq, .. } = chain::verify(&app.state.db, None).await.expect("an answer") else { panic!("not found") };
        assert_eq!(seq, 3);
        // Whoever also sets the head back is found by what was written down elsewhere.
        let set_back = "UPDATE audit_head SET seq = 2, hash = (SELECT hash FROM audit WHERE seq = 2)";
        on!(app.state.db.write, |c| sqlx::query(set_back).execute(c).await.map(|_| ())).expect("it runs");
        assert_eq!(rows(&app).await, 2);
        let known = chain::parse_head(&head).expect("as it was printed");
        let Verdict::Broken { seq, .. } = chain::verify(&app.state.db, Some(known)).await.expect("an answer") else { panic!("not found") };
        assert_eq!(seq, 3);
    }
}

story! {
    async fn a_changed_detail_is_found_and_an_erased_one_is_not_missed(app: TestApp) {
        for name in ["ann", "bob", "cleo"] {
            app.person(name).await;
        }
        let old = career_copilot::db::now() - chrono::Duration::days(401);
        tamper(&app, &[]).await;
        on!(app.state.db.write, |c| sqlx::query("UPDATE audit_details SET at = $1 WHERE seq = 1").bind(old).execute(c).await.map(|_| ())).expect("it ages");
        store::purge(&app.state.db).await.expect("it is purged");
        let Verdict::Whole { rows, erased, .. } = chain::verify(&app.state.db, None).await.expect("an answer") else { panic!("not whole") };
        assert_eq!((rows, erased), (3, 1));
        let change = "UPDATE audit_details SET detail = '{}' WHERE seq = 2";
        on!(app.state.db.write, |c| sqlx::query(change).execute(c).await.map(|_| ())).expect("it runs");
        assert_eq!(chain::verify(&app.state.db, None).await.expect("an answer"), Verdict::Broken { seq: 2, why: "its detail was changed" });
    }
}

story! {
    async fn the_operator_checks_the_log_by_a_command(app: TestApp) {
        for name in ["ann", "bob"] {
            app.person(name).await;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let run = |arguments: &[&str]| executable::run(folder.path(), arguments, &[("DATABASE_URL", app.database.url.as_str())]);
        let whole = run(&["verify-audit"]);
        assert!(whole.status.success(), "{}", executable::words(&whole));
        let words = executable::words(&whole);
        assert!(words.contains("is whole: 2 rows"), "{words}");
        let head = words.lines().find_map(|line| line.split_once("--head: ")).expect("the newest row").1.trim().to_owned();
        assert!(run(&["verify-audit", "--head", &head]).status.success());
        let typo = run(&["verify-audit", "--head", "2:abc"]);
        assert!(!typo.status.success() && executable::words(&typo).contains("head: Give it as it was printed"), "{}", executable::words(&typo));
        tamper(&app, &["UPDATE audit SET kind = 'sign_out.done' WHERE seq = 1"]).await;
        let broken = run(&["verify-audit"]);
        assert!(!broken.status.success() && executable::words(&broken).contains("row 1"), "{}", executable::words(&broken));
    }
}

/// The lines of the log outside that are of the log of accounts: number, kind and hash.
fn told(log: &std::path::Path) -> Vec<(i64, String, String)> {
    let text = std::fs::read_to_string(log).expect("the log");
    let text_of = |line: &Value, name: &str| line[name].as_str().expect("a text").to_owned();
    text.lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|line| line["message"] == "account")
        .map(|line| (line["seq"].as_i64().expect("a number"), text_of(&line, "kind"), text_of(&line, "hash")))
        .collect()
}

story! {
    async fn the_log_is_told_to_the_logs_outside_once(app: TestApp) {
        app.stopped().await;
        let folder = tempfile::tempdir().expect("a folder");
        let settings = [("DATABASE_URL", app.database.url.as_str()), ("LOG_FORMAT", "json")];
        let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
        let ann = [("name", "Ann"), ("email", "ann@example.org"), ("password", "ann likes long walks")];
        let mut running = Running::start_with_log(folder.path(), &settings, &first).await;
        Browser::new(&running.address).call("sign_up", &ann).await.ok();
        // It does not wait for the end.
        let patience = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while told(&first).is_empty() {
            assert!(std::time::Instant::now() < patience, "nothing is told");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        running.signal("TERM");
        assert!(running.ended().await.success());
        let mut running = Running::start_with_log(folder.path(), &settings, &second).await;
        Browser::new(&running.address).call("sign_in", &ann[1..]).await.ok();
        running.signal("TERM");
        assert!(running.ended().await.success());
        let all = [told(&first), told(&second)].concat();
        assert!(told(&second).iter().any(|(_, kind, _)| kind == "sign_in.done"), "{all:?}");
        let db = career_copilot::db::Db::connect(&app.database.url).await.expect("it opens");
        let kept: Vec<(i64, String, String)> =
            on!(db.read, |c| sqlx::query_as("SELECT seq, kind, hash FROM audit ORDER BY seq").fetch_all(c).await).expect("rows");
        db.close().await;
        assert_eq!(all, kept, "every row, once, in order");
        let text = std::fs::read_to_string(&first).expect("the log");
        // Without a mail server the letters are in the log too.
        let accounts: Vec<&str> = text.lines().filter(|line| line.contains("\"account\"")).collect();
        assert!(!accounts.is_empty() && accounts.iter().all(|line| !line.contains("ann@example.org")), "no detail: {accounts:?}");
    }
}

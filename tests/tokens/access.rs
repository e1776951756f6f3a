//! Access tokens that people make: they do what their scopes say, and nothing about the account’s safety.

use super::{ME, TOKENS, claims, is_refused, login, made, program};
use crate::{guard::mutating, support::*};
use career_copilot::{db, on, session};
use chrono::{DateTime, Duration, Utc};
use reqwest::Method;

story! {
    async fn an_access_token_is_shown_once_and_kept_as_a_hash(app: TestApp) {
        let ann = app.person("ann").await;
        let made = made(&ann, &["read", "write"], Some(30)).await;
        let token = made["token"].as_str().expect("a token").to_owned();
        assert!(token.starts_with("ccp_") && token.len() == 4 + 43, "{token}");
        assert_eq!((&made["name"], &made["scopes"]), (&json!("Backup"), &json!(["read", "write"])));
        let ends: DateTime<Utc> = made["expires_at"].as_str().expect("an end").parse().expect("a moment");
        assert!((ends - Utc::now() - Duration::days(30)).num_minutes().abs() < 2, "{ends}");
        let list = ann.get(TOKENS).await.ok();
        let listed = &list["items"][0];
        assert_eq!((list["total"].as_i64(), listed.id()), (Some(1), made.id()));
        assert_eq!((&listed["name"], &listed["scopes"], &listed["expires_at"]), (&made["name"], &made["scopes"], &made["expires_at"]));
        assert_eq!((listed["hint"].as_str(), &listed["expired"]), (Some(&token[token.len() - 4..]), &json!(false)));
        // Nowhere else: no answer, no page, no event, no column.
        let mut browser = ann.browser().await;
        let mut seen = vec![list.to_string(), browser.call("load_tokens", &[]).await.text, browser.open("/account").await.page()];
        let details: Vec<sqlx::types::Json<Value>> = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT detail FROM events").fetch_all(c).await).expect("events");
        seen.extend(details.into_iter().map(|detail| detail.0.to_string()));
        for text in seen {
            assert!(!text.contains(&token) && !text.contains(&session::sha256(&token)), "{text}");
        }
        let (hash, hint, name, scopes): (String, String, String, String) =
            on!(app.state.db.read, |c| sqlx::query_as("SELECT token_hash, hint, name, scopes FROM access_tokens").fetch_one(c).await).expect("a row");
        assert_eq!((hash, hint.as_str()), (session::sha256(&token), &token[token.len() - 4..]));
        assert_eq!((name.as_str(), scopes.as_str()), ("Backup", "read write"));
        // The hash opens nothing.
        is_refused(&ann.with_token(&format!("ccp_{}", session::sha256(&token)))).await;
        let me = ann.with_token(&token).get(ME).await.ok();
        assert_eq!((me["email"].as_str(), &me["scopes"]), (Some("ann@example.org"), &json!(["read", "write"])));
    }
}

story! {
    async fn a_token_that_may_read_changes_nothing(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(json!({ "company": "Acme Mills", "title": "Baker" })).await;
        let reader = program(&ann, &["read"]).await;
        let before = ann.events().await;
        for path in ["/api/v1/jobs", &format!("/api/v1/jobs/{job}"), "/api/v1/profile", "/api/v1/alerts", "/api/v1/events?after=0", ME] {
            reader.get(path).await.ok();
            assert_eq!(Answer::of(reader.request(Method::HEAD, path)).await.status, 200, "{path}");
        }
        for (method, path) in mutating(&app).await {
            let answer = Answer::of(reader.request(method.clone(), &path).json(&json!({}))).await;
            assert_eq!(answer.status, 403, "{method} {path}: {}", answer.text);
            let said = answer.refused(403, "forbidden");
            assert!(said["detail"].as_str().is_some_and(|words| words.contains("the scope write")), "{said}");
        }
        for (method, body) in [(Method::PUT, json!({ "company": "Mine", "title": "Mine" })), (Method::DELETE, json!({}))] {
            Answer::of(reader.request(method, &format!("/api/v1/jobs/{job}")).json(&body)).await.refused(403, "forbidden");
        }
        assert_eq!(ann.events().await, before);
        assert_eq!(ann.get(&format!("/api/v1/jobs/{job}")).await.ok()["company"], "Acme Mills");
    }
}

story! {
    async fn a_token_that_may_write_does_all_of_a_program_s_work(app: TestApp) {
        let ann = app.person("ann").await;
        let writer = program(&ann, &["write"]).await;
        let job = writer.post("/api/v1/jobs", json!({ "company": "Acme Mills", "title": "Baker" })).await.created().id();
        let address = format!("/api/v1/jobs/{job}");
        writer.put(&address, json!({ "company": "Acme Mills", "title": "Miller" })).await.ok();
        writer.delete(&address).await.done();
        writer.post(&format!("{address}/restore"), json!({})).await.ok();
        assert_eq!(writer.get(&address).await.ok()["title"], "Miller");
        writer.put("/api/v1/profile", json!({ "name": "Ann" })).await.ok();
        let request = writer.request(Method::POST, "/api/load_job").header("accept", "application/json");
        Answer::of(form(request, &[("id", &job)])).await.ok();
        assert_eq!(ann.get(&address).await.ok()["title"], "Miller", "it is the same person's");
    }
}

story! {
    async fn an_access_token_has_no_say_in_the_safety_of_the_account(app: TestApp) {
        let ann = app.person("ann").await;
        let mine = made(&ann, &["read", "write", "admin"], None).await;
        let program = ann.with_token(mine["token"].as_str().expect("a token"));
        let browser = ann.signed_in(&app).await;
        let session = claims(&ann)["sid"].as_str().expect("an id").to_owned();
        let before = (ann.get(TOKENS).await.ok()["items"].as_array().map(Vec::len), ann.events().await);
        let denied = |answer: Answer| {
            let said = answer.refused(403, "forbidden");
            assert!(said["detail"].as_str().is_some_and(|words| words.contains("log in with your password")), "{said}");
        };
        denied(program.get(TOKENS).await);
        denied(program.post(TOKENS, json!({ "name": "More", "scopes": ["read"] })).await);
        denied(program.delete(&format!("{TOKENS}/{}", mine.id())).await);
        denied(program.post("/api/v1/auth/logout", json!({})).await);
        for (function, fields) in [
            ("load_account", vec![]),
            ("change_password", vec![("current_password", ann.password.as_str()), ("new_password", "ann likes longer walks")]),
            ("end_session", vec![("id", session.as_str())]),
            ("end_other_sessions", vec![]),
            ("load_tokens", vec![]),
            ("create_token", vec![("name", "More"), ("scopes", "read"), ("expires_in_days", "30")]),
            ("revoke_token", vec![("id", mine["id"].as_str().expect("an id"))]),
        ] {
            let request = program.request(Method::POST, &format!("/api/{function}")).header("accept", "application/json");
            let said = Answer::of(form(request, &fields)).await.status(403).json();
            assert!(said["Denied"].as_str().is_some_and(|words| words.contains("log in with your password")), "{function}: {said}");
        }
        let bearer = format!("Bearer {}", program.token.clone().expect("a token"));
        assert_eq!(Socket::open(&app.address, &[("authorization", &bearer)], None).await.err(), Some(403));
        assert_eq!((ann.get(TOKENS).await.ok()["items"].as_array().map(Vec::len), ann.events().await), before);
        browser.clone().call("who_am_i", &[]).await.ok();
        login(&app, &ann.email, &ann.password).await.get(ME).await.ok();
        // A login may do all of it.
        ann.delete(&format!("{TOKENS}/{}", mine.id())).await.done();
    }
}

story! {
    async fn tokens_for_administration_are_the_administrators(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let body = json!({ "name": "Keys", "scopes": ["write", "admin"] });
        let said = bob.post(TOKENS, body.clone()).await.invalid("scopes");
        assert_eq!(said, "Only administrators can make tokens for administration.");
        let (mut hers, mut his) = (ann.browser().await, bob.browser().await);
        let fields = [("name", "Keys"), ("scopes", "read"), ("admin", "true"), ("expires_in_days", "7")];
        assert!(his.call("create_token", &fields).await.status(422).json()["Invalid"]["scopes"].is_string());
        assert_eq!(his.call("load_tokens", &[]).await.ok(), json!({ "tokens": [], "admin": false }));
        let offer = "Also what only administrators may do";
        assert!(!his.open("/account").await.page().contains(offer));
        assert!(hers.open("/account").await.page().contains(offer));
        assert_eq!(hers.call("create_token", &fields).await.ok()["scopes"], json!(["read", "admin"]));
        let token = ann.post(TOKENS, body).await.created();
        assert_eq!(token["scopes"], json!(["read", "write", "admin"]));
        let program = ann.with_token(token["token"].as_str().expect("a token"));
        assert_eq!(program.get(ME).await.ok()["scopes"], json!(["read", "write", "admin"]));
        // A token has never more than its person.
        on!(app.state.db.write, |c| sqlx::query("DELETE FROM user_roles WHERE role = 'admin'").execute(c).await.map(|_| ())).expect("the role goes");
        assert_eq!(program.get(ME).await.ok()["scopes"], json!(["read", "write"]));
        assert_eq!(ann.get(ME).await.ok()["scopes"], json!(["read", "write"]));
    }
}

story! {
    async fn an_access_token_ends_when_it_expires_or_is_revoked(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let mut socket = browser.live(None).await;
        let (short, long) = (made(&ann, &["read"], Some(7)).await, made(&ann, &["read"], None).await);
        for _ in 0..2 {
            assert_eq!(socket.next().await["kind"], "account.token_created");
        }
        assert_eq!((&short["name"], &long["expires_at"]), (&long["name"], &Value::Null));
        let with = |made: &Value| ann.with_token(made["token"].as_str().expect("a token"));
        with(&short).get(ME).await.ok();
        with(&long).get(ME).await.ok();
        let past = db::now() - Duration::seconds(1);
        on!(app.state.db.write, |c| sqlx::query("UPDATE access_tokens SET expires_at = $1 WHERE expires_at IS NOT NULL").bind(past).execute(c).await.map(|_| ()))
            .expect("time passes");
        is_refused(&with(&short)).await;
        let list = ann.get(TOKENS).await.ok();
        let expired: Vec<(String, bool)> = list["items"].as_array().expect("tokens").iter().map(|one| (one.id(), one["expired"] == true)).collect();
        assert_eq!(expired, [(long.id(), false), (short.id(), true)], "newest first");
        assert!(browser.open("/account").await.page().contains("Ended"));
        with(&long).get(ME).await.ok();
        browser.call("revoke_token", &[("id", &long.id())]).await.ok();
        let revoked = socket.next().await;
        assert_eq!((&revoked["kind"], revoked.id()), (&json!("account.token_revoked"), long.id()));
        is_refused(&with(&long)).await;
        browser.call("revoke_token", &[("id", &long.id())]).await.status(404);
        ann.delete(&format!("{TOKENS}/{}", long.id())).await.missing();
        ann.delete(&format!("{TOKENS}/{}", short.id())).await.done();
        assert_eq!(ann.get(TOKENS).await.ok()["items"], json!([]));
        let told = browser.call("load_dashboard", &[]).await.text;
        assert!(told.contains("Made the access token “Backup”") && told.contains("Revoked the access token “Backup”"), "{told}");
    }
}

story! {
    async fn a_token_s_last_use_is_written_down_now_and_then(app: TestApp) {
        let ann = app.person("ann").await;
        let program = program(&ann, &["read"]).await;
        let used = async || {
            let token = ann.get(TOKENS).await.ok()["items"][0].clone();
            let at = token["used_at"].as_str().map(|at| at.parse::<DateTime<Utc>>().expect("a moment"));
            (at, token["used_from"].as_str().expect("an address").to_owned())
        };
        assert_eq!(used().await, (None, String::new()));
        program.get(ME).await.ok();
        let (first, from) = used().await;
        assert!(first.is_some_and(|at| at > Utc::now() - Duration::minutes(1)));
        assert_eq!(from, "127.0.0.1");
        let set = async |at: DateTime<Utc>| {
            on!(app.state.db.write, |c| sqlx::query("UPDATE access_tokens SET used_at = $1, used_from = 'elsewhere'").bind(at).execute(c).await.map(|_| ()))
                .expect("time passes");
        };
        let lately = db::now() - Duration::minutes(9);
        set(lately).await;
        program.get(ME).await.ok();
        assert_eq!(used().await, (Some(lately), "elsewhere".into()), "not yet");
        set(db::now() - Duration::minutes(11)).await;
        program.get(ME).await.ok();
        let (again, from) = used().await;
        assert!(again > first && from == "127.0.0.1", "{again:?} {from}");
    }
}

story! {
    async fn what_is_asked_of_a_new_token(app: TestApp) {
        let ann = app.person("ann").await;
        let good = json!({ "name": "Backup", "scopes": ["read"], "expires_in_days": 7 });
        for (field, value, said) in [
            ("name", json!(""), "Please give the token a name"),
            ("name", json!(" \u{0}\n "), "Please give the token a name"),
            ("name", json!("x".repeat(101)), "Please use at most 100 characters."),
            ("name", Value::Null, ""),
            ("scopes", json!([]), "Please choose what the token may do."),
            ("scopes", json!("read"), ""),
            ("expires_in_days", json!(8), "Please choose 7, 30, 90 or 365 days"),
            ("expires_in_days", json!(0), "Please choose 7, 30, 90 or 365 days"),
            ("expires_in_days", json!(-7), "Please choose 7, 30, 90 or 365 days"),
            ("expires_in_days", json!(9e15 as i64), "Please choose 7, 30, 90 or 365 days"),
            ("expires_in_days", json!("7"), ""),
        ] {
            let mut body = good.clone();
            body[field] = value;
            let words = ann.post(TOKENS, body.clone()).await.invalid(field);
            assert!(words.contains(said), "{body}: {words}");
        }
        assert!(ann.post(TOKENS, json!({ "name": "Backup", "scopes": ["read", "root"] })).await.invalid("scopes[1]").contains("unknown variant"));
        ann.post(TOKENS, json!({ "name": "Backup", "scopes": ["read"], "token": "ccp_mine" })).await.invalid("token");
        ann.post(TOKENS, json!({ "name": "Backup" })).await.invalid("scopes");
        let mut browser = ann.browser().await;
        let refused = [("name", ""), ("scopes", "everything"), ("expires_in_days", "soon")];
        let all = browser.call("create_token", &refused).await.status(422).json();
        let fields: Vec<&String> = all["Invalid"].as_object().expect("fields").keys().collect();
        assert_eq!(fields, ["expires_in_days", "name", "scopes"], "everything at once");
        assert!(ann.events().await.is_empty());
        let made = ann.post(TOKENS, json!({ "name": format!(" {}\u{7} ", "ü".repeat(100)), "scopes": ["write", "write"] })).await.created();
        assert_eq!((made["name"].as_str(), &made["scopes"]), (Some("ü".repeat(100).as_str()), &json!(["read", "write"])));
        let forever = browser.call("create_token", &[("name", "Feed"), ("scopes", "write"), ("expires_in_days", "")]).await.ok();
        assert_eq!((&forever["scopes"], &forever["expires_at"]), (&json!(["read", "write"]), &Value::Null));
    }
}

story! {
    async fn fifty_tokens_are_enough(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let mut last = String::new();
        for _ in 0..50 {
            last = made(&ann, &["read"], None).await.id();
        }
        let body = json!({ "name": "One more", "scopes": ["read"] });
        let said = ann.post(TOKENS, body.clone()).await.refused(409, "conflict");
        assert!(said["detail"].as_str().is_some_and(|words| words.contains("Please revoke one")), "{said}");
        assert_eq!(ann.get(TOKENS).await.ok()["total"], 50);
        made(&bob, &["read"], None).await;
        ann.delete(&format!("{TOKENS}/{last}")).await.done();
        ann.post(TOKENS, body).await.created();
    }
}

story! {
    async fn without_script_the_page_shows_the_new_token_once(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let fields = [("name", "Backup"), ("scopes", "write"), ("expires_in_days", "")];
        let page = browser.submit("/account", "create_token", &fields).await.page();
        let start = page.find("value=\"ccp_").expect("it is shown") + "value=\"".len();
        let token = page[start..].split('"').next().expect("its end").to_owned();
        assert_eq!(token.len(), 47);
        assert!(page.contains("it is not shown again") && !page.contains("value=\"Backup\""), "the form is empty again");
        assert_eq!(ann.with_token(&token).get(ME).await.ok()["scopes"], json!(["read", "write"]));
        assert!(!browser.open("/account").await.page().contains(&token));
        // Refused, it says why and keeps what was typed; revoked, it goes back to the page.
        let long = "x".repeat(101);
        let refused = browser.submit("/account", "create_token", &[("name", &long), ("scopes", "read"), ("expires_in_days", "365")]).await.status(422);
        assert!(refused.text.contains("Please use at most 100 characters.") && refused.text.contains(&long) && !refused.text.contains("not shown again"));
        let id = ann.get(TOKENS).await.ok()["items"][0].id();
        let back = browser.submit("/account", "revoke_token", &[("id", &id)]).await.redirect();
        assert_eq!(back.trim_end_matches('?'), format!("{}/account", app.address));
        is_refused(&ann.with_token(&token)).await;
    }
}

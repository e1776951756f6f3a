//! Changes come from our own pages or from programs with a token of their own, and from nowhere else.

use crate::support::{server_functions as functions, *};
use career_copilot::briefings;
use leptos::server_fn::axum::server_fn_paths;
use reqwest::Method;
use std::collections::BTreeSet;

/// Methods and addresses of everything that changes something: REST by its document, server functions by their registry, the
/// import form.
pub async fn mutating(app: &TestApp) -> Vec<(Method, String)> {
    let document = app.anybody().get("/api/v1/openapi.json").await.ok();
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for method in
            methods.as_object().expect("methods").keys().filter(|method| *method != "get" && *method != "parameters")
        {
            let id = uuid::Uuid::now_v7().to_string();
            all.push((method.to_uppercase().parse().expect("a method"), path.replace("{id}", &id)));
        }
    }
    all.extend(server_fn_paths().map(|(path, method)| (method, path.to_owned())));
    all.push((Method::POST, "/jobs/import/read".into()));
    all.push((Method::POST, "/applications/mail/read".into()));
    all.push((Method::POST, "/account/data/take-in".into()));
    all.push((Method::POST, briefings::UNSUBSCRIBE.into()));
    all
}

story! {
    async fn a_foreign_page_can_change_nothing(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let all = mutating(&app).await;
        assert!(all.len() > 45, "{}", all.len());
        let own = app.address.as_str();
        let lookalike = format!("{own}.evil.example");
        for (method, path) in all {
            for (what, headers) in [
                ("a foreign origin", vec![("origin", "https://evil.example")]),
                ("an origin that starts like ours", vec![("origin", lookalike.as_str())]),
                ("a sandboxed frame", vec![("origin", "null")]),
                ("a foreign site", vec![("sec-fetch-site", "cross-site"), ("origin", own)]),
                ("a neighbour of our site", vec![("sec-fetch-site", "same-site")]),
                ("a typed address", vec![("sec-fetch-site", "none")]),
                ("nobody says where from", vec![]),
            ] {
                for kind in ["application/x-www-form-urlencoded", "application/json", "text/plain"] {
                    let mut request = browser.bare(method.clone(), &path).header("content-type", kind).body("x=1");
                    for (name, value) in &headers {
                        request = request.header(*name, *value);
                    }
                    let answer = Answer::of(request).await;
                    // A mailbox does not say where it is, and only the token it was given counts (RFC 8058).
                    if path == briefings::UNSUBSCRIBE && headers.is_empty() {
                        assert_eq!(answer.status, 200, "{what}, {kind}");
                        continue;
                    }
                    assert_eq!(answer.status, 403, "{what}, {kind}: {method} {path}");
                    answer.refused(403, "forbidden");
                }
            }
        }
        assert_eq!(ann.events().await, Vec::<String>::new(), "nothing happened");
        browser.call("who_am_i", &[]).await.ok();
    }
}

story! {
    async fn our_own_page_gets_further(app: TestApp) {
        let ann = app.person("ann").await;
        for (method, path) in mutating(&app).await {
            let browser = ann.signed_in(&app).await;
            let request = browser.own(method.clone(), &path).header("content-type", "application/json").body("{");
            let status = Answer::of(request).await.status;
            assert!(status != 403 && status != 405, "{method} {path}: {status}");
        }
    }
}

story! {
    async fn programs_are_let_through(app: TestApp) {
        let ann = app.person("ann").await;
        let body = json!({ "company": "Acme Mills", "title": "Baker" });
        // A token is not sent by accident, wherever the request comes from; neither is a request without any cookie.
        let request = ann.request(Method::POST, "/api/v1/jobs").header("origin", "https://tool.example").json(&body);
        Answer::of(request).await.created();
        let login = json!({ "email": ann.email, "password": ann.password });
        app.anybody().post("/api/v1/auth/login", login).await.ok();
        // Older browsers only name the origin.
        let browser = ann.browser().await;
        let request = browser.bare(Method::POST, "/api/v1/jobs").header("origin", &app.address).json(&body);
        Answer::of(request).await.created();
    }
}

story! {
    async fn nothing_changes_by_looking(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        for (path, _) in server_fn_paths() {
            let request = browser.own(Method::GET, path);
            let answer = browser.send(request).await;
            assert!(answer.status == 404 || answer.status == 405, "GET {path}: {}", answer.status);
        }
        assert!(!browser.cookies.is_empty(), "still signed in");
    }
}

story! {
    async fn the_table_of_server_functions_is_complete(app: TestApp) {
        // The router registers them.
        app.anybody().get("/api/v1/health").await.ok();
        let real: BTreeSet<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
        let known: BTreeSet<String> = functions::ALL.iter().map(|function| format!("/api/{}", function.name)).collect();
        assert_eq!(real, known, "tests/support/server_functions.rs must list every server function");
    }
}

story! {
    async fn every_call_of_the_table_is_in_order(app: TestApp) {
        // What has to do with the account changes it; the rest can share one.
        let mut shared = None;
        for function in functions::ALL.iter().filter(|function| function.takes == functions::Takes::Nothing) {
            if function.name == "list_jobs" {
                shared = Some(app.person("ann").await);
            }
            let ann = match &shared {
                Some(ann) => ann.clone(),
                None => app.person(&format!("ann.{}", function.name)).await,
            };
            if function.name == "sign_in" {
                app.anybody().post("/api/v1/auth/register", json!({ "email": "eve@example.org", "password": "eve likes long walks" })).await;
            }
            let fields: Vec<_> = function.fields.iter().map(|(name, value)| (*name, if *value == "eve@example.org" && function.name == "sign_up" { "new@example.org" } else { value })).collect();
            let answer = ann.signed_in(&app).await.call(function.name, &fields).await;
            let wanted = match function.name {
                "enter_demo" => 404,
                // Nobody is half signed in.
                "second_step" | "link_with_password" => 401,
                // Only the first of them all is an administrator.
                "list_accounts" | "load_standing" | "load_work" | "retry_all_work" | "begin_schedule" | "list_sources" => 403,
                // No key is set for it.
                "ask_source" => 422,
                // There is none.
                "remove_picture" => 404,
                // There is no such server, and so no mailbox.
                "connect_mailbox" => 422,
                "read_mailbox" | "disconnect_mailbox" => 404,
                // None of their devices shows messages.
                "send_test_push" => 409,
                // None is connected.
                "sync_google_calendar" | "disconnect_google_calendar" => 404,
                // No provider is set up.
                "connect_provider" | "disconnect_provider" => 404,
                // There is no second factor.
                "confirm_second_factor" | "new_recovery_codes" => 409,
                // The account is not closed.
                "keep_account" => 409,
                // Their address is not confirmed.
                "start_second_factor" | "start_passkey" => 409,
                // The address of this site is a number; tests/passkeys.rs gives it a name.
                "begin_passkey_use" => 409,
                // They have no passkey.
                "begin_confirming" => 409,
                "finish_passkey" | "use_passkey" | "confirm_by_passkey" => 422,
                // Their links are in mail; tests/mail.rs opens them.
                "confirm_address" | "reset_password" => 401,
                _ => 200,
            };
            assert_eq!(answer.status, wanted, "{}: {answer:?}", function.name);
        }
    }
}

story! {
    async fn who_is_not_signed_in_gets_nothing(app: TestApp) {
        let mut browser = app.browser();
        let for_everybody = [
            "demo_offered", "sign_up", "sign_in", "enter_demo", "sign_out", "confirm_address", "forgot_password", "reset_password",
            "password_strength", "second_step", "link_with_password", "begin_passkey_use", "use_passkey",
        ];
        for function in functions::ALL.iter().filter(|function| !for_everybody.contains(&function.name)) {
            let id = uuid::Uuid::now_v7().to_string();
            let mut fields = function.with(&id);
            if function.name == "unlink_contact" {
                fields.push(("application_id", &id));
            }
            let answer = browser.call(function.name, &fields).await;
            assert_eq!(answer.status, 401, "{}: {answer:?}", function.name);
            assert_eq!(answer.json(), "Unauthorized", "{}", function.name);
        }
        let document = app.anybody().get("/api/v1/openapi.json").await.ok();
        let open = ["/api/v1/auth/register", "/api/v1/auth/login", "/api/v1/health", "/api/v1/metrics", "/api/v1/auth/oauth/{provider}/login", "/api/v1/auth/oauth/{provider}/callback", "/api/v1/calendar/google/callback"];
        for (path, methods) in document["paths"].as_object().expect("paths") {
            for method in methods.as_object().expect("methods").keys().filter(|_| !open.contains(&path.as_str())) {
                let id = uuid::Uuid::now_v7().to_string();
                let method: Method = method.to_uppercase().parse().expect("a method");
                let request = app.anybody().request(method, &path.replace("{id}", &id)).json(&json!({}));
                Answer::of(request).await.refused(401, "unauthorized");
            }
        }
        for form in ["/jobs/import/read", "/applications/mail/read", "/account/data/take-in"] {
            let upload = Answer::of(app.browser().own(Method::POST, form).body("")).await;
            assert!(upload.status == 401 || upload.status == 303, "{upload:?}");
        }
    }
}

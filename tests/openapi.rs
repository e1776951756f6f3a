//! The contract as a document.

use crate::support::*;
use std::collections::BTreeSet;

/// What API.md and the first issue promise.
const CALLS: &[&str] = &[
    "POST /api/v1/auth/register",
    "POST /api/v1/auth/login",
    "POST /api/v1/auth/logout",
    "GET /api/v1/auth/me",
    "GET /api/v1/auth/oauth/{provider}/login",
    "GET /api/v1/auth/oauth/{provider}/callback",
    "GET /api/v1/calendar/google/connect",
    "GET /api/v1/calendar/google/callback",
    "GET /api/v1/account/exports",
    "POST /api/v1/account/exports",
    "GET /api/v1/account/exports/{id}",
    "GET /api/v1/account/exports/{id}/file",
    "DELETE /api/v1/account/exports/{id}",
    "POST /api/v1/account/restore",
    "GET /api/v1/account/consents",
    "PUT /api/v1/account/consents/{purpose}",
    "POST /api/v1/account/closing",
    "DELETE /api/v1/account/closing",
    "GET /api/v1/account/log",
    "GET /api/v1/account/log/export",
    "GET /api/v1/auth/tokens",
    "POST /api/v1/auth/tokens",
    "DELETE /api/v1/auth/tokens/{id}",
    "GET /api/v1/profile",
    "PUT /api/v1/profile",
    "GET /api/v1/jobs",
    "POST /api/v1/jobs",
    "GET /api/v1/jobs/{id}",
    "PUT /api/v1/jobs/{id}",
    "DELETE /api/v1/jobs/{id}",
    "POST /api/v1/jobs/{id}/restore",
    "POST /api/v1/jobs/{id}/feedback",
    "DELETE /api/v1/jobs/{id}/feedback",
    "GET /api/v1/feedback",
    "GET /api/v1/hidden-companies",
    "POST /api/v1/hidden-companies",
    "DELETE /api/v1/hidden-companies/{id}",
    "POST /api/v1/jobs/import",
    "POST /api/v1/jobs/parse",
    "GET /api/v1/sources",
    "POST /api/v1/sources",
    "GET /api/v1/sources/numbers",
    "GET /api/v1/sources/{id}",
    "PUT /api/v1/sources/{id}",
    "DELETE /api/v1/sources/{id}",
    "GET /api/v1/recommendations",
    "GET /api/v1/skill-gap",
    "GET /api/v1/applications",
    "POST /api/v1/applications",
    "GET /api/v1/applications/export",
    "GET /api/v1/applications/{id}",
    "PUT /api/v1/applications/{id}",
    "DELETE /api/v1/applications/{id}",
    "GET /api/v1/applications/{id}/interviews",
    "POST /api/v1/applications/{id}/interviews",
    "GET /api/v1/interviews/{id}",
    "PUT /api/v1/interviews/{id}",
    "DELETE /api/v1/interviews/{id}",
    "GET /api/v1/contacts",
    "POST /api/v1/contacts",
    "GET /api/v1/contacts/{id}",
    "PUT /api/v1/contacts/{id}",
    "DELETE /api/v1/contacts/{id}",
    "PUT /api/v1/applications/{id}/contacts/{contact_id}",
    "DELETE /api/v1/applications/{id}/contacts/{contact_id}",
    "GET /api/v1/applications/{id}/documents",
    "POST /api/v1/applications/{id}/documents",
    "DELETE /api/v1/documents/{id}",
    "GET /api/v1/alerts",
    "PUT /api/v1/alerts/{id}",
    "GET /api/v1/briefings",
    "POST /api/v1/briefings",
    "GET /api/v1/briefings/{id}",
    "GET /api/v1/briefings/settings",
    "PUT /api/v1/briefings/settings",
    "GET /api/v1/analytics/summary",
    "GET /api/v1/events",
    "GET /api/v1/health",
    "GET /api/v1/admin/outbox",
];

/// Every `$ref` below a value.
fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(target)) = fields.get("$ref") {
                found.insert(target.clone());
            }
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

story! {
    async fn the_document_names_every_call(app: TestApp) {
        let document = app.anybody().get("/api/v1/openapi.json").await.ok();
        assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{}", document["openapi"]);
        assert!(document["info"]["title"].is_string() && document["info"]["version"].is_string());
        let mut calls = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("methods") {
                let name = format!("{} {path}", method.to_uppercase());
                let answers = operation["responses"].as_object().unwrap_or_else(|| panic!("{name} answers"));
                assert!(answers.keys().any(|status| status.starts_with(['2', '3'])), "{name}: {answers:?}");
                assert!(operation["summary"].is_string() || operation["description"].is_string(), "{name} says what it does");
                assert!(operation["operationId"].is_string(), "{name}");
                for status in ["401", "500", "503"] {
                    assert!(answers.contains_key(status), "{name} may answer {status}");
                }
                for (status, answer) in answers {
                    assert!(answer["description"].as_str().is_some_and(|words| !words.is_empty()), "{name}: {status}");
                    if status.as_str() >= "400" {
                        let mut schemas = BTreeSet::new();
                        references(&answer["content"]["application/json"]["schema"], &mut schemas);
                        assert!(schemas.contains("#/components/schemas/Problem"), "{name}: {status}: {answer}");
                    }
                    assert!(status != "429" || answer["headers"]["Retry-After"].is_object(), "{name}: {answer}");
                    assert!(status != "201" || !["/api/v1/jobs", "/api/v1/applications"].contains(&path.as_str())
                        || answer["headers"]["Location"].is_object(), "{name}: {answer}");
                }
                let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
                for part in path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')) {
                    assert!(parameters.iter().any(|one| one["name"] == part && one["in"] == "path" && one["required"] == true), "{name}: {part}");
                }
                calls.insert(name);
            }
        }
        for call in CALLS {
            assert!(calls.contains(*call), "{call} is missing");
        }
        let mut wanted = BTreeSet::new();
        references(&document, &mut wanted);
        for target in wanted {
            let pointer = target.strip_prefix('#').expect("a place in the document");
            assert!(document.pointer(pointer).is_some(), "{target} leads nowhere");
        }
        let ids: Vec<&str> = document["paths"].as_object().expect("paths").values()
            .flat_map(|methods| methods.as_object().expect("methods").values()).filter_map(|operation| operation["operationId"].as_str()).collect();
        assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "operation ids are unique: {ids:?}");
        assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
    }
}

story! {
    async fn the_page_shows_every_call(app: TestApp) {
        let page = app.anybody().get("/api/docs").await.page();
        for call in CALLS {
            let (_, path) = call.split_once(' ').expect("a method");
            assert!(page.contains(&format!(">{path}<")), "{call}");
        }
        for word in ["Idempotency-Key", "per_page", "JobDraft"] {
            assert!(page.contains(word), "{word}");
        }
    }
}

story! {
    async fn calls_that_do_not_exist_are_said_so(app: TestApp) {
        let ann = app.person("ann").await;
        ann.get("/api/v1/nothing").await.missing();
        ann.get("/api/v2/jobs").await.missing();
        ann.get("/api/v1/jobs/").await.missing();
        assert_eq!(ann.delete("/api/v1/jobs").await.status, 405);
    }
}

//! The tables of calls with ids know every one.

use super::{CALLS, Takes, functions};
use crate::support::*;
use std::{collections::BTreeSet, fs, path::Path};

story! {
    async fn the_table_of_calls_with_ids_is_complete(app: TestApp) {
        let document = app.anybody().get("/api/v1/openapi.json").await.ok();
        let mut real = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("methods") {
                let mut names = BTreeSet::new();
                fields(&operation["requestBody"], &document, &mut names);
                let in_body = names.iter().any(|name| name == "id" || name.ends_with("_id") || name.ends_with("_ids") || name == "ids");
                if path.contains('{') && !path.contains("{provider}") && !path.contains("{purpose}") {
                    real.insert(format!("{} {path}", method.to_uppercase()));
                    if in_body {
                        real.insert(format!("{} {path} with a job_id", method.to_uppercase()));
                    }
                } else if in_body {
                    real.insert(format!("{} {path}", method.to_uppercase()));
                }
            }
        }
        let known: BTreeSet<String> = CALLS.iter().map(|(method, path, _)| format!("{method} {path}")).collect();
        assert_eq!(real, known, "CALLS must list every REST call that takes an id");
    }
}

/// The names of all fields a schema lets in.
fn fields(schema: &Value, document: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(parts) => {
            if let Some(Value::String(target)) = parts.get("$ref") {
                let pointer = target.trim_start_matches('#');
                fields(document.pointer(pointer).expect("the reference leads somewhere"), document, found);
            }
            if let Some(Value::Object(properties)) = parts.get("properties") {
                found.extend(properties.keys().cloned());
            }
            parts.values().for_each(|part| fields(part, document, found));
        }
        Value::Array(items) => items.iter().for_each(|item| fields(item, document, found)),
        _ => {}
    }
}

/// The source is the only place that tells which server function takes an id.
#[test]
fn the_table_of_server_functions_knows_every_id() {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut seen = 0;
    for file in files {
        let source = fs::read_to_string(&file).expect("a source file").replace("#[server(default)]", "");
        for part in source.split("#[server").skip(1).filter(|part| part.contains("pub async fn")) {
            let Some((_, rest)) = part.split_once("pub async fn ") else { continue };
            let (name, rest) = rest.split_once('(').expect("arguments");
            let arguments = rest.split("->").next().expect("arguments");
            let takes_id = arguments.split(',').filter_map(|argument| argument.rsplit_once(':')).any(|(name, kind)| {
                let name = name.rsplit([' ', ']', '(']).next().unwrap_or_default().trim();
                name == "id"
                    || name.ends_with("_id")
                    || name == "ids"
                    || kind.contains("Id>")
                    || kind.trim().trim_end_matches([')', ' ', '\n']).ends_with("Id")
            });
            if let Some(function) = functions::ALL.iter().find(|function| function.name == name.trim()) {
                seen += 1;
                // Texts that hold ids.
                let in_text =
                    ["save_job", "save_search", "move_chosen", "remove_chosen", "add_contact"].contains(&name);
                assert_eq!(function.takes != Takes::Nothing, takes_id || in_text, "{name}");
            }
        }
    }
    assert!(seen >= functions::ALL.len() - 1, "only {seen} were found in the source");
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() {
            collect(&entry.path(), files);
        } else if entry.path().extension().is_some_and(|kind| kind == "rs") {
            files.push(entry.path());
        }
    }
}

//! A JSON list of objects, ours or another's: the names of the fields are the headings.

use crate::{
    history, limits,
    table::{Kind, Table, Unreadable, assemble},
};
use serde_json::{Map, Value};

/// The field of our own list that holds the stages an application was in.
pub const HISTORY: &str = "history";

/// Reads a list of objects, or an object with one list in it.
pub(crate) fn read(text: &str) -> Result<Table, Unreadable> {
    let value: Value = serde_json::from_str(text).map_err(|error| Unreadable(format!("This is no JSON: {error}.")))?;
    let list = match value {
        Value::Array(list) => list,
        Value::Object(fields) => {
            let found = fields.into_iter().find_map(|(_, value)| match value {
                Value::Array(list) if list.iter().any(Value::is_object) => Some(list),
                _ => None,
            });
            found.ok_or("This JSON holds no list of objects.")?
        }
        _ => return Err("This JSON holds no list of objects.".into()),
    };
    if list.len() > limits::ROWS {
        return Err("This has more than 5,000 rows. Please split it.".into());
    }
    let mut header: Vec<String> = Vec::new();
    for object in list.iter().filter_map(Value::as_object) {
        for name in object.keys() {
            if !header.contains(name) {
                header.push(name.clone());
                if header.len() > limits::COLUMNS {
                    return Err(Unreadable(format!("This has more than {} fields.", limits::COLUMNS)));
                }
            }
        }
    }
    if header.is_empty() {
        return Err("This JSON holds no list of objects.".into());
    }
    let rows = list.iter().map(|value| match value {
        Value::Object(object) => header.iter().map(|name| cell(name, object)).collect(),
        other => vec![plain(other)],
    });
    let lines: Vec<(usize, Vec<String>)> =
        std::iter::once(header.clone()).chain(rows).zip(1..).map(|(row, n)| (n, row)).collect();
    // The first line is the headings by its making; rows must not be taken for them.
    let mut table = assemble(Kind::Json, vec![lines[0].clone(), (2, vec!["-".into()])])?;
    let width = table.header.len();
    table.rows = lines.into_iter().skip(1).map(|(number, cells)| crate::table::row(number - 1, cells, width)).collect();
    if table.rows.is_empty() {
        return Err("This list is empty.".into());
    }
    Ok(table)
}

fn cell(name: &str, object: &Map<String, Value>) -> String {
    match object.get(name) {
        Some(Value::Array(steps)) if name == HISTORY => history::of_json(steps),
        Some(value) => plain(value),
        None => String::new(),
    }
}

/// A value as a cell: lists are joined, objects show their fields.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.replace('\0', ""),
        Value::Array(list) => list.iter().map(plain).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let parts = fields.iter().map(|(name, value)| (name, plain(value))).filter(|(_, value)| !value.is_empty());
            parts.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ").replace('\0', "")
        }
        other => other.to_string(),
    }
}

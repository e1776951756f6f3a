//! The stages an application was in, as one cell: `2026-11-03 Applied; 2026-11-10 Interview`.

use serde_json::Value;

/// One stage of a history as a cell tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// A day, or a moment as RFC 3339 writes it.
    pub at: String,
    pub stage: String,
    pub note: String,
}

/// Stands between a stage and its note where a cell holds both.
const NOTE: char = '\u{1f}';
/// Stands before each step of a cell that was a list: notes may hold anything else.
const STEP: char = '\u{1e}';
/// The most steps that are read of one cell.
const MOST: usize = 200;

/// Steps as one cell, oldest first.
pub fn write<'a>(steps: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    steps.into_iter().map(|(at, stage)| format!("{at} {stage}")).collect::<Vec<_>>().join("; ")
}

/// The same of our own JSON, whose steps have moments and notes.
pub(crate) fn of_json(steps: &[Value]) -> String {
    let text = |step: &Value, name: &str| step[name].as_str().unwrap_or_default().replace(['\0', NOTE, STEP], "");
    let parts = steps.iter().take(MOST).map(|step| {
        let (at, stage, note) = (text(step, "at"), text(step, "stage"), text(step, "note"));
        if note.is_empty() { format!("{STEP}{at} {stage}") } else { format!("{STEP}{at} {stage}{NOTE}{note}") }
    });
    parts.collect()
}

/// What a cell tells; empty when it tells of no stage. A stage's name may hold a semicolon: only one before a day divides.
pub fn read(cell: &str) -> Vec<Told> {
    let mut parts: Vec<String> = Vec::new();
    let listed = cell.starts_with(STEP);
    for part in cell.split(if listed { "\u{1e}" } else { "; " }) {
        match parts.last_mut() {
            Some(last) if !listed && !begins_with_day(part) => {
                last.push_str("; ");
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
        if parts.len() > MOST {
            break;
        }
    }
    let told = parts.iter().map(|part| part.trim_start()).filter(|part| begins_with_day(part)).filter_map(|part| {
        let (at, rest) = part.split_once(' ')?;
        let (stage, note) = rest.split_once(NOTE).unwrap_or((rest, ""));
        Some(Told { at: at.to_owned(), stage: stage.trim().to_owned(), note: note.to_owned() })
    });
    told.filter(|told| !told.stage.is_empty()).collect()
}

fn begins_with_day(text: &str) -> bool {
    let day = text.as_bytes();
    day.len() > 10
        && day[..10]
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
        && matches!(day[10], b' ' | b'T')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_history_reads_as_it_was_written() {
        let cell = write([("2026-11-03", "Applied"), ("2026-11-10", "Call; then talk")]);
        assert_eq!(cell, "2026-11-03 Applied; 2026-11-10 Call; then talk");
        let told: Vec<(String, String)> = read(&cell).into_iter().map(|told| (told.at, told.stage)).collect();
        assert_eq!(told[1], ("2026-11-10".to_owned(), "Call; then talk".to_owned()));
        let json = serde_json::json!([{ "at": "2026-11-03T10:00:00Z", "stage": "Applied", "note": "by post; 2026-01-02 copies" }]);
        let told = read(&of_json(json.as_array().expect("a list")));
        assert_eq!(
            told,
            [Told {
                at: "2026-11-03T10:00:00Z".into(),
                stage: "Applied".into(),
                note: "by post; 2026-01-02 copies".into()
            }]
        );
        assert!(read("nothing; here").is_empty() && read("").is_empty());
    }
}

//! The text part.

use super::{Frame, unlinked};
use crate::briefings::sheet::{Figures, Row, Section, Sheet};

/// Lines under what belongs to a row begin so far right.
const INDENT: &str = "  ";

pub fn write(sheet: &Sheet, frame: &Frame<'_>) -> String {
    let mut out = format!("{}\n{}\n\n{}\n", sheet.name, sheet.title, sheet.lead);
    for part in &sheet.sections {
        out += &section(part, frame);
    }
    let line = "-".repeat(24);
    out + &format!(
        "\n{line}\n{why}\n\nYour briefings, and which of them are mailed:\n{all}\n\nNo more of these:\n{unsubscribe}\n\nCareer Co-Pilot, {site}\n",
        why = frame.why(),
        all = frame.address("/briefings"),
        unsubscribe = frame.unsubscribe(),
        site = frame.site,
    )
}

fn section(section: &Section, frame: &Frame<'_>) -> String {
    let mut out = format!("\n\n{}\n{}\n", section.title, "-".repeat(section.title.chars().count()));
    if !section.note.is_empty() {
        out += &format!("{}\n", section.note);
    }
    for each in &section.rows {
        out += &row(each, frame);
    }
    if let Some(of) = &section.figures {
        out += &figures(of, frame);
    }
    if let Some(more) = &section.more {
        out += &format!("\n{}:\n{}\n", more.words, frame.address(&more.path));
    }
    out
}

fn row(row: &Row, frame: &Frame<'_>) -> String {
    let at = if row.at.is_empty() { String::new() } else { format!("{}  ", row.at) };
    let mark = if row.mark.is_empty() { String::new() } else { format!(" ({})", row.mark) };
    let mut out = format!("\n{at}{}{mark}\n", unlinked(&row.title));
    if !row.about.is_empty() {
        out += &format!("{INDENT}{}\n", unlinked(&row.about));
    }
    for reason in &row.reasons {
        out += &format!("{INDENT}- {}\n", unlinked(reason));
    }
    out + &format!("{INDENT}{}\n", frame.address(&row.path))
}

/// A number a line: tables are not drawn in letters of different widths.
fn figures(figures: &Figures, frame: &Frame<'_>) -> String {
    let mut out = String::new();
    for row in &figures.rows {
        let values: Vec<String> =
            figures.heads.iter().zip(&row.values).map(|(head, value)| format!("{head} {value}")).collect();
        out += &format!("\n{}: {}\n{INDENT}{}\n", unlinked(&row.name), values.join(", "), frame.address(&row.path));
    }
    out
}

//! Which cell styles show a number as a day.

use super::read::attribute;
use crate::table::Unreadable;
use quick_xml::{Reader, events::Event};
use std::collections::HashSet;

/// The most styles that are looked at.
const MOST: usize = 65_536;

/// For each style, by its number, whether it is one of days.
pub fn days(xml: &str) -> Result<Vec<bool>, Unreadable> {
    let mut reader = Reader::from_str(xml);
    let mut custom: HashSet<u32> = HashSet::new();
    let mut all = Vec::new();
    let mut inside = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().into_inner() {
                "numFmt" => {
                    let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok());
                    if let Some(id) = id.filter(|_| attribute(&tag, "formatCode").is_some_and(|code| shows_day(&code)))
                    {
                        custom.insert(id);
                    }
                }
                "cellXfs" => inside = true,
                "xf" if inside && all.len() < MOST => {
                    let id: u32 = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                    all.push(matches!(id, 14..=17 | 22 | 27..=36 | 50..=58) || custom.contains(&id));
                }
                _ => {}
            },
            Ok(Event::End(tag)) if tag.local_name().into_inner() == "cellXfs" => return Ok(all),
            Ok(Event::Eof) => return Ok(all),
            Ok(_) => {}
            Err(_) => return Err("The styles of this spreadsheet are damaged.".into()),
        }
    }
}

/// Whether a format's code has a year or a day in it, outside of quotes and brackets.
fn shows_day(code: &str) -> bool {
    let (mut quoted, mut bracket, mut skip) = (false, false, false);
    for c in code.chars() {
        match c {
            _ if skip => skip = false,
            '\\' | '_' | '*' => skip = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            'd' | 'D' | 'y' | 'Y' if !quoted && !bracket => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    #[test]
    fn formats_that_show_days() {
        for (code, is) in
            [("dd.mm.yyyy", true), ("[$-407]d. mmmm", true), ("0.00", false), ("[Red]0", false), ("\"day\" 0", false)]
        {
            assert_eq!(super::shows_day(code), is, "{code}");
        }
    }
}

//! Companies with public boards, to start from: data/directory.csv.

use crate::Format;
use crate::address::{Place, place};
use crate::duplicate::company_key;
use std::sync::LazyLock;

/// A company and its board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: &'static str,
    /// What else it is known by.
    pub aliases: Vec<&'static str>,
    /// `Software`, `Health`, …
    pub field: &'static str,
    /// Where its seat is, ISO 3166: `DE`.
    pub country: &'static str,
    pub format: Format,
    /// The board's canonical address.
    pub address: String,
}

static ALL: LazyLock<Vec<Entry>> =
    LazyLock::new(|| include_str!("../data/directory.csv").lines().filter_map(entry).collect());

/// A line of the file; `None` for notes.
fn entry(line: &'static str) -> Option<Entry> {
    if line.starts_with('#') {
        return None;
    }
    let mut parts = line.split(';').map(str::trim);
    let (name, aliases, field, country) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let Place { format, address, .. } = place(parts.next()?).ok()?;
    let aliases = aliases.split('|').filter(|alias| !alias.is_empty()).collect();
    Some(Entry { name, aliases, field, country, format, address })
}

/// All of them, by name.
pub fn all() -> &'static [Entry] {
    &ALL
}

/// The company of this name, however its legal form, case and accents are written.
pub fn find(name: &str) -> Option<&'static Entry> {
    let key = company_key(name);
    if key.is_empty() {
        return None;
    }
    let named = |entry: &&Entry| company_key(entry.name) == key;
    ALL.iter()
        .find(named)
        .or_else(|| ALL.iter().find(|entry| entry.aliases.iter().any(|alias| company_key(alias) == key)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_line_is_a_company_with_a_board() {
        let lines: Vec<&str> =
            include_str!("../data/directory.csv").lines().filter(|line| !line.starts_with('#')).collect();
        assert!(lines.len() >= 150, "{}", lines.len());
        assert_eq!(all().len(), lines.len(), "a line cannot be read");
        let (mut names, mut addresses) = (HashSet::new(), HashSet::new());
        for (entry, line) in all().iter().zip(lines) {
            assert_eq!(line.split(';').count(), 5, "{line}");
            assert!(names.insert(company_key(entry.name)), "{} is there twice", entry.name);
            assert!(addresses.insert(&entry.address), "{} is there twice", entry.address);
            assert!(!entry.field.is_empty() && entry.country.len() == 2, "{line}");
            assert!(line.ends_with(&entry.address), "{line} is not the board's own address, {}", entry.address);
            assert!(!matches!(entry.format, Format::WebPage | Format::Feed), "{line}");
            for alias in &entry.aliases {
                assert!(find(alias).is_some(), "{alias}");
            }
        }
    }

    #[test]
    fn a_name_finds_its_board() {
        for (typed, name) in [
            ("stripe", "Stripe"),
            ("  GITLAB Inc. ", "GitLab"),
            ("Robert Bosch GmbH", "Bosch"),
            ("Wikipedia", "Wikimedia Foundation"),
        ] {
            assert_eq!(find(typed).map(|entry| entry.name), Some(name), "{typed}");
        }
        assert_eq!(find("A company that is not there"), None);
        assert_eq!(find(" "), None);
    }
}

//! The keys of every page, in one table: what listens to them reads it, and the sheet shows it.

/// What a key or an entry of the palette does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Opens the palette, or closes it.
    Find,
    /// Opens the small form for a job.
    Add,
    /// Opens the list of keys.
    Keys,
    /// Goes to a page.
    Go(&'static str),
    /// Light instead of dark, dark instead of light.
    Colours,
    /// Moves the focus to the page's search field.
    Field,
    /// Moves the focus to the next or the previous item of a list.
    Next,
    Previous,
    SignOut,
}

/// A key, or two one after the other, and what it does.
pub struct Shortcut {
    /// As the browser names them, with a space between two.
    pub keys: &'static str,
    pub group: &'static str,
    pub does: &'static str,
    pub act: Act,
}

const fn key(keys: &'static str, group: &'static str, does: &'static str, act: Act) -> Shortcut {
    Shortcut { keys, group, does, act }
}

const ANYWHERE: &str = "Anywhere";
const GO: &str = "Go to";
const LISTS: &str = "In the list of jobs";

/// Every one, in the order of the sheet. The first is the only one that takes a modifier, and it works while typing, too.
pub const SHORTCUTS: [Shortcut; 12] = [
    key("Ctrl K", ANYWHERE, "Find anything", Act::Find),
    key("?", ANYWHERE, "Show these keys", Act::Keys),
    key("c", ANYWHERE, "Add a job", Act::Add),
    key("/", ANYWHERE, "To the page’s search field", Act::Field),
    key("t", ANYWHERE, "Light or dark colors", Act::Colours),
    key("g t", GO, "Today", Act::Go("/today")),
    key("g j", GO, "Jobs", Act::Go("/jobs")),
    key("g a", GO, "Applications", Act::Go("/applications")),
    key("g s", GO, "Skills", Act::Go("/skills")),
    key("g p", GO, "Profile", Act::Go("/profile")),
    key("j", LISTS, "Next job", Act::Next),
    key("k", LISTS, "Previous job", Act::Previous),
];

/// What a key means after the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    Act(Act),
    /// The first of two.
    Begun,
    Nothing,
}

/// Reads a key; `before` is the first of two, or empty.
pub fn read(before: &str, key: &str) -> Pressed {
    let mut typed = before.to_owned();
    if !before.is_empty() {
        typed.push(' ');
    }
    typed.push_str(key);
    for shortcut in SHORTCUTS.iter().skip(1) {
        match shortcut.keys.strip_prefix(typed.as_str()) {
            Some("") => return Pressed::Act(shortcut.act),
            Some(more) if more.starts_with(' ') => return Pressed::Begun,
            _ => {}
        }
    }
    // Not a second one, but maybe one by itself.
    if before.is_empty() { Pressed::Nothing } else { read("", key) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn one_key_or_two() {
        assert_eq!(read("", "c"), Pressed::Act(Act::Add));
        assert_eq!(read("", "g"), Pressed::Begun);
        assert_eq!(read("g", "t"), Pressed::Act(Act::Go("/today")));
        assert_eq!(read("", "t"), Pressed::Act(Act::Colours));
        assert_eq!(read("g", "c"), Pressed::Act(Act::Add));
        assert_eq!(read("g", "g"), Pressed::Begun);
        for nothing in ["G", "Shift", "Control", "Ctrl", "Ctrl K", "Tab", "Enter", "x", "m", "ArrowLeft", " "] {
            assert_eq!(read("", nothing), Pressed::Nothing, "{nothing}");
        }
    }

    #[test]
    fn no_key_has_two_meanings() {
        let all: BTreeSet<&str> = SHORTCUTS.iter().map(|shortcut| shortcut.keys).collect();
        assert_eq!(all.len(), SHORTCUTS.len());
        let begins = |keys: &str| SHORTCUTS.iter().any(|other| other.keys.starts_with(&[keys, " "].concat()));
        assert!(!SHORTCUTS.iter().any(|shortcut| begins(shortcut.keys)));
        // The board has its own on a focused card.
        assert!(!["x", "m"].iter().any(|key| all.contains(key)));
    }
}

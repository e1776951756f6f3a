//! What a column holds: guessed from its heading in English, German or French, from the habits of known trackers, and from its
//! values.

mod names;
mod presets;

use crate::{dates, table::Table};
use names::NAMES;
pub use presets::{PRESETS, Preset};

macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident $word:literal $label:literal,)*) => {
        /// What a column can be taken for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Field { $($(#[$doc])* $field,)* }

        impl Field {
            pub const ALL: &'static [Field] = &[$(Field::$field,)*];

            /// The stored and transmitted form.
            pub fn as_str(self) -> &'static str {
                match self { $(Field::$field => $word,)* }
            }

            /// How it reads on a page.
            pub fn label(self) -> &'static str {
                match self { $(Field::$field => $label,)* }
            }
        }
    };
}

fields! {
    Company "company" "Company",
    Title "title" "Job title",
    Location "location" "Place",
    Link "link" "Link",
    Stage "stage" "Stage",
    Applied "applied" "Applied on",
    Interview "interview" "Interview on",
    Offer "offer" "Offer on",
    Rejected "rejected" "Rejected on",
    /// All stages with their days in one cell, as our own export writes them.
    History "history" "All stages with days",
    /// Since when it is in its stage.
    Since "since" "In its stage since",
    Notes "notes" "Notes",
    Source "source" "Source",
    Salary "salary" "Pay",
    Contact "contact" "Contact’s name",
    ContactEmail "contact_email" "Contact’s e-mail",
    NextAction "next_action" "Next action",
}

use Field::*;

impl Field {
    /// The inverse of [`Field::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Field::ALL.iter().copied().find(|field| field.as_str() == text)
    }

    /// Whether its cells are days.
    pub fn is_day(self) -> bool {
        matches!(self, Applied | Interview | Offer | Rejected | Since)
    }

    /// Whether more than one column can be it.
    pub fn is_text(self) -> bool {
        matches!(self, Notes | NextAction)
    }
}

/// Small letters and digits only.
fn folded(heading: &str) -> String {
    heading.to_lowercase().chars().filter(|c| c.is_alphanumeric()).take(60).collect()
}

/// What each heading says, each field at most once but for texts.
pub fn guess(header: &[String]) -> Vec<Option<Field>> {
    guess_as(header, None)
}

fn guess_as(header: &[String], preset: Option<&Preset>) -> Vec<Option<Field>> {
    let mut taken: Vec<Field> = Vec::new();
    let mut once = |field: Field| {
        let free = field.is_text() || !taken.contains(&field);
        taken.push(field);
        free.then_some(field)
    };
    let names: Vec<String> = header.iter().map(|heading| folded(heading)).collect();
    let known = |name: &str| preset.and_then(|preset| preset.columns.iter().find(|(own, _)| *own == name));
    // What the preset says goes first, so that a general guess further left does not take its field.
    let mut all: Vec<Option<Field>> =
        names.iter().map(|name| known(name).and_then(|(_, field)| *field).and_then(&mut once)).collect();
    for (name, slot) in names.iter().zip(&mut all) {
        if slot.is_none() && known(name).is_none() {
            let general = NAMES.iter().find(|(_, list)| list.contains(&name.as_str())).map(|(field, _)| *field);
            *slot = general.and_then(&mut once);
        }
    }
    all
}

/// The fields of a table's columns: by preset and headings, then by values where a heading says nothing or something that its
/// values are not.
pub fn guess_table(table: &Table, preset: Option<&Preset>) -> Vec<Option<Field>> {
    let mut all = guess_as(&table.header, preset);
    let values = |at: usize| {
        table
            .rows
            .iter()
            .take(200)
            .filter_map(move |row| row.cells.get(at))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
    };
    let most = |at: usize, is: &dyn Fn(&str) -> bool| {
        let (mut yes, mut n) = (0, 0);
        for value in values(at) {
            n += 1;
            yes += usize::from(is(value));
        }
        n > 0 && yes * 10 >= n * 7
    };
    let is_day = |cell: &str| dates::Order::ALL.iter().any(|order| dates::read(cell, *order).is_some());
    for (at, slot) in all.iter_mut().enumerate() {
        // “Interview” with “yes” in it, or “Follow up” with a name, is no day.
        if slot.is_some_and(Field::is_day) && values(at).next().is_some() && !most(at, &is_day) {
            *slot = None;
        }
        if slot == &Some(Contact) && most(at, &is_email) {
            *slot = Some(ContactEmail);
        }
    }
    for at in 0..all.len() {
        if all[at].is_some()
            || preset.is_some_and(|preset| preset.columns.iter().any(|(name, _)| *name == folded(&table.header[at])))
        {
            continue;
        }
        let free = |field: Field| !all.contains(&Some(field));
        if free(Link) && most(at, &is_link) {
            all[at] = Some(Link);
        } else if free(ContactEmail) && most(at, &is_email) {
            all[at] = Some(ContactEmail);
        } else if free(Stage) && most(at, &|cell| crate::stages::meaning(cell).is_some()) {
            all[at] = Some(Stage);
        }
    }
    all
}

fn is_link(cell: &str) -> bool {
    cell.starts_with("https://") || cell.starts_with("http://")
}

fn is_email(cell: &str) -> bool {
    cell.len() < 200
        && cell.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        && !cell.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn headings_of_three_languages() {
        for (names, fields) in [
            ("Company|Job Title|Status|Date Applied", [Company, Title, Stage, Applied]),
            ("Firma|Stelle|Bewerbungsstatus|Beworben am", [Company, Title, Stage, Applied]),
            ("Entreprise|Intitulé du poste|Statut|Date de candidature", [Company, Title, Stage, Applied]),
        ] {
            assert_eq!(guess(&header(names)), fields.map(Some), "{names}");
        }
        assert_eq!(
            guess(&header("Company|Company|Notes|Comments|Mood")),
            [Some(Company), None, Some(Notes), Some(Notes), None]
        );
    }

    #[test]
    fn exports_of_known_trackers_are_told() {
        for (names, key) in [
            (
                "Application Date|Contact Email|Contact Phone Number|Company Name|Job Title|Job Url|Resume Name|Question And Answers",
                "linkedin_applications",
            ),
            ("Saved Date|Job Url|Job Title|Company Name", "linkedin_saved"),
            ("Job Title|Company|List|URL|Created At", "huntr"),
            (
                "Job Position|Company|Max. Salary|Location|Status|Date Saved|Deadline|Date Applied|Follow up|Excitement",
                "teal",
            ),
            ("Job Title|Company Name|Job URL|Status|Applied Date", "simplify"),
            ("Company|Position|Stage|Application Date", "notion"),
            ("Company|Role|Date Applied|Status", "sheets"),
        ] {
            let header = header(names);
            let preset = Preset::of(&header).expect(names);
            assert_eq!(preset.key, key);
            let fields = guess_as(&header, Some(preset));
            assert!(fields.contains(&Some(Company)) && fields.contains(&Some(Title)), "{names}: {fields:?}");
        }
        assert!(Preset::of(&header("a|b")).is_none());
    }
}

//! What the palette knows without asking: the app's places, and what can be done from anywhere.

use super::{
    Hit, Kind,
    keys::Act,
    ranking::{Wanted, names},
};

/// A place or an act.
struct Known {
    kind: Kind,
    /// The address, or the act's name.
    to: &'static str,
    title: &'static str,
    /// Other words somebody may type for it.
    words: &'static str,
    act: Act,
}

const fn page(to: &'static str, title: &'static str, words: &'static str) -> Known {
    Known { kind: Kind::Page, to, title, words, act: Act::Go(to) }
}

const fn act(to: &'static str, title: &'static str, words: &'static str, act: Act) -> Known {
    Known { kind: Kind::Act, to, title, words, act }
}

/// Only administrators have it.
const ADMIN: &str = "/admin";

const ALL: [Known; 29] = [
    page("/today", "Today", "home dashboard start overview next steps"),
    page("/jobs", "Jobs", "list postings offers vacancies search"),
    page("/jobs/searches", "Searches", "look for find new postings alerts saved"),
    page("/jobs/sources", "Sources", "boards companies feeds directory where jobs come from health"),
    page("/applications", "Applications", "board kanban tracker pipeline"),
    page("/skills", "Skills", "gap missing learn market"),
    page("/profile", "Profile", "cv resume preferences places salary threshold"),
    page("/alerts", "Alerts", "notices notifications bell matches"),
    page("/briefings", "Briefings", "morning evening weekly report summary mail newsletter unsubscribe"),
    page("/applications?view=table", "Applications as a table", "rows sort columns"),
    page("/applications/stages", "Stages", "columns of the board pipeline rename colours"),
    page("/account", "Account", "security password email address devices sessions passkeys tokens settings"),
    page("/account/second-factor", "Two-step sign-in", "second factor codes authenticator recovery"),
    page("/account/log", "Account log", "history audit sign-ins activity"),
    page("/account/data", "Your data", "export download backup restore delete close account consent"),
    page("/offline", "On this device", "offline waiting changes conflicts pages network"),
    page("/privacy", "Privacy", "policy data protection"),
    page("/welcome", "The three steps", "guide welcome onboarding start"),
    page(ADMIN, "Administration", "people accounts roles outbox"),
    act("add", "Add a job quickly", "new create quick paste link applied", Act::Add),
    act(
        "/jobs/add",
        "Add a job from a link or a text",
        "new create paste link read posting parse",
        Act::Go("/jobs/add"),
    ),
    act("/jobs/new", "Add a job with all its fields", "new create form posting", Act::Go("/jobs/new")),
    act(
        "/jobs/import",
        "Bring in jobs",
        "import upload csv file company board greenhouse lever",
        Act::Go("/jobs/import"),
    ),
    act("board", "Go to the board", "kanban applications cards", Act::Go("/applications")),
    act("table", "Go to the table", "applications rows", Act::Go("/applications?view=table")),
    act("colours", "Switch between light and dark", "theme colors colours night mode", Act::Colours),
    act("keys", "Keyboard shortcuts", "keys help hotkeys", Act::Keys),
    act("export", "Take your data along", "export download backup", Act::Go("/account/data")),
    act("sign-out", "Sign out", "log out logout leave", Act::SignOut),
];

impl Known {
    fn hit(&self) -> Hit {
        Hit {
            kind: self.kind,
            to: self.to.to_owned(),
            title: self.title.to_owned(),
            company: String::new(),
            note: String::new(),
        }
    }
}

fn all(admin: bool) -> impl Iterator<Item = &'static Known> {
    ALL.iter().filter(move |known| admin || known.to != ADMIN)
}

/// What this name stands for, if it is one of these.
pub fn act_of(to: &str) -> Option<Act> {
    ALL.iter().find(|known| known.to == to).map(|known| known.act)
}

/// How it is shown, if it is one of these.
pub fn hit_of(to: &str) -> Option<Hit> {
    ALL.iter().find(|known| known.to == to).map(Known::hit)
}

/// What is offered before anything is typed: the main places, and some of what can be done.
pub fn offered() -> Vec<Hit> {
    let first = ["/today", "/jobs", "/applications", "/skills", "/profile", "add", "/jobs/import", "keys"];
    ALL.iter().filter(|known| first.contains(&known.to)).map(Known::hit).collect()
}

/// How many of a kind are shown.
const MOST: usize = 5;

/// What fits what was typed, with each word at the beginning of one of its own; best first within a kind.
pub fn matching(wanted: &Wanted, admin: bool) -> Vec<Hit> {
    let mut ranked: Vec<(u32, &Known)> = all(admin)
        .filter_map(|known| Some((wanted.rank(&names(known.title, "", known.words))?, known)))
        .filter(|(rank, _)| *rank < 100)
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let of = |kind: Kind| {
        ranked.iter().filter(move |(_, known)| known.kind == kind).take(MOST).map(|(_, known)| known.hit())
    };
    of(Kind::Page).chain(of(Kind::Act)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(typed: &str) -> Vec<String> {
        matching(&Wanted::of(typed), false).into_iter().map(|hit| hit.title).collect()
    }

    #[test]
    fn places_are_found_by_their_names_and_by_others() {
        assert_eq!(titles("tod"), ["Today"]);
        assert_eq!(titles("dashboard"), ["Today"]);
        assert_eq!(titles("appl")[0], "Applications");
        assert_eq!(titles("log out"), ["Sign out"]);
        assert_eq!(titles("theme"), ["Switch between light and dark"]);
        assert!(titles("oday").is_empty() && titles("Data Engineer").is_empty());
    }

    #[test]
    fn administration_is_for_administrators() {
        assert!(titles("administration").is_empty());
        assert_eq!(matching(&Wanted::of("administration"), true).len(), 1);
    }

    #[test]
    fn every_place_has_a_name_of_its_own() {
        for (at, known) in ALL.iter().enumerate() {
            assert!(ALL[at + 1..].iter().all(|other| other.to != known.to), "{}", known.to);
            assert_eq!(act_of(known.to), Some(known.act));
        }
        assert_eq!(offered().len(), 8);
    }
}

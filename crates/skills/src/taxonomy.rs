//! Skills and roles, looked up by number and by name.

mod build;
mod key;

use crate::finder::{Finder, Hit, Mention, context};
use crate::import::Imported;
use crate::suggest::{self, Index, RoleSuggestion, Suggestion};
use crate::{data, source};
pub(crate) use key::Key;
use key::Keys;
use std::sync::{Arc, LazyLock, OnceLock};

/// A skill of one [`Taxonomy`]: its position there. The built-in skills come first and in the same order in every taxonomy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SkillId(pub u32);

/// A role of one [`Taxonomy`]: its position there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleId(pub u32);

/// Something a person can do or knows, under its canonical name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skill {
    pub name: String,
    pub category: String,
    /// Other names, without the canonical one.
    pub aliases: Vec<String>,
    pub parent: Option<SkillId>,
    pub related: Vec<SkillId>,
    /// The name is also an everyday word (Go, Excel), so text must show more than the letters.
    pub ambiguous: bool,
}

/// An occupation with what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub name: String,
    pub field: String,
    pub aliases: Vec<String>,
    pub essential: Vec<SkillId>,
    pub optional: Vec<SkillId>,
}

/// All skills and roles, with what is needed to find them. Cheap to share, not meant to be changed.
#[derive(Debug)]
pub struct Taxonomy {
    skills: Vec<Skill>,
    roles: Vec<Role>,
    skill_keys: Keys,
    role_keys: Keys,
    finder: Finder,
    role_finder: Finder,
    /// Built at the first keystroke: a server start need not wait for it.
    skill_index: OnceLock<Index>,
    role_index: OnceLock<Index>,
}

static BUILTIN: LazyLock<Arc<Taxonomy>> = LazyLock::new(|| Arc::new(Taxonomy::with(&Imported::default())));

impl Taxonomy {
    /// The curated taxonomy this project ships. Built at the first call, shared afterwards.
    pub fn builtin() -> Arc<Taxonomy> {
        Arc::clone(&BUILTIN)
    }

    /// The built-in taxonomy and the imported skills and roles. Where both know a name, the built-in entry stays and
    /// takes over the imported aliases that nobody else claims. What an import names but does not contain is dropped.
    pub fn with(imports: &Imported) -> Taxonomy {
        let (skills, roles) = data::builtin_entries();
        build::build(&skills, &roles, imports)
    }

    /// A taxonomy of the given entries alone, for tests and tools.
    pub fn of(skills: &[source::SkillEntry<'_>], roles: &[source::RoleEntry<'_>]) -> Taxonomy {
        build::build(skills, roles, &Imported::default())
    }

    /// How many skills there are.
    pub fn len(&self) -> usize {
        self.skills.len()
    }

    pub fn is_empty(&self) -> bool {
        self.skills.is_empty()
    }

    /// The skill at a position of this taxonomy.
    ///
    /// # Panics
    /// When the id comes from another, larger taxonomy.
    pub fn skill(&self, id: SkillId) -> &Skill {
        &self.skills[id.0 as usize]
    }

    /// All skills with their ids, in order.
    pub fn skills(&self) -> impl Iterator<Item = (SkillId, &Skill)> {
        self.skills.iter().enumerate().map(|(at, skill)| (SkillId(at as u32), skill))
    }

    /// The skill of this name or alias. Case, accents, spaces, punctuation, plural and British or American spelling make no
    /// difference, but `C`, `C++` and `C#` stay apart.
    pub fn find(&self, name: &str) -> Option<SkillId> {
        self.skill_keys.find(&Key::of(name)).map(SkillId)
    }

    /// The form under which [`Taxonomy::find`] compares names first: two names of one key are the same name.
    pub fn key(name: &str) -> String {
        Key::of(name).into_text()
    }

    /// Skills for what someone has typed so far, best first: names that begin with it, then names with a word that does,
    /// then names that contain it, then names it may be a slip of. Each skill once.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let index = self.skill_index.get_or_init(|| {
            Index::new(self.skills.iter().map(|skill| (skill.name.as_str(), skill.aliases.as_slice())))
        });
        let found = index.search(typed, limit).into_iter();
        found.map(|hit| suggest::skill(SkillId(hit.target), self.skill(SkillId(hit.target)), hit.alias)).collect()
    }

    /// The skills a text names, with the bytes that show each: in order, not overlapping, on character boundaries.
    /// Takes time in proportion to the text.
    pub fn skills_in(&self, text: &str) -> Vec<Mention> {
        let (hits, list) = self.finder.search(text);
        let akin = |a: u32, b: u32| {
            let (one, other) = (&self.skills[a as usize], &self.skills[b as usize]);
            one.category == other.category || self.closeness(SkillId(a), SkillId(b)) > 0.0
        };
        let settled = context::settle(text, hits, &list, akin);
        settled.into_iter().map(|hit| Mention { skill: SkillId(hit.target), start: hit.start, end: hit.end }).collect()
    }

    /// How close two skills are: 1 the same, 0.5 parent and child or related either way, otherwise 0.
    pub fn closeness(&self, a: SkillId, b: SkillId) -> f32 {
        if a == b {
            return 1.0;
        }
        let (Some(one), Some(other)) = (self.skills.get(a.0 as usize), self.skills.get(b.0 as usize)) else {
            return 0.0;
        };
        let near =
            one.parent == Some(b) || other.parent == Some(a) || one.related.contains(&b) || other.related.contains(&a);
        if near { 0.5 } else { 0.0 }
    }

    /// All roles; a [`RoleId`] is a position here.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The role a job title names: the whole title, or else the longest name found in it, so that
    /// "Senior Backend Engineer (m/f/d), Payments" is a backend engineer.
    pub fn find_role(&self, title: &str) -> Option<RoleId> {
        if let Some(id) = self.role_keys.find(&Key::of(title)) {
            return Some(RoleId(id));
        }
        let (hits, _) = self.role_finder.search(title);
        let words = |hit: &Hit| hit.last - hit.first;
        hits.into_iter()
            .reduce(|best, hit| if words(&hit) > words(&best) { hit } else { best })
            .map(|hit| RoleId(hit.target))
    }

    /// Roles for what someone has typed so far, ordered as in [`Taxonomy::suggest`].
    pub fn suggest_roles(&self, typed: &str, limit: usize) -> Vec<RoleSuggestion> {
        let index = self
            .role_index
            .get_or_init(|| Index::new(self.roles.iter().map(|role| (role.name.as_str(), role.aliases.as_slice()))));
        let found = index.search(typed, limit).into_iter();
        found.map(|hit| suggest::role(RoleId(hit.target), &self.roles[hit.target as usize], hit.alias)).collect()
    }
}

//! Putting a taxonomy together: the data files first, then what was imported.

use super::{Key, Keys, Role, Skill, SkillId, Taxonomy};
use crate::finder::{Finder, Mode};
use crate::import::Imported;
use crate::source::{RoleEntry, SkillEntry};
use crate::words::common::is_common;
use crate::words::{fold_into, listed, tokens};
use std::collections::HashMap;
use std::sync::OnceLock;

pub(super) fn build(skills: &[SkillEntry<'_>], roles: &[RoleEntry<'_>], imports: &Imported) -> Taxonomy {
    let own = skills.iter().map(|skill| 1 + skill.aliases.len()).sum::<usize>();
    let imported = imports.skills.iter().map(|skill| 1 + skill.aliases.len()).sum::<usize>();
    let own_titles = roles.iter().map(|role| 1 + role.aliases.len()).sum::<usize>();
    let titles = own_titles + imports.roles.iter().map(|role| 1 + role.aliases.len()).sum::<usize>();
    let mut builder = Builder {
        skills: Vec::with_capacity(skills.len() + imports.skills.len()),
        roles: Vec::with_capacity(roles.len() + imports.roles.len()),
        skill_keys: Keys::with_room_for(own + imported),
        role_keys: Keys::with_room_for(titles),
        finder: Finder::with_room_for(own + imported),
        role_finder: Finder::with_room_for(titles),
    };
    builder.own_skills(skills);
    builder.imported_skills(imports);
    builder.finder.learn_phrases();
    builder.own_roles(roles);
    builder.imported_roles(imports);
    Taxonomy {
        skills: builder.skills,
        roles: builder.roles,
        skill_keys: builder.skill_keys,
        role_keys: builder.role_keys,
        finder: builder.finder,
        role_finder: builder.role_finder,
        skill_index: OnceLock::new(),
        role_index: OnceLock::new(),
    }
}

struct Builder {
    skills: Vec<Skill>,
    roles: Vec<Role>,
    skill_keys: Keys,
    role_keys: Keys,
    finder: Finder,
    role_finder: Finder,
}

impl Builder {
    fn own_skills(&mut self, entries: &[SkillEntry<'_>]) {
        let mut key = Key::default();
        // All canonical names claim their keys before any alias does; an entry whose name is taken is dropped.
        let mut kept = Vec::with_capacity(entries.len());
        for entry in entries {
            let id = self.skills.len() as u32;
            key.set(entry.name);
            if self.skill_keys.claim(&key, id) {
                self.skills.push(Skill {
                    name: entry.name.to_owned(),
                    category: entry.category.to_owned(),
                    aliases: Vec::with_capacity(entry.aliases.len()),
                    parent: None,
                    related: Vec::new(),
                    ambiguous: entry.exact || entry.context,
                });
                kept.push(entry);
            }
        }
        for (id, entry) in (0..).zip(&kept) {
            key.set(entry.name);
            self.add_own(entry.name, &key, id, name_mode(entry));
            for written in &entry.aliases {
                let alias = written.trim_start_matches('=');
                key.set(alias);
                if self.skill_keys.claim(&key, id) {
                    self.skills[id as usize].aliases.push(alias.to_owned());
                    self.add_own(alias, &key, id, alias_mode(entry, written));
                }
            }
        }
        let ids: HashMap<&str, SkillId> = kept.iter().zip(0..).map(|(entry, id)| (entry.name, SkillId(id))).collect();
        for (id, entry) in (0..).zip(&kept) {
            let known = |name: &&str| ids.get(name).copied().filter(|other| other.0 != id);
            let skill = &mut self.skills[id as usize];
            skill.parent = entry.parent.as_ref().and_then(known);
            skill.related = entry.related.iter().filter_map(known).collect();
        }
    }

    fn add_own(&mut self, name: &str, key: &Key, id: u32, mode: Mode) {
        self.finder.add(name, key, id, mode);
        self.finder.add_variants(name, key, id, mode);
    }

    fn imported_skills(&mut self, imports: &Imported) {
        let own = self.skills.len();
        let mut key = Key::default();
        let mut ids = Vec::with_capacity(imports.skills.len());
        for skill in &imports.skills {
            key.set(&skill.name);
            let id = self.skill_keys.find(&key).unwrap_or_else(|| {
                let id = self.skills.len() as u32;
                self.skill_keys.claim(&key, id);
                self.skills.push(Skill {
                    name: skill.name.trim().to_owned(),
                    category: skill.category.clone(),
                    aliases: Vec::new(),
                    parent: None,
                    related: Vec::new(),
                    ambiguous: false,
                });
                self.add_imported(&skill.name, &key, id);
                id
            });
            ids.push(id);
        }
        for (skill, &id) in imports.skills.iter().zip(&ids) {
            for alias in &skill.aliases {
                key.set(alias);
                if self.skill_keys.find(&key).is_none() && self.skill_keys.claim(&key, id) {
                    self.skills[id as usize].aliases.push(alias.trim().to_owned());
                    self.add_imported(alias, &key, id);
                }
            }
        }
        for (skill, &id) in imports.skills.iter().zip(&ids).filter(|(_, id)| **id as usize >= own) {
            let known = |name: &String| self.skill_keys.find(&Key::of(name)).filter(|&other| other != id).map(SkillId);
            let parent = skill.parent.as_ref().and_then(known);
            let related: Vec<SkillId> = skill.related.iter().filter_map(known).collect();
            // Two entries of an import may turn out to be one skill.
            let merged = &mut self.skills[id as usize];
            merged.parent = merged.parent.or(parent);
            merged.related.extend(related);
        }
    }

    fn add_imported(&mut self, name: &str, key: &Key, id: u32) {
        if let Some(mode) = imported_mode(name) {
            self.skills[id as usize].ambiguous |= mode.needs_company();
            self.finder.add(name, key, id, mode);
        }
    }

    fn own_roles(&mut self, entries: &[RoleEntry<'_>]) {
        // The data files use canonical names only.
        let ids: HashMap<String, SkillId> =
            self.skills.iter().zip(0..).map(|(skill, id)| (skill.name.clone(), SkillId(id))).collect();
        let skills = |list: &[&str]| list.iter().filter_map(|name| ids.get(*name)).copied().collect();
        for entry in entries {
            let role = Role {
                name: entry.name.to_owned(),
                field: entry.field.to_owned(),
                aliases: Vec::new(),
                essential: skills(&entry.essential),
                optional: skills(&entry.optional),
            };
            let aliases = entry.aliases.iter().map(|alias| alias.trim_start_matches('=')).collect::<Vec<_>>();
            self.role(role, aliases.into_iter());
        }
    }

    fn imported_roles(&mut self, imports: &Imported) {
        // The same few thousand names return a hundred thousand times.
        let mut known: HashMap<&str, Option<SkillId>> = HashMap::new();
        for entry in &imports.roles {
            if self.role_keys.find(&Key::of(&entry.name)).is_some() {
                continue;
            }
            let role = Role {
                name: entry.name.trim().to_owned(),
                field: entry.field.clone(),
                aliases: Vec::new(),
                essential: self.named(&entry.essential, &mut known),
                optional: self.named(&entry.optional, &mut known),
            };
            self.role(role, entry.aliases.iter().map(String::as_str));
        }
    }

    fn named<'i>(&self, names: &'i [String], known: &mut HashMap<&'i str, Option<SkillId>>) -> Vec<SkillId> {
        let id =
            |name: &'i String| *known.entry(name).or_insert_with(|| self.skill_keys.find(&Key::of(name)).map(SkillId));
        names.iter().filter_map(id).collect()
    }

    fn role<'a>(&mut self, mut role: Role, aliases: impl Iterator<Item = &'a str>) {
        let id = self.roles.len() as u32;
        let mut key = Key::of(&role.name);
        if !self.role_keys.claim(&key, id) {
            return;
        }
        self.role_finder.add(&role.name, &key, id, Mode::Any);
        for alias in aliases {
            key.set(alias);
            if self.role_keys.find(&key).is_none() && self.role_keys.claim(&key, id) {
                role.aliases.push(alias.trim().to_owned());
                self.role_finder.add(alias, &key, id, Mode::Any);
            }
        }
        self.roles.push(role);
    }
}

fn name_mode(entry: &SkillEntry<'_>) -> Mode {
    match (entry.exact, entry.context) {
        (true, true) => Mode::ExactCompany,
        (true, false) => Mode::Exact,
        (false, true) => Mode::Company,
        (false, false) => Mode::Any,
    }
}

/// An alias of a doubtful name is itself doubtful only if it is a single everyday word or a few letters: "Golang" and
/// "Microsoft Excel" cannot be mistaken.
fn alias_mode(entry: &SkillEntry<'_>, written: &str) -> Mode {
    if written.starts_with('=') {
        return Mode::Exact;
    }
    let plain = tokens(written).nth(1).is_some() || (written.len() >= 5 && !is_common(&folded(written)));
    if plain { Mode::Any } else { name_mode(entry) }
}

/// How an imported name may be looked for in running text, if at all. The official lists name everyday words
/// ("mathematics", "sell") and phrases ("new products") alike, so a single word must look technical, and a phrase must have
/// two words of weight.
fn imported_mode(name: &str) -> Option<Mode> {
    let words: Vec<&str> = tokens(name).map(|token| token.of(name)).collect();
    let [word] = words[..] else {
        return words.iter().filter(|word| !is_little(word)).nth(1).map(|_| Mode::Any);
    };
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let technical = letters.any(|c| c.is_uppercase() || c.is_ascii_digit() || "+#".contains(c));
    let plain = folded(word);
    let everyday = is_common(&plain) || (!technical && is_derived(&plain));
    match (technical || capital, everyday || word.len() < if technical { 3 } else { 4 }) {
        (false, _) => None,
        (true, false) => Some(Mode::Exact),
        (true, true) => Some(Mode::ExactCompany),
    }
}

/// Words of no weight in a phrase.
const LITTLE: &str = "\
    and any are around as at be best by day do for from full future get good help high in into it its job make \
    new of on one or other our out own people set take team teams that the their time to under up use well with \
    work working your";

fn is_little(word: &&&str) -> bool {
    word.len() < 2 || listed(LITTLE, word)
}

/// Whether an ending shows that a word is English and no name of a product: Monitoring, Science, Negotiation.
fn is_derived(word: &str) -> bool {
    const ENDINGS: &str = "\
        able ance ence ics ing ion ism ity ive ize logy ment ness yze";
    ENDINGS.split(' ').any(|ending| word.ends_with(ending))
}

fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(&mut out, word);
    out
}

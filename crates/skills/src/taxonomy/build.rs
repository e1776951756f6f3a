//! Putting a taxonomy together: the data files first, then what was imported.

use super::{Keys, Role, Skill, SkillId, Taxonomy};
use crate::finder::{Finder, Mode, spellings};
use crate::import::Imported;
use crate::source::{RoleEntry, SkillEntry};
use crate::words::common::is_common;
use crate::words::{fold_into, tokens};
use std::sync::OnceLock;

pub(super) fn build(skills: &[SkillEntry<'_>], roles: &[RoleEntry<'_>], imports: &Imported) -> Taxonomy {
    let mut builder = Builder { finder: Finder::new(), role_finder: Finder::new(), ..Builder::default() };
    builder.own_skills(skills);
    builder.imported_skills(imports);
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

#[derive(Default)]
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
        // All canonical names claim their keys before any alias does; an entry whose name is taken is dropped.
        let mut kept = Vec::with_capacity(entries.len());
        for entry in entries {
            let id = self.skills.len() as u32;
            if self.skill_keys.claim(entry.name, id) {
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
            self.add_spellings(entry.name, id, name_mode(entry));
            for written in &entry.aliases {
                let alias = written.trim_start_matches('=');
                if self.skill_keys.claim(alias, id) {
                    self.skills[id as usize].aliases.push(alias.to_owned());
                    self.add_spellings(alias, id, alias_mode(entry, written));
                }
            }
        }
        for (id, entry) in kept.iter().enumerate() {
            let known = |name: &&str| self.skill_keys.find(name).map(SkillId).filter(|other| other.0 as usize != id);
            let parent = entry.parent.as_ref().and_then(known);
            let related = entry.related.iter().filter_map(known).collect();
            self.skills[id].parent = parent;
            self.skills[id].related = related;
        }
    }

    fn add_spellings(&mut self, name: &str, id: u32, mode: Mode) {
        self.finder.add(name, id, mode);
        for (other, mode) in spellings(name, mode) {
            self.finder.add(&other, id, mode);
        }
    }

    fn imported_skills(&mut self, imports: &Imported) {
        let own = self.skills.len();
        let mut ids = Vec::with_capacity(imports.skills.len());
        for skill in &imports.skills {
            let id = self.skill_keys.find(&skill.name).unwrap_or_else(|| {
                let id = self.skills.len() as u32;
                self.skill_keys.claim(&skill.name, id);
                self.skills.push(Skill {
                    name: skill.name.trim().to_owned(),
                    category: skill.category.clone(),
                    aliases: Vec::new(),
                    parent: None,
                    related: Vec::new(),
                    ambiguous: false,
                });
                self.add_imported(&skill.name, id);
                id
            });
            ids.push(id);
        }
        for (skill, &id) in imports.skills.iter().zip(&ids) {
            for alias in &skill.aliases {
                if self.skill_keys.find(alias).is_none() && self.skill_keys.claim(alias, id) {
                    self.skills[id as usize].aliases.push(alias.trim().to_owned());
                    self.add_imported(alias, id);
                }
            }
        }
        for (skill, &id) in imports.skills.iter().zip(&ids).filter(|(_, id)| **id as usize >= own) {
            let known = |name: &String| self.skill_keys.find(name).filter(|&other| other != id).map(SkillId);
            let parent = skill.parent.as_ref().and_then(known);
            let related: Vec<SkillId> = skill.related.iter().filter_map(known).collect();
            // Two entries of an import may turn out to be one skill.
            let merged = &mut self.skills[id as usize];
            merged.parent = merged.parent.or(parent);
            merged.related.extend(related);
        }
    }

    fn add_imported(&mut self, name: &str, id: u32) {
        if let Some(mode) = imported_mode(name) {
            self.skills[id as usize].ambiguous |= mode == Mode::Context;
            self.finder.add(name, id, mode);
        }
    }

    fn own_roles(&mut self, entries: &[RoleEntry<'_>]) {
        for entry in entries {
            let skills =
                |list: &[&str]| list.iter().filter_map(|name| self.skill_keys.find(name)).map(SkillId).collect();
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
        for entry in &imports.roles {
            if self.role_keys.find(&entry.name).is_some() {
                continue;
            }
            let skills =
                |list: &[String]| list.iter().filter_map(|name| self.skill_keys.find(name)).map(SkillId).collect();
            let role = Role {
                name: entry.name.trim().to_owned(),
                field: entry.field.clone(),
                aliases: Vec::new(),
                essential: skills(&entry.essential),
                optional: skills(&entry.optional),
            };
            self.role(role, entry.aliases.iter().map(String::as_str));
        }
    }

    fn role<'a>(&mut self, mut role: Role, aliases: impl Iterator<Item = &'a str>) {
        let id = self.roles.len() as u32;
        if !self.role_keys.claim(&role.name, id) {
            return;
        }
        self.role_finder.add(&role.name, id, Mode::Any);
        for alias in aliases {
            if self.role_keys.find(alias).is_none() && self.role_keys.claim(alias, id) {
                role.aliases.push(alias.trim().to_owned());
                self.role_finder.add(alias, id, Mode::Any);
            }
        }
        self.roles.push(role);
    }
}

fn name_mode(entry: &SkillEntry<'_>) -> Mode {
    if entry.context {
        Mode::Context
    } else if entry.exact {
        Mode::Exact
    } else {
        Mode::Any
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
/// ("mathematics", "sell") and phrases alike, so a single word must look technical.
fn imported_mode(name: &str) -> Option<Mode> {
    let words: Vec<&str> = tokens(name).map(|token| token.of(name)).collect();
    match words[..] {
        [] => None,
        [word] => {
            let (first, rest) = (word.chars().next()?, &word[word.chars().next()?.len_utf8()..]);
            let technical = rest.contains(|c: char| c.is_uppercase() || c.is_ascii_digit() || "+#".contains(c));
            match (technical, is_common(&folded(word))) {
                (true, false) if word.len() >= 3 => Some(Mode::Exact),
                (true, _) => Some(Mode::Context),
                (false, false) if first.is_uppercase() && word.len() >= 4 => Some(Mode::Exact),
                (false, _) if first.is_uppercase() => Some(Mode::Context),
                _ => None,
            }
        }
        _ => words.iter().filter(|word| !is_little(word)).nth(1).map(|_| Mode::Any),
    }
}

fn is_little(word: &str) -> bool {
    word.len() < 2
        || matches!(
            word,
            "&" | "and"
                | "as"
                | "at"
                | "be"
                | "by"
                | "do"
                | "for"
                | "in"
                | "it"
                | "of"
                | "on"
                | "or"
                | "the"
                | "to"
                | "up"
                | "use"
                | "with"
                | "work"
        )
}

fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(&mut out, word);
    out
}

//! The data files, compiled in.

use crate::source::{RoleEntry, SkillEntry, read_roles, read_skills};

const SKILLS: &[&str] = &[];

const ROLES: &[&str] = &[];

/// Every entry of the data files as written, before anything is dropped.
pub fn builtin_entries() -> (Vec<SkillEntry<'static>>, Vec<RoleEntry<'static>>) {
    let skills = SKILLS.iter().flat_map(|file| read_skills(file)).collect();
    (skills, ROLES.iter().flat_map(|file| read_roles(file)).collect())
}

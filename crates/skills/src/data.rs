//! The data files, compiled in.

use crate::source::{RoleEntry, SkillEntry, read_roles, read_skills};

const SKILLS: &[&str] = &[
    include_str!("../data/skills/cloud.txt"),
    include_str!("../data/skills/data.txt"),
    include_str!("../data/skills/design.txt"),
    include_str!("../data/skills/education.txt"),
    include_str!("../data/skills/engineering.txt"),
    include_str!("../data/skills/finance.txt"),
    include_str!("../data/skills/general.txt"),
    include_str!("../data/skills/health.txt"),
    include_str!("../data/skills/hospitality.txt"),
    include_str!("../data/skills/languages.txt"),
    include_str!("../data/skills/law.txt"),
    include_str!("../data/skills/logistics.txt"),
    include_str!("../data/skills/marketing.txt"),
    include_str!("../data/skills/media.txt"),
    include_str!("../data/skills/people.txt"),
    include_str!("../data/skills/product.txt"),
    include_str!("../data/skills/public.txt"),
    include_str!("../data/skills/sales.txt"),
    include_str!("../data/skills/science.txt"),
    include_str!("../data/skills/software.txt"),
    include_str!("../data/skills/trades.txt"),
];

const ROLES: &[&str] = &[
    include_str!("../data/roles/data.txt"),
    include_str!("../data/roles/design.txt"),
    include_str!("../data/roles/education.txt"),
    include_str!("../data/roles/engineering.txt"),
    include_str!("../data/roles/finance.txt"),
    include_str!("../data/roles/general.txt"),
    include_str!("../data/roles/health.txt"),
    include_str!("../data/roles/hospitality.txt"),
    include_str!("../data/roles/law.txt"),
    include_str!("../data/roles/logistics.txt"),
    include_str!("../data/roles/marketing.txt"),
    include_str!("../data/roles/media.txt"),
    include_str!("../data/roles/people.txt"),
    include_str!("../data/roles/product.txt"),
    include_str!("../data/roles/public.txt"),
    include_str!("../data/roles/sales.txt"),
    include_str!("../data/roles/science.txt"),
    include_str!("../data/roles/software.txt"),
    include_str!("../data/roles/trades.txt"),
];

/// Every entry of the data files as written, before anything is dropped.
pub fn builtin_entries() -> (Vec<SkillEntry<'static>>, Vec<RoleEntry<'static>>) {
    let skills = SKILLS.iter().flat_map(|file| read_skills(file)).collect();
    (skills, ROLES.iter().flat_map(|file| read_roles(file)).collect())
}

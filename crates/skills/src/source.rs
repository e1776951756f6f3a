//! The plain text form of the taxonomy's data files, and the checks they must pass.
//!
//! A skill is `Name | aliases ; … | parent | related ; … | flags` under a `[Category]` line, a role is
//! `Role | aliases ; … | essential ; … | optional ; …` under a `[Field]` line. `#` starts a comment line. The flags are
//! `exact` (in running text only with this capitalization) and `context` (only where the words around speak of skills);
//! an alias written `=BI` is exact by itself.

use crate::taxonomy::Taxonomy;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One skill as the data files write it. Borrowed from the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SkillEntry<'t> {
    pub name: &'t str,
    /// As written, with the `=` of an exact alias.
    pub aliases: Vec<&'t str>,
    pub category: &'t str,
    pub parent: Option<&'t str>,
    pub related: Vec<&'t str>,
    pub exact: bool,
    pub context: bool,
}

/// One role as the data files write it. Borrowed from the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleEntry<'t> {
    pub name: &'t str,
    pub field: &'t str,
    pub aliases: Vec<&'t str>,
    pub essential: Vec<&'t str>,
    pub optional: Vec<&'t str>,
}

/// Reads a skills file. Lines that make no sense are left out; [`problems`] names what they lack.
pub fn read_skills(text: &str) -> Vec<SkillEntry<'_>> {
    let mut entries = Vec::new();
    for (category, line) in lines(text) {
        let mut columns = line.split('|').map(str::trim);
        let name = columns.next().unwrap_or_default();
        if name.is_empty() {
            continue;
        }
        let aliases = list(columns.next());
        let parent = columns.next().filter(|parent| !parent.is_empty());
        let related = list(columns.next());
        let mut entry = SkillEntry { name, aliases, category, parent, related, exact: false, context: false };
        for flag in columns.next().unwrap_or_default().split_whitespace() {
            match flag {
                "exact" => entry.exact = true,
                "context" => entry.context = true,
                _ => {}
            }
        }
        entries.push(entry);
    }
    entries
}

/// Reads a roles file.
pub fn read_roles(text: &str) -> Vec<RoleEntry<'_>> {
    let mut entries = Vec::new();
    for (field, line) in lines(text) {
        let mut columns = line.split('|').map(str::trim);
        let name = columns.next().unwrap_or_default();
        if !name.is_empty() {
            let (aliases, essential) = (list(columns.next()), list(columns.next()));
            entries.push(RoleEntry { name, field, aliases, essential, optional: list(columns.next()) });
        }
    }
    entries
}

/// The lines that carry an entry, each with the header it stands under.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut header = "";
    text.trim_start_matches('\u{feff}').lines().filter_map(move |line| {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            header = name.trim();
            return None;
        }
        Some((header, line))
    })
}

fn list(column: Option<&str>) -> Vec<&str> {
    column.unwrap_or_default().split(';').map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// What is wrong with a set of entries, one sentence each: unknown references, names claimed twice, circles of parents,
/// missing headers. Empty when all is well.
pub fn problems(skills: &[SkillEntry<'_>], roles: &[RoleEntry<'_>]) -> Vec<String> {
    let mut found = Vec::new();
    let names: BTreeSet<&str> = skills.iter().map(|skill| skill.name).collect();
    claimed_twice("skill", skills.iter().map(|skill| (skill.name, &skill.aliases)), &mut found);
    claimed_twice("role", roles.iter().map(|role| (role.name, &role.aliases)), &mut found);
    for skill in skills {
        if skill.category.is_empty() {
            found.push(format!("skill \"{}\" stands under no [Category]", skill.name));
        }
        for (what, other) in
            skill.parent.iter().map(|p| ("parent", p)).chain(skill.related.iter().map(|r| ("related", r)))
        {
            if !names.contains(other) {
                found.push(format!("skill \"{}\" names the unknown {what} \"{other}\"", skill.name));
            } else if *other == skill.name {
                found.push(format!("skill \"{}\" names itself as {what}", skill.name));
            }
        }
    }
    for role in roles {
        if role.field.is_empty() {
            found.push(format!("role \"{}\" stands under no [Field]", role.name));
        }
        for (what, list) in [("essential", &role.essential), ("optional", &role.optional)] {
            for skill in list.iter().filter(|skill| !names.contains(**skill)) {
                found.push(format!("role \"{}\" names the unknown {what} skill \"{skill}\"", role.name));
            }
        }
        for skill in role.optional.iter().filter(|skill| role.essential.contains(skill)) {
            found.push(format!("role \"{}\" names \"{skill}\" as essential and as optional", role.name));
        }
    }
    circles(skills, &mut found);
    found
}

fn claimed_twice<'t>(kind: &str, entries: impl Iterator<Item = (&'t str, &'t Vec<&'t str>)>, found: &mut Vec<String>) {
    let mut claims: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, aliases) in entries {
        claims.entry(Taxonomy::key(name)).or_default().push(name);
        for alias in aliases {
            claims.entry(Taxonomy::key(alias.trim_start_matches('='))).or_default().push(name);
        }
    }
    for (key, owners) in claims.iter().filter(|(_, owners)| owners.len() > 1) {
        found.push(format!("\"{key}\" is claimed more than once, by {kind} {}", owners.join(", ")));
    }
}

fn circles(skills: &[SkillEntry<'_>], found: &mut Vec<String>) {
    let parents: HashMap<&str, &str> = skills.iter().filter_map(|skill| Some((skill.name, skill.parent?))).collect();
    for skill in skills {
        let mut at = skill.name;
        for _ in 0..=skills.len() {
            match parents.get(at) {
                Some(&parent) if parent == skill.name => {
                    found.push(format!("skill \"{}\" is its own ancestor", skill.name));
                    break;
                }
                Some(&parent) => at = parent,
                None => break,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# sample\n[Languages]\nPython | py ; =PY3 | | Django\n\nGo | Golang || | exact context\n[Web]\nDjango||Python\n";

    #[test]
    fn reads_columns_headers_and_flags() {
        let skills = read_skills(SAMPLE);
        assert_eq!(skills.len(), 3);
        assert_eq!(skills[0].aliases, ["py", "=PY3"]);
        assert_eq!(skills[0].related, ["Django"]);
        assert_eq!((skills[1].exact, skills[1].context), (true, true));
        assert_eq!((skills[2].parent, skills[2].category), (Some("Python"), "Web"));
        assert_eq!(problems(&skills, &[]), Vec::<String>::new());
    }

    #[test]
    fn names_every_problem() {
        let skills = read_skills("[A]\nOne | uno | Two | Nowhere\nTwo | UNO | One\n");
        let roles = read_roles("[F]\nBoss | | One ; Ghost | One\n");
        let found = problems(&skills, &roles).join("\n");
        for part in [
            "unknown related \"Nowhere\"",
            "\"uno\" is claimed more than once, by skill One, Two",
            "\"One\" is its own ancestor",
            "unknown essential skill \"Ghost\"",
            "\"One\" as essential and as optional",
        ] {
            assert!(found.contains(part), "{part} not in:\n{found}");
        }
    }
}

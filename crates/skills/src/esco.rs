//! The official ESCO download (classification, CSV, English; written against v1.2).
//!
//! <https://esco.ec.europa.eu/en/use-esco/download>. Only `skills_en.csv` must be there; each further file adds what it
//! knows. Concepts are told apart by address, so equal labels do not mix up relations.

use crate::import::{ImportError, Imported, ImportedRole, ImportedSkill, push_new, table};
use std::collections::HashMap;

pub const SKILLS: &str = "skills_en.csv";
pub const OCCUPATIONS: &str = "occupations_en.csv";
pub const OCCUPATION_SKILLS: &str = "occupationSkillRelations_en.csv";
pub const BROADER: &str = "broaderRelationsSkillPillar_en.csv";
pub const SKILL_SKILLS: &str = "skillSkillRelations_en.csv";
pub const SKILL_GROUPS: &str = "skillGroups_en.csv";
pub const ISCO_GROUPS: &str = "ISCOGroups_en.csv";

/// The bytes of the files, under their names in the download.
#[derive(Clone, Copy, Debug, Default)]
pub struct EscoFiles<'b> {
    /// `skills_en.csv`
    pub skills: &'b [u8],
    /// `occupations_en.csv`
    pub occupations: Option<&'b [u8]>,
    /// `occupationSkillRelations_en.csv`
    pub occupation_skills: Option<&'b [u8]>,
    /// `broaderRelationsSkillPillar_en.csv`
    pub broader: Option<&'b [u8]>,
    /// `skillSkillRelations_en.csv`
    pub skill_skills: Option<&'b [u8]>,
    /// `skillGroups_en.csv`: gives skills their category.
    pub skill_groups: Option<&'b [u8]>,
    /// `ISCOGroups_en.csv`: gives occupations their field.
    pub isco_groups: Option<&'b [u8]>,
}

/// What stands for a category or a field the files do not tell.
const UNKNOWN: &str = "ESCO";

/// Reads the download.
///
/// # Errors
/// A file that is not UTF-8, lacks a column, cannot be parsed, or (for the skills) has no released row.
pub fn read(files: &EscoFiles<'_>) -> Result<Imported, ImportError> {
    let mut skills = Concepts::default();
    table::rows(SKILLS, files.skills, b',', ["conceptUri", "preferredLabel", "altLabels"], |[uri, label, other]| {
        skills.add(uri, label, other);
    })?;
    if skills.list.is_empty() {
        return Err(ImportError::Empty { file: SKILLS });
    }
    let groups = labels(SKILL_GROUPS, files.skill_groups, "conceptUri")?;
    let mut imported: Vec<ImportedSkill> = skills
        .list
        .iter()
        .map(|concept| ImportedSkill {
            name: concept.name.clone(),
            aliases: concept.aliases.clone(),
            category: UNKNOWN.to_owned(),
            ..ImportedSkill::default()
        })
        .collect();
    if let Some(bytes) = files.broader {
        table::rows(BROADER, bytes, b',', ["conceptUri", "broaderUri"], |[uri, broader]| {
            let Some(&at) = skills.by_uri.get(uri) else { return };
            match (skills.name(broader), groups.get(broader)) {
                (Some(parent), _) if imported[at].parent.is_none() => imported[at].parent = Some(parent.to_owned()),
                (None, Some(group)) if imported[at].category == UNKNOWN => imported[at].category.clone_from(group),
                _ => {}
            }
        })?;
        inherit_categories(&mut imported);
    }
    if let Some(bytes) = files.skill_skills {
        table::rows(SKILL_SKILLS, bytes, b',', ["originalSkillUri", "relatedSkillUri"], |[one, other]| {
            if let (Some(&at), Some(name)) = (skills.by_uri.get(one), skills.name(other)) {
                push_new(&mut imported[at].related, name);
            }
        })?;
    }
    Ok(Imported { skills: imported, roles: read_roles(files, &skills)? })
}

fn read_roles(files: &EscoFiles<'_>, skills: &Concepts) -> Result<Vec<ImportedRole>, ImportError> {
    let Some(bytes) = files.occupations else { return Ok(Vec::new()) };
    let fields = labels(ISCO_GROUPS, files.isco_groups, "code")?;
    let mut occupations = Concepts::default();
    let mut roles: Vec<ImportedRole> = Vec::new();
    let columns = ["conceptUri", "preferredLabel", "altLabels", "iscoGroup"];
    table::rows(OCCUPATIONS, bytes, b',', columns, |[uri, label, other, group]| {
        if let Some(concept) = occupations.add(uri, label, other) {
            roles.push(ImportedRole {
                name: concept.name.clone(),
                field: fields.get(group).cloned().unwrap_or_else(|| UNKNOWN.to_owned()),
                aliases: concept.aliases.clone(),
                ..ImportedRole::default()
            });
        }
    })?;
    if let Some(bytes) = files.occupation_skills {
        let columns = ["occupationUri", "relationType", "skillUri"];
        table::rows(OCCUPATION_SKILLS, bytes, b',', columns, |[occupation, relation, skill]| {
            if let (Some(&at), Some(name)) = (occupations.by_uri.get(occupation), skills.name(skill)) {
                let essential = relation.eq_ignore_ascii_case("essential");
                let list = if essential { &mut roles[at].essential } else { &mut roles[at].optional };
                push_new(list, name);
            }
        })?;
    }
    Ok(roles)
}

/// Labels by address or code, of a file that may be absent.
fn labels(file: &'static str, bytes: Option<&[u8]>, key: &'static str) -> Result<HashMap<String, String>, ImportError> {
    let mut labels = HashMap::new();
    if let Some(bytes) = bytes {
        table::rows(file, bytes, b',', [key, "preferredLabel"], |[key, label]| {
            labels.insert(key.to_owned(), label.to_owned());
        })?;
    }
    Ok(labels)
}

/// A skill below another skill stands in that one's group.
fn inherit_categories(skills: &mut [ImportedSkill]) {
    let by_name: HashMap<String, usize> =
        skills.iter().enumerate().map(|(at, skill)| (skill.name.clone(), at)).collect();
    for at in 0..skills.len() {
        let mut above = at;
        // The hierarchy is a few levels deep; the bound only guards against circles.
        for _ in 0..16 {
            if skills[above].category != UNKNOWN {
                break;
            }
            match skills[above].parent.as_ref().and_then(|parent| by_name.get(parent)) {
                Some(&parent) => above = parent,
                None => break,
            }
        }
        skills[at].category = skills[above].category.clone();
    }
}

#[derive(Default)]
struct Concepts {
    list: Vec<Concept>,
    by_uri: HashMap<String, usize>,
}

struct Concept {
    name: String,
    aliases: Vec<String>,
}

impl Concepts {
    /// Alternative labels stand one a line; some conversions write `|` between them.
    fn add(&mut self, uri: &str, label: &str, other: &str) -> Option<&Concept> {
        if uri.is_empty() || label.is_empty() || self.by_uri.contains_key(uri) {
            return None;
        }
        let mut aliases = Vec::new();
        for alias in other.split(['\n', '|']).filter(|alias| !alias.trim().eq_ignore_ascii_case(label)) {
            push_new(&mut aliases, alias);
        }
        self.by_uri.insert(uri.to_owned(), self.list.len());
        self.list.push(Concept { name: label.to_owned(), aliases });
        self.list.last()
    }

    fn name(&self, uri: &str) -> Option<&str> {
        self.by_uri.get(uri).map(|&at| self.list[at].name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SKILLS_CSV: &str = "\u{feff}conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status\n\
        K,u/1,knowledge,x,glaze pottery,\"pot glazing\nglazing pots\nGlaze pottery\",released\n\
        K,u/2,knowledge,x,fire kilns,,released\n";

    #[test]
    fn joins_the_files() {
        let imported = read(&EscoFiles {
            skills: SKILLS_CSV.as_bytes(),
            occupations: Some(b"iscoGroup,preferredLabel,altLabels,conceptUri\n7314,potter,pottery maker,o/1\n"),
            occupation_skills: Some(
                b"occupationUri,relationType,skillType,skillUri\no/1,essential,k,u/1\no/1,optional,k,u/2\no/1,optional,k,u/9\n",
            ),
            broader: Some(b"conceptType,conceptUri,broaderType,broaderUri\nK,u/2,G,g/1\nK,u/1,K,u/2\n"),
            skill_skills: Some(b"originalSkillUri,relationType,relatedSkillUri\nu/1,optional,u/2\n"),
            skill_groups: Some(b"conceptUri,preferredLabel\ng/1,working with clay\n"),
            isco_groups: Some(b"code,preferredLabel\n7314,Potters and related workers\n"),
        })
        .unwrap();
        let glaze = &imported.skills[0];
        assert_eq!(
            (glaze.name.as_str(), glaze.aliases.join("/")),
            ("glaze pottery", "pot glazing/glazing pots".to_owned())
        );
        assert_eq!((glaze.category.as_str(), glaze.parent.as_deref()), ("working with clay", Some("fire kilns")));
        assert_eq!(glaze.related, ["fire kilns"]);
        let potter = &imported.roles[0];
        assert_eq!((potter.name.as_str(), potter.field.as_str()), ("potter", "Potters and related workers"));
        assert_eq!(
            (potter.essential.join("/"), potter.optional.join("/")),
            ("glaze pottery".into(), "fire kilns".into())
        );
    }

    #[test]
    fn says_what_is_wrong() {
        let broken = |skills: &[u8]| read(&EscoFiles { skills, ..EscoFiles::default() }).unwrap_err().to_string();
        assert_eq!(broken(b"conceptUri,altLabels\n"), "skills_en.csv: the column \"preferredLabel\" is missing");
        assert_eq!(broken(b""), "skills_en.csv: the column \"conceptUri\" is missing");
        assert_eq!(
            broken(b"conceptUri,altLabels,preferredLabel\n"),
            "skills_en.csv: no usable row; is it the English download?"
        );
    }
}

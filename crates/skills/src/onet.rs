//! The official O*NET database download (text files, tab separated; written against 29.2).
//!
//! <https://www.onetcenter.org/database.html>. Technologies become skills under their commodity title, occupations become
//! roles. "Skills.txt" rates 35 basic skills for every occupation; those rated important enough are taken as essential.

use crate::import::{ImportError, Imported, ImportedRole, ImportedSkill, push_new, table};
use std::collections::{HashMap, HashSet};

pub const OCCUPATIONS: &str = "Occupation Data.txt";
pub const TECHNOLOGIES: &str = "Technology Skills.txt";
pub const ALTERNATE_TITLES: &str = "Alternate Titles.txt";
pub const SKILLS: &str = "Skills.txt";

/// The bytes of the files, under their names in the download.
#[derive(Clone, Copy, Debug, Default)]
pub struct OnetFiles<'b> {
    /// `Occupation Data.txt`
    pub occupations: &'b [u8],
    /// `Technology Skills.txt`
    pub technologies: Option<&'b [u8]>,
    /// `Alternate Titles.txt`
    pub alternate_titles: Option<&'b [u8]>,
    /// `Skills.txt`
    pub skills: Option<&'b [u8]>,
}

/// Importance runs from 1 to 5; O*NET calls 3 "important", and half a step more keeps what marks the occupation.
const IMPORTANT: f32 = 3.5;

/// Reads the download.
///
/// # Errors
/// A file that is not UTF-8, lacks a column, cannot be parsed, or (for the occupations) has no row.
pub fn read(files: &OnetFiles<'_>) -> Result<Imported, ImportError> {
    let mut reading = Reading::default();
    table::rows(OCCUPATIONS, files.occupations, b'\t', ["O*NET-SOC Code", "Title"], |[code, title]| {
        reading.role(code, title);
    })?;
    if reading.imported.roles.is_empty() {
        return Err(ImportError::Empty { file: OCCUPATIONS });
    }
    if let Some(bytes) = files.alternate_titles {
        let columns = ["O*NET-SOC Code", "Alternate Title", "Short Title"];
        table::rows(ALTERNATE_TITLES, bytes, b'\t', columns, |[code, title, short]| {
            reading.alias(code, title);
            reading.alias(code, short);
        })?;
    }
    if let Some(bytes) = files.skills {
        let columns = ["O*NET-SOC Code", "Element Name", "Scale ID", "Data Value"];
        table::rows(SKILLS, bytes, b'\t', columns, |[code, name, scale, value]| {
            if scale == "IM" && value.parse::<f32>().is_ok_and(|value| value >= IMPORTANT) {
                reading.skill(code, name, "Basic skills", true);
            }
        })?;
    }
    if let Some(bytes) = files.technologies {
        let columns = ["O*NET-SOC Code", "Example", "Commodity Title", "In Demand"];
        table::rows(TECHNOLOGIES, bytes, b'\t', columns, |[code, name, commodity, in_demand]| {
            reading.skill(code, name, commodity, in_demand.eq_ignore_ascii_case("y"));
        })?;
    }
    Ok(reading.imported)
}

#[derive(Default)]
struct Reading {
    imported: Imported,
    roles: HashMap<String, usize>,
    skills: HashSet<String>,
    aliases: HashSet<String>,
}

impl Reading {
    fn role(&mut self, code: &str, title: &str) {
        if code.is_empty() || title.is_empty() || self.roles.contains_key(code) {
            return;
        }
        self.roles.insert(code.to_owned(), self.imported.roles.len());
        self.imported.roles.push(ImportedRole {
            name: title.to_owned(),
            field: major_group(code).to_owned(),
            ..ImportedRole::default()
        });
    }

    /// Many occupations share alternate titles; the first keeps it. `n/a` stands for none.
    fn alias(&mut self, code: &str, title: &str) {
        let title = title.trim();
        if title.is_empty() || title.eq_ignore_ascii_case("n/a") {
            return;
        }
        if let Some(&at) = self.roles.get(code)
            && !self.imported.roles[at].name.eq_ignore_ascii_case(title)
            && self.aliases.insert(title.to_lowercase())
        {
            self.imported.roles[at].aliases.push(title.to_owned());
        }
    }

    fn skill(&mut self, code: &str, name: &str, category: &str, essential: bool) {
        if name.is_empty() {
            return;
        }
        if self.skills.insert(name.to_lowercase()) {
            self.imported.skills.push(ImportedSkill {
                name: name.to_owned(),
                category: category.to_owned(),
                ..ImportedSkill::default()
            });
        }
        if let Some(&at) = self.roles.get(code) {
            let role = &mut self.imported.roles[at];
            push_new(if essential { &mut role.essential } else { &mut role.optional }, name);
        }
    }
}

/// The major groups of the Standard Occupational Classification (2018), in few words.
fn major_group(code: &str) -> &'static str {
    match code.get(..2).unwrap_or_default() {
        "11" => "Management",
        "13" => "Business and finance",
        "15" => "Computing and mathematics",
        "17" => "Architecture and engineering",
        "19" => "Science",
        "21" => "Community and social service",
        "23" => "Law",
        "25" => "Education and libraries",
        "27" => "Arts, design, sports and media",
        "29" => "Health care practice",
        "31" => "Health care support",
        "33" => "Protective service",
        "35" => "Food preparation and serving",
        "37" => "Cleaning and grounds",
        "39" => "Personal care and service",
        "41" => "Sales",
        "43" => "Office and administration",
        "45" => "Farming, fishing and forestry",
        "47" => "Construction and extraction",
        "49" => "Installation, maintenance and repair",
        "51" => "Production",
        "53" => "Transport",
        "55" => "Military",
        _ => "O*NET",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_the_files() {
        let imported = read(&OnetFiles {
            occupations: b"O*NET-SOC Code\tTitle\tDescription\r\n51-9195.05\tPotters\tMake \"pots.\r\n",
            technologies: Some(
                b"O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n\
                51-9195.05\tGlazeCalc\t1\tAnalytical software\tN\tY\n51-9195.05\tPotPlan\t1\tPlanning software\tN\tN\n",
            ),
            alternate_titles: Some(
                b"O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n51-9195.05\tClay Thrower\tn/a\t08\n\
                51-9195.05\tPotters\t\t08\n",
            ),
            skills: Some(
                b"O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\n51-9195.05\t2\tWriting\tIM\t2.1\n\
                51-9195.05\t2\tMonitoring\tIM\t3.62\n51-9195.05\t2\tWriting\tLV\t4.1\n",
            ),
        })
        .unwrap();
        let role = &imported.roles[0];
        assert_eq!((role.name.as_str(), role.field.as_str()), ("Potters", "Production"));
        assert_eq!(role.aliases, ["Clay Thrower"]);
        assert_eq!(role.essential, ["Monitoring", "GlazeCalc"]);
        assert_eq!(role.optional, ["PotPlan"]);
        assert_eq!(imported.skills.len(), 3);
        assert_eq!(imported.skills[2].category, "Planning software");
    }

    #[test]
    fn says_what_is_wrong() {
        let files = OnetFiles { occupations: b"Code\tTitle\n", ..OnetFiles::default() };
        let message = read(&files).unwrap_err().to_string();
        assert_eq!(message, "Occupation Data.txt: the column \"O*NET-SOC Code\" is missing");
    }
}

//! Names to skills and roles, closeness, and what an import adds.

use skills::{Imported, ImportedRole, ImportedSkill, Taxonomy, read_roles, read_skills};

const SKILLS: &str = "\
[Languages]
C | | | | exact context
C++
C#
Python | py
.NET | dotnet
JavaScript | JS
[Web]
React | React.js | JavaScript | | exact
Front-end development | front-end | | React
[Practice]
Data visualization
Research and development | R&D
";

const ROLES: &str = "\
[Software]
Backend engineer | backend developer ; server engineer | Python ; Unknown | C++
Software engineer | programmer | Python |
[Data]
Data analyst | | Data visualization | Python
";

fn sample() -> Taxonomy {
    Taxonomy::of(&read_skills(SKILLS), &read_roles(ROLES))
}

#[test]
fn find_forgives_writing_but_not_meaning() {
    let taxonomy = sample();
    let name = |typed: &str| taxonomy.find(typed).map(|id| taxonomy.skill(id).name.as_str());
    for (typed, expected) in [
        ("  python ", Some("Python")),
        ("PY", Some("Python")),
        ("c", Some("C")),
        ("c++", Some("C++")),
        ("C #", Some("C#")),
        ("c#", Some("C#")),
        (".net", Some(".NET")),
        ("DotNet", Some(".NET")),
        ("net", None),
        ("reactjs", Some("React")),
        ("React JS", Some("React")),
        ("Java Script", Some("JavaScript")),
        ("frontend  development", Some("Front-end development")),
        ("Front End", Some("Front-end development")),
        ("data visualisation", Some("Data visualization")),
        ("data visualizations", Some("Data visualization")),
        ("r & d", Some("Research and development")),
        ("research & development", Some("Research and development")),
        ("", None),
        ("+", None),
        ("cobol", None),
    ] {
        assert_eq!(name(typed), expected, "{typed:?}");
    }
}

#[test]
fn closeness_goes_both_ways() {
    let taxonomy = sample();
    let id = |name: &str| taxonomy.find(name).unwrap();
    let close = |a: &str, b: &str| taxonomy.closeness(id(a), id(b));
    assert_eq!(close("React", "React"), 1.0);
    assert_eq!((close("React", "JavaScript"), close("JavaScript", "React")), (0.5, 0.5));
    assert_eq!((close("React", "front-end"), close("front-end", "React")), (0.5, 0.5));
    assert_eq!(close("C", "C++"), 0.0);
}

#[test]
fn titles_name_roles() {
    let taxonomy = sample();
    let role = |title: &str| taxonomy.find_role(title).map(|id| taxonomy.roles()[id.0 as usize].name.as_str());
    assert_eq!(role("back-end engineer"), Some("Backend engineer"));
    assert_eq!(role("Senior Backend Developer (m/f/d), Payments"), Some("Backend engineer"));
    assert_eq!(role("Lead Software Engineers – Berlin"), Some("Software engineer"));
    assert_eq!(role("Gardener"), None);
    let backend = &taxonomy.roles()[taxonomy.find_role("server engineer").unwrap().0 as usize];
    assert_eq!((backend.field.as_str(), backend.essential.len(), backend.optional.len()), ("Software", 1, 1));
    let offered = taxonomy.suggest_roles("prog", 3);
    assert_eq!((offered[0].name.as_str(), offered[0].via.as_deref()), ("Software engineer", Some("programmer")));
}

#[test]
fn imports_add_and_the_builtin_wins() {
    let own = Taxonomy::builtin();
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let taxonomy = Taxonomy::with(&Imported {
        skills: vec![
            ImportedSkill {
                name: "glaze stoneware pots".into(),
                aliases: words(&["stoneware glazing", "shine", "GlazeQuark9"]),
                category: "Clay".into(),
                parent: Some("fire kilns with wood".into()),
                related: words(&["nowhere to be found"]),
            },
            ImportedSkill { name: "fire kilns with wood".into(), ..ImportedSkill::default() },
            ImportedSkill { name: "GLAZE STONEWARE POTS".into(), ..ImportedSkill::default() },
        ],
        roles: vec![ImportedRole {
            name: "Stoneware potter".into(),
            field: "Clay".into(),
            essential: words(&["stoneware glazing", "unheard of"]),
            ..ImportedRole::default()
        }],
    });
    assert_eq!(taxonomy.len(), own.len() + 2);
    assert!(own.skills().zip(taxonomy.skills()).all(|((_, a), (_, b))| a.name == b.name));
    let glaze = taxonomy.find("Stoneware glazing").unwrap();
    assert_eq!(taxonomy.find("shine"), Some(glaze));
    assert_eq!(taxonomy.skill(glaze).parent, taxonomy.find("fire kilns with wood"));
    assert!(taxonomy.skill(glaze).related.is_empty());
    let text = "You shine at stoneware glazing with GlazeQuark9; glazequark9 no.";
    let shown: Vec<&str> =
        taxonomy.skills_in(text).iter().filter(|m| m.skill == glaze).map(|m| &text[m.start..m.end]).collect();
    assert_eq!(shown, ["stoneware glazing", "GlazeQuark9"]);
    let role = taxonomy.find_role("Stoneware potter (part time)").unwrap();
    assert_eq!(taxonomy.roles()[role.0 as usize].essential, [glaze]);
    assert_eq!(taxonomy.suggest("glazeq", 5)[0].via.as_deref(), Some("GlazeQuark9"));
}

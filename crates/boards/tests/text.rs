//! What is taken from a description: duties, requirements, and which skills are only wishes.

use boards::{Finder, enrich, required_and_preferred, sections};
use posting::{Level, Posting, Remote};
use skills::Taxonomy;

fn names(text: &str) -> (Vec<String>, Vec<String>) {
    let taxonomy = Taxonomy::builtin();
    let (required, preferred) = required_and_preferred(text, &taxonomy);
    let names = |ids: Vec<skills::SkillId>| ids.into_iter().map(|id| taxonomy.skill(id).name.to_string()).collect();
    (names(required), names(preferred))
}

#[test]
fn wishes_are_not_musts() {
    for (text, required, preferred) in [
        ("We use Python.", vec!["Python"], vec![]),
        ("Requirements\n\n- Python\n\nNice to have\n\n- Docker", vec!["Python"], vec!["Docker"]),
        ("Requirements\n- Python\nPreferred qualifications:\n- Docker", vec!["Python"], vec!["Docker"]),
        ("You know Python. Docker is a plus.", vec!["Python"], vec!["Docker"]),
        ("- Python in production (Docker is a plus)", vec!["Python"], vec!["Docker"]),
        ("- Python\n- Docker (preferred)", vec!["Python"], vec!["Docker"]),
        ("Anforderungen\n\n- Python\n- Docker von Vorteil", vec!["Python"], vec!["Docker"]),
        ("Nice to have\n- Python\nRequirements\n- Python", vec!["Python"], vec![]),
        ("Nice to have: Docker\n\nRequirements: Python", vec!["Python"], vec!["Docker"]),
        ("Requirements\n\n- Required:\n- Python\n- Preferred:\n- Docker", vec!["Python"], vec!["Docker"]),
        (
            "We sell Kubernetes to banks.\n\nRequirements\n\n- Python\n- SQL\n- Docker\n- Java",
            vec!["Python", "SQL", "Docker", "Java"],
            vec![],
        ),
        ("You know Python.\n\nBenefits\n\n- Docker courses", vec!["Python"], vec![]),
    ] {
        assert_eq!(
            names(text),
            (required.iter().map(ToString::to_string).collect(), preferred.iter().map(ToString::to_string).collect()),
            "{text}"
        );
    }
}

fn lists(text: &str) -> (Vec<String>, Vec<String>) {
    let lines = sections::split(text);
    (sections::responsibilities(&lines), sections::requirements(&lines))
}

#[test]
fn lists_stand_under_their_headings() {
    for (text, done, asked) in [
        ("What you'll do\n\n- Knead\n- Bake\n\nWho you are\n\n- Patient", vec!["Knead", "Bake"], vec!["Patient"]),
        ("RESPONSIBILITIES:\n- Knead\nQUALIFICATIONS:\n- Patient\nBENEFITS:\n- Bread", vec!["Knead"], vec!["Patient"]),
        ("What You\"ll Do\n\n- Knead\n\nWhere You'll Be\n\n- Lyon", vec!["Knead"], vec![]),
        (
            "Deine Aufgaben\n\n- Kneten\n\nDein Profil\n\n- Geduld\n\nWir bieten\n\n- Brot",
            vec!["Kneten"],
            vec!["Geduld"],
        ),
        // Headings below a heading, and a line that leads in.
        (
            "What you'll do\n\nIn the bakery\n\n- Knead\n\nIn the shop\n\n- Sell\n\nRequirements\n\n- Patient",
            vec!["Knead", "Sell"],
            vec!["Patient"],
        ),
        ("Baker Responsibilities\n\nAs a baker, you may count on:\n\n- Knead", vec!["Knead"], vec![]),
        // A list under an unknown heading, before what is asked for.
        (
            "Baker (Night)\n\n- Knead\n- Bake\n- Sell\n\nRequirements\n\n- Patient",
            vec!["Knead", "Bake", "Sell"],
            vec!["Patient"],
        ),
        // Prose where there is no list; about the role it is not a duty.
        (
            "Your tasks\n\nYou knead. You bake.\n\nThe role\n\nThe best in town.",
            vec!["You knead.", "You bake."],
            vec![],
        ),
        ("Requirements:\n1. Not an item\n- 2. Patient\n- #LI-REMOTE", vec![], vec!["Patient"]),
        ("", vec![], vec![]),
    ] {
        assert_eq!(
            lists(text),
            (done.iter().map(ToString::to_string).collect(), asked.iter().map(ToString::to_string).collect()),
            "{text}"
        );
    }
}

#[test]
fn a_posting_typed_by_hand_is_completed_and_nothing_given_is_lost() {
    let finder = Finder::new(Taxonomy::builtin());
    let mut posting = Posting {
        company: "Acme".into(),
        title: "Senior Engineer (Remote)".into(),
        location: "Berlin , Germany, ".into(),
        description: "What you'll do\n\n- Write Python\n\nRequirements\n\n- SQL\n\nSalary: €70,000 - €80,000 a year"
            .into(),
        ..Posting::default()
    };
    enrich(&mut posting, &finder);
    assert_eq!(posting.location, "Berlin, Germany");
    assert_eq!((posting.remote, posting.experience_level), (Some(Remote::Remote), Some(Level::Senior)));
    assert_eq!(posting.tech_stack, ["Python", "SQL"]);
    assert_eq!(
        (posting.responsibilities.as_slice(), posting.requirements.as_slice()),
        (["Write Python".to_owned()].as_slice(), ["SQL".to_owned()].as_slice())
    );
    assert_eq!(posting.salary.as_ref().map(ToString::to_string).as_deref(), Some("EUR 70,000–80,000 a year"));

    let mut again = posting.clone();
    enrich(&mut again, &finder);
    assert_eq!(again, posting);
    let mut given = Posting { tech_stack: vec!["Baking".into()], remote: Some(Remote::Onsite), ..posting.clone() };
    enrich(&mut given, &finder);
    assert_eq!((given.tech_stack, given.remote), (vec!["Baking".to_owned()], Some(Remote::Onsite)));
}

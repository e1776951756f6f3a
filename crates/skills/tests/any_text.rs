//! Whatever the text is, finding skills in it neither fails nor points outside it.

use proptest::prelude::*;
use skills::{Imported, Taxonomy, esco, onet, read_roles, read_skills};
use std::sync::LazyLock;

static TAXONOMY: LazyLock<Taxonomy> = LazyLock::new(|| {
    let skills =
        "[A]\nC | | | | exact context\nC++\nGo | Golang | | | exact context\n.NET\nCI/CD\nR&D\nJavaScript\nÉtude é\n";
    Taxonomy::of(&read_skills(skills), &[])
});

fn check(text: &str) -> Result<(), TestCaseError> {
    for taxonomy in [&*TAXONOMY, &*Taxonomy::builtin()] {
        let mut last = 0;
        for mention in taxonomy.skills_in(text) {
            prop_assert!(mention.start >= last && mention.start < mention.end && mention.end <= text.len());
            prop_assert!(text.is_char_boundary(mention.start) && text.is_char_boundary(mention.end));
            prop_assert!((mention.skill.0 as usize) < taxonomy.len());
            last = mention.end;
        }
        taxonomy.find(text);
        taxonomy.find_role(text);
        taxonomy.suggest(text, 5);
        taxonomy.suggest_roles(text, 5);
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_characters(text in "\\PC{0,80}|(?s:.{0,80})") {
        check(&text)?;
    }

    #[test]
    fn pieces_of_names(pieces in prop::collection::vec(prop::sample::select(vec![
        "C", "c", "+", "++", "#", ".", ".NET", "Net", "Go", "go", "-", "/", "&", " ", "\n", "’", "é", "e\u{301}", "R", "D", "CI",
        "CD", "Java", "Script", "s", ",", "and", "@", "www.", "https://", "İ", "ß", "語", "\u{200b}", "2025", "to", "developer",
    ]), 0..40)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn data_files_and_downloads(text in "(?s:.{0,200})", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (skills, roles) = (read_skills(&text), read_roles(&text));
        skills::problems(&skills, &roles);
        Taxonomy::of(&skills, &roles);
        let _ = esco::read(&esco::EscoFiles { skills: &bytes, ..Default::default() });
        let _ = onet::read(&onet::OnetFiles { occupations: &bytes, ..Default::default() });
    }
}

#[test]
fn an_empty_import_changes_nothing() {
    assert_eq!(Taxonomy::with(&Imported::default()).len(), Taxonomy::builtin().len());
}

//! Skills and roles beside the built-in ones.

use crate::support::*;
use career_copilot::taxonomy;
use std::fs;

const SKILLS: &str = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description\n\
    KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/0001,skill/competence,cross-sector,tend imaginary ovens,\"mind imaginary ovens\nwatch imaginary ovens\",,released,2024-01-01T00:00:00Z,,,,Tends ovens that are not there.\n";

story! {
    async fn an_official_download_adds_to_the_built_in_set(app: TestApp) {
        let ann = app.person("ann").await;
        let folder = tempfile::tempdir().expect("a folder");
        let before = app.state.taxonomy().len();
        assert!(taxonomy::import(&app.state.db, folder.path()).await.is_err_and(|error| error.fields().contains_key("folder")));
        fs::write(folder.path().join("skills_en.csv"), SKILLS).expect("a file");
        for _ in 0..2 {
            let added = taxonomy::import(&app.state.db, folder.path()).await.expect("it is read");
            assert_eq!((added.source, added.skills, added.roles), ("esco", 1, 0));
        }
        taxonomy::load(&app.state).await.expect("it is loaded");
        assert_eq!(app.state.taxonomy().len(), before + 1);
        let saved = ann.profile(json!({ "skills": ["Mind Imaginary Ovens"] })).await;
        assert_eq!(saved["skills"][0]["name"].as_str().map(str::to_lowercase).as_deref(), Some("tend imaginary ovens"));
        // The next start knows it by itself.
        let app = app.restarted(&[]).await;
        assert_eq!(app.state.taxonomy().len(), before + 1);
        app.stopped().await;
    }
}

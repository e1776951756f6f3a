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

story! {
    async fn both_downloads_are_taken_in_from_the_command_line(app: TestApp) {
        let ann = app.person("ann").await;
        let folder = tempfile::tempdir().expect("a folder");
        let (esco, onet) = (folder.path().join("esco"), folder.path().join("onet"));
        fs::create_dir(&esco).and_then(|()| fs::create_dir(&onet)).expect("folders");
        fs::write(esco.join("skills_en.csv"), SKILLS).expect("a file");
        let files = [
            ("Occupation Data.txt", "O*NET-SOC Code\tTitle\tDescription\n99-1111.00\tImaginary Oven Tenders\tTend ovens that are not there.\n"),
            ("Alternate Titles.txt", "O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n99-1111.00\tGhost Oven Tender\tn/a\t04\n"),
            ("Technology Skills.txt", "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\n99-1111.00\tOvenware Imaginator\t43231500\tOven software\tN\tY\n"),
        ];
        for (name, text) in files {
            fs::write(onet.join(name), text).expect("a file");
        }
        for (folder_of, said) in [(&esco, "esco"), (&onet, "onet"), (&onet, "onet")] {
            let output = executable::run(
                folder.path(),
                &["import-taxonomy", &folder_of.display().to_string()],
                &[("DATABASE_URL", app.database.url.as_str())],
            );
            assert!(output.status.success(), "{}", executable::words(&output));
            assert!(executable::words(&output).to_lowercase().contains(said), "{}", executable::words(&output));
        }
        // The next start reads postings with both.
        let app = app.restarted(&[]).await;
        let ann = ann.at(&app.address);
        let job = ann
            .post("/api/v1/jobs", json!({ "company": "Acme", "title": "Baker", "description": "You know Ovenware Imaginator and tend imaginary ovens." }))
            .await
            .created();
        let found: Vec<String> = job["tech_stack"].as_array().expect("a list").iter().map(|skill| skill.as_str().expect("a name").to_lowercase()).collect();
        assert!(found.contains(&"ovenware imaginator".to_owned()) && found.contains(&"tend imaginary ovens".to_owned()), "{job}");
        app.stopped().await;
    }
}

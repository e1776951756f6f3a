//! The taxonomy in use: the built-in set plus what `import-taxonomy` added. Imports are kept in the database.

use crate::{
    db::{self, Db},
    error::{Error, Result},
    on,
    state::App,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use skills::{
    Imported, Taxonomy,
    esco::{self, EscoFiles},
    onet::{self, OnetFiles},
};
use std::{
    fs,
    io::{Read, Write},
    path::Path,
};

/// Puts the imported skills beside the built-in ones, if any were imported. Also after another process imported some.
pub async fn load(app: &App) -> Result<()> {
    let rows: Vec<String> =
        on!(app.db.read, |c| sqlx::query_scalar("SELECT content FROM taxonomy_imports ORDER BY source")
            .fetch_all(c)
            .await)?;
    if rows.is_empty() {
        return Ok(());
    }
    let mut all = Imported::default();
    for row in rows {
        let bytes = STANDARD.decode(row).map_err(Error::internal)?;
        let mut text = Vec::new();
        DeflateDecoder::new(bytes.as_slice()).read_to_end(&mut text).map_err(Error::internal)?;
        let imported: Imported = serde_json::from_slice(&text)?;
        all.skills.extend(imported.skills);
        all.roles.extend(imported.roles);
    }
    let taxonomy = tokio::task::spawn_blocking(move || Taxonomy::with(&all)).await.map_err(Error::internal)?;
    tracing::info!(skills = taxonomy.len(), roles = taxonomy.roles().len(), "taxonomy with imports");
    app.set_taxonomy(taxonomy);
    Ok(())
}

/// What `import-taxonomy` did.
pub struct Added {
    pub source: &'static str,
    pub skills: usize,
    pub roles: usize,
}

/// Reads the unpacked official download in `folder` and keeps it: ESCO when there is `skills_en.csv`, O*NET when there is
/// `Occupation Data.txt`. Importing again replaces what the same source added before.
pub async fn import(db: &Db, folder: &Path) -> Result<Added> {
    let (source, imported) = read(folder)?;
    let added = Added { source, skills: imported.skills.len(), roles: imported.roles.len() };
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    serde_json::to_writer(&mut encoder, &imported)?;
    encoder.flush().map_err(Error::internal)?;
    let content = STANDARD.encode(encoder.finish().map_err(Error::internal)?);
    on!(db.write, |c| {
        sqlx::query(
        "INSERT INTO taxonomy_imports (source, skills, roles, content, imported_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (source) DO UPDATE SET skills = excluded.skills, roles = excluded.roles, content = excluded.content, \
         imported_at = excluded.imported_at"
    )
    .bind(source)
    .bind(added.skills as i64)
    .bind(added.roles as i64)
    .bind(&content)
    .bind(db::now())
    .execute(c)
    .await
    .map(|_| ())
    })?;
    Ok(added)
}

fn read(folder: &Path) -> Result<(&'static str, Imported)> {
    let file = |name: &str| fs::read(folder.join(name)).ok();
    let wrong = |error: skills::ImportError| Error::invalid("folder", error.to_string());
    if let Some(skills) = file(esco::SKILLS) {
        let [occupations, occupation_skills, broader, skill_skills, skill_groups, isco_groups] = [
            esco::OCCUPATIONS,
            esco::OCCUPATION_SKILLS,
            esco::BROADER,
            esco::SKILL_SKILLS,
            esco::SKILL_GROUPS,
            esco::ISCO_GROUPS,
        ]
        .map(file);
        let files = EscoFiles {
            skills: &skills,
            occupations: occupations.as_deref(),
            occupation_skills: occupation_skills.as_deref(),
            broader: broader.as_deref(),
            skill_skills: skill_skills.as_deref(),
            skill_groups: skill_groups.as_deref(),
            isco_groups: isco_groups.as_deref(),
        };
        return Ok(("esco", esco::read(&files).map_err(wrong)?));
    }
    if let Some(occupations) = file(onet::OCCUPATIONS) {
        let [technologies, titles, skills] = [onet::TECHNOLOGIES, onet::ALTERNATE_TITLES, onet::SKILLS].map(file);
        let files = OnetFiles {
            occupations: &occupations,
            technologies: technologies.as_deref(),
            alternate_titles: titles.as_deref(),
            skills: skills.as_deref(),
        };
        return Ok(("onet", onet::read(&files).map_err(wrong)?));
    }
    Err(Error::invalid(
        "folder",
        format!(
            "{} holds neither {} (ESCO) nor {} (O*NET). Unpack the official download there.",
            folder.display(),
            esco::SKILLS,
            onet::OCCUPATIONS
        ),
    ))
}

//! The site: everything the browser loads that is not a page. It is made from the browser half of the app, `style/` and
//! `public/`, and ends up as `<target>/site/<build>`, file for file as it is served:
//!
//! ```text
//! assets.json               logical name → address, e.g. "app.js": "/pkg/app.1f0c….js"
//! parts.json                part of the browser half → addresses it takes beyond the common ones
//! pkg/<hash>/app.js         browser half: glue, …
//! pkg/<hash>/app.wasm       … what every page needs, …
//! pkg/<hash>/*.wasm         … and the parts; they name each other, so they are in one folder under the hash of them all
//! pkg/app.<hash>.css        style; the hashes are the contents', so all of pkg may be cached for ever
//! sw.js, manifest…          copied from public/ under their own names
//! *.br, *.gz                the same file compressed, where that pays (release only)
//! ```

mod browser;
mod compress;
mod css;
mod hash;
mod names;
mod public;
mod split;
mod write;

use std::collections::BTreeMap;
use std::path::Path;

use crate::sh::{self, Done};
use crate::tools;
use crate::workspace::{Build, Workspace};

/// The files of a site by their path in it, without compressed forms.
type Files = BTreeMap<String, Vec<u8>>;

/// Builds what changed. A site whose inputs did not change is left untouched, to the last timestamp.
pub fn build(workspace: &Workspace, build: Build) -> Done {
    let wasm = sh::step("browser half", || {
        let target = tools::wasm_target(build)?;
        browser::compile(workspace, build, &target)
    })?;
    let site = workspace.site(build);
    let stamp_file = workspace.site_work(build).join("stamp");
    let stamp = stamp(workspace, &wasm)?;
    let assets = site.join("assets.json");
    if assets.is_file() && std::fs::read_to_string(&stamp_file).is_ok_and(|old| old == stamp) {
        return Ok(());
    }
    sh::step("assets", || {
        let files = assemble(workspace, build, &wasm)?;
        sh::step("compress and write", || write::site(&site, &files, build))?;
        report(&site, &files)
    })?;
    write::file(&stamp_file, stamp.as_bytes())
}

/// Changes whenever an input of the site does, this program included.
fn stamp(workspace: &Workspace, wasm: &Path) -> Done<String> {
    let mut stamp = String::new();
    let own = std::env::current_exe().and_then(|exe| exe.metadata()).and_then(|meta| meta.modified());
    stamp.push_str(&format!("xtask {own:?}\nbrowser {}\n", hash::of(&public::read(wasm)?)));
    for folder in ["style", "public"] {
        for (path, bytes) in public::tree(&workspace.root.join(folder))? {
            stamp.push_str(&format!("{folder}/{path} {}\n", hash::of(&bytes)));
        }
    }
    Ok(stamp)
}

fn assemble(workspace: &Workspace, build: Build, wasm: &Path) -> Done<Files> {
    let mut files = public::tree(&workspace.root.join("public"))?;
    let mut names: BTreeMap<String, String> = files.keys().map(|path| (path.clone(), format!("/{path}"))).collect();

    let bound = browser::bind(workspace, build, wasm)?;
    let folder = format!("pkg/{}", hash::of_all(&bound));
    for (name, bytes) in bound {
        if name == "parts.json" {
            let text = String::from_utf8(bytes).map_err(|_| "parts.json is not UTF-8")?;
            files.insert(name, text.replace(split::HERE, &format!("/{folder}/")).into_bytes());
            continue;
        }
        let path = format!("{folder}/{name}");
        names.insert(name, format!("/{path}"));
        files.insert(path, bytes);
    }
    if let Some(css) = css::bundle(&workspace.root.join("style/main.css"), build)? {
        let path = format!("pkg/{}", hash::name("app.css", &css));
        names.insert("app.css".to_string(), format!("/{path}"));
        files.insert(path, css);
    }
    public::complete_service_worker(&mut files)?;
    files.insert("assets.json".to_string(), json(&names).into_bytes());
    Ok(files)
}

/// A JSON object; the names are our own file names, yet quoted properly.
fn json(names: &BTreeMap<String, String>) -> String {
    let lines: Vec<String> = names.iter().map(|(name, path)| format!("  {name:?}: {path:?}")).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// Says how heavy the files are, since there is a budget for what a page loads.
fn report(site: &Path, files: &Files) -> Done {
    let (mut all, mut shared, mut pieces) = (0, 0, 0);
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("pkg/")) {
        let sent = std::fs::metadata(site.join(format!("{path}.br"))).map_or(bytes.len() as u64, |meta| meta.len());
        all += sent;
        if path.contains("/chunk_") {
            (shared, pieces) = (shared + sent, pieces + 1);
        } else {
            println!("   {path}: {:.1} KB, {:.1} KB sent", bytes.len() as f64 / 1000.0, sent as f64 / 1000.0);
        }
    }
    println!("   {pieces} pieces that parts share: {:.1} KB sent", shared as f64 / 1000.0);
    println!("   all of the browser half: {:.1} KB sent", all as f64 / 1000.0);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_json() {
        let names = BTreeMap::from([("app.js".to_string(), "/pkg/app.1.js".to_string())]);
        assert_eq!(json(&names), "{\n  \"app.js\": \"/pkg/app.1.js\"\n}\n");
    }
}

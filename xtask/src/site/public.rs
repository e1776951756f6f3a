//! The files of `public/`, and the service worker's list of them.

use std::path::Path;

use super::{Files, hash};
use crate::sh::Done;

/// What `public/sw.js` has to contain for its list and version to be filled in.
const ASSETS: &str = "const ASSETS = [];";
const VERSION: &str = "const VERSION = \"dev\";";

/// Every file below a folder by its path in it, with forward slashes; hidden files are left out, a missing folder is empty.
pub fn tree(dir: &Path) -> Done<Files> {
    let mut files = Files::new();
    if dir.is_dir() {
        collect(dir, "", &mut files)?;
    }
    Ok(files)
}

fn collect(dir: &Path, prefix: &str, files: &mut Files) -> Done {
    let entries = std::fs::read_dir(dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    for entry in entries {
        let path = entry.map_err(|e| format!("{}: {e}", dir.display()))?.path();
        let name = path.file_name().and_then(|name| name.to_str()).ok_or(format!("{}: not UTF-8", path.display()))?;
        if name.starts_with('.') && name != ".well-known" {
            continue;
        }
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files)?;
        } else {
            files.insert(format!("{prefix}{name}"), read(&path)?);
        }
    }
    Ok(())
}

/// A file's content; the error names it.
pub fn read(path: &Path) -> Done<Vec<u8>> {
    std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Writes the addresses of all other files into the service worker, and a version that changes when any of them does.
pub fn complete_service_worker(files: &mut Files) -> Done {
    let Some(worker) = files.get("sw.js") else {
        return Ok(());
    };
    let worker = String::from_utf8(worker.clone()).map_err(|_| "public/sw.js is not UTF-8")?;
    for marker in [ASSETS, VERSION] {
        if worker.matches(marker).count() != 1 {
            return Err(format!("public/sw.js has to contain `{marker}` once"));
        }
    }
    // The list of parts is for the server.
    let others = || files.iter().filter(|(path, _)| !["sw.js", "parts.json"].contains(&path.as_str()));
    let list: Vec<String> = others().map(|(path, _)| format!("{:?}", format!("/{path}"))).collect();
    let all: String = others().map(|(path, bytes)| format!("{path} {}\n", hash::of(bytes))).collect();
    let version = hash::of(format!("{worker}{all}").as_bytes());
    let worker = worker
        .replace(ASSETS, &format!("const ASSETS = [{}];", list.join(", ")))
        .replace(VERSION, &format!("const VERSION = {version:?};"));
    files.insert("sw.js".to_string(), worker.into_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(worker: &str, css: &str) -> Files {
        let files = [("sw.js", worker), ("pkg/app.1.css", css), ("offline.html", "<p>")];
        files.into_iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect()
    }

    fn completed(css: &str) -> String {
        let mut files = site(&format!("{VERSION}\n{ASSETS}\n"), css);
        complete_service_worker(&mut files).expect("both markers");
        String::from_utf8(files["sw.js"].clone()).expect("text")
    }

    #[test]
    fn the_worker_lists_everything_but_itself() {
        assert!(completed("a").contains("const ASSETS = [\"/offline.html\", \"/pkg/app.1.css\"];"));
    }

    #[test]
    fn the_version_follows_the_contents() {
        assert_eq!(completed("a"), completed("a"));
        assert_ne!(completed("a"), completed("b"));
        assert!(!completed("a").contains("\"dev\""));
    }

    #[test]
    fn a_worker_without_markers_is_refused() {
        let message = complete_service_worker(&mut site("// nothing", "")).expect_err("no markers");
        assert!(message.contains("const ASSETS = [];"), "{message}");
    }
}

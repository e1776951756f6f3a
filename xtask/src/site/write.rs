//! Writing a site so that what did not change is not touched: the release binary is linked again only when it was.

use std::path::Path;

use super::{Files, compress, public};
use crate::sh::Done;
use crate::workspace::Build;

/// Makes the folder hold exactly these files and, for a release, their compressed forms.
pub fn site(dir: &Path, files: &Files, build: Build) -> Done {
    let old = public::tree(dir)?;
    let mut keep = Vec::new();
    // One thread each: almost all of the time goes into the largest file's brotli, and the rest fits beside it.
    let written = std::thread::scope(|scope| {
        let threads: Vec<_> = files
            .iter()
            .filter(|(path, _)| *path != "assets.json")
            .map(|(path, bytes)| scope.spawn(|| one(dir, path, bytes, build, &old)))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or(Err("a thread panicked".to_string()))).collect()
    });
    let written: Done<Vec<Vec<String>>> = written;
    written?.into_iter().for_each(|mut paths| keep.append(&mut paths));
    for path in old.keys().filter(|path| *path != "assets.json" && !keep.contains(path)) {
        std::fs::remove_file(dir.join(path)).map_err(|e| format!("{}: {e}", dir.join(path).display()))?;
    }
    // Last: whoever finds this list finds everything it names.
    let list = files.get("assets.json").ok_or("the site has no assets.json")?;
    if old.get("assets.json") != Some(list) {
        file(&dir.join("assets.json"), list)?;
    }
    Ok(())
}

/// Writes one file and its compressed forms unless they are there; gives the paths that belong to it.
fn one(dir: &Path, path: &str, bytes: &[u8], build: Build, old: &Files) -> Done<Vec<String>> {
    let same = old.get(path).is_some_and(|old| old == bytes);
    let mut paths = vec![path.to_string()];
    if build == Build::Release && compress::pays(path) {
        for (suffix, compress) in [("br", compress::brotli as fn(&[u8]) -> _), ("gz", compress::gzip)] {
            let variant = format!("{path}.{suffix}");
            if same && old.contains_key(&variant) {
                paths.push(variant);
                continue;
            }
            let packed: Vec<u8> = compress(bytes)?;
            if packed.len() < bytes.len() {
                file(&dir.join(&variant), &packed)?;
                paths.push(variant);
            }
        }
    }
    if !same {
        file(&dir.join(path), bytes)?;
    }
    Ok(paths)
}

/// Writes a file whole or not at all, with its folders.
pub fn file(path: &Path, bytes: &[u8]) -> Done {
    let parent = path.parent().ok_or(format!("{} has no folder", path.display()))?;
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(".new");
    std::fs::create_dir_all(parent)
        .and_then(|()| std::fs::write(&temporary, bytes))
        .and_then(|()| std::fs::rename(&temporary, path))
        .map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use std::path::PathBuf;

    /// An empty folder of a test's own.
    pub fn folder(name: &str) -> PathBuf {
        let number = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |t| t.as_nanos());
        let dir = std::env::temp_dir().join(format!("xtask-{name}-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("a folder");
        dir
    }

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(path, text)| (path.to_string(), text.repeat(50).into_bytes())).collect()
    }

    #[test]
    fn only_what_changed_is_written_and_what_is_gone_is_removed() {
        let dir = folder("write");
        let modified = |path: &str| dir.join(path).metadata().and_then(|meta| meta.modified()).expect("there");
        site(&dir, &files(&[("a.js", "a"), ("b.js", "b"), ("assets.json", "1")]), Build::Release).expect("written");
        let (a, list) = (modified("a.js.br"), modified("assets.json"));
        site(&dir, &files(&[("a.js", "a"), ("c.png", "c"), ("assets.json", "1")]), Build::Release).expect("written");
        assert_eq!((modified("a.js.br"), modified("assets.json")), (a, list));
        let left: Vec<String> = public::tree(&dir).expect("a tree").into_keys().collect();
        assert_eq!(left, ["a.js", "a.js.br", "a.js.gz", "assets.json", "c.png"]);
        std::fs::remove_dir_all(&dir).expect("removed");
    }
}

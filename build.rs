//! Tells `src/assets.rs` where the site is that `cargo xtask` built: a release takes its files in, other builds read them
//! from disk when they start, so that a change of style does not compile anything.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Migrations are compiled in; a new file counts as a change.
    println!("cargo::rerun-if-changed=migrations");
    // The browser half has no use for them.
    if std::env::var_os("CARGO_FEATURE_SSR").is_none() {
        return;
    }
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if release && packs_relocations() {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    let site = target(&out).join("site").join(if release { "release" } else { "debug" });
    let mut table = String::new();
    if release {
        // A folder that is not there would count as changed at every build.
        let _ = std::fs::create_dir_all(&site);
        println!("cargo::rerun-if-changed={}", site.display());
        embed(&site, "", &mut table);
        table = format!("const SITE: Site = Site::Embedded(&[\n{table}]);\n");
    } else {
        writeln!(table, "const SITE: Site = Site::Folder({:?});", site.display().to_string()).expect("a string grows");
    }
    let file = out.join("site.rs");
    std::fs::write(&file, table).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}

/// Whether what starts the program here can read the packed form of its relocations (DT_RELR: glibc 2.36 and later). They are
/// all read at every start: three megabytes as they are, sixty kilobytes packed.
fn packs_relocations() -> bool {
    let set = |name: &str| std::env::var(name).unwrap_or_default();
    if set("CARGO_CFG_TARGET_OS") != "linux" || set("CARGO_CFG_TARGET_ENV") != "gnu" || set("HOST") != set("TARGET") {
        return false;
    }
    let Ok(asked) = std::process::Command::new("getconf").arg("GNU_LIBC_VERSION").output() else { return false };
    let answer = String::from_utf8_lossy(&asked.stdout);
    let Some((major, minor)) = answer.trim().strip_prefix("glibc ").and_then(|version| version.split_once('.')) else {
        return false;
    };
    let minor = minor.split('.').next().unwrap_or_default();
    matches!((major.parse::<u32>(), minor.parse::<u32>()), (Ok(2), Ok(minor)) if minor >= 36)
}

/// Cargo's target folder: it carries the mark that keeps it out of backups, and `<profile>/build/<package>/out` below it,
/// with the platform's name before that where one was asked for.
fn target(out: &Path) -> PathBuf {
    let marked = out.ancestors().skip(3).find(|dir| dir.join("CACHEDIR.TAG").is_file() || dir.join("site").is_dir());
    marked.or(out.ancestors().nth(4)).unwrap_or(out).to_path_buf()
}

/// One line for every file that is served, with its compressed forms where they exist.
fn embed(dir: &Path, prefix: &str, table: &mut String) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in &entries {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if path.is_dir() {
            embed(path, &format!("{prefix}{name}/"), table);
        } else if !name.ends_with(".br") && !name.ends_with(".gz") && !name.ends_with(".new") {
            let beside = |suffix: &str| {
                let variant = PathBuf::from(format!("{}.{suffix}", path.display()));
                if variant.is_file() { format!("Some(include_bytes!({variant:?}))") } else { "None".to_string() }
            };
            let (br, gz) = (beside("br"), beside("gz"));
            let line = writeln!(
                table,
                "    Embedded {{ path: \"{prefix}{name}\", plain: include_bytes!({path:?}), br: {br}, gz: {gz} }},"
            );
            line.expect("a string grows");
        }
    }
}

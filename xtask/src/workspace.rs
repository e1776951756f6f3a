//! Where things are: the repository, the target folder, and the two builds of the site in it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sh::Done;

/// The repository and its target folder.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target folder, absolute.
    pub target: PathBuf,
}

/// Which of the two builds is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// Small and fast; assets compressed and embedded in the binary.
    Release,
    /// Quick to build; the server reads the assets from disk.
    Dev,
}

impl Workspace {
    /// Finds the repository this program was compiled in, and the target folder cargo put it into.
    pub fn find() -> Done<Workspace> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("xtask has no parent folder")?.to_path_buf();
        if !root.join("Cargo.toml").is_file() {
            return Err(format!("the repository is no longer at {}; run through `cargo xtask`", root.display()));
        }
        let target = match std::env::var_os("CARGO_TARGET_DIR").filter(|dir| !dir.is_empty()) {
            Some(dir) => std::path::absolute(dir).map_err(|e| format!("CARGO_TARGET_DIR: {e}"))?,
            // <target>/debug/xtask
            None => std::env::current_exe()
                .ok()
                .and_then(|exe| exe.ancestors().nth(2).map(Path::to_path_buf))
                .ok_or("cannot tell where the target folder is; set CARGO_TARGET_DIR")?,
        };
        Ok(Workspace { root, target })
    }

    /// A cargo command in the repository, on this target folder.
    ///
    /// `cargo run` describes this program to it in variables that some build scripts watch (ring's, for one). Passed on,
    /// they would make cargo rebuild those crates each time it is called from here and again when called by hand.
    pub fn cargo(&self, args: &[&str]) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        for (name, _) in std::env::vars_os() {
            let lossy = name.to_string_lossy();
            let ours = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"];
            if ours.iter().any(|prefix| lossy.starts_with(prefix)) {
                command.env_remove(&name);
            }
        }
        command.args(args).current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        command
    }

    /// The finished site of one build: exactly what the server serves.
    pub fn site(&self, build: Build) -> PathBuf {
        self.target.join("site").join(build.name())
    }

    /// What the site of one build is made from on the way.
    pub fn site_work(&self, build: Build) -> PathBuf {
        self.target.join("site").join("work").join(build.name())
    }

    /// The server binary of one build.
    pub fn binary(&self, build: Build) -> PathBuf {
        let folder = match build {
            Build::Release => "release",
            Build::Dev => "debug",
        };
        self.target.join(folder).join(format!("career-copilot{}", std::env::consts::EXE_SUFFIX))
    }

    /// Where programs that xtask installs for itself live.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }
}

impl Build {
    /// The folder name of this build's site.
    pub fn name(self) -> &'static str {
        match self {
            Build::Release => "release",
            Build::Dev => "debug",
        }
    }

    /// The cargo profile of the browser half.
    pub fn browser_profile(self) -> &'static str {
        match self {
            Build::Release => "browser",
            Build::Dev => "browser-dev",
        }
    }
}

//! What the builds and tests need from the machine, and how to get what is missing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::sh::{self, Done, is_program, which};
use crate::workspace::{Build, Workspace};

/// The browser's target triple.
pub const WASM: &str = "wasm32-unknown-unknown";

/// No message and no place in the code for a panic. Added to the flags in `.cargo/config.toml`.
const SILENT: [&str; 3] = ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none"];

/// Debian's own binaryen (108) writes modules that are larger than what it was given, and knows fewer features.
const OLDEST_WASM_OPT: u32 = 116;
const BINARYEN: &str = "binaryen@132.0.0";

/// How to compile for the browser on this machine.
#[derive(Debug, PartialEq, Eq)]
pub enum Wasm {
    /// The toolchain in use has the target.
    Toolchain,
    /// The same, and the source of its standard library, which is then compiled without what a panic would say: the browser half
    /// gets a tenth smaller, and a panic (a defect of ours) stops it without words, as one does in any release.
    Lean,
    /// Debian's compiler builds the target's standard library from source; the linker is the toolchain's own.
    Debian { linker: PathBuf },
}

impl Wasm {
    /// Completes a cargo command that names the target already.
    pub fn apply(&self, command: &mut Command) {
        // Building the standard library is not stable yet; this is how a stable compiler is asked for it.
        let build_std = |command: &mut Command| {
            command.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1");
        };
        match self {
            Wasm::Toolchain => {}
            Wasm::Lean => {
                build_std(command);
                command.arg("--config").arg(format!("target.{WASM}.rustflags={SILENT:?}"));
            }
            Wasm::Debian { linker } => {
                build_std(command);
                command.env("RUSTC", "/usr/bin/rustc").env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
            }
        }
    }
}

/// Makes sure that the browser half can be compiled: by rustup, or else with Debian's `rustc-web`. A release is compiled lean
/// where the toolchain can.
pub fn wasm_target(build: Build) -> Done<Wasm> {
    let found = find_wasm()?;
    let lean = build == Build::Release && found == Wasm::Toolchain && can_be_lean();
    Ok(if lean { Wasm::Lean } else { found })
}

/// True if the toolchain has its library's source, or rustup can get it, and the compiler takes our flags.
fn can_be_lean() -> bool {
    let has_source = || {
        sh::read(Command::new("rustc").args(["--print", "sysroot"]))
            .is_ok_and(|root| Path::new(&root).join("lib/rustlib/src/rust/library/Cargo.lock").is_file())
    };
    if !has_source() && which("rustup").is_some() {
        println!("   adding the source of the standard library with rustup");
        // Where it cannot be had, the browser half is larger and otherwise the same.
        let _ = sh::run(Command::new("rustup").args(["component", "add", "rust-src"]));
    }
    let flags_known = || {
        let mut rustc = Command::new("rustc");
        rustc.args(SILENT).args(["--target", WASM, "--print", "cfg"]).env("RUSTC_BOOTSTRAP", "1");
        rustc.stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::null()).status().is_ok_and(|s| s.success())
    };
    let can = has_source() && flags_known();
    if !can {
        println!(
            "   the browser half stays larger than it could be: no source of the standard library (`rustup component add rust-src`)"
        );
    }
    can
}

fn find_wasm() -> Done<Wasm> {
    let has_target = || {
        let dir = sh::read(Command::new("rustc").args(["--print", "target-libdir", "--target", WASM]));
        dir.is_ok_and(|dir| Path::new(&dir).is_dir())
    };
    if has_target() {
        return Ok(Wasm::Toolchain);
    }
    if which("rustup").is_some() {
        println!("   adding the target {WASM} with rustup");
        if sh::run(Command::new("rustup").args(["target", "add", WASM])).is_ok() && has_target() {
            return Ok(Wasm::Toolchain);
        }
    }
    match debian_wasm() {
        Ok(wasm) => Ok(wasm),
        Err(_) => Err(format!(
            "the Rust target {WASM} is missing and could not be added; run `rustup target add {WASM}`, or on Debian \
             install the packages rustc-web and rust-web-src"
        )),
    }
}

fn debian_wasm() -> Done<Wasm> {
    if !Path::new("/usr/lib/rustlib/src/rust/library").is_dir() || !is_program(Path::new("/usr/bin/rustc")) {
        apt_install(&["rustc-web", "rust-web-src"])?;
    }
    let version = sh::read(Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).ok_or("rustc names no host")?;
    let sysroot = sh::read(Command::new("rustc").args(["--print", "sysroot"]))?;
    let linker = Path::new(&sysroot).join("lib/rustlib").join(host).join("bin/rust-lld");
    if is_program(&linker) { Ok(Wasm::Debian { linker }) } else { Err(format!("{} is missing", linker.display())) }
}

/// A wasm-opt that is new enough: the machine's, or one that npm installs under the target folder. None, after a line
/// that says so, where there is neither; the browser half is then larger and otherwise the same.
pub fn wasm_opt(workspace: &Workspace) -> Option<PathBuf> {
    if let Some(found) = which("wasm-opt").filter(|found| wasm_opt_version(found) >= Some(OLDEST_WASM_OPT)) {
        return Some(found);
    }
    let ours = workspace.tools().join("node_modules/.bin/wasm-opt");
    let installed = if ours.exists() { Ok(()) } else { npm_install_tool(workspace, BINARYEN) };
    match installed {
        Ok(()) if wasm_opt_version(&ours) >= Some(OLDEST_WASM_OPT) => Some(ours),
        Ok(()) => {
            println!("   no wasm-opt: the one npm installed does not run here");
            None
        }
        Err(message) => {
            println!("   no wasm-opt, the browser half stays larger than it could be: {message}");
            None
        }
    }
}

fn wasm_opt_version(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").stdin(Stdio::null()).output().ok()?;
    parse_wasm_opt_version(&String::from_utf8_lossy(&output.stdout))
}

/// The number in `wasm-opt version 132 (version_132)`.
fn parse_wasm_opt_version(text: &str) -> Option<u32> {
    text.split_whitespace().find_map(|word| word.parse().ok())
}

fn npm_install_tool(workspace: &Workspace, package: &str) -> Done {
    println!("   installing {package} with npm");
    let dir = workspace.tools();
    std::fs::create_dir_all(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let mut npm = npm()?;
    sh::run(npm.arg("install").arg("--prefix").arg(&dir).args(["--no-save", package]))
}

/// The certificates the system trusts, as Debian keeps them.
const SYSTEM_CERTIFICATES: &str = "/etc/ssl/certs/ca-certificates.crt";

/// `npm`, quiet, or a sentence that asks for it. It trusts whom the system trusts, as cargo does: a company's proxy, for one.
pub fn npm() -> Done<Command> {
    let program = which("npm").ok_or("npm is not installed (it comes with Node.js 20 or newer)")?;
    let mut command = Command::new(program);
    command.args(["--no-audit", "--no-fund", "--loglevel=error"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    if std::env::var_os("NODE_EXTRA_CA_CERTS").is_none() && Path::new(SYSTEM_CERTIFICATES).exists() {
        command.env("NODE_EXTRA_CA_CERTS", SYSTEM_CERTIFICATES);
    }
    Ok(command)
}

/// Installs the packages of a folder with a lock file, if that has not been done for this very lock file.
pub fn npm_ci(dir: &Path) -> Done {
    let lock = dir.join("package-lock.json");
    let wanted = std::fs::read(&lock).map_err(|e| format!("{}: {e}", lock.display()))?;
    let stamp = dir.join("node_modules/.installed-lock.json");
    if std::fs::read(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    println!("   installing the packages of {}", dir.file_name().unwrap_or_default().to_string_lossy());
    sh::run(npm()?.args(["ci", "--ignore-scripts"]).current_dir(dir))?;
    std::fs::write(&stamp, wanted).map_err(|e| format!("{}: {e}", stamp.display()))
}

/// Node.js, of a version the browser tests run on.
pub fn node() -> Done<PathBuf> {
    let program = which("node").ok_or("Node.js is not installed; the browser tests need version 20 or newer")?;
    let version = sh::read(Command::new(&program).arg("--version"))?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    if major >= Some(20) {
        Ok(program)
    } else {
        Err(format!("the browser tests need Node.js 20 or newer, and this is {version}"))
    }
}

/// A Python with the packages of `requirements.txt` in `dir`, each of the version and content named there, in a folder of its own.
pub fn python(workspace: &Workspace, dir: &Path) -> Done<PathBuf> {
    let requirements = dir.join("requirements.txt");
    let wanted = std::fs::read(&requirements).map_err(|e| format!("{}: {e}", requirements.display()))?;
    let home = workspace.tools().join("python");
    let (program, stamp) = (home.join("bin/python"), home.join("installed-requirements.txt"));
    if is_program(&program) && std::fs::read(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(program);
    }
    let python = which("python3").ok_or("Python is not installed; the tests of the API need version 3.11 or newer")?;
    println!("   installing the packages of {}", dir.file_name().unwrap_or_default().to_string_lossy());
    let make = || sh::quiet(Command::new(&python).args(["-m", "venv", "--clear"]).arg(&home));
    if make().is_err() {
        // Debian has what makes such folders in a package of its own.
        apt_install(&["python3-venv"])?;
        make()?;
    }
    let mut pip = Command::new(&program);
    pip.args(["-m", "pip", "install", "--quiet", "--require-hashes", "-r"]).arg(&requirements);
    if std::env::var_os("PIP_CERT").is_none() && Path::new(SYSTEM_CERTIFICATES).is_file() {
        pip.env("PIP_CERT", SYSTEM_CERTIFICATES);
    }
    sh::run(&mut pip)?;
    std::fs::write(&stamp, wanted).map_err(|e| format!("{}: {e}", stamp.display()))?;
    Ok(program)
}

/// Chromium or Chrome; Debian's is installed where there is none and we may.
pub fn chromium() -> Done<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM").filter(|path| !path.is_empty()) {
        return Ok(named.into());
    }
    let find = || ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"].into_iter().find_map(which);
    if let Some(found) = find() {
        return Ok(found);
    }
    apt_install(&["chromium"]).map_err(|e| format!("Chromium is not installed ({e}); or name one in CHROMIUM"))?;
    find().ok_or_else(|| "Chromium was installed and cannot be found".to_string())
}

/// Makes sure that a server program some stories talk to is there; Debian's package is installed where it is not and we may. The
/// stories look in the same folders.
pub fn server_program(name: &str, package: &str) -> Done {
    let folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];
    let there = || folders.iter().any(|folder| is_program(&Path::new(folder).join(name)));
    if there() {
        return Ok(());
    }
    apt_install(&[package]).map_err(|e| format!("{name} is not installed ({e})"))?;
    if there() { Ok(()) } else { Err(format!("{name} was installed and cannot be found")) }
}

/// The folder of the Postgres server programs; Debian's package is installed where there is none and we may.
pub fn postgres_bin() -> Done<PathBuf> {
    if let Some(found) = find_postgres() {
        return Ok(found);
    }
    apt_install(&["postgresql"]).map_err(|e| format!("the Postgres server is not installed ({e})"))?;
    find_postgres().ok_or_else(|| "Postgres was installed and cannot be found".to_string())
}

/// Debian keeps the server's programs off the PATH, by version; the newest wins.
fn find_postgres() -> Option<PathBuf> {
    let complete = |dir: &PathBuf| ["postgres", "initdb", "pg_isready"].iter().all(|name| is_program(&dir.join(name)));
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| complete(bin))
        .max();
    newest.map(|(_, bin)| bin).or_else(|| which("initdb")?.parent().map(Path::to_path_buf).filter(complete))
}

fn apt_install(packages: &[&str]) -> Done {
    let by_hand = format!("install {}", packages.join(" and "));
    if which("apt-get").is_none() {
        return Err(by_hand);
    }
    if !is_root() {
        return Err(format!("as root: apt-get install {}", packages.join(" ")));
    }
    println!("   installing {} with apt-get", packages.join(", "));
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(["-qq", "-o", "Dpkg::Use-Pty=0"]).args(args).env("DEBIAN_FRONTEND", "noninteractive");
        command.stdout(Stdio::null());
        sh::run(&mut command)
    };
    // Without lists, or with old ones, the install fails; with good ones the update is not needed.
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(packages);
    apt(&install).or_else(|_| apt(&["update"]).and_then(|()| apt(&install)))
}

/// True when this process runs as root.
pub fn is_root() -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        // A process owns its own entry here; elsewhere than on Linux we only lose the offer to install.
        std::fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
    }
    #[cfg(not(unix))]
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_opt_names_its_version_in_two_ways() {
        assert_eq!(parse_wasm_opt_version("wasm-opt version 108\n"), Some(108));
        assert_eq!(parse_wasm_opt_version("wasm-opt version 132 (version_132)\n"), Some(132));
        assert_eq!(parse_wasm_opt_version(""), None);
    }

    #[test]
    fn debians_way_names_its_compiler_and_linker() {
        let mut command = Command::new("cargo");
        Wasm::Debian { linker: "/x/rust-lld".into() }.apply(&mut command);
        assert!(command.get_args().any(|arg| arg == "-Zbuild-std=std,panic_abort"));
        assert!(command.get_envs().any(|(name, value)| name == "RUSTC" && value == Some("/usr/bin/rustc".as_ref())));
    }
}

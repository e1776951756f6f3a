//! `cargo xtask check`: format and lint, both halves.

use std::process::ExitCode;

use crate::sh::{self, Done};
use crate::tools::{self, Wasm};
use crate::workspace::{Build, Workspace};

/// Runs the format check and both lints, and stops at the first that finds something.
pub fn check(args: &[String]) -> Done<ExitCode> {
    if let Some(arg) = args.first() {
        return Err(format!("check: there is no option `{arg}`"));
    }
    let workspace = Workspace::find()?;
    sh::step("format", || format(&workspace))?;
    sh::step("clippy", || clippy(&workspace))?;
    sh::step("clippy, browser half", || clippy_browser(&workspace))?;
    Ok(ExitCode::SUCCESS)
}

/// `cargo fmt`, looking only.
pub fn format(workspace: &Workspace) -> Done {
    sh::run(&mut workspace.cargo(&["fmt", "--all", "--check"]))
}

/// Everything that compiles for this machine.
pub fn clippy(workspace: &Workspace) -> Done {
    sh::run(&mut workspace.cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

/// The same package as the browser sees it. Clippy belongs to the toolchain in use; where Debian's compiler has to stand in
/// for it, the browser half is only compiled.
pub fn clippy_browser(workspace: &Workspace) -> Done {
    let wasm = tools::wasm_target(Build::Dev)?;
    let lints = wasm == Wasm::Toolchain;
    let mut command =
        workspace.cargo(&[if lints { "clippy" } else { "check" }, "--package", "career-copilot", "--lib"]);
    command.args(["--no-default-features", "--features", "hydrate", "--target", tools::WASM]);
    wasm.apply(&mut command);
    if lints {
        command.args(["--", "-D", "warnings"]);
    }
    sh::run(&mut command)
}

//! `cargo xtask bench`: the benchmarks of the workspace.

use std::process::ExitCode;

use crate::sh::{self, Done};
use crate::workspace::Workspace;

/// Runs every benchmark, or those whose name contains the one argument.
pub fn bench(args: &[String]) -> Done<ExitCode> {
    let workspace = Workspace::find()?;
    let mut command = workspace.cargo(&["bench", "--workspace", "--exclude", "xtask", "--bench", "*"]);
    match args {
        [] => {}
        [name] if !name.starts_with('-') => {
            command.args(["--", name.as_str()]);
        }
        _ => return Err("bench takes at most one name".to_string()),
    }
    sh::run(&mut command)?;
    Ok(ExitCode::SUCCESS)
}

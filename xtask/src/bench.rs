//! `cargo xtask bench`: the benchmarks of the workspace, and of the whole app as it is shipped.

mod app;
mod cpu;
mod http;
mod import;
mod jobs;
mod load;
mod night;
mod person;
mod server;
mod signins;
mod sockets;
mod table;
mod tracker;

use std::process::ExitCode;

use crate::sh::{self, Done};
use crate::workspace::Workspace;

/// `bench app …` and `bench night …` measure the release binary from outside; anything else runs every benchmark of the engines, or those
/// whose name contains the one argument.
pub fn bench(args: &[String]) -> Done<ExitCode> {
    let workspace = Workspace::find()?;
    if let Some((first, rest)) = args.split_first()
        && first == "app"
    {
        return app::bench(&workspace, rest);
    }
    if let Some((first, rest)) = args.split_first()
        && first == "night"
    {
        return night::bench(&workspace, rest);
    }
    let mut command = workspace.cargo(&["bench", "--workspace", "--exclude", "xtask", "--bench", "*"]);
    match args {
        [] => {}
        [name] if !name.starts_with('-') => {
            command.args(["--", name.as_str()]);
        }
        _ => return Err("bench takes at most one name, or `app` or `night` and their options".to_string()),
    }
    sh::run(&mut command)?;
    Ok(ExitCode::SUCCESS)
}

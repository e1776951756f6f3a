//! `cargo xtask run`: build what changed, then become the server.

use std::process::ExitCode;

use crate::sh::{self, Done};
use crate::site;
use crate::workspace::{Build, Workspace};

#[derive(Debug, PartialEq, Eq)]
struct Options {
    build: Build,
    /// What follows `career-copilot serve`.
    serve: Vec<String>,
}

/// Builds both halves and serves until stopped.
pub fn run(args: &[String]) -> Done<ExitCode> {
    let options = options(args)?;
    let workspace = Workspace::find()?;
    site::build(&workspace, options.build)?;
    sh::step("server", || server(&workspace, options.build))?;
    let mut command = std::process::Command::new(workspace.binary(options.build));
    command.arg("serve").args(&options.serve).current_dir(&workspace.root);
    become_it(&mut command)
}

/// Builds the browser half and its assets, and stops there.
pub fn site(args: &[String]) -> Done<ExitCode> {
    let options = options(args)?;
    if !options.serve.is_empty() {
        return Err("site takes no option but --dev".to_string());
    }
    site::build(&Workspace::find()?, options.build)?;
    Ok(ExitCode::SUCCESS)
}

/// Compiles the server; a release takes in the site built before.
pub fn server(workspace: &Workspace, build: Build) -> Done {
    let mut command = workspace.cargo(&["build", "--package", "career-copilot", "--bin", "career-copilot"]);
    if build == Build::Release {
        command.arg("--release");
    }
    sh::run(&mut command)
}

fn options(args: &[String]) -> Done<Options> {
    let mut options = Options { build: Build::Release, serve: Vec::new() };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--dev" => options.build = Build::Dev,
            "--demo" => options.serve.push("--demo".to_string()),
            "--" => options.serve.extend(args.by_ref().cloned()),
            other => {
                return Err(format!("run: there is no option `{other}`; what the server is to get goes after `--`"));
            }
        }
    }
    Ok(options)
}

/// The server takes this process's place, so that Ctrl-C and SIGTERM are its own and it finishes what it is doing.
fn become_it(command: &mut std::process::Command) -> Done<ExitCode> {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(format!("the server does not start: {}", command.exec()))
    }
    #[cfg(not(unix))]
    {
        let status = command.status().map_err(|e| format!("the server does not start: {e}"))?;
        Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Done<Options> {
        options(&line.split_whitespace().map(str::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn options_are_ours_up_to_the_dashes() {
        assert_eq!(parsed(""), Ok(Options { build: Build::Release, serve: vec![] }));
        let serve = vec!["--demo".to_string(), "--dev".to_string()];
        assert_eq!(parsed("--demo --dev -- --dev"), Ok(Options { build: Build::Dev, serve }));
        assert!(parsed("--release").is_err());
    }
}

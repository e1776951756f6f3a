//! `cargo xtask test`: everything that has to be green, from a bare clone on.

mod counts;
mod postgres;

use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

use crate::sh::{self, Done, seconds};
use crate::workspace::{Build, Workspace};
use crate::{check, run, site, tools};
use counts::Counts;
use postgres::Postgres;

/// The parts that `--only` can choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Format,
    Clippy,
    Unit,
    EndToEnd,
}

const PARTS: [(&str, Part); 4] =
    [("fmt", Part::Format), ("clippy", Part::Clippy), ("unit", Part::Unit), ("e2e", Part::EndToEnd)];

/// What was done so far.
#[derive(Default)]
struct Tally {
    counts: Counts,
    /// The steps that failed, each with its reason.
    failures: Vec<String>,
    /// Every step with its time.
    steps: Vec<(String, String)>,
}

/// Runs the chosen parts, all of them by default, to the end even if one fails; the last line says how it went.
pub fn test(args: &[String]) -> Done<ExitCode> {
    let parts = parts(args)?;
    let workspace = Workspace::find()?;
    let start = Instant::now();
    let mut tally = Tally::default();
    if parts.contains(&Part::Format) {
        tally.step("format", || check::format(&workspace));
    }
    if parts.contains(&Part::Clippy) {
        tally.step("clippy", || check::clippy(&workspace));
        tally.step("clippy, browser half", || check::clippy_browser(&workspace));
    }
    if parts.contains(&Part::Unit) {
        unit(&workspace, &mut tally);
    }
    if parts.contains(&Part::EndToEnd) {
        end_to_end(&workspace, &mut tally);
    }
    Ok(tally.close(start))
}

/// Unit and integration tests, on SQLite and on a Postgres of their own.
fn unit(workspace: &Workspace, tally: &mut Tally) {
    let mut command = workspace.cargo(&["test", "--workspace", "--no-fail-fast"]);
    // A server somebody provides is used as it is.
    let given = std::env::var_os("TEST_POSTGRES_URL").is_some_and(|url| !url.is_empty());
    let mut postgres = None;
    if !given {
        postgres = tally.step("postgres", || Postgres::start(&tools::postgres_bin()?));
        if let Some(postgres) = &postgres {
            command.env("TEST_POSTGRES_URL", postgres.url());
        }
    }
    // Some stories talk to a real mail server, and to a real Redis.
    for (name, package, without) in
        [("dovecot", "dovecot-imapd", "WITHOUT_DOVECOT"), ("redis-server", "redis-server", "WITHOUT_REDIS")]
    {
        if let Err(reason) = tools::server_program(name, package) {
            println!("── stories with {name}: left out, because {reason}");
            tally.steps.push((format!("stories with {name}"), "left out".into()));
            command.env(without, "1");
        }
    }
    tally.tests("unit tests", |counts| sh::watch(&mut command, |line| counts.cargo_line(line)));
    drop(postgres);
}

/// The browser against the release binary.
fn end_to_end(workspace: &Workspace, tally: &mut Tally) {
    let folder = workspace.root.join("end2end");
    let site = tally.step("site", || site::build(workspace, Build::Release));
    let server = site.and_then(|()| tally.step("release build", || run::server(workspace, Build::Release)));
    let tools = tally.step("browser and packages", || {
        tools::npm_ci(&folder)?;
        Ok((tools::node()?, tools::chromium()?))
    });
    if server.is_some() {
        api(workspace, tally);
    }
    let (Some(()), Some((node, chromium))) = (server, tools) else {
        tally.failures.push("browser tests: not run, because a step before them failed".to_string());
        return;
    };
    tally.tests("browser tests", |counts| {
        let mut command = Command::new(node);
        // One file at a time: each has a server and a browser of its own, and both cores are busy with those.
        command.args(["--test", "--test-concurrency=1", "--test-reporter=spec", "--test-timeout=600000"]);
        command.args(test_files(&folder)?).current_dir(&folder);
        command.env("BINARY", workspace.binary(Build::Release)).env("CHROMIUM", chromium);
        sh::watch(&mut command, |line| counts.node_line(line))
    });
}

/// The release binary's REST API against its own document.
fn api(workspace: &Workspace, tally: &mut Tally) {
    let folder = workspace.root.join("end2end/api");
    let python = match tools::python(workspace, &folder) {
        Ok(python) => python,
        // Not everybody who builds this has Python; the stories hold the API to the document too, less widely.
        Err(reason) => {
            println!("── API against its document: left out, because {reason}");
            tally.steps.push(("API against its document".into(), "left out".into()));
            return;
        }
    };
    tally.tests("API against its document", |counts| {
        let mut command = Command::new(python);
        command.arg(folder.join("run.py")).env("BINARY", workspace.binary(Build::Release));
        sh::watch(&mut command, |line| counts.summary_line(line))
    });
}

/// The test files in the order of their names; Node.js 20 and 22 disagree on how to name a folder of them.
fn test_files(folder: &std::path::Path) -> Done<Vec<PathBuf>> {
    let dir = folder.join("tests");
    let entries = std::fs::read_dir(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".test.js"));
    files.sort();
    if files.is_empty() { Err(format!("{}: no *.test.js", dir.display())) } else { Ok(files) }
}

impl Tally {
    /// Does a step that is not itself a number of tests.
    fn step<T>(&mut self, title: &str, work: impl FnOnce() -> Done<T>) -> Option<T> {
        let start = Instant::now();
        let done = sh::step(title, work);
        self.steps.push((title.to_string(), seconds(start.elapsed())));
        done.map_err(|message| self.failures.push(format!("{title}: {message}"))).ok()
    }

    /// Does a step whose output is counted. One that fails without a failed test (it did not compile, it crashed) counts
    /// as one failure; one that counts no test at all has not tested anything and fails too.
    fn tests(&mut self, title: &str, work: impl FnOnce(&mut Counts) -> Done<bool>) {
        let mut counts = Counts::default();
        self.step(title, || {
            let good = work(&mut counts)?;
            match (good, counts.failed) {
                (true, 0) if counts.passed == 0 => Err("no test was run".to_string()),
                (true, 0) => Ok(()),
                (_, 0) => Err("ended badly".to_string()),
                (_, failed) => Err(format!("{failed} failed")),
            }
        });
        if counts.failed > 0 {
            // Counted test by test, so not once more as a step.
            self.failures.pop();
        }
        self.counts.passed += counts.passed;
        self.counts.failed += counts.failed;
    }

    fn close(self, start: Instant) -> ExitCode {
        println!("\n── summary");
        for (title, time) in &self.steps {
            println!("   {title:<24} {time:>12}");
        }
        println!("   {:<24} {:>12}", "in all", seconds(start.elapsed()));
        for failure in &self.failures {
            println!("   failed: {failure}");
        }
        let failed = self.counts.failed + self.failures.len();
        println!("\n{} passed, {failed} failed", self.counts.passed);
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn parts(args: &[String]) -> Done<Vec<Part>> {
    let list = match args {
        [] => return Ok(PARTS.map(|(_, part)| part).to_vec()),
        [flag, list] if flag == "--only" => list.as_str(),
        [one] => one.strip_prefix("--only=").ok_or(format!("test: there is no option `{one}`"))?,
        _ => return Err("test takes `--only` with a comma-separated list".to_string()),
    };
    let known = PARTS.map(|(name, _)| name).join(", ");
    let find = |name: &str| PARTS.iter().find(|(known, _)| *known == name).map(|(_, part)| *part);
    list.split(',').map(|name| find(name.trim()).ok_or(format!("test: `{name}` is none of {known}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(args: &[&str]) -> Done<Vec<Part>> {
        parts(&args.iter().map(|arg| arg.to_string()).collect::<Vec<_>>())
    }

    #[test]
    fn parts_are_all_or_the_chosen_ones() {
        assert_eq!(parsed(&[]).map(|parts| parts.len()), Ok(4));
        assert_eq!(parsed(&["--only", "unit,fmt"]), Ok(vec![Part::Unit, Part::Format]));
        assert_eq!(parsed(&["--only=e2e"]), Ok(vec![Part::EndToEnd]));
        assert!(parsed(&["--only", "everything"]).is_err());
        assert!(parsed(&["--fast"]).is_err());
    }

    #[test]
    fn a_failed_test_counts_once_and_a_crash_counts_too() {
        let mut tally = Tally::default();
        tally.tests("one failed test", |counts| {
            *counts = Counts { passed: 3, failed: 1 };
            Ok(false)
        });
        tally.tests("did not compile", |_| Ok(false));
        tally.tests("nothing there", |_| Ok(true));
        assert_eq!(tally.counts, Counts { passed: 3, failed: 1 });
        assert_eq!(tally.failures, ["did not compile: ended badly", "nothing there: no test was run"]);
    }
}

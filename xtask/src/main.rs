//! `cargo xtask`: builds, runs and tests Career Co-Pilot. Each command does its own set-up; no other build tool is needed.

mod audit;
mod bench;
mod check;
mod run;
mod sh;
mod site;
mod test;
mod tools;
mod workspace;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

  run [--demo] [--dev] [-- ARGS]   build what changed and serve; --demo starts with an invented person's half-year,
                                   --dev builds quickly and unoptimised, ARGS go to `career-copilot serve`
  site [--dev]                     build the browser half and its assets only
  test [--only STEPS]              everything that has to be green; STEPS is a comma-separated choice of
                                   fmt, clippy, unit, e2e
  check                            format and lint, both halves
  bench [NAME]                     the benchmarks of the engines, or those whose name contains NAME
  bench app [--binary FILE] [--import FILE]
                                   the whole app measured from outside: speed, memory, start; --import adds a JSON list
                                   of postings; see docs/benchmarks.md
  audit [--db FOLDER]              known weaknesses of the parts made by others, and whether one is past its time;
                                   asks RustSec and npm, or reads a copy of RustSec's database
  help                             this page
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match command(&args) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

fn command(args: &[String]) -> sh::Done<ExitCode> {
    let (name, rest) = match args.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("help", args),
    };
    if rest.iter().take_while(|arg| *arg != "--").any(|arg| arg == "--help" || arg == "-h") {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    match name {
        "run" => run::run(rest),
        "site" => run::site(rest),
        "test" => test::test(rest),
        "check" => check::check(rest),
        "bench" => bench::bench(rest),
        "audit" => audit::audit(rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        other => Err(format!("there is no command `{other}`; `cargo xtask help` lists them")),
    }
}

//! `cargo xtask audit`: known weaknesses of the parts made by others, each held against the days in which it has to be gone
//! (docs/security.md, “Parts made by others”).
//!
//! Rust's come from the RustSec database by `cargo-audit`, those of the browser tests from npm. Both are asked over the network; with
//! `--db FOLDER` a copy of the RustSec database is read instead, and npm is not asked.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::str::FromStr;

use chrono::NaiveDate;
use serde_json::Value;

use crate::sh::{self, Done};
use crate::tools;
use crate::workspace::Workspace;

const CARGO_AUDIT: &str = "0.22.2";

/// How much a weakness matters, with the days until it has to be gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Other,
    High,
    Critical,
}

impl Weight {
    fn days(self) -> i64 {
        match self {
            Weight::Critical => 7,
            Weight::High => 30,
            Weight::Other => 90,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Weight::Critical => "critical",
            Weight::High => "high",
            Weight::Other => "other",
        }
    }

    /// Of a CVSS vector. What nobody has weighed counts as high.
    fn of(cvss: Option<&str>) -> Self {
        match cvss.and_then(|vector| cvss::Cvss::from_str(vector).ok()).map(|cvss| cvss.severity()) {
            Some(cvss::Severity::Critical) => Weight::Critical,
            Some(cvss::Severity::High) | None => Weight::High,
            Some(_) => Weight::Other,
        }
    }

    /// Of npm's word.
    fn of_word(word: &str) -> Self {
        match word {
            "critical" => Weight::Critical,
            "high" => Weight::High,
            _ => Weight::Other,
        }
    }
}

/// A part with a weakness.
#[derive(Debug, PartialEq, Eq)]
struct Weak {
    weight: Weight,
    part: String,
    /// Its advisory, and what it says.
    about: String,
    /// Days since the advisory's day; None where it has none, which counts as past its time.
    known_for: Option<i64>,
}

impl Weak {
    fn is_late(&self) -> bool {
        self.known_for.is_none_or(|days| days > self.weight.days())
    }

    fn line(&self) -> String {
        let Weak { weight, part, about, .. } = self;
        let when = match (self.known_for, self.is_late()) {
            (Some(days), true) => format!("LATE: known for {days} days, {} allowed", weight.days()),
            (Some(days), false) => format!("{} days left", weight.days() - days),
            (None, _) => "LATE: the day is not known".to_owned(),
        };
        format!("   {:<8} {part}: {about} ({when})", weight.word())
    }
}

pub fn audit(arguments: &[String]) -> Done<ExitCode> {
    let db = match arguments {
        [] => None,
        [flag, folder] if flag == "--db" => Some(Path::new(folder)),
        _ => return Err("audit takes nothing, or --db FOLDER".into()),
    };
    let workspace = Workspace::find()?;
    let today = chrono::Utc::now().date_naive();
    let mut weak = sh::step("the parts of the app (RustSec)", || rust(&workspace, db, today))?;
    if db.is_none() {
        weak.extend(sh::step("the parts of the browser tests (npm)", || npm(&workspace))?);
    }
    weak.sort_by_key(|one| (!one.is_late(), std::cmp::Reverse(one.weight)));
    for one in &weak {
        println!("{}", one.line());
    }
    let late = weak.iter().filter(|one| one.is_late()).count();
    println!("{} known weaknesses, {late} past their time", weak.len());
    Ok(if late == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn rust(workspace: &Workspace, db: Option<&Path>, today: NaiveDate) -> Done<Vec<Weak>> {
    let mut command = Command::new(cargo_audit(workspace)?);
    command.args(["audit", "--json", "--file"]).arg(workspace.root.join("Cargo.lock"));
    if let Some(folder) = db {
        command.arg("--db").arg(folder).args(["--no-fetch", "--stale"]);
    }
    // It fails when it finds something; then it has said what.
    let output =
        command.stdin(Stdio::null()).stderr(Stdio::inherit()).output().map_err(|e| format!("cargo-audit: {e}"))?;
    let report: Value = serde_json::from_slice(&output.stdout)
        .map_err(|_| "cargo-audit gave no report; without network, name a copy of its database with --db")?;
    Ok(of_rust(&report, today))
}

/// What cargo-audit reports: weaknesses, and parts that nobody keeps up or that were withdrawn.
fn of_rust(report: &Value, today: NaiveDate) -> Vec<Weak> {
    let found = report["vulnerabilities"]["list"].as_array().into_iter().flatten();
    let weak = found.map(|one| of_advisory(one, Weight::of(one["advisory"]["cvss"].as_str()), today));
    let warned = report["warnings"].as_object().into_iter().flatten().flat_map(|(kind, list)| {
        let weight = if kind == "yanked" { Weight::Other } else { Weight::High };
        list.as_array().into_iter().flatten().map(move |one| of_advisory(one, weight, today))
    });
    weak.chain(warned).collect()
}

fn of_advisory(found: &Value, weight: Weight, today: NaiveDate) -> Weak {
    let (package, advisory) = (&found["package"], &found["advisory"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let since = advisory["date"].as_str().and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    let about = match advisory["id"].as_str() {
        Some(id) => format!("{id}, {}", text(&advisory["title"])),
        None => format!("{} by its makers", found["kind"].as_str().unwrap_or("withdrawn")),
    };
    Weak {
        weight,
        part: format!("{} {}", text(&package["name"]), text(&package["version"])),
        about,
        known_for: since.map(|day| (today - day).num_days()),
    }
}

fn npm(workspace: &Workspace) -> Done<Vec<Weak>> {
    let mut npm = tools::npm()?;
    npm.args(["audit", "--json", "--audit"]).current_dir(workspace.root.join("end2end"));
    let output = npm.stdin(Stdio::null()).stderr(Stdio::inherit()).output().map_err(|e| format!("npm: {e}"))?;
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let found = report["vulnerabilities"].as_object().ok_or("npm gave no report; is there a network?")?;
    Ok(found.iter().map(|(name, one)| of_npm(name, one)).collect())
}

/// npm names no day: what it reports counts as past its time from the first.
fn of_npm(name: &str, found: &Value) -> Weak {
    let title = found["via"].as_array().into_iter().flatten().find_map(|via| via["title"].as_str());
    Weak {
        weight: Weight::of_word(found["severity"].as_str().unwrap_or_default()),
        part: name.to_owned(),
        about: title.unwrap_or("by a part of its own").to_owned(),
        known_for: None,
    }
}

/// The program, compiled under the target folder when it is first needed.
fn cargo_audit(workspace: &Workspace) -> Done<PathBuf> {
    let root = workspace.tools().join(format!("cargo-audit-{CARGO_AUDIT}"));
    let program = root.join("bin/cargo-audit");
    if !sh::is_program(&program) {
        println!("   installing cargo-audit {CARGO_AUDIT}");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args([
            "install",
            "cargo-audit",
            "--quiet",
            "--locked",
            "--no-default-features",
            "--version",
            CARGO_AUDIT,
        ]);
        sh::run(cargo.arg("--root").arg(&root).env_remove("RUSTFLAGS"))?;
    }
    Ok(program)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn each_weakness_has_its_days() {
        let critical = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
        let low = "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N";
        let one = |name: &str, cvss: Option<&str>, date: &str| json!({ "package": { "name": name, "version": "1.0.0" }, "advisory": { "id": "RUSTSEC-2026-0001", "title": "Bad", "cvss": cvss, "date": date } });
        let report = json!({
            "vulnerabilities": { "list": [one("a", Some(critical), "2026-11-20"), one("b", Some(low), "2026-11-20"), one("c", None, "2026-11-20")] },
            "warnings": {
                "unmaintained": [one("d", None, "2026-10-01")],
                "yanked": [{ "kind": "yanked", "package": { "name": "e", "version": "2.0.0" }, "advisory": null }],
            },
        });
        let weak = of_rust(&report, day("2026-11-28"));
        let told: Vec<_> =
            weak.iter().map(|one| (one.part.as_str(), one.weight, one.known_for, one.is_late())).collect();
        assert_eq!(
            told,
            [
                ("a 1.0.0", Weight::Critical, Some(8), true),
                ("b 1.0.0", Weight::Other, Some(8), false),
                ("c 1.0.0", Weight::High, Some(8), false),
                ("d 1.0.0", Weight::High, Some(58), true),
                ("e 2.0.0", Weight::Other, None, true),
            ]
        );
        assert_eq!(weak[0].line(), "   critical a 1.0.0: RUSTSEC-2026-0001, Bad (LATE: known for 8 days, 7 allowed)");
        assert_eq!(weak[2].line(), "   high     c 1.0.0: RUSTSEC-2026-0001, Bad (22 days left)");
        assert!(weak[4].line().contains("yanked by its makers"), "{}", weak[4].line());
    }

    #[test]
    fn a_report_of_nothing_is_nothing() {
        assert_eq!(of_rust(&json!({ "vulnerabilities": { "list": [] }, "warnings": {} }), day("2026-11-28")), []);
    }

    #[test]
    fn npm_names_no_day() {
        let found = json!({ "severity": "high", "via": ["other", { "title": "Prototype pollution" }] });
        let weak = of_npm("left", &found);
        assert_eq!((weak.weight, weak.is_late(), weak.about.as_str()), (Weight::High, true, "Prototype pollution"));
    }
}

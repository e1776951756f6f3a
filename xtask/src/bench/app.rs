//! `cargo xtask bench app`: the release binary, measured from outside as its users meet it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use super::load::{self, Coding};
use super::person::Person;
use super::server::{self, Bench, Server};
use super::table::{self, Row, Times, mb, ms};
use super::{cpu, http::Client, import, signins, sockets, tracker};
use crate::sh::{self, Done};
use crate::workspace::{Build, Workspace};
use crate::{run, site};

/// Jobs on the home page while it is under load, and jobs created afterwards.
const JOBS: usize = 500;
const CREATED: usize = 2040;
/// People who look at the home page at the same time.
const PEOPLE: usize = 8;
const STARTS: usize = 10;
/// A server that has nothing to do has come to rest by then.
const REST: Duration = Duration::from_secs(2);

#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    binary: Option<PathBuf>,
    import: Option<PathBuf>,
}

/// Measures everything and prints the table. A figure that misses its bar is shown, and is no failure.
pub fn bench(workspace: &Workspace, args: &[String]) -> Done<ExitCode> {
    let options = options(args)?;
    let binary = match &options.binary {
        Some(binary) => std::path::absolute(binary).map_err(|e| format!("{}: {e}", binary.display()))?,
        None => {
            site::build(workspace, Build::Release)?;
            sh::step("server", || run::server(workspace, Build::Release))?;
            workspace.binary(Build::Release)
        }
    };
    let bench = Bench { binary, folder: server::folder(&workspace.target)? };
    let load = cpu::load();
    let mut rows = Vec::new();
    let measured = measure(&bench, &options, &mut rows);
    println!("\n{}; load average {load} before, {} after\n", machine(), cpu::load());
    table::print(&rows);
    measured.map_err(|e| format!("{e} (the server's log is in {})", bench.folder.display()))?;
    std::fs::remove_dir_all(&bench.folder).map_err(|e| format!("{}: {e}", bench.folder.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Adds the figures one by one, so that those before an error are shown too.
fn measure(bench: &Bench, options: &Options, rows: &mut Vec<Row>) -> Done {
    let server = bench.start()?;
    let people: Vec<Person> =
        (0..PEOPLE).map(|n| Person::sign_up(server.address, &format!("ann{n}"))).collect::<Done<_>>()?;
    sh::step(&format!("{JOBS} jobs each"), || people.iter().try_for_each(|person| person.fill(JOBS)))?;
    rows.extend(sh::step("home page", || load::home_page(&server, &people, Coding::Plain))?);
    rows.extend(sh::step("home page with gzip", || load::home_page(&server, &people, Coding::Gzip))?);
    let ann = people.first().ok_or("there are no people")?;
    rows.extend(sh::step("create jobs", || load::create(&server, ann, JOBS, CREATED, &bench.folder))?);
    std::thread::sleep(REST);
    let loaded = memory("memory after this load", &server, "≤ 120 MB", 120);
    rows.push(loaded.note(format!("at most {}", server.most_memory().map(mb).unwrap_or_default())));
    server.stop()?;

    rows.push(sh::step("cold start", || cold_start(bench))?);
    let server = bench.start_with_many_files()?;
    let ann = ann.at(server.address)?;
    std::thread::sleep(REST);
    rows.push(memory("memory after the start", &server, "≤ 60 MB", 60));
    rows.extend(sh::step("live sockets", || sockets::measure(&server, &ann, JOBS + CREATED))?);
    rows.extend(first_loads(&server, &ann)?);
    if let Some(file) = &options.import {
        let bob = Person::sign_up(server.address, "bob")?;
        rows.extend(sh::step("import", || import::measure(&server, &bob, &ann, file, JOBS + CREATED + 1))?);
    }
    let cleo = Person::sign_up(server.address, "cleo")?;
    rows.extend(sh::step("tracker", || tracker::measure(&cleo))?);
    server.stop()?;
    let server = bench.start_behind_proxy()?;
    rows.extend(sh::step("sign-ins", || signins::measure(&server, &ann.at(server.address)?))?);
    server.stop()
}

/// From the start of the process to the first healthy answer, on the database the load left behind.
fn cold_start(bench: &Bench) -> Done<Row> {
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let server = bench.start()?;
        times.push(server.started_in);
        server.stop()?;
    }
    let times = Times::new(times);
    let note = format!("fastest {}, slowest {}", ms(times.percentile(0.0)), ms(times.worst()));
    let reached = times.median() <= Duration::from_millis(150);
    Ok(Row::new(format!("start on the database with {} jobs, median of {STARTS}", JOBS + CREATED), ms(times.median()))
        .bar("≤ 150 ms", reached)
        .note(note))
}

fn memory(what: &str, server: &Server, bar: &str, most: u64) -> Row {
    match server.memory() {
        Some(kib) => Row::new(what, mb(kib)).bar(bar, kib * 1024 <= most * 1_000_000),
        None => Row::new(what, "not told by this system"),
    }
}

/// What a browser loads before a first page is alive, packed as it travels.
fn first_load(server: &Server, page: &str, headers: &str) -> Done<usize> {
    let mut client = Client::connect(server.address, "")?;
    let page = client.get(page, headers)?.expect(200)?.text();
    let mut sizes = BTreeMap::new();
    for path in page.split(['"', '\'']).filter(|text| text.starts_with("/pkg/")) {
        let answer = client.get(path, "Accept-Encoding: br\r\n")?.expect(200)?;
        // A part of a few hundred bytes may be smaller as it is.
        if answer.header("content-encoding") != Some("br") && answer.body.len() > 1_000 {
            return Err(format!("{path} is not sent packed"));
        }
        sizes.insert(path.to_string(), answer.body.len());
    }
    if sizes.len() < 4 {
        return Err(
            "the page does not ask for a program, its scripts and a style sheet; is this a release with its site?"
                .to_string(),
        );
    }
    Ok(sizes.values().sum())
}

fn first_loads(server: &Server, ann: &Person) -> Done<Vec<Row>> {
    let kb = |bytes: usize| format!("{:.1} KB", bytes as f64 / 1000.0);
    let (door, home, jobs) = (
        first_load(server, "/sign-in", "")?,
        first_load(server, "/today", &ann.browser)?,
        first_load(server, "/jobs", &ann.browser)?,
    );
    Ok(vec![
        Row::new("browser part of the first load, brotli: signing in", kb(door)).bar("≤ 300 KB", door <= 300_000),
        Row::new("… the home page", kb(home)).bar("≤ 300 KB", home <= 300_000),
        Row::new("… the job list, were it the first page", kb(jobs)),
    ])
}

/// Cores and processor, as far as the system tells.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find(|line| line.starts_with("model name")).and_then(|line| line.split_once(':'));
    format!("{cores} cores ({})", name.map_or("processor unknown", |(_, name)| name.trim()))
}

fn options(args: &[String]) -> Done<Options> {
    let mut options = Options::default();
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let place = match arg.as_str() {
            "--binary" => &mut options.binary,
            "--import" => &mut options.import,
            other => return Err(format!("bench app: there is no option `{other}`")),
        };
        *place = Some(PathBuf::from(args.next().ok_or_else(|| format!("bench app: {arg} needs a path"))?));
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_name_paths() {
        let parsed = |line: &str| options(&line.split_whitespace().map(str::to_string).collect::<Vec<_>>());
        assert_eq!(parsed(""), Ok(Options::default()));
        let both = Options { binary: Some("a".into()), import: Some("b.json".into()) };
        assert_eq!(parsed("--binary a --import b.json"), Ok(both));
        assert!(parsed("--binary").is_err() && parsed("quick").is_err());
    }
}

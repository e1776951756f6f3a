//! `cargo xtask bench night`: a night's reading at scale, with the release binary, measured from outside: boards answer, postings are
//! read and compared, held against everybody's searches, and brought to those who want them, while somebody looks at the home page.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::cpu;
use super::http::Client;
use super::person::Person;
use super::server::{self, Bench, Server};
use super::table::{self, Row, Times, mb, ms};
use crate::sh::{self, Done, seconds};
use crate::workspace::{Build, Workspace};
use crate::{run, site};

mod boards;
mod stored;

/// The home page is looked at this often.
const EVERY: Duration = Duration::from_millis(50);
/// How long the home page is looked at while nothing else happens.
const IDLE: Duration = Duration::from_secs(30);
/// The queue is asked this often whether it is empty.
const ASK_EVERY: Duration = Duration::from_millis(500);
/// A night that lasts longer has failed.
const PATIENCE: Duration = Duration::from_secs(7_200);
/// Boards that come afterwards, to see what a new posting costs beside all that is stored by then.
const AFTERWARDS: usize = 10;

/// What to measure.
struct Options {
    binary: Option<PathBuf>,
    postings: usize,
    people: usize,
    /// Postings that are there before it begins.
    stored: usize,
    /// A Postgres to measure on instead of a SQLite file; it must be empty.
    database: Option<String>,
}

/// Measures and prints the table. A figure that misses its bar is shown, and is no failure.
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
    let mirror = format!("http://{}", boards::serve()?);
    let mut settings = vec![("FETCH_MIRROR", mirror.as_str()), ("TRUST_FORWARDED_FOR", "true")];
    settings.extend(options.database.as_deref().map(|url| ("DATABASE_URL", url)));
    let server = bench.start_with(&settings)?;
    if options.stored > 0 {
        let fill = || stored::fill(&bench.folder.join("data"), options.database.as_deref(), options.stored);
        sh::step(&format!("{} postings stored", options.stored), fill)?;
    }
    let measured = measure(&server, &options);
    drop(server);
    let rows = measured.map_err(|e| format!("{e} (the server's log is in {})", bench.folder.display()))?;
    println!("\non {}\n", options.database.as_ref().map_or("SQLite", |_| "Postgres"));
    table::print(&rows);
    std::fs::remove_dir_all(&bench.folder).map_err(|e| format!("{}: {e}", bench.folder.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn measure(server: &Server, options: &Options) -> Done<Vec<Row>> {
    // Whoever signs up first is the administrator, who may ask the queue.
    let admin = Person::sign_up(server.address, "admin")?;
    sh::step(&format!("{} people with a search each", options.people), || {
        (0..options.people).try_for_each(|number| searcher(server, number))
    })?;
    let idle = looked_at(&admin, |done| {
        std::thread::sleep(IDLE);
        done.store(true, Ordering::Relaxed);
        Ok(())
    })?;
    let boards = options.postings.div_ceil(boards::EACH);
    let before = cpu::sample(server.id());
    let start = Instant::now();
    let busy = sh::step(&format!("{} postings of {boards} boards", boards * boards::EACH), || {
        looked_at(&admin, |done| {
            let ended = choose(&admin, 0..boards).and_then(|()| emptied(&admin, start));
            done.store(true, Ordering::Relaxed);
            ended
        })
    })?;
    let (time, used) = (start.elapsed(), before.until_now(server.id()));
    let each = one_more(&admin, boards)?;
    let most = server.most_memory().unwrap_or_default();
    let twice = busy.percentile(99.0) <= idle.percentile(99.0) * 2;
    Ok(vec![
        Row::new(format!("{} postings to {} people", boards * boards::EACH, options.people), seconds(time))
            .bar("≤ 5 min", time <= Duration::from_secs(300))
            .note(format!("{} of processor, {:.1} cores busy elsewhere", seconds(used.server), used.elsewhere)),
        Row::new("most memory", mb(most)).bar("≤ 300 MB", most * 1024 <= 300_000_000),
        Row::new("home page meanwhile, p99", ms(busy.percentile(99.0))).bar("≤ 2 × idle", twice).note(format!(
            "idle {}, p50 {} and {}, {} looks",
            ms(idle.percentile(99.0)),
            ms(busy.median()),
            ms(idle.median()),
            busy.len()
        )),
        Row::new(format!("a new posting beside {}", boards * boards::EACH + options.stored), ms(each))
            .bar("≤ 5 ms", each <= Duration::from_millis(5))
            .note(format!("from board to job, over {} postings", AFTERWARDS * boards::EACH)),
        Row::new("jobs brought to the first searcher", jobs_of(server)?),
    ])
}

/// The network a person signs up from: one of their own each, or they would be too many at once.
fn from(number: usize) -> String {
    format!("X-Forwarded-For: 10.{}.{}.{}\r\n", number >> 16 & 255, number >> 8 & 255, number & 255)
}

fn email(number: usize) -> String {
    format!("searcher{number}@example.org")
}

/// Somebody with a profile and a search, no two of neighbouring numbers the same.
fn searcher(server: &Server, number: usize) -> Done {
    let mut anybody = Client::connect(server.address, &from(number))?;
    let account = format!(r#"{{"email":"{}","password":"four words of a bench","name":"Searcher"}}"#, email(number));
    let answer = anybody.json("POST", "/api/v1/auth/register", &account)?.expect(201)?;
    let who = format!("{}Authorization: Bearer {}\r\n", from(number), answer.member("access_token")?);
    let mut own = Client::connect(server.address, &who)?;
    let (title, skill, place) = boards::wish(number);
    let profile = format!(
        r#"{{"skills":[{{"name":"{skill}","level":4}},{{"name":"SQL","level":3}}],"preferred_locations":["{place}"],"experience_level":"senior","match_threshold":80,"time_zone":"Europe/Berlin"}}"#
    );
    own.json("PUT", "/api/v1/profile", &profile)?.expect(200)?;
    let search = format!(r#"{{"name":"Next","criteria":{{"titles":["{title}"],"places":["{place}"]}}}}"#);
    own.json("POST", "/api/v1/searches", &search)?.expect(201)?;
    Ok(())
}

/// How many jobs the first searcher has.
fn jobs_of(server: &Server) -> Done<String> {
    let login = format!(r#"{{"email":"{}","password":"four words of a bench"}}"#, email(0));
    let answer = Client::connect(server.address, &from(0))?.json("POST", "/api/v1/auth/login", &login)?.expect(200)?;
    let who = format!("Authorization: Bearer {}\r\n", answer.member("access_token")?);
    let jobs = Client::connect(server.address, &who)?.get("/api/v1/jobs?per_page=1", "")?.expect(200)?.text();
    let total = jobs.split_once("\"total\":").and_then(|(_, rest)| rest.split([',', '}']).next());
    total.map(str::to_string).ok_or("the list of jobs has no total".to_string())
}

/// How long each posting of further boards takes, all that is done with it together.
fn one_more(admin: &Person, boards: usize) -> Done<Duration> {
    let start = Instant::now();
    sh::step(&format!("{AFTERWARDS} boards more"), || {
        choose(admin, boards..boards + AFTERWARDS).and_then(|()| emptied(admin, start))
    })?;
    let postings = u32::try_from(AFTERWARDS * boards::EACH).map_err(|e| e.to_string())?;
    Ok(start.elapsed() / postings)
}

/// Chooses the boards, each of which is visited then.
fn choose(admin: &Person, mut boards: std::ops::Range<usize>) -> Done {
    let mut api = admin.api()?;
    boards.try_for_each(|board| {
        let body = format!(r#"{{"what":"{}"}}"#, boards::address(board));
        api.json("POST", "/api/v1/sources", &body)?.expect(201).map(drop)
    })
}

/// Waits until nothing waits and nothing is under way.
fn emptied(admin: &Person, start: Instant) -> Done {
    let mut api = admin.api()?;
    while start.elapsed() < PATIENCE {
        let standing = api.get("/api/v1/admin/work", "")?.expect(200)?.text();
        let queues = standing.split("\"running\":[").next().unwrap_or_default();
        if numbers(queues, "waiting").chain(numbers(queues, "running")).sum::<u64>() == 0 {
            return Ok(());
        }
        std::thread::sleep(ASK_EVERY);
    }
    Err("the queue does not become empty".to_string())
}

/// The numbers of this name in a JSON text.
fn numbers<'a>(json: &'a str, name: &str) -> impl Iterator<Item = u64> + 'a {
    let start = format!("\"{name}\":");
    let rests: Vec<&str> = json.match_indices(&start).map(|(at, found)| &json[at + found.len()..]).collect();
    rests.into_iter().filter_map(|rest| rest.split([',', '}']).next()?.trim().parse().ok())
}

/// Looks at the home page while something goes on, until it is done.
fn looked_at(person: &Person, goes_on: impl FnOnce(&AtomicBool) -> Done + Send) -> Done<Times> {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let looking = scope.spawn(|| {
            let mut client = person.page()?;
            let mut times = Vec::new();
            while !done.load(Ordering::Relaxed) {
                let start = Instant::now();
                client.get("/today", "")?.expect(200)?;
                times.push(start.elapsed());
                std::thread::sleep(EVERY);
            }
            Done::Ok(Times::new(times))
        });
        let ended = goes_on(&done);
        done.store(true, Ordering::Relaxed);
        let looked = looking.join().unwrap_or(Err("the one who looks panicked".to_string()));
        ended.and(looked)
    })
}

fn options(args: &[String]) -> Done<Options> {
    let mut options = Options { binary: None, postings: 100_000, people: 1_000, stored: 0, database: None };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let value = args.next().ok_or_else(|| format!("bench night: {arg} needs a value"))?;
        let number = || value.parse().map_err(|_| format!("bench night: {value} is no number"));
        match arg.as_str() {
            "--binary" => options.binary = Some(value.into()),
            "--postings" => options.postings = number()?,
            "--people" => options.people = number()?,
            "--stored" => options.stored = number()?,
            "--database" => options.database = Some(value.clone()),
            other => return Err(format!("bench night: there is no option `{other}`")),
        }
    }
    Ok(options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_lists_and_texts() {
        let json = r#"{"queues":[{"waiting":3,"running":1},{"waiting":0,"x":"waiting","running":[{}]}]}"#;
        assert_eq!(numbers(json, "waiting").collect::<Vec<_>>(), [3, 0]);
        assert_eq!(numbers(json, "running").collect::<Vec<_>>(), [1]);
    }
}

//! The two loads: many browsers on the home page, and one program that creates jobs.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::cpu;
use super::http::{Answer, find};
use super::jobs;
use super::person::Person;
use super::server::Server;
use super::table::{Row, Times, ms};
use crate::sh::Done;

pub const CLIENTS: usize = 32;
const WARM_UP: Duration = Duration::from_secs(2);
const MEASURED: Duration = Duration::from_secs(10);
/// With compression, one answer in this many is unpacked and looked into: unpacking costs the processor that is measured.
const LOOK_INTO: usize = 64;

/// How the page is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As load tools ask: no compression.
    Plain,
    /// As browsers ask over plain http.
    Gzip,
}

/// The home page under load: requests a second and how long they took. The clients are spread over these people: one alone
/// would be asked to wait.
pub fn home_page(server: &Server, people: &[Person], coding: Coding) -> Done<Vec<Row>> {
    let times = Mutex::new(Vec::new());
    let (warm, end) = (Instant::now() + WARM_UP, Instant::now() + WARM_UP + MEASURED);
    let mut size = 0;
    let (mut used, mut others) = (Duration::ZERO, 0.0);
    std::thread::scope(|scope| {
        let times = &times;
        let clients: Vec<_> = (0..CLIENTS)
            .zip(people.iter().cycle())
            .map(|(_, person)| scope.spawn(move || client(person, coding, warm, end, times)))
            .collect();
        std::thread::sleep(warm.saturating_duration_since(Instant::now()));
        let before = cpu::sample(server.id());
        std::thread::sleep(end.saturating_duration_since(Instant::now()));
        let cpu = before.until_now(server.id());
        (used, others) = (cpu.server, cpu.elsewhere);
        for client in clients {
            size = client.join().unwrap_or(Err("a client panicked".to_string()))?;
        }
        Done::Ok(())
    })?;
    let times = Times::new(times.into_inner().map_err(|e| e.to_string())?);
    let rate = times.len() as f64 / MEASURED.as_secs_f64();
    let each = used.as_secs_f64() * 1000.0 / (times.len().max(1) as f64);
    let (p50, p99) = (times.median(), times.percentile(99.0));
    let about =
        format!("{each:.2} ms of processor each, {:.1} KB, {others:.1} cores busy elsewhere", size as f64 / 1000.0);
    let (what, name) = match coding {
        Coding::Plain => (format!("home page, signed in, 500 jobs, {CLIENTS} clients"), "home page"),
        Coding::Gzip => (format!("the same with gzip, {CLIENTS} clients"), "the same with gzip"),
    };
    let mut rows = vec![
        Row::new(what, format!("{rate:.0} requests/s")).note(about),
        Row::new(format!("{name}, p50"), ms(p50)),
        Row::new(format!("{name}, p99"), ms(p99)),
    ];
    if coding == Coding::Plain {
        rows[0] = rows[0].clone().bar("≥ 1,000/s", rate >= 1000.0);
        rows[2] = rows[2].clone().bar("≤ 50 ms", p99 <= Duration::from_millis(50));
    }
    Ok(rows)
}

/// One browser that asks again as soon as it has its answer. Gives the size of the last answer.
fn client(person: &Person, coding: Coding, warm: Instant, end: Instant, times: &Mutex<Vec<Duration>>) -> Done<usize> {
    let mut page = person.page()?;
    let headers = match coding {
        Coding::Plain => "Accept: text/html\r\n",
        Coding::Gzip => "Accept: text/html\r\nAccept-Encoding: gzip\r\n",
    };
    let mut own = Vec::with_capacity(20_000);
    let (mut size, mut asked) = (0, 0);
    while Instant::now() < end {
        let start = Instant::now();
        let answer = page.get("/today", headers)?;
        let time = start.elapsed();
        let answer = answer.expect(200)?;
        if coding == Coding::Plain || asked % LOOK_INTO == 0 {
            shows_jobs(&answer)?;
        }
        asked += 1;
        size = answer.body.len();
        if start >= warm && start + time <= end {
            own.push(time);
        }
    }
    times.lock().map_err(|e| e.to_string())?.append(&mut own);
    Ok(size)
}

/// An error when the page lacks what it is there for.
pub fn shows_jobs(answer: &Answer) -> Done {
    let mut unpacked = Vec::new();
    let body = match answer.header("content-encoding") {
        Some("gzip") => {
            let read = flate2::read::GzDecoder::new(answer.body.as_slice()).read_to_end(&mut unpacked);
            read.map_err(|e| format!("the page cannot be unpacked: {e}"))?;
            &unpacked
        }
        _ => &answer.body,
    };
    match find(body, jobs::MARK.as_bytes()) {
        Some(_) => Ok(()),
        None => Err("the home page shows no job".to_string()),
    }
}

/// Creates jobs one after the other, from this number on.
pub fn create(server: &Server, person: &Person, from: usize, count: usize, folder: &Path) -> Done<Vec<Row>> {
    let mut api = person.api()?;
    let bodies: Vec<String> = (from..from + count).map(jobs::posting).collect();
    let warm_up = bodies.len() / 50;
    let disk = disk(folder)?;
    let before = cpu::sample(server.id());
    let mut times = Vec::with_capacity(count);
    for (i, body) in bodies.iter().enumerate() {
        let start = Instant::now();
        let answer = api.json("POST", "/api/v1/jobs", body)?;
        let time = start.elapsed();
        answer.expect(201)?;
        if i >= warm_up {
            times.push(time);
        }
    }
    let cpu = before.until_now(server.id());
    let times = Times::new(times);
    let each = cpu.server.as_secs_f64() * 1000.0 / count as f64;
    let (p50, p99) = (times.median(), times.percentile(99.0));
    Ok(vec![
        Row::new(format!("create a job over REST, 1 client, {} times, p50", times.len()), ms(p50))
            .bar("≤ 2 ms", p50 <= Duration::from_millis(2))
            .note(format!("{each:.2} ms of processor each, {:.1} cores busy elsewhere", cpu.elsewhere)),
        Row::new("create a job, p99", ms(p99)).bar("≤ 10 ms", p99 <= Duration::from_millis(10)),
        Row::new("for comparison: 4 KB written and synced by itself, p50", ms(disk.median()))
            .note(format!("p99 {}", ms(disk.percentile(99.0)))),
    ])
}

/// How long this disk takes to make 4 KB durable; no durable write can be faster.
fn disk(folder: &Path) -> Done<Times> {
    let path = folder.join("synced");
    let failed = |e: std::io::Error| format!("{}: {e}", path.display());
    let mut file = std::fs::File::create(&path).map_err(failed)?;
    let mut times = Vec::new();
    for _ in 0..300 {
        let start = Instant::now();
        file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).map_err(failed)?;
        times.push(start.elapsed());
    }
    std::fs::remove_file(&path).map_err(failed)?;
    Ok(Times::new(times))
}

//! Many people sign in at once: what the others notice of it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::http::Client;
use super::load::shows_jobs;
use super::person::Person;
use super::server::Server;
use super::table::{Row, Times, ms};
use crate::sh::Done;

/// Attempts a second, from this many connections.
const RATE: u32 = 500;
const CONNECTIONS: u32 = 250;
const MEASURED: Duration = Duration::from_secs(10);
/// The home page is asked for this often.
const PAGE_EVERY: Duration = Duration::from_millis(20);

/// What became of the attempts.
#[derive(Default)]
struct Attempts {
    hashed: AtomicUsize,
    busy: AtomicUsize,
    slowed: AtomicUsize,
}

/// The home page alone, and while sign-ins are tried from everywhere. The server must believe `X-Forwarded-For`.
pub fn measure(server: &Server, ann: &Person) -> Done<Vec<Row>> {
    let alone = pages(ann)?;
    let attempts = Attempts::default();
    let over = AtomicBool::new(false);
    let failed = Mutex::new(None);
    let meanwhile = std::thread::scope(|scope| {
        for number in 0..CONNECTIONS {
            let (attempts, over, failed) = (&attempts, &over, &failed);
            scope.spawn(move || {
                if let Err(error) = sign_in(server, number, attempts, over)
                    && let Ok(mut failed) = failed.lock()
                {
                    *failed = Some(error);
                }
            });
        }
        let meanwhile = pages(ann);
        over.store(true, Ordering::Relaxed);
        meanwhile
    })?;
    if let Some(error) = failed.into_inner().map_err(|e| e.to_string())? {
        return Err(error);
    }
    let count = |of: &AtomicUsize| of.load(Ordering::Relaxed);
    let (hashed, busy, slowed) = (count(&attempts.hashed), count(&attempts.busy), count(&attempts.slowed));
    let rate = (hashed + busy + slowed) as f64 / MEASURED.as_secs_f64();
    let (idle, under) = (alone.percentile(99.0), meanwhile.percentile(99.0));
    Ok(vec![
        Row::new(format!("home page every {} ms, alone, p99", PAGE_EVERY.as_millis()), ms(idle))
            .note(format!("p50 {}", ms(alone.median()))),
        Row::new(format!("… while {rate:.0} sign-ins a second are tried, p99"), ms(under))
            .bar("≤ twice that", under <= 2 * idle)
            .note(format!(
                "p50 {}; {hashed} passwords looked at, {busy} answered 503, {slowed} answered 429",
                ms(meanwhile.median())
            )),
    ])
}

fn pages(ann: &Person) -> Done<Times> {
    let mut page = ann.page()?;
    let mut times = Vec::new();
    let start = Instant::now();
    let mut due = start;
    while start.elapsed() < MEASURED {
        let asked = Instant::now();
        let answer = page.get("/today", "Accept: text/html\r\n")?.expect(200)?;
        times.push(asked.elapsed());
        shows_jobs(&answer)?;
        due += PAGE_EVERY;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
    }
    Ok(Times::new(times))
}

/// One connection's share of the attempts, each at another account from another network.
fn sign_in(server: &Server, number: u32, attempts: &Attempts, over: &AtomicBool) -> Done {
    let mut client = Client::connect(server.address, "")?;
    let pause = Duration::from_secs(1) * CONNECTIONS / RATE;
    let mut due = Instant::now() + pause * number / CONNECTIONS;
    for attempt in 0_u32.. {
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        if over.load(Ordering::Relaxed) {
            break;
        }
        due += pause;
        let from = format!(
            "X-Forwarded-For: 10.{number}.{}.{}\r\nContent-Type: application/json\r\n",
            attempt / 250,
            attempt % 250
        );
        let body = format!(r#"{{"email":"nobody{number}.{attempt}@example.org","password":"guessed wrongly"}}"#);
        let answer = client.send("POST", "/api/v1/auth/login", &from, body.as_bytes())?;
        let counter = match answer.status {
            401 => &attempts.hashed,
            503 if answer.header("retry-after").is_some() => &attempts.busy,
            429 if answer.header("retry-after").is_some() => &attempts.slowed,
            other => return Err(format!("a sign-in was answered {other}")),
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
    Ok(())
}

//! The tracker of somebody who applied a thousand times, and the palette over all the jobs they have.

use std::time::{Duration, Instant};

use super::http::{Answer, Client, find, members};
use super::jobs;
use super::person::Person;
use super::table::{Row, Times, ms};
use crate::sh::Done;

const JOBS: usize = 20_000;
const APPLICATIONS: usize = 1_000;
/// Postings in one request: 32 MB is the most it may have.
const AT_ONCE: usize = 5_000;
/// How often each thing is done; the first tenth does not count.
const TIMES: usize = 200;
/// Nobody may ask more than 200 times a second for long.
const PACE: Duration = Duration::from_millis(8);

/// Typed one letter after the other, each asked for.
const TYPED: [&str; 4] = ["senior engineer", "nurse", "bench north", "data pl"];

/// Gives the person the jobs and applications, and measures board, move and palette.
pub fn measure(person: &Person) -> Done<Vec<Row>> {
    fill(person)?;
    let mut page = person.page()?;
    let mut size = 0;
    let board = times(|_| {
        let (time, answer) = timed(&mut page, "GET", "/applications", "Accept: text/html\r\n", "")?;
        size = answer.body.len();
        find(&answer.body, b"class=\"board\"").ok_or("the page has no board")?;
        Ok(time)
    })?;
    let ids = person.api()?.get("/api/v1/applications?per_page=100", "")?.expect(200)?.text();
    let ids: Vec<&str> = members(&ids, "id").collect();
    if ids.is_empty() {
        return Err("there are no applications".to_string());
    }
    const FORM: &str = "Accept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n";
    let moves = times(|n| {
        let stage = ["screening", "interview", "applied"][n / ids.len() % 3];
        let form = format!("id={}&stage={stage}", ids[n % ids.len()]);
        timed(&mut page, "POST", "/api/move_application", FORM, &form).map(|(time, _)| time)
    })?;
    let letters: Vec<&str> =
        TYPED.iter().flat_map(|words| words.char_indices().map(|(at, c)| &words[..at + c.len_utf8()])).collect();
    let finds = times(|n| {
        let form = format!("typed={}", letters[n % letters.len()].replace(' ', "+"));
        timed(&mut page, "POST", "/api/find_anything", FORM, &form).map(|(time, _)| time)
    })?;
    let row = |what: String, times: &Times, bar: u64| {
        Row::new(what, ms(times.median()))
            .bar(&format!("≤ {bar} ms"), times.median() <= Duration::from_millis(bar))
            .note(format!("p99 {}", ms(times.percentile(99.0))))
    };
    let board = row(format!("board with {APPLICATIONS} applications, rendered by the server, p50"), &board, 30);
    Ok(vec![
        board.note(format!("{:.1} KB", size as f64 / 1000.0)),
        row("a card is moved, answered when it is durable, p50".into(), &moves, 10),
        row(format!("search while one types, {JOBS} jobs, p50 of every letter"), &finds, 15),
    ])
}

fn fill(person: &Person) -> Done {
    let mut api = person.api()?;
    for first in (0..JOBS).step_by(AT_ONCE) {
        let all: Vec<String> = (first..first + AT_ONCE).map(jobs::posting).collect();
        let body = format!(r#"{{"format":"json","data":[{}]}}"#, all.join(","));
        api.json("POST", "/api/v1/jobs/import", &body)?.expect(200)?;
    }
    let mut page = 1;
    let mut applied = 0;
    while applied < APPLICATIONS {
        let list = api.get(&format!("/api/v1/jobs?sort=newest&per_page=100&page={page}"), "")?.expect(200)?.text();
        let before = applied;
        for id in members(&list, "id") {
            let status = ["applied", "applied", "interview", "rejected", "offer", "interested"][applied % 6];
            let body = format!(r#"{{"job_id":"{id}","status":"{status}"}}"#);
            api.json("POST", "/api/v1/applications", &body)?.expect(201)?;
            applied += 1;
            std::thread::sleep(PACE);
        }
        if applied == before {
            return Err(format!("there are only {applied} jobs to apply to"));
        }
        page += 1;
    }
    Ok(())
}

/// One request and how long it took; 200 or an error.
fn timed(client: &mut Client, method: &str, path: &str, headers: &str, body: &str) -> Done<(Duration, Answer)> {
    let start = Instant::now();
    let answer = client.send(method, path, headers, body.as_bytes())?;
    let time = start.elapsed();
    Ok((time, answer.expect(200)?))
}

/// Does it again and again.
fn times(mut once: impl FnMut(usize) -> Done<Duration>) -> Done<Times> {
    let mut times = Vec::with_capacity(TIMES);
    for n in 0..TIMES {
        let time = once(n)?;
        if n >= TIMES / 10 {
            times.push(time);
        }
        std::thread::sleep(PACE);
    }
    Ok(Times::new(times))
}

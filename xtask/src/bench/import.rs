//! A large import, and what it does to those who use the app meanwhile.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::cpu;
use super::http::{Client, members};
use super::jobs;
use super::person::Person;
use super::server::Server;
use super::table::{Row, Times, ms};
use crate::sh::{Done, seconds};

/// A request holds at most this much of the file; the server takes bodies of 32 MB.
const PART: usize = 24 * 1024 * 1024;
/// Those who use the app meanwhile look, or save, this often.
const EVERY: Duration = Duration::from_millis(25);

/// Imports a JSON list of postings for `person`, while `person` and `other` keep working.
pub fn measure(server: &Server, person: &Person, other: &Person, file: &Path, from: usize) -> Done<Vec<Row>> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let rows = elements(&text).map_err(|e| format!("{}: {e}", file.display()))?;
    let bodies: Vec<String> = parts(&rows, PART)
        .into_iter()
        .map(|part| format!(r#"{{"format":"json","company":"","data":[{}]}}"#, part.join(",")))
        .collect();
    let done = AtomicBool::new(false);
    let before = cpu::sample(server.id());
    let start = Instant::now();
    let (taken, looks, saves) = std::thread::scope(|scope| {
        let looking =
            scope.spawn(|| repeat(&done, person.page()?, |client, _| client.get("/today", "")?.expect(200).map(drop)));
        let saving = scope.spawn(|| {
            repeat(&done, other.api()?, |client, n| {
                client.json("POST", "/api/v1/jobs", &jobs::posting(from + n))?.expect(201).map(drop)
            })
        });
        let taken = import(person, &bodies);
        done.store(true, Ordering::Relaxed);
        let joined = |thread: std::thread::ScopedJoinHandle<'_, Done<Times>>| {
            thread.join().unwrap_or(Err("a client panicked".to_string()))
        };
        Done::Ok((taken?, joined(looking)?, joined(saving)?))
    })?;
    let (time, cpu) = (start.elapsed(), before.until_now(server.id()));
    let most = server.most_memory().map(super::table::mb).unwrap_or_default();
    Ok(vec![
        Row::new(format!("import of {} postings ({:.1} MB)", rows.len(), text.len() as f64 / 1e6), seconds(time))
            .bar("≤ 60 s", time <= Duration::from_secs(60))
            .note(format!(
                "{} requests, {taken}, {} of processor, at most {most} of memory, {:.1} cores busy elsewhere",
                bodies.len(),
                seconds(cpu.server),
                cpu.elsewhere
            )),
        Row::new("worst answer of the importer's home page meanwhile", ms(looks.worst()))
            .bar("≤ 1 s", looks.worst() <= Duration::from_secs(1))
            .note(format!("p50 {}, p99 {}, {} asked", ms(looks.median()), ms(looks.percentile(99.0)), looks.len())),
        Row::new("worst create of another person meanwhile", ms(saves.worst())).note(format!(
            "p50 {}, p99 {}, {} created",
            ms(saves.median()),
            ms(saves.percentile(99.0)),
            saves.len()
        )),
    ])
}

fn import(person: &Person, bodies: &[String]) -> Done<String> {
    let (mut created, mut duplicates, mut rejected) = (0, 0, 0);
    for body in bodies {
        let report = person.api()?.json("POST", "/api/v1/jobs/import", body)?.expect(200)?.text();
        let (head, tail) = report.split_once("\"rejected\":").ok_or("the report names no rejected rows")?;
        let number =
            head.split_once("\"created\":").and_then(|(_, rest)| rest.split(',').next()?.parse::<usize>().ok());
        created += number.ok_or("the report has no number of created jobs")?;
        duplicates += members(head, "reason").count();
        rejected += members(tail, "reason").count();
    }
    Ok(format!("{created} created, {duplicates} duplicates, {rejected} rejected"))
}

/// Does something again and again until `done`, and gives how long each took.
fn repeat(done: &AtomicBool, mut client: Client, work: impl Fn(&mut Client, usize) -> Done) -> Done<Times> {
    let mut times = Vec::new();
    while !done.load(Ordering::Relaxed) {
        let start = Instant::now();
        work(&mut client, times.len())?;
        times.push(start.elapsed());
        std::thread::sleep(EVERY);
    }
    Ok(Times::new(times))
}

/// The elements of a JSON list, as they are written.
fn elements(json: &str) -> Done<Vec<&str>> {
    let inner =
        json.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).ok_or("the file is no JSON list")?;
    let (mut depth, mut in_text, mut escaped, mut start) = (0i32, false, false, 0);
    let mut found = Vec::new();
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b',' if depth == 0 => {
                found.push(inner[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    let last = inner[start..].trim();
    if !last.is_empty() {
        found.push(last);
    }
    Ok(found)
}

/// The rows in parts of at most `size` bytes; a larger row is a part by itself.
fn parts<'a>(rows: &[&'a str], size: usize) -> Vec<Vec<&'a str>> {
    let mut parts: Vec<Vec<&str>> = Vec::new();
    let mut length = usize::MAX;
    for row in rows {
        if length.saturating_add(row.len()) > size {
            parts.push(Vec::new());
            length = 0;
        }
        length += row.len() + 1;
        if let Some(part) = parts.last_mut() {
            part.push(row);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_taken_apart_and_put_into_parts() {
        let rows = elements(r#" [ {"a": "x,]\"\\"}, [1, 2] ,"}" ]"#).expect("a list");
        assert_eq!(rows, [r#"{"a": "x,]\"\\"}"#, "[1, 2]", r#""}""#]);
        assert_eq!(elements("[]").expect("a list"), Vec::<&str>::new());
        assert!(elements("{}").is_err());
        assert_eq!(parts(&["aaaa", "bb", "c", "dddddddd"], 8), [vec!["aaaa", "bb"], vec!["c"], vec!["dddddddd"]]);
    }
}

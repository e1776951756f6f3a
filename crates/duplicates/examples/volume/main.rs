//! What the rules say of many real postings: `cargo run --release -p duplicates --example volume FILE.jsonl.gz [SHOW]`.
//!
//! Reads JSON lines with company, title, location, and where there are any, description, url and dates. Prints how many
//! candidates each way of looking finds, what is judged of pairs of one company and title, and, with SHOW, so many
//! examples of each outcome. Nothing of the file is kept.

mod rows;

use duplicates::{Kind, Traits, differences, judge};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Instant;

type Pairs = HashSet<(usize, usize)>;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        eprintln!("Which file? volume FILE.jsonl.gz [SHOW]");
        return;
    };
    let show: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(0);
    let rows = match rows::read(&path) {
        Ok(rows) => rows,
        Err(error) => {
            eprintln!("{path}: {error}");
            return;
        }
    };
    let started = Instant::now();
    let all: Vec<Traits> = rows.iter().map(|row| Traits::of(&row.facts())).collect();
    let each = |started: Instant, count: usize| started.elapsed().as_secs_f64() * 1e6 / count.max(1) as f64;
    println!("{} postings, made ready in {:.0} µs each", rows.len(), each(started, rows.len()));
    let started = Instant::now();
    let with_text = all.iter().filter(|traits| !traits.signature().is_empty()).count();
    println!("{with_text} with text, read and signed in {:.0} µs each", each(started, rows.len()));

    let by_role = pairs(all.iter().map(|traits| vec![traits.role_key().to_owned()]));
    let by_link = pairs(all.iter().map(|traits| traits.link_key().map(str::to_owned).into_iter().collect()));
    let by_band = pairs(all.iter().map(|traits| traits.signature().bands()));
    for (name, found) in [("company and role", &by_role), ("link", &by_link), ("text", &by_band)] {
        println!("pairs of candidates by {name}: {} ({:.2} a posting)", found.len(), per(found.len(), rows.len()));
    }

    let started = Instant::now();
    let mut outcomes: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    let mut candidates: Vec<(usize, usize)> = by_role.union(&by_band).chain(&by_link).copied().collect();
    candidates.sort_unstable();
    candidates.dedup();
    for &(a, b) in &candidates {
        let found = outcome(&all[a], &all[b]);
        let ways = [(&by_role, "role"), (&by_link, "link"), (&by_band, "text")];
        let ways: Vec<&str> = ways.iter().filter(|(pairs, _)| pairs.contains(&(a, b))).map(|(_, way)| *way).collect();
        outcomes.entry(format!("{found} [found by {}]", ways.join(", "))).or_default().push((a, b));
    }
    println!("judged in {:.0} µs a pair", each(started, candidates.len()));
    for (outcome, pairs) in &outcomes {
        println!("{:7}  {outcome}", pairs.len());
        // Examples from all over the list.
        for &(a, b) in pairs.iter().step_by((pairs.len() / show.max(1)).max(1)).take(show) {
            println!("         {}\n         {}", rows[a].line(), rows[b].line());
            if let Some(verdict) = judge(&all[a], &all[b]) {
                println!("         {} % {}\n", verdict.sure, verdict.evidence.join(" "));
            } else {
                println!(
                    "         likeness of the signatures {:.2}\n",
                    all[a].signature().likeness(all[b].signature())
                );
            }
        }
    }
}

/// The verdict, or the first thing that keeps the two apart.
fn outcome(a: &Traits, b: &Traits) -> String {
    match judge(a, b) {
        Some(verdict) => match verdict.kind {
            Kind::Same => "the same".into(),
            Kind::Repost => "a repost".into(),
            Kind::AgencyCopy => "an agency's copy".into(),
        },
        None => match differences(a, b).first() {
            Some(difference) => format!("apart: {}", difference.split(':').next().unwrap_or_default()),
            None => "nothing shows that they are one".into(),
        },
    }
}

/// All pairs that share a key. Keys of more than 200 postings are cut: an index would rank them, too.
fn pairs<K: std::hash::Hash + Eq>(keys: impl Iterator<Item = Vec<K>>) -> Pairs {
    let mut under: HashMap<K, Vec<usize>> = HashMap::new();
    for (at, keys) in keys.enumerate() {
        for key in keys {
            under.entry(key).or_default().push(at);
        }
    }
    let mut pairs = Pairs::new();
    for list in under.values_mut() {
        list.truncate(200);
        for (i, &a) in list.iter().enumerate() {
            pairs.extend(list[i + 1..].iter().map(|&b| (a, b)));
        }
    }
    pairs
}

fn per(count: usize, of: usize) -> f64 {
    2.0 * count as f64 / of.max(1) as f64
}

//! Reads a file and counts what was found in it, with the time taken; prints a sample of one field to judge by eye.
//!
//! `cargo run --release -p boards --example survey -- FILE [pay|missed|level|remote|place|lists|headings] [EVERY]`

use boards::{Finder, Format};
use posting::Posting;
use skills::Taxonomy;
use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let data = std::fs::read(args.next().ok_or("name a file")?)?;
    let (field, every) = (args.next().unwrap_or_default(), args.next().and_then(|n| n.parse().ok()).unwrap_or(50));
    let finder = Finder::new(Taxonomy::builtin());
    let start = Instant::now();
    let reading = boards::read(Format::Auto, &data, None, &finder)?;
    let taken = start.elapsed();
    let postings: Vec<&Posting> = reading.postings().collect();
    println!(
        "{} rows as {}, {} refused, {:.2} s, {:.1} MB/s",
        reading.rows.len(),
        reading.format,
        reading.rejected().count(),
        taken.as_secs_f64(),
        data.len() as f64 / 1e6 / taken.as_secs_f64()
    );
    reading.rejected().take(10).for_each(|bad| println!("  {bad}"));
    let share = |has: fn(&Posting) -> bool| {
        100.0 * postings.iter().filter(|posting| has(posting)).count() as f64 / postings.len().max(1) as f64
    };
    println!("pay {:.1} %", share(|p| p.salary.is_some()));
    println!("level {:.1} %", share(|p| p.experience_level.is_some()));
    println!("remote {:.1} %", share(|p| p.remote.is_some()));
    println!("place {:.1} %", share(|p| !p.location.is_empty()));
    println!("date {:.1} %", share(|p| p.date_posted.is_some()));
    println!("skills {:.1} %", share(|p| !p.tech_stack.is_empty()));
    println!("responsibilities {:.1} %", share(|p| !p.responsibilities.is_empty()));
    println!("requirements {:.1} %", share(|p| !p.requirements.is_empty()));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for posting in &postings {
        *counts.entry(format!("level {:?}", posting.experience_level)).or_default() += 1;
        *counts.entry(format!("remote {:?}", posting.remote)).or_default() += 1;
        if let Some(pay) = &posting.salary {
            *counts.entry(format!("pay {} {}", pay.currency, pay.period)).or_default() += 1;
        }
    }
    counts.iter().for_each(|(name, count)| println!("{count:6} {name}"));
    for posting in postings.iter().step_by(every) {
        match field.as_str() {
            "pay" => println!(
                "{:?} | {} | {}",
                posting.salary.as_ref().map(ToString::to_string),
                posting.title,
                posting.location
            ),
            "level" => println!("{:?} | {}", posting.experience_level, posting.title),
            "remote" => println!("{:?} | {} | {}", posting.remote, posting.location, posting.title),
            "missed" if posting.salary.is_none() => {
                let money = |line: &&str| line.contains(['$', '€', '£']) && line.contains(|c: char| c.is_ascii_digit());
                posting.description.lines().filter(money).for_each(|line| println!("{line}"));
            }
            "headings" if posting.requirements.is_empty() || posting.responsibilities.is_empty() => {
                let lacks = if posting.requirements.is_empty() { "asked" } else { "done" };
                let lines = boards::sections::split(&posting.description).into_iter();
                lines.filter(|line| line.is_heading).for_each(|line| println!("{lacks} {:?} {}", line.kind, line.text));
            }
            "place" => println!("{} | {:?}", posting.location, places::parse(&posting.location).label()),
            "lists" => println!(
                "{} {} | {} | {}",
                posting.responsibilities.len(),
                posting.requirements.len(),
                posting.title,
                posting.url.as_deref().unwrap_or_default()
            ),
            _ => {}
        }
    }
    Ok(())
}

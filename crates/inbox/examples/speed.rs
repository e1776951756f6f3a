//! How many messages of a mailbox are read and understood in a second.
//!
//! `cargo run --release -p inbox --example speed -- [MESSAGES]`

use inbox::{Applications, Known, Outcome, mbox, understand};
use std::time::Instant;

const BODIES: [&str; 4] = [
    "Thank you for applying. We have received your application and will review it.\n\nIf your profile matches, we will invite you to an interview.",
    "Unfortunately, after careful consideration we have decided to move forward with other candidates.",
    "We would like to invite you to an interview on Tuesday. Pick a time: https://cal.com/acme/interview",
    "14 new jobs match your search. Baker, Cook, Waiter. See all jobs, edit this alert, or unsubscribe.",
];

fn main() {
    let count: usize = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(20_000);
    let known = (0..200).map(|n| Known {
        id: n.to_string(),
        company: format!("Company{n} GmbH"),
        title: format!("Baker of {n} loaves"),
        domains: vec![format!("company{n}.example")],
        ..Known::default()
    });
    let applications = Applications::new(known.collect(), &[]);
    let filler =
        "This is a sentence of the kind that fills a letter without saying much about the matter.\n".repeat(12);
    let mut data = String::new();
    for n in 0..count {
        let (company, body) = (n % 400, BODIES[n % BODIES.len()]);
        data.push_str(&format!(
            "From x@example.org Wed Sep 23 10:00:00 2026\nFrom: Jobs <jobs@company{company}.example>\nSubject: Your application as Baker of {company} loaves\nMessage-ID: <{n}@example.org>\nContent-Type: text/plain; charset=utf-8\n\nDear Sam,\n\n{body}\n\n{filler}\n\n"
        ));
    }
    let start = Instant::now();
    let mut outcomes = [0; 3];
    for message in mbox::messages(data.as_bytes()).flatten() {
        outcomes[understand(&message, &applications).outcome as usize] += 1;
    }
    let took = start.elapsed().as_secs_f64();
    let [sure, ask, ignore] = [Outcome::Sure, Outcome::Ask, Outcome::Ignore].map(|outcome| outcomes[outcome as usize]);
    println!("{sure} sure, {ask} to ask about, {ignore} ignored");
    println!("{:.0} messages a second, {:.1} MB a second", count as f64 / took, data.len() as f64 / took / 1e6);
}

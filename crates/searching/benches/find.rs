//! One posting against the searches of 100,000 people: `cargo bench -p searching`. The bar is 20 ms.

use criterion::{Criterion, criterion_group, criterion_main};
use posting::{Level, Period, Remote, Salary};
use searching::{Index, Language, LeastPay, Opening, Search};
use std::hint::black_box;

const PEOPLE: u64 = 100_000;

/// A fixed sequence of numbers below `bound` (xorshift).
fn draw(state: &mut u64, bound: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % bound
}

/// One of a list, the first ones far more often, as with people.
fn pick<'a>(state: &mut u64, list: &[&'a str]) -> &'a str {
    let (one, two) = (draw(state, list.len() as u64), draw(state, list.len() as u64));
    list.get(one.min(two) as usize).copied().unwrap_or_default()
}

const RANKS: [&str; 6] = ["", "Senior", "", "Junior", "Lead", "Principal"];
const FIELDS: [&str; 24] = [
    "Software",
    "Backend",
    "Frontend",
    "Data",
    "Full Stack",
    "Cloud",
    "Sales",
    "Marketing",
    "Product",
    "Project",
    "Mechanical",
    "Electrical",
    "Civil",
    "Security",
    "Customer Success",
    "Financial",
    "Quality",
    "Process",
    "Machine Learning",
    "Embedded",
    "Legal",
    "Supply Chain",
    "Nursing",
    "Platform",
];
const ROLES: [&str; 10] = [
    "Engineer",
    "Developer",
    "Manager",
    "Analyst",
    "Specialist",
    "Consultant",
    "Designer",
    "Director",
    "Assistant",
    "Architect",
];
const CITIES: [&str; 14] = [
    "Berlin",
    "London, UK",
    "Munich",
    "New York, NY",
    "Germany",
    "Paris",
    "Amsterdam",
    "Hamburg",
    "Austin, TX",
    "Toronto, ON, Canada",
    "Europe",
    "Madrid",
    "Vienna",
    "Dublin",
];

fn people() -> Vec<Search> {
    let mut state = 0x2545_f491_4f6c_dd1d;
    let one = |_| {
        let state = &mut state;
        let titles = if draw(state, 5) == 0 { 0 } else { 1 + draw(state, 4) };
        let company = format!("Company {}", draw(state, 500));
        Search {
            titles: (0..titles)
                .map(|_| format!("{} {} {}", pick(state, &RANKS), pick(state, &FIELDS), pick(state, &ROLES)))
                .collect(),
            skills: (0..5 + draw(state, 15)).map(|_| skill(state)).collect(),
            least_skills: if titles == 0 { 2 } else { 0 },
            places: (0..draw(state, 4)).map(|_| pick(state, &CITIES).to_owned()).collect(),
            ways: (draw(state, 4) == 0).then_some(vec![Remote::Remote, Remote::Hybrid]).unwrap_or_default(),
            pay: (draw(state, 3) == 0).then(|| LeastPay {
                amount: 40_000 + 1_000 * draw(state, 60) as i64,
                currency: "EUR".into(),
                period: Period::Year,
            }),
            levels: (draw(state, 4) == 0).then_some(vec![Level::Mid, Level::Senior]).unwrap_or_default(),
            languages: (draw(state, 5) == 0).then_some(vec![Language::English]).unwrap_or_default(),
            without_words: (0..draw(state, 3)).map(|_| skill(state)).collect(),
            without_companies: (draw(state, 5) == 0).then_some(vec![company]).unwrap_or_default(),
            sources: Vec::new(),
        }
    };
    (0..PEOPLE).map(one).collect()
}

fn skill(state: &mut u64) -> String {
    let (one, two) = (draw(state, 2_000), draw(state, 2_000));
    format!("Skill {}", one.min(two))
}

/// Memory of this process, in MiB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() / 1024
}

fn benches(c: &mut Criterion) {
    let searches = people();
    let before = memory();
    let started = std::time::Instant::now();
    let index = Index::of(searches.iter().enumerate());
    println!(
        "{PEOPLE} searches: built in {:?}, {} MiB more memory",
        started.elapsed(),
        memory().saturating_sub(before)
    );

    let mut state = 0x9e37_79b9_7f4a_7c15;
    let skills: Vec<String> = (0..12).map(|_| skill(&mut state)).collect();
    let text =
        "We are looking for you to build and run our services with the team. You will own what you ship. ".repeat(40);
    let salary = Salary { min: Some(60_000), max: Some(80_000), currency: "EUR".into(), period: Period::Year };
    for title in ["Senior Software Engineer", "Legal Assistant", "Head Gardener"] {
        let opening = Opening {
            title,
            company: "Company 7 GmbH",
            location: "Berlin, Germany",
            remote: Some(Remote::Hybrid),
            level: Some(Level::Senior),
            salary: Some(&salary),
            skills: &skills,
            text: &text,
            sources: &[],
        };
        println!("{title}: {} of {PEOPLE} want it", index.find(&opening).len());
        c.bench_function(&format!("100,000 people, {title}"), |b| b.iter(|| index.find(black_box(&opening))));
    }
}

criterion_group!(group, benches);
criterion_main!(group);

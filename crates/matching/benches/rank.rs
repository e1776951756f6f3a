//! A full re-rank of 10,000 jobs for one person: `cargo bench -p matching`. The bar is 20 ms.

use criterion::{Criterion, criterion_group, criterion_main};
use matching::{Candidate, Job, Key, Relative, Scorer, gap, rank};
use places::Place;
use posting::{Level, Remote};
use std::hint::black_box;

const JOBS: u64 = 10_000;

/// A fixed sequence of numbers below `bound` (xorshift).
fn draw(state: &mut u64, bound: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % bound
}

fn place(text: &str) -> Place {
    Place::parse(text).unwrap_or_default()
}

fn jobs() -> Vec<Job> {
    let cities = [
        "Berlin",
        "Munich",
        "London, UK",
        "New York, NY",
        "Toronto, ON, Canada",
        "Remoteville, Germany",
        "EMEA",
        "India",
    ];
    let places: Vec<Place> = cities.iter().map(|text| place(text)).collect();
    let mut state = 0x2545_f491_4f6c_dd1d;
    let job = |_| {
        let required = (0..6 + draw(&mut state, 12)).map(|_| Key(draw(&mut state, 2_000))).collect();
        let preferred = (0..draw(&mut state, 8)).map(|_| Key(draw(&mut state, 2_000))).collect();
        let remote = Remote::ALL.get(draw(&mut state, 4) as usize).copied();
        let named = draw(&mut state, 3) as usize;
        let places = (0..named).filter_map(|_| places.get(draw(&mut state, 8) as usize).cloned()).collect();
        Job::new(required, preferred, remote, places, Level::ALL.get(draw(&mut state, 6) as usize).copied())
    };
    (0..JOBS).map(job).collect()
}

fn candidate() -> Candidate {
    Candidate {
        skills: (0..60).map(|i| (Key(i * 31), 3)).collect(),
        relatives: (0..200).map(|i| Relative { skill: Key(i * 9 + 1), through: Key(0), part: 0.5 }).collect(),
        places: vec![place("Berlin"), place("Hamburg"), place("London")],
        wish: Some(Remote::Remote),
        level: Some(Level::Senior),
        ..Candidate::default()
    }
}

fn benches(c: &mut Criterion) {
    let (jobs, candidate) = (jobs(), candidate());
    c.bench_function("rank 10,000 jobs, person prepared anew", |b| {
        b.iter(|| rank(&Scorer::new(black_box(&candidate)), black_box(&jobs), 50));
    });
    let scorer = Scorer::new(&candidate);
    c.bench_function("explain 100 jobs", |b| {
        b.iter(|| jobs.iter().take(100).map(|job| usize::from(scorer.explain(black_box(job)).total)).sum::<usize>());
    });
    c.bench_function("gap over 10,000 jobs", |b| b.iter(|| gap::compute(black_box(&scorer), black_box(&jobs))));
}

criterion_group!(group, benches);
criterion_main!(group);

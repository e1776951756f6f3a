//! A new posting against a million stored ones: `cargo bench -p duplicates`.
//!
//! Invented postings of about 2.5 KB share words, sentences and companies' frames as real ones do. The index is what a
//! table of (band, posting) and two of keys would be: sorted numbers. Only what an index keeps is kept of each; the
//! candidates' texts are made anew when they are judged, as a database would bring them.

mod invented;

use criterion::{Criterion, criterion_group, criterion_main};
use duplicates::{Traits, judge};
use invented::Invented;
use std::collections::HashMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

const STORED: u32 = 1_000_000;
/// The most shared bands first; no more are judged.
const CANDIDATES: usize = 20;

struct Index {
    bands: Vec<(i64, u32)>,
    roles: HashMap<String, Vec<u32>>,
}

impl Index {
    fn of(count: u32) -> Self {
        let mut bands = Vec::with_capacity(count as usize * duplicates::BANDS);
        let mut roles: HashMap<String, Vec<u32>> = HashMap::new();
        for number in 0..count {
            let stored = Invented::of(number);
            let traits = Traits::of(&stored.facts());
            bands.extend(traits.signature().bands().into_iter().map(|band| (band, number)));
            roles.entry(traits.role_key().to_owned()).or_default().push(number);
        }
        bands.sort_unstable();
        Self { bands, roles }
    }

    fn candidates(&self, new: &Traits) -> Vec<u32> {
        let mut shared: HashMap<u32, u32> = HashMap::new();
        for band in new.signature().bands() {
            let from = self.bands.partition_point(|(known, _)| *known < band);
            for (_, number) in self.bands[from..].iter().take_while(|(known, _)| *known == band) {
                *shared.entry(*number).or_default() += 1;
            }
        }
        for number in self.roles.get(new.role_key()).into_iter().flatten() {
            *shared.entry(*number).or_default() += 2;
        }
        let mut ranked: Vec<(u32, u32)> = shared.into_iter().map(|(number, count)| (count, number)).collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        ranked.into_iter().take(CANDIDATES).map(|(_, number)| number).collect()
    }
}

fn million(criterion: &mut Criterion) {
    let index = Index::of(STORED);
    let mut number = 0_u32;
    let (mut asked, mut judged, mut found) = (0_u32, 0_usize, 0_u32);
    let mut slowest = Duration::ZERO;
    let mut group = criterion.benchmark_group("a new posting against 1,000,000");
    group.bench_function("read, look up, judge", |bencher| {
        bencher.iter(|| {
            number = (number + 7919) % STORED;
            let started = Instant::now();
            // Every other one is a stored one in other words, the rest are new.
            let new = if number % 2 == 0 { Invented::again(number) } else { Invented::of(STORED + number) };
            let new = Traits::of(&new.facts());
            let candidates: Vec<Invented> = index.candidates(&new).into_iter().map(Invented::of).collect();
            (asked, judged) = (asked + 1, judged + candidates.len());
            let verdict = candidates.iter().find_map(|known| judge(&Traits::of(&known.facts()), &new));
            found += u32::from(verdict.is_some());
            slowest = slowest.max(started.elapsed());
            black_box(verdict)
        });
    });
    group.finish();
    let each = judged as f64 / f64::from(asked.max(1));
    println!("of {asked} postings {found} were found again; {each:.1} candidates each, the slowest took {slowest:?}");
}

criterion_group!(benches, million);
criterion_main!(benches);

//! Text searched a second, start-up, and the cost of a keystroke: `cargo bench -p skills`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use skills::{Imported, ImportedSkill, Taxonomy};
use std::hint::black_box;

/// Sentences of the kind a posting has; `{}` takes the names of skills in turn.
const SENTENCES: [&str; 10] = [
    "You will work with {} and {} in a small team that ships every week and talks to its users.\n",
    "We offer thirty days of leave, a yearly budget for learning, and a quiet office near the river.\n",
    "Required: {}, {}, {} (or the will to learn it quickly).\n",
    "- at least 3 years of experience with {} in production, ideally together with {}\n",
    "Our customers rely on us around the clock, so we go to great lengths to keep things simple and safe.\n",
    "Nice to have: {}/{}; R&D background; a driving licence (category B).\n",
    "The role reports to the head of operations and takes part in planning, reviews and hiring.\n",
    "Applications with a short letter, please, to the address below by the end of spring 2030.\n",
    "Knowledge of {} is an advantage, as is a feeling for {}; you excel at explaining both.\n",
    "We welcome everyone, whatever their background, age, gender, belief or origin.\n",
];

fn postings(taxonomy: &Taxonomy, bytes: usize) -> String {
    let names: Vec<&str> = taxonomy.skills().map(|(_, skill)| skill.name.as_str()).collect();
    let mut text = String::with_capacity(bytes + 200);
    let mut turn = 0;
    for sentence in SENTENCES.iter().cycle() {
        for (at, piece) in sentence.split("{}").enumerate() {
            if at > 0 {
                turn += 7919;
                text.push_str(names.get(turn % names.len().max(1)).unwrap_or(&"pottery"));
            }
            text.push_str(piece);
        }
        if text.len() >= bytes {
            return text;
        }
    }
    text
}

/// As many names as ESCO has, of the same length and shape.
fn large_import() -> Imported {
    const VERBS: [&str; 12] = [
        "manage",
        "supervise",
        "operate",
        "maintain",
        "inspect",
        "prepare",
        "assess",
        "coordinate",
        "design",
        "advise on",
        "apply",
        "monitor",
    ];
    const KINDS: [&str; 15] = [
        "ceramic",
        "hydraulic",
        "musical",
        "textile",
        "dental",
        "marine",
        "forest",
        "railway",
        "legal",
        "optical",
        "thermal",
        "dairy",
        "public",
        "medical",
        "mineral",
    ];
    const THINGS: [&str; 20] = [
        "equipment",
        "procedures",
        "instruments",
        "records",
        "staff",
        "products",
        "systems",
        "materials",
        "contracts",
        "tests",
        "plans",
        "services",
        "budgets",
        "machines",
        "surveys",
        "samples",
        "repairs",
        "documents",
        "standards",
        "vehicles",
    ];
    let skill = |n: usize| {
        let phrase = |verb: usize, suffix: &str| {
            format!("{} {} {}{suffix}", VERBS[verb % 12], KINDS[n / 12 % 15], THINGS[n / 180 % 20])
        };
        let round = n / 3600;
        let name = phrase(n, &format!(" of kind {round}"));
        let aliases = (1..9).map(|i| phrase(n + i, &format!(" of sort {round}{i}"))).collect();
        ImportedSkill { name, aliases, category: "Import".into(), parent: None, related: Vec::new() }
    };
    Imported { skills: (0..14_000).map(skill).collect(), roles: Vec::new() }
}

fn find(c: &mut Criterion) {
    let builtin = Taxonomy::builtin();
    let import = large_import();
    let large = Taxonomy::with(&import);
    let text = postings(&builtin, 1 << 20);
    println!(
        "built-in: {} skills; with import: {}; {} mentions in 1 MiB",
        builtin.len(),
        large.len(),
        builtin.skills_in(&text).len()
    );

    let mut group = c.benchmark_group("skills_in");
    group.sample_size(20).throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("built-in", |b| b.iter(|| builtin.skills_in(black_box(&text))));
    group.bench_function("with a large import", |b| b.iter(|| large.skills_in(black_box(&text))));
    group.finish();

    let mut group = c.benchmark_group("build");
    group.sample_size(20);
    group.bench_function("built-in", |b| b.iter(|| Taxonomy::with(black_box(&Imported::default()))));
    group.sample_size(10);
    group.bench_function("with a large import", |b| b.iter(|| Taxonomy::with(black_box(&import))));
    group.finish();

    let mut group = c.benchmark_group("suggest");
    for typed in ["p", "pro", "manage", "kubernets", "zzqqxxyy"] {
        group.bench_function(format!("built-in/{typed}"), |b| b.iter(|| builtin.suggest(black_box(typed), 8)));
        group.bench_function(format!("large/{typed}"), |b| b.iter(|| large.suggest(black_box(typed), 8)));
    }
    group.finish();
}

criterion_group!(benches, find);
criterion_main!(benches);

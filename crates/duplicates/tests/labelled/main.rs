//! How well postings are held against each other, measured on labelled pairs.
//!
//! `data/pairs.jsonl` has a pair a line: `half` (`tuning` or `held_out`, of different companies and texts), `kind`
//! (`same`, `repost`, `agency_copy`, `different`), `note` (what makes it hard), and the two postings. See what is
//! judged wrongly with `SHOW=tuning cargo test -p duplicates --test labelled -- --nocapture`.

mod pairs;

use duplicates::{Kind, Traits, judge};
use pairs::{Pair, read};
use std::fmt::Write;

/// Of what is called a duplicate, so much must be one.
const PRECISION: f64 = 0.98;
/// Of all duplicates, so many must be found.
const RECALL: f64 = 0.90;

#[derive(Default)]
struct Figures {
    pairs: usize,
    duplicates: usize,
    found: usize,
    right: usize,
    kinds: [Count; 3],
    report: String,
}

#[derive(Clone, Copy, Default)]
struct Count {
    labelled: usize,
    said: usize,
    right: usize,
}

impl Figures {
    fn add(&mut self, pair: &Pair) {
        let (a, b) = (Traits::of(&pair.a.facts()), Traits::of(&pair.b.facts()));
        // What an index does not bring together is never judged.
        let said = judge(&a, &b).filter(|_| meet(&a, &b)).map(|verdict| verdict.kind);
        let labelled = Kind::parse(&pair.kind);
        self.pairs += 1;
        self.duplicates += usize::from(labelled.is_some());
        self.found += usize::from(said.is_some());
        self.right += usize::from(labelled.is_some() && said.is_some());
        for (kind, count) in Kind::ALL.into_iter().zip(&mut self.kinds) {
            count.labelled += usize::from(labelled == Some(kind));
            count.said += usize::from(said == Some(kind));
            count.right += usize::from(said == Some(kind) && labelled == said);
        }
        if labelled.is_some() && !meet(&a, &b) {
            let _ = writeln!(self.report, "Would not meet: {}: {} | {}", pair.note, pair.a.title, pair.b.title);
        }
        if said != labelled {
            let _ = writeln!(
                self.report,
                "{:?} judged {:?}: {}\n    {} | {} | {} | {}\n    {} | {} | {} | {}\n    {:?}\n    signatures {:.2}",
                labelled,
                said,
                pair.note,
                pair.a.company,
                pair.a.title,
                pair.a.place,
                pair.a.source,
                pair.b.company,
                pair.b.title,
                pair.b.place,
                pair.b.source,
                duplicates::differences(&a, &b),
                a.signature().likeness(b.signature())
            );
        }
    }

    fn precision(&self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / self.duplicates.max(1) as f64
    }

    fn lines(&self, half: &str) -> String {
        let mut lines = format!(
            "{half}: {} pairs, {} duplicates, {} found, {} right: precision {:.3}, recall {:.3}\n",
            self.pairs,
            self.duplicates,
            self.found,
            self.right,
            self.precision(),
            self.recall()
        );
        for (kind, count) in Kind::ALL.into_iter().zip(&self.kinds) {
            let _ = writeln!(
                lines,
                "    {}: {} labelled, {} said, {} right: precision {:.3}, recall {:.3}",
                kind.as_str(),
                count.labelled,
                count.said,
                count.right,
                count.right as f64 / count.said.max(1) as f64,
                count.right as f64 / count.labelled.max(1) as f64
            );
        }
        lines
    }
}

/// Whether one would be among the candidates of the other: they share the link, the role or a key of the text.
fn meet(a: &Traits, b: &Traits) -> bool {
    let keys = b.text_keys();
    (a.link_key().is_some() && a.link_key() == b.link_key())
        || a.role_key() == b.role_key()
        || a.text_keys().iter().any(|key| keys.contains(key))
}

#[test]
fn labelled_pairs_are_judged_rightly() {
    let pairs = read();
    assert!(pairs.len() >= 400);
    for half in ["tuning", "held_out"] {
        let mut figures = Figures::default();
        pairs.iter().filter(|pair| pair.half == half).for_each(|pair| figures.add(pair));
        println!("{}", figures.lines(half));
        if std::env::var("SHOW").is_ok_and(|shown| shown == half || shown == "all") {
            println!("{}", figures.report);
        }
        assert!(figures.pairs >= 200);
        assert!(figures.precision() >= PRECISION && figures.recall() >= RECALL, "{}", figures.lines(half));
    }
}

#[test]
fn a_verdict_does_not_hang_on_the_order() {
    for pair in read() {
        let (a, b) = (Traits::of(&pair.a.facts()), Traits::of(&pair.b.facts()));
        let kinds = [judge(&a, &b), judge(&b, &a)].map(|verdict| verdict.map(|verdict| verdict.kind));
        assert_eq!(kinds[0], kinds[1], "{}: {} | {}", pair.note, pair.a.title, pair.b.title);
    }
}

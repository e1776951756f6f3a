//! How well skills are found in invented postings, labelled by hand.
//!
//! `tests/labelled/*.txt` hold one posting each: `[[Python]]` reads "Python" and is that skill, `[[k8s|Kubernetes]]` reads
//! "k8s" and is Kubernetes; nothing else in the text is a skill. The first line is the title, which feeds give apart: it
//! counts only if it carries a mark. See the whole report with
//! `cargo test -p skills --test accuracy -- --nocapture`.

use skills::{SkillId, Taxonomy};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What must be reached at the level of (posting, skill), a little below what is. Names missing from the taxonomy were
/// filled in after reading the misses of the postings with odd numbers; the even ones tell what to expect elsewhere.
const PRECISION: f64 = 0.92;
const RECALL: f64 = 0.85;
const POSTINGS: usize = 60;

struct Posting {
    file: String,
    text: String,
    /// Start, end and skill of each mark.
    marks: BTreeSet<(usize, usize, SkillId)>,
}

#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Tally {
    fn of<T: Ord>(found: &BTreeSet<T>, expected: &BTreeSet<T>) -> Tally {
        let right = found.intersection(expected).count();
        Tally { right, wrong: found.len() - right, missed: expected.len() - right }
    }

    fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }

    fn precision(self) -> f64 {
        self.right as f64 / ((self.right + self.wrong) as f64).max(1.0)
    }

    fn recall(self) -> f64 {
        self.right as f64 / ((self.right + self.missed) as f64).max(1.0)
    }

    fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) }
    }
}

#[test]
fn labelled_postings_are_read_right() {
    let taxonomy = Taxonomy::builtin();
    let mut faults = Vec::new();
    let postings = labelled(&taxonomy, &mut faults);
    let (mut by_skill, mut by_span) = (Tally::default(), Tally::default());
    let mut halves = [Tally::default(); 2];
    let mut files = Vec::new();
    let mut report = String::new();
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    for (at, posting) in postings.iter().enumerate() {
        let found: BTreeSet<_> = taxonomy.skills_in(&posting.text).iter().map(|m| (m.start, m.end, m.skill)).collect();
        let skills =
            |spans: &BTreeSet<(usize, usize, SkillId)>| spans.iter().map(|span| span.2).collect::<BTreeSet<_>>();
        let tally = Tally::of(&skills(&found), &skills(&posting.marks));
        by_skill.add(tally);
        halves[at % 2].add(tally);
        by_span.add(Tally::of(&found, &posting.marks));
        files.push((tally.f1(), &posting.file, tally));
        for (kind, span) in found
            .difference(&posting.marks)
            .map(|span| ("extra ", span))
            .chain(posting.marks.difference(&found).map(|span| ("missed", span)))
        {
            let name = &taxonomy.skill(span.2).name;
            let shown = &posting.text[span.0..span.1];
            *often.entry(format!("{kind} {shown} ({name})")).or_default() += 1;
            let _ = writeln!(
                report,
                "{} {kind} {shown:?} as {name}: {}",
                posting.file,
                around(&posting.text, span.0, span.1)
            );
        }
    }
    println!("{report}");
    files.sort_by(|a, b| a.0.total_cmp(&b.0));
    println!("worst files:");
    for (f1, file, tally) in files.iter().take(10) {
        println!("  {file:30} F1 {f1:.3}, {} right, {} extra, {} missed", tally.right, tally.wrong, tally.missed);
    }
    let mut often: Vec<_> = often.into_iter().filter(|(_, times)| *times > 1).collect();
    often.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    println!("most often:");
    for (what, times) in often.iter().take(25) {
        println!("  {times} × {what}");
    }
    println!("{} postings, {} marks", postings.len(), by_span.right + by_span.missed);
    let levels = [
        ("posting and skill", by_skill),
        ("  odd numbers", halves[0]),
        ("  even numbers", halves[1]),
        ("span", by_span),
    ];
    for (level, tally) in levels {
        println!(
            "{level:18} precision {:.3}  recall {:.3}  F1 {:.3}  ({} right, {} extra, {} missed)",
            tally.precision(),
            tally.recall(),
            tally.f1(),
            tally.right,
            tally.wrong,
            tally.missed
        );
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(postings.len() >= POSTINGS, "{} postings, {POSTINGS} are promised", postings.len());
    assert!(by_skill.precision() >= PRECISION, "precision {:.3} is below {PRECISION}", by_skill.precision());
    assert!(by_skill.recall() >= RECALL, "recall {:.3} is below {RECALL}", by_skill.recall());
}

fn labelled(taxonomy: &Taxonomy, faults: &mut Vec<String>) -> Vec<Posting> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/labelled");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let file = path.file_name().unwrap().to_string_lossy().into_owned();
            let marked = std::fs::read_to_string(path).unwrap();
            let body =
                marked.split_once('\n').filter(|(title, _)| !title.contains("[[")).map_or(&*marked, |(_, body)| body);
            strip(file, body, taxonomy, faults)
        })
        .collect()
}

fn strip(file: String, marked: &str, taxonomy: &Taxonomy, faults: &mut Vec<String>) -> Posting {
    let (mut text, mut marks) = (String::new(), BTreeSet::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once("[[") {
        let (mark, after) = after.split_once("]]").unwrap_or_else(|| panic!("{file}: a mark is not closed"));
        let (shown, name) = mark.split_once('|').unwrap_or((mark, mark));
        text.push_str(before);
        match taxonomy.find(name).filter(|id| taxonomy.skill(*id).name == name) {
            Some(skill) => {
                marks.insert((text.len(), text.len() + shown.len(), skill));
            }
            None => faults.push(format!("{file}: no skill has the canonical name {name:?}")),
        }
        text.push_str(shown);
        rest = after;
    }
    text.push_str(rest);
    Posting { file, text, marks }
}

fn around(text: &str, start: usize, end: usize) -> String {
    let from = text[..start].char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    let to = text[end..].char_indices().nth(40).map_or(text.len(), |(at, _)| end + at);
    format!("…{}»{}«{}…", &text[from..start], &text[start..end], &text[end..to]).replace('\n', "⏎")
}

//! How well the end of a posting is found in what it says, measured on labelled texts.
//!
//! See what is read wrongly with `SHOW=tuning cargo test -p openings --test closing -- --nocapture`.

use openings::closing_words;

/// Of what is called closed, so much must be.
const PRECISION: f64 = 0.95;
/// Of what is closed, so much must be found.
const RECALL: f64 = 0.85;

#[test]
fn closing_words_are_found_where_they_are() {
    let mut lines = include_str!("labelled.txt").lines();
    let mut figures = [("tuning", [0_u32; 4]), ("held_out", [0; 4])];
    let mut half = 0;
    for line in &mut lines {
        if let Some(name) = line.strip_prefix("# half ") {
            half = usize::from(name == "held_out");
        }
        let Some((label, text)) = line.split_once('\t') else { continue };
        let said = closing_words(text);
        let (name, counts) = &mut figures[half];
        counts[0] += 1;
        counts[1] += u32::from(label == "closed");
        counts[2] += u32::from(said.is_some());
        counts[3] += u32::from(label == "closed" && said.is_some());
        if (label == "closed") != said.is_some() && std::env::var("SHOW").is_ok_and(|shown| shown == *name) {
            println!("{label}, read {said:?}: {text}");
        }
    }
    for (name, [texts, closed, said, right]) in figures {
        let (precision, recall) = (f64::from(right) / f64::from(said.max(1)), f64::from(right) / f64::from(closed));
        println!(
            "{name}: {texts} texts, {closed} closed, {said} found, {right} right: precision {precision:.3}, recall {recall:.3}"
        );
    }
    for (name, [texts, closed, said, right]) in figures {
        let (precision, recall) = (f64::from(right) / f64::from(said.max(1)), f64::from(right) / f64::from(closed));
        assert!(texts >= 60 && precision >= PRECISION && recall >= RECALL, "{name}: {precision:.3} {recall:.3}");
    }
}

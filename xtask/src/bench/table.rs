//! The figures as a table, and the arithmetic behind them.

use std::time::Duration;

/// One figure.
#[derive(Clone, Debug)]
pub struct Row {
    what: String,
    figure: String,
    bar: String,
    note: String,
}

impl Row {
    /// A figure without a bar.
    pub fn new(what: impl Into<String>, figure: impl Into<String>) -> Row {
        Row { what: what.into(), figure: figure.into(), bar: String::new(), note: String::new() }
    }

    /// What it must reach, and whether it does.
    pub fn bar(mut self, bar: &str, reached: bool) -> Row {
        self.bar = format!("{bar} {}", if reached { "✓" } else { "✗" });
        self
    }

    /// What one has to know beside it.
    pub fn note(mut self, note: impl Into<String>) -> Row {
        self.note = note.into();
        self
    }
}

/// Prints the rows as a Markdown table, aligned for the terminal.
pub fn print(rows: &[Row]) {
    let head = Row { what: "what".into(), figure: "figure".into(), bar: "bar".into(), note: "beside it".into() };
    let cells = |row: &Row| [row.what.clone(), row.figure.clone(), row.bar.clone(), row.note.clone()];
    let all: Vec<[String; 4]> = std::iter::once(&head).chain(rows).map(cells).collect();
    let widths: Vec<usize> = (0..4).map(|i| all.iter().map(|row| row[i].chars().count()).max().unwrap_or(0)).collect();
    for (n, row) in all.iter().enumerate() {
        let padded: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.chars().count())))
            .collect();
        println!("| {} |", padded.join(" | "));
        if n == 0 {
            println!("| {} |", widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join(" | "));
        }
    }
}

/// Timings, to be asked for their percentiles.
pub struct Times(Vec<Duration>);

impl Times {
    /// Takes them in any order.
    pub fn new(mut times: Vec<Duration>) -> Times {
        times.sort_unstable();
        Times(times)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The smallest of them that at least `percent` of a hundred do not exceed (nearest rank); zero without any.
    pub fn percentile(&self, percent: f64) -> Duration {
        let rank = (self.0.len() as f64 * percent / 100.0).ceil() as usize;
        self.0.get(rank.saturating_sub(1)).or(self.0.last()).copied().unwrap_or_default()
    }

    /// The middle one.
    pub fn median(&self) -> Duration {
        self.percentile(50.0)
    }

    /// The longest.
    pub fn worst(&self) -> Duration {
        self.percentile(100.0)
    }
}

/// Milliseconds with as many digits as mean something: `0.85 ms`, `12.3 ms`, `480 ms`.
pub fn ms(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    match ms {
        ..10.0 => format!("{ms:.2} ms"),
        ..100.0 => format!("{ms:.1} ms"),
        _ => format!("{ms:.0} ms"),
    }
}

/// Kibibytes, as `/proc` counts, in MB.
pub fn mb(kib: u64) -> String {
    format!("{:.1} MB", kib as f64 * 1024.0 / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let times = Times::new((1..=200).rev().map(Duration::from_millis).collect());
        let at = |percent| times.percentile(percent).as_millis();
        assert_eq!((at(50.0), at(99.0), at(100.0), at(0.0)), (100, 198, 200, 1));
        assert_eq!(Times::new(vec![]).median(), Duration::ZERO);
    }

    #[test]
    fn figures_are_short() {
        assert_eq!(ms(Duration::from_micros(850)), "0.85 ms");
        assert_eq!(ms(Duration::from_micros(12_340)), "12.3 ms");
        assert_eq!(ms(Duration::from_millis(480)), "480 ms");
        assert_eq!(mb(61_440), "62.9 MB");
    }
}

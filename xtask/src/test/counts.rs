//! Counting tests from what their runners print.

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
}

impl Counts {
    /// Adds a line of `cargo test`: `test result: ok. 12 passed; 0 failed; 1 ignored; …`, one per test binary.
    pub fn cargo_line(&mut self, line: &str) {
        let Some((_, result)) = line.split_once("test result: ") else {
            return;
        };
        self.passed += number_before(result, "passed");
        self.failed += number_before(result, "failed;");
    }

    /// Adds a line of Node's test runner in its `spec` or `tap` form: `ℹ pass 5`, `# fail 0`. Tests that were cancelled (by
    /// a time-out, or because their file ended early) did not pass.
    pub fn node_line(&mut self, line: &str) {
        let mut words = line.split_whitespace().map(uncoloured);
        if !matches!(words.next().as_deref(), Some("ℹ" | "#")) {
            return;
        }
        let (name, number) = (words.next(), words.next().and_then(|word| word.parse::<usize>().ok()));
        match (name.as_deref(), number, words.next()) {
            (Some("pass"), Some(number), None) => self.passed += number,
            (Some("fail" | "cancelled"), Some(number), None) => self.failed += number,
            _ => {}
        }
    }
}

impl Counts {
    /// Adds the last line of the tests of the API: `44 passed, 0 failed`.
    pub fn summary_line(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [passed, "passed,", failed, "failed"] = words[..]
            && let (Ok(passed), Ok(failed)) = (passed.parse::<usize>(), failed.parse::<usize>())
        {
            self.passed += passed;
            self.failed += failed;
        }
    }
}

fn number_before(text: &str, word: &str) -> usize {
    let mut before = 0;
    for part in text.split_whitespace() {
        if part.starts_with(word) {
            return before;
        }
        before = part.parse().unwrap_or(0);
    }
    0
}

/// A word without terminal colours, which both runners may put around it.
fn uncoloured(word: &str) -> String {
    let mut plain = String::new();
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(|c| c.is_ascii_alphabetic());
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_results_add_up() {
        let mut counts = Counts::default();
        counts.cargo_line(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s\n",
        );
        counts.cargo_line("test result: \u{1b}[31mFAILED\u{1b}[0m. 3 passed; 2 failed; 0 ignored; 0 measured\n");
        counts.cargo_line("test passed_and_failed ... ok\n");
        assert_eq!(counts, Counts { passed: 15, failed: 2 });
    }

    #[test]
    fn summaries_add_up() {
        let mut counts = Counts::default();
        for line in
            ["47 passed, 2 failed", "all passed, none failed", "failed: POST /api/v1/jobs: 1 passed, 1 failed too"]
        {
            counts.summary_line(line);
        }
        assert_eq!(counts, Counts { passed: 47, failed: 2 });
    }

    #[test]
    fn node_results_add_up() {
        let mut counts = Counts::default();
        for line in ["ℹ tests 7", "\u{1b}[34mℹ pass 5\u{1b}[39m", "ℹ fail 1", "ℹ cancelled 1", "# pass 2", "✔ pass 9"]
        {
            counts.node_line(line);
        }
        assert_eq!(counts, Counts { passed: 7, failed: 2 });
    }
}

use aho_corasick::AhoCorasick;

/// Many phrases looked for at once, as whole words of a folded text.
pub struct Phrases {
    phrases: Vec<&'static str>,
    automaton: AhoCorasick,
}

impl Phrases {
    /// The phrases of a list such as `nice to have; a plus`.
    ///
    /// # Panics
    /// When the phrases do not fit an automaton, which a list in the source never is long enough for.
    pub fn new(list: &'static str) -> Self {
        let phrases: Vec<&str> = list.split("; ").collect();
        let automaton = AhoCorasick::new(&phrases).expect("a short list of phrases");
        Phrases { phrases, automaton }
    }

    /// Is one of them in the text?
    pub fn any(&self, folded: &str) -> bool {
        self.found(folded).next().is_some()
    }

    /// Those in the text, overlapping ones too, with where they start.
    pub fn found<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = (&'static str, usize)> + 'a {
        self.automaton
            .find_overlapping_iter(folded)
            .filter(|found| super::is_whole(folded, found.start(), found.end()))
            .map(|found| (self.phrases[found.pattern().as_usize()], found.start()))
    }
}

use crate::{Language, LeastPay};
use posting::{Level, Remote, Salary};

/// What somebody looks for. Empty lists ask for nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// Any one of them.
    pub titles: Vec<String>,
    /// Names as the taxonomy writes them; case makes no difference.
    pub skills: Vec<String>,
    /// How many of the skills a posting has to ask for; without titles one at least.
    pub least_skills: u8,
    pub places: Vec<String>,
    pub ways: Vec<Remote>,
    pub pay: Option<LeastPay>,
    pub levels: Vec<Level>,
    pub languages: Vec<Language>,
    /// Words or phrases that must not stand in title or text.
    pub without_words: Vec<String>,
    pub without_companies: Vec<String>,
    /// Numbers of sources, the dearest first.
    pub sources: Vec<u128>,
}

impl Search {
    /// How many skills have to be asked for, after the rule for searches without titles.
    pub fn skills_needed(&self) -> u8 {
        if self.titles.is_empty() { self.least_skills.max(1) } else { self.least_skills }
    }
}

/// A posting, as far as searches look at it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Opening<'a> {
    pub title: &'a str,
    pub company: &'a str,
    pub location: &'a str,
    pub remote: Option<Remote>,
    pub level: Option<Level>,
    pub salary: Option<&'a Salary>,
    /// Names of the skills it asks for, as the taxonomy writes them.
    pub skills: &'a [String],
    pub text: &'a str,
    /// Numbers of the sources it was found at.
    pub sources: &'a [u128],
}

//! How much each factor counts.

use serde::{Deserialize, Serialize};

/// What makes an application pressing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// An interview is near, or nobody was thanked for the last one.
    Interview,
    /// Something ends: the offer, the posting, a task's time.
    Deadline,
    Stage,
    /// Days without an answer.
    Quiet,
    Match,
    /// Pay against what the person wants.
    Pay,
    /// Less work first.
    Effort,
}

impl Factor {
    pub const ALL: [Factor; 7] =
        [Factor::Interview, Factor::Deadline, Factor::Stage, Factor::Quiet, Factor::Match, Factor::Pay, Factor::Effort];

    /// Its word in forms and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Factor::Interview => "interview",
            Factor::Deadline => "deadline",
            Factor::Stage => "stage",
            Factor::Quiet => "quiet",
            Factor::Match => "match",
            Factor::Pay => "pay",
            Factor::Effort => "effort",
        }
    }
}

/// A weight for each factor, of any sum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weights([u32; 7]);

impl Default for Weights {
    /// What cannot wait weighs most: an interview 25, a deadline 25, where it stands 15, silence 15, the match 10, pay 5, effort 5.
    fn default() -> Self {
        Weights([25, 25, 15, 15, 10, 5, 5])
    }
}

impl Weights {
    pub fn get(&self, factor: Factor) -> u32 {
        self.0[factor as usize]
    }

    /// These weights with one factor's multiplied by `percent` hundredths (0 leaves it out), at most by 4.
    pub fn scaled(mut self, factor: Factor, percent: u32) -> Self {
        let weight = &mut self.0[factor as usize];
        // Kept in hundredths, so that small weights can be halved.
        *weight = *weight * percent.min(400) / 100;
        self
    }

    /// The same proportions with a hundred times the steps, to scale without loss.
    pub fn fine(mut self) -> Self {
        self.0 = self.0.map(|weight| weight.saturating_mul(100));
        self
    }

    pub fn sum(&self) -> u32 {
        self.0.iter().sum()
    }
}

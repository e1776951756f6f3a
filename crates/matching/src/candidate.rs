use crate::Key;
use places::{Country, Place};
use posting::{Level, Remote};

/// What matters of a person.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// Skills with their level, 1 to 5. The level is shown, it does not change the score.
    pub skills: Vec<(Key, u8)>,
    /// Skills that the person does not have, but has a close relative of.
    pub relatives: Vec<Relative>,
    /// Where they want to work.
    pub places: Vec<Place>,
    /// Where they live: what a remote job that is open to one country goes by.
    pub country: Option<Country>,
    /// The way of working they want; `None` takes any.
    pub wish: Option<Remote>,
    /// Whether they would move for a job.
    pub relocates: bool,
    pub level: Option<Level>,
}

/// A skill that counts for part because of another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relative {
    /// The skill asked for.
    pub skill: Key,
    /// The skill the person has.
    pub through: Key,
    /// 0 to 1; 0.5 by convention.
    pub part: f32,
}

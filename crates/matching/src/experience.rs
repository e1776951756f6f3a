use crate::EXPERIENCE_WEIGHT;
use posting::Level;
use std::fmt;

/// Why the experience part is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExperienceReason {
    Same(Level),
    /// One step apart.
    Near {
        yours: Level,
        theirs: Level,
    },
    Far {
        yours: Level,
        theirs: Level,
    },
    /// The posting does not say.
    JobUnknown,
    /// The profile does not say.
    YoursUnknown,
}

impl ExperienceReason {
    pub(crate) fn of(yours: Option<Level>, theirs: Option<Level>) -> Self {
        match (yours, theirs) {
            (_, None) => ExperienceReason::JobUnknown,
            (None, _) => ExperienceReason::YoursUnknown,
            (Some(yours), Some(theirs)) => match yours.distance(theirs) {
                0 => ExperienceReason::Same(yours),
                1 => ExperienceReason::Near { yours, theirs },
                _ => ExperienceReason::Far { yours, theirs },
            },
        }
    }

    pub(crate) fn score(self) -> u8 {
        match self {
            ExperienceReason::Same(_) => EXPERIENCE_WEIGHT,
            ExperienceReason::Far { .. } => 0,
            _ => EXPERIENCE_WEIGHT / 2,
        }
    }
}

impl fmt::Display for ExperienceReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExperienceReason::Same(level) => write!(f, "{}, as you are", level.label()),
            ExperienceReason::Near { yours, theirs } => {
                let step = if theirs > yours { "above" } else { "below" };
                write!(f, "{}: one step {step} yours ({})", theirs.label(), yours.label())
            }
            ExperienceReason::Far { yours, theirs } => {
                let side = if theirs > yours { "above" } else { "below" };
                write!(f, "{}: {} steps {side} yours ({})", theirs.label(), yours.distance(*theirs), yours.label())
            }
            ExperienceReason::JobUnknown => f.write_str("The posting does not say how senior: half the points"),
            ExperienceReason::YoursUnknown => {
                f.write_str("Your profile does not say how senior you are: half the points")
            }
        }
    }
}

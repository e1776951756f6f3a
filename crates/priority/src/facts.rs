//! What is known of an application.

use serde::{Deserialize, Serialize};

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Not sent yet.
    Interested,
    /// Sent, no answer.
    Applied,
    /// They talk.
    Interview,
    Offer,
    /// Accepted, rejected, withdrawn: nothing is left to do.
    Over,
}

/// How much work the next step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effort {
    Minutes,
    Hour,
    Hours,
}

/// What the score and the actions look at. What is not known is absent, counts as the middle where that is fair, and says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    pub standing: Standing,
    /// 0 to 100.
    pub match_score: Option<u8>,
    /// Whole days since it came to where it stands.
    pub quiet_days: i64,
    /// Whole days until something ends: the posting, or the offer. Negative when it has ended.
    pub ends_in_days: Option<i64>,
    /// Hours until the next interview.
    pub interview_in_hours: Option<i64>,
    /// Hours since an interview nobody was thanked for yet.
    pub unthanked_hours: Option<i64>,
    /// Pay, offered or named in the posting, as a share of what the person wants: 1.0 is just that.
    pub pay_share: Option<f64>,
    /// Tasks of it that are overdue.
    pub overdue_tasks: u32,
}

impl Facts {
    /// Nothing known but where it stands.
    pub fn new(standing: Standing) -> Self {
        Facts {
            standing,
            match_score: None,
            quiet_days: 0,
            ends_in_days: None,
            interview_in_hours: None,
            unthanked_hours: None,
            pay_share: None,
            overdue_tasks: 0,
        }
    }

    /// How much work the next step is: applying takes hours, preparing an interview about one, writing a line minutes.
    pub fn effort(&self) -> Effort {
        match self.standing {
            Standing::Interested => Effort::Hours,
            Standing::Interview | Standing::Offer => Effort::Hour,
            Standing::Applied | Standing::Over => Effort::Minutes,
        }
    }
}

//! The score: a weighted mean of how pressing each factor is, as whole points that add up to what is shown.

use crate::{
    facts::{Effort, Facts, Standing},
    weights::{Factor, Weights},
};

/// How pressing an application is.
#[derive(Clone, Debug, PartialEq)]
pub struct Priority {
    /// 0 to 100: the sum of the parts' points.
    pub total: u8,
    /// The most points first; those without weight are left out.
    pub parts: Vec<Part>,
}

/// One factor's share.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub factor: Factor,
    /// Points of the total.
    pub points: u8,
    /// What it can give at most.
    pub most: u8,
    pub why: Why,
}

/// What a part is based on, for whoever puts it in words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    InterviewIn { hours: i64 },
    Unthanked { hours: i64 },
    NoInterview,
    EndsIn { days: i64 },
    Overdue { tasks: u32 },
    NoDeadline,
    Stands(Standing),
    Quiet { days: i64 },
    Match(u8),
    MatchUnknown,
    Pay { percent: i64 },
    PayUnknown,
    Effort(Effort),
}

/// Works out the score. An application that is over has none.
pub fn score(facts: &Facts, weights: &Weights) -> Priority {
    if facts.standing == Standing::Over || weights.sum() == 0 {
        return Priority { total: 0, parts: Vec::new() };
    }
    let sum = f64::from(weights.sum());
    let raw: Vec<(Factor, f64, f64, Why)> = Factor::ALL
        .into_iter()
        .filter(|factor| weights.get(*factor) > 0)
        .map(|factor| {
            let (share, why) = pressing(factor, facts);
            let most = f64::from(weights.get(factor)) / sum * 100.0;
            (factor, share.clamp(0.0, 1.0) * most, most, why)
        })
        .collect();
    let points = whole(raw.iter().map(|(_, points, ..)| *points));
    let most = whole(raw.iter().map(|(_, _, most, _)| *most));
    let mut parts: Vec<Part> = raw
        .into_iter()
        .zip(points)
        .zip(most)
        .map(|(((factor, .., why), points), most)| Part { factor, points: points.min(most), most, why })
        .collect();
    parts.sort_by(|a, b| b.points.cmp(&a.points).then(a.factor.cmp(&b.factor)));
    let total = parts.iter().map(|part| part.points).sum();
    Priority { total, parts }
}

/// Rounds so that the whole numbers add up to the rounded sum (largest remainders first).
fn whole(values: impl Iterator<Item = f64>) -> Vec<u8> {
    let values: Vec<f64> = values.collect();
    let mut floors: Vec<u8> = values.iter().map(|value| value.floor().clamp(0.0, 100.0) as u8).collect();
    let wanted = values.iter().sum::<f64>().round().clamp(0.0, 100.0) as usize;
    let have: usize = floors.iter().map(|floor| usize::from(*floor)).sum();
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| (values[*b] - values[*b].floor()).total_cmp(&(values[*a] - values[*a].floor())));
    for at in order.into_iter().take(wanted.saturating_sub(have)) {
        floors[at] += 1;
    }
    floors
}

/// How pressing one factor is, 0 to 1.
fn pressing(factor: Factor, facts: &Facts) -> (f64, Why) {
    match factor {
        Factor::Interview => match (facts.interview_in_hours, facts.unthanked_hours) {
            // A day before it is all that counts; a week before there is time.
            (Some(hours), _) if hours >= 0 => {
                (falling(hours as f64, 24.0, 168.0).max(0.25), Why::InterviewIn { hours })
            }
            (_, Some(hours)) if (0..=72).contains(&hours) => (0.6, Why::Unthanked { hours }),
            _ => (0.0, Why::NoInterview),
        },
        Factor::Deadline => match facts.ends_in_days {
            Some(days) if days >= 0 => (falling(days as f64, 1.0, 14.0), Why::EndsIn { days }),
            _ if facts.overdue_tasks > 0 => (0.8, Why::Overdue { tasks: facts.overdue_tasks }),
            Some(days) => (0.0, Why::EndsIn { days }),
            None => (0.0, Why::NoDeadline),
        },
        Factor::Stage => {
            let share = match facts.standing {
                Standing::Offer => 1.0,
                Standing::Interview => 0.75,
                Standing::Interested => 0.4,
                Standing::Applied => 0.25,
                Standing::Over => 0.0,
            };
            (share, Why::Stands(facts.standing))
        }
        Factor::Quiet => {
            let days = facts.quiet_days.max(0);
            // Silence grows pressing from the first week on; after two months there is hardly an answer to come.
            let share = match days {
                0..=3 => 0.0,
                4..=60 => ((days as f64 - 3.0) / 11.0).min(1.0),
                _ => 0.3,
            };
            (if facts.standing == Standing::Interested { share / 2.0 } else { share }, Why::Quiet { days })
        }
        Factor::Match => match facts.match_score {
            Some(score) => (f64::from(score) / 100.0, Why::Match(score)),
            None => (0.5, Why::MatchUnknown),
        },
        Factor::Pay => match facts.pay_share {
            // From seven tenths of what is wanted (nothing) to one and a half times (all).
            Some(share) if share.is_finite() => {
                ((share - 0.7) / 0.8, Why::Pay { percent: (share.clamp(0.0, 100.0) * 100.0).round() as i64 })
            }
            _ => (0.5, Why::PayUnknown),
        },
        Factor::Effort => {
            let effort = facts.effort();
            let share = match effort {
                Effort::Minutes => 1.0,
                Effort::Hour => 0.6,
                Effort::Hours => 0.2,
            };
            (share, Why::Effort(effort))
        }
    }
}

/// 1 up to `from`, 0 from `to` on, falling evenly between.
fn falling(value: f64, from: f64, to: f64) -> f64 {
    1.0 - ((value - from) / (to - from)).clamp(0.0, 1.0)
}

//! Actions and reasons in words.

use super::FACTORS;
use priority::{Doing, Effort, Factor, Facts, Standing, Why};

/// A factor, as its weight is called.
pub fn factor(factor: Factor) -> &'static str {
    FACTORS[factor as usize].1
}

/// What to do.
pub fn text(doing: Doing, job: &str) -> String {
    match doing {
        Doing::Decide => format!("Decide on the offer: {job}"),
        Doing::Prepare => format!("Prepare the interview: {job}"),
        Doing::Thank => format!("Thank them for the interview: {job}"),
        Doing::ApplyBefore => format!("Apply before it closes: {job}"),
        Doing::Tasks => format!("Do what is overdue: {job}"),
        Doing::FollowUp => format!("Follow up on {job}"),
        Doing::Apply => format!("Apply to {job}"),
    }
}

/// Why it is here.
pub fn reason(doing: Doing, facts: &Facts) -> String {
    match doing {
        Doing::Decide => match facts.ends_in_days.filter(|days| *days >= 0) {
            Some(days) => format!("The offer ends {}.", in_days(days)),
            None => "An offer is waiting for your answer.".into(),
        },
        Doing::Prepare => match facts.interview_in_hours.filter(|hours| *hours >= 0) {
            Some(hours) => format!("The interview is {}.", in_hours(hours)),
            None => "You are in the interview stage there; no date is noted.".into(),
        },
        Doing::Thank => "The interview is over and no thanks are noted yet.".into(),
        Doing::ApplyBefore => format!("It ends {}.", in_days(facts.ends_in_days.unwrap_or_default().max(0))),
        Doing::Tasks => match facts.overdue_tasks {
            1 => "One task of it is overdue.".into(),
            n => format!("{n} tasks of it are overdue."),
        },
        Doing::FollowUp => format!("No answer for {}.", plural(facts.quiet_days, "day")),
        Doing::Apply => format!("It fits by {} of 100.", facts.match_score.unwrap_or_default()),
    }
}

/// What a part of the score is based on.
pub fn why(why: Why) -> String {
    match why {
        Why::InterviewIn { hours } => format!("An interview {}", in_hours(hours)),
        Why::Unthanked { .. } => "An interview is over, without thanks so far".into(),
        Why::NoInterview => "No interview is near".into(),
        Why::EndsIn { days } if days < 0 => "It has ended".into(),
        Why::EndsIn { days } => format!("Ends {}", in_days(days)),
        Why::Overdue { tasks } => format!("{} overdue", plural(i64::from(tasks), "task")),
        Why::NoDeadline => "No deadline is known".into(),
        Why::Stands(standing) => match standing {
            Standing::Interested => "Not sent yet",
            Standing::Applied => "Sent, no answer yet",
            Standing::Interview => "They talk to you",
            Standing::Offer => "There is an offer",
            Standing::Over => "Over",
        }
        .into(),
        Why::Quiet { days } => format!("{} without a move", plural(days, "day")),
        Why::Match(score) => format!("{score} of 100"),
        Why::MatchUnknown => "Not known, counts half".into(),
        Why::Pay { percent } => format!("{percent} % of what you want"),
        Why::PayUnknown => "Not known, counts half".into(),
        Why::Effort(effort) => match effort {
            Effort::Minutes => "A few minutes",
            Effort::Hour => "About an hour",
            Effort::Hours => "Some hours",
        }
        .into(),
    }
}

fn plural(n: i64, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

fn in_days(days: i64) -> String {
    match days {
        0 => "today".into(),
        1 => "tomorrow".into(),
        _ => format!("in {days} days"),
    }
}

fn in_hours(hours: i64) -> String {
    match hours {
        0 => "within the hour".into(),
        1..=36 => format!("in {}", plural(hours, "hour")),
        _ => format!("in {}", plural(hours / 24, "day")),
    }
}

#[cfg(test)]
mod tests {
    use crate::next::{FACTORS, KINDS};
    use priority::{Doing, Factor};

    #[test]
    fn the_forms_fields_stand_in_the_engines_order() {
        for (factor, (field, _)) in Factor::ALL.into_iter().zip(FACTORS) {
            assert_eq!(field, format!("weigh_{}", factor.as_str()));
        }
        for (doing, (field, _)) in Doing::ALL.into_iter().zip(KINDS) {
            assert_eq!(field, format!("suggest_{}", doing.as_str()));
        }
    }
}

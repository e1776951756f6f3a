//! What the steps of all applications say: what was sent, answered and moved. The steps of an application lie together, oldest first.

use crate::applications::{ApplicationStatus, history::store::Told};
use std::collections::HashMap;

/// The step of each application by which it was sent.
pub fn sent(steps: &[Told]) -> impl Iterator<Item = &Told> {
    of_each(steps).filter_map(|steps| steps.iter().find(|step| is_sent(step.status)))
}

/// The step of each application by which it was sent, and the one that was the first answer, if there was one.
pub fn answers(steps: &[Told]) -> impl Iterator<Item = (&Told, Option<&Told>)> {
    of_each(steps).filter_map(|steps| {
        let first = steps.iter().find(|step| is_sent(step.status))?;
        Some((first, steps.iter().find(|step| is_answer(step.status))))
    })
}

/// Each change of stage: the step before, and the step.
pub fn moves(steps: &[Told]) -> impl Iterator<Item = (&Told, &Told)> {
    of_each(steps)
        .flat_map(|steps| steps.iter().zip(steps.iter().skip(1)))
        .filter(|(one, next)| one.stage != next.stage)
}

/// A stage as the person calls it.
pub fn name(names: &HashMap<String, String>, key: &str) -> String {
    names.get(key).cloned().unwrap_or_else(|| key.to_owned())
}

fn of_each(steps: &[Told]) -> impl Iterator<Item = &[Told]> {
    steps.chunk_by(|one, next| one.application_id == next.application_id)
}

fn is_sent(status: ApplicationStatus) -> bool {
    status == ApplicationStatus::Applied || is_answer(status)
}

/// What only the other side brings about.
fn is_answer(status: ApplicationStatus) -> bool {
    matches!(
        status,
        ApplicationStatus::Interview
            | ApplicationStatus::Offer
            | ApplicationStatus::Accepted
            | ApplicationStatus::Rejected
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ApplicationId;
    use ApplicationStatus::{Applied, Interested, Interview, Rejected, Withdrawn};

    fn application(n: u128, steps: &[(i64, ApplicationStatus)]) -> Vec<Told> {
        let told = |(day, status): &(i64, ApplicationStatus)| Told {
            application_id: ApplicationId(uuid::Uuid::from_u128(n)),
            stage: status.as_str().into(),
            status: *status,
            at: chrono::DateTime::UNIX_EPOCH + chrono::Duration::days(*day),
            title: "Baker".into(),
            company: "Acme Mills".into(),
        };
        steps.iter().map(told).collect()
    }

    #[test]
    fn what_was_sent_answered_and_moved_is_counted_once() {
        let all = [
            application(1, &[(1, Interested), (2, Applied), (9, Interview), (12, Rejected)]),
            application(2, &[(3, Applied)]),
            application(3, &[(4, Interested), (5, Withdrawn)]),
            application(4, &[(6, Interview)]),
        ]
        .concat();
        let day = |step: &Told| (step.at - chrono::DateTime::UNIX_EPOCH).num_days();
        assert_eq!(sent(&all).map(day).collect::<Vec<_>>(), [2, 3, 6]);
        assert_eq!(
            answers(&all).map(|(first, answer)| (day(first), answer.map(day))).collect::<Vec<_>>(),
            [(2, Some(9)), (3, None), (6, Some(6))]
        );
        assert_eq!(moves(&all).map(|(_, to)| day(to)).collect::<Vec<_>>(), [2, 9, 12, 5]);
    }
}

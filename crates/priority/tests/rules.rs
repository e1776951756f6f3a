//! The rules of the score and the actions, as sentences.

use priority::{Action, Doing, Factor, Facts, Standing, Weights, Why, actions, score};
use proptest::prelude::*;

fn doings(facts: &Facts) -> Vec<Doing> {
    actions(facts, 10).into_iter().map(|action: Action| action.doing).collect()
}

#[test]
fn what_cannot_wait_comes_first() {
    let weights = Weights::default();
    let total = |facts: &Facts| score(facts, &weights).total;
    let applied = Facts { match_score: Some(80), ..Facts::new(Standing::Applied) };
    let tomorrow = Facts { interview_in_hours: Some(20), ..Facts { standing: Standing::Interview, ..applied.clone() } };
    let next_week = Facts { interview_in_hours: Some(150), ..tomorrow.clone() };
    let offer = Facts { ends_in_days: Some(1), ..Facts { standing: Standing::Offer, ..applied.clone() } };
    assert!(total(&tomorrow) > total(&next_week));
    assert!(total(&next_week) > total(&applied));
    assert!(total(&offer) > total(&Facts { ends_in_days: Some(12), ..offer.clone() }));
}

#[test]
fn every_part_says_what_it_is_based_on() {
    let facts = Facts { match_score: Some(72), quiet_days: 12, pay_share: Some(1.1), ..Facts::new(Standing::Applied) };
    let made = score(&facts, &Weights::default());
    let why = |factor| made.parts.iter().find(|part| part.factor == factor).map(|part| part.why);
    assert_eq!(why(Factor::Match), Some(Why::Match(72)));
    assert_eq!(why(Factor::Quiet), Some(Why::Quiet { days: 12 }));
    assert_eq!(why(Factor::Pay), Some(Why::Pay { percent: 110 }));
    assert_eq!(why(Factor::Interview), Some(Why::NoInterview));
    let unknown = score(&Facts::new(Standing::Applied), &Weights::default());
    assert!(unknown.parts.iter().any(|part| part.why == Why::MatchUnknown && part.points > 0));
}

#[test]
fn actions_follow_from_the_facts() {
    let interested = Facts { match_score: Some(75), ..Facts::new(Standing::Interested) };
    assert_eq!(doings(&interested), [Doing::Apply]);
    assert_eq!(doings(&Facts { ends_in_days: Some(2), ..interested.clone() }), [Doing::ApplyBefore]);
    assert_eq!(doings(&Facts { match_score: Some(40), ..interested.clone() }), []);
    assert_eq!(doings(&Facts { ends_in_days: Some(-1), match_score: None, ..interested }), [], "closed already");
    let applied = Facts::new(Standing::Applied);
    assert_eq!(doings(&applied), []);
    assert_eq!(doings(&Facts { quiet_days: 10, ..applied.clone() }), [Doing::FollowUp]);
    let interview = Facts { standing: Standing::Interview, quiet_days: 20, ..applied };
    assert_eq!(doings(&interview), [Doing::FollowUp, Doing::Prepare]);
    assert_eq!(doings(&Facts { interview_in_hours: Some(30), ..interview.clone() }), [Doing::Prepare]);
    assert_eq!(
        doings(&Facts { unthanked_hours: Some(5), overdue_tasks: 1, quiet_days: 0, ..interview }),
        [Doing::Tasks, Doing::Thank]
    );
    assert_eq!(doings(&Facts { ends_in_days: Some(0), ..Facts::new(Standing::Offer) }), [Doing::Decide]);
    assert_eq!(doings(&Facts { quiet_days: 99, overdue_tasks: 3, ..Facts::new(Standing::Over) }), []);
}

#[test]
fn preferences_move_the_weights() {
    let facts = Facts { match_score: Some(100), ..Facts::new(Standing::Applied) };
    let weights = Weights::default().fine();
    let usual = score(&facts, &weights).total;
    assert!(score(&facts, &weights.clone().scaled(Factor::Match, 300)).total > usual);
    let without = score(&facts, &weights.scaled(Factor::Match, 0));
    assert!(without.parts.iter().all(|part| part.factor != Factor::Match));
}

fn facts() -> impl Strategy<Value = Facts> {
    let standing = prop::sample::select(vec![
        Standing::Interested,
        Standing::Applied,
        Standing::Interview,
        Standing::Offer,
        Standing::Over,
    ]);
    (
        standing,
        prop::option::of(0u8..=100),
        -5i64..500,
        prop::option::of(-400i64..400),
        prop::option::of(-1_000i64..1_000),
        prop::option::of(-10i64..500),
        prop::option::of(prop::num::f64::ANY),
        0u32..5,
    )
        .prop_map(|(standing, match_score, quiet_days, ends, interview, unthanked, pay_share, overdue_tasks)| {
            Facts {
                standing,
                match_score,
                quiet_days,
                ends_in_days: ends,
                interview_in_hours: interview,
                unthanked_hours: unthanked,
                pay_share,
                overdue_tasks,
            }
        })
}

proptest! {
    #[test]
    fn a_score_is_the_sum_of_its_parts(facts in facts(), scale in prop::array::uniform7(0u32..=400)) {
        let weights = Factor::ALL.into_iter().zip(scale).fold(Weights::default().fine(), |weights, (factor, percent)| weights.scaled(factor, percent));
        let made = score(&facts, &weights);
        prop_assert!(made.total <= 100);
        prop_assert_eq!(made.parts.iter().map(|part| u32::from(part.points)).sum::<u32>(), u32::from(made.total));
        for part in &made.parts {
            prop_assert!(part.points <= part.most, "{:?}", part);
        }
        prop_assert!(actions(&facts, 10).windows(2).all(|pair| pair[0].urgency >= pair[1].urgency));
    }

    #[test]
    fn a_better_match_is_never_less_pressing(facts in facts(), a in 0u8..=100, b in 0u8..=100) {
        let with = |score_of| score(&Facts { match_score: Some(score_of), ..facts.clone() }, &Weights::default()).total;
        // Whole points round: one point is the most it can differ.
        prop_assert!(with(a.max(b)) + 1 >= with(a.min(b)));
    }
}

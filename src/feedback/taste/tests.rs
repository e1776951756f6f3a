//! What taste promises: bounds, order, words.

use super::*;
use proptest::prelude::*;

fn about(company: &str, title: &str, skills: &[&str]) -> About {
    About {
        company: company.into(),
        title: title.into(),
        location: "Lyon, France".into(),
        level: Some(Level::Senior),
        skills: skills.iter().map(|skill| (*skill).to_owned()).collect(),
        missing: Vec::new(),
    }
}

fn lesson(verdict: Verdict, reason: Option<Reason>, about: About) -> Lesson {
    Lesson { job: JobId::fresh(), verdict, reason, about }
}

fn adjusted(lessons: &[Lesson], job: &About) -> (i8, Option<String>) {
    Taste::learn(lessons, Vec::new()).adjust(&job.traits())
}

#[test]
fn the_points_of_all_kinds_together_are_the_most() {
    let sum: f64 = KINDS.iter().map(|(_, most)| most).sum();
    assert!((sum - f64::from(MOST)).abs() < f64::EPSILON);
    assert!(KINDS.iter().enumerate().all(|(at, (kind, _))| *kind as usize == at));
}

#[test]
fn what_is_liked_stands_higher_and_says_why() {
    let liked: Vec<Lesson> = (0..3)
        .map(|n| lesson(Verdict::Up, Some(Reason::Skills), about(&format!("Company {n}"), "Engineer", &["Rust"])))
        .collect();
    let (points, words) = adjusted(&liked, &about("Other", "Baker", &["Rust", "SQL"]));
    assert_eq!(points, 2, "4 times 3 of 6");
    assert_eq!(words.as_deref(), Some("A little higher (+2): you liked 3 jobs with Rust."));
    assert_eq!(adjusted(&liked, &about("Other", "Baker", &["SQL"])), (0, None));
}

#[test]
fn a_reason_says_what_is_meant() {
    let one = |reason| [lesson(Verdict::Down, Some(reason), about("Acme Mills GmbH", "Night Baker", &["Bread"]))];
    let same_company = about("Acme Mills", "Clerk", &[]);
    assert_eq!(adjusted(&one(Reason::Company), &same_company).0, -1);
    assert_eq!(adjusted(&one(Reason::NotMyField), &same_company).0, 0);
    let similar = about("Else", "Night Baker", &["Bread"]);
    assert!(adjusted(&one(Reason::LessLikeThis), &similar).0 < adjusted(&one(Reason::NotMyField), &similar).0);
    for reason in [Reason::Pay, Reason::SeenElsewhere, Reason::Other] {
        assert_eq!(adjusted(&one(reason), &similar), (0, None));
    }
    // Of several skills those that were lacking are meant.
    let mut lacking = about("Acme Mills", "Baker", &["Bread", "Cobol"]);
    lacking.missing = vec!["Cobol".into()];
    let lessons: Vec<_> = (0..3).map(|_| lesson(Verdict::Down, Some(Reason::LackingSkills), lacking.clone())).collect();
    assert_eq!(adjusted(&lessons, &about("Else", "Clerk", &["Bread"])), (0, None));
    let words = adjusted(&lessons, &about("Else", "Clerk", &["Cobol"])).1;
    assert_eq!(words.as_deref(), Some("A little lower (−2): you turned down 3 jobs with Cobol."));
}

#[test]
fn levels_and_places_read_well() {
    let mut entry = about("Acme Mills", "Baker", &[]);
    entry.level = Some(Level::Entry);
    let junior: Vec<_> = (0..2).map(|_| lesson(Verdict::Down, Some(Reason::TooJunior), entry.clone())).collect();
    let words = adjusted(&junior, &entry).1;
    assert_eq!(words.as_deref(), Some("A little lower (−1): you turned down 2 entry-level jobs."));
    let near: Vec<_> = (0..2).map(|_| lesson(Verdict::Up, Some(Reason::Place), entry.clone())).collect();
    let words = adjusted(&near, &about("Else", "Clerk", &[])).1;
    assert_eq!(words.as_deref(), Some("A little higher (+1): you liked 2 jobs in Lyon, France."));
}

#[test]
fn mixed_words_name_both_numbers() {
    let at = |verdict| lesson(verdict, Some(Reason::Company), about("Acme Mills", "Baker", &[]));
    let lessons = [at(Verdict::Up), at(Verdict::Up), at(Verdict::Up), at(Verdict::Down)];
    let words = adjusted(&lessons, &about("Acme Mills", "Clerk", &[])).1;
    assert_eq!(words.as_deref(), Some("A little higher (+1): you liked 3 of 4 jobs at Acme Mills."));
}

#[test]
fn a_job_that_was_turned_down_stands_lowest() {
    let lessons = [lesson(Verdict::Down, Some(Reason::Pay), about("Acme Mills", "Baker", &[]))];
    let taste = Taste::learn(&lessons, vec![("crumb systems".into(), "Crumb Systems".into())]);
    let moved = taste.moved(lessons[0].job, &lessons[0].about.traits()).expect("it is moved");
    assert_eq!((moved.points, moved.words.as_str()), (-15, "Much lower (−15): you turned this one down."));
    assert_eq!(taste.hides("crumb systems"), Some("You hid Crumb Systems."));
    assert_eq!(taste.hides("acme mills"), None);
}

fn any_about() -> impl Strategy<Value = About> {
    let words = prop::collection::vec(prop::sample::select(vec!["Baker", "Rust", "Engineer", "Night", "Lead"]), 1..4);
    let skills = prop::collection::vec(prop::sample::select(vec!["Rust", "SQL", "Bread", "Excel"]), 0..4);
    let company = prop::sample::select(vec!["Acme", "Crumb", "Oven"]);
    (words, skills, company).prop_map(|(words, skills, company)| about(company, &words.join(" "), &skills))
}

fn any_lesson() -> impl Strategy<Value = Lesson> {
    let verdict = prop::sample::select(vec![Verdict::Up, Verdict::Down]);
    (verdict, any::<prop::sample::Index>(), any::<bool>(), any_about()).prop_map(|(verdict, which, plain, about)| {
        let reasons = Reason::of(verdict);
        let reason = (!plain).then(|| *which.get(reasons));
        lesson(verdict, reason, about)
    })
}

proptest! {
    #[test]
    fn points_are_bounded_and_told(lessons in prop::collection::vec(any_lesson(), 0..40), job in any_about()) {
        let (points, words) = adjusted(&lessons, &job);
        prop_assert!((-MOST..=MOST).contains(&points));
        prop_assert_eq!(points == 0, words.is_none());
        prop_assert_eq!(points, Taste::learn(&lessons, Vec::new()).points(&job.traits()));
    }

    #[test]
    fn one_more_word_for_or_against_never_turns_round(
        lessons in prop::collection::vec(any_lesson(), 0..20), more in any_lesson(), job in any_about(),
    ) {
        let before = adjusted(&lessons, &job).0;
        let verdict = more.verdict;
        let mut with = lessons.clone();
        with.push(more);
        let after = adjusted(&with, &job).0;
        match verdict {
            Verdict::Up => prop_assert!(after >= before, "{before} to {after}"),
            Verdict::Down => prop_assert!(after <= before, "{before} to {after}"),
        }
        // Taken back, it is as it was.
        prop_assert_eq!(adjusted(&lessons, &job).0, before);
    }

    #[test]
    fn without_a_word_nothing_moves(job in any_about()) {
        prop_assert_eq!(adjusted(&[], &job), (0, None));
        prop_assert!(Taste::learn(&[], Vec::new()).is_empty());
    }
}

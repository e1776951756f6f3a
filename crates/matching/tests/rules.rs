//! The rules of the score, one by one, with the sentence each gives.

use matching::{Candidate, Change, Job, Key, Match, Missing, Reach, Relative, Scorer, gap, rank};
use places::{Country, Place, parse};
use posting::{Level, Remote};

const RUST: Key = Key(1);
const SQL: Key = Key(2);
const POSTGRES: Key = Key(3);
const GO: Key = Key(4);

fn places(text: &str) -> Vec<Place> {
    parse(text).places
}

fn person(skills: &[Key], at: &str, wish: Option<Remote>) -> Candidate {
    let skills = skills.iter().map(|key| (*key, 3)).collect();
    Candidate { skills, places: places(at), wish, ..Candidate::default() }
}

fn job(required: &[Key], preferred: &[Key], remote: Option<Remote>, at: &str) -> Job {
    Job::new(required.to_vec(), preferred.to_vec(), remote, places(at), None)
}

fn explain(candidate: &Candidate, job: &Job) -> Match {
    Scorer::new(candidate).explain(job)
}

#[test]
fn required_skills_weigh_twice_and_relatives_half() {
    let asks = job(&[RUST, POSTGRES], &[GO], None, "");
    let skills = |candidate: &Candidate| explain(candidate, &asks).skills;
    assert_eq!(skills(&person(&[RUST], "", None)).score, 20, "2 of 5");
    assert_eq!(skills(&person(&[GO], "", None)).score, 10, "1 of 5");
    assert_eq!(skills(&person(&[RUST, POSTGRES, GO], "", None)).score, 50);
    let relative = Relative { skill: POSTGRES, through: SQL, part: 0.5 };
    let part = skills(&Candidate { relatives: vec![relative], ..person(&[RUST, SQL], "", None) });
    assert_eq!(part.score, 30, "2 + 1 of 5");
    assert_eq!(part.reason.to_string(), "You have 1 of the 3 skills it asks for, and a close relative of 1 more");
    assert_eq!(part.matched[1].through, Some(SQL));
    assert_eq!(part.missing, [Missing { skill: GO, required: false }]);
}

#[test]
fn unknown_is_half_and_says_so() {
    let found = explain(&Candidate::default(), &Job::default());
    assert_eq!((found.total, found.skills.score, found.location.score, found.experience.score), (50, 25, 15, 10));
    assert_eq!(found.skills.reason.to_string(), "The posting names no skills: half the points");
    assert_eq!(found.location.reason.to_string(), "The posting does not name a place: half the points");
    assert_eq!(found.experience.reason.to_string(), "The posting does not say how senior: half the points");
}

#[test]
fn places_and_ways_of_working() {
    use Remote::{Hybrid, Onsite, Remote as Far};
    let cases = [
        ("Berlin", None, None, "Berlin, Germany", 30, "In Berlin, where you want to work"),
        ("Berlin", Some(Onsite), Some(Onsite), "Berlin", 30, "In Berlin, where you want to work"),
        ("Berlin", Some(Onsite), Some(Hybrid), "Berlin", 30, "In Berlin, where you want to work"),
        ("Bay Area", None, None, "Palo Alto, CA", 30, "In Palo Alto, where you want to work"),
        ("Berlin", None, None, "Munich", 15, "Same country (Germany), but Munich, Germany and not Berlin, Germany"),
        (
            "Los Angeles",
            None,
            None,
            "San Diego, CA",
            15,
            "Same region (California), but San Diego, CA and not Los Angeles, CA",
        ),
        ("Germany", None, None, "Berlin", 15, "Same country (Germany): Berlin, Germany; you named no city there"),
        ("Berlin", None, None, "Germany", 15, "Same country (Germany); the posting names no city"),
        ("Europe", None, None, "Berlin", 15, "Same area (Europe): Berlin, Germany; you named no city there"),
        ("Berlin", None, None, "Paris", 0, "In Paris, France, far from Berlin, Germany"),
        ("Berlin", None, None, "Paris / Berlin", 30, "In Berlin, where you want to work"),
        ("", None, None, "Paris", 15, "Your profile does not name a place: half the points"),
        (
            "Berlin",
            None,
            None,
            "Smallville",
            15,
            "How far Smallville is from Berlin, Germany is not known: half the points",
        ),
        ("Berlin", None, Some(Far), "", 30, "Remote, which you take"),
        ("Berlin", Some(Far), Some(Far), "Germany", 30, "Remote from Germany, where you are"),
        ("Berlin", Some(Far), Some(Far), "EMEA", 30, "Remote from EMEA, where you are"),
        ("Berlin", Some(Far), Some(Far), "Munich", 30, "Remote from Germany, where you are"),
        (
            "",
            Some(Far),
            Some(Far),
            "US",
            30,
            "Remote from United States; your profile does not say whether you can be there",
        ),
        ("Berlin", Some(Far), Some(Far), "US", 0, "Remote, but only from United States; you named Berlin, Germany"),
        ("Berlin", Some(Far), Some(Far), "US / Germany", 30, "Remote from Germany, where you are"),
        (
            "Berlin",
            Some(Far),
            Some(Far),
            "Boston",
            15,
            "Remote, from an office in Boston, MA; it may not be open to Berlin, Germany",
        ),
        (
            "Los Angeles",
            Some(Far),
            Some(Far),
            "Texas",
            15,
            "Remote from Texas, United States; you named Los Angeles, CA",
        ),
        (
            "Berlin",
            Some(Far),
            Some(Onsite),
            "Berlin",
            15,
            "In Berlin, where you want to work; the work is on site, and you asked for remote, which halves the points",
        ),
        (
            "Berlin",
            Some(Far),
            Some(Hybrid),
            "Munich",
            7,
            "Same country (Germany), but Munich, Germany and not Berlin, Germany; the work is hybrid, and you asked for remote, \
          which halves the points",
        ),
        (
            "Berlin",
            Some(Onsite),
            Some(Far),
            "",
            15,
            "Remote; the work is remote, and you asked for on site, which halves the points",
        ),
    ];
    for (at, wish, offer, there, score, sentence) in cases {
        let found = explain(&person(&[], at, wish), &job(&[], &[], offer, there)).location;
        assert_eq!(
            (found.score, found.reason.to_string().as_str()),
            (score, sentence),
            "{at} {wish:?} {there} {offer:?}"
        );
    }
}

#[test]
fn a_will_to_move_and_the_country_lived_in_count() {
    let mover = Candidate { relocates: true, ..person(&[], "Berlin", None) };
    assert_eq!(explain(&mover, &job(&[], &[], None, "Paris")).location.score, 15);
    assert_eq!(explain(&mover, &job(&[], &[], Some(Remote::Remote), "US")).location.reason.reach, Reach::RemoteMove);
    let home = Candidate { country: Country::from_code("US"), ..person(&[], "", None) };
    assert_eq!(explain(&home, &job(&[], &[], Some(Remote::Remote), "US")).location.score, 30);
    assert_eq!(explain(&home, &job(&[], &[], Some(Remote::Remote), "Germany")).location.score, 0);
    assert_eq!(explain(&home, &job(&[], &[], None, "Austin")).location.reason.reach, Reach::SameCountry);
}

#[test]
fn levels_lose_ten_points_a_step() {
    let at = |level| Job::new(vec![], vec![], None, vec![], Some(level));
    let senior = Candidate { level: Some(Level::Senior), ..Candidate::default() };
    let told = |level| explain(&senior, &at(level)).experience;
    assert_eq!((told(Level::Senior).score, told(Level::Senior).reason.to_string()), (20, "Senior, as you are".into()));
    assert_eq!(
        (told(Level::Lead).score, told(Level::Lead).reason.to_string()),
        (10, "Lead: one step above yours (Senior)".into())
    );
    assert_eq!(told(Level::Entry).score, 0);
    assert_eq!(told(Level::Entry).reason.to_string(), "Entry level: 2 steps below yours (Senior)");
    let unsaid = explain(&Candidate::default(), &at(Level::Mid)).experience;
    assert_eq!(
        (unsaid.score, unsaid.reason.to_string().as_str()),
        (10, "Your profile does not say how senior you are: half the points")
    );
}

#[test]
fn says_what_would_change_the_score() {
    let asks = Job::new(vec![RUST, SQL], vec![GO], Some(Remote::Onsite), places("Paris"), Some(Level::Mid));
    let found = explain(&person(&[RUST], "Berlin", Some(Remote::Remote)), &asks);
    assert_eq!(
        found.changes,
        [
            Change::Learn { skill: SQL, points: 20 },
            Change::AddPlace { place: "Paris, France".into(), points: 15 },
            Change::Learn { skill: GO, points: 10 },
            Change::NameLevel { points: 10 },
            Change::Relocate { points: 7 },
        ]
    );
    let sentences: Vec<_> = found.changes.iter().map(Change::to_string).collect();
    assert_eq!(sentences[0], "would add 20 points");
    assert_eq!(sentences[1], "Naming Paris, France as a place you would work would add 15 points");
}

#[test]
fn ranks_best_first_and_keeps_the_order_of_equals() {
    let jobs = [
        job(&[GO], &[], None, ""),
        job(&[RUST], &[], None, ""),
        job(&[GO], &[], None, ""),
        job(&[RUST], &[], None, ""),
    ];
    let scorer = Scorer::new(&person(&[RUST], "", None));
    assert_eq!(rank(&scorer, &jobs, 3), [(1, 75), (3, 75), (0, 25)]);
    assert_eq!(rank(&scorer, &jobs, 0), []);
    assert_eq!(rank(&scorer, &[], 9), []);
}

#[test]
fn the_gap_counts_demand_and_picks_what_helps_most() {
    let jobs = [
        job(&[RUST, SQL], &[], None, ""),
        job(&[RUST, POSTGRES], &[SQL], None, ""),
        job(&[], &[GO], None, ""),
        Job::default(),
    ];
    let half = Relative { skill: POSTGRES, through: SQL, part: 0.5 };
    let scorer = Scorer::new(&Candidate { relatives: vec![half], ..person(&[RUST], "", None) });
    let found = gap::compute(&scorer, &jobs);
    // Weights 4 + 5 + 1 asked; Rust twice and half of Postgres had.
    assert_eq!((found.coverage, found.jobs), (Some(0.5), 3));
    let missing: Vec<_> =
        found.missing.iter().map(|demand| (demand.skill, demand.jobs, demand.in_jobs.clone())).collect();
    assert_eq!(missing, [(SQL, 2, vec![0, 1]), (POSTGRES, 1, vec![1]), (GO, 1, vec![2])]);
    assert_eq!((found.market[0].skill, found.market[0].have, found.market[0].share), (RUST, true, 2.0 / 3.0));
    let learn: Vec<_> = found.learn_next.iter().map(|learn| (learn.skill, learn.completes)).collect();
    assert_eq!(learn, [(GO, 1), (SQL, 1), (POSTGRES, 0)]);
    assert_eq!(
        found.learn_next[0].to_string(),
        "1 job asks for it; it would add 50.0 points; in 1 job it is all you lack"
    );
    assert_eq!(
        found.learn_next[1].to_string(),
        "2 jobs ask for it, 1 as a must; it would add 17.5 points to each on average; in 1 job it is all you lack"
    );
    assert_eq!(gap::compute(&scorer, &[]), gap::Gap::default());
}

//! Postings of many sources: which opening each belongs to, what is over, and what a person says about it.

use crate::support::*;
use career_copilot::{
    db,
    ids::{JobId, PostingId, SourceId, UserId},
    jobs::{self, draft::JobDraft},
    on,
    postings::{self, Found, Numbers, ingest},
};
use posting::{Posting, Remote};

/// What a mill says of a job, long enough to be told from others.
const MILLER: &str = "We grind wheat and rye for forty bakeries in the region and look for somebody who runs the night shift.\n\n\
    You set up the roller mills, watch moisture and temperature, take samples every hour and write down what you see. You clean \
    the sieves, change worn belts and call the fitter when a bearing gets warm. In the morning you hand over to the day shift.\n\n\
    You have run a mill or another plant with moving parts before, you can read a drawing, and you lift bags of 25 kilograms. \
    We pay a supplement for nights and Sundays, and you can buy flour at cost.";

fn posting(company: &str, title: &str, place: &str, text: &str, url: &str) -> Posting {
    Posting {
        company: company.into(),
        title: title.into(),
        location: place.into(),
        description: text.into(),
        source: "greenhouse".into(),
        url: Some(url.into()),
        ..Posting::default()
    }
}

fn miller(url: &str) -> Posting {
    posting("Acme Mills", "Night Shift Miller", "Lyon, France", MILLER, url)
}

fn found(key: &str, posting: Posting) -> Found {
    Found { key: key.into(), posting }
}

async fn take_in(app: &TestApp, source: SourceId, rows: Vec<Found>, whole: bool) -> Numbers {
    ingest::take_in(&app.state, source, rows, whole).await.expect("it is taken in")
}

fn source() -> SourceId {
    SourceId::fresh()
}

/// Id, opening, kind and why it is closed of every posting, oldest first.
async fn all(app: &TestApp) -> Vec<(PostingId, PostingId, Option<String>, Option<String>)> {
    on!(app.state.db.read, |c| sqlx::query_as(
        "SELECT id, opening_id, kind, closed_why FROM postings ORDER BY first_seen, id"
    )
    .fetch_all(c)
    .await)
    .expect("postings")
}

/// Makes a person's job one of an opening that two boards show; answers with the posting that came second.
pub async fn shown_twice(app: &TestApp, job: &str) -> PostingId {
    let title = format!("Zymurgist of hall {job}");
    let text =
        format!("In hall {job} wine and beer are made, and you see to it that both become what they should. {job}");
    let row = |board: &str| {
        found(job, posting("Hall Works", &title, "Graz, Austria", &text, &format!("https://{board}.example.org/{job}")))
    };
    let other = source();
    take_in(app, source(), vec![row("one")], false).await;
    take_in(app, other, vec![row("two")], false).await;
    let (id, opening): (PostingId, PostingId) =
        on!(app.state.db.read, |c| sqlx::query_as("SELECT id, opening_id FROM postings WHERE source_id = $1")
            .bind(other)
            .fetch_one(c)
            .await)
        .expect("the second");
    assert_ne!(id, opening);
    let job: JobId = job.parse().expect("an id");
    on!(app.state.db.write, |c| sqlx::query("UPDATE jobs SET posting_id = $1 WHERE id = $2")
        .bind(opening)
        .bind(job)
        .execute(c)
        .await
        .map(|_| ()))
    .expect("it is made of it");
    id
}

/// A job of the person that was made from an opening.
async fn job_from(app: &TestApp, person: &Person, opening: PostingId) -> String {
    let who = UserId(person.id.parse().expect("an id"));
    let stored =
        postings::store::by_ids(&app.state.db, &[opening]).await.expect("it is read").pop().expect("it is there");
    let draft = JobDraft::from(stored).checked().expect("it can be kept");
    let mut new = jobs::actions::prepare(&app.state, None, JobId::fresh(), draft);
    new.posting = Some(opening);
    let change = app.state.change(who).await;
    let mut change = change.expect("a change");
    let at = change.at;
    jobs::store::insert(&mut change.tx, who, std::slice::from_ref(&new), at).await.expect("it is written");
    change.commit().await.expect("it is kept");
    new.id.to_string()
}

story! {
    async fn a_reading_is_taken_in_once_however_often_it_comes(app: TestApp) {
        let source = source();
        let rows = || vec![
            found("1", miller("https://boards.example.org/mill/1")),
            found("2", posting("Acme Mills", "Baker", "Lyon, France", "We bake at night, and you bake with us.", "https://boards.example.org/mill/2")),
            found("1", miller("https://boards.example.org/mill/1")),
        ];
        let first = take_in(&app, source, rows(), true).await;
        assert_eq!(first, Numbers { found: 3, new: 2, duplicate: 0, gone: 0 });
        let second = take_in(&app, source, rows(), true).await;
        assert_eq!(second, Numbers { found: 3, new: 0, duplicate: 0, gone: 0 });
        assert_eq!(all(&app).await.len(), 2);
    }
}

story! {
    async fn a_row_that_cannot_be_kept_keeps_out_nobody_else(app: TestApp) {
        let rows = vec![
            found("1", posting("", "No company", "Lyon", "", "https://boards.example.org/1")),
            found("2", posting("Acme Mills", "Baker\0", "Lyon", "NUL \0 in the text", "https://boards.example.org/2")),
            found("3", posting("Acme Mills", &"long ".repeat(500), "Lyon", "", "https://boards.example.org/3")),
            found("4", posting("Acme Mills", "Miller", "Lyon", "", "javascript:alert(1)")),
        ];
        let numbers = take_in(&app, source(), rows, true).await;
        assert_eq!((numbers.found, numbers.new), (4, 1), "the baker alone");
    }
}

story! {
    async fn the_same_opening_on_two_boards_is_one_with_the_best_of_both(app: TestApp) {
        let own = miller("https://boards.greenhouse.io/mill/jobs/1");
        let copy = Posting {
            source: "remotive".into(),
            remote: Some(Remote::Onsite),
            company: "ACME Mills Inc.".into(),
            location: "Lyon".into(),
            ..miller("https://remotive.com/jobs/77")
        };
        take_in(&app, source(), vec![found("77", copy)], true).await;
        let numbers = take_in(&app, source(), vec![found("1", own)], true).await;
        assert_eq!((numbers.new, numbers.duplicate), (0, 1));
        let rows = all(&app).await;
        assert_eq!((rows[0].1, rows[1].1, rows[1].2.as_deref()), (rows[0].0, rows[0].0, Some("same")));
        let opening = postings::store::by_ids(&app.state.db, &[rows[0].0]).await.expect("read").pop().expect("one");
        assert_eq!((opening.source.as_str(), opening.company.as_str(), opening.remote), ("greenhouse", "Acme Mills", Some(Remote::Onsite)));
        assert_eq!((opening.sources.len(), opening.id), (2, rows[0].0));
    }
}

story! {
    async fn what_a_company_says_in_all_its_postings_hides_none_of_them(app: TestApp) {
        take_in(&app, source(), vec![found("0", miller("https://mill.example.org/0"))], true).await;
        let shared = MILLER.rsplit("\n\n").next().expect("a paragraph");
        let others = (1..=60).map(|n| {
            let text = format!("Hall {n} keeps {n} silos, {} lorries and {} cats, and somebody who minds them all day long.\n\n{shared}", n * 7, n * 3);
            found(&n.to_string(), posting("Acme Mills", &format!("Keeper of hall {n}"), "Lyon, France", &text, &format!("https://mill.example.org/{n}")))
        });
        let numbers = take_in(&app, source(), others.collect(), true).await;
        assert_eq!((numbers.new, numbers.duplicate), (60, 0));
        let text = format!("Our client is a mill in the region.\n\n{MILLER}");
        let copy = posting("Grain Recruitment", "Night Shift Miller", "Lyon, France", &text, "https://agency.example.org/1");
        let numbers = take_in(&app, source(), vec![found("1", copy)], true).await;
        assert_eq!((numbers.new, numbers.duplicate), (0, 1));
        let rows = all(&app).await;
        let (first, copy) = (&rows[0], rows.last().expect("the copy"));
        assert_eq!((copy.1, copy.2.as_deref()), (first.0, Some("agency_copy")));
    }
}

story! {
    async fn two_servers_that_find_the_same_opening_keep_one(app: TestApp) {
        let other = app.another_node().await;
        let rows = |board: &str| (0..40).map(|n| {
            let title = format!("Miller of hall {n}");
            let text = format!("{MILLER}\n\nThis is the mill of hall number {n}, and no other.");
            found(&n.to_string(), posting("Acme Mills", &title, "Lyon, France", &text, &format!("https://{board}.example.org/{n}")))
        }).collect::<Vec<_>>();
        let (one, two) = tokio::join!(
            take_in(&app, source(), rows("one"), true),
            take_in(&other, source(), rows("two"), true),
        );
        assert_eq!((one.new + two.new, one.duplicate + two.duplicate), (40, 40));
        other.stopped().await;
    }
}

story! {
    async fn what_two_whole_readings_lack_is_closed_and_may_come_back(app: TestApp) {
        let source = source();
        let baker = || found("2", posting("Acme Mills", "Baker", "Lyon, France", "We bake at night.", "https://boards.example.org/2"));
        let both = || vec![found("1", miller("https://boards.example.org/1")), baker()];
        take_in(&app, source, both(), true).await;
        assert_eq!(take_in(&app, source, vec![baker()], false).await.gone, 0, "it was not read to its end");
        assert_eq!(take_in(&app, source, vec![baker()], true).await.gone, 0, "once may be a mistake");
        assert_eq!(take_in(&app, source, vec![], true).await.gone, 0, "nothing at all is the source's trouble");
        assert_eq!(take_in(&app, source, vec![baker()], true).await.gone, 1);
        let why = |rows: &[(PostingId, PostingId, Option<String>, Option<String>)]| rows.iter().filter_map(|row| row.3.clone()).collect::<Vec<_>>();
        assert_eq!(why(&all(&app).await), ["gone"]);
        take_in(&app, source, both(), true).await;
        assert!(why(&all(&app).await).is_empty(), "it is there again");
        let returns: i64 = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT max(returns) FROM postings").fetch_one(c).await).expect("a number");
        assert_eq!(returns, 1);
    }
}

story! {
    async fn a_source_that_loses_most_at_once_is_asked_once_more(app: TestApp) {
        let source = source();
        let rows = |from: usize| (from..30).map(|n| {
            let text = format!("Hall {n} is run by its own crew, and its mill is of another make.");
            found(&n.to_string(), posting("Acme Mills", &format!("Miller of hall {n}"), "Lyon", &text, &format!("https://boards.example.org/{n}")))
        }).collect::<Vec<_>>();
        take_in(&app, source, rows(0), true).await;
        for (gone, reading) in [(0, "first"), (0, "second"), (25, "third")] {
            assert_eq!(take_in(&app, source, rows(25), true).await.gone, gone, "{reading}");
        }
    }
}

story! {
    async fn a_posting_that_says_it_is_over_is_closed_at_once(app: TestApp) {
        let over = Posting { closes_on: Some((db::now() - chrono::Duration::days(3)).date_naive()), ..miller("https://boards.example.org/1") };
        let filled = posting("Acme Mills", "Baker", "Lyon", "This position has been filled. Thank you for your interest.", "https://boards.example.org/2");
        take_in(&app, source(), vec![found("1", over), found("2", filled)], true).await;
        let why: Vec<_> = all(&app).await.into_iter().map(|row| row.3).collect();
        assert_eq!(why, [Some("day_over".to_owned()), Some("said".to_owned())]);
    }
}

story! {
    async fn the_job_page_says_whether_it_is_open_and_where_it_is_shown(app: TestApp) {
        let (mill, remotive) = (source(), source());
        take_in(&app, mill, vec![found("1", miller("https://boards.greenhouse.io/mill/jobs/1"))], true).await;
        take_in(&app, remotive, vec![found("77", Posting { source: "remotive".into(), ..miller("https://remotive.com/jobs/77") })], true).await;
        let (ann, bert) = (app.person("ann").await, app.person("bert").await);
        let rows = all(&app).await;
        let job = job_from(&app, &ann, rows[0].0).await;
        let theirs = job_from(&app, &bert, rows[0].0).await;
        let mut browser = ann.browser().await;
        let view = browser.call("load_job", &[("id", &job)]).await.ok();
        assert_eq!(view["opening"]["standing"], json!({ "state": "open" }));
        let seen = view["opening"]["seen_on"].as_array().expect("places").clone();
        assert_eq!((seen.len(), &seen[0]["board"], &seen[1]["board"], &seen[1]["kind"]), (2, &json!("Greenhouse"), &json!("Remotive"), &json!("same")));
        assert!(seen[1]["reason"].as_str().is_some_and(|reason| reason.len() > 10) && seen[0]["kind"].is_null());

        // "Not the same" makes it a job of its own, for this person alone, and stays.
        let posting = seen[1]["posting"].as_str().expect("an id").to_owned();
        let page = browser.call("keep_apart", &[("id", &job), ("posting", &posting)]).await.ok();
        let own = page.as_str().and_then(|page| page.strip_prefix("/jobs/")).expect("a job's page").to_owned();
        assert_eq!(browser.call("keep_apart", &[("id", &job), ("posting", &posting)]).await.ok(), page, "said again, nothing changes");
        let view = browser.call("load_job", &[("id", &own)]).await.ok();
        assert_eq!((&view["job"]["source"], view["opening"]["seen_on"].as_array().map(Vec::len)), (&json!("remotive"), Some(1)));
        take_in(&app, remotive, vec![found("77", Posting { source: "remotive".into(), ..miller("https://remotive.com/jobs/77") })], true).await;
        let view = browser.call("load_job", &[("id", &job)]).await.ok();
        assert_eq!(view["opening"]["seen_on"][1]["apart"], json!(true));
        let mut other = bert.browser().await;
        assert_eq!(other.call("load_job", &[("id", &theirs)]).await.ok()["opening"]["seen_on"][1]["apart"], json!(false));
        browser.call("put_together", &[("id", &job), ("posting", &posting)]).await.ok();
        assert_eq!(browser.call("load_job", &[("id", &job)]).await.ok()["opening"]["seen_on"][1]["apart"], json!(false));
        for id in [&rows[0].0.to_string(), &uuid::Uuid::now_v7().to_string()] {
            browser.call("keep_apart", &[("id", &job), ("posting", id)]).await.status(404);
        }

        // Closed once no board has it any more.
        let other_row = || vec![found("9", posting_of("Oven Fitter"))];
        for source in [mill, remotive] {
            for _ in 0..2 {
                take_in(&app, source, other_row(), true).await;
            }
        }
        let view = browser.call("load_job", &[("id", &job)]).await.ok();
        assert_eq!(view["opening"]["standing"]["state"], "closed");
        assert!(view["opening"]["standing"]["reason"].as_str().is_some_and(|reason| reason.contains("board")));
        let written = ann.job(json!({ "company": "Acme Mills", "title": "By hand" })).await;
        assert!(browser.call("load_job", &[("id", &written)]).await.ok()["opening"].is_null());
    }
}

fn posting_of(title: &str) -> Posting {
    posting(
        "Acme Mills",
        title,
        "Lyon",
        "You mend ovens in the whole region, with a car of ours.",
        "https://boards.example.org/9",
    )
}

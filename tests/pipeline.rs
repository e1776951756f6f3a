//! Stages, histories, and taking back.

use crate::support::{postings, *};
use rand::{Rng, SeedableRng, rngs::StdRng};

/// An application of a fresh job.
async fn application(ann: &Person, title: &str, status: &str) -> String {
    let job = ann.job(postings::titled(title)).await;
    ann.post("/api/v1/applications", json!({ "job_id": job, "status": status })).await.created().id()
}

fn bundle(done: &Value) -> String {
    done["bundle"].as_str().unwrap_or_else(|| panic!("nothing was done: {done}")).to_owned()
}

async fn stages(browser: &mut Browser) -> Vec<String> {
    let all = browser.call("load_stages", &[]).await.ok();
    all.as_array()
        .expect("stages")
        .iter()
        .map(|one| one["stage"]["name"].as_str().expect("a name").to_owned())
        .collect()
}

story! {
    async fn everybody_begins_with_the_same_stages(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        assert_eq!(
            stages(&mut browser).await,
            ["Interested", "Applied", "Screening", "Interview", "Offer", "Accepted", "Rejected", "Withdrawn", "Ghosted"]
        );
        // A stage more, and an application in it: programs see what it stands for.
        browser.call("save_stage", &[("name", "Take-home test"), ("status", "interview"), ("colour", "orange")]).await.ok();
        let all = browser.call("load_stages", &[]).await.ok();
        let key = all[9]["stage"]["key"].as_str().expect("a key").to_owned();
        let id = application(&ann, "Baker", "applied").await;
        browser.call("move_application", &[("id", &id), ("stage", &key)]).await.ok();
        let seen = ann.get(&format!("/api/v1/applications/{id}")).await.ok();
        assert_eq!((&seen["status"], &seen["stage"]), (&json!("interview"), &json!(key)));
        // The status it has keeps it where it is; another one moves it to the first stage of that status.
        let put = async |status: &str| ann.put(&format!("/api/v1/applications/{id}"), json!({ "status": status, "stage": key })).await.ok();
        assert_eq!(put("interview").await["stage"], key.as_str());
        assert_eq!(put("offer").await["stage"], "offer");
        browser.call("move_application", &[("id", &id), ("stage", &key)]).await.ok();
        // It stands for something else now: the application and its job follow.
        browser.call("save_stage", &[("key", &key), ("name", "Signed"), ("status", "accepted"), ("colour", "green")]).await.ok();
        let seen = ann.get(&format!("/api/v1/applications/{id}")).await.ok();
        assert_eq!(seen["status"], "accepted");
        let job = seen["job_id"].as_str().expect("a job");
        assert_eq!(ann.get(&format!("/api/v1/jobs/{job}")).await.ok()["status"], "accepted");
        // To the left, and away: what is in it goes where it is told to.
        browser.call("shift_stage", &[("key", &key), ("later", "false")]).await.ok();
        assert_eq!(stages(&mut browser).await[8], "Signed");
        browser.call("remove_stage", &[("key", &key), ("into", "")]).await.invalid("into");
        browser.call("remove_stage", &[("key", &key), ("into", "rejected")]).await.ok();
        assert_eq!(ann.get(&format!("/api/v1/applications/{id}")).await.ok()["stage"], "rejected");
        let steps = browser.call("application_steps", &[("id", &id)]).await.ok();
        let names: Vec<&str> = steps.as_array().expect("steps").iter().map(|step| step["name"].as_str().expect("a name")).collect();
        assert_eq!(names, ["Applied", "Signed", "Offer", "Signed", "Rejected"], "a removed stage is still named");
    }
}

story! {
    async fn a_pipeline_stays_whole(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let save = |name: &'static str, status: &'static str, colour: &'static str| vec![("name", name), ("status", status), ("colour", colour)];
        assert_eq!(browser.call("save_stage", &save("", "interview", "teal")).await.invalid("name"), "Please give the stage a name.");
        assert_eq!(browser.call("save_stage", &save("Offer ", "interview", "teal")).await.invalid("name"), "There is a stage with this name already.");
        browser.call("save_stage", &save("x", "hired", "teal")).await.invalid("status");
        browser.call("save_stage", &save("x", "interview", "pink")).await.invalid("colour");
        browser.call("save_stage", &save("a name that is much longer than forty characters", "interview", "teal")).await.invalid("name");
        // Every status keeps a stage.
        let said = browser.call("remove_stage", &[("key", "offer"), ("into", "applied")]).await.invalid("key");
        assert!(said.starts_with("This is the only stage that stands for “Offer”"), "{said}");
        browser.call("save_stage", &[("key", "offer"), ("name", "Offer"), ("status", "rejected"), ("colour", "red")]).await.invalid("status");
        browser.call("remove_stage", &[("key", "ghosted")]).await.ok();
        browser.call("remove_stage", &[("key", "nonsense")]).await.missing_function();
        for n in 0..12 {
            browser.call("save_stage", &[("name", &format!("Stage {n}")), ("status", "interview"), ("colour", "blue")]).await.ok();
        }
        browser.call("save_stage", &save("One more", "interview", "teal")).await.invalid("name");
    }
}

story! {
    async fn every_act_can_be_taken_back(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let id = application(&ann, "Baker", "interested").await;
        let path = format!("/api/v1/applications/{id}");
        let now = async || ann.get(&path).await.ok();
        let job = now().await["job_id"].as_str().expect("a job").to_owned();
        let job_now = async || ann.get(&format!("/api/v1/jobs/{job}")).await.ok();
        // A move: stage, status, date and the job go back.
        let moved = browser.call("move_application", &[("id", &id), ("stage", "applied"), ("note", "By the portal")]).await.ok();
        assert_eq!(job_now().await["status"], "applied");
        browser.call("take_back", &[("id", &bundle(&moved))]).await.ok();
        assert_eq!((&now().await["status"], &now().await["applied_at"]), (&json!("interested"), &Value::Null));
        assert_eq!((&job_now().await["status"], &job_now().await["date_applied"]), (&json!("not_applied"), &Value::Null));
        // Only once.
        browser.call("take_back", &[("id", &bundle(&moved))]).await.missing_function();
        // Notes, unless they were changed again since.
        let first = browser.call("save_notes", &[("id", &id), ("notes", "one")]).await.ok();
        let second = browser.call("save_notes", &[("id", &id), ("notes", "two")]).await.ok();
        assert_eq!(browser.call("take_back", &[("id", &bundle(&first))]).await.status, 409);
        assert_eq!(now().await["notes"], "two");
        browser.call("take_back", &[("id", &bundle(&second))]).await.ok();
        browser.call("take_back", &[("id", &bundle(&first))]).await.ok();
        assert_eq!(now().await["notes"], "");
        // Removing: the bin, and back with everything.
        browser.call("move_application", &[("id", &id), ("stage", "offer")]).await.ok();
        browser.call("save_notes", &[("id", &id), ("notes", "keep me")]).await.ok();
        let before = now().await;
        let removed = browser.call("remove_application", &[("id", &id)]).await.ok();
        ann.get(&path).await.missing();
        assert_eq!(job_now().await["status"], "not_applied");
        browser.call("take_back", &[("id", &bundle(&removed))]).await.ok();
        let after = now().await;
        assert_eq!((&after["stage"], &after["notes"], &after["applied_at"]), (&before["stage"], &before["notes"], &before["applied_at"]));
        assert_eq!(job_now().await["status"], "offer");
        // Applying again to a job whose application rests in the bin brings it back with its notes.
        browser.call("remove_application", &[("id", &id)]).await.ok();
        browser.call("apply", &[("job_id", &job)]).await.ok();
        let again = now().await;
        assert_eq!((&again["status"], &again["notes"]), (&json!("applied"), &json!("keep me")));
    }
}

story! {
    async fn a_step_in_the_middle_can_be_taken_back_and_corrected(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let id = application(&ann, "Baker", "interested").await;
        on_steps_age(&app, 10).await;
        let at = |days: i64| (chrono::Utc::now() - chrono::Duration::days(days)).format("%Y-%m-%dT%H:%M").to_string();
        for (stage, days) in [("applied", 8), ("interview", 5), ("offer", 2)] {
            browser.call("move_application", &[("id", &id), ("stage", stage), ("at", &at(days))]).await.ok();
        }
        let said = browser.call("move_application", &[("id", &id), ("stage", "accepted"), ("at", &at(4))]).await.invalid("at");
        assert!(said.starts_with("It came to where it is on "), "{said}");
        browser.call("move_application", &[("id", &id), ("stage", "accepted"), ("at", &at(-1))]).await.invalid("at");
        browser.call("move_application", &[("id", &id), ("stage", "accepted"), ("at", "soon")]).await.invalid("at");
        let steps = async |browser: &mut Browser| browser.call("application_steps", &[("id", &id)]).await.ok();
        let all = steps(&mut browser).await;
        let seen = ann.get(&format!("/api/v1/applications/{id}")).await.ok();
        assert_eq!(seen["applied_at"], all[1]["at"], "it was sent when the step says");
        assert_eq!(seen["stage_since"], all[3]["at"]);
        // Correcting keeps the order.
        let interview = all[2].id();
        browser.call("change_step", &[("id", &interview), ("at", &at(9))]).await.invalid("at");
        let corrected = browser.call("change_step", &[("id", &interview), ("at", &at(6)), ("note", "On the phone")]).await.ok();
        assert_eq!(steps(&mut browser).await[2]["note"], "On the phone");
        browser.call("take_back", &[("id", &bundle(&corrected))]).await.ok();
        assert_eq!(steps(&mut browser).await, all);
        // Applied a day earlier: when it was sent follows.
        browser.call("change_step", &[("id", &all[1].id()), ("at", &at(9))]).await.ok();
        let seen = ann.get(&format!("/api/v1/applications/{id}")).await.ok();
        assert_eq!(seen["applied_at"], steps(&mut browser).await[1]["at"]);
        // One of the middle away: it stands where it stood.
        let middle = all[2]["bundle"].as_str().expect("a bundle");
        browser.call("take_back", &[("id", middle)]).await.ok();
        let left = steps(&mut browser).await;
        let names: Vec<&str> = left.as_array().expect("steps").iter().map(|step| step["name"].as_str().expect("a name")).collect();
        assert_eq!(names, ["Interested", "Applied", "Offer"]);
        assert_eq!(ann.get(&format!("/api/v1/applications/{id}")).await.ok()["stage"], "offer");
        assert!(browser.open(&format!("/applications/{id}")).await.page().contains("Take back"));
    }
}

/// Makes the steps there are older.
async fn on_steps_age(app: &TestApp, days: i64) {
    use career_copilot::{db, on};
    let at = db::now() - chrono::Duration::days(days);
    on!(app.state.db.write, |c| sqlx::query("UPDATE application_steps SET at = $1")
        .bind(at)
        .execute(c)
        .await
        .map(|_| ()))
    .expect("time passes");
}

story! {
    async fn many_are_moved_and_removed_as_one(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let mut ids = Vec::new();
        for n in 0..5 {
            ids.push(application(&ann, &format!("Baker {n}"), "applied").await);
        }
        let chosen = ids[..3].join("\n");
        let done = browser.call("move_chosen", &[("chosen", &chosen), ("stage", "rejected")]).await.ok();
        assert_eq!(done["count"], 3);
        let count = async |browser: &mut Browser, stage: &str| browser.call("load_tracker", &[("query[stage]", stage)]).await.ok()["total"].clone();
        assert_eq!(count(&mut browser, "rejected").await, 3);
        // One is changed again: the others go back, and it is named.
        browser.call("remove_application", &[("id", &ids[0])]).await.ok();
        let back = browser.call("take_back", &[("id", &bundle(&done))]).await.ok();
        assert_eq!((&back["count"], back["kept"].as_array().map(Vec::len)), (&json!(2), Some(1)), "one of them rests in the bin");
        let removed = browser.call("remove_chosen", &[("chosen", &ids[1..].join("\n"))]).await.ok();
        assert_eq!((&removed["count"], count(&mut browser, "").await), (&json!(4), json!(0)));
        let back = browser.call("take_back", &[("id", &bundle(&removed))]).await.ok();
        assert_eq!((&back["count"], count(&mut browser, "").await), (&json!(4), json!(4)));
        browser.call("move_chosen", &[("chosen", ""), ("stage", "offer")]).await.invalid("chosen");
        browser.call("move_chosen", &[("chosen", &ids[1]), ("stage", "nonsense")]).await.invalid("stage");
        // All or none: an id that is nobody's changes nothing.
        let mixed = format!("{}\n{}", ids[1], uuid::Uuid::now_v7());
        assert_eq!(browser.call("move_chosen", &[("chosen", &mixed), ("stage", "offer")]).await.status, 404);
        assert_eq!(count(&mut browser, "offer").await, 0);
    }
}

story! {
    async fn what_was_changed_elsewhere_meanwhile_is_not_overwritten(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let id = application(&ann, "Baker", "applied").await;
        let path = format!("/api/v1/applications/{id}");
        let version = ann.get(&path).await.ok()["version"].to_string();
        browser.call("save_notes", &[("id", &id), ("notes", "from the phone"), ("version", &version)]).await.ok();
        let answer = browser.call("save_notes", &[("id", &id), ("notes", "from the laptop"), ("version", &version)]).await;
        assert_eq!(answer.status, 409);
        assert_eq!(browser.call("move_application", &[("id", &id), ("stage", "offer"), ("version", &version)]).await.status, 409);
        ann.put(&path, json!({ "status": "offer", "version": 1 })).await.refused(409, "conflict");
        let now = ann.get(&path).await.ok();
        assert_eq!((&now["notes"], &now["status"]), (&json!("from the phone"), &json!("applied")));
        ann.put(&path, json!({ "status": "offer", "version": now["version"], "notes": now["notes"] })).await.ok();
    }
}

story! {
    async fn the_tracker_filters_sorts_and_pages(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(postings::fitting_profile()).await;
        let mut browser = ann.browser().await;
        for (title, status) in [("Zebra keeper", "applied"), ("Ant keeper", "offer"), ("Mole keeper", "applied")] {
            application(&ann, title, status).await;
        }
        let job = ann.job(postings::fitting()).await;
        ann.post("/api/v1/applications", json!({ "job_id": job })).await.created();
        let titles = async |browser: &mut Browser, query: &[(&str, &str)]| {
            let tracker = browser.call("load_tracker", query).await.ok();
            tracker["lines"].as_array().expect("lines").iter().map(|line| line["title"].as_str().expect("a title").to_owned()).collect::<Vec<_>>()
        };
        let table = ("query[view]", "table");
        assert_eq!(
            titles(&mut browser, &[table, ("query[sort]", "title")]).await,
            ["Ant keeper", "Mole keeper", "Senior Data Engineer", "Zebra keeper"]
        );
        assert_eq!(titles(&mut browser, &[table, ("query[sort]", "-score"), ("query[min_score]", "60")]).await, ["Senior Data Engineer"]);
        assert_eq!(titles(&mut browser, &[table, ("query[group]", "stage"), ("query[sort]", "title"), ("query[q]", "KEEP")]).await, ["Mole keeper", "Zebra keeper", "Ant keeper"]);
        assert_eq!(titles(&mut browser, &[("query[show]", "1")]).await.len(), 2, "one of each stage");
        assert_eq!(titles(&mut browser, &[table, ("query[quiet]", "7")]).await, Vec::<String>::new());
        for sort in ["company", "-company", "title", "-title", "stage", "-stage", "score", "-score", "applied", "-applied", "since", "-since", "'; --"] {
            for group in ["", "stage", "company", "source"] {
                assert_eq!(titles(&mut browser, &[table, ("query[sort]", sort), ("query[group]", group)]).await.len(), 4, "{sort} {group}");
            }
        }
        for page in ["/applications", "/applications?view=table&group=stage&column=source&column=place", "/applications?q=nothing", "/applications/stages"] {
            browser.open(page).await.page();
        }
        let page = browser.open("/applications?view=table&q=zebra").await.page();
        assert!(page.contains("Zebra keeper") && !page.contains("Ant keeper"));
        // A view keeps filters under a name; the same name again replaces them.
        browser.call("save_view", &[("name", "Zoo"), ("query", "?q=keeper")]).await.ok();
        browser.call("save_view", &[("name", "zoo"), ("query", "q=keeper&view=table")]).await.ok();
        let views = browser.call("load_tracker", &[("query[q]", "")]).await.ok()["views"].clone();
        assert_eq!((views.as_array().map(Vec::len), &views[0]["query"]), (Some(1), &json!("q=keeper&view=table")));
        browser.call("save_view", &[("name", " "), ("query", "")]).await.invalid("name");
        browser.call("save_view", &[("name", "x"), ("query", &"q".repeat(3_000))]).await.invalid("query");
    }
}

story! {
    async fn the_posting_stays_as_it_was(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let mut body = postings::baker();
        body["description"] = json!("You bake at night.\n\n- Bread\n- Cake");
        let job = ann.job(body.clone()).await;
        let id = ann.post("/api/v1/applications", json!({ "job_id": job })).await.created().id();
        body["description"] = json!("This posting has been filled.");
        ann.put(&format!("/api/v1/jobs/{job}"), body).await.ok();
        let page = browser.open(&format!("/applications/{id}")).await.page();
        assert!(page.contains("You bake at night.") && !page.contains("has been filled"));
        browser.call("save_notes", &[("id", &id), ("notes", "Ask about **nights** <img src=x onerror=alert(1)>")]).await.ok();
        let page = browser.open(&format!("/applications/{id}")).await.page();
        assert!(page.contains("<strong>nights</strong>") && !page.contains("<img src=x"), "notes are shown as Markdown, safely");
    }
}

/// What the model knows of a step.
#[derive(Clone, Debug)]
struct Known {
    stage: &'static str,
    at: i64,
    bundle: String,
    /// Position in the order of making, for steps of one moment.
    made: usize,
}

const STATUS: [(&str, &str, &str); 9] = [
    ("interested", "interested", "not_applied"),
    ("applied", "applied", "applied"),
    ("screening", "interview", "interview"),
    ("interview", "interview", "interview"),
    ("offer", "offer", "offer"),
    ("accepted", "accepted", "accepted"),
    ("rejected", "rejected", "rejected"),
    ("withdrawn", "withdrawn", "withdrawn"),
    ("ghosted", "rejected", "rejected"),
];

story! {
    /// Any sequence of moves, back-dated moves, takings back, removals and returns, some from an outdated version, keeps stage,
    /// status, dates and the job as a list of steps says. The model is that list.
    async fn any_sequence_of_acts_keeps_everything_consistent(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        for seed in 0..4u64 {
            let mut dice = StdRng::seed_from_u64(seed);
            let id = application(&ann, &format!("Baker {seed}"), "interested").await;
            let path = format!("/api/v1/applications/{id}");
            let made = ann.get(&path).await.ok();
            let job = made["job_id"].as_str().expect("a job").to_owned();
            // The first step rests in the past, so that later ones can be back-dated. Minutes, as a form has them.
            on_steps_age(&app, 30).await;
            let begin: i64 = chrono::Utc::now().timestamp() / 60 - 20 * 1_440;
            let mut model: Vec<Known> = Vec::new();
            let mut clock = begin;
            let mut binned: Option<String> = None;
            for turn in 0..25 {
                match dice.random_range(0..10) {
                    0..5 if binned.is_none() => {
                        let stage = STATUS[dice.random_range(0..STATUS.len())].0;
                        // Now and then earlier than what is there already.
                        clock += dice.random_range(-200..600);
                        let at = chrono::DateTime::from_timestamp(clock * 60, 0).expect("a moment").format("%Y-%m-%d %H:%M").to_string();
                        let standing = model.iter().max_by_key(|step| (step.at, step.made)).map_or("interested", |step| step.stage);
                        let latest = model.iter().map(|step| step.at).max().unwrap_or(0);
                        let answer = browser.call("move_application", &[("id", &id), ("stage", stage), ("at", &at)]).await;
                        if stage == standing {
                            assert_eq!(answer.ok()["bundle"], Value::Null, "it is there already");
                        } else if clock < latest {
                            answer.invalid("at");
                        } else {
                            model.push(Known { stage, at: clock, bundle: bundle(&answer.ok()), made: turn });
                        }
                    }
                    5 | 6 if !model.is_empty() && binned.is_none() => {
                        let step = model.remove(dice.random_range(0..model.len()));
                        browser.call("take_back", &[("id", &step.bundle)]).await.ok();
                    }
                    7 if binned.is_none() => {
                        binned = Some(bundle(&browser.call("remove_application", &[("id", &id)]).await.ok()));
                    }
                    8 if binned.is_none() => {
                        let stale = browser.call("move_application", &[("id", &id), ("stage", "offer"), ("version", "0")]).await;
                        assert_eq!(stale.status, 409, "made from an outdated version");
                    }
                    _ => {
                        if let Some(bundle) = binned.take() {
                            browser.call("take_back", &[("id", &bundle)]).await.ok();
                        }
                    }
                }
                let of_job = ann.get(&format!("/api/v1/jobs/{job}")).await.ok();
                if binned.is_some() {
                    ann.get(&path).await.missing();
                    assert_eq!((&of_job["status"], &of_job["date_applied"]), (&json!("not_applied"), &Value::Null), "seed {seed}, turn {turn}");
                    continue;
                }
                let mut ordered = model.clone();
                ordered.sort_by_key(|step| (step.at, step.made));
                let stands = ordered.last().map_or("interested", |step| step.stage);
                let (_, status, job_status) = STATUS.iter().find(|(key, ..)| *key == stands).expect("a stage");
                let now = ann.get(&path).await.ok();
                let told = format!("seed {seed}, turn {turn}: {ordered:?} against {now}");
                assert_eq!((&now["stage"], &now["status"], &of_job["status"]), (&json!(stands), &json!(status), &json!(job_status)), "{told}");
                let minute = |value: &Value| value.as_str().map(|at| at.parse::<chrono::DateTime<chrono::Utc>>().expect("a moment").timestamp() / 60);
                if let Some(last) = ordered.last() {
                    assert_eq!(minute(&now["stage_since"]), Some(last.at), "{told}");
                }
                // Whoever is past the first stage was sent, and the job says on which day.
                assert!(*status == "interested" || now["applied_at"] != Value::Null, "{told}");
                let day = now["applied_at"].as_str().map_or(Value::Null, |at| json!(&at[..10]));
                assert_eq!(of_job["date_applied"], day, "{told}");
                let steps = browser.call("application_steps", &[("id", &id)]).await.ok();
                assert_eq!(steps.as_array().map(Vec::len), Some(ordered.len() + 1), "{told}");
            }
        }
    }
}

//! Searches: written, held against what is here and what arrives, delivered once, told once.

use crate::support::{postings as people, *};
use career_copilot::{
    db,
    ids::{SourceId, UserId},
    on,
    postings::{Found, ingest},
    searches::{delivery, matching},
    state::App,
};
use posting::{Level, Posting, Remote};

/// A baker's posting of a company, unlike those of all others.
pub fn baker(company: &str) -> Posting {
    let own: Vec<String> = (0..60).map(|n| format!("{}{n}", company.replace(' ', ""))).collect();
    Posting {
        company: company.into(),
        title: "Night Baker (m/f/d)".into(),
        location: "Lyon, France".into(),
        remote: Some(Remote::Onsite),
        description: format!("{} needs a calm hand.", own.join(" ")),
        tech_stack: vec!["Python".into(), "SQL".into()],
        experience_level: Some(Level::Senior),
        source: "greenhouse".into(),
        url: Some(format!("https://jobs.example.org/{}/1", company.to_lowercase().replace(' ', "-"))),
        ..Posting::default()
    }
}

/// A source nobody else has.
pub async fn arrive(app: &App, all: Vec<Posting>) {
    let source = SourceId::fresh();
    let rows = all.into_iter().enumerate().map(|(n, posting)| Found { key: n.to_string(), posting }).collect();
    ingest::take_in(app, source, rows, true).await.expect("it is taken in");
    matching::catch_up(app).await.expect("it is looked at");
}

/// Waits until nothing new is held against what is here already.
async fn filled(app: &App) {
    for _ in 0..600 {
        let left: i64 = on!(app.db.read, |c| sqlx::query_scalar(
            "SELECT count(*) FROM work WHERE kind = 'backfill' AND state IN ('waiting', 'running')"
        )
        .fetch_one(c)
        .await)
        .expect("a number");
        if left == 0 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the search is not filled");
}

fn id_of(person: &Person) -> UserId {
    person.id.parse().expect("an id")
}

/// Carries out what the queue may be at already.
pub async fn deliver(app: &App, person: &Person) {
    delivery::deliver(app, id_of(person)).await.expect("it is delivered");
}

async fn search(person: &Person, criteria: Value) -> String {
    person.post("/api/v1/searches", json!({ "criteria": criteria })).await.created().id()
}

async fn titles(person: &Person) -> Vec<String> {
    let jobs = person.get("/api/v1/jobs?status=all&sort=company&per_page=100").await.ok();
    jobs["items"]
        .as_array()
        .expect("jobs")
        .iter()
        .map(|job| job["company"].as_str().unwrap_or_default().to_owned())
        .collect()
}

async fn count(person: &Person, kind: &str) -> usize {
    person.events().await.iter().filter(|of| *of == kind).count()
}

story! {
    async fn what_arrives_becomes_a_job_and_one_alert(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(people::fitting_profile()).await;
        let id = search(&ann, json!({ "titles": ["Baker"], "places": ["Lyon, France"] })).await;
        arrive(&app.state, vec![baker("Crust"), baker("Crumb Mills"), Posting { title: "Nurse".into(), ..baker("Ward") }]).await;
        deliver(&app.state, &ann).await;
        assert_eq!(titles(&ann).await, ["Crumb Mills", "Crust"]);
        // The job was there before it was told of, and the alert after it.
        let events = ann.events().await;
        let at = |kind: &str| events.iter().position(|of| of == kind).unwrap_or_else(|| panic!("no {kind} in {events:?}"));
        assert!(at("search.created") < at("job.arrived") && at("job.arrived") < at("alert.raised"), "{events:?}");
        assert_eq!((count(&ann, "job.arrived").await, count(&ann, "alert.raised").await), (1, 1));
        let alerts = ann.get("/api/v1/alerts").await.ok();
        assert_eq!((&alerts["unread"], &alerts["items"][0]["search"]), (&json!(2), &json!("Baker")));
        assert_eq!(alerts["items"][0]["created_at"], alerts["items"][1]["created_at"], "they are one group");
        let found = ann.get(&format!("/api/v1/searches/{id}/matches")).await.ok();
        assert_eq!(found["total"], 2);
        assert_eq!(found["items"][0]["why"], "Title “Baker”; place: Lyon, France");
        assert_eq!(found["items"][0]["score"], 100);
        let line = ann.get(&format!("/api/v1/searches/{id}")).await.ok();
        assert_eq!((&line["new"], &line["found"], &line["words"]), (&json!(2), &json!(2), &json!("Baker in Lyon, France")));
        let page = ann.browser().await.open("/alerts").await.page();
        assert!(page.contains("Found by the search"), "{page}");

        // Delivered, and looked at, a second time: nothing is there twice.
        deliver(&app.state, &ann).await;
        on!(app.state.db.write, |c| sqlx::query("UPDATE postings SET looked_at = NULL").execute(c).await.map(|_| ())).expect("forgotten");
        assert_eq!(matching::catch_up(&app.state).await, Ok(0));
        deliver(&app.state, &ann).await;
        assert_eq!((titles(&ann).await.len(), count(&ann, "alert.raised").await), (2, 1));
    }
}

story! {
    async fn a_search_is_held_against_what_is_here(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(people::fitting_profile()).await;
        arrive(&app.state, vec![baker("Crust"), baker("Crumb Mills")]).await;
        let mut browser = ann.browser().await;
        let fields = [("titles", "Baker"), ("without_companies", "crumb mills gmbh"), ("way_onsite", "true")];
        let preview = browser.call("preview_search", &fields).await.ok();
        assert_eq!((&preview["found"], &preview["of"], &preview["first"][0]["company"]), (&json!(1), &json!(2), &json!("Crust")));
        assert_eq!(titles(&ann).await, Vec::<String>::new(), "a preview keeps nothing");
        browser.call("save_search", &fields).await.ok();
        // Its backfill is in the queue, which this server is at.
        for _ in 0..600 {
            if !titles(&ann).await.is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(titles(&ann).await, ["Crust"]);
        assert_eq!(count(&ann, "alert.raised").await, 1);
    }
}

story! {
    async fn what_is_not_wanted_stays_away(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(people::fitting_profile()).await;
        let id = search(&ann, json!({ "titles": ["Baker"], "without_words": ["calm hand"] })).await;
        let off = ann.put(&format!("/api/v1/searches/{id}"), json!({ "criteria": { "titles": ["Baker"] }, "active": false })).await.ok();
        assert_eq!(off["active"], false);
        arrive(&app.state, vec![baker("Crust")]).await;
        deliver(&app.state, &ann).await;
        assert_eq!(titles(&ann).await, Vec::<String>::new(), "it is off");
        let path = format!("/api/v1/searches/{id}");
        ann.put(&path, json!({ "criteria": { "titles": ["Baker"], "without_words": ["calm hand"] } })).await.ok();
        arrive(&app.state, vec![baker("Crumb Mills"), Posting { description: "Bread, and nothing else but bread, day and night.".into(), ..baker("Rye") }]).await;
        deliver(&app.state, &ann).await;
        assert_eq!(titles(&ann).await, ["Rye"]);
        ann.delete(&path).await.done();
        arrive(&app.state, vec![Posting { description: "Rolls only, for the early ones among us.".into(), ..baker("Rolls") }]).await;
        deliver(&app.state, &ann).await;
        assert_eq!(titles(&ann).await, ["Rye"], "it was removed");
    }
}

story! {
    async fn a_hidden_company_stays_away(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(people::fitting_profile()).await;
        ann.post("/api/v1/hidden-companies", json!({ "company": "Crumb Mills GmbH" })).await.ok();
        search(&ann, json!({ "titles": ["Baker"] })).await;
        arrive(&app.state, vec![baker("Crust"), baker("Crumb Mills")]).await;
        deliver(&app.state, &ann).await;
        assert_eq!(titles(&ann).await, ["Crust"]);
        let preview = ann.browser().await.call("preview_search", &[("titles", "Baker")]).await.ok();
        assert_eq!(preview["found"], 1);
    }
}

story! {
    async fn what_is_here_already_is_only_linked(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(people::fitting_profile()).await;
        let own = ann
            .job(json!({ "company": "Crust", "title": "Night Baker", "url": "https://jobs.example.org/crust/1" }))
            .await;
        search(&ann, json!({ "titles": ["Baker"] })).await;
        arrive(&app.state, vec![baker("Crust")]).await;
        deliver(&app.state, &ann).await;
        assert_eq!(titles(&ann).await, ["Crust"]);
        let linked: Vec<String> = on!(app.state.db.read, |c| sqlx::query_scalar::<_, uuid::Uuid>("SELECT job_id FROM matches WHERE delivered_at IS NOT NULL").fetch_all(c).await)
            .expect("matches").iter().map(ToString::to_string).collect();
        assert_eq!(linked, [own]);
        assert_eq!((count(&ann, "job.arrived").await, count(&ann, "alert.raised").await), (0, 0));
    }
}

story! {
    async fn the_threshold_and_a_silent_profile(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let mut profile = people::fitting_profile();
        profile["match_threshold"] = json!(100);
        ann.profile(profile).await;
        for person in [&ann, &bob] {
            search(person, json!({ "skills": ["Python"] })).await;
        }
        arrive(&app.state, vec![Posting { location: "Osaka, Japan".into(), ..baker("Crust") }]).await;
        for person in [&ann, &bob] {
            deliver(&app.state, person).await;
            assert_eq!(titles(person).await, ["Crust"]);
            assert_eq!(count(person, "alert.raised").await, 0, "it comes, and nobody is called");
        }
        let score = &bob.get("/api/v1/jobs").await.ok()["items"][0]["match_score"];
        assert_eq!(score, &Value::Null, "there is nothing to compare");
    }
}

story! {
    async fn another_server_knows_what_was_changed_here(app: TestApp) {
        let other = app.another_node().await;
        let ann = app.person("ann").await;
        let id = search(&ann, json!({ "titles": ["Miller"] })).await;
        arrive(&other.state, vec![baker("Crust")]).await;
        ann.put(&format!("/api/v1/searches/{id}"), json!({ "criteria": { "titles": ["Baker"] } })).await.ok();
        arrive(&other.state, vec![baker("Crumb Mills")]).await;
        deliver(&other.state, &ann).await;
        assert!(titles(&ann).await.contains(&"Crumb Mills".to_owned()));
        // Both look, and both deliver: it is there once.
        let (one, two) = tokio::join!(deliver(&app.state, &ann), deliver(&other.state, &ann));
        assert_eq!((one, two), ((), ()));
        let all = titles(&ann).await;
        assert_eq!(all.iter().filter(|name| *name == "Crumb Mills").count(), 1, "{all:?}");
        other.stopped().await;
    }
}

story! {
    async fn an_erased_account_is_forgotten_by_the_index(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        for person in [&ann, &bob] {
            search(person, json!({ "titles": ["Baker"] })).await;
        }
        arrive(&app.state, vec![baker("Crust")]).await;
        on!(app.state.db.write, |c| sqlx::query("DELETE FROM users WHERE id = $1").bind(id_of(&ann)).execute(c).await.map(|_| ())).expect("erased");
        arrive(&app.state, vec![baker("Crumb Mills")]).await;
        deliver(&app.state, &bob).await;
        assert_eq!(titles(&bob).await, ["Crumb Mills", "Crust"]);
        deliver(&app.state, &ann).await;
    }
}

story! {
    async fn a_search_is_written_copied_and_taken_back(app: TestApp) {
        let ann = app.person("ann").await;
        let mut profile = people::fitting_profile();
        profile["target_roles"] = json!(["Baker"]);
        profile["salary_target"] = json!({ "amount": 50_000, "currency": "EUR", "period": "year" });
        ann.profile(profile).await;
        let mut browser = ann.browser().await;
        let first = browser.call("load_new_search", &[]).await.ok();
        assert_eq!((&first["from_profile"], &first["criteria"]["titles"], &first["criteria"]["least_pay"]["amount"]), (&json!(true), &json!(["Baker"]), &json!(50_000)));
        assert!(browser.open("/jobs/searches/new").await.page().contains("Filled in from your profile"));

        let refused = browser.call("save_search", &[("places", "Lyon")]).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        let page = browser.call("save_search", &[("titles", "Baker, Miller"), ("pay_amount", "40.000"), ("pay_currency", "eur"), ("languages", "french")]).await.ok();
        let page = page.as_str().expect("a page").to_owned();
        let id = page.rsplit('/').next().expect("an id").to_owned();
        let shown = browser.open(&page).await.page();
        assert!(shown.contains("Baker or Miller; from EUR 40,000 a year; in French"), "{shown}");
        assert_eq!(browser.call("load_new_search", &[("copy", &id)]).await.ok()["name"], "Baker (copy)");

        let done = browser.call("remove_search", &[("id", &id)]).await.ok();
        ann.get(&format!("/api/v1/searches/{id}")).await.missing();
        browser.call("take_back", &[("id", done["bundle"].as_str().expect("a bundle"))]).await.ok();
        let line = ann.get(&format!("/api/v1/searches/{id}")).await.ok();
        assert_eq!((&line["search"]["name"], &line["search"]["criteria"]["least_pay"]["amount"]), (&json!("Baker"), &json!(40_000)));
        let body = json!({ "criteria": { "titles": ["Baker"] }, "version": 1 });
        assert_eq!(ann.put(&format!("/api/v1/searches/{id}"), body).await.status, 409, "it was changed since");

        for n in 1..20 {
            search(&ann, json!({ "titles": [format!("Job {n}")] })).await;
        }
        let body = json!({ "criteria": { "titles": ["One more"] } });
        assert_eq!(ann.post("/api/v1/searches", body).await.status, 409, "twenty are the most");
    }
}

story! {
    async fn looking_is_noted_by_asking_and_not_by_opening(app: TestApp) {
        let ann = app.person("ann").await;
        let id = search(&ann, json!({ "titles": ["Baker"] })).await;
        arrive(&app.state, vec![baker("Crust")]).await;
        deliver(&app.state, &ann).await;
        let mut browser = ann.browser().await;
        let new = async || ann.get(&format!("/api/v1/searches/{id}")).await.ok()["new"].clone();
        browser.open(&format!("/jobs/searches/{id}")).await.page();
        assert_eq!(new().await, 1, "nothing changes by being fetched");
        assert!(browser.open("/jobs/searches").await.page().contains("1 new"));
        browser.call("look_at_search", &[("id", &id)]).await.ok();
        assert_eq!(new().await, 0);
        arrive(&app.state, vec![baker("Crumb Mills")]).await;
        assert_eq!(new().await, 1);
    }
}

story! {
    async fn a_person_gets_so_many_in_a_day_and_the_rest_is_counted(app: TestApp) {
        let ann = app.person("ann").await;
        ann.profile(people::fitting_profile()).await;
        search(&ann, json!({ "titles": ["Baker"] })).await;
        filled(&app.state).await;
        on!(app.state.db.write, |c| sqlx::query("INSERT INTO match_days (user_id, day, found, left_out) VALUES ($1, $2, 299, 0)")
            .bind(id_of(&ann)).bind(db::now().date_naive()).execute(c).await.map(|_| ())).expect("a full day");
        arrive(&app.state, vec![Posting { location: "Osaka, Japan".into(), ..baker("Far") }, baker("Crust"), baker("Crumb Mills")]).await;
        deliver(&app.state, &ann).await;
        assert_eq!(titles(&ann).await.len(), 1);
        let list = ann.browser().await.call("load_searches", &[]).await.ok();
        assert_eq!(list["left_out"], 2);
    }
}

/// How long it takes from the moment a posting is about to be kept until the person's page is told: to be read, not to be passed.
async fn measure(app: TestApp) {
    let ann = app.person("ann").await;
    ann.profile(people::fitting_profile()).await;
    search(&ann, json!({ "titles": ["Baker"] })).await;
    let mut socket = ann.browser().await.live(None).await;
    let mut times: Vec<std::time::Duration> = Vec::new();
    for n in 0..200 {
        let start = std::time::Instant::now();
        arrive(&app.state, vec![baker(&format!("Crust {n}"))]).await;
        while socket.next().await["kind"] != "alert.raised" {}
        times.push(start.elapsed());
    }
    times.sort_unstable();
    println!(
        "{:>8} from arrival to the live event: median {:.1?}, p99 {:.1?}, worst {:.1?}",
        app.state.db.engine(),
        times[99],
        times[197],
        times[199]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement: cargo test --release --test stories searches::how_soon -- --ignored --nocapture --test-threads 1"]
async fn how_soon_one_is_told_on_sqlite() {
    TestApp::tell(Engine::Sqlite, measure).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement, as above"]
async fn how_soon_one_is_told_on_postgres() {
    TestApp::tell(Engine::Postgres, measure).await;
}

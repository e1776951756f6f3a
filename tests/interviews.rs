//! Interviews: planned, moved, cancelled, remembered, taken back.

use crate::support::{postings, *};
use career_copilot::{interviews::store, on, retention};

/// A job applied to; answers with the application's id.
async fn applied(ann: &Person) -> String {
    let job = ann.job(postings::baker()).await;
    ann.post("/api/v1/applications", json!({ "job_id": job })).await.created().id()
}

fn video(starts: &str, ends: &str) -> Value {
    json!({ "type": "video", "starts_at": starts, "ends_at": ends })
}

async fn zone(ann: &Person, zone: &str) {
    let mut profile = postings::fitting_profile();
    profile["time_zone"] = json!(zone);
    ann.profile(profile).await;
}

async fn all(ann: &Person, application: &str) -> Vec<Value> {
    let list = ann.get(&format!("/api/v1/applications/{application}/interviews")).await.ok();
    list["items"].as_array().expect("items").clone()
}

story! {
    async fn a_program_plans_changes_and_removes(app: TestApp) {
        let ann = app.person("ann").await;
        zone(&ann, "Europe/Berlin").await;
        let application = applied(&ann).await;
        let path = format!("/api/v1/applications/{application}/interviews");
        let mut body = video("2027-03-10T13:00:00.1234567Z", "2027-03-10T15:00:00+01:00");
        body["people"] = json!(["  Ada   Berg, CTO ", ""]);
        body["preparation"] = json!("# Read\nthe **report**");
        let answer = ann.post_once(&path, "one", body.clone()).await;
        let place = answer.header("location").expect("where it is").to_owned();
        let made = answer.created();
        assert_eq!((&made["round"], &made["type"], &made["time_zone"]), (&json!(1), &json!("video"), &json!("Europe/Berlin")));
        assert_eq!((&made["starts_at"], &made["ends_at"]), (&json!("2027-03-10T13:00:00.123456Z"), &json!("2027-03-10T14:00:00Z")));
        assert_eq!((&made["people"], &made["result"], &made["version"], &made["sequence"]), (&json!(["Ada Berg, CTO"]), &json!("planned"), &json!(1), &json!(0)));
        assert_eq!(ann.get(&place).await.ok(), made);
        assert_eq!(ann.post_once(&path, "one", body).await.created(), made, "asked again, nothing is made twice");
        assert_eq!(all(&ann, &application).await, std::slice::from_ref(&made));

        // What calendars show raises the sequence; notes do not. What says the same changes nothing.
        let mut change = video("2027-03-10T13:00:00.123456Z", "2027-03-10T14:00:00Z");
        change["people"] = made["people"].clone();
        change["preparation"] = made["preparation"].clone();
        assert_eq!(ann.put(&place, change.clone()).await.ok(), made);
        change["notes"] = json!("They asked about nights");
        change["version"] = json!(1);
        let noted = ann.put(&place, change.clone()).await.ok();
        assert_eq!((&noted["version"], &noted["sequence"], &noted["notes"]), (&json!(2), &json!(0), &json!("They asked about nights")));
        change["place"] = json!("Room 4");
        ann.put(&place, change.clone()).await.refused(409, "conflict");
        change["version"] = json!(2);
        let moved = ann.put(&place, change.clone()).await.ok();
        assert_eq!((&moved["version"], &moved["sequence"], &moved["place"]), (&json!(3), &json!(1), &json!("Room 4")));
        change["result"] = json!("cancelled");
        change["version"] = json!(3);
        assert_eq!(ann.put(&place, change).await.ok()["sequence"], 2);

        ann.delete(&place).await.done();
        ann.get(&place).await.missing();
        ann.delete(&place).await.missing();
        assert!(all(&ann, &application).await.is_empty());
        let kinds = ann.events().await;
        let own: Vec<&str> = kinds.iter().filter(|kind| kind.starts_with("interview.")).map(String::as_str).collect();
        assert_eq!(own, ["interview.created", "interview.changed", "interview.changed", "interview.changed", "interview.removed"]);
    }
}

story! {
    async fn every_field_is_checked_and_named(app: TestApp) {
        let ann = app.person("ann").await;
        let application = applied(&ann).await;
        let path = format!("/api/v1/applications/{application}/interviews");
        for (field, value, said) in [
            ("round", json!(0), "from 1 to 99"),
            ("round", json!(100), "from 1 to 99"),
            ("ends_at", json!("2027-03-10T13:00:00Z"), "after the start"),
            ("ends_at", json!("2027-03-18T13:00:00Z"), "seven days"),
            ("starts_at", json!("0001-03-10T13:00:00Z"), "1900 to 2999"),
            ("time_zone", json!("Berlin"), "Europe/Berlin"),
            ("place", json!("x".repeat(301)), "300 characters"),
            ("link", json!("javascript:alert(1)"), "https://"),
            ("people", json!(vec!["x"; 51]), "50 people"),
            ("people", json!(["x".repeat(201)]), "200 characters"),
            ("preparation", json!("x".repeat(20_001)), "20,000"),
            ("notes", json!("x".repeat(20_001)), "20,000"),
            ("thanked_at", json!("9999-01-01T00:00:00Z"), "1900 to 2999"),
        ] {
            let mut body = video("2027-03-10T13:00:00Z", "2027-03-10T14:00:00Z");
            body[field] = value;
            let words = ann.post(&path, body).await.invalid(field);
            assert!(words.contains(said), "{field}: {words}");
        }
        let mut body = video("2027-03-10T13:00:00Z", "2027-03-10T14:00:00Z");
        body["type"] = json!("seance");
        ann.post(&path, body).await.invalid("type");
        // A form hears of everything at once.
        let mut browser = ann.browser().await;
        let answer = browser.call("add_interview", &[("id", &application), ("kind", "x"), ("starts_at", "soon"), ("round", "first"), ("link", "no")]).await;
        for field in ["kind", "starts_at", "round", "link"] {
            answer.json()["Invalid"][field].as_str().unwrap_or_else(|| panic!("{field}: {answer:?}"));
        }
        assert_eq!(answer.json()["Invalid"]["ends_at"], Value::Null, "an empty end is an hour later");
        assert!(all(&ann, &application).await.is_empty());
    }
}

story! {
    async fn times_are_those_of_the_zone_whatever_the_season(app: TestApp) {
        let ann = app.person("ann").await;
        zone(&ann, "Europe/Berlin").await;
        let application = applied(&ann).await;
        let mut browser = ann.browser().await;
        let mut add = async |starts: &str, ends: &str, zone: &str| {
            browser.call("add_interview", &[("id", &application), ("kind", "phone"), ("starts_at", starts), ("ends_at", ends), ("time_zone", zone)]).await.ok();
            let newest = all(&ann, &application).await.into_iter().max_by_key(|one| one.id()).expect("it is there");
            let text = |field: &str| newest[field].as_str().expect("text").to_owned();
            (text("starts_at"), text("ends_at"), text("time_zone"))
        };
        let of = |starts: &str, ends: &str, zone: &str| (starts.to_owned(), ends.to_owned(), zone.to_owned());
        // Winter, summer, an end left out, another zone.
        assert_eq!(add("2027-01-15T09:00", "2027-01-15T10:30", "").await, of("2027-01-15T08:00:00Z", "2027-01-15T09:30:00Z", "Europe/Berlin"));
        assert_eq!(add("2027-07-15T09:00", "", "").await, of("2027-07-15T07:00:00Z", "2027-07-15T08:00:00Z", "Europe/Berlin"));
        assert_eq!(add("2027-07-15 09:00", "2027-07-15 10:00", "America/New_York").await, of("2027-07-15T13:00:00Z", "2027-07-15T14:00:00Z", "America/New_York"));
        // The night the clocks go forward has no 02:30, and the night they go back has two.
        assert_eq!(add("2027-03-28T02:30", "2027-03-28T04:00", "").await, of("2027-03-28T01:30:00Z", "2027-03-28T02:00:00Z", "Europe/Berlin"));
        assert_eq!(add("2027-10-31T02:30", "2027-10-31T03:30", "").await, of("2027-10-31T00:30:00Z", "2027-10-31T02:30:00Z", "Europe/Berlin"));

        // A form that touches no time keeps it, even the second of two same hours.
        let second = ann.post(&format!("/api/v1/applications/{application}/interviews"), video("2027-10-31T01:30:20Z", "2027-10-31T02:30:00Z")).await.created();
        let id = second.id();
        let view = browser.call("load_interview", &[("id", &id)]).await.ok();
        assert_eq!((&view["starts"], &view["when"]), (&json!("2027-10-31T02:30"), &json!("Sun, 31 Oct 2027, 02:30–03:30")));
        let fields = [("id", id.as_str()), ("version", "1"), ("round", "2"), ("kind", "video"), ("starts_at", "2027-10-31T02:30"), ("ends_at", "2027-10-31T03:30"), ("time_zone", "Europe/Berlin"), ("people", "Ada\n\nBert"), ("thanked_at", "2027-11-02T18:00")];
        browser.call("change_interview", &fields).await.ok();
        let now = ann.get(&format!("/api/v1/interviews/{id}")).await.ok();
        assert_eq!((&now["starts_at"], &now["round"], &now["people"]), (&json!("2027-10-31T01:30:20Z"), &json!(2), &json!(["Ada", "Bert"])));
        assert_eq!(now["thanked_at"], "2027-11-02T17:00:00Z");
        // The same form again was made from an older state.
        browser.call("change_interview", &[&fields[..2], &[("kind", "phone"), ("starts_at", "2027-10-31T02:30")]].concat()).await.status(409);
    }
}

story! {
    async fn everything_can_be_taken_back(app: TestApp) {
        let ann = app.person("ann").await;
        let application = applied(&ann).await;
        let stage = async || ann.get(&format!("/api/v1/applications/{application}")).await.ok()["status"].as_str().expect("a status").to_owned();
        let mut browser = ann.browser().await;
        let starts = [("kind", "video"), ("starts_at", "2027-03-10T13:00")];
        // Added, with the application moved along in the same change.
        let added = browser.call("add_interview", &[&[("id", application.as_str()), ("move_along", "true")][..], &starts].concat()).await.ok();
        let id = all(&ann, &application).await[0].id();
        assert_eq!(stage().await, "interview");
        let steps = browser.call("application_steps", &[("id", &application)]).await.ok();
        assert_eq!((steps[1]["stage"].as_str(), steps.as_array().map(Vec::len)), (Some("interview"), Some(2)), "the interview stage");
        let back = async |browser: &mut Browser, done: &Value| {
            let bundle = done["bundle"].as_str().expect("it can be taken back").to_owned();
            browser.call("take_back", &[("id", &bundle)]).await
        };
        assert_eq!(back(&mut browser, &added).await.ok()["count"], 2);
        assert_eq!((stage().await.as_str(), all(&ann, &application).await.len()), ("applied", 0));
        back(&mut browser, &added).await.status(404);

        // Changed and changed again: the newest first.
        let added = browser.call("add_interview", &[&[("id", application.as_str())][..], &starts].concat()).await.ok();
        assert_eq!(stage().await, "applied", "it moves along only where that is wanted");
        let second = all(&ann, &application).await[0].clone();
        assert_ne!(second.id(), id);
        let id = second.id();
        let change = async |browser: &mut Browser, place: &str| {
            browser.call("change_interview", &[&[("id", id.as_str()), ("place", place)][..], &starts].concat()).await.ok()
        };
        let (first, next) = (change(&mut browser, "Room 1").await, change(&mut browser, "Room 2").await);
        assert_eq!(change(&mut browser, "Room 2").await["bundle"], Value::Null, "nothing was changed");
        let said = back(&mut browser, &first).await.status(409);
        assert!(said.text.contains("was changed again since"), "{}", said.text);
        back(&mut browser, &added).await.status(409);
        back(&mut browser, &next).await.ok();
        back(&mut browser, &first).await.ok();
        let now = all(&ann, &application).await[0].clone();
        assert_eq!((&now["place"], &now["version"], &now["sequence"]), (&json!(""), &json!(5), &json!(4)));

        // Removed and back, for calendars too.
        let removed = browser.call("remove_interview", &[("id", &id)]).await.ok();
        assert!(all(&ann, &application).await.is_empty());
        back(&mut browser, &removed).await.ok();
        let now = all(&ann, &application).await[0].clone();
        assert_eq!((&now["version"], &now["sequence"]), (&json!(7), &json!(6)));
        back(&mut browser, &added).await.ok();
        assert!(all(&ann, &application).await.is_empty());
    }
}

story! {
    async fn pages_show_them_by_day_where_the_person_is(app: TestApp) {
        let ann = app.person("ann").await;
        zone(&ann, "Asia/Tokyo").await;
        let mut browser = ann.browser().await;
        let empty = browser.open("/applications/interviews").await.page();
        assert!(empty.contains("No interviews yet"));
        let application = applied(&ann).await;
        let path = format!("/api/v1/applications/{application}/interviews");
        // 23:30 in Berlin is the next day in Tokyo.
        let mut late = video("2099-03-10T22:30:00Z", "2099-03-10T23:30:00Z");
        late["time_zone"] = json!("Europe/Berlin");
        late["link"] = json!("https://meet.example.org/1");
        late["place"] = json!("Room <4>");
        late["people"] = json!(["Ada"]);
        let id = ann.post(&path, late).await.created().id();
        ann.post(&path, video("2099-03-11T03:00:00Z", "2099-03-11T04:00:00Z")).await.created();
        ann.post(&path, video("2020-03-11T03:00:00Z", "2020-03-11T04:00:00Z")).await.created();
        let agenda = browser.call("load_interviews", &[]).await.ok();
        assert_eq!(agenda["upcoming"].as_array().map(Vec::len), Some(1), "{agenda}");
        assert_eq!(agenda["upcoming"][0]["name"], "Wednesday, 11 March 2099");
        let first = &agenda["upcoming"][0]["entries"][0];
        assert_eq!((&first["times"], &first["there"]), (&json!("07:30–08:30"), &json!("23:30–Wed, 11 Mar, 00:30 Europe/Berlin")));
        assert_eq!(agenda["past"][0]["name"], "Wednesday, 11 March 2020");
        let page = browser.open("/applications/interviews").await.page();
        for part in ["Wednesday, 11 March 2099", "Room &lt;4", "https://meet.example.org/1", "Past", &id] {
            assert!(page.contains(part), "{part}");
        }
        let page = browser.open(&format!("/applications/{application}")).await.page();
        assert!(page.contains("Add an interview") && page.contains("Tue, 10 Mar 2099, 23:30"), "{page}");
        assert!(page.contains("name=\"move_along\""), "it offers to move along");
        let page = browser.open(&format!("/applications/interviews/{id}")).await.page();
        assert!(page.contains("value=\"2099-03-10T23:30\""), "{page}");
        // Without script, and with a field that is wrong.
        let from = format!("/applications/interviews/{id}");
        let refused = browser.submit(&from, "change_interview", &[("id", &id), ("kind", "video"), ("starts_at", "whenever")]).await.status(422);
        assert!(refused.text.contains("Please enter a date and a time"), "{}", refused.text);
        browser.submit(&from, "change_interview", &[("id", &id), ("kind", "panel"), ("starts_at", "2099-03-10T23:30")]).await.redirect();
        assert_eq!(ann.get(&format!("/api/v1/interviews/{id}")).await.ok()["type"], "panel");
    }
}

story! {
    async fn they_are_sealed_purged_and_ones_own(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let application = applied(&ann).await;
        let path = format!("/api/v1/applications/{application}/interviews");
        let mut body = video("2027-03-10T13:00:00Z", "2027-03-10T14:00:00Z");
        body["notes"] = json!("quokka notes");
        body["preparation"] = json!("quokka plans");
        let id = ann.post(&path, body.clone()).await.created().id();
        let kept: (String, String) = on!(app.state.db.read, |c| sqlx::query_as("SELECT preparation_sealed, notes_sealed FROM interviews").fetch_one(c).await).expect("a row");
        assert!(!kept.0.contains("quokka") && !kept.1.contains("quokka"));
        // Somebody else finds nothing.
        bob.get(&path).await.missing();
        bob.post(&path, body.clone()).await.missing();
        bob.get(&format!("/api/v1/interviews/{id}")).await.missing();
        bob.put(&format!("/api/v1/interviews/{id}"), body).await.missing();
        bob.delete(&format!("/api/v1/interviews/{id}")).await.missing();
        // What calendars and next actions ask for.
        let who = ann.id.parse().expect("an id");
        let at = |text: &str| text.parse().expect("a moment");
        let db = &app.state.db;
        let found = store::upcoming(db, who, at("2027-03-10T13:30:00Z"), at("2027-03-11T00:00:00Z")).await.expect("an answer");
        assert_eq!((found.len(), found[0].id.to_string(), found[0].cancelled, found[0].company.as_str()), (1, id.clone(), false, "Acme Mills"));
        assert!(store::upcoming(db, who, at("2027-03-10T14:00:00Z"), at("2027-03-11T00:00:00Z")).await.expect("an answer").is_empty());
        assert!(store::upcoming(db, bob.id.parse().expect("an id"), at("2027-03-01T14:00:00Z"), at("2027-03-11T00:00:00Z")).await.expect("an answer").is_empty());
        // An application in the bin takes them along.
        ann.delete(&format!("/api/v1/applications/{application}")).await.done();
        ann.get(&format!("/api/v1/interviews/{id}")).await.missing();
        let other = applied_to(&ann, "Miller").await;
        let id = ann.post(&format!("/api/v1/applications/{other}/interviews"), video("2027-03-10T13:00:00Z", "2027-03-10T14:00:00Z")).await.created().id();
        ann.delete(&format!("/api/v1/interviews/{id}")).await.done();
        let rows = async || on!(app.state.db.read, |c| sqlx::query_scalar::<_, i64>("SELECT count(*) FROM interviews WHERE deleted_at IS NOT NULL").fetch_one(c).await).expect("a number");
        retention::sweep(&app.state).await.expect("it is swept");
        assert_eq!(rows().await, 1);
        let old = career_copilot::db::now() - chrono::Duration::days(31);
        on!(app.state.db.write, |c| sqlx::query("UPDATE interviews SET deleted_at = $1 WHERE deleted_at IS NOT NULL").bind(old).execute(c).await.map(|_| ())).expect("it is older");
        retention::sweep(&app.state).await.expect("it is swept");
        assert_eq!(rows().await, 0);
    }
}

async fn applied_to(ann: &Person, title: &str) -> String {
    let job = ann.job(postings::titled(title)).await;
    ann.post("/api/v1/applications", json!({ "job_id": job })).await.created().id()
}

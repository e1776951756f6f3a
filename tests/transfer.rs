//! Applications in and out of the tracker: tables of others read, mapped, looked at, taken in and taken back; files that go out.

use crate::support::{multipart, *};
use reqwest::Method;

const READ: &str = "/applications/import/read";

/// Reads pasted text; answers with the id it leads to.
pub async fn read_id(browser: &mut Browser, text: &str) -> String {
    id_of(multipart::read_at(browser, READ, &[("text", text)], None).await)
}

async fn read_file(browser: &mut Browser, name: &str, bytes: &[u8]) -> String {
    id_of(multipart::read_at(browser, READ, &[], Some((name, bytes))).await)
}

fn id_of(answer: Answer) -> String {
    let to = answer.redirect();
    to.strip_prefix("/applications/import?read=").unwrap_or_else(|| panic!("{to}")).to_owned()
}

async fn load(browser: &mut Browser, id: &str) -> Value {
    browser.call("load_transfer", &[("id", id)]).await.ok()
}

async fn preview(browser: &mut Browser, id: &str) -> Value {
    browser.call("load_transfer", &[("id", id), ("preview", "true")]).await.ok()["preview"].clone()
}

/// Says of every column and word what the page offers, changed by these: heading or word, and what it is.
async fn map(browser: &mut Browser, id: &str, changes: &[(&str, &str)], order: Option<&str>) -> Answer {
    let view = load(browser, id).await;
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let other = |name: &str, value: &Value| {
        changes.iter().find(|(own, _)| *own == name).map_or_else(|| text(value), |(_, to)| (*to).to_owned())
    };
    let mut fields = vec![
        ("id", id.to_owned()),
        ("preset", text(&view["preset"])),
        ("order", order.map_or_else(|| text(&view["order"]), str::to_owned)),
    ];
    for column in view["columns"].as_array().expect("columns") {
        fields.push(("columns[]", other(column["heading"].as_str().expect("a heading"), &column["field"])));
    }
    for word in view["words"].as_array().expect("words") {
        fields.push(("words[]", text(&word["word"])));
        fields.push(("stages[]", other(word["word"].as_str().expect("a word"), &word["stage"])));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.call("map_transfer", &fields).await
}

async fn run(browser: &mut Browser, id: &str) -> Value {
    browser.call("run_transfer", &[("id", id)]).await.ok();
    load(browser, id).await
}

/// The file in a format.
async fn out(person: &Person, query: &str) -> (String, Vec<u8>) {
    let answer =
        person.request(Method::GET, &format!("/api/v1/applications/export?{query}")).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{query}");
    let kind = answer.headers()["content-type"].to_str().expect("text").to_owned();
    assert!(answer.headers()["content-disposition"].to_str().expect("text").starts_with("attachment; filename=\""));
    (kind, answer.bytes().await.expect("bytes").to_vec())
}

async fn rows(person: &Person) -> Vec<Value> {
    let (_, bytes) = out(person, "format=json").await;
    serde_json::from_slice(&bytes).expect("a list")
}

fn fields(view: &Value) -> Vec<&str> {
    view["columns"].as_array().expect("columns").iter().map(|column| column["field"].as_str().expect("text")).collect()
}

/// 500 rows, seven of them bad.
fn five_hundred() -> String {
    let mut text = "Company;Job Title;Status;Date Applied;Link;Notes\n".to_owned();
    for n in 1..=500 {
        let status = ["Applied", "Phone screen", "Absage", "No response"][n % 4];
        text += &match n {
            50 => format!(";Baker {n};Applied;03.11.2026;;\n"),
            100 => "Acme Mills;;Applied;03.11.2026;;\n".to_owned(),
            150 => format!("Acme Mills;Baker {n};Applied;soon;;\n"),
            200 => format!("Acme Mills;Baker {n};Applied;03.11.2926;;\n"),
            250 => format!("Acme Mills;Baker {n};Applied;03.11.2026;;;more;still more\n"),
            300 => format!("{};Baker {n};Applied;03.11.2026;;\n", "x".repeat(400)),
            350 => format!("Acme Mills;Baker {n};Applied;31.02.2026;;\n"),
            _ => format!(
                "Acme Mills {n};Baker {n};{status};{:02}.10.2026;https://jobs.example.org/{n};Note {n}\n",
                n % 28 + 1
            ),
        };
    }
    text
}

story! {
    async fn five_hundred_rows_with_seven_bad_go_in_and_out_again(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.signed_in(&app).await;
        let id = read_file(&mut browser, "search.csv", five_hundred().as_bytes()).await;
        let view = load(&mut browser, &id).await;
        assert_eq!((&view["rows"], &view["order"]), (&json!(500), &json!("day_month")));
        assert_eq!(fields(&view), ["company", "title", "stage", "applied", "link", "notes"]);
        let words: Vec<(&str, &str)> = view["words"].as_array().expect("words").iter()
            .map(|word| (word["word"].as_str().expect("a word"), word["stage"].as_str().expect("a stage"))).collect();
        for wanted in [("Applied", "applied"), ("Phone screen", "screening"), ("Absage", "rejected"), ("No response", "ghosted")] {
            assert!(words.contains(&wanted), "{words:?}");
        }
        let to = map(&mut browser, &id, &[], None).await.ok();
        assert_eq!(to, format!("/applications/import?read={id}&step=check"));
        let seen = preview(&mut browser, &id).await;
        assert_eq!((&seen["new"], &seen["duplicates"], &seen["rejected"]), (&json!(493), &json!(0), &json!(7)), "{seen}");
        let bad: Vec<(i64, &str)> = seen["rows"].as_array().expect("rows").iter().take(7)
            .map(|row| (row["row"].as_i64().expect("a row"), row["verdict"]["Rejected"]["reason"].as_str().expect("a reason"))).collect();
        for ((row, reason), (wanted, part)) in bad.iter().zip([
            (51, "name the company"), (101, "a title"), (151, "“soon” in the column “Date Applied” is no day."), (201, "is in the future"),
            (251, "8 cells"), (301, "300 characters"), (351, "is no day"),
        ]) {
            assert!(*row == wanted && reason.contains(part), "{row}: {reason}");
        }
        assert_eq!(ann.get("/api/v1/jobs?status=all").await.ok()["total"], 0, "nothing is saved yet");
        assert!(ann.events().await.is_empty());

        let done = run(&mut browser, &id).await;
        assert_eq!(done["report"], json!({ "created": 493, "duplicates": 0, "rejected": 7 }));
        assert_eq!(ann.get("/api/v1/applications").await.ok()["total"], 493);
        assert_eq!(ann.events().await, ["application.imported", "job.arrived"]);
        let all = rows(&ann).await;
        let first = all.iter().find(|row| row["title"] == "Baker 2").expect("it is there");
        assert_eq!((&first["stage"], &first["status"], &first["notes"], &first["applied"]),
            (&json!("Rejected"), &json!("rejected"), &json!("Note 2"), &json!("2026-10-03T12:00:00Z")));
        let stages: Vec<&str> = first["history"].as_array().expect("steps").iter().map(|step| step["stage"].as_str().expect("text")).collect();
        assert_eq!(stages, ["Applied", "Rejected"]);
        // A second time changes nothing.
        browser.call("run_transfer", &[("id", &id)]).await.ok();
        assert_eq!(ann.get("/api/v1/applications").await.ok()["total"], 493);

        // Two were changed since, one of them its job only: they stay, everything else goes.
        let list = ann.get("/api/v1/applications?per_page=100").await.ok();
        let (one, other) = (&list["items"][0], &list["items"][1]);
        browser.call("save_notes", &[("id", &one.id()), ("notes", "mine now")]).await.ok();
        let mut job = ann.get(&format!("/api/v1/jobs/{}", other["job_id"].as_str().expect("an id"))).await.ok();
        for own in ["id", "match_score", "created_at", "updated_at"] {
            job.as_object_mut().expect("a job").remove(own);
        }
        job["description"] = json!("A text of my own.");
        ann.put(&format!("/api/v1/jobs/{}", other["job_id"].as_str().expect("an id")), job).await.ok();
        let bundle = done["bundle"].as_str().expect("it can be taken back").to_owned();
        let back = browser.call("take_back", &[("id", &bundle)]).await.ok();
        assert_eq!(back["count"], 493 * 2 - 3, "{back}");
        assert!(back["kept"].as_array().is_some_and(|kept| kept.len() == 3), "{back}");
        assert_eq!(ann.get("/api/v1/applications").await.ok()["total"], 1);
        assert_eq!(ann.get("/api/v1/jobs?status=all").await.ok()["total"], 2);
        // And all of it can come again.
        let id = read_file(&mut browser, "search.csv", five_hundred().as_bytes()).await;
        let seen = preview(&mut browser, &id).await;
        assert_eq!((&seen["new"], &seen["duplicates"]), (&json!(491), &json!(2)));
        let duplicate = seen["rows"].as_array().expect("rows").iter().find_map(|row| row["verdict"].get("Duplicate")).expect("one is named");
        assert_eq!(duplicate["reason"].as_str().map(|why| why.starts_with("It has the same link as")), Some(true), "{duplicate}");
    }
}

story! {
    async fn a_whole_import_is_taken_back_by_a_plain_form(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.signed_in(&app).await;
        assert!(browser.open("/applications").await.page().contains("/applications/import"));
        assert!(browser.open("/applications/import").await.page().contains("multipart/form-data"));
        let id = read_id(&mut browser, "Firma\tStelle\tStatus\tBeworben am\tAbsage am\tAnsprechpartner\nBäckerei Süß\tBäcker\tAbsage\t3.11.2026\t10.11.2026\tFrau Krume\n").await;
        let page = format!("/applications/import?read={id}");
        let html = browser.open(&page).await.page();
        assert!(html.contains("columns[]") && html.contains("Bäckerei Süß"), "the mapping shows samples");
        // The plain forms of the page, without script.
        let said = [("id", id.as_str()), ("preset", ""), ("order", "day_month"), ("columns[]", "company"), ("columns[]", "title"),
            ("columns[]", "stage"), ("columns[]", "applied"), ("columns[]", "rejected"), ("columns[]", "contact"), ("words[]", "Absage"), ("stages[]", "rejected")];
        assert_eq!(browser.submit(&page, "map_transfer", &said).await.redirect(), format!("{page}&step=check"));
        let html = browser.open(&format!("{page}&step=check")).await.page();
        assert!(html.contains("2026-11-03 Applied") && html.contains("2026-11-10 Rejected"), "{html}");
        assert_eq!(browser.submit(&format!("{page}&step=check"), "run_transfer", &[("id", &id)]).await.redirect(), page);
        assert!(browser.open(&page).await.page().contains("Take the whole import back"));
        let row = rows(&ann).await[0].clone();
        assert_eq!((&row["notes"], &row["since"]), (&json!("Contact: Frau Krume"), &json!("2026-11-10T12:00:00Z")));
        let past = browser.call("load_transfers", &[]).await.ok();
        assert_eq!((&past[0]["created"], &past[0]["label"]), (&json!(1), &json!("pasted text")));
        browser.submit(&page, "take_back", &[("id", past[0]["bundle"].as_str().expect("a bundle"))]).await.redirect();
        assert_eq!(ann.get("/api/v1/jobs?status=all").await.ok()["total"], 0);
        assert_eq!(browser.call("load_transfers", &[]).await.ok()[0]["bundle"], Value::Null);
        assert!(browser.open(&page).await.page().contains("This import was taken back."));
    }
}

story! {
    async fn columns_and_words_are_what_the_person_says(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.signed_in(&app).await;
        let id = read_id(&mut browser, "Where,What,How far,When\nAcme Mills,Baker,Purple,3/4/2026\nCrumb,Cook,Green,4/4/2026\nOven,Stoker,Black,\n").await;
        assert_eq!(fields(&load(&mut browser, &id).await), ["", "", "", ""]);
        map(&mut browser, &id, &[], None).await.invalid("columns");
        let twice = map(&mut browser, &id, &[("Where", "company"), ("What", "company")], None).await;
        twice.invalid("columns");
        let to = map(&mut browser, &id, &[("Where", "company"), ("What", "title"), ("How far", "stage"), ("When", "applied")], None).await.ok();
        assert_eq!(to, format!("/applications/import?read={id}"), "there are words to choose for now");
        let view = load(&mut browser, &id).await;
        assert_eq!((view["words"].as_array().map(Vec::len), &view["order"]), (Some(3), &json!("month_day")));
        let to = map(&mut browser, &id, &[("Purple", "offer"), ("Green", "applied")], Some("day_month")).await.ok();
        assert!(to.as_str().is_some_and(|to| to.ends_with("&step=check")), "{to}");
        let seen = preview(&mut browser, &id).await;
        assert_eq!((&seen["new"], &seen["rejected"]), (&json!(2), &json!(1)));
        assert!(seen["rows"][0]["verdict"]["Rejected"]["reason"].as_str().is_some_and(|why| why.contains("“Black”")), "{seen}");
        run(&mut browser, &id).await;
        let all = rows(&ann).await;
        assert_eq!((&all[0]["stage"], &all[0]["applied"]), (&json!("Offer"), &json!("2026-04-03T12:00:00Z")));
    }
}

story! {
    async fn exports_of_known_trackers_need_no_mapping(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.signed_in(&app).await;
        for (key, text, stage) in [
            ("linkedin_applications", "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And Answers\n\
              \"11/3/26, 2:30 PM\",ann@example.org,,Acme Mills,Baker,https://jobs.example.org/l1,cv.pdf,\n", "Applied"),
            ("linkedin_saved", "Saved Date,Job Url,Job Title,Company Name\n11/3/26,https://jobs.example.org/l2,Cook,Crumb\n", "Interested"),
            ("teal", "Job Position,Company,Max. Salary,Location,Status,Date Saved,Deadline,Date Applied,Follow up,Excitement\n\
              Miller,Teal Mills,,Lyon,Interviewing,2026-10-01,,2026-10-02,,5\n", "Interview"),
            ("huntr", "Job Title,Company,List,URL\nStoker,Hunt Mills,Wishlist,https://jobs.example.org/h1\n", "Interested"),
            ("simplify", "Job Title,Company Name,Job URL,Status,Applied Date\nGrinder,Simple Mills,https://jobs.example.org/s1,APPLIED,2026-10-02\n", "Applied"),
            ("notion", "Company,Position,Stage,Application Date\nNote Mills,Sifter,Rejected,\"October 2, 2026\"\n", "Rejected"),
            ("sheets", "Job search\n\nCompany,Role,Date Applied,Status\nSheet Mills,Packer,02/10/2026,Ghosted\n", "Ghosted"),
        ] {
            let id = read_id(&mut browser, text).await;
            let view = load(&mut browser, &id).await;
            assert_eq!(view["preset"], key, "{view}");
            assert!(map(&mut browser, &id, &[], None).await.ok().as_str().is_some_and(|to| to.ends_with("&step=check")), "{key}");
            assert_eq!(run(&mut browser, &id).await["report"]["created"], 1, "{key}");
            assert_eq!(rows(&ann).await.last().map(|row| row["stage"].clone()), Some(json!(stage)), "{key}");
        }
        assert_eq!(rows(&ann).await[0]["applied"], "2026-11-03T14:30:00Z");
    }
}

story! {
    async fn what_goes_out_comes_in_elsewhere_as_it_was(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let mut browser = ann.signed_in(&app).await;
        browser.call("save_stage", &[("name", "Probe; day"), ("status", "interview"), ("colour", "teal")]).await.ok();
        let mill = json!({ "company": "Bäckerei Süß & Co", "title": "=Baker", "location": "Lyon", "url": "https://jobs.example.org/1", "source": "fair",
            "salary": { "min": 40000, "max": 50000, "currency": "EUR", "period": "year" } });
        let job = ann.job(mill).await;
        let notes = "- first line\r\nsecond, with \"quotes\"; and <tags>\n\n=cmd()";
        let made = json!({ "job_id": job, "notes": notes, "applied_at": "2026-10-01T12:00:00Z" });
        let application = ann.post("/api/v1/applications", made).await.created().id();
        let key = browser.call("load_stages", &[]).await.ok().as_array().expect("stages").iter()
            .find(|one| one["stage"]["name"] == "Probe; day").expect("it is there")["stage"]["key"].as_str().expect("a key").to_owned();
        browser.call("move_application", &[("id", &application), ("stage", &key), ("at", "2026-10-05 12:00"), ("note", "two days; 2026-10-06 too")]).await.ok();
        browser.call("move_application", &[("id", &application), ("stage", "rejected"), ("at", "2026-10-09 12:00")]).await.ok();
        let other = ann.job(json!({ "company": "Crumb", "title": "Cook" })).await;
        ann.post("/api/v1/applications", json!({ "job_id": other, "status": "interested" })).await.created();
        let mut wanted = rows(&ann).await;
        assert_eq!(wanted[0]["history"].as_array().map(Vec::len), Some(3), "{wanted:?}");

        let mut his = bob.signed_in(&app).await;
        his.call("save_stage", &[("name", "Probe; day"), ("status", "interview"), ("colour", "teal")]).await.ok();
        for (format, kind) in [("csv", "text/csv; charset=utf-8"), ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), ("json", "application/json")] {
            let (sent, bytes) = out(&ann, &format!("format={format}")).await;
            assert_eq!(sent, kind);
            let id = read_file(&mut his, &format!("applications.{format}"), &bytes).await;
            assert_eq!(load(&mut his, &id).await["preset"], "own");
            let done = run(&mut his, &id).await;
            assert_eq!(done["report"], json!({ "created": 2, "duplicates": 0, "rejected": 0 }), "{format}: {done}");
            let mut got = rows(&bob).await;
            for row in wanted.iter_mut().chain(&mut got) {
                row["score"] = Value::Null;
                if format != "json" {
                    // A table knows days, and no notes of steps; today is a moment of today.
                    let day = |value: &Value| json!(value.as_str().map(|at| at[..10].to_owned()));
                    for name in ["since", "applied"] {
                        row[name] = day(&row[name]);
                    }
                    for step in row["history"].as_array_mut().expect("steps") {
                        step["at"] = day(&step["at"]);
                        step["note"] = json!("");
                    }
                }
            }
            assert_eq!(got, wanted, "{format}");
            wanted = rows(&ann).await;
            his.call("take_back", &[("id", done["bundle"].as_str().expect("a bundle"))]).await.ok();
            assert!(rows(&bob).await.is_empty());
        }
        let (_, csv) = out(&ann, "format=csv").await;
        let csv = String::from_utf8(csv).expect("text");
        assert!(csv.contains(",'=Baker,") && csv.contains("\"'- first line"), "{csv}");
        assert!(csv.contains("2026-10-01 Applied; 2026-10-05 Probe; day; 2026-10-09 Rejected"), "{csv}");
    }
}

story! {
    async fn the_filters_and_the_proof_of_search(app: TestApp) {
        let ann = app.person("ann").await;
        for (n, at) in ["2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"].into_iter().enumerate() {
            let job = ann.job(json!({ "company": format!("Mühle {n}"), "title": "Пекарь", "location": "Łódź", "source": "fair" })).await;
            ann.post("/api/v1/applications", json!({ "job_id": job, "applied_at": format!("{at}T10:00:00Z") })).await.created();
        }
        let (kind, bytes) = out(&ann, "format=pdf&from=2026-10-01&to=2026-10-31&name=Ann%20Example").await;
        assert_eq!(kind, "application/pdf");
        assert!(bytes.starts_with(b"%PDF-1."));
        let (_, bytes) = out(&ann, "format=json&q=2").await;
        assert_eq!(serde_json::from_slice::<Value>(&bytes).expect("a list").as_array().map(Vec::len), Some(1));
        let (_, bytes) = out(&ann, "format=json&stage=offer&min_score=&quiet=").await;
        assert_eq!(bytes, b"[]");
        for (query, field) in [("format=doc", "format"), ("from=2026-99-99", "from"), ("to=x", "to"), ("min_score=many", "min_score")] {
            ann.get(&format!("/api/v1/applications/export?{query}")).await.invalid(field);
        }
        app.anybody().get("/api/v1/applications/export").await.refused(401, "unauthorized");
        let mut browser = ann.signed_in(&app).await;
        assert!(browser.open("/applications/export?stage=applied").await.page().contains("pass the filters"));
    }
}

story! {
    async fn what_cannot_be_read_says_why(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.signed_in(&app).await;
        let rows = "Company,Title\n".to_owned() + &"Acme,Baker\n".repeat(5_001);
        for (bytes, part) in [
            (b"".as_slice(), "nothing to read"),
            (b"PK\x03\x04 and so on", "no spreadsheet"),
            (b"\xD0\xCF\x11\xE0", ".xls"),
            (b"[1, 2]", "no list of objects"),
            (rows.as_bytes(), "5,000 rows"),
        ] {
            let id = read_file(&mut browser, "odd", bytes).await;
            let view = load(&mut browser, &id).await;
            assert!(view["problem"].as_str().is_some_and(|why| why.contains(part)), "{part}: {view}");
            browser.call("run_transfer", &[("id", &id)]).await.ok();
            assert!(browser.open(&format!("/applications/import?read={id}")).await.page().contains(part), "{part}");
        }
        let large = vec![b'a'; (10 << 20) + 1];
        let answer = multipart::read_at(&mut browser, READ, &[], Some(("large.csv", &large))).await;
        assert_eq!(answer.status, 413);
        // A table of which no column is a company cannot be taken in around its mapping.
        let id = read_id(&mut browser, "a,b\n1,2\n").await;
        browser.call("run_transfer", &[("id", &id)]).await.invalid("columns");
        assert!(ann.events().await.is_empty());
    }
}

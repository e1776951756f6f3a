//! Mail of others: what is sure is done and taken back, what is likely is asked, the rest leaves no trace.

use crate::support::{multipart, *};
use career_copilot::on;

const READ: &str = "/applications/mail/read";

/// A message as somebody's program writes it.
pub fn message(id: &str, subject: &str, day: u32, text: &str) -> String {
    format!(
        "Message-ID: <{id}@mail.brotfabrik.example>\r\nDate: Tue, {day:02} Sep 2026 10:00:00 +0000\r\n\
         From: Talent Team <jobs@brotfabrik.example>\r\nTo: ann@example.org\r\nSubject: {subject}\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    )
}

pub const RECEIPT: &str = "Hi Ann,\r\n\r\nthank you for applying for the Backend Engineer position at Brotfabrik. We have received \
    your application and will review it carefully.\r\n\r\nThe Brotfabrik talent team";
pub const REJECTION: &str = "Hi Ann,\r\n\r\nthank you for your interest in the Backend Engineer position at Brotfabrik. Unfortunately, we have \
    decided not to move forward with your application and will proceed with other candidates.\r\n\r\nThe Brotfabrik talent team";

/// A message that was passed on is never sure.
pub fn passed_on(id: &str) -> String {
    let text = format!(
        "---------- Forwarded message ---------\r\nFrom: Talent Team <jobs@brotfabrik.example>\r\nDate: Tue, Sep 22, 2026 at 10:00 AM\r\n\
         Subject: Your application as Backend Engineer at Brotfabrik\r\nTo: <ann@example.org>\r\n\r\n{REJECTION}"
    );
    message(id, "Fwd: Your application as Backend Engineer at Brotfabrik", 22, &text)
}

/// An application the messages are about.
pub async fn applied(person: &Person) -> String {
    let job =
        json!({ "company": "Brotfabrik", "title": "Backend Engineer", "url": "https://careers.brotfabrik.example/1" });
    let job = person.job(job).await;
    let body = json!({ "job_id": job, "applied_at": "2026-09-01T08:00:00Z" });
    person.post("/api/v1/applications", body).await.created().id()
}

/// Reads a file; answers with the address it leads to.
pub async fn read(browser: &mut Browser, name: &str, text: &str) -> String {
    multipart::read_at(browser, READ, &[], Some((name, text.as_bytes()))).await.redirect()
}

pub async fn status(person: &Person, id: &str) -> String {
    person.get(&format!("/api/v1/applications/{id}")).await.ok()["status"].as_str().expect("a status").to_owned()
}

story! {
    async fn what_is_sure_is_done_and_can_be_taken_back(app: TestApp) {
        let ann = app.person("ann").await;
        let id = applied(&ann).await;
        let mut browser = ann.browser().await;
        let rejection = message("2", "Your application as Backend Engineer at Brotfabrik", 29, REJECTION);
        let to = read(&mut browser, "no.eml", &rejection).await;
        assert_eq!(to, "/applications/mail?read=1&known=0&done=1&asked=0&problems=0");
        assert_eq!(status(&ann, &id).await, "rejected");
        let page = browser.open(&to).await.page();
        assert!(page.contains("1 settled") && page.contains("Moved it to Rejected."), "{page}");
        let letters = browser.call("load_letters", &[]).await.ok();
        let letter = &letters["done"][0];
        assert!(letter["confidence"].as_u64().is_some_and(|sure| sure >= 95), "{letter}");
        assert_eq!((&letter["kind"], &letter["state"]), (&json!("a rejection"), &json!("done")));
        // The move bears the message's time, and who made it.
        let steps = browser.call("application_steps", &[("id", &id)]).await.ok();
        let step = steps.as_array().expect("steps").iter().find(|step| step["actor"] == "mail").expect("a step by mail").clone();
        assert!(step.to_string().contains("2026-09-29T10:00:00Z"), "{step}");
        // Sealed, and read once.
        let kept: String = on!(app.state.db.read, |c| sqlx::query_scalar("SELECT letter_sealed FROM letters").fetch_one(c).await).expect("a row");
        assert!(!kept.contains("Brotfabrik"));
        let again = read(&mut browser, "no.eml", &rejection).await;
        assert_eq!(again, "/applications/mail?read=1&known=1&done=0&asked=0&problems=0");
        browser.call("take_back", &[("id", letter["bundle"].as_str().expect("a bundle"))]).await.ok();
        assert_eq!(status(&ann, &id).await, "applied");
        assert_eq!(browser.call("load_letters", &[]).await.ok()["done"][0]["bundle"], Value::Null);
    }
}

story! {
    async fn what_is_likely_waits_for_a_word(app: TestApp) {
        let (ann, bob) = (app.person("ann").await, app.person("bob").await);
        let (id, his) = (applied(&ann).await, applied(&bob).await);
        let mut browser = ann.browser().await;
        assert!(read(&mut browser, "fwd.eml", &passed_on("1")).await.contains("asked=1"));
        assert_eq!(status(&ann, &id).await, "applied");
        let letter = browser.call("load_letters", &[]).await.ok()["asked"][0].clone();
        let letter = letter.id();
        assert!(browser.open("/applications/mail").await.page().contains("Is this right?"));
        browser.call("dismiss_letter", &[("id", &letter)]).await.ok();
        assert_eq!(browser.call("load_letters", &[]).await.ok()["asked"], json!([]));
        browser.call("ask_again", &[("id", &letter)]).await.ok();
        // Not for somebody else's application, and not by somebody else.
        browser.call("agree_to_letter", &[("id", &letter), ("application", &his)]).await.missing_function();
        bob.browser().await.call("agree_to_letter", &[("id", &letter), ("application", &his)]).await.missing_function();
        let done = browser.call("agree_to_letter", &[("id", &letter), ("application", &id)]).await.ok();
        assert_eq!((status(&ann, &id).await, status(&bob, &his).await), ("rejected".into(), "applied".into()));
        browser.call("agree_to_letter", &[("id", &letter), ("application", &id)]).await.status(409);
        browser.call("dismiss_letter", &[("id", &letter)]).await.status(409);
        browser.call("take_back", &[("id", done["bundle"].as_str().expect("a bundle"))]).await.ok();
        assert_eq!(status(&ann, &id).await, "applied");
    }
}

story! {
    async fn a_mailbox_is_read_in_its_order(app: TestApp) {
        let ann = app.person("ann").await;
        let id = applied(&ann).await;
        let path = format!("/api/v1/applications/{id}");
        ann.put(&path, json!({ "status": "interested" })).await.ok();
        let mut browser = ann.browser().await;
        let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:1@brotfabrik.example\r\nDTSTAMP:20260915T100000Z\r\n\
            DTSTART:20990310T130000Z\r\nDTEND:20990310T140000Z\r\nSUMMARY:Interview\r\nLOCATION:https://meet.google.com/abc-defg-hij\r\n\
            ORGANIZER;CN=Ada Berg:mailto:ada@brotfabrik.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        let invitation = format!(
            "Message-ID: <3@mail.brotfabrik.example>\r\nDate: Tue, 15 Sep 2026 10:00:00 +0000\r\nFrom: Talent Team <jobs@brotfabrik.example>\r\n\
             To: ann@example.org\r\nSubject: Invitation to an interview: Backend Engineer at Brotfabrik\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHi Ann,\r\n\r\nwe would like to \
             invite you to an interview for the Backend Engineer position at Brotfabrik.\r\n\r\nAda\r\n--part\r\n\
             Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n\r\n{calendar}--part--\r\n"
        );
        let receipt = message("2", "We received your application as Backend Engineer at Brotfabrik", 8, RECEIPT);
        let other = message("4", "50 % off all rolls", 12, "This week only. Unsubscribe here.").replace("brotfabrik", "baecker");
        // The newest first, as some programs export.
        let mailbox: String =
            [invitation, other, receipt].iter().map(|one| format!("From - Tue Sep 15 10:00:00 2026\r\n{one}\r\n")).collect();
        let to = read(&mut browser, "all.mbox", &mailbox).await;
        assert!(to.contains("read=3&known=0&done=2"), "{to}");
        assert_eq!(ann.get(&path).await.ok()["status"], "interview");
        let meetings = ann.get(&format!("{path}/interviews")).await.ok()["items"].clone();
        assert_eq!(meetings.as_array().map(Vec::len), Some(1), "{meetings}");
        assert_eq!((&meetings[0]["starts_at"], &meetings[0]["type"], &meetings[0]["people"]), (&json!("2099-03-10T13:00:00Z"), &json!("video"), &json!(["Ada Berg"])));
        let steps = browser.call("application_steps", &[("id", &id)]).await.ok();
        let stages: Vec<&str> = steps.as_array().expect("steps").iter().map(|step| step["stage"].as_str().unwrap_or_default()).collect();
        assert!(stages.contains(&"applied"), "{stages:?}");
        // What came late changes nothing that is further on.
        let late = message("9", "We received your application as Backend Engineer at Brotfabrik", 16, RECEIPT);
        read(&mut browser, "late.eml", &late).await;
        assert_eq!(ann.get(&path).await.ok()["status"], "interview");
        assert_eq!(browser.call("load_letters", &[]).await.ok()["done"].as_array().map(Vec::len), Some(3));
    }
}

/// An invitation's calendar part in a message of its own.
fn invited(id: &str, day: u32, from: &str, method: &str, start: &str) -> String {
    let calendar = format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:7@brotfabrik.example\r\nDTSTAMP:20260915T100000Z\r\n\
         DTSTART:2099{start}T130000Z\r\nDTEND:2099{start}T140000Z\r\nSUMMARY:Interview\r\nLOCATION:Room 3\r\n\
         ORGANIZER;CN=Ada Berg:mailto:ada@brotfabrik.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    );
    let text = "Hi Ann,\r\n\r\nwe would like to invite you to an interview for the Backend Engineer position at Brotfabrik.\r\n\r\nAda";
    format!(
        "Message-ID: <{id}@mail.brotfabrik.example>\r\nDate: Tue, {day:02} Sep 2026 10:00:00 +0000\r\nFrom: Talent Team <{from}>\r\n\
         To: ann@example.org\r\nSubject: Invitation to an interview: Backend Engineer at Brotfabrik\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--part\r\n\
         Content-Type: text/calendar; method={method}; charset=utf-8\r\n\r\n{calendar}--part--\r\n"
    )
}

story! {
    async fn an_invitation_is_moved_and_called_off(app: TestApp) {
        let ann = app.person("ann").await;
        let id = applied(&ann).await;
        let mut browser = ann.browser().await;
        let meetings = async || ann.get(&format!("/api/v1/applications/{id}/interviews")).await.ok()["items"].clone();
        let ours = "jobs@brotfabrik.example";
        assert!(read(&mut browser, "1.eml", &invited("1", 15, ours, "REQUEST", "0310")).await.contains("done=1"));
        assert!(read(&mut browser, "2.eml", &invited("2", 16, ours, "REQUEST", "0311")).await.contains("done=1"));
        let moved = meetings().await;
        assert_eq!((moved.as_array().map(Vec::len), &moved[0]["starts_at"]), (Some(1), &json!("2099-03-11T13:00:00Z")), "{moved}");
        // Somebody else takes it back: it waits.
        let to = read(&mut browser, "3.eml", &invited("3", 17, "mallory@evil.example", "CANCEL", "0311")).await;
        assert!(to.contains("done=0&asked=1"), "{to}");
        assert_eq!(meetings().await[0]["result"], "planned");
        assert!(read(&mut browser, "4.eml", &invited("4", 18, ours, "CANCEL", "0311")).await.contains("done=1"));
        assert_eq!(meetings().await[0]["result"], "cancelled");
        let letters = browser.call("load_letters_of", &[("id", &id)]).await.ok();
        let does: Vec<&str> = letters.as_array().expect("letters").iter().map(|letter| letter["does"].as_str().expect("words")).collect();
        assert_eq!(does, ["Called the interview off.", "Calls the interview off.", "Moved the interview.", "Moved it to Screening. Made the interview."]);
        let page = browser.open(&format!("/applications/{id}")).await.page();
        assert!(page.contains("Called the interview off.") && page.contains("All mail"), "{page}");
        browser.call("take_back", &[("id", letters[0]["bundle"].as_str().expect("a bundle"))]).await.ok();
        assert_eq!(meetings().await[0]["result"], "planned");
        // Of a meeting nobody knows it means nothing.
        let stranger = invited("5", 19, ours, "CANCEL", "0311").replace("UID:7@", "UID:8@");
        assert!(!read(&mut browser, "5.eml", &stranger).await.contains("done=1"));
    }
}

story! {
    async fn files_that_are_no_mail_are_refused_in_words(app: TestApp) {
        let ann = app.person("ann").await;
        applied(&ann).await;
        let mut browser = ann.browser().await;
        for (name, text, words) in [
            ("mail.eml", "", "Please choose a file of mail"),
            ("mail.zip", "PK\u{3}\u{4}", "unpack it"),
            ("mail.msg", "PK\u{3}\u{4}", ".msg"),
            ("mail.eml", "hello", "This is not a mail message"),
        ] {
            let to = read(&mut browser, name, text).await;
            let page = browser.open(&to).await.page();
            assert!(page.contains(words), "{name}: {to}");
        }
        assert_eq!(browser.call("load_letters", &[]).await.ok()["done"], json!([]));
        app.anybody().post(READ, json!({})).await.status(401);
    }
}

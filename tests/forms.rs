//! Forms posted before (or without) any script: refused, they come back as the page they came from, with what was typed.

use crate::support::{postings, *};

story! {
    async fn a_refused_sign_up_keeps_what_was_typed_but_the_password(app: TestApp) {
        let mut browser = app.browser();
        let fields = [("name", "Ann \"the\" <Baker>"), ("email", "ann@nowhere"), ("password", "short7!")];
        let answer = browser.submit("/sign-up", "sign_up", &fields).await;
        assert!(answer.headers.get("set-cookie").is_none());
        let page = answer.status(422).text;
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Create your account"), "{page}");
        assert!(page.contains("value=\"ann@nowhere\""), "{page}");
        assert!(page.contains("Ann &quot;the&quot; &lt;Baker") && !page.contains("<Baker>"), "{page}");
        assert!(page.contains("Please enter an e-mail address, such as name@example.org."), "{page}");
        assert!(page.contains("Please use at least 8 characters."), "{page}");
        assert!(!page.contains("short7!"), "the password is not written back");
        assert!(page.contains("aria-invalid"), "{page}");
    }
}

story! {
    async fn a_wrong_password_comes_back_as_the_page(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = app.browser();
        let fields = [("email", ann.email.as_str()), ("password", "not this one"), ("next", "/jobs")];
        let page = browser.submit("/sign-in?next=%2Fjobs", "sign_in", &fields).await.status(401).text;
        assert!(page.contains("The e-mail address or the password is not right."), "{page}");
        assert!(page.contains("value=\"ann@example.org\"") && page.contains("value=\"/jobs\""), "{page}");
        assert!(!page.contains("not this one"));
    }
}

story! {
    async fn a_refused_job_keeps_every_field(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let fields = [
            ("company", ""), ("title", "Baker & Miller"), ("location", "Lyon, France"), ("remote", "hybrid"), ("description", "We <bake>.\nAt night."),
            ("tech_stack", "Python\nSQL"), ("requirements", "Hands"), ("experience_level", "mid"), ("salary_min", "lots"), ("salary_max", "56000"),
            ("salary_currency", "EUR"), ("salary_period", "month"), ("url", "jobs.example.org"), ("status", "interview"), ("date_posted", "yesterday"),
        ];
        let answer = browser.submit("/jobs/new", "save_job", &fields).await.status(422);
        assert!(answer.header("content-security-policy").is_some_and(|policy| policy.contains("'nonce-")));
        let page = answer.text;
        for said in [
            "Please name the company.", "Please enter a whole number, such as 60000.", "Please enter a full link that starts with https:// or http://.",
            "Please enter a date, such as 2026-11-21.",
        ] {
            assert!(page.contains(said), "{said}: {page}");
        }
        for kept in ["value=\"Baker &amp; Miller\"", "Lyon, France", "We &lt;bake", "Python", "Hands", "value=\"lots\"", "56000", "jobs.example.org", "yesterday"] {
            assert!(page.contains(kept), "{kept}: {page}");
        }
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0);
        // The change of a job comes back to its own page.
        let job = ann.job(postings::baker()).await;
        let page = browser.submit(&format!("/jobs/{job}/edit"), "save_job", &[("id", &job), ("company", "X"), ("title", "")]).await.status(422).text;
        assert!(page.contains("Please give the job a title.") && page.contains("value=\"X\""), "{page}");
        assert!(page.contains(&format!("/jobs/{job}/edit")), "the address bar is put right");
    }
}

story! {
    async fn a_refused_profile_and_guide_keep_what_was_typed(app: TestApp) {
        let ann = app.person("ann").await;
        let mut browser = ann.browser().await;
        let fields = [("name", "Ann"), ("headline", "Bakes data"), ("skills", "Python"), ("remote", "any"), ("salary_amount", "1"), ("salary_currency", "€"),
            ("time_zone", "Middle/Earth"), ("country", "XX"), ("match_threshold", "70")];
        let page = browser.submit("/profile", "save_profile", &fields).await.status(422).text;
        for said in ["Please use a name such as Europe/Berlin.", "Please use a three-letter code, such as EUR or USD.", "Bakes data"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        let page = browser.submit("/welcome", "guide_skills", &[("skills", ""), ("current_role", "Head of Bread")]).await.status(422).text;
        assert!(page.contains("Please name at least one thing you can do") && page.contains("Head of Bread"), "{page}");
    }
}

story! {
    async fn a_form_with_script_gets_the_error_itself(app: TestApp) {
        let mut browser = app.browser();
        let answer = browser.call("sign_up", &[("name", ""), ("email", "x"), ("password", "long enough")]).await.status(422);
        assert_eq!(answer.json(), json!({ "Invalid": { "email": "Please enter an e-mail address, such as name@example.org." } }));
        // A form that lacks a field altogether is not one of ours.
        let answer = browser.call("sign_up", &[("name", "")]).await.status(400);
        assert!(answer.json()["Malformed"].is_string(), "{answer:?}");
    }
}

story! {
    async fn a_form_for_something_that_is_gone_says_so(app: TestApp) {
        let ann = app.person("ann").await;
        let job = ann.job(postings::baker()).await;
        let mut browser = ann.browser().await;
        ann.delete(&format!("/api/v1/jobs/{job}")).await.done();
        let page = browser.submit("/jobs", "delete_job", &[("id", &job)]).await.status(404).text;
        assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
        // A session that ended meanwhile leads to a page, not to an error in JSON.
        let mut stranger = app.browser();
        let answer = stranger.submit("/jobs/new", "save_job", &[("company", "Acme Mills"), ("title", "Baker")]).await;
        assert!(answer.status == 401 || answer.status == 303, "{answer:?}");
    }
}

story! {
    async fn a_page_of_another_site_is_not_rendered_back(app: TestApp) {
        let mut browser = app.browser();
        let request = browser.own(reqwest::Method::POST, "/api/sign_up").header("accept", "text/html").header("referer", "https://evil.example/x?y=1");
        let answer = browser.send(crate::support::form(request, &[("name", ""), ("email", "x"), ("password", "y")])).await;
        let to = answer.header("location").unwrap_or_default();
        assert!(!to.starts_with("https://evil.example"), "{answer:?}");
    }
}

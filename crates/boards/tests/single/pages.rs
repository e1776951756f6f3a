use super::{finder, is};
use boards::single::{Found, Sure, of_answer};
use posting::{Period, Remote};

const NONE: (&str, &str) = ("", "");
/// Enough to be a page's text.
const TEXT: &str = "<p>We bake bread for the whole town, every day of the year, and we have done so since the town had three houses.</p>\
    <p>You would knead, bake and sell.</p><h3>Requirements</h3><ul><li>Python and SQL</li><li>3+ years of experience</li></ul>";

fn page(html: &str) -> Found {
    of_answer(
        html.as_bytes(),
        Some("text/html; charset=utf-8"),
        "https://www.example.org/jobs/1?utm_source=x",
        &finder(),
    )
    .expect(html)
}

#[test]
fn what_a_page_says_to_machines_comes_first() {
    let found = page(
        r#"<title>Something else</title><h1>Another thing</h1><script type="application/ld+json">
        { "@context": "https://schema.org", "@graph": [{ "@type": "WebSite", "name": "x" }, { "@type": "JobPosting", "title": "Baker", "hiringOrganization": { "@type": "Organization", "name": "Acme Mills" },
          "jobLocation": { "address": { "addressLocality": "Berlin", "addressCountry": "DE" } }, "datePosted": "2026-03-01", "validThrough": "2026-04-01",
          "baseSalary": { "currency": "EUR", "value": { "minValue": 40000, "maxValue": 50000, "unitText": "YEAR" } },
          "description": "<p>You bake. You know Python.</p>" }] }</script>"#,
    );
    is(&found, [("Baker", "json-ld"), ("Acme Mills", "json-ld"), ("Berlin, DE", "json-ld")], "json-ld");
    for field in ["salary", "date_posted", "closes_on", "description"] {
        assert_eq!(
            (found.from[field].origin.to_string().as_str(), found.from[field].sure),
            ("json-ld", Sure::Certain),
            "{field}"
        );
    }
    assert_eq!(
        (found.posting.tech_stack.as_slice(), found.from["tech_stack"].sure),
        (["Python".to_owned()].as_slice(), Sure::Guess)
    );
    assert_eq!(found.posting.url.as_deref(), Some("https://www.example.org/jobs/1?utm_source=x"));
    assert_eq!(
        (found.from["url"].origin.to_string().as_str(), found.posting.source.as_str()),
        ("the address", "webpage")
    );
}

#[test]
fn of_several_the_one_at_the_address_is_meant() {
    let rows = |second: &str| {
        format!(
            r#"<script type="application/ld+json">[{{ "@type": "JobPosting", "title": "Miller", "hiringOrganization": "Acme", "url": "https://example.org/jobs/2" }},
            {{ "@type": "JobPosting", "title": "Baker", "hiringOrganization": "Acme", "url": "{second}" }}]</script>"#
        )
    };
    assert_eq!(page(&rows("https://example.org/jobs/1")).posting.title, "Baker");
    let list = rows("https://example.org/jobs/3");
    let said =
        of_answer(list.as_bytes(), Some("text/html"), "https://example.org/jobs/1", &finder()).expect_err("a list");
    assert!(said.to_string().starts_with("There are 2 postings in it."), "{said}");
}

#[test]
fn what_a_page_says_to_people_is_read() {
    for (html, title, company, place) in [
        (
            "<title>Night Baker at Acme Mills | Jobs</title><h1>Night Baker</h1>",
            ("Night Baker", "heading of the page"),
            ("Acme Mills", "title of the page"),
            NONE,
        ),
        (
            "<title>Night Baker - Acme Mills - Berlin, Germany</title>",
            ("Night Baker", "title of the page"),
            ("Acme Mills", "title of the page"),
            ("Berlin, Germany", "title of the page"),
        ),
        (
            "<title>Acme Mills - Night Baker</title>",
            ("Night Baker", "title of the page"),
            ("Acme Mills", "title of the page"),
            NONE,
        ),
        (
            "<title>Acme Mills hiring Data Engineer in Dublin, Ireland | LinkedIn</title>",
            ("Data Engineer", "title of the page"),
            ("Acme Mills", "title of the page"),
            ("Dublin, Ireland", "title of the page"),
        ),
        (
            "<title>Job Application for Data Engineer at Acme Mills</title>",
            ("Data Engineer", "title of the page"),
            ("Acme Mills", "title of the page"),
            NONE,
        ),
        (
            "<title>x</title><meta property='og:title' content='Data Engineer'><meta property='og:site_name' content='Acme Mills Careers'><h1>Careers</h1>",
            ("Data Engineer", "opengraph"),
            ("Acme Mills", "opengraph"),
            NONE,
        ),
        (
            "<title>Careers</title><h1>Data Engineer</h1><p>Location: Lyon, France</p><p>Company: Moulin Exemple</p>",
            ("Data Engineer", "heading of the page"),
            ("Moulin Exemple", "text of the page"),
            ("Lyon, France", "text of the page"),
        ),
        // German
        (
            "<title>Bäcker (m/w/d) bei Mühle Beispiel GmbH in Köln | StepStone</title><h1>Bäcker (m/w/d)</h1>",
            ("Bäcker (m/w/d)", "heading of the page"),
            ("Mühle Beispiel GmbH", "title of the page"),
            ("Köln", "title of the page"),
        ),
        (
            "<title>Stellenangebot: Softwareentwickler (m/w/d)</title><dl><dt>Arbeitgeber:</dt><dd>Mühle Beispiel GmbH</dd><dt>Arbeitsort:</dt><dd>Hamburg</dd></dl>",
            ("Softwareentwickler (m/w/d)", "title of the page"),
            ("Mühle Beispiel GmbH", "text of the page"),
            ("Hamburg", "text of the page"),
        ),
        // French
        (
            "<title>Offre d’emploi Boulanger (H/F) chez Moulin Exemple à Lyon - Indeed</title>",
            ("Boulanger (H/F)", "title of the page"),
            ("Moulin Exemple", "title of the page"),
            ("Lyon", "title of the page"),
        ),
        (
            "<h1>Développeur web</h1><p>Entreprise : Moulin Exemple</p><p>Lieu de travail : Nantes</p>",
            ("Développeur web", "heading of the page"),
            ("Moulin Exemple", "text of the page"),
            ("Nantes", "text of the page"),
        ),
        // Spanish
        (
            "<title>Oferta de empleo: Panadero | Molino Ejemplo | Madrid, España</title>",
            ("Panadero", "title of the page"),
            ("Molino Ejemplo", "title of the page"),
            ("Madrid, España", "title of the page"),
        ),
        (
            "<h1>Desarrolladora</h1><table><tr><td>Empresa:</td><td>Molino Ejemplo</td></tr><tr><td>Ubicación:</td><td>Sevilla</td></tr></table>",
            ("Desarrolladora", "heading of the page"),
            ("Molino Ejemplo", "text of the page"),
            ("Sevilla", "text of the page"),
        ),
        // Only the address is left to name the company.
        ("<h1>Night Baker</h1>", ("Night Baker", "heading of the page"), ("Example", "the address"), NONE),
        // A piece for machines that is not whole still says what it says.
        (
            "<script type='application/ld+json'>{ \"@type\": \"JobPosting\", \"name\": 7, \"datePosted\": \"2026-03-01\" }</script><title>Night Baker at Acme Mills</title>",
            ("Night Baker", "title of the page"),
            ("Acme Mills", "title of the page"),
            NONE,
        ),
    ] {
        let found =
            page(&format!("<!doctype html><html><head><meta charset=utf-8></head><body>{html}{TEXT}</body></html>"));
        is(&found, [title, company, place], html);
        assert!(found.posting.description.contains("We bake bread for the whole town"), "{html}");
        assert_eq!(found.posting.tech_stack, ["Python", "SQL"], "{html}");
    }
}

#[test]
fn only_the_main_text_is_the_description() {
    let around = |main: &str| {
        format!(
            "<html><head><title>Night Baker</title><script>var x = '<p>script</p>';</script><style>p {{ }}</style></head><body>\
             <header><a href=/>Acme</a> our slogan</header><nav><ul><li><a href=/a>Products</a></li><li>Menu words</li></ul></nav>\
             <div class='cookie-banner'><p>We use cookies. Do you agree to all of them, today and for ever?</p><button>Accept</button></div>\
             <div id=page><div class=wrap>{main}</div><aside>Subscribe to our newsletter</aside>\
             <div class=teasers><a href=/2>Other posting one</a> <a href=/3>Other posting two</a> <a href=/4>Other posting three</a></div></div>\
             <footer>Imprint words</footer><noscript>Please turn on</noscript></body></html>"
        )
    };
    for main in [
        format!("<main><h1>Night Baker</h1>{TEXT}</main>"),
        format!("<div class='job-description'>{TEXT}</div>"),
        format!(
            "<article><header><h1>Night Baker</h1></header><section><div><div>{TEXT}</div></div></section></article>"
        ),
        format!("<table><tr><td>{TEXT}</td></tr></table>"),
        // Never closed.
        format!("<div><div><section>{TEXT}"),
        // Closed too often.
        format!("</div></section>{TEXT}</div></div></main>"),
    ] {
        let text = page(&around(&main)).posting.description;
        assert!(text.contains("We bake bread") && text.contains("- Python and SQL"), "{main}: {text}");
        for other in ["slogan", "Menu words", "cookies", "newsletter", "Imprint", "turn on", "script", "Accept"] {
            // An open element swallows what comes after it, as it does in a browser.
            let swallowed = main.starts_with("<div><div><section>") && matches!(other, "newsletter" | "Imprint");
            assert!(swallowed || !text.contains(other), "{other} in {main}: {text}");
        }
    }
    let text = page(&around(&format!("<main>{TEXT}</main>"))).posting.description;
    assert!(!text.contains("Other posting"), "{text}");
}

#[test]
fn labels_beside_the_text_count() {
    let found = page(&format!(
        "<h1>Night Baker</h1><main>{TEXT}</main><aside><dl><dt>Company</dt><dd>Acme Mills</dd><dt>Location</dt><dd>Dublin, Ireland</dd>\
         <dt>Salary</dt><dd>€20 per hour</dd><dt>Posted</dt><dd>3 days ago</dd><dt>Deadline</dt><dd>1 April 2026</dd><dt>x</dt><dd>Hybrid</dd></dl></aside>"
    ));
    let posting = &found.posting;
    assert_eq!((posting.company.as_str(), posting.location.as_str()), ("Acme Mills", "Dublin, Ireland"));
    let pay = posting.salary.as_ref().expect("pay");
    assert_eq!((pay.min, pay.currency.as_str(), pay.period), (Some(20), "EUR", Period::Hour));
    assert_eq!(posting.date_posted.map(|day| day.to_string()).as_deref(), Some("2026-03-07"));
    assert_eq!(posting.closes_on.map(|day| day.to_string()).as_deref(), Some("2026-04-01"));
    let found = page(&format!("<h1>Night Baker (hybrid)</h1><main>{TEXT}</main>"));
    assert_eq!(found.posting.remote, Some(Remote::Hybrid));
}

#[test]
fn pages_that_say_nothing_are_refused_with_a_way_out() {
    for html in [
        "",
        "<html></html>",
        "<title>Night Baker at Acme Mills</title><div id=root></div><script>render()</script>",
        "<p>Please sign in.</p>",
    ] {
        let said = of_answer(html.as_bytes(), Some("text/html"), "https://example.org/1", &finder())
            .expect_err(html)
            .to_string();
        assert!(
            said.starts_with("There is too little text at this address") && said.contains("paste the text"),
            "{html}: {said}"
        );
    }
}

#[test]
fn plain_text_and_other_letters_are_read() {
    let text = "B\u{e4}cker (m/w/d) bei M\u{fc}hle Beispiel GmbH\n\nWir backen Brot f\u{fc}r die ganze Stadt, an jedem Tag des Jahres, und das seit die Stadt drei H\u{e4}user hatte.";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    for (body, kind) in
        [(latin.as_slice(), "text/plain"), (&latin, "text/plain; charset=iso-8859-1"), (text.as_bytes(), "text/plain")]
    {
        let found = of_answer(body, Some(kind), "https://example.org/1", &finder()).expect(kind);
        assert_eq!(
            (found.posting.title.as_str(), found.posting.company.as_str()),
            ("Bäcker (m/w/d)", "Mühle Beispiel GmbH"),
            "{kind}"
        );
    }
}

use super::{finder, is, names};
use boards::single::{Sure, of_text};
use posting::{Level, Period, Remote};

const NONE: (&str, &str) = ("", "");
const WORK: &str = "\n\nWe bake bread for the whole town, every day of the year.\n\nYou bring\n- Python and SQL\n- 3+ years of experience\n";

#[test]
fn first_lines_speak() {
    for (top, title, company, place) in [
        ("Senior Baker at Acme Mills", ("Senior Baker", "text line 1"), ("Acme Mills", "text line 1"), NONE),
        (
            "Senior Baker at Acme Mills in Berlin",
            ("Senior Baker", "text line 1"),
            ("Acme Mills", "text line 1"),
            ("Berlin", "text line 1"),
        ),
        (
            "Data Engineer at Acme Mills, Berlin, Germany",
            ("Data Engineer", "text line 1"),
            ("Acme Mills", "text line 1"),
            ("Berlin, Germany", "text line 1"),
        ),
        (
            "Data Engineer @ Acme Mills (Lyon, France)",
            ("Data Engineer", "text line 1"),
            ("Acme Mills", "text line 1"),
            ("Lyon, France", "text line 1"),
        ),
        (
            "Acme Mills is hiring a Senior Baker in Dublin!",
            ("Senior Baker", "text line 1"),
            ("Acme Mills", "text line 1"),
            ("Dublin", "text line 1"),
        ),
        (
            "Acme Mills is looking for an Oven Engineer.",
            ("Oven Engineer", "text line 1"),
            ("Acme Mills", "text line 1"),
            NONE,
        ),
        // German
        (
            "Bäcker (m/w/d) bei Mühle Beispiel GmbH in Köln",
            ("Bäcker (m/w/d)", "text line 1"),
            ("Mühle Beispiel GmbH", "text line 1"),
            ("Köln", "text line 1"),
        ),
        (
            "Mühle Beispiel GmbH sucht eine Softwareentwicklerin (m/w/d)",
            ("Softwareentwicklerin (m/w/d)", "text line 1"),
            ("Mühle Beispiel GmbH", "text line 1"),
            NONE,
        ),
        // French
        (
            "Boulanger (H/F) chez Moulin Exemple à Lyon",
            ("Boulanger (H/F)", "text line 1"),
            ("Moulin Exemple", "text line 1"),
            ("Lyon", "text line 1"),
        ),
        (
            "Moulin Exemple recrute un(e) Développeur web à Nantes",
            ("Développeur web", "text line 1"),
            ("Moulin Exemple", "text line 1"),
            ("Nantes", "text line 1"),
        ),
        (
            "Offre d’emploi : Comptable chez Moulin Exemple",
            ("Comptable", "text line 1"),
            ("Moulin Exemple", "text line 1"),
            NONE,
        ),
        // Spanish
        (
            "Molino Ejemplo busca Desarrolladora backend en Madrid",
            ("Desarrolladora backend", "text line 1"),
            ("Molino Ejemplo", "text line 1"),
            ("Madrid", "text line 1"),
        ),
        (
            "Molino Ejemplo está buscando una Panadera en Sevilla",
            ("Panadera", "text line 1"),
            ("Molino Ejemplo", "text line 1"),
            ("Sevilla", "text line 1"),
        ),
    ] {
        is(&of_text(&format!("{top}{WORK}"), &finder()).expect(top), [title, company, place], top);
    }
}

#[test]
fn labels_speak() {
    for (text, expected) in [
        (
            "Company: Acme Mills\nPosition: Night Baker\nLocation: Dublin, Ireland",
            [("Night Baker", "text line 2"), ("Acme Mills", "text line 1"), ("Dublin, Ireland", "text line 3")],
        ),
        (
            "Stellenbezeichnung: Bäckerin\nArbeitgeber: Mühle Beispiel GmbH\nArbeitsort: Köln",
            [("Bäckerin", "text line 1"), ("Mühle Beispiel GmbH", "text line 2"), ("Köln", "text line 3")],
        ),
        (
            "Entreprise : Moulin Exemple\nIntitulé du poste : Boulanger\nLieu : Lyon",
            [("Boulanger", "text line 2"), ("Moulin Exemple", "text line 1"), ("Lyon", "text line 3")],
        ),
        (
            "Puesto: Panadero\nEmpresa: Molino Ejemplo\nUbicación: Madrid, España",
            [("Panadero", "text line 1"), ("Molino Ejemplo", "text line 2"), ("Madrid, España", "text line 3")],
        ),
        (
            "Job title\nNight Baker\n\nEmployer\nAcme Mills\n\nPlace of work\nDublin",
            [("Night Baker", "text line 2"), ("Acme Mills", "text line 5"), ("Dublin", "text line 8")],
        ),
        (
            "**Company:** Acme Mills\n**Role:** Miller\n**Location:** Remote, Germany",
            [("Miller", "text line 2"), ("Acme Mills", "text line 1"), ("Remote, Germany", "text line 3")],
        ),
    ] {
        let found = of_text(&format!("{text}{WORK}"), &finder()).expect(text);
        is(&found, expected, text);
        assert!(
            found
                .from
                .values()
                .filter(|from| from.origin.to_string().starts_with("text line"))
                .all(|from| from.sure == Sure::Likely)
        );
    }
}

#[test]
fn lines_one_under_another_are_guessed() {
    for (top, title, company, place) in [
        ("Senior Baker\nAcme Mills\nBerlin, Germany", "Senior Baker", "Acme Mills", "Berlin, Germany"),
        (
            "Data Engineer\nAcme Mills · Berlin, Germany (hybrid)",
            "Data Engineer",
            "Acme Mills",
            "Berlin, Germany (hybrid)",
        ),
        ("Data Engineer\nAcme Mills - Lyon, France", "Data Engineer", "Acme Mills", "Lyon, France"),
        (
            "Softwareentwickler (m/w/d)\nMühle Beispiel GmbH\n50667 Köln",
            "Softwareentwickler (m/w/d)",
            "Mühle Beispiel GmbH",
            "50667 Köln",
        ),
        (
            "Ingénieur logiciel (H/F)\nMoulin Exemple\nToulouse, France",
            "Ingénieur logiciel (H/F)",
            "Moulin Exemple",
            "Toulouse, France",
        ),
        ("Senior Baker - Acme Mills - Berlin, Germany", "Senior Baker", "Acme Mills", "Berlin, Germany"),
        ("Acme Mills | Data Engineer | Remote, Europe", "Data Engineer", "Acme Mills", "Remote, Europe"),
        ("Night Baker\n\nAbout Acme Mills\n\nWe bake.", "Night Baker", "Acme Mills", ""),
        ("Night Baker\n\nAt Acme Mills, we bake bread.", "Night Baker", "Acme Mills", ""),
        ("Bäcker (m/w/d)\n\nÜber Mühle Beispiel\n\nWir backen.", "Bäcker (m/w/d)", "Mühle Beispiel", ""),
    ] {
        let found = of_text(&format!("{top}{WORK}"), &finder()).expect(top);
        let [(is_title, _), (is_company, _), (is_place, _)] = names(&found);
        assert_eq!((is_title.as_str(), is_company.as_str(), is_place.as_str()), (title, company, place), "{top}");
        assert_eq!(found.from["title"].sure, Sure::Guess, "{top}");
    }
}

#[test]
fn what_is_not_there_is_not_made_up() {
    for text in [
        "We bake bread for the whole town. You would knead, bake and sell, and have every other weekend off.",
        "Apply now!",
        "Who are we?\n\nWe are a family that bakes.",
        "- Python\n- SQL",
        "We are hiring. Our company is looking for people who like bread.",
        "About us\n\nWe bake.\n\nAbout the role\n\nYou knead.",
        "x",
    ] {
        let found = of_text(text, &finder()).expect(text);
        assert_eq!(found.posting.company, "", "{text}");
        assert!(found.missing().contains(&"company") && !found.missing().contains(&"description"), "{text}");
    }
    let found = of_text("Night Baker\n\nWe bake bread for the whole town.", &finder()).expect("it is text");
    assert_eq!(
        found.missing(),
        [
            "company",
            "location",
            "remote",
            "url",
            "tech_stack",
            "experience_level",
            "salary",
            "responsibilities",
            "requirements",
            "date_posted",
            "closes_on"
        ]
    );
    assert!(of_text(" \n ", &finder()).is_err());
}

#[test]
fn the_rest_is_read_from_the_text() {
    let text = "Senior Data Engineer at Acme Mills\n\nSalary: €70,000 - €85,000 per year\nPosted: 2026-03-01\nApply by: 1 April 2026\n\nFully remote within Germany.\n\n\
        Requirements\n- Python and SQL\n\nResponsibilities\n- Count the loaves\n\nApply at https://jobs.example.org/night?utm_source=x.";
    let found = of_text(text, &finder()).expect("it is text");
    let posting = &found.posting;
    assert_eq!(posting.tech_stack, ["Python", "SQL"]);
    let pay = posting.salary.as_ref().expect("pay");
    assert_eq!(
        (pay.min, pay.max, pay.currency.as_str(), pay.period),
        (Some(70_000), Some(85_000), "EUR", Period::Year)
    );
    assert_eq!((posting.remote, posting.experience_level), (Some(Remote::Remote), Some(Level::Senior)));
    assert_eq!(posting.date_posted.map(|day| day.to_string()).as_deref(), Some("2026-03-01"));
    assert_eq!(posting.closes_on.map(|day| day.to_string()).as_deref(), Some("2026-04-01"));
    assert_eq!(posting.url.as_deref(), Some("https://jobs.example.org/night?utm_source=x"));
    for (field, from) in [
        ("salary", "text line 3"),
        ("date_posted", "text line 4"),
        ("closes_on", "text line 5"),
        ("url", "text line 15"),
        ("tech_stack", "guessed from the text"),
        ("remote", "guessed from the text"),
    ] {
        assert_eq!(found.from[field].origin.to_string(), from, "{field}");
    }
    assert!(posting.description.starts_with("Senior Data Engineer at Acme Mills\n\nSalary"));
    // A board's link names its company, and that is a guess.
    let found = of_text("Oven Engineer\nhttps://jobs.lever.co/acme-ovens/1", &finder()).expect("it is text");
    assert_eq!((found.posting.company.as_str(), found.from["company"].sure), ("Acme Ovens", Sure::Guess));
}

#[test]
fn a_pasted_source_is_read_as_what_it_is() {
    let json = r#"{ "@context": "https://schema.org", "@type": "JobPosting", "title": "Baker", "hiringOrganization": { "name": "Acme Mills" }, "description": "You bake." }"#;
    is(&of_text(json, &finder()).expect("a posting"), [("Baker", "json-ld"), ("Acme Mills", "json-ld"), NONE], json);
    let page = format!("<html><script type='application/ld+json'>{json}</script>");
    is(&of_text(&page, &finder()).expect("a posting"), [("Baker", "json-ld"), ("Acme Mills", "json-ld"), NONE], &page);
    let two = format!("[{json}, {json}]");
    assert!(of_text(&two, &finder()).expect_err("two").to_string().starts_with("There are 2 postings in it."));
    // What only begins like one is text.
    assert_eq!(
        of_text("{ curly words } and more", &finder()).expect("text").posting.description,
        "{ curly words } and more"
    );
}

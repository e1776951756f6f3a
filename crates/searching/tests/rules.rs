//! What a search finds, rule by rule.

use posting::{Level, Period, Remote, Salary};
use searching::{Index, Language, LeastPay, Opening, Search, language, words};

fn some(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

fn titles(list: &[&str]) -> Search {
    Search { titles: some(list), ..Search::default() }
}

/// Why the search wants the opening, in words.
fn why(search: &Search, opening: &Opening<'_>) -> Option<String> {
    let index = Index::of([(1_u8, search)].into_iter());
    let hits = index.find(opening);
    assert!(hits.len() < 2, "a search is found once");
    hits.first().map(|hit| index.words(hit, opening))
}

fn wants(search: &Search, opening: &Opening<'_>) -> bool {
    why(search, opening).is_some()
}

#[test]
fn every_word_of_one_title_has_to_be_there() {
    let at = |wanted: &str, title: &str| wants(&titles(&["Florist", wanted]), &Opening { title, ..Opening::default() });
    for (wanted, title) in [
        ("Backend Engineer", "Senior Engineer, Backend (m/w/d)"),
        ("Front-end Developer", "Frontend Dev"),
        ("Front end developers", "Frontend-Entwickler:in"),
        ("Software Engineer", "Software Developer II"),
        ("Developer", "Senior Software Engineer"),
        ("Engineering Manager", "Manager, Engineers"),
        ("Sr. Data Analyst", "Senior Data Analytics Lead"),
        ("Head of Sales", "Sales Head"),
        ("Machine Learning Engineer", "ML Engineering"),
        ("C++ Developer", "Developer C++/Qt"),
        ("Bäcker", "BACKER (f/m)"),
        ("Companies Secretary", "Company secretaries"),
    ] {
        assert!(at(wanted, title), "{wanted} finds {title}");
    }
    for (wanted, title) in [
        ("Backend Engineer", "Backend Manager"),
        ("Senior Engineer", "Engineer"),
        ("C Developer", "C++ Developer"),
        ("Sales Engineer", "Sales Developer"),
        ("Java Developer", "JavaScript Developer"),
    ] {
        assert!(!at(wanted, title), "{wanted} does not find {title}");
    }
}

#[test]
fn skills_count_alone_and_add_beside_titles() {
    let asked = some(&["rust", "SQL", "Kafka"]);
    let opening = Opening { title: "Engineer", skills: &asked, ..Opening::default() };
    let skills = |list: &[&str], least_skills| Search { skills: some(list), least_skills, ..Search::default() };
    assert_eq!(why(&skills(&["Rust", "Go"], 0), &opening).as_deref(), Some("Skill: Rust"));
    assert!(wants(&skills(&["Rust", "SQL", "Go"], 2), &opening));
    assert!(!wants(&skills(&["Rust", "Go"], 2), &opening));
    assert!(!wants(&skills(&["Go"], 0), &opening));
    let both = Search { titles: some(&["Engineer"]), ..skills(&["Go"], 0) };
    assert!(wants(&both, &opening), "beside a title they do not have to be there");
    assert!(!wants(&Search { least_skills: 1, ..both }, &opening), "unless the search says so");
    assert!(!wants(&Search::default(), &opening), "a search for nothing wants nothing");
}

#[test]
fn places_are_the_same_or_may_be() {
    let at = |wanted: &str, location: &str, remote| {
        let search = Search { places: some(&[wanted]), ..titles(&["Engineer"]) };
        wants(&search, &Opening { title: "Engineer", location, remote, ..Opening::default() })
    };
    let onsite = Some(Remote::Onsite);
    for (wanted, location) in [
        ("Berlin", "Berlin, Germany"),
        ("Germany", "München"),
        ("Berlin", "Germany"),
        ("Europe", "Lyon, France"),
        ("Berlin", ""),
        ("Munich", "Hamburg / Munich"),
        ("California", "San Francisco, CA"),
    ] {
        assert!(at(wanted, location, onsite), "{wanted} finds {location}");
    }
    for (wanted, location) in [("Berlin", "Hamburg"), ("Germany", "Paris"), ("Europe", "Toronto, ON, Canada")] {
        assert!(!at(wanted, location, onsite), "{wanted} does not find {location}");
    }
    assert!(at("Berlin", "Remote (Germany)", None));
    assert!(at("Berlin", "Hamburg", Some(Remote::Remote)), "remote work reaches the whole country");
    assert!(!at("Berlin", "Remote (United States)", None));
}

#[test]
fn ways_levels_and_languages() {
    let opening = Opening { title: "Engineer", ..Opening::default() };
    let ways = |ways: &[Remote]| Search { ways: ways.to_vec(), ..titles(&["Engineer"]) };
    assert!(!wants(&ways(&[Remote::Remote]), &opening), "one that does not say is on site");
    assert!(wants(&ways(&[Remote::Remote, Remote::Onsite]), &opening));
    assert!(wants(&ways(&[Remote::Remote]), &Opening { location: "Remote - EMEA", ..opening }));
    let level = Search { levels: vec![Level::Senior, Level::Lead], ..titles(&["Engineer"]) };
    assert!(wants(&level, &opening), "no level passes");
    assert!(wants(&level, &Opening { level: Some(Level::Lead), ..opening }));
    assert!(!wants(&level, &Opening { level: Some(Level::Entry), ..opening }));
    let german =
        "Wir suchen dich für unser Team. Du bist mit der Technik vertraut und hast Freude bei der Arbeit mit uns.";
    let english = Search { languages: vec![Language::English], ..titles(&["Engineer"]) };
    assert!(!wants(&english, &Opening { text: german, ..opening }));
    assert!(wants(&english, &Opening { text: "Too short to tell.", ..opening }));
}

#[test]
fn pay_is_compared_for_a_year_and_passes_where_it_cannot_be() {
    let search = Search {
        pay: Some(LeastPay { amount: 60_000, currency: "EUR".into(), period: Period::Year }),
        ..titles(&["Engineer"])
    };
    let paying = |min, max, currency: &str, period| Salary { min, max, currency: currency.into(), period };
    let said = |salary: Option<&Salary>| why(&search, &Opening { title: "Engineer", salary, ..Opening::default() });
    assert_eq!(
        said(Some(&paying(Some(50_000), Some(65_000), "EUR", Period::Year))).as_deref(),
        Some("Title “Engineer”; pays enough")
    );
    assert_eq!(
        said(Some(&paying(None, Some(5_000), "EUR", Period::Month))).as_deref(),
        Some("Title “Engineer”; pays enough")
    );
    assert_eq!(said(Some(&paying(Some(20), None, "EUR", Period::Hour))), None);
    assert_eq!(said(None).as_deref(), Some("Title “Engineer”; pay not named"));
    assert!(
        said(Some(&paying(Some(20), None, "USD", Period::Hour)))
            .is_some_and(|words| words.contains("another currency"))
    );
}

#[test]
fn what_is_not_wanted_keeps_a_posting_away() {
    let text = "You know PHP. Night shifts are paid.";
    let opening = Opening { title: "Web Developer", company: "Acme Mills GmbH & Co. KG", text, ..Opening::default() };
    let without = |word: &str| Search { without_words: some(&[word]), ..titles(&["Developer"]) };
    assert!(!wants(&without("php"), &opening));
    assert!(!wants(&without("Night shift"), &opening));
    assert!(wants(&without("shift night"), &opening));
    assert!(wants(&without("ph"), &opening), "only whole words");
    assert!(!wants(&without("web"), &opening), "the title counts, too");
    assert!(wants(&without("developer you"), &opening), "nothing goes from the title into the text");
    let away = Search { without_companies: some(&["acme mills"]), ..titles(&["Developer"]) };
    assert!(!wants(&away, &opening));
    assert!(wants(&away, &Opening { company: "Acme", ..opening }));
}

#[test]
fn sources_are_ranked() {
    let search = Search { sources: vec![7, 3], ..titles(&["Engineer"]) };
    let index = Index::of([(1_u8, &search)].into_iter());
    let rank = |sources: &[u128]| {
        let opening = Opening { title: "Engineer", sources, ..Opening::default() };
        index.find(&opening).first().map(|hit| hit.why.source_rank)
    };
    assert_eq!((rank(&[3]), rank(&[3, 7]), rank(&[9])), (Some(1), Some(0), None));
}

#[test]
fn a_search_is_changed_and_goes() {
    let mut index = Index::default();
    assert!(index.is_empty());
    index.put(1, &titles(&["Baker"]));
    index.put(2, &Search { skills: some(&["Baking"]), ..Search::default() });
    let skills = some(&["Baking"]);
    let found = |index: &Index<i32>, title| {
        let mut all: Vec<i32> = index
            .find(&Opening { title, skills: &skills, ..Opening::default() })
            .iter()
            .map(|hit| hit.search)
            .collect();
        all.sort_unstable();
        all
    };
    assert_eq!(found(&index, "Baker"), [1, 2]);
    index.put(1, &titles(&["Miller"]));
    assert_eq!((found(&index, "Baker"), found(&index, "Miller"), index.len()), (vec![2], vec![1, 2], 2));
    assert!(index.remove(2) && !index.remove(2));
    index.put(3, &titles(&["Baker"]));
    assert_eq!((found(&index, "Baker"), found(&index, "Miller")), (vec![3], vec![1]));
}

#[test]
fn languages_are_told_apart() {
    for (text, wanted) in [
        (
            "You will work with the team and build the tools that our customers are waiting for.",
            Some(Language::English),
        ),
        (
            "Vous travaillez avec nous dans une équipe pour les clients et votre avenir est chez nous.",
            Some(Language::French),
        ),
        (
            "Buscamos una persona con experiencia para el equipo; los proyectos y las tareas son del cliente.",
            Some(Language::Spanish),
        ),
        ("Je werkt met een team aan het product van onze klant en je bent op kantoor bij ons.", Some(Language::Dutch)),
        ("Rust, SQL, Kafka", None),
        ("", None),
    ] {
        assert_eq!(language::of(text), wanted, "{text}");
    }
    assert!(Language::ALL.into_iter().all(|language| Language::parse(language.code()) == Some(language)));
}

#[test]
fn companies_are_known_by_their_names() {
    assert_eq!(words::company("Acme Mills GmbH & Co. KG"), words::company("ACME MILLS"));
    assert_eq!(words::company("Müller AG"), words::company("Muller"));
    assert_ne!(words::company("Acme"), words::company("Acme Mills"));
    assert_eq!(words::company("Co"), "co");
}

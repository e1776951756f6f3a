//! The index finds what looking at every search one by one finds, whatever was put in, changed and taken out before.

use posting::{Level, Period, Remote, Salary};
use proptest::{collection::vec, option, prelude::*, sample::select};
use searching::{Index, Language, LeastPay, Opening, Search, a_year, fits, language, words};

const WORDS: [&str; 10] =
    ["senior", "backend", "engineer", "developer", "sales", "front end", "manager", "of", "c++", "(m/f/d)"];
const SKILLS: [&str; 4] = ["Rust", "SQL", "Baking", "sql"];
const PLACES: [&str; 8] = ["Berlin", "Germany", "Paris", "Europe", "Remote (Germany)", "New York, NY", "", "Worldwide"];

/// The rules, said without an index.
fn wants(search: &Search, opening: &Opening<'_>) -> bool {
    let title = words::offered(opening.title);
    let titles: Vec<Vec<String>> = search.titles.iter().map(|title| words::wanted(title)).collect();
    let by_title = titles.iter().any(|wanted| !wanted.is_empty() && wanted.iter().all(|word| title.contains(word)));
    let mut skills: Vec<String> = search.skills.iter().map(|skill| skill.to_lowercase()).collect();
    skills.sort();
    skills.dedup();
    let asked: Vec<String> = opening.skills.iter().map(|skill| skill.to_lowercase()).collect();
    let has = skills.iter().filter(|skill| asked.contains(skill)).count();
    let here = places::parse(opening.location);
    let way = opening.remote.or(here.remote).unwrap_or(Remote::Onsite);
    let spots: Vec<_> = here.places.iter().map(places::Place::spot).collect();
    let at = |text: &String| {
        let wanted = places::parse(text);
        wanted.anywhere
            || wanted.places.iter().any(|one| spots.iter().any(|spot| fits(&one.spot(), spot, way == Remote::Remote)))
    };
    let pays = |least: &LeastPay| match opening.salary.map(|salary| (salary.max.or(salary.min), salary)) {
        Some((Some(most), salary)) if salary.currency == least.currency => {
            a_year(most, salary.period) >= least.a_year()
        }
        _ => true,
    };
    let text = format!("{} . {}", words::plain(opening.title).join(" "), words::plain(opening.text).join(" "));
    let says = |phrase: &String| {
        let phrase = words::plain(phrase).join(" ");
        !phrase.is_empty() && format!(" {text} ").contains(&format!(" {phrase} "))
    };
    (by_title || search.titles.is_empty())
        && has >= usize::from(search.skills_needed())
        && (search.places.is_empty() || spots.is_empty() || here.more || search.places.iter().any(at))
        && (search.ways.is_empty() || search.ways.contains(&way))
        && (search.levels.is_empty() || opening.level.is_none_or(|level| search.levels.contains(&level)))
        && (search.languages.is_empty()
            || language::of(opening.text).is_none_or(|language| search.languages.contains(&language)))
        && search.pay.as_ref().is_none_or(pays)
        && !search.without_words.iter().any(says)
        && !search.without_companies.iter().any(|name| words::company(name) == words::company(opening.company))
        && (search.sources.is_empty() || search.sources.iter().any(|source| opening.sources.contains(source)))
}

fn title() -> impl Strategy<Value = String> {
    vec(select(&WORDS[..]), 0..4).prop_map(|words| words.join(" "))
}

fn search() -> impl Strategy<Value = Search> {
    let wanted = (vec(title(), 0..3), vec(select(&SKILLS[..]), 0..3), 0..3_u8, vec(select(&PLACES[..]), 0..3));
    let narrowed = (
        vec(select(&Remote::ALL[..]), 0..2),
        vec(select(&Level::ALL[..]), 0..2),
        vec(select(&[Language::English, Language::German][..]), 0..2),
        option::of(salary()),
        vec(title(), 0..2),
        vec(select(&["Acme GmbH", "Mills"][..]), 0..2),
        vec(0..3_u128, 0..2),
    );
    (wanted, narrowed).prop_map(
        |(
            (titles, skills, least_skills, places),
            (ways, levels, languages, pay, without_words, companies, sources),
        )| {
            let own = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
            Search {
                titles,
                skills: own(skills),
                least_skills,
                places: own(places),
                ways,
                levels,
                languages,
                pay: pay
                    .and_then(|pay| Some(LeastPay { amount: pay.min?, currency: pay.currency, period: pay.period })),
                // Mostly none, or nothing would ever be found.
                without_words: if sources.is_empty() { without_words } else { Vec::new() },
                without_companies: own(companies),
                sources,
            }
        },
    )
}

fn salary() -> impl Strategy<Value = Salary> {
    (option::of(0..100_000_i64), option::of(0..100_000_i64), select(&["EUR", "USD"][..]), select(&Period::ALL[..]))
        .prop_map(|(min, max, currency, period)| Salary { min, max, currency: currency.into(), period })
}

#[derive(Debug)]
struct Job {
    title: String,
    company: &'static str,
    location: &'static str,
    remote: Option<Remote>,
    level: Option<Level>,
    salary: Option<Salary>,
    skills: Vec<String>,
    text: String,
    sources: Vec<u128>,
}

fn job() -> impl Strategy<Value = Job> {
    let text = prop_oneof![
        Just("You will work with the team and our tools to be the best for this.".to_owned()),
        Just("Wir sind ein Team und du bist bei uns mit der Technik für die Kunden da.".to_owned()),
        title(),
    ];
    let first = (title(), select(&["ACME", "Mills Inc.", "Other"][..]), select(&PLACES[..]), text);
    let rest = (
        option::of(select(&Remote::ALL[..])),
        option::of(select(&Level::ALL[..])),
        option::of(salary()),
        vec(select(&SKILLS[..]), 0..3),
        vec(0..3_u128, 0..3),
    );
    (first, rest).prop_map(|((title, company, location, text), (remote, level, salary, skills, sources))| Job {
        title,
        company,
        location,
        remote,
        level,
        salary,
        skills: skills.into_iter().map(str::to_owned).collect(),
        text,
        sources,
    })
}

fn opening(job: &Job) -> Opening<'_> {
    Opening {
        title: &job.title,
        company: job.company,
        location: job.location,
        remote: job.remote,
        level: job.level,
        salary: job.salary.as_ref(),
        skills: &job.skills,
        text: &job.text,
        sources: &job.sources,
    }
}

fn found<K: Copy + Eq + std::hash::Hash + Ord>(index: &Index<K>, opening: &Opening<'_>) -> Vec<K> {
    let mut all: Vec<K> = index.find(opening).into_iter().map(|hit| hit.search).collect();
    all.sort_unstable();
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_index_finds_what_looking_at_each_finds(searches in vec(search(), 1..25), jobs in vec(job(), 1..6)) {
        let index = Index::of(searches.iter().enumerate());
        for job in &jobs {
            let opening = opening(job);
            let one_by_one: Vec<usize> =
                (0..searches.len()).filter(|at| wants(&searches[*at], &opening)).collect();
            prop_assert_eq!(found(&index, &opening), one_by_one);
        }
    }

    #[test]
    fn changes_leave_nothing_behind(
        steps in vec((0..6_usize, option::of(search())), 1..30), job in job(),
    ) {
        let mut index = Index::default();
        let mut left: std::collections::BTreeMap<usize, Search> = std::collections::BTreeMap::new();
        for (key, search) in steps {
            match search {
                Some(search) => {
                    index.put(key, &search);
                    left.insert(key, search);
                }
                None => prop_assert_eq!(index.remove(key), left.remove(&key).is_some()),
            }
        }
        let opening = opening(&job);
        let one_by_one: Vec<usize> = left.iter().filter(|(_, search)| wants(search, &opening)).map(|(key, _)| *key).collect();
        prop_assert_eq!(found(&index, &opening), one_by_one);
        prop_assert_eq!(index.len(), left.len());
    }

    #[test]
    fn any_text_is_read(title in "\\PC{0,60}", text in "\\PC{0,200}") {
        let search = Search { titles: vec![title.clone()], without_companies: vec![title.clone()], ..Search::default() };
        let index = Index::of([(1_u8, &search)].into_iter());
        let opening = Opening { title: &title, text: &text, ..Opening::default() };
        let hits = index.find(&opening);
        prop_assert_eq!(hits.is_empty(), words::wanted(&title).is_empty() || words::company(&title).is_empty());
        for hit in hits {
            index.words(&hit, &opening);
        }
    }
}

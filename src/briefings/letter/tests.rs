//! What the three kinds read like, whatever is in them.

use super::*;
use crate::{
    briefings::{
        content::*,
        sheet::{Section, Sheet},
        words,
    },
    ids::{ApplicationId, JobId},
};
use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

const SITE: &str = "https://jobs.example.org";
const NASTY: &str = "<script>alert(1)</script> \"Baker\" & 'sons'\r\n\r\nSubject: x https://evil.example/login ann@evil.example www.evil.example";

fn frame(kind: Kind) -> Frame<'static> {
    Frame { site: SITE, kind, token: "abc-123_" }
}

fn day() -> NaiveDate {
    "2026-11-27".parse().expect("a day")
}

fn made(kind: Kind, content: &Content) -> (Sheet, Message) {
    let sheet = words::sheet(content, day());
    let message = message(&words::subject(content), &sheet, &frame(kind));
    (sheet, message)
}

fn job(n: u128) -> JobId {
    JobId(Uuid::from_u128(n))
}

fn application(n: u128) -> ApplicationId {
    ApplicationId(Uuid::from_u128(n))
}

fn due(what: What, at: &str, title: &str, about: &str) -> Due {
    let path = format!("/applications/{}", application(7));
    Due { what, title: title.into(), about: about.into(), at: at.into(), path }
}

/// A usual one of each kind; `name` and `n` make it a strange or a huge one.
fn content(kind: Kind, name: &str, n: u32) -> Content {
    let many = |few: usize| if n == 0 { few } else { n as usize };
    let matches = |n: usize| {
        let one = |n: usize| Match {
            job_id: job(n as u128),
            title: format!("Senior Backend Engineer{name}"),
            company: format!("Acme Mills{name}"),
            location: "Berlin, Germany".into(),
            score: 92 - 7 * u8::try_from(n).unwrap_or_default(),
            reasons: vec![
                "You have 5 of the 6 skills it asks for; Kafka is missing.".into(),
                "Berlin is one of your places.".into(),
                "It asks for a senior, as you are.".into(),
            ],
            new: n == 0,
        };
        (0..n).map(one).collect::<Vec<_>>()
    };
    match kind {
        Kind::Morning => Content::Morning(Morning {
            due: Few::of(
                std::iter::repeat_with(|| due(What::Task, "14:30", &format!("Call Ms Weber{name}"), ""))
                    .take(many(1))
                    .chain([
                        due(
                            What::Interview,
                            "15:00",
                            &format!("Interview: Baker at Acme Mills{name}"),
                            "Round 2, video call, until 16:00",
                        ),
                        due(What::Decision, "", "Decide on the offer: Miller at Grain & Sons", ""),
                    ])
                    .collect(),
            ),
            overdue: Few::of(vec![due(What::Task, "23 Nov", "Send the certificates", "Baker at Acme Mills"); many(1)]),
            matches: matches(5),
            alerts: Few::of(vec![
                Raised {
                    job_id: job(1),
                    title: format!("Senior Backend Engineer{name}"),
                    company: "Acme Mills".into(),
                    score: 92
                };
                many(2)
            ]),
            actions: vec![Step {
                application_id: application(1),
                text: format!("Follow up on Baker at Acme Mills{name}"),
                reason: "12 days without an answer.".into(),
            }],
        }),
        Kind::Evening => Content::Evening(Evening {
            done: Few::of(vec![
                Did {
                    text: format!("Applied to Baker at Acme Mills{name}"),
                    about: String::new(),
                    path: "/applications".into()
                };
                many(2)
            ]),
            jobs: 3,
            moved: Few::of(vec![
                Moved {
                    application_id: application(2),
                    title: format!("Baker{name}"),
                    company: "Acme Mills".into(),
                    from: "Applied".into(),
                    to: "Screening".into(),
                };
                many(1)
            ]),
            tomorrow: Few::of(vec![
                due(What::Task, "09:00", &format!("Call Ms Weber{name}"), "Baker at Acme Mills");
                many(1)
            ]),
        }),
        Kind::Weekly => Content::Weekly(Weekly {
            from: "2026-11-16".parse().expect("a day"),
            to: "2026-11-22".parse().expect("a day"),
            sent: Count { now: 4, before: 2 },
            answers: Count { now: 1, before: 0 },
            interviews: Count { now: 1, before: 1 },
            moved: Count { now: 6, before: 3 },
            jobs: Count { now: 38, before: 41 },
            matches: Count { now: 7, before: 5 },
            rate: Rate { answered: 3, sent: 21 },
            rate_before: Rate { answered: 2, sent: 18 },
            moves: Few::of(vec![Flow { from: "Applied".into(), to: format!("Screening{name}"), count: 3 }; many(2)]),
            standing: Few::of(vec![
                Standing {
                    stage: "applied".into(),
                    name: format!("Applied{name}"),
                    count: 12,
                    days: 9
                };
                many(2)
            ]),
            sources: Few::of(vec![Origin { source: "greenhouse".into(), jobs: 30, matches: 6 }; many(2)]),
            stale: Few::of(vec![
                Stale {
                    application_id: application(3),
                    title: format!("Baker{name}"),
                    company: "Acme Mills".into(),
                    stage: "Applied".into(),
                    days: 11,
                };
                many(1)
            ]),
        }),
    }
}

fn empty(kind: Kind) -> Content {
    match kind {
        Kind::Morning => Content::Morning(Morning::default()),
        Kind::Evening => Content::Evening(Evening::default()),
        Kind::Weekly => Content::Weekly(Weekly {
            from: "2026-11-16".parse().expect("a day"),
            to: "2026-11-22".parse().expect("a day"),
            ..Weekly::default()
        }),
    }
}

#[test]
fn every_briefing_reads_well() {
    let long = format!(" {}", "of the Most Honourable Guild ".repeat(8));
    for kind in Kind::ALL {
        for (name, content) in [
            ("empty", empty(kind)),
            ("usual", content(kind, "", 0)),
            ("huge", content(kind, &long, 1_000)),
            ("nasty", content(kind, NASTY, 1)),
        ] {
            let (_, message) = made(kind, &content);
            if let Ok(folder) = std::env::var("BRIEFING_LOOK") {
                let file = format!("{folder}/{}_{name}.html", kind.as_str());
                std::fs::write(file, &message.html).expect("a file to look at");
            }
            let both = format!("{} | {}\n\n{}\n{}", message.kind, message.subject, message.text, message.html);
            insta::assert_snapshot!(format!("{}_{name}", kind.as_str()), both);
            assert_eq!(content.is_news(), name != "empty", "{kind:?} {name}");
        }
    }
}

#[test]
fn what_strangers_wrote_stays_text() {
    for kind in Kind::ALL {
        let (_, message) = made(kind, &content(kind, NASTY, 1));
        assert!(!message.html.contains("<script"), "{}", message.html);
        assert!(message.html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{}", message.html);
        for part in [&message.text, &message.html] {
            for address in ["://evil", "www.evil", "evil.example", "ann@evil"] {
                assert!(!part.contains(address), "{address} is a link in some mailbox: {part}");
            }
            assert!(!part.lines().any(|line| line.starts_with("Subject:")), "{part}");
        }
        assert!(message.subject.is_ascii() && !message.subject.contains("Baker"), "{}", message.subject);
        let addresses: Vec<&str> = message.html.split("href=\"").skip(1).collect();
        assert!(!addresses.is_empty() && addresses.iter().all(|address| address.starts_with(SITE)));
        for fetched in ["<img", "src=", "url(", "@import", "<link"] {
            assert!(!message.html.contains(fetched), "{fetched}");
        }
    }
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let all: Vec<u32> = (0..1_000).collect();
    let few = Few::of(all);
    assert_eq!((few.items.len(), few.more, few.count()), (5, 995, 1_000));
    let (_, message) = made(Kind::Evening, &content(Kind::Evening, "", 1_000));
    assert!(message.text.contains("and 995 more:\nhttps://jobs.example.org/applications"), "{}", message.text);
    assert!(message.html.contains(">and 995 more</a>"), "{}", message.html);
    assert!(message.html.len() < 60_000, "mailboxes cut at a hundred kilobytes: {}", message.html.len());
}

/// Everything a sheet says, in its order.
fn facts(sheet: &Sheet) -> Vec<String> {
    let mut all = vec![sheet.name.clone(), sheet.title.clone(), sheet.lead.clone()];
    for Section { title, note, rows, figures, more } in &sheet.sections {
        all.extend([title.clone(), note.clone()]);
        for row in rows {
            all.push(row.at.clone());
            all.extend([row.title.clone()]);
            all.push(row.about.clone());
            all.extend(row.reasons.iter().cloned());
        }
        for row in figures.iter().flat_map(|figures| &figures.rows) {
            all.push(row.name.clone());
            all.extend(row.values.iter().cloned());
        }
        all.extend(more.iter().map(|more| more.words.clone()));
    }
    all.into_iter().filter(|fact| !fact.is_empty()).collect()
}

/// What a reader of HTML sees.
fn seen(html: &str) -> String {
    let body = html.split_once("<body").map_or(html, |(_, body)| body);
    let text: String = body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect();
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
        .replace('\u{2060}', "")
}

/// Whether a text says all of it, one after the other.
fn says(text: &str, facts: &[String]) -> Result<(), String> {
    let mut rest = text;
    for fact in facts {
        let (_, after) = rest.split_once(fact.as_str()).ok_or_else(|| format!("{fact:?} is missing in {text}"))?;
        rest = after;
    }
    Ok(())
}

/// The addresses behind the words, in order.
fn addresses(part: &str, before: &str) -> Vec<String> {
    let found = part.split(before).skip(1).map(|rest| rest.split(['"', '\n', ' ']).next().unwrap_or_default());
    found.map(|address| address.replace("&amp;", "&").replace("&#39;", "'")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn text_and_html_say_the_same(name in "\\PC{0,200}", n in 0_u32..40, kind in 0_usize..3) {
        let kind = Kind::ALL[kind];
        let (sheet, message) = made(kind, &content(kind, &name, n));
        let facts = facts(&sheet);
        prop_assert_eq!(says(&message.text.replace('\u{2060}', ""), &facts), Ok(()));
        prop_assert_eq!(says(&seen(&message.html), &facts), Ok(()));
        // Marks stand beside the title: before what it is about in one, behind it in the other.
        for row in sheet.sections.iter().flat_map(|section| &section.rows) {
            prop_assert!(message.text.contains(&row.mark) && seen(&message.html).contains(&row.mark));
        }
        let site = [SITE, "/"].concat();
        let strip = |all: Vec<String>| all.into_iter().collect::<std::collections::BTreeSet<_>>();
        prop_assert_eq!(strip(addresses(&message.text, &site)), strip(addresses(&message.html, &["href=\"", &site].concat())));
    }
}

//! What a briefing holds, said to people.

use super::{
    Kind,
    content::{Content, Count, Due, Evening, Few, Match, Morning, Raised, Rate, Weekly, What},
    days,
    sheet::{Figure, Figures, Row, Section, Sheet, Way},
};
use chrono::NaiveDate;

/// The longest text from elsewhere that is shown, in characters.
const LONGEST: usize = 120;
/// Fewer applications than this say nothing about how many are answered.
const ENOUGH: u32 = 5;

/// The line by which it is known in a mailbox: numbers only, no names.
pub fn subject(content: &Content) -> String {
    let (name, parts) = match content {
        Content::Morning(morning) => ("Your morning", morning_parts(morning)),
        Content::Evening(evening) => ("Your evening", evening_parts(evening)),
        Content::Weekly(week) => ("Your week", weekly_parts(week)),
    };
    match (parts.is_empty(), content) {
        (false, _) => format!("{name}: {}", parts.join(", ")),
        (true, Content::Morning(_)) => format!("{name}: nothing is due"),
        (true, _) => format!("{name}: a quiet one"),
    }
}

fn morning_parts(morning: &Morning) -> Vec<String> {
    let mut parts = Vec::new();
    some(&mut parts, morning.due.count(), |n| format!("{n} due today"));
    some(&mut parts, morning.overdue.count(), |n| format!("{n} overdue"));
    some(&mut parts, morning.alerts.count(), |n| many(n, "new match", "new matches"));
    parts
}

fn evening_parts(evening: &Evening) -> Vec<String> {
    let mut parts = Vec::new();
    some(&mut parts, evening.done.count(), |n| format!("{n} done"));
    some(&mut parts, evening.moved.count(), |n| format!("{n} moved"));
    some(&mut parts, evening.tomorrow.count(), |n| format!("{n} due tomorrow"));
    parts
}

fn weekly_parts(week: &Weekly) -> Vec<String> {
    let mut parts = Vec::new();
    some(&mut parts, week.sent.now, |n| format!("{n} sent"));
    some(&mut parts, week.answers.now, |n| many(n, "answer", "answers"));
    some(&mut parts, week.interviews.now, |n| many(n, "interview", "interviews"));
    parts
}

fn some(parts: &mut Vec<String>, n: u32, words: impl Fn(u32) -> String) {
    if n > 0 {
        parts.push(words(n));
    }
}

fn many(n: u32, one: &str, several: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { several })
}

/// The whole briefing of a day.
pub fn sheet(content: &Content, day: NaiveDate) -> Sheet {
    match content {
        Content::Morning(morning) => of_morning(morning, day),
        Content::Evening(evening) => of_evening(evening, day),
        Content::Weekly(week) => of_week(week),
    }
}

fn of_morning(morning: &Morning, day: NaiveDate) -> Sheet {
    let new = morning.alerts.count();
    let due = match morning.due.count() {
        0 => "Nothing is due today".to_owned(),
        1 => "One thing is due today".to_owned(),
        n => format!("{n} things are due today"),
    };
    let arrived = match new {
        0 => "nothing new has arrived".to_owned(),
        1 => "one new job fits you well".to_owned(),
        n => format!("{n} new jobs fit you well"),
    };
    let sections = [
        rows("Due today", "", &morning.due, of_due, "/applications/tasks"),
        rows("Overdue", "", &morning.overdue, of_overdue, "/applications/tasks"),
        rows("New since the last briefing", "", &morning.alerts, of_raised, "/alerts"),
        listed("Best matches", "Not applied to yet, with what the score says.", morning.matches.iter().map(of_match)),
        listed(
            "What to do next",
            "",
            morning.actions.iter().map(|step| Row {
                title: short(&step.text),
                path: format!("/applications/{}", step.application_id),
                reasons: vec![short(&step.reason)],
                ..Row::default()
            }),
        ),
    ];
    Sheet {
        name: Kind::Morning.label().into(),
        title: days::long(day),
        lead: format!("{due}, and {arrived}."),
        sections: sections.into_iter().flatten().collect(),
    }
}

fn of_evening(evening: &Evening, day: NaiveDate) -> Sheet {
    let done = match evening.done.count() {
        0 => "Nothing was ticked off today".to_owned(),
        1 => "One thing was done today".to_owned(),
        n => format!("{n} things were done today"),
    };
    let next = match evening.tomorrow.count() {
        0 => "tomorrow is free".to_owned(),
        1 => "one is due tomorrow".to_owned(),
        n => format!("{n} are due tomorrow"),
    };
    let jobs = match evening.jobs {
        0 => String::new(),
        n => format!(" {} added.", many(n, "job was", "jobs were")),
    };
    let did = |did: &super::content::Did| Row {
        title: short(&did.text),
        path: did.path.clone(),
        about: short(&did.about),
        ..Row::default()
    };
    let moved = |moved: &super::content::Moved| Row {
        title: named(&moved.title, &moved.company),
        path: format!("/applications/{}", moved.application_id),
        about: format!("{} → {}", short(&moved.from), short(&moved.to)),
        ..Row::default()
    };
    let sections = [
        rows("Done today", "", &evening.done, did, "/applications/tasks"),
        rows("What moved", "", &evening.moved, moved, "/applications"),
        rows("Tomorrow", "", &evening.tomorrow, of_due, "/applications/tasks"),
    ];
    Sheet {
        name: Kind::Evening.label().into(),
        title: days::long(day),
        lead: format!("{done}, and {next}.{jobs}"),
        sections: sections.into_iter().flatten().collect(),
    }
}

fn of_week(week: &Weekly) -> Sheet {
    let answers = match week.answers.now {
        0 => "no answer came".to_owned(),
        1 => "one answer came".to_owned(),
        n => format!("{n} answers came"),
    };
    let sent = match week.sent.now {
        0 => "No application was sent".to_owned(),
        1 => "One application was sent".to_owned(),
        n => format!("{n} applications were sent"),
    };
    let flow = |flow: &super::content::Flow| Row {
        title: format!("{} → {}", short(&flow.from), short(&flow.to)),
        path: "/applications".into(),
        mark: flow.count.to_string(),
        ..Row::default()
    };
    let stale = |stale: &super::content::Stale| Row {
        title: named(&stale.title, &stale.company),
        path: format!("/applications/{}", stale.application_id),
        mark: many(stale.days, "day", "days"),
        about: short(&stale.stage),
        ..Row::default()
    };
    let sections = [
        Some(Section { title: "In numbers".into(), figures: Some(numbers(week)), ..Section::default() }),
        Some(rated(week)),
        rows("How applications moved", "", &week.moves, flow, "/applications"),
        (week.standing.count() > 0).then(|| Section {
            title: "Time in each stage".into(),
            note: "Open applications, and the median of their days there.".into(),
            figures: Some(standing(week)),
            more: more(week.standing.more, "/applications"),
            ..Section::default()
        }),
        (week.sources.count() > 0).then(|| Section {
            title: "Where jobs came from".into(),
            figures: Some(sources(week)),
            more: more(week.sources.more, "/jobs?sort=newest"),
            ..Section::default()
        }),
        rows(
            "Went quiet",
            "No answer for as long as you wait before you follow up.",
            &week.stale,
            stale,
            "/applications/next",
        ),
    ];
    Sheet {
        name: Kind::Weekly.label().into(),
        title: days::range(week.from, week.to),
        lead: format!("{sent}, and {answers}."),
        sections: sections.into_iter().flatten().collect(),
    }
}

fn numbers(week: &Weekly) -> Figures {
    let figure = |name: &str, path: &str, count: Count| Figure {
        name: name.into(),
        path: path.into(),
        values: vec![count.now.to_string(), count.before.to_string()],
    };
    Figures {
        heads: vec!["This week".into(), "Before".into()],
        rows: vec![
            figure("Applications sent", "/applications?view=table&sort=-applied", week.sent),
            figure("Answers", "/applications?view=table", week.answers),
            figure("Interviews", "/applications/interviews", week.interviews),
            figure("Changes of stage", "/applications?view=table", week.moved),
            figure("Jobs added", "/jobs?sort=newest", week.jobs),
            figure("New matches", "/alerts", week.matches),
        ],
    }
}

/// How many applications are answered; a share only of enough of them.
fn rated(week: &Weekly) -> Section {
    let share = |rate: Rate| (rate.sent >= ENOUGH).then(|| u64::from(rate.answered) * 100 / u64::from(rate.sent));
    let Rate { answered, sent } = week.rate;
    let note = match share(week.rate) {
        None => format!("{answered} of {sent} in ninety days. A share is shown from {ENOUGH} applications on."),
        Some(now) => {
            let before = share(week.rate_before).map(|before| format!(" A week ago it was {before} %."));
            format!("{answered} of {sent} in ninety days, {now} %.{}", before.unwrap_or_default())
        }
    };
    Section { title: "Answered".into(), note, ..Section::default() }
}

fn standing(week: &Weekly) -> Figures {
    let rows = week.standing.items.iter().map(|stage| Figure {
        name: short(&stage.name),
        path: format!("/applications?view=table&stage={}", encoded(&stage.stage)),
        values: vec![stage.count.to_string(), stage.days.to_string()],
    });
    Figures { heads: vec!["Applications".into(), "Days".into()], rows: rows.collect() }
}

fn sources(week: &Weekly) -> Figures {
    let rows = week.sources.items.iter().map(|origin| Figure {
        name: if origin.source == "manual" { "Added by hand".into() } else { short(&origin.source) },
        path: format!("/jobs?sort=newest&source={}", encoded(&origin.source)),
        values: vec![origin.jobs.to_string(), origin.matches.to_string()],
    });
    Figures { heads: vec!["Jobs".into(), "Matches".into()], rows: rows.collect() }
}

fn of_due(due: &Due) -> Row {
    let at = if due.at.is_empty() { "All day".to_owned() } else { due.at.clone() };
    let what = if due.what == What::Task && due.about.is_empty() { "Task" } else { &due.about };
    Row { at, title: short(&due.title), path: due.path.clone(), about: short(what), ..Row::default() }
}

fn of_overdue(due: &Due) -> Row {
    let mark = if due.at.is_empty() { String::new() } else { format!("since {}", due.at) };
    Row { title: short(&due.title), path: due.path.clone(), mark, about: short(&due.about), ..Row::default() }
}

fn of_raised(raised: &Raised) -> Row {
    Row {
        title: short(&raised.title),
        path: format!("/jobs/{}", raised.job_id),
        mark: format!("{} of 100", raised.score),
        about: short(&raised.company),
        ..Row::default()
    }
}

fn of_match(one: &Match) -> Row {
    let place = if one.location.is_empty() { String::new() } else { format!(", {}", one.location) };
    Row {
        title: short(&one.title),
        path: format!("/jobs/{}", one.job_id),
        mark: format!("{} of 100", one.score),
        about: short(&format!("{}{place}", one.company)),
        reasons: one.reasons.iter().map(|reason| short(reason)).collect(),
        ..Row::default()
    }
}

/// A section of a list that was cut; None where it is empty.
fn rows<T>(title: &str, note: &str, few: &Few<T>, row: impl Fn(&T) -> Row, all: &str) -> Option<Section> {
    let section = listed(title, note, few.items.iter().map(row))?;
    Some(Section { more: more(few.more, all), ..section })
}

/// A section of a list; None where it is empty.
fn listed(title: &str, note: &str, rows: impl Iterator<Item = Row>) -> Option<Section> {
    let rows: Vec<Row> = rows.collect();
    (!rows.is_empty()).then(|| Section { title: title.into(), note: note.into(), rows, ..Section::default() })
}

/// The way to what was left out.
fn more(n: u32, path: &str) -> Option<Way> {
    (n > 0).then(|| Way { words: format!("and {n} more"), path: path.into() })
}

fn named(title: &str, company: &str) -> String {
    short(&format!("{title} at {company}"))
}

/// Text from elsewhere in one line of bounded length.
fn short(text: &str) -> String {
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST - 1).collect();
    format!("{}…", cut.trim_end())
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

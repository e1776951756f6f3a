//! Reads the postings and what became of them.
//!
//! ```text
//! # A line for whoever edits the file.
//! == TITLE | COMPANY
//! PLACE | remote, hybrid or onsite | LEVEL | PAY | SOURCE
//! DAYS HH:MM found [WHAT IT WAS IMPORTED FROM]
//! DAYS HH:MM an application's status, or archived
//! DAYS HH:MM note TEXT
//!
//! The posting's text, up to the next `==`.
//! ```
//!
//! DAYS count back from the day the person is made; times are UTC. Postings found at one moment arrive together.

use crate::{
    applications::ApplicationStatus,
    error::{Error, Result},
};
use boards::Finder;
use chrono::NaiveTime;
use posting::{Level, Posting, Remote};

const FILES: [&str; 3] =
    [include_str!("postings/fresh.txt"), include_str!("postings/under_way.txt"), include_str!("postings/closed.txt")];

/// A posting and what became of it, oldest first.
pub struct Story {
    pub posting: Posting,
    pub moments: Vec<Moment>,
}

pub struct Moment {
    pub days_ago: u64,
    pub time: NaiveTime,
    pub deed: Deed,
}

pub enum Deed {
    /// Came in, by an import if that has a name.
    Found {
        import: Option<String>,
    },
    Move(ApplicationStatus),
    Note(String),
    Archive,
}

/// Every posting of the script, its skills and lists taken from its text as an import does.
pub fn read(finder: &Finder) -> Result<Vec<Story>> {
    blocks()
        .map(|block| {
            let mut story =
                parse(block).ok_or_else(|| Error::internal(format!("the demo's script is wrong at {block:.60}")))?;
            boards::enrich(&mut story.posting, finder);
            Ok(story)
        })
        .collect()
}

fn blocks() -> impl Iterator<Item = &'static str> {
    FILES.iter().flat_map(|file| file.split("\n== ").skip(1))
}

fn parse(block: &str) -> Option<Story> {
    let (head, text) = block.split_once("\n\n")?;
    let mut lines = head.lines();
    let (title, company) = lines.next()?.split_once(" | ")?;
    let [place, remote, level, pay, source] = lines.next()?.split(" | ").collect::<Vec<_>>().try_into().ok()?;
    let posting = Posting {
        company: company.into(),
        title: title.into(),
        location: place.into(),
        remote: Some(Remote::parse(remote)?),
        description: text.trim().into(),
        experience_level: Some(Level::parse(level)?),
        salary: Some(boards::salary::parse(pay)?),
        source: source.into(),
        url: Some(format!("https://{source}.example.com/{}/{}", slug(company), slug(title))),
        ..Posting::default()
    };
    Some(Story { posting, moments: lines.map(moment).collect::<Option<_>>()? })
}

fn moment(line: &str) -> Option<Moment> {
    let mut words = line.splitn(4, ' ');
    let (days_ago, time) = (words.next()?.parse().ok()?, NaiveTime::parse_from_str(words.next()?, "%H:%M").ok()?);
    let deed = match (words.next()?, words.next()) {
        ("found", import) => Deed::Found { import: import.map(str::to_owned) },
        ("note", Some(text)) => Deed::Note(text.into()),
        ("archived", None) => Deed::Archive,
        (status, None) => Deed::Move(status.parse().ok()?),
        _ => return None,
    };
    Some(Moment { days_ago, time, deed })
}

/// `Data Analyst, Growth` → `data-analyst-growth`.
fn slug(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
    text.chars().map(plain).collect::<String>().split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::{super::play::DAY_ENDS, *};
    use std::{cmp::Reverse, collections::HashSet};

    #[test]
    fn every_posting_reads_and_is_full() {
        let finder = Finder::new(skills::Taxonomy::builtin());
        let stories = read(&finder).expect("the script is right");
        assert_eq!(stories.len(), FILES.iter().map(|file| file.matches("== ").count()).sum::<usize>());
        assert!((44..=50).contains(&stories.len()), "{}", stories.len());
        for Story { posting, .. } in &stories {
            let words = posting.description.split_whitespace().count();
            assert!((100..=180).contains(&words), "{}: {words} words", posting.company);
            let lists = [&posting.responsibilities, &posting.requirements, &posting.tech_stack];
            assert!(lists.iter().all(|list| list.len() >= 2), "{}: {lists:?}", posting.company);
        }
        let links: HashSet<_> = stories.iter().map(|story| &story.posting.url).collect();
        assert_eq!(links.len(), stories.len());
    }

    #[test]
    fn every_story_begins_with_the_find_and_runs_forward() {
        for block in blocks() {
            let story = parse(block).expect("it reads");
            let company = &story.posting.company;
            let finds: Vec<bool> =
                story.moments.iter().map(|moment| matches!(moment.deed, Deed::Found { .. })).collect();
            assert!(finds[0] && !finds[1..].contains(&true), "{company}");
            assert!(story.moments.is_sorted_by_key(|moment| (Reverse(moment.days_ago), moment.time)), "{company}");
            let in_time = |moment: &Moment| moment.days_ago > 0 || moment.time < DAY_ENDS;
            assert!(story.moments.iter().all(in_time), "{company}");
        }
    }

    #[test]
    fn a_damaged_story_is_refused() {
        let good = "Baker | Rye\nLund, Sweden | onsite | mid | SEK 30,000–35,000 per month | manual\n3 08:00 found\n1 09:00 applied\n\nText.";
        assert!(parse(good).is_some());
        for (from, to) in [
            (" | Rye", ""),
            ("onsite", "beside"),
            ("mid", "old"),
            ("SEK 30,000–35,000 per month", "plenty"),
            ("08:00", "8 sharp"),
            ("applied", "begged"),
            ("\n\n", "\n"),
        ] {
            assert!(parse(&good.replace(from, to)).is_none(), "{from} → {to}");
        }
    }
}

//! Invented postings, the same in every run: as long as real ones, each asking for some of the skills of its field.

use std::fmt::Write;

/// Starts every company's name, so that a page that shows jobs can be told from one that does not.
pub const MARK: &str = "Benchwood";

const FIRST: [&str; 20] = [
    "Amber", "Birch", "Copper", "Delta", "Ember", "Fjord", "Granite", "Harbour", "Indigo", "Juniper", "Kestrel",
    "Lantern", "Meadow", "North", "Orchard", "Pebble", "Quarry", "River", "Saffron", "Timber",
];
const SECOND: [&str; 20] = [
    "Works",
    "Labs",
    "Systems",
    "Foods",
    "Health",
    "Logistics",
    "Energy",
    "Studio",
    "Finance",
    "Mobility",
    "Robotics",
    "Media",
    "Games",
    "Travel",
    "Learning",
    "Security",
    "Retail",
    "Analytics",
    "Cloud",
    "Farming",
];
const TITLES: [(&str, usize); 12] = [
    ("Backend Engineer", 0),
    ("Platform Engineer", 0),
    ("Site Reliability Engineer", 0),
    ("Frontend Engineer", 1),
    ("Full Stack Developer", 1),
    ("Data Engineer", 2),
    ("Data Analyst", 2),
    ("Machine Learning Engineer", 2),
    ("Product Manager", 3),
    ("Project Manager", 3),
    ("Product Designer", 4),
    ("Marketing Manager", 5),
];
const LEVELS: [(&str, &str); 4] = [("Junior ", "entry"), ("", "mid"), ("Senior ", "senior"), ("Lead ", "lead")];
const SKILLS: [&[&str]; 6] = [
    &[
        "Rust",
        "Go",
        "PostgreSQL",
        "Kubernetes",
        "Docker",
        "Linux",
        "Terraform",
        "gRPC",
        "Redis",
        "Kafka",
        "AWS",
        "CI/CD",
    ],
    &[
        "TypeScript",
        "React",
        "CSS",
        "HTML",
        "Node.js",
        "GraphQL",
        "Next.js",
        "Playwright",
        "Webpack",
        "Figma",
        "Jest",
        "Git",
    ],
    &[
        "Python",
        "SQL",
        "Apache Spark",
        "Airflow",
        "dbt",
        "Pandas",
        "Tableau",
        "Statistics",
        "PyTorch",
        "BigQuery",
        "Snowflake",
        "A/B Testing",
    ],
    &[
        "Roadmapping",
        "Scrum",
        "Jira",
        "Stakeholder Management",
        "User Research",
        "SQL",
        "Budgeting",
        "Agile",
        "Risk Management",
        "Presentation Skills",
        "OKRs",
        "Confluence",
    ],
    &[
        "Figma",
        "Prototyping",
        "User Research",
        "Design Systems",
        "Accessibility",
        "Wireframing",
        "Adobe Illustrator",
        "Typography",
        "Usability Testing",
        "HTML",
        "CSS",
        "Sketch",
    ],
    &[
        "SEO",
        "Google Analytics",
        "Copywriting",
        "Content Strategy",
        "Email Marketing",
        "HubSpot",
        "Social Media Marketing",
        "Budgeting",
        "Market Research",
        "Branding",
        "CRM",
        "A/B Testing",
    ],
];
const PLACES: [(&str, &str); 10] = [
    ("Berlin, Germany", "hybrid"),
    ("Hamburg, Germany", "onsite"),
    ("London, United Kingdom", "hybrid"),
    ("Amsterdam, Netherlands", "onsite"),
    ("Lisbon, Portugal", "hybrid"),
    ("Paris, France", "onsite"),
    ("New York, NY, United States", "onsite"),
    ("Toronto, Canada", "hybrid"),
    ("Remote, Europe", "remote"),
    ("Remote", "remote"),
];
const COMPANY: [&str; 6] = [
    "is a team of about a hundred people who build tools that others use every day.",
    "started in a garage with one customer, and today serves several thousand of them in nine countries.",
    "is owned by the people who work here, and plans in years rather than in quarters.",
    "makes ordinary work less tedious, and measures itself by the hours it gives back.",
    "brings together makers, shops and the people who keep both supplied.",
    "has been profitable since its third year and grows as fast as it can keep its promises.",
];
const DUTIES: [&str; 8] = [
    "You own a part of the product from the first sketch to the day it runs unattended, and you stay close to those who use it.",
    "You work in a group of five, plan a fortnight ahead and show what is done every second Thursday.",
    "You write down decisions and their reasons, so that those who come after you do not have to guess.",
    "You find out why numbers moved before proposing what to do about it.",
    "You share the duty rota with seven colleagues, about four days in two months, paid on top.",
    "You review the work of others with care and ask for the same.",
    "You help newer colleagues to find their way, and you say early when a plan does not hold.",
    "You speak with customers every week and bring back what you hear to the group.",
];
const OFFERS: [&str; 4] = [
    "We offer thirty days of holiday, a budget for learning, and a working day that fits around a family.",
    "We offer a fair salary that is the same for everybody on a level, a pension and a quiet office.",
    "We offer hardware of your choice, a month abroad each year, and four weeks of parental leave on top.",
    "We offer part-time work from thirty hours, a bicycle or a rail pass, and lunch on Wednesdays.",
];

/// A generator of numbers that look random and are the same in every run (Knuth's constants for 64 bits).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// The posting of this number as the JSON object of the REST contract. No two of the first ten thousand are duplicates.
pub fn posting(number: usize) -> String {
    let mut dice = Dice(number as u64 + 1);
    let company = format!("{MARK} {} {}", FIRST[number % 20], SECOND[number / 20 % 20]);
    let (title, field) = TITLES[(number + number / 400) % 12];
    let (word, level) = LEVELS[(number / 400 + number / 4800) % 4];
    let title = format!("{word}{title} {}", number / 400);
    let (place, remote) = dice.pick(&PLACES);
    let mut skills: Vec<&str> = Vec::new();
    while skills.len() < 8 {
        let skill = dice.pick(SKILLS[field]);
        if !skills.contains(&skill) {
            skills.push(skill);
        }
    }
    let mut text =
        format!("About us\n\n{company} {} {}\n\nWhat you will do\n\n", dice.pick(&COMPANY), dice.pick(&COMPANY));
    let from = dice.below(DUTIES.len());
    for duty in DUTIES.iter().cycle().skip(from).take(7) {
        let _ = writeln!(text, "- {duty}");
    }
    text.push_str("\nWhat you bring\n\n");
    for skill in &skills[..5] {
        let _ = writeln!(
            text,
            "- {} years of daily work with {skill}, and the judgement to know when not to use it",
            dice.below(5) + 2
        );
    }
    text.push_str("\nNice to have\n\n");
    for skill in &skills[5..] {
        let _ = writeln!(text, "- You have met {skill} before, in a project of your own or at work");
    }
    let _ = write!(text, "\nWhat we offer\n\n{} {}", dice.pick(&OFFERS), dice.pick(&OFFERS));
    let low = 40_000 + 5_000 * dice.below(12);
    let mut json =
        format!(r#"{{"company":{},"title":{},"location":{}"#, quoted(&company), quoted(&title), quoted(place));
    let _ = write!(json, r#","remote":"{remote}","experience_level":"{level}","description":{}"#, quoted(&text));
    let _ = write!(json, r#","salary":{{"min":{low},"max":{},"currency":"EUR","period":"year"}}"#, low + 15_000);
    let _ = write!(json, r#","source":"bench","url":"https://jobs.example.org/{number}""#);
    let _ = write!(json, r#","date_posted":"2026-{:02}-{:02}"}}"#, number % 12 + 1, number % 28 + 1);
    json
}

/// Somebody who fits the backend postings, so that scores spread.
pub fn profile() -> String {
    let names = [
        "Rust",
        "PostgreSQL",
        "Docker",
        "Linux",
        "Kubernetes",
        "Python",
        "SQL",
        "Git",
        "TypeScript",
        "AWS",
        "CI/CD",
        "Scrum",
    ];
    let skills: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(i, name)| format!(r#"{{"name":{},"level":{}}}"#, quoted(name), i % 4 + 2))
        .collect();
    format!(
        r#"{{"headline":"Backend engineer","skills":[{}],"preferred_locations":["Berlin, Germany","Amsterdam"],"remote":"any","experience_level":"senior","current_role":"Backend Engineer","target_roles":["Platform Engineer"],"salary_target":{{"amount":85000,"currency":"EUR","period":"year"}},"country":"DE","time_zone":"Europe/Berlin"}}"#,
        skills.join(",")
    )
}

/// Text as a JSON string.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn postings_differ_and_stay_the_same() {
        let label = |number| posting(number).split(",\"location\"").next().map(str::to_string);
        assert_eq!((0..10_000).map(label).collect::<HashSet<_>>().len(), 10_000);
        assert_eq!(posting(77), posting(77));
        assert!((1_500..4_000).contains(&posting(3).len()), "{}", posting(3).len());
    }

    #[test]
    fn strings_are_escaped() {
        assert_eq!(quoted("a \"b\"\\\n\u{1}é"), "\"a \\\"b\\\"\\\\\\n\\u0001é\"");
    }
}

use chrono::NaiveDate;
use duplicates::Facts;

/// An invented posting, the same one for the same number.
pub struct Invented {
    company: String,
    title: String,
    place: &'static str,
    text: String,
    source: &'static str,
}

const PLACES: [&str; 8] = ["Berlin", "Hamburg", "Lyon", "Madrid", "London", "Austin, TX", "Toronto", "Warsaw"];
const TITLES: [&str; 12] = [
    "Nurse",
    "Welder",
    "Baker",
    "Accountant",
    "Electrician",
    "Teacher",
    "Backend Engineer",
    "Data Analyst",
    "Bus Driver",
    "Lawyer",
    "Warehouse Operator",
    "Product Designer",
];
const FIELDS: [&str; 10] = [
    "Payments",
    "Onboarding",
    "Logistics",
    "Cardiology",
    "Retail",
    "Mobile",
    "Export",
    "Night Market",
    "Search",
    "Rail",
];
const SENTENCES: usize = 24;
/// Sentences that all postings choose from, as trades have their own.
const COMMON: u64 = 4_000;
/// One posting in ten is of a company with 2,000 others, which choose half of their sentences from 20 of its own.
const BIG: u64 = 50;
const OWN: u64 = 20;
const WORDS: u64 = 6_000;

impl Invented {
    pub fn of(number: u32) -> Self {
        Self::made(number, false)
    }

    /// The same opening as another board shows it: cut, with other words around it.
    pub fn again(number: u32) -> Self {
        Self::made(number, true)
    }

    fn made(number: u32, again: bool) -> Self {
        let mut dice = Dice(u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let is_big = dice.upto(10) == 0;
        let company = if is_big { dice.upto(BIG) } else { BIG + dice.upto(60_000) };
        let title = format!("{} {}", TITLES[dice.upto(12) as usize], FIELDS[dice.upto(10) as usize]);
        let place = PLACES[dice.upto(8) as usize];
        let mut text = format!("About us\n\n{}\n\nWhat you will do\n\n", sentence(company + 1_000_000, 60));
        for at in 0..SENTENCES {
            // A third of what a posting says, others say too.
            let seed = match dice.upto(6) {
                0 | 1 | 2 if is_big => COMMON + company * OWN + dice.upto(OWN),
                0 | 1 => dice.upto(COMMON),
                _ => dice.next(),
            };
            if !again || at != 7 {
                text.push_str(&format!("- {}\n", sentence(seed, 12)));
            }
        }
        if again {
            text.push_str("\nPosted here by a board that adds a line of its own to everything it shows.\n");
        }
        Self {
            company: format!("Company {company} GmbH"),
            title,
            place,
            text,
            source: if again { "board" } else { "own" },
        }
    }

    pub fn facts(&self) -> Facts<'_> {
        Facts {
            company: &self.company,
            title: &self.title,
            place: self.place,
            remote: None,
            text: &self.text,
            link: None,
            salary: None,
            source: self.source,
            posted: None,
            first_seen: NaiveDate::default(),
            gone_since: None,
        }
    }
}

/// Words of one to three syllables, the frequent ones much more often.
fn sentence(seed: u64, length: usize) -> String {
    let mut dice = Dice(seed.wrapping_mul(0xd134_2543_de82_ef95) | 1);
    let mut words = Vec::with_capacity(length);
    for _ in 0..length {
        let most = dice.upto(WORDS) + 1;
        let word = dice.upto(most);
        let syllables =
            ["ba", "ker", "to", "lin", "mo", "ra", "ste", "vel", "qui", "nor", "da", "pe", "fu", "gli", "wex", "ho"];
        let syllable = |shift: u64| syllables[((word >> shift) & 15) as usize];
        words.push(format!("{}{}{}", syllable(0), syllable(4), syllable(8)));
    }
    words.join(" ") + "."
}

/// Xorshift: quick and the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn upto(&mut self, end: u64) -> u64 {
        (self.next() >> 11) % end
    }
}

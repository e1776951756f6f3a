//! The boards of the night: a server on this machine that answers as Recruitee does for any number of companies, the same in every run.
//! `FETCH_MIRROR` sends `https://COMPANY.recruitee.com/…` to it. Boards are on machines of their own, so that here they only take what
//! the others leave of the cores.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use super::super::cpu;
use super::super::jobs::quoted;
use crate::sh::Done;

/// Postings of one board.
pub const EACH: usize = 500;
/// Every so many boards one shows postings of others once more, a little differently.
const COPYING: usize = 10;

const TITLES: [&str; 24] = [
    "Backend Engineer",
    "Platform Engineer",
    "Site Reliability Engineer",
    "Frontend Engineer",
    "Data Engineer",
    "Data Analyst",
    "Machine Learning Engineer",
    "Product Manager",
    "Product Designer",
    "Marketing Manager",
    "Night Nurse",
    "Warehouse Lead",
    "Electrician",
    "Welder",
    "Primary School Teacher",
    "Tax Adviser",
    "Pharmacist",
    "Tram Driver",
    "Pastry Chef",
    "Hotel Receptionist",
    "Mechanical Engineer",
    "Laboratory Technician",
    "Customer Support Specialist",
    "Payroll Clerk",
];
const LEVELS: [&str; 4] = ["Junior ", "", "Senior ", "Lead "];
const PLACES: [&str; 12] = [
    "Berlin, Germany",
    "Hamburg, Germany",
    "London, United Kingdom",
    "Amsterdam, Netherlands",
    "Lisbon, Portugal",
    "Paris, France",
    "New York, NY, United States",
    "Toronto, Canada",
    "Lyon, France",
    "Vienna, Austria",
    "Remote, Europe",
    "Remote",
];
const SKILLS: [&str; 24] = [
    "Rust",
    "Go",
    "PostgreSQL",
    "Kubernetes",
    "Docker",
    "Linux",
    "TypeScript",
    "React",
    "Python",
    "SQL",
    "Airflow",
    "Tableau",
    "Figma",
    "Jira",
    "Scrum",
    "SEO",
    "Wound Care",
    "Forklift",
    "AutoCAD",
    "Payroll",
    "SAP",
    "Customer Service",
    "Java",
    "AWS",
];
const VERBS: [&str; 20] = [
    "plan", "build", "check", "repair", "describe", "measure", "explain", "collect", "sort", "prepare", "guide",
    "test", "order", "clean", "open", "record", "compare", "improve", "answer", "carry",
];
const KINDS: [&str; 20] = [
    "daily", "older", "urgent", "quiet", "larger", "foreign", "broken", "seasonal", "careful", "shared", "early",
    "printed", "heavy", "private", "public", "simple", "recent", "regional", "narrow", "finished",
];
const THINGS: [&str; 40] = [
    "orders",
    "rooms",
    "machines",
    "letters",
    "lessons",
    "samples",
    "invoices",
    "tracks",
    "patients",
    "pipelines",
    "reports",
    "routes",
    "tools",
    "drawings",
    "contracts",
    "kitchens",
    "servers",
    "stories",
    "tests",
    "budgets",
    "deliveries",
    "shifts",
    "questions",
    "models",
    "screens",
    "campaigns",
    "medicines",
    "cables",
    "ovens",
    "parcels",
    "meetings",
    "gardens",
    "accounts",
    "boilers",
    "claims",
    "courses",
    "bridges",
    "wagons",
    "labels",
    "archives",
];

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        of[(self.0 >> 33) as usize % of.len()]
    }

    fn sentence(&mut self) -> String {
        format!(
            "You {} {} {} and {} {} {} for {} {}.",
            self.pick(&VERBS),
            self.pick(&KINDS),
            self.pick(&THINGS),
            self.pick(&VERBS),
            self.pick(&KINDS),
            self.pick(&THINGS),
            self.pick(&KINDS),
            self.pick(&THINGS)
        )
    }
}

/// One offer as Recruitee shows it. A board that copies shows what another board has.
fn offer(board: usize, number: usize) -> String {
    let copying = board % COPYING == COPYING - 1;
    // What a copying board has is of the nine before it.
    let owner = if copying { board - 1 - number % (COPYING - 1) } else { board };
    let mut dice = Dice((owner * EACH + number) as u64 + 1);
    let company = format!("{} {} {owner}", KINDS[owner % 20], THINGS[owner % 40]);
    let title = format!("{}{} {}", dice.pick(&LEVELS), dice.pick(&TITLES), THINGS[number % 40]);
    let place = dice.pick(&PLACES);
    let mut about = Dice(owner as u64 + 7_000_000);
    let mut text = format!(
        "<h3>About us</h3><p>{} {} {}</p><h3>Your tasks</h3><ul>",
        about.sentence(),
        about.sentence(),
        about.sentence()
    );
    for _ in 0..8 {
        let _ = write!(text, "<li>{}</li>", dice.sentence());
    }
    text.push_str("</ul><h3>Requirements</h3><ul>");
    for _ in 0..4 {
        let (skill, thing) = (dice.pick(&SKILLS), dice.pick(&THINGS));
        let _ = write!(text, "<li>Some years of daily work with {skill}, best with {thing}</li>");
    }
    text.push_str("</ul>");
    if copying {
        text.push_str("<p>Apply with us and hear back within three days.</p>");
    }
    let day = number % 28 + 1;
    format!(
        r#"{{"id":{id},"slug":"offer-{number}","status":"published","title":{},"company_name":{},"location":{},"careers_url":"https://b{board}.recruitee.com/o/offer-{number}","published_at":"2026-11-{day:02} 09:00:00 UTC","description":{},"requirements":""}}"#,
        quoted(&title),
        quoted(&company),
        quoted(place),
        quoted(&text),
        id = board * EACH + number + 1
    )
}

/// Everything one board has.
fn board(board: usize) -> String {
    let offers: Vec<String> = (0..EACH).map(|number| offer(board, number)).collect();
    format!(r#"{{"offers":[{}]}}"#, offers.join(","))
}

/// What the searcher of this number looks for: a title, a skill, a place.
pub fn wish(number: usize) -> (&'static str, &'static str, &'static str) {
    (TITLES[number % TITLES.len()], SKILLS[number / 3 % SKILLS.len()], PLACES[number / 7 % (PLACES.len() - 2)])
}

/// The address people would choose a board by.
pub fn address(board: usize) -> String {
    format!("https://b{board}.recruitee.com")
}

/// Serves until the program ends.
pub fn serve() -> Done<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|e| format!("there is no free port: {e}"))?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A connection that breaks is the server's to mend.
            std::thread::spawn(move || {
                cpu::stand_back();
                answer(stream)
            });
        }
    });
    Ok(address)
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let (mut received, mut piece) = (Vec::new(), [0; 4096]);
    while !received.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.read(&mut piece)? {
            0 => return Ok(()),
            n => received.extend_from_slice(&piece[..n]),
        }
    }
    let head = String::from_utf8_lossy(&received);
    let number = head.split(['/', '.']).find_map(|part| part.strip_prefix('b')?.parse().ok());
    let (status, body) = match number {
        Some(number) if head.contains("/api/offers") => ("200 OK", board(number)),
        _ => ("404 Not Found", String::new()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn boards_differ_and_some_repeat_others() {
        let text = |offer: String| offer.split("\"description\":").nth(1).map(str::to_string);
        let all: HashSet<_> =
            (0..9).flat_map(|board| (0..EACH).map(move |number| text(offer(board, number)))).collect();
        assert!(all.len() > 4_400, "{}", all.len());
        let title = |offer: String| {
            offer.split("\"location\"").next().and_then(|head| head.split("\"title\"").nth(1).map(str::to_string))
        };
        assert_eq!(title(offer(9, 1)), title(offer(7, 1)), "board nine repeats what seven has");
    }
}

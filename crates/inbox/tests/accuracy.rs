//! How well invented mail is understood, labelled by hand.
//!
//! `tests/labelled/*/*.txt` hold one message each: what is expected, a line `---`, the message. Headers that every
//! message has are added; `Html: yes` makes the text HTML, `Calendar: …` adds an entry for a calendar. See what is
//! understood wrongly with `SHOW=all cargo test -p inbox --test accuracy -- --nocapture`.

use inbox::{Applications, Known, Outcome, Verdict};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Of what is called sure, so much must be right.
const PRECISION: f64 = 0.98;
/// Of what should be noticed, so much must be, with the right kind and application.
const RECALL: f64 = 0.85;

struct Labelled {
    file: String,
    kind: String,
    applications: Vec<String>,
    verdict: String,
    raw: Vec<u8>,
}

#[derive(Default)]
struct Figures {
    messages: usize,
    kinds_right: usize,
    sure: usize,
    sure_right: usize,
    noticeable: usize,
    noticed: usize,
    /// Should be ignored, and would be asked about.
    nagging: usize,
    /// Messages and right ones by tens of confidence, of those that were noticed.
    tens: [(usize, usize); 11],
    report: String,
}

impl Figures {
    fn precision(&self) -> f64 {
        self.sure_right as f64 / self.sure.max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.noticed as f64 / self.noticeable.max(1) as f64
    }

    fn line(&self) -> String {
        format!(
            "{} messages: kind right {}, sure {} (right {}, precision {:.3}), noticed {} of {} (recall {:.3}), asked about {} that should be ignored",
            self.messages,
            self.kinds_right,
            self.sure,
            self.sure_right,
            self.precision(),
            self.noticed,
            self.noticeable,
            self.recall(),
            self.nagging
        )
    }

    fn add(&mut self, one: &Labelled, verdict: &Verdict) {
        let right = verdict.kind.name() == one.kind
            && verdict.application.as_ref().is_some_and(|id| one.applications.contains(id))
            && (one.applications.len() == 1 || verdict.outcome == Outcome::Ask);
        self.messages += 1;
        self.kinds_right += usize::from(verdict.kind.name() == one.kind);
        let noticeable = one.verdict != "ignore";
        let noticed = verdict.outcome != Outcome::Ignore;
        self.noticeable += usize::from(noticeable);
        self.noticed += usize::from(noticeable && noticed && right);
        self.nagging += usize::from(!noticeable && noticed);
        if verdict.outcome == Outcome::Sure {
            self.sure += 1;
            self.sure_right += usize::from(noticeable && right);
        }
        if noticed {
            let ten = &mut self.tens[usize::from(verdict.confidence / 10)];
            ten.0 += 1;
            ten.1 += usize::from(noticeable && right);
        }
        let fault = if noticeable { !noticed || !right } else { noticed };
        if fault || verdict.kind.name() != one.kind || (one.verdict == "sure" && verdict.outcome != Outcome::Sure) {
            let sign = if fault { "WRONG" } else { "     " };
            let _ = writeln!(
                self.report,
                "{sign} {}: {} {} {}, read as {} {:?} {:?} {}\n        {}",
                one.file,
                one.kind,
                one.applications.join("|"),
                one.verdict,
                verdict.kind.name(),
                verdict.application,
                verdict.outcome,
                verdict.confidence,
                verdict.reasons.join("\n        ")
            );
        }
    }
}

/// How the figures came about. `first` and `second` were written before the rules, so their author knew them; as first
/// written, the rules noticed 44 of 46 and 41 of 45 with the right kind and application (recall 0.957 and 0.911), all
/// 37 sure ones right. `third` was written after the rules: recall 0.444, none sure. The rules were then widened, with
/// the first three in view. `fourth` was written after that and measured untouched: recall 0.737, 5 sure and right, 1 of
/// 7 asked about in vain. That is what to expect of unseen mail; since then the rules were widened once more, with
/// all four in view, so that what this test prints now is too good.
#[test]
fn invented_mail_is_understood() {
    let applications = Applications::new(known(), &["sam.berger@mailbox.example"]);
    let mut all = Figures::default();
    for batch in ["first", "second", "third", "fourth"] {
        let mut figures = Figures::default();
        for one in labelled(batch) {
            let message = inbox::read(&one.raw).unwrap_or_else(|error| panic!("{}: {error}", one.file));
            let verdict = inbox::understand(&message, &applications);
            figures.add(&one, &verdict);
            all.add(&one, &verdict);
        }
        println!("{batch}: {}", figures.line());
        if std::env::var_os("SHOW").is_some_and(|shown| shown == "all" || shown == batch) {
            println!("{}", figures.report);
        }
    }
    println!("all: {}", all.line());
    for (ten, (count, right)) in all.tens.iter().enumerate().filter(|(_, (count, _))| *count > 0) {
        println!("  confidence {}–{}: {right} right of {count}", ten * 10, ten * 10 + 9);
    }
    assert!(all.messages >= 120 && all.messages - all.noticeable >= 35);
    assert!(all.precision() >= PRECISION, "{}", all.report);
    assert!(all.recall() >= RECALL, "{}", all.report);
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labelled")
}

fn known() -> Vec<Known> {
    let text = fs::read_to_string(folder().join("known.txt")).unwrap();
    let list =
        |column: &str| column.split(';').map(str::trim).filter(|item| !item.is_empty()).map(Into::into).collect();
    (text.lines().filter(|line| !line.starts_with('#')))
        .map(|line| {
            let columns: Vec<&str> = line.split('|').map(str::trim).collect();
            Known {
                id: columns[0].into(),
                company: columns[1].into(),
                title: columns[2].into(),
                domains: list(columns[3]),
                contacts: list(columns[4]),
                message_ids: list(columns[5]),
                applied_on: Some(columns[6].parse().unwrap()),
            }
        })
        .collect()
}

fn labelled(batch: &str) -> Vec<Labelled> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder().join(batch)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| one(batch, file)).collect()
}

fn one(batch: &str, file: &Path) -> Labelled {
    let text = fs::read_to_string(file).unwrap();
    let name = format!("{batch}/{}", file.file_stem().unwrap().to_string_lossy());
    let (label, mail) = text.split_once("\n---\n").expect("a label and a message");
    let value = |key: &str| {
        let line = label.lines().find_map(|line| line.strip_prefix(key));
        line.unwrap_or_else(|| panic!("{name}: no {key}")).trim_start_matches(':').trim().to_owned()
    };
    let applications = value("application").split('|').map(Into::into).collect();
    let raw = mime(mail, &name).into_bytes();
    Labelled { kind: value("kind"), applications, verdict: value("verdict"), raw, file: name }
}

/// A message as it would come, of the short form the files have.
fn mime(mail: &str, name: &str) -> String {
    let (head, body) = mail.split_once("\n\n").expect("headers and a text");
    let mut headers = String::new();
    let (mut html, mut calendar) = (false, None);
    for line in head.lines() {
        match line.split_once(": ") {
            Some(("Html", _)) => html = true,
            Some(("Calendar", title)) => calendar = Some(title),
            _ => {
                let _ = writeln!(headers, "{line}\r");
            }
        }
    }
    let kind = if html { "html" } else { "plain" };
    let text = format!(
        "Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{}\r\n",
        body.replace('\n', "\r\n")
    );
    let id = name.replace('/', ".");
    let mut whole = format!(
        "{headers}Date: Wed, 23 Sep 2026 10:00:00 +0200\r\nMessage-ID: <{id}@mail.example>\r\nMIME-Version: 1.0\r\n"
    );
    match calendar {
        None => whole.push_str(&text),
        Some(title) => {
            let entry = format!(
                "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:{title}\r\nDTSTART:20260925T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            );
            let _ = write!(
                whole,
                "Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n--b1\r\n{text}--b1\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n{entry}--b1--\r\n"
            );
        }
    }
    whole
}

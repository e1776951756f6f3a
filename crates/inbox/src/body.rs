//! Telling what somebody wrote from what the message drags along: history, signature, a forwarded message.

use crate::limits;
use crate::message::Address;
use boards::text::{self, folded};

/// A message that somebody passed on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forwarded {
    pub from: Address,
    pub subject: String,
    pub text: String,
}

#[derive(Default)]
pub(crate) struct Split {
    pub text: String,
    pub quoted: String,
    pub signature: String,
    pub forwarded: Option<Forwarded>,
}

/// Splits the readable parts of a message with this subject.
pub(crate) fn split(subject: &str, parts: impl IntoIterator<Item = String>) -> Split {
    let mut split = Split::default();
    for part in parts {
        let cut = &part[..part.floor_char_boundary(limits::TEXT_BYTES * 2)];
        let lines: Vec<&str> = cut.lines().map(str::trim_end).collect();
        one(subject, &lines, &mut split);
    }
    for text in [&mut split.text, &mut split.quoted, &mut split.signature] {
        *text = tidy(text);
    }
    split
}

fn tidy(text: &str) -> String {
    text::block(text, limits::TEXT_BYTES)
}

fn one(subject: &str, lines: &[&str], split: &mut Split) {
    let mut at = 0;
    let mut signature = false;
    while at < lines.len() {
        let line = lines[at];
        let header_block = is_header_block(&lines[at..]);
        if is_forward_mark(line) || (header_block && is_forward_subject(subject)) {
            if split.forwarded.is_none() {
                split.forwarded = Some(forwarded(&lines[at + usize::from(!header_block)..]));
            }
            return;
        }
        if header_block || is_original_mark(line) {
            push_all(&mut split.quoted, &lines[at..]);
            return;
        }
        if let Some(after) = attribution(&lines[at..]) {
            at += after;
            let quote = lines[at..].iter().find(|line| !line.trim().is_empty());
            if !quote.is_some_and(|line| line.starts_with('>')) {
                push_all(&mut split.quoted, &lines[at..]);
                return;
            }
            continue;
        }
        if line.starts_with('>') {
            push(&mut split.quoted, line.trim_start_matches(['>', ' ']));
        } else if signature || line.trim() == "--" {
            signature = true;
            push(&mut split.signature, line.strip_prefix("--").filter(|rest| rest.is_empty()).unwrap_or(line));
        } else {
            push(&mut split.text, line);
        }
        at += 1;
    }
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn push_all(text: &mut String, lines: &[&str]) {
    for line in lines {
        push(text, line.trim_start_matches(['>', ' ']));
    }
}

fn is_forward_mark(line: &str) -> bool {
    if line.len() > 120 {
        return false;
    }
    let line = folded(line);
    (line.starts_with('-') || line.ends_with(':'))
        && ["forwarded message", "weitergeleitete nachricht", "weitergeleiteten nachricht", "message transféré"]
            .iter()
            .any(|mark| line.contains(mark))
}

fn is_forward_subject(subject: &str) -> bool {
    let subject = folded(subject);
    ["fwd:", "fw:", "wg:", "tr:", "tr :"].iter().any(|mark| subject.starts_with(mark))
}

fn is_original_mark(line: &str) -> bool {
    line.starts_with("--") && line.len() < 120 && {
        let line = folded(line);
        ["original message", "ursprüngliche nachricht", "message d'origine", "message original"]
            .iter()
            .any(|mark| line.contains(mark))
    }
}

/// How many lines "On … Ada wrote:" takes, when it starts here.
fn attribution(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?.trim_start();
    if !["On ", "Am ", "Le "].iter().any(|start| first.starts_with(start)) {
        return None;
    }
    let mut joined = String::new();
    for (count, line) in lines.iter().take(3).enumerate() {
        if line.trim().is_empty() || joined.len() + line.len() > 400 {
            return None;
        }
        joined.push_str(line);
        joined.push(' ');
        if line.trim_end().ends_with(':') {
            let joined = folded(&joined);
            let says = ["wrote", "schrieb", "a écrit"].iter().any(|word| joined.contains(word));
            return says.then_some(count + 1);
        }
    }
    None
}

/// What kind of header a line in a text shows: 0 sender, 1 date, 2 recipient, 3 subject.
fn shown_header(line: &str) -> Option<(usize, &str)> {
    let (name, value) = line.trim_matches(['*', ' ', '>']).split_once(':')?;
    if name.len() > 20 {
        return None;
    }
    let which = match &*folded(name.trim_matches(['*', ' '])) {
        "from" | "von" | "de" => 0,
        "sent" | "date" | "gesendet" | "datum" | "envoyé" => 1,
        "to" | "an" | "à" | "cc" => 2,
        "subject" | "betreff" | "objet" => 3,
        _ => return None,
    };
    Some((which, value.trim_matches(['*', ' '])))
}

/// Do the headers of another message start here, as mail programs write them above it?
fn is_header_block(lines: &[&str]) -> bool {
    if lines.first().and_then(|line| shown_header(line)).is_none_or(|(which, _)| which != 0) {
        return false;
    }
    lines[1..].iter().take(5).filter(|line| shown_header(line).is_some()).count() >= 2
}

fn forwarded(lines: &[&str]) -> Forwarded {
    let mut found = Forwarded::default();
    let mut at = 0;
    while at < lines.len() && at < 12 {
        match shown_header(lines[at]) {
            Some((0, value)) => found.from = sender(value),
            Some((3, value)) => found.subject = text::line(value, limits::LABEL_CHARS),
            Some(_) => {}
            None if lines[at].trim().is_empty() => {}
            None => break,
        }
        at += 1;
    }
    let rest: Vec<&str> = lines[at..].iter().map(|line| line.trim_start_matches(['>', ' '])).collect();
    found.text = tidy(&rest.join("\n"));
    found
}

/// `Ada <ada@example.org>`, or only one of both.
fn sender(value: &str) -> Address {
    match value.split_once(['<', '[']) {
        Some((name, rest)) => {
            let address = rest.trim_start_matches("mailto:").split(['>', ']']).next().unwrap_or_default();
            Address::new(name.trim_matches(['"', ' ']), address)
        }
        None if value.contains('@') => Address::new("", value),
        None => Address::new(value, ""),
    }
}

//! Foreign bytes: whatever they are, reading ends with an answer, in time, and within bounds.

use inbox::{Applications, Known, Message, Verdict, limits, mbox, read, understand};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const MAIL: &[&[u8]] = &[
    include_bytes!("mail/base64-utf8.eml"),
    include_bytes!("mail/quoted-printable-latin1.eml"),
    include_bytes!("mail/windows-1252-8bit.eml"),
    include_bytes!("mail/multipart-invitation.eml"),
    include_bytes!("mail/forwarded-as-attachment.eml"),
    include_bytes!("mail/list-html-only.eml"),
];

fn applications() -> Applications {
    let known = |id: &str, company: &str, title: &str| Known {
        id: id.into(),
        company: company.into(),
        title: title.into(),
        domains: vec!["acme.example".into(), String::new()],
        ..Known::default()
    };
    Applications::new(
        vec![known("1", "Acme, Inc.", "Baker (m/w/d)"), known("2", "", ""), known("3", "GmbH", "C++")],
        &[],
    )
}

fn understood(message: &Message) -> Verdict {
    for text in [&message.text, &message.quoted, &message.signature] {
        assert!(text.len() <= limits::TEXT_BYTES);
    }
    assert!(message.subject.chars().count() <= limits::LABEL_CHARS);
    assert!(message.links.len() <= limits::ITEMS && message.references.len() <= limits::ITEMS);
    let verdict = understand(message, &applications());
    assert!(verdict.confidence <= 100 && !verdict.reasons.is_empty());
    verdict
}

/// The words that the rules look for, so that random texts reach them.
fn wordy() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "unfortunately",
        "not",
        "we",
        "you",
        "move",
        "forward",
        "offer",
        "interview",
        "invite",
        "to",
        "if",
        "Acme",
        "Baker",
        "leider",
        "nicht",
        "laden",
        "Sie",
        "ein",
        "votre",
        "candidature",
        "pas",
        "retenue",
        "’",
        "'",
        "t",
        ".",
        "\n",
        "\n\n",
        "> ",
        "--",
        "On ",
        "wrote:",
        "From:",
        "Subject:",
        "Sent:",
        "https://",
        "cal.com",
        "é",
        "ß",
        "🙂",
        "\u{301}",
        "can",
        "won",
        "only",
        "1",
        "|",
        ":",
        "---------- Forwarded message",
        "-----Original Message-----",
    ]);
    prop::collection::vec((word, prop::sample::select(vec![" ", "", "\n"])), 0..60)
        .prop_map(|words| words.into_iter().map(|(word, gap)| format!("{word}{gap}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(data in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(message) = read(&data) {
            understood(&message);
        }
        let _ = mbox::messages(&data[..]).count();
    }

    #[test]
    fn damaged_messages(
        which in 0..MAIL.len(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        end in any::<prop::sample::Index>(),
        shorten in any::<bool>(),
    ) {
        let mut data = MAIL[which].to_vec();
        for (at, byte) in cuts {
            let at = at.index(data.len());
            data[at] = byte;
        }
        if shorten {
            data.truncate(end.index(data.len()));
        }
        if let Ok(message) = read(&data) {
            understood(&message);
        }
    }

    #[test]
    fn pieces_of_messages_in_any_order(pieces in prop::collection::vec((0..MAIL.len(), any::<prop::sample::Index>(), 0..300usize), 1..12)) {
        let mut data = b"From x@example.org Wed Sep 23 10:00:00 2026\nFrom: a@example.org\n".to_vec();
        for (which, at, length) in pieces {
            let from = at.index(MAIL[which].len());
            data.extend_from_slice(&MAIL[which][from..(from + length).min(MAIL[which].len())]);
        }
        for message in mbox::messages(&data[..]).flatten() {
            understood(&message);
        }
    }

    #[test]
    fn texts_of_all_kinds(subject in wordy(), text in wordy(), name in wordy()) {
        let raw = format!("From: \"{name}\" <a@acme.example>\r\nSubject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}");
        if let Ok(message) = read(raw.as_bytes()) {
            understood(&message);
        }
    }

    #[test]
    fn any_text(text in any::<String>()) {
        let message = Message { text, subject: "é".into(), ..Message::default() };
        let shown = inbox::recognise(&message);
        for one in shown.evidence {
            if let inbox::Place::Text { start, end } = one.place {
                assert!(message.text.get(start..end).is_some());
            }
        }
    }
}

/// Texts made to take long.
#[test]
fn hostile_messages_end_in_time() {
    let start = Instant::now();
    let header = "From: a@example.org\nContent-Type: text/";
    for body in [
        "we ".repeat(400_000),
        "not to not be not ".repeat(60_000),
        "=?utf-8?Q?".repeat(100_000),
        "<div>".repeat(200_000),
        "://a.b".repeat(100_000),
        "From: x\nSent: y\n".repeat(50_000),
        "On a\n".repeat(100_000),
        ">".repeat(1_000_000),
    ] {
        for kind in ["plain", "html"] {
            let message = read(format!("{header}{kind}\n\n{body}").as_bytes()).unwrap();
            understood(&message);
        }
        let _ = read(format!("From: {body}\nSubject: {body}\nReferences: {body}\n\n{body}").as_bytes());
    }
    assert!(start.elapsed() < Duration::from_secs(60), "took {:?}", start.elapsed());
}

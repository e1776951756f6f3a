//! Messages as programs send them, read.

use inbox::{Address, Message, Unreadable, mbox, read};

fn mail(raw: &[u8]) -> Message {
    read(raw).expect("a message")
}

#[test]
fn base64_and_encoded_headers() {
    let message = mail(include_bytes!("mail/base64-utf8.eml"));
    assert_eq!(message.from, Address::new("Personalabteilung Müller", "karriere@mueller.example"));
    assert_eq!((message.from.domain(), message.from.local()), ("mueller.example", "karriere"));
    assert_eq!(message.to, [Address::new("Sam Berger", "sam.berger@mailbox.example")]);
    assert_eq!(message.reply_to, Some(Address::new("", "bewerbung+77@mueller.example")));
    assert_eq!(message.subject, "Ihre Bewerbung als Küchenchef");
    assert_eq!(message.id, "one@mueller.example");
    assert_eq!(message.in_reply_to, ["b@mueller.example"]);
    assert_eq!(message.references, ["a@mailbox.example", "b@mueller.example"]);
    assert_eq!(message.date, "2026-09-23T08:00:00Z".parse().ok());
    assert_eq!((&*message.auto_submitted, &*message.precedence), ("auto-generated", "bulk"));
    assert!(!message.list_unsubscribe);
    assert_eq!(message.text, "Sehr geehrte Frau Berger,\n\nleider können wir Sie nicht berücksichtigen.");
    assert_eq!(message.signature, "Müller GmbH");
}

#[test]
fn quoted_printable_and_history() {
    let message = mail(include_bytes!("mail/quoted-printable-latin1.eml"));
    assert_eq!(message.from.name, "Renée Lefèvre");
    assert_eq!(message.subject, "Entretien téléphonique");
    assert_eq!(message.text, "Bonjour,\n\nnous souhaitons vous rencontrer à l'été.");
    assert_eq!(message.quoted, "Merci pour votre réponse\nà bientôt");
}

#[test]
fn other_character_sets() {
    let message = mail(include_bytes!("mail/windows-1252-8bit.eml"));
    assert_eq!(message.text, "We’re pleased to offer you 50 000 € – call us.");
}

#[test]
fn parts_are_told_apart() {
    let message = mail(include_bytes!("mail/multipart-invitation.eml"));
    assert_eq!(message.from.name, "Ostrow, Hanna");
    assert_eq!(message.to.len(), 2);
    assert_eq!(
        message.text,
        "Hi Sam,\n\nwe would like to invite you to an interview. Choose a time: here\n\nGrüße, Hanna"
    );
    assert_eq!(message.links, ["calendly.com"]);
    assert!(message.calendar.unwrap().starts_with(b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST"));
}

#[test]
fn a_message_inside_a_message() {
    let message = mail(include_bytes!("mail/forwarded-as-attachment.eml"));
    assert_eq!(message.text, "Came to me by mistake.");
    let inner = message.forwarded.unwrap();
    assert_eq!(inner.from.address, "recruitment@stonebridge.example");
    assert_eq!(inner.subject, "Lecturer in Economics");
    assert!(inner.text.starts_with("We regret"));
}

#[test]
fn lists_say_so() {
    let message = mail(include_bytes!("mail/list-html-only.eml"));
    assert!(message.list_unsubscribe);
    assert_eq!(message.text, "Baker Berlin\n\nUnsubscribe");
    assert_eq!(message.links, ["indeed.example"]);
}

#[test]
fn history_is_split_off_in_the_ways_programs_write_it() {
    for (body, text, quoted) in [
        ("New.\n\nOn Mon, 14 Sep 2026 at 10:02, Pia\n<pia@example.org> wrote:\n> Old.\n", "New.", "Old."),
        ("Am 14.09.2026 schrieb Pia:\n> Old?\n\nNew below.\n", "New below.", "Old?"),
        (
            "New.\n-----Ursprüngliche Nachricht-----\nVon: Pia\nOld.\n",
            "New.",
            "-----Ursprüngliche Nachricht-----\nVon: Pia\nOld.",
        ),
        (
            "New.\n\nFrom: Pia <p@example.org>\nSent: Monday\nTo: Sam\nSubject: Hi\n\nOld.\n",
            "New.",
            "From: Pia <p@example.org>\nSent: Monday\nTo: Sam\nSubject: Hi\n\nOld.",
        ),
        ("On the way:\nbring cake\n", "On the way:\nbring cake", ""),
        ("From: the whole team\n\nwith love\n", "From: the whole team\n\nwith love", ""),
    ] {
        let message =
            mail(format!("From: a@example.org\nContent-Type: text/plain; charset=utf-8\n\n{body}").as_bytes());
        assert_eq!((&*message.text, &*message.quoted), (text, quoted), "{body}");
    }
}

#[test]
fn forwarded_messages_name_their_sender() {
    let body = "fyi\n\n---------- Forwarded message ---------\nFrom: Pia <pia@acme.example>\nDate: Monday\nSubject: Your application\nTo: Sam\n\nNo.\n";
    let inner = mail(format!("From: a@example.org\nSubject: Fwd: x\n\n{body}").as_bytes()).forwarded.unwrap();
    assert_eq!(inner.from, Address::new("Pia", "pia@acme.example"));
    assert_eq!((&*inner.subject, &*inner.text), ("Your application", "No."));
    let body = "fyi\n\nVon: Pia\nGesendet: Montag\nAn: Sam\nBetreff: Deine Bewerbung\n\nNein.\n";
    let inner = mail(format!("From: a@example.org\nSubject: WG: x\n\n{body}").as_bytes()).forwarded.unwrap();
    assert_eq!((&*inner.from.name, &*inner.subject, &*inner.text), ("Pia", "Deine Bewerbung", "Nein."));
}

#[test]
fn what_is_no_message_is_refused() {
    for raw in ["", "\n", "hello", "\n\nhello", "X: y\n\nhello"] {
        assert!(matches!(read(raw.as_bytes()), Err(Unreadable::NoMessage)), "{raw:?}");
    }
}

#[test]
fn deep_and_many_parts_end() {
    let deep: String =
        (0..20_000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n")).collect();
    mail(format!("From: a@example.org\n{deep}\n\nend").as_bytes());
    let inside = "Content-Type: message/rfc822\n\nFrom: a@example.org\n".repeat(100_000);
    mail(format!("From: a@example.org\n{inside}\n\nend").as_bytes());
    let many = "--b\n\npart\n".repeat(100_000);
    let message = mail(format!("From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n{many}").as_bytes());
    assert!(message.text.lines().count() <= inbox::limits::MIME_PARTS * 2);
}

#[test]
fn a_mailbox_is_read_message_by_message() {
    let mut data = Vec::new();
    for n in 0..3 {
        data.extend(format!("From x@example.org Wed Sep 23 10:00:0{n} 2026\r\n").bytes());
        data.extend_from_slice(include_bytes!("mail/base64-utf8.eml"));
        data.extend(b"\r\n");
    }
    data.extend(b"From x@example.org Wed Sep 23 10:00:05 2026\r\n\r\nno headers\r\n");
    let all: Vec<_> = mbox::messages(&data[..]).collect();
    assert_eq!(all.len(), 4);
    assert!(all[..3].iter().all(|one| one.as_ref().is_ok_and(|message| message.signature == "Müller GmbH")));
    assert!(matches!(all[3], Err(Unreadable::NoMessage)));
}

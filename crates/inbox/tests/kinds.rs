//! Words that mean one thing here and another there.

use inbox::{About, Action, Address, Applications, Kind, Known, Message, Outcome, Place, Stage, recognise, understand};

fn kind(text: &str) -> Kind {
    let message = Message { text: text.into(), ..Message::default() };
    recognise(&message).kind
}

#[test]
fn denied_and_possible_things_are_not_said() {
    for (text, expected) in [
        ("Unfortunately we will not be able to move forward with your application.", Kind::Rejection),
        (
            "Unfortunately we will not be able to meet on Thursday. Could we reschedule your interview for Friday?",
            Kind::Invitation,
        ),
        ("We received your application. If your profile matches, we will invite you to an interview.", Kind::Receipt),
        ("We would like to invite you to an interview.", Kind::Invitation),
        ("We are unable to offer you the position.", Kind::Rejection),
        ("We are delighted to offer you the position.", Kind::Offer),
        ("We offer free fruit and a bicycle.", Kind::Other),
        (
            "Wir haben Ihre Bewerbung erhalten. Falls Ihr Profil passt, laden wir Sie zu einem Gespräch ein.",
            Kind::Receipt,
        ),
        ("Gerne laden wir Sie zu einem Vorstellungsgespräch ein.", Kind::Invitation),
        ("Leider können wir Sie nicht zu einem Vorstellungsgespräch einladen.", Kind::Rejection),
        ("Leider können wir Ihnen die Stelle nicht anbieten.", Kind::Rejection),
        (
            "Nous avons bien reçu votre candidature. Si votre profil correspond, nous vous inviterons à un entretien.",
            Kind::Receipt,
        ),
        ("Votre candidature n'a pas été retenue.", Kind::Rejection),
        ("Votre candidature a retenu notre attention, nous souhaitons vous rencontrer.", Kind::Invitation),
        ("", Kind::Other),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
}

#[test]
fn evidence_shows_where_it_stands() {
    let message = Message {
        text: "Ünfortunately we won’t be\nmoving forward with your application.".into(),
        ..Message::default()
    };
    let shown = recognise(&message);
    assert_eq!(shown.kind, Kind::Rejection);
    let first = shown.evidence.iter().find(|one| one.about == About::Kind(Kind::Rejection)).unwrap();
    let Place::Text { start, end } = first.place else { panic!("{first}") };
    assert_eq!(message.text[start..end].split_whitespace().collect::<Vec<_>>().join(" "), first.said);
    assert!(first.to_string().contains("speaks for a rejection"));
}

#[test]
fn a_verdict_says_what_it_would_do() {
    let known = Known {
        id: "1".into(),
        company: "Acme".into(),
        title: "Baker".into(),
        domains: vec!["acme.example".into()],
        ..Known::default()
    };
    let applications = Applications::new(vec![known], &[]);
    let mut message = Message {
        from: Address::new("Ada", "ada@acme.example"),
        subject: "Interview for the position as Baker".into(),
        text: "We would like to invite you to an interview at Acme.".into(),
        calendar: Some(b"BEGIN:VCALENDAR\nMETHOD:REQUEST".to_vec()),
        ..Message::default()
    };
    let verdict = understand(&message, &applications);
    assert_eq!((verdict.outcome, verdict.application.as_deref()), (Outcome::Sure, Some("1")), "{verdict:#?}");
    assert_eq!(verdict.actions, [Action::SetStage(Stage::Interview), Action::MakeInterview]);
    message.from = Address::new("Ada", "ada@elsewhere.example");
    let verdict = understand(&message, &applications);
    assert_eq!(verdict.outcome, Outcome::Ask, "{verdict:#?}");
    message.subject = "Interview".into();
    message.text = "We would like to invite you to an interview.".into();
    assert_eq!(understand(&message, &applications).outcome, Outcome::Ignore);
}

//! Which application a message belongs to.

use inbox::{Address, Applications, Candidate, Known, Message, Reason};

fn known(id: &str, company: &str, title: &str, domain: &str) -> Known {
    Known {
        id: id.into(),
        company: company.into(),
        title: title.into(),
        domains: vec![domain.into()],
        contacts: vec![format!("ada@{id}-agency.example")],
        message_ids: vec![format!("{id}@mail.example")],
        applied_on: "2026-09-01".parse().ok(),
    }
}

fn applications() -> Applications {
    let list = vec![
        known("acme", "Acme Data GmbH", "Backend Engineer (m/w/d)", "jobs.acme-data.co.uk"),
        known("acme-lead", "ACME Data", "Senior Backend Engineer", "acme-data.co.uk"),
        known("bridge", "Bridge", "Baker", "bridge.example"),
        known("board", "Somebody, Inc.", "Cook", "boards.greenhouse.io"),
    ];
    Applications::new(list, &["Me@Home.example"])
}

fn message(from: (&str, &str), subject: &str, text: &str) -> Message {
    Message {
        from: Address::new(from.0, from.1),
        subject: subject.into(),
        text: text.into(),
        date: "2026-09-20T10:00:00Z".parse().ok(),
        ..Message::default()
    }
}

fn found(message: &Message) -> Vec<Candidate> {
    applications().candidates(message)
}

#[test]
fn a_thread_is_followed() {
    let mut answer = message(("", "x@elsewhere.example"), "Re: hello", "");
    answer.references = vec!["old@mail.example".into(), "acme@mail.example".into()];
    let all = found(&answer);
    assert_eq!((&*all[0].id, all[0].score, all.len()), ("acme", 98, 1));
    assert_eq!(all[0].reasons, [(Reason::SameThread, 98)]);
    // The other application at the company shares the domain, but not the thread.
    answer.from = Address::new("", "x@acme-data.co.uk");
    assert_eq!(found(&answer)[0].id, "acme");
    assert!(found(&answer)[0].share > 90);
}

#[test]
fn domains_are_compared_as_registered() {
    let all = found(&message(("", "x@mail.acme-data.co.uk"), "Backend Engineer", ""));
    assert_eq!(all[0].id, "acme");
    assert!(all[0].score >= 95 && all[0].share > 75);
    assert!(found(&message(("", "x@other.co.uk"), "Backend Engineer", "")).is_empty());
    // The domain of a service says nothing about one of its customers.
    assert!(found(&message(("", "x@greenhouse.io"), "Cook", "")).is_empty());
}

#[test]
fn contacts_and_their_colleagues() {
    let contact = found(&message(("", "ada@bridge-agency.example"), "", ""));
    assert_eq!((&*contact[0].id, contact[0].score), ("bridge", 94));
    let colleague = found(&message(("", "bob@bridge-agency.example"), "", ""));
    assert!(colleague[0].score < 50);
}

#[test]
fn trackers_write_in_a_companys_name() {
    for (name, address) in [
        ("Acme Data Recruiting via Greenhouse", "no-reply@greenhouse-mail.io"),
        ("Hiring Team", "acmedata@myworkday.com"),
        ("The ACME Data Talent Team", "x@hire.lever.co"),
    ] {
        let all = found(&message((name, address), "Senior Backend Engineer", ""));
        assert_eq!(all[0].id, "acme-lead", "{name}");
        assert!(all[0].score >= 90, "{name}");
    }
}

#[test]
fn one_company_two_applications() {
    let open = found(&message(("", "x@acme-data.co.uk"), "Your application", ""));
    assert_eq!(open.len(), 2);
    assert!(open.iter().all(|one| one.share == 50));
    let longer = found(&message(("", "x@acme-data.co.uk"), "Senior Backend Engineer", ""));
    assert_eq!(longer[0].id, "acme-lead");
    assert!(longer[0].share > 90);
}

#[test]
fn an_everyday_word_is_a_weak_name() {
    let everyday = found(&message(("City", "x@city.example"), "", "the bridge is closed"));
    assert!(everyday.iter().all(|one| one.score < 30));
    assert!(found(&message(("", "x@greenhouse.io"), "", "Your application to Bridge as Baker"))[0].score > 70);
}

#[test]
fn time_counts() {
    let mut early = message(("", "x@bridge.example"), "Baker", "");
    early.date = "2026-07-01T10:00:00Z".parse().ok();
    assert!(found(&early)[0].score < 30);
    early.date = "2028-07-01T10:00:00Z".parse().ok();
    assert!((40..80).contains(&found(&early)[0].score));
}

#[test]
fn what_the_person_wrote_is_left_alone() {
    assert!(found(&message(("Me", "me@home.example"), "Baker at Bridge", "")).is_empty());
}

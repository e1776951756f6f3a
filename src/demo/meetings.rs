//! Interviews and contacts of the half-year, made at the moments applications reach the interview stage.

use crate::{
    applications::{Application, ApplicationStatus, history::Actor},
    contacts::{self, draft::ContactDraft},
    error::Result,
    events::{self, Change},
    interviews::{self, Interview, InterviewKind, InterviewResult, draft::InterviewDraft},
    jobs::store::Brief,
};
use chrono::{DateTime, Datelike, Days, Duration, Utc, Weekday};

/// Who invites, with role and address.
const PEOPLE: [(&str, &str, &str); 7] = [
    ("Jonas Ekdahl", "Talent partner", "jonas.ekdahl@example.org"),
    ("Signe Wallin", "Head of data", "signe.wallin@example.org"),
    ("Petra Holmqvist", "Recruiter", "petra.holmqvist@example.org"),
    ("Aron Lundgren", "Engineering manager", "aron.lundgren@example.org"),
    ("Mette Friis", "People and culture", "mette.friis@example.org"),
    ("Ilja Nyberg", "Analytics lead", "ilja.nyberg@example.org"),
    ("Klara Sandell", "Recruiter", "klara.sandell@example.org"),
];
/// Days from the invitation to the interview.
const AHEAD: u64 = 7;

/// Somebody invites to a first interview, a week after the application has reached that stage.
pub async fn plan(change: &mut Change, application: &Application, job: &Brief, now: DateTime<Utc>) -> Result<()> {
    let nth = usize::try_from(contacts::store::count_in(&mut change.tx, change.who).await?).unwrap_or_default();
    let (name, role, email) = PEOPLE[nth % PEOPLE.len()];
    if nth < PEOPLE.len() {
        let draft = ContactDraft {
            name: name.into(),
            role: role.into(),
            company: job.company.clone(),
            email: email.into(),
            ..ContactDraft::default()
        };
        let contact = contacts::actions::make(change, draft).await?;
        contacts::links::put(change, application.id, &contact).await?;
    }
    let mut day = change.today() + Days::new(AHEAD);
    while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        day = day + Days::new(1);
    }
    let Some(starts_at) = events::local(change.zone(), &format!("{day} {:02}:30", 9 + nth % 6)) else { return Ok(()) };
    let kind = if nth.is_multiple_of(2) { InterviewKind::Video } else { InterviewKind::Phone };
    let draft = InterviewDraft {
        round: 1,
        kind,
        starts_at,
        ends_at: starts_at + Duration::minutes(45),
        time_zone: None,
        place: String::new(),
        link: (kind == InterviewKind::Video).then(|| format!("https://meet.example.org/{}", nth + 1)),
        people: vec![format!("{name}, {role}")],
        preparation: "- Why this team\n- The dashboard that saved the Monday meeting\n- Ask: who owns the data?".into(),
        result: if starts_at > now { InterviewResult::Planned } else { InterviewResult::Waiting },
        notes: String::new(),
        thanked_at: None,
        move_along: false,
        version: None,
    };
    interviews::actions::make(change, application.id, draft, Actor::Person).await.map(|_| ())
}

/// What came of the interviews, now that there is an answer.
pub async fn settle(change: &mut Change, application: &Application) -> Result<()> {
    let result = match application.status {
        ApplicationStatus::Offer | ApplicationStatus::Accepted => InterviewResult::Passed,
        ApplicationStatus::Rejected => InterviewResult::Failed,
        _ => return Ok(()),
    };
    let (app, who, at) = (change.app(), change.who, change.at);
    for id in interviews::store::ids_in(&mut change.tx, who, application.id).await? {
        let before = interviews::store::get_in(&app, &mut change.tx, who, id).await?;
        let after = before.changed_to(Interview { result, ..before.clone() }, at);
        interviews::store::update(&app, &mut change.tx, who, &after).await?;
    }
    Ok(())
}

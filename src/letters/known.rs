//! The person's applications, as far as mail can tell them apart.

use super::{
    State,
    reading::{Found, Meeting},
    store,
};
use crate::{
    applications::store::FROM,
    error::Result,
    ids::{ApplicationId, UserId},
    on,
    state::App,
};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use url::Url;

/// Everything messages are compared with.
pub struct Known {
    list: Vec<inbox::Known>,
    /// The person's own addresses: what they wrote themselves tells nothing.
    own: Vec<String>,
    /// What was made of invitations, by the name of their event; the newest counts.
    meetings: HashMap<String, (ApplicationId, Meeting)>,
}

impl Known {
    /// Made ready to be asked often.
    pub fn prepared(&self) -> inbox::Applications {
        let own: Vec<&str> = self.own.iter().map(String::as_str).collect();
        inbox::Applications::new(self.list.clone(), &own)
    }

    /// The meeting of an event, and whose it is.
    pub fn meeting(&self, uid: &str) -> Option<(ApplicationId, &Meeting)> {
        self.meetings.get(uid).map(|(id, meeting)| (*id, meeting))
    }

    /// Notes which meeting an invitation replaces, and, where it is sure, that it counts from here on.
    pub fn compare(&mut self, found: &mut Found) {
        let Some(meeting) = found.kept.meeting.as_mut().filter(|meeting| !meeting.uid.is_empty()) else { return };
        meeting.instead_of =
            self.meeting(&meeting.uid).filter(|(id, _)| *id == found.application).map(|(_, held)| held.starts_at);
        if found.sure {
            self.meetings.insert(meeting.uid.clone(), (found.application, meeting.clone()));
        }
    }

    /// A message belongs to an application from here on; false where that was known.
    pub fn add_message(&mut self, id: ApplicationId, message: &str) -> bool {
        let id = id.to_string();
        let Some(one) = self.list.iter_mut().find(|one| one.id == id) else { return false };
        if one.message_ids.iter().any(|known| known == message) {
            return false;
        }
        one.message_ids.push(message.to_owned());
        true
    }
}

/// The most messages of before that new ones are compared with.
const READ: i64 = 5_000;

/// An application with its company, title, address and when it was sent.
type Row = (ApplicationId, String, String, Option<String>, Option<DateTime<Utc>>);

/// Gathers what is known of all of the person's applications.
pub async fn gather(app: &App, who: UserId, own: &[String]) -> Result<Known> {
    let rows: Vec<Row> = on!(app.db.read, |c| {
        let mut query = sqlx::QueryBuilder::new("SELECT a.id, j.company, j.title, j.url, a.applied_at");
        query.push(FROM).push_bind(who);
        query.build_query_as().fetch_all(c).await
    })?;
    let contacts: Vec<(ApplicationId, String)> = on!(app.db.read, |c| sqlx::query_as(
        "SELECT l.application_id, c.email FROM application_contacts l \
         JOIN contacts c ON c.user_id = l.user_id AND c.id = l.contact_id AND c.deleted_at IS NULL \
         WHERE l.user_id = $1 AND c.email <> ''"
    )
    .bind(who)
    .fetch_all(c)
    .await)?;
    let mut by_application: HashMap<ApplicationId, (Vec<String>, Vec<String>)> = HashMap::new();
    for (id, address) in contacts {
        by_application.entry(id).or_default().0.push(address.to_lowercase());
    }
    let mut meetings = HashMap::new();
    // Newest first: what comes later in this list was written before.
    for letter in store::list(app, who, &[State::Done, State::Agreed], READ).await? {
        let (id, kept) = (letter.application, letter.kept);
        if !kept.message_id.is_empty() {
            by_application.entry(id).or_default().1.push(kept.message_id);
        }
        if let Some(meeting) = kept.meeting.filter(|meeting| !meeting.uid.is_empty()) {
            meetings.entry(meeting.uid.clone()).or_insert((id, meeting));
        }
    }
    let list = rows.into_iter().map(|(id, company, title, url, applied_at)| {
        let (contacts, message_ids) = by_application.remove(&id).unwrap_or_default();
        inbox::Known {
            id: id.to_string(),
            company,
            title,
            domains: url.as_deref().and_then(domain).into_iter().collect(),
            contacts,
            message_ids,
            applied_on: applied_at.map(|at| at.date_naive()),
        }
    });
    Ok(Known { list: list.collect(), meetings, own: own.iter().map(|address| address.to_lowercase()).collect() })
}

/// What the company registered, from a posting's address; none of job boards and other services.
fn domain(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.domain()?;
    inbox::service(host).is_none().then(|| inbox::registrable(host)).filter(|domain| domain.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::domain;

    #[test]
    fn boards_are_nobodys_domain() {
        assert_eq!(domain("https://careers.acme.example/jobs/1").as_deref(), Some("acme.example"));
        assert_eq!(domain("https://boards.greenhouse.io/acme/jobs/1"), None);
        assert_eq!(domain("https://127.0.0.1/"), None);
        assert_eq!(domain("no address"), None);
    }
}

//! What there is to do so that Google has what is here.

use super::{entry::Entry, store::Known};
use chrono::{DateTime, Utc};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What Google was found to have, by id.
pub type Theirs = HashMap<String, Value>;

/// What there is to do.
#[derive(Debug, Default)]
pub struct Plan {
    /// Entries to send, and whether they may be there already.
    pub send: Vec<(Entry, bool)>,
    /// Ids of those to take away.
    pub remove: Vec<String>,
    /// Ids of those that are past and left as they are there.
    pub forget: Vec<String>,
}

/// Compares what is here with what is known of Google's side. `theirs` is a list of all that ends after `since`, when one was fetched;
/// what ended before is not looked at any more.
pub fn plan(entries: Vec<Entry>, known: &[Known], theirs: Option<&Theirs>, since: DateTime<Utc>) -> Plan {
    let by_id: HashMap<&str, &Known> = known.iter().map(|known| (known.entry_id.as_str(), known)).collect();
    let wanted: HashSet<String> = entries.iter().map(|entry| entry.id.clone()).collect();
    let mut plan = Plan::default();
    for entry in entries {
        let known = by_id.get(entry.id.as_str());
        let same = known.is_some_and(|known| known.digest == entry.digest);
        let differs = || {
            let at_google = theirs.map(|theirs| theirs.get(&entry.id));
            entry.ends_at > since && at_google.is_some_and(|found| !found.is_some_and(|found| entry.is_like(found)))
        };
        if !same || differs() {
            plan.send.push((entry, known.is_some()));
        }
    }
    for gone in known.iter().filter(|known| !wanted.contains(&known.entry_id)) {
        if gone.ends_at > since {
            plan.remove.push(gone.entry_id.clone());
        } else {
            plan.forget.push(gone.entry_id.clone());
        }
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(id: &str, digest: &str) -> Entry {
        let day = json!({ "date": "2027-03-01" });
        let body = json!({ "id": id, "summary": id, "start": day, "end": { "date": "2027-03-02" } });
        Entry { id: id.into(), body, digest: digest.into(), ends_at: at(10) }
    }

    fn known(id: &str, digest: &str, ends_at: DateTime<Utc>) -> Known {
        Known { entry_id: id.into(), digest: digest.into(), ends_at }
    }

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + chrono::Duration::days(day)
    }

    #[test]
    fn only_what_differs_is_done() {
        let entries = vec![entry("new", "1"), entry("same", "1"), entry("moved", "2")];
        let known = [
            known("same", "1", at(10)),
            known("moved", "1", at(10)),
            known("gone", "1", at(10)),
            known("past", "1", at(3)),
        ];
        let plan = plan(entries, &known, None, at(5));
        let sent: Vec<(&str, bool)> = plan.send.iter().map(|(entry, known)| (entry.id.as_str(), *known)).collect();
        assert_eq!(sent, [("new", false), ("moved", true)]);
        assert_eq!((plan.remove, plan.forget), (vec!["gone".to_owned()], vec!["past".to_owned()]));
    }

    #[test]
    fn what_was_changed_there_is_put_back() {
        let entries = || vec![entry("fine", "1"), entry("missing", "1"), entry("renamed", "1")];
        let known = ["fine", "missing", "renamed"].map(|id| known(id, "1", at(10)));
        let mut theirs = Theirs::from_iter(["fine", "renamed"].map(|id| (id.to_owned(), entry(id, "").body)));
        theirs.insert("of their own".into(), json!({ "id": "of their own", "summary": "Lunch" }));
        theirs.get_mut("renamed").expect("it is there")["summary"] = json!("Another");
        let found = plan(entries(), &known, Some(&theirs), at(5));
        let sent: Vec<&str> = found.send.iter().map(|(entry, _)| entry.id.as_str()).collect();
        assert_eq!(sent, ["missing", "renamed"]);
        assert!(found.remove.is_empty() && found.forget.is_empty(), "what the person added there is theirs");
        // A list does not reach back for ever.
        assert!(plan(entries(), &known, Some(&theirs), at(20)).send.is_empty());
    }
}

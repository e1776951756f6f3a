//! A sent document as somebody wants it noted: over REST or from a form. Validated here, once.

use super::{Document, DocumentKind};
use crate::{
    error::{Check, Error, Result},
    events::Change,
    ids::{ApplicationId, DocumentId},
    jobs::draft::{is_link, is_sensible},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Longest name, label and note, in characters.
const NAME: usize = 200;
const LABEL: usize = 100;
const NOTE: usize = 2_000;

/// The body of `POST /applications/{id}/documents`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DocumentDraft {
    /// `resume` when absent.
    #[serde(rename = "type")]
    pub kind: DocumentKind,
    #[schema(required, default, min_length = 1, max_length = 200, pattern = r"[^\s\x00]")]
    pub name: String,
    /// Which version of it.
    #[schema(max_length = 100)]
    pub label: String,
    /// Now when absent.
    pub sent_at: Option<DateTime<Utc>>,
    #[schema(format = "link", max_length = 2_000)]
    pub link: Option<String>,
    #[schema(max_length = 2_000)]
    pub note: String,
}

impl DocumentDraft {
    /// Trims, and names everything that is wrong.
    pub fn checked(mut self) -> Result<Self> {
        for text in [&mut self.name, &mut self.label] {
            *text = text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
        }
        self.link = self.link.map(|link| link.trim().to_owned()).filter(|link| !link.is_empty());
        self.note = self.note.replace('\0', "").trim().to_owned();
        self.sent_at = self.sent_at.and_then(|at| DateTime::from_timestamp_micros(at.timestamp_micros()));
        let mut check = Check::default();
        check
            .that(!self.name.is_empty(), "name", "Please say what was sent.")
            .that(self.name.chars().count() <= NAME, "name", "Please use at most 200 characters.")
            .that(self.label.chars().count() <= LABEL, "label", "Please use at most 100 characters.")
            .that(
                self.sent_at.is_none_or(|at| is_sensible(at.date_naive())),
                "sent_at",
                "Please enter a time from the years 1900 to 2999.",
            )
            .that(
                self.link.as_deref().is_none_or(is_link),
                "link",
                "Please enter a full link that starts with https:// or http://.",
            )
            .that(self.note.chars().count() <= NOTE, "note", "Please use at most 2,000 characters.");
        check.done()?;
        Ok(self)
    }

    /// A new document of a checked draft.
    pub fn made(self, application_id: ApplicationId, at: DateTime<Utc>) -> Document {
        Document {
            id: DocumentId::fresh(),
            application_id,
            kind: self.kind,
            name: self.name,
            label: self.label,
            sent_at: self.sent_at.unwrap_or(at),
            link: self.link,
            note: self.note,
            created_at: at,
        }
    }
}

/// As typed.
pub struct DocumentFields {
    pub kind: String,
    pub name: String,
    pub label: String,
    pub sent_at: String,
    pub link: String,
    pub note: String,
}

impl DocumentFields {
    /// What the texts say; times are those of the person's zone. A field that cannot be read is named with all that is wrong.
    pub fn draft(self, change: &Change) -> Result<DocumentDraft> {
        let (kind, sent_at) = (self.kind.parse(), change.local(&self.sent_at));
        let mut check = Check::default();
        check.that(kind.is_ok(), "kind", "Please choose one of the list.").that(
            self.sent_at.trim().is_empty() || sent_at.is_some(),
            "sent_at",
            "Please enter a date and a time, such as 2026-11-27 14:30.",
        );
        let draft = DocumentDraft {
            kind: kind.unwrap_or_default(),
            name: self.name,
            label: self.label,
            sent_at,
            link: Some(self.link),
            note: self.note,
        };
        let mut all = check.done().err().as_ref().map(Error::fields).unwrap_or_default();
        if let Err(error) = draft.clone().checked() {
            for (field, message) in error.fields() {
                all.entry(field).or_insert(message);
            }
        }
        if all.is_empty() { Ok(draft) } else { Err(Error::Invalid(all)) }
    }
}

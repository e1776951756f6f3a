//! A contact as somebody wants it: over REST or from a form. Validated here, once.

use super::Contact;
use crate::{
    error::{Check, Result},
    ids::ContactId,
    jobs::draft::is_link,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Longest name, role and company, in characters.
const LINE: usize = 200;
/// Longest address (RFC 5321) and phone number.
const EMAIL: usize = 254;
const PHONE: usize = 50;
/// Longest notes, in characters.
const NOTES: usize = 20_000;

/// The body of `POST /contacts` and `PUT /contacts/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ContactDraft {
    #[schema(required, default, min_length = 1, max_length = 200, pattern = r"[^\s\x00]")]
    pub name: String,
    #[schema(max_length = 200)]
    pub role: String,
    #[schema(max_length = 200)]
    pub company: String,
    /// An address belongs to one contact.
    #[schema(max_length = 254, pattern = "^([!-?A-~]+@[!-?A-~]+)?$")]
    pub email: String,
    #[schema(max_length = 50, pattern = "^[0-9 +()./#*-]*$")]
    pub phone: String,
    #[schema(format = "link", max_length = 2_000)]
    pub link: Option<String>,
    /// Markdown.
    #[schema(max_length = 20_000)]
    pub notes: String,
    /// Of a change: the version that was read; a change since then is a conflict.
    pub version: Option<i64>,
}

impl ContactDraft {
    /// Trims, and names everything that is wrong.
    pub fn checked(mut self) -> Result<Self> {
        for text in [&mut self.name, &mut self.role, &mut self.company] {
            *text = text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
        }
        for text in [&mut self.email, &mut self.phone] {
            *text = text.trim().to_owned();
        }
        self.link = self.link.map(|link| link.trim().to_owned()).filter(|link| !link.is_empty());
        self.notes = self.notes.replace('\0', "").trim().to_owned();
        let mut check = Check::default();
        check
            .that(!self.name.is_empty(), "name", "Please enter a name.")
            .that(
                self.email.is_empty() || is_address(&self.email),
                "email",
                "Please enter an e-mail address, such as name@example.org.",
            )
            .that(
                self.phone.chars().all(|c| c.is_ascii_digit() || " +()./#*-".contains(c)),
                "phone",
                "Please use digits, blanks and + ( ) . / # * - only.",
            )
            .that(self.phone.len() <= PHONE, "phone", "Please use at most 50 characters.")
            .that(
                self.link.as_deref().is_none_or(is_link),
                "link",
                "Please enter a full link that starts with https:// or http://.",
            )
            .that(self.notes.chars().count() <= NOTES, "notes", "Please use at most 20,000 characters.");
        for (field, text) in [("name", &self.name), ("role", &self.role), ("company", &self.company)] {
            check.that(text.chars().count() <= LINE, field, "Please use at most 200 characters.");
        }
        check.done()?;
        Ok(self)
    }

    /// A new contact of a checked draft.
    pub fn made(self, at: DateTime<Utc>) -> Contact {
        Contact {
            id: ContactId::fresh(),
            name: self.name,
            role: self.role,
            company: self.company,
            email: self.email,
            phone: self.phone,
            link: self.link,
            notes: self.notes,
            version: 1,
            created_at: at,
            updated_at: at,
        }
    }
}

/// Something on both sides of one `@`, printable ASCII without blanks: mail programs read the rest.
fn is_address(text: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic() && b != b'@');
    text.len() <= EMAIL && text.split_once('@').is_some_and(|(name, host)| plain(name) && plain(host))
}

impl Contact {
    /// Whether both say the same, whenever and however often they were changed.
    pub fn says_the_same(&self, other: &Contact) -> bool {
        let Contact { version, created_at, updated_at, .. } = *other;
        Contact { version, created_at, updated_at, ..self.clone() } == *other
    }

    /// What this becomes when it is to say what `other` says.
    pub fn changed_to(&self, other: Contact, at: DateTime<Utc>) -> Contact {
        Contact { id: self.id, version: self.version + 1, created_at: self.created_at, updated_at: at, ..other }
    }
}

#[cfg(test)]
mod tests {
    use super::ContactDraft;

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = ContactDraft {
            name: " \0 ".into(),
            role: "x".repeat(201),
            email: "ada at example.org".into(),
            phone: "call me".into(),
            link: Some("ftp://example.org".into()),
            notes: "x".repeat(20_001),
            ..ContactDraft::default()
        };
        let fields = wrong.checked().expect_err("much is wrong").fields();
        assert_eq!(fields.keys().collect::<Vec<_>>(), ["email", "link", "name", "notes", "phone", "role"]);
        for email in ["a@b@c", "@b", "a@", "a b@c", "ä@example.org"] {
            let draft = ContactDraft { name: "Ada".into(), email: email.into(), ..ContactDraft::default() };
            assert!(draft.checked().is_err(), "{email}");
        }
    }
}

//! What the app writes to people. Each message is described once, as paragraphs and links; the text and the HTML part are made
//! from that. No name a stranger could have chosen is ever in one.

use super::{Message, html::escaped};
use chrono::{DateTime, TimeDelta, Utc};

/// A link that does something once.
#[derive(Clone, Debug)]
pub struct Link {
    /// The whole address.
    pub href: String,
    pub lasts: TimeDelta,
    pub until: DateTime<Utc>,
}

/// Asks a new account's address to be confirmed.
pub fn verification(public_url: &str, link: &Link) -> Message {
    Draft::new("verify", "Confirm your e-mail address")
        .words("Please confirm that this e-mail address is yours. You will need it when you forget your password.")
        .link("Confirm the address", link)
        .words("If you did not open an account, do nothing: without your word this address is not used.")
        .done(public_url)
}

/// Asks the new address of an account to be confirmed.
pub fn confirm_change(public_url: &str, link: &Link) -> Message {
    Draft::new("change", "Confirm your new e-mail address")
        .words("Somebody, most likely you, wants to sign in with this e-mail address from now on.")
        .link("Use this address", link)
        .words("If it was not you, do nothing: nothing changes without your word.")
        .done(public_url)
}

/// Tells the old address that a new one was asked for.
pub fn change_asked(public_url: &str, new: &str) -> Message {
    Draft::new("change_asked", "Your e-mail address is about to change")
        .words(format!("Your account is to use the e-mail address {new}. It will when that address is confirmed."))
        .words("If it was not you, somebody knows your password: change it now, which also stops this.")
        .place("Change the password", format!("{public_url}/forgot"))
        .done(public_url)
}

/// Tells the old address that the new one is in use.
pub fn address_changed(public_url: &str, new: &str) -> Message {
    Draft::new("address_changed", "Your e-mail address was changed")
        .words(format!("Your account uses the e-mail address {new} now, and no longer this one."))
        .words("If it was not you, write to whoever runs this site, from this address.")
        .done(public_url)
}

/// The way to a new password.
pub fn reset(public_url: &str, link: &Link) -> Message {
    Draft::new("reset", "Set a new password")
        .words("Somebody, most likely you, has forgotten the password of this account. Here you can set a new one.")
        .link("Set a new password", link)
        .words("If it was not you, do nothing: your password stays as it is.")
        .done(public_url)
}

/// Tells that the password is another one.
pub fn password_changed(public_url: &str) -> Message {
    Draft::new("password_changed", "Your password was changed")
        .words("The password of your account was changed, and every other place was signed out.")
        .words("If it was not you, set a new one now.")
        .place("Set a new password", format!("{public_url}/forgot"))
        .done(public_url)
}

/// Tells that the account is to be erased, and how to keep it.
pub fn closing(public_url: &str, on: DateTime<Utc>) -> Message {
    Draft::new("closing", "Your account is closed")
        .words(format!("Your account and everything in it will be erased on {}.", on.format("%-d %B %Y, %H:%M UTC")))
        .words("Until then you can sign in and keep it.")
        .place("Keep the account", format!("{public_url}/account/data"))
        .words("If it was not you, sign in, keep it, and change your password.")
        .done(public_url)
}

/// Reminds of something the person noted. `due` says when it is due, `path` is where it is.
pub fn reminder(public_url: &str, title: &str, due: &str, path: &str) -> Message {
    Draft::new("reminder", "A reminder")
        .words(title)
        .words(format!("{due}."))
        .place("Open it", format!("{public_url}{path}"))
        .words("You asked for reminders by mail. You can change that where your tasks are.")
        .place("Your tasks", format!("{public_url}/applications/tasks"))
        .done(public_url)
}

/// A message while it is written.
struct Draft {
    kind: &'static str,
    subject: &'static str,
    parts: Vec<Part>,
    link_until: Option<DateTime<Utc>>,
}

enum Part {
    Words(String),
    Link(&'static str, String),
}

impl Draft {
    fn new(kind: &'static str, subject: &'static str) -> Self {
        Draft { kind, subject, parts: Vec::new(), link_until: None }
    }

    fn words(mut self, words: impl Into<String>) -> Self {
        self.parts.push(Part::Words(words.into()));
        self
    }

    fn place(mut self, label: &'static str, href: String) -> Self {
        self.parts.push(Part::Link(label, href));
        self
    }

    fn link(mut self, label: &'static str, link: &Link) -> Self {
        self.link_until = Some(link.until);
        self.place(label, link.href.clone()).words(format!("The link works once, for {}.", lasting(link.lasts)))
    }

    fn done(self, public_url: &str) -> Message {
        let foot = format!("Career Co-Pilot, {public_url}");
        let mut text = String::new();
        let mut html = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>\n",
            escaped(self.subject)
        );
        for part in &self.parts {
            match part {
                Part::Words(words) => {
                    text += &format!("{words}\n\n");
                    html += &format!("<p>{}</p>\n", escaped(words));
                }
                Part::Link(label, href) => {
                    text += &format!("{label}:\n{href}\n\n");
                    html += &format!("<p><a href=\"{}\">{}</a></p>\n", escaped(href), escaped(label));
                }
            }
        }
        text += &format!("{foot}\n");
        html += &format!("<p><small>{}</small></p>\n</body>\n</html>\n", escaped(&foot));
        Message {
            kind: self.kind,
            subject: self.subject.to_owned(),
            text,
            html,
            link_until: self.link_until,
            unsubscribe: None,
        }
    }
}

/// "24 hours", "45 minutes".
fn lasting(time: TimeDelta) -> String {
    if time < TimeDelta::hours(2) {
        format!("{} minutes", time.num_minutes())
    } else {
        format!("{} hours", time.num_hours())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = "https://jobs.example.org";

    fn link(path: &str, lasts: TimeDelta) -> Link {
        Link { href: format!("{SITE}/{path}?token=abc-123_"), lasts, until: DateTime::UNIX_EPOCH + lasts }
    }

    fn both(message: &Message) -> String {
        format!("{} | {}\n\n{}\n{}", message.kind, message.subject, message.text, message.html)
    }

    #[test]
    fn every_message_reads_well() {
        let day = link("verify", TimeDelta::hours(24));
        for message in [
            verification(SITE, &day),
            confirm_change(SITE, &day),
            change_asked(SITE, "new@example.org"),
            address_changed(SITE, "new@example.org"),
            reset(SITE, &link("reset", TimeDelta::minutes(45))),
            password_changed(SITE),
            closing(SITE, DateTime::UNIX_EPOCH),
            reminder(SITE, "Call Ms Weber", "Due Tue 1 Dec 2026, 14:00", "/applications/tasks"),
        ] {
            insta::assert_snapshot!(message.kind, both(&message));
            assert!(
                message.text.is_ascii() && message.subject.is_ascii(),
                "links survive every mailbox: {}",
                message.kind
            );
            assert_eq!(message.link_until.is_some(), message.text.contains("?token="), "{}", message.kind);
        }
    }

    #[test]
    fn what_a_person_typed_stays_text() {
        let message = change_asked(SITE, "a&b'<i>\"@example.org");
        assert!(message.html.contains("a&amp;b&#39;&lt;i&gt;&quot;@example.org"), "{}", message.html);
        assert!(message.text.contains("a&b'<i>\"@example.org"), "{}", message.text);
    }
}

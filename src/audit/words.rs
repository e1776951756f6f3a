//! What happened, in words the person it concerns understands.

use super::Kind;
use serde_json::{Map, Value};

/// One sentence, and whether it is worth a second look.
pub fn tell(kind: Option<Kind>, detail: &Map<String, Value>) -> (String, bool) {
    let text = |name: &str| detail.get(name).and_then(Value::as_str).unwrap_or_default();
    let count = || detail.get("sessions").and_then(Value::as_u64).unwrap_or_default();
    let elsewhere = || match count() {
        0 => String::new(),
        1 => " One other place was signed out.".to_owned(),
        n => format!(" {n} other places were signed out."),
    };
    let Some(kind) = kind else { return ("Something a newer version knows the name of.".into(), false) };
    let (words, notable) = match kind {
        Kind::Opened => ("The account was opened.".into(), false),
        Kind::SignedIn => match text("way") {
            _ if detail.get("program") == Some(&Value::Bool(true)) => {
                ("A program logged in with your password.".into(), false)
            }
            "code" => ("You signed in with a code as the second step.".into(), false),
            "recovery" => ("You signed in with a recovery code as the second step.".into(), true),
            "passkey" => ("You signed in with a passkey.".into(), false),
            "google" => ("You signed in with Google.".into(), false),
            "github" => ("You signed in with GitHub.".into(), false),
            "linkedin" => ("You signed in with LinkedIn.".into(), false),
            "demo" => ("Somebody looks around as the demo user.".into(), false),
            _ => ("You signed in.".into(), false),
        },
        Kind::SignInRefused => ("Somebody tried to sign in with your address and a wrong password.".into(), true),
        Kind::SignedOut => ("You signed out.".into(), false),
        Kind::Confirmed => ("You confirmed that it is you.".into(), false),
        Kind::SessionsEnded => match count() {
            1 => ("One other place was signed out.".into(), false),
            n => (format!("{n} other places were signed out."), false),
        },
        Kind::PasswordChanged => (format!("The password was changed.{}", elsewhere()), true),
        Kind::PasswordRefused => {
            ("Your current password was asked for, and what was typed was not right.".into(), true)
        }
        Kind::SecondFactorOn => ("Signing in takes a code from an app now.".into(), true),
        Kind::SecondFactorOff => ("Signing in does not take a code any more.".into(), true),
        Kind::RecoveryCodesMade => ("New recovery codes were made; the old ones open nothing.".into(), true),
        Kind::CodeRefused => ("Somebody who knows your password typed a wrong code.".into(), true),
        Kind::PasskeyAdded => (format!("The passkey “{}” opens the account now.", text("name")), true),
        Kind::PasskeyRemoved => (format!("The passkey “{}” does not open the account any more.", text("name")), true),
        Kind::PasskeyRefused => ("Somebody tried to sign in with a passkey of yours that was not right.".into(), true),
        Kind::ProviderConnected => (format!("{} opens the account now.", text("provider")), true),
        Kind::ProviderGone => (format!("{} does not open the account any more.", text("provider")), true),
        Kind::Disabled => ("An administrator disabled the account.".into(), true),
        Kind::Enabled => ("An administrator let you in again.".into(), false),
        Kind::SessionsEndedByAdmin => ("An administrator signed you out everywhere.".into(), true),
        Kind::RoleGiven => (format!("An administrator gave you the role “{}”.", text("role")), false),
        Kind::RoleTaken => (format!("An administrator took the role “{}” from you.", text("role")), false),
        Kind::TokenMade => (format!("The access token “{}” was made.", text("name")), true),
        Kind::TokenRevoked => (format!("The access token “{}” was revoked.", text("name")), false),
        Kind::TokenUsed => (format!("A program used the access token “{}”.", text("name")), false),
        Kind::AddressAsked => ("You asked for another e-mail address.".into(), true),
        Kind::AddressConfirmed => ("The e-mail address was confirmed.".into(), false),
        Kind::AddressChanged => (format!("The e-mail address was changed.{}", elsewhere()), true),
        Kind::ResetAsked => ("Somebody asked for a link to set a new password.".into(), true),
        Kind::PasswordReset => (format!("A new password was set by a link sent to you.{}", elsewhere()), true),
        Kind::ConsentGiven => (format!("You agreed: {}.", text("purpose")), false),
        Kind::ConsentTaken => (format!("You took back that you agreed: {}.", text("purpose")), false),
        Kind::ExportAsked => ("A file with everything you keep here was asked for.".into(), true),
        Kind::ExportFetched => ("The file with everything you keep here was fetched.".into(), true),
        Kind::ExportDeleted => ("A file with everything you keep here was deleted.".into(), false),
        Kind::Restored => ("An exported file was taken in.".into(), false),
        Kind::Closing => (format!("The account was closed and is to be erased.{}", elsewhere()), true),
        Kind::Kept => ("The account is kept after all.".into(), false),
        Kind::Erased => ("The account was erased.".into(), false),
        Kind::MailboxConnected => (format!("Your mailbox at {} was connected.", text("host")), true),
        Kind::MailboxDisconnected => ("Your mailbox was disconnected.".into(), false),
        Kind::CalendarConnected => ("A calendar in your Google account was connected.".into(), true),
        Kind::CalendarDisconnected => ("The calendar in your Google account was disconnected.".into(), false),
        Kind::MailOff => {
            (format!("The link in a message ended messages like it: {}.", text("what").to_lowercase()), false)
        }
        Kind::MailOn => {
            (format!("The link in a message brought back messages like it: {}.", text("what").to_lowercase()), false)
        }
        Kind::AccessRefused => (format!("Something you are not allowed to do was refused: {}", text("path")), true),
    };
    (words, notable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_is_a_sentence() {
        for kind in Kind::ALL {
            let (words, _) = tell(Some(*kind), &Map::new());
            assert!(words.len() > 10 && !words.contains('{'), "{kind:?}: {words}");
        }
    }

    #[test]
    fn numbers_agree_with_their_words() {
        let told = |n: u64| {
            let detail = json!({ "sessions": n });
            tell(Some(Kind::PasswordChanged), detail.as_object().expect("an object")).0
        };
        assert_eq!(told(0), "The password was changed.");
        assert_eq!(told(1), "The password was changed. One other place was signed out.");
        assert_eq!(told(3), "The password was changed. 3 other places were signed out.");
    }
}

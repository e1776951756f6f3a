//! What is written down.

use crate::{
    accounts::security::device,
    ids::UserId,
    session::{Origin, Who},
};
use serde_json::{Map, Value};

/// Declares the kinds with the words they are stored as.
macro_rules! kinds {
    ($($(#[$about:meta])* $kind:ident $word:literal,)*) => {
        /// What can happen to an account.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Kind {
            $($(#[$about])* $kind,)*
        }

        impl Kind {
            #[cfg(test)]
            pub const ALL: &[Kind] = &[$(Kind::$kind,)*];

            /// The word it is stored as.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Kind::$kind => $word,)*
                }
            }

            /// The kind stored as this word; None for one of a newer version.
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Kind::$kind),)*
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// An account was opened.
    Opened "account.opened",
    /// Detail `way`: password, code or recovery (after the first step), passkey, a provider, demo; detail `program` for a program's login.
    SignedIn "sign_in.done",
    /// Somebody did not get in with this account's address.
    SignInRefused "sign_in.refused",
    SignedOut "sign_out.done",
    /// Somebody signed in showed once more who they are. Detail `way`: password, code, recovery or passkey.
    Confirmed "identity.confirmed",
    /// Detail `sessions`: how many.
    SessionsEnded "sessions.ended",
    /// Detail `sessions`: how many were ended by it.
    PasswordChanged "password.changed",
    /// The current password was asked for and was wrong.
    PasswordRefused "password.refused",
    SecondFactorOn "second_factor.on",
    SecondFactorOff "second_factor.off",
    RecoveryCodesMade "recovery_codes.made",
    /// Somebody whose password was right typed a wrong code.
    CodeRefused "code.refused",
    /// Detail `name`.
    PasskeyAdded "passkey.added",
    /// Detail `name`.
    PasskeyRemoved "passkey.removed",
    /// A passkey answered, and what it answered was not right.
    PasskeyRefused "passkey.refused",
    /// Detail `provider`.
    ProviderConnected "provider.connected",
    /// Detail `provider`.
    ProviderGone "provider.disconnected",
    /// An administrator keeps the person out.
    Disabled "account.disabled",
    Enabled "account.enabled",
    /// Detail `sessions`: how many.
    SessionsEndedByAdmin "sessions.ended_by_admin",
    /// Detail `role`.
    RoleGiven "role.given",
    /// Detail `role`.
    RoleTaken "role.taken",
    /// Detail `name`.
    TokenMade "token.made",
    /// Detail `name`.
    TokenRevoked "token.revoked",
    /// Noted at most every ten minutes for each token. Detail `name`.
    TokenUsed "token.used",
    /// The person wants another address.
    AddressAsked "address.asked",
    AddressConfirmed "address.confirmed",
    /// Detail `sessions`: how many were ended by it.
    AddressChanged "address.changed",
    /// Somebody asked for a link to set a new password.
    ResetAsked "reset.asked",
    /// A new password by such a link. Detail `sessions`: how many were ended by it.
    PasswordReset "password.reset",
    /// The person agreed to something. Details `purpose` and `version`.
    ConsentGiven "consent.given",
    /// They took that back. Details `purpose` and `version`.
    ConsentTaken "consent.taken",
    /// A file with everything was asked for.
    ExportAsked "export.asked",
    /// It was fetched.
    ExportFetched "export.fetched",
    ExportDeleted "export.deleted",
    /// Such a file was taken in. Detail `jobs`: how many.
    Restored "export.restored",
    /// The account is to be erased. Detail `sessions`: how many were ended by it.
    Closing "account.closing",
    /// It is not, after all.
    Kept "account.kept",
    /// It is gone.
    Erased "account.erased",
    /// A mailbox is looked into from now on. Detail `host`.
    MailboxConnected "mailbox.connected",
    /// It is not any more.
    MailboxDisconnected "mailbox.disconnected",
    /// A calendar at Google is kept from now on.
    CalendarConnected "calendar.connected",
    /// It is not any more.
    CalendarDisconnected "calendar.disconnected",
    /// Somebody who holds a message ended messages like it. Detail `what`.
    MailOff "mail.off",
    /// They took that back. Detail `what`.
    MailOn "mail.on",
    /// Something the person is not allowed to do. Detail `path`.
    AccessRefused "access.refused",
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Act {
    pub kind: Kind,
    /// Whom it concerns; None when the account named is nobody's.
    pub about: Option<UserId>,
    /// Who did it; None when that is not known.
    pub by: Option<UserId>,
    pub detail: Map<String, Value>,
}

impl Act {
    /// Something signed-in people did about themselves.
    pub fn own(kind: Kind, who: &Who) -> Self {
        Act { by: Some(who.user), ..Act::at_the_door(kind, Some(who.user), &who.origin) }
    }

    /// Something done by nobody we know.
    pub fn at_the_door(kind: Kind, about: Option<UserId>, from: &Origin) -> Self {
        let mut detail = Map::new();
        if !from.address.is_empty() {
            detail.insert("address".into(), from.address.clone().into());
        }
        if !from.agent.is_empty() {
            detail.insert("device".into(), device::name(&from.agent).into());
        }
        Act { kind, about, by: None, detail }
    }

    /// Done by this person.
    pub fn by(self, who: UserId) -> Self {
        Act { by: Some(who), ..self }
    }

    /// Notes one more thing about it.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.detail.insert(name.to_owned(), value.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn every_kind_is_read_back() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(*kind));
        }
    }
}

//! Identifiers, one type per table, so that one cannot be passed where another is meant. All are UUIDv7: sortable by age.

/// Declares a newtype over a UUID that serialises, parses and prints as the bare UUID.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "ssr", derive(sqlx::Type, utoipa::ToSchema))]
        #[cfg_attr(feature = "ssr", sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        #[cfg(feature = "ssr")]
        impl $name {
            /// A fresh identifier, later than every one before it.
            pub fn fresh() -> Self {
                Self(uuid::Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(/** A person with an account. */ UserId);
id!(/** A job record of one person. */ JobId);
id!(/** An application to a job. */ ApplicationId);
id!(/** Postings that were read and wait to be taken in. */ ImportId);
id!(/** One place where a person is signed in. */ SessionId);
id!(/** An access token a person made for a program. */ TokenId);
id!(/** A notice that a job scored at or above the person's threshold. */ AlertId);
id!(/** A copy of everything of one person. */ ExportId);
id!(/** A key of a person's device that signs them in. */ PasskeyId);
id!(/** Everything that was done as one, to be taken back as one. */ BundleId);
id!(/** One thing that was done. */ ActId);
id!(/** One step of an application's history. */ StepId);
id!(/** A table of applications that was read and waits to be taken in. */ TransferId);
id!(/** Filters of the tracker under a name. */ ViewId);
id!(/** An interview of an application. */ InterviewId);
id!(/** A person at a company. */ ContactId);
id!(/** A document that was sent with an application. */ DocumentId);
id!(/** Something a person wants to do. */ TaskId);
id!(/** One time a person is reminded of something. */ ReminderId);
id!(/** What an employer offers. */ OfferId);
id!(/** Something said about pay. */ TalkId);
id!(/** A message of somebody else's that was read. */ LetterId);
id!(/** A browser that shows messages. */ DeviceId);
id!(/** A message that waits to be shown on a device. */ PushId);
id!(/** Slow work that waits, is under way or is over. */ WorkId);
id!(/** Something on the net that has postings. */ SourceId);
id!(/** A posting as sources have it, nobody's yet. */ PostingId);
id!(/** What a person looks for. */ SearchId);
id!(/** A letter of the app about the day or the week. */ BriefingId);
id!(/** What a person said about one job. */ FeedbackId);
id!(/** A company whose jobs a person does not want to see. */ HiddenCompanyId);

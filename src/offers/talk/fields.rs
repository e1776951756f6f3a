//! The form's texts, turned into what was said.

use super::{
    Speaker,
    actions::{self, Wanted},
};
use crate::{
    acts::Done,
    error::{Check, Error, Result},
    ids::ApplicationId,
    offers::fields::{amount, pay},
    session::Who,
    state::App,
};

/// As typed.
pub struct TalkFields {
    pub said_on: String,
    pub by: String,
    pub amount: String,
    pub currency: String,
    pub period: String,
    pub note: String,
}

impl TalkFields {
    /// Adds it to an application.
    pub async fn add(self, app: &App, who: &Who, id: ApplicationId) -> Result<Done> {
        let mut check = Check::default();
        let given = amount(&mut check, "amount", &self.amount);
        let said_on = self.said_on.trim().parse().ok();
        check.that(
            self.said_on.trim().is_empty() || said_on.is_some(),
            "said_on",
            "Please enter a date, such as 2026-11-21.",
        );
        let by = self.by.parse::<Speaker>();
        check.that(self.by.is_empty() || by.is_ok(), "by", "Please choose one of the list.");
        check.done()?;
        let wanted = Wanted {
            said_on,
            by: by.unwrap_or(Speaker::They),
            pay: given.map(|given| pay(given, &self.currency, &self.period)),
            note: self.note,
        };
        actions::add(app, who, id, wanted, None).await.map(|(_, done)| done).map_err(as_in_form)
    }
}

/// The form has pay in fields of its own.
fn as_in_form(error: Error) -> Error {
    match error {
        Error::Invalid(mut fields) => {
            if let Some(words) = fields.remove("pay") {
                fields.insert(if words.contains("currency") { "currency" } else { "amount" }.into(), words);
            }
            Error::Invalid(fields)
        }
        other => other,
    }
}

//! Offers: what an employer would give, part by part, and all of them side by side.

use crate::{
    acts::Done,
    error::Result,
    ids::{ApplicationId, OfferId},
};
use chrono::{DateTime, NaiveDate, Utc};
use leptos::prelude::*;
use posting::Period;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
pub mod actions;
#[cfg(feature = "ssr")]
mod compare;
#[cfg(feature = "ssr")]
pub mod copy;
#[cfg(feature = "ssr")]
mod fields;
mod form;
pub mod page;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod section;
#[cfg(feature = "ssr")]
pub mod store;
pub mod sums;
pub mod talk;
#[cfg(feature = "ssr")]
mod terms;
#[cfg(feature = "ssr")]
pub mod undo;

/// Pay in whole units of a currency for a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Pay {
    #[cfg_attr(feature = "ssr", schema(minimum = 1, maximum = 1_000_000_000))]
    pub amount: i64,
    /// ISO 4217.
    #[cfg_attr(feature = "ssr", schema(pattern = "^[A-Z]{3}$"))]
    pub currency: String,
    pub period: Period,
}

/// A bonus a year: an amount or a share of the base, never both. With neither its size is unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bonus {
    /// In the currency of the base.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(minimum = 0, maximum = 1_000_000_000))]
    pub amount: Option<i64>,
    /// Percent of a year's base.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(minimum = 0, maximum = 1_000))]
    pub percent: Option<f64>,
    /// Promised, whatever happens.
    #[serde(default)]
    pub certain: bool,
}

/// A share in the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Equity {
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(max_length = 500))]
    pub text: String,
    /// What a year of it is worth, where that is known, in the currency of the base.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(minimum = 0, maximum = 1_000_000_000))]
    pub yearly: Option<i64>,
}

/// Something else that is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Benefit {
    #[cfg_attr(feature = "ssr", schema(min_length = 1, max_length = 200, pattern = r"[^\s\x00]"))]
    pub name: String,
    /// What a year of it is worth, where that is known, in the currency of the base.
    #[serde(default)]
    #[cfg_attr(feature = "ssr", schema(minimum = 0, maximum = 1_000_000_000))]
    pub yearly: Option<i64>,
}

/// Everything of an offer. What is absent is unknown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Terms {
    pub base: Option<Pay>,
    pub bonus: Option<Bonus>,
    pub equity: Option<Equity>,
    pub benefits: Vec<Benefit>,
    /// Days of paid leave a year.
    pub leave_days: Option<u16>,
    /// Share of the work that can be done from elsewhere, in percent.
    pub remote_share: Option<u8>,
    #[serde(deserialize_with = "crate::wire::maybe_day")]
    pub starts_on: Option<NaiveDate>,
    /// The day by which to answer.
    #[serde(deserialize_with = "crate::wire::maybe_day")]
    pub decide_by: Option<NaiveDate>,
    pub notes: String,
}

/// An offer as programs and pages see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema))]
pub struct Offer {
    pub id: OfferId,
    pub application_id: ApplicationId,
    #[serde(flatten)]
    pub terms: Terms,
    pub sums: sums::Sums,
    /// Raised by every change.
    pub version: i64,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub created_at: DateTime<Utc>,
    #[serde(deserialize_with = "crate::wire::moment")]
    pub updated_at: DateTime<Utc>,
}

/// What an application's page shows of its offer and of what was said about pay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dealing {
    pub offer: Option<Offer>,
    /// Whether the application stands before the stages of offers, and there is such a stage.
    pub can_move: bool,
    /// Days until the answer is due where the person is; negative when that has passed.
    pub days_left: Option<i64>,
    /// The currency to begin with: of the offer, of the job, or of the profile.
    pub currency: String,
    /// Oldest first.
    pub talk: Vec<talk::Said>,
}

/// One cell of the comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    pub text: String,
    pub best: bool,
    /// Said below the text.
    pub note: String,
}

/// One part of all offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartRow {
    pub label: String,
    /// One for each offer, in their order.
    pub cells: Vec<Cell>,
}

/// The head of an offer's column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub application_id: ApplicationId,
    pub title: String,
    pub company: String,
}

/// All offers side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub heads: Vec<Head>,
    pub rows: Vec<PartRow>,
    /// Whether pay is in several currencies, and so not compared.
    pub currencies: bool,
}

/// An application's offer and what was said about pay.
#[server]
pub async fn load_dealing(id: ApplicationId) -> Result<Dealing> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::dealing(&app, &who, id).await
        }
        .await,
    )
}

/// Saves an application's offer; `version` is the one the person saw, absent for a new one. With `move_on` an application that
/// stands before offers moves to their first stage. Benefits are one a line, a yearly value after `=`.
#[server]
pub async fn save_offer(
    id: ApplicationId,
    #[server(default)] base: String,
    #[server(default)] currency: String,
    #[server(default)] period: String,
    #[server(default)] bonus: String,
    #[server(default)] bonus_certain: bool,
    #[server(default)] equity: String,
    #[server(default)] equity_yearly: String,
    #[server(default)] benefits: String,
    #[server(default)] leave_days: String,
    #[server(default)] remote_share: String,
    #[server(default)] starts_on: String,
    #[server(default)] decide_by: String,
    #[server(default)] notes: String,
    #[server(default)] version: Option<i64>,
    #[server(default)] move_on: bool,
) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            let form = fields::OfferFields {
                base,
                currency,
                period,
                bonus,
                bonus_certain,
                equity,
                equity_yearly,
                benefits,
                leave_days,
                remote_share,
                starts_on,
                decide_by,
                notes,
            };
            form.save(&app, &who, id, version, move_on).await
        }
        .await,
    )
}

/// Puts an application's offer into the bin.
#[server]
pub async fn remove_offer(id: ApplicationId) -> Result<Done> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            actions::remove(&app, &who, id).await
        }
        .await,
    )
}

/// All offers side by side.
#[server]
pub async fn load_offers() -> Result<Comparison> {
    crate::error::answer(
        async {
            let (app, who) = crate::session::require()?;
            compare::all(&app, &who).await
        }
        .await,
    )
}

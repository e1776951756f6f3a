//! The form of an offer.

use super::{Offer, SaveOffer, Terms};
use crate::{ids::ApplicationId, ui::*};
use leptos::prelude::*;
use posting::Period;

/// The periods pay can be for.
pub fn periods() -> Vec<(&'static str, &'static str)> {
    let label = |period: Period| match period {
        Period::Hour => "Hour",
        Period::Day => "Day",
        Period::Week => "Week",
        Period::Month => "Month",
        Period::Year => "Year",
    };
    [Period::Year, Period::Month, Period::Week, Period::Day, Period::Hour]
        .into_iter()
        .map(|period| (period.as_str(), label(period)))
        .collect()
}

/// Every part of an offer; what is left empty is unknown.
#[component]
pub fn OfferForm(
    id: ApplicationId,
    offer: Option<Offer>,
    currency: String,
    can_move: bool,
    action: ServerAction<SaveOffer>,
) -> impl IntoView {
    let errors = action_errors(action);
    let version = offer.as_ref().map(|offer| offer.version.to_string());
    let terms = offer.map(|offer| offer.terms).unwrap_or_default();
    let text = |amount: Option<i64>| amount.map(|amount| amount.to_string()).unwrap_or_default();
    let base = text(terms.base.as_ref().map(|base| base.amount));
    let period = terms.base.as_ref().map_or("year", |base| base.period.as_str());
    let bonus = bonus(&terms);
    let certain = terms.bonus.as_ref().is_some_and(|bonus| bonus.certain);
    let (equity, equity_yearly) =
        terms.equity.as_ref().map(|equity| (equity.text.clone(), text(equity.yearly))).unwrap_or_default();
    let benefits: Vec<String> = terms
        .benefits
        .iter()
        .map(|benefit| match benefit.yearly {
            Some(yearly) => [&benefit.name, " = ", &yearly.to_string()].concat(),
            None => benefit.name.clone(),
        })
        .collect();
    let leave = text(terms.leave_days.map(i64::from));
    let remote = text(terms.remote_share.map(i64::from));
    let date = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let moving = can_move.then(|| {
        view! { <Check name="move_on" id="offer-move-on" label="Move the application to the offer stage" checked=true/> }
    });
    view! {
        <ActionForm action attr:class="form" attr:novalidate=true>
            <FormError errors/>
            <input type="hidden" name="id" value=id.to_string()/>
            {version.map(|version| view! { <input type="hidden" name="version" value=version/> })}
            <div class="fields">
                <Field name="base" id="offer-base" label="Base pay" value=base inputmode="numeric" errors/>
                <Field name="currency" id="offer-currency" label="Currency" value=currency maxlength=3 placeholder="EUR" errors/>
                <Select name="period" id="offer-period" label="Per" value=period options=periods() errors/>
            </div>
            <div class="fields">
                <Field name="bonus" id="offer-bonus" label="Bonus a year" value=bonus help="An amount, a share of the base such as 10 %, or ? when you do not know." errors/>
            </div>
            <Check name="bonus_certain" id="offer-bonus-certain" label="The bonus is certain" checked=certain/>
            <div class="fields">
                <Field name="equity" id="offer-equity" label="Share in the company" value=equity maxlength=500 errors/>
                <Field name="equity_yearly" id="offer-equity-yearly" label="Worth a year, if known" value=equity_yearly inputmode="numeric" errors/>
            </div>
            <TextArea name="benefits" id="offer-benefits" label="Benefits" value=benefits.join("\n") rows=4 help="One a line, with what it is worth a year if you know: Travel card = 600" errors/>
            <div class="fields">
                <Field name="leave_days" id="offer-leave" label="Days of paid leave" value=leave inputmode="numeric" errors/>
                <Field name="remote_share" id="offer-remote" label="Remote, percent" value=remote inputmode="numeric" errors/>
            </div>
            <div class="fields">
                <Field name="starts_on" id="offer-starts" label="Starts on" kind="date" value=date(terms.starts_on) errors/>
                <Field name="decide_by" id="offer-by" label="Answer by" kind="date" value=date(terms.decide_by) errors/>
            </div>
            <TextArea name="notes" id="offer-notes" label="Notes" value=terms.notes rows=3 errors/>
            {moving}
            <div class="form-actions"><Submit pending=action.pending() class="small">"Save the offer"</Submit></div>
        </ActionForm>
    }
}

fn bonus(terms: &Terms) -> String {
    match terms.bonus.as_ref().map(|bonus| (bonus.amount, bonus.percent)) {
        Some((Some(amount), _)) => amount.to_string(),
        Some((None, Some(percent))) => [&percent.to_string(), " %"].concat(),
        Some((None, None)) => "?".to_owned(),
        None => String::new(),
    }
}

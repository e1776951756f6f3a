//! The offer on an application's page, and below it what was said about pay.

use super::{
    Dealing, Offer, RemoveOffer, SaveOffer,
    form::OfferForm,
    load_dealing,
    talk::{
        AddTalk, RemoveTalk,
        section::{Talk, amount},
    },
};
use crate::{
    applications::tracker::moving::tell,
    error::{Error, Result},
    ids::ApplicationId,
    ui::*,
    wire::{self, Loaded},
};
use leptos::prelude::*;

/// The offer and the talk of the application whose page it is. Made where the page begins.
#[derive(Clone, Copy)]
pub struct OfApplication {
    loaded: Loaded<Dealing>,
    acts: Acts,
}

#[derive(Clone, Copy)]
struct Acts {
    save: ServerAction<SaveOffer>,
    remove: ServerAction<RemoveOffer>,
    add: ServerAction<AddTalk>,
    forget: ServerAction<RemoveTalk>,
}

impl OfApplication {
    pub fn new(id: Memo<Option<ApplicationId>>, changed: impl Fn() -> u32 + Copy + Send + Sync + 'static) -> Self {
        let loaded = wire::load(
            move || (id.get(), changed()),
            |(id, _)| async move { load_dealing(id.ok_or(Error::NotFound)?).await },
        );
        let acts = Acts {
            save: ServerAction::new(),
            remove: ServerAction::new(),
            add: ServerAction::new(),
            forget: ServerAction::new(),
        };
        let toasts = use_toasts();
        let say = move |answer: Option<Result<crate::acts::Done>>, words: &'static str| {
            if let Some(answer) = answer {
                tell(toasts, answer, words.into());
            }
        };
        Effect::new(move |_| say(acts.save.value().get().filter(Result::is_ok), "Offer saved."));
        Effect::new(move |_| say(acts.remove.value().get(), "Offer removed."));
        Effect::new(move |_| say(acts.add.value().get().filter(Result::is_ok), "Noted."));
        Effect::new(move |_| say(acts.forget.value().get(), "Removed."));
        OfApplication { loaded, acts }
    }

    /// The sections, once they are loaded.
    pub async fn section(self, id: ApplicationId) -> AnyView {
        match self.loaded.await {
            Ok(dealing) => {
                let acts = self.acts;
                let (currency, talk) = (dealing.currency.clone(), dealing.talk.clone());
                view! {
                    <Section id dealing acts/>
                    <Talk id talk currency add=acts.add remove=acts.forget/>
                }
                .into_any()
            }
            Err(error) => {
                let loaded = self.loaded;
                view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| loaded.refetch())/> }
                    .into_any()
            }
        }
    }
}

#[component]
fn Section(id: ApplicationId, dealing: Dealing, acts: Acts) -> impl IntoView {
    let Dealing { offer, can_move, days_left, currency, .. } = dealing;
    let summary = if offer.is_some() { "Change the offer" } else { "Note an offer" };
    let shown = offer.clone().map(|offer| view! { <Parts offer days_left/> });
    let remove = offer.is_some().then(|| {
        view! {
            <ActionForm action=acts.remove>
                <input type="hidden" name="id" value=id.to_string()/>
                <button class="button quiet danger small" type="submit"><Icon name=Icon::Trash/>"Remove the offer"</button>
            </ActionForm>
        }
    });
    view! {
        <section class="card stack tight" id="offer">
            <header class="card-head"><h2>"Offer"</h2><a href="/applications/offers">"All offers"</a></header>
            {shown}
            <details class="disclose">
                <summary>{summary}</summary>
                <OfferForm id offer currency can_move action=acts.save/>
                {remove}
            </details>
        </section>
    }
}

/// What is offered, and what it comes to.
#[component]
fn Parts(offer: Offer, days_left: Option<i64>) -> impl IntoView {
    let Offer { terms, sums, .. } = offer;
    let money = |value: Option<i64>| match value.zip(sums.currency.as_deref()) {
        Some((value, currency)) => [currency, " ", &grouped(value.unsigned_abs())].concat(),
        None => "unknown".to_owned(),
    };
    let base = terms.base.as_ref().map_or_else(|| "unknown".to_owned(), amount);
    let more = (sums.likely != sums.certain).then(|| {
        view! { <div><dt>"With what is likely"</dt><dd>{money(sums.likely)}</dd></div> }
    });
    let by = terms.decide_by.map(|by| {
        let left = match days_left {
            Some(0) => " (today)".to_owned(),
            Some(1) => " (1 day left)".to_owned(),
            Some(days) if days > 1 => [" (", &days.to_string(), " days left)"].concat(),
            _ => " (passed)".to_owned(),
        };
        view! { <div><dt>"Answer by"</dt><dd>{day(&by)}{left}</dd></div> }
    });
    let unknown = (!sums.unknown.is_empty()).then(|| {
        view! { <p class="muted small">"Not counted, because their value is not known: "{sums.unknown.join(", ")}"."</p> }
    });
    view! {
        <dl class="facts">
            <div><dt>"Base"</dt><dd>{base}</dd></div>
            <div><dt>"Certain a year"</dt><dd>{money(sums.certain)}</dd></div>
            {more}
            {by}
        </dl>
        {unknown}
    }
}

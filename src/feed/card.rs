//! The card that gives the calendar's address, renews and ends it.

use super::{CloseFeed, Feed, OpenFeed, load_feed};
use crate::{
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};

/// The calendar for other programs.
#[component]
pub fn FeedCard() -> impl IntoView {
    let changed = live::watch(&[Topic::Applications]);
    let feed = wire::load(changed, |_| load_feed());
    let (open, close) = (ServerAction::<OpenFeed>::new(), ServerAction::<CloseFeed>::new());
    let toasts = use_toasts();
    let tell = move |answer: Option<crate::error::Result<()>>, words: &'static str| match answer {
        Some(Ok(())) => toasts.push(Toast::good(words)),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    };
    Effect::new(move |_| tell(open.value().get(), "The calendar has a new address."));
    Effect::new(move |_| tell(close.value().get(), "The calendar’s address has ended."));
    view! {
        <section class="card stack tight">
            <h2>"In your calendar"</h2>
            <Transition fallback=|| view! { <Skeleton lines=3/> }>
                {move || Suspend::new(async move {
                    match feed.await {
                        Ok(feed) => Either::Left(shown(feed, open, close)),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| feed.refetch())/> }),
                    }
                })}
            </Transition>
        </section>
    }
}

fn shown(feed: Feed, open: ServerAction<OpenFeed>, close: ServerAction<CloseFeed>) -> AnyView {
    let Some(address) = feed.address else {
        return view! {
            <p class="muted">"Interviews, decisions and tasks with a time, in Google’s, Apple’s, Outlook’s or any other calendar. You give it one private address; it stays up to date by itself."</p>
            <ActionForm action=open><Submit pending=open.pending() class="">"Make a private address"</Submit></ActionForm>
        }
        .into_any();
    };
    let read = feed.read_at.map_or_else(
        || "Nobody has asked for it yet.".into_any(),
        |at| view! { "Last asked for "<Time at/> }.into_any(),
    );
    view! {
        <CopyField id="feed-address" label="Private address" value=address help="Whoever has it sees these entries. Add it in your calendar as a subscription (“from URL”)."/>
        <p class="muted small">{read}</p>
        <div class="row">
            <ActionForm action=open>
                <ConfirmButton id="feed-renew" label="New address" class="small" question="The address there is stops working." confirm="Make a new one"/>
            </ActionForm>
            <ActionForm action=close>
                <ConfirmButton id="feed-close" label="End it" class="danger small" question="Calendars that have the address get nothing any more." confirm="End it"/>
            </ActionForm>
        </div>
    }
    .into_any()
}

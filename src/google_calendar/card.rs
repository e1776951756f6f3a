//! The card that connects a calendar at Google and says how it goes.

use super::{Connection, DisconnectGoogleCalendar, GoogleCalendar, SyncGoogleCalendar, load_google_calendar, outcome};
use crate::{
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_router::hooks::use_query_map;

/// What can be done with it. Made where the page begins: the card is drawn anew as soon as a change is told.
#[derive(Clone, Copy)]
struct Acts {
    sync: ServerAction<SyncGoogleCalendar>,
    disconnect: ServerAction<DisconnectGoogleCalendar>,
}

/// The calendar at Google; nothing where none can be connected.
#[component]
pub fn GoogleCalendarCard() -> impl IntoView {
    let changed = live::watch(&[Topic::Applications]);
    let calendar = wire::load(changed, |_| load_google_calendar());
    let acts = Acts { sync: ServerAction::new(), disconnect: ServerAction::new() };
    let toasts = use_toasts();
    Effect::new(move |_| match acts.sync.value().get() {
        Some(Ok(())) => toasts.push(Toast::good("It is being brought up to date.")),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    Effect::new(move |_| match acts.disconnect.value().get() {
        Some(Ok(None)) => toasts.push(Toast::good("Google Calendar is disconnected.")),
        Some(Ok(Some(left))) => toasts.push(Toast::warn(["It is disconnected. ", &left].concat()).sticky()),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    let word = use_query_map().read_untracked().get("calendar").unwrap_or_default();
    view! {
        <Transition fallback=|| view! { <Skeleton lines=3 card=true/> }>
            {move || {
                let word = word.clone();
                Suspend::new(async move {
                    match calendar.await {
                        Ok(GoogleCalendar { offered: false, connection: None }) => EitherOf3::A(()),
                        Ok(calendar) => EitherOf3::B(view! {
                            <section class="card stack tight" id="google-calendar" aria-labelledby="google-calendar-title">
                                <h2 id="google-calendar-title">"In Google Calendar"</h2>
                                <CameBack word connected=calendar.connection.is_some()/>
                                {shown(calendar, acts)}
                            </section>
                        }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| calendar.refetch())/> }),
                    }
                })
            }}
        </Transition>
    }
}

/// What came of the way to Google and back.
#[component]
fn CameBack(word: String, connected: bool) -> impl IntoView {
    let good = word == "connected";
    // After disconnecting again it is not true any more.
    let words = outcome(&word).filter(|_| connected || !good);
    let (class, icon) = if good { ("callout good", Icon::Check) } else { ("callout warn", Icon::Warning) };
    words.map(|words| view! { <div class=class role="status"><Icon name=icon/><div>{words}</div></div> })
}

fn shown(calendar: GoogleCalendar, acts: Acts) -> AnyView {
    let offered = calendar.offered;
    let Some(connection) = calendar.connection else {
        return view! {
            <p class="muted">"The same entries, in a calendar of their own in your Google account, within seconds of every change. It goes one way: what you change there is put back. Google lets us see no other calendar of yours."</p>
            <div class="row"><Leave words="Connect Google Calendar" class="button"/></div>
        }
        .into_any();
    };
    let ended = connection.next_at.is_none();
    let again = (offered && ended).then(|| view! { <Leave words="Connect it again" class="button small primary"/> });
    let sync = (offered && !ended).then(|| {
        view! { <ActionForm action=acts.sync><Submit pending=acts.sync.pending() class="small">"Sync now"</Submit></ActionForm> }
    });
    view! {
        {standing(&connection)}
        <div class="row">{again}{sync}</div>
        <details class="disclose">
            <summary>"Disconnect"</summary>
            <ActionForm action=acts.disconnect attr:class="form">
                <Check name="remove" label="Remove the calendar at Google, too" help="Otherwise it stays there as it is now."/>
                <div class="form-actions">
                    <ConfirmButton id="google-calendar-end" label="Disconnect" class="danger small" question="Nothing is brought to Google any more, and we forget what lets us in there." confirm="Disconnect"/>
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}

/// The way to Google.
#[component]
fn Leave(words: &'static str, class: &'static str) -> impl IntoView {
    view! { <a class=class rel="external" href="/api/v1/calendar/google/connect">{words}</a> }
}

/// How it stands.
fn standing(connection: &Connection) -> impl IntoView + use<> {
    let Connection { address, entries, refused, synced_at, problem, next_at, working } = connection.clone();
    let who = match address {
        Some(address) => ["Connected as ", &address].concat(),
        None => "Connected".to_owned(),
    };
    let state = match (problem, working) {
        (_, true) => view! { <p class="muted" role="status">"Being brought up to date…"</p> }.into_any(),
        (Some(problem), false) => view! {
            <div class="callout warn" role="status"><Icon name=Icon::Warning/><div>
                <p>{problem}</p>
                {next_at.map(|at| view! { <p class="small">"It is tried again by itself, "<Time at/>"."</p> })}
            </div></div>
        }
        .into_any(),
        (None, false) => ().into_any(),
    };
    let counted = |number: i64, one: &str, many: &str| {
        [grouped(number.unsigned_abs()).as_str(), if number == 1 { one } else { many }].concat()
    };
    let last = synced_at.map(|at| view! { <span>"Last brought up to date "<Time at/></span> });
    let refused = (refused > 0).then(|| counted(refused, " entry Google did not take", " entries Google did not take"));
    view! {
        <p><strong class="breaks">{who}</strong></p>
        {state}
        <p class="meta small">
            <span>{counted(entries, " entry there", " entries there")}</span>
            {refused.map(|words| view! { <span>{words}</span> })}
            {last}
        </p>
    }
}

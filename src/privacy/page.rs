//! `/account/data`: a copy of everything, taking one in, what was agreed to, and leaving.

use super::{
    CloseAccount, Consent, DeleteExport, Export, KeepAccount, LastRestore, OwnData, Purpose, SetConsent, StartExport,
    State, load_own_data,
};
use crate::{
    app::leave_when_done,
    live::{self, Topic},
    retention::{CLOSING_DAYS, EXPORT_DAYS},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use std::time::Duration;

/// How often the page looks how far an export is.
const LOOK_EVERY: Duration = Duration::from_secs(1);

#[derive(Clone, Copy)]
struct Acts {
    start: ServerAction<StartExport>,
    delete: ServerAction<DeleteExport>,
    consent: ServerAction<SetConsent>,
    keep: ServerAction<KeepAccount>,
}

#[component]
pub fn DataPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Account]);
    let data = wire::load(changed, |_| load_own_data());
    let acts = Acts {
        start: ServerAction::new(),
        delete: ServerAction::new(),
        consent: ServerAction::new(),
        keep: ServerAction::new(),
    };
    tell(acts);
    // The bar of an export that is being made moves.
    Effect::new(move |_| {
        let making = data.get().and_then(Result::ok).is_some_and(|data| data.exports.iter().any(is_open));
        if making {
            set_timeout(move || data.refetch(), LOOK_EVERY);
        }
    });
    view! {
        <Title text="Your data"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head"><div>
                <h1>"Your data"</h1>
                <p class="muted">"It is yours: take it with you, or have it erased. "<a href="/privacy">"What is kept, why and how long"</a></p>
            </div></header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match data.await {
                        Ok(data) => Either::Left(view! { <Sections data acts/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| data.refetch())/> }),
                    }
                })}
            </Transition>
            <p class="meta"><a href="/account">"Back to the account"</a></p>
        </main>
    }
}

/// Says what was done.
fn tell(acts: Acts) {
    let toasts = use_toasts();
    Effect::new(move |_| match acts.start.value().get() {
        Some(Ok(_)) => toasts.push(Toast::good("It is being made. You can go on meanwhile.")),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    Effect::new(move |_| match acts.delete.value().get() {
        Some(Ok(())) => toasts.push(Toast::good("The file is deleted.")),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    Effect::new(move |_| match acts.consent.value().get() {
        Some(Ok(())) => toasts.push(Toast::good("Noted.")),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    Effect::new(move |_| match acts.keep.value().get() {
        Some(Ok(())) => toasts.push(Toast::good("Your account stays.")),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
}

fn is_open(export: &Export) -> bool {
    matches!(export.state, State::Queued | State::Running)
}

#[component]
fn Sections(data: OwnData, acts: Acts) -> impl IntoView {
    let keep = acts.keep;
    let closing = data.closing_at.map(|at| view! {
        <div class="callout warn"><Icon name=Icon::Warning/><div class="grow stack">
            <p><strong>"Your account is closed."</strong>" Everything in it is erased on "<Time at style=TimeStyle::Full/>"."</p>
            <ActionForm action=keep><Submit pending=keep.pending()>"Keep my account"</Submit></ActionForm>
        </div></div>
    });
    let closed = data.closing_at.is_some();
    view! {
        {closing}
        <Exports exports=data.exports acts/>
        <TakeIn last=data.restored/>
        <Consents consents=data.consents act=acts.consent/>
        {(!closed).then(|| view! { <Close email=data.email password=data.password stays=data.stays/> })}
    }
}

#[component]
fn Exports(exports: Vec<Export>, acts: Acts) -> impl IntoView {
    let start = acts.start;
    let making = exports.iter().any(is_open);
    let lasts = ["It is kept here for ", &EXPORT_DAYS.to_string(), " days."].concat();
    view! {
        <section class="card stack" aria-labelledby="copy">
            <header class="card-head"><h2 id="copy">"A copy of everything"</h2></header>
            <p class="muted">"One zip with all you keep here, as plain JSON that any program can read. It is made in the background. "{lasts}</p>
            {(!exports.is_empty()).then(|| view! {
                <ul class="list">{exports.into_iter().map(|export| view! { <Row export delete=acts.delete/> }).collect_view()}</ul>
            })}
            {(!making).then(|| view! {
                <ActionForm action=start><Submit pending=start.pending() class="">"Make a copy"</Submit></ActionForm>
            })}
        </section>
    }
}

#[component]
fn Row(export: Export, delete: ServerAction<DeleteExport>) -> impl IntoView {
    let id = export.id.to_string();
    let href = ["/api/v1/account/exports/", &id, "/file"].concat();
    let state = match export.state {
        State::Ready => view! { <span class="badge good">"Ready"</span> }.into_any(),
        State::Failed => view! { <span class="badge bad">"Did not work: please make another"</span> }.into_any(),
        State::Queued => view! { <span class="badge muted">"Waits its turn"</span> }.into_any(),
        State::Running => {
            let words = match export.total {
                0 => "Being made".to_owned(),
                total => ["Being made: ", &grouped(export.done.unsigned_abs()), " of ", &grouped(total.unsigned_abs())]
                    .concat(),
            };
            view! {
                <span class="badge info" role="status">{words}</span>
                <progress max=export.total.max(1) value=export.done aria-label="How far the copy is"></progress>
            }
            .into_any()
        }
    };
    let ready = export.state == State::Ready;
    let label = if is_open(&export) { "Stop" } else { "Delete" };
    view! {
        <li class="item">
            <div class="item-main">
                <strong>"Asked for "<Time at=export.created_at style=TimeStyle::Full/></strong>
                <p class="meta small">
                    {state}
                    {ready.then(|| view! { <span>{size(export.bytes)}</span> })}
                    {export.expires_at.map(|at| view! { <span>"kept until "<Time at style=TimeStyle::Day/></span> })}
                </p>
            </div>
            <div class="item-side row">
                {ready.then(|| view! { <a class="button small primary" href=href rel="external" download="career-copilot.zip"><Icon name=Icon::Download/>"Fetch"</a> })}
                <ActionForm action=delete>
                    <input type="hidden" name="id" value=id/>
                    <button class="button small" type="submit">{label}</button>
                </ActionForm>
            </div>
        </li>
    }
}

/// Bytes in words people use: 1.2 MB.
fn size(bytes: i64) -> String {
    let tenths = bytes / 100_000;
    if tenths < 1 {
        [grouped((bytes / 1_000).max(1).unsigned_abs()).as_str(), " KB"].concat()
    } else {
        [&(tenths / 10).to_string(), ".", &(tenths % 10).to_string(), " MB"].concat()
    }
}

/// A plain browser form: large files travel as they are, and it works before any script.
#[component]
fn TakeIn(last: Option<LastRestore>) -> impl IntoView {
    let reading = RwSignal::new(false);
    view! {
        <section class="card stack" id="take-in">
            <header class="card-head"><h2>"Take a file in"</h2></header>
            <p class="muted">"A copy made here or at any other Career Co-Pilot. What is in it is added; nothing you have is changed or lost."</p>
            {last.map(|last| view! {
                <div class=if last.good { "callout good" } else { "callout bad" }><Icon name=if last.good { Icon::Check } else { Icon::Warning }/>
                    <div>{last.said}" "<span class="muted small"><Time at=last.at style=TimeStyle::Full/></span></div>
                </div>
            })}
            <form method="post" action="/account/data/take-in" enctype="multipart/form-data" class="form" on:submit=move |_| reading.set(true)>
                <FileField name="file" label="The zip file" accept=".zip" help="Up to 32 MB." required=true/>
                <div class="form-actions"><Submit pending=reading class="">"Take it in"</Submit></div>
            </form>
        </section>
    }
}

#[component]
fn Consents(consents: Vec<Consent>, act: ServerAction<SetConsent>) -> impl IntoView {
    view! {
        <section class="card stack">
            <header class="card-head"><h2>"What you agreed to"</h2></header>
            <ul class="list">{consents.into_iter().map(|consent| view! { <ConsentRow consent act/> }).collect_view()}</ul>
        </section>
    }
}

#[component]
fn ConsentRow(consent: Consent, act: ServerAction<SetConsent>) -> impl IntoView {
    let (title, words) = consent.purpose.words();
    let terms = consent.purpose == Purpose::Terms;
    let old = consent.answered_version.as_ref().is_some_and(|answered| *answered != consent.version);
    let said = match consent.answered_at {
        Some(at) if consent.given => {
            view! { <span class="badge good">"You agree"</span><span>"since "<Time at style=TimeStyle::Day/></span> }
                .into_any()
        }
        Some(_) if old => view! { <span class="badge warn">"The text has changed"</span> }.into_any(),
        _ => view! { <span class="badge muted">"Not agreed"</span> }.into_any(),
    };
    let version = ["text of ", &consent.version].concat();
    let button = match (consent.given, terms) {
        (true, true) => None,
        (true, false) => Some("Take it back"),
        (false, _) => Some("Agree"),
    };
    let label = |word: &str| [word, ": ", title].concat();
    view! {
        <li class="item">
            <div class="item-main">
                <strong>{title}</strong>
                <p class="small">{words}{terms.then(|| view! { " "<a href="/privacy">"Read them"</a> })}</p>
                <p class="meta small">{said}<span>{version}</span></p>
            </div>
            <div class="item-side">{button.map(|word| view! {
                <ActionForm action=act>
                    <input type="hidden" name="purpose" value=consent.purpose.as_str()/>
                    <input type="hidden" name="given" value=if consent.given { "false" } else { "true" }/>
                    <button class="button small" type="submit" aria-label=label(word)>{word}</button>
                </ActionForm>
            })}</div>
        </li>
    }
}

#[component]
fn Close(email: String, password: bool, stays: Option<String>) -> impl IntoView {
    let action = ServerAction::<CloseAccount>::new();
    leave_when_done(action);
    let errors = action_errors(action);
    let help = ["Please type ", &email, ": it shows that you mean it."].concat();
    let wait =
        ["Everything is erased after ", &CLOSING_DAYS.to_string(), " days; until then you can sign in and keep it."]
            .concat();
    view! {
        <section class="card stack" id="close">
            <header class="card-head"><h2>"Close your account"</h2></header>
            {match stays {
                Some(why) => Either::Left(view! { <p class="muted">{why}</p> }),
                None => Either::Right(view! {
                    <p class="muted">"Everywhere else you are signed out, and access tokens end. "{wait}" You may want a copy first."</p>
                    <details>
                        <summary>"Close it"</summary>
                        <ActionForm action attr:class="form" attr:novalidate=true>
                            <FormError errors/>
                            <Field name="typed" label="Your e-mail address" kind="email" help autocomplete="off" required=true errors/>
                            {if password {
                                Either::Left(view! { <Field name="current_password" id="close-password" label="Current password" kind="password" autocomplete="current-password" required=true errors/> })
                            } else {
                                Either::Right(view! { <p class="muted small">"Your account has no password: please do this within ten minutes after signing in."</p> })
                            }}
                            <Check name="at_once" label="Erase everything now" help="There is no way back then." errors/>
                            <div class="form-actions"><Submit pending=action.pending() class="danger">"Close my account"</Submit></div>
                        </ActionForm>
                    </details>
                }),
            }}
        </section>
    }
}

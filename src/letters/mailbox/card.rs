//! The card that connects a mailbox and says how it goes.

use super::{ConnectMailbox, DisconnectMailbox, Mailbox, ReadMailbox, load_mailbox};
use crate::{
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};

/// What can be done with the mailbox. Made where the page begins: the card is drawn anew as soon as a change is told.
#[derive(Clone, Copy)]
struct Acts {
    connect: ServerAction<ConnectMailbox>,
    read: ServerAction<ReadMailbox>,
    disconnect: ServerAction<DisconnectMailbox>,
}

/// The mailbox that is looked into by itself.
#[component]
pub fn MailboxCard() -> impl IntoView {
    let changed = live::watch(&[Topic::Applications]);
    let mailbox = wire::load(changed, |_| load_mailbox());
    let acts = Acts { connect: ServerAction::new(), read: ServerAction::new(), disconnect: ServerAction::new() };
    let toasts = use_toasts();
    let tell = move |answer: Option<crate::error::Result<()>>, words: &'static str| match answer {
        Some(Ok(())) => toasts.push(Toast::good(words)),
        // What is wrong with the form is said beside its fields.
        Some(Err(crate::error::Error::Invalid(_))) | None => {}
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
    };
    Effect::new(move |_| tell(acts.connect.value().get(), "The mailbox is connected, and is being read."));
    Effect::new(move |_| tell(acts.read.value().get(), "It is being read."));
    Effect::new(move |_| tell(acts.disconnect.value().get(), "The mailbox is disconnected."));
    view! {
        <section class="card stack" aria-labelledby="mailbox">
            <h2 id="mailbox">"Your mailbox"</h2>
            <Transition fallback=|| view! { <Skeleton lines=4/> }>
                {move || Suspend::new(async move {
                    match mailbox.await {
                        Ok(None) => Either::Left(view! { <Connect action=acts.connect/> }.into_any()),
                        Ok(Some(mailbox)) => Either::Left(shown(mailbox, acts)),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| mailbox.refetch())/> }),
                    }
                })}
            </Transition>
        </section>
    }
}

/// The form.
#[component]
fn Connect(
    action: ServerAction<ConnectMailbox>,
    #[prop(optional, into)] user: String,
    #[prop(optional, into)] host: String,
    #[prop(optional, into)] folder: String,
) -> impl IntoView {
    let errors = action_errors(action);
    let further = !host.is_empty() || !folder.is_empty();
    view! {
        <p class="muted">"New mail is looked at every ten minutes, so that confirmations, invitations and rejections find their application by themselves. It is read only: nothing in the mailbox is changed, marked or sent. The first time, the last 90 days are read."</p>
        <ActionForm action attr:class="form" attr:novalidate=true>
            <FormError errors/>
            <Field name="user" label="E-mail address" kind="email" autocomplete="off" required=true value=user maxlength=320 errors/>
            <Field
                name="password" label="App password" kind="password" autocomplete="new-password" required=true errors
                help="Not the one you sign in with there: make an app password in the security settings of your mail service. It is kept sealed, and you can withdraw it there at any time."
            />
            <details class="disclose" open=further>
                <summary>"Server and folder"</summary>
                <div class="stack">
                    <Field name="host" label="IMAP server" placeholder="found by the address" value=host maxlength=260 help="Asked by TLS on port 993." errors/>
                    <Field name="folder" label="Folder" placeholder="INBOX" value=folder maxlength=200 errors/>
                </div>
            </details>
            <div class="form-actions"><Submit pending=action.pending()>"Connect"</Submit></div>
            <p class="muted small" role="status">{move || action.pending().get().then_some("Trying it out…")}</p>
        </ActionForm>
    }
}

fn shown(mailbox: Mailbox, acts: Acts) -> AnyView {
    let Mailbox { user, host, folder, read_at, seen, done, asked, problem, stopped, reading } = mailbox;
    let state = match (&problem, reading) {
        (_, true) => view! { <p class="muted" role="status">"Being read now…"</p> }.into_any(),
        (Some(problem), false) => view! {
            <div class="callout warn" role="status"><Icon name=Icon::Warning/><div>
                <p>{problem.clone()}</p>
                <p class="small">{if stopped { "It is not tried again before you say so." } else { "It is tried again by itself, later and later." }}</p>
            </div></div>
        }
        .into_any(),
        (None, false) => match read_at {
            Some(at) => view! { <p class="muted">"Last read "<Time at/>"."</p> }.into_any(),
            None => view! { <p class="muted">"Not read yet."</p> }.into_any(),
        },
    };
    let counted = |number: i64, words: &str| [grouped(number.unsigned_abs()).as_str(), words].concat();
    let sums = (seen > 0).then(|| {
        let looked = counted(seen, if seen == 1 { " message looked at" } else { " messages looked at" });
        view! { <p class="muted small">{[looked, counted(done, " settled"), counted(asked, " to look at")].join(" · ")}</p> }
    });
    let again = (stopped && problem.is_some()).then(|| {
        view! {
            <details class="disclose">
                <summary>"Connect it anew"</summary>
                <Connect action=acts.connect user=user.clone() host=host.clone() folder=folder.clone()/>
            </details>
        }
    });
    let at = [host.as_str(), ", ", &folder].concat();
    view! {
        <p><strong class="breaks">{user}</strong>" "<span class="muted small breaks">{at}</span></p>
        {state}
        {sums}
        {again}
        <div class="row">
            <ActionForm action=acts.read>
                <Submit pending=acts.read.pending() class="small">"Read it now"</Submit>
            </ActionForm>
            <ActionForm action=acts.disconnect>
                <ConfirmButton id="mailbox-end" label="Disconnect" class="danger small" question="It is not read any more, and its password is forgotten here. What was found stays." confirm="Disconnect"/>
            </ActionForm>
        </div>
    }
    .into_any()
}

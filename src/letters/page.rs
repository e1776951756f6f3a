//! `/applications/mail`: what the person's mail means for their applications.

use super::{
    Letters,
    card::{Acts, LetterCard},
    load_letters,
    mailbox::card::MailboxCard,
};
use crate::{
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;
use leptos_router::{hooks::use_query_map, params::ParamsMap};
use std::collections::BTreeMap;

#[component]
pub fn MailPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Applications]);
    let letters = wire::load(changed, |_| load_letters());
    let map = use_query_map();
    let acts = Acts::provide();
    view! {
        <Title text="Mail"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head"><div>
                <p class="meta small"><a href="/applications">"Applications"</a></p>
                <h1>"Mail"</h1>
                <p class="muted">"Confirmations, rejections, invitations and offers find their application. What is sure is done, and can be taken back; you are asked about the rest. It is read here, on this server, and nothing is sent anywhere."</p>
            </div></header>
            {move || map.with(outcome)}
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match letters.await {
                        Ok(letters) => Either::Left(view! { <Shown letters acts/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| letters.refetch())/> }),
                    }
                })}
            </Transition>
            <MailboxCard/>
            <ReadForm/>
        </main>
    }
}

/// A number the reading sent along.
fn number(map: &ParamsMap, name: &str) -> u32 {
    map.get(name).and_then(|text| text.parse().ok()).unwrap_or_default()
}

fn messages(n: u32) -> String {
    let word = if n == 1 { " message" } else { " messages" };
    [grouped(u64::from(n)).as_str(), word].concat()
}

/// What came of the file that was just read.
fn outcome(map: &ParamsMap) -> Option<impl IntoView + use<>> {
    map.get("read")?;
    let [read, known, done, asked, problems] =
        ["read", "known", "done", "asked", "problems"].map(|name| number(map, name));
    let rest = read.saturating_sub(known).saturating_sub(done).saturating_sub(asked);
    let parts = [
        (done, " settled"),
        (asked, " to look at"),
        (known, " read before"),
        (rest, " about something else, and forgotten"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, words)| [grouped(u64::from(n)).as_str(), words].concat())
        .collect();
    let trouble = (problems > 0).then(|| {
        view! { <p class="small">{grouped(u64::from(problems))}" could not be read: damaged, or larger than 25 MB."</p> }
    });
    Some(view! {
        <div class="callout good" role="status"><Icon name=Icon::Check/><div>
            <p>{messages(read)}" read: "{parts.join(", ")}"."</p>
            {trouble}
        </div></div>
    })
}

#[component]
fn Shown(letters: Letters, acts: Acts) -> impl IntoView {
    let Letters { asked, done, applications } = letters;
    if !applications {
        return Either::Left(view! {
            <Empty title="No applications yet" text="Mail is matched with your applications. Apply to a job first, or bring in those you have." icon=Icon::Mail>
                <a class="button primary" href="/jobs">"See your jobs"</a>
                <a class="button" href="/applications/import">"Bring in applications"</a>
            </Empty>
        });
    }
    let waiting = (!asked.is_empty()).then(|| {
        let cards = asked.into_iter().map(|letter| view! { <LetterCard letter acts/> }).collect_view();
        view! {
            <section class="stack" aria-labelledby="mail-asked">
                <h2 id="mail-asked">"Is this right?"</h2>
                <ul class="stack">{cards}</ul>
            </section>
        }
    });
    let settled = (!done.is_empty()).then(|| {
        let cards = done.into_iter().map(|letter| view! { <LetterCard letter acts/> }).collect_view();
        view! {
            <section class="stack" aria-labelledby="mail-done">
                <h2 id="mail-done">"Settled"</h2>
                <ul class="stack">{cards}</ul>
            </section>
        }
    });
    Either::Right(view! { {waiting}{settled} })
}

/// A plain browser form: large files travel as they are, and it works before any script.
#[component]
fn ReadForm() -> impl IntoView {
    let reading = RwSignal::new(false);
    let map = use_query_map();
    let errors: FieldErrors = Signal::derive(move || {
        BTreeMap::from_iter(map.with(|map| map.get("problem")).map(|why| ("file".to_owned(), why)))
    });
    view! {
        <form method="post" action="/applications/mail/read" enctype="multipart/form-data" class="form card" on:submit=move |_| reading.set(true)>
            <h2>"Read a file"</h2>
            <FormError errors/>
            <FileField
                name="file" label="A message or a mailbox" accept=".eml,.mbox,.mbx,.txt" errors
                help="A message saved as .eml, or a mailbox exported as .mbox (Google Takeout, Thunderbird, Apple Mail), up to 32 MB and 5,000 messages."
            />
            <div class="form-actions"><Submit pending=reading>"Read it"</Submit></div>
            <p class="muted" role="status">{move || reading.get().then_some("Reading… a large mailbox can take a minute.")}</p>
        </form>
    }
}

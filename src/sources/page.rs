//! `/jobs/sources`

use super::{
    AddSource, AskSource, ForgetSource, MoveSource, Sources, WantSource,
    add::{AddCard, AskCard},
    catalogue::Catalogue,
    load_sources, long,
    mine::List,
};
use crate::{
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

/// What can be done on the page.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub add: ServerAction<AddSource>,
    pub ask: ServerAction<AskSource>,
    pub want: ServerAction<WantSource>,
    pub shift: ServerAction<MoveSource>,
    pub forget: ServerAction<ForgetSource>,
}

impl Acts {
    fn new() -> Self {
        Acts {
            add: ServerAction::new(),
            ask: ServerAction::new(),
            want: ServerAction::new(),
            shift: ServerAction::new(),
            forget: ServerAction::new(),
        }
    }

    /// Counts up whenever one of them was done.
    fn done(self) -> usize {
        let all = [self.add.version().get(), self.ask.version().get(), self.want.version().get()];
        all.into_iter().sum::<usize>() + self.shift.version().get() + self.forget.version().get()
    }
}

#[component]
pub fn SourcesPage() -> impl IntoView {
    let acts = Acts::new();
    let changed = live::watch(&[Topic::Jobs, Topic::Applications]);
    let loaded = wire::load(move || (changed(), acts.done()), |_| load_sources());
    let whole = long::whole();
    tell(acts);
    view! {
        <Title text="Sources"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head"><div>
                <p class="meta small"><a href="/jobs">"Jobs"</a></p>
                <h1>"Sources"</h1>
                <p class="muted">"Where new jobs are looked for. What you put first counts most when several have the same job."</p>
            </div>
            // Where the form comes after the list.
            <div class="actions narrow-only"><a class="button" href="#add" rel="external"><Icon name=Icon::Plus/>"Add a source"</a></div></header>
            <div class="split">
                <div class="stack">
                    <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                        {move || {
                            let whole = whole.get();
                            Suspend::new(async move {
                                match loaded.await {
                                    Ok(sources) => Either::Left(view! { <Shown sources whole acts/> }),
                                    Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| loaded.refetch())/> }),
                                }
                            })
                        }}
                    </Transition>
                </div>
                <div class="stack">
                    <AddCard acts/>
                    <Catalogue acts/>
                </div>
            </div>
        </main>
    }
}

#[component]
fn Shown(sources: Sources, whole: bool, acts: Acts) -> impl IntoView {
    let Sources { mine, asked, visiting } = sources;
    view! {
        {(!visiting).then(|| view! {
            <div class="callout info"><Icon name=Icon::Info/><div><p>"Sources are not visited by this server at present. What is chosen here holds when they are again."</p></div></div>
        })}
        <List mine whole acts/>
        {(!asked.is_empty()).then(|| view! { <AskCard asked acts/> })}
    }
}

/// Says what was done, and what went wrong outside of a field.
fn tell(acts: Acts) {
    let toasts = use_toasts();
    let added = move |outcome: Option<crate::error::Result<String>>| {
        if let Some(Ok(label)) = outcome {
            toasts.push(Toast::good([&label, " is among your sources and is visited soon."].concat()));
        }
    };
    let failed = move |outcome: Option<crate::error::Result<()>>| {
        if let Some(Err(error)) = outcome {
            toasts.push(Toast::bad(error.to_string()));
        }
    };
    Effect::new(move |_| added(acts.add.value().get()));
    Effect::new(move |_| added(acts.ask.value().get()));
    Effect::new(move |_| failed(acts.want.value().get()));
    Effect::new(move |_| failed(acts.shift.value().get()));
    Effect::new(move |_| failed(acts.forget.value().get()));
}

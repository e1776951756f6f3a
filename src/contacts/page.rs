//! `/applications/people/:id`: one contact, to be changed.

use super::{ChangeContact, ContactView, RemoveContact, form::Fields, load_contact};
use crate::{
    applications::tracker::moving::tell,
    error::Error,
    ids::ContactId,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map},
};

#[component]
pub fn ContactPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|map| map.get("id")).and_then(|id| id.parse::<ContactId>().ok()));
    let changed = live::watch(&[Topic::Jobs, Topic::Applications]);
    let loaded = wire::load(
        move || (id.get(), changed()),
        |(id, _)| async move { load_contact(id.ok_or(Error::NotFound)?).await },
    );
    let acts = Acts { change: ServerAction::new(), remove: ServerAction::new() };
    let toasts = use_toasts();
    let navigate = use_navigate();
    Effect::new(move |_| {
        if let Some(answer @ Ok(_)) = acts.change.value().get() {
            tell(toasts, answer, "Contact changed.".into());
        }
    });
    Effect::new(move |_| {
        if let Some(answer) = acts.remove.value().get()
            && tell(toasts, answer, "Contact removed.".into())
        {
            navigate("/applications/people", NavigateOptions::default());
        }
    });
    view! {
        <main id="main" class="page narrow" tabindex="-1">
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(view) => EitherOf3::A(view! { <Shown view acts/> }),
                        Err(Error::NotFound) => EitherOf3::B(view! { <Gone/> }),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| loaded.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

/// What can be done on this page.
#[derive(Clone, Copy)]
struct Acts {
    change: ServerAction<ChangeContact>,
    remove: ServerAction<RemoveContact>,
}

#[component]
fn Gone() -> impl IntoView {
    view! {
        <Title text="Not found"/>
        <header class="page-head"><div><h1>"Contact"</h1></div></header>
        <Empty title="This contact is not here" text="They may have been removed. Removed contacts rest in the bin for 30 days.">
            <a class="button primary" href="/applications/people">"All people"</a>
        </Empty>
    }
}

#[component]
fn Shown(view: ContactView, acts: Acts) -> impl IntoView {
    let errors = action_errors(acts.change);
    let ContactView { contact, applications, .. } = view;
    let linked = applications
        .into_iter()
        .map(|one| {
            let to = ["/applications/", &one.id.to_string()].concat();
            view! { <li><a class="chip" href=to>{one.title}" at "{one.company}</a></li> }
        })
        .collect_view();
    view! {
        <Title text=contact.name.clone()/>
        <header class="page-head">
            <div>
                <p class="meta small"><a href="/applications/people">"People"</a></p>
                <h1>{contact.name.clone()}</h1>
                <ul class="chips">{linked}</ul>
            </div>
            <div class="actions">
                <ActionForm action=acts.remove>
                    <input type="hidden" name="id" value=contact.id.to_string()/>
                    <button class="button quiet danger" type="submit"><Icon name=Icon::Trash/>"Remove"</button>
                </ActionForm>
            </div>
        </header>
        <section class="card">
            <ActionForm action=acts.change attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <input type="hidden" name="id" value=contact.id.to_string()/>
                <input type="hidden" name="version" value=contact.version.to_string()/>
                <Fields contact=Some(contact) company=String::new() errors/>
                <div class="form-actions"><Submit pending=acts.change.pending()>"Save"</Submit></div>
            </ActionForm>
        </section>
    }
}

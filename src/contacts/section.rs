//! The contacts on an application's page.

use super::{AddContact, ContactView, LinkContact, UnlinkContact, form::Fields, reach::Reach, suggest_contacts};
use crate::{applications::tracker::moving::tell, browser, ids::ApplicationId, ui::*};
use leptos::prelude::*;

/// What is folded after somebody was added or chosen.
const ADD: &str = "add-contact";

/// What can be done in the section; kept above it, because it is drawn anew as soon as a change is told.
#[derive(Clone, Copy)]
struct Acts {
    add: ServerAction<AddContact>,
    link: ServerAction<LinkContact>,
    unlink: ServerAction<UnlinkContact>,
}

/// Gives the section below what it can do, and says what came of it.
pub fn provide() {
    let acts = Acts { add: ServerAction::new(), link: ServerAction::new(), unlink: ServerAction::new() };
    provide_context(acts);
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(answer @ Ok(_)) = acts.add.value().get() {
            browser::fold(ADD);
            tell(toasts, answer, "Contact added.".into());
        }
    });
    Effect::new(move |_| {
        if let Some(answer @ Ok(_)) = acts.link.value().get() {
            browser::fold(ADD);
            tell(toasts, answer, "Contact linked.".into());
        }
    });
    Effect::new(move |_| {
        if let Some(answer) = acts.unlink.value().get() {
            tell(toasts, answer, "Taken off this application.".into());
        }
    });
}

fn suggest() -> Suggest {
    Suggest::new(|typed: String| async move {
        let found = suggest_contacts(typed).await.unwrap_or_default();
        found
            .into_iter()
            .map(|known| Suggestion { value: known.name.clone(), label: known.name, hint: known.role })
            .collect()
    })
}

/// An application's contacts, and the ways to add and to choose one.
#[component]
pub fn Contacts(application: ApplicationId, contacts: Vec<ContactView>, company: String) -> impl IntoView {
    let acts = expect_context::<Acts>();
    let (added, linked) = (action_errors(acts.add), action_errors(acts.link));
    let none = contacts.is_empty().then(|| view! { <p class="muted">"Nobody yet."</p> });
    let rows = contacts.into_iter().map(|view| view! { <Row view application acts/> }).collect_view();
    view! {
        <section class="card stack tight" id="contacts">
            <header class="card-head"><h2>"People"</h2><a href="/applications/people">"All people"</a></header>
            {none}
            <ul class="list plain">{rows}</ul>
            <details class="disclose" id=ADD>
                <summary>"Add a contact"</summary>
                <div class="stack">
                    <ActionForm action=acts.link attr:class="form" attr:novalidate=true>
                        <FormError errors=linked/>
                        <input type="hidden" name="id" value=application.to_string()/>
                        <Combobox name="contact" id="ct-known" label="Somebody you know already" suggest=suggest() errors=linked/>
                        <div class="form-actions"><Submit pending=acts.link.pending() class="small">"Link"</Submit></div>
                    </ActionForm>
                    <ActionForm action=acts.add attr:class="form" attr:novalidate=true>
                        <FormError errors=added/>
                        <input type="hidden" name="id" value=application.to_string()/>
                        <Fields contact=None company errors=added/>
                        <div class="form-actions"><Submit pending=acts.add.pending()>"Add contact"</Submit></div>
                    </ActionForm>
                </div>
            </details>
        </section>
    }
}

#[component]
fn Row(view: ContactView, application: ApplicationId, acts: Acts) -> impl IntoView {
    let contact = view.contact;
    let page = ["/applications/people/", &contact.id.to_string()].concat();
    let say = ["Take ", &contact.name, " off this application"].concat();
    let role = (!contact.role.is_empty()).then(|| view! { <span>{contact.role.clone()}</span> });
    let company = (!contact.company.is_empty()).then(|| view! { <span>{contact.company.clone()}</span> });
    let any = role.is_some() || company.is_some();
    let notes = (!contact.notes.is_empty()).then(|| {
        view! { <details class="disclose small"><summary>"Notes"</summary><div class="prose" inner_html=view.notes_html></div></details> }
    });
    view! {
        <li class="item">
            <div class="item-main">
                <p><strong>{contact.name.clone()}</strong></p>
                {any.then(|| view! { <p class="meta small">{role}{company}</p> })}
                <Reach contact=contact.clone()/>
                {notes}
            </div>
            <div class="item-side row tight">
                <a class="button icon-only quiet small" href=page aria-label=["Change ", &contact.name].concat()><Icon name=Icon::Edit/></a>
                <ActionForm action=acts.unlink>
                    <input type="hidden" name="id" value=contact.id.to_string()/>
                    <input type="hidden" name="application_id" value=application.to_string()/>
                    <button class="button icon-only quiet small" type="submit" aria-label=say><Icon name=Icon::Close/></button>
                </ActionForm>
            </div>
        </li>
    }
}

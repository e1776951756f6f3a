//! What was sent, on an application's page.

use super::{AddDocument, Document, DocumentKind, RemoveDocument};
use crate::{applications::tracker::moving::tell, browser, ids::ApplicationId, ui::*};
use leptos::prelude::*;

/// What is folded after a document was added.
const ADD: &str = "add-document";

/// What can be done in the section; kept above it, because it is drawn anew as soon as a change is told.
#[derive(Clone, Copy)]
struct Acts {
    add: ServerAction<AddDocument>,
    remove: ServerAction<RemoveDocument>,
}

/// Gives the section below what it can do, and says what came of it.
pub fn provide() {
    let acts = Acts { add: ServerAction::new(), remove: ServerAction::new() };
    provide_context(acts);
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(answer @ Ok(_)) = acts.add.value().get() {
            browser::fold(ADD);
            tell(toasts, answer, "Document noted.".into());
        }
    });
    Effect::new(move |_| {
        if let Some(answer) = acts.remove.value().get() {
            tell(toasts, answer, "Document removed.".into());
        }
    });
}

/// What was sent with an application, and the way to note more.
#[component]
pub fn Documents(application: ApplicationId, documents: Vec<Document>) -> impl IntoView {
    let acts = expect_context::<Acts>();
    let errors = action_errors(acts.add);
    let kinds: Vec<_> = DocumentKind::ALL.iter().map(|kind| (kind.as_str(), kind.label())).collect();
    let none = documents.is_empty().then(|| view! { <p class="muted">"Nothing noted yet."</p> });
    let rows = documents.into_iter().map(|document| view! { <Row document acts/> }).collect_view();
    view! {
        <section class="card stack tight" id="documents">
            <h2>"Sent"</h2>
            {none}
            <ul class="list plain">{rows}</ul>
            <details class="disclose" id=ADD>
                <summary>"Note a document"</summary>
                <ActionForm action=acts.add attr:class="form" attr:novalidate=true>
                    <FormError errors/>
                    <input type="hidden" name="id" value=application.to_string()/>
                    <Select name="kind" id="doc-kind" label="Type" value="resume" options=kinds errors/>
                    <Field name="name" id="doc-name" label="Name" required=true maxlength=200 autocomplete="off" errors/>
                    <Field name="label" id="doc-label" label="Version" maxlength=100 autocomplete="off" placeholder="Such as: short, November" errors/>
                    <Field name="sent_at" id="doc-sent" label="Sent" kind="datetime-local" help="Leave it empty for now." errors/>
                    <Field name="link" id="doc-link" label="Link" kind="url" inputmode="url" maxlength=2_000 placeholder="https://…" errors/>
                    <Field name="note" id="doc-note" label="Note" maxlength=2_000 errors/>
                    <div class="form-actions"><Submit pending=acts.add.pending()>"Note document"</Submit></div>
                </ActionForm>
            </details>
        </section>
    }
}

#[component]
fn Row(document: Document, acts: Acts) -> impl IntoView {
    let name = match document.link {
        Some(link) => {
            view! { <a href=link target="_blank" rel="noopener noreferrer">{document.name.clone()}</a> }.into_any()
        }
        None => view! { <span>{document.name.clone()}</span> }.into_any(),
    };
    let label = (!document.label.is_empty()).then(|| view! { <span>{document.label}</span> });
    let note = (!document.note.is_empty()).then(|| view! { <p class="plain small">{document.note}</p> });
    let say = ["Remove ", &document.name].concat();
    view! {
        <li class="item">
            <div class="item-main">
                <p><strong>{name}</strong></p>
                <p class="meta small"><span>{document.kind.label()}</span>{label}<Time at=document.sent_at style=TimeStyle::Day/></p>
                {note}
            </div>
            <div class="item-side">
                <ActionForm action=acts.remove>
                    <input type="hidden" name="id" value=document.id.to_string()/>
                    <button class="button icon-only quiet small" type="submit" aria-label=say><Icon name=Icon::Trash/></button>
                </ActionForm>
            </div>
        </li>
    }
}

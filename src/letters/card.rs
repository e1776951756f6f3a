//! One message on the page.

use super::{AgreeToLetter, Choice, DismissLetter, Letter, State, ask_again};
use crate::{
    acts::Done,
    applications::tracker::moving::{tell, undo},
    ids::LetterId,
    ui::*,
};
use leptos::prelude::*;

/// What can be done with messages. Made where the page begins: cards are drawn anew as soon as a change is told.
#[derive(Clone, Copy)]
pub struct Acts {
    agree: ServerAction<AgreeToLetter>,
    dismiss: ServerAction<DismissLetter>,
    toasts: Toaster,
}

impl Acts {
    pub fn provide() -> Self {
        let acts = Acts { agree: ServerAction::new(), dismiss: ServerAction::new(), toasts: use_toasts() };
        let toasts = acts.toasts;
        Effect::new(move |_| match acts.agree.value().get() {
            Some(Ok(Done { bundle: None, .. })) => {
                toasts.push(Toast::good("Kept with the application; nothing changed."));
            }
            Some(answer) => {
                tell(toasts, answer, "Done.".to_owned());
            }
            None => {}
        });
        Effect::new(move |_| match acts.dismiss.value().get() {
            Some(Ok(id)) => toasts.push(Toast::good("Dismissed.").action("Undo", move || again(toasts, id))),
            Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
            None => {}
        });
        acts
    }
}

#[component]
pub fn LetterCard(letter: Letter, acts: Acts) -> impl IntoView {
    let waits = letter.state == State::Asked;
    let to = ["/applications/".to_owned(), letter.application.id.to_string()].concat();
    let reasons = letter.reasons.into_iter().map(|why| view! { <li>{why}</li> }).collect_view();
    let sure = ["Sure to ", &letter.confidence.to_string(), " %"].concat();
    let sent = letter.sent_at.map(|at| view! { <Time at/> });
    let excerpt = letter.excerpt;
    let text = (!excerpt.is_empty()).then(|| {
        view! { <details class="disclose small"><summary>"How it begins"</summary><p class="prewrap">{excerpt}</p></details> }
    });
    let id = letter.id;
    let act = if waits {
        let choices = [vec![letter.application.clone()], letter.or].concat();
        view! { <Asking id choices acts/> }.into_any()
    } else {
        letter
            .bundle
            .map(|bundle| {
                view! {
                    <button type="button" class="button small js-only" on:click=move |_| undo(acts.toasts, bundle)>
                        <Icon name=Icon::Undo/>"Take it back"
                    </button>
                }
            })
            .into_any()
    };
    view! {
        <li class="card stack tight">
            <div class="row between">
                <h3>{if letter.subject.is_empty() { "Without a subject".to_owned() } else { letter.subject }}</h3>
                <span class="badge muted">{letter.kind}</span>
            </div>
            <p class="meta small"><span>{letter.from}</span>{sent}<span>{sure}</span></p>
            <p>{letter.does}" "<a href=to>{letter.application.name}</a></p>
            <details class="disclose small"><summary>"Why"</summary><ul class="stack tight">{reasons}</ul></details>
            {text}
            <div class="row">{act}</div>
        </li>
    }
}

/// Yes, for one of these, or no.
#[component]
fn Asking(id: LetterId, choices: Vec<Choice>, acts: Acts) -> impl IntoView {
    let Acts { agree, dismiss, .. } = acts;
    let several = choices.len() > 1;
    let first = choices.first().map(|choice| choice.id.to_string()).unwrap_or_default();
    let which = if several {
        let options =
            choices.into_iter().map(|choice| view! { <option value=choice.id.to_string()>{choice.name}</option> });
        view! {
            <label class="field"><span>"Which application?"</span><select name="application">{options.collect_view()}</select></label>
        }
        .into_any()
    } else {
        view! { <input type="hidden" name="application" value=first/> }.into_any()
    };
    view! {
        <ActionForm action=agree attr:class="row">
            <input type="hidden" name="id" value=id.to_string()/>
            {which}
            <Submit pending=agree.pending() class="small">"Yes, do it"</Submit>
        </ActionForm>
        <ActionForm action=dismiss>
            <input type="hidden" name="id" value=id.to_string()/>
            <Submit pending=dismiss.pending() class="quiet small">"No"</Submit>
        </ActionForm>
    }
}

/// Has a message that was dismissed wait again.
fn again(toasts: Toaster, id: LetterId) {
    leptos::task::spawn_local(async move {
        if let Err(error) = ask_again(id).await {
            toasts.push(Toast::bad(error.to_string()));
        }
    });
}

//! Two small buttons at every recommended job, and the question why.

use super::{GiveFeedback, Place, Reason, RemoveFeedback, Verdict, remove_feedback};
use crate::{ids::JobId, ui::*};
use leptos::prelude::*;

/// What can be said on a page; made above its rows, because they are drawn anew as soon as a change is told.
#[derive(Clone, Copy)]
pub struct Acts {
    pub give: ServerAction<GiveFeedback>,
    pub remove: ServerAction<RemoveFeedback>,
    /// What was said without a reason just now.
    asked: RwSignal<Option<GiveFeedback>>,
    asking: RwSignal<bool>,
}

/// Gives the rows below what they can do, and says what came of it. With `ask` the page has an [`Ask`], which opens for the reason.
pub fn provide(ask: bool) {
    let acts = Acts {
        give: ServerAction::new(),
        remove: ServerAction::new(),
        asked: RwSignal::new(None),
        asking: RwSignal::new(false),
    };
    provide_context(acts);
    let toasts = use_toasts();
    let last = StoredValue::new(None::<GiveFeedback>);
    // An action forgets its input once it has its answer.
    Effect::new(move |_| {
        if let Some(input) = acts.give.input().get() {
            last.set_value(Some(input));
        }
    });
    Effect::new(move |_| match (acts.give.value().get(), last.get_value()) {
        (Some(Ok(_)), Some(said)) if ask && is_bare(&said) => {
            acts.asked.set(Some(said));
            acts.asking.set(true);
        }
        (Some(Ok(_)), Some(said)) => {
            acts.asking.set(false);
            toasts.push(if said.hide {
                Toast::good("Noted. Jobs of this company are left out from now on.")
                    .link("Hidden companies", "/jobs/hidden")
            } else {
                Toast::good("Noted. The next list goes by it.").action("Undo", move || take_back(said.id, toasts))
            });
        }
        (Some(Err(error)), _) => toasts.push(Toast::bad(sentence(&error))),
        _ => {}
    });
    Effect::new(move |_| match acts.remove.value().get() {
        Some(Ok(_)) => {
            acts.asking.set(false);
            toasts.push(Toast::info("Taken back."));
        }
        Some(Err(error)) => toasts.push(Toast::bad(sentence(&error))),
        None => {}
    });
}

fn is_bare(said: &GiveFeedback) -> bool {
    said.reason.is_empty() && said.note.is_empty() && !said.hide
}

/// What is wrong, in one sentence.
pub fn sentence(error: &crate::error::Error) -> String {
    error.fields().into_values().next().unwrap_or_else(|| error.to_string())
}

fn take_back(id: JobId, toasts: Toaster) {
    leptos::task::spawn_local(async move {
        toasts.push(match remove_feedback(id).await {
            Ok(_) => Toast::info("Taken back."),
            Err(error) => Toast::bad(error.to_string()),
        });
    });
}

/// Good match, or not. The one that was said is pressed; pressing it again takes it back.
#[component]
pub fn Thumbs(
    job: JobId,
    /// The job's, for who hears the buttons only.
    title: String,
    verdict: Option<Verdict>,
    /// Where they are shown.
    list: Place,
    /// The job's place in that list, from 1.
    #[prop(optional, into)]
    position: Option<u32>,
    /// Shows the words beside the icons.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let one = |which: Verdict, icon: Icon, words: &'static str| {
        view! { <Thumb job title=title.clone() verdict which icon words list position named/> }
    };
    view! {
        <div class="row tight thumbs">
            {one(Verdict::Up, Icon::ThumbUp, "Good match")}
            {one(Verdict::Down, Icon::ThumbDown, "Not for me")}
        </div>
    }
}

#[component]
fn Thumb(
    job: JobId,
    title: String,
    verdict: Option<Verdict>,
    which: Verdict,
    icon: Icon,
    words: &'static str,
    list: Place,
    position: Option<u32>,
    named: bool,
) -> impl IntoView {
    let acts = expect_context::<Acts>();
    let said = [words, ": ", &title].concat();
    let pressed = verdict == Some(which);
    let class = if named { "button small" } else { "button icon-only quiet small" };
    let button = view! {
        <button class=class type="submit" aria-pressed=if pressed { "true" } else { "false" } aria-label=said>
            <Icon name=icon/>{named.then_some(words)}
        </button>
    };
    if pressed {
        view! { <ActionForm action=acts.remove><input type="hidden" name="id" value=job.to_string()/>{button}</ActionForm> }
            .into_any()
    } else {
        view! { <ActionForm action=acts.give><Hidden job which list position/>{button}</ActionForm> }.into_any()
    }
}

/// What a form says beside what is chosen in it.
#[component]
fn Hidden(job: JobId, which: Verdict, list: Place, position: Option<u32>) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=job.to_string()/>
        <input type="hidden" name="verdict" value=which.as_str()/>
        <input type="hidden" name="list" value=list.as_str()/>
        {position.map(|position| view! { <input type="hidden" name="position" value=position.to_string()/> })}
    }
}

/// The question that opens after a press. What was said is kept, whether it is answered or not.
#[component]
pub fn Ask() -> impl IntoView {
    let acts = expect_context::<Acts>();
    let asked = move || {
        let said = acts.asked.get()?;
        let which = said.verdict.parse().ok()?;
        let list = said.list.parse().unwrap_or_default();
        Some(view! { <Reasons job=said.id which list position=said.position chosen=None note=String::new()/> })
    };
    view! { <Dialog id="why" title="Noted. Why?" open=acts.asking>{asked}</Dialog> }
}

/// The reasons of a verdict, each a button; words of one's own; and the way back. A job's own page hides its company elsewhere.
#[component]
pub fn Reasons(
    job: JobId,
    which: Verdict,
    list: Place,
    position: Option<u32>,
    chosen: Option<Reason>,
    note: String,
) -> impl IntoView {
    let acts = expect_context::<Acts>();
    let errors = action_errors(acts.give);
    let reasons = Reason::of(which)
        .iter()
        .map(|reason| {
            let pressed = chosen == Some(*reason);
            let class = if pressed { "chip have" } else { "chip" };
            view! {
                <li>
                    <button class=class type="submit" name="reason" value=reason.as_str() aria-pressed=if pressed { "true" } else { "false" }>
                        {reason.label()}
                    </button>
                </li>
            }
        })
        .collect_view();
    let down = which == Verdict::Down;
    let of_note = chosen.or(down.then_some(Reason::Other)).map_or("", Reason::as_str);
    view! {
        <div class="stack tight">
            <ActionForm action=acts.give attr:class="stack tight">
                <Hidden job which list position/>
                <ul class="chips">{reasons}</ul>
                {(down && list != Place::Job).then(|| view! {
                    <button class="button small" type="submit" name="hide" value="true">"Hide this company"</button>
                })}
            </ActionForm>
            <ActionForm action=acts.give attr:class="form" attr:novalidate=true>
                <Hidden job which list position/>
                <input type="hidden" name="reason" value=of_note/>
                <Field name="note" label="In your words" value=note maxlength=500 autocomplete="off" errors/>
                <div class="form-actions"><Submit class="small" pending=acts.give.pending()>"Save note"</Submit></div>
            </ActionForm>
            <ActionForm action=acts.remove>
                <input type="hidden" name="id" value=job.to_string()/>
                <button class="button quiet small" type="submit"><Icon name=Icon::Undo/>"Take it back"</button>
            </ActionForm>
        </div>
    }
}

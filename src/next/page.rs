//! `/applications/next`, and the same actions on the home page.

use super::{FACTORS, KINDS, Next, NextAction, Preferences, SavePreferences, load_next, mark_action, unmark_action};
use crate::{
    ids::ApplicationId,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

#[component]
pub fn NextPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Jobs, Topic::Applications, Topic::Profile]);
    let next = wire::load(changed, |_| load_next());
    view! {
        <Title text="What to do next"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head"><div>
                <p class="meta small"><a href="/applications">"Applications"</a></p>
                <h1>"What to do next"</h1>
                <p class="muted">"From your applications, the most pressing first. Each says why it is here."</p>
            </div></header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match next.await {
                        Ok(next) => Either::Left(view! { <Shown next/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| next.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Shown(next: Next) -> impl IntoView {
    let Next { actions, preferences } = next;
    let list = if actions.is_empty() {
        Either::Left(view! {
            <Empty title="Nothing presses" text="Offers, interviews, silences and good matches show up here when there is something to do."/>
        })
    } else {
        Either::Right(view! {
            <section class="card flush"><ul class="list">{actions.into_iter().map(|action| view! { <Action action/> }).collect_view()}</ul></section>
        })
    };
    view! {
        <div class="split">
            <div class="stack">{list}</div>
            <div class="stack"><Choosing preferences/></div>
        </div>
    }
}

/// One action with its reasons and what can be said about it.
#[component]
pub fn Action(action: NextAction) -> impl IntoView {
    let NextAction { application_id: id, doing, text, reason, priority, parts } = action;
    let href = ["/applications/", &id.to_string()].concat();
    let menu = ["action-", &doing, "-", &id.to_string()].concat();
    let say = ["More about: ", &text].concat();
    let rows = parts
        .into_iter()
        .filter(|part| part.points > 0)
        .map(|part| {
            let points = [part.points.to_string(), " of ".into(), part.most.to_string()].concat();
            view! { <div><dt>{part.name}</dt><dd>{points}</dd><dd class="why">{part.reason}</dd></div> }
        })
        .collect_view();
    view! {
        <li class="item">
            <div class="item-main">
                <a class="item-title" href=href>{text}</a>
                <p class="muted small">{reason}</p>
            </div>
            <div class="item-side">
                <ScoreBadge score=Some(priority) label="Priority"><dl class="parts">{rows}</dl></ScoreBadge>
                <Menu id=menu label=say icon=Icon::More icon_only=true>
                    {said(id, &doing, "done", "Done")}
                    {said(id, &doing, "tomorrow", "Not before tomorrow")}
                    {said(id, &doing, "week", "Not for a week")}
                    {said(id, &doing, "never", "Not for this application")}
                    <hr/>
                    <a href="/applications/next">"Choose what is suggested"</a>
                </Menu>
            </div>
        </li>
    }
}

/// An entry of an action's menu; without script a form.
fn said(id: ApplicationId, doing: &str, mark: &'static str, label: &'static str) -> impl IntoView + use<> {
    let toasts = use_toasts();
    let doing = doing.to_owned();
    let sent = doing.clone();
    view! {
        <form method="post" action="/api/mark_action" on:submit=move |ev| {
            ev.prevent_default();
            tell(toasts, id, sent.clone(), mark);
        }>
            <input type="hidden" name="id" value=id.to_string()/>
            <input type="hidden" name="doing" value=doing/>
            <input type="hidden" name="mark" value=mark/>
            <button type="submit">{label}</button>
        </form>
    }
}

fn tell(toasts: Toaster, id: ApplicationId, doing: String, mark: &'static str) {
    leptos::task::spawn_local(async move {
        match mark_action(id, doing.clone(), mark.to_owned()).await {
            Ok(()) => {
                let words = if mark == "done" { "Done." } else { "Put away." };
                let back = move || {
                    let doing = doing.clone();
                    leptos::task::spawn_local(async move {
                        if let Err(error) = unmark_action(id, doing).await {
                            toasts.push(Toast::bad(error.to_string()));
                        }
                    });
                };
                toasts.push(Toast::good(words).action("Undo", back));
            }
            Err(error) => toasts.push(Toast::bad(error.to_string())),
        }
    });
}

/// What a factor can count, in percent of the usual.
const STEPS: [(u32, &str); 5] = [(0, "Not at all"), (50, "Less"), (100, "As usual"), (200, "More"), (400, "Much more")];

/// Weights and switches.
#[component]
fn Choosing(preferences: Preferences) -> impl IntoView {
    let save = ServerAction::<SavePreferences>::new();
    let errors = action_errors(save);
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(Ok(())) = save.value().get() {
            toasts.push(Toast::good("Saved."));
        }
    });
    let weights = FACTORS
        .into_iter()
        .zip(preferences.weights)
        .map(|((name, label), percent)| {
            // One that a program set between two steps shows as the nearest.
            let chosen = STEPS.into_iter().min_by_key(|(step, _)| step.abs_diff(percent)).map_or(100, |(step, _)| step);
            let options: Vec<(String, String)> =
                STEPS.into_iter().map(|(step, words)| (step.to_string(), words.to_owned())).collect();
            view! { <Select name label value=chosen.to_string() options errors/> }
        })
        .collect_view();
    let kinds = KINDS
        .into_iter()
        .zip(preferences.kinds)
        .map(|((name, label), on)| view! { <Check name label checked=on/> })
        .collect_view();
    view! {
        <section class="card stack tight">
            <h2>"How they are chosen"</h2>
            <ActionForm action=save attr:class="form" attr:novalidate=true>
                <FormError errors/>
                <Field name="quiet_days" label="Follow up after days of silence" kind="number" inputmode="numeric" min="1" max="365" value=preferences.quiet_days.to_string() errors/>
                <fieldset class="fieldset"><legend>"What is suggested"</legend>{kinds}</fieldset>
                <details class="disclose">
                    <summary>"What counts how much"</summary>
                    <div class="stack tight">{weights}</div>
                </details>
                <div class="form-actions"><Submit pending=save.pending()>"Save"</Submit></div>
            </ActionForm>
        </section>
    }
}

//! `/applications/stages`: the pipeline as its person wants it.

use super::{Colour, RemoveStage, SaveStage, ShiftStage, Stage, StageCount, load_stages};
use crate::{
    applications::ApplicationStatus,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_meta::Title;

#[component]
pub fn StagesPage() -> impl IntoView {
    let changed = live::watch(&[Topic::Applications]);
    let stages = wire::load(changed, |_| load_stages());
    let acts = Acts { save: ServerAction::new(), shift: ServerAction::new(), remove: ServerAction::new() };
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(Ok(())) = acts.save.value().get() {
            toasts.push(Toast::good("Saved."));
        }
    });
    Effect::new(move |_| match acts.remove.value().get() {
        Some(Ok(())) => toasts.push(Toast::good("Stage removed.")),
        Some(Err(error)) => {
            let fields = error.fields();
            toasts.push(Toast::bad(fields.into_values().next().unwrap_or_else(|| error.to_string())));
        }
        None => {}
    });
    view! {
        <Title text="Stages"/>
        <main id="main" class="page narrow" tabindex="-1">
            <header class="page-head"><div>
                <p class="meta small"><a href="/applications">"Applications"</a></p>
                <h1>"Stages"</h1>
                <p class="muted">"The columns of your board, from left to right. Each stands for a status, which the job list, the numbers and programs use."</p>
            </div></header>
            <Transition fallback=|| view! { <Skeleton lines=9 card=true/> }>
                {move || Suspend::new(async move {
                    match stages.await {
                        Ok(stages) => Either::Left(view! { <Shown stages acts/> }),
                        Err(error) => Either::Right(view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| stages.refetch())/> }),
                    }
                })}
            </Transition>
        </main>
    }
}

#[derive(Clone, Copy)]
struct Acts {
    save: ServerAction<SaveStage>,
    shift: ServerAction<ShiftStage>,
    remove: ServerAction<RemoveStage>,
}

#[component]
fn Shown(stages: Vec<StageCount>, acts: Acts) -> impl IntoView {
    let last = stages.len().saturating_sub(1);
    let all: Vec<Stage> = stages.iter().map(|counted| counted.stage.clone()).collect();
    let rows = stages
        .into_iter()
        .enumerate()
        .map(|(n, counted)| view! { <Row counted first={n == 0} last={n == last} all=all.clone() acts/> })
        .collect_view();
    view! {
        <section class="card flush"><ol class="list">{rows}</ol></section>
        <section class="card stack tight">
            <h2>"New stage"</h2>
            <Form stage=None acts/>
        </section>
    }
}

#[component]
fn Row(counted: StageCount, first: bool, last: bool, all: Vec<Stage>, acts: Acts) -> impl IntoView {
    let StageCount { stage, count } = counted;
    let (up, down) = (shift(&stage, false, first, acts), shift(&stage, true, last, acts));
    let applications = match count {
        0 => "empty".to_owned(),
        1 => "1 application".to_owned(),
        n => [n.to_string(), " applications".to_owned()].concat(),
    };
    let others: Vec<(String, String)> =
        all.into_iter().filter(|other| other.key != stage.key).map(|other| (other.key, other.name)).collect();
    let nearest = others.first().map(|(key, _)| key.clone()).unwrap_or_default();
    let remove_id = ["remove-", &stage.key].concat();
    let question = if count == 0 {
        "The stage is taken off your board.".to_owned()
    } else {
        ["Its ", &applications, " move to the stage chosen here."].concat()
    };
    let into = (count > 0).then(|| {
        view! { <Select name="into" id=["into-", &stage.key].concat() label="Applications move to" value=nearest options=others/> }
    });
    view! {
        <li class="item">
            <div class="item-main">
                <p class=["stage-badge ", stage.colour.as_str()].concat()><span class="dot" aria-hidden="true"></span><strong>{stage.name.clone()}</strong></p>
                <p class="meta small"><span>"stands for "{stage.status.label()}</span><span>{applications}</span></p>
                <details class="disclose small">
                    <summary>"Change"</summary>
                    <Form stage=Some(stage.clone()) acts/>
                    <ActionForm action=acts.remove attr:class="form">
                        <input type="hidden" name="key" value=stage.key.clone()/>
                        {into}
                        <div class="form-actions">
                            <ConfirmButton id=remove_id label="Remove stage" class="danger small" question confirm="Remove"/>
                        </div>
                    </ActionForm>
                </details>
            </div>
            <div class="item-side row tight">{up}{down}</div>
        </li>
    }
}

/// A button that moves a stage one place; not at the end it would move beyond.
fn shift(stage: &Stage, later: bool, end: bool, acts: Acts) -> AnyView {
    let (icon, words) = if later { (Icon::ChevronDown, "Move down ") } else { (Icon::ChevronUp, "Move up ") };
    let (say, key) = ([words, &stage.name].concat(), stage.key.clone());
    view! {
        <ActionForm action=acts.shift>
            <input type="hidden" name="key" value=key/>
            <input type="hidden" name="later" value=later.to_string()/>
            <button class="button icon-only quiet small" type="submit" aria-label=say disabled=end><Icon name=icon/></button>
        </ActionForm>
    }
    .into_any()
}

/// Name, meaning and colour of a stage.
#[component]
fn Form(stage: Option<Stage>, acts: Acts) -> impl IntoView {
    let key = stage.as_ref().map(|stage| stage.key.clone()).unwrap_or_default();
    let errors = action_errors(acts.save);
    let mine = {
        let key = key.clone();
        Signal::derive(move || {
            let sent = acts.save.input().with(|input| input.as_ref().map(|input| input.key == key));
            if sent.unwrap_or(true) { errors.get() } else { Default::default() }
        })
    };
    let statuses: Vec<(&'static str, &'static str)> =
        ApplicationStatus::ALL.into_iter().map(|status| (status.as_str(), status.label())).collect();
    let colours: Vec<(&'static str, &'static str)> =
        Colour::ALL.into_iter().map(|colour| (colour.as_str(), colour.label())).collect();
    let (name, status, colour) = match &stage {
        Some(stage) => (stage.name.clone(), stage.status.as_str(), stage.colour.as_str()),
        None => (String::new(), "interview", "teal"),
    };
    let ids = ["name", "status", "colour"].map(|field| [field, "-", &key].concat());
    let [name_id, status_id, colour_id] = ids;
    let word = if stage.is_some() { "Save" } else { "Add stage" };
    view! {
        <ActionForm action=acts.save attr:class="form" attr:novalidate=true>
            <FormError errors=mine/>
            <input type="hidden" name="key" value=key/>
            <div class="fields">
                <Field name="name" id=name_id label="Name" value=name maxlength=40 required=true autocomplete="off" errors=mine/>
                <Select name="status" id=status_id label="Stands for" value=status options=statuses errors=mine/>
                <Select name="colour" id=colour_id label="Colour" value=colour options=colours errors=mine/>
            </div>
            <div class="form-actions"><Submit pending=acts.save.pending() class="small">{word}</Submit></div>
        </ActionForm>
    }
}

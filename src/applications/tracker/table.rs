//! The table: rows under the same filters as the board, in any order, in groups, with the columns one wants.

use super::{
    Line, Tracker, TrackerQuery,
    card::strength,
    columns::{Column, Shape, columns},
    filters::href,
    moving::Moving,
};
use crate::{applications::stages::Stage, ui::*};
use leptos::prelude::*;

#[component]
pub fn Table(query: TrackerQuery, tracker: Tracker) -> impl IntoView {
    let wanted = columns(&query);
    let stages: Vec<Stage> = tracker.stages.iter().map(|counted| counted.stage.clone()).collect();
    let heads = wanted.iter().map(|column| head(&query, *column)).collect_view();
    let mut group = None;
    let mut rows = Vec::with_capacity(tracker.lines.len());
    for line in tracker.lines {
        let name = match query.group.as_str() {
            "stage" => stages.iter().find(|stage| stage.key == line.stage).map(|stage| stage.name.clone()),
            "company" => Some(line.company.clone()),
            "source" => Some(line.source.clone()),
            _ => None,
        };
        if let Some(name) = name
            && group.as_ref() != Some(&name)
        {
            let span = (wanted.len() + 2).to_string();
            rows.push(
                view! { <tr class="group"><th scope="rowgroup" colspan=span>{name.clone()}</th></tr> }.into_any(),
            );
            group = Some(name);
        }
        rows.push(view! { <Row line wanted=wanted.clone() stages=stages.clone()/> }.into_any());
    }
    let pages = query.clone();
    let page = query.page.unwrap_or(1);
    let to = Callback::new(move |n: u32| href(&TrackerQuery { page: Some(n), ..pages.clone() }));
    view! {
        <Shape query=query.clone()/>
        <section class="card flush">
            <table class="table tracker-table">
                <thead><tr>
                    <th class="js-only"><span class="visually-hidden">"Choose"</span></th>
                    {sorted(&query, "title", "Job", "")}
                    {heads}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
        <Pager page per_page=tracker.per_page total=tracker.total.unsigned_abs() href=to/>
    }
}

fn head(query: &TrackerQuery, column: Column) -> AnyView {
    let class = if column == Column::Score { "number" } else { "" };
    if column.sorts() {
        sorted(query, column.key(), column.label(), class)
    } else {
        view! { <th class=class>{column.label()}</th> }.into_any()
    }
}

/// A head that sorts, and the other way round when pressed again. The newest and the best come first.
fn sorted(query: &TrackerQuery, key: &'static str, label: &'static str, class: &'static str) -> AnyView {
    let down = ["-", key].concat();
    let now = if query.sort.is_empty() { "-since" } else { query.sort.as_str() };
    let order = if now == key {
        Some("ascending")
    } else if now == down {
        Some("descending")
    } else {
        None
    };
    let falls = matches!(key, "since" | "applied" | "score");
    let sort = match order {
        Some("ascending") => down,
        Some(_) => key.to_owned(),
        None if falls => down,
        None => key.to_owned(),
    };
    let to = href(&TrackerQuery { sort, page: None, ..query.clone() });
    view! { <th class=class aria-sort=order><a href=to>{label}</a></th> }.into_any()
}

#[component]
fn Row(line: Line, wanted: Vec<Column>, stages: Vec<Stage>) -> impl IntoView {
    let moving = expect_context::<Moving>();
    let id = line.id;
    let say = ["Choose ", &line.title, " at ", &line.company].concat();
    let cells = wanted.into_iter().map(|column| cell(column, &line, &stages, moving)).collect_view();
    let noted = line.noted.then(|| view! { <span title="Has notes"><Icon name=Icon::Document/></span> });
    view! {
        <tr class:chosen=move || moving.chosen.with(|all| all.contains(&id))>
            <td class="js-only choose">
                <input
                    type="checkbox" aria-label=say
                    prop:checked=move || moving.chosen.with(|all| all.contains(&id))
                    on:change=move |_| moving.toggle(id)
                />
            </td>
            <th scope="row">
                <a href=["/applications/".to_owned(), id.to_string()].concat()>{line.title.clone()}</a>
                <p class="meta small"><span>{line.company.clone()}</span>{noted}</p>
            </th>
            {cells}
        </tr>
    }
}

fn cell(column: Column, line: &Line, stages: &[Stage], moving: Moving) -> AnyView {
    match column {
        Column::Stage => stage_cell(line, stages, moving),
        Column::Since => view! { <td data-label="Since"><Time at=line.since/></td> }.into_any(),
        Column::Applied => {
            let at = line.applied_at.map(|at| view! { <Time at style=TimeStyle::Day/> });
            view! { <td data-label="Applied">{at}</td> }.into_any()
        }
        Column::Score => {
            let score = line
                .match_score
                .map(|score| view! { <span class=["score-chip ", strength(score)].concat()>{score}</span> });
            view! { <td class="number" data-label="Match">{score}</td> }.into_any()
        }
        Column::Place => {
            let place = if line.location.is_empty() {
                line.remote.0.map(|way| way.label().to_owned()).unwrap_or_default()
            } else {
                line.location.clone()
            };
            view! { <td data-label="Place">{place}</td> }.into_any()
        }
        Column::Source => view! { <td data-label="Source">{line.source.clone()}</td> }.into_any(),
    }
}

/// The stage as a choice; without script a button sets it.
fn stage_cell(line: &Line, stages: &[Stage], moving: Moving) -> AnyView {
    let options: Vec<(String, String)> = stages.iter().map(|stage| (stage.key.clone(), stage.name.clone())).collect();
    let (kept, all) = (line.clone(), stages.to_vec());
    let change = Callback::new(move |key: String| {
        if let Some(stage) = all.iter().find(|stage| stage.key == key) {
            moving.go(&kept, stage);
        }
    });
    let colour = stages.iter().find(|stage| stage.key == line.stage).map_or("gray", |stage| stage.colour.as_str());
    view! {
        <td data-label="Stage">
            <form method="post" action="/api/move_application" class=["row tight stage-of ", colour].concat()>
                <input type="hidden" name="id" value=line.id.to_string()/>
                <span class="dot" aria-hidden="true"></span>
                <Select
                    name="stage" id=["stage-".to_owned(), line.id.to_string()].concat() label="Stage" hide_label=true
                    value=line.stage.clone() options on_change=change
                />
                <noscript><button class="button small" type="submit">"Set"</button></noscript>
            </form>
        </td>
    }
    .into_any()
}

//! What the day brought, and what the next one holds.

use super::{For, due, steps};
use crate::{
    applications::{history, stages},
    briefings::{
        content::{Did, Evening, Few, Moved},
        days,
    },
    error::Result,
    interviews, jobs, tasks,
};

pub async fn gather(about: &For<'_>) -> Result<Evening> {
    let (app, who) = (about.app, about.who.user);
    let span = about.span();
    let all = history::store::told(&app.db, who).await?;
    let names = stages::store::names(&app.db, who).await?;
    let mut done: Vec<Did> = steps::sent(&all)
        .filter(|step| span.has(step.at))
        .map(|step| Did {
            text: format!("Applied to {} at {}", step.title, step.company),
            about: String::new(),
            path: format!("/applications/{}", step.application_id),
        })
        .collect();
    for held in interviews::store::upcoming(&app.db, who, span.from, span.until).await? {
        if !held.cancelled && span.has(held.ends_at) {
            done.push(Did {
                text: format!("Interview: {} at {}", held.title, held.company),
                about: format!("Round {}, {}", held.round, held.kind.label().to_lowercase()),
                path: format!("/applications/interviews/{}", held.id),
            });
        }
    }
    for task in tasks::store::done_since(app, who, span.from, None).await?.into_iter().rev() {
        if task.state.done_at.is_some_and(|at| span.has(at)) {
            done.push(Did {
                text: task.state.title,
                about: task.about,
                path: match task.state.application_id {
                    Some(id) => format!("/applications/{id}"),
                    None => "/applications/tasks".to_owned(),
                },
            });
        }
    }
    let moved = steps::moves(&all).filter(|(_, to)| span.has(to.at)).map(|(from, to)| Moved {
        application_id: to.application_id,
        title: to.title.clone(),
        company: to.company.clone(),
        from: steps::name(&names, &from.stage),
        to: steps::name(&names, &to.stage),
    });
    let brought = jobs::store::brought(&app.db, who, span.from, span.until).await?;
    Ok(Evening {
        done: Few::of(done),
        jobs: brought.iter().map(|origin| origin.jobs).sum(),
        moved: Few::of(moved.collect()),
        tomorrow: Few::of(due::on(about, days::after(about.day, 1)).await?),
    })
}

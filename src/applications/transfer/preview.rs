//! The third step: what will be made, and what is left out and why.

use super::{PreviewRow, RunTransfer, TransferView, Verdict, page::count};
use crate::ui::*;
use leptos::prelude::*;

#[component]
pub fn Found(table: TransferView, run: ServerAction<RunTransfer>) -> impl IntoView {
    let preview = table.preview.unwrap_or_default();
    let back = ["/applications/import?read=".to_owned(), table.id.to_string()].concat();
    let shown = u32::try_from(preview.rows.len()).unwrap_or(u32::MAX);
    let all = preview.new + preview.duplicates + preview.rejected;
    let bad = if preview.rejected > 0 { "badge bad" } else { "badge muted" };
    let take_in = (preview.new > 0).then(|| {
        view! { <Submit pending=run.pending()>{["Take in ".to_owned(), count(preview.new, "application")].concat()}</Submit> }
    });
    let pending = run.pending();
    view! {
        <section class="card accent stack">
            <h2>"Found in "{table.label}</h2>
            <p class="row tight">
                <span class="badge good">{count(preview.new, "new application")}</span>
                <span class="badge muted">{count(preview.duplicates, "duplicate")}</span>
                <span class=bad>{count(preview.rejected, "bad row")}</span>
            </p>
            <ActionForm action=run attr:class="row">
                <input type="hidden" name="id" value=table.id.to_string()/>
                {take_in}
                <a class="button" href=back>"Change the columns"</a>
            </ActionForm>
            <p class="muted" role="status">{move || pending.get().then_some("Taking in… thousands of rows can take some seconds.")}</p>
        </section>
        <section class="card flush">
            <table class="table">
                <thead><tr><th>"Row"</th><th>"Application"</th><th>"Stages"</th><th>"What happens"</th></tr></thead>
                <tbody>{preview.rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}</tbody>
            </table>
            {(shown < all).then(|| view! { <p class="card-foot muted">"The first "{shown}" of "{all}" rows."</p> })}
        </section>
    }
}

#[component]
fn Row(row: PreviewRow) -> impl IntoView {
    let steps = (!row.steps.is_empty()).then(|| row.steps.join(", "));
    let verdict = match row.verdict {
        Verdict::New => view! { <span class="badge good">"New"</span> }.into_any(),
        Verdict::Duplicate { job_id, application_id, reason } => {
            let to = match (application_id, job_id) {
                (Some(id), _) => Some(["/applications/".to_owned(), id.to_string()].concat()),
                (None, Some(id)) => Some(["/jobs/".to_owned(), id.to_string()].concat()),
                (None, None) => None,
            };
            view! {
                <span class="badge muted">"Duplicate"</span>
                <p class="small">{reason}" "{to.map(|to| view! { <a href=to>"Open it"</a> })}</p>
            }
            .into_any()
        }
        Verdict::Rejected { reason } => {
            view! { <span class="badge bad">"Left out"</span><p class="small">{reason}</p> }.into_any()
        }
    };
    view! {
        <tr>
            <td class="number" data-label="Row">{row.row}</td>
            <th scope="row">{row.title}<p class="meta small"><span>{row.company}</span></p></th>
            <td data-label="Stages" class="small">{steps}</td>
            <td data-label="What happens">{verdict}</td>
        </tr>
    }
}

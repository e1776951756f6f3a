//! `/jobs/import`: choose what to read, look at what was found, take it in.

use super::{ImportView, PreviewRow, RunImport, Verdict, load_import};
use crate::{error::Error, ids::ImportId, jobs::shared::Shared, ui::*, wire};
use leptos::{either::EitherOf3, prelude::*};
use leptos_meta::Title;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};
use std::collections::BTreeMap;

const FORMATS: [(&str, &str); 27] = [
    ("auto", "Recognise it"),
    ("greenhouse", "Greenhouse"),
    ("lever", "Lever"),
    ("ashby", "Ashby"),
    ("workday", "Workday"),
    ("remotive", "Remotive"),
    ("arbeitnow", "Arbeitnow"),
    ("remoteok", "RemoteOK"),
    ("jobicy", "Jobicy"),
    ("himalayas", "Himalayas"),
    ("adzuna", "Adzuna"),
    ("usajobs", "USAJOBS"),
    ("smartrecruiters", "SmartRecruiters"),
    ("recruitee", "Recruitee"),
    ("workable", "Workable"),
    ("personio", "Personio"),
    ("bamboohr", "BambooHR"),
    ("weworkremotely", "We Work Remotely"),
    ("themuse", "The Muse"),
    ("hackernews", "Hacker News"),
    ("linkedin", "LinkedIn"),
    ("indeed", "Indeed"),
    ("glassdoor", "Glassdoor"),
    ("feed", "RSS or Atom feed"),
    ("webpage", "Web page"),
    ("csv", "CSV table"),
    ("json", "JSON"),
];

#[component]
pub fn ImportPage() -> impl IntoView {
    let map = use_query_map();
    let id = Memo::new(move |_| map.with(|map| map.get("read")).and_then(|id| id.parse::<ImportId>().ok()));
    let run = ServerAction::<RunImport>::new();
    let done = run.version();
    let import = wire::load(
        move || (id.get(), done.get()),
        |(id, _)| async move {
            match id {
                Some(id) => load_import(id).await.map(Some),
                None => Ok(None),
            }
        },
    );
    view! {
        <Title text="Bring in jobs"/>
        <main id="main" class="page" tabindex="-1">
            <header class="page-head"><div>
                <h1>"Bring in jobs"</h1>
                <p class="muted">"You see what was found before anything is saved. Duplicates are named, and one bad row never stops the rest."</p>
            </div></header>
            <Transition fallback=|| view! { <Skeleton lines=8 card=true/> }>
                {move || Suspend::new(async move {
                    match import.await {
                        Ok(Some(import)) if import.done.is_some() => EitherOf3::A(view! { <Finished import/> }.into_any()),
                        Ok(Some(import)) if import.problem.is_none() => EitherOf3::A(view! { <Found import run/> }.into_any()),
                        Ok(import) => EitherOf3::B(view! { <ReadForm import/> }),
                        Err(Error::NotFound) => EitherOf3::C(view! { <Expired/><ReadForm import=None/> }.into_any()),
                        Err(error) => EitherOf3::C(view! { <ErrorState text=error.to_string()/><ReadForm import=None/> }.into_any()),
                    }
                })}
            </Transition>
        </main>
    }
}

#[component]
fn Expired() -> impl IntoView {
    view! {
        <div class="callout info"><Icon name=Icon::Info/><div>
            "What was read here is gone: it is kept for a day. Please bring the postings in again."
        </div></div>
    }
}

/// A plain browser form: large files travel as they are, and it works before any script.
#[component]
fn ReadForm(import: Option<ImportView>) -> impl IntoView {
    let reading = RwSignal::new(false);
    let shared = import.is_none().then(|| use_query_map().with_untracked(Shared::of)).flatten();
    let (format, company, address, problem) = match import {
        Some(import) => (import.format, import.company, import.address, import.problem),
        None => ("auto".into(), String::new(), shared.as_ref().map(|one| one.link.clone()).unwrap_or_default(), None),
    };
    let given = shared.map(|shared| view! { <Given shared/> });
    let errors: FieldErrors = Signal::stored(BTreeMap::from_iter(problem));
    view! {
        {given}
        <form method="post" action="/jobs/import/read" enctype="multipart/form-data" class="form" on:submit=move |_| reading.set(true)>
            <FormError errors/>
            <div class="split even">
                <section class="card stack">
                    <h2>"From a public board"</h2>
                    <Field
                        name="address" label="Address of the board" inputmode="url" value=address placeholder="https://boards.greenhouse.io/company"
                        help="A company’s page at a board such as Greenhouse, Lever, Workable or Personio, a feed such as Remotive’s, or a “Who is hiring?” thread." errors
                    />
                </section>
                <section class="card stack">
                    <h2>"From a file or a paste"</h2>
                    <FileField name="file" label="File" accept=".json,.jsonl,.csv,.tsv,.txt,.xml,.rss,.atom,.html,.htm" help="A board’s answer, an RSS feed, a saved page, a CSV table or our own JSON; up to 32 MB."/>
                    <TextArea name="text" label="Or paste it here" rows=4 errors/>
                    <p class="field-error">{move || errors.with(|errors| errors.get("data").cloned())}</p>
                    <div class="fields">
                        <Select name="format" label="What it is" value=format options=FORMATS.to_vec()/>
                        <Field name="company" label="Company" value=company help="Where the feed does not name it."/>
                    </div>
                </section>
            </div>
            <div class="form-actions">
                <Submit pending=reading>"Read it"</Submit>
                <a class="button quiet" href="/jobs">"Back to jobs"</a>
            </div>
            <p class="muted" role="status">{move || reading.get().then_some("Reading… a large file or a slow board can take a while.")}</p>
        </form>
    }
}

/// What another app shared: one posting, to be noted as it is, or a board to be read.
#[component]
fn Given(shared: Shared) -> impl IntoView {
    let to = shared.to_add();
    let name = [&shared.title, &shared.link].into_iter().find(|text| !text.is_empty()).cloned();
    view! {
        <div class="callout info" role="status"><Icon name=Icon::Info/><div class="stack tight">
            <p class="breaks">"Shared with you: "{name.unwrap_or_else(|| "a posting".to_owned())}</p>
            <p><a class="button primary small" href=to>"Add this job"</a></p>
            <p class="small">"Or read the whole board it is on, below."</p>
        </div></div>
    }
}

fn count(n: u32, one: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    [grouped(u64::from(n)).as_str(), " ", one, plural].concat()
}

#[component]
fn Found(import: ImportView, run: ServerAction<RunImport>) -> impl IntoView {
    let toasts = use_toasts();
    let navigate = use_navigate();
    Effect::new(move |_| match run.value().get() {
        Some(Ok(page)) => navigate(&page, NavigateOptions { replace: true, ..NavigateOptions::default() }),
        Some(Err(error)) => toasts.push(Toast::bad(error.to_string())),
        None => {}
    });
    let shown = import.rows.len();
    let all = import.new + import.duplicates + import.rejected;
    let label = match import.new {
        0 => "Nothing new to take in".to_owned(),
        n => ["Take in ".to_owned(), count(n, "job")].concat(),
    };
    let nothing = import.new == 0;
    let bad = if import.rejected > 0 { "badge bad" } else { "badge muted" };
    view! {
        <section class="card accent stack">
            <h2>"Found in "{import.label}</h2>
            <p class="row tight">
                <span class="badge good">{count(import.new, "new job")}</span>
                <span class="badge muted">{count(import.duplicates, "duplicate")}</span>
                <span class=bad>{count(import.rejected, "bad row")}</span>
            </p>
            <ActionForm action=run attr:class="row">
                <input type="hidden" name="id" value=import.id.to_string()/>
                {(!nothing).then(|| view! { <Submit pending=run.pending()>{label}</Submit> })}
                <a class="button" href="/jobs/import">"Read something else"</a>
            </ActionForm>
        </section>
        <section class="card flush">
            <table class="table">
                <thead><tr><th>"Row"</th><th>"Job"</th><th>"Place"</th><th>"Pay"</th><th>"Skills"</th><th class="number">"Match"</th><th>"What happens"</th></tr></thead>
                <tbody>{import.rows.into_iter().map(|row| view! { <Row row/> }).collect_view()}</tbody>
            </table>
            {(u32::try_from(shown).unwrap_or(u32::MAX) < all).then(|| view! { <p class="card-foot muted">"The first "{shown}" of "{all}" rows."</p> })}
        </section>
    }
}

#[component]
fn Row(row: PreviewRow) -> impl IntoView {
    let place = [row.location, row.remote.map(|way| [" · ", way.label()].concat()).unwrap_or_default()].concat();
    let level = row.level.map(|level| level.label());
    // A cell without a child is empty for the style sheet too.
    let given = |text: String| (!text.is_empty()).then_some(text);
    let verdict = match row.verdict {
        Verdict::New => view! { <span class="badge good">"New"</span> }.into_any(),
        Verdict::Duplicate { job_id, reason } => view! {
            <span class="badge muted">"Duplicate"</span>
            <p class="small">{reason}" "{job_id.map(|id| view! { <a href=["/jobs/".to_owned(), id.to_string()].concat()>"Open it"</a> })}</p>
        }.into_any(),
        Verdict::Rejected { reason } => view! { <span class="badge bad">"Left out"</span><p class="small">{reason}</p> }.into_any(),
    };
    view! {
        <tr>
            <td class="number" data-label="Row">{row.row}</td>
            <th scope="row">{row.title}<p class="meta small"><span>{row.company}</span>{level.map(|level| view! { <span>{level}</span> })}</p></th>
            <td data-label="Place">{given(place)}</td>
            <td data-label="Pay">{given(row.salary)}</td>
            <td data-label="Skills" class="small">{given(row.skills.join(", "))}</td>
            <td class="number" data-label="Match">{row.score}</td>
            <td data-label="What happens">{verdict}</td>
        </tr>
    }
}

#[component]
fn Finished(import: ImportView) -> impl IntoView {
    view! {
        <section class="card accent stack">
            <h2>{count(import.done.unwrap_or_default(), "job")}" taken in from "{import.label}</h2>
            <p class="muted">{count(import.duplicates, "duplicate")}" and "{count(import.rejected, "bad row")}" were left out."</p>
            <div class="row">
                <a class="button primary" href="/jobs">"See what fits"</a>
                <a class="button" href="/skills">"See what is missing"</a>
                <a class="button quiet" href="/jobs/import">"Bring in more"</a>
            </div>
        </section>
    }
}

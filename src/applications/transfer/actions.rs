//! Reading, mapping, showing and carrying out imports of applications.

use super::{
    Column, PREVIEW_ROWS, Preview, PreviewRow, Report, TransferView, Verdict, Word,
    plan::{Planned, plan},
    reading::{self, Chosen, MOST_WORDS},
    row::Entry,
    store::{self, Kept, Transfer},
    write,
};
use crate::{
    applications::stages::{self, Stage},
    error::{Error, Result},
    ids::TransferId,
    jobs, profile,
    session::{self, Who},
    state::App,
};
use serde_json::json;
use sheets::{
    dates::Order,
    fields::{Field, PRESETS, Preset, guess_table},
};
use std::collections::BTreeMap;

/// Values of a column that are shown, and their length in characters.
const SAMPLES: usize = 3;
const SAMPLE: usize = 60;

/// Reads a table and keeps it for the person's word; what could not be read is kept as a problem.
pub async fn prepare(app: &App, who: &Who, label: String, bytes: Vec<u8>) -> Result<TransferId> {
    app.limits.heavy(who.user)?;
    app.limits.write(who.user)?;
    let stages = stages::store::list(&app.db, who.user).await?;
    let read = tokio::task::spawn_blocking(move || {
        sheets::read(&bytes).map(|table| {
            let preset = Preset::of(&table.header);
            let fields = guess_table(&table, preset);
            let columns = fields.into_iter().map(|field| field.map_or("", Field::as_str).to_owned()).collect();
            let kept = Kept::from(table);
            let preset = preset.map_or("", |preset| preset.key).to_owned();
            let mut chosen = Chosen { preset, columns, ..Chosen::default() };
            complete(&kept, &mut chosen, &stages);
            (kept, chosen)
        })
    });
    match read.await.map_err(Error::internal)? {
        Ok((kept, chosen)) => store::insert(app, who.user, &label, None, &kept, &chosen).await,
        Err(why) => store::insert(app, who.user, &label, Some(&why.0), &Kept::default(), &Chosen::default()).await,
    }
}

/// Guesses what was not chosen: the order of dates, and the stage of each word.
fn complete(kept: &Kept, chosen: &mut Chosen, stages: &[Stage]) {
    if Order::parse(&chosen.order).is_none() {
        chosen.order = reading::order(kept, chosen).map_or("", Order::as_str).to_owned();
    }
    for (word, _) in reading::words(kept, chosen).into_iter().take(MOST_WORDS) {
        let stage = reading::stage_of(&word, stages);
        chosen.words.entry(word).or_insert(stage);
    }
}

/// A transfer for its pages.
pub async fn view(app: &App, who: &Who, id: TransferId, with_preview: bool) -> Result<TransferView> {
    let transfer = store::get(app, who.user, id).await?;
    let stages = stages::store::list(&app.db, who.user).await?;
    let pair = |key: &str, name: &str| (key.to_owned(), name.to_owned());
    let Transfer { label, problem, kept, chosen, report, bundle } = transfer;
    let mut view = TransferView {
        id,
        label,
        problem,
        rows: number(kept.rows.len()),
        preset: chosen.preset.clone(),
        presets: PRESETS.iter().map(|preset| pair(preset.key, preset.label)).collect(),
        columns: columns(&kept, &chosen),
        columns_problem: chosen.problem.clone(),
        fields: Field::ALL.iter().map(|field| pair(field.as_str(), field.label())).collect(),
        order: chosen.order.clone(),
        orders: Order::ALL.iter().map(|order| pair(order.as_str(), order.label())).collect(),
        words: words(&kept, &chosen),
        stages: stages.iter().map(|stage| pair(&stage.key, &stage.name)).collect(),
        preview: None,
        report,
        bundle,
    };
    if with_preview && report.is_none() && !kept.rows.is_empty() {
        view.preview = Some(preview(plan(app, who.user, kept, chosen, stages).await?));
    }
    Ok(view)
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn columns(kept: &Kept, chosen: &Chosen) -> Vec<Column> {
    let samples = |at: usize| {
        let mut seen: Vec<String> = Vec::new();
        for cell in kept.rows.iter().filter_map(|row| row.cells.get(at)) {
            let cell: String =
                cell.replace(|c: char| c.is_control(), " ").split_whitespace().collect::<Vec<_>>().join(" ");
            let cell: String = cell.chars().take(SAMPLE).collect();
            if !cell.is_empty() && !seen.contains(&cell) {
                seen.push(cell);
            }
            if seen.len() == SAMPLES {
                break;
            }
        }
        seen
    };
    let all = kept.header.iter().enumerate();
    all.map(|(at, heading)| Column {
        heading: heading.clone(),
        samples: samples(at),
        field: chosen.columns.get(at).cloned().unwrap_or_default(),
    })
    .collect()
}

fn words(kept: &Kept, chosen: &Chosen) -> Vec<Word> {
    let all = reading::words(kept, chosen).into_iter().take(MOST_WORDS);
    all.map(|(word, count)| Word { stage: chosen.words.get(&word).cloned().unwrap_or_default(), word, count }).collect()
}

fn preview(mut planned: Vec<Planned>) -> Preview {
    let report = counted(&planned);
    planned.sort_by_key(|row| (matches!(row.verdict, Verdict::New), row.row));
    let rows = planned.into_iter().take(PREVIEW_ROWS).map(|row| PreviewRow {
        row: row.row,
        company: row.company,
        title: row.title,
        steps: row
            .entry
            .map(|entry| {
                let told = entry.steps.iter().map(|step| format!("{} {}", step.at.format("%Y-%m-%d"), step.stage.name));
                told.collect()
            })
            .unwrap_or_default(),
        verdict: row.verdict,
    });
    Preview { new: report.created, duplicates: report.duplicates, rejected: report.rejected, rows: rows.collect() }
}

fn counted(planned: &[Planned]) -> Report {
    let of = |is: fn(&Verdict) -> bool| number(planned.iter().filter(|row| is(&row.verdict)).count());
    Report {
        created: of(|verdict| matches!(verdict, Verdict::New)),
        duplicates: of(|verdict| matches!(verdict, Verdict::Duplicate { .. })),
        rejected: of(|verdict| matches!(verdict, Verdict::Rejected { .. })),
    }
}

/// What the mapping's form says.
pub struct Said {
    pub preset: String,
    pub order: String,
    pub columns: Vec<String>,
    pub words: Vec<String>,
    pub stages: Vec<String>,
}

/// Keeps what was said; goes on to the preview, or back to the mapping where there is something new to choose.
pub async fn map(app: &App, who: &Who, id: TransferId, said: Said) -> Result<String> {
    app.limits.write(who.user)?;
    let Transfer { kept, chosen: before, report, problem, .. } = store::get(app, who.user, id).await?;
    let here = format!("/applications/import?read={id}");
    if report.is_some() || problem.is_some() {
        return Ok(session::forward(here));
    }
    let stages = stages::store::list(&app.db, who.user).await?;
    let mut columns: Vec<String> = said.columns;
    columns.resize(kept.header.len(), String::new());
    let other = said.preset != before.preset;
    if other {
        // Another tracker's columns: guessed anew, whatever the form held.
        let preset = Preset::named(&said.preset);
        let rows = kept.rows.iter();
        let rows =
            rows.map(|row| sheets::Row { number: row.number, cells: row.cells.clone(), problem: None }).collect();
        let table = sheets::Table { kind: sheets::Kind::Delimited, header: kept.header.clone(), rows };
        let fields = guess_table(&table, preset);
        columns = fields.into_iter().map(|field| field.map_or("", Field::as_str).to_owned()).collect();
    } else if let Err(why) = check(&columns, &kept) {
        // Kept as it was chosen, so that a page without script shows it with what is wrong.
        let problem = why.fields().into_values().next();
        store::choose(app, who.user, id, &Chosen { columns, problem, ..before }).await?;
        return Err(why);
    }
    let preset = Preset::named(&said.preset).map_or("", |preset| preset.key).to_owned();
    let known: BTreeMap<String, String> = said
        .words
        .into_iter()
        .zip(said.stages)
        .take(MOST_WORDS)
        .filter(|(_, key)| key.is_empty() || stages.iter().any(|stage| stage.key == *key))
        .map(|(word, key)| (reading::word(&word.replace('\0', "")), key))
        .collect();
    let mut chosen = Chosen { preset, columns, order: said.order, words: known, problem: None };
    let asked = chosen.words.len();
    if chosen.columns != before.columns && reading::order(&kept, &before).is_none() {
        chosen.order = String::new();
    }
    complete(&kept, &mut chosen, &stages);
    if reading::words(&kept, &chosen).len() > MOST_WORDS {
        let words = "This column holds too many different words to be one of stages. Please choose another.";
        return Err(Error::invalid("columns", words));
    }
    store::choose(app, who.user, id, &chosen).await?;
    let new = other || chosen.words.len() > asked || (before.order.is_empty() && !chosen.order.is_empty());
    Ok(session::forward(if new { here } else { format!("{here}&step=check") }))
}

fn check(columns: &[String], kept: &Kept) -> Result<()> {
    let at = |field: Field| columns.iter().filter(|word| *word == field.as_str()).count();
    for field in [Field::Company, Field::Title] {
        if at(field) == 0 {
            let words = format!("Please say which column is “{}”: every application needs it.", field.label());
            return Err(Error::invalid("columns", words));
        }
    }
    for field in Field::ALL.iter().filter(|field| !field.is_text()) {
        if at(*field) > 1 {
            let names: Vec<&str> = kept
                .header
                .iter()
                .zip(columns)
                .filter(|(_, word)| *word == field.as_str())
                .map(|(name, _)| name.as_str())
                .collect();
            let words = format!("{} are both “{}”. Please leave one out.", names.join(" and "), field.label());
            return Err(Error::invalid("columns", words));
        }
    }
    Ok(())
}

/// Takes in the new rows of a transfer; a second time changes nothing.
pub async fn run(app: &App, who: &Who, id: TransferId) -> Result<String> {
    let transfer = store::get(app, who.user, id).await?;
    let page = format!("/applications/import?read={id}");
    if transfer.report.is_some() || transfer.problem.is_some() {
        return Ok(session::forward(page));
    }
    check(&transfer.chosen.columns, &transfer.kept)?;
    let version = profile::store::version(&app.db, who.user).await?;
    let stages = stages::store::list(&app.db, who.user).await?;
    let planned = plan(app, who.user, transfer.kept, transfer.chosen, stages).await?;
    let report = counted(&planned);
    let entries: Vec<Entry> =
        planned.into_iter().filter(|row| row.verdict == Verdict::New).filter_map(|row| row.entry).collect();
    let mut change = app.change(who.user).await?;
    let bundle = change.bundle;
    if !store::finish(&mut change.tx, who.user, id, report, bundle).await? {
        return Ok(session::forward(page));
    }
    if !entries.is_empty() {
        write::write(app, &mut change, entries).await?;
        if change.profile != version {
            // The profile was saved while the rows were read: their scores are of the one before.
            let now = profile::store::get_in(app, &mut change.tx, who.user).await?;
            jobs::actions::rescore(app, &mut change.tx, who.user, &now).await?;
        }
        let detail = json!({
            "created": report.created, "duplicates": report.duplicates, "rejected": report.rejected, "source": transfer.label,
        });
        // Both lists have something new.
        change.record("application.imported", None, detail);
        change.record("job.arrived", None, json!({}));
    }
    change.commit().await?;
    Ok(session::forward(page))
}

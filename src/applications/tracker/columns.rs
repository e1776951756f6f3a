//! The columns a table can have.

use super::TrackerQuery;
use crate::ui::*;
use leptos::prelude::*;
use leptos_router::components::Form;

/// A column beside the job's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Stage,
    Since,
    Applied,
    Score,
    Place,
    Source,
}

use Column::{Applied, Place, Score, Since, Source, Stage};

impl Column {
    const ALL: [Column; 6] = [Stage, Since, Applied, Score, Place, Source];
    const USUAL: [Column; 4] = [Stage, Since, Applied, Score];

    /// Its word in the address; sorting by it uses the same.
    pub fn key(self) -> &'static str {
        match self {
            Stage => "stage",
            Since => "since",
            Applied => "applied",
            Score => "score",
            Place => "place",
            Source => "source",
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Stage => "Stage",
            Since => "Since",
            Applied => "Applied",
            Score => "Match",
            Place => "Place",
            Source => "Source",
        }
    }

    /// Whether rows can be put in its order.
    pub fn sorts(self) -> bool {
        !matches!(self, Place | Source)
    }
}

/// The columns an address asks for; the usual ones when it names none that is known.
pub fn columns(query: &TrackerQuery) -> Vec<Column> {
    let named: Vec<Column> = Column::ALL
        .into_iter()
        .filter(|column| query.columns.split(',').any(|key| key.trim() == column.key()))
        .collect();
    if named.is_empty() { Column::USUAL.to_vec() } else { named }
}

/// What stands above the table: grouping and columns.
#[component]
pub fn Shape(query: TrackerQuery) -> impl IntoView {
    let chosen = columns(&query);
    let checks = Column::ALL
        .into_iter()
        .map(|column| {
            view! {
                <label class="menu-check">
                    <input type="checkbox" name="column" value=column.key() checked=chosen.contains(&column)/>
                    {column.label()}
                </label>
            }
        })
        .collect_view();
    let hidden = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value/> })
    };
    let number = |value: Option<u16>| value.map(|n| n.to_string()).unwrap_or_default();
    let groups = vec![("", "No groups"), ("stage", "By stage"), ("company", "By company"), ("source", "By source")];
    view! {
        <Form method="GET" action="/applications" attr:class="row tight shape">
            <input type="hidden" name="view" value="table"/>
            {hidden("q", query.q.clone())}
            {hidden("stage", query.stage.clone())}
            {hidden("source", query.source.clone())}
            {hidden("min_score", number(query.min_score.map(u16::from)))}
            {hidden("quiet", number(query.quiet))}
            {hidden("sort", query.sort.clone())}
            <Select name="group" label="Groups" hide_label=true value=query.group.clone() options=groups/>
            <details class="dropdown">
                <summary class="button small">"Columns"</summary>
                <div class="dropdown-panel stack tight">{checks}</div>
            </details>
            <button class="button small" type="submit">"Set"</button>
        </Form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_columns_are_left_out() {
        let of = |text: &str| columns(&TrackerQuery { columns: text.into(), ..TrackerQuery::default() });
        assert_eq!(of(""), Column::USUAL);
        assert_eq!(of("nonsense"), Column::USUAL);
        assert_eq!(of("source,stage,nonsense"), [Stage, Source]);
    }
}

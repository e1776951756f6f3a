//! The tracker's address: reading it, writing it, and the form that changes it.

use super::{Tracker, TrackerQuery};
use crate::ui::*;
use leptos::prelude::*;
use leptos_router::{components::Form, params::ParamsMap};

/// Where the tracker is.
pub const PLACE: &str = "/applications";

/// What an address asks for.
pub fn query_of(map: &ParamsMap) -> TrackerQuery {
    let text = |name: &str| map.get(name).unwrap_or_default();
    // The form of columns sends one field for each.
    let each = map.get_all("column").map(|all| all.join(",")).unwrap_or_default();
    TrackerQuery {
        view: text("view"),
        q: text("q"),
        stage: text("stage"),
        status: text("status"),
        source: text("source"),
        min_score: text("min_score").parse().ok(),
        quiet: text("quiet").parse().ok(),
        sort: text("sort"),
        group: text("group"),
        columns: if each.is_empty() { text("columns") } else { each },
        page: text("page").parse().ok(),
        show: text("show").parse().ok(),
    }
}

/// What follows the `?` of an address that asks for this; empty for the plain page.
pub fn search_of(query: &TrackerQuery) -> String {
    let mut map = ParamsMap::new();
    let number = |value: Option<u32>| value.map(|n| n.to_string()).unwrap_or_default();
    for (name, value) in [
        ("view", query.view.clone()),
        ("q", query.q.clone()),
        ("stage", query.stage.clone()),
        ("status", query.status.clone()),
        ("source", query.source.clone()),
        ("min_score", number(query.min_score.map(u32::from))),
        ("quiet", number(query.quiet.map(u32::from))),
        ("sort", query.sort.clone()),
        ("group", query.group.clone()),
        ("columns", query.columns.clone()),
        ("page", number(query.page.filter(|page| *page > 1))),
        ("show", number(query.show)),
    ] {
        if !value.is_empty() {
            map.insert(name.to_owned(), value);
        }
    }
    map.to_query_string().trim_start_matches('?').to_owned()
}

/// The address that asks for this.
pub fn href(query: &TrackerQuery) -> String {
    let search = search_of(query);
    if search.is_empty() { PLACE.to_owned() } else { [PLACE, "?", &search].concat() }
}

/// Search and filters.
#[component]
pub fn Filters(query: TrackerQuery, tracker: Tracker) -> impl IntoView {
    let any = |words: &str| (String::new(), words.to_owned());
    let stages: Vec<(String, String)> = std::iter::once(any("Any stage"))
        .chain(tracker.stages.iter().map(|counted| (counted.stage.key.clone(), counted.stage.name.clone())))
        .collect();
    let sources: Vec<(String, String)> = std::iter::once(any("Any source"))
        .chain(tracker.sources.iter().map(|name| (name.clone(), name.clone())))
        .collect();
    let scores =
        vec![("", "Any score"), ("50", "50 and up"), ("60", "60 and up"), ("70", "70 and up"), ("80", "80 and up")];
    let quiet = vec![
        ("", "Moved any time"),
        ("7", "Quiet for a week"),
        ("14", "Quiet for two weeks"),
        ("30", "Quiet for a month"),
    ];
    let number = |value: Option<u16>| value.map(|n| n.to_string()).unwrap_or_default();
    let (min, days) = (number(query.min_score.map(u16::from)), number(query.quiet));
    let hidden = |name: &'static str, value: &str| {
        (!value.is_empty()).then(|| view! { <input type="hidden" name=name value=value.to_owned()/> })
    };
    let bare = TrackerQuery {
        q: String::new(),
        stage: String::new(),
        source: String::new(),
        min_score: None,
        quiet: None,
        page: None,
        ..query.clone()
    };
    let clear = query.filters().then(|| view! { <a class="button quiet" href=href(&bare)>"Clear"</a> });
    view! {
        <Form method="GET" action=PLACE attr:class="toolbar" attr:role="search">
            {hidden("view", &query.view)}
            {hidden("status", &query.status)}
            {hidden("sort", &query.sort)}
            {hidden("group", &query.group)}
            {hidden("columns", &query.columns)}
            <Field name="q" label="Search applications" kind="search" placeholder="Title, company, place or skill" hide_label=true value=query.q.clone()/>
            <div class="filters">
                <Select name="stage" label="Stage" hide_label=true value=query.stage.clone() options=stages/>
                <Select name="quiet" label="Last moved" hide_label=true value=days options=quiet/>
                <Select name="min_score" label="Score" hide_label=true value=min options=scores/>
                <Select name="source" label="Source" hide_label=true value=query.source.clone() options=sources/>
            </div>
            <button class="button" type="submit"><Icon name=Icon::Search/>"Show"</button>
            {clear}
        </Form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_what_it_asks_for_agree() {
        let query = TrackerQuery {
            view: "table".into(),
            q: "data & more".into(),
            stage: "offer".into(),
            status: "offer".into(),
            min_score: Some(70),
            quiet: Some(14),
            sort: "-score".into(),
            group: "company".into(),
            columns: "stage,score".into(),
            page: Some(3),
            ..TrackerQuery::default()
        };
        let url = format!("http://example.org/?{}", search_of(&query));
        let mut map = ParamsMap::new();
        for (name, value) in url::Url::parse(&url).expect("an address").query_pairs() {
            map.insert(name.into_owned(), value.into_owned());
        }
        assert_eq!(query_of(&map), query);
        assert_eq!(href(&TrackerQuery::default()), PLACE);
    }
}

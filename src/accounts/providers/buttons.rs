//! The ways in through other services, on the signed-out pages.

use super::{offered, problem};
use crate::{browser, ui::*};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

/// One button for each provider that is set up, and what went wrong at one, if something did.
#[component]
pub fn ProviderButtons(
    /// The page to go to then.
    #[prop(optional, into)]
    next: String,
) -> impl IntoView {
    let offered = offered();
    let word = use_query_map().read_untracked().get("problem");
    let words = word.as_deref().and_then(problem);
    let zone = RwSignal::new(String::new());
    when_hydrated(move || zone.set(browser::time_zone()));
    let any = !offered.is_empty();
    let query = ParamsMap::from_iter([("next".to_owned(), next)]).to_query_string();
    let button = move |provider: super::Provider| {
        let to = ["/api/v1/auth/oauth/", provider.as_str(), "/login", &query, "&zone="].concat();
        view! { <a class="button wide" rel="external" href=move || [to.as_str(), &zone.get()].concat()>"Continue with "{provider.label()}</a> }
    };
    view! {
        {words.map(|words| view! { <div class="callout warn" role="alert"><Icon name=Icon::Warning/><div>{words}</div></div> })}
        {any.then(|| view! {
            <div class="stack tight">{offered.into_iter().map(button).collect_view()}</div>
            <p class="divider">"or with a password"</p>
        })}
    }
}

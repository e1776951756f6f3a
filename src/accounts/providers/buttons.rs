//! The ways in through other services, on the signed-out pages.

use super::{problem, providers};
use crate::{browser, ui::*, wire};
use leptos::prelude::*;
use leptos_router::{hooks::use_query_map, params::ParamsMap};

/// One button for each provider that is set up, and what went wrong at one, if something did.
#[component]
pub fn ProviderButtons(
    /// The page to go to then.
    #[prop(optional, into)]
    next: String,
) -> impl IntoView {
    let offered = wire::load(|| (), |()| providers());
    let word = use_query_map().read_untracked().get("problem");
    let words = word.as_deref().and_then(problem);
    let zone = RwSignal::new(String::new());
    Effect::new(move |_| zone.set(browser::time_zone()));
    let next = StoredValue::new(next);
    view! {
        {words.map(|words| view! { <div class="callout warn" role="alert"><Icon name=Icon::Warning/><div>{words}</div></div> })}
        <Suspense>
            {move || Suspend::new(async move {
                let offered = offered.await.unwrap_or_default();
                (!offered.is_empty()).then(|| view! {
                    <div class="stack tight">
                        {offered.into_iter().map(|provider| {
                            let href = move || {
                                let mut map = ParamsMap::new();
                                for (name, value) in [("next", next.get_value()), ("zone", zone.get())] {
                                    if !value.is_empty() {
                                        map.insert(name.to_owned(), value);
                                    }
                                }
                                ["/api/v1/auth/oauth/", provider.as_str(), "/login", &map.to_query_string()].concat()
                            };
                            view! { <a class="button wide" rel="external" href=href>"Continue with "{provider.label()}</a> }
                        }).collect_view()}
                    </div>
                    <p class="divider">"or with a password"</p>
                })
            })}
        </Suspense>
    }
}

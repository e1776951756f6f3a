//! Light, dark, or as the device says.

use super::{Icon, when_hydrated};
use leptos::prelude::*;

/// Goes into the head, before the style sheet, in a script with the page's nonce. It applies the choice kept on this device
/// as `data-theme` on the root, marks the root with `data-js`, and listens to every [`ThemeToggle`]. Its second part keeps
/// the focus on the page when the page is drawn anew.
pub const THEME_SCRIPT: &str = concat!(include_str!("theme.js"), include_str!("focus.js"));

/// Three radio buttons; [`THEME_SCRIPT`] does the work, so that it works before hydration.
#[component]
pub fn ThemeToggle(
    /// The group's name; two on one page need two names.
    #[prop(default = "theme")]
    name: &'static str,
) -> impl IntoView {
    let chosen = RwSignal::new("auto".to_owned());
    when_hydrated(move || {
        let theme = document().document_element().and_then(|root| root.get_attribute("data-theme"));
        if let Some(theme) = theme {
            chosen.set(theme);
        }
    });
    let choice = move |value: &'static str, label: &'static str, icon: Icon| {
        view! {
            <label class="segment" title=label>
                <input
                    type="radio"
                    name=name
                    value=value
                    checked=value == "auto"
                    prop:checked=move || chosen.with(|chosen| chosen == value)
                    on:change=move |_| chosen.set(value.to_owned())
                />
                <span>
                    <Icon name=icon/>
                    <span class="visually-hidden">{label}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="theme-toggle segmented js-only">
            <legend class="visually-hidden">"Colors"</legend>
            {choice("auto", "As the device", Icon::Auto)} {choice("light", "Light", Icon::Sun)}
            {choice("dark", "Dark", Icon::Moon)}
        </fieldset>
    }
}

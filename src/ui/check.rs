//! Yes or no.

use super::{
    flash,
    wiring::{FieldErrors, Wiring},
};
use leptos::prelude::*;

/// A checkbox or a switch. A form leaves it out while it is off, so the server function's argument needs `#[server(default)]`.
#[component]
pub fn Check(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    #[prop(default = "true".to_owned(), into)] value: String,
    #[prop(optional, into)] help: String,
    /// Looks and is announced as a switch: for what takes effect at once.
    #[prop(optional)]
    switch: bool,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] on_change: Option<Callback<bool>>,
    #[prop(optional, into)] errors: FieldErrors,
) -> impl IntoView {
    let field = Wiring::new(name, id, String::new(), help, errors);
    let touched = field.touched;
    // A form that comes back says which boxes were on by leaving the others out.
    let before = flash::current().fields;
    let checked = if before.is_empty() { checked } else { before.get(name) == Some(&value) };
    view! {
        <div class="field">
            <label class="check">
                <input
                    id=field.id.clone()
                    type="checkbox"
                    class:switch=switch
                    role=switch.then_some("switch")
                    name=name
                    value=value
                    checked=checked
                    aria-describedby=field.described_by.clone()
                    aria-invalid=field.invalid()
                    on:change=move |ev| {
                        touched.set(true);
                        if let Some(tell) = on_change {
                            tell.run(event_target_checked(&ev));
                        }
                    }
                />
                <span>{label}</span>
            </label>
            {field.notes()}
        </div>
    }
}

//! One text with suggestions.

use super::{
    typeahead::{Suggest, Suggestion, Typeahead},
    wiring::{FieldErrors, Wiring, given, label as label_for},
};
use leptos::{html, prelude::*};

/// An input with a type-ahead; free text is as good as a suggestion. Without script it is a plain text input.
#[component]
pub fn Combobox(
    name: &'static str,
    #[prop(into)] label: String,
    suggest: Suggest,
    #[prop(optional, into)] value: String,
    /// Told what was picked; with `clear_on_pick` also free text, on Enter.
    #[prop(optional, into)]
    on_pick: Option<Callback<Suggestion>>,
    /// For adding to a list: the input empties itself and Enter adds.
    #[prop(optional)]
    clear_on_pick: bool,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] errors: FieldErrors,
) -> impl IntoView {
    let field = Wiring::new(name, id, value, help, errors);
    let touched = field.touched;
    let ahead = Typeahead::new(&field.id, Some(suggest));
    let input = NodeRef::<html::Input>::new();
    let pick = Callback::new(move |picked: Suggestion| {
        if let Some(input) = input.get_untracked() {
            input.set_value(if clear_on_pick { "" } else { &picked.value });
        }
        if let Some(tell) = on_pick {
            tell.run(picked);
        }
    });
    view! {
        <div class="field">
            {label_for(&field.id, label.clone(), required, false)}
            <div class="combo">
                <input
                    id=field.id.clone()
                    class="input"
                    type="text"
                    name=name
                    value=given(field.value.clone())
                    placeholder=given(placeholder)
                    required=required
                    autocomplete="off"
                    role="combobox"
                    aria-autocomplete="list"
                    aria-controls=ahead.list_id()
                    aria-expanded=move || ahead.expanded()
                    aria-activedescendant=move || ahead.active_id()
                    aria-describedby=field.described_by.clone()
                    aria-invalid=field.invalid()
                    node_ref=input
                    on:input:target=move |ev| {
                        touched.set(true);
                        ahead.look(ev.target().value());
                    }
                    on:keydown:target=move |ev| {
                        if let Some(picked) = ahead.key(&ev) {
                            pick.run(picked);
                        } else if clear_on_pick && ev.key() == "Enter" && !ev.is_composing() && !ev.default_prevented() {
                            let typed = ev.target().value();
                            if !typed.trim().is_empty() {
                                ev.prevent_default();
                                ahead.close();
                                pick.run(Suggestion::free(typed.trim()));
                            }
                        }
                    }
                    on:blur=move |_| ahead.close()
                />
                {ahead.list(label, pick)}
            </div>
            {field.notes()}
        </div>
    }
}

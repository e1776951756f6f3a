//! Choosing a file, by button or by dropping it.

use super::{
    Icon,
    wiring::{FieldErrors, Wiring, given, label as label_for},
};
use leptos::{prelude::*, web_sys::HtmlInputElement};

/// A file input as large as its drop zone; browsers let files fall onto the input itself, so it needs no script.
#[component]
pub fn FileField(
    name: &'static str,
    #[prop(into)] label: String,
    /// As the attribute: `.csv,.json`.
    #[prop(optional, into)]
    accept: String,
    #[prop(optional)] multiple: bool,
    #[prop(optional, into)] help: String,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] on_pick: Option<Callback<HtmlInputElement>>,
    #[prop(optional, into)] errors: FieldErrors,
) -> impl IntoView {
    let field = Wiring::new(name, id, String::new(), help, errors);
    let touched = field.touched;
    let chosen = RwSignal::new(String::new());
    let hint = if multiple { "Drop files here, or choose" } else { "Drop a file here, or choose" };
    view! {
        <div class="field">
            {label_for(&field.id, label, required, false)}
            <div class="drop">
                <input
                    id=field.id.clone()
                    type="file"
                    name=name
                    accept=given(accept)
                    multiple=multiple
                    required=required
                    aria-describedby=field.described_by.clone()
                    aria-invalid=field.invalid()
                    on:change:target=move |ev| {
                        touched.set(true);
                        let input = ev.target();
                        chosen.set(file_name(&input.value()));
                        if let Some(tell) = on_pick {
                            tell.run(input);
                        }
                    }
                />
                <Icon name=Icon::Upload/>
                <span>{move || chosen.with(|name| if name.is_empty() { hint.to_owned() } else { name.clone() })}</span>
            </div>
            {field.notes()}
        </div>
    }
}

/// Browsers put an invented folder before the name.
fn file_name(path: &str) -> String {
    path.rsplit(['\\', '/']).next().unwrap_or_default().to_owned()
}

//! Text inputs, one line and many.

use super::wiring::{FieldErrors, Wiring, given, label as label_for};
use leptos::prelude::*;

/// One line of input with its label, help and error. Uncontrolled: what is typed stays when an error comes back.
#[component]
pub fn Field(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional)] required: bool,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional)] inputmode: &'static str,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional, into)] min: String,
    #[prop(optional, into)] max: String,
    #[prop(optional, into)] step: String,
    /// The id of a `<datalist>`.
    #[prop(optional)]
    list: &'static str,
    #[prop(optional)] autofocus: bool,
    #[prop(optional)] hide_label: bool,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] errors: FieldErrors,
) -> impl IntoView {
    let field = Wiring::new(name, id, value, help, errors);
    let touched = field.touched;
    // A password never goes back into the page.
    let value = if kind == "password" { None } else { given(field.value.clone()) };
    view! {
        <div class="field">
            {label_for(&field.id, label, required, hide_label)}
            <input
                id=field.id.clone()
                class="input"
                name=name
                type=kind
                value=value
                placeholder=given(placeholder)
                required=required
                autocomplete=given(autocomplete)
                inputmode=given(inputmode)
                maxlength=maxlength.map(|n| n.to_string())
                min=given(min)
                max=given(max)
                step=given(step)
                list=given(list)
                autofocus=autofocus
                aria-describedby=field.described_by.clone()
                aria-invalid=field.invalid()
                on:input=move |_| touched.set(true)
            />
            {field.notes()}
        </div>
    }
}

/// Many lines of input.
#[component]
pub fn TextArea(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(default = 4)] rows: u32,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional)] required: bool,
    #[prop(optional)] maxlength: Option<u32>,
    #[prop(optional)] hide_label: bool,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] errors: FieldErrors,
) -> impl IntoView {
    let field = Wiring::new(name, id, value, help, errors);
    let touched = field.touched;
    view! {
        <div class="field">
            {label_for(&field.id, label, required, hide_label)}
            <textarea
                id=field.id.clone()
                class="input"
                name=name
                rows=rows.to_string()
                placeholder=given(placeholder)
                required=required
                maxlength=maxlength.map(|n| n.to_string())
                aria-describedby=field.described_by.clone()
                aria-invalid=field.invalid()
                on:input=move |_| touched.set(true)
                inner_html=area_text(&field.value)
            ></textarea>
            {field.notes()}
        </div>
    }
}

/// The inside of a `<textarea>`. The framework would neither escape a child here nor leave an empty one out, and the parser
/// drops a first newline.
fn area_text(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    if escaped.starts_with(['\n', '\r']) { ["\n", &escaped].concat() } else { escaped }
}

#[cfg(test)]
mod tests {
    use super::area_text;

    #[test]
    fn text_cannot_leave_its_textarea() {
        assert_eq!(area_text("</textarea><b>&lt;"), "&lt;/textarea>&lt;b>&amp;lt;");
        assert_eq!(area_text("\nsecond"), "\n\nsecond");
        assert_eq!(area_text(""), "");
    }
}

//! What all form fields have in common: ids, the first value, and the sentence that says what is wrong.

use super::{Icon, flash};
use crate::error::Error;
use leptos::{html, prelude::*, server_fn::ServerFn};
use std::collections::BTreeMap;

/// Field name to what is wrong with it; `""` is the form as a whole, an address the page that helps.
pub type FieldErrors = Signal<BTreeMap<String, String>>;

/// The errors of a form's last answer: those of its fields, or one for the whole form.
pub fn action_errors<S>(action: ServerAction<S>) -> FieldErrors
where
    S: ServerFn<Error = Error> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
    S::Error: Send + Sync + 'static,
{
    let answer = action.value();
    Signal::derive(move || {
        answer.with(|answer| match answer {
            Some(Err(error)) => match error.fields() {
                fields if fields.is_empty() => BTreeMap::from([(String::new(), error.to_string())]),
                fields => fields,
            },
            _ => BTreeMap::new(),
        })
    })
}

/// One field's share of its form.
#[derive(Clone)]
pub(super) struct Wiring {
    pub id: String,
    pub value: String,
    /// Ids of the help and error texts, for `aria-describedby`.
    pub described_by: String,
    pub error: Signal<String>,
    help: String,
    /// Set when the person types: an error from before hydration is then out of date.
    pub touched: RwSignal<bool>,
}

impl Wiring {
    pub fn new(name: &str, id: Option<String>, value: String, help: String, errors: FieldErrors) -> Self {
        let id = id.unwrap_or_else(|| ["f-", name].concat());
        let flash = flash::current();
        let value = flash.fields.get(name).cloned().unwrap_or(value);
        let mut described_by = [&id, "-error"].concat();
        if !help.is_empty() {
            described_by = [&id, "-help ", &described_by].concat();
        }
        let touched = RwSignal::new(false);
        let before = flash.errors.get(name).cloned().unwrap_or_default();
        let name = name.to_owned();
        let error = Signal::derive(move || {
            let said = errors.with(|all| if all.is_empty() { None } else { Some(all.get(&name).cloned()) });
            match said {
                Some(now) => now.unwrap_or_default(),
                None if touched.get() => String::new(),
                None => before.clone(),
            }
        });
        Self { id, value, described_by, error, help, touched }
    }

    /// `aria-invalid`, absent while all is well.
    pub fn invalid(&self) -> impl Fn() -> Option<&'static str> + Clone + Send + Sync + 'static {
        let error = self.error;
        move || error.with(|text| !text.is_empty()).then_some("true")
    }

    /// The help text and the error text that stand below a control. The error's element is always there, so that both sides
    /// agree on the page and a screen reader hears it change.
    pub fn notes(&self) -> AnyView {
        let error = self.error;
        let help = (!self.help.is_empty())
            .then(|| view! { <p class="field-help" id=[&self.id, "-help"].concat()>{self.help.clone()}</p> });
        view! {
            {help}
            <p
                class="field-error"
                id=[&self.id, "-error"].concat()
                aria-live="polite"
                hidden=move || error.with(String::is_empty)
            >
                {move || error.get()}
            </p>
        }
        .into_any()
    }
}

/// A label; a required field is marked by a dot (the control itself carries `required`).
pub(super) fn label(id: &str, text: String, required: bool, hidden: bool) -> AnyView {
    let class = if hidden { "visually-hidden" } else { "field-label" };
    view! {
        <label class=class for=id.to_owned()>
            {text}
            {required.then(|| view! { <span class="required" aria-hidden="true"></span> })}
        </label>
    }
    .into_any()
}

/// An attribute that is left out while its text is empty.
pub(super) fn given(text: impl Into<String>) -> Option<String> {
    Some(text.into()).filter(|text| !text.is_empty())
}

/// The page that helps with a form's error, and what it is called.
fn helps(errors: &BTreeMap<String, String>) -> Option<(String, String)> {
    errors.iter().find(|(name, _)| name.starts_with('/')).map(|(page, words)| (page.clone(), words.clone()))
}

/// The sentence about the form as a whole, and the way to the first field that needs another look.
#[component]
pub fn FormError(
    errors: FieldErrors,
    /// Whether the focus goes to the first invalid field when errors arrive.
    #[prop(default = true)]
    focus: bool,
) -> impl IntoView {
    let flash = flash::current();
    let before = flash.errors.get("").cloned().unwrap_or_default();
    let text = Signal::derive(move || {
        errors.with(|all| if all.is_empty() { before.clone() } else { all.get("").cloned().unwrap_or_default() })
    });
    let helps_before = helps(&flash.errors);
    let help =
        Signal::derive(move || errors.with(|all| if all.is_empty() { helps_before.clone() } else { helps(all) }));
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if !focus || errors.with(BTreeMap::is_empty) {
            return;
        }
        // The fields mark themselves in the same turn; look for them in the next one.
        request_animation_frame(move || {
            let form = place.get_untracked().and_then(|at| at.closest("form").ok().flatten());
            if let Some(first) = form.and_then(|form| form.query_selector("[aria-invalid=true]").ok().flatten()) {
                use leptos::wasm_bindgen::JsCast;
                _ = first.dyn_into::<leptos::web_sys::HtmlElement>().map(|field| field.focus());
            }
        });
    });
    view! {
        <div class="form-error" role="alert" node_ref=place hidden=move || text.with(String::is_empty)>
            <Icon name=Icon::Warning/>
            <p>
                {move || text.get()}
                // Elsewhere, so that nothing typed here is lost.
                {move || help.get().map(|(page, words)| view! { " "<a href=page target="_blank">{words}</a> })}
            </p>
        </div>
    }
}

//! One of several: a select and a segmented group of radio buttons.

use super::wiring::{FieldErrors, Wiring, label as label_for};
use leptos::prelude::*;
use std::borrow::Cow;

/// What can be chosen: value and label of each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options(Vec<(Cow<'static, str>, Cow<'static, str>)>);

impl<V: Into<Cow<'static, str>>, L: Into<Cow<'static, str>>> From<Vec<(V, L)>> for Options {
    fn from(pairs: Vec<(V, L)>) -> Self {
        Self(pairs.into_iter().map(|(value, label)| (value.into(), label.into())).collect())
    }
}

/// A native select.
#[component]
pub fn Select(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(into)] options: Options,
    #[prop(optional, into)] help: String,
    #[prop(optional)] required: bool,
    #[prop(optional)] hide_label: bool,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
    #[prop(optional, into)] errors: FieldErrors,
) -> impl IntoView {
    let field = Wiring::new(name, id, value, help, errors);
    let touched = field.touched;
    let chosen = field.value.clone();
    let options: Vec<_> = options
        .0
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value.into_owned() selected=selected>{label.into_owned()}</option> }
        })
        .collect();
    view! {
        <div class="field">
            {label_for(&field.id, label, required, hide_label)}
            <select
                id=field.id.clone()
                class="input select"
                name=name
                required=required
                aria-describedby=field.described_by.clone()
                aria-invalid=field.invalid()
                on:change=move |ev| {
                    touched.set(true);
                    if let Some(tell) = on_change {
                        tell.run(event_target_value(&ev));
                    }
                }
            >
                {options}
            </select>
            {field.notes()}
        </div>
    }
}

/// A few choices side by side, all in sight.
#[component]
pub fn Choices(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] value: String,
    #[prop(into)] options: Options,
    #[prop(optional, into)] help: String,
    #[prop(optional)] required: bool,
    #[prop(optional)] hide_label: bool,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
    #[prop(optional, into)] errors: FieldErrors,
) -> impl IntoView {
    let field = Wiring::new(name, id, value, help, errors);
    let touched = field.touched;
    let chosen = field.value.clone();
    let options: Vec<_> = options
        .0
        .into_iter()
        .map(|(value, label)| {
            let checked = value == chosen;
            view! {
                <label class="segment">
                    <input
                        type="radio"
                        name=name
                        value=value.into_owned()
                        checked=checked
                        required=required
                        on:change=move |ev| {
                            touched.set(true);
                            if let Some(tell) = on_change {
                                tell.run(event_target_value(&ev));
                            }
                        }
                    />
                    <span>{label.into_owned()}</span>
                </label>
            }
        })
        .collect();
    let legend = if hide_label { "visually-hidden" } else { "field-label" };
    view! {
        <fieldset
            class="field"
            id=field.id.clone()
            role="radiogroup"
            aria-describedby=field.described_by.clone()
            aria-invalid=field.invalid()
        >
            <legend class=legend>{label}</legend>
            <div class="segmented">{options}</div>
            {field.notes()}
        </fieldset>
    }
}

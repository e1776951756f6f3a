//! A list of short texts as chips: skills, places, titles.

use super::{
    Icon,
    typeahead::{Suggest, Suggestion, Typeahead},
    wiring::{FieldErrors, Wiring, given, label as label_for},
};
use leptos::{html, prelude::*};

/// The values of a [`TagInput`]: one a line, or (typed before hydration) divided by commas or semicolons. Trimmed, without
/// empty ones and repetitions (ignoring case), in their order.
pub fn split_tags(text: &str) -> Vec<String> {
    if text.contains('\n') { unique(text.lines()) } else { unique(text.split([',', ';'])) }
}

/// As [`split_tags`] for values that hold commas themselves, such as places: lines or semicolons divide.
pub fn split_lines(text: &str) -> Vec<String> {
    if text.contains('\n') { unique(text.lines()) } else { unique(text.split(';')) }
}

fn unique<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        if !holds(&all, part) {
            all.push(part.to_owned());
        }
    }
    all
}

fn holds(all: &[String], text: &str) -> bool {
    let text = text.to_lowercase();
    all.iter().any(|other| other.to_lowercase() == text)
}

/// Chips with a type-ahead. Enter, a comma or leaving the field adds what was typed, Backspace in the empty input takes the
/// last one away. Without script it is one plain input. Sends one field; read it with [`split_tags`] or [`split_lines`].
#[component]
pub fn TagInput(
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional)] values: Vec<String>,
    #[prop(optional, into)] suggest: Option<Suggest>,
    /// At most so many; with 1 a new value takes the place of the old one.
    #[prop(default = usize::MAX)]
    max: usize,
    /// Whether a comma divides. Say false where values hold commas, and read them with [`split_lines`].
    #[prop(default = true)]
    commas: bool,
    #[prop(optional, into)] help: String,
    #[prop(optional, into)] placeholder: String,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional, into)] on_change: Option<Callback<Vec<String>>>,
    #[prop(optional, into)] errors: FieldErrors,
) -> impl IntoView {
    let split = if commas { split_tags } else { split_lines };
    let joined = values.join(if commas { ", " } else { "; " });
    let field = Wiring::new(name, id, joined, help, errors);
    let touched = field.touched;
    let ahead = Typeahead::new(&field.id, suggest);
    let input = NodeRef::<html::Input>::new();
    // Empty until hydration, when the chips take over from the plain text.
    let chips = RwSignal::new(Vec::<String>::new());
    let live = RwSignal::new(false);

    let tell = move || {
        touched.set(true);
        if let Some(tell) = on_change {
            tell.run(chips.get_untracked());
        }
    };
    let add = move |text: &str| {
        let text = text.trim();
        if text.is_empty() || chips.with_untracked(|all| holds(all, text)) {
            return;
        }
        if chips.with_untracked(Vec::len) >= max {
            if max > 1 {
                return ahead.say(["At most ", &max.to_string()].concat());
            }
            chips.update(Vec::clear);
        }
        chips.update(|all| all.push(text.to_owned()));
        ahead.say([text, " added"].concat());
        tell();
    };
    let remove = move |text: &str| {
        chips.update(|all| all.retain(|other| other != text));
        ahead.say([text, " removed"].concat());
        tell();
    };
    let clear = move || {
        if let Some(input) = input.get_untracked() {
            input.set_value("");
        }
    };

    let start = field.value.clone();
    Effect::new(move || {
        let Some(input) = input.get() else { return };
        if live.get_untracked() {
            return;
        }
        // Whatever was typed before hydration counts.
        let typed = input.value();
        chips.set(if typed == start && !values.is_empty() { values.clone() } else { split(&typed) });
        input.set_value("");
        live.set(true);
    });

    let pick = Callback::new(move |picked: Suggestion| {
        clear();
        add(&picked.value);
    });
    let chip = move |text: String| {
        let gone = text.clone();
        view! {
            <li class="chip">
                {text.clone()}
                <button
                    type="button"
                    class="chip-remove"
                    aria-label=["Remove ", &text].concat()
                    on:click=move |_| {
                        remove(&gone);
                        if let Some(input) = input.get_untracked() {
                            _ = input.focus();
                        }
                    }
                >
                    <Icon name=Icon::Close/>
                </button>
            </li>
        }
    };
    view! {
        <div class="field">
            {label_for(&field.id, label.clone(), required, false)}
            <div class="combo">
                <div class="tag-input input">
                    <ul class="chips" aria-label=label.clone() hidden=move || chips.with(Vec::is_empty)>
                        <For each=move || chips.get() key=String::clone let:text>
                            {chip(text)}
                        </For>
                    </ul>
                    <input
                        id=field.id.clone()
                        type="text"
                        name=move || (!live.get()).then_some(name)
                        value=given(field.value.clone())
                        placeholder=given(placeholder)
                        required=move || required && chips.with(Vec::is_empty)
                        autocomplete="off"
                        role=ahead.list_id().map(|_| "combobox")
                        aria-autocomplete=ahead.list_id().map(|_| "list")
                        aria-controls=ahead.list_id()
                        aria-expanded=move || ahead.list_id().map(|_| ahead.expanded())
                        aria-activedescendant=move || ahead.active_id()
                        aria-describedby=field.described_by.clone()
                        aria-invalid=field.invalid()
                        node_ref=input
                        on:input:target=move |ev| {
                            let mut text = ev.target().value();
                            let marks: &[char] = if commas { &[',', ';'] } else { &[';'] };
                            if let Some(at) = text.rfind(marks) {
                                split(&text[..at]).iter().for_each(|part| add(part));
                                text = text[at + 1..].trim_start().to_owned();
                                ev.target().set_value(&text);
                            }
                            ahead.look(text);
                        }
                        on:keydown:target=move |ev| {
                            if let Some(picked) = ahead.key(&ev) {
                                return pick.run(picked);
                            }
                            let typed = ev.target().value();
                            if ev.key() == "Enter" && !ev.is_composing() && !typed.trim().is_empty() {
                                ev.prevent_default();
                                ahead.close();
                                clear();
                                add(&typed);
                            } else if ev.key() == "Backspace"
                                && typed.is_empty()
                                && let Some(last) = chips.with_untracked(|all| all.last().cloned())
                            {
                                remove(&last);
                            }
                        }
                        on:blur=move |_| {
                            ahead.close();
                            // Nothing typed is lost when the form is sent by its button.
                            if let Some(typed) = input.get_untracked().map(|input| input.value()) {
                                clear();
                                add(&typed);
                            }
                        }
                    />
                </div>
                {ahead.list(label, pick)}
                <input
                    type="hidden"
                    name=move || live.get().then_some(name)
                    value=move || chips.with(|all| all.iter().flat_map(|text| [text.as_str(), "\n"]).collect::<String>())
                />
            </div>
            {field.notes()}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_divided_by_lines_or_commas() {
        assert_eq!(split_tags("Rust, SQL;  rust ,,Go"), ["Rust", "SQL", "Go"]);
        assert_eq!(split_tags("Berlin, Germany\r\nParis\r\n"), ["Berlin, Germany", "Paris"]);
        assert_eq!(split_lines("Berlin, Germany; Paris, France"), ["Berlin, Germany", "Paris, France"]);
        assert_eq!(split_lines(" \n"), Vec::<String>::new());
    }
}

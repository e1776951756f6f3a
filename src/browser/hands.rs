use leptos::prelude::{document, event_target, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};

fn first(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Whether a key goes into a field, or to a window over the page.
pub fn is_typing(ev: &Event) -> bool {
    let fields = "input, textarea, select, [contenteditable], dialog";
    let target: Option<Element> = ev.target().and_then(|target| target.dyn_into().ok());
    target.is_some_and(|target| target.closest(fields).ok().flatten().is_some()) || first("dialog[open]").is_some()
}

/// Whether an event happened on the element with this id itself, and not on something inside of it.
pub fn is_at(ev: &Event, id: &str) -> bool {
    event_target::<Element>(ev).id() == id
}

/// What is kept on this device under a name; empty when there is nothing, or the browser keeps nothing.
pub fn kept(name: &str) -> String {
    let storage = window().local_storage().ok().flatten();
    storage.and_then(|storage| storage.get_item(name).ok().flatten()).unwrap_or_default()
}

/// Keeps a text on this device.
pub fn keep(name: &str, text: &str) {
    if let Some(storage) = window().local_storage().ok().flatten() {
        // A full or refused storage keeps nothing; nothing depends on it.
        let _ = storage.set_item(name, text);
    }
}

/// Keeps it no longer.
pub fn forget(name: &str) {
    if let Some(storage) = window().local_storage().ok().flatten() {
        // As above.
        let _ = storage.remove_item(name);
    }
}

/// Presses every element that matches.
pub fn press(selector: &str) {
    let Ok(all) = document().query_selector_all(selector) else { return };
    for element in (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}

/// Sends a form, as its button would.
pub fn submit(selector: &str) {
    if let Some(form) = first(selector).and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        // A form that is not there any more is not sent.
        let _ = form.request_submit();
    }
}

/// Empties a form.
pub fn reset(id: &str) {
    if let Some(form) = document().get_element_by_id(id).and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
        form.reset();
    }
}

/// Moves the focus to the first element that matches and selects what is in it; false when there is none.
pub fn focus_on(selector: &str) -> bool {
    let Some(element) = first(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.select();
    }
    element.focus().is_ok()
}

/// Moves the focus from one of these elements to the next or the previous; to the first where none has it.
pub fn step(selector: &str, on: bool) {
    let Ok(all) = document().query_selector_all(selector) else { return };
    let focused = document().active_element();
    let at = (0..all.length()).find(|at| all.get(*at).as_ref() == focused.as_deref());
    let next = match at {
        None => Some(0),
        Some(at) if on => at.checked_add(1),
        Some(at) => at.checked_sub(1),
    };
    if let Some(next) = next.and_then(|next| all.get(next)).and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        // What cannot be focused is left.
        let _ = next.focus();
    }
}

/// Scrolls a list so that the element with this id is in sight.
pub fn reveal(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Opens an address in another tab.
pub fn open_tab(address: &str) {
    // A browser may refuse; the person has its own ways.
    let _ = window().open_with_url_and_target_and_features(address, "_blank", "noopener");
}

/// Whether the page is shown in dark colors.
pub fn is_dark() -> bool {
    let chosen = document().document_element().and_then(|root| root.get_attribute("data-theme"));
    match chosen.as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches()),
    }
}

/// What stands in the field with this id.
pub fn value_of(id: &str) -> String {
    let Some(field) = document().get_element_by_id(id) else { return String::new() };
    match field.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(other) => other.dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default(),
    }
}

/// Puts a text into the input with this id.
pub fn set_value(id: &str, text: &str) {
    let field = document().get_element_by_id(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = field {
        input.set_value(text);
    }
}

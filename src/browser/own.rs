use leptos::prelude::{document, set_timeout, window};
use std::{
    future::poll_fn,
    sync::{Arc, Mutex},
    task::{Poll, Waker},
};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

/// The browser's IANA time zone, such as `Europe/Berlin`; empty when it does not say.
pub fn time_zone() -> String {
    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    js_sys::Reflect::get(&options, &JsValue::from_str("timeZone"))
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_default()
}

/// Empties the inputs inside an element; what a form keeps after it was sent is not always wanted there any longer.
pub fn empty_fields(element: &web_sys::Element) {
    let inputs = element.get_elements_by_tag_name("input");
    for at in 0..inputs.length() {
        if let Some(input) = inputs.item(at).and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            input.set_value("");
        }
    }
}

/// Empties the forms in the `<details>` with this id, back to what they began with, and folds it.
pub fn fold(id: &str) {
    let Some(details) = document().get_element_by_id(id) else { return };
    let forms = details.get_elements_by_tag_name("form");
    for at in 0..forms.length() {
        if let Some(form) = forms.item(at).and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok()) {
            form.reset();
        }
    }
    // An attribute that is not there is removed as well.
    let _ = details.remove_attribute("open");
}

/// Selects an input's text and copies it; answers whether that worked. The newer way would need TLS.
pub fn copy(input: &web_sys::HtmlInputElement) -> bool {
    input.select();
    document().unchecked_into::<web_sys::HtmlDocument>().exec_command("copy").unwrap_or(false)
}

/// What the page's head says under this name; empty when it says nothing.
pub fn meta(name: &str) -> String {
    let found = document().query_selector(&["meta[name=", name, "]"].concat()).ok().flatten();
    found.and_then(|meta| meta.get_attribute("content")).unwrap_or_default()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = PublicKeyCredential, js_name = parseCreationOptionsFromJSON, catch)]
    fn creation_options(json: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = PublicKeyCredential, js_name = parseRequestOptionsFromJSON, catch)]
    fn request_options(json: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["navigator", "credentials"], js_name = create, catch)]
    async fn create_credential(options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["navigator", "credentials"], js_name = get, catch)]
    async fn get_credential(options: &JsValue) -> Result<JsValue, JsValue>;
}

/// Has the browser make a passkey by these options; answers with its JSON, or with what to tell the person.
pub async fn make_passkey(options: &str) -> Result<String, String> {
    let options = prepared(options, creation_options)?;
    answered(create_credential(&options).await)
}

/// Has the browser ask for a passkey by these options; answers with its JSON, or with what to tell the person.
pub async fn use_passkey(options: &str) -> Result<String, String> {
    let options = prepared(options, request_options)?;
    answered(get_credential(&options).await)
}

/// `{ publicKey: … }` as the browser wants it.
fn prepared(options: &str, parse: impl Fn(&JsValue) -> Result<JsValue, JsValue>) -> Result<JsValue, String> {
    let whole = js_sys::Object::new();
    js_sys::JSON::parse(options)
        .and_then(|options| parse(&options))
        .and_then(|key| js_sys::Reflect::set(&whole, &JsValue::from_str("publicKey"), &key))
        .map(|_| whole.into())
        .map_err(|_| "This browser cannot use passkeys here.".to_owned())
}

/// What the browser answered, as JSON. It does not say whether the person declined or there was nothing to choose.
fn answered(credential: Result<JsValue, JsValue>) -> Result<String, String> {
    let text = credential.and_then(|credential| js_sys::JSON::stringify(&credential));
    text.map(String::from).map_err(|error| {
        let name = js_sys::Reflect::get(&error, &JsValue::from_str("name")).ok().and_then(|name| name.as_string());
        match name.as_deref() {
            Some("InvalidStateError") => "This device has a passkey for your account already.".to_owned(),
            _ => "No passkey was used: it was cancelled, or there is none that fits.".to_owned(),
        }
    })
}

/// Loads another page from the server.
pub fn go(address: &str) {
    // Leaving a page cannot fail while there is one.
    let _ = window().location().set_href(address);
}

/// What is dragged carries a text: some browsers drag nothing without.
pub fn carry(ev: &web_sys::DragEvent, text: &str) {
    if let Some(data) = ev.data_transfer() {
        // A refused text is only not carried.
        let _ = data.set_data("text/plain", text);
        data.set_effect_allowed("move");
    }
}

/// Moves the focus to the first link in the element with this id.
pub fn focus_in(id: &str) {
    let link = document().get_element_by_id(id).and_then(|at| at.query_selector("a").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        // What cannot be focused is left.
        let _ = link.focus();
    }
}

/// Gives the focus to the first link in an element, where nothing else has it.
pub fn focus_again(id: &str) {
    if document().active_element().is_none_or(|at| at.tag_name() == "BODY") {
        focus_in(id);
    }
}

/// Moves the focus from one card of a board to the next in the direction of an arrow key: up and down within the column, left
/// and right to the card at the same height of the next column that has one.
pub fn focus_card(id: &str, key: &str) {
    let Some(card) = document().get_element_by_id(id) else { return };
    let next = match key {
        "ArrowDown" => card.next_element_sibling(),
        "ArrowUp" => card.previous_element_sibling(),
        _ => beside(&card, key == "ArrowRight"),
    };
    if let Some(next) = next {
        focus_in(&next.id());
    }
}

fn beside(card: &web_sys::Element, right: bool) -> Option<web_sys::Element> {
    let mut place = 0;
    let mut before = card.previous_element_sibling();
    while let Some(other) = before {
        place += 1;
        before = other.previous_element_sibling();
    }
    let mut column = card.closest(".column").ok().flatten()?;
    loop {
        column = if right { column.next_element_sibling() } else { column.previous_element_sibling() }?;
        let cards = column.get_elements_by_class_name("card-item");
        if cards.length() > 0 {
            return cards.item(place.min(cards.length() - 1));
        }
    }
}

/// A few seconds.
pub async fn pause() {
    let over: Arc<Mutex<(bool, Option<Waker>)>> = Arc::default();
    let timer = over.clone();
    let wake = move || {
        if let Ok(mut timer) = timer.lock() {
            timer.0 = true;
            if let Some(waker) = timer.1.take() {
                waker.wake();
            }
        }
    };
    set_timeout(wake, std::time::Duration::from_secs(3));
    poll_fn(move |context| match over.lock() {
        Ok(mut over) if !over.0 => {
            over.1 = Some(context.waker().clone());
            Poll::Pending
        }
        _ => Poll::Ready(()),
    })
    .await;
}

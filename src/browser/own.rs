use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};

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

/// Loads another page from the server.
pub fn go(address: &str) {
    // Leaving a page cannot fail while there is one.
    let _ = window().location().set_href(address);
}

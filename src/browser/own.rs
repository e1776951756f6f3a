use leptos::prelude::window;
use wasm_bindgen::JsValue;

/// The browser's IANA time zone, such as `Europe/Berlin`; empty when it does not say.
pub fn time_zone() -> String {
    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    js_sys::Reflect::get(&options, &JsValue::from_str("timeZone"))
        .ok()
        .and_then(|zone| zone.as_string())
        .unwrap_or_default()
}

/// Loads another page from the server.
pub fn go(address: &str) {
    // Leaving a page cannot fail while there is one.
    let _ = window().location().set_href(address);
}

//! What the page of a form posted before hydration comes back with: what the form held and what is wrong, or what it answered.

use super::when_hydrated;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One round trip of a plain form: what was typed and what is wrong with it, both by field name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Flash {
    pub fields: BTreeMap<String, String>,
    pub errors: BTreeMap<String, String>,
    /// The form's answer where it is shown once; empty otherwise.
    pub once: String,
}

/// Lets the fields of this answer start from what was typed. For the server, above the app's root: the root sends it along
/// to the browser.
pub fn share_flash(read: impl FnOnce() -> Flash) {
    provide_context(read());
}

/// The flash of the first page; forgotten soon after, so that it never reaches a field of the next page.
#[derive(Clone, Copy)]
struct FirstPage(StoredValue<Flash>);

pub(super) fn provide() {
    let flash = SharedValue::new(|| use_context::<Flash>().unwrap_or_default()).into_inner();
    let first = FirstPage(StoredValue::new(flash));
    provide_context(first);
    when_hydrated(move || first.0.set_value(Flash::default()));
}

/// What the form this page came back from answered, to be shown once; empty for every other page.
pub fn shown_once() -> String {
    current().once
}

/// What the form this page came back from held in a field; `None` for every other page, and for another form.
pub fn typed(name: &str) -> Option<String> {
    current().fields.get(name).cloned()
}

pub(super) fn current() -> Flash {
    use_context::<FirstPage>().map(|first| first.0.get_value()).unwrap_or_default()
}

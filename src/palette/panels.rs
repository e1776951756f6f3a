//! The part of the browser half with everything the keys open, and what they do.

use super::{Hands, adding::Adding, finder::Finder, keys::Act, sheet::Sheet};
use crate::{
    browser,
    ui::{Toast, use_toasts},
};
use leptos::{
    prelude::*,
    wasm_split::{self, SplitLoaderError},
};
use leptos_router::hooks::{use_location, use_navigate};

/// The panels, closed. Asking for them fetches this part.
#[wasm_split::wasm_split(hands, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn show(hands: Hands) -> Result<AnyView, SplitLoaderError> {
    // What they look at while they are made is no reason to make them anew.
    Ok(untrack(|| view! { <All hands/> }.into_any()))
}

/// Which panels are open.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub find: RwSignal<bool>,
    pub add: RwSignal<bool>,
    pub keys: RwSignal<bool>,
}

impl Open {
    /// Opens one of them, and closes the others.
    fn only(self, one: RwSignal<bool>) {
        for panel in [self.find, self.add, self.keys] {
            if panel.get_untracked() {
                panel.set(false);
            }
        }
        one.set(true);
    }
}

#[component]
fn All(hands: Hands) -> impl IntoView {
    let open = Open { find: RwSignal::new(false), add: RwSignal::new(false), keys: RwSignal::new(false) };
    let navigate = use_navigate();
    let path = use_location().pathname;
    let toasts = use_toasts();
    let run = move |act: Act| match act {
        Act::Find if open.find.get_untracked() => open.find.set(false),
        Act::Find => open.only(open.find),
        Act::Add => open.only(open.add),
        Act::Keys => open.only(open.keys),
        Act::Go(to) => navigate(to, Default::default()),
        Act::Colours => {
            let wanted = if browser::is_dark() { "light" } else { "dark" };
            browser::press(&[".theme-toggle input[value=", wanted, "]"].concat());
        }
        Act::Field => {
            if !browser::focus_on("main input[type=search]") {
                toasts.push(Toast::info("This page has no search field. Ctrl K finds anything."));
            }
        }
        Act::Next | Act::Previous => {
            if path.get_untracked() == "/jobs" {
                browser::step("main .list .item-title", act == Act::Next);
            }
        }
        Act::SignOut => browser::submit("form[action='/api/sign_out']"),
    };
    Effect::new(move |_| {
        if let Some(act) = hands.act.get() {
            hands.act.set(None);
            untrack(|| run(act));
        }
    });
    view! {
        <Finder open=open.find act=hands.act/>
        <Adding open=open.add/>
        <Sheet open=open.keys/>
    }
}

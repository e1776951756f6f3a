//! Asking before something that is hard to take back.

use super::{Icon, wiring::given};
use leptos::{html, prelude::*};

/// A button that asks once more, in a popover beside it. The popover opens without script; the answer is a submit button of
/// the form around it, or `on_confirm`.
#[component]
pub fn ConfirmButton(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    #[prop(into)] question: String,
    /// The word on the button that does it: "Delete", not "OK".
    #[prop(into)]
    confirm: String,
    #[prop(default = "danger")] class: &'static str,
    #[prop(optional)] icon: Option<Icon>,
    #[prop(optional, into)] on_confirm: Option<Callback<()>>,
    #[prop(optional)] name: &'static str,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    let panel = NodeRef::<html::Div>::new();
    let question_id = [&id, "-question"].concat();
    let labelled_by = question_id.clone();
    let panel_id = id.clone();
    let kind = if on_confirm.is_some() { "button" } else { "submit" };
    view! {
        <button type="button" class=["button ", class].concat() popovertarget=panel_id.clone()>
            {icon.map(|icon| view! { <Icon name=icon/> })}
            {label}
        </button>
        <div class="confirm" id=panel_id popover="auto" role="dialog" aria-labelledby=labelled_by node_ref=panel>
            <p id=question_id>{question}</p>
            <div class="row end">
                <button type="button" class="button quiet small" popovertarget=id popovertargetaction="hide">
                    "Cancel"
                </button>
                <button
                    type=kind
                    class="button danger solid small"
                    name=given(name)
                    value=given(value)
                    on:click=move |_| {
                        if let Some(panel) = panel.get_untracked() {
                            _ = panel.hide_popover();
                        }
                        if let Some(act) = on_confirm {
                            act.run(());
                        }
                    }
                >
                    {confirm}
                </button>
            </div>
        </div>
    }
}

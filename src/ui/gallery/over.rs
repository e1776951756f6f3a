//! What opens over the page.

use crate::ui::*;
use leptos::prelude::*;

pub(super) fn over() -> AnyView {
    let open = RwSignal::new(false);
    let toasts = use_toasts();
    let undo = Callback::new(move |()| toasts.push(Toast::info("Taken back")));
    view! {
        <section class="card stack" id="over">
            <header class="card-head">
                <h2>"Over the page"</h2>
            </header>
            <div class="row">
                <button type="button" class="button" on:click=move |_| open.set(true)>"Open a dialog"</button>
                <ConfirmButton
                    id="gallery-confirm"
                    label="Delete"
                    icon=Icon::Trash
                    question="Delete this job and its two applications?"
                    confirm="Delete"
                    on_confirm=move |()| toasts.push(Toast::good("Job deleted").action("Undo", move || undo.run(())))
                />
                <Menu id="gallery-menu" label="Account" icon=Icon::User>
                    <a href="#over">"Profile"</a>
                    <a href="#over">"Settings"</a>
                    <hr/>
                    <button type="button">
                        <Icon name=Icon::SignOut/>
                        "Sign out"
                    </button>
                </Menu>
                <Menu id="gallery-more" label="More" icon=Icon::More icon_only=true>
                    <a href="#over">"Edit"</a>
                    <a href="#over">"Archive"</a>
                </Menu>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| toasts.push(Toast::good("Saved").action("Undo", move || undo.run(())))
                >
                    "Toast with undo"
                </button>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        toasts.push(Toast::info("A job fits at 86: Backend engineer").link("Open", "#data").sticky());
                    }
                >
                    "Sticky alert"
                </button>
                <button type="button" class="button" on:click=move |_| toasts.push(Toast::bad("Could not be saved"))>
                    "Error"
                </button>
            </div>
            <Dialog id="gallery-dialog" title="Add a job" open>
                <form class="form" method="dialog">
                    <Field name="dialog-title" label="Title"/>
                    <Field name="dialog-company" label="Company"/>
                    <div class="form-actions">
                        <button class="button primary">"Add"</button>
                        <button class="button quiet">"Cancel"</button>
                    </div>
                </form>
            </Dialog>
        </section>
    }
    .into_any()
}

//! The card about devices on `/applications/tasks`.

use super::{Device, KeepPushDevice, LeavePush, Pushing, RemovePushDevice, SendTestPush, Standing, browser};
use crate::{
    error::{Error, Result},
    ui::*,
};
use leptos::{prelude::*, task::spawn_local};

/// What can be done, and how this browser stands; kept above what is drawn anew with every change.
#[derive(Clone, Copy)]
pub struct Acts {
    keep: ServerAction<KeepPushDevice>,
    leave: ServerAction<LeavePush>,
    remove: ServerAction<RemovePushDevice>,
    test: ServerAction<SendTestPush>,
    standing: RwSignal<Standing>,
    refused: RwSignal<String>,
}

impl Acts {
    /// For a page that shows the card.
    pub fn provide() -> Self {
        let acts = Acts {
            keep: ServerAction::new(),
            leave: ServerAction::new(),
            remove: ServerAction::new(),
            test: ServerAction::new(),
            standing: RwSignal::new(Standing::Unknown),
            refused: RwSignal::new(String::new()),
        };
        let toasts = use_toasts();
        let tell = move |answer: Option<Result<()>>, words: &'static str| match answer {
            Some(Ok(())) => toasts.push(Toast::good(words)),
            Some(Err(error)) => acts.refused.set(said(&error)),
            None => {}
        };
        when_hydrated(move || acts.look());
        Effect::new(move |_| tell(acts.keep.value().get(), "You will be told on this device."));
        Effect::new(move |_| tell(acts.leave.value().get(), "Nothing is shown on this device any more."));
        Effect::new(move |_| tell(acts.remove.value().get(), "The device is removed."));
        Effect::new(move |_| tell(acts.test.value().get(), "A message is on its way to each device."));
        acts
    }

    /// Asks the browser how it stands.
    fn look(self) {
        spawn_local(async move { self.standing.set(browser::standing().await) });
    }

    fn turn_on(self, key: String) {
        self.refused.set(String::new());
        spawn_local(async move {
            match browser::subscribe(&key).await {
                Ok(subscription) => {
                    self.keep.dispatch(KeepPushDevice { subscription });
                }
                Err(words) => self.refused.set(words.to_owned()),
            }
            self.look();
        });
    }

    fn turn_off(self) {
        self.refused.set(String::new());
        spawn_local(async move {
            browser::unsubscribe().await;
            self.leave.dispatch(LeavePush {});
            self.look();
        });
    }
}

/// What is wrong, in one sentence.
fn said(error: &Error) -> String {
    error.fields().into_values().next().unwrap_or_else(|| error.to_string())
}

/// The devices that show messages, and whether this is one.
#[component]
pub fn PushCard(pushing: Pushing, acts: Acts) -> impl IntoView {
    let Pushing { public_key, devices } = pushing;
    let known = devices.iter().any(|device| device.here);
    let any = !devices.is_empty();
    let rows = devices.into_iter().map(|device| view! { <Row device acts/> }).collect_view();
    let here = move || this_device(acts.standing.get(), known, &public_key, acts);
    view! {
        <section class="card stack tight" aria-labelledby="push">
            <h2 id="push">"Notifications on your devices"</h2>
            <p class="muted small">"Reminders and new matches, while no page is open. Signing out on a device ends them there."</p>
            {move || acts.refused.with(|words| (!words.is_empty()).then(|| view! {
                <div class="callout bad" role="alert"><Icon name=Icon::Warning/><div>{words.clone()}</div></div>
            }))}
            {any.then(|| view! { <ul class="list plain">{rows}</ul> })}
            <div class="row">
                {here}
                {any.then(|| view! {
                    <ActionForm action=acts.test><Submit pending=acts.test.pending() class="small">"Send a test"</Submit></ActionForm>
                })}
            </div>
            <p class="muted small no-js-only">"Turning it on takes a browser that runs scripts."</p>
        </section>
    }
}

/// What can be done about this device, or why nothing can.
fn this_device(standing: Standing, known: bool, key: &str, acts: Acts) -> AnyView {
    let key = key.to_owned();
    match standing {
        Standing::Unknown => ().into_any(),
        Standing::Unable => view! {
            <p class="muted small">"This browser cannot show notifications of this site. On an iPhone or iPad, add the site to the home screen first and open it from there; elsewhere it has to be reached by https."</p>
        }
        .into_any(),
        Standing::Blocked => view! {
            <div class="callout warn"><Icon name=Icon::Warning/><div>"Notifications of this site are blocked in this browser. Allow them in its settings for this site (the sign beside the address), then load the page again."</div></div>
        }
        .into_any(),
        Standing::On if known => view! {
            <button type="button" class="button small" on:click=move |_| acts.turn_off()>"Turn off on this device"</button>
        }
        .into_any(),
        // A browser that the server does not know, or no more, begins anew.
        Standing::On | Standing::Off => view! {
            <button
                type="button"
                class="button small primary"
                aria-busy=move || acts.keep.pending().get().then_some("true")
                on:click=move |_| acts.turn_on(key.clone())
            >
                "Notify me on this device"
            </button>
        }
        .into_any(),
    }
}

#[component]
fn Row(device: Device, acts: Acts) -> impl IntoView {
    let Device { id, label, here, since, reached_at } = device;
    let words = ["Remove ", &label].concat();
    let told = reached_at.map(|at| view! { <span>"told "<Time at/></span> });
    view! {
        <li class="item">
            <div class="item-main">
                <strong>{label}</strong>
                <p class="meta small"><span>"since "<Time at=since style=TimeStyle::Day/></span>{told}</p>
            </div>
            <div class="item-side">
                {here.then(|| view! { <span class="badge accent">"Here"</span> })}
                <ActionForm action=acts.remove>
                    <input type="hidden" name="id" value=id.to_string()/>
                    <button class="button small" type="submit" aria-label=words>"Remove"</button>
                </ActionForm>
            </div>
        </li>
    }
}

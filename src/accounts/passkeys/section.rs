//! The section about passkeys on `/account/second-factor`.

use super::{FinishPasskey, OwnPasskey, RemovePasskey, StartPasskey};
use crate::{browser, ui::*};
use leptos::{either::Either, prelude::*, task::spawn_local};

/// What can be done; kept above what is drawn anew with every change.
#[derive(Clone, Copy)]
pub struct Acts {
    start: ServerAction<StartPasskey>,
    finish: ServerAction<FinishPasskey>,
    remove: ServerAction<RemovePasskey>,
    refused: RwSignal<String>,
}

impl Acts {
    pub fn provide() -> Self {
        let acts = Acts {
            start: ServerAction::new(),
            finish: ServerAction::new(),
            remove: ServerAction::new(),
            refused: RwSignal::new(String::new()),
        };
        let toasts = use_toasts();
        // The password was right: the browser makes the passkey, and it is sent here.
        let make = move |options: String| {
            spawn_local(async move {
                match browser::make_passkey(&options).await {
                    Ok(credential) => {
                        acts.finish.dispatch(FinishPasskey { credential });
                    }
                    Err(words) => acts.refused.set(words),
                }
            });
        };
        Effect::new(move |_| {
            if let Some(Ok(options)) = acts.start.value().get() {
                acts.refused.set(String::new());
                make(options);
            }
        });
        Effect::new(move |_| match acts.finish.value().get() {
            Some(Ok(())) => toasts.push(Toast::good("The passkey is added. You can sign in with it now.")),
            Some(Err(error)) => {
                acts.refused.set(error.fields().into_values().next().unwrap_or_else(|| error.to_string()))
            }
            None => {}
        });
        Effect::new(move |_| match acts.remove.value().get() {
            Some(Ok(())) => toasts.push(Toast::good("The passkey is removed. Your device may still list it.")),
            Some(Err(error)) => {
                toasts.push(Toast::bad(error.fields().into_values().next().unwrap_or_else(|| error.to_string())))
            }
            None => {}
        });
        acts
    }
}

#[component]
pub fn Passkeys(keys: Vec<OwnPasskey>, offered: bool, acts: Acts) -> impl IntoView {
    let any = !keys.is_empty();
    let state = if any {
        view! { <span class="badge good">"On"</span> }
    } else {
        view! { <span class="badge muted">"Off"</span> }
    };
    let errors = action_errors(acts.start);
    view! {
        <section class="card stack" id="passkeys">
            <header class="card-head"><h2>"Passkeys"</h2>{state}</header>
            <p>"A passkey is kept by your phone, your computer or a security key. It signs you in by itself, and is asked for after the password. Nobody can trick you into typing it elsewhere."</p>
            {any.then(|| view! { <ul class="list">{keys.into_iter().map(|key| view! { <Row key acts/> }).collect_view()}</ul> })}
            {if offered {
                Either::Left(view! {
                    <details open=!any>
                        <summary>"Add a passkey"</summary>
                        <ActionForm action=acts.start attr:class="form" attr:novalidate=true>
                            <FormError errors/>
                            {move || acts.refused.with(|words| (!words.is_empty()).then(|| view! {
                                <div class="callout bad" role="alert"><Icon name=Icon::Warning/><div>{words.clone()}</div></div>
                            }))}
                            <Field name="name" id="passkey-name" label="Its name" help="Such as the device it is on." maxlength=100 autocomplete="off" required=true errors/>
                            <Field name="current_password" id="passkey-password" label="Current password" kind="password" autocomplete="current-password" required=true errors/>
                            <div class="form-actions"><Submit pending=acts.start.pending()>"Add a passkey"</Submit></div>
                        </ActionForm>
                    </details>
                })
            } else {
                Either::Right(view! { <p class="muted small">"Browsers tie passkeys to names, and the address of this site is a number. Whoever runs it can set PUBLIC_URL, such as http://localhost:3000."</p> })
            }}
        </section>
    }
}

#[component]
fn Row(key: OwnPasskey, acts: Acts) -> impl IntoView {
    let id = key.id.to_string();
    let field = ["remove-", &id].concat();
    let used = match key.used_at {
        Some(at) => Either::Left(view! { <span>"used "<Time at/></span> }),
        None => Either::Right(view! { <span>"never used"</span> }),
    };
    view! {
        <li class="item">
            <div class="item-main">
                <strong>{key.name}</strong>
                <p class="meta small"><span>"since "<Time at=key.created_at style=TimeStyle::Day/></span>{used}</p>
                <details>
                    <summary>"Remove"</summary>
                    <ActionForm action=acts.remove attr:class="form" attr:novalidate=true>
                        <input type="hidden" name="id" value=id/>
                        <FormError errors=action_errors(acts.remove)/>
                        <Field name="current_password" id=field label="Current password" kind="password" autocomplete="current-password" required=true/>
                        <div class="form-actions"><Submit pending=acts.remove.pending() class="danger">"Remove it"</Submit></div>
                    </ActionForm>
                </details>
            </div>
        </li>
    }
}

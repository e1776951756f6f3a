//! The accounts elsewhere, on the account page.

use super::{ConnectProvider, DisconnectProvider, Way, load_ways, problem};
use crate::{
    app::leave_when_done,
    live::{self, Topic},
    ui::*,
    wire,
};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_query_map;

/// Nothing where no provider is set up and none is connected.
#[component]
pub fn Ways() -> impl IntoView {
    let changed = live::watch(&[Topic::Account]);
    let ways = wire::load(changed, |_| load_ways());
    let connect = ServerAction::<ConnectProvider>::new();
    let disconnect = ServerAction::<DisconnectProvider>::new();
    leave_when_done(connect);
    let toasts = use_toasts();
    Effect::new(move |_| {
        if let Some(Ok(())) = disconnect.value().get() {
            toasts.push(Toast::good("Disconnected."));
        }
    });
    let word = use_query_map().read_untracked().get("problem");
    let words = word.as_deref().and_then(problem);
    view! {
        {words.map(|words| view! { <div class="callout warn" role="alert"><Icon name=Icon::Warning/><div>{words}</div></div> })}
        <Transition>
            {move || Suspend::new(async move {
                match ways.await {
                    Ok(ways) if ways.is_empty() => ().into_any(),
                    Ok(ways) => view! {
                        <section class="card">
                            <header class="card-head"><h2>"Other ways in"</h2></header>
                            <ul class="list">{ways.into_iter().map(|way| view! { <One way connect disconnect/> }).collect_view()}</ul>
                        </section>
                    }
                    .into_any(),
                    Err(error) => view! { <ErrorState text=error.to_string() retry=Callback::new(move |()| ways.refetch())/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn One(
    way: Way,
    connect: ServerAction<ConnectProvider>,
    disconnect: ServerAction<DisconnectProvider>,
) -> impl IntoView {
    let (provider, name) = (way.provider, way.provider.label());
    let state = match &way.connected {
        Some(address) if address.is_empty() => "Connected".to_owned(),
        Some(address) => ["Connected as ", address].concat(),
        None => "Not connected".to_owned(),
    };
    let id = ["password-", provider.as_str()].concat();
    let form = match way.connected {
        Some(_) if !way.removable => Either::Left(
            view! { <p class="muted small">"The only way into your account. Set a password to be able to disconnect it."</p> },
        ),
        connected => {
            let (verb, pending) = if connected.is_some() {
                ("Disconnect", Signal::from(disconnect.pending()))
            } else {
                ("Connect", Signal::from(connect.pending()))
            };
            let inside = move |errors| {
                view! {
                    <input type="hidden" name="provider" value=provider.as_str()/>
                    <FormError errors/>
                    <Field name="current_password" id=id label="Current password" kind="password" autocomplete="current-password" required=true errors/>
                    <div class="form-actions"><Submit pending class="small">{verb}</Submit></div>
                }
            };
            Either::Right(view! {
                <details>
                    <summary>{verb}" "{name}</summary>
                    {if connected.is_some() {
                        Either::Left(view! { <ActionForm action=disconnect attr:class="form" attr:novalidate=true>{inside(action_errors(disconnect))}</ActionForm> })
                    } else {
                        Either::Right(view! { <ActionForm action=connect attr:class="form" attr:novalidate=true>{inside(action_errors(connect))}</ActionForm> })
                    }}
                </details>
            })
        }
    };
    view! {
        <li class="item">
            <div class="item-main">
                <strong>{name}</strong>
                <p class="meta small">{state}</p>
                {form}
            </div>
        </li>
    }
}

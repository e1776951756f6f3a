//! What the browser does about push. It is asked on the page that shows the card, and nowhere else.

use super::Standing;
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Notification, NotificationPermission, PushManager, PushSubscription, PushSubscriptionOptionsInit,
    ServiceWorkerRegistration,
};

/// How this browser stands to being told something.
pub async fn standing() -> Standing {
    let can = |name: &str| js_sys::Reflect::has(&window(), &JsValue::from_str(name)).unwrap_or(false);
    if !can("PushManager") || !can("Notification") {
        return Standing::Unable;
    }
    match Notification::permission() {
        NotificationPermission::Denied => Standing::Blocked,
        NotificationPermission::Granted if subscription().await.is_ok_and(|there| there.is_some()) => Standing::On,
        _ => Standing::Off,
    }
}

/// Asks the person and subscribes anew, by this key of ours; answers with the subscription's JSON, or with what to tell the person.
pub async fn subscribe(key: &str) -> Result<String, &'static str> {
    let asked = match Notification::request_permission() {
        Ok(asked) => JsFuture::from(asked).await.is_ok(),
        Err(_) => false,
    };
    if !asked || Notification::permission() != NotificationPermission::Granted {
        return Err("The browser was not allowed to show notifications.");
    }
    unsubscribe().await;
    let subscribed = async {
        let options = PushSubscriptionOptionsInit::new();
        options.set_user_visible_only(true);
        options.set_application_server_key_opt_str(Some(key));
        let subscription = JsFuture::from(manager().await?.subscribe_with_options(&options)?).await?;
        js_sys::JSON::stringify(&subscription).map(String::from)
    };
    subscribed.await.map_err(|_: JsValue| "The push service of this browser could not be reached. Please try again.")
}

/// Ends the browser's subscription, where there is one.
pub async fn unsubscribe() {
    if let Ok(Some(old)) = subscription().await
        && let Ok(ended) = old.unsubscribe()
    {
        // One that cannot be ended leads nowhere: the server forgets it.
        let _ = JsFuture::from(ended).await;
    }
}

async fn subscription() -> Result<Option<PushSubscription>, JsValue> {
    let found = JsFuture::from(manager().await?.get_subscription()?).await?;
    Ok((!found.is_null() && !found.is_undefined()).then(|| found.unchecked_into()))
}

async fn manager() -> Result<PushManager, JsValue> {
    let worker = JsFuture::from(window().navigator().service_worker().get_registration()).await?;
    if worker.is_undefined() {
        return Err(worker);
    }
    worker.unchecked_into::<ServiceWorkerRegistration>().push_manager()
}

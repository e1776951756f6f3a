//! What can be done with accounts elsewhere.

use super::{
    Provider, Way,
    flow::{Doubt, Flow, Wish},
    identity::Identity,
    store,
};
use crate::{
    accounts::{passkeys, security::actions as security, store as accounts},
    audit::{self, Act, Kind},
    db,
    error::{Error, Result},
    ids::UserId,
    privacy::{Purpose, consent},
    profile::{self, picture},
    session::{self, Origin, Who, signed},
    state::App,
};
use axum::http::{HeaderValue, header};
use leptos::prelude::expect_context;
use leptos_axum::ResponseOptions;
use serde_json::json;

/// Every provider offered here and every one connected.
pub async fn ways(app: &App, who: &Who) -> Result<Vec<Way>> {
    let linked = store::list(&app.db, who.user).await?;
    let password = accounts::login(&app.db, &who.email).await?.is_some_and(|login| login.password_hash.is_some());
    let removable = password || linked.len() > 1 || passkeys::store::count(&app.db, who.user).await? > 0;
    let offered = app.outside.providers();
    let ways = Provider::ALL.into_iter().filter_map(|provider| {
        let own = linked.iter().find(|linked| linked.provider == provider.as_str());
        let connected = own.map(|linked| linked.email.clone());
        (connected.is_some() || offered.contains(&provider)).then_some(Way { provider, connected, removable })
    });
    Ok(ways.collect())
}

fn named(app: &App, name: &str) -> Result<Provider> {
    Provider::parse(name).filter(|provider| app.outside.providers().contains(provider)).ok_or(Error::NotFound)
}

/// Keeps the wish to connect one, once it is clear who asks.
pub async fn begin_to_connect(app: &App, who: &Who, name: &str, password: String) -> Result<String> {
    let provider = named(app, name)?;
    security::confirm_password(app, who, "current_password", password).await?;
    let cookie = signed::keep(app, Wish { provider, user: who.user })?;
    expect_context::<ResponseOptions>().append_header(header::SET_COOKIE, cookie);
    Ok(session::forward(["/account/connect?provider=", provider.as_str()].concat()))
}

/// Takes one away, unless nobody could get in then.
pub async fn disconnect(app: &App, who: &Who, name: &str, password: String) -> Result<()> {
    let provider = Provider::parse(name).ok_or(Error::NotFound)?;
    let way = ways(app, who).await?.into_iter().find(|way| way.provider == provider && way.connected.is_some());
    let way = way.ok_or(Error::NotFound)?;
    if !way.removable {
        return Err(Error::Conflict("This is the only way into your account. Set a password first.".into()));
    }
    security::confirm_password(app, who, "current_password", password).await?;
    let mut change = app.change(who.user).await?;
    if !store::unlink(&mut change.tx, who.user, provider).await? {
        return Err(Error::NotFound);
    }
    change.audit(Act::own(Kind::ProviderGone, who).with("provider", provider.label()));
    security::commit_renewed(app, who, change, "account.ways").await
}

/// What coming back from a provider leads to.
pub enum Arrival {
    /// This person gets in; where they want to go, and what is to be connected on the way.
    In { user: UserId, next: String, wanted: Option<Doubt> },
    /// It is connected now.
    Connected,
    /// The address has an account here; its password has to be given first.
    Doubt(HeaderValue),
    /// Nothing; the word that says why.
    Problem(&'static str),
}

/// Decides whose account an identity opens.
pub async fn arrive(app: &App, flow: Flow, identity: Identity, who: Option<Who>, from: Origin) -> Result<Arrival> {
    let owner = store::owner(&app.db, &identity.issuer, &identity.subject).await?;
    if let Some(user) = flow.connect {
        // Whoever began it has to be the one who is signed in now.
        let Some(who) = who.filter(|who| who.user == user) else { return Ok(Arrival::Problem("expired")) };
        return match owner {
            Some(owner) if owner == user => Ok(Arrival::Connected),
            Some(_) => Ok(Arrival::Problem("taken")),
            None => match connect(app, user, flow.provider, identity, who.origin).await {
                Ok(()) => Ok(Arrival::Connected),
                Err(Error::Conflict(_)) => Ok(Arrival::Problem("another")),
                Err(error) => Err(error),
            },
        };
    }
    if let Some(user) = owner {
        return Ok(Arrival::In { user, next: flow.next, wanted: None });
    }
    if identity.email.is_empty() {
        return Ok(Arrival::Problem("address"));
    }
    let Some(account) = accounts::login(&app.db, &identity.email).await? else {
        let user = open(app, flow, identity, from).await?;
        return Ok(Arrival::In { user, next: "/welcome".into(), wanted: None });
    };
    let Identity { issuer, subject, email, email_verified, .. } = identity;
    let doubt = Doubt { provider: flow.provider, issuer, subject, email, next: flow.next };
    // The same address is the same person only where both sides have seen that it is theirs.
    if email_verified && accounts::email_verified_at(&app.db, account.id).await?.is_some() {
        return Ok(Arrival::In { user: account.id, next: doubt.next.clone(), wanted: Some(doubt) });
    }
    Ok(Arrival::Doubt(signed::keep(app, doubt)?))
}

/// Connects it with an account whose owner has shown who they are.
pub async fn connect(app: &App, user: UserId, provider: Provider, identity: Identity, from: Origin) -> Result<()> {
    let mut change = app.change(user).await?;
    store::link(&mut change.tx, user, provider, &identity).await?;
    change.record("account.ways", None, json!({}));
    change.audit(
        Act::at_the_door(Kind::ProviderConnected, Some(user), &from).by(user).with("provider", provider.label()),
    );
    change.commit().await
}

/// Opens an account without a password, with what the provider says for a beginning.
async fn open(app: &App, flow: Flow, identity: Identity, from: Origin) -> Result<UserId> {
    let picture = picture::actions::fetch(app, &identity.picture).await;
    let mut tx = app.db.begin().await?;
    let user = accounts::insert(&mut tx, &identity.email, &identity.name, None, &["user"]).await?;
    profile::store::insert_empty(&mut tx, user, &flow.zone).await?;
    profile::store::begin_with(&mut tx, user, &identity.headline, &identity.place).await?;
    if let Some(picture) = picture {
        picture::store::insert(app, &mut tx, user, &picture).await?;
    }
    consent::store::insert(&mut tx, user, Purpose::Terms, true, db::now()).await?;
    store::link(&mut tx, user, flow.provider, &identity).await?;
    if identity.email_verified {
        accounts::confirm_email(&mut tx, user, &identity.email, db::now()).await?;
    }
    let act = |kind| Act::at_the_door(kind, Some(user), &from).by(user);
    audit::chain::append(
        &mut tx,
        &[act(Kind::Opened), act(Kind::ProviderConnected).with("provider", flow.provider.label())],
    )
    .await?;
    tx.commit().await?;
    tracing::info!(user = %user, provider = flow.provider.as_str(), "account opened");
    Ok(user)
}

use crate::{
    error::{Error, Result},
    session,
    state::App,
};
use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::{collections::BTreeMap, net::SocketAddr, time::Instant};

#[derive(Serialize, utoipa::ToSchema)]
pub struct Component {
    /// `ok`, `degraded` or `down`.
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    latency_ms: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Health {
    /// `ok`, `degraded` or `down`.
    status: &'static str,
    version: &'static str,
    components: BTreeMap<&'static str, Component>,
}

/// Whether the service works, part by part; 503 when it does not.
#[utoipa::path(get, path = "/health", tag = "operation", security(()), responses((status = 200, body = Health), (status = 503, body = Health)))]
pub async fn health(State(app): State<App>) -> Response {
    let started = Instant::now();
    let up = app.db.ping().await.is_ok();
    let database = Component {
        status: if up { "ok" } else { "down" },
        latency_ms: Some(started.elapsed().as_secs_f64() * 1000.0),
        note: Some(app.db.engine().into()),
    };
    let live =
        Component { status: "ok", latency_ms: None, note: Some(format!("{} people connected", app.hub.people())) };
    let mut components = BTreeMap::from([("database", database), ("live", live)]);
    let relayed = app.config.redis_url.is_none() || app.relay.is_connected();
    if app.config.redis_url.is_some() {
        // Without it everything works, a little later.
        let note = (!relayed).then(|| "away; every server looks for itself".to_owned());
        let status = if relayed { "ok" } else { "degraded" };
        components.insert("redis", Component { status, latency_ms: None, note });
    }
    let health = Health {
        status: match (up, relayed) {
            (true, true) => "ok",
            (true, false) => "degraded",
            (false, _) => "down",
        },
        version: env!("CARGO_PKG_VERSION"),
        components,
    };
    let status = if up { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(health)).into_response()
}

/// Prometheus text; from loopback, or with the metrics token.
#[utoipa::path(get, path = "/metrics", tag = "operation", security(("metrics_token" = [])),
    responses((status = 200, content_type = "text/plain", body = String), (status = 403)))]
pub async fn metrics(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<Response> {
    let token = headers.get("x-metrics-token").and_then(|value| value.to_str().ok());
    let known = app
        .config
        .metrics_token
        .as_deref()
        .is_some_and(|own| token.is_some_and(|t| session::sha256(t) == session::sha256(own)));
    if !(known || (peer.ip().is_loopback() && !app.config.trust_forwarded_for)) {
        return Err(Error::Forbidden);
    }
    let text = format!(
        "# TYPE career_copilot_uptime_seconds gauge\ncareer_copilot_uptime_seconds {:.3}\n\
         # TYPE career_copilot_live_people gauge\ncareer_copilot_live_people {}\n\
         # TYPE career_copilot_database_up gauge\ncareer_copilot_database_up {}\n",
        app.started.elapsed().as_secs_f64(),
        app.hub.people(),
        i32::from(app.db.ping().await.is_ok()),
    );
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}

use crate::{
    db,
    error::{Error, Result},
    session,
    state::App,
    work::{
        Kind, Went,
        looking::{self, Summary},
        worker,
    },
};
use axum::{
    Json,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use std::{collections::BTreeMap, net::SocketAddr, sync::atomic::Ordering, time::Instant};

/// A worker that has not looked for so long is stuck, in seconds.
const SILENT: i64 = 300;
/// What is due should have been begun by then, in seconds.
const LATE: i64 = 1_800;

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
    let (scheduler, queue) = (scheduler(&app), queue(&app).await);
    let slow = [&scheduler, &queue].iter().any(|component| component.status != "ok");
    components.extend([("scheduler", scheduler), ("queue", queue)]);
    let health = Health {
        status: match (up, relayed && !slow) {
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

/// Whether what is due at its time is put in.
fn scheduler(app: &App) -> Component {
    let looked = seconds_since(app, app.work.planned_at.load(Ordering::Relaxed));
    let (status, note) = match app.config.scheduler {
        false => ("ok", "switched off on this server".to_owned()),
        true if looked > SILENT => ("degraded", format!("has not looked for {looked} s")),
        true => ("ok", "looks for what is due".to_owned()),
    };
    Component { status, latency_ms: None, note: Some(note) }
}

/// Whether slow work is carried out.
async fn queue(app: &App) -> Component {
    let now = db::now();
    let looked = seconds_since(app, app.work.worked_at.load(Ordering::Relaxed));
    let (status, note) = match looking::summary(&app.db, now, worker::kinds(&app.config)).await {
        Err(_) => ("down", "cannot be read".to_owned()),
        Ok(summary) => {
            let late = summary.oldest.is_some_and(|oldest| (now - oldest).num_seconds() > LATE);
            let Summary { waiting, running, dead, .. } = summary;
            let note = format!("{waiting} waiting, {running} under way, {dead} given up");
            (if late || looked > SILENT { "degraded" } else { "ok" }, note)
        }
    };
    Component { status, latency_ms: None, note: Some(note) }
}

/// How long ago that was, in seconds; since the start of the process where it never was.
fn seconds_since(app: &App, at: i64) -> i64 {
    let up = i64::try_from(app.started.elapsed().as_secs()).unwrap_or(i64::MAX);
    if at == 0 { up } else { db::now().timestamp().saturating_sub(at) }
}

/// What the queue adds to the metrics.
async fn work_metrics(app: &App) -> String {
    let mut text = "# TYPE career_copilot_work_ended_total counter\n".to_owned();
    for kind in Kind::ALL {
        for went in Went::ALL {
            let (kind_word, went_word, number) = (kind.as_str(), went.as_str(), app.work.ended(kind, went));
            text +=
                &format!("career_copilot_work_ended_total{{kind=\"{kind_word}\",outcome=\"{went_word}\"}} {number}\n");
        }
    }
    let now = db::now();
    // A database that does not answer is told above.
    let Ok(summary) = looking::summary(&app.db, now, worker::kinds(&app.config)).await else { return text };
    let oldest = summary.oldest.map_or(0, |oldest| (now - oldest).num_seconds().max(0));
    text + &format!(
        "# TYPE career_copilot_work_waiting gauge\ncareer_copilot_work_waiting {}\n\
         # TYPE career_copilot_work_running gauge\ncareer_copilot_work_running {}\n\
         # TYPE career_copilot_work_dead gauge\ncareer_copilot_work_dead {}\n\
         # TYPE career_copilot_work_oldest_seconds gauge\ncareer_copilot_work_oldest_seconds {oldest}\n",
        summary.waiting, summary.running, summary.dead,
    )
}

/// Whether it is a program that watches over the server who asks, and nobody waits for the answer.
pub fn is_probe(path: &str) -> bool {
    matches!(path, "/api/v1/health" | "/api/v1/metrics")
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
    ) + &work_metrics(&app).await;
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}

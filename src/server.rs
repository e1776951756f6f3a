//! The whole server: routes, what wraps them, start and stop.

use crate::{
    api, app as page,
    applications::transfer,
    audit::{self, Act, Kind},
    briefings::{self, unsubscribe},
    error::{self, Error},
    feed, flash, google_calendar, guard,
    jobs::import::upload,
    letters, live, mail, offline, privacy, push, reminders, schedule, seal, session,
    state::App,
    telemetry, work,
};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, FromRef, Request, State},
    http::{Method, StatusCode, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use leptos::prelude::{LeptosOptions, provide_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use std::{future::Future, net::SocketAddr, sync::LazyLock, time::Duration};
use tokio::net::TcpListener;
use tower::Layer;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, DefaultPredicate,
        predicate::{NotForContentType, Predicate},
    },
    limit::RequestBodyLimitLayer,
};

mod deadline;

/// Uploads of posting files are the largest bodies.
const LARGEST_BODY: usize = 32 * 1024 * 1024;
/// Requests in flight get this long to finish when the server stops.
const GRACE: Duration = Duration::from_secs(10);

/// What the page routes need beside the app itself.
#[derive(Clone)]
struct Pages {
    app: App,
    options: LeptosOptions,
}

impl FromRef<Pages> for LeptosOptions {
    fn from_ref(pages: &Pages) -> Self {
        pages.options.clone()
    }
}

impl FromRef<Pages> for App {
    fn from_ref(pages: &Pages) -> Self {
        pages.app.clone()
    }
}

/// The pages' addresses. Listed once, and so before any page is served: while Leptos lists them, whatever a page anywhere in the process
/// begins to load stays pending for ever (`leptos::server::SuppressResourceLoad` is one flag for all).
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(page::App));

/// Every route with everything that wraps it.
pub fn router(app: App) -> Router {
    let options = LeptosOptions::builder().output_name("app").build();
    let pages = Pages { app: app.clone(), options };
    let context = {
        let app = app.clone();
        move || provide_context(app.clone())
    };
    let worth_it = DefaultPredicate::new().and(NotForContentType::const_new("application/zip"));
    let pages: Router = Router::new()
        .leptos_routes_with_context(&pages, PAGES.clone(), context, page::shell_for(&pages.options))
        .route("/jobs/import/read", post(upload::read))
        .route("/applications/import/read", post(transfer::upload::read))
        .route("/applications/mail/read", post(crate::letters::upload::read))
        .route("/account/data/take-in", post(privacy::routes::upload))
        .route(briefings::UNSUBSCRIBE, post(unsubscribe::post))
        .route("/live", get(live::socket::open))
        .route_layer(from_fn(gate))
        .fallback(missing)
        .with_state(pages);
    let pages = from_fn_with_state(deadline::LONGEST, deadline::in_time).layer(pages);
    // Around the router, not inside: a refused form is answered by another route, its page's.
    let pages = from_fn(flash::keep_what_was_typed).layer(from_fn(error::call_status).layer(pages));
    let pages = from_fn_with_state(app.clone(), offline::once::once).layer(pages);
    // For calendar programs, which have no session.
    let calendar = Router::new().route("/calendar.ics", get(feed::routes::get)).with_state(app.clone());
    api::router(app.clone())
        .merge(calendar)
        .fallback_service(pages)
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(app.clone(), note_who))
        .layer(from_fn_with_state(app.clone(), session::load))
        .layer(from_fn_with_state(app.clone(), guard::same_site))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(from_fn(announced))
        .layer(CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest).compress_when(worth_it))
        .merge(crate::assets::routes(app.clone()))
        .layer(CatchPanicLayer::custom(telemetry::panicked))
        .layer(from_fn_with_state(app.clone(), guard::headers))
        .layer(from_fn_with_state(app, telemetry::observe))
}

/// Refuses a body that is too large by what its head says, in our words. One that says nothing ends at the limit.
async fn announced(request: Request, next: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if length.and_then(|length| length.parse::<usize>().ok()).is_some_and(|length| length > LARGEST_BODY) {
        return Error::TooLarge(format!("at most {} MB.", LARGEST_BODY / 1024 / 1024)).into_response();
    }
    next.run(request).await
}

/// Carries the person over to the response, where the log line is written; what they are refused goes into the log of accounts.
async fn note_who(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(who) = request.extensions().get::<session::Who>().cloned() else { return next.run(request).await };
    let path: String = request.uri().path().chars().take(200).collect();
    let mut response = next.run(request).await;
    if response.status() == StatusCode::FORBIDDEN && app.limits.refusal(who.user).is_ok() {
        let act = Act::own(Kind::AccessRefused, &who).with("path", path);
        if let Err(error) = audit::chain::note(&app.db, act).await {
            tracing::warn!(%error, "a refusal is not in the log of accounts");
        }
    }
    response.extensions_mut().insert(who);
    response
}

/// Serves on `listener` until `stop` resolves, then lets requests in flight finish and closes the database.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let workers = [
        tokio::spawn(live::socket::follow(app.clone())),
        tokio::spawn(live::relay::run(app.clone())),
        tokio::spawn(housekeeping(app.clone())),
        tokio::spawn(mail::worker::run(app.clone())),
        tokio::spawn(privacy::export::worker::run(app.clone())),
        tokio::spawn(reminders::worker::run(app.clone())),
        tokio::spawn(audit::outside::run(app.clone())),
        tokio::spawn(letters::mailbox::worker::run(app.clone())),
        tokio::spawn(push::worker::run(app.clone())),
        tokio::spawn(google_calendar::worker::run(app.clone())),
        tokio::spawn(schedule::planner::run(app.clone())),
        tokio::spawn(work::worker::run(app.clone())),
    ];
    let stopping = app.stopping.clone();
    let server = axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            stop.await;
            stopping.cancel();
        })
        .into_future();
    let mut server = tokio::spawn(server);
    let ended = tokio::select! {
        ended = &mut server => Some(ended),
        () = async {
            app.stopping.cancelled().await;
            tokio::time::sleep(GRACE).await;
        } => None,
    };
    if ended.is_none() {
        tracing::warn!("some requests did not finish in time");
        server.abort();
    }
    app.stopping.cancel();
    app.afterwards.close();
    // What is not done by then is given up: nobody was promised it.
    let _ = tokio::time::timeout(GRACE, app.afterwards.wait()).await;
    for worker in workers {
        let _ = worker.await;
    }
    app.db.close().await;
    match ended {
        Some(Ok(result)) => result,
        _ => Ok(()),
    }
}

/// Small chores, now and then: ended sessions, spent counters, deleted things past their time.
async fn housekeeping(app: App) {
    if let Err(error) = seal_old(&app).await {
        tracing::warn!(%error, "what was kept in the open before could not be sealed");
    }
    if let Err(error) = crate::jobs::names::fill(&app).await {
        tracing::warn!(%error, "jobs from before they had names could not be named");
    }
    // Starting is over.
    crate::memory::give_back();
    let mut tick = tokio::time::interval(Duration::from_secs(600));
    tick.tick().await;
    loop {
        tokio::select! {
            () = app.stopping.cancelled() => return,
            _ = tick.tick() => {}
        }
        app.limits.sweep();
        crate::memory::give_back();
        if let Err(error) = crate::retention::sweep(&app).await {
            tracing::warn!(%error, "housekeeping failed");
        }
    }
}

/// Seals what older versions kept in the open.
pub async fn seal_old(app: &App) -> error::Result<()> {
    crate::profile::store::seal_old(app).await?;
    crate::applications::store::seal_old(app).await
}

/// Seals what `SECRET_KEY` itself seals by the one of now: everybody's keys, and the installation's own values. Answers how many
/// people's.
pub async fn rotate_keys(app: &App) -> error::Result<u64> {
    let keys = seal::rotate(app).await?;
    push::key::seal_anew(app).await?;
    Ok(keys)
}

/// Gives everybody another key and seals by it what theirs had sealed, person by person; answers how many. No server may run
/// meanwhile: it would seal by the keys it knows.
pub async fn exchange_keys(app: &App) -> error::Result<usize> {
    let people = seal::people(&app.db).await?;
    for person in &people {
        let mut tx = app.db.begin().await?;
        let (old, new) = seal::exchange(app, &mut tx, *person).await?;
        let keys = (&old, &new);
        seal::again::all(&mut tx, *person, keys).await?;
        privacy::export::store::seal_anew(&mut tx, *person, keys).await?;
        tx.commit().await?;
    }
    app.db.forget_deleted().await?;
    Ok(people.len())
}

/// The answer to an address that is neither page, asset nor call: the app's own "not found" for browsers, JSON for programs.
async fn missing(State(pages): State<Pages>, request: Request<Body>) -> Response {
    if request.method() != Method::GET || request.uri().path().starts_with("/api/") {
        return Error::NotFound.into_response();
    }
    let app = pages.app.clone();
    let render = leptos_axum::render_app_async_with_context(
        move || provide_context(app.clone()),
        page::shell_for(&pages.options),
    );
    render(request).await.into_response()
}

/// Sends people who are not signed in to the sign-in page, and those who are from the landing page to theirs.
async fn gate(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let signed_in = request.extensions().get::<session::Who>().is_some();
    if signed_in && path == "/" {
        return Redirect::to("/today").into_response();
    }
    let page = request.method() == Method::GET && is_page(path);
    if page && !signed_in && !page::PUBLIC_PAGES.contains(&path) {
        let wanted = request.uri().path_and_query().map_or("/today", |wanted| wanted.as_str());
        let next: String = url::form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
        return Redirect::to(&format!("/sign-in?next={next}")).into_response();
    }
    next.run(request).await
}

/// Whether an address is a page's or, for those who mistyped, would be.
fn is_page(path: &str) -> bool {
    !path.starts_with("/api/") && path != "/live"
}

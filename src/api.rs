//! Every REST route on one page. The contract: JSON, snake_case, `{detail, error_code, …}` on error; see `/api/docs`.

use crate::{
    accounts::{providers::routes as providers, routes as accounts, tokens::routes as tokens},
    alerts::routes as alerts,
    applications::{routes as applications, transfer},
    audit::routes as audit,
    briefings::routes as briefings,
    contacts::routes as contacts,
    error::Error,
    feed::routes as feed,
    feedback::routes as feedback,
    google_calendar::routes as google_calendar,
    interviews::routes as interviews,
    jobs::{import::routes as import, parse::routes as parse, routes as jobs},
    mail::routes as mail,
    next::routes as next,
    offers::{routes as offers, talk::routes as talk},
    privacy::routes as privacy,
    profile::{picture::routes as picture, routes as profile},
    searches::routes as searches,
    sent::routes as sent,
    skill_gap::routes as skill_gap,
    sources::routes as sources,
    state::App,
    tasks::routes as tasks,
    today::routes as today,
    work::routes as work,
};
use axum::{Router, routing::get};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        path::Operation,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

mod answers;
mod body;
mod docs;
pub mod health;
mod id;
pub mod idempotency;
mod object;
mod page;
mod stream;

pub use body::Body;
pub use id::{Id, Ids};
pub use object::{maybe_object, object};
pub use page::{Items, Paging, Params};

#[derive(OpenApi)]
#[openapi(
    info(title = "Career Co-Pilot", description = "Jobs, applications, matches and skill gaps of the signed-in person."),
    modifiers(&Keys),
    security(("bearer" = []))
)]
struct Contract;

struct Keys;

impl Modify for Keys {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        let metrics = SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-Metrics-Token")));
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("bearer", bearer);
        components.add_security_scheme("metrics_token", metrics);
    }
}

/// Routes with the document that describes them.
fn described() -> OpenApiRouter<App> {
    let v1 = OpenApiRouter::new()
        // For everybody.
        .routes(routes!(accounts::register))
        .routes(routes!(accounts::login))
        .routes(routes!(providers::login))
        .routes(routes!(providers::callback))
        .routes(routes!(google_calendar::callback))
        .routes(routes!(health::health))
        // For the signed-in person.
        .routes(routes!(accounts::logout))
        .routes(routes!(accounts::me))
        .routes(routes!(privacy::list, privacy::start))
        .routes(routes!(privacy::get, privacy::delete))
        .routes(routes!(privacy::file))
        .routes(routes!(privacy::take_in))
        .routes(routes!(privacy::consents))
        .routes(routes!(privacy::set_consent))
        .routes(routes!(privacy::close, privacy::keep))
        .routes(routes!(audit::list))
        .routes(routes!(audit::export))
        .routes(routes!(tokens::list, tokens::create))
        .routes(routes!(tokens::revoke))
        .routes(routes!(profile::get, profile::put))
        .routes(routes!(picture::get, picture::delete))
        .routes(routes!(jobs::list, jobs::create))
        .routes(routes!(jobs::get, jobs::put, jobs::delete))
        .routes(routes!(jobs::restore))
        .routes(routes!(import::import))
        .routes(routes!(parse::parse))
        .routes(routes!(sources::list, sources::create))
        .routes(routes!(sources::numbers))
        .routes(routes!(sources::get, sources::put, sources::delete))
        .routes(routes!(jobs::recommendations))
        .routes(routes!(feedback::give, feedback::remove))
        .routes(routes!(feedback::list))
        .routes(routes!(feedback::hidden, feedback::hide))
        .routes(routes!(feedback::show))
        .routes(routes!(searches::list, searches::create))
        .routes(routes!(searches::get, searches::put, searches::delete))
        .routes(routes!(searches::found))
        .routes(routes!(skill_gap::get))
        .routes(routes!(applications::list, applications::create))
        .routes(routes!(transfer::routes::export))
        .routes(routes!(applications::get, applications::put, applications::delete))
        .routes(routes!(interviews::list, interviews::create))
        .routes(routes!(interviews::get, interviews::put, interviews::delete))
        .routes(routes!(feed::interview))
        .routes(routes!(google_calendar::connect))
        .routes(routes!(contacts::list, contacts::create))
        .routes(routes!(contacts::get, contacts::put, contacts::delete))
        .routes(routes!(contacts::link, contacts::unlink))
        .routes(routes!(sent::list, sent::create))
        .routes(routes!(sent::delete))
        .routes(routes!(next::list))
        .routes(routes!(tasks::list, tasks::create))
        .routes(routes!(tasks::get, tasks::put, tasks::delete))
        .routes(routes!(tasks::done))
        .routes(routes!(offers::list))
        .routes(routes!(offers::get, offers::put, offers::delete))
        .routes(routes!(talk::list, talk::create))
        .routes(routes!(talk::delete))
        .routes(routes!(alerts::list))
        .routes(routes!(alerts::read))
        .routes(routes!(briefings::list, briefings::make))
        .routes(routes!(briefings::settings, briefings::save))
        .routes(routes!(briefings::get))
        .routes(routes!(today::summary))
        .routes(routes!(stream::events))
        // For the operator.
        .routes(routes!(mail::outbox))
        .routes(routes!(work::standing))
        .routes(routes!(work::dead))
        .routes(routes!(work::runs))
        .routes(routes!(health::metrics));
    OpenApiRouter::with_openapi(Contract::openapi()).nest("/api/v1", v1)
}

/// Every call with its method and path.
fn operations(document: &mut utoipa::openapi::OpenApi) -> impl Iterator<Item = (&'static str, &str, &mut Operation)> {
    document.paths.paths.iter_mut().flat_map(|(path, item)| {
        [("get", &mut item.get), ("post", &mut item.post), ("put", &mut item.put), ("delete", &mut item.delete)]
            .into_iter()
            .filter_map(move |(method, operation)| Some((method, path.as_str(), operation.as_mut()?)))
    })
}

/// Clients made from the document name their functions by the operations' ids, so each has its own: `get_jobs_id`.
fn name_operations(document: &mut utoipa::openapi::OpenApi) {
    for (method, path, operation) in operations(document) {
        let name = path.trim_start_matches("/api/v1/").replace(['/', '-'], "_").replace(['{', '}'], "");
        operation.operation_id = Some(format!("{method}_{name}"));
    }
}

/// The document of the REST routes.
fn complete_document() -> utoipa::openapi::OpenApi {
    let mut document = described().into_openapi();
    name_operations(&mut document);
    answers::complete(&mut document);
    document
}

/// The REST routes, their document and the page that shows it.
pub fn router(app: App) -> Router {
    let (router, _) = described().split_for_parts();
    let router = router
        .method_not_allowed_fallback(|| async { Error::NotAllowed })
        .route("/api/v1/openapi.json", get(docs::document))
        .route("/api/docs", get(docs::page));
    router.with_state(app)
}

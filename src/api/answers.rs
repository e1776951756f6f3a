//! What the document says of every call alike: how it is refused, what each status means, what every answer carries.

use super::operations;
use utoipa::openapi::{
    Content, HeaderBuilder, KnownFormat, ObjectBuilder, OpenApi, Ref, RefOr, Response, Schema, SchemaFormat, Type,
    path::{Operation, ParameterIn},
    schema::{AdditionalProperties, AnyOfBuilder, SchemaType},
};

const JSON: &str = "application/json";
const ZIP: &str = "application/zip";

/// Every word that `error_code` can be.
const CODES: [&str; 15] = [
    "malformed",
    "unauthorized",
    "refused",
    "method_not_allowed",
    "forbidden",
    "unconfirmed",
    "not_found",
    "invalid_fields",
    "conflict",
    "too_large",
    "unsupported",
    "too_many_requests",
    "unavailable",
    "busy",
    "internal",
];

/// Adds what the calls do not say themselves.
pub fn complete(document: &mut OpenApi) {
    document.components.get_or_insert_default().schemas.insert("Problem".into(), problem().into());
    for (method, _, operation) in operations(document) {
        for status in refusals(method, operation) {
            operation.responses.responses.entry(status.to_string()).or_insert_with(|| Response::new("").into());
        }
        for (status, response) in &mut operation.responses.responses {
            if let RefOr::T(response) = response {
                describe(status, response);
            }
        }
        if let Some(RefOr::T(body)) = &mut operation.request_body
            && let Some(RefOr::T(content)) = body.content.get_mut(ZIP)
        {
            content.schema = Some(file());
        }
    }
}

/// The statuses with which a call like this is refused, whatever it does. A wrong token is refused where none is asked for, too.
fn refusals(method: &str, operation: &Operation) -> Vec<u16> {
    let mut statuses = vec![401, 429, 500, 503];
    if method != "get" {
        statuses.push(403);
    }
    if operation.request_body.is_some() {
        statuses.extend([400, 413, 415, 422]);
    }
    for parameter in operation.parameters.iter().flatten() {
        let RefOr::T(parameter) = parameter else { continue };
        match parameter.parameter_in {
            ParameterIn::Query => statuses.extend([400, 422]),
            ParameterIn::Header => statuses.push(422),
            ParameterIn::Path => statuses.push(404),
            _ => {}
        }
    }
    statuses
}

fn describe(status: &str, response: &mut Response) {
    if response.description.is_empty() {
        response.description = words(status).into();
    }
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(8));
    let id = HeaderBuilder::new().schema(Some(text)).description(Some("Names the request in the log."));
    response.headers.insert("X-Request-Id".into(), id.build().into());
    if status == "429" {
        let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
        let wait = HeaderBuilder::new().schema(Some(seconds)).description(Some("Seconds until the next attempt."));
        response.headers.insert("Retry-After".into(), wait.build().into());
    }
    if let Some(RefOr::T(content)) = response.content.get_mut(ZIP) {
        content.schema = Some(file());
    }
    if status.starts_with(['4', '5']) {
        let own = match response.content.get(JSON) {
            Some(RefOr::T(content)) => content.schema.clone(),
            _ => None,
        };
        let problem = Ref::from_schema_name("Problem");
        let schema: RefOr<Schema> = match own {
            Some(own) => AnyOfBuilder::new().item(own).item(problem).into(),
            None => problem.into(),
        };
        response.content.insert(JSON.into(), Content::new(Some(schema)).into());
    }
}

fn words(status: &str) -> &'static str {
    match status {
        "200" => "As asked for.",
        "201" => "It was made.",
        "202" => "It was begun.",
        "204" => "It was done.",
        "303" => "It goes on at another address.",
        "400" => "The request cannot be read.",
        "401" => "Nobody is signed in, or the token is not valid.",
        "403" => "This is not allowed.",
        "404" => "It does not exist, or not any more.",
        "409" => "It does not go with what is there.",
        "413" => "The body is larger than allowed.",
        "415" => "The body is of another kind than the call takes.",
        "422" => "Some fields are not valid; each is named.",
        "429" => "There were too many attempts, or requests.",
        "503" => "The service is too busy, or something it needs is away.",
        _ => "Something went wrong here; the log has the cause under the request's id.",
    }
}

/// The body of every refusal.
fn problem() -> ObjectBuilder {
    let text = || ObjectBuilder::new().schema_type(Type::String);
    let moment = SchemaFormat::KnownFormat(KnownFormat::DateTime);
    ObjectBuilder::new()
        .description(Some("Why a request was refused."))
        .property("detail", text().description(Some("What is wrong and what to do, for people.")))
        .required("detail")
        .property("error_code", text().enum_values(Some(CODES)).description(Some("What is wrong, for programs.")))
        .required("error_code")
        .property("timestamp", text().format(Some(moment)))
        .required("timestamp")
        .property("request_id", text().description(Some("Names the request in the log.")))
        .required("request_id")
        .property(
            "fields",
            ObjectBuilder::new()
                .additional_properties(Some(text()))
                .description(Some("What is wrong with each field, with `invalid_fields`.")),
        )
        .property(
            "current",
            ObjectBuilder::new()
                .schema_type(SchemaType::AnyValue)
                .description(Some("The thing as it is now, where the `version` that was sent is not its newest.")),
        )
        .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
}

/// The bytes of a file.
fn file() -> RefOr<Schema> {
    let bytes = SchemaFormat::KnownFormat(KnownFormat::Binary);
    ObjectBuilder::new().schema_type(Type::String).format(Some(bytes)).into()
}

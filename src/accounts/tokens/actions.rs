//! What can be done with access tokens, the same for forms and REST.

use super::{NewToken, PREFIX, Scope, Scopes, TokensView, store};
use crate::{
    accounts::confirm::actions as confirm,
    audit::{self, Act, Kind},
    db,
    error::{Check, Error, Result},
    ids::TokenId,
    session::{self, Origin, SEEN_EVERY, Who},
    state::App,
};
use chrono::Duration;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::openapi::{
    ObjectBuilder,
    schema::{SchemaType, Type},
};

/// Tokens a person has at most.
pub const MOST: i64 = 50;
/// How long a token can last, in days.
const DAYS: [i64; 4] = [7, 30, 90, 365];
/// Characters of a token that are shown later, from its end.
const HINT: usize = 4;

/// A token as asked for.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WantedToken)]
pub struct Wanted {
    /// What the person calls it: 1 to 100 characters.
    #[schema(min_length = 1, max_length = 100, pattern = r"[^\s\x00-\x1f\x7f-\x9f]")]
    name: String,
    /// What it may do; `write` and `admin` include `read`. Only administrators can ask for `admin`.
    #[schema(min_items = 1)]
    scopes: Vec<Scope>,
    #[schema(schema_with = days)]
    expires_in_days: Option<i64>,
}

/// `expires_in_days` in the document.
fn days() -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(SchemaType::Array(vec![Type::Integer, Type::Null]))
        .enum_values(Some(DAYS.map(Value::from).into_iter().chain([Value::Null])))
        .description(Some("7, 30, 90 or 365; without it the token has no end."))
}

impl Wanted {
    /// From the texts of a form. What cannot be read becomes what [`create`] refuses by the field's name.
    pub fn from_form(name: String, scopes: &str, admin: bool, expires_in_days: &str) -> Self {
        let mut list = match scopes {
            "read" => vec![Scope::Read],
            "write" => vec![Scope::Write],
            _ => Vec::new(),
        };
        if admin && !list.is_empty() {
            list.push(Scope::Admin);
        }
        let days = expires_in_days.trim();
        let expires_in_days = (!days.is_empty()).then(|| days.parse().unwrap_or_default());
        Wanted { name, scopes: list, expires_in_days }
    }
}

/// What the section of the account page shows.
pub async fn view(app: &App, who: &Who) -> Result<TokensView> {
    Ok(TokensView { tokens: store::list(&app.db, who.user).await?, admin: who.scopes.admin })
}

/// Makes a token. The answer is the only place where it can be seen.
pub async fn create(app: &App, who: &Who, wanted: Wanted) -> Result<NewToken> {
    if who.is_demo() {
        return Err(Error::Denied("The demo person has no access tokens.".into()));
    }
    let name: String = wanted.name.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned();
    let scopes = Scopes::of(&wanted.scopes);
    let mut check = Check::default();
    check
        .that(!name.is_empty(), "name", "Please give the token a name.")
        .that(name.chars().count() <= 100, "name", "Please use at most 100 characters.")
        .that(!wanted.scopes.is_empty(), "scopes", "Please choose what the token may do.")
        .that(who.scopes.admin || !scopes.admin, "scopes", "Only administrators can make tokens for administration.")
        .that(
            wanted.expires_in_days.is_none_or(|days| DAYS.contains(&days)),
            "expires_in_days",
            "Please choose 7, 30, 90 or 365 days, or no end.",
        );
    check.done()?;
    confirm::required(app, who).await?;
    let token = [PREFIX, &session::random_token()].concat();
    let hint = token[token.len() - HINT..].to_owned();
    let mut change = app.change(who.user).await?;
    if store::count(&mut change.tx, who.user).await? >= MOST {
        return Err(Error::Conflict(format!(
            "You have {MOST} access tokens, and more are not possible. Please revoke one that is not needed any longer."
        )));
    }
    let expires_at = wanted.expires_in_days.map(|days| change.at + Duration::days(days));
    let new = NewToken { id: TokenId::fresh(), name, scopes: scopes.list(), expires_at, token };
    let at = change.at;
    store::insert(&mut change.tx, who.user, &new, &hint, at).await?;
    change.audit(Act::own(Kind::TokenMade, who).with("name", new.name.as_str()));
    change.record("account.token_created", Some(new.id.0), json!({ "name": new.name }));
    change.commit().await?;
    Ok(new)
}

/// Ends one of the person's tokens for good.
pub async fn revoke(app: &App, who: &Who, id: TokenId) -> Result<()> {
    let mut change = app.change(who.user).await?;
    let name = store::delete(&mut change.tx, who.user, id).await?.ok_or(Error::NotFound)?;
    change.audit(Act::own(Kind::TokenRevoked, who).with("name", name.as_str()));
    change.record("account.token_revoked", Some(id.0), json!({ "name": name }));
    change.commit().await
}

/// The person behind a token that came from an address, with what the token allows of what they may.
pub async fn verify(app: &App, token: &str, from: &Origin) -> Result<Who> {
    let now = db::now();
    let shown = store::find(&app.db, &session::sha256(token), now).await?.ok_or_else(|| {
        Error::Refused(
            "This access token is not valid, has expired or was revoked. Please make a new one on your account page."
                .into(),
        )
    })?;
    let who = Who::from(shown.person);
    if shown.used_at.is_none_or(|used| now - used > SEEN_EVERY) {
        store::used(&app.db, who.user, shown.token, now, &from.address).await?;
        audit::chain::note(
            &app.db,
            Act::at_the_door(Kind::TokenUsed, Some(who.user), from).by(who.user).with("name", shown.label),
        )
        .await?;
    }
    Ok(Who { scopes: who.scopes.and(Scopes::read(&shown.scopes)), ..who })
}

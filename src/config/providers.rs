//! Settings of the providers one can sign in with.

use super::{ConfigError, bad, values::private_way};
use crate::accounts::providers::Provider;
use std::fmt;
use url::Url;

/// One provider that is set up.
#[derive(Clone)]
pub struct ProviderConfig {
    pub provider: Provider,
    /// `GOOGLE_CLIENT_ID`, `GITHUB_CLIENT_ID`, `LINKEDIN_CLIENT_ID`.
    pub client_id: String,
    /// `GOOGLE_CLIENT_SECRET`, `GITHUB_CLIENT_SECRET`, `LINKEDIN_CLIENT_SECRET`.
    pub client_secret: String,
    /// `GOOGLE_ISSUER`, `LINKEDIN_ISSUER`: any OpenID provider can stand in. `GITHUB_ISSUER`: where people confirm, for GitHub Enterprise.
    pub issuer: Url,
    /// `GITHUB_API_URL`: GitHub's API. `GOOGLE_CALENDAR_API`: that of Google's calendars; none where another provider stands in for
    /// Google and no API is named. None for LinkedIn.
    pub api: Option<Url>,
}

impl fmt::Debug for ProviderConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderConfig").field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// The variables of one provider: client, secret, issuer and its default, API and its default.
struct Names {
    provider: Provider,
    id: &'static str,
    secret: &'static str,
    issuer: (&'static str, &'static str),
    api: Option<(&'static str, &'static str)>,
}

const ALL: [Names; 3] = [
    Names {
        provider: Provider::Google,
        id: "GOOGLE_CLIENT_ID",
        secret: "GOOGLE_CLIENT_SECRET",
        issuer: ("GOOGLE_ISSUER", "https://accounts.google.com"),
        api: Some(("GOOGLE_CALENDAR_API", "https://www.googleapis.com/calendar/v3")),
    },
    Names {
        provider: Provider::GitHub,
        id: "GITHUB_CLIENT_ID",
        secret: "GITHUB_CLIENT_SECRET",
        issuer: ("GITHUB_ISSUER", "https://github.com"),
        api: Some(("GITHUB_API_URL", "https://api.github.com")),
    },
    Names {
        provider: Provider::LinkedIn,
        id: "LINKEDIN_CLIENT_ID",
        secret: "LINKEDIN_CLIENT_SECRET",
        issuer: ("LINKEDIN_ISSUER", "https://www.linkedin.com/oauth"),
        api: None,
    },
];

/// The providers that have both a client and a secret; one without the other is an error.
pub(super) fn read(get: &impl Fn(&str) -> Option<String>) -> Result<Vec<ProviderConfig>, ConfigError> {
    let mut found = Vec::new();
    for names in ALL {
        let (client_id, client_secret) = match (get(names.id), get(names.secret)) {
            (Some(id), Some(secret)) => (id, secret),
            (None, None) => continue,
            (Some(_), None) => return Err(bad(names.secret, format!("is missing, while {} is given", names.id))),
            (None, Some(_)) => return Err(bad(names.id, format!("is missing, while {} is given", names.secret))),
        };
        let address = |(variable, default): (&'static str, &str)| {
            private_way(variable, &get(variable).unwrap_or_else(|| default.to_owned()))
        };
        let issuer = address(names.issuer)?;
        // Whoever stands in for Google has its calendars elsewhere, if at all.
        let stands_in = names.provider == Provider::Google && get(names.issuer.0).is_some();
        let named = names.api.filter(|(variable, _)| !stands_in || get(variable).is_some());
        let api = named.map(address).transpose()?;
        found.push(ProviderConfig { provider: names.provider, client_id, client_secret, issuer, api });
    }
    Ok(found)
}

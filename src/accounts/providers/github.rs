//! GitHub: OAuth without OpenID Connect; who somebody is comes from its API.

use super::{
    identity::{Identity, short},
    outside::{Endpoints, Outside, Trouble},
};
use crate::config::ProviderConfig;
use serde::Deserialize;

pub struct GitHub {
    /// Without a slash at the end.
    site: String,
    api: String,
}

#[derive(Deserialize)]
struct User {
    id: u64,
    login: String,
    name: Option<String>,
    bio: Option<String>,
    location: Option<String>,
    avatar_url: Option<String>,
}

#[derive(Deserialize)]
struct Email {
    email: String,
    primary: bool,
    verified: bool,
}

impl GitHub {
    pub fn new(config: &ProviderConfig) -> Self {
        let plain = |url: &url::Url| url.as_str().trim_end_matches('/').to_owned();
        GitHub { site: plain(&config.issuer), api: config.api.as_ref().map(plain).unwrap_or_default() }
    }

    pub fn endpoints(&self) -> Endpoints {
        Endpoints {
            authorize: [&self.site, "/login/oauth/authorize"].concat(),
            token: [&self.site, "/login/oauth/access_token"].concat(),
            revoke: None,
        }
    }

    /// Who the token belongs to, with their primary address when it is verified.
    pub async fn identity(&self, outside: &Outside, token: &str) -> Result<Identity, Trouble> {
        let user: User = outside.json(&[&self.api, "/user"].concat(), Some(token)).await?;
        let emails: Vec<Email> = outside.json(&[&self.api, "/user/emails"].concat(), Some(token)).await?;
        let email = emails.into_iter().find(|email| email.primary && email.verified);
        Ok(Identity {
            issuer: self.site.clone(),
            subject: user.id.to_string(),
            email_verified: email.is_some(),
            email: email.map(|email| short(&email.email, 254)).unwrap_or_default(),
            name: short(&user.name.unwrap_or(user.login), 100),
            headline: short(&user.bio.unwrap_or_default(), 200),
            place: short(&user.location.unwrap_or_default(), 100),
            picture: short(&user.avatar_url.unwrap_or_default(), 2_000),
        })
    }
}

//! Configuration: read once from the environment, checked at start, printed without secrets.

use crate::{db, error::Error, geo::Atlas};
use hkdf::Hkdf;
use rustls::pki_types::CertificateDer;
use sha2::Sha256;
use std::{
    fmt, fs,
    net::SocketAddr,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
};
use values::{authorities, flag, is_here, on, private_way, redis, secret, web_address};

mod files;
mod mail;
mod providers;
mod sources;
#[cfg(test)]
mod tests;
mod values;

pub use mail::{Login, Smtp, Tls};
pub use providers::ProviderConfig;
pub use sources::SourceKeys;

/// A setting that cannot be used, in a sentence that names the variable.
#[derive(Debug, thiserror::Error)]
#[error("{variable} {problem}")]
pub struct ConfigError {
    pub variable: &'static str,
    pub problem: String,
}

fn bad(variable: &'static str, problem: impl Into<String>) -> ConfigError {
    ConfigError { variable, problem: problem.into() }
}

#[derive(Clone, Debug)]
pub struct Config {
    /// `LISTEN_ADDR`: address and port to serve on. Default `127.0.0.1:3000`.
    pub listen: SocketAddr,
    /// `DATA_DIR`: folder of the SQLite file and generated secrets. Default `./data`.
    pub data_dir: PathBuf,
    /// `DATABASE_URL`: `postgres://…`, or `sqlite:PATH`. Default: a SQLite file in `DATA_DIR`.
    pub database_url: String,
    /// `PUBLIC_URL`: the address people type. `https://…` turns on Secure cookies and HSTS. Default `http://LISTEN_ADDR`. One with
    /// http is for this machine alone, unless `ALLOW_PLAIN_HTTP` is `true`.
    pub public_url: String,
    /// `TRUST_FORWARDED_FOR`: `true` behind a proxy that sets `X-Forwarded-For`; attempts are then counted by that address.
    pub trust_forwarded_for: bool,
    /// `LOG_FORMAT`: `text` or `json`. Default `text`. What is logged follows `RUST_LOG`.
    pub log_json: bool,
    /// `SECRET_KEY`: at least 32 characters; what is sealed in the database cannot be read without it. Generated into `DATA_DIR`
    /// when absent.
    pub secret_key: SecretKey,
    /// `SECRET_KEY_PREVIOUS`: the one before, until `career-copilot rotate-keys` has run.
    pub secret_key_previous: Option<SecretKey>,
    pub tokens: Tokens,
    /// `METRICS_TOKEN`: value of the header `X-Metrics-Token` that opens `/api/v1/metrics` to other machines; loopback needs none, unless behind a proxy.
    pub metrics_token: Option<String>,
    /// Whom one can sign in with; see [`ProviderConfig`].
    pub providers: Vec<ProviderConfig>,
    /// Keys of job boards; see [`SourceKeys`].
    pub source_keys: SourceKeys,
    /// Started with `--demo`: an invented person is there and the landing page offers to look around.
    pub demo: bool,
    /// `FETCH_PRIVATE_ADDRESSES`: `true` lets imports fetch from private and loopback addresses; for tests and closed networks only.
    pub fetch_private: bool,
    /// `FETCH_MIRROR`: a server that is asked for everything imports fetch, and given what push services are sent, `https://host/path`
    /// as `FETCH_MIRROR/host/path`; for closed networks and tests.
    pub fetch_mirror: Option<url::Url>,
    /// `GEOIP_DATABASE`: a file in MaxMind's format (`.mmdb`) that says where network addresses are. None without it.
    pub atlas: Option<Arc<Atlas>>,
    /// Where mail goes; without it mail is kept for the administrator to read.
    pub smtp: Option<Smtp>,
    /// `REDIS_URL`: `redis://…` on this machine, `rediss://…` elsewhere. Several servers on one Postgres tell each other by it what
    /// happened; without it each looks into the database.
    pub redis_url: Option<String>,
    /// `ENABLE_SCHEDULER`: `false` on a server that is not to put in what is due at its time of day. Default `true`.
    pub scheduler: bool,
    /// `ENABLE_JOB_SCRAPING`: `false` on a server that is not to read sources of postings by itself. Default `true`.
    pub scraping: bool,
    /// `IMAP_CA_FILE`: a PEM file of authorities whose word counts for people's mail servers too, beside those this machine trusts.
    pub imap_authorities: Vec<CertificateDer<'static>>,
}

/// What every key of this installation is made from.
#[derive(Clone)]
pub struct SecretKey(String);

impl SecretKey {
    /// The key for one purpose, by HKDF-SHA-256 (RFC 5869): one that is known tells nothing of the others.
    pub fn derive(&self, purpose: &str) -> Result<[u8; 32], Error> {
        let mut key = [0; 32];
        Hkdf::<Sha256>::new(None, self.0.as_bytes()).expand(purpose.as_bytes(), &mut key).map_err(Error::internal)?;
        Ok(key)
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey")
    }
}

/// Signing of the tokens that programs log in for.
#[derive(Clone)]
pub struct Tokens {
    /// `JWT_SECRET_KEY`: at least 32 characters. Generated into `DATA_DIR` when absent.
    pub secret: String,
    /// `JWT_EXPIRATION_HOURS`: 1 to 8760. Default 24.
    pub hours: i64,
}

impl Tokens {
    /// The key tokens of a period are signed with, by HKDF-SHA-256.
    pub fn key(&self, period: i64) -> Result<[u8; 32], Error> {
        SecretKey(self.secret.clone()).derive(&format!("tokens of period {period}"))
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("hours", &self.hours).finish_non_exhaustive()
    }
}

impl Config {
    /// Reads the process environment.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads settings through `var`; empty values count as absent. Creates `DATA_DIR` and missing secrets.
    pub fn read(var: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let plain = |name: &str| var(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let files = files::read(&plain)?;
        let get = |name: &str| plain(name).or_else(|| files.get(name).cloned());
        let listen: SocketAddr = get("LISTEN_ADDR")
            .unwrap_or_else(|| "127.0.0.1:3000".into())
            .parse()
            .map_err(|_| bad("LISTEN_ADDR", "must be an address and a port, such as 127.0.0.1:3000"))?;
        let data_dir = PathBuf::from(get("DATA_DIR").unwrap_or_else(|| "data".into()));
        // Private data: nobody else on the machine may look into a folder we make.
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&data_dir)
            .map_err(|cause| bad("DATA_DIR", format!("names a folder that cannot be created: {cause}")))?;
        let database_url = get("DATABASE_URL").unwrap_or_else(|| db::sqlite_url(&data_dir));
        if !["postgres://", "postgresql://", "sqlite:"].iter().any(|scheme| database_url.starts_with(scheme)) {
            return Err(bad("DATABASE_URL", "must start with postgres:// or sqlite:"));
        }
        let public_url = get("PUBLIC_URL").unwrap_or_else(|| format!("http://{listen}"));
        let address = web_address("PUBLIC_URL", &public_url)?;
        let here = listen.ip().is_loopback() && is_here(&address);
        let plain_http = flag("ALLOW_PLAIN_HTTP", get("ALLOW_PLAIN_HTTP"))?;
        if address.scheme() == "http" && !here && !plain_http {
            return Err(bad(
                "PUBLIC_URL",
                "must start with https:// when people on other machines use it: passwords would travel in the open. Put a proxy \
                 that ends TLS in front, or, in a closed network, set ALLOW_PLAIN_HTTP=true",
            ));
        }
        let hours = match get("JWT_EXPIRATION_HOURS") {
            None => 24,
            Some(text) => text
                .parse()
                .ok()
                .filter(|hours| (1..=8760).contains(hours))
                .ok_or_else(|| bad("JWT_EXPIRATION_HOURS", "must be a whole number from 1 to 8760"))?,
        };
        let own_key = |name| secret(name, &data_dir, get(name));
        let (secret_key, secret) = (SecretKey(own_key("SECRET_KEY")?), own_key("JWT_SECRET_KEY")?);
        Ok(Config {
            listen,
            database_url,
            public_url: public_url.trim_end_matches('/').to_owned(),
            trust_forwarded_for: flag("TRUST_FORWARDED_FOR", get("TRUST_FORWARDED_FOR"))?,
            log_json: match get("LOG_FORMAT").as_deref() {
                None | Some("text") => false,
                Some("json") => true,
                Some(_) => return Err(bad("LOG_FORMAT", "must be text or json")),
            },
            secret_key,
            secret_key_previous: get("SECRET_KEY_PREVIOUS").map(SecretKey),
            tokens: Tokens { secret, hours },
            metrics_token: get("METRICS_TOKEN"),
            providers: providers::read(&get)?,
            source_keys: sources::read(&get)?,
            demo: false,
            fetch_private: flag("FETCH_PRIVATE_ADDRESSES", get("FETCH_PRIVATE_ADDRESSES"))?,
            fetch_mirror: get("FETCH_MIRROR").map(|text| private_way("FETCH_MIRROR", &text)).transpose()?,
            atlas: match get("GEOIP_DATABASE") {
                Some(file) => {
                    Some(Arc::new(Atlas::read(Path::new(&file)).map_err(|problem| bad("GEOIP_DATABASE", problem))?))
                }
                None => None,
            },
            redis_url: get("REDIS_URL").map(|text| redis(text, plain_http)).transpose()?,
            scheduler: on("ENABLE_SCHEDULER", get("ENABLE_SCHEDULER"))?,
            scraping: on("ENABLE_JOB_SCRAPING", get("ENABLE_JOB_SCRAPING"))?,
            imap_authorities: get("IMAP_CA_FILE").map_or(Ok(Vec::new()), |file| authorities(&file))?,
            smtp: mail::read(get)?,
            data_dir,
        })
    }

    /// True when people reach the app over TLS.
    pub fn https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// One line per setting, no secrets.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let database = match url::Url::parse(&self.database_url) {
            Ok(mut url) if url.password().is_some() => {
                // Only an address that cannot have a password refuses one, and this one has it.
                let _ = url.set_password(Some("***"));
                url.to_string()
            }
            _ => self.database_url.clone(),
        };
        writeln!(f, "  serving on      {}", self.listen)?;
        writeln!(f, "  public address  {}", self.public_url)?;
        writeln!(f, "  data folder     {}", self.data_dir.display())?;
        writeln!(f, "  database        {database}")?;
        if let Some(url) = self.redis_url.as_deref().and_then(|text| url::Url::parse(text).ok()) {
            writeln!(f, "  other servers   told by Redis at {}", url.host_str().unwrap_or("this machine"))?;
        }
        writeln!(f, "  login tokens    valid {} h", self.tokens.hours)?;
        let providers: Vec<&str> = self.providers.iter().map(|config| config.provider.label()).collect();
        if !providers.is_empty() {
            writeln!(f, "  sign in with    {}", providers.join(", "))?;
        }
        let boards: Vec<&str> = self.source_keys.opened().into_iter().map(boards::Format::label).collect();
        if !boards.is_empty() {
            writeln!(f, "  boards by key   {}", boards.join(", "))?;
        }
        match &self.smtp {
            Some(smtp) => writeln!(f, "  mail            {smtp}")?,
            None => writeln!(f, "  mail            kept here, because SMTP_HOST is not set")?,
        }
        write!(f, "  demo person     {}", if self.demo { "yes" } else { "no" })
    }
}

//! Configuration: read once from the environment, checked at start, printed without secrets.

use crate::{db, error::Error, geo::Atlas};
use hkdf::Hkdf;
use rustls::pki_types::{CertificateDer, pem::PemObject};
use sha2::Sha256;
use std::{
    fmt, fs,
    io::Write,
    net::SocketAddr,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

mod files;
mod mail;
mod providers;
mod sources;

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

/// The address of a Redis: by TLS, unless it is on this machine or in a closed network.
fn redis(text: String, closed: bool) -> Result<String, ConfigError> {
    let url = url::Url::parse(&text)
        .map_err(|_| bad("REDIS_URL", "must be an address such as rediss://redis.example.org"))?;
    match url.scheme() {
        "rediss" => Ok(text),
        "redis" if closed || mail::is_here(url.host_str().unwrap_or_default()) => Ok(text),
        "redis" => Err(bad(
            "REDIS_URL",
            "must start with rediss:// for a Redis on another machine: passwords would travel in the open. In a closed network, set ALLOW_PLAIN_HTTP=true",
        )),
        _ => Err(bad("REDIS_URL", "must start with redis:// or rediss://")),
    }
}

/// The certificates of a PEM file.
fn authorities(file: &str) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
    let wrong = |cause: &dyn fmt::Display| bad("IMAP_CA_FILE", format!("names no file of PEM certificates: {cause}"));
    let all = CertificateDer::pem_file_iter(file).map_err(|cause| wrong(&cause))?;
    let all = all.collect::<Result<Vec<_>, _>>().map_err(|cause| wrong(&cause))?;
    if all.is_empty() { Err(wrong(&"there is none in it")) } else { Ok(all) }
}

fn bad(variable: &'static str, problem: impl Into<String>) -> ConfigError {
    ConfigError { variable, problem: problem.into() }
}

fn web_address(variable: &'static str, text: &str) -> Result<url::Url, ConfigError> {
    let url =
        url::Url::parse(text).map_err(|_| bad(variable, "must be an address such as https://jobs.example.org"))?;
    if matches!(url.scheme(), "http" | "https") && url.host().is_some() {
        Ok(url)
    } else {
        Err(bad(variable, "must start with http:// or https:// and name a host"))
    }
}

/// The same, kept private on the way: https, unless it leads to this machine.
fn private_way(variable: &'static str, text: &str) -> Result<url::Url, ConfigError> {
    let url = web_address(variable, text)?;
    if url.scheme() == "https" || is_here(&url) {
        Ok(url)
    } else {
        Err(bad(variable, "must start with https://, unless it names this machine"))
    }
}

/// Whether an address is on this machine by its name alone.
fn is_here(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn flag(variable: &'static str, value: Option<String>) -> Result<bool, ConfigError> {
    match value.as_deref() {
        None | Some("false" | "0" | "no") => Ok(false),
        Some("true" | "1" | "yes") => Ok(true),
        Some(_) => Err(bad(variable, "must be true or false")),
    }
}

/// The same for what is so unless it is switched off.
fn on(variable: &'static str, value: Option<String>) -> Result<bool, ConfigError> {
    match value {
        None => Ok(true),
        given => flag(variable, given),
    }
}

/// The given secret, or the one kept in `data_dir`, made there (readable by the owner only) on first use.
fn secret(variable: &'static str, data_dir: &Path, given: Option<String>) -> Result<String, ConfigError> {
    if let Some(value) = given {
        return if value.chars().count() >= 32 {
            Ok(value)
        } else {
            Err(bad(variable, "must have at least 32 characters; leave it out to have one generated"))
        };
    }
    let path = data_dir.join(variable.to_lowercase());
    match fs::read_to_string(&path) {
        Ok(kept) if kept.trim().len() >= 32 => return Ok(kept.trim().to_owned()),
        // Never replaced in silence: what was sealed with the old one would be lost.
        Ok(_) => {
            let words = format!("was generated into {} and is damaged there: put it back from a copy", path.display());
            return Err(bad(variable, words));
        }
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
            return Err(bad(variable, format!("cannot be read from {}: {cause}", path.display())));
        }
        Err(_) => {}
    }
    let fresh = crate::session::random_token();
    fs::OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(true)
        .mode(0o600)
        .open(&path)
        .and_then(|mut file| file.write_all(fresh.as_bytes()))
        .map_err(|cause| bad(variable, format!("could not be generated into {}: {cause}", path.display())))?;
    Ok(fresh)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let data = dir.path().display().to_string();
        Config::read(|name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
                .or_else(|| (name == "DATA_DIR").then(|| data.clone()))
        })
    }

    #[test]
    fn nothing_set_gives_a_laptop() {
        let config = read(&[]).expect("defaults work");
        assert_eq!(config.public_url, "http://127.0.0.1:3000");
        assert!(config.database_url.starts_with("sqlite:"));
        assert!(config.tokens.secret.len() >= 32);
        assert!(config.scheduler && config.scraping);
        let quiet = read(&[("ENABLE_SCHEDULER", "false"), ("ENABLE_JOB_SCRAPING", "no")]).expect("switched off");
        assert!(!quiet.scheduler && !quiet.scraping);
    }

    #[test]
    fn a_wrong_value_names_its_variable() {
        for (variable, value) in [
            ("LISTEN_ADDR", "everywhere"),
            ("DATABASE_URL", "mysql://x"),
            ("PUBLIC_URL", "jobs"),
            ("PUBLIC_URL", "ftp://jobs"),
            ("JWT_EXPIRATION_HOURS", "0"),
            ("JWT_EXPIRATION_HOURS", "soon"),
            ("JWT_SECRET_KEY", "short"),
            ("SECRET_KEY", "short"),
            ("TRUST_FORWARDED_FOR", "maybe"),
            ("FETCH_MIRROR", "boards"),
            ("FETCH_MIRROR", "file:///boards"),
            ("FETCH_MIRROR", "http://boards.example.org"),
            ("PUBLIC_URL", "http://jobs.example.org"),
            ("ALLOW_PLAIN_HTTP", "perhaps"),
            ("ENABLE_SCHEDULER", "sometimes"),
            ("ENABLE_JOB_SCRAPING", "2"),
            ("LOG_FORMAT", "xml"),
            ("GEOIP_DATABASE", "/nowhere/at/all"),
            ("GEOIP_DATABASE", file!()),
        ] {
            let error = read(&[(variable, value)]).expect_err(variable);
            assert_eq!(error.variable, variable);
            assert!(error.to_string().starts_with(variable), "{error}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine() {
        for pairs in [
            vec![("LISTEN_ADDR", "0.0.0.0:3000")],
            vec![("LISTEN_ADDR", "[::]:3000")],
            vec![("LISTEN_ADDR", "192.0.2.7:3000")],
            vec![("LISTEN_ADDR", "0.0.0.0:3000"), ("PUBLIC_URL", "http://localhost:3000")],
            vec![("PUBLIC_URL", "http://jobs.example.org")],
            vec![("PUBLIC_URL", "http://192.0.2.7:3000")],
            vec![("PUBLIC_URL", "http://localhost.example.org")],
        ] {
            let error = read(&pairs).expect_err("people would send their passwords in the open");
            assert_eq!(error.variable, "PUBLIC_URL", "{pairs:?}");
            assert!(error.to_string().contains("ALLOW_PLAIN_HTTP=true"), "{error}");
            let allowed = [pairs, vec![("ALLOW_PLAIN_HTTP", "true")]].concat();
            assert!(!read(&allowed).expect("somebody knows what they do").https());
        }
        for pairs in [
            vec![("PUBLIC_URL", "http://localhost:3000")],
            vec![("LISTEN_ADDR", "[::1]:3000")],
            vec![("LISTEN_ADDR", "0.0.0.0:3000"), ("PUBLIC_URL", "https://jobs.example.org")],
        ] {
            read(&pairs).expect("nothing in the open");
        }
    }

    #[test]
    fn secrets_can_be_in_files() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let file = dir.path().join("from-a-vault");
        let path = file.display().to_string();
        fs::write(&file, "0123456789abcdef0123456789abcdef\n").expect("a file");
        let config = read(&[("SECRET_KEY_FILE", &path), ("JWT_SECRET_KEY_FILE", &path), ("METRICS_TOKEN_FILE", &path)]);
        let config = config.expect("they are read");
        assert_eq!(config.tokens.secret, "0123456789abcdef0123456789abcdef");
        assert_eq!(config.metrics_token.as_deref(), Some("0123456789abcdef0123456789abcdef"));
        let both = [("SECRET_KEY_FILE", path.as_str()), ("SECRET_KEY", "0123456789abcdef0123456789abcdef")];
        assert_eq!(read(&both).expect_err("which one").variable, "SECRET_KEY_FILE");
        fs::write(&file, " \n").expect("a file");
        assert_eq!(read(&[("SMTP_PASSWORD_FILE", &path)]).expect_err("nothing in it").variable, "SMTP_PASSWORD_FILE");
        fs::write(&file, "x".repeat(100_000)).expect("a file");
        assert_eq!(read(&[("DATABASE_URL_FILE", &path)]).expect_err("no secret").variable, "DATABASE_URL_FILE");
        let nowhere = [("GITHUB_CLIENT_SECRET_FILE", "/nowhere/at/all")];
        let error = read(&nowhere).expect_err("no such file");
        assert_eq!(error.variable, "GITHUB_CLIENT_SECRET_FILE");
    }

    #[test]
    fn providers_need_both_halves() {
        assert!(read(&[]).expect("defaults work").providers.is_empty());
        let error = read(&[("GOOGLE_CLIENT_ID", "x")]).expect_err("half of it");
        assert_eq!(error.to_string(), "GOOGLE_CLIENT_SECRET is missing, while GOOGLE_CLIENT_ID is given");
        assert_eq!(read(&[("GITHUB_CLIENT_SECRET", "x")]).expect_err("half of it").variable, "GITHUB_CLIENT_ID");
        let wrong = [("GOOGLE_CLIENT_ID", "x"), ("GOOGLE_CLIENT_SECRET", "y"), ("GOOGLE_ISSUER", "accounts")];
        assert_eq!(read(&wrong).expect_err("no address").variable, "GOOGLE_ISSUER");
        let plain = [wrong[0], wrong[1], ("GOOGLE_ISSUER", "http://accounts.example.org")];
        assert_eq!(read(&plain).expect_err("in the open").variable, "GOOGLE_ISSUER");
        let here = [wrong[0], wrong[1], ("GOOGLE_ISSUER", "http://127.0.0.1:9000")];
        read(&here).expect("a stand-in on this machine");
        let calendars = |more: &[(&'static str, &'static str)]| read(&[&wrong[..2], more].concat());
        let api = |config: Config| config.providers[0].api.as_ref().map(ToString::to_string);
        assert_eq!(
            api(calendars(&[]).expect("Google itself")).as_deref(),
            Some("https://www.googleapis.com/calendar/v3")
        );
        assert_eq!(api(calendars(&[("GOOGLE_ISSUER", "https://id.example.org")]).expect("another one")), None);
        let named = [("GOOGLE_ISSUER", "http://127.0.0.1:9000"), ("GOOGLE_CALENDAR_API", "http://127.0.0.1:9000/v3")];
        assert_eq!(api(calendars(&named).expect("a stand-in")).as_deref(), Some("http://127.0.0.1:9000/v3"));
        for unfit in ["calendars", "http://calendars.example.org", "ftp://calendars.example.org"] {
            let error = calendars(&[("GOOGLE_CALENDAR_API", unfit)]).expect_err("no private way");
            assert_eq!(error.variable, "GOOGLE_CALENDAR_API");
        }
        let config = read(&[("LINKEDIN_CLIENT_ID", "x"), ("LINKEDIN_CLIENT_SECRET", "open-sesame")]).expect("whole");
        assert_eq!(config.providers[0].issuer.as_str(), "https://www.linkedin.com/oauth");
        assert!(config.to_string().contains("LinkedIn") && !format!("{config} {config:?}").contains("open-sesame"));
    }

    #[test]
    fn each_purpose_has_its_own_key() {
        let key = SecretKey("0123456789abcdef0123456789abcdef".into());
        let derive = |purpose| key.derive(purpose).expect("a key");
        assert_eq!(derive("devices"), derive("devices"));
        assert_ne!(derive("devices"), derive("seals"));
        assert_ne!(derive("devices"), SecretKey("another".into()).derive("devices").expect("a key"));
    }

    #[test]
    fn a_damaged_secret_is_never_replaced() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let made = secret("SECRET_KEY", dir.path(), None).expect("made");
        assert_eq!(secret("SECRET_KEY", dir.path(), None).expect("kept"), made);
        let path = dir.path().join("secret_key");
        fs::write(&path, "half of").expect("damage");
        let error = secret("SECRET_KEY", dir.path(), None).expect_err("it is told").to_string();
        assert!(error.contains("SECRET_KEY") && error.contains("damaged"), "{error}");
        assert_eq!(fs::read_to_string(&path).expect("the file"), "half of");
    }

    #[test]
    fn the_summary_keeps_secrets() {
        let config = read(&[
            ("DATABASE_URL", "postgres://ann:open-sesame@db/jobs"),
            ("JWT_SECRET_KEY", "0123456789abcdef0123456789abcdef"),
            ("SECRET_KEY", "0123456789abcdef0123456789abcdef"),
        ])
        .expect("valid");
        let text = format!("{config} {config:?}");
        assert!(!config.to_string().contains("open-sesame"));
        assert!(!text.contains("0123456789abcdef"));
    }
}

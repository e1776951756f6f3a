//! Values of settings: what is written there, checked. Every error names the variable.

use super::{ConfigError, bad, mail};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use std::{fmt, fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

/// The address of a Redis: by TLS, unless it is on this machine or in a closed network.
pub fn redis(text: String, closed: bool) -> Result<String, ConfigError> {
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
pub fn authorities(file: &str) -> Result<Vec<CertificateDer<'static>>, ConfigError> {
    let wrong = |cause: &dyn fmt::Display| bad("IMAP_CA_FILE", format!("names no file of PEM certificates: {cause}"));
    let all = CertificateDer::pem_file_iter(file).map_err(|cause| wrong(&cause))?;
    let all = all.collect::<Result<Vec<_>, _>>().map_err(|cause| wrong(&cause))?;
    if all.is_empty() { Err(wrong(&"there is none in it")) } else { Ok(all) }
}

/// An address on the web.
pub fn web_address(variable: &'static str, text: &str) -> Result<url::Url, ConfigError> {
    let url =
        url::Url::parse(text).map_err(|_| bad(variable, "must be an address such as https://jobs.example.org"))?;
    if matches!(url.scheme(), "http" | "https") && url.host().is_some() {
        Ok(url)
    } else {
        Err(bad(variable, "must start with http:// or https:// and name a host"))
    }
}

/// The same, kept private on the way: https, unless it leads to this machine.
pub fn private_way(variable: &'static str, text: &str) -> Result<url::Url, ConfigError> {
    let url = web_address(variable, text)?;
    if url.scheme() == "https" || is_here(&url) {
        Ok(url)
    } else {
        Err(bad(variable, "must start with https://, unless it names this machine"))
    }
}

/// Whether an address is on this machine by its name alone.
pub fn is_here(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// Whether something is switched on.
pub fn flag(variable: &'static str, value: Option<String>) -> Result<bool, ConfigError> {
    match value.as_deref() {
        None | Some("false" | "0" | "no") => Ok(false),
        Some("true" | "1" | "yes") => Ok(true),
        Some(_) => Err(bad(variable, "must be true or false")),
    }
}

/// The same for what is so unless it is switched off.
pub fn on(variable: &'static str, value: Option<String>) -> Result<bool, ConfigError> {
    match value {
        None => Ok(true),
        given => flag(variable, given),
    }
}

/// The given secret, or the one kept in `data_dir`, made there (readable by the owner only) on first use.
pub fn secret(variable: &'static str, data_dir: &Path, given: Option<String>) -> Result<String, ConfigError> {
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

//! The files that are not pages: the browser half, its style, icons, the service worker. `cargo xtask` builds them; a release
//! binary carries them in itself, other builds read them from the target folder when they start.
//!
//! ```text
//! build.rs writes site.rs ──▶ Assets::load() ──▶ assets.path("app.js")   the address to put into a page
//!                                             └▶ routes(app)             answers it
//! ```

mod encoding;
mod kind;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::Path,
    sync::OnceLock,
};

use crate::state::App;

include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// Where the site of this build is; the build script knows.
pub enum Site {
    /// In this binary.
    Embedded(&'static [Embedded]),
    /// In this folder, if it was built at all.
    Folder(&'static str),
}

/// One file in the binary, with its compressed forms.
pub struct Embedded {
    /// As in the site's folder, with forward slashes and no leading one.
    pub path: &'static str,
    pub plain: &'static [u8],
    pub br: Option<&'static [u8]>,
    pub gz: Option<&'static [u8]>,
}

/// Every file there is, in memory.
#[derive(Default)]
pub struct Assets {
    /// By address: `/pkg/app.<hash>.js`.
    files: HashMap<String, File>,
    /// From the name the code uses to the address: `app.js`.
    addresses: BTreeMap<String, String>,
    /// From a part of the browser half (`app/parts.rs`) to the addresses it takes.
    parts: BTreeMap<String, Vec<String>>,
}

struct File {
    plain: Bytes,
    br: Option<Bytes>,
    gz: Option<Bytes>,
    content_type: &'static str,
    /// The address changes with the content, so it may be kept for ever.
    immutable: bool,
    hash: String,
}

/// One file in the form that suits the one who asks.
#[derive(Debug, Clone)]
pub struct Asset {
    pub bytes: Bytes,
    pub content_type: &'static str,
    /// `br` or `gzip`, unless the bytes are the file's own.
    pub encoding: Option<&'static str>,
    /// True if the address will never stand for other bytes.
    pub immutable: bool,
    /// Quoted, and another one for each form.
    pub etag: String,
}

impl Assets {
    /// The site of this build. Empty if `cargo xtask` has not built one: pages then work without style and script.
    pub fn load() -> Assets {
        match SITE {
            Site::Embedded(files) => Assets::of(files.iter().map(|file| {
                let [br, gz] = [file.br, file.gz].map(|form| form.map(Bytes::from_static));
                (file.path.to_string(), [Some(Bytes::from_static(file.plain)), br, gz])
            })),
            Site::Folder(folder) => {
                // Once for all apps of a process: tests start many, and an unoptimised browser half is large.
                static FILES: OnceLock<Vec<(String, Bytes)>> = OnceLock::new();
                let files = FILES.get_or_init(|| {
                    let mut files = Vec::new();
                    read(Path::new(folder), "", &mut files);
                    files
                });
                Assets::of(files.iter().map(|(path, bytes)| (path.clone(), [Some(bytes.clone()), None, None])))
            }
        }
    }

    /// The address of a file by the name it has in the sources: `app.js`, `app.wasm`, `app.css`, `icon.svg`.
    /// None if the site does not have it.
    pub fn path(&self, name: &str) -> Option<&str> {
        self.addresses.get(name).map(String::as_str)
    }

    /// The addresses parts of the browser half take beyond what every page takes, each once.
    pub fn parts(&self, names: &[&str]) -> BTreeSet<&str> {
        names.iter().filter_map(|name| self.parts.get(*name)).flatten().map(String::as_str).collect()
    }

    /// True if no site was built: there is nothing to serve.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file at an address, compressed if the `Accept-Encoding` value allows it and the file has such a form.
    pub fn get(&self, address: &str, accept_encoding: &str) -> Option<Asset> {
        let file = self.files.get(address)?;
        let accepted = encoding::accepted(accept_encoding);
        let (bytes, encoding) = match (&file.br, &file.gz) {
            (Some(br), _) if accepted.br => (br, Some("br")),
            (_, Some(gz)) if accepted.gzip => (gz, Some("gzip")),
            _ => (&file.plain, None),
        };
        let etag = match encoding {
            Some(encoding) => format!("\"{}-{encoding}\"", file.hash),
            None => format!("\"{}\"", file.hash),
        };
        let (content_type, immutable) = (file.content_type, file.immutable);
        Some(Asset { bytes: bytes.clone(), content_type, encoding, immutable, etag })
    }

    /// Plain, brotli and gzip forms by path. Those without a plain form are passed over.
    fn of(all: impl Iterator<Item = (String, [Option<Bytes>; 3])>) -> Assets {
        let mut assets = Assets::default();
        for (path, [plain, br, gz]) in all {
            let Some(plain) = plain else { continue };
            // Our own build wrote these two; were they broken, pages would work without script and style.
            if path == "assets.json" {
                assets.addresses = serde_json::from_slice(&plain).unwrap_or_default();
                continue;
            }
            if path == "parts.json" {
                assets.parts = serde_json::from_slice(&plain).unwrap_or_default();
                continue;
            }
            let named = kind::hash_in_name(&path).map(str::to_owned);
            let immutable = named.is_some();
            let hash = named.unwrap_or_else(|| short_hash(&plain));
            let content_type = kind::content_type(&path);
            assets.files.insert(format!("/{path}"), File { plain, br, gz, content_type, immutable, hash });
        }
        assets
    }
}

/// A route for every file. Any other address stays free for pages.
pub fn routes(app: App) -> Router {
    let addresses: Vec<String> = app.assets.files.keys().cloned().collect();
    let routes = addresses.iter().fold(Router::new(), |router, address| router.route(address, get(serve)));
    routes.with_state(app)
}

async fn serve(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    respond(&app.assets, uri.path(), &headers)
}

/// The answer for one address: 200, 304 if the asker has these very bytes, 404 if there is no such file.
pub fn respond(assets: &Assets, address: &str, headers: &HeaderMap) -> Response {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some(asset) = assets.get(address, text(header::ACCEPT_ENCODING)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let known = text(header::IF_NONE_MATCH).split(',').map(|tag| tag.trim().trim_start_matches("W/"));
    let fresh = known.into_iter().any(|tag| tag == asset.etag || tag == "*");
    let mut response =
        if fresh { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(asset.bytes).into_response() };
    let caching = kind::caching(address, asset.immutable);
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    set(header::CACHE_CONTROL, caching);
    set(header::ETAG, &asset.etag);
    set(header::VARY, "accept-encoding");
    if !fresh {
        set(header::CONTENT_TYPE, asset.content_type);
        if let Some(encoding) = asset.encoding {
            set(header::CONTENT_ENCODING, encoding);
        }
    }
    // With "not modified" too: browsers put its headers in the place of those they keep.
    if let Some(policy) = kind::policy(address) {
        set(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// All files below a folder; what cannot be read is left out, as it would be had it not been built.
fn read(folder: &Path, prefix: &str, files: &mut Vec<(String, Bytes)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let Some(name) = name.to_str() else { continue };
        if path.is_dir() {
            read(&path, &format!("{prefix}{name}/"), files);
        } else if let Ok(bytes) = std::fs::read(&path) {
            files.push((format!("{prefix}{name}"), Bytes::from(bytes)));
        }
    }
}

#[cfg(test)]
mod tests;

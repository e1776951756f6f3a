//! What a file's path says about it.

/// The `Content-Type` of a path, by its ending; bytes of an unknown kind are only that.
pub fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "avif" => "image/avif",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/vnd.microsoft.icon",
        "jpg" | "jpeg" => "image/jpeg",
        "js" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

/// The content hash in `pkg/app.<16 hexadecimal digits>.css`, or that of all files of a folder in `pkg/<16 digits>/app.js`.
pub fn hash_in_name(path: &str) -> Option<&str> {
    let path = path.strip_prefix("pkg/")?;
    let hash = match path.split_once('/') {
        Some((folder, _)) => folder,
        None => path.rsplit_once('.')?.0.rsplit_once('.')?.1,
    };
    (hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(hash)
}

/// `Cache-Control`: for ever, or ask each time (worker, manifest and offline page decide what an installed app does), or,
/// for pictures and the like, ask after a while.
pub fn caching(address: &str, immutable: bool) -> &'static str {
    match content_type(address).split(';').next().unwrap_or_default() {
        _ if immutable => "public, max-age=31536000, immutable",
        "text/javascript" | "text/html" | "application/manifest+json" | "application/json" => "no-cache",
        _ => "public, max-age=3600, stale-while-revalidate=86400",
    }
}

/// The policy of those files that are loaded as a document or a worker of their own. The worker's covers what it fetches.
pub fn policy(address: &str) -> Option<&'static str> {
    match content_type(address).split(';').next().unwrap_or_default() {
        "text/html" => Some(
            "default-src 'none'; style-src 'self'; img-src 'self'; manifest-src 'self'; base-uri 'none'; \
             form-action 'none'; frame-ancestors 'none'",
        ),
        "text/javascript" => {
            Some("default-src 'none'; connect-src 'self'; script-src 'self'; base-uri 'none'; frame-ancestors 'none'")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_name_the_kind() {
        assert_eq!(content_type("pkg/app.0123456789abcdef.wasm"), "application/wasm");
        assert_eq!(content_type("manifest.webmanifest"), "application/manifest+json");
        assert_eq!(content_type("LICENSE"), "application/octet-stream");
    }

    #[test]
    fn only_the_builds_own_hashes_count() {
        assert_eq!(hash_in_name("pkg/app.0123456789abcdef.js"), Some("0123456789abcdef"));
        assert_eq!(hash_in_name("pkg/0123456789abcdef/app.js"), Some("0123456789abcdef"));
        assert_eq!(hash_in_name("pkg/0123456789abcdef/snippets/x/inline0.js"), Some("0123456789abcdef"));
        assert_eq!(hash_in_name("pkg/snippets/leptos-0123456789abcdef/inline0.js"), None);
        assert_eq!(hash_in_name("icons/app.0123456789abcdef.svg"), None);
        assert_eq!(hash_in_name("pkg/app.min.js"), None);
    }
}

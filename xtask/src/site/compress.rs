//! Compressed forms written beside a file.

use std::io::Write;

use crate::sh::Done;

/// True for the kinds of file that are text, or compress like it.
pub fn pays(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["css", "html", "ico", "js", "json", "map", "svg", "txt", "wasm", "webmanifest", "xml"].contains(&extension)
}

/// Brotli at its highest level with its largest standard window; slow, and done once per content.
pub fn brotli(bytes: &[u8]) -> Done<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len() / 3);
    let params =
        brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).map_err(|e| format!("brotli: {e}"))?;
    Ok(out)
}

/// Gzip at its highest level, for what does not speak brotli (plain http in some browsers, proxies, curl).
pub fn gzip(bytes: &[u8]) -> Done<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(|e| format!("gzip: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn both_forms_unpack_to_the_same_bytes() {
        let text = "the same line again and again\n".repeat(200).into_bytes();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &brotli(&text).expect("brotli")[..], &mut unpacked).expect("valid brotli");
        assert_eq!(unpacked, text);
        let zipped = gzip(&text).expect("gzip");
        let mut unzipped = Vec::new();
        flate2::read::GzDecoder::new(&zipped[..]).read_to_end(&mut unzipped).expect("valid gzip");
        assert_eq!(unzipped, text);
    }

    #[test]
    fn pictures_are_left_alone() {
        assert!(pays("pkg/app.css") && pays("manifest.webmanifest"));
        assert!(!pays("icons/192.png") && !pays("font.woff2") && !pays("LICENSE"));
    }
}

//! Content hashes, as they appear in file names.

use sha2::{Digest, Sha256};

/// The first 16 hexadecimal digits of the SHA-256 of the content: 64 bits, plenty to tell versions of a file apart.
pub fn of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// One hash for a set of files: their names and contents.
pub fn of_all(files: &super::Files) -> String {
    let all: String = files.iter().map(|(path, bytes)| format!("{path} {}\n", of(bytes))).collect();
    of(all.as_bytes())
}

/// `app.js` → `app.<hash>.js`.
pub fn name(file: &str, bytes: &[u8]) -> String {
    match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{}.{extension}", of(bytes)),
        None => format!("{file}.{}", of(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_its_contents_hash() {
        // FIPS 180-2, appendix B.1: SHA-256("abc") starts with ba7816bf 8f01cfea.
        assert_eq!(name("app.js", b"abc"), "app.ba7816bf8f01cfea.js");
        assert_eq!(name("LICENSE", b"abc"), "LICENSE.ba7816bf8f01cfea");
    }
}

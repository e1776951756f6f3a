//! Messages that only one browser can read: RFC 8291, on top of RFC 8188 (`aes128gcm`).

use super::subscription::Keys;
use crate::error::{Error, Result};
use aes_gcm::{
    Aes128Gcm,
    aead::{Aead, KeyInit},
};
use hkdf::Hkdf;
use p256::{SecretKey, ecdh::diffie_hellman, elliptic_curve::sec1::ToEncodedPoint};
use rand::RngCore;
use sha2::Sha256;

/// Longest plaintext, in bytes: push services take bodies of 4,096.
pub const LONGEST: usize = 3_072;
/// Lengths tell of texts; so messages are filled up to a multiple of this.
const STEP: usize = 256;
/// Said to be the size of a record; there is one, and it is shorter.
const RECORD: u32 = 4_096;
/// Marks the last record (RFC 8188, 2).
const LAST: u8 = 2;

/// A fresh private key of P-256.
pub fn fresh_key() -> SecretKey {
    loop {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        // One in four billion is none.
        if let Ok(key) = SecretKey::from_slice(&bytes) {
            return key;
        }
    }
}

/// The public key as it travels: a point, uncompressed.
pub fn point(key: &p256::PublicKey) -> Vec<u8> {
    key.to_encoded_point(false).as_bytes().to_vec()
}

/// The body of a request that only the browser with these keys can read.
pub fn encrypt(to: &Keys, plain: &[u8]) -> Result<Vec<u8>> {
    if plain.len() > LONGEST {
        return Err(Error::internal("a message for a browser is too long"));
    }
    let mut record = [plain, &[LAST]].concat();
    record.resize(record.len().next_multiple_of(STEP), 0);
    let mut salt = [0; 16];
    rand::rng().fill_bytes(&mut salt);
    encrypt_record(to, &fresh_key(), salt, &record)
}

fn encrypt_record(to: &Keys, own: &SecretKey, salt: [u8; 16], record: &[u8]) -> Result<Vec<u8>> {
    let (theirs, ours) = (point(&to.point), point(&own.public_key()));
    let shared = diffie_hellman(own.to_nonzero_scalar(), to.point.as_affine());
    let both = [b"WebPush: info\0", theirs.as_slice(), &ours].concat();
    let secret: [u8; 32] = derived(&to.auth, shared.raw_secret_bytes(), &both)?;
    let key: [u8; 16] = derived(&salt, &secret, b"Content-Encoding: aes128gcm\0")?;
    let nonce: [u8; 12] = derived(&salt, &secret, b"Content-Encoding: nonce\0")?;
    let text = Aes128Gcm::new(&key.into()).encrypt(&nonce.into(), record).map_err(Error::internal)?;
    let length = u8::try_from(ours.len()).map_err(Error::internal)?;
    Ok([&salt[..], &RECORD.to_be_bytes(), &[length], &ours, &text].concat())
}

/// By HKDF-SHA-256 (RFC 5869).
fn derived<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> Result<[u8; N]> {
    let mut key = [0; N];
    Hkdf::<Sha256>::new(Some(salt), secret).expand(info, &mut key).map_err(Error::internal)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).expect("base64url")
    }

    /// The browser of RFC 8291, appendix A.
    fn browser() -> Keys {
        let point = bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        Keys {
            point: p256::PublicKey::from_sec1_bytes(&point).expect("a point"),
            auth: bytes("BTBZMqHH6r4Tts7J_aSIgg").try_into().expect("16 bytes"),
        }
    }

    #[test]
    fn the_example_of_the_standard_comes_out() {
        let own = SecretKey::from_slice(&bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).expect("a key");
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("16 bytes");
        let record = b"When I grow up, I want to be a watermelon\x02";
        let body = encrypt_record(&browser(), &own, salt, record).expect("encrypted");
        assert_eq!(
            body,
            bytes(
                "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
            )
        );
    }

    #[test]
    fn lengths_tell_little_and_are_bounded() {
        let length = |plain: usize| encrypt(&browser(), &vec![b'x'; plain]).map(|body| body.len());
        assert_eq!(length(0).expect("fits"), length(255).expect("fits"));
        assert_ne!(length(255).expect("fits"), length(256).expect("fits"));
        assert!(length(LONGEST).expect("fits") <= 4_096);
        assert!(length(LONGEST + 1).is_err());
    }
}

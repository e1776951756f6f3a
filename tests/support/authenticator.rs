//! A passkey in software: what a browser and its authenticator answer (WebAuthn level 3), with a P-256 key and no attestation.

use super::{Value, json};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use sha2::{Digest, Sha256};

#[derive(Clone)]
pub struct Authenticator {
    pub key: SigningKey,
    pub id: Vec<u8>,
    /// Whose it is, as the site said when it was made.
    pub user: String,
    /// How often it was used.
    pub counter: u32,
    /// The page it is used on.
    pub origin: String,
    /// Whether it has checked finger, face or PIN.
    pub verifies: bool,
}

fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Authenticator {
    pub fn new(origin: &str) -> Self {
        let id: [u8; 16] = uuid::Uuid::new_v4().into_bytes();
        let seed = Sha256::digest(id);
        Authenticator {
            key: SigningKey::from_slice(&seed).expect("a key"),
            id: id.to_vec(),
            user: String::new(),
            counter: 0,
            origin: origin.to_owned(),
            verifies: true,
        }
    }

    fn client_data(&self, kind: &str, challenge: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn authenticator_data(&self, site: &Value, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { 0x04 } else { 0 };
        let mut data = Sha256::digest(site.as_str().expect("the site's name").as_bytes()).to_vec();
        data.push(0x01 | verified | flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    /// Answers `navigator.credentials.create`.
    pub fn make(&mut self, options: &Value) -> String {
        self.user = options["user"]["id"].as_str().expect("whose it is").to_owned();
        let point = self.key.verifying_key().to_encoded_point(false);
        let mut data = self.authenticator_data(&options["rp"]["id"], 0x40);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).expect("short").to_be_bytes());
        data.extend(&self.id);
        // COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(point.x().expect("x"));
        data.extend([0x22, 0x58, 0x20]);
        data.extend(point.y().expect("y"));
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": data}
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        attestation.push(u8::try_from(data.len()).expect("one byte of length"));
        attestation.extend(&data);
        let client_data = self.client_data("webauthn.create", &options["challenge"]);
        let response = json!({
            "attestationObject": base64(&attestation), "clientDataJSON": base64(&client_data), "transports": ["internal"],
        });
        self.credential(response)
    }

    /// Answers `navigator.credentials.get`.
    pub fn sign(&mut self, options: &Value) -> String {
        self.counter += 1;
        let client_data = self.client_data("webauthn.get", &options["challenge"]);
        let data = self.authenticator_data(&options["rpId"], 0);
        let signed: Signature = self.key.sign(&[data.as_slice(), &Sha256::digest(&client_data)].concat());
        let response = json!({
            "authenticatorData": base64(&data),
            "clientDataJSON": base64(&client_data),
            "signature": base64(signed.to_der().as_bytes()),
            "userHandle": self.user,
        });
        self.credential(response)
    }

    fn credential(&self, response: Value) -> String {
        let id = base64(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {} })
            .to_string()
    }
}

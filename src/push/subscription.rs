//! What a browser says of itself when it agrees to show messages: where its push service is, and by what keys it reads.

use crate::{
    error::{Check, Error, Result},
    fetch::Fetcher,
};
use base64::{
    Engine,
    engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD},
};
use p256::PublicKey;
use serde::{Deserialize, Serialize};
use url::Url;

/// Longest address of a push service, in bytes.
const LONGEST_ENDPOINT: usize = 2_048;
/// Longest JSON of a subscription, in bytes.
const LONGEST: usize = 4_096;
const NOT_READ: &str =
    "This browser said something about itself that could not be read. Please try again, or another browser.";

/// A browser's `PushSubscription`, as its `toJSON` writes it. Also what is kept of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Subscription {
    #[serde(default)]
    pub endpoint: String,
    #[serde(default)]
    pub keys: WrittenKeys,
}

/// Base64url.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WrittenKeys {
    #[serde(default)]
    pub p256dh: String,
    #[serde(default)]
    pub auth: String,
}

/// The keys, read.
pub struct Keys {
    pub point: PublicKey,
    pub auth: [u8; 16],
}

impl Subscription {
    /// Reads a subscription and looks whether it is one that messages can be sent to.
    pub async fn read(fetcher: &Fetcher, text: &str) -> Result<Self> {
        if text.len() > LONGEST {
            return Err(Error::invalid("subscription", NOT_READ));
        }
        let new: Subscription = serde_json::from_str(text).map_err(|_| Error::invalid("subscription", NOT_READ))?;
        let mut check = Check::default();
        check.that(new.keys.point().is_some(), "p256dh", NOT_READ);
        check.that(new.keys.auth().is_some(), "auth", NOT_READ);
        check.that(new.endpoint.len() <= LONGEST_ENDPOINT, "endpoint", "The address of its push service is too long.");
        check.done()?;
        let endpoint = new.url().ok_or_else(|| Error::invalid("endpoint", "Its push service has no web address."))?;
        match fetcher.reaches(&endpoint).await {
            Err(Error::Invalid(said)) => Err(Error::invalid("endpoint", said.into_values().next().unwrap_or_default())),
            other => other.map(|()| new),
        }
    }

    /// Where messages go.
    pub fn url(&self) -> Option<Url> {
        Url::parse(&self.endpoint).ok()
    }
}

impl WrittenKeys {
    /// Both, when they are what they have to be.
    pub fn read(&self) -> Option<Keys> {
        Some(Keys { point: self.point()?, auth: self.auth()? })
    }

    fn point(&self) -> Option<PublicKey> {
        // Compressed points are none here (RFC 8291, 2.1).
        let bytes = bytes(&self.p256dh).filter(|bytes| bytes.len() == 65)?;
        PublicKey::from_sec1_bytes(&bytes).ok()
    }

    fn auth(&self) -> Option<[u8; 16]> {
        bytes(&self.auth)?.try_into().ok()
    }
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    // Browsers leave the padding out; older ones wrote it.
    URL_SAFE_NO_PAD.decode(text).or_else(|_| URL_SAFE.decode(text)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_a_point_of_the_curve_and_sixteen_bytes() {
        let good = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
        let keys = |p256dh: &str, auth: &str| WrittenKeys { p256dh: p256dh.into(), auth: auth.into() };
        assert!(keys(good, "BTBZMqHH6r4Tts7J_aSIgg").read().is_some());
        assert!(keys(&format!("{good}="), "BTBZMqHH6r4Tts7J_aSIgg==").read().is_some());
        let beside = good.replace("iw4", "iw8");
        let short = "AyVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx";
        for odd in ["", "BCVx", &beside, short, "not base64", &"A".repeat(87)] {
            assert!(keys(odd, "BTBZMqHH6r4Tts7J_aSIgg").read().is_none(), "{odd}");
        }
        for odd in ["", "BTBZ", "BTBZMqHH6r4Tts7J_aSIggAA", "\u{0}"] {
            assert!(keys(good, odd).read().is_none(), "{odd}");
        }
    }
}

//! One-time codes and recovery codes themselves.

use crate::error::{Error, Result};
use rand::RngCore;
use totp_rs::{Builder, Secret, Totp};

/// How many recovery codes there are.
pub const RECOVERY_CODES: usize = 10;
/// Letters of recovery codes: none that are taken for one another. 32 of them: five bits each.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";

/// A fresh secret: 160 random bits, as RFC 4226 recommends, in base32.
pub fn fresh_secret() -> String {
    let mut bytes = [0; 20];
    rand::rng().fill_bytes(&mut bytes);
    Secret::from(bytes).to_base32()
}

/// SHA-1, six digits, 30 seconds, one step of clock drift either way: what every app takes.
fn totp(secret: &str, account: &str) -> Result<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(Error::internal)?;
    Builder::new()
        .with_secret(secret)
        .with_issuer(Some("Career Co-Pilot"))
        .with_account_name(account.replace(':', " "))
        .build()
        .map_err(Error::internal)
}

/// The address an app reads the secret from.
pub fn address(secret: &str, account: &str) -> Result<String> {
    totp(secret, account)?.to_url().map_err(Error::internal)
}

/// The step a code belongs to, when it is one of this secret's at `now` (seconds since 1970).
pub fn step_of(secret: &str, code: &str, now: u64) -> Result<Option<i64>> {
    Ok(totp(secret, "")?.check(code, now).and_then(|step| i64::try_from(step).ok()))
}

/// A one-time code as typed, without the spaces people put in between; None when it is something else.
pub fn six_digits(typed: &str) -> Option<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

/// A fresh recovery code: 140 random bits as seven groups of four letters, too many to be guessed from its hash.
pub fn fresh_recovery_code() -> String {
    let mut bytes = [0; 28];
    rand::rng().fill_bytes(&mut bytes);
    let letters: String = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    [0, 4, 8, 12, 16, 20, 24].map(|at| &letters[at..at + 4]).join("-")
}

/// A recovery code as it is hashed: what was typed, without case, spaces and hyphens.
pub fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).take(64).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "12345678901234567890" in base32, the secret of the RFC's test vectors.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B, SHA-1, the last six of its eight digits.
        for (now, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(step_of(RFC, code, now).expect("an answer"), i64::try_from(now / 30).ok());
        }
    }

    #[test]
    fn clocks_may_be_one_step_off() {
        for (now, right) in [(59, true), (29, true), (60 + 29, true), (60 + 30, false), (10_000, false)] {
            assert_eq!(step_of(RFC, "287082", now).expect("an answer").is_some(), right, "{now}");
        }
    }

    #[test]
    fn what_is_typed_is_read_kindly() {
        assert_eq!(six_digits(" 287 082 ").as_deref(), Some("287082"));
        for other in ["28708", "2870822", "abcdef", "", "２８７０８２"] {
            assert_eq!(six_digits(other), None, "{other}");
        }
        let code = fresh_recovery_code();
        assert_eq!(code.len(), 34, "{code}");
        assert_eq!(plain(&code.to_uppercase().replace('-', " ")), code.replace('-', ""));
        assert_ne!(code, fresh_recovery_code());
        assert_eq!(plain(&"x".repeat(10_000)).len(), 64);
    }

    #[test]
    fn apps_are_told_who_it_is_for() {
        let address = address(&fresh_secret(), "ann:baker@example.org").expect("an address");
        assert!(address.starts_with("otpauth://totp/Career%20Co-Pilot:"), "{address}");
        assert!(address.contains("issuer=Career%20Co-Pilot"), "{address}");
    }
}

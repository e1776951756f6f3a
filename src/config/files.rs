//! Secrets in files, as vaults write them: every secret setting can be given as `NAME_FILE`, the path of a file that holds it.

use super::{ConfigError, bad};
use std::{collections::HashMap, fs::File, io::Read};

/// No secret is longer, in bytes.
const LONGEST: u64 = 16 * 1024;

/// Each secret setting, and the setting that names its file.
const SECRETS: [(&str, &str); 14] = [
    ("DATABASE_URL", "DATABASE_URL_FILE"),
    ("SECRET_KEY", "SECRET_KEY_FILE"),
    ("SECRET_KEY_PREVIOUS", "SECRET_KEY_PREVIOUS_FILE"),
    ("JWT_SECRET_KEY", "JWT_SECRET_KEY_FILE"),
    ("METRICS_TOKEN", "METRICS_TOKEN_FILE"),
    ("SMTP_PASSWORD", "SMTP_PASSWORD_FILE"),
    ("GOOGLE_CLIENT_SECRET", "GOOGLE_CLIENT_SECRET_FILE"),
    ("GITHUB_CLIENT_SECRET", "GITHUB_CLIENT_SECRET_FILE"),
    ("LINKEDIN_CLIENT_SECRET", "LINKEDIN_CLIENT_SECRET_FILE"),
    ("ADZUNA_APP_KEY", "ADZUNA_APP_KEY_FILE"),
    ("USAJOBS_API_KEY", "USAJOBS_API_KEY_FILE"),
    ("LINKEDIN_JOBS_CLIENT_SECRET", "LINKEDIN_JOBS_CLIENT_SECRET_FILE"),
    ("INDEED_PUBLISHER_ID", "INDEED_PUBLISHER_ID_FILE"),
    ("GLASSDOOR_PARTNER_KEY", "GLASSDOOR_PARTNER_KEY_FILE"),
];

/// What the files hold, by the name of the setting; without the line's end.
pub(super) fn read(get: &impl Fn(&str) -> Option<String>) -> Result<HashMap<&'static str, String>, ConfigError> {
    let mut found = HashMap::new();
    for (name, file) in SECRETS {
        let Some(path) = get(file) else { continue };
        if get(name).is_some() {
            return Err(bad(file, format!("is given, and so is {name}: leave one of them out")));
        }
        let mut text = String::new();
        File::open(&path)
            .and_then(|opened| opened.take(LONGEST + 1).read_to_string(&mut text))
            .map_err(|cause| bad(file, format!("names a file that cannot be read: {cause}")))?;
        let text = text.trim();
        if text.is_empty() || text.len() as u64 > LONGEST {
            return Err(bad(file, "names a file that is empty, or too large for a secret"));
        }
        found.insert(name, text.to_owned());
    }
    Ok(found)
}

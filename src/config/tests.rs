use super::*;

fn read(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let data = dir.path().display().to_string();
    Config::read(|name| {
        pairs
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| (*value).to_owned())
            .or_else(|| (name == "DATA_DIR").then(|| data.clone()))
    })
}

#[test]
fn nothing_set_gives_a_laptop() {
    let config = read(&[]).expect("defaults work");
    assert_eq!(config.public_url, "http://127.0.0.1:3000");
    assert!(config.database_url.starts_with("sqlite:"));
    assert!(config.tokens.secret.len() >= 32);
    assert!(config.scheduler && config.scraping);
    let quiet = read(&[("ENABLE_SCHEDULER", "false"), ("ENABLE_JOB_SCRAPING", "no")]).expect("switched off");
    assert!(!quiet.scheduler && !quiet.scraping);
}

#[test]
fn a_wrong_value_names_its_variable() {
    for (variable, value) in [
        ("LISTEN_ADDR", "everywhere"),
        ("DATABASE_URL", "mysql://x"),
        ("PUBLIC_URL", "jobs"),
        ("PUBLIC_URL", "ftp://jobs"),
        ("JWT_EXPIRATION_HOURS", "0"),
        ("JWT_EXPIRATION_HOURS", "soon"),
        ("JWT_SECRET_KEY", "short"),
        ("SECRET_KEY", "short"),
        ("TRUST_FORWARDED_FOR", "maybe"),
        ("FETCH_MIRROR", "boards"),
        ("FETCH_MIRROR", "file:///boards"),
        ("FETCH_MIRROR", "http://boards.example.org"),
        ("PUBLIC_URL", "http://jobs.example.org"),
        ("ALLOW_PLAIN_HTTP", "perhaps"),
        ("ENABLE_SCHEDULER", "sometimes"),
        ("ENABLE_JOB_SCRAPING", "2"),
        ("LOG_FORMAT", "xml"),
        ("GEOIP_DATABASE", "/nowhere/at/all"),
        ("GEOIP_DATABASE", file!()),
    ] {
        let error = read(&[(variable, value)]).expect_err(variable);
        assert_eq!(error.variable, variable);
        assert!(error.to_string().starts_with(variable), "{error}");
    }
}

#[test]
fn plain_http_is_for_this_machine() {
    for pairs in [
        vec![("LISTEN_ADDR", "0.0.0.0:3000")],
        vec![("LISTEN_ADDR", "[::]:3000")],
        vec![("LISTEN_ADDR", "192.0.2.7:3000")],
        vec![("LISTEN_ADDR", "0.0.0.0:3000"), ("PUBLIC_URL", "http://localhost:3000")],
        vec![("PUBLIC_URL", "http://jobs.example.org")],
        vec![("PUBLIC_URL", "http://192.0.2.7:3000")],
        vec![("PUBLIC_URL", "http://localhost.example.org")],
    ] {
        let error = read(&pairs).expect_err("people would send their passwords in the open");
        assert_eq!(error.variable, "PUBLIC_URL", "{pairs:?}");
        assert!(error.to_string().contains("ALLOW_PLAIN_HTTP=true"), "{error}");
        let allowed = [pairs, vec![("ALLOW_PLAIN_HTTP", "true")]].concat();
        assert!(!read(&allowed).expect("somebody knows what they do").https());
    }
    for pairs in [
        vec![("PUBLIC_URL", "http://localhost:3000")],
        vec![("LISTEN_ADDR", "[::1]:3000")],
        vec![("LISTEN_ADDR", "0.0.0.0:3000"), ("PUBLIC_URL", "https://jobs.example.org")],
    ] {
        read(&pairs).expect("nothing in the open");
    }
}

#[test]
fn secrets_can_be_in_files() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = dir.path().join("from-a-vault");
    let path = file.display().to_string();
    fs::write(&file, "0123456789abcdef0123456789abcdef\n").expect("a file");
    let config = read(&[("SECRET_KEY_FILE", &path), ("JWT_SECRET_KEY_FILE", &path), ("METRICS_TOKEN_FILE", &path)]);
    let config = config.expect("they are read");
    assert_eq!(config.tokens.secret, "0123456789abcdef0123456789abcdef");
    assert_eq!(config.metrics_token.as_deref(), Some("0123456789abcdef0123456789abcdef"));
    let both = [("SECRET_KEY_FILE", path.as_str()), ("SECRET_KEY", "0123456789abcdef0123456789abcdef")];
    assert_eq!(read(&both).expect_err("which one").variable, "SECRET_KEY_FILE");
    fs::write(&file, " \n").expect("a file");
    assert_eq!(read(&[("SMTP_PASSWORD_FILE", &path)]).expect_err("nothing in it").variable, "SMTP_PASSWORD_FILE");
    fs::write(&file, "x".repeat(100_000)).expect("a file");
    assert_eq!(read(&[("DATABASE_URL_FILE", &path)]).expect_err("no secret").variable, "DATABASE_URL_FILE");
    let nowhere = [("GITHUB_CLIENT_SECRET_FILE", "/nowhere/at/all")];
    let error = read(&nowhere).expect_err("no such file");
    assert_eq!(error.variable, "GITHUB_CLIENT_SECRET_FILE");
}

#[test]
fn providers_need_both_halves() {
    assert!(read(&[]).expect("defaults work").providers.is_empty());
    let error = read(&[("GOOGLE_CLIENT_ID", "x")]).expect_err("half of it");
    assert_eq!(error.to_string(), "GOOGLE_CLIENT_SECRET is missing, while GOOGLE_CLIENT_ID is given");
    assert_eq!(read(&[("GITHUB_CLIENT_SECRET", "x")]).expect_err("half of it").variable, "GITHUB_CLIENT_ID");
    let wrong = [("GOOGLE_CLIENT_ID", "x"), ("GOOGLE_CLIENT_SECRET", "y"), ("GOOGLE_ISSUER", "accounts")];
    assert_eq!(read(&wrong).expect_err("no address").variable, "GOOGLE_ISSUER");
    let plain = [wrong[0], wrong[1], ("GOOGLE_ISSUER", "http://accounts.example.org")];
    assert_eq!(read(&plain).expect_err("in the open").variable, "GOOGLE_ISSUER");
    let here = [wrong[0], wrong[1], ("GOOGLE_ISSUER", "http://127.0.0.1:9000")];
    read(&here).expect("a stand-in on this machine");
    let calendars = |more: &[(&'static str, &'static str)]| read(&[&wrong[..2], more].concat());
    let api = |config: Config| config.providers[0].api.as_ref().map(ToString::to_string);
    assert_eq!(api(calendars(&[]).expect("Google itself")).as_deref(), Some("https://www.googleapis.com/calendar/v3"));
    assert_eq!(api(calendars(&[("GOOGLE_ISSUER", "https://id.example.org")]).expect("another one")), None);
    let named = [("GOOGLE_ISSUER", "http://127.0.0.1:9000"), ("GOOGLE_CALENDAR_API", "http://127.0.0.1:9000/v3")];
    assert_eq!(api(calendars(&named).expect("a stand-in")).as_deref(), Some("http://127.0.0.1:9000/v3"));
    for unfit in ["calendars", "http://calendars.example.org", "ftp://calendars.example.org"] {
        let error = calendars(&[("GOOGLE_CALENDAR_API", unfit)]).expect_err("no private way");
        assert_eq!(error.variable, "GOOGLE_CALENDAR_API");
    }
    let config = read(&[("LINKEDIN_CLIENT_ID", "x"), ("LINKEDIN_CLIENT_SECRET", "open-sesame")]).expect("whole");
    assert_eq!(config.providers[0].issuer.as_str(), "https://www.linkedin.com/oauth");
    assert!(config.to_string().contains("LinkedIn") && !format!("{config} {config:?}").contains("open-sesame"));
}

#[test]
fn each_purpose_has_its_own_key() {
    let key = SecretKey("0123456789abcdef0123456789abcdef".into());
    let derive = |purpose| key.derive(purpose).expect("a key");
    assert_eq!(derive("devices"), derive("devices"));
    assert_ne!(derive("devices"), derive("seals"));
    assert_ne!(derive("devices"), SecretKey("another".into()).derive("devices").expect("a key"));
}

#[test]
fn a_damaged_secret_is_never_replaced() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let made = secret("SECRET_KEY", dir.path(), None).expect("made");
    assert_eq!(secret("SECRET_KEY", dir.path(), None).expect("kept"), made);
    let path = dir.path().join("secret_key");
    fs::write(&path, "half of").expect("damage");
    let error = secret("SECRET_KEY", dir.path(), None).expect_err("it is told").to_string();
    assert!(error.contains("SECRET_KEY") && error.contains("damaged"), "{error}");
    assert_eq!(fs::read_to_string(&path).expect("the file"), "half of");
}

#[test]
fn the_summary_keeps_secrets() {
    let config = read(&[
        ("DATABASE_URL", "postgres://ann:open-sesame@db/jobs"),
        ("JWT_SECRET_KEY", "0123456789abcdef0123456789abcdef"),
        ("SECRET_KEY", "0123456789abcdef0123456789abcdef"),
    ])
    .expect("valid");
    let text = format!("{config} {config:?}");
    assert!(!config.to_string().contains("open-sesame"));
    assert!(!text.contains("0123456789abcdef"));
}

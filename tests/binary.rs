//! The executable's own commands, and how it starts and stops.

use crate::support::{executable::*, *};
use std::{fs, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// What `DATABASE_URL` is on this engine.
fn database(app: &TestApp) -> [(&'static str, &str); 1] {
    [("DATABASE_URL", app.database.url.as_str())]
}

#[test]
fn help_names_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), &["--help"], &[]);
    assert!(output.status.success());
    for word in ["serve", "migrate", "import-jobs", "import-taxonomy", "demo"] {
        assert!(words(&output).contains(word), "{word}: {}", words(&output));
    }
    assert!(words(&run(folder.path(), &["import-jobs", "--help"], &[])).contains("--dry-run"));
    assert!(words(&run(folder.path(), &["--version"], &[])).contains(env!("CARGO_PKG_VERSION")));
    assert_eq!(run(folder.path(), &["dance"], &[]).status.code(), Some(2));
    assert!(!folder.path().join("data").exists(), "asking for help makes nothing");
}

#[test]
fn a_wrong_setting_stops_the_start_with_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("file"), "in the way").expect("a file");
    let blocked = folder.path().join("file/data").display().to_string();
    let used = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let taken = used.local_addr().expect("its address").to_string();
    for (variable, value) in [
        ("LISTEN_ADDR", "everywhere"),
        ("LISTEN_ADDR", taken.as_str()),
        ("DATA_DIR", blocked.as_str()),
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/x"),
        ("DATABASE_URL", "sqlite:/no/such/folder/x.sqlite"),
        ("PUBLIC_URL", "jobs.example.org"),
        ("JWT_EXPIRATION_HOURS", "0"),
        ("JWT_SECRET_KEY", "short"),
        ("TRUST_FORWARDED_FOR", "maybe"),
        ("FETCH_PRIVATE_ADDRESSES", "perhaps"),
        ("FETCH_MIRROR", "somewhere"),
        ("LOG_FORMAT", "xml"),
        ("SMTP_HOST", "a mail server"),
        ("SMTP_USER", "ann"),
    ] {
        let output = run(folder.path(), &["serve"], &[(variable, value)]);
        let said = words(&output);
        assert_eq!(output.status.code(), Some(1), "{variable}={value}: {said}");
        let last = said.lines().last().unwrap_or_default();
        assert!(last.starts_with("career-copilot: ") && last.contains(variable), "{variable}={value}: {said}");
        assert!(!said.contains("panicked") && !said.contains("short"), "{said}");
    }
}

story! {
    async fn migrate_brings_a_database_up_to_date_and_stops(app: TestApp) {
        app.stopped().await;
        let folder = tempfile::tempdir().expect("a folder");
        for _ in 0..2 {
            let output = run(folder.path(), &["migrate"], &database(&app));
            assert!(output.status.success(), "{}", words(&output));
            assert!(words(&output).contains("The database is up to date."));
        }
        use std::os::unix::fs::PermissionsExt;
        let secret = fs::metadata(folder.path().join("data/jwt_secret_key")).expect("a generated secret");
        assert_eq!(secret.permissions().mode() & 0o777, 0o600);
    }
}

story! {
    async fn jobs_are_imported_from_the_command_line(app: TestApp) {
        let ann = app.person("ann").await;
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("jobs.csv");
        fs::write(&file, "title,company\nBaker,Acme Mills\nBaker,\"Acme Mills, Inc.\"\n,Acme Mills\n").expect("a file");
        let file = file.display().to_string();
        let import = |more: &[&str]| {
            let arguments: Vec<&str> = ["import-jobs", &file, "--user", "ann@example.org"].into_iter().chain(more.iter().copied()).collect();
            run(folder.path(), &arguments, &database(&app))
        };
        let dry = import(&["--dry-run"]);
        assert!(dry.status.success(), "{}", words(&dry));
        let said = String::from_utf8_lossy(&dry.stdout).into_owned();
        assert!(said.contains("row 3: rejected: The title is missing") && said.contains("row 2: duplicate: "), "{said}");
        assert!(said.ends_with("1 would be created, 1 duplicates, 1 rejected.\n"), "{said}");
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["total"], 0);
        assert!(words(&import(&["--format", "csv"])).contains("1 created, 1 duplicates, 1 rejected."));
        assert_eq!(ann.get("/api/v1/jobs").await.ok()["items"][0]["source"], "csv");
        assert!(words(&import(&[])).contains("0 created, 2 duplicates, 1 rejected."));
        for (arguments, sentence) in [
            (vec!["import-jobs", "nothing.csv", "--user", "ann@example.org"], "nothing.csv cannot be read"),
            (vec!["import-jobs", &file, "--user", "nobody@example.org"], "there is no account with the address nobody@example.org"),
            (vec!["import-jobs", &file, "--user", "ann@example.org", "--format", "xml"], "xml is not a format"),
            (vec!["import-taxonomy", "nowhere"], "nowhere holds neither"),
        ] {
            let output = run(folder.path(), &arguments, &database(&app));
            assert_eq!(output.status.code(), Some(1));
            assert!(words(&output).contains(sentence), "{}", words(&output));
        }
    }
}

story! {
    async fn copied_alone_to_an_empty_folder_it_serves(app: TestApp) {
        app.stopped().await;
        let folder = tempfile::tempdir().expect("a folder");
        let mut server = Running::start(folder.path(), &database(&app)).await;
        let mut browser = Browser::new(&server.address);
        let page = browser.open("/").await.page();
        assert!(page.contains("Know which jobs fit"), "{page}");
        let fields = [("name", "Ann"), ("email", "ann@example.org"), ("password", "ann likes long walks")];
        assert_eq!(browser.submit("/sign-up", "sign_up", &fields).await.redirect(), "/welcome");
        server.signal("INT");
        assert!(server.ended().await.success());
    }
}

story! {
    async fn a_request_in_flight_finishes_when_the_server_is_told_to_stop(app: TestApp) {
        app.stopped().await;
        let folder = tempfile::tempdir().expect("a folder");
        let mut server = Running::start(folder.path(), &database(&app)).await;
        let body = json!({ "email": "ann@example.org", "password": "ann likes long walks" });
        let opened = Caller::new(&server.address).post("/api/v1/auth/register", body).await.created();
        let token = opened["access_token"].as_str().expect("a token");
        // Half a request, the signal, and the other half.
        let host = server.address.trim_start_matches("http://").to_owned();
        let body = json!({ "company": "Acme Mills", "title": "Baker" }).to_string();
        let (first, second) = body.split_at(10);
        let mut stream = TcpStream::connect(&host).await.expect("a connection");
        let head = format!(
            "POST /api/v1/jobs HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{first}",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.expect("it is sent");
        tokio::time::sleep(Duration::from_millis(400)).await;
        server.signal("TERM");
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert!(TcpStream::connect(&host).await.is_err(), "nobody new is let in");
        stream.write_all(second.as_bytes()).await.expect("it is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        assert!(server.ended().await.success());
        let mut again = Running::start(folder.path(), &database(&app)).await;
        assert_eq!(Caller::new(&again.address).with_token(token).get("/api/v1/jobs").await.ok()["total"], 1);
        again.signal("TERM");
        assert!(again.ended().await.success());
    }
}

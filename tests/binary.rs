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
        ("PUBLIC_URL", "http://jobs.example.org"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
        ("JWT_EXPIRATION_HOURS", "0"),
        ("JWT_SECRET_KEY", "short"),
        ("TRUST_FORWARDED_FOR", "maybe"),
        ("FETCH_PRIVATE_ADDRESSES", "perhaps"),
        ("FETCH_MIRROR", "somewhere"),
        ("LOG_FORMAT", "xml"),
        ("ENABLE_SCHEDULER", "sometimes"),
        ("ENABLE_JOB_SCRAPING", "now and then"),
        ("ADZUNA_APP_KEY", "without its id"),
        ("INDEED_PUBLISHER_ID", "two\nlines"),
        ("SMTP_HOST", "a mail server"),
        ("SMTP_USER", "ann"),
        ("REDIS_URL", "redis.example.org"),
        ("REDIS_URL", "redis://:short@redis.example.org"),
        ("REDIS_URL", "http://127.0.0.1"),
        ("IMAP_CA_FILE", "/nowhere/at/all"),
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

/// A Postgres on another machine, as far as its address tells, that knows no TLS: it says so, and hears what is said then.
fn without_tls() -> (u16, std::sync::mpsc::Receiver<usize>) {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let (tell, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let mut asked = [0; 8];
            let mut more = [0; 1];
            // The request for TLS is eight bytes long; anything else is the beginning of a talk in the open.
            let talk = match stream.read_exact(&mut asked) {
                Ok(()) if asked == [0, 0, 0, 8, 4, 210, 22, 47] => {
                    _ = stream.write_all(b"N");
                    stream.read(&mut more).unwrap_or(0)
                }
                _ => 8,
            };
            _ = tell.send(talk);
        }
    });
    (port, heard)
}

#[test]
fn a_database_elsewhere_is_reached_over_tls_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (port, heard) = without_tls();
    // This address leads here, and is not one that says so.
    let url = format!("postgres://ann:open-sesame@0.0.0.0:{port}/jobs");
    let output = run(folder.path(), &["migrate"], &[("DATABASE_URL", &url)]);
    let said = words(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("DATABASE_URL names a database on another machine") && said.contains("sslmode="), "{said}");
    assert!(!said.contains("open-sesame"), "{said}");
    let patience = Duration::from_secs(5);
    assert_eq!(heard.recv_timeout(patience), Ok(0), "nothing was said in the open");
    // Whoever writes it down may do without.
    let url = format!("{url}?sslmode=disable");
    let output = run(folder.path(), &["migrate"], &[("DATABASE_URL", &url)]);
    assert!(words(&output).contains("DATABASE_URL cannot be opened"), "{}", words(&output));
    assert!((0..10).any(|_| heard.recv_timeout(patience) == Ok(8)), "a talk in the open");
}

/// Runs these statements in a story's database.
async fn in_database(app: &TestApp, statements: &[String]) {
    let db = career_copilot::db::Db::connect(&app.database.url).await.expect("it opens");
    for statement in statements {
        let done = career_copilot::on!(db.write, |c| sqlx::raw_sql(sqlx::AssertSqlSafe(statement.clone()))
            .execute(c)
            .await
            .map(|_| ()));
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    db.close().await;
}

story! {
    async fn it_serves_a_schema_it_does_not_own_and_none_it_does_not_know(app: TestApp) {
        app.stopped().await;
        let folder = tempfile::tempdir().expect("a folder");
        let mut url = app.database.url.clone();
        let role = format!("serving_{}", uuid::Uuid::now_v7().simple());
        if app.database.engine == Engine::Postgres {
            let grants = [
                format!("CREATE ROLE {role} LOGIN PASSWORD 'invented'"),
                format!("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}"),
                format!("REVOKE UPDATE, DELETE ON audit FROM {role}"),
                format!("REVOKE INSERT, UPDATE, DELETE ON _sqlx_migrations FROM {role}"),
            ];
            in_database(&app, &grants).await;
            let mut own = url::Url::parse(&url).expect("an address");
            own.set_username(&role).expect("a name");
            own.set_password(Some("invented")).expect("a password");
            url = own.to_string();
        }
        let settings = [("DATABASE_URL", url.as_str())];
        let mut server = Running::start_as(folder.path(), &["--no-migrate"], &settings).await;
        let body = json!({ "email": "ann@example.org", "password": "ann likes long walks" });
        let opened = Caller::new(&server.address).post("/api/v1/auth/register", body).await.created();
        let ann = Caller::new(&server.address).with_token(opened["access_token"].as_str().expect("a token"));
        ann.post("/api/v1/jobs", json!({ "company": "Acme Mills", "title": "Baker" })).await.created();
        server.signal("TERM");
        assert!(server.ended().await.success());
        let refused = |words_of: &str| {
            let output = run(folder.path(), &["serve", "--no-migrate"], &settings);
            assert_eq!(output.status.code(), Some(1), "{}", words(&output));
            assert!(words(&output).contains(words_of), "{}", words(&output));
        };
        if app.database.engine == Engine::Postgres {
            // The role may really not change the schema.
            let db = career_copilot::db::Db::connect(&url).await.expect("it opens");
            let made = career_copilot::on!(db.write, |c| sqlx::query("ALTER TABLE jobs ADD COLUMN more TEXT").execute(c).await.map(|_| ()));
            assert!(made.is_err());
            db.close().await;
        }
        in_database(&app, &["UPDATE _sqlx_migrations SET version = 99990101000001 WHERE version = (SELECT max(version) FROM _sqlx_migrations)".into()]).await;
        refused("it lacks 1 of ");
        in_database(&app, &[
            "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) \
             SELECT 20261121000001 + 1000000000000, description, installed_on, success, checksum, execution_time FROM _sqlx_migrations WHERE version = 20261121000001".into(),
        ])
        .await;
        refused("it lacks 1 of ");
        in_database(&app, &["DROP TABLE _sqlx_migrations".into()]).await;
        refused("run `career-copilot migrate` as its owner");
        if app.database.engine == Engine::Postgres {
            in_database(&app, &[format!("DROP OWNED BY {role}"), format!("DROP ROLE {role}")]).await;
        }
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

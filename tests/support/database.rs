//! A database of its own for every story.

use career_copilot::{db, session::sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::{fs, path::Path};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use url::Url;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

pub struct Database {
    pub engine: Engine,
    /// For `DATABASE_URL`.
    pub url: String,
    /// For `DATA_DIR`.
    pub folder: TempDir,
}

/// Stops two processes from making the template at once.
const TEMPLATE_LOCK: i64 = 2_026_112_101;

impl Database {
    /// An empty database with the newest schema (Postgres) or without any (SQLite, where the app makes it in no time).
    pub async fn fresh(engine: Engine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match engine {
            Engine::Sqlite => db::sqlite_url(folder.path()),
            Engine::Postgres => {
                let server = postgres();
                let template = template(&server).await;
                let name = format!("story_{}", uuid::Uuid::now_v7().simple());
                let mut admin = connect(&server).await;
                execute(&mut admin, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
                beside(&server, &name)
            }
        };
        Database { engine, url, folder }
    }

    /// Drops it, whoever is still connected.
    pub async fn remove(&self) {
        if self.engine == Engine::Postgres {
            let name = Url::parse(&self.url).expect("a url").path().trim_start_matches('/').to_owned();
            let mut admin = connect(&postgres()).await;
            execute(&mut admin, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    }
}

/// The server's maintenance database.
fn postgres() -> Url {
    let Some(url) = std::env::var("TEST_POSTGRES_URL").ok().filter(|url| !url.is_empty()) else {
        panic!(
            "TEST_POSTGRES_URL is not set: run `cargo xtask test`, which starts a Postgres for the tests, or name your own"
        );
    };
    Url::parse(&url).expect("TEST_POSTGRES_URL is postgres://…")
}

/// The address of another database of the same server.
fn beside(server: &Url, name: &str) -> String {
    let mut url = server.clone();
    url.set_path(name);
    url.to_string()
}

async fn connect(url: &Url) -> PgConnection {
    PgConnection::connect(url.as_str()).await.expect("the Postgres of TEST_POSTGRES_URL answers")
}

async fn execute(connection: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql.clone()))
        .execute(connection)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// The name of a database with the newest schema; made once and kept until the migrations change.
async fn template(server: &Url) -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE.get_or_init(|| make_template(server)).await
}

async fn make_template(server: &Url) -> String {
    let name = format!("stories_{}", &sha256(&migrations())[..16]);
    let mut admin = connect(server).await;
    sqlx::query("SELECT pg_advisory_lock($1)").bind(TEMPLATE_LOCK).execute(&mut admin).await.expect("the lock");
    let there: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
        .bind(&name)
        .fetch_one(&mut admin)
        .await
        .expect("the list of databases");
    if !there {
        let unfinished = format!("{name}_unfinished");
        execute(&mut admin, format!("DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")).await;
        execute(&mut admin, format!("CREATE DATABASE {unfinished}")).await;
        let db = db::Db::connect(&beside(server, &unfinished)).await.expect("the new database opens");
        db.migrate().await.expect("the migrations run");
        db.close().await;
        execute(&mut admin, format!("ALTER DATABASE {unfinished} RENAME TO {name}")).await;
    }
    // Closing the connection gives the lock back.
    admin.close().await.expect("the connection closes");
    name
}

/// The text of every migration that Postgres gets.
fn migrations() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> = ["common", "postgres"]
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)).expect("the migrations").flatten())
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "sql"))
        .collect();
    files.sort();
    files.iter().map(|path| fs::read_to_string(path).expect("a migration")).collect()
}

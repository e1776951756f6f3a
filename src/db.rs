//! Two databases, one SQL text.
//!
//! SQLite: one writer connection and several readers on one file. Postgres: one pool under both names. [`on!`] runs one statement
//! on whichever the app was started with; what differs between engines stays in this file and in `migrations/`.

use crate::error::{Error, Result};
use serde::Serialize;
use sqlx::{
    Database, Encode, PgPool, Postgres, QueryBuilder, Sqlite, SqliteConnection, SqlitePool, Transaction, Type,
    migrate::{Migration, Migrator},
    postgres::{PgConnectOptions, PgPoolOptions, PgSslMode},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
    types::Json,
};
use std::{borrow::Cow, net::IpAddr, path::Path, str::FromStr, time::Duration};
use uuid::Uuid;

#[derive(Clone, Debug)]
pub enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// The database. Reads go to `read`; everything that writes goes through [`Db::begin`] or `write`.
#[derive(Clone, Debug)]
pub struct Db {
    pub read: Pool,
    pub write: Pool,
}

/// A write transaction; rolled back unless committed.
pub enum Tx {
    Sqlite(SqliteTx),
    Postgres(Transaction<'static, Postgres>),
}

/// A transaction on SQLite with the statements that wait to be sent; see [`write_tx!`].
pub struct SqliteTx {
    tx: Transaction<'static, Sqlite>,
    waiting: QueryBuilder<Sqlite>,
}

/// Waiting statements are sent before another one is added when their text is longer than this, in bytes.
const ENOUGH_WAITING: usize = 4_096;

/// Runs one expression against a [`Pool`]; `$DB` names the engine's type inside it where a type is needed.
#[macro_export]
macro_rules! on {
    ($pool:expr, |$c:ident| $body:expr) => {
        match &$pool {
            $crate::db::Pool::Sqlite($c) => $body,
            $crate::db::Pool::Postgres($c) => $body,
        }
    };
}

/// Runs one expression inside a [`Tx`], after the statements that wait.
#[macro_export]
macro_rules! on_tx {
    ($tx:expr, |$c:ident| $body:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => {
                let $c = tx.connection().await?;
                $body
            }
            $crate::db::Tx::Postgres(tx) => {
                let $c = &mut **tx;
                $body
            }
        }
    };
}

/// Adds to a [`Tx`] one statement whose answer nobody needs; the expression writes it into a query builder.
///
/// On SQLite it waits and is sent together with those that follow: the way to the engine's thread and back takes longer
/// than most statements. Postgres takes one statement at a time and runs it now.
#[macro_export]
macro_rules! write_tx {
    ($tx:expr, |$query:ident| $body:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => {
                let $query = tx.another().await?;
                $body;
            }
            $crate::db::Tx::Postgres(tx) => {
                let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::default();
                let $query = &mut query;
                $body;
                query.build().execute(&mut **tx).await?;
            }
        }
    };
}

static COMMON: Migrator = sqlx::migrate!("migrations/common");

impl Db {
    /// Opens the database named by `url` (`postgres://…` or `sqlite:PATH`); creates a SQLite file that is not there yet.
    pub async fn connect(url: &str) -> Result<Self, sqlx::Error> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = postgres(url, std::env::var_os("PGSSLMODE").is_some())?;
            let pool = PgPoolOptions::new()
                .max_connections(20)
                .acquire_timeout(Duration::from_secs(5))
                .connect_with(options)
                .await?;
            return Ok(Db { read: Pool::Postgres(pool.clone()), write: Pool::Postgres(pool) });
        }
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("cache_size", "-4000")
            .pragma("temp_store", "MEMORY")
            // What is deleted is overwritten: an erased account is not in the file any more.
            .pragma("secure_delete", "ON")
            .optimize_on_close(true, None);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            // A file does not hang up; asking before each use would cost a round to its thread.
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(30))
            .connect_with(options.clone())
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.read_only(false))
            .await?;
        Ok(Db { read: Pool::Sqlite(read), write: Pool::Sqlite(write) })
    }

    /// What makes the schema: `migrations/common` merged with the engine's own folder by version.
    fn migrations(&self) -> Vec<Migration> {
        let own = match &self.write {
            Pool::Sqlite(_) => sqlx::migrate!("migrations/sqlite"),
            Pool::Postgres(_) => sqlx::migrate!("migrations/postgres"),
        };
        let mut all: Vec<Migration> = COMMON.iter().chain(own.iter()).cloned().collect();
        all.sort_by_key(|migration| migration.version);
        all
    }

    /// Brings the schema up to date. Only adds.
    pub async fn migrate(&self) -> Result<(), sqlx::migrate::MigrateError> {
        let merged = Migrator { migrations: Cow::Owned(self.migrations()), ..Migrator::DEFAULT };
        match &self.write {
            Pool::Sqlite(pool) => merged.run(pool).await,
            Pool::Postgres(pool) => merged.run(pool).await,
        }
    }

    /// An error, in a sentence, unless the schema is the one this version makes. Nothing is changed, so that a role may ask that owns
    /// nothing.
    pub async fn expect_schema(&self) -> Result<(), String> {
        #[derive(sqlx::FromRow)]
        struct Made {
            version: i64,
            success: bool,
            checksum: Vec<u8>,
        }
        let made: Vec<Made> = on!(self.read, |c| sqlx::query_as(
            "SELECT version, success, checksum FROM _sqlx_migrations ORDER BY version"
        )
        .fetch_all(c)
        .await)
        .map_err(|error| {
            format!("the schema cannot be looked at; run `career-copilot migrate` as its owner: {error}")
        })?;
        let wanted = self.migrations();
        let lacks =
            wanted.iter().filter(|wanted| !made.iter().any(|made| made.success && made.version == wanted.version));
        let lacks = lacks.count();
        if lacks > 0 {
            return Err(format!(
                "the schema is not up to date, it lacks {lacks} of {} steps: run `career-copilot migrate` as its owner",
                wanted.len()
            ));
        }
        let foreign = made.iter().any(|made| {
            !wanted.iter().any(|wanted| wanted.version == made.version && *wanted.checksum == *made.checksum)
        });
        if foreign {
            return Err(
                "the schema was made by another version of this program: start the one that made it, or a newer one"
                    .into(),
            );
        }
        Ok(())
    }

    /// A write transaction. On SQLite it takes the write lock at once, so that it cannot fail half-way with "busy".
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match &self.write {
            Pool::Sqlite(pool) => {
                Tx::Sqlite(SqliteTx { tx: pool.begin_with("BEGIN IMMEDIATE").await?, waiting: QueryBuilder::default() })
            }
            Pool::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// The function that says where in a text another one stands, from 1; 0 when it does not.
    pub fn position(&self) -> &'static str {
        match self.read {
            Pool::Sqlite(_) => "instr",
            Pool::Postgres(_) => "strpos",
        }
    }

    /// `sqlite` or `postgres`, for logs and health.
    pub fn engine(&self) -> &'static str {
        match self.write {
            Pool::Sqlite(_) => "sqlite",
            Pool::Postgres(_) => "postgres",
        }
    }

    /// Takes what was deleted out of the files. SQLite's log still has pages as they were before; it is written back and emptied.
    /// Postgres clears its files by itself (autovacuum).
    pub async fn forget_deleted(&self) -> Result<()> {
        if let Pool::Sqlite(pool) = &self.write {
            // Readers that are still at an older state can keep the log from being emptied; the next time does it.
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(pool).await?;
        }
        Ok(())
    }

    /// Answers whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        on!(self.read, |c| sqlx::query("SELECT 1").execute(c).await.map(|_| ()))?;
        Ok(())
    }

    /// Waits for statements under way and closes every connection.
    pub async fn close(&self) {
        on!(self.read, |c| c.close().await);
        on!(self.write, |c| c.close().await);
    }
}

impl Tx {
    /// What a SELECT ends with to keep other writers from its rows until the transaction ends. On SQLite the transaction
    /// itself keeps them away.
    pub fn lock(&self) -> &'static str {
        match self {
            Tx::Sqlite(_) => "",
            Tx::Postgres(_) => " FOR NO KEY UPDATE",
        }
    }

    /// What a SELECT ends with to take rows that nobody else is taking at this moment, and to leave out those somebody is. On SQLite
    /// the transaction itself keeps others away.
    pub fn take(&self) -> &'static str {
        match self {
            Tx::Sqlite(_) => "",
            Tx::Postgres(_) => " FOR NO KEY UPDATE SKIP LOCKED",
        }
    }

    /// Makes the changes durable: on return they survive a power cut.
    pub async fn commit(self) -> Result<()> {
        match self {
            Tx::Sqlite(mut waiting) => {
                waiting.connection().await?;
                waiting.tx.commit().await?;
            }
            Tx::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

impl SqliteTx {
    /// The builder of what waits, ready for one more statement.
    pub async fn another(&mut self) -> Result<&mut QueryBuilder<Sqlite>, sqlx::Error> {
        if self.waiting.sql().as_str().len() > ENOUGH_WAITING {
            self.connection().await?;
        }
        if !self.waiting.sql().as_str().is_empty() {
            self.waiting.push("; ");
        }
        Ok(&mut self.waiting)
    }

    /// The connection, after what waited has been done.
    pub async fn connection(&mut self) -> Result<&mut SqliteConnection, sqlx::Error> {
        if !self.waiting.sql().as_str().is_empty() {
            std::mem::take(&mut self.waiting).build().execute(&mut *self.tx).await?;
        }
        Ok(&mut self.tx)
    }
}

/// How to reach the Postgres of an address. One on another machine is reached over TLS alone, with a certificate for its name, unless
/// the address says otherwise (`sslmode=`), or the environment does (`chosen`).
fn postgres(url: &str, chosen: bool) -> Result<PgConnectOptions, sqlx::Error> {
    let options = PgConnectOptions::from_str(url)?;
    let said = chosen || url.contains("sslmode=") || url.contains("ssl-mode=");
    let host = options.get_host();
    let here = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    Ok(if said || here { options } else { options.ssl_mode(PgSslMode::VerifyFull) })
}

/// Why a database cannot be opened, for whoever set its address.
pub fn explain(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Tls(cause) => format!(
            "names a database on another machine, and the way there is not private: {cause}. Have it offer TLS with a certificate for \
             its name (sslrootcert=FILE says who signed that), or choose otherwise with sslmode= in the address"
        ),
        error => format!("cannot be opened: {error}"),
    }
}

/// The address of the SQLite file in `data_dir`.
pub fn sqlite_url(data_dir: &Path) -> String {
    format!("sqlite:{}", data_dir.join("career-copilot.sqlite").display())
}

/// Turns a violated unique rule of the schema into `friendly`; every other error passes as it is.
pub fn unique(error: sqlx::Error, friendly: impl FnOnce() -> Error) -> Error {
    match &error {
        sqlx::Error::Database(cause) if cause.is_unique_violation() => friendly(),
        _ => error.into(),
    }
}

/// Now, cut to microseconds: what both databases can store, so that a value read back equals the value written.
pub fn now() -> chrono::DateTime<chrono::Utc> {
    let now = chrono::Utc::now();
    chrono::DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
}

/// `%` and `_` lose their meaning in a `LIKE … ESCAPE '\'` pattern that finds `text` anywhere, ignoring ASCII case.
pub fn like_anywhere(text: &str) -> String {
    let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

/// A list as one parameter, which each engine takes in its own way: a statement that asks for thousands stays short, and is the same for
/// any number of them.
pub trait Lists: Database + Sized {
    /// Writes these values as the rows of a table `given (value)`, for a `FROM`.
    fn push_given<'t, T: Serialize + 't>(query: &mut QueryBuilder<Self>, values: &'t [T])
    where
        &'t [T]: Encode<'t, Postgres> + Type<Postgres>;

    /// Writes these rows of a number and an id, for an `INSERT`.
    fn push_pairs(query: &mut QueryBuilder<Self>, numbers: &[i64], ids: &[Uuid]);
}

impl Lists for Postgres {
    fn push_given<'t, T: Serialize + 't>(query: &mut QueryBuilder<Self>, values: &'t [T])
    where
        &'t [T]: Encode<'t, Postgres> + Type<Postgres>,
    {
        query.push("unnest(").push_bind(values).push(") AS given(value)");
    }

    fn push_pairs(query: &mut QueryBuilder<Self>, numbers: &[i64], ids: &[Uuid]) {
        query.push("SELECT * FROM unnest(").push_bind(numbers).push(", ").push_bind(ids).push(")");
    }
}

impl Lists for Sqlite {
    fn push_given<'t, T: Serialize + 't>(query: &mut QueryBuilder<Self>, values: &'t [T])
    where
        &'t [T]: Encode<'t, Postgres> + Type<Postgres>,
    {
        query.push("json_each(").push_bind(Json(values)).push(") AS given");
    }

    fn push_pairs(query: &mut QueryBuilder<Self>, numbers: &[i64], ids: &[Uuid]) {
        query.push_values(numbers.iter().zip(ids), |mut row, (number, id)| {
            row.push_bind(*number).push_bind(*id);
        });
    }
}

/// Writes the list of an `IN`: `(…)` with each value bound. Postgres takes no empty one.
pub fn push_list<'t, DB: Database, T: Encode<'t, DB> + Type<DB>>(
    query: &mut QueryBuilder<DB>,
    values: impl IntoIterator<Item = T>,
) -> &mut QueryBuilder<DB> {
    query.push("(");
    let mut list = query.separated(", ");
    for value in values {
        list.push_bind(value);
    }
    query.push(")")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_machine_is_reached_over_tls_unless_the_address_says_otherwise() {
        let mode = |url: &str| postgres(url, false).expect(url).get_ssl_mode();
        for url in [
            "postgres://ann@db.example.org/jobs",
            "postgresql://192.0.2.7/jobs",
            "postgres://ann@localhost.example.org/jobs",
        ] {
            assert!(matches!(mode(url), PgSslMode::VerifyFull), "{url}");
        }
        for url in [
            "postgres://ann@localhost/jobs",
            "postgres://127.0.0.1:5433/jobs",
            "postgres://[::1]/jobs",
            "postgres:///jobs?host=/run/postgresql",
            "postgres://%2Frun%2Fpostgresql/jobs",
        ] {
            assert!(matches!(mode(url), PgSslMode::Prefer), "{url}");
        }
        assert!(matches!(mode("postgres://db.example.org/jobs?sslmode=disable"), PgSslMode::Disable));
        assert!(matches!(mode("postgres://db.example.org/jobs?sslmode=require"), PgSslMode::Require));
        let chosen = postgres("postgres://db.example.org/jobs", true).expect("an address");
        assert!(!matches!(chosen.get_ssl_mode(), PgSslMode::VerifyFull), "the environment chose");
    }
}

//! Postings that are there before the night begins: invented rows with keys as texts have them, written past the server.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::sh::Done;

/// Keys of one text: sixteen bands of its signature and four sentences.
const KEYS: usize = 20;

/// Sources that they are of.
const SOURCES: usize = 2_000;

/// Writes so many postings into the database of a server that has nothing to do, by the database's own program.
pub fn fill(data: &Path, database: Option<&str>, postings: usize) -> Done {
    let (mut program, before, after) = match database {
        Some(url) => {
            let mut psql = Command::new("psql");
            psql.args(["--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", url]);
            (psql, POSTGRES_BEFORE, POSTGRES_AFTER)
        }
        None => {
            let mut sqlite = Command::new("sqlite3");
            sqlite.args(["-bail", "-cmd", ".timeout 60000"]).arg(data.join("career-copilot.sqlite"));
            (sqlite, SQLITE_BEFORE, SQLITE_AFTER)
        }
    };
    let text = format!("{before}\n{}\n{after}\n", rows(database.is_some(), postings));
    let name = program.get_program().to_string_lossy().into_owned();
    let mut child = program
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|e| format!("{name}, which fills the database: {e}"))?;
    let mut stdin = child.stdin.take().ok_or("its input cannot be written")?;
    stdin.write_all(text.as_bytes()).map_err(|e| format!("{name}: {e}"))?;
    drop(stdin);
    let ended = child.wait().map_err(|e| format!("{name}: {e}"))?;
    if ended.success() { Ok(()) } else { Err(format!("{name} could not fill the database")) }
}

/// Nothing is waited for, and the rows refer to each other rightly by themselves.
const SQLITE_BEFORE: &str = "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -2000000; \
    DROP INDEX posting_keys_of;";
const SQLITE_AFTER: &str = "CREATE INDEX posting_keys_of ON posting_keys (posting_id); ANALYZE;";

/// The keys are in order when their index is made, instead of each being put to its place.
const POSTGRES_BEFORE: &str = "SET session_replication_role = replica; SET maintenance_work_mem = '1GB'; \
    ALTER TABLE posting_keys DROP CONSTRAINT posting_keys_pkey; DROP INDEX posting_keys_of;";
const POSTGRES_AFTER: &str = "ALTER TABLE posting_keys ADD PRIMARY KEY (text_key, posting_id); \
    CREATE INDEX posting_keys_of ON posting_keys (posting_id); ANALYZE postings; ANALYZE posting_keys;";

fn rows(postgres: bool, postings: usize) -> String {
    let (id, bytes, number, text, json) = if postgres {
        (
            "gen_random_uuid()",
            "decode(md5(i::text), 'hex')",
            "((random() - 0.5) * 1.8e19)::bigint",
            "repeat(md5(i::text), 40)",
            "'[]'::jsonb",
        )
    } else {
        ("randomblob(16)", "randomblob(32)", "random()", "hex(randomblob(640))", "'[]'")
    };
    let source = if postgres {
        format!("md5((i % {SOURCES})::text)::uuid")
    } else {
        format!("CAST(printf('%016d', i % {SOURCES}) AS BLOB)")
    };
    format!(
        "BEGIN;
        CREATE TEMP TABLE invented AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {postings})
            SELECT i, {id} AS id FROM n;
        INSERT INTO postings (id, source_id, source_key, opening_id, company, title, location, source, url, link_key, role_key, company_key,
                digest, first_seen, missed, returns, looked_at, tech_stack, asks, responsibilities, requirements, description)
            SELECT id, {source}, 'stored ' || i, id, 'Company ' || (i % 60000), 'Clerk of room ' || i, 'Lyon, France', 'own',
                'https://jobs.example.org/' || i, 'jobs.example.org/' || i, 'company ' || (i % 60000) || ' clerk of room ' || i,
                'company ' || (i % 60000), {bytes}, '2026-01-01T00:00:00+00:00', 0, 0, '2026-01-01T00:00:00+00:00',
                {json}, {json}, {json}, {json}, {text} FROM invented;
        INSERT INTO posting_keys (text_key, posting_id) SELECT {number}, id FROM invented,
            (WITH RECURSIVE k(j) AS (SELECT 1 UNION ALL SELECT j + 1 FROM k WHERE j < {KEYS}) SELECT j FROM k) keys ORDER BY 1;
        DROP TABLE invented;
        COMMIT;"
    )
}

//! A Postgres of the tests' own: a fresh cluster in a temporary folder, reachable from this machine only.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use crate::sh::{self, Done};
use crate::tools;

/// The server's parent. It makes the cluster, runs the server, and takes both away as soon as its input ends, which happens
/// when this program stops it and just as well when this program is interrupted or killed.
const KEEPER: &str = r#"
trap '' INT TERM HUP
bin=$1 dir=$2 port=$3
"$bin/initdb" --pgdata="$dir/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log" >&2; rm -rf "$dir"; exit 1; }
"$bin/postgres" -D "$dir/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 \
    -c max_connections=300 -c shared_buffers=64MB -c log_min_messages=fatal \
    </dev/null >"$dir/postgres.log" 2>&1 &
server=$!
until "$bin/pg_isready" --quiet --host=127.0.0.1 --port="$port"; do
    kill -0 "$server" 2>/dev/null || { cat "$dir/postgres.log" >&2; rm -rf "$dir"; exit 1; }
    sleep 0.1
done
echo ready
cat >/dev/null
kill -INT "$server" 2>/dev/null
wait "$server" 2>/dev/null
rm -rf "$dir"
"#;

/// A running server; dropping it stops it and removes its folder.
pub struct Postgres {
    keeper: Child,
    input: Option<ChildStdin>,
    port: u16,
}

impl Postgres {
    /// Makes a cluster with the programs in `bin` and starts it; durability is off, its data does not matter.
    pub fn start(bin: &Path) -> Done<Postgres> {
        // Another program may take the port between our look and the server's start.
        let mut last = String::new();
        for _ in 0..3 {
            match Postgres::start_on(bin, free_port()?) {
                Ok(postgres) => return Ok(postgres),
                Err(message) => last = message,
            }
        }
        Err(last)
    }

    fn start_on(bin: &Path, port: u16) -> Done<Postgres> {
        let dir = folder(port)?;
        let mut command = Command::new("/bin/sh");
        command.arg("-c").arg(KEEPER).arg("postgres-keeper").arg(bin).arg(&dir).arg(port.to_string());
        command.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
        // Not in our process group, so that Ctrl-C in a terminal reaches it only through the end of its input.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        if tools::is_root() {
            as_another(&mut command, &dir)?;
        }
        let mut keeper = command.spawn().map_err(|e| format!("sh: {e}"))?;
        let input = keeper.stdin.take();
        let output = keeper.stdout.take();
        let started = Instant::now();
        let mut postgres = Postgres { keeper, input, port };
        let mut line = String::new();
        if let Some(output) = output {
            BufReader::new(output).read_line(&mut line).map_err(|e| e.to_string())?;
        }
        if line.trim() == "ready" {
            println!("   Postgres answers on port {port} after {}", sh::seconds(started.elapsed()));
            return Ok(postgres);
        }
        let status = postgres.keeper.wait().map_err(|e| e.to_string())?;
        Err(format!("Postgres did not start ({status})"))
    }

    /// The address of its maintenance database; tests make databases of their own beside it.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.input.take());
        let deadline = Instant::now() + Duration::from_secs(20);
        while Instant::now() < deadline && matches!(self.keeper.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn free_port() -> Done<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(|e| format!("no free port: {e}"))?;
    Ok(listener.local_addr().map_err(|e| e.to_string())?.port())
}

fn folder(port: u16) -> Done<PathBuf> {
    let dir = std::env::temp_dir().join(format!("career-copilot-postgres-{}-{port}", std::process::id()));
    std::fs::create_dir_all(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
    Ok(dir)
}

/// Postgres refuses to run as root: its own user takes over, or the user for such cases.
fn as_another(command: &mut Command, dir: &Path) -> Done {
    let users = std::fs::read_to_string("/etc/passwd").map_err(|e| format!("/etc/passwd: {e}"))?;
    let (uid, gid) = ["postgres", "nobody"]
        .iter()
        .find_map(|name| user(&users, name))
        .ok_or("Postgres does not run as root, and there is no user `postgres`")?;
    std::os::unix::fs::chown(dir, Some(uid), Some(gid)).map_err(|e| format!("{}: {e}", dir.display()))?;
    std::os::unix::process::CommandExt::uid(command, uid);
    std::os::unix::process::CommandExt::gid(command, gid);
    Ok(())
}

/// The user and group id of a name in the text of `/etc/passwd`.
fn user(passwd: &str, name: &str) -> Option<(u32, u32)> {
    let mut fields =
        passwd.lines().map(|line| line.split(':')).find_map(|mut fields| (fields.next()? == name).then_some(fields))?;
    Some((fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_from_the_named_line() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\npostgres:x:105:110::/var/lib/postgresql:/bin/bash\n";
        assert_eq!(user(passwd, "postgres"), Some((105, 110)));
        assert_eq!(user(passwd, "nobody"), None);
    }
}

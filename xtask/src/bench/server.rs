//! The server under measurement: the release binary in a folder of its own, on a free port of 127.0.0.1.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::http::Client;
use crate::sh::Done;

/// How often a starting server is asked whether it is there.
const ASK_EVERY: Duration = Duration::from_millis(2);
/// A start or a stop that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(30);
/// Settings of the person who measures that must not change what is measured.
const SETTINGS: [&str; 9] = [
    "DATABASE_URL",
    "PUBLIC_URL",
    "TRUST_FORWARDED_FOR",
    "LOG_FORMAT",
    "JWT_SECRET_KEY",
    "JWT_EXPIRATION_HOURS",
    "METRICS_TOKEN",
    "FETCH_PRIVATE_ADDRESSES",
    "SECRET_KEY",
];

/// The binary and the folder its data is in. The folder goes when this goes, unless it is kept for looking into.
pub struct Bench {
    pub binary: PathBuf,
    pub folder: PathBuf,
}

/// A running server; killed when dropped.
pub struct Server {
    pub address: SocketAddr,
    child: Child,
    /// From the start of the process to the first healthy answer.
    pub started_in: Duration,
}

impl Bench {
    /// Starts the server on the data there is, as anybody would.
    pub fn start(&self) -> Done<Server> {
        self.launch(Command::new(&self.binary))
    }

    /// The same with as many open files as the system lets it have without asking: 1,000 sockets need more than the
    /// usual 1,024 for all that a server holds open.
    pub fn start_with_many_files(&self) -> Done<Server> {
        let mut command = Command::new("sh");
        command.args(["-c", r#"ulimit -S -n "$(ulimit -H -n)"; exec "$0" "$@""#]).arg(&self.binary);
        self.launch(command)
    }

    /// The same, and what `X-Forwarded-For` says of a request is believed, as behind a proxy.
    pub fn start_behind_proxy(&self) -> Done<Server> {
        let mut command = Command::new("env");
        command.arg("TRUST_FORWARDED_FOR=true").arg(&self.binary);
        self.launch(command)
    }

    /// The same with these settings.
    pub fn start_with(&self, settings: &[(&str, &str)]) -> Done<Server> {
        let mut command = Command::new("env");
        command.args(settings.iter().map(|(name, value)| format!("{name}={value}"))).arg(&self.binary);
        self.launch(command)
    }

    fn launch(&self, mut command: Command) -> Done<Server> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let address = free.map_err(|e| format!("there is no free port: {e}"))?;
        let log = self.folder.join("server.log");
        let log =
            File::options().create(true).append(true).open(&log).map_err(|e| format!("{}: {e}", log.display()))?;
        for name in SETTINGS {
            command.env_remove(name);
        }
        command
            .arg("serve")
            .env("LISTEN_ADDR", address.to_string())
            .env("DATA_DIR", self.folder.join("data"))
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        let start = Instant::now();
        let child = command.spawn().map_err(|e| format!("{}: {e}", self.binary.display()))?;
        let mut server = Server { address, child, started_in: Duration::ZERO };
        while !healthy(address) {
            if let Ok(Some(status)) = server.child.try_wait() {
                return Err(format!("the server ended at once ({status})"));
            }
            if start.elapsed() > PATIENCE {
                return Err("the server does not answer".to_string());
            }
            std::thread::sleep(ASK_EVERY);
        }
        server.started_in = start.elapsed();
        Ok(server)
    }
}

fn healthy(address: SocketAddr) -> bool {
    let answer = Client::connect(address, "").and_then(|mut client| client.get("/api/v1/health", ""));
    answer.is_ok_and(|answer| answer.status == 200)
}

impl Server {
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Memory of the process now, in KiB; `None` where `/proc` is not there.
    pub fn memory(&self) -> Option<u64> {
        self.status("VmRSS:")
    }

    /// The most memory the process ever had, in KiB.
    pub fn most_memory(&self) -> Option<u64> {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> Option<u64> {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.id())).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// Asks the server to stop and waits until it has.
    pub fn stop(mut self) -> Done {
        // The standard library can only kill; the system's own program can ask.
        let asked = Command::new("kill").args(["-TERM", &self.id().to_string()]).status();
        if !asked.is_ok_and(|status| status.success()) {
            return Err("the server could not be asked to stop".to_string());
        }
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().map_err(|e| e.to_string())? {
                return if status.success() { Ok(()) } else { Err(format!("the server ended with {status}")) };
            }
            std::thread::sleep(ASK_EVERY);
        }
        Err("the server does not stop".to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail when it has ended already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An empty folder on the disk of the target folder: a temporary folder may be in memory, where nothing is durable.
pub fn folder(target: &Path) -> Done<PathBuf> {
    let folder = target.join("bench").join(std::process::id().to_string());
    std::fs::create_dir_all(folder.join("data")).map_err(|e| format!("{}: {e}", folder.display()))?;
    Ok(folder)
}

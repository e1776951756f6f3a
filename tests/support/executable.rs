//! The real executable, started as a person or a supervisor starts it.

use super::Caller;
use std::{
    fs::File,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::{Duration, Instant},
};

/// A server program of the system: `cargo xtask test` installs it. None where this variable says that it is to be done without.
pub fn server_program(name: &str, without: &str) -> Option<PathBuf> {
    let folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];
    let found = folders.iter().map(|folder| Path::new(folder).join(name)).find(|path| path.is_file());
    assert!(
        found.is_some() || std::env::var_os(without).is_some(),
        "there is no {name}: run `cargo xtask test`, which installs it, or set {without}"
    );
    found
}

/// A command with nothing of this process's environment but what it needs.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_career-copilot"));
    command.args(arguments).env_clear().env("DATA_DIR", folder.join("data")).current_dir(folder).stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn run(folder: &Path, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    command(folder, arguments).envs(settings.iter().copied()).output().expect("it runs")
}

/// Both outputs as text.
pub fn words(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

/// A server in a process of its own; killed when dropped.
pub struct Running {
    child: Child,
    pub address: String,
}

impl Running {
    /// Starts it on a free port and waits until it answers.
    pub async fn start(folder: &Path, settings: &[(&str, &str)]) -> Self {
        Running::spawn(folder, settings, Stdio::null()).await
    }

    /// The same, with the log of its usual settings in a file.
    pub async fn start_with_log(folder: &Path, settings: &[(&str, &str)], log: &Path) -> Self {
        let settings: Vec<_> = settings.iter().copied().chain([("RUST_LOG", "info")]).collect();
        Running::spawn(folder, &settings, Stdio::from(File::create(log).expect("a file"))).await
    }

    /// The same with more words on the command line.
    pub async fn start_as(folder: &Path, more: &[&str], settings: &[(&str, &str)]) -> Self {
        Running::spawn_as(folder, more, settings, Stdio::null()).await
    }

    async fn spawn(folder: &Path, settings: &[(&str, &str)], log: Stdio) -> Self {
        Running::spawn_as(folder, &[], settings, log).await
    }

    async fn spawn_as(folder: &Path, more: &[&str], settings: &[(&str, &str)], log: Stdio) -> Self {
        let port =
            TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a free port").port();
        let listen = format!("127.0.0.1:{port}");
        let child = command(folder, &[&["serve"], more].concat())
            .env("RUST_LOG", "warn")
            .envs(settings.iter().copied())
            .env("LISTEN_ADDR", &listen)
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("it starts");
        let mut running = Running { child, address: format!("http://{listen}") };
        let patience = Instant::now() + Duration::from_secs(60);
        while !running.answers().await {
            assert!(running.child.try_wait().expect("its state").is_none(), "it ended by itself");
            assert!(Instant::now() < patience, "it does not answer");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        running
    }

    async fn answers(&self) -> bool {
        let request = Caller::new(&self.address).request(reqwest::Method::GET, "/api/v1/health");
        request.send().await.is_ok_and(|response| response.status().is_success())
    }

    /// As a power cut does.
    pub fn kill(mut self) {
        self.child.kill().expect("it is killed");
        self.child.wait().expect("it is gone");
    }

    /// Sends a signal by name.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {}", self.child.id())).status().expect("sh");
        assert!(sent.success());
    }

    /// Waits for its end.
    pub async fn ended(&mut self) -> ExitStatus {
        let patience = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(status) = self.child.try_wait().expect("its state") {
                return status;
            }
            assert!(Instant::now() < patience, "it does not end");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

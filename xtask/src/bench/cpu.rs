//! Who used the processor while something was measured. On a machine with other work a timing alone says little.

use std::time::Duration;

/// Kernel ticks in a second; Linux tells programs 100 on every machine it runs on.
const TICKS: f64 = 100.0;

/// Processor time used so far; all zero where `/proc` is not there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sample {
    /// By everything on the machine, and by the machine's host in our place.
    all: f64,
    server: f64,
    ours: f64,
    at: Option<std::time::Instant>,
}

/// What happened between two samples.
#[derive(Clone, Copy, Debug)]
pub struct Used {
    /// Processor time of the server.
    pub server: Duration,
    /// Cores that were busy with something that is neither the server nor this program.
    pub elsewhere: f64,
}

/// Takes a sample; `server` is the server's process id.
pub fn sample(server: u32) -> Sample {
    Sample {
        all: machine().unwrap_or_default(),
        server: process(&server.to_string()).unwrap_or_default(),
        ours: process("self").unwrap_or_default(),
        at: Some(std::time::Instant::now()),
    }
}

impl Sample {
    /// What was used from this sample until now.
    pub fn until_now(&self, server: u32) -> Used {
        let now = sample(server);
        let seconds = self.at.map_or(1.0, |at| at.elapsed().as_secs_f64()).max(0.01);
        let (served, ours) = (now.server - self.server, now.ours - self.ours);
        Used {
            server: Duration::from_secs_f64((served / TICKS).max(0.0)),
            elsewhere: ((now.all - self.all - served - ours) / TICKS / seconds).max(0.0),
        }
    }
}

/// Gives this thread the lowest priority, where threads have one of their own: what is measured goes first.
pub fn stand_back() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), 19);
}

/// Load average of the last minute, or nothing where the system does not tell.
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown").to_string()
}

/// Ticks of `user nice system idle iowait irq softirq steal`, without the two in which nothing ran.
fn machine() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/stat").ok()?;
    let ticks: Vec<f64> = text.lines().next()?.split_whitespace().skip(1).take(8).flat_map(str::parse).collect();
    Some(ticks.iter().sum::<f64>() - ticks.get(3)? - ticks.get(4)?)
}

/// Ticks of one process, all threads: the 14th and 15th field, counted after the name, which may hold spaces.
fn process(id: &str) -> Option<f64> {
    let text = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    Some(fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?)
}

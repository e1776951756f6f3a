//! Many open pages: what their sockets cost, and that a change reaches all of them.

use std::io::Read;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::jobs;
use super::person::Person;
use super::server::Server;
use super::table::{Row, mb, ms};
use crate::sh::Done;

const SOCKETS: usize = 1000;
/// Sixteen bytes in base64. The server's proof that it read them is not checked: it is not a stranger's server.
const KEY: &str = "YmVuY2htYXJrLXNvY2tldA==";
/// What is in flight has arrived, and freed memory is back, by then.
const SETTLE: Duration = Duration::from_secs(2);

/// One open page.
struct Socket {
    stream: TcpStream,
    received: Vec<u8>,
}

impl Socket {
    fn open(person: &Person) -> Done<Socket> {
        let mut page = person.page()?;
        let headers = format!(
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n"
        );
        page.get("/live", &headers)?.expect(101)?;
        let (stream, received) = page.into_stream();
        stream.set_read_timeout(Some(Duration::from_secs(10))).map_err(|e| e.to_string())?;
        Ok(Socket { stream, received })
    }

    /// The next text message; pings are passed over, as the server does not wait for answers to them.
    fn message(&mut self) -> Done<String> {
        loop {
            let head = self.take(2)?;
            let length = match head[1] & 0x7f {
                126 => self.take(2)?.iter().fold(0, |n, byte| n << 8 | usize::from(*byte)),
                127 => return Err("an event is larger than any can be".to_string()),
                n => usize::from(n),
            };
            let body = self.take(length)?;
            match head[0] & 0x0f {
                1 => return Ok(String::from_utf8_lossy(&body).into_owned()),
                8 => return Err("the server closed the socket".to_string()),
                _ => {}
            }
        }
    }

    fn take(&mut self, length: usize) -> Done<Vec<u8>> {
        let mut part = [0; 512];
        while self.received.len() < length {
            match self.stream.read(&mut part).map_err(|e| format!("no message came: {e}"))? {
                0 => return Err("the socket is closed".to_string()),
                n => self.received.extend_from_slice(&part[..n]),
            }
        }
        Ok(self.received.drain(..length).collect())
    }
}

/// Opens the sockets, looks at the memory, creates the job of this number and waits for its event on every one.
pub fn measure(server: &Server, person: &Person, number: usize) -> Done<Vec<Row>> {
    // What the first request of a kind sets up is not the sockets' doing.
    drop(Socket::open(person)?);
    std::thread::sleep(SETTLE);
    let before = server.memory();
    let mut open = Vec::with_capacity(SOCKETS);
    for n in 0..SOCKETS {
        open.push(Socket::open(person).map_err(|e| {
            format!(
                "socket {n}: {e} (this program needs {} open files; `ulimit -n` says how many it may have)",
                SOCKETS + 20
            )
        })?);
    }
    std::thread::sleep(SETTLE);
    let after = server.memory();
    let start = Instant::now();
    let mut api = person.api()?;
    api.json("POST", "/api/v1/jobs", &jobs::posting(number))?.expect(201)?;
    for (n, socket) in open.iter_mut().enumerate() {
        let message = socket.message().map_err(|e| format!("socket {n}: {e}"))?;
        if !message.contains("\"job.created\"") {
            return Err(format!("socket {n} was told {message}"));
        }
    }
    let told = start.elapsed();
    std::thread::sleep(SETTLE);
    let busy = server.memory();
    let on_top = |now: Option<u64>| Some(now?.saturating_sub(before?));
    let shown = |now: Option<u64>| on_top(now).map_or("not told by this system".to_string(), mb);
    Ok(vec![
        Row::new(format!("{SOCKETS} idle live sockets, memory on top"), shown(after))
            .bar("≤ 40 MB", on_top(after).is_some_and(|kib| kib * 1024 <= 40_000_000))
            .note(format!("{} after an event to each", shown(busy))),
        Row::new(format!("a job is created, and all {SOCKETS} sockets have its event"), ms(told))
            .bar("≤ 1 s", told <= Duration::from_secs(1)),
    ])
}

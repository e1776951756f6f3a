//! As much of an HTTP/1.1 client as measuring needs: one connection that is kept open, one request at a time.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::sh::Done;

/// No answer takes longer than this; an import of many thousand postings comes closest.
const PATIENCE: Duration = Duration::from_secs(300);

/// One connection to the server.
pub struct Client {
    stream: TcpStream,
    host: String,
    /// Header lines sent with every request: who is asking.
    who: String,
    /// Bytes received and not yet used.
    received: Vec<u8>,
}

/// What the server answered; header names in lower case, the body without its transfer coding.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Client {
    /// Connects; `who` is header lines, each ended by CRLF.
    pub fn connect(address: SocketAddr, who: &str) -> Done<Client> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5)).map_err(|e| e.to_string())?;
        stream
            .set_nodelay(true)
            .and_then(|()| stream.set_read_timeout(Some(PATIENCE)))
            .map_err(|e| format!("{address}: {e}"))?;
        Ok(Client { stream, host: address.to_string(), who: who.to_string(), received: Vec::new() })
    }

    /// `GET`, with further header lines.
    pub fn get(&mut self, path: &str, headers: &str) -> Done<Answer> {
        self.send("GET", path, headers, b"")
    }

    /// Sends a JSON body.
    pub fn json(&mut self, method: &str, path: &str, body: &str) -> Done<Answer> {
        self.send(method, path, "Content-Type: application/json\r\n", body.as_bytes())
    }

    /// Sends a request and reads its whole answer.
    pub fn send(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> Done<Answer> {
        let length = match body.is_empty() && method == "GET" {
            true => String::new(),
            false => format!("Content-Length: {}\r\n", body.len()),
        };
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n{}{headers}{length}\r\n", self.host, self.who)
                .into_bytes();
        request.extend_from_slice(body);
        self.stream.write_all(&request).map_err(|e| format!("{method} {path}: {e}"))?;
        self.answer().map_err(|e| format!("{method} {path}: {e}"))
    }

    /// The connection after an answer that switched protocols, with what was received beyond it.
    pub fn into_stream(self) -> (TcpStream, Vec<u8>) {
        (self.stream, self.received)
    }

    fn answer(&mut self) -> Done<Answer> {
        let end = loop {
            match find(&self.received, b"\r\n\r\n") {
                Some(end) => break end,
                None => self.more()?,
            }
        };
        let head: Vec<u8> = self.received.drain(..end + 4).collect();
        let (status, headers) = head_of(&String::from_utf8_lossy(&head))?;
        let mut answer = Answer { status, headers, body: Vec::new() };
        if let Some(length) = answer.header("content-length") {
            let length: usize = length.parse().map_err(|_| "a content-length is no number")?;
            self.take(length, &mut answer.body)?;
        } else if answer.header("transfer-encoding") == Some("chunked") {
            while self.chunk(&mut answer.body)? {}
        } else if !matches!(status, 101 | 204 | 304) {
            return Err("the answer does not say how long it is".to_string());
        }
        Ok(answer)
    }

    /// Reads one chunk; false after the last.
    fn chunk(&mut self, body: &mut Vec<u8>) -> Done<bool> {
        let end = loop {
            match find(&self.received, b"\r\n") {
                Some(end) => break end,
                None => self.more()?,
            }
        };
        let line: Vec<u8> = self.received.drain(..end + 2).collect();
        let line = String::from_utf8_lossy(&line);
        let size = line.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).map_err(|_| format!("`{size}` is no chunk size"))?;
        self.take(size, body)?;
        self.take(2, &mut Vec::new())?;
        Ok(size > 0)
    }

    fn take(&mut self, length: usize, into: &mut Vec<u8>) -> Done {
        while self.received.len() < length {
            self.more()?;
        }
        into.extend_from_slice(&self.received[..length]);
        self.received.drain(..length);
        Ok(())
    }

    fn more(&mut self) -> Done {
        let mut part = [0; 32 * 1024];
        match self.stream.read(&mut part).map_err(|e| e.to_string())? {
            0 => Err("the server closed the connection".to_string()),
            n => {
                self.received.extend_from_slice(&part[..n]);
                Ok(())
            }
        }
    }
}

impl Answer {
    /// The value of the first header of this (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// This answer, or a sentence with the start of its body when its status is another one.
    pub fn expect(self, status: u16) -> Done<Answer> {
        if self.status == status {
            return Ok(self);
        }
        let start: String = self.text().chars().take(300).collect();
        Err(format!("answered {} instead of {status}: {start}", self.status))
    }

    /// The first string member of this name in a JSON body; escapes are left as they are.
    pub fn member(&self, name: &str) -> Done<String> {
        let text = self.text();
        members(&text, name).next().map(str::to_string).ok_or_else(|| format!("the answer has no `{name}`"))
    }
}

/// Every string member of this name in compact JSON, in order.
pub fn members<'a>(json: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let start = format!("\"{name}\":\"");
    let starts: Vec<usize> = json.match_indices(&start).map(|(at, found)| at + found.len()).collect();
    starts.into_iter().filter_map(|at| json[at..].split('"').next())
}

/// Where `wanted` begins.
pub fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(next) = bytes[from..].iter().position(|byte| *byte == first) {
        if bytes[from + next..].starts_with(wanted) {
            return Some(from + next);
        }
        from += next + 1;
    }
    None
}

fn head_of(head: &str) -> Done<(u16, Vec<(String, String)>)> {
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.strip_prefix("HTTP/1.1 "))
        .and_then(|rest| rest.get(..3))
        .and_then(|code| code.parse().ok())
        .ok_or("the answer is not HTTP/1.1")?;
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_string()))
        .collect();
    Ok((status, headers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// The answer a client reads when the server writes these parts one by one.
    fn read(parts: &'static [&'static str]) -> Done<Answer> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a client");
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).expect("a request");
            for part in parts {
                stream.write_all(part.as_bytes()).expect("written");
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        let answer = Client::connect(address, "").and_then(|mut client| client.get("/", ""));
        server.join().expect("the server ends");
        answer
    }

    #[test]
    fn bodies_are_read_by_length_and_by_chunks() {
        let plain = read(&["HTTP/1.1 200 OK\r\nContent-", "Length: 5\r\nX-Y: z\r\n\r\nhe", "llo"]).expect("an answer");
        assert_eq!((plain.status, plain.text().as_str(), plain.header("x-y")), (200, "hello", Some("z")));
        let parts = &[
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r",
            "\nhel\r\nA;x=y\r\nlo worl",
            "d!!\r\n0\r\n\r\n",
        ];
        assert_eq!(read(parts).expect("an answer").text(), "hello world!!");
    }

    #[test]
    fn broken_answers_are_errors() {
        assert!(read(&["SSH-2.0-x\r\n\r\n"]).is_err());
        assert!(read(&["HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe"]).is_err());
        assert!(read(&["HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"]).is_err());
    }

    #[test]
    fn members_are_found_in_order() {
        assert_eq!(members(r#"{"id":"1","x":[{"id":"2"}],"kind":"3"}"#, "id").collect::<Vec<_>>(), ["1", "2"]);
    }
}

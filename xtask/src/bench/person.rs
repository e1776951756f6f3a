//! A person who uses the server: in a browser by cookie, and by a program with a token.

use std::net::SocketAddr;

use super::http::{Client, members};
use super::jobs;
use crate::sh::Done;

/// Fixed and invented; the account lives in the bench's own database only.
const PASSWORD: &str = "four words of a bench";

/// Header lines that say who is asking.
pub struct Person {
    address: SocketAddr,
    email: String,
    /// The session cookie, and where the page is from.
    pub browser: String,
    /// A bearer token.
    pub program: String,
}

impl Person {
    /// Opens an account by the sign-up form, gets a token for it, and fills in the profile.
    pub fn sign_up(address: SocketAddr, name: &str) -> Done<Person> {
        let email = format!("{name}@example.org");
        let form = format!(
            "name={name}&email={name}%40example.org&password={}&time_zone=Europe%2FBerlin",
            PASSWORD.replace(' ', "+")
        );
        let headers = format!(
            "Origin: http://{address}\r\nAccept: text/html\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        );
        let answer =
            Client::connect(address, "")?.send("POST", "/api/sign_up", &headers, form.as_bytes())?.expect(302)?;
        let mut person = Person { address, email, browser: String::new(), program: String::new() };
        person.browser = browser(address, answer.header("set-cookie"))?;
        person.program = person.token()?;
        person.api()?.json("PUT", "/api/v1/profile", &jobs::profile())?.expect(200)?;
        Ok(person)
    }

    fn token(&self) -> Done<String> {
        let login = format!(r#"{{"email":"{}","password":"{PASSWORD}"}}"#, self.email);
        let answer = Client::connect(self.address, "")?.json("POST", "/api/v1/auth/login", &login)?.expect(200)?;
        Ok(format!("Authorization: Bearer {}\r\n", answer.member("access_token")?))
    }

    /// The same person at a server started anew on the same data.
    pub fn at(&self, address: SocketAddr) -> Done<Person> {
        let cookie = self.browser.lines().find_map(|line| line.strip_prefix("Cookie: "));
        Ok(Person {
            address,
            email: self.email.clone(),
            browser: browser(address, cookie)?,
            program: self.program.clone(),
        })
    }

    /// A connection of the browser.
    pub fn page(&self) -> Done<Client> {
        Client::connect(self.address, &self.browser)
    }

    /// A connection of the program.
    pub fn api(&self) -> Done<Client> {
        Client::connect(self.address, &self.program)
    }

    /// Imports the first postings, and applies to some: interviews, offers, rejections.
    pub fn fill(&self, postings: usize) -> Done {
        let all: Vec<String> = (0..postings).map(jobs::posting).collect();
        let body = format!(r#"{{"format":"json","data":[{}]}}"#, all.join(","));
        let report = self.api()?.json("POST", "/api/v1/jobs/import", &body)?.expect(200)?.text();
        if !report.contains(&format!("\"created\":{postings},")) {
            return Err(format!(
                "the import did not create {postings} jobs: {}",
                report.chars().take(300).collect::<String>()
            ));
        }
        let jobs = self.api()?.get("/api/v1/jobs?sort=newest&per_page=40", "")?.expect(200)?.text();
        let mut api = self.api()?;
        for (i, id) in members(&jobs, "id").enumerate() {
            let status =
                ["applied", "applied", "interview", "rejected", "offer", "applied", "interested", "applied"][i % 8];
            let body = format!(r#"{{"job_id":"{id}","status":"{status}"}}"#);
            api.json("POST", "/api/v1/applications", &body)?.expect(201)?;
        }
        Ok(())
    }
}

fn browser(address: SocketAddr, cookie: Option<&str>) -> Done<String> {
    let pair = cookie.and_then(|cookie| cookie.split(';').next()).ok_or("signing up gave no session cookie")?;
    Ok(format!("Cookie: {pair}\r\nOrigin: http://{address}\r\n"))
}

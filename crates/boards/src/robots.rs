//! What a site asks of programs that come without being told to (robots.txt, RFC 9309).

use crate::text;

/// Bytes that are read of one; RFC 9309 asks for at least 500 KiB.
const MOST: usize = 512_000;
/// Rules that are kept of one.
const RULES: usize = 5_000;

/// The rules of a site for one program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// Seconds it wants between two requests. Not in the RFC, but widely meant.
    pub delay: Option<u32>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allow: bool,
    path: String,
}

/// Lines of a file about one or more programs.
#[derive(Default)]
struct Group {
    agents: Vec<String>,
    robots: Robots,
    /// Rules have begun, so another name begins another group.
    begun: bool,
}

impl Robots {
    /// What the file says to the program of this name: all groups that name it, else those for everybody.
    pub fn read(data: &[u8], agent: &str) -> Self {
        let data = &data[..data.len().min(MOST)];
        let mut groups: Vec<Group> = Vec::new();
        for line in text::decode(data).split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match (name.trim().to_ascii_lowercase().as_str(), groups.last_mut()) {
                ("user-agent", Some(group)) if !group.begun => group.agents.push(value.to_lowercase()),
                ("user-agent", _) => groups.push(Group { agents: vec![value.to_lowercase()], ..Group::default() }),
                (name @ ("allow" | "disallow"), Some(group)) => {
                    group.begun = true;
                    // An empty rule says nothing.
                    if !value.is_empty() && group.robots.rules.len() < RULES {
                        group.robots.rules.push(Rule { allow: name == "allow", path: normal(value) });
                    }
                }
                ("crawl-delay", Some(group)) => {
                    group.begun = true;
                    let seconds = value.parse::<f64>().ok().filter(|seconds| (0.0..=86_400.0).contains(seconds));
                    group.robots.delay = seconds.map(|seconds| seconds.ceil() as u32);
                }
                _ => {}
            }
        }
        let agent = agent.to_lowercase();
        let of = |wanted: &str| {
            let named = groups.iter().filter(|group| group.agents.iter().any(|own| own == wanted));
            named.fold(None, |all: Option<Robots>, group| {
                let mut all = all.unwrap_or_default();
                all.rules.extend(group.robots.rules.iter().cloned());
                all.delay = all.delay.max(group.robots.delay);
                Some(all)
            })
        };
        of(&agent).or_else(|| of("*")).unwrap_or_default()
    }

    /// Whether an address may be asked, by its path and query: the longest rule that fits decides, and of equal ones the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        if path == "/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|rule| fits(&rule.path, &path));
        fitting.max_by_key(|rule| (rule.path.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }
}

/// Percent-encodings in one case, and what is no ASCII encoded, so that equal paths look equal.
fn normal(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut upper: u8 = 0;
    for byte in path.bytes() {
        match byte {
            b'%' => {
                upper = 3;
                out.push('%');
            }
            0x80.. => out.push_str(&format!("%{byte:02X}")),
            byte if upper > 0 => out.push(char::from(byte.to_ascii_uppercase())),
            byte => out.push(char::from(byte)),
        }
        upper = upper.saturating_sub(1);
    }
    out
}

/// Whether a rule stands at the beginning of a path; `*` is anything, `$` at its end the end.
fn fits(rule: &str, path: &str) -> bool {
    let (rule, whole) = rule.strip_suffix('$').map_or((rule, false), |rule| (rule, true));
    let mut parts = rule.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut last = None;
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        last = Some(part);
        rest = &rest[at + part.len()..];
    }
    // The last part may stand at the end as well, when it was found before.
    !whole || rest.is_empty() || last.is_some_and(|part| part.is_empty() || rest.ends_with(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(file: &str, path: &str) -> bool {
        Robots::read(file.as_bytes(), "CareerCoPilot").allows(path)
    }

    #[test]
    fn the_longest_rule_decides() {
        let file = "User-agent: *\nDisallow: /jobs/\nAllow: /jobs/feed\nDisallow: /*.pdf$\nDisallow: /search?q=";
        for (path, fine) in [
            ("/", true),
            ("/jobs", true),
            ("/jobs/1", false),
            ("/jobs/feed.rss", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x=1", true),
            ("/search?q=x", false),
            ("/search", true),
            ("/robots.txt", true),
        ] {
            assert_eq!(allows(file, path), fine, "{path}");
        }
        assert!(allows("User-agent: *\nDisallow: /a\nAllow: /a", "/a"), "of equal ones the one that allows");
        assert!(!allows("User-agent: *\nDisallow: /", "/anything"));
        assert!(allows("User-agent: *\nDisallow:", "/anything"), "an empty rule forbids nothing");
        assert!(!allows("user-agent:*\r\nDISALLOW: /caf%c3%a9 # quiet\r\n", "/café"));
        assert!(!allows("User-agent: *\nDisallow: /a*b*c", "/axxbyyc/z"));
        assert!(allows("User-agent: *\nDisallow: /a*b*c$", "/axxbyyc/z"));
    }

    #[test]
    fn a_group_of_ones_own_comes_before_that_for_everybody() {
        let file = "User-agent: other\nUser-agent: careercopilot\nDisallow: /mine\nCrawl-delay: 2.5\n\nUser-agent: *\nDisallow: /\n\nUser-agent: CareerCoPilot\nDisallow: /too";
        assert!(allows(file, "/theirs"));
        assert!(!allows(file, "/mine/1") && !allows(file, "/too"));
        assert_eq!(Robots::read(file.as_bytes(), "CareerCoPilot").delay, Some(3));
        assert!(!Robots::read(file.as_bytes(), "somebody").allows("/theirs"));
    }

    #[test]
    fn what_is_no_such_file_forbids_nothing() {
        for file in [
            "",
            "<html><body>Not found</body></html>",
            "Disallow: /",
            "User-agent",
            "\u{0}\u{1}",
            "Crawl-delay: 5\nAllow:",
        ] {
            assert!(allows(file, "/jobs"), "{file}");
        }
        assert_eq!(Robots::read(b"User-agent: *\nCrawl-delay: never", "x").delay, None);
        let long = "User-agent: *\n".to_owned() + &"Disallow: /*a*b*c*d*e\n".repeat(6_000);
        assert!(allows(&long, &"/abc".repeat(500)));
    }
}

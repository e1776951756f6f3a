//! What a browser calls itself, in words a person knows.

/// "Firefox on Linux"; "Another device" where nothing is recognised. Order matters: most browsers also claim to be others.
pub fn name(user_agent: &str) -> String {
    let first = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Vivaldi", "Vivaldi"),
        ("FxiOS", "Firefox"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Another device".to_owned(),
    }
}

/// "API login · curl": a program that logged in, by the first word it says of itself.
pub fn program(user_agent: &str) -> String {
    let said = if user_agent.starts_with("Mozilla/") {
        name(user_agent)
    } else {
        user_agent.split(['/', ' ']).next().unwrap_or_default().chars().take(40).collect()
    };
    if said.is_empty() { "API login".to_owned() } else { format!("API login · {said}") }
}

#[cfg(test)]
mod tests {
    use super::{name, program};

    #[test]
    fn programs_are_called_what_they_call_themselves() {
        for (agent, said) in [
            ("curl/8.14.1", "API login · curl"),
            ("python-requests/2.32.5", "API login · python-requests"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "API login · Firefox on Linux"),
            ("", "API login"),
        ] {
            assert_eq!(program(agent), said, "{agent}");
        }
        assert_eq!(program(&"x".repeat(300)).chars().count(), "API login · ".chars().count() + 40);
    }

    #[test]
    fn browsers_are_told_apart() {
        for (agent, said) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
                "Safari on Mac",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1",
                "Chrome on iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            ("curl/8.0", "curl"),
            ("", "Another device"),
        ] {
            assert_eq!(name(agent), said, "{agent}");
        }
    }
}

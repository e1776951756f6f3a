//! A posting that another app shared with this one (Web Share Target): what of it is the link, and what is said about it.

use leptos_router::params::ParamsMap;

/// What was shared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// A web address; empty where there is none.
    pub link: String,
    pub title: String,
    /// The rest of the text.
    pub text: String,
}

/// Longer ones are nobody's posting.
const LONGEST: usize = 20_000;

impl Shared {
    /// Of a page's address; None where nothing was shared. Apps put the link where they like: into `url`, or somewhere into `text`.
    pub fn of(map: &ParamsMap) -> Option<Self> {
        let [url, title, text] = ["url", "title", "text"]
            .map(|name| map.get(name).unwrap_or_default().trim().chars().take(LONGEST).collect::<String>());
        let shared = Shared::read(&url, &title, &text);
        (shared != Shared::default()).then_some(shared)
    }

    /// Of the three texts that apps share.
    pub fn read(url: &str, title: &str, text: &str) -> Self {
        // A word with a link in it, and the link.
        let linked = |word: &str| {
            let at = word.find("https://").or_else(|| word.find("http://"))?;
            Some((word.to_owned(), word[at..].trim_end_matches(['.', ',', ')', '>', ']', '"', '”']).to_owned()))
        };
        let found = [url, text, title].into_iter().find_map(|all| all.split_whitespace().find_map(linked));
        let (word, link) = found.unwrap_or_default();
        let without = |all: &str| {
            let rest = if word.is_empty() { all.to_owned() } else { all.replace(&word, "") };
            rest.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned()
        };
        let text = without(text);
        let title = match without(title) {
            // Some say in the text what the posting is called.
            title if title.is_empty() && text.chars().count() <= 200 && !text.contains('\n') => text.clone(),
            title => title,
        };
        let text = if text == title { String::new() } else { text };
        Shared { link, title, text }
    }

    /// What there is to read: the link, or the text; then what is beside it.
    pub fn to_read(&self) -> [String; 3] {
        if self.link.is_empty() {
            let parts = [&self.title, &self.text].into_iter().filter(|part| !part.is_empty());
            return [parts.cloned().collect::<Vec<_>>().join("\n\n"), String::new(), String::new()];
        }
        [self.link.clone(), self.title.clone(), self.text.clone()]
    }

    /// The page that reads the whole board a link belongs to; None without a link.
    pub fn to_board(&self) -> Option<String> {
        let link = leptos_router::location::Url::escape(&self.link);
        (!self.link.is_empty()).then(|| ["/jobs/import?url=", &link].concat())
    }

    /// The page that reads this.
    pub fn to_add(&self) -> String {
        self.to("/jobs/add?")
    }

    /// The page that takes one job by hand, with this in it.
    pub fn to_form(&self) -> String {
        self.to("/jobs/new?")
    }

    fn to(&self, page: &str) -> String {
        let pairs = [("title", &self.title), ("url", &self.link), ("text", &self.text)];
        let query = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> =
            query.map(|(name, value)| [name, "=", &leptos_router::location::Url::escape(value)].concat()).collect();
        [page, &query.join("&")].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(link: &str, title: &str, text: &str) -> Shared {
        Shared { link: link.into(), title: title.into(), text: text.into() }
    }

    #[test]
    fn the_link_is_found_where_apps_put_it() {
        let link = "https://jobs.example.org/1?x=2";
        assert_eq!(Shared::read(link, "Baker", ""), shared(link, "Baker", ""));
        assert_eq!(Shared::read("", "", &format!("Baker at Acme {link}")), shared(link, "Baker at Acme", ""));
        assert_eq!(
            Shared::read("", "Baker", &format!("Look ({link}).\nWe bake.")),
            shared(link, "Baker", "Look\nWe bake.")
        );
        assert_eq!(Shared::read("", link, ""), shared(link, "", ""));
        assert_eq!(Shared::read("", "", "We bake.\nYou knead."), shared("", "", "We bake.\nYou knead."));
        assert_eq!(Shared::read("javascript:alert(1)", "", ""), shared("", "", ""));
    }

    #[test]
    fn it_says_what_is_to_be_read() {
        let link = shared("https://a.example/1", "Baker", "We bake.");
        assert_eq!(link.to_read(), ["https://a.example/1", "Baker", "We bake."]);
        assert_eq!(shared("", "Baker", "We bake.").to_read(), ["Baker\n\nWe bake.", "", ""]);
        assert_eq!(link.to_board().as_deref(), Some("/jobs/import?url=https%3A%2F%2Fa%2Eexample%2F1"));
        assert_eq!(shared("", "Baker", "").to_board(), None);
    }

    #[test]
    fn it_leads_to_the_form() {
        let to = shared("https://a.example/?x=1&y=2", "Baker & Miller", "").to_form();
        assert!(to.starts_with("/jobs/new?title=Baker") && !to.contains("&y=2") && to.contains("url=https"), "{to}");
    }
}

//! What a page says of itself: its title, its first heading, and what it says to those who link to it.

use crate::row::tidy_label;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// Bytes of one title or heading that are looked at.
const LONGEST: usize = 2_000;
/// Headings of the first order; a posting's page has one or two.
const HEADINGS: usize = 5;

#[derive(Debug, Default)]
pub struct Head {
    pub title: String,
    pub headings: Vec<String>,
    pub og_title: String,
    pub site: String,
    /// When it appeared, as written.
    pub published: String,
    /// What it says of itself in a sentence or two.
    pub summary: String,
}

/// What is being collected.
enum Open {
    Title(String),
    Heading(String),
}

/// Looks through the whole page; never fails, whatever it is.
pub fn scan(html: &str) -> Head {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut head = Head::default();
    let mut open: Option<Open> = None;
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) => match &**tag.name {
                b"title" if head.title.is_empty() => open = Some(Open::Title(String::new())),
                b"h1" if head.headings.len() < HEADINGS => open = Some(Open::Heading(String::new())),
                b"meta" => {
                    let value = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value));
                    let name = value(b"property").or_else(|| value(b"name")).unwrap_or_default().to_ascii_lowercase();
                    head.meta(&name, &value(b"content").unwrap_or_default());
                }
                // A line break in a heading is a space.
                _ => {
                    if let Some(Open::Title(text) | Open::Heading(text)) = &mut open {
                        text.push(' ');
                    }
                }
            },
            Token::String(words) => {
                if let Some(Open::Title(text) | Open::Heading(text)) = &mut open
                    && text.len() < LONGEST
                {
                    text.push_str(&String::from_utf8_lossy(&words));
                }
            }
            Token::EndTag(tag) if matches!(&**tag.name, b"title" | b"h1") => head.close(open.take()),
            _ => {}
        }
    }
    head.close(open);
    head
}

impl Head {
    fn close(&mut self, open: Option<Open>) {
        match open {
            Some(Open::Title(text)) => self.title = tidy_label(&text),
            Some(Open::Heading(text)) => {
                let text = tidy_label(&text);
                if !text.is_empty() {
                    self.headings.push(text);
                }
            }
            None => {}
        }
    }

    fn meta(&mut self, name: &str, content: &str) {
        let place = match name {
            "og:title" | "twitter:title" => &mut self.og_title,
            "og:site_name" => &mut self.site,
            "article:published_time" => &mut self.published,
            "og:description" | "description" => &mut self.summary,
            _ => return,
        };
        if place.is_empty() {
            *place = tidy_label(content);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::scan;

    #[test]
    fn a_page_says_what_it_is() {
        let head = scan(
            "<title>Baker &amp; Miller |\n Acme</title><meta property=og:site_name content='Acme Mills'><META NAME=description CONTENT=x>\
             <meta content='Baker' property='og:title'><h1> Baker<br>by <b>night</b></h1><h1></h1><h1>Second",
        );
        assert_eq!((head.title.as_str(), head.site.as_str()), ("Baker & Miller | Acme", "Acme Mills"));
        assert_eq!((head.og_title.as_str(), head.summary.as_str()), ("Baker", "x"));
        assert_eq!(head.headings, ["Baker by night", "Second"]);
    }

    #[test]
    fn nothing_is_nothing() {
        for html in ["", "<", "<title>", "<h1", "</h1>", "<meta>", "<meta property>"] {
            let head = scan(html);
            assert!(head.title.is_empty() && head.headings.is_empty() && head.site.is_empty(), "{html}");
        }
    }
}

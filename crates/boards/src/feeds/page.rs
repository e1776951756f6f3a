//! What a web page says of itself to machines: its JSON-LD and its own address.

use crate::row::link;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use serde_json::Value;

/// Pieces of JSON-LD looked at; pages have a handful.
const PIECES: usize = 500;

#[derive(Default)]
pub struct Page {
    /// Each piece of JSON-LD that can be read.
    pub data: Vec<Value>,
    /// The address that the page calls its own.
    pub address: Option<String>,
}

/// Looks through the whole page; never fails, whatever it is.
pub fn scan(text: &str) -> Page {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    let mut script: Option<String> = None;
    for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Token::StartTag(tag) => {
                let attribute = |name: &[u8]| {
                    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).trim().to_ascii_lowercase())
                };
                match &**tag.name {
                    b"script" if attribute(b"type").is_some_and(|kind| kind.starts_with("application/ld+json")) => {
                        script = Some(String::new());
                    }
                    b"link" if page.address.is_none() && attribute(b"rel").as_deref() == Some("canonical") => {
                        page.address = tag
                            .attributes
                            .get(&b"href"[..])
                            .and_then(|address| link(&String::from_utf8_lossy(address)));
                    }
                    _ => {}
                }
            }
            Token::String(words) => {
                if let Some(script) = &mut script {
                    script.push_str(&String::from_utf8_lossy(&words));
                }
            }
            Token::EndTag(tag) if **tag.name == *b"script" => {
                page.data.extend(script.take().as_deref().and_then(json));
                if page.data.len() >= PIECES {
                    break;
                }
            }
            _ => {}
        }
    }
    page
}

/// Some pages wrap the JSON in marks of a comment, or leave line breaks in its texts.
fn json(script: &str) -> Option<Value> {
    let marks = ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["];
    let ends = ["-->", "//]]>", "/*]]>*/", "]]>"];
    let mut text = script.trim();
    for (mark, end) in marks.into_iter().zip(ends) {
        if let Some(inner) = text.strip_prefix(mark) {
            text = inner.trim();
            text = text.strip_suffix(end).unwrap_or(text).trim();
        }
    }
    serde_json::from_str(text).ok().or_else(|| {
        let even: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&even).ok()
    })
}

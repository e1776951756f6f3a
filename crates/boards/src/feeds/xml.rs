//! XML as rows: each element becomes a field of its parent, so that feeds in XML are read like those in JSON.
//!
//! Nothing outside the text is ever read: entities that a document declares stay as they are written, and its depth is
//! bounded.

use crate::Unreadable;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, escape};
use serde_json::{Map, Value};

/// Elements within elements; feeds need about six.
const DEPTH: usize = 40;
/// Elements in all; a feed of as many rows as can be read has far fewer.
const ELEMENTS: usize = 2_000_000;

/// Elements whose inside is text for people: markup in it (as Atom's `xhtml`) is kept as markup.
const PROSE: [&str; 5] = ["content", "summary", "description", "content:encoded", "value"];

/// The name of the outermost element, without its prefix. `None` when there is none.
pub fn root(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => return Some(tag.local_name().into_inner().to_owned()),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// What the outermost element holds. Text alone is text, whatever attributes stand beside it; attributes of an element
/// without text are fields with an `@`; fields that are repeated are a list; empty elements are null.
pub fn tree(text: &str) -> Result<Value, Unreadable> {
    let mut reader = Reader::from_str(text);
    // Addresses in feeds hold bare ampersands.
    reader.config_mut().allow_dangling_amp = true;
    let mut open = vec![Element::default()];
    let mut count = 0_usize;
    loop {
        let event = reader.read_event().map_err(|_| damaged())?;
        let Some(top) = open.last_mut() else { return Err(damaged()) };
        if matches!(event, Event::Start(_) | Event::Empty(_)) {
            count += 1;
            if count > ELEMENTS {
                return Err(Unreadable(
                    "The XML has more elements than any feed. Split it and bring it in in parts.".into(),
                ));
            }
        }
        match event {
            Event::Start(tag) => {
                let element = Element::of(&tag, top);
                if open.len() > DEPTH {
                    return Err(Unreadable("The XML is nested deeper than any feed. Choose another file.".into()));
                }
                open.push(element);
            }
            Event::Empty(tag) => {
                let element = Element::of(&tag, top);
                top.take_in(element);
            }
            Event::Text(part) => top.add(&part.xml10_content()),
            Event::CData(part) => top.text.push_str(&part.xml10_content()),
            Event::GeneralRef(name) => match escape::unescape(&format!("&{};", &*name)) {
                Ok(meant) => top.add(&meant),
                // Names of HTML are resolved with the rest of its markup; names that the document declares stay names.
                Err(_) => top.text.push_str(&format!("&{};", &*name)),
            },
            Event::End(_) => {
                let Some(element) = open.pop() else { return Err(damaged()) };
                let Some(parent) = open.last_mut() else { return Err(damaged()) };
                parent.take_in(element);
            }
            Event::Eof if open.len() == 1 => {
                let document = open.pop().map(Element::value).unwrap_or_default();
                return Ok(document.as_object().and_then(|fields| fields.values().next().cloned()).unwrap_or_default());
            }
            Event::Eof => return Err(damaged()),
            _ => {}
        }
    }
}

fn damaged() -> Unreadable {
    Unreadable("The XML breaks off or is damaged. Paste or save the whole answer again.".into())
}

/// An element that is being read.
#[derive(Default)]
struct Element {
    name: String,
    fields: Map<String, Value>,
    text: String,
    /// Its markup is kept.
    prose: bool,
    /// It is such markup.
    inside_prose: bool,
}

impl Element {
    fn of(tag: &BytesStart<'_>, parent: &Element) -> Self {
        let name = tag.name().into_inner().to_owned();
        let mut fields = Map::new();
        for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
            let value = escape::unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), Into::into);
            fields.insert(format!("@{}", attribute.key.into_inner()), Value::String(value));
        }
        let inside_prose = parent.prose;
        Element {
            prose: inside_prose || PROSE.contains(&name.as_str()),
            inside_prose,
            name,
            fields,
            text: String::new(),
        }
    }

    fn add(&mut self, text: &str) {
        if self.inside_prose {
            self.text.push_str(&escape::partial_escape(text));
        } else {
            self.text.push_str(text);
        }
    }

    fn take_in(&mut self, child: Element) {
        if self.prose {
            self.text.push_str(&format!("<{0}>{1}</{0}>", child.name, child.text));
            return;
        }
        let Element { name, .. } = &child;
        let name = name.clone();
        let value = child.value();
        match self.fields.get_mut(&name) {
            None => {
                self.fields.insert(name, value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }

    fn value(self) -> Value {
        let text = self.text.trim();
        let has_children = self.fields.keys().any(|name| !name.starts_with('@'));
        if !text.is_empty() && !has_children {
            Value::String(text.to_owned())
        } else if self.fields.is_empty() {
            Value::Null
        } else {
            Value::Object(self.fields)
        }
    }
}

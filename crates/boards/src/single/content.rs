//! The text that a page is about, without what surrounds it on every page.
//!
//! What is marked as navigation, banner or footer is left out; of the rest, the smallest part that still holds most of the text is taken,
//! and in it, parts that are mostly links are left out.

use crate::{html, limits};
use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};

/// Parts of a page, and parts within parts: more are read as one.
const PARTS: usize = 20_000;
const DEPTH: usize = 200;
/// Shorter texts are not the page's: then everything in it is read.
const LEAST: usize = 100;

/// Classes and ids of what surrounds a page's text.
const AROUND: &str = "cookie cookies consent gdpr onetrust cookiebot nav navbar navigation menu breadcrumb breadcrumbs sidebar \
    footer masthead newsletter popup modal related similar recommended recommendations share sharing social \
    advert ads promo login signin signup skip skiplink toolbar topbar subscribe comments pagination hidden \
    offscreen";

/// Readable text of the page's main part, bounded as [`html::to_text`] is.
pub fn text(page: &str) -> String {
    let page = &page[..page.floor_char_boundary(limits::HTML_BYTES * 2)];
    let main = html::to_text(&main(page, true));
    if main.len() >= LEAST {
        return main;
    }
    // Damaged markup may have left out too much.
    let all = html::to_text(&self::main(page, false));
    if all.len() > main.len() * 2 { all } else { main }
}

struct Part {
    parent: usize,
    start: usize,
    end: usize,
    /// Bytes of text, and of text that is no link.
    all: usize,
    plain: usize,
    children: Vec<usize>,
}

struct Builder {
    /// The page without what surrounds it, and without attributes.
    out: String,
    parts: Vec<Part>,
    /// Elements that hold parts of a page, with the part each of them is.
    open: Vec<(Vec<u8>, usize)>,
    links: usize,
    /// Inside an `<article>` or `<main>`, a header belongs to the text.
    inner: usize,
}

fn main(page: &str, choose: bool) -> String {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut builder = Builder::new(page.len());
    let mut left_out: Option<(Vec<u8>, usize)> = None;
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        match token {
            Token::StartTag(tag) => match &mut left_out {
                Some((name, depth)) => *depth += usize::from(*name == **tag.name && !tag.self_closing),
                None if never(&tag.name) || (choose && builder.surrounds(&tag)) => {
                    if !tag.self_closing && !is_void(&tag.name) {
                        left_out = Some((tag.name.to_vec(), 1));
                    }
                }
                None => builder.open(&tag.name, tag.self_closing),
            },
            Token::EndTag(tag) => match &mut left_out {
                Some((name, depth)) => {
                    if *name == **tag.name {
                        *depth -= 1;
                        if *depth == 0 {
                            left_out = None;
                        }
                    }
                }
                None => builder.close(&tag.name),
            },
            Token::String(words) if left_out.is_none() => builder.words(&String::from_utf8_lossy(&words)),
            _ => {}
        }
    }
    builder.finish(choose)
}

/// What is never for reading.
fn never(name: &[u8]) -> bool {
    matches!(
        name,
        b"script"
            | b"style"
            | b"noscript"
            | b"template"
            | b"svg"
            | b"iframe"
            | b"select"
            | b"button"
            | b"object"
            | b"head"
            | b"dialog"
            | b"textarea"
    )
}

fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

fn is_part(name: &[u8]) -> bool {
    matches!(name, b"div" | b"section" | b"article" | b"main" | b"td" | b"center" | b"form" | b"header")
}

impl Builder {
    fn new(capacity: usize) -> Self {
        let root = Part { parent: 0, start: 0, end: 0, all: 0, plain: 0, children: Vec::new() };
        Builder { out: String::with_capacity(capacity / 2), parts: vec![root], open: Vec::new(), links: 0, inner: 0 }
    }

    /// Is this an element around the text of every page?
    fn surrounds(&self, tag: &StartTag<()>) -> bool {
        let name: &[u8] = &tag.name;
        if matches!(name, b"html" | b"body" | b"main" | b"article" | b"h1") {
            return false;
        }
        if matches!(name, b"nav" | b"footer" | b"aside") || (name == b"header" && self.inner == 0) {
            return true;
        }
        let value =
            |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).to_ascii_lowercase());
        let role = value(b"role").unwrap_or_default();
        if matches!(
            role.as_str(),
            "navigation" | "banner" | "contentinfo" | "dialog" | "alertdialog" | "search" | "menu" | "complementary"
        ) || tag.attributes.contains_key(&b"hidden"[..])
            || value(b"aria-hidden").as_deref() == Some("true")
            || value(b"style").is_some_and(|style| style.replace(' ', "").contains("display:none"))
        {
            return true;
        }
        is_part(name)
            && [value(b"class"), value(b"id")].into_iter().flatten().any(|names| {
                names
                    .split(|c: char| !c.is_ascii_alphanumeric())
                    .any(|word| !word.is_empty() && AROUND.split(' ').any(|known| known == word))
            })
    }

    fn open(&mut self, name: &[u8], self_closing: bool) {
        self.inner += usize::from(matches!(name, b"main" | b"article"));
        self.links += usize::from(name == b"a" && !self_closing);
        self.tag("<", name);
        let room = self.open.len() < DEPTH && self.parts.len() < PARTS;
        if is_part(name) && room && !self_closing {
            let parent = self.here();
            self.parts.push(Part { parent, start: self.out.len(), end: 0, all: 0, plain: 0, children: Vec::new() });
            let new = self.parts.len() - 1;
            self.parts[parent].children.push(new);
            self.open.push((name.to_vec(), new));
        }
    }

    fn close(&mut self, name: &[u8]) {
        if matches!(name, b"main" | b"article") {
            self.inner = self.inner.saturating_sub(1);
        }
        if name == b"a" {
            self.links = self.links.saturating_sub(1);
        }
        if is_part(name) {
            // An end without a start is passed over; a start without an end ends with the one around it.
            let Some(at) = self.open.iter().rposition(|(own, _)| own == name) else { return };
            for (_, part) in self.open.drain(at..) {
                self.parts[part].end = self.out.len();
            }
        }
        self.tag("</", name);
    }

    fn tag(&mut self, start: &str, name: &[u8]) {
        if name.len() <= 20 && name.iter().all(u8::is_ascii_alphanumeric) {
            self.out.push_str(start);
            self.out.push_str(&String::from_utf8_lossy(name));
            self.out.push('>');
        }
    }

    fn words(&mut self, words: &str) {
        let length = words.chars().filter(|c| !c.is_whitespace()).count();
        let here = self.here();
        self.parts[here].all += length;
        if self.links == 0 {
            self.parts[here].plain += length;
        }
        for c in words.chars() {
            match c {
                '<' => self.out.push_str("&lt;"),
                '&' => self.out.push_str("&amp;"),
                c => self.out.push(c),
            }
        }
    }

    fn here(&self) -> usize {
        self.open.last().map_or(0, |(_, part)| *part)
    }

    fn finish(mut self, choose: bool) -> String {
        self.parts[0].end = self.out.len();
        for (_, part) in std::mem::take(&mut self.open) {
            self.parts[part].end = self.out.len();
        }
        if !choose {
            return self.out;
        }
        // Every part comes after the one it is in.
        for at in (1..self.parts.len()).rev() {
            let (all, plain, parent) = (self.parts[at].all, self.parts[at].plain, self.parts[at].parent);
            self.parts[parent].all += all;
            self.parts[parent].plain += plain;
        }
        let chosen = self.chosen();
        self.without_links(chosen)
    }

    /// The smallest part that still holds nearly all of the text.
    fn chosen(&self) -> usize {
        let mut at = 0;
        while let Some(best) = self.parts[at].children.iter().copied().max_by_key(|child| self.parts[*child].plain)
            && self.parts[best].plain * 10 >= self.parts[at].plain * 8
            && self.parts[best].plain > 0
        {
            at = best;
        }
        at
    }

    /// The markup of a part, without those in it that are mostly links.
    fn without_links(&self, chosen: usize) -> String {
        let mut out = String::new();
        let mut from = self.parts[chosen].start;
        let mut to_see: Vec<usize> = self.parts[chosen].children.iter().rev().copied().collect();
        while let Some(at) = to_see.pop() {
            let part = &self.parts[at];
            if part.all > 0 && part.plain * 2 < part.all {
                if part.start > from {
                    out.push_str(&self.out[from..part.start]);
                }
                from = from.max(part.end);
            } else {
                to_see.extend(part.children.iter().rev());
            }
        }
        out.push_str(&self.out[from.min(self.parts[chosen].end)..self.parts[chosen].end]);
        out
    }
}

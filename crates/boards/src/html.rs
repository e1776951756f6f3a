//! Turns the HTML of a posting into text to read: paragraphs split by blank lines, list items on lines with `- `.

use crate::{limits, text};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// Feeds escape once (`&lt;p&gt;`), some of them twice; deeper nesting is somebody's text about HTML.
const MAX_ESCAPED: usize = 2;

/// Readable text of an HTML fragment, at most [`limits::DESCRIPTION_BYTES`] bytes.
///
/// Text without any tag is taken as plain text and keeps its line breaks; HTML that was escaped (as Greenhouse sends it)
/// is unescaped first. What is not content (`script`, `style`, `svg`, …) is left out. Never fails: broken HTML is read
/// as a browser would.
pub fn to_text(html: &str) -> String {
    let mut source = html[..html.floor_char_boundary(limits::HTML_BYTES)].to_owned();
    for _ in 0..=MAX_ESCAPED {
        let pass = Pass::over(&source);
        // Inside real tags, a word or two about tags is text; whole escaped markup is not.
        let again =
            if pass.saw_tag { closes_tags(&pass.out) >= 3 } else { has_tag(&pass.out) || pass.out.contains("&lt;") };
        if !again {
            return text::block(&pass.out, limits::DESCRIPTION_BYTES);
        }
        source = pass.out;
    }
    text::block(&source, limits::DESCRIPTION_BYTES)
}

/// One line of text from a fragment that should have none or little HTML: a title, a name.
pub fn to_line(html: &str, max_chars: usize) -> String {
    if html.contains(['&', '<']) { text::line(&to_text(html), max_chars) } else { text::line(html, max_chars) }
}

/// Does this text hold a tag that postings use?
fn has_tag(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('/');
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        end <= 10
            && matches!(kind(rest[..end].to_ascii_lowercase().as_bytes()), kind if kind != Kind::Unknown)
            && rest[end..].starts_with(['>', ' ', '/', '\n'])
    })
}

/// How many closing tags that postings use are in this text, as far as it matters.
fn closes_tags(text: &str) -> usize {
    text.match_indices("</").filter(|(at, _)| has_tag(&text[*at..text.floor_char_boundary(at + 14)])).take(3).count()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Starts and ends a paragraph.
    Paragraph,
    /// Starts a line of its own.
    Line,
    Break,
    Item,
    Cell,
    /// Nothing inside is for reading.
    Hidden,
    /// Changes how words look, not where they stand.
    Inline,
    Unknown,
}

fn kind(name: &[u8]) -> Kind {
    match name {
        b"p" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"ul" | b"ol" | b"dl" | b"table" | b"blockquote"
        | b"pre" | b"hr" | b"section" | b"article" | b"header" | b"footer" | b"main" | b"aside" | b"figure" => {
            Kind::Paragraph
        }
        b"div" | b"tr" | b"dt" | b"dd" | b"address" | b"caption" | b"figcaption" | b"nav" | b"form" => Kind::Line,
        b"br" => Kind::Break,
        b"li" => Kind::Item,
        b"td" | b"th" => Kind::Cell,
        b"script" | b"style" | b"head" | b"title" | b"template" | b"noscript" | b"iframe" | b"svg" | b"math"
        | b"object" | b"select" | b"textarea" | b"button" | b"video" | b"audio" | b"canvas" => Kind::Hidden,
        b"a" | b"b" | b"i" | b"u" | b"s" | b"em" | b"strong" | b"span" | b"font" | b"small" | b"big" | b"sub"
        | b"sup" | b"code" | b"img" | b"body" | b"html" | b"tbody" | b"thead" | b"center" | b"mark" | b"wbr" => {
            Kind::Inline
        }
        _ => Kind::Unknown,
    }
}

/// One reading of a fragment. Line breaks in the source are kept as they are until a tag that makes lines is seen: some
/// feeds send plain text with a few bold words in it.
struct Pass {
    out: String,
    saw_tag: bool,
}

impl Pass {
    fn over(source: &str) -> Self {
        // Decided beforehand, because it changes how the very first line break reads.
        let lines_by_tags = source.match_indices('<').any(|(at, _)| {
            let rest = &source.as_bytes()[at + 1..];
            let end = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len()).min(11);
            let name = rest[..end].to_ascii_lowercase();
            matches!(kind(&name), Kind::Paragraph | Kind::Line | Kind::Break | Kind::Item)
        });
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut pass = Pass { out: String::with_capacity(source.len() / 2), saw_tag: false };
        let mut hidden: Option<(Vec<u8>, u32)> = None;
        for Ok(token) in Tokenizer::new_with_emitter(source, emitter) {
            match token {
                Token::StartTag(tag) => {
                    let kind = kind(&tag.name);
                    pass.saw_tag |= kind != Kind::Unknown;
                    match &mut hidden {
                        Some((name, depth)) if *name == *tag.name && !tag.self_closing => *depth += 1,
                        Some(_) => {}
                        None if kind == Kind::Hidden && !tag.self_closing => hidden = Some((tag.name.to_vec(), 1)),
                        None => pass.open(kind),
                    }
                }
                Token::EndTag(tag) => {
                    let kind = kind(&tag.name);
                    pass.saw_tag |= kind != Kind::Unknown;
                    match &mut hidden {
                        Some((name, depth)) if *name == *tag.name => {
                            *depth -= 1;
                            if *depth == 0 {
                                hidden = None;
                            }
                        }
                        Some(_) => {}
                        None => pass.close(kind),
                    }
                }
                Token::String(words) if hidden.is_none() => {
                    let words = String::from_utf8_lossy(&words);
                    if lines_by_tags { pass.words(&words) } else { pass.out.push_str(&words) }
                }
                _ => {}
            }
        }
        pass
    }

    fn open(&mut self, kind: Kind) {
        match kind {
            // A paragraph that opens a list item stays on the item's line.
            Kind::Paragraph if !self.at_item_start() => self.blank_line(),
            Kind::Line if !self.at_item_start() => self.new_line(),
            Kind::Break => self.out.push('\n'),
            Kind::Item => {
                self.new_line();
                self.out.push_str("- ");
            }
            Kind::Cell if !self.out.ends_with(['\n', ' ']) => self.out.push(' '),
            _ => {}
        }
    }

    fn close(&mut self, kind: Kind) {
        match kind {
            Kind::Paragraph if !self.at_item_start() => self.blank_line(),
            Kind::Line | Kind::Item => self.new_line(),
            // Browsers read `</br>` as a break.
            Kind::Break => self.out.push('\n'),
            _ => {}
        }
    }

    /// Text between tags: every run of white space is one space.
    fn words(&mut self, words: &str) {
        for c in words.chars() {
            if c == '\u{a0}' {
                // Kept until the lines are tidied: a line of nothing else is a blank line on purpose.
                self.out.push(c);
            } else if c.is_whitespace() {
                if !self.out.ends_with([' ', '\n', '\u{a0}']) {
                    self.out.push(' ');
                }
            } else {
                self.out.push(c);
            }
        }
    }

    fn at_item_start(&self) -> bool {
        let tail = self.out.trim_end_matches([' ', '\u{a0}']);
        tail == "-" || tail.ends_with("\n-")
    }

    fn new_line(&mut self) {
        self.trim_spaces();
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn blank_line(&mut self) {
        self.new_line();
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn trim_spaces(&mut self) {
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
    }
}

#[cfg(test)]
mod tests {
    use super::to_text;

    #[test]
    fn html_reads_as_text() {
        for (html, expected) in [
            ("", ""),
            ("   ", ""),
            ("Plain words", "Plain words"),
            ("Two\nlines\n\nand a paragraph", "Two\nlines\n\nand a paragraph"),
            ("<p>One</p><p>Two</p>", "One\n\nTwo"),
            ("<p>One\n line</p>\n\n<p>Two</p>", "One line\n\nTwo"),
            ("One<br>Two<br/>Three", "One\nTwo\nThree"),
            ("One<br><br>Two", "One\n\nTwo"),
            ("<ul><li>Knead</li><li>Bake</li></ul>", "- Knead\n- Bake"),
            ("<p>Tasks:</p><ul>\n<li>Knead</li>\n<li>Bake</li>\n</ul><p>End</p>", "Tasks:\n\n- Knead\n- Bake\n\nEnd"),
            ("<ul><li><p>Knead</p></li><li><p>Bake</p></li></ul>", "- Knead\n- Bake"),
            ("<ul><li>Outer<ul><li>Inner</li></ul></li></ul>", "- Outer\n- Inner"),
            ("<li>Knead<li>Bake", "- Knead\n- Bake"),
            ("<ol><li><div>First</div></li></ol>", "- First"),
            ("<h2>About <em>us</em></h2>We bake", "About us\n\nWe bake"),
            ("Flour &amp; water &lt; 5 &euro;&nbsp;kg &#39;ok&#x27;", "Flour & water < 5 € kg 'ok'"),
            (
                "&lt;p&gt;One &amp;amp; two&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Knead&lt;/li&gt;&lt;/ul&gt;",
                "One & two\n\n- Knead",
            ),
            ("&amp;lt;p&amp;gt;Deep&amp;lt;/p&amp;gt;", "Deep"),
            ("<p>Show &lt;p&gt; to students</p>", "Show <p> to students"),
            ("<p>&lt;ul&gt;&lt;li&gt;Knead&lt;/li&gt;&lt;li&gt;Bake&lt;/li&gt;&lt;/ul&gt;</p>", "- Knead\n- Bake"),
            ("a<script>alert('<p>')</script>b", "ab"),
            ("<style>p{color:red}</style><p>Seen</p>", "Seen"),
            ("<svg><title>x</title><path/></svg>Seen<br>", "Seen"),
            ("<script>never closed <p>Seen</p>", ""),
            ("<!-- hidden --><p>Seen</p>", "Seen"),
            ("<p style=\"a > b\">Seen</p>", "Seen"),
            (
                "<table><tr><td>Pay</td><td>Good</td></tr><tr><td>Place</td><td>Here</td></tr></table>",
                "Pay Good\nPlace Here",
            ),
            ("<div>One</div><div>Two</div>", "One\nTwo"),
            ("<div>One</div><div>&nbsp;</div><div>Two&nbsp;three</div>", "One\n\nTwo three"),
            ("<div><div><p>One</p></div></div><div>Two</div>", "One\n\nTwo"),
            ("Bold <b>word</b>s", "Bold words"),
            ("Plain\nwith <b>bold</b>\n\n* item", "Plain\nwith bold\n\n- item"),
            ("<p>• Knead</p><p>• Bake</p>", "- Knead\n- Bake"),
            ("<p>\u{a0}</p><p>Seen</p><p>&nbsp;</p>", "Seen"),
            ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
            ("<unknown-tag>Words</unknown-tag>", "Words"),
            ("<p", ""),
            ("<p>Open", "Open"),
            ("</li></ul>Stray", "Stray"),
            ("zero\u{200b}width\u{ad}soft", "zerowidthsoft"),
            ("<a href='https://example.org'>Link</a> text", "Link text"),
        ] {
            assert_eq!(to_text(html), expected, "{html}");
        }
    }

    #[test]
    fn a_huge_fragment_is_cut() {
        let html = "<p>ä</p>".repeat(200_000);
        let text = to_text(&html);
        assert!(text.len() <= crate::limits::DESCRIPTION_BYTES);
        let open = "<div>".repeat(200_000);
        assert_eq!(to_text(&open), "");
    }
}

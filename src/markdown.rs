//! Notes as people write them, Markdown, made into HTML that is safe to show on our own pages.

use ammonia::Builder;
use pulldown_cmark::{Options, Parser, html::push_html};
use std::{collections::HashSet, sync::LazyLock};

/// What notes may hold: text, lists, quotes, code, tables and links; no pictures, which would tell others that the note was read.
static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let tags = [
        "p",
        "br",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ];
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(tags))
        .add_tag_attributes("a", ["href"])
        .add_tag_attributes("ol", ["start"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .set_tag_attribute_value("a", "target", "_blank")
        .link_rel(Some("noopener noreferrer nofollow"));
    builder
});

/// HTML of a note. HTML in it is shown as text; its headings begin below those of a page's sections.
pub fn html(note: &str) -> String {
    use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
    let deeper = |level: HeadingLevel| match level {
        HeadingLevel::H1 => HeadingLevel::H3,
        HeadingLevel::H2 => HeadingLevel::H4,
        HeadingLevel::H3 => HeadingLevel::H5,
        _ => HeadingLevel::H6,
    };
    let events =
        Parser::new_ext(note, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES).map(|event| match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            // People end lines where they want them to end.
            Event::SoftBreak => Event::HardBreak,
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                Event::Start(Tag::Heading { level: deeper(level), id, classes, attrs })
            }
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(deeper(level))),
            other => other,
        });
    let mut text = String::with_capacity(note.len() * 3 / 2);
    push_html(&mut text, events);
    CLEANER.clean(&text).to_string()
}

#[cfg(test)]
mod tests {
    use super::html;
    use proptest::prelude::*;

    #[test]
    fn notes_read_as_they_were_meant() {
        assert_eq!(
            html("# Call\n\nAsk about **nights**\nand pay"),
            "<h3>Call</h3>\n<p>Ask about <strong>nights</strong><br>\nand pay</p>\n"
        );
        assert_eq!(html("- one\n- two"), "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n");
        let link = html("[them](https://example.org/a?b=1&c=2)");
        assert!(link.contains(r#"href="https://example.org/a?b=1&amp;c=2""#) && link.contains("noopener"), "{link}");
    }

    #[test]
    fn nothing_in_a_note_runs_or_loads() {
        for note in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "![x](https://example.org/seen.png)",
            "[x](javascript:alert(1))",
            "[x](data:text/html;base64,AAAA)",
            "<a href=\"/account\" onclick=\"x()\">y</a>",
            "<svg/onload=alert(1)>",
            "<style>*{}</style>",
            "[x](/account/close)",
            "<p style=\"color:red\">x</p>",
        ] {
            let made = html(note);
            // Text may name anything; tags may not.
            for tag in made.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
                let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
                assert!(!["script", "img", "svg", "style"].contains(&name), "{note} became {made}");
                for bad in ["javascript:", "data:", "href=\"/", "onclick", "onerror", "style="] {
                    assert!(!tag.contains(bad), "{note} became {made}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken(note in "\\PC{0,400}") {
            let made = html(&note);
            prop_assert!(!made.contains("<script"));
        }
    }
}

//! A posting's plain text as blocks that can be read: headings, paragraphs, lists. Nothing is added and nothing left out.

use leptos::prelude::*;

/// What stands on its own in a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Block {
    Heading(String),
    /// May hold line breaks.
    Paragraph(String),
    List(Vec<String>),
}

/// A block on a page.
pub fn shown(block: Block) -> AnyView {
    match block {
        Block::Heading(words) => view! { <h3>{words}</h3> }.into_any(),
        Block::Paragraph(words) => view! { <p class="plain">{words}</p> }.into_any(),
        Block::List(items) => {
            view! { <ul>{items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view()}</ul> }.into_any()
        }
    }
}

/// Longest line that can be a heading, in bytes.
const HEADING: usize = 80;

/// The blocks of a text. A list's items begin with a dash, a star or a dot; the short line right above a list, or one that
/// stands alone and ends with a colon, is its heading.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = text.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            continue;
        }
        if let Some(first) = item(line) {
            let mut items = vec![first.to_owned()];
            while let Some(next) = lines.next_if(|next| item(next).is_some()) {
                items.extend(item(next).map(str::to_owned));
            }
            blocks.push(Block::List(items));
            continue;
        }
        let mut paragraph = vec![line];
        while let Some(next) = lines.next_if(|next| !next.is_empty() && item(next).is_none()) {
            paragraph.push(next);
        }
        let heads_list = lines.peek().is_some_and(|next| item(next).is_some());
        let alone = paragraph.len() == 1 && line.ends_with(':');
        let heading = paragraph.pop_if(|last| (heads_list || alone) && last.len() <= HEADING && !last.ends_with('.'));
        if !paragraph.is_empty() {
            blocks.push(Block::Paragraph(paragraph.join("\n")));
        }
        blocks.extend(heading.map(|heading| Block::Heading(heading.trim_end_matches(':').to_owned())));
    }
    blocks
}

/// A list item's text.
fn item(line: &str) -> Option<&str> {
    let rest = ["- ", "* ", "• ", "– ", "· "].iter().find_map(|mark| line.strip_prefix(mark))?.trim_start();
    (!rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_is_read_as_it_was_meant() {
        let text = "We bake.\nEvery day.\n\nWhat you'll do\n- Bake - twice\n- Sweep\n\nAbout us:\n\nWe are old.\nPerks\n• Bread";
        let expected = [
            Block::Paragraph("We bake.\nEvery day.".into()),
            Block::Heading("What you'll do".into()),
            Block::List(vec!["Bake - twice".into(), "Sweep".into()]),
            Block::Heading("About us".into()),
            Block::Paragraph("We are old.".into()),
            Block::Heading("Perks".into()),
            Block::List(vec!["Bread".into()]),
        ];
        assert_eq!(blocks(text), expected);
    }

    #[test]
    fn what_is_no_list_stays_as_it_is() {
        assert_eq!(blocks(" \n\n"), []);
        assert_eq!(blocks("-5 °C outside"), [Block::Paragraph("-5 °C outside".into())]);
        assert_eq!(blocks("- "), [Block::Paragraph("-".into())]);
        assert_eq!(blocks("One sentence.\n- One item")[0], Block::Paragraph("One sentence.".into()));
        let long = "x".repeat(HEADING + 1);
        assert_eq!(blocks(&format!("{long}\n- a"))[0], Block::Paragraph(long));
    }
}

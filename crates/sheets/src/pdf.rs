//! The proof of search: a table of applications on numbered pages, for an employment office.

mod face;
mod layout;

use face::Face;
use flate2::{Compression, write::ZlibEncoder};
use layout::{Line, Page};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use std::io::Write;

/// What is on the paper. Texts longer than their column go on in the next line.
pub struct Proof {
    /// Above the table: `Proof of job search`.
    pub title: String,
    /// Whose it is; may be empty.
    pub name: String,
    /// Which time it covers, in words.
    pub period: String,
    /// When it was made, in words.
    pub made: String,
    pub rows: Vec<ProofRow>,
}

/// One application.
pub struct ProofRow {
    pub date: String,
    pub company: String,
    pub position: String,
    pub place: String,
    pub how: String,
    pub result: String,
}

/// A4 on its side, in points.
const WIDTH: f32 = 842.0;
const HEIGHT: f32 = 595.0;

/// The file. Characters the font does not have are shown as a box, and a line at the end says so.
pub fn proof(proof: &Proof) -> Vec<u8> {
    let mut faces = [Face::regular(), Face::bold()];
    let pages = layout::pages(proof, &mut faces);
    let mut next = 0;
    let mut fresh = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, tree, info) = (fresh(), fresh(), fresh());
    let fonts: Vec<[Ref; 5]> = faces.iter().map(|_| std::array::from_fn(|_| fresh())).collect();
    let kids: Vec<(Ref, Ref)> = pages.iter().map(|_| (fresh(), fresh())).collect();
    let mut pdf = Pdf::new();
    let mut root = pdf.catalog(catalog);
    root.pages(tree);
    root.lang(TextStr("en"));
    root.finish();
    pdf.document_info(info).title(TextStr(&proof.title)).creator(TextStr("Career Co-Pilot"));
    pdf.pages(tree).kids(kids.iter().map(|(page, _)| *page)).count(i32::try_from(kids.len()).unwrap_or(i32::MAX));
    for (page, (id, content)) in pages.iter().zip(&kids) {
        let mut sheet = pdf.page(*id);
        sheet.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(tree).contents(*content);
        let mut resources = sheet.resources();
        let mut named = resources.fonts();
        named.pair(Name(b"F0"), fonts[0][0]).pair(Name(b"F1"), fonts[1][0]);
        named.finish();
        resources.finish();
        sheet.finish();
        let drawn = packed(&draw(page, &faces));
        pdf.stream(*content, &drawn).filter(Filter::FlateDecode);
    }
    for (face, ids) in faces.iter().zip(&fonts) {
        face.write(&mut pdf, *ids);
    }
    pdf.finish()
}

fn draw(page: &Page, faces: &[Face; 2]) -> Vec<u8> {
    let mut content = Content::new();
    for rule in &page.rules {
        content.set_line_width(0.5).set_stroke_gray(0.6);
        content.move_to(rule.x, rule.y).line_to(rule.to, rule.y).stroke();
    }
    for Line { x, y, size, bold, glyphs } in &page.lines {
        let face = &faces[usize::from(*bold)];
        let codes: Vec<u8> = glyphs.iter().flat_map(|glyph| face.code(*glyph).to_be_bytes()).collect();
        content.begin_text().set_font(Name(if *bold { b"F1" } else { b"F0" }), *size).next_line(*x, *y);
        content.show(Str(&codes)).end_text();
    }
    content.finish().into_vec()
}

/// Deflated, as PDF wants it.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

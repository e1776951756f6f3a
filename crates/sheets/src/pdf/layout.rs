//! Where every line of text and every rule goes. Measures are points, from the lower left corner.

use super::{HEIGHT, Proof, WIDTH, face::Face};

/// A line of glyphs.
pub struct Line {
    pub x: f32,
    pub y: f32,
    pub size: f32,
    pub bold: bool,
    pub glyphs: Vec<u16>,
}

/// A thin line from `x` to `to`.
pub struct Rule {
    pub x: f32,
    pub to: f32,
    pub y: f32,
}

#[derive(Default)]
pub struct Page {
    pub lines: Vec<Line>,
    pub rules: Vec<Rule>,
}

const LEFT: f32 = 42.0;
const RIGHT: f32 = WIDTH - 42.0;
const TOP: f32 = HEIGHT - 48.0;
/// Rows end above this; the number of the page stands under it.
const BOTTOM: f32 = 54.0;
const SIZE: f32 = 8.5;
const LEAD: f32 = 11.5;
const GAP: f32 = 8.0;
/// Headings of the columns with their widths.
const COLUMNS: [(&str, f32); 6] = [
    ("Date", 60.0),
    ("Company", 150.0),
    ("Position", 190.0),
    ("Place", 120.0),
    ("How applied", 100.0),
    ("Stage or result", 138.0),
];
/// The most lines one cell takes.
const LINES: usize = 6;

struct Writer<'a> {
    faces: &'a mut [Face; 2],
    pages: Vec<Page>,
    y: f32,
}

/// The pages of a proof.
pub fn pages(proof: &Proof, faces: &mut [Face; 2]) -> Vec<Page> {
    let mut out = Writer { faces, pages: vec![Page::default()], y: TOP };
    out.text(LEFT, 16.0, true, &proof.title);
    out.y -= 20.0;
    for line in [&proof.name, &proof.period].into_iter().filter(|line| !line.is_empty()) {
        let wrapped = out.wrapped(line, RIGHT - LEFT, 10.0);
        for part in wrapped.into_iter().take(3) {
            out.line(LEFT, 10.0, false, part);
            out.y -= 14.0;
        }
    }
    out.y -= 6.0;
    out.headings();
    for row in &proof.rows {
        out.row([&row.date, &row.company, &row.position, &row.place, &row.how, &row.result]);
    }
    out.y -= 4.0;
    let count = match proof.rows.len() {
        0 => "No application in this time.".to_owned(),
        1 => "1 application in this time.".to_owned(),
        n => format!("{n} applications in this time."),
    };
    out.closing(&count);
    if out.faces.iter().any(|face| face.lacking) {
        out.closing("A box (\u{25a1}) stands for a character of a script that this file cannot show.");
    }
    let all = out.pages.len();
    for n in 0..all {
        let words = format!("{}   ·   Page {} of {all}", proof.made, n + 1);
        let glyphs = out.faces[0].glyphs(&words);
        let x = RIGHT - out.faces[0].width(&glyphs, 8.0);
        out.pages[n].lines.push(Line { x, y: 32.0, size: 8.0, bold: false, glyphs });
    }
    out.pages
}

impl Writer<'_> {
    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    fn text(&mut self, x: f32, size: f32, bold: bool, text: &str) {
        let glyphs = self.faces[usize::from(bold)].glyphs(text);
        self.line(x, size, bold, glyphs);
    }

    fn line(&mut self, x: f32, size: f32, bold: bool, glyphs: Vec<u16>) {
        let y = self.y;
        self.page().lines.push(Line { x, y, size, bold, glyphs });
    }

    fn rule(&mut self) {
        let y = self.y + LEAD - 2.0;
        self.page().rules.push(Rule { x: LEFT, to: RIGHT, y });
    }

    fn headings(&mut self) {
        let mut x = LEFT;
        for (heading, width) in COLUMNS {
            self.text(x, SIZE, true, heading);
            x += width;
        }
        self.y -= LEAD + 3.0;
        self.rule();
    }

    fn row(&mut self, cells: [&String; 6]) {
        let wrapped: Vec<Vec<Vec<u16>>> =
            cells.iter().zip(COLUMNS).map(|(cell, (_, width))| self.wrapped(cell, width - GAP, SIZE)).collect();
        let lines = wrapped.iter().map(Vec::len).max().unwrap_or(1).clamp(1, LINES);
        if self.y - lines as f32 * LEAD < BOTTOM {
            self.pages.push(Page::default());
            self.y = TOP;
            self.headings();
        }
        let mut x = LEFT;
        for (cell, (_, width)) in wrapped.into_iter().zip(COLUMNS) {
            for (at, glyphs) in cell.into_iter().take(LINES).enumerate() {
                let y = self.y - at as f32 * LEAD;
                self.page().lines.push(Line { x, y, size: SIZE, bold: false, glyphs });
            }
            x += width;
        }
        self.y -= lines as f32 * LEAD + 3.0;
        self.rule();
    }

    fn closing(&mut self, words: &str) {
        if self.y < BOTTOM {
            self.pages.push(Page::default());
            self.y = TOP;
        }
        self.text(LEFT, SIZE, false, words);
        self.y -= LEAD;
    }

    /// A text in lines no wider than `width`: broken at spaces, and inside a word where that alone is wider.
    fn wrapped(&mut self, text: &str, width: f32, size: f32) -> Vec<Vec<u16>> {
        let face = &mut self.faces[0];
        let space = face.glyphs(" ");
        let mut lines: Vec<Vec<u16>> = vec![Vec::new()];
        for word in text.split_whitespace().take(400) {
            let glyphs = face.glyphs(word);
            let Some(last) = lines.last_mut() else { break };
            let joined = if last.is_empty() { glyphs.clone() } else { [last.as_slice(), &space, &glyphs].concat() };
            if face.width(&joined, size) <= width {
                *last = joined;
                continue;
            }
            if !last.is_empty() {
                lines.push(Vec::new());
            }
            for glyph in glyphs {
                let Some(last) = lines.last_mut() else { break };
                let wider = face.width(last, size) + face.width(&[glyph], size) > width;
                if wider && !last.is_empty() {
                    lines.push(vec![glyph]);
                } else {
                    last.push(glyph);
                }
            }
            if lines.len() > LINES * 2 {
                break;
            }
        }
        lines
    }
}

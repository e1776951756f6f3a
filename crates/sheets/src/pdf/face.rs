//! A font of which only the used glyphs go into the file (DejaVu Sans: Latin, Greek, Cyrillic, Armenian, Georgian and more).

use super::packed;
use pdf_writer::{
    Filter, Finish, Name, Pdf, Rect, Ref, Str,
    types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap},
};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;
use ttf_parser::GlyphId;

pub struct Face {
    data: &'static [u8],
    face: ttf_parser::Face<'static>,
    name: &'static str,
    remapper: GlyphRemapper,
    /// What each used glyph shows.
    shows: BTreeMap<u16, char>,
    /// Whether a character was asked for that the font does not have.
    pub lacking: bool,
}

/// Stands in for what the font does not have.
const BOX: char = '\u{25a1}';

impl Face {
    pub fn regular() -> Self {
        Face::of(dejavu::sans_condensed::regular(), "AAAAAA+DejaVuSansCondensed")
    }

    pub fn bold() -> Self {
        Face::of(dejavu::sans_condensed::bold(), "AAAAAB+DejaVuSansCondensed-Bold")
    }

    fn of(data: &'static [u8], name: &'static str) -> Self {
        let face = ttf_parser::Face::parse(data, 0).expect("the font is compiled in");
        Face { data, face, name, remapper: GlyphRemapper::new(), shows: BTreeMap::new(), lacking: false }
    }

    /// The glyphs that show a text.
    pub fn glyphs(&mut self, text: &str) -> Vec<u16> {
        text.chars().filter_map(|c| self.glyph(c)).collect()
    }

    fn glyph(&mut self, c: char) -> Option<u16> {
        // Marks of direction and joiners show nothing.
        if c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        {
            return None;
        }
        let (glyph, shown) = match self.face.glyph_index(c) {
            Some(glyph) => (glyph, c),
            None => {
                self.lacking = true;
                (self.face.glyph_index(BOX)?, BOX)
            }
        };
        self.remapper.remap(glyph.0);
        self.shows.insert(glyph.0, shown);
        Some(glyph.0)
    }

    /// The code of a glyph in the file.
    pub fn code(&self, glyph: u16) -> u16 {
        self.remapper.get(glyph).unwrap_or(0)
    }

    /// The width of glyphs at a size, in points.
    pub fn width(&self, glyphs: &[u16], size: f32) -> f32 {
        glyphs.iter().map(|glyph| self.advance(*glyph)).sum::<f32>() * size / 1_000.0
    }

    /// The width of a glyph in thousandths of its size.
    fn advance(&self, glyph: u16) -> f32 {
        f32::from(self.face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(600)) * self.scale()
    }

    fn scale(&self) -> f32 {
        1_000.0 / f32::from(self.face.units_per_em())
    }

    /// Writes the font with its used glyphs under five fresh ids, the first of which the pages name.
    pub fn write(&self, pdf: &mut Pdf, [font, descendant, descriptor, cmap, file]: [Ref; 5]) {
        let info = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
        let name = Name(self.name.as_bytes());
        pdf.type0_font(font)
            .base_font(name)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(descendant)
            .to_unicode(cmap);
        let mut cid = pdf.cid_font(descendant);
        cid.subtype(CidFontType::Type2).base_font(name).system_info(info).font_descriptor(descriptor);
        cid.default_width(600.0).cid_to_gid_map_predefined(Name(b"Identity"));
        cid.widths().consecutive(0, self.remapper.remapped_gids().map(|glyph| self.advance(glyph)));
        cid.finish();
        let (scale, bounds) = (self.scale(), self.face.global_bounding_box());
        let units = |n: i16| f32::from(n) * scale;
        pdf.font_descriptor(descriptor)
            .name(name)
            .flags(FontFlags::NON_SYMBOLIC)
            .bbox(Rect::new(units(bounds.x_min), units(bounds.y_min), units(bounds.x_max), units(bounds.y_max)))
            .italic_angle(0.0)
            .ascent(units(self.face.ascender()))
            .descent(units(self.face.descender()))
            .cap_height(units(self.face.capital_height().unwrap_or(1_493)))
            .stem_v(80.0)
            .font_file2(file);
        let mut text = UnicodeCmap::new(Name(b"Custom"), info);
        for (glyph, shown) in &self.shows {
            text.pair(self.code(*glyph), *shown);
        }
        pdf.cmap(cmap, &text.finish());
        // The font is compiled in and its glyphs are its own.
        let subset = subsetter::subset(self.data, 0, &self.remapper).unwrap_or_default();
        let length = i32::try_from(subset.len()).unwrap_or(i32::MAX);
        let bytes = packed(&subset);
        let mut stream = pdf.stream(file, &bytes);
        stream.filter(Filter::FlateDecode).pair(Name(b"Length1"), length);
    }
}

//! Pictures as they come: files of somebody else's.

use base64::{Engine, engine::general_purpose::STANDARD};
use imagesize::{ImageType, blob_size, image_type};

/// Larger files are refused, in bytes.
pub const MOST: usize = 512 * 1024;
/// Wider or higher pictures are refused, in pixels: what is small as a file can be large once it is drawn.
const WIDEST: usize = 4096;
/// The kinds that are kept, as they are stored: also the ends of files' names, and with `image/` before them media types.
const KINDS: [(&str, ImageType); 4] =
    [("png", ImageType::Png), ("jpeg", ImageType::Jpeg), ("webp", ImageType::Webp), ("gif", ImageType::Gif)];

/// A picture that was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    kind: &'static str,
    bytes: Vec<u8>,
}

impl Image {
    /// Takes bytes for a picture when they begin like one of the kinds we keep, and it is not too large.
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        if bytes.len() > MOST {
            return None;
        }
        let found = image_type(&bytes).ok()?;
        let (kind, _) = KINDS.into_iter().find(|(_, kind)| *kind == found)?;
        let size = blob_size(&bytes).ok()?;
        let fits = |side: usize| (1..=WIDEST).contains(&side);
        (fits(size.width) && fits(size.height)).then_some(Image { kind, bytes })
    }

    /// One that was kept, from its kind and text.
    pub fn kept(kind: &str, text: &str) -> Option<Self> {
        let (kind, _) = KINDS.into_iter().find(|(name, _)| *name == kind)?;
        Some(Image { kind, bytes: STANDARD.decode(text).ok()? })
    }

    /// `png`, `jpeg`, `webp` or `gif`.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    pub fn media_type(&self) -> String {
        ["image/", self.kind].concat()
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// As text, to be sealed.
    pub fn text(&self) -> String {
        STANDARD.encode(&self.bytes)
    }

    /// The names it has in exported files, one for each kind.
    pub fn names() -> [String; 4] {
        KINDS.map(|(kind, _)| ["picture.", kind].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A PNG of this size, as far as its header goes.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
        [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &header].concat()
    }

    #[test]
    fn pictures_are_told_by_how_they_begin() {
        let image = Image::read(png(96, 96)).expect("a picture");
        assert_eq!((image.kind(), image.media_type().as_str()), ("png", "image/png"));
        assert_eq!(Image::kept("png", &image.text()), Some(image));
        let gif = b"GIF89a\x10\0\x10\0\0\0\0".to_vec();
        assert_eq!(Image::read(gif).map(|image| image.kind), Some("gif"));
        let webp =
            [&b"RIFF\x20\0\0\0WEBPVP8 \x10\0\0\0"[..], &[0x30, 1, 0, 0x9d, 1, 0x2a, 16, 0, 16, 0, 0, 0]].concat();
        assert_eq!(Image::read(webp).map(|image| image.kind), Some("webp"));
    }

    #[test]
    fn what_is_none_or_too_large_is_not_kept() {
        for bytes in [
            b"".to_vec(),
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec(),
            b"<html><body>not found</body></html>".to_vec(),
            b"BM\x1a\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x01\0\x01\0\x01\0\x18\0".to_vec(),
            png(4097, 10),
            png(10, 0),
            png(u32::MAX, u32::MAX),
            [png(10, 10), vec![0; MOST]].concat(),
            b"\x89PNG\r\n\x1a\n".to_vec(),
        ] {
            assert_eq!(
                Image::read(bytes.clone()),
                None,
                "{:?}",
                String::from_utf8_lossy(&bytes[..bytes.len().min(40)])
            );
        }
        assert_eq!(Image::kept("svg+xml", "AAAA"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_do_harm(
            begin in prop::sample::select(vec![&b"\x89PNG\r\n\x1a\n"[..], b"\xff\xd8\xff", b"GIF89a", b"RIFF\xff\xff\xff\xffWEBPVP8X", b"RIFF\0\0\0\0WEBPVP8L", b""]),
            rest in prop::collection::vec(any::<u8>(), 0..600),
        ) {
            Image::read([begin, &rest].concat());
        }
    }
}

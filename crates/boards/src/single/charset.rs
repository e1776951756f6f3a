//! The text of an answer in whatever letters it was written.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// As far into a page as a browser looks for its letters, and some more.
const LOOKED_AT: usize = 4_096;

/// By its first bytes, what the server says, what the page says, else UTF-8, else Windows-1252, which every byte fits.
pub fn decode(body: &[u8], content_type: Option<&str>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(body) {
        return text(encoding, &body[mark..]);
    }
    let told = content_type.and_then(named).or_else(|| in_page(body));
    let encoding = told.unwrap_or(if std::str::from_utf8(body).is_ok() { UTF_8 } else { WINDOWS_1252 });
    text(encoding, body)
}

fn text(encoding: &'static Encoding, body: &[u8]) -> String {
    encoding.decode_without_bom_handling(body).0.into_owned()
}

/// `text/html; charset=ISO-8859-1`, `charset="utf-8"`.
fn named(text: &str) -> Option<&'static Encoding> {
    let text = text.to_ascii_lowercase();
    let value = text[text.find("charset")? + "charset".len()..].trim_start().strip_prefix('=')?;
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let end =
        value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))).unwrap_or(value.len());
    Encoding::for_label(&value.as_bytes()[..end])
}

/// What a page says of itself in a `<meta>`, or in the first line of XML. A page that could be read so far is not UTF-16.
fn in_page(body: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&body[..body.len().min(LOOKED_AT)]).into_owned();
    let meta = start.to_ascii_lowercase().match_indices("<meta").find_map(|(at, _)| {
        let tag = &start[at..];
        named(&tag[..tag.find('>').unwrap_or(tag.len())])
    });
    let declared = || {
        let line = start.trim_start().strip_prefix("<?xml")?;
        let line = &line[..line.find("?>")?];
        named(&line.replace("encoding", "charset"))
    };
    let found = meta.or_else(declared)?;
    Some(if found == UTF_16LE || found == UTF_16BE { UTF_8 } else { found })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn letters_are_told_by_mark_header_page_and_bytes() {
        for (bytes, header, expected) in [
            (b"K\xc3\xb6ln".as_slice(), None, "Köln"),
            (b"K\xf6ln", None, "Köln"),
            (b"K\xf6ln", Some("text/html; charset=ISO-8859-1"), "Köln"),
            (b"K\xc3\xb6ln", Some("text/html; Charset = \"UTF-8\""), "Köln"),
            (b"<meta charset=latin1>K\xf6ln", None, "<meta charset=latin1>Köln"),
            (
                b"<META http-equiv='Content-Type' content='text/html; charset=windows-1252'>\x80",
                None,
                "<META http-equiv='Content-Type' content='text/html; charset=windows-1252'>€",
            ),
            (
                b"<?xml version='1.0' encoding='ISO-8859-15'?>\xa4",
                None,
                "<?xml version='1.0' encoding='ISO-8859-15'?>€",
            ),
            (b"\xef\xbb\xbfK\xc3\xb6ln", Some("text/html; charset=latin1"), "Köln"),
            (b"\xff\xfeK\x00\xf6\x00", None, "Kö"),
            (b"<meta charset=utf-16>K\xc3\xb6ln", None, "<meta charset=utf-16>Köln"),
            (b"K\xc3\xb6ln", Some("text/html; charset=nonsense"), "Köln"),
            (b"\x83x\x81[\x83J\x81[", Some("text/plain; charset=Shift_JIS"), "ベーカー"),
            (b"", Some("text/html; charset"), ""),
            (b"<meta charset=", None, "<meta charset="),
        ] {
            assert_eq!(decode(bytes, header), expected, "{header:?}");
        }
    }
}

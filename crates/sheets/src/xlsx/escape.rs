//! Characters that XML cannot hold, as spreadsheets write them: `_x000D_`.

/// Text as it stands in a cell's XML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // What looks like an escape is escaped itself.
            '_' if coded(&text[at..]).is_some() => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push_str(&format!("_x{:04X}_", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

/// The inverse for text whose entities are resolved.
pub fn unescaped(text: &str) -> String {
    if !text.contains("_x") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match coded(rest) {
            Some(c) => {
                out.push(c);
                rest = &rest[7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that `_xHHHH_` at the beginning stands for.
fn coded(text: &str) -> Option<char> {
    let bytes = text.as_bytes().get(..7)?;
    let hex = std::str::from_utf8(bytes.get(2..6)?).ok()?;
    let shape = bytes.starts_with(b"_x") && bytes[6] == b'_' && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    shape.then(|| u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_comes_back() {
        for text in ["a\r\nb", "_x000D_", "__x0041_", "_x", "_xZZZZ_", "\u{1}\u{1f}", "plain", "_x00"] {
            let kept = escaped(text);
            assert!(!kept.contains(['\r', '\u{1}']));
            assert_eq!(unescaped(&kept), text, "{kept}");
        }
        assert_eq!(escaped("<&>\""), "&lt;&amp;&gt;&quot;");
    }
}

//! Bytes as text: UTF-8 and UTF-16 with or without a mark in front, else Windows-1252.

/// What the bytes say. Never fails: bytes that are no UTF are read as Windows-1252, in which every byte is something.
pub fn decode(bytes: &[u8]) -> String {
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return utf8(rest);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(rest, u16::from_be_bytes);
    }
    match unmarked(bytes) {
        Some(from) => utf16(bytes, from),
        None => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(|byte| windows_1252(*byte)).collect(), str::to_owned)
}

type Unit = fn([u8; 2]) -> u16;

/// UTF-16 without a mark: Western text has a zero in every second byte.
fn unmarked(bytes: &[u8]) -> Option<Unit> {
    let start = &bytes[..bytes.len().min(400)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), start.len() / 2);
    if half < 2 {
        return None;
    }
    if odd * 10 > half * 8 && even * 10 < half {
        return Some(u16::from_le_bytes);
    }
    (even * 10 > half * 8 && odd * 10 < half).then_some(u16::from_be_bytes as Unit)
}

fn utf16(bytes: &[u8], unit: Unit) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The 32 places where Windows-1252 differs from Latin-1; five of them are nothing and stay what they are.
const HIGH: [u32; 32] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D,
    0x17E, 0x178,
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => char::from_u32(HIGH[usize::from(byte - 0x80)]).unwrap_or(char::from(byte)),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn the_same_words_in_every_writing() {
        let words = "Bäckerei “Süß” — 50 000 €, naïve";
        let bytes = |units: Vec<u16>, big: bool| -> Vec<u8> {
            units.into_iter().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let units: Vec<u16> = words.encode_utf16().collect();
        assert_eq!(decode(words.as_bytes()), words);
        assert_eq!(decode(&[b"\xEF\xBB\xBF", words.as_bytes()].concat()), words);
        assert_eq!(decode(&[b"\xFF\xFE".as_slice(), &bytes(units.clone(), false)].concat()), words);
        assert_eq!(decode(&[b"\xFE\xFF".as_slice(), &bytes(units, true)].concat()), words);
        let plain: Vec<u16> = "Company;Title\nAcme;Baker".encode_utf16().collect();
        assert_eq!(decode(&bytes(plain.clone(), false)), "Company;Title\nAcme;Baker");
        assert_eq!(decode(&bytes(plain, true)), "Company;Title\nAcme;Baker");
        assert_eq!(decode(b"B\xE4ckerei \x93S\xFC\xDF\x94 \x97 50 000 \x80, na\xEFve"), words);
    }
}

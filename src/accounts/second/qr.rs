//! QR codes, drawn by us: the secret in them is shown to nobody else.

use super::Qr;
use crate::error::{Error, Result};
use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around the code, which readers need to find it.
const QUIET: i32 = 4;

/// The drawing of a text.
pub fn draw(text: &str) -> Result<Qr> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(Error::internal)?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                path.push_str(&format!("M{} {}h{}v1H{}z", start + QUIET, y + QUIET, x - start, start + QUIET));
            }
            x += 1;
        }
    }
    Ok(Qr { size: (code.size() + 2 * QUIET).unsigned_abs(), path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path drawn back onto a grid.
    fn modules(qr: &Qr) -> Vec<(i32, i32)> {
        let mut all = Vec::new();
        for run in qr.path.split('M').skip(1) {
            let (at, rest) = run.split_once('h').expect("a run");
            let (x, y) = at.split_once(' ').expect("a place");
            let wide = rest.split_once('v').expect("a length").0;
            let [x, y, wide] = [x, y, wide].map(|n| n.parse::<i32>().expect("a number"));
            all.extend((x..x + wide).map(|x| (x - QUIET, y - QUIET)));
        }
        all
    }

    #[test]
    fn the_drawing_has_the_modules_of_the_code() {
        let text = "otpauth://totp/Career%20Co-Pilot:ann%40example.org?secret=GEZDGNBVGY3TQOJQ";
        let qr = draw(text).expect("a drawing");
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).expect("a code");
        let dark: Vec<_> = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .collect();
        assert_eq!(modules(&qr), dark);
        assert_eq!(qr.size, u32::try_from(code.size()).expect("small") + 8);
    }
}

//! Forms of one word: `Boulanger` and `Boulangère`, `Ingeniero` and `Ingeniera`, `Sachbearbeiter` and
//! `Sachbearbeiterin`.

/// How forms of one word may end after the part they share.
const ENDINGS: &[&str] = &[
    "", "e", "s", "es", "er", "in", "innen", "rin", "r", "n", "en", "re", "ere", "eur", "euse", "se", "trice", "teur",
    "rice", "o", "a", "os", "as", "ora", "or", "ung", "ier", "iere", "iste",
];
/// Fewer shared letters make no kin.
const SHARED: usize = 5;

/// Whether the two are one word, up to gender and number. Both folded.
pub fn kin(one: &str, two: &str) -> bool {
    if one == two {
        return true;
    }
    let shared = one.bytes().zip(two.bytes()).take_while(|(a, b)| a == b).count();
    let shared = (0..=shared).rev().find(|&at| one.is_char_boundary(at) && two.is_char_boundary(at)).unwrap_or(0);
    shared >= SHARED && ENDINGS.contains(&&one[shared..]) && ENDINGS.contains(&&two[shared..])
}

#[cfg(test)]
mod tests {
    use super::kin;

    #[test]
    fn forms_of_one_word_are_kin_and_others_not() {
        for (one, two) in [
            ("boulanger", "boulangere"),
            ("vendeur", "vendeuse"),
            ("ingeniero", "ingeniera"),
            ("maurer", "maurerin"),
            ("erzieher", "erzieherinnen"),
            ("conducteur", "conductrice"),
            ("baker", "bakers"),
        ] {
            assert!(kin(one, two) && kin(two, one), "{one} {two}");
        }
        for (one, two) in [("engineer", "engineering"), ("baker", "bank"), ("java", "javascript"), ("nurse", "nursery")]
        {
            assert!(!kin(one, two), "{one} {two}");
        }
    }
}

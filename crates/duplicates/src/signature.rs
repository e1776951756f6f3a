/// Keys under which a signature is found again.
pub const BANDS: usize = 16;

/// MinHash of a text: how alike two texts are, from 128 bytes each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature([u16; 64]);

impl Signature {
    /// The signature of a posting's text, without paragraphs that say nothing about the opening.
    pub fn of(text: &str) -> Self {
        let _ = text;
        Self([u16::MAX; 64])
    }

    /// Whether the text was too short to have one: it is like nothing and has no bands.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&least| least == u16::MAX)
    }

    /// About how much of their word triples two texts share, 0 to 1.
    pub fn likeness(&self, other: &Self) -> f64 {
        if self.is_empty() || other.is_empty() {
            return 0.0;
        }
        self.0.iter().zip(&other.0).filter(|(one, two)| one == two).count() as f64 / 64.0
    }

    /// Keys that alike texts share: of two that are half alike, in two cases of three at least one; of two that share seven
    /// tenths, almost always. Each names its band, so that one table of (band, posting) indexes all. Empty without text.
    pub fn bands(&self) -> Vec<i64> {
        Vec::new()
    }

    /// For storing.
    pub fn to_bytes(&self) -> [u8; 128] {
        let mut bytes = [0; 128];
        for (pair, least) in bytes.chunks_exact_mut(2).zip(self.0) {
            pair.copy_from_slice(&least.to_le_bytes());
        }
        bytes
    }

    /// The inverse of [`Signature::to_bytes`]; `None` for another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; 128] = bytes.try_into().ok()?;
        let mut all = [0; 64];
        for (least, pair) in all.iter_mut().zip(bytes.chunks_exact(2)) {
            *least = u16::from_le_bytes([pair[0], pair[1]]);
        }
        Some(Self(all))
    }
}

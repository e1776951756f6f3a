use crate::text::{Reading, mix};

/// Keys under which a signature is found again.
pub const BANDS: usize = 16;
const ROWS: usize = LENGTH / BANDS;
const LENGTH: usize = 64;

/// MinHash of a text (Broder 1997): how alike two texts are, from 128 bytes each.
///
/// Sixty-four times, all word triples of the text are numbered in another order, and the least number is kept, sixteen
/// bits of it. Two texts agree in a place as often as they share triples; by chance once in 65,536.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature([u16; LENGTH]);

impl Signature {
    /// The signature of a posting's text, without its frame (what the company says about itself in every posting).
    pub fn of(text: &str) -> Self {
        Self::of_reading(&Reading::of(text))
    }

    pub(crate) fn of_reading(reading: &Reading) -> Self {
        if !reading.says_enough() {
            return Self([u16::MAX; LENGTH]);
        }
        let mut least = [u64::MAX; LENGTH];
        for triple in reading.core.iter() {
            // Orders by multiplying and adding odd constants; the upper half of the product is well mixed.
            for (slot, least) in least.iter_mut().enumerate() {
                let (factor, term) = ORDERS[slot];
                *least = (*least).min(triple.wrapping_mul(factor).wrapping_add(term) >> 16);
            }
        }
        // The least numbers begin with zeros, so it is their lower bits that differ. The last value marks "no text".
        Self(least.map(|least| ((mix(least) >> 48) as u16).min(u16::MAX - 1)))
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
        self.0.iter().zip(&other.0).filter(|(one, two)| one == two).count() as f64 / LENGTH as f64
    }

    /// Keys that alike texts share: of two that are half alike, in two cases of three at least one; of two that share
    /// seven tenths, in 98 of 100; of two that share a fifth, in 3. Each key contains the number of its band, so that
    /// one table of (band, posting) indexes all. None without text.
    pub fn bands(&self) -> Vec<i64> {
        if self.is_empty() {
            return Vec::new();
        }
        let key = |(band, rows): (usize, &[u16])| {
            let packed = rows.iter().fold(0_u64, |packed, &row| packed << 16 | u64::from(row));
            mix(packed ^ mix(band as u64)).cast_signed()
        };
        self.0.chunks_exact(ROWS).enumerate().map(key).collect()
    }

    /// For storing.
    pub fn to_bytes(&self) -> [u8; 2 * LENGTH] {
        let mut bytes = [0; 2 * LENGTH];
        for (pair, least) in bytes.chunks_exact_mut(2).zip(self.0) {
            pair.copy_from_slice(&least.to_le_bytes());
        }
        bytes
    }

    /// The inverse of [`Signature::to_bytes`]; `None` for another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; 2 * LENGTH] = bytes.try_into().ok()?;
        let mut all = [0; LENGTH];
        for (least, pair) in all.iter_mut().zip(bytes.chunks_exact(2)) {
            *least = u16::from_le_bytes([pair[0], pair[1]]);
        }
        Some(Self(all))
    }
}

/// Factor and term of each order; stored signatures hang on them.
const ORDERS: [(u64, u64); LENGTH] = {
    let mut orders = [(0, 0); LENGTH];
    let mut seed = 0x5eed_0f70_5716_0001_u64;
    let mut slot = 0;
    while slot < LENGTH {
        seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        let factor = (seed ^ (seed >> 29)) | 1;
        seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        orders[slot] = (factor, seed ^ (seed >> 31));
        slot += 1;
    }
    orders
};

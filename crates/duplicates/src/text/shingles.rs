//! Sets of word triples, as sorted numbers.

/// The triples of words that stand one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// The triples of words, each given by its [`hash`].
    pub fn of(words: &[u64]) -> Self {
        let mut triples: Vec<u64> = words.windows(3).map(|three| mix3(three[0], three[1], three[2])).collect();
        triples.sort_unstable();
        triples.dedup();
        Self(triples)
    }

    /// Those of no word at all when there are fewer than `enough`.
    pub fn of_enough(words: &[u64], enough: usize) -> Self {
        if words.len() < enough { Self::default() } else { Self::of(words) }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = u64> {
        self.0.iter().copied()
    }

    /// Shared triples of all triples of both, 0 to 1.
    pub fn jaccard(&self, other: &Self) -> f64 {
        let shared = self.shared(other);
        let all = self.len() + other.len() - shared;
        if all == 0 { 0.0 } else { shared as f64 / all as f64 }
    }

    /// How much of this is in the other, 0 to 1.
    pub fn within(&self, other: &Self) -> f64 {
        if self.is_empty() { 0.0 } else { self.shared(other) as f64 / self.len() as f64 }
    }

    fn shared(&self, other: &Self) -> usize {
        let (mut i, mut j, mut shared) = (0, 0, 0);
        while let (Some(one), Some(two)) = (self.0.get(i), other.0.get(j)) {
            match one.cmp(two) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
            }
        }
        shared
    }
}

/// A word as a number: FNV-1a, mixed once more. Signatures are stored, so this must never change.
pub fn hash(word: &str) -> u64 {
    mix(word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)))
}

fn mix3(one: u64, two: u64, three: u64) -> u64 {
    mix(mix(mix(one).wrapping_add(two)).wrapping_add(three))
}

/// The finisher of SplitMix64: every bit of the outcome hangs on every bit that goes in.
pub fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

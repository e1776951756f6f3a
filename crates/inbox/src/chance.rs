//! Adding up what speaks for something: independent chances between 0 and 1.

/// The most that is ever said: rules do not know everything.
const MOST: f64 = 0.995;

/// The chance that at least one of these is right.
pub(crate) fn any(chances: impl IntoIterator<Item = f64>) -> f64 {
    (1.0 - chances.into_iter().map(|chance| 1.0 - chance).product::<f64>()).clamp(0.0, MOST)
}

/// A chance as a whole number from 0 to 100.
pub fn percent(chance: f64) -> u8 {
    (chance.clamp(0.0, 1.0) * 100.0).round() as u8
}

/// A weight in percent as a chance.
pub(crate) fn of(weight: i8) -> f64 {
    f64::from(weight.unsigned_abs()) / 100.0
}

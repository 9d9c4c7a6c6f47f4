//! Chance without a generator: a number that a card and its repetition fix for good.

/// Gives a number in 0..1 for a card and its repetition, the same on every machine: FNV-1a (64 bits) over the key,
/// mixed with the repetition by the finaliser of SplitMix64.
///
/// ```
/// use grillme::schedule::chance;
/// assert_eq!(chance("docker/cgroups-limit", 3), chance("docker/cgroups-limit", 3));
/// assert_ne!(chance("docker/cgroups-limit", 3), chance("docker/cgroups-limit", 4));
/// ```
pub fn chance(key: &str, reps: u32) -> f64 {
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let mut z = hash.wrapping_add(u64::from(reps).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    // The upper 53 bits fill a double's mantissa exactly.
    #[allow(clippy::cast_precision_loss)]
    let fraction = (z >> 11) as f64 / (1u64 << 53) as f64;
    fraction
}

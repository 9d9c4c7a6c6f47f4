//! Shuffles that a seed fixes for good: a named generator (ChaCha8) and a shuffle of our own, never one that a
//! library may change.

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// Gives the numbers `0..count` in an order that depends on the seed, the card and its repetition only.
pub fn shuffled(seed: u64, key: &str, reps: u32, count: usize) -> Vec<usize> {
    let mut generator =
        ChaCha8Rng::seed_from_u64(seed ^ u64::from(crc32fast::hash(key.as_bytes())) ^ (u64::from(reps) << 32));
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        order.swap(last, below(&mut generator, last + 1));
    }
    order
}

/// Draws a number below `bound` without bias: multiplies into 128 bits and rejects the short tail (Lemire 2019).
fn below(generator: &mut ChaCha8Rng, bound: usize) -> usize {
    let bound = bound as u64;
    let tail = bound.wrapping_neg() % bound;
    loop {
        let wide = u128::from(generator.next_u64()) * u128::from(bound);
        #[allow(clippy::cast_possible_truncation)]
        if (wide as u64) >= tail {
            return (wide >> 64) as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_fixes_the_order_for_good() {
        assert_eq!(shuffled(7, "docker/why-denser", 0, 6), shuffled(7, "docker/why-denser", 0, 6));
        assert_eq!(shuffled(7, "docker/why-denser", 0, 6), GOLDEN);
    }

    #[test]
    fn every_number_is_there_once_and_every_place_is_reached() {
        let mut first = [false; 5];
        for seed in 0..200 {
            let mut order = shuffled(seed, "d/i", 0, 5);
            first[order[0]] = true;
            order.sort_unstable();
            assert_eq!(order, [0, 1, 2, 3, 4]);
        }
        assert_eq!(first, [true; 5]);
    }

    const GOLDEN: [usize; 6] = [2, 0, 4, 3, 5, 1];
}

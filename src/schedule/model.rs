//! The memory model: FSRS-6, by the crate `fsrs`, behind a type that trusts nobody.

use serde::Serialize;

/// How well a card is remembered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Memory {
    /// Days until the chance of recall has fallen to 90 %.
    pub stability: f32,
    /// From 1 (easy) to 10 (hard).
    pub difficulty: f32,
}

impl Memory {
    /// Tells whether the numbers can be a memory's: the crate takes any and gives nonsense for the rest.
    fn is_sound(&self) -> bool {
        self.stability > 0.0 && self.stability.is_finite() && (1.0..=10.0).contains(&self.difficulty)
    }
}

/// Says that parameters were not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the scheduler's parameters are not {expected} finite numbers; the default ones are used")]
pub struct ModelWarning {
    expected: usize,
}

/// The memory model with its parameters and the retention it aims at.
#[derive(Debug, Clone)]
pub struct Model {
    fsrs: fsrs::FSRS,
    parameters: Vec<f32>,
    decay: f32,
    retention: f32,
}

/// A memory at the moment of a review: what each rating would lead to is worked out when it is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fork<'m> {
    model: &'m Model,
    memory: Option<Memory>,
    elapsed: u32,
}

impl Fork<'_> {
    /// Gives the memory after a rating, and the interval in days, not rounded.
    pub(super) fn after(&self, rating: super::Rating) -> (Memory, f32) {
        let memory = self.model.next(self.memory, self.elapsed, rating);
        (memory, self.model.interval(memory.stability))
    }
}

const PARAMETERS: usize = 21;

/// What the crate keeps the last parameter, the forgetting curve's decay, within. It hands out its curve for a decay,
/// not for the parameters it keeps, so the same bounds are kept here.
const DECAY: (f32, f32) = (0.1, 0.8);

impl Model {
    /// Makes a model. `retention` is the chance of recall aimed at; it is kept within 0.70 to 0.99, and is 0.9 if it
    /// is no number. Parameters of a wrong length, or not finite, are refused with a warning.
    ///
    /// Source: FSRS-6, Ye et al., open-spaced-repetition.
    ///
    /// ```
    /// use grillme::schedule::{Model, Rating};
    /// let (model, warning) = Model::new(None, 0.9);
    /// assert!(warning.is_none());
    /// assert_eq!(model.next(None, 0, Rating::Good).stability, 2.3065);
    /// ```
    pub fn new(parameters: Option<&[f32]>, retention: f32) -> (Self, Option<ModelWarning>) {
        let usable = parameters.filter(|p| p.len() == PARAMETERS && p.iter().all(|w| w.is_finite()));
        let custom = usable.and_then(|p| fsrs::FSRS::new(p).ok().map(|fsrs| (fsrs, p.to_vec())));
        let refused = parameters.is_some() && custom.is_none();
        let (fsrs, parameters) = custom.unwrap_or_else(|| (fsrs::FSRS::default(), fsrs::DEFAULT_PARAMETERS.to_vec()));
        let decay = parameters[PARAMETERS - 1].clamp(DECAY.0, DECAY.1);
        let retention = if retention.is_nan() { 0.9 } else { retention.clamp(0.70, 0.99) };
        (Self { fsrs, parameters, decay, retention }, refused.then_some(ModelWarning { expected: PARAMETERS }))
    }

    /// Names the model; stored with what it produced.
    pub fn id(&self) -> &'static str {
        "fsrs-6"
    }

    /// Gives the parameters in use.
    pub fn parameters(&self) -> &[f32] {
        &self.parameters
    }

    /// Gives the retention aimed at.
    pub fn retention(&self) -> f32 {
        self.retention
    }

    /// Gives the memory after a review `elapsed` days after the one before it; no memory means a new card.
    pub fn next(&self, memory: Option<Memory>, elapsed: u32, rating: super::Rating) -> Memory {
        let sound = memory.filter(Memory::is_sound).map(into_fsrs);
        // Without a memory, no day has passed that could count.
        let delta_t = if sound.is_some() { elapsed } else { 0 };
        let reviews = vec![fsrs::FSRSReview { rating: u32::from(rating.as_u8()), delta_t }];
        let next = self.fsrs.memory_state(fsrs::FSRSItem { reviews }, sound);
        // A sound state always has a successor; should the crate think otherwise, the card starts over.
        next.map_or(FIRST, from_fsrs)
    }

    /// Gives the days after which the chance of recall falls to the retention aimed at, not rounded; 0 for a
    /// stability that is none.
    pub fn interval(&self, stability: f32) -> f32 {
        if !(stability > 0.0 && stability.is_finite()) {
            return 0.0;
        }
        self.fsrs.next_interval(Some(stability), self.retention, 3)
    }

    /// Gives the chance of recall `elapsed` days after the last review, 0 to 1; 0 for a memory that is none.
    pub fn retrievability(&self, memory: Memory, elapsed: u32) -> f32 {
        if !memory.is_sound() {
            return 0.0;
        }
        #[allow(clippy::cast_precision_loss)]
        fsrs::current_retrievability(into_fsrs(memory), elapsed as f32, self.decay)
    }

    pub(super) fn fork(&self, memory: Option<Memory>, elapsed: u32) -> Fork<'_> {
        Fork { model: self, memory, elapsed }
    }
}

/// The memory after a first Good with the default parameters.
const FIRST: Memory = Memory { stability: 2.3065, difficulty: 2.118_104 };

fn into_fsrs(memory: Memory) -> fsrs::MemoryState {
    fsrs::MemoryState { stability: memory.stability, difficulty: memory.difficulty }
}

fn from_fsrs(state: fsrs::MemoryState) -> Memory {
    Memory { stability: state.stability, difficulty: state.difficulty }
}

#[cfg(test)]
mod tests {
    use super::super::Rating;
    use super::*;

    #[test]
    fn one_rating_leads_to_what_the_crate_gives_for_all_four() {
        let (model, _) = Model::new(None, 0.9);
        let fsrs = fsrs::FSRS::default();
        let memories = [0.01, 0.4, 2.3065, 21.0, 900.0, 30_000.0]
            .into_iter()
            .flat_map(|stability| [1.0, 5.5, 10.0].map(|difficulty| Some(Memory { stability, difficulty })));
        for memory in memories.chain([None]) {
            for elapsed in [0, 1, 7, 400, 40_000].into_iter().filter(|days| memory.is_some() || *days == 0) {
                let all = fsrs.next_states(memory.map(into_fsrs), 0.9, elapsed).unwrap();
                let expected = [all.again, all.hard, all.good, all.easy].map(|s| (from_fsrs(s.memory), s.interval));
                let found = Rating::ALL.map(|rating| model.fork(memory, elapsed).after(rating));
                assert_eq!(found, expected, "{memory:?} after {elapsed} days");
            }
        }
    }
}

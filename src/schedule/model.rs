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
    retention: f32,
}

/// What one review can lead to: for each rating the memory, and the interval in days, not rounded.
pub(super) type Forks = [(Memory, f32); 4];

const PARAMETERS: usize = 21;

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
        let retention = if retention.is_nan() { 0.9 } else { retention.clamp(0.70, 0.99) };
        (Self { fsrs, parameters, retention }, refused.then_some(ModelWarning { expected: PARAMETERS }))
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
        self.forks(memory, elapsed)[rating as usize - 1].0
    }

    /// Gives the days after which the chance of recall falls to the retention aimed at, not rounded.
    pub fn interval(&self, stability: f32) -> f32 {
        self.fsrs.next_interval(Some(stability), self.retention, 3)
    }

    /// Gives the chance of recall `elapsed` days after the last review, 0 to 1.
    pub fn retrievability(&self, memory: Memory, elapsed: u32) -> f32 {
        let decay = self.parameters[PARAMETERS - 1];
        #[allow(clippy::cast_precision_loss)]
        fsrs::current_retrievability(into_fsrs(memory), elapsed as f32, decay)
    }

    pub(super) fn forks(&self, memory: Option<Memory>, elapsed: u32) -> Forks {
        let sound =
            memory.filter(|m| m.stability > 0.0 && m.stability.is_finite() && (1.0..=10.0).contains(&m.difficulty));
        let made = self.fsrs.next_states(sound.map(into_fsrs), self.retention, elapsed);
        // A sound state always has successors; should the crate think otherwise, the card starts over.
        let states = made.or_else(|_| self.fsrs.next_states(None, self.retention, 0));
        let Ok(states) = states else { return [(FIRST, 1.0); 4] };
        [states.again, states.hard, states.good, states.easy].map(|state| (from_fsrs(state.memory), state.interval))
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

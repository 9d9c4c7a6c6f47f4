//! What an answer does to a card.

use super::interval::{fuzzed, whole};
use super::model::Forks;
use super::{CardState, Due, Memory, Model, Moment, Phase, Rating, StudyDay};

/// How early a learning step may be asked when nothing else is left, in milliseconds.
pub const LEARN_AHEAD_MS: i64 = 20 * 60 * 1000;

/// What can be set.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The chance of recall aimed at, 0.70 to 0.99.
    pub retention: f32,
    /// The model's parameters; none means the default ones.
    pub parameters: Option<Vec<f32>>,
    /// Learning steps of new cards, in seconds.
    pub learning_steps_s: Vec<u32>,
    /// Relearning steps of forgotten cards, in seconds.
    pub relearning_steps_s: Vec<u32>,
    /// The longest interval, in days.
    pub max_interval: u32,
    /// Whether intervals are spread a little, so that cards learnt together part.
    pub fuzz: bool,
    /// The lapse at which a card becomes a leech.
    pub leech_at: u32,
    /// After that, it is reported again every so many lapses.
    pub leech_every: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            retention: 0.9,
            parameters: None,
            learning_steps_s: vec![60, 600],
            relearning_steps_s: vec![600],
            max_interval: 36_500,
            fuzz: true,
            leech_at: 8,
            leech_every: 4,
        }
    }
}

/// One answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Review {
    /// When it was given.
    pub moment: Moment,
    /// How well the card was known.
    pub rating: Rating,
    /// The day the learner studied for, if any.
    pub by: Option<StudyDay>,
    /// The `rev` of the item.
    pub rev: u32,
}

/// The schedule's rules.
#[derive(Debug, Clone)]
pub struct Scheduler {
    settings: Settings,
    model: Model,
}

impl Scheduler {
    /// Makes a scheduler; unusable parameters are replaced by the default ones.
    pub fn new(settings: Settings) -> Self {
        let (model, _) = Model::new(settings.parameters.as_deref(), settings.retention);
        Self { settings, model }
    }

    /// Gives the memory model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Names everything that a due date depends on beside the log: when it changes, the log is replayed.
    pub fn fingerprint(&self) -> String {
        format!("{} {:?} {:?}", self.model.id(), self.model.parameters(), self.settings)
    }

    /// Gives the states that Again, Hard, Good and Easy would lead to. With the `chance` of the card and its
    /// repetition, these are exactly what [`Scheduler::answer`] makes.
    ///
    /// ```
    /// use grillme::schedule::{CardState, Due, Moment, Scheduler, Settings};
    /// let scheduler = Scheduler::new(Settings::default());
    /// let now = Moment::new(1_772_000_000_000, 0);
    /// let [again, .., easy] = scheduler.outcomes(&CardState::default(), now, None, 0.5);
    /// assert_eq!(again.due, Due::At(now.at_ms + 60_000));
    /// assert!(matches!(easy.due, Due::Day(day) if day > now.day));
    /// ```
    pub fn outcomes(&self, card: &CardState, now: Moment, by: Option<StudyDay>, chance: f64) -> [CardState; 4] {
        let forks = self.forks(card, now);
        Rating::ALL.map(|rating| {
            let review = Review { moment: now, rating, by, rev: card.rev };
            self.after(card, &review, &forks, chance)
        })
    }

    /// Gives the state after an answer.
    pub fn answer(&self, card: &CardState, review: &Review, chance: f64) -> CardState {
        self.after(card, review, &self.forks(card, review.moment), chance)
    }

    /// Gives the chance of recall on a day, 0 to 1; none for a new card.
    pub fn retrievability(&self, card: &CardState, today: StudyDay) -> Option<f32> {
        let elapsed = today.since(card.last?.day);
        card.memory.map(|memory| self.model.retrievability(memory, elapsed))
    }

    fn forks(&self, card: &CardState, now: Moment) -> Forks {
        let elapsed = card.last.map_or(0, |last| now.day.since(last.day));
        self.model.forks(card.memory, elapsed)
    }

    fn after(&self, card: &CardState, review: &Review, forks: &Forks, chance: f64) -> CardState {
        let (now, rating) = (review.moment, review.rating);
        let memory: Memory = forks[rating as usize - 1].0;
        let mut after = CardState {
            memory: Some(memory),
            last: Some(now),
            first_day: card.first_day.or(Some(now.day)),
            reps: card.reps.saturating_add(1),
            rev: review.rev,
            buried: None,
            ..card.clone()
        };
        if card.phase == Phase::Review && rating == Rating::Again {
            after.lapses = card.lapses.saturating_add(1);
            after.leech = card.leech || self.is_leech(after.lapses);
        }
        match self.step_after(card.phase, rating) {
            Some((phase, seconds)) => {
                after.phase = phase;
                after.interval = 0;
                after.due = Due::At(now.at_ms.saturating_add(i64::from(seconds) * 1000));
            }
            None => {
                let days = self.days(card, rating, forks, chance).min(deadline_cap(now.day, review.by));
                after.phase = Phase::Review;
                after.interval = days;
                after.due = Due::Day(now.day.plus(days));
            }
        }
        after
    }

    fn is_leech(&self, lapses: u32) -> bool {
        lapses >= self.settings.leech_at
            && (lapses - self.settings.leech_at).is_multiple_of(self.settings.leech_every.max(1))
    }

    /// Gives the next step within the day and its seconds; none when the card is (or stays) on days.
    fn step_after(&self, phase: Phase, rating: Rating) -> Option<(Phase, u32)> {
        let learning: fn(u8) -> Phase = |step| Phase::Learning { step };
        let relearning: fn(u8) -> Phase = |step| Phase::Relearning { step };
        let (steps, make, at) = match phase {
            Phase::New => (&self.settings.learning_steps_s, learning, 0),
            Phase::Learning { step } => (&self.settings.learning_steps_s, learning, step),
            Phase::Relearning { step } => (&self.settings.relearning_steps_s, relearning, step),
            Phase::Review if rating == Rating::Again => {
                return self.settings.relearning_steps_s.first().map(|seconds| (relearning(0), *seconds));
            }
            Phase::Review => return None,
        };
        match rating {
            Rating::Again => steps.first().map(|seconds| (make(0), *seconds)),
            Rating::Hard => hard_step(steps, at).map(|seconds| (make(at), seconds)),
            Rating::Good => steps.get(usize::from(at) + 1).map(|seconds| (make(at.saturating_add(1)), *seconds)),
            Rating::Easy => None,
        }
    }

    /// Gives the interval in days for a card that is on days after this rating: rising from Hard to Easy, and longer
    /// than the one before wherever the model says so.
    fn days(&self, card: &CardState, rating: Rating, forks: &Forks, chance: f64) -> u32 {
        let most = self.settings.max_interval;
        let chance = self.settings.fuzz.then_some(chance);
        let previous = if card.phase == Phase::Review { card.interval } else { 0 };
        let grown = |interval: f32| if whole(interval) > previous { previous.saturating_add(1) } else { 1 };
        let days = |rating: Rating, least: u32| {
            let interval = forks[rating as usize - 1].1;
            fuzzed(interval, chance, least.max(grown(interval)), most)
        };
        // A card in its steps has no Hard interval to stay ahead of.
        let in_steps = card.phase != Phase::Review;
        match rating {
            Rating::Again => days(Rating::Again, 1),
            Rating::Hard => days(Rating::Hard, 1),
            Rating::Good if in_steps => days(Rating::Good, 1),
            Rating::Good => days(Rating::Good, days(Rating::Hard, 1) + 1),
            Rating::Easy if in_steps => days(Rating::Easy, days(Rating::Good, 1) + 1),
            Rating::Easy => days(Rating::Easy, days(Rating::Good, days(Rating::Hard, 1) + 1) + 1),
        }
    }
}

/// Hard repeats a step; on the first one it waits for the mean of the first two, or half as long again.
fn hard_step(steps: &[u32], at: u8) -> Option<u32> {
    let first = *steps.first()?;
    match at {
        0 => Some(steps.get(1).map_or(first.saturating_add(first / 2), |second| first / 2 + second / 2)),
        at => steps.get(usize::from(at)).or(steps.last()).copied(),
    }
}

/// With a day to be ready by, no interval is longer than a fifth of the days left.
fn deadline_cap(today: StudyDay, by: Option<StudyDay>) -> u32 {
    match by.map(|by| by.since(today)) {
        None | Some(0) => u32::MAX,
        Some(left) => (left / 5).max(1),
    }
}

/// Tells whether a card on days gets its last pass: in the final two days, every card not answered within them.
pub fn due_under_deadline(card: &CardState, today: StudyDay, by: StudyDay) -> bool {
    let Some(last) = card.last else { return false };
    let from = StudyDay::from_days(by.days().saturating_sub(2));
    (from..=by).contains(&today) && last.day < from
}

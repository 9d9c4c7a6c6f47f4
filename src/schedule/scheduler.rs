//! What an answer does to a card.

use super::interval::{fuzzed, whole};
use super::model::Fork;
use super::{CardState, Certainty, Due, Model, ModelWarning, Moment, Phase, Rating, StudyDay};
use crate::deck::Tier;

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
    /// The longest interval, in days; at least 1.
    pub max_interval: u32,
    /// Whether intervals are spread a little, so that cards learnt together part.
    pub fuzz: bool,
    /// The lapse at which a card becomes a leech; 0 means never.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Review {
    /// When it was given.
    pub moment: Moment,
    /// How well the card was known.
    pub rating: Rating,
    /// The day the learner studied for, if any.
    pub by: Option<StudyDay>,
    /// The `rev` of the item.
    pub rev: u32,
    /// How sure the learner was, if asked.
    pub sure: Option<Certainty>,
    /// The tier of the question, if it was asked in an interview: an attempt on the ladder.
    pub tier: Option<Tier>,
}

impl Review {
    /// Makes an answer of which nothing else is known.
    pub fn new(moment: Moment, rating: Rating) -> Self {
        Self { moment, rating, by: None, rev: 1, sure: None, tier: None }
    }

    /// Tells whether the learner was certain and wrong.
    pub fn is_misjudged(&self) -> bool {
        self.rating == Rating::Again && self.sure == Some(Certainty::Certain)
    }
}

/// The schedule's rules.
#[derive(Debug, Clone)]
pub struct Scheduler {
    settings: Settings,
    model: Model,
    warning: Option<ModelWarning>,
}

impl Scheduler {
    /// Makes a scheduler; unusable parameters are replaced by the default ones, and [`Scheduler::warning`] says so.
    pub fn new(settings: Settings) -> Self {
        let (model, warning) = Model::new(settings.parameters.as_deref(), settings.retention);
        Self { settings, model, warning }
    }

    /// Gives the warning that the parameters set are not those in use.
    pub fn warning(&self) -> Option<&ModelWarning> {
        self.warning.as_ref()
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
        self.outcomes_of(card, &Review { by, rev: card.rev, ..Review::new(now, Rating::Good) }, chance)
    }

    /// Does the same as [`Scheduler::outcomes`] for an answer of which all but the rating is known; its own rating does
    /// not matter.
    pub fn outcomes_of(&self, card: &CardState, review: &Review, chance: f64) -> [CardState; 4] {
        let fork = self.fork(card, review.moment);
        Rating::ALL.map(|rating| self.after(card, &Review { rating, ..*review }, fork, chance))
    }

    /// Gives the state after an answer.
    pub fn answer(&self, card: &CardState, review: &Review, chance: f64) -> CardState {
        self.after(card, review, self.fork(card, review.moment), chance)
    }

    /// Gives the chance of recall on a day, 0 to 1; none for a new card.
    pub fn retrievability(&self, card: &CardState, today: StudyDay) -> Option<f32> {
        let elapsed = today.since(card.last?.day);
        card.memory.map(|memory| self.model.retrievability(memory, elapsed))
    }

    /// Tells whether an answer that led from one state to the other is to be reported as that of a leech: at the lapse
    /// that made the card one, and at every few after it.
    pub fn reports_leech(&self, before: &CardState, after: &CardState) -> bool {
        after.lapses > before.lapses && self.is_leech(after.lapses)
    }

    fn fork(&self, card: &CardState, now: Moment) -> Fork<'_> {
        let elapsed = card.last.map_or(0, |last| now.day.since(last.day));
        self.model.fork(card.memory, elapsed)
    }

    fn after(&self, card: &CardState, review: &Review, fork: Fork<'_>, chance: f64) -> CardState {
        let (now, rating) = (review.moment, review.rating);
        let (memory, interval) = fork.after(rating);
        let mut after = CardState {
            memory: Some(memory),
            last: Some(now),
            first_day: card.first_day.or(Some(now.day)),
            reps: card.reps.saturating_add(1),
            rev: review.rev,
            buried: None,
            planned: card.planned.filter(|on| *on > now.day),
            misjudged: card.misjudged || review.is_misjudged(),
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
                // What was wrong and thought certain comes back the next day, once, however well it went since.
                let caps = deadline_cap(now.day, review.by).min(if after.misjudged { 1 } else { u32::MAX });
                let days = self.days(card, (rating, interval), fork, chance).min(caps);
                after.phase = Phase::Review;
                after.misjudged = false;
                after.interval = days;
                after.due = Due::Day(now.day.plus(i32::try_from(days).unwrap_or(i32::MAX)));
            }
        }
        after.due = after.due.planned_for(after.planned);
        after
    }

    fn is_leech(&self, lapses: u32) -> bool {
        let (first, every) = (self.settings.leech_at, self.settings.leech_every.max(1));
        first > 0 && lapses >= first && (lapses - first).is_multiple_of(every)
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

    /// Gives the interval for a card that is on days after this rating: no shorter than for any worse rating that puts
    /// it on days too, and longer than the one before wherever the model says so.
    fn days(&self, card: &CardState, (rating, chosen): (Rating, f32), fork: Fork<'_>, chance: f64) -> u32 {
        let most = self.settings.max_interval.max(1);
        let chance = self.settings.fuzz.then_some(chance);
        let known = card.phase == Phase::Review;
        let previous = if known { card.interval } else { 0 };
        let mut days = 0_u32;
        for worse in Rating::ALL.into_iter().filter(|worse| *worse <= rating) {
            let apart = worse == Rating::Easy || (worse == Rating::Good && known);
            // Easy stays a day past Good even while Good only leads to another step.
            if worse == Rating::Good || worse == rating || self.step_after(card.phase, worse).is_none() {
                let interval = if worse == rating { chosen } else { fork.after(worse).1 };
                let grown = if whole(interval) > previous { previous.saturating_add(1) } else { 1 };
                let least = days.saturating_add(u32::from(apart)).max(grown);
                days = fuzzed(interval, chance, least, most);
            }
        }
        days
    }
}

/// Hard repeats a step; on the first one it waits for the mean of the first two, or half as long again.
fn hard_step(steps: &[u32], at: u8) -> Option<u32> {
    let first = *steps.first()?;
    match at {
        0 => Some(steps.get(1).map_or(first.saturating_add(first / 2), |second| first.midpoint(*second))),
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

/// Tells whether a card is due for its last pass before the day to be ready by: within the two days before it, and on
/// the day itself, every answered card that was not yet answered within them. New cards and those left out are not.
///
/// ```
/// use grillme::schedule::{CardState, Moment, StudyDay, due_under_deadline};
/// let by: StudyDay = "2026-03-20".parse().unwrap();
/// let card = CardState { last: Some(Moment { day: by.plus(-9), ..Moment::default() }), ..CardState::default() };
/// assert!(!due_under_deadline(&card, by.plus(-3), by));
/// assert!(due_under_deadline(&card, by.plus(-2), by));
/// ```
pub fn due_under_deadline(card: &CardState, today: StudyDay, by: StudyDay) -> bool {
    let Some(last) = card.last else { return false };
    let from = by.plus(-2);
    (from..=by).contains(&today) && last.day < from && !card.is_hidden(today)
}

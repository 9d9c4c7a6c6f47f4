//! A mock interview: a warm-up, then as high as the answers carry, one scenario, follow-ups on weak points, no feedback.

use std::collections::BTreeSet;

use crate::deck::Tier;

/// The coverage at which the next question may come from the next tier up.
pub const CLIMB_FROM: f64 = 0.7;

/// The coverage below which the next question comes from the tier below.
const DOWN_BELOW: f64 = 0.4;

/// Questions at one tier before the interviewer moves up or down.
const AT_A_TIER: usize = 2;

/// From this coverage on, nothing is asked further.
const COVERED: f64 = 0.85;

/// The question after which the scenario comes, time permitting.
const SCENARIO_AFTER: usize = 3;

/// A time for a question that names none, in seconds.
const FAIR_S: u32 = 120;

/// A time for a follow-up, in seconds.
const FOLLOW_UP_S: u32 = 60;

/// Something that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// `deck/item`.
    pub key: String,
    /// Level of content.
    pub tier: Tier,
    /// A fair time for it, in seconds.
    pub seconds: Option<u32>,
    /// How many follow-ups its author wrote; 0 for a scenario.
    pub follow_ups: usize,
}

impl Topic {
    fn fair_ms(&self) -> u64 {
        u64::from(self.seconds.unwrap_or(FAIR_S)) * 1000
    }
}

/// What the interviewer does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// Asks a question.
    Question(Topic),
    /// Asks further about the last question, which left points open.
    FollowUp(Topic),
    /// Sets the scene of a failure.
    Scenario(Topic),
    /// Thanks and ends.
    End,
}

/// What has been asked and how it went.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    topic: Topic,
    kind: Kind,
    coverage: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Question,
    FollowUp,
    Scenario,
}

/// The state of a mock interview. Times come in, so that the same answers in the same time give the same interview.
#[derive(Debug, Clone)]
pub struct Mock {
    budget_ms: u64,
    tier: Tier,
    questions: Vec<Topic>,
    scenarios: Vec<Topic>,
    asked: Vec<Asked>,
}

impl Mock {
    /// Plans an interview of so many milliseconds. `tier` is where the learner stands; topics are asked in the given
    /// order within their tiers.
    pub fn new(budget_ms: u64, tier: Tier, questions: Vec<Topic>, scenarios: Vec<Topic>) -> Self {
        Self { budget_ms, tier: below(tier), questions, scenarios, asked: Vec::new() }
    }

    /// Gives the tier that is being asked.
    pub fn tier(&self) -> Tier {
        self.tier
    }

    /// Decides what comes after `spent_ms`. Asking twice gives the same move.
    ///
    /// A topic is begun only while at least half of its fair time is left, and the first one always.
    pub fn next(&self, spent_ms: u64) -> Move {
        let left = self.budget_ms.saturating_sub(spent_ms);
        let fits = |ms: u64| self.asked.is_empty() || left * 2 >= ms;
        if let Some(topic) = self.follow_up().filter(|_| fits(u64::from(FOLLOW_UP_S) * 1000)) {
            return Move::FollowUp(topic.clone());
        }
        if let Some(topic) = self.scenario().filter(|topic| fits(topic.fair_ms())) {
            return Move::Scenario(topic.clone());
        }
        match self.question().filter(|topic| fits(topic.fair_ms())) {
            Some(topic) => Move::Question(topic.clone()),
            None => Move::End,
        }
    }

    /// Takes in how well the last move was answered, from 0 to 1: the coverage of a question's key points after all that
    /// was said, or the share of a scenario. Moves up after two questions of a tier that hold at [`CLIMB_FROM`], down
    /// after two that do not reach 0.4.
    pub fn answered(&mut self, last: &Move, coverage: f64) {
        let (topic, kind) = match last {
            Move::Question(topic) => (topic, Kind::Question),
            Move::FollowUp(topic) => (topic, Kind::FollowUp),
            Move::Scenario(topic) => (topic, Kind::Scenario),
            Move::End => return,
        };
        self.asked.push(Asked { topic: topic.clone(), kind, coverage });
        if self.follow_up().is_none() && kind != Kind::Scenario {
            self.step();
        }
    }

    /// The warm-up is one question; then two of a tier decide.
    fn step(&mut self) {
        let here: Vec<f64> =
            self.standing().into_iter().filter(|(topic, _)| topic.tier == self.tier).map(|(_, c)| c).collect();
        let needed = if self.standing().len() == 1 { 1 } else { AT_A_TIER };
        let recent = &here[here.len().saturating_sub(needed)..];
        if recent.len() < needed {
            return;
        }
        let mean = recent.iter().sum::<f64>() / recent.len() as f64;
        if mean >= CLIMB_FROM {
            self.tier = above(self.tier);
        } else if mean < DOWN_BELOW {
            self.tier = below(self.tier);
        }
    }

    /// Gives each question with what it came to in the end, in the order asked.
    fn standing(&self) -> Vec<(&Topic, f64)> {
        let mut standing: Vec<(&Topic, f64)> = Vec::new();
        for asked in self.asked.iter().filter(|asked| asked.kind != Kind::Scenario) {
            match standing.last_mut() {
                Some((topic, coverage)) if topic.key == asked.topic.key => *coverage = coverage.max(asked.coverage),
                _ => standing.push((&asked.topic, asked.coverage)),
            }
        }
        standing
    }

    fn follow_up(&self) -> Option<&Topic> {
        let last = self.asked.last().filter(|last| last.kind == Kind::Question)?;
        (last.coverage < COVERED && last.topic.follow_ups > 0).then_some(&last.topic)
    }

    fn scenario(&self) -> Option<&Topic> {
        let asked = |kind| self.asked.iter().filter(|asked| asked.kind == kind).count();
        let due = asked(Kind::Question) >= SCENARIO_AFTER && asked(Kind::Scenario) == 0;
        self.scenarios.first().filter(|_| due)
    }

    /// The first question of this tier that was not asked; else of the nearest tier below, else above.
    fn question(&self) -> Option<&Topic> {
        let asked: BTreeSet<&str> = self.asked.iter().map(|asked| asked.topic.key.as_str()).collect();
        let open =
            |tier: Tier| self.questions.iter().find(|topic| topic.tier == tier && !asked.contains(topic.key.as_str()));
        let mut tiers = vec![self.tier];
        tiers.extend(Tier::WORDS.iter().rev().map(|(_, tier)| *tier).filter(|tier| *tier < self.tier));
        tiers.extend(Tier::WORDS.iter().map(|(_, tier)| *tier).filter(|tier| *tier > self.tier));
        tiers.into_iter().find_map(open)
    }
}

fn above(tier: Tier) -> Tier {
    match tier {
        Tier::Beginner => Tier::Intermediate,
        Tier::Intermediate | Tier::Expert => Tier::Expert,
    }
}

fn below(tier: Tier) -> Tier {
    match tier {
        Tier::Beginner | Tier::Intermediate => Tier::Beginner,
        Tier::Expert => Tier::Intermediate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MINUTE: u64 = 60_000;

    fn topic(key: &str, tier: Tier, follow_ups: usize) -> Topic {
        Topic { key: key.to_owned(), tier, seconds: Some(120), follow_ups }
    }

    fn questions(each: usize) -> Vec<Topic> {
        let named = |(word, tier): &(&str, Tier), n: usize| topic(&format!("{}{n}", &word[..1]), *tier, n % 2);
        Tier::WORDS.iter().flat_map(|tier| (0..each).map(move |n| named(tier, n))).collect()
    }

    /// Runs an interview in which every answer takes two minutes and covers what `cover` says.
    fn run(minutes: u64, tier: Tier, cover: impl Fn(&Topic) -> f64) -> Vec<String> {
        let scenario = topic("lab", Tier::Intermediate, 0);
        let mut mock = Mock::new(minutes * MINUTE, tier, questions(4), vec![scenario]);
        let (mut told, mut spent) = (Vec::new(), 0);
        loop {
            let next = mock.next(spent);
            assert_eq!(mock.next(spent), next);
            let (topic, mark) = match &next {
                Move::Question(topic) => (topic, ""),
                Move::FollowUp(topic) => (topic, "+"),
                Move::Scenario(topic) => (topic, "!"),
                Move::End => return told,
            };
            told.push(format!("{}{mark}", topic.key));
            let covered = cover(topic);
            mock.answered(&next, covered);
            spent += 2 * MINUTE;
        }
    }

    #[test]
    fn strong_answers_climb_from_a_warm_up_to_expert() {
        assert_eq!(run(20, Tier::Beginner, |_| 0.9), ["b0", "i0", "i1", "lab!", "e0", "e1", "e2", "e3", "i2", "i3"]);
    }

    #[test]
    fn weak_answers_stay_low_and_are_asked_further() {
        assert_eq!(run(16, Tier::Intermediate, |_| 0.2), ["b0", "b1", "b1+", "b2", "lab!", "b3", "b3+", "i0"]);
    }

    #[test]
    fn answers_that_fade_with_the_tier_settle_where_they_hold() {
        let fading = |topic: &Topic| [0.9, 0.75, 0.2][topic.tier as usize];
        let told = run(30, Tier::Expert, fading);
        assert_eq!(told[..9], ["i0", "e0", "e1", "e1+", "lab!", "i1", "i1+", "e2", "i2"]);
    }

    #[test]
    fn the_first_question_is_always_asked_and_time_ends_the_rest() {
        assert_eq!(run(0, Tier::Beginner, |_| 1.0), ["b0"]);
        assert_eq!(run(3, Tier::Beginner, |_| 1.0), ["b0", "i0"]);
        assert!(matches!(Mock::new(MINUTE, Tier::Beginner, Vec::new(), Vec::new()).next(0), Move::End));
    }

    proptest! {
        #[test]
        fn nothing_is_asked_twice_and_every_interview_ends(
            covers in proptest::collection::vec(0.0..1.0f64, 12), minutes in 0u64..90, tier in 0usize..3,
        ) {
            let told = run(minutes, Tier::WORDS[tier].1, |topic| covers[(topic.key.len() * 7 + topic.tier as usize) % 12]);
            let distinct: BTreeSet<&String> = told.iter().collect();
            prop_assert_eq!(distinct.len(), told.len());
            prop_assert!(told.len() as u64 <= minutes / 2 + 2);
            prop_assert!(told.iter().filter(|key| key.ends_with('!')).count() <= 1);
        }
    }
}

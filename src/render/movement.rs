//! Where the learner stands on the ladder, and how an answer moved them, each in one line.

use crate::deck::Tier;
use crate::schedule::{CLIMB_AT, DISTINCT, Movement, Standing};

/// Explains a movement, given where it led to.
///
/// ```
/// use grillme::render::movement;
/// use grillme::schedule::{Movement, Standing};
/// let mut standing = Standing::default();
/// standing.score = 4;
/// assert_eq!(movement(&Movement::Counted { by: 1 }, &standing, "docker"), "+1: 4 of 6 towards intermediate.");
/// ```
pub fn movement(movement: &Movement, after: &Standing, deck: &str) -> String {
    let tier = after.tier.word();
    match movement {
        Movement::Counted { by } => format!("{by:+}: {}.", score(after)).replacen("+0", "0", 1),
        Movement::Up { .. } => format!("You are now {tier} in {deck}."),
        Movement::Down { from } => format!("Back from {} to {tier} in {deck}; the score starts at 0.", from.word()),
        Movement::Restart => format!("Still {tier} in {deck}; the score starts at 0 again."),
        Movement::OtherTier { of } => {
            format!("No change: the question is {}, and you are {tier} in {deck}.", article(*of))
        }
        Movement::Repeated { again } => {
            format!("No change: you had this question within the last week; it counts from {again} on.")
        }
    }
}

/// Tells how far the learner is within their tier: `4 of 6 towards intermediate`.
pub fn score(standing: &Standing) -> String {
    let (score, distinct) = (standing.score, standing.distinct());
    match standing.above() {
        None if score >= CLIMB_AT => format!("{score} of {CLIMB_AT} at the highest tier"),
        None => format!("{score} of {CLIMB_AT} as {}", standing.tier.word()),
        Some(above) if score >= CLIMB_AT => {
            format!(
                "{score} of {CLIMB_AT} towards {}, but over {distinct} questions; it takes {DISTINCT}",
                above.word()
            )
        }
        Some(above) => format!("{score} of {CLIMB_AT} towards {}", above.word()),
    }
}

fn article(tier: Tier) -> String {
    let article = if tier == Tier::Beginner { "a" } else { "an" };
    format!("{article} {} one", tier.word())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::StudyDay;

    fn told(what: Movement, tier: Tier, score: i32) -> String {
        let mut after = Standing::at(tier);
        after.score = score;
        movement(&what, &after, "docker")
    }

    #[test]
    fn every_movement_is_one_line_in_plain_words() {
        let again = StudyDay::from_days(20_520);
        let (low, mid, high) = (Tier::Beginner, Tier::Intermediate, Tier::Expert);
        let lines = [
            told(Movement::Counted { by: 1 }, low, 4),
            told(Movement::Counted { by: 0 }, mid, 3),
            told(Movement::Counted { by: -3 }, low, -2),
            told(Movement::Counted { by: 1 }, low, 6),
            told(Movement::Counted { by: -3 }, high, 1),
            told(Movement::Counted { by: 1 }, high, 6),
            told(Movement::Up { from: low }, mid, 0),
            told(Movement::Down { from: high }, mid, 0),
            told(Movement::Restart, low, 0),
            told(Movement::OtherTier { of: high }, low, 2),
            told(Movement::OtherTier { of: low }, high, 2),
            told(Movement::Repeated { again }, low, 2),
        ];
        assert_eq!(
            lines.join("\n"),
            "\
+1: 4 of 6 towards intermediate.
0: 3 of 6 towards expert.
-3: -2 of 6 towards intermediate.
+1: 6 of 6 towards intermediate, but over 0 questions; it takes 5.
-3: 1 of 6 as expert.
+1: 6 of 6 at the highest tier.
You are now intermediate in docker.
Back from expert to intermediate in docker; the score starts at 0.
Still beginner in docker; the score starts at 0 again.
No change: the question is an expert one, and you are beginner in docker.
No change: the question is a beginner one, and you are expert in docker.
No change: you had this question within the last week; it counts from 2026-03-08 on."
        );
    }
}

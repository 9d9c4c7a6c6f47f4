//! What is due today.

use serde::Serialize;

use crate::schedule::{CLIMB_AT, DISTINCT, Standing};

use super::{Style, counted, table, width, wrap};

/// What a deck holds for today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeckDay {
    /// The deck's id.
    pub deck: String,
    /// Reviews that are due.
    pub due: usize,
    /// Cards in their learning steps.
    pub learning: usize,
    /// Cards never answered.
    pub new: usize,
    /// Reviews due tomorrow.
    pub due_tomorrow: usize,
    /// All its cards.
    pub total: usize,
    /// Its interview questions; none if it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interview: Option<InterviewDay>,
}

/// What a deck holds for an interview today, and where the learner stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InterviewDay {
    /// The learner's tier, and the score within it.
    #[serde(flatten)]
    pub standing: Standing,
    /// Questions that are due.
    pub due: usize,
    /// Questions in their learning steps.
    pub learning: usize,
    /// Questions never answered.
    pub new: usize,
    /// Questions due tomorrow.
    pub due_tomorrow: usize,
    /// All questions.
    pub total: usize,
    /// Questions of the learner's tier.
    pub of_tier: usize,
}

impl DeckDay {
    /// Tells whether there is anything to answer.
    pub fn is_open(&self) -> bool {
        self.due + self.learning + self.new > 0
    }
}

/// Sets the decks with their counts, the learner's tiers, and what to type next.
pub fn today(decks: &[DeckDay], style: &Style) -> String {
    let mut rows = vec![["deck", "due", "learning", "new", "tomorrow"].map(str::to_owned).to_vec()];
    for deck in decks {
        let counts = [deck.due, deck.learning, deck.new, deck.due_tomorrow].map(|n| n.to_string());
        rows.push(std::iter::once(deck.deck.clone()).chain(counts).collect());
    }
    let mut lines = table(&rows, true, style);
    lines.extend(interviews(decks, style));
    lines.push(String::new());
    lines.extend(typed(&advice(decks), style));
    lines.extend(interview_advice(decks).iter().flat_map(|advice| typed(advice, style)));
    lines.join("\n") + "\n"
}

fn interviews(decks: &[DeckDay], style: &Style) -> Vec<String> {
    let with: Vec<(&str, &InterviewDay)> =
        decks.iter().filter_map(|deck| Some((deck.deck.as_str(), deck.interview.as_ref()?))).collect();
    if with.is_empty() {
        return Vec::new();
    }
    let mut rows = vec![["interview", "tier", "score", "due", "new"].map(str::to_owned).to_vec()];
    for (deck, day) in &with {
        let score = format!("{}/{CLIMB_AT}", day.standing.score);
        let (due, new) = ((day.due + day.learning).to_string(), day.new.to_string());
        rows.push(vec![(*deck).to_owned(), day.standing.tier.word().to_owned(), score, due, new]);
    }
    let mut lines = vec![String::new()];
    lines.extend(table(&rows, true, style));
    let notes = with.iter().filter_map(|(deck, day)| too_few(deck, day));
    lines.extend(notes.flat_map(|note| wrap(&note, style.prose_width())).map(|line| style.dim(&line)));
    lines
}

/// A tier with few questions cannot tell where a learner belongs.
fn too_few(deck: &str, day: &InterviewDay) -> Option<String> {
    let above = day.standing.above()?;
    let questions = counted(day.of_tier, &format!("{} question", day.standing.tier.word()));
    (day.of_tier < DISTINCT).then(|| format!("{deck} has {questions}; it takes {DISTINCT} to become {}.", above.word()))
}

/// What to say, and what to type then.
type Advice = (String, String);

fn advice(decks: &[DeckDay]) -> Advice {
    let (due, learning) = decks.iter().fold((0, 0), |(due, learning), deck| (due + deck.due, learning + deck.learning));
    let most = decks.iter().filter(|deck| deck.is_open()).max_by_key(|deck| (deck.due + deck.learning, deck.new));
    let command = |deck: &DeckDay| format!("grillme cards {}", deck.deck);
    match most {
        Some(deck) if due > 0 => (format!("{} due. Type:", counted(due + learning, "card")), command(deck)),
        Some(deck) if learning > 0 => (format!("{} being learned. Type:", counted(learning, "card")), command(deck)),
        Some(deck) => ("Nothing is due; new cards wait. Type:".into(), command(deck)),
        None => ("Nothing is due today. Type:".into(), "grillme cards --ahead".into()),
    }
}

fn interview_advice(decks: &[DeckDay]) -> Option<Advice> {
    let waiting = decks.iter().filter_map(|deck| {
        let day = deck.interview.as_ref()?;
        Some((day.due + day.learning, day.new, deck.deck.as_str()))
    });
    let (due, _, deck) = waiting.filter(|(due, new, _)| due + new > 0).max_by_key(|(due, new, _)| (*due, *new))?;
    let lead =
        if due > 0 { format!("{} due. Type:", counted(due, "question")) } else { "For an interview, type:".into() };
    Some((lead, format!("grillme interview {deck}")))
}

/// Sets a piece of advice on one line, or the command on a line of its own: it must be possible to copy it.
fn typed((lead, command): &Advice, style: &Style) -> Vec<String> {
    if width(lead) + 1 + width(command) <= style.width {
        return vec![format!("{lead} {command}")];
    }
    let mut lines = wrap(lead, style.width);
    lines.push(format!("  {command}"));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::Tier;

    fn day(deck: &str, interview: Option<InterviewDay>) -> DeckDay {
        DeckDay { deck: deck.to_owned(), due: 2, learning: 1, new: 9, due_tomorrow: 0, total: 20, interview }
    }

    fn interview(tier: Tier, of_tier: usize) -> InterviewDay {
        let mut standing = Standing::at(tier);
        standing.score = 3;
        InterviewDay { standing, due: 1, learning: 1, new: 12, due_tomorrow: 0, total: 30, of_tier }
    }

    #[test]
    fn the_tier_of_each_deck_with_interview_questions_is_shown_at_80_and_40_columns() {
        let decks = [
            day("docker", Some(interview(Tier::Intermediate, 9))),
            day("git", None),
            day("linux", Some(interview(Tier::Beginner, 1))),
        ];
        let wide = "\
deck    due  learning  new  tomorrow
------  ---  --------  ---  --------
docker  2    1         9    0
git     2    1         9    0
linux   2    1         9    0

interview  tier          score  due  new
---------  ------------  -----  ---  ---
docker     intermediate  3/6    2    12
linux      beginner      3/6    2    12
linux has 1 beginner question; it takes 5 to become intermediate.

9 cards due. Type: grillme cards linux
2 questions due. Type: grillme interview linux
";
        let ascii = |width| Style { plain: false, ..Style::plain(width) };
        assert_eq!(today(&decks, &ascii(80)), wide);
        let narrow = wide
            .replace("it takes 5 to", "it takes\n5 to")
            .replace("Type: grillme interview", "Type:\n  grillme interview");
        assert_eq!(today(&decks, &ascii(40)), narrow);
        let heard = "deck git\n  due 2, learning 1, new 9, tomorrow 0\n\n3 cards due. Type: grillme cards git\n";
        assert_eq!(today(&decks[1..2], &Style::plain(40)), heard);
        assert!(!today(&decks[1..2], &Style::plain(80)).contains("interview"));
        let aloud = today(&decks[..1], &Style::plain(80));
        assert!(aloud.contains("docker\n  tier intermediate, score 3/6, due 2, new 12\n"), "{aloud}");
    }
}

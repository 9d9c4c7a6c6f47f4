//! What a learner has shown of a card, on the schedule or off it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fold::kept;
use super::{CardEvent, CardState, Due, Event, Practice, Rating, StudyDay};
use crate::deck::{Item, Kind};

/// How long an answer tells of what the learner can do, in study days, if no due day says so.
const LATELY_DAYS: u32 = 30;

/// The score from which practice that nobody rated counts as right, in thousandths: as a graded card is then at least
/// Hard.
const RIGHT_FROM: u16 = 800;

/// All answers to one card, or to one step of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Evidence {
    /// Answers on the schedule.
    pub reviews: u32,
    /// The rating of the last of these.
    pub last_rating: Option<Rating>,
    /// Answers off the schedule.
    pub practice: u32,
    /// The score of the last of these that had one, in thousandths.
    pub last_score: Option<u16>,
    /// The study day of the last answer of either sort.
    pub last_day: Option<StudyDay>,
    /// Whether that answer was right.
    pub right: bool,
    /// The study day the card is due.
    pub due: Option<StudyDay>,
}

impl Evidence {
    /// Gathers the evidence from all events of one card, and where it stands after them. What was undone, or came before
    /// the card was forgotten, does not count.
    ///
    /// ```
    /// use grillme::schedule::{CardEvent, CardState, Event, Evidence, Practice, StudyDay};
    /// let day = StudyDay::from_days(20_000);
    /// let practice = Practice { day, score: Some(900), rating: None };
    /// let events = [CardEvent { at_ms: 0, id: 0, what: Event::Practice(practice) }];
    /// let evidence = Evidence::of(&events, &CardState::default());
    /// assert!(evidence.is_right(day.plus(30)) && !evidence.is_right(day.plus(31)));
    /// ```
    pub fn of(events: &[CardEvent], state: &CardState) -> Self {
        let mut evidence = Self::default();
        for event in kept(events) {
            match event.what {
                Event::Review(review) => evidence.add_review(review.rating, review.moment.day),
                Event::Practice(practice) => evidence.add_practice(practice),
                Event::Forget => evidence = Self::default(),
                _ => {}
            }
        }
        evidence.due = match state.due {
            Due::Day(day) => Some(day),
            Due::At(_) | Due::Now => None,
        };
        evidence
    }

    /// Tells whether the card was answered at all.
    pub fn is_answered(&self) -> bool {
        self.last_day.is_some()
    }

    /// Tells whether it was right lately: its last answer was, and is not older than 30 days, or the schedule does not
    /// ask for it yet.
    pub fn is_right(&self, today: StudyDay) -> bool {
        let fresh = self.last_day.is_some_and(|last| today.since(last) <= LATELY_DAYS);
        self.right && (fresh || self.due.is_some_and(|due| today < due))
    }

    fn add_review(&mut self, rating: Rating, day: StudyDay) {
        self.reviews += 1;
        self.last_rating = Some(rating);
        (self.last_day, self.right) = (Some(day), rating > Rating::Again);
    }

    fn add_practice(&mut self, practice: Practice) {
        self.practice += 1;
        self.last_score = practice.score.or(self.last_score);
        let right = match practice.rating {
            Some(rating) => rating > Rating::Again,
            None => practice.score.is_some_and(|score| score >= RIGHT_FROM),
        };
        (self.last_day, self.right) = (Some(practice.day), right);
    }
}

/// How many of some items the learner has shown to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Coverage {
    /// The items that count: all but checklists, which the learner judges alone.
    pub items: usize,
    /// Those of which at least a part was answered.
    pub answered: usize,
    /// Those that were right lately, each card or step of them.
    pub right: usize,
}

impl Coverage {
    /// Counts items of a deck by the evidence for its cards and steps, by key.
    pub fn of<'i>(
        deck: &str,
        items: impl IntoIterator<Item = &'i Item>,
        evidence: &BTreeMap<String, Evidence>,
        today: StudyDay,
    ) -> Self {
        let mut coverage = Self::default();
        for item in items {
            let keys = keys(deck, item);
            // Of an item in parts, an answer to the whole of it tells of each.
            let whole = format!("{deck}/{}", item.id);
            let whole = evidence.get(&whole).filter(|_| !keys.contains(&whole));
            let shown: Vec<Option<&Evidence>> = keys.iter().map(|key| newest(evidence.get(key), whole)).collect();
            coverage.items += usize::from(!keys.is_empty());
            coverage.answered += usize::from(shown.iter().flatten().any(|shown| shown.is_answered()));
            let right = |shown: &Option<&Evidence>| shown.is_some_and(|shown| shown.is_right(today));
            coverage.right += usize::from(!keys.is_empty() && shown.iter().all(right));
        }
        coverage
    }
}

/// Lists the keys of what there is to answer of an item: its cards, or the steps of a scenario; none of a checklist.
fn keys(deck: &str, item: &Item) -> Vec<String> {
    let key = |part: &str| format!("{deck}/{}{}{part}", item.id, if part.is_empty() { "" } else { "#" });
    match &item.kind {
        Kind::Checklist(_) => Vec::new(),
        Kind::Scenario(scenario) => scenario.steps.iter().map(|step| key(step.id.as_str())).collect(),
        _ => item.parts().into_iter().map(|part| key(&part.suffix())).collect(),
    }
}

/// Gives what was answered last: a part of an item alone, or the item as a whole, as in a quiz.
fn newest<'e>(part: Option<&'e Evidence>, whole: Option<&'e Evidence>) -> Option<&'e Evidence> {
    [whole, part].into_iter().flatten().max_by_key(|evidence| evidence.last_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Context, FromNode, Node};
    use crate::schedule::{Moment, Review};

    const TODAY: i32 = 20_500;

    fn item(json: &str) -> Item {
        Item::from_node(&Node::parse(json).unwrap(), &mut Context::new(0, &mut Vec::new())).unwrap()
    }

    fn practised(days_ago: i32, score: u16, rating: Option<Rating>) -> Evidence {
        let mut evidence = Evidence::default();
        evidence.add_practice(Practice { day: StudyDay::from_days(TODAY - days_ago), score: Some(score), rating });
        evidence
    }

    fn covered(item: &Item, evidence: &[(&str, Evidence)]) -> (usize, usize, usize) {
        let evidence = evidence.iter().map(|(key, evidence)| ((*key).to_owned(), *evidence)).collect();
        let Coverage { items, answered, right } = Coverage::of("d", [item], &evidence, StudyDay::from_days(TODAY));
        (items, answered, right)
    }

    #[test]
    fn practice_is_right_by_its_rating_or_from_a_score_of_eight_tenths() {
        let today = StudyDay::from_days(TODAY);
        let cases = [(799, None), (800, None), (0, Some(Rating::Hard)), (1000, Some(Rating::Again))];
        assert_eq!(
            cases.map(|(score, rating)| practised(0, score, rating).is_right(today)),
            [false, true, true, false]
        );
    }

    #[test]
    fn a_review_tells_of_the_learner_until_it_is_due_and_for_a_month_at_least() {
        let day = StudyDay::from_days;
        let review = |rating, tier| {
            Event::Review(Review { tier, ..Review::new(Moment { day: day(100), ..Moment::default() }, rating) })
        };
        let event = |id, what| CardEvent { at_ms: 0, id, what };
        let state = CardState { due: Due::Day(day(160)), ..CardState::default() };
        let good = event(1, review(Rating::Good, None));
        let evidence = Evidence::of(&[good], &state);
        assert_eq!([159, 160].map(|today| evidence.is_right(day(today))), [true, false]);
        let short = Evidence::of(&[good], &CardState { due: Due::Day(day(101)), ..CardState::default() });
        assert_eq!([130, 131].map(|today| short.is_right(day(today))), [true, false]);
        let wrong = Evidence::of(&[good, event(2, review(Rating::Again, None))], &state);
        assert_eq!((wrong.reviews, wrong.last_rating, wrong.is_right(day(101))), (2, Some(Rating::Again), false));
        let undone = Evidence::of(&[good, event(2, Event::Undo { of: 1 })], &state);
        assert!(!undone.is_answered());
        assert!(!Evidence::of(&[good, event(2, Event::Forget)], &state).is_answered());
    }

    #[test]
    fn an_item_is_right_when_each_of_its_cards_is() {
        let cloze = item(r#"{"id":"c","kind":"cloze","text":"{{c1::a}} and {{c2::b}}"}"#);
        let (right, wrong) = (practised(1, 1000, None), practised(0, 0, None));
        assert_eq!(covered(&cloze, &[]), (1, 0, 0));
        assert_eq!(covered(&cloze, &[("d/c#c1", right)]), (1, 1, 0));
        assert_eq!(covered(&cloze, &[("d/c#c1", right), ("d/c#c2", right)]), (1, 1, 1));
        assert_eq!(covered(&cloze, &[("d/c", right)]), (1, 1, 1), "practised as a whole");
        assert_eq!(covered(&cloze, &[("d/c", right), ("d/c#c1", wrong)]), (1, 1, 0), "a part was wrong since");
        let flash = item(r#"{"id":"f","kind":"flash","front":"a","back":"b","reverse_front":"b?"}"#);
        assert_eq!(covered(&flash, &[("d/f", right)]), (1, 1, 0), "the other side was never asked");
    }

    #[test]
    fn a_scenario_counts_by_its_steps_and_a_checklist_never() {
        let scenario = item(
            r#"{"id":"s","kind":"scenario","prompt":"p","steps":[
                {"id":"one","ask":"typed","prompt":"p","accept":["a"]},
                {"id":"two","ask":"typed","prompt":"p","accept":["a"]}]}"#,
        );
        let right = practised(1, 1000, None);
        assert_eq!(covered(&scenario, &[("d/s#one", right)]), (1, 1, 0));
        assert_eq!(covered(&scenario, &[("d/s#one", right), ("d/s#two", right)]), (1, 1, 1));
        let checklist =
            item(r#"{"id":"l","kind":"checklist","prompt":"p","steps":[{"id":"one","text":"t","look_for":"l"}]}"#);
        assert_eq!(covered(&checklist, &[("d/l", right), ("d/l#one", right)]), (0, 0, 0));
    }
}

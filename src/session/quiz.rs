//! A quiz: every question once, then the missed ones again until they are right.

use serde::Serialize;

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tried {
    /// `deck/item`, or `deck/item#part`.
    pub key: String,
    /// What it was worth, 0 to 1.
    pub score: f64,
    /// Whether it was right.
    pub right: bool,
    /// Whether it took longer than it might; it then counts as missed.
    pub late: bool,
    /// Time taken, in milliseconds.
    pub took_ms: u64,
}

impl Tried {
    /// Gives what it counts for, 0 to 1.
    pub fn points(&self) -> f64 {
        if self.late { 0.0 } else { self.score }
    }

    /// Tells whether the question comes back.
    pub fn missed(&self) -> bool {
        self.late || !self.right
    }
}

/// A question whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn<'q> {
    /// Its key.
    pub key: &'q str,
    /// Its place in this round, from 1.
    pub place: usize,
    /// The questions of this round.
    pub of: usize,
    /// How often it was answered before.
    pub tries: usize,
}

/// A quiz that is running. What comes next follows from the answers so far alone, so taking one back is dropping it.
#[derive(Debug)]
pub struct Quiz {
    keys: Vec<String>,
    retry: bool,
    tried: Vec<Tried>,
}

impl Quiz {
    /// Starts a quiz over questions, each of its own key; with `retry`, those that are missed come again.
    pub fn new(keys: Vec<String>, retry: bool) -> Self {
        Self { keys, retry, tried: Vec::new() }
    }

    /// Tells whose turn it is; nobody's when the quiz is over.
    pub fn next(&self) -> Option<Turn<'_>> {
        let mut round: Vec<&str> = self.keys.iter().map(String::as_str).collect();
        let mut left = self.tried.as_slice();
        loop {
            if let Some(key) = round.get(left.len()) {
                let tries = self.tried.iter().filter(|tried| tried.key == **key).count();
                return Some(Turn { key, place: left.len() + 1, of: round.len(), tries });
            }
            let (done, later) = left.split_at(round.len());
            round = done.iter().filter(|tried| tried.missed()).map(|tried| tried.key.as_str()).collect();
            if !self.retry || round.is_empty() {
                return None;
            }
            left = later;
        }
    }

    /// Takes in the answer to the question whose turn it is; another one is not taken.
    pub fn answer(&mut self, tried: Tried) {
        if self.next().is_some_and(|turn| turn.key == tried.key) {
            self.tried.push(tried);
        }
    }

    /// Takes back the last answer; its question is next.
    pub fn undo(&mut self) -> Option<Tried> {
        self.tried.pop()
    }

    /// Gives the answers so far, oldest first.
    pub fn tried(&self) -> &[Tried] {
        &self.tried
    }

    /// Sums the quiz up. What is answered again does not raise the score.
    pub fn score(&self) -> Score {
        let first = &self.tried[..self.tried.len().min(self.keys.len())];
        let count = |fits: fn(&Tried) -> bool| first.iter().filter(|tried| fits(tried)).count();
        let points: f64 = first.iter().map(Tried::points).sum();
        Score {
            asked: self.keys.len(),
            answered: first.len(),
            right: count(|tried| !tried.missed()),
            partly: count(|tried| tried.missed() && tried.points() > 0.0),
            late: count(|tried| tried.late),
            score: if first.is_empty() { 0.0 } else { points / first.len() as f64 },
            took_ms: self.tried.iter().map(|tried| tried.took_ms).sum(),
            missed: first.iter().filter(|tried| tried.missed()).map(|tried| self.miss(tried)).collect(),
        }
    }

    fn miss(&self, first: &Tried) -> Miss {
        let all: Vec<&Tried> = self.tried.iter().filter(|tried| tried.key == first.key).collect();
        let mended = all.last().is_some_and(|last| !last.missed());
        Miss { key: first.key.clone(), points: first.points(), late: first.late, tries: all.len(), mended }
    }
}

/// The sums of a quiz.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// Questions chosen.
    pub asked: usize,
    /// Questions answered.
    pub answered: usize,
    /// Those right, and in time, at the first try.
    pub right: usize,
    /// Those worth something at the first try, but not right.
    pub partly: usize,
    /// Those whose first answer came late.
    pub late: usize,
    /// The mean of what the first answers count for, 0 to 1.
    pub score: f64,
    /// Time taken for all answers, in milliseconds.
    pub took_ms: u64,
    /// Those missed at the first try, in the order they were asked.
    pub missed: Vec<Miss>,
}

/// A question that was missed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Miss {
    /// Its key.
    pub key: String,
    /// What the first answer counts for, 0 to 1.
    pub points: f64,
    /// Whether the first answer came late.
    pub late: bool,
    /// Answers given, the first one included.
    pub tries: usize,
    /// Whether the last of them was right.
    pub mended: bool,
}

/// Deals from several groups in turn, so that any first part of the deal holds about as many of each.
///
/// ```
/// use grillme::session::spread;
/// assert_eq!(spread(vec![vec![1, 2, 3], vec![10], vec![100, 200]]), [1, 10, 100, 2, 200, 3]);
/// ```
pub fn spread<T>(groups: Vec<Vec<T>>) -> Vec<T> {
    let mut groups: Vec<_> = groups.into_iter().map(Vec::into_iter).collect();
    let mut dealt = Vec::new();
    loop {
        let before = dealt.len();
        dealt.extend(groups.iter_mut().filter_map(Iterator::next));
        if dealt.len() == before {
            return dealt;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quiz(count: usize, retry: bool) -> Quiz {
        Quiz::new((0..count).map(|n| format!("d/{n}")).collect(), retry)
    }

    fn tried(key: &str, score: f64, late: bool) -> Tried {
        Tried { key: key.to_owned(), score, right: score >= 1.0, late, took_ms: 1_000 }
    }

    /// Answers with the scores in turn, and gives the keys that were asked.
    fn play(quiz: &mut Quiz, scores: &[f64]) -> Vec<String> {
        let mut asked = Vec::new();
        for score in scores {
            let Some(key) = quiz.next().map(|turn| turn.key.to_owned()) else { break };
            quiz.answer(tried(&key, *score, false));
            asked.push(key);
        }
        asked
    }

    #[test]
    fn what_is_missed_comes_again_in_rounds_until_it_is_right_and_does_not_raise_the_score() {
        let mut quiz = quiz(3, true);
        assert_eq!(play(&mut quiz, &[0.0, 1.0, 0.5]), ["d/0", "d/1", "d/2"]);
        assert_eq!(quiz.next(), Some(Turn { key: "d/0", place: 1, of: 2, tries: 1 }));
        assert_eq!(play(&mut quiz, &[1.0, 0.0, 1.0, 1.0]), ["d/0", "d/2", "d/2"]);
        assert_eq!(quiz.next(), None);
        let score = quiz.score();
        assert_eq!((score.right, score.partly, score.score), (1, 1, 0.5));
        let miss = |key: &str, points, tries| Miss { key: key.into(), points, late: false, tries, mended: true };
        assert_eq!(score.missed, [miss("d/0", 0.0, 2), miss("d/2", 0.5, 3)]);
    }

    #[test]
    fn without_retry_every_question_is_asked_once() {
        let mut quiz = quiz(2, false);
        assert_eq!(play(&mut quiz, &[0.0, 0.0, 0.0]), ["d/0", "d/1"]);
        assert!(quiz.score().missed.iter().all(|miss| !miss.mended));
    }

    #[test]
    fn a_late_answer_counts_for_nothing_and_comes_again() {
        let mut quiz = quiz(1, true);
        quiz.answer(tried("d/0", 1.0, true));
        assert_eq!(quiz.next().map(|turn| turn.tries), Some(1));
        let score = quiz.score();
        assert_eq!((score.right, score.partly, score.late, score.score), (0, 0, 1, 0.0));
    }

    #[test]
    fn leaving_scores_what_was_answered_and_an_empty_quiz_is_over() {
        let mut quiz = quiz(4, true);
        play(&mut quiz, &[1.0, 0.5]);
        let score = quiz.score();
        assert_eq!((score.asked, score.answered, score.score), (4, 2, 0.75));
        let empty = Quiz::new(Vec::new(), true);
        assert_eq!((empty.next(), empty.score().score), (None, 0.0));
    }

    #[test]
    fn an_answer_to_another_question_is_not_taken() {
        let mut quiz = quiz(2, false);
        quiz.answer(tried("d/1", 1.0, false));
        assert_eq!(quiz.tried(), []);
    }

    proptest! {
        #[test]
        fn taking_back_is_the_inverse_of_answering(scores in proptest::collection::vec(0.0..=1.0f64, 0..12), retry: bool) {
            let mut quiz = quiz(4, retry);
            let mut asked = play(&mut quiz, &scores);
            while let Some(last) = asked.pop() {
                prop_assert_eq!(quiz.undo().map(|tried| tried.key), Some(last.clone()));
                prop_assert_eq!(quiz.next().map(|turn| turn.key), Some(last.as_str()));
            }
            prop_assert_eq!(quiz.undo(), None);
        }

        #[test]
        fn a_quiz_with_retry_ends_when_every_last_answer_is_right(rights in proptest::collection::vec(any::<bool>(), 40)) {
            let mut quiz = quiz(5, true);
            let scores: Vec<f64> = rights.iter().map(|right| if *right { 1.0 } else { 0.0 }).collect();
            play(&mut quiz, &scores);
            let last = |n: usize| quiz.tried().iter().rfind(|tried| tried.key == format!("d/{n}")).map(|t| t.right);
            prop_assert_eq!(quiz.next().is_none(), (0..5).all(|n| last(n) == Some(true)));
            prop_assert!((0.0..=1.0).contains(&quiz.score().score));
        }

        #[test]
        fn a_deal_holds_everything_and_about_as_many_of_each_group(sizes in proptest::collection::vec(0usize..6, 0..5), take in 0usize..12) {
            let groups: Vec<Vec<usize>> = sizes.iter().enumerate().map(|(group, size)| vec![group; *size]).collect();
            let dealt = spread(groups);
            prop_assert_eq!(dealt.len(), sizes.iter().sum::<usize>());
            let first = &dealt[..take.min(dealt.len())];
            let count = |group: usize| first.iter().filter(|g| **g == group).count();
            for (a, size_a) in sizes.iter().enumerate() {
                for b in 0..sizes.len() {
                    prop_assert!(count(a) == *size_a || count(a) + 1 >= count(b));
                }
            }
        }
    }
}

//! What it takes to pass.

use std::collections::BTreeSet;

use crate::deck::Tier;
use crate::session::{DeckUsed, Exam, Examined, Rule};

use super::super::error::Stop;
use super::ExamArgs;
use super::pick::Picked;

/// The least score that passes, 0 to 1, for a part of the exam.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted<T> {
    pub part: T,
    pub score: f64,
}

/// Reads a percentage, with or without its sign, as a score.
pub fn percent(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.strip_suffix('%').unwrap_or(text).trim().parse().ok();
    let number = number.filter(|percent| (0.0..=100.0).contains(percent));
    number.map(|percent| percent / 100.0).ok_or_else(|| "expected a percentage from 0 to 100".to_owned())
}

/// Reads `TIER=PERCENT`.
pub fn tier(text: &str) -> Result<Wanted<Tier>, String> {
    let (word, score) = text.split_once('=').ok_or("expected TIER=PERCENT, such as expert=60")?;
    let part = Tier::from_word(word).ok_or("the tiers are beginner, intermediate and expert")?;
    Ok(Wanted { part, score: percent(score)? })
}

/// Reads `ITEM` or `ITEM=PERCENT`; alone, the item must be right.
pub fn item(text: &str) -> Result<Wanted<String>, String> {
    match text.split_once('=') {
        Some((item, score)) => Ok(Wanted { part: item.to_owned(), score: percent(score)? }),
        None => Ok(Wanted { part: text.to_owned(), score: 1.0 }),
    }
}

/// The conditions for passing.
pub struct Rules<'a> {
    args: &'a ExamArgs,
}

impl<'a> Rules<'a> {
    /// Takes the conditions from the flags; each must be one that the questions can meet.
    pub fn new(args: &'a ExamArgs, picked: &[Picked<'_>]) -> Result<Self, Stop> {
        let mut named = BTreeSet::new();
        for Wanted { part, .. } in &args.pass_tier {
            let word = part.word();
            if !named.insert(word.to_owned()) {
                return Err(Stop::Usage(format!("--pass-tier {word} was given twice")));
            }
            if picked.iter().all(|one| one.question.item.tier != Some(*part)) {
                return Err(Stop::Usage(format!(
                    "--pass-tier {word}: no question that was selected is of that tier\nhint: leave it out"
                )));
            }
        }
        for Wanted { part, .. } in &args.require {
            if !named.insert(part.clone()) {
                return Err(Stop::Usage(format!("--require {part} was given twice")));
            }
            if picked.iter().all(|one| one.question.key() != *part) {
                let hint = "name it as deck/item, and select it: --count and --blueprint may leave it out";
                return Err(Stop::Usage(format!("--require {part}: that question was not selected\nhint: {hint}")));
            }
        }
        Ok(Self { args })
    }

    /// Sums up and decides.
    pub fn judge(&self, seed: u64, decks: Vec<DeckUsed>, items: Vec<Examined>) -> Exam {
        let score = mean(items.iter());
        let mut rules = vec![Rule::new("pass", self.args.pass, score)];
        for Wanted { part, score } in &self.args.pass_tier {
            let got = mean(items.iter().filter(|item| item.tier == Some(*part)));
            rules.push(Rule::new(format!("pass-tier {}", part.word()), *score, got));
        }
        for Wanted { part, score } in &self.args.require {
            let got = mean(items.iter().filter(|item| item.item == *part));
            rules.push(Rule::new(format!("require {part}"), *score, got));
        }
        let passed = rules.iter().all(|rule| rule.passed);
        Exam { seed, decks, score, pass_mark: self.args.pass, passed, rules, items }
    }
}

/// The mean of scores, added in the order of the questions so that every platform gets the same; 0 for none.
fn mean<'i>(items: impl Iterator<Item = &'i Examined>) -> f64 {
    let (count, sum) = items.fold((0_usize, 0.0), |(count, sum), item| (count + 1, sum + item.score));
    sum / count.max(1) as f64
}

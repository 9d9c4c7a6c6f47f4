//! Blueprints: how many questions of which lesson, tier, kind and tag.

use std::fs;

use serde::Deserialize;

use crate::deck::{KindName, Tier};

use super::super::error::Stop;
use super::pick::Picked;

/// What to do about a blueprint that cannot be read.
const HINT: &str = r#"it is an object such as {"questions": [{"count": 3, "lesson": "docker-vs-vm", "tier": "expert", "kind": "choice"}]}"#;

/// The plan of an exam.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with `questions`")]
pub struct Blueprint {
    #[serde(skip)]
    name: String,
    questions: Vec<Row>,
}

/// So many questions, all of which fit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with `count`")]
struct Row {
    count: usize,
    lesson: Option<String>,
    tier: Option<String>,
    kind: Option<String>,
    tag: Option<String>,
}

impl Blueprint {
    /// Reads a plan from a file.
    pub fn read(path: &str) -> Result<Self, Stop> {
        let text = fs::read_to_string(path);
        let text = text.map_err(|source| Stop::File { action: "read", path: path.to_owned(), source })?;
        let broken = |reason: String| Stop::Input(format!("{path}: {reason}\nhint: {HINT}"));
        let mut plan: Self = serde_json::from_str(&text).map_err(|e| broken(e.to_string()))?;
        plan.name = path.to_owned();
        for (at, row) in plan.questions.iter().enumerate() {
            row.check().map_err(|reason| broken(format!("questions[{at}]: {reason}")))?;
        }
        Ok(plan)
    }

    /// Takes for each row the first that fit and are not taken. Rows that ask for more choose first, so that a row for
    /// anything does not take what only another one needs.
    pub fn choose<'p>(&self, dealt: &[Picked<'p>]) -> Result<Vec<Picked<'p>>, Stop> {
        let mut rows: Vec<(usize, &Row)> = self.questions.iter().enumerate().collect();
        rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.conditions()));
        let (mut taken, mut chosen) = (vec![false; dealt.len()], Vec::new());
        for (at, row) in rows {
            let fits = |place: &usize| !taken[*place] && row.fits(&dealt[*place]);
            let found: Vec<usize> = (0..dealt.len()).filter(fits).take(row.count).collect();
            if found.len() < row.count {
                let (name, wanted, there) = (&self.name, row.count, found.len());
                let reason = format!("questions[{at}] wants {wanted}, and {there} more fit");
                return Err(Stop::Input(format!("{name}: {reason}\nhint: lower its count, or select more decks")));
            }
            for place in found {
                taken[place] = true;
                chosen.push(dealt[place]);
            }
        }
        Ok(chosen)
    }
}

impl Row {
    fn check(&self) -> Result<(), String> {
        let tiers: Vec<&str> = Tier::WORDS.iter().map(|(word, _)| *word).collect();
        let kinds: Vec<&str> = KindName::WORDS.iter().map(|(word, _)| *word).collect();
        let known = |field: &str, given: &Option<String>, words: &[&str]| match given {
            Some(word) if !words.contains(&word.as_str()) => {
                Err(format!("no {field} is {word:?}; there are {}", words.join(", ")))
            }
            _ => Ok(()),
        };
        known("tier", &self.tier, &tiers)?;
        known("kind", &self.kind, &kinds)
    }

    fn conditions(&self) -> usize {
        [&self.lesson, &self.tier, &self.kind, &self.tag].iter().filter(|condition| condition.is_some()).count()
    }

    fn fits(&self, picked: &Picked<'_>) -> bool {
        let item = picked.question.item;
        let tier = item.tier.map(Tier::word);
        self.lesson.as_ref().is_none_or(|lesson| picked.is_of(lesson))
            && self.tier.as_deref().is_none_or(|wanted| tier == Some(wanted))
            && self.kind.as_deref().is_none_or(|wanted| item.kind.name().word() == wanted)
            && self.tag.as_ref().is_none_or(|tag| picked.has_tag(tag))
    }
}

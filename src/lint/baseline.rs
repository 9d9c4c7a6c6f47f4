//! The baseline: findings that were there when a deck was first held to the strict bar, and are let pass.
//!
//! A finding is known by deck, item and rule, not by its line or wording: editing a deck does not bring it back.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::deck::{Problem, Severity};

const FORMAT: &str = "grillme-baseline";
const VERSION: u32 = 1;

/// Findings of one rule at one item, or in one file outside of its items.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The deck's id.
    deck: String,
    /// The item's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    /// The name of the file, without its folder, of a finding that belongs to no item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// The rule's code.
    rule: String,
}

impl Entry {
    /// Names what a finding is known by.
    pub fn of(deck: &str, file: &str, problem: &Problem) -> Self {
        let name = Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned());
        let file = name.filter(|_| problem.item.is_none());
        Self { deck: deck.to_owned(), item: problem.item.clone(), file, rule: problem.rule.to_owned() }
    }
}

/// What is let pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<Entry, usize>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: String,
    version: u32,
    findings: Vec<Counted>,
}

#[derive(Serialize, Deserialize)]
struct Counted {
    #[serde(flatten)]
    entry: Entry,
    count: usize,
}

impl Baseline {
    /// Adds a finding. An error is never let pass: a deck with one cannot be used.
    pub fn add(&mut self, entry: Entry, severity: Severity) {
        if severity == Severity::Warning {
            *self.counts.entry(entry).or_default() += 1;
        }
    }

    /// Counts the findings.
    pub fn len(&self) -> usize {
        self.counts.values().sum()
    }

    /// Tells whether nothing is let pass.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Tells whether a finding is let pass, given how many there are like it now. When there are more than there were,
    /// nobody can tell the new ones from the old: none of them passes.
    pub fn covers(&self, entry: &Entry, now: usize) -> bool {
        self.counts.get(entry).is_some_and(|known| now <= *known)
    }

    /// Counts the findings in `self`, of decks that were looked at, that are no longer in `now`.
    pub fn gone(&self, now: &Self, decks: &[&str]) -> usize {
        let looked_at = self.counts.iter().filter(|(entry, _)| decks.contains(&entry.deck.as_str()));
        looked_at.map(|(entry, known)| known.saturating_sub(now.counts.get(entry).copied().unwrap_or_default())).sum()
    }

    /// Counts the findings like one.
    pub fn count(&self, entry: &Entry) -> usize {
        self.counts.get(entry).copied().unwrap_or_default()
    }

    /// Writes it as a file, the same bytes for the same findings.
    pub fn to_json(&self) -> String {
        let counted = |(entry, count): (&Entry, &usize)| Counted { entry: entry.clone(), count: *count };
        let findings = self.counts.iter().map(counted).collect();
        let document = Document { format: FORMAT.to_owned(), version: VERSION, findings };
        let json = serde_json::to_string_pretty(&document).unwrap_or_default();
        crate::deck::escape_json(json) + "\n"
    }

    /// Reads it from a file's text.
    ///
    /// # Errors
    /// Why it is no baseline that can be used.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let document: Document =
            serde_json::from_str(text).map_err(|error| format!("it is no baseline of grillme: {error}"))?;
        if document.format != FORMAT {
            return Err(format!("its format is not {FORMAT:?}"));
        }
        if document.version != VERSION {
            return Err(format!("it has version {}; this grillme reads version {VERSION}", document.version));
        }
        Ok(Self { counts: document.findings.into_iter().map(|counted| (counted.entry, counted.count)).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::Span;

    fn entry(item: Option<&str>, rule: &'static str) -> Entry {
        let problem = Problem::error(rule, Span::default(), "m");
        Entry::of("d", "folder/01-a.json", &Problem { item: item.map(str::to_owned), ..problem })
    }

    #[test]
    fn a_finding_is_known_by_item_and_rule_or_by_file_and_rule() {
        let mut baseline = Baseline::default();
        for _ in 0..2 {
            baseline.add(entry(Some("a"), "flash-long"), Severity::Warning);
        }
        baseline.add(entry(None, "lesson-tiers"), Severity::Warning);
        baseline.add(entry(Some("b"), "no-key"), Severity::Error);
        let read = Baseline::from_json(&baseline.to_json()).unwrap();
        assert_eq!(read, baseline);
        assert_eq!(read.len(), 3);
        assert!(read.covers(&entry(Some("a"), "flash-long"), 2) && !read.covers(&entry(Some("a"), "flash-long"), 3));
        assert!(read.covers(&entry(None, "lesson-tiers"), 1));
        assert!(!read.covers(&entry(Some("b"), "no-key"), 1) && !read.covers(&entry(Some("a"), "flash-list"), 1));
        assert_eq!((read.gone(&Baseline::default(), &["d"]), read.gone(&Baseline::default(), &["e"])), (3, 0));
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        for text in ["", "[]", "{}", r#"{"format":"x","version":1,"findings":[]}"#] {
            assert!(Baseline::from_json(text).is_err(), "{text}");
        }
        let newer = r#"{"format":"grillme-baseline","version":2,"findings":[]}"#;
        assert!(Baseline::from_json(newer).unwrap_err().contains("version 2"));
    }
}

//! Why a pattern did not simply hit, in words for authors.

use super::outcome::{Doubt, Missed, Trial};
use crate::deck::Text;

impl Trial {
    /// Says why the pattern did not hit; nothing for a hit. The words of the deck and the answer stand in it, so it
    /// is as untrusted as they are.
    ///
    /// ```
    /// # use grillme::deck::{Context, FromNode, Node, Rubric, Text};
    /// # use grillme::grade::Marker;
    /// # let json = r#"{"key_points": [{"id": "kernel", "text": "Shared", "match": ["shar* kernel"]}]}"#;
    /// # let node = Node::parse(json).unwrap();
    /// # let rubric = Rubric::from_node(&node, &mut Context::new(0, &mut Vec::new())).unwrap();
    /// let trace = Marker::new(&rubric, &Text::new("Why?")).trace("They never share a kernal.");
    /// let reason = trace.point_trials[0].trials[0].reason().unwrap();
    /// assert_eq!(reason.raw(), "`kernal` may be a slip for `kernel`, `never` may deny it");
    /// ```
    pub fn reason(&self) -> Option<Text> {
        if let Some(missed) = &self.missed {
            return Some(Text::new(said(missed, self.pattern.raw())));
        }
        let doubts = self.evidence.iter().flat_map(|evidence| &evidence.doubts);
        let said: Vec<String> = doubts.map(doubted).collect();
        (!said.is_empty()).then(|| Text::new(said.join(", ")))
    }
}

fn said(missed: &Missed, pattern: &str) -> String {
    match missed {
        Missed::Absent { parts } if parts.iter().map(Text::raw).eq(pattern.split_whitespace()) => {
            "nothing in the answer fits".to_owned()
        }
        Missed::Absent { parts } => {
            let quoted: Vec<String> = parts.iter().map(|part| format!("`{}`", part.raw())).collect();
            format!("nothing fits {}", quoted.join(" nor "))
        }
        Missed::Apart => "its words are there, but never in one sentence".to_owned(),
        Missed::Far => "its words are in one sentence, but too far apart".to_owned(),
        Missed::Excluded { word } => format!("`{}` must not be in that sentence", word.raw()),
        Missed::Question => "it fits only words that repeat the question".to_owned(),
        Missed::Regex => "it does not match".to_owned(),
    }
}

fn doubted(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Typo { wrote, meant } => format!("`{}` may be a slip for `{}`", wrote.raw(), meant.raw()),
        Doubt::Negation { word } => format!("`{}` may deny it", word.raw()),
    }
}

//! The rules by their codes.

/// One rule of the strict bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its stable code.
    pub code: &'static str,
    /// What it asks for.
    pub summary: &'static str,
}

/// All rules of the strict bar.
pub const RULES: &[Rule] = &[
    Rule { code: "item-objective", summary: "every item serves an objective" },
    Rule { code: "item-source", summary: "every item names a source in `refs`" },
    Rule { code: "item-verified", summary: "every item says in `verified.on` when its facts were checked" },
    Rule { code: "source-checked", summary: "every source says when it was checked" },
    Rule { code: "version-sensitive", summary: "what changes with versions says in `applies_to` which ones it means" },
    Rule { code: "objective-kinds", summary: "every objective has two items of two kinds" },
    Rule {
        code: "objective-productive",
        summary: "every objective has an item that makes the learner produce something",
    },
    Rule { code: "flash-long", summary: "question and answer of a flash card have at most 25 words" },
    Rule { code: "flash-yes-no", summary: "a flash card asks for more than yes or no" },
    Rule { code: "flash-list", summary: "the answer of a flash card is no list" },
    Rule { code: "flash-gives-away", summary: "the question does not hold its answer" },
    Rule { code: "flash-duplicate", summary: "no two flash cards ask nearly the same" },
    Rule { code: "choice-options", summary: "a choice has 3 to 5 options" },
    Rule { code: "choice-feedback", summary: "every wrong option has feedback" },
    Rule { code: "choice-all-none", summary: "no option is all or none of the above" },
    Rule { code: "choice-negative", summary: "no stem asks for what is NOT so" },
    Rule { code: "choice-key-long", summary: "the key is at most 1.35 times as long as the longest other option" },
    Rule {
        code: "choice-key-longest",
        summary: "over a deck, the key is the longest option hardly more often than by chance",
    },
    Rule { code: "choice-absolute", summary: "always, never and the like do not stand in wrong options only" },
    Rule { code: "choice-clang", summary: "no telling word stands in stem and key only" },
    Rule { code: "choice-overlap", summary: "no option holds another" },
    Rule { code: "diagram-ascii", summary: "drawings are ASCII" },
    Rule { code: "diagram-wide", summary: "drawings have at most 76 columns" },
    Rule { code: "rubric-points", summary: "a rubric has two to six key points" },
    Rule { code: "rubric-samples", summary: "a rubric has a good and a bad sample" },
    Rule { code: "rubric-answer", summary: "the model answer hits every key point and no misconception" },
    Rule { code: "rubric-question", summary: "the question's own words hit no key point" },
    Rule {
        code: "rubric-sample",
        summary: "every sample gets exactly the verdicts it states (checked without --strict as well)",
    },
    Rule { code: "lesson-tiers", summary: "every lesson with interview questions has them in all three tiers" },
];
